//! What would be lost with this folder: the calls that are open, and the rows that nobody has acknowledged. Read beside
//! the workers and the shipper, without a lock that a call could wait for.

use std::{
    fs::File,
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    batch::Batch,
    overflow::Overflow,
    segment::{self, HEADER, Place},
    slots::SlotsSeen,
    stats::SpoolStats,
};
use crate::lost::LostCall;

/// See the module.
#[derive(Debug)]
pub struct Witness {
    dir: PathBuf,
    lanes: Vec<WitnessedLane>,
    open_calls: Vec<SlotsSeen>,
    overflow: Arc<Overflow>,
    stats: Arc<SpoolStats>,
}

/// A lane, and up to where it is acknowledged.
#[derive(Debug)]
pub(super) struct WitnessedLane {
    pub(super) lane: u8,
    pub(super) acknowledged: Arc<Mutex<Place>>,
}

// === impl Witness ===

impl Witness {
    pub(super) fn new(
        dir: PathBuf,
        lanes: Vec<WitnessedLane>,
        open_calls: Vec<SlotsSeen>,
        overflow: Arc<Overflow>,
        stats: Arc<SpoolStats>,
    ) -> Self {
        Self { dir, lanes, open_calls, overflow, stats }
    }

    /// The calls that are open, at most so many.
    pub fn open_calls(&self, most: usize) -> Vec<LostCall> {
        let found = self.open_calls.iter().flat_map(|slots| slots.open().unwrap_or_default());
        found.filter_map(|found| found.facts.into_lost(found.id, found.progress)).take(most).collect()
    }

    /// Rows that no ledger has acknowledged, the oldest of each worker first, and about so many bytes of them. An idle
    /// spool is not even looked at.
    pub fn waiting(&self, most_bytes: usize) -> Vec<String> {
        let mut rows = Vec::new();
        if self.stats.waiting_records() == 0 {
            return rows;
        }
        let mut left = most_bytes;
        self.overflow.peek(|waiting| keep(&waiting.row, &mut rows, &mut left));
        // What cannot be read now (a segment that is done with and just being removed) is not waiting, or is seen next time.
        if let Ok(segments) = self.segments() {
            for (number, place, path) in segments {
                if left == 0 {
                    break;
                }
                let start = if number == place.segment { place.offset } else { HEADER.len() as u64 };
                let _gone = read(&path, start, &mut rows, &mut left);
            }
        }
        rows
    }

    /// Those that may hold something that is not acknowledged, with the place of their lane.
    fn segments(&self) -> io::Result<Vec<(u64, Place, PathBuf)>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.dir)? {
            let entry = entry?;
            let Some((number, lane)) = entry.file_name().to_str().and_then(segment::parse_name) else {
                continue;
            };
            let Some(lane) = self.lanes.iter().find(|known| known.lane == lane) else { continue };
            let place = *lane.acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
            if number >= place.segment {
                found.push((number, place, entry.path()));
            }
        }
        found.sort_by_key(|(number, ..)| *number);
        Ok(found)
    }
}

/// Whole frames from `start` on, up to what is no frame (yet).
fn read(path: &Path, start: u64, rows: &mut Vec<String>, left: &mut usize) -> io::Result<()> {
    let file = File::open(path)?;
    let room = usize::try_from(file.metadata()?.len().saturating_sub(start)).unwrap_or(usize::MAX);
    let mut batch = Batch::default();
    // A frame that does not fit into what is left is not whole, and ends it.
    batch.take(room.min(*left), usize::MAX, |bytes| file.read_exact_at(bytes, start))?;
    for row in batch.rows() {
        keep(row, rows, left);
    }
    Ok(())
}

/// Whether there may be room for more.
fn keep(row: &[u8], rows: &mut Vec<String>, left: &mut usize) -> bool {
    match row.len() <= *left {
        true => {
            *left -= row.len();
            rows.extend(std::str::from_utf8(row).ok().map(str::to_owned));
            true
        }
        false => {
            *left = 0;
            false
        }
    }
}
