//! What came in the past, for statistics: sums of five minutes, day by day, back to so many days. A day without anything takes
//! no memory.

#![expect(clippy::float_arithmetic, reason = "history is for statistics")]

use std::collections::VecDeque;

use crate::window::Minute;

pub const DAY: i64 = 1440;
pub const BIN: i64 = 5;
pub const BINS: usize = (DAY / BIN) as usize;

#[derive(Debug)]
pub struct History {
    days: VecDeque<Day>,
    /// Of the first of them.
    first: i64,
    keep: usize,
}

#[derive(Debug, Default)]
struct Day {
    bins: Option<Box<[f32; BINS]>>,
    total: f64,
}

// === impl History ===

impl History {
    pub fn new(first: Minute, days: usize) -> Self {
        Self { days: VecDeque::new(), first: first.div_euclid(DAY), keep: days }
    }

    /// Minutes come in order, but for an hour that comes twice.
    pub fn add(&mut self, minute: Minute, amount: f64) {
        let at = (minute.div_euclid(DAY) - self.first).max(0);
        while self.days.len() as i64 <= at {
            self.days.push_back(Day::default());
        }
        if amount > 0.0
            && let Some(day) = self.days.get_mut(at as usize)
        {
            let bins = day.bins.get_or_insert_with(|| Box::new([0.0; BINS]));
            bins[(minute.rem_euclid(DAY) / BIN) as usize] += amount as f32;
            day.total += amount;
        }
        while self.days.len() > self.keep {
            self.days.pop_front();
            self.first += 1;
        }
    }

    /// What came from one minute until before another; of a bin that is cut, its share.
    pub fn between(&self, from: Minute, until: Minute) -> f64 {
        let (mut sum, mut at) = (0.0, from);
        while at < until {
            let day = at.div_euclid(DAY);
            let next = ((day + 1) * DAY).min(until);
            sum += self.of_day(day, at - day * DAY, next - day * DAY);
            at = next;
        }
        sum
    }

    fn of_day(&self, day: i64, from: i64, until: i64) -> f64 {
        let Some(Day { bins: Some(bins), total }) =
            usize::try_from(day - self.first).ok().and_then(|at| self.days.get(at))
        else {
            return 0.0;
        };
        if until - from == DAY {
            return *total;
        }
        let (first, last) = (from / BIN, (until - 1) / BIN);
        if first == last {
            return f64::from(bins[first as usize]) * (until - from) as f64 / BIN as f64;
        }
        let whole: f64 = bins[first as usize + 1..last as usize].iter().map(|bin| f64::from(*bin)).sum();
        let head = f64::from(bins[first as usize]) * ((first + 1) * BIN - from) as f64;
        let tail = f64::from(bins[last as usize]) * (until - last * BIN) as f64;
        whole + (head + tail) / BIN as f64
    }
}
