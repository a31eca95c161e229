//! A lane: what one worker writes, and what the shipper must know of it.

use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::Notify;

use super::{
    segment::{self, HEADER, Place},
    stats::SpoolStats,
};

/// The writing end of a lane; one thread owns it.
#[derive(Debug)]
pub(super) struct LaneWriter {
    dir: PathBuf,
    lane: u8,
    numbers: Arc<AtomicU64>,
    shared: Arc<LaneShared>,
    current: Option<Current>,
    /// The bound on what may lie in the folder.
    max_bytes: u64,
    segment_bytes: u64,
    stats: Arc<SpoolStats>,
    sync: Sync,
}

/// When what was written is made to stand on the disk itself, and not in the page cache alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sync {
    /// When the system likes to: a machine that loses its power takes up to half a minute of rows with it. A process that
    /// dies takes none.
    #[default]
    Never,
    /// Once a second, by a thread of its own: no call waits.
    Interval,
    /// Before a call's last byte goes to the app.
    Always,
}

/// How a lane is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct LaneLimits {
    pub(super) max_bytes: u64,
    pub(super) segment_bytes: u64,
    pub(super) sync: Sync,
}

#[derive(Debug)]
struct Current {
    segment: u64,
    file: Arc<File>,
    len: u64,
}

/// What the writing end tells the reading end. Only the writer changes it.
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

/// Wakes the shipper, and only when it sleeps: under load that is no system call.
#[derive(Debug, Default)]
pub(super) struct Wake {
    asleep: std::sync::atomic::AtomicBool,
    notify: Notify,
}

// === impl LaneWriter ===

impl LaneWriter {
    pub(super) fn new(
        dir: PathBuf,
        lane: u8,
        numbers: Arc<AtomicU64>,
        shared: Arc<LaneShared>,
        limits: LaneLimits,
        stats: Arc<SpoolStats>,
    ) -> Self {
        let LaneLimits { max_bytes, segment_bytes, sync } = limits;
        Self { dir, lane, numbers, shared, current: None, max_bytes, segment_bytes, stats, sync }
    }

    /// Where the next frame will stand; begins a segment when it is time.
    pub(super) fn next_place(&mut self) -> io::Result<Place> {
        match &self.current {
            Some(current) if current.len < self.segment_bytes => Ok(current.end()),
            Some(_) if self.stats.waiting_bytes() >= self.max_bytes => {
                Err(io::Error::new(io::ErrorKind::StorageFull, "the spool holds as much as it may"))
            }
            _ => self.begin_segment(),
        }
    }

    /// Writes a frame at the place that [`LaneWriter::next_place`] gave, whole or not at all.
    pub(super) fn write(&mut self, frame: &[u8]) -> io::Result<()> {
        let Some(current) = &mut self.current else {
            return Err(io::Error::other("no segment was begun"));
        };
        let mut written = 0;
        while written < frame.len() {
            match current.file.write_at(&frame[written..], current.len + written as u64) {
                Ok(0) => break,
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    // What stays is no whole frame, and the next one is written over it.
                    let _ = current.file.set_len(current.len);
                    return Err(error);
                }
            }
        }
        if written < frame.len() {
            let _ = current.file.set_len(current.len);
            return Err(io::ErrorKind::WriteZero.into());
        }
        let len = frame.len() as u64;
        current.len += len;
        let LaneShared { published, records, .. } = &*self.shared;
        records.store(records.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        // SeqCst: must not pass the look at the sleeping shipper that follows, see `Wake`.
        published.store(published.load(Ordering::Relaxed) + len, Ordering::SeqCst);
        Ok(())
    }

    /// Waits until all that was written is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.shared.sync(&self.dir)
    }

    fn begin_segment(&mut self) -> io::Result<Place> {
        let segment = self.numbers.fetch_add(1, Ordering::Relaxed);
        let path = segment::path(&self.dir, segment, self.lane);
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
        if let Err(error) = file.write_all_at(&HEADER, 0) {
            drop(file);
            let _ = std::fs::remove_file(&path);
            return Err(error);
        }
        let file = Arc::new(file);
        if self.sync != Sync::Never {
            self.shared.unsynced.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&file));
        }
        let live = LiveSegment {
            segment,
            base: self.shared.published.load(Ordering::Relaxed),
            file: Arc::clone(&file),
        };
        self.shared.fresh.lock().unwrap_or_else(PoisonError::into_inner).push(live);
        self.shared.begun.fetch_add(1, Ordering::Release);
        let current = Current { segment, file, len: HEADER.len() as u64 };
        let place = current.end();
        self.current = Some(current);
        Ok(place)
    }
}

// === impl Current ===

impl Current {
    fn end(&self) -> Place {
        Place { segment: self.segment, offset: self.len }
    }
}

// === impl LaneShared ===

impl LaneShared {
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
    pub(super) fn sync(&self, dir: &std::path::Path) -> io::Result<()> {
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

// === impl Wake ===

impl Wake {
    /// After something was published.
    pub(super) fn wake(&self) {
        if self.asleep.load(Ordering::SeqCst) && self.asleep.swap(false, Ordering::SeqCst) {
            self.notify.notify_one();
        }
    }

    /// Sleeps until woken. `is_idle` is asked once more after sleep was announced: what was published before that was
    /// seen by it, what comes after sees the announcement.
    pub(super) async fn sleep(&self, is_idle: impl FnOnce() -> bool) {
        self.asleep.store(true, Ordering::SeqCst);
        if is_idle() {
            self.notify.notified().await;
        }
        self.asleep.store(false, Ordering::SeqCst);
    }
}
