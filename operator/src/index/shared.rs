//! The index, shared: one writer at a time, and whoever decides by levels is told when to look again.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{broadcast, watch};

use super::{Change, Index};

/// A handle to the index. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SharedIndex {
    inner: Arc<Mutex<Index>>,
    revision: watch::Sender<u64>,
    changes: broadcast::Sender<Arc<Change>>,
}

/// Who falls further behind is told so, and reads the index whole.
const CHANGES_KEPT: usize = 4096;

// === impl SharedIndex ===

impl SharedIndex {
    pub fn new(index: Index) -> Self {
        Self {
            inner: Arc::new(Mutex::new(index)),
            revision: watch::Sender::new(0),
            changes: broadcast::Sender::new(CHANGES_KEPT),
        }
    }

    /// Looks something up. Short: streams wait meanwhile.
    pub fn read<R>(&self, reads: impl FnOnce(&Index) -> R) -> R {
        reads(&self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells the index something; the watches' feeders alone do.
    pub fn write<R>(&self, writes: impl FnOnce(&mut Index) -> R) -> R {
        let result = {
            let mut index = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            let result = writes(&mut index);
            for change in index.take_changes() {
                // Nobody listens where this replica does not lead.
                let _nobody = self.changes.send(Arc::new(change));
            }
            result
        };
        self.revision.send_modify(|revision| *revision += 1);
        result
    }

    /// Changes whenever the index was told something.
    pub fn revisions(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// Each change of what people write into flags and alerts, in order, from now on.
    pub fn changes(&self) -> broadcast::Receiver<Arc<Change>> {
        self.changes.subscribe()
    }
}
