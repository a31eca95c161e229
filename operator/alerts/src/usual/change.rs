//! Whether what comes changed for good: a model that calls moved to, a feature that was launched. That is told once. What is as much for hours on
//! end, and then for days, is usual: the past before such a change is taken times what came since it beside what would have.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use super::look::{Change, JUST_NOW, Look, alike, typical};
use crate::{
    history::{DAY, HOUR},
    window::Minute,
};

/// So many hours on end have more; an incident is over by then.
const HOURS: usize = 6;
const MORE: f64 = 2.0;
/// An hour without so many calls says nothing.
const SOME: f64 = 10.0;
/// Nobody looks further back, in hours. What is usual takes a week to learn it; meanwhile what is older is multiplied as well.
const BACK: i64 = 5 * 24;
// === impl Look ===

impl Look<'_> {
    /// Asked of the past as it was.
    pub(super) fn find_change(&self) -> Option<Change> {
        let (mut since, mut hours, mut on_end, mut longest) = (None, 0.0, 0, 0);
        let (mut had, mut usual) = (0.0, 0.0);
        let last = self.end - self.width - JUST_NOW;
        for from in (1..=BACK).map(|hour| last - hour * HOUR) {
            let until = from + HOUR;
            if !self.is_known(from, until) {
                continue;
            }
            let came = self.past.between(from, until);
            let known = self.known - (self.end - from) / DAY - 1;
            let of_day =
                |day: i64| self.past.between(from - self.clock.ago(day), until - self.clock.ago(day));
            let days = alike((from, until), known, self.clock, self.outages);
            let before: Vec<f64> = days.into_iter().map(of_day).collect();
            let expected = typical(&before, 6.0 * self.unit).mean;
            if came.max(expected) < SOME * self.unit {
                on_end = 0;
                continue;
            }
            if came < MORE * expected {
                break;
            }
            (since, hours, on_end) = (Some(from), hours + 1.0, on_end + 1);
            (had, usual, longest) = (had + came, usual + expected, longest.max(on_end));
        }
        let since = since.filter(|_| longest >= HOURS)?;
        let times = (had + SOME * self.unit) / (usual + SOME * self.unit);
        (times >= MORE).then(|| Change { since, times, rate: had / (HOUR as f64 * hours) })
    }

    /// What came, and what would have if what changed for good had always been so.
    pub(super) fn between(&self, from: Minute, until: Minute) -> f64 {
        let Some(change) = self.change else { return self.past.between(from, until) };
        let middle = change.since.clamp(from, until);
        change.times * self.past.between(from, middle) + self.past.between(middle, until)
    }
}
