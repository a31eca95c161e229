//! How long something that failed is left alone.

use std::time::Duration;

/// Waits that double from the first to the longest.
pub(crate) struct Doubling {
    pub(crate) first: Duration,
    pub(crate) longest: Duration,
}

/// What the apiserver did not take.
const OBJECTS: Doubling = Doubling { first: Duration::from_secs(1), longest: Duration::from_secs(60) };

/// As [`Doubling::wait`], of what the apiserver did not take.
pub(super) fn wait(failures: u32, share: u8) -> Duration {
    OBJECTS.wait(failures, share)
}

/// A share that is an object's own, and always the same.
pub(super) fn share(uid: &str) -> u8 {
    uid.bytes().fold(0, |share: u8, byte| share.wrapping_mul(31).wrapping_add(byte))
}

// === impl Doubling ===

impl Doubling {
    /// After so many failures in a row, the longest wait; `share` (0 to 255) takes up to half of it off, so that many that failed
    /// together do not come back together.
    pub(crate) fn wait(&self, failures: u32, share: u8) -> Duration {
        let doubled = self.first.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(self.longest);
        doubled - doubled / 512 * u32::from(share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute_and_lie_apart() {
        let longest: Vec<u64> = (1..=8).map(|failures| wait(failures, 0).as_secs()).collect();
        assert_eq!(longest, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert!(wait(7, 255) < wait(7, 0) && wait(7, 255) >= wait(7, 0) / 2);
        assert_eq!(wait(u32::MAX, 0).as_secs(), 60);
    }
}
