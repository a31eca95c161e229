//! The reading end of lanes: records in batches, from what was acknowledged last up to what is published.

use std::{
    collections::VecDeque,
    fs::{self, File},
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{Arc, atomic::Ordering::Relaxed},
};

use super::{
    lane::LaneShared,
    segment::{self, Found, HEAD, HEADER, MAX_ROW, Place},
    stats::SpoolStats,
};

/// Some records, read once and kept until the ledger has them.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    bytes: Vec<u8>,
    rows: Vec<Row>,
    /// For each lane that was read (by its place in the list), where this batch ends in it.
    pub(super) ends: Vec<(usize, LaneEnd)>,
    /// How many of the rows, the first ones, came out of memory.
    pub(super) from_memory: usize,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    start: usize,
    end: usize,
    at_millis: u64,
}

/// How far a batch reads in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LaneEnd {
    pub(super) offset: u64,
    pub(super) records: u64,
    pub(super) bytes: u64,
}

/// How much one batch may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) rows: usize,
    pub(crate) bytes: usize,
}

/// A segment of an earlier start.
#[derive(Debug)]
pub(super) struct Sealed {
    pub(super) segment: u64,
    pub(super) path: PathBuf,
    pub(super) len: u64,
}

/// A lane as it is read.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) index: u8,
    segments: VecDeque<Segment>,
    live: Option<Arc<LaneShared>>,
    picked_up: u64,
    /// All before it is acknowledged.
    at: Place,
}

#[derive(Debug)]
struct Segment {
    number: u64,
    /// None: its path follows from its number.
    path: Option<PathBuf>,
    file: Option<Arc<File>>,
    end: End,
}

#[derive(Clone, Copy, Debug)]
enum End {
    Sealed {
        len: u64,
    },
    /// Begun by this start, when `base` bytes were published.
    Live {
        base: u64,
    },
}

// === impl Batch ===

impl Batch {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn row(&self, index: usize) -> &[u8] {
        self.rows.get(index).map_or(&[], |row| &self.bytes[row.start..row.end])
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.rows.iter().map(|row| &self.bytes[row.start..row.end])
    }

    pub(super) fn oldest_millis(&self) -> Option<u64> {
        self.rows.iter().map(|row| row.at_millis).min()
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.rows.clear();
        self.ends.clear();
        self.from_memory = 0;
    }

    pub(super) fn has_room(&self, limits: Limits) -> bool {
        self.rows.len() < limits.rows && self.bytes.len() < limits.bytes
    }

    pub(super) fn push(&mut self, row: &[u8], at_millis: u64) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(row);
        self.rows.push(Row { start, end: self.bytes.len(), at_millis });
    }
}

// === impl Lane ===

impl Lane {
    /// `acknowledged` may name a segment that is gone: then all of it was.
    pub(super) fn new(
        index: u8,
        sealed: VecDeque<Sealed>,
        live: Option<Arc<LaneShared>>,
        acknowledged: Place,
    ) -> Self {
        let segments = sealed
            .into_iter()
            .map(|sealed| Segment {
                number: sealed.segment,
                path: Some(sealed.path),
                file: None,
                end: End::Sealed { len: sealed.len },
            })
            .collect();
        Self { index, segments, live, picked_up: 0, at: acknowledged }
    }

    pub(super) fn acknowledged(&self) -> Place {
        self.at
    }

    pub(super) fn acknowledge(&mut self, end: LaneEnd) {
        self.at.offset = end.offset;
    }

    /// Counts what waits in old segments, by the lengths in their frames alone.
    pub(super) fn count_backlog(&self, stats: &SpoolStats) -> io::Result<()> {
        let mut window = vec![0; 64 << 10];
        for segment in &self.segments {
            let (Some(path), End::Sealed { len }) = (&segment.path, segment.end) else { continue };
            if segment.number < self.at.segment {
                continue;
            }
            let start = if segment.number == self.at.segment { self.at.offset } else { HEADER.len() as u64 };
            stats.backlog_bytes.fetch_add(len.saturating_sub(start), Relaxed);
            stats
                .backlog_records
                .fetch_add(count_frames(&File::open(path)?, start, len, &mut window)?, Relaxed);
        }
        Ok(())
    }

    /// Whether there is something to read; removes segments that are done with.
    pub(super) fn has_more(&mut self, dir: &Path) -> io::Result<bool> {
        Ok(self.readable(dir)?.is_some())
    }

    /// Adds records to the batch, of one segment, from what is acknowledged on. `place` is this lane's in the
    /// shipper's list.
    pub(super) fn read(
        &mut self,
        dir: &Path,
        place: usize,
        batch: &mut Batch,
        limits: Limits,
        stats: &SpoolStats,
    ) -> io::Result<()> {
        match self.readable(dir)? {
            Some(end) => self.read_front(dir, end, place, batch, limits, stats),
            None => Ok(()),
        }
    }

    /// Up to where the first segment that holds something new can be read.
    fn readable(&mut self, dir: &Path) -> io::Result<Option<u64>> {
        // First what is published, then which segments there are: every one that was published into is then known.
        let published = self.live.as_ref().map_or(0, |live| live.published());
        self.pick_up();
        while let Some(front) = self.segments.front() {
            if front.number > self.at.segment {
                self.at = Place { segment: front.number, offset: HEADER.len() as u64 };
            }
            let (end, done) = self.front_end(front, published);
            // One of a lower number was acknowledged before; only its removal was missed.
            if front.number == self.at.segment && self.at.offset < end {
                return Ok(Some(end));
            }
            if !done {
                break;
            }
            self.remove_front(dir)?;
        }
        Ok(None)
    }

