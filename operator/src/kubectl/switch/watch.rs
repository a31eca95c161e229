//! Until every sidecar holds it, or it is clear that it will not.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tollgate_crds::flag::{EffectiveReason, FeatureFlagStatus, SidecarCount};

use super::{target::Wish, write::Flag};

/// How a flag stands.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) holds: bool,
    pub(super) took: Duration,
    pub(super) status: FeatureFlagStatus,
}

/// What is known at one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Holds,
    NotYet,
    /// Something else decides, and goes on deciding.
    Overruled,
}

/// Between two looks; the operator writes conditions at once.
const AGAIN: Duration = Duration::from_millis(50);

pub(super) async fn until_it_holds(flag: &Flag, wish: &Wish, patience: Duration) -> Result<Standing> {
    let begun = Instant::now();
    let name = flag.object.metadata.name.clone().unwrap_or_default();
    let generation = flag.object.metadata.generation.unwrap_or_default();
    loop {
        let object = flag.api.get(&name).await.context("the flag cannot be read")?;
        let status = object.data.get("status").cloned().unwrap_or_default();
        let status: FeatureFlagStatus = serde_json::from_value(status).unwrap_or_default();
        let look = look(&status, generation, wish);
        let took = begun.elapsed();
        if look != Look::NotYet || took >= patience {
            return Ok(Standing { holds: look == Look::Holds, took, status });
        }
        tokio::time::sleep(AGAIN).await;
    }
}

fn look(status: &FeatureFlagStatus, generation: i64, wish: &Wish) -> Look {
    let FeatureFlagStatus { observed_generation, effective, conditions, .. } = status;
    let Some(effective) = effective else { return Look::NotYet };
    let seen = match wish.until {
        // annotations change no generation; what they do is known by its reason
        Some(_) => effective.reason == EffectiveReason::Override,
        None => *observed_generation >= Some(generation) && effective.reason != EffectiveReason::Override,
    };
    let decided_elsewhere = matches!(
        effective.reason,
        EffectiveReason::StricterFlag | EffectiveReason::Budget | EffectiveReason::Overridden
    );
    if effective.enabled != wish.enabled {
        let judged = *observed_generation >= Some(generation);
        return if judged && decided_elsewhere { Look::Overruled } else { Look::NotYet };
    }
    let distributed =
        conditions.iter().any(|condition| condition.type_ == "Distributed" && condition.status == "True");
    if distributed && (seen || decided_elsewhere) { Look::Holds } else { Look::NotYet }
}

// === impl Standing ===

impl Standing {
    pub(super) fn sentence(&self) -> String {
        let Self { holds, took, status } = self;
        let message = |kind: &str| {
            status
                .conditions
                .iter()
                .find(|condition| condition.type_ == kind)
                .map(|condition| &*condition.message)
        };
        if *holds {
            return match status.sidecars {
                Some(SidecarCount { current, total }) if total > 0 => {
                    format!("distributed: {current} of {total} sidecars hold it · {} ms", took.as_millis())
                }
                _ => message("Distributed").unwrap_or("it holds").to_owned(),
            };
        }
        match &status.effective {
            None => "written; no operator has looked at it yet".to_owned(),
            Some(effective) => {
                let by = effective.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
                let word = if effective.enabled { "on" } else { "off" };
                let distributed = message("Distributed").unwrap_or("not distributed yet");
                format!("written; the feature is {word} ({:?}{by}). {distributed}", effective.reason)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn wish(enabled: bool, until: Option<&str>) -> Wish {
        let until = until.map(|until| until.parse().unwrap());
        Wish { feature: "chat".to_owned(), enabled, reason: "cost".to_owned(), until }
    }

    fn status(generation: i64, effective: Value, distributed: &str) -> FeatureFlagStatus {
        serde_json::from_value(json!({
            "observedGeneration": generation, "effective": effective,
            "conditions": [{
                "type": "Distributed", "status": distributed, "reason": "x", "message": "11 of 12 sidecars hold it",
                "lastTransitionTime": "2026-12-01T00:00:00Z",
            }],
        }))
        .unwrap()
    }

    #[test]
    fn a_switch_holds_once_the_operator_has_seen_it_and_every_sidecar_has_it() {
        let off = json!({"enabled": false, "reason": "Spec"});
        let wish = wish(false, None);
        assert_eq!(look(&status(3, off.clone(), "True"), 3, &wish), Look::Holds);
        assert_eq!(look(&status(3, off.clone(), "False"), 3, &wish), Look::NotYet);
        assert_eq!(look(&status(2, off, "True"), 3, &wish), Look::NotYet);
        assert_eq!(look(&FeatureFlagStatus::default(), 3, &wish), Look::NotYet);
    }

    #[test]
    fn an_override_is_known_by_its_reason() {
        let wish = wish(false, Some("2026-12-01T00:00:00Z"));
        let told = |reason: &str| status(3, json!({"enabled": false, "reason": reason}), "True");
        assert_eq!(look(&told("Spec"), 3, &wish), Look::NotYet);
        assert_eq!(look(&told("Override"), 3, &wish), Look::Holds);
    }

    #[test]
    fn a_stricter_flag_ends_the_wait() {
        let stricter = json!({"enabled": false, "reason": "StricterFlag", "by": "ClusterFeatureFlag/chat"});
        assert_eq!(look(&status(3, stricter.clone(), "True"), 3, &wish(true, None)), Look::Overruled);
        let standing = Standing { holds: false, took: Duration::ZERO, status: status(3, stricter, "False") };
        assert_eq!(
            standing.sentence(),
            "written; the feature is off (StricterFlag by ClusterFeatureFlag/chat). 11 of 12 sidecars hold it"
        );
    }
}
