//! Whether a difference between a status and what it ought to be is worth a write now.

use std::time::{Duration, Instant};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use tollgate_crds::flag::FeatureFlagStatus;

/// What differs, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    None,
    /// Counts, or the words of a condition that holds as it did.
    Numbers,
    /// Something that was well is not any more, without anybody having changed the flag: a new pod that has not reported yet, say.
    Relapse,
    /// Somebody changed a flag, or something has become well.
    Change,
}

/// When a flag's status was written, and since when something has been amiss.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written {
    pub(super) at: Option<Instant>,
    pub(super) relapsed: Option<Instant>,
}

/// Between two writes of a flag that nobody changed; half the installation's flags must not cost the apiserver more.
const NUMBERS: Duration = Duration::from_secs(60);
/// A relapse that passes within this was none: a new pod's sidecar reports in less.
const PATIENCE: Duration = Duration::from_secs(10);

/// What differs. Times do not count, nor does who wrote it.
pub(super) fn difference(is: &FeatureFlagStatus, ought: &FeatureFlagStatus) -> Difference {
    if is.observed_generation != ought.observed_generation || is.effective != ought.effective {
        return Difference::Change;
    }
    if is.conditions.len() != ought.conditions.len() {
        return Difference::Change;
    }
    let conditions =
        ought.conditions.iter().map(|ought| match is.conditions.iter().find(|is| is.type_ == ought.type_) {
            None => Difference::Change,
            Some(is) => of_condition(is, ought),
        });
    let numbers =
        is.sidecars != ought.sidecars || is.last_24h != ought.last_24h || is.preview != ought.preview;
    let numbers = if numbers { Difference::Numbers } else { Difference::None };
    conditions.chain([numbers]).max().unwrap_or(Difference::None)
}

fn of_condition(is: &Condition, ought: &Condition) -> Difference {
    if is.status != ought.status {
        return if is.status == "True" { Difference::Relapse } else { Difference::Change };
    }
    if is.reason != ought.reason || (ought.type_ == "Accepted" && is.message != ought.message) {
        return Difference::Change;
    }
    let same = is.message == ought.message && is.observed_generation == ought.observed_generation;
    if same { Difference::None } else { Difference::Numbers }
}

// === impl Written ===

impl Written {
    /// Whether to write now. `jitter` is an object's own, so that a thousand flags do not come at one moment.
    pub(super) fn is_due(&mut self, difference: Difference, jitter: Duration, now: Instant) -> bool {
        if difference != Difference::Relapse {
            self.relapsed = None;
        }
        let rested = self.at.is_none_or(|at| now.duration_since(at) >= NUMBERS + jitter);
        match difference {
            Difference::None => false,
            Difference::Numbers => rested,
            Difference::Relapse => {
                let since = *self.relapsed.get_or_insert(now);
                rested && now.duration_since(since) >= PATIENCE
            }
            Difference::Change => true,
        }
    }
}
