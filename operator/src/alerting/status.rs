//! How each alert stands, in its status. Written when it changed, by one field manager.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, Time};
use kube::{
    Api,
    api::{Patch, PatchParams},
    core::{ApiResource, DynamicObject},
};
use serde_json::json;
use sqlx::PgPool;
use tokio::time::{sleep, timeout};
use tollgate_alerts::engine::Key;
use tollgate_crds::{
    API_VERSION, ClusterUsageAlert, UsageAlert,
    alert::{AlertGroup, AlertState, GroupKey, ProjectedRange, UsageAlertSpec, UsageAlertStatus},
};

use super::{
    delivery::{Standing, standing},
    figures::{Figure, Figures, SHOWN},
    message::{name, round},
    receivers::{identity, label},
    retained::too_long,
    rounds::{RoundError, Rounds, Watched},
    trial::{TESTED, Trials},
};
use crate::{
    context::{CONTROLLER, Context},
    index::{Alert, Kind},
};

/// Writes what differs.
#[derive(Default)]
pub(super) struct Writer {
    /// By uid: what was written last, and when not to try again before.
    known: HashMap<String, (UsageAlertStatus, Option<Instant>)>,
}

const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_secs(10);

/// Without a database there is nothing to evaluate, and each alert says so.
pub(super) async fn say_no_ledger(context: &Context) {
    let mut writer = Writer::default();
    let nothing = Rounds::new(&context.settings.cluster, context.settings.retention);
    loop {
        let trouble =
            Some("this installation has no ledger (--database-url): alerts are not evaluated".to_owned());
        writer.write(context, &nothing, trouble, &[], &Trials::default()).await;
        sleep(PAUSE).await;
    }
}

// === impl Writer ===

impl Writer {
    pub(super) async fn round(
        &mut self,
        context: &Context,
        pool: &PgPool,
        rounds: &Rounds,
        error: Option<RoundError>,
        trials: &Trials,
    ) {
        let deliveries = standing(pool, &context.settings.cluster).await;
        let trouble =
            error.map(|error| error.to_string()).or(deliveries.as_ref().err().map(ToString::to_string));
        let trouble =
            trouble.map(|error| format!("{error}: the ledger's database does not do what it should"));
        self.write(context, rounds, trouble, &deliveries.unwrap_or_default(), trials).await;
    }

    async fn write(
        &mut self,
        context: &Context,
        rounds: &Rounds,
        trouble: Option<String>,
        deliveries: &[Standing],
        trials: &Trials,
    ) {
        let alerts: Vec<_> = context.index.read(|index| index.alerts().cloned().collect());
        self.known.retain(|uid, _| alerts.iter().any(|alert| alert.uid == *uid));
        for alert in alerts {
            let is: UsageAlertStatus = match self.known.get(&alert.uid) {
                Some((_, Some(not_before))) if Instant::now() < *not_before => continue,
                Some((written, None)) => written.clone(),
                _ => serde_json::from_value(alert.status.clone()).unwrap_or_default(),
            };
            let facts = Facts {
                alert: &alert,
                watched: rounds.watched(&alert.uid),
                trouble: trouble.as_deref(),
                deliveries,
                too_long: serde_json::from_value::<UsageAlertSpec>(alert.spec.clone())
                    .ok()
                    .and_then(|spec| too_long(&spec, context.settings.retention)),
                trial: trials,
            };
            let ought = facts.status(&is, Timestamp::now());
            if ought == is {
                continue;
            }
            if !context.leadership.leads() {
                return;
            }
            let pause = match write(context, &alert, &ought).await {
                Ok(()) => None,
                Err(error) => {
                    tracing::warn!(alert = %alert.key, error, "an alert's status could not be written");
                    Some(Instant::now() + PAUSE)
                }
            };
            self.known.insert(alert.uid.clone(), (ought, pause));
        }
    }
}

/// What is known of an alert at one moment.
struct Facts<'a> {
    alert: &'a Alert,
    watched: Option<&'a Watched>,
    trouble: Option<&'a str>,
    deliveries: &'a [Standing],
    too_long: Option<String>,
    trial: &'a Trials,
}

// === impl Facts ===