    fn pick_up(&mut self) {
        let Some(live) = &self.live else { return };
        let begun = live.begun();
        if begun == self.picked_up {
            return;
        }
        for fresh in live.take_fresh() {
            self.picked_up += 1;
            self.segments.push_back(Segment {
                number: fresh.segment,
                path: None,
                file: Some(fresh.file),
                end: End::Live { base: fresh.base },
            });
        }
    }

    /// Where the first segment ends for now, and whether that is for good.
    fn front_end(&self, front: &Segment, published: u64) -> (u64, bool) {
        let base = match front.end {
            End::Sealed { len } => return (len, true),
            End::Live { base } => base,
        };
        let next = self.segments.get(1).and_then(|next| match next.end {
            End::Live { base } => Some(base),
            End::Sealed { .. } => None,
        });
        let frames = next.unwrap_or(published).saturating_sub(base);
        (HEADER.len() as u64 + frames, next.is_some())
    }

    fn remove_front(&mut self, dir: &Path) -> io::Result<()> {
        let Some(front) = self.segments.front() else { return Ok(()) };
        match fs::remove_file(front.path(dir, self.index)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => {
                self.segments.pop_front();
                Ok(())
            }
        }
    }

    fn read_front(
        &mut self,
        dir: &Path,
        end: u64,
        place: usize,
        batch: &mut Batch,
        limits: Limits,
        stats: &SpoolStats,
    ) -> io::Result<()> {
        let index = self.index;
        let Some(front) = self.segments.front_mut() else { return Ok(()) };
        let file = match &front.file {
            Some(file) => Arc::clone(file),
            None => {
                let file = File::open(front.path(dir, index))?;
                Arc::clone(front.file.insert(Arc::new(file)))
            }
        };
        let mut offset = self.at.offset;
        let mut records = 0;
        let mut want = limits.bytes.saturating_sub(batch.bytes.len()).max(HEAD);
        while offset < end && batch.has_room(limits) {
            let left = usize::try_from(end - offset).unwrap_or(usize::MAX);
            let start = batch.bytes.len();
            batch.bytes.resize(start + want.min(left), 0);
            if let Err(error) = file.read_exact_at(&mut batch.bytes[start..], offset) {
                batch.bytes.truncate(start);
                return Err(error);
            }
            let (used, rows, stop) = take_frames(batch, start, limits.rows);
            offset += used as u64;
            records += rows;
            match stop {
                Stop::Full => break,
                Stop::Cut { len } if used == 0 && len <= left => want = len, // a frame larger than was asked for
                Stop::Cut { .. } if used > 0 => {
                    want = limits.bytes.saturating_sub(batch.bytes.len()).max(HEAD)
                }
                Stop::Cut { .. } | Stop::Broken => {
                    let skipped = skip_damage(&file, offset, end)?;
                    records += count_frames(&file, offset, offset + skipped, &mut [0; 4 << 10])?;
                    stats.damaged_bytes.fetch_add(skipped, Relaxed);
                    tracing::warn!(
                        segment = self.at.segment,
                        offset,
                        bytes = skipped,
                        "skipping what is no record in the spool"
                    );
                    offset += skipped;
                }
            }
        }
        batch.ends.push((place, LaneEnd { offset, records, bytes: offset - self.at.offset }));
        Ok(())
    }
}

// === impl Segment ===

impl Segment {
    fn path(&self, dir: &Path, lane: u8) -> PathBuf {
        self.path.clone().unwrap_or_else(|| segment::path(dir, self.number, lane))
    }
}

/// Why no further frame was taken.
enum Stop {
    Full,
    Cut { len: usize },
    Broken,
}

/// Takes the frames that lie in the batch's bytes from `start` on, and drops what is behind them. Gives the bytes
/// and the rows taken.
fn take_frames(batch: &mut Batch, start: usize, max_rows: usize) -> (usize, u64, Stop) {
    let mut at = start;
    let mut rows = 0;
    let stop = loop {
        if batch.rows.len() >= max_rows {
            break Stop::Full;
        }
        if at == batch.bytes.len() {
            break Stop::Cut { len: HEAD };
        }
        match segment::find(&batch.bytes[at..]) {
            Found::Frame { len, at_millis } => {
                batch.rows.push(Row { start: at + HEAD, end: at + len, at_millis });
                at += len;
                rows += 1;
            }
            Found::Cut { len } => break Stop::Cut { len },
            Found::Broken => break Stop::Broken,
        }
    };
    batch.bytes.truncate(at);
    (at - start, rows, stop)
}

/// How many bytes from `offset` on are to be skipped to come to a frame again, or to the end.
fn skip_damage(file: &File, offset: u64, end: u64) -> io::Result<u64> {
    let mut rest = vec![0; usize::try_from(end - offset).unwrap_or(usize::MAX)];
    file.read_exact_at(&mut rest, offset)?;
    Ok(segment::find_after_damage(&rest).unwrap_or(rest.len()) as u64)
}

fn count_frames(file: &File, mut offset: u64, len: u64, window: &mut [u8]) -> io::Result<u64> {
    let mut count = 0;
    let mut filled = 0..0u64;
    while offset + HEAD as u64 <= len {
        if !filled.contains(&offset) || offset + HEAD as u64 > filled.end {
            let room = usize::try_from(len - offset).unwrap_or(usize::MAX).min(window.len());
            file.read_exact_at(&mut window[..room], offset)?;
            filled = offset..offset + room as u64;
        }
        let at = usize::try_from(offset - filled.start).unwrap_or(0);
        let Some(row) = window[at..].first_chunk().map(|len| u32::from_le_bytes(*len)) else { break };
        if row == 0 || row as usize > MAX_ROW {
            break; // damaged: what follows is counted when it is read
        }
        offset += HEAD as u64 + u64::from(row);
        if offset <= len {
            count += 1;
        }
    }
    Ok(count)
}
