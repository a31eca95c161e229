//! The apps' connections now open: a drain knows when the last has gone, and all are woken where a call may have to end.

use std::cell::Cell;
use std::rc::Rc;

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use crate::memory::{self, Peak};

#[derive(Default)]
pub(crate) struct Connections {
    open: Cell<usize>,
    closed: Notify,
    peak: Peak,
    /// A burst of connections is over.
    fewer: Notify,
    /// Idle ones are to close now, others after their call.
    stop: Cell<bool>,
    stopping: Notify,
    /// The time for that is over.
    cut_off: Cell<bool>,
    /// A feature may have been turned off: calls under way look.
    turned: Notify,
}

/// Counts one connection for as long as it lives.
pub(crate) struct Counted(Rc<Connections>);

// === impl Connections ===

impl Connections {
    pub(crate) fn open(&self) -> usize {
        self.open.get()
    }

    /// Tells all to end: idle ones now, others after their call.
    pub(crate) fn stop(&self) {
        self.stop.set(true);
        self.stopping.notify_waiters();
    }

    pub(crate) fn are_told_to_stop(&self) -> bool {
        self.stop.get()
    }

    /// Waits until they are told, from the moment that this is asked.
    pub(crate) fn told_to_stop(&self) -> Notified<'_> {
        self.stopping.notified()
    }

    /// Returns once they are told, also when that was before.
    pub(crate) async fn stopping(&self) {
        let told = self.told_to_stop();
        if !self.are_told_to_stop() {
            told.await;
        }
    }

    pub(crate) async fn all_closed(&self) {
        while self.open.get() > 0 {
            self.closed.notified().await;
        }
    }

    /// What is still under way is not waited for.
    pub(crate) fn cut_off(&self) {
        self.cut_off.set(true);
    }

    pub(crate) fn are_cut_off(&self) -> bool {
        self.cut_off.get()
    }

    /// Waits until calls under way are to look at their flags, from the moment that this is asked.
    pub(crate) fn turned(&self) -> Notified<'_> {
        self.turned.notified()
    }

    /// Calls under way are to look at their flags.
    pub(crate) fn wake(&self) {
        self.turned.notify_waiters();
    }

    /// Gives memory back, each time that a burst of connections is over.
    pub(crate) async fn give_back(self: Rc<Self>) {
        loop {
            self.fewer.notified().await;
            tokio::time::sleep(memory::SETTLES).await;
            let open = self.open.get();
            if self.peak.is_past(open) {
                self.peak.forget(open);
                memory::give_back();
                tokio::time::sleep(memory::PAUSE).await;
            }
        }
    }
}

// === impl Counted ===

impl Counted {
    pub(crate) fn new(connections: &Rc<Connections>) -> Self {
        connections.open.set(connections.open.get() + 1);
        connections.peak.opened(connections.open.get());
        Self(Rc::clone(connections))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.open.set(self.0.open.get() - 1);
        self.0.closed.notify_one();
        if self.0.peak.is_past(self.0.open.get()) {
            self.0.fewer.notify_one();
        }
    }
}