impl Facts<'_> {
    fn status(&self, is: &UsageAlertStatus, now: Timestamp) -> UsageAlertStatus {
        let mut status =
            UsageAlertStatus { observed_generation: Some(self.alert.generation), ..Default::default() };
        let mut conditions = Vec::new();
        let mut say = |type_: &str, holds: bool, reason: &str, message: String| {
            conditions.push(condition(is, self.alert.generation, now, type_, holds, reason, message));
        };
        let wrong = self.alert.plan.as_ref().err().cloned().or(self.too_long.clone());
        match &wrong {
            Some(problem) => say("Accepted", false, "Invalid", problem.clone()),
            None => say("Accepted", true, "Accepted", "the alert is right".to_owned()),
        }
        let evaluated = match (&wrong, self.trouble, self.watched) {
            (Some(_), ..) => {
                Err(("Invalid", "what is wrong with it stands in the condition Accepted".to_owned()))
            }
            (None, Some(trouble), _) => Err(("LedgerUnavailable", trouble.to_owned())),
            (None, None, None) => Err(("NotYet", "the ledger is being read".to_owned())),
            (None, None, Some(watched)) => match watched.is_beyond() {
                Some(problem) => Err(("TooManyGroups", problem)),
                None => Ok(()),
            },
        };
        match &evaluated {
            Ok(()) => say("Evaluated", true, "Evaluated", "each minute, from the ledger".to_owned()),
            Err((reason, problem)) => say("Evaluated", false, reason, problem.clone()),
        }
        let failed = self.undelivered();
        match &failed {
            None => say("Delivered", true, "Delivered", "nothing waits to be delivered".to_owned()),
            Some(problem) => say("Delivered", false, "DeliveryFailed", problem.clone()),
        }
        match self.trial.of(&self.alert.uid) {
            Some(outcome) => {
                let reason = if outcome.well { "Taken" } else { "NotTaken" };
                say(TESTED, outcome.well, reason, outcome.words);
            }
            None => {
                conditions.extend(is.conditions.iter().find(|condition| condition.type_ == TESTED).cloned())
            }
        }
        let ready = wrong.is_none() && evaluated.is_ok() && failed.is_none();
        let why = if ready { "Ready" } else { "NotReady" };
        let message = if ready { "evaluated and delivered" } else { "the other conditions say why" };
        conditions.push(condition(is, self.alert.generation, now, "Ready", ready, why, message.to_owned()));
        status.conditions = conditions;
        status.state = Some(match (&wrong, self.watched, self.trouble) {
            (Some(_), ..) => AlertState::Invalid,
            (None, None, _) => AlertState::Unknown,
            (None, Some(_), Some(_)) => AlertState::Unknown,
            (None, Some(watched), None) => watched.state(now),
        });
        if let (None, Some(watched)) = (&wrong, self.watched) {
            fill(&mut status, watched);
        }
        status
    }

    fn undelivered(&self) -> Option<String> {
        let spec: UsageAlertSpec = serde_json::from_value(self.alert.spec.clone()).ok()?;
        let failed: Vec<String> = spec
            .receivers
            .iter()
            .filter_map(|receiver| {
                let identity = identity(receiver);
                let of = |standing: &&Standing| {
                    standing.alert_uid == self.alert.uid
                        && standing.receiver == identity
                        && !standing.delivered
                };
                let standing = self.deliveries.iter().find(of)?;
                let error = standing.error.as_deref()?;
                let then = if standing.gave_up { "given up" } else { "it is tried again" };
                Some(format!("{}: {error} ({then})", label(receiver)))
            })
            .collect();
        (!failed.is_empty()).then(|| failed.join("; "))
    }
}

fn condition(
    is: &UsageAlertStatus,
    generation: i64,
    now: Timestamp,
    type_: &str,
    holds: bool,
    reason: &str,
    message: String,
) -> Condition {
    let status = if holds { "True" } else { "False" };
    let before =
        is.conditions.iter().find(|condition| condition.type_ == type_ && condition.status == status);
    Condition {
        type_: type_.to_owned(),
        status: status.to_owned(),
        observed_generation: Some(generation),
        last_transition_time: before.map_or(seconds(now), |before| before.last_transition_time.clone()),
        reason: reason.to_owned(),
        message: message.chars().take(8192).collect(),
    }
}

