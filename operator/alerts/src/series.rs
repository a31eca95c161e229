//! The minutes of one group and one metric: exact sums for what is compared with limits, running totals for what was.

#![expect(
    clippy::float_arithmetic,
    reason = "history is for statistics; limits are compared with exact sums"
)]

use std::collections::VecDeque;

use crate::{
    amount::{Amount, to_f64},
    window::{Minute, Window},
};

#[derive(Debug)]
pub struct Series {
    /// The first minute this group was seen in.
    pub first: Minute,
    window: VecDeque<(Minute, i128)>,
    sum: i128,
    /// At i: the total of everything before minute `start + i`.
    totals: VecDeque<f64>,
    start: Minute,
    keep: usize,
    pub(crate) calls: f64,
}

// === impl Series ===

impl Series {
    /// Of a group that is first seen in a minute; `keep` minutes of history.
    pub fn new(first: Minute, keep: usize) -> Self {
        Self {
            first,
            window: VecDeque::new(),
            sum: 0,
            totals: VecDeque::from([0.0]),
            start: first,
            keep,
            calls: 0.0,
        }
    }

    /// Takes the next minute, in order; minutes without traffic too.
    pub fn close(&mut self, minute: Minute, amount: Amount, calls: Amount, window: &Window, from: Minute) {
        if amount.0 > 0 {
            self.window.push_back((minute, amount.0));
            self.sum += amount.0;
        }
        while let Some((at, gone)) = self.window.front().copied() {
            if at >= from {
                break;
            }
            self.sum -= gone;
            self.window.pop_front();
        }
        if let (Window::Calendar { .. }, Some((at, _))) = (window, self.window.front().copied()) {
            // of a calendar's window only the sum is asked for
            let sum = self.sum;
            self.window.clear();
            self.window.push_back((at, sum));
        }
        self.calls += calls.as_f64();
        let total = self.totals.back().copied().unwrap_or(0.0) + to_f64(amount.0);
        self.totals.push_back(total);
        if self.totals.len() > self.keep + 1 {
            self.totals.pop_front();
            self.start += 1;
        }
    }

    /// The window's exact value.
    pub fn value(&self) -> Amount {
        Amount(self.sum)
    }

    /// The minute after the last.
    pub fn end(&self) -> Minute {
        self.start + self.totals.len() as i64 - 1
    }

    /// What came from one minute until before another; nothing is known of before the history.
    pub fn between(&self, from: Minute, until: Minute) -> f64 {
        let at = |minute: Minute| {
            let index = (minute - self.start).clamp(0, self.totals.len() as i64 - 1);
            self.totals[index as usize]
        };
        (at(until) - at(from)).max(0.0)
    }

    /// How coarse the value comes: what a call weighs, spread included. Calls and errors come one by one.
    pub fn grain(&self, counts: bool) -> f64 {
        let total = self.totals.back().copied().unwrap_or(0.0);
        if counts || self.calls <= 0.0 || total <= 0.0 { 1.0 } else { 2.0 * total / self.calls }
    }
}
