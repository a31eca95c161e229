//! What calls came to, as they began: a call that has begun costs what it will cost, and only its sidecar's reservation stands for that.

use std::{collections::HashMap, time::Duration};

use super::callers::Attempt;

/// Calls that were billed, in the order in which they began.
pub(super) struct Course(Vec<Billed>);

struct Billed {
    began: Duration,
    ended: Duration,
    cost: u64,
    /// By the rule that sidecars keep (docs/budgets.md): the mean of the pod's calls before it, the newest an eighth of it.
    reserved: u64,
}

/// How much of a mean the newest call is: an eighth.
const WEIGHT: u64 = 8;

// === impl Course ===

impl Course {
    /// `costs` are the provider's, by tag.
    pub(super) fn of(attempts: &[Attempt], costs: &HashMap<String, u64>) -> Self {
        // Each pod makes one call after the other, and they come here in that order.
        let mut means: HashMap<usize, u64> = HashMap::new();
        let mut billed = Vec::new();
        for Attempt { pod, tag, began, ended, status } in attempts {
            let Some(cost) = costs.get(tag).copied() else { continue };
            let reserved = means.get(pod).copied().unwrap_or(cost);
            billed.push(Billed { began: *began, ended: *ended, cost, reserved });
            if *status == 200 {
                means.entry(*pod).and_modify(|mean| *mean = towards(*mean, cost)).or_insert(cost);
            }
        }
        billed.sort_unstable_by_key(|billed| billed.began);
        Self(billed)
    }

    /// When calls that had begun came to so much.
    pub(super) fn reached(&self, amount: u64) -> Option<Duration> {
        let mut sum = 0;
        self.0.iter().find_map(|billed| {
            sum += billed.cost;
            (sum >= amount).then_some(billed.began)
        })
    }

    /// What calls that were open then cost beyond their reservations.
    pub(super) fn beyond_reservations(&self, time: Duration) -> u64 {
        let open = self.0.iter().filter(|billed| billed.began <= time && billed.ended >= time);
        open.map(|billed| billed.cost.saturating_sub(billed.reserved)).sum()
    }

    /// Calls that were refused before so much was reached.
    pub(super) fn refused_before(&self, amount: u64, attempts: &[Attempt]) -> usize {
        let enough = self.reached(amount);
        let is_early =
            |attempt: &&Attempt| attempt.status == 403 && enough.is_none_or(|enough| attempt.ended < enough);
        attempts.iter().filter(is_early).count()
    }
}

/// Rounded up where it rises, as sidecars do.
fn towards(mean: u64, newest: u64) -> u64 {
    match newest.checked_sub(mean) {
        Some(more) => mean + more.div_ceil(WEIGHT),
        None => mean - (mean - newest) / WEIGHT,
    }
}
