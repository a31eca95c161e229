//! Chance, for what must not happen to many at once.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

/// A duration from nothing up to this one, evenly. Not for secrets.
pub(crate) fn below(most: Duration) -> Duration {
    let millis = u64::try_from(most.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
    Duration::from_millis(chance() % millis)
}

/// From 0 to 255, evenly.
pub(crate) fn share() -> u8 {
    chance().to_le_bytes()[0]
}

fn chance() -> u64 {
    // Each state is keyed anew by the standard library.
    RandomState::new().hash_one(())
}
