//! How long to wait before the next connection: a random time below a bound that doubles.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

#[derive(Debug)]
pub(super) struct Backoff {
    first: Duration,
    longest: Duration,
    /// Waits since it last worked.
    waits: u32,
}

// === impl Backoff ===

impl Backoff {
    pub(super) fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, waits: 0 }
    }

    pub(super) fn worked(&mut self) {
        self.waits = 0;
    }

    /// The next wait, `random` of all that it can be.
    pub(super) fn next(&mut self, random: u64) -> Duration {
        let bound = self.first.saturating_mul(1 << self.waits.min(16)).min(self.longest);
        self.waits = self.waits.saturating_add(1);
        below(bound, random)
    }
}

/// A time below `bound`.
pub(super) fn below(bound: Duration, random: u64) -> Duration {
    let micros = u64::try_from(bound.as_micros()).unwrap_or(u64::MAX).max(1);
    Duration::from_micros(random % micros)
}

/// A random number, good enough to spread what would come together: each of std's hash states has other keys.
pub(super) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_bound_doubles_up_to_the_longest_and_begins_anew_once_it_worked() {
        let mut backoff = Backoff::new(Duration::from_millis(100), SECOND);
        let most = |backoff: &mut Backoff| {
            let bound = backoff.first.saturating_mul(1 << backoff.waits.min(16)).min(backoff.longest);
            let micros = u64::try_from(bound.as_micros()).unwrap();
            backoff.next(micros - 1).as_millis()
        };
        assert_eq!([(); 5].map(|()| most(&mut backoff)), [99, 199, 399, 799, 999]);
        backoff.worked();
        assert_eq!(most(&mut backoff), 99);
    }

    #[test]
    fn it_never_overflows() {
        let mut backoff = Backoff::new(Duration::MAX, Duration::MAX);
        for _ in 0..100 {
            backoff.next(u64::MAX);
        }
    }

    #[test]
    fn two_random_numbers_differ() {
        assert_ne!(random(), random());
    }
}
