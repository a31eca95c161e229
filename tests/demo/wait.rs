//! Waiting that Ctrl-C ends, and the clock of all that is measured.

use std::time::Duration;

use anyhow::{Result, bail};
use rustix::time::{ClockId, clock_gettime};
use tollgate_tests::harness::{
    interrupt,
    wait::{DEADLINE, within},
};

/// Looks until `look` finds it.
pub(crate) fn wait<T>(mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let found = within(DEADLINE, || {
        let found = look();
        // Ctrl-C reaches all programs of the terminal: what fails then has not failed by itself
        interrupt::check().and(found).transpose().ok_or(())
    });
    match found {
        Ok(found) => found,
        Err(()) => bail!("nothing happens any more"),
    }
}

/// The clock that all processes of a machine share.
pub(crate) fn monotonic() -> Duration {
    let time = clock_gettime(ClockId::Monotonic);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}
