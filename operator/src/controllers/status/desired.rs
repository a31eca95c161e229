//! The status that a flag ought to have.

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, Time};
use tollgate_crds::flag::{FeatureFlagStatus, SidecarCount};

use super::{
    conditions::{CONDITIONS, Verdict},
    facts::Facts,
};

/// Given what is known, and the status before: a condition's time is that of its last transition.
pub(super) fn status(facts: &Facts<'_>, before: &FeatureFlagStatus, now: Timestamp) -> FeatureFlagStatus {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let generation = facts.flag.generation;
    let conditions = CONDITIONS
        .iter()
        .map(|(kind, judge)| condition(kind, judge(facts), generation, before, now))
        .collect();
    FeatureFlagStatus {
        observed_generation: Some(generation),
        effective: facts.decision.as_ref().map(|decision| decision.effective.clone()),
        sidecars: Some(SidecarCount { current: count(facts.current), total: count(facts.total) }),
        last_24h: facts.last_day.clone(),
        preview: facts.preview,
        conditions,
    }
}

fn condition(
    kind: &str,
    verdict: Verdict,
    generation: i64,
    before: &FeatureFlagStatus,
    now: Timestamp,
) -> Condition {
    let Verdict { holds, reason, message } = verdict;
    let same = before.conditions.iter().find(|before| before.type_ == kind && before.status == holds.text());
    Condition {
        type_: kind.to_owned(),
        status: holds.text().to_owned(),
        reason: reason.to_owned(),
        message,
        observed_generation: Some(generation),
        last_transition_time: same.map_or_else(|| time(now), |before| before.last_transition_time.clone()),
    }
}

/// Whole seconds: so the apiserver keeps it. Kubernetes' types come with a release of the time library that is not ours.
fn time(now: Timestamp) -> Time {
    Time(k8s_openapi::jiff::Timestamp::from_second(now.as_second()).unwrap_or_default())
}
