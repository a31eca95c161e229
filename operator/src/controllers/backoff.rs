//! How long something that failed is left alone.

use std::time::Duration;

/// After the first failure.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(60);

/// After so many failures in a row, the longest wait; `share` (0 to 255) takes up to half of it off, so that many that failed together
/// do not come back together.
pub(super) fn wait(failures: u32, share: u8) -> Duration {
    let doubled = FIRST.saturating_mul(1 << failures.saturating_sub(1).min(10)).min(LONGEST);
    doubled - doubled / 512 * u32::from(share)
}

/// A share that is an object's own, and always the same.
pub(super) fn share(uid: &str) -> u8 {
    uid.bytes().fold(0, |share: u8, byte| share.wrapping_mul(31).wrapping_add(byte))
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
