//! A lane: what one worker writes, and what the shipper must know of it.

use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::Notify;

use super::{
    published::LaneShared,
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
        self.shared.publish(len);
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
        self.shared.begin(segment, &file, self.sync != Sync::Never);
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
