//! Ctrl-C and SIGTERM end the demo the way its end does: everything is put away.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use anyhow::{Result, bail};
use rustix::time::{ClockId, clock_gettime};
use tollgate_tests::harness::wait::{DEADLINE, within};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on the two signals are only noted; [`wait`] ends with an error then.
pub(crate) fn watch() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut interrupt, mut terminate) = {
        let _inside = runtime.enter();
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    thread::spawn(move || {
        runtime.block_on(async {
            // polled in turn: whichever comes first
            std::future::poll_fn(|cx| {
                if interrupt.poll_recv(cx).is_ready() || terminate.poll_recv(cx).is_ready() {
                    return std::task::Poll::Ready(());
                }
                std::task::Poll::Pending
            })
            .await;
        });
        INTERRUPTED.store(true, Ordering::Release);
    });
    Ok(())
}

/// Looks until `look` finds it.
pub(crate) fn wait<T>(mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let found = within(DEADLINE, || {
        let found = look();
        // Ctrl-C reaches all programs of the terminal: what fails then has not failed by itself
        if INTERRUPTED.load(Ordering::Acquire) {
            return Ok(Err(anyhow::anyhow!("interrupted; everything is put away")));
        }
        found.transpose().ok_or(())
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
