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

/// How many days the blocks are of, in order, without those of which nothing is known: they have no blocks.
pub(crate) fn days_of(blocks: &[Block]) -> usize {
    let times = blocks.iter().map(|block| block.time + 1).max().unwrap_or(1);
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return 0 };
    let all = (last.day + 1) * times - (first.day * times + first.time);
    last.day + 1 - (all.saturating_sub(blocks.len()) + times / 2) / times
}

// === impl Block ===

impl Block {
    /// How far it is from what was to be expected, squared.
    pub(crate) fn square(&self) -> f64 {
        (self.came - self.expected).powi(2)
    }
}
