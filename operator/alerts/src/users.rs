//! Whether one user makes more calls than any user does: a script shows by whose calls they are long before it shows by how many there are.
//!
//! Learned are the most that one user had in each window of the past that had any. Conversations are geometric, so what is above the highest of them falls
//! off by the same part with each call more; how fast is read from three quarters of them, as the highest may have been incidents.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use std::{
    collections::{BTreeMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::window::Minute;

/// Of windows that are longer, users are not told apart.
pub(crate) const LONGEST: i64 = 120;
/// No more rows of a window are kept.
const MOST: usize = 4096;
/// Of fewer windows it is not known what users do.
const KNOWN: f64 = 200.0;
/// The highest: one window in fifty, and ten at least.
const HIGHEST: f64 = 0.02;
const FEWEST_HIGHEST: f64 = 10.0;
/// What falls off is not known exactly.
const UNSURE: f64 = 1.3;
/// What came in the last minutes is not learned from: a script's first window would make its second ordinary.
const JUST_NOW: Minute = 180;

#[derive(Debug, Default)]
pub struct Users {
    /// The last window's rows: minute, user and calls.
    rows: VecDeque<(Minute, u64, f64)>,
    /// What each user has in the window that is learned next, which of them it is, and whether an anomaly was told of it.
    next: BTreeMap<u64, f64>,
    at: i64,
    told: bool,
    /// The windows before it and the most that one user had in each: what came just now is no past yet.
    lately: VecDeque<(i64, u32)>,
    /// How often so many calls were the most that one user had.
    most: BTreeMap<u32, u32>,
}

// === impl Users ===

impl Users {
    /// Takes a row; minutes come in order. `told`: an anomaly is told of what comes now.
    pub(crate) fn add(&mut self, minute: Minute, user: &str, calls: f64, width: i64, told: bool) {
        let mut hasher = DefaultHasher::new();
        user.hash(&mut hasher);
        let user = hasher.finish();
        while self.rows.front().is_some_and(|(at, ..)| *at <= minute - width) {
            self.rows.pop_front();
        }
        let at = minute.div_euclid(width);
        if at != self.at {
            self.learn((minute - JUST_NOW).div_euclid(width));
            (self.at, self.told) = (at, false);
        }
        self.told |= told;
        if self.rows.len() < MOST {
            self.rows.push_back((minute, user, calls));
        }
        if self.next.len() < MOST || self.next.contains_key(&user) {
            *self.next.entry(user).or_default() += calls;
        }
    }

    /// Learns from windows before this one.
    fn learn(&mut self, until: i64) {
        let next = std::mem::take(&mut self.next);
        let most = next.into_values().fold(0.0, f64::max);
        if most > 0.0 && !self.told {
            self.lately.push_back((self.at, most.ceil() as u32));
        }
        while let Some((_, most)) = self.lately.pop_front_if(|(at, _)| *at < until) {
            *self.most.entry(most).or_default() += 1;
        }
    }

    /// The most that one user has since a minute, and ln of the probability that any has as much.
    pub(crate) fn most_ln(&self, since: Minute) -> (f64, f64) {
        let mut sums: BTreeMap<u64, f64> = BTreeMap::new();
        for (_, user, calls) in self.rows.iter().filter(|(at, ..)| *at >= since) {
            *sums.entry(*user).or_default() += calls;
        }
        let most = sums.into_values().fold(0.0, f64::max);
        let all = f64::from(self.most.values().sum::<u32>());
        let highest = (all * HIGHEST).max(FEWEST_HIGHEST);
        if all < KNOWN {
            return (most, 0.0);
        }
        let exceeded_by = |many: f64| {
            let mut left = many;
            let at = self.most.iter().rev().find(|(_, count)| {
                left -= f64::from(**count);
                left < 0.0
            });
            at.map_or(0.0, |(calls, _)| f64::from(*calls))
        };
        // of all that are above the lowest of the highest, half and a quarter are above these
        let lowest = exceeded_by(highest);
        let falls = |part: f64| (exceeded_by(highest * part) - lowest + 0.5) / -part.ln();
        let falls = UNSURE * falls(0.5).max(falls(0.25)).max(1.0);
        (most, (highest / all).ln() - ((most - lowest) / falls).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_script_did_in_one_window_does_not_make_what_it_does_in_the_next_ordinary() {
        let mut users = Users::default();
        let most = |window: i64| match window {
            100 => 18,
            200 => 16,
            _ if window % 30 == 0 => 8,
            _ => 4,
        };
        for window in 0..300 {
            (0..most(window)).for_each(|at| users.add(window * 10 + at / 2, "ada", 1.0, 10, false));
        }
        let script = 3_006;
        (script..script + 4).for_each(|minute| users.add(minute, "bob", 5.0, 10, false));
        let before = users.most_ln(script - 6);
        users.add(script + 4, "bob", 1.0, 10, false);
        let after = users.most_ln(script - 5);
        assert!(after.0 > before.0 && after.1 < before.1, "{before:?} {after:?}");
    }
}
