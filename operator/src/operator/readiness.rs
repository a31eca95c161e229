//! Whether this replica may be sent sidecars.

use std::sync::Arc;

use tokio::sync::watch;

use crate::{certificates::serving::Serving, kubernetes::Watches, probes::Readiness};

/// What readiness is made of.
#[derive(Clone)]
pub(super) struct Needs {
    pub(super) watches: Watches,
    pub(super) certificates: Arc<Serving>,
    pub(super) draining: watch::Receiver<bool>,
}

// === impl Needs ===

impl Needs {
    /// Ready is who knows the cluster's state, even if the apiserver is away since: sidecars hear how old it is.
    pub(super) fn ready(&self) -> Readiness {
        if *self.draining.borrow() {
            Err("told to stop")
        } else if !self.watches.are_synced() {
            Err("the cluster's state has not been read yet")
        } else if !self.certificates.is_ready() {
            Err("there is no certificate yet")
        } else {
            Ok(())
        }
    }
}
