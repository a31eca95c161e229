//! Which replica does what only one may do: a Lease in the operator's namespace.
//!
//! A lease is advisory. Whoever acts asks [`Leadership::leads`] at that moment, which compares with this process' own
//! monotonic clock: a replica that could not renew stops to lead before another can begin. Others' clocks are never
//! compared with ours: a lease is over when it has not changed for its whole duration, as seen from here.

mod lease;
mod rules;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::sync::watch;

pub(crate) use lease::LEASE;
pub use lease::{Candidate, LeaseError};

/// Whether this replica leads; a handle, cheap to clone.
#[derive(Clone, Debug)]
pub struct Leadership {
    standing: watch::Receiver<Standing>,
}

/// What this replica knows of the Lease.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Until when this replica leads, if it is not renewed; None: it does not.
    pub until: Option<Instant>,
    /// Who leads, and where it can be reached.
    pub leader: Option<Leader>,
}

/// The replica that leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leader {
    pub name: String,
    /// Its push port.
    pub address: Option<SocketAddr>,
}

/// Between a leader that ends without a word and the next one.
const DURATION: Duration = Duration::from_secs(15);
/// The leader's writes to the apiserver: one each of these.
const RENEW: Duration = Duration::from_secs(5);
/// How often the others look.
const LOOK: Duration = Duration::from_secs(2);
/// A leader stops this long before its lease is over, so that what it has begun can end.
const MARGIN: Duration = Duration::from_secs(3);

// === impl Leadership ===

impl Leadership {
    pub fn new(standing: watch::Receiver<Standing>) -> Self {
        Self { standing }
    }

    /// Whether this replica leads now.
    pub fn leads(&self) -> bool {
        self.standing.borrow().leads(Instant::now())
    }

    /// Who leads, as far as this replica knows; itself, perhaps.
    pub fn leader(&self) -> Option<Leader> {
        self.standing.borrow().leader.clone()
    }

    /// Waits until this replica leads.
    pub async fn won(&self) {
        let mut standing = self.standing.clone();
        if standing.wait_for(|standing| standing.leads(Instant::now())).await.is_err() {
            std::future::pending().await // the election has ended: nobody leads any more
        }
    }

    /// Waits until this replica does not lead.
    pub async fn lost(&self) {
        let mut standing = self.standing.clone();
        loop {
            let until = standing.borrow_and_update().until;
            let Some(until) = until.filter(|until| Instant::now() < *until) else { return };
            tokio::select! {
                () = tokio::time::sleep_until(until.into()) => {}
                changed = standing.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Does the work anew each time this replica has won, and drops it when it has lost. Work that ends by itself waits
    /// for the next time.
    pub async fn while_leading<W: Future<Output = ()>>(&self, mut work: impl FnMut() -> W) {
        loop {
            self.won().await;
            tokio::select! {
                () = self.lost() => {}
                () = work() => self.lost().await,
            }
        }
    }
}

// === impl Standing ===

impl Standing {
    fn leads(&self, now: Instant) -> bool {
        self.until.is_some_and(|until| now < until)
    }
}
