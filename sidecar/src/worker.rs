//! One worker: a thread with a runtime, a listening socket, a pool, a spool and counters of its own. Here is what its calls share;
//! `doors` lets the apps' connections in.
//!
//! The kernel spreads connections over the workers' sockets (`SO_REUSEPORT`); from then on a call meets no
//! lock and no other thread until its record rests on the spool.

mod connections;
mod here;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use tokio::runtime::{Builder, LocalOptions, LocalRuntime};
use tokio::sync::futures::Notified;
use tollgate_meter::Ratios;

pub(crate) use self::connections::{Connections, Counted};
pub(crate) use self::here::Here;
use crate::hosts::Hosts;
use crate::metrics::WorkerCalls;
use crate::recorder::Recorder;
use crate::shared::Shared;

/// What the calls of one worker share.
pub(crate) struct Worker {
    pub(crate) shared: Arc<Shared>,
    pub(crate) recorder: Recorder,
    pub(crate) calls: WorkerCalls,
    pub(crate) hosts: Hosts,
    /// How far estimates are off, as this worker's own calls showed.
    pub(crate) ratios: RefCell<Ratios>,
    pub(crate) connections: Rc<Connections>,
    /// Counts how often features may have been turned on or off.
    turns: Cell<u64>,
}

// === impl Worker ===

impl Worker {
    pub(crate) fn new(shared: Arc<Shared>, recorder: Recorder) -> Self {
        let calls = shared.metrics.worker();
        let hosts = Hosts::new(&shared.origins);
        Self {
            shared,
            recorder,
            calls,
            hosts,
            ratios: RefCell::default(),
            connections: Rc::default(),
            turns: Cell::default(),
        }
    }

    /// A runtime for a worker's thread. Made while the sidecar is built, so that a failure fails the start.
    pub(crate) fn runtime() -> std::io::Result<LocalRuntime> {
        Builder::new_current_thread().enable_io().enable_time().build_local(LocalOptions::default())
    }

    /// Changes whenever a feature may have been turned on or off; each connection is woken then.
    pub(crate) fn turns(&self) -> u64 {
        self.turns.get()
    }

    /// Waits for the next such change, from the moment that this is asked.
    pub(crate) fn turned(&self) -> Notified<'_> {
        self.connections.turned()
    }

    /// What lives on beside its connection is one more that a drain waits for.
    pub(crate) fn counted(&self) -> Counted {
        Counted::new(&self.connections)
    }

    /// Whether what is still under way is cut off, for the sidecar ends.
    pub(crate) fn cuts_off(&self) -> bool {
        self.connections.are_cut_off()
    }

    /// Counts the turns, and wakes whoever is to look.
    pub(crate) async fn turn(self: Rc<Self>) {
        let mut turns = self.shared.turns();
        while turns.changed().await.is_ok() {
            self.turns.set(self.turns.get() + 1);
            self.connections.wake();
        }
    }
}
