//! Many durations, in microseconds, and where in them a share lies.

/// Sorted.
pub(super) struct Percentiles(Vec<u64>);

// === impl Percentiles ===

impl Percentiles {
    pub(super) fn of(values: impl Iterator<Item = u64>) -> Percentiles {
        let mut values: Vec<u64> = values.collect();
        values.sort_unstable();
        Percentiles(values)
    }

    /// The smallest value that so many of a hundred are not above; 0 where there is none.
    pub(super) fn at(&self, percent: usize) -> u64 {
        let rank = (self.0.len() * percent).div_ceil(100);
        self.0.get(rank.saturating_sub(1)).copied().unwrap_or(0)
    }

    pub(super) fn max(&self) -> u64 {
        self.0.last().copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_so_many_are_not_above() {
        let hundred = Percentiles::of((1..=100).rev());
        assert_eq!((hundred.at(50), hundred.at(99), hundred.max()), (50, 99, 100));
        let three = Percentiles::of([30, 10, 20].into_iter());
        assert_eq!((three.at(50), three.at(99)), (20, 30));
    }

    #[test]
    fn nothing_has_percentiles_of_zero() {
        let none = Percentiles::of(std::iter::empty());
        assert_eq!((none.at(99), none.max()), (0, 0));
    }
}
