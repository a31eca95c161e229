//! What came in the past, for statistics: sums of five minutes, or of hours where nothing finer is asked, day by day, back to so many
//! days. A day without anything takes no memory; with five minutes it takes a kilobyte, and a thousand alerts of a hundred groups have three million days.

#![expect(clippy::float_arithmetic, reason = "history is for statistics")]

use std::collections::VecDeque;

use crate::window::Minute;

pub const DAY: i64 = 1440;
pub const BIN: i64 = 5;
pub const HOUR: i64 = 60;

#[derive(Debug)]
pub struct History {
    days: VecDeque<Day>,
    /// Of the first of them.
    first: i64,
    keep: usize,
    /// So many minutes are one sum.
    bin: i64,
}

#[derive(Debug, Default)]
struct Day {
    bins: Option<Box<[f32]>>,
    total: f64,
}

// === impl History ===

impl History {
    /// `bin`: how many minutes are one sum.
    pub fn new(first: Minute, days: usize, bin: i64) -> Self {
        Self { days: VecDeque::new(), first: first.div_euclid(DAY), keep: days, bin }
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
            *day.bin(minute, self.bin) += amount as f32;
            day.total += amount;
        }
        while self.days.len() > self.keep {
            self.days.pop_front();
            self.first += 1;
        }
    }

    /// Goes back to a minute before the first.
    pub fn reach(&mut self, minute: Minute) {
        while self.first > minute.div_euclid(DAY) && self.days.len() < self.keep {
            self.days.push_front(Day::default());
            self.first -= 1;
        }
    }

    /// Takes minutes as one, whole bins of them: what they had is spread over all.
    pub fn spread(&mut self, minute: Minute, minutes: i64, amount: f64) {
        let bins = (minutes / self.bin).max(1);
        (0..bins).for_each(|bin| self.add(minute + bin * self.bin, amount / bins as f64));
    }

    /// What a minute had was more, or less, than was told.
    pub fn correct(&mut self, minute: Minute, by: f64) {
        let day = usize::try_from(minute.div_euclid(DAY) - self.first).ok();
        if let Some(day) = day.and_then(|day| self.days.get_mut(day)) {
            let bin = day.bin(minute, self.bin);
            *bin = (*bin + by as f32).max(0.0);
            day.total = (day.total + by).max(0.0);
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
        let (first, last) = (from / self.bin, (until - 1) / self.bin);
        if first == last {
            return f64::from(bins[first as usize]) * (until - from) as f64 / self.bin as f64;
        }
        let whole: f64 = bins[first as usize + 1..last as usize].iter().map(|bin| f64::from(*bin)).sum();
        let head = f64::from(bins[first as usize]) * ((first + 1) * self.bin - from) as f64;
        let tail = f64::from(bins[last as usize]) * (until - last * self.bin) as f64;
        whole + (head + tail) / self.bin as f64
    }
}

// === impl Day ===

impl Day {
    /// The sum that a minute is in.
    fn bin(&mut self, minute: Minute, bin: i64) -> &mut f32 {
        let bins = self.bins.get_or_insert_with(|| vec![0.0; (DAY / bin) as usize].into_boxed_slice());
        &mut bins[(minute.rem_euclid(DAY) / bin) as usize]
    }
}