/// As an apiserver gives it back.
fn seconds(at: Timestamp) -> Time {
    Time(k8s_openapi::jiff::Timestamp::from_second(at.as_second()).unwrap_or_default())
}

/// Values, the limit, and the groups.
fn fill(status: &mut UsageAlertStatus, watched: &Watched) {
    let spec = &watched.spec;
    let since = |key: &Key| {
        let of = watched.said.iter().filter(|((_, group), _)| group == key).map(|(_, said)| *said);
        let all: Vec<_> = of.collect();
        (
            all.iter().map(|said| said.since).min().map(seconds),
            all.iter().filter_map(|said| said.notified_at).max().map(seconds),
        )
    };
    let Figures { groups, count, range } = &watched.figures;
    let about = |end: f64| round(&format!("{end:.4}"));
    status.value = Some(groups.first().map_or_else(|| "0".to_owned(), |figure| figure.value.to_string()));
    status.projected = groups.first().and_then(|figure| figure.projected).map(about);
    status.projected_range = range.map(|(low, high)| ProjectedRange { low: about(low), high: about(high) });
    status.limit = spec.limit.as_ref().map(|limit| limit.amount.clone());
    status.groups = groups
        .iter()
        .map(|Figure { key, value, projected }| {
            let (firing_since, notified_at) = since(key);
            AlertGroup {
                group: group_key(spec, key),
                value: value.to_string(),
                projected: projected.map(about),
                firing_since,
                notified_at,
            }
        })
        .collect();
    let more = count.saturating_sub(SHOWN);
    status.more_groups = (more > 0).then(|| i64::try_from(more).unwrap_or(i64::MAX));
}

fn group_key(spec: &UsageAlertSpec, key: &Key) -> GroupKey {
    let mut group = GroupKey::default();
    for (by, value) in spec.group_by.iter().zip(key) {
        // as long as the kind lets it be: a longer one than sidecars write came another way, and must not keep all of the status from
        // being written
        let (field, most) = match name(*by) {
            "feature" => (&mut group.feature, 253),
            "user" => (&mut group.user, 1_024),
            "provider" => (&mut group.provider, 64),
            "model" => (&mut group.model, 256),
            _ => (&mut group.namespace, 253),
        };
        *field = value.as_ref().map(|value| value.chars().take(most).collect());
    }
    group
}

/// Applies the whole status.
async fn write(context: &Context, alert: &Alert, status: &UsageAlertStatus) -> Result<(), String> {
    let resource = match alert.key.kind() {
        Kind::UsageAlert => ApiResource::erase::<UsageAlert>(&()),
        _ => ApiResource::erase::<ClusterUsageAlert>(&()),
    };
    let api: Api<DynamicObject> = match &alert.key.namespace {
        Some(namespace) => Api::namespaced_with(context.client.clone(), namespace, &resource),
        None => Api::all_with(context.client.clone(), &resource),
    };
    // The uid is a condition: a namesake that was made since is another alert.
    let body = json!({
        "apiVersion": API_VERSION, "kind": resource.kind, "metadata": {"name": alert.key.name, "uid": alert.uid},
        "status": status,
    });
    let params = PatchParams::apply(CONTROLLER).force();
    match timeout(PATIENCE, api.patch_status(&alert.key.name, &params, &Patch::Apply(&body))).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(kube::Error::Api(status))) if status.is_not_found() => Ok(()), // deleted meanwhile
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("the apiserver did not answer within {PATIENCE:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_too_long_for_the_status_is_cut_and_the_rest_is_written() {
        let spec: UsageAlertSpec = serde_json::from_value(json!({
            "groupBy": ["User", "Model", "Feature", "Provider", "Namespace"], "window": {"rolling": "1h"},
            "thresholds": [{"metric": "Calls", "above": "1"}],
        }))
        .unwrap();
        let long = Some("ü".repeat(5_000));
        let key = group_key(&spec, &vec![long; 5]);
        let lengths = [&key.user, &key.model, &key.feature, &key.provider, &key.namespace]
            .map(|name| name.as_ref().unwrap().chars().count());
        assert_eq!(lengths, [1_024, 256, 253, 64, 253]);
        assert_eq!(group_key(&spec, &vec![None; 5]), GroupKey::default());
    }
}
