//! What is looked at, and what is usual of it: the mean of that time of day on the days that are like it.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use crate::{
    clock::Clock,
    history::{DAY, History},
    spans::{is_known, merged},
    temper::Temper,
    window::Minute,
};

/// Minutes to each side, and how many calls they must have had for no more to be needed.
pub(super) const AROUND: [(i64, f64); 5] = [(0, 150.0), (10, 100.0), (30, 40.0), (60, 25.0), (120, 0.0)];
/// So many calls more may have been chance, in what was seen of a time of day.
const MARGIN: f64 = 10.0;
/// The last hours tell how much there is today, but for those just now.
pub(super) const LATELY: i64 = 120;
pub(super) const JUST_NOW: i64 = 20;
/// Of less than half an hour nobody knows how much there is today.
const MOST_TOLD: i64 = LATELY - 30;
/// What is so many times what it was may have another shape: what came since, on average, is usual at least.
const OTHER: f64 = 5.0;

/// What is looked at: the minutes until `end` of a history, and the days before that are like them.
pub(super) struct Look<'a> {
    pub(super) past: &'a History,
    /// What the last `width` minutes hold.
    pub(super) came: f64,
    pub(super) end: Minute,
    pub(super) width: i64,
    pub(super) known: i64,
    pub(super) clock: &'a Clock,
    pub(super) alike: &'a [i64],
    /// What a call weighs.
    pub(super) unit: f64,
    /// Since when what comes is other than it was, for good.
    pub(super) change: Option<Change>,
    /// When an anomaly was told, window by window.
    pub(super) told: &'a [(Minute, Minute)],
    /// Of these minutes nothing is known.
    pub(super) outages: &'a [(Minute, Minute)],
    /// Where calls are not alike.
    pub(super) temper: Option<&'a Temper>,
}

/// The mean of some minutes, and how much was seen to know it.
#[derive(Clone, Copy)]
pub(super) struct Mean {
    pub(super) mean: f64,
    pub(super) seen: f64,
    pub(super) days: f64,
}

/// Other than it was, for good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) since: Minute,
    /// So many times as much comes.
    pub(super) times: f64,
    /// In a minute, on average.
    pub(super) rate: f64,
}

// === impl Change ===

impl Change {
    /// At least so much is usual of so many minutes.
    pub(super) fn at_least(&self, width: i64) -> f64 {
        if self.times < OTHER { 0.0 } else { self.rate * width as f64 }
    }
}

// === impl Look ===

impl Look<'_> {
    pub(super) fn usual(&self) -> Mean {
        let (mut mean, mut span) = (Mean { mean: 0.0, seen: 0.0, days: 1.0 }, self.width);
        // nearer minutes bound what farther ones tell: who opens at nine sleeps at eight
        let mut most = f64::MAX;
        let times = self.change.map_or(1.0, |change| change.times);
        for (around, needed) in AROUND {
            span = self.width + 2 * around;
            let spans: Vec<(Minute, Minute)> = self
                .alike
                .iter()
                .map(|day| (self.end - self.clock.ago(*day), around.min(day * DAY)))
                .map(|(end, after)| (end - self.width - around, end + after))
                .collect();
            let known = self.known_of(&spans);
            let sums: Vec<f64> = known.into_iter().map(|(from, until)| self.between(from, until)).collect();
            mean = typical(&sums, 6.0 * self.unit);
            mean.seen /= times;
            let seen = mean.seen / self.unit;
            let at_most = (seen + (MARGIN * seen).sqrt() + MARGIN) * times * self.unit / mean.days;
            most = most.min(at_most * self.width as f64 / span as f64);
            if mean.seen >= needed * self.unit {
                break;
            }
        }
        let share = self.width as f64 / span as f64;
        let least = 0.5 * self.unit / mean.days;
        let exactly = |day: i64| {
            let end = self.end - self.clock.ago(day);
            self.is_known(end - self.width, end).then(|| self.between(end - self.width, end))
        };
        let each_week = (7..=self.known).step_by(7).filter_map(exactly).reduce(f64::min).unwrap_or(0.0);
        let at_least = self.change.map_or(0.0, |change| change.at_least(self.width));
        Mean { mean: (mean.mean.max(least) * share).min(most).max(each_week).max(at_least), ..mean }
    }

    /// No outage lies between two minutes.
    pub(super) fn is_known(&self, from: Minute, until: Minute) -> bool {
        is_known(self.outages, from, until)
    }

    /// The spans of which all is known; all of them where there are none.
    fn known_of(&self, spans: &[(Minute, Minute)]) -> Vec<(Minute, Minute)> {
        let known: Vec<_> =
            spans.iter().copied().filter(|(from, until)| self.is_known(*from, *until)).collect();
        if known.is_empty() { spans.to_vec() } else { known }
    }

    /// How much more or less there is today.
    pub(super) fn level(&self) -> f64 {
        let (from, until) = (self.end - self.width - JUST_NOW - LATELY, self.end - self.width - JUST_NOW);
        let Some(told) = self.told_between(from, until) else { return 1.0 };
        let untold = |ago: i64| {
            let sum = |from: Minute, until: Minute| self.between(from - ago, until - ago);
            sum(from, until) - told.iter().map(|(from, until)| sum(*from, *until)).sum::<f64>()
        };
        // a Saturday's small hours come after a Friday
        let days = alike((from, until), self.known, self.clock, self.outages);
        let sums: Vec<f64> = days.into_iter().map(|day| untold(self.clock.ago(day))).collect();
        level(untold(0), typical(&sums, 6.0 * self.unit).mean, self.unit)
    }

    /// When an anomaly was told, or nothing was known: what came then says nothing about the rest of the day. What was told does, where it was nearly
    /// all there was; after an outage that was, nobody knows.
    fn told_between(&self, from: Minute, until: Minute) -> Option<Vec<(Minute, Minute)>> {
        let cut = |spans: &[(Minute, Minute)]| -> Vec<(Minute, Minute)> {
            let cut = spans.iter().map(|(begin, end)| ((*begin).max(from), (*end).min(until)));
            cut.filter(|(begin, end)| begin < end).collect()
        };
        let too_much = |spans: &[(Minute, Minute)]| {
            spans.iter().map(|(begin, end)| end - begin).sum::<i64>() > MOST_TOLD
        };
        let outages = merged(cut(self.outages));
        if too_much(&outages) {
            return None;
        }
        let all = merged([cut(self.told), outages.clone()].concat());
        Some(if too_much(&all) { outages } else { all })
    }
}

