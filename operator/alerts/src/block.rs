//! A stretch of the baseline, beside what was to be expected of it: what noise and sessions are learned from.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

#[derive(Clone, Copy, Debug)]
pub struct Block {
    pub came: f64,
    pub expected: f64,
    pub day: usize,
    /// Which of a day's blocks it is.
    pub time: usize,
    /// It is about the time that is asked of.
    pub near: bool,
    /// An anomaly was told of it.
    pub told: bool,
}

// === impl Block ===

impl Block {
    /// How far it is from what was to be expected, squared.
    pub(crate) fn square(&self) -> f64 {
        (self.came - self.expected).powi(2)
    }
}
