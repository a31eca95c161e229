//! Groups that nobody knew: a model that calls go to from one day on, a user, a feature. Nothing is usual of them, but of those that are known
//! longer it shows what an ordinary group does when it is busy. Who begins with `factor` times as much is no ordinary beginner.
//!
//! What a newcomer did half a day ago and before is what it does: a feature that was launched is told once, not each day of its first week.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use crate::{
    history::{DAY, History},
    series::Series,
    spells::{Lived, Spells},
    usual::{FEW, Verdict, YOUNG_DAYS},
    window::Minute,
};

/// Of fewer groups nobody knows what is ordinary.
const KNOWN: usize = 3;
/// No more are asked.
const ASKED: usize = 30;
/// Busy is what one in so many windows that have anything is above.
const BUSY: usize = 50;
/// Users are alike: the middle one is ordinary. Of features and models one may have a thousand times what another has.
pub(crate) const OF_USERS: f64 = 0.5;
pub(crate) const OF_OTHERS: f64 = 0.9;
const LEARNED: Minute = DAY / 2;
/// Minutes ago that are its own past.
const BEFORE: Minute = DAY / 2;

/// What an ordinary group has when it is busy, in a window of some length, and until when that holds.
#[derive(Debug, Default)]
pub struct Newcomers {
    busy: Option<(f64, Minute)>,
    /// The first minute of a group that is new.
    since: Minute,
}

// === impl Newcomers ===

impl Newcomers {
    /// Nobody is new until some groups were known for a week. `part`: an ordinary group is one that this part of all have no more than. `all`: the groups' series, asked for only where
    /// it is not known.
    pub fn learn<'a>(
        &mut self,
        end: Minute,
        width: i64,
        part: f64,
        all: impl Iterator<Item = &'a Series> + Clone,
    ) {
        if self.busy.is_some_and(|(_, until)| end < until) {
            return;
        }
        let old = all.filter(|series| end - series.first >= YOUNG_DAYS * DAY);
        let mut firsts: Vec<Minute> = old.clone().map(|series| series.first).collect();
        firsts.sort_unstable();
        self.since = firsts.get(KNOWN - 1).map_or(Minute::MAX, |first| first + YOUNG_DAYS * DAY);
        // who came for a day, and no more, is not what an ordinary group is like
        let alive = old.filter(|series| series.past.between(end - YOUNG_DAYS * DAY, end) > 0.0);
        let step = alive.clone().count().div_ceil(ASKED).max(1);
        let mut busy: Vec<f64> =
            alive.step_by(step).map(|series| busiest(&series.past, end, width)).collect();
        busy.sort_by(f64::total_cmp);
        let ordinary = busy.get((busy.len() as f64 * part) as usize).copied().unwrap_or(0.0);
        self.busy = Some((ordinary, end + LEARNED));
    }

    /// Judges the last `width` minutes of a group that is younger than a week. `lived`: its past as far as spells are read from it.
    pub(crate) fn judge<'a>(
        &self,
        series: &'a Series,
        spells: &mut Spells,
        lived: impl FnOnce(&'a History) -> Lived<'a>,
        width: i64,
        factor: f64,
    ) -> Option<Verdict> {
        let (busy, _) = self.busy?;
        if series.first < self.since || series.end() - series.first >= (YOUNG_DAYS + 1) * DAY {
            return None;
        }
        let value = series.value().as_f64();
        if value <= 0.75 * factor * busy {
            return Some(Verdict { threshold: factor * busy, anomalous: false, over: true });
        }
        let (past, came, calls) = match &series.evidence {
            None => (&series.past, value, value),
            Some(evidence) => {
                let took = evidence.last(series.end() - width);
                (&evidence.tempered, took.tempered, took.calls)
            }
        };
        let lived = lived(past);
        let begins = lived.end - (series.end() - series.first);
        let before = (begins..lived.end - BEFORE).step_by(width as usize);
        let own = before.map(|from| series.past.between(from, from + width)).fold(0.0, f64::max);
        let threshold = factor * busy.max(own);
        let anomalous = threshold > 0.0
            && value > threshold
            && calls >= FEW
            && !spells.is_ordinary(0, lived, width, came);
        Some(Verdict { threshold, anomalous, over: value <= 0.75 * threshold })
    }
}

/// What one in some windows of the last week that have anything is above.
fn busiest(past: &History, end: Minute, width: i64) -> f64 {
    let windows = (end - YOUNG_DAYS * DAY..end - width).step_by(width as usize);
    let mut sums: Vec<f64> =
        windows.map(|from| past.between(from, from + width)).filter(|sum| *sum > 0.0).collect();
    sums.sort_by(f64::total_cmp);
    sums.get((sums.len().max(1) - 1).saturating_sub(sums.len() / BUSY)).copied().unwrap_or(0.0)
}
