//! The clock of all that is measured between processes.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The clock that all processes of a machine share, those in containers too.
pub fn monotonic() -> Duration {
    let time = clock_gettime(ClockId::Monotonic);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}
