//! What a lane's writing end tells the reading end.

use std::{
    fs::File,
    io,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// Only the writer adds to it.
#[derive(Debug, Default)]
pub(super) struct LaneShared {
    /// Bytes of frames that are whole on the spool, over all segments of this start.
    published: AtomicU64,
    records: AtomicU64,
    /// How many segments were ever begun: tells the reader when to look below.
    begun: AtomicU64,
    /// Segments the reader has not picked up yet; locked once in 4 MiB.
    fresh: Mutex<Vec<LiveSegment>>,
    /// Segments with bytes that may not be on the disk, the one that is written last; none where nobody syncs.
    unsynced: Mutex<Vec<Arc<File>>>,
    /// What was published when all of it was on the disk.
    synced: AtomicU64,
}

/// A segment of this start.
#[derive(Debug)]
pub(super) struct LiveSegment {
    pub(super) segment: u64,
    /// What was published when it was begun.
    pub(super) base: u64,
    pub(super) file: Arc<File>,
}

// === impl LaneShared ===

impl LaneShared {
    /// A segment was begun; `is_synced`: somebody sees that it gets onto the disk.
    pub(super) fn begin(&self, segment: u64, file: &Arc<File>, is_synced: bool) {
        if is_synced {
            self.unsynced.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(file));
        }
        let base = self.published.load(Ordering::Relaxed);
        let live = LiveSegment { segment, base, file: Arc::clone(file) };
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).push(live);
        self.begun.fetch_add(1, Ordering::Release);
    }

    /// A frame of so many bytes is whole. Only the writer says so: no other adds to these.
    pub(super) fn publish(&self, len: u64) {
        self.records.store(self.records.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        // SeqCst: must not pass the look at the sleeping shipper that follows, see `Wake`.
        self.published.store(self.published.load(Ordering::Relaxed) + len, Ordering::SeqCst);
    }

    pub(super) fn published(&self) -> u64 {
        self.published.load(Ordering::SeqCst)
    }

    pub(super) fn records(&self) -> u64 {
        self.records.load(Ordering::Relaxed)
    }

    pub(super) fn begun(&self) -> u64 {
        self.begun.load(Ordering::Acquire)
    }

    /// Waits until all that was published is on the disk.
    pub(super) fn sync(&self, dir: &Path) -> io::Result<()> {
        let published = self.published();
        if self.synced.load(Ordering::Relaxed) == published {
            return Ok(());
        }
        let files = self.unsynced.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for file in &files {
            file.sync_data()?;
        }
        File::open(dir)?.sync_all()?; // their names, too
        // Those that are full stay written; others may have been begun meanwhile.
        let full = files.len().saturating_sub(1);
        self.unsynced.lock().unwrap_or_else(PoisonError::into_inner).drain(..full);
        self.synced.store(published, Ordering::Relaxed);
        Ok(())
    }

    pub(super) fn take_fresh(&self) -> Vec<LiveSegment> {
        std::mem::take(&mut *self.fresh.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
