//! What the calls of one worker share on their way up, and what is put off until their answers are with the apps.

use std::cell::{RefCell, RefMut};
use std::rc::Rc;
use std::time::Duration;

use super::pool::{Connection, Pool};
use super::way_out::WayOut;
use crate::call::Call;
use crate::hosts::Host;
use crate::worker::Worker;

pub(crate) struct Upstream {
    pub(crate) worker: Rc<Worker>,
    pub(crate) out: WayOut,
    pool: RefCell<Pool>,
    later: RefCell<Vec<Later>>,
}

/// What no app waits for: done once the bytes that are ready have been written.
pub(super) enum Later {
    /// A closed call is counted as it is dropped.
    Count(Box<Call>),
    /// A provider's connection may carry another call.
    Rest(Rc<Host>, Connection),
}

/// How often idle connections are looked through.
const SWEEP_INTERVAL: Duration = Duration::from_secs(15);

// === impl Upstream ===

impl Upstream {
    pub(crate) fn new(worker: Rc<Worker>) -> Self {
        let out = WayOut::new(&worker.shared.way_out);
        Self { worker, out, pool: RefCell::default(), later: RefCell::default() }
    }

    pub(super) fn pool(&self) -> RefMut<'_, Pool> {
        self.pool.borrow_mut()
    }

    pub(super) fn later(&self, later: Later) {
        self.later.borrow_mut().push(later);
    }

    pub(crate) fn do_what_waits(&self) {
        // One at a time: what is done may itself put something off.
        while let Some(later) = { self.later.borrow_mut().pop() } {
            match later {
                Later::Count(call) => drop(call),
                Later::Rest(host, connection) => self.pool().put(&host, connection),
            }
        }
    }

    /// Closes connections that rested too long, for as long as it is driven.
    pub(crate) async fn sweep(self: Rc<Self>) {
        let mut interval = tokio::time::interval(SWEEP_INTERVAL);
        loop {
            interval.tick().await;
            self.pool().sweep();
        }
    }
}
