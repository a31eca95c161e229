//! What the sidecars say they hold, counted by flag.

use std::sync::Arc;

use tokio::sync::watch;

use crate::index::Flag;

/// How many sidecars hold each flag, all replicas together; right where this replica leads.
#[derive(Clone, Debug, Default)]
pub struct Reports {
    revision: Arc<watch::Sender<u64>>,
}

// === impl Reports ===

impl Reports {
    /// Sidecars that hold the flag as it is now.
    pub fn current(&self, _flag: &Flag) -> u64 {
        0
    }

    /// Changes whenever a count may have.
    pub fn revisions(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }
}
