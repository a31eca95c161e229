//! Ctrl-C and SIGTERM end bench and demo the way their end does: everything they started is put away. What waits, waits
//! here.

use std::{
    future::poll_fn,
    sync::{Condvar, Mutex, PoisonError},
    task::Poll,
    thread,
};

use anyhow::{Result, bail, ensure};

use super::wait::{DEADLINE, within};
use tokio::signal::unix::{SignalKind, signal};

static INTERRUPTED: Mutex<bool> = Mutex::new(false);
static SIGNALLED: Condvar = Condvar::new();

/// From now on the two signals are only noted; [`check`] is an error then.
pub fn watch() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut interrupt, mut terminate) = {
        let _inside = runtime.enter();
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    thread::spawn(move || {
        runtime.block_on(async {
            // polled in turn: whichever comes first
            poll_fn(|cx| {
                let signalled = interrupt.poll_recv(cx).is_ready() || terminate.poll_recv(cx).is_ready();
                if signalled { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        });
        *INTERRUPTED.lock().unwrap_or_else(PoisonError::into_inner) = true;
        SIGNALLED.notify_all();
    });
    Ok(())
}

/// An error once one of the signals has come.
pub fn check() -> Result<()> {
    let interrupted = *INTERRUPTED.lock().unwrap_or_else(PoisonError::into_inner);
    ensure!(!interrupted, "interrupted; everything is put away");
    Ok(())
}

/// Returns when one of the signals has come.
pub fn comes() {
    let interrupted = INTERRUPTED.lock().unwrap_or_else(PoisonError::into_inner);
    drop(SIGNALLED.wait_while(interrupted, |interrupted| !*interrupted));
}

/// Looks until `look` finds it.
pub fn wait<T>(mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let found = within(DEADLINE, || {
        let found = look();
        // Ctrl-C reaches all programs of the terminal: what fails then has not failed by itself
        check().and(found).transpose().ok_or(())
    });
    match found {
        Ok(found) => found,
        Err(()) => bail!("nothing happens any more"),
    }
}
