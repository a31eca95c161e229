//! When the next worker begins: at once, unless those before it did not live.

use std::time::Duration;

/// Who lived this long died of something else than the one before.
pub(crate) const STEADY: Duration = Duration::from_secs(10);

/// The pause before the third worker in a row; it doubles from then on.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// Connections wait meanwhile: not longer than most clients do.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// This many short lives in a row are a crash loop.
const LOOP: u32 = 3;

/// The deaths so far.
#[derive(Debug, Default)]
pub(crate) struct Restarts {
    count: u64,
    short_lives: u32,
}

/// What a worker knows of those before it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Life {
    /// How many there were.
    pub(crate) restarts: u64,
    /// The last of them did not live.
    pub(crate) in_a_loop: bool,
    /// It is only to settle what the last one left.
    pub(crate) ending: bool,
}

// === impl Restarts ===

impl Restarts {
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// A worker died after this time; the next one is to wait for so long.
    pub(crate) fn after(&mut self, lived: Duration) -> Duration {
        self.count += 1;
        if lived >= STEADY {
            self.short_lives = 0;
            return Duration::ZERO;
        }
        self.short_lives = self.short_lives.saturating_add(1);
        match self.short_lives {
            0 | 1 => Duration::ZERO,
            more => FIRST_PAUSE.saturating_mul(1 << (more - 2).min(16)).min(LONGEST_PAUSE),
        }
    }

    pub(crate) fn life(&self) -> Life {
        Life { restarts: self.count, in_a_loop: self.short_lives >= LOOP, ending: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(3);

    #[test]
    fn the_next_worker_begins_at_once() {
        assert_eq!(Restarts::default().after(SHORT), Duration::ZERO);
        assert_eq!(Restarts::default().after(STEADY * 100), Duration::ZERO);
    }

    #[test]
    fn those_that_do_not_live_are_started_ever_more_slowly_up_to_a_second() {
        let mut restarts = Restarts::default();
        let pauses: Vec<_> = (0..10).map(|_| restarts.after(SHORT).as_millis()).collect();
        assert_eq!(pauses, [0, 10, 20, 40, 80, 160, 320, 640, 1000, 1000]);
        for _ in 0..100 {
            assert_eq!(restarts.after(SHORT), LONGEST_PAUSE);
        }
    }

    #[test]
    fn one_that_lived_forgives_those_before() {
        let mut restarts = Restarts::default();
        for _ in 0..5 {
            restarts.after(SHORT);
        }
        assert!(restarts.life().in_a_loop);
        assert_eq!(restarts.after(STEADY), Duration::ZERO);
        assert!(!restarts.life().in_a_loop);
        assert_eq!(restarts.life().restarts, 6, "every one is counted");
    }
}
