//! What is looked at, and what is usual of it: the mean of that time of day on the days that are like it.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use super::change::Change;
use crate::{
    clock::Clock,
    history::{DAY, History},
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

// === impl Look ===

impl Look<'_> {
    pub(super) fn usual(&self) -> Mean {
        let (mut mean, mut span) = (Mean { mean: 0.0, seen: 0.0, days: 1.0 }, self.width);
        // nearer minutes bound what farther ones tell: who opens at nine sleeps at eight
        let mut most = f64::MAX;
        let times = self.change.map_or(1.0, |change| change.times);
        for (around, needed) in AROUND {
            span = self.width + 2 * around;
            let at = |day: &i64| {
                let end = self.end - self.clock.ago(*day);
                self.between(end - self.width - around, end + around.min(day * DAY))
            };
            let sums: Vec<f64> = self.alike.iter().map(at).collect();
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
            self.between(self.end - self.width - self.clock.ago(day), self.end - self.clock.ago(day))
        };
        let each_week = (7..=self.known).step_by(7).map(exactly).fold(f64::MAX, f64::min);
        let at_least = self.change.map_or(0.0, |change| change.at_least(self.width));
        Mean { mean: (mean.mean.max(least) * share).min(most).max(each_week).max(at_least), ..mean }
    }

    /// How much more or less there is today.
    pub(super) fn level(&self) -> f64 {
        let (from, until) = (self.end - self.width - JUST_NOW - LATELY, self.end - self.width - JUST_NOW);
        let told = self.told_between(from, until);
        let untold = |ago: i64| {
            let sum = |from: Minute, until: Minute| self.between(from - ago, until - ago);
            sum(from, until) - told.iter().map(|(from, until)| sum(*from, *until)).sum::<f64>()
        };
        // a Saturday's small hours come after a Friday
        let sums: Vec<f64> =
            alike(until, self.known, self.clock).into_iter().map(|day| untold(self.clock.ago(day))).collect();
        level(untold(0), typical(&sums, 6.0 * self.unit).mean, self.unit)
    }

    /// When an anomaly was told: what it had says nothing about the rest of the day, unless it was nearly all there was.
    fn told_between(&self, from: Minute, until: Minute) -> Vec<(Minute, Minute)> {
        let cut = |(begin, end): &(Minute, Minute)| ((*begin).max(from), (*end).min(until));
        let told: Vec<_> = self.told.iter().map(cut).filter(|(begin, end)| begin < end).collect();
        let minutes: i64 = told.iter().map(|(begin, end)| end - begin).sum();
        if minutes > MOST_TOLD { Vec::new() } else { told }
    }
}

pub(super) fn level(had: f64, usual: f64, unit: f64) -> f64 {
    ((had + 10.0 * unit) / (usual + 10.0 * unit)).clamp(0.5, 2.5)
}

/// The days back that are like the last minute's: working days or weekends; all where too few of them are known.
pub(super) fn alike(end: Minute, known: i64, clock: &Clock) -> Vec<i64> {
    let today = clock.rests(end - 1);
    let same: Vec<i64> = (1..=known).filter(|day| clock.rests(end - 1 - day * DAY) == today).collect();
    if same.len() < 2 { (1..=known).collect() } else { same }
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
