//! The reading end of lanes: records in batches, from what was acknowledged last up to what is published.

use std::{
    collections::VecDeque,
    fs::{self, File},
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering::Relaxed},
};

use super::{
    batch::{Batch, LaneEnd, Limits, Stop, Taken},
    published::LaneShared,
    segment::{self, HEAD, HEADER, MAX_ROW, Place},
    stats::SpoolStats,
};

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
    /// The same, for others to see.
    seen: Arc<Mutex<Place>>,
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
        let seen = Arc::new(Mutex::new(acknowledged));
        Self { index, segments, live, picked_up: 0, at: acknowledged, seen }
    }

    pub(super) fn acknowledged(&self) -> Place {
        self.at
    }

    pub(super) fn acknowledge(&mut self, end: LaneEnd) {
        self.at.offset = end.offset;
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = self.at;
    }

    /// [`Lane::acknowledged`] at any later time: once a batch, so a lock does not matter.
    pub(super) fn witnessed(&self) -> Arc<Mutex<Place>> {
        Arc::clone(&self.seen)
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
        let mut want = 0;
        while offset < end && batch.has_room(limits) {
            let left = usize::try_from(end - offset).unwrap_or(usize::MAX);
            let room = limits.bytes.saturating_sub(batch.bytes()).max(HEAD).max(want).min(left);
            let taken = batch.take(room, limits.rows, |bytes| file.read_exact_at(bytes, offset));
            let Taken { bytes, rows, stop } = match taken {
                Ok(taken) => taken,
                // What was read before this goes on its way first.
                Err(_) if records > 0 => break,
                Err(error) => return Err(error),
            };
            offset += bytes as u64;
            records += rows;
            want = match stop {
                Stop::Full => break,
                Stop::Cut { .. } if bytes > 0 => 0,
                Stop::Cut { len } if room < len && len <= left => len, // a frame larger than what was read
                Stop::Cut { .. } | Stop::Broken => {
                    let Damage { bytes, records: lost } = match find_damage(&file, offset, end) {
                        Ok(damage) => damage,
                        Err(_) if records > 0 => break,
                        Err(error) => return Err(error),
                    };
                    tracing::warn!(
                        segment = self.at.segment,
                        offset,
                        bytes,
                        "skipping what is no record in the spool"
                    );
                    stats.damaged_bytes.fetch_add(bytes, Relaxed);
                    records += lost;
                    offset += bytes;
                    0
                }
            };
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

/// Bytes that are no records.
struct Damage {
    bytes: u64,
    /// How many records they seem to have been, and were counted for.
    records: u64,
}

/// How far it is from `offset` to a frame again, or to the end.
fn find_damage(file: &File, offset: u64, end: u64) -> io::Result<Damage> {
    let mut rest = vec![0; usize::try_from(end - offset).unwrap_or(usize::MAX)];
    file.read_exact_at(&mut rest, offset)?;
    let bytes = segment::find_after_damage(&rest).unwrap_or(rest.len()) as u64;
    let records = count_frames(file, offset, offset + bytes, &mut [0; 4 << 10])?;
    Ok(Damage { bytes, records })
}

/// Frames by the lengths in their heads, up to the first that cannot be one.
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
