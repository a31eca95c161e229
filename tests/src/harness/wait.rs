//! The one place where something is waited for.

use std::{
    fmt::Debug,
    thread,
    time::{Duration, Instant},
};

/// How long anything may take before a test gives it up. Far beyond what is expected: a busy machine must
/// not fail a test.
pub const DEADLINE: Duration = Duration::from_secs(40);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(5);

/// Looks until `look` finds it. `Err` is what was there instead, and is shown when the time is over.
///
/// # Panics
/// When [`DEADLINE`] is over.
pub fn eventually<T, S: Debug>(what: &str, look: impl FnMut() -> Result<T, S>) -> T {
    within(DEADLINE, look)
        .unwrap_or_else(|seen| panic!("{what}: not within {DEADLINE:?}; the last look saw {seen:#?}"))
}

/// Looks until `look` finds it or `time` is over; then what the last look saw instead.
pub fn within<T, S>(time: Duration, mut look: impl FnMut() -> Result<T, S>) -> Result<T, S> {
    let end = Instant::now() + time;
    loop {
        match look() {
            Ok(found) => return Ok(found),
            Err(seen) if Instant::now() >= end => return Err(seen),
            Err(_) => thread::sleep(PAUSE),
        }
    }
}

/// As [`eventually`], for looks that ask a cluster.
///
/// # Panics
/// When [`DEADLINE`] is over.
pub async fn until<T, S: Debug>(what: &str, mut look: impl AsyncFnMut() -> Result<T, S>) -> T {
    let end = Instant::now() + DEADLINE;
    loop {
        match look().await {
            Ok(found) => return found,
            Err(seen) if Instant::now() >= end => {
                panic!("{what}: not within {DEADLINE:?}; the last look saw {seen:#?}")
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