pub(super) fn level(had: f64, usual: f64, unit: f64) -> f64 {
    ((had + 10.0 * unit) / (usual + 10.0 * unit)).clamp(0.5, 2.5)
}

/// The days back that are like the last minute's: working days or weekends; all where too few of them are known. Of none of them there was an outage
/// between these minutes, unless there was on all.
pub(super) fn alike(
    (from, end): (Minute, Minute),
    known: i64,
    clock: &Clock,
    outages: &[(Minute, Minute)],
) -> Vec<i64> {
    let today = clock.rests(end - 1);
    let is_known = |day: &i64| is_known(outages, from - clock.ago(*day), end - clock.ago(*day));
    let days: Vec<i64> = (1..=known).filter(is_known).collect();
    let same: Vec<i64> =
        days.iter().copied().filter(|day| clock.rests(end - 1 - day * DAY) == today).collect();
    match (same.len(), days.len()) {
        (2.., _) => same,
        (_, 1..) => days,
        _ => (1..=known).collect(),
    }
}

/// The mean of days, without those (a quarter at most) that are far above the median.
pub(super) fn typical(sums: &[f64], chance: f64) -> Mean {
    let mut sorted = sums.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(median) = sorted.get((sorted.len().max(1) - 1) / 2).copied() else {
        return Mean { mean: 0.0, seen: 0.0, days: 1.0 };
    };
    let most = (sorted.len() / 4).max(usize::from(sorted.len() > 1));
    let odd = sorted.iter().rev().take(most).take_while(|sum| **sum > 2.5 * median + chance).count();
    sorted.truncate(sorted.len() - odd);
    let (seen, days) = (sorted.iter().sum::<f64>(), sorted.len() as f64);
    Mean { mean: seen / days, seen, days }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::BIN;

    const END: Minute = 14 * DAY + 720;

    /// Ten calls a minute for two weeks, but for outages.
    fn level_with(told: &[(Minute, Minute)], outages: &[(Minute, Minute)]) -> f64 {
        let mut past = History::new(0, 15, BIN);
        let known = (0..END).filter(|minute| is_known(outages, *minute, minute + 1));
        known.for_each(|minute| past.add(minute, 10.0));
        let look = Look {
            past: &past,
            came: 100.0,
            end: END,
            width: 10,
            known: 10,
            clock: &Clock::default(),
            alike: &[1, 2, 3],
            unit: 1.0,
            change: None,
            told,
            outages,
            temper: None,
        };
        look.level()
    }

    #[test]
    fn what_was_told_in_an_outage_is_left_out_of_the_last_hours_once() {
        let level = level_with(&[(END - 130, END - 100)], &[(END - 150, END - 110)]);
        assert!((0.99..1.01).contains(&level), "{level}");
    }

    #[test]
    fn after_an_outage_of_most_of_the_last_hours_there_is_as_much_today_as_usual() {
        let level = level_with(&[], &[(END - 145, END - 40)]);
        assert!((0.99..1.01).contains(&level), "{level}");
    }
}
