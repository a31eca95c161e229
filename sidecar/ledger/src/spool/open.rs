//! Opening a spool: the lock, what lies there from before, and which open calls never got their record.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::{DirBuilderExt, FileExt},
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicU64},
};

use super::{
    cursor::{Cursor, LANES},
    facts::{OpenCall, OrphanedCall},
    lane::{Sync, Wake},
    lock::Lock,
    overflow::Overflow,
    parts::{Old, Parts},
    reader::{Lane, Sealed},
    segment::{self, HEAD, HEADER, MAX_ROW, Place, SEGMENT_BYTES},
    shipper::Shipper,
    slots::{self, Slots},
    stats::SpoolStats,
    syncing,
    witness::{Witness, WitnessedLane},
    worker::SpoolWriter,
};
use crate::{random::FastRandom, record};

/// A folder of waiting records; see the module.
pub struct Spool;

#[derive(Clone, Debug)]
pub struct SpoolSettings {
    /// Made when it is missing.
    pub dir: PathBuf,
    /// One a worker thread, 1 to 62.
    pub writers: usize,
    /// No more than about this lies in the folder (a segment a writer may be over it); then records wait in memory.
    pub max_bytes: u64,
    /// A segment is closed when it is at least this long. Smaller ones keep a small folder closer to its bound.
    pub segment_bytes: u64,
    /// The bound of what is kept of rows that the database fails on.
    pub max_quarantine: u64,
    pub sync: Sync,
    /// Whether a folder that takes no file (full, read-only, somebody else's) ends the start. Else records wait in memory, as
    /// they do on a disk that takes nothing later.
    pub must_be_usable: bool,
}

/// The parts of an open spool.
#[derive(Debug)]
pub struct Opened {
    pub writers: Vec<SpoolWriter>,
    pub shipper: Shipper,
    /// Calls that were open when the last process died.
    pub orphans: Vec<OrphanedCall>,
    pub stats: Arc<SpoolStats>,
    /// For whoever tells others what would be lost with this folder.
    pub witness: Witness,
}

#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    #[error("the spool {dir} is used by another process; each sidecar needs a folder of its own")]
    InUse { dir: PathBuf },
    #[error("the spool {dir} cannot be used: {doing}")]
    Unusable { dir: PathBuf, doing: &'static str, source: io::Error },
    #[error("a spool has 1 to {} writers, not {found}", MAX_WRITERS)]
    Writers { found: usize },
}

/// The lane of records that had to wait in memory.
pub(super) const MEMORY_LANE: u8 = 63;
const MAX_WRITERS: u8 = 62;
/// Room for a usual record, so that the first ones need no growth.
const FRAME_BYTES: usize = 2048;
const DEFAULT_MAX_BYTES: u64 = 1 << 30;
/// So that a database that fails on everything cannot fill the folder.
const DEFAULT_MAX_QUARANTINE: u64 = 16 << 20;
/// Smaller segments would be made and removed all the time.
const LEAST_SEGMENT_BYTES: u64 = 64 << 10;
/// Cursor, keys, lock, and what the sidecar keeps beside them.
const BESIDE: u64 = 512 << 10;

// === impl SpoolSettings ===

impl SpoolSettings {
    /// With a bound of 1 GiB.
    pub fn new(dir: impl Into<PathBuf>, writers: usize) -> Self {
        Self {
            dir: dir.into(),
            writers,
            max_bytes: DEFAULT_MAX_BYTES,
            segment_bytes: SEGMENT_BYTES,
            max_quarantine: DEFAULT_MAX_QUARANTINE,
            sync: Sync::default(),
            must_be_usable: true,
        }
    }

    /// So that the folder as a whole stays below four fifths of `limit` bytes, whatever happens: beyond an emptyDir's
    /// `sizeLimit` kubelet evicts the pod, app and all. Four MiB and one a writer is the least that this can do.
    pub fn within(self, limit: u64) -> Self {
        let writers = self.writers as u64;
        let lanes = writers + 1;
        let max_quarantine = DEFAULT_MAX_QUARANTINE.min(limit / 16);
        let records = (limit / 5 * 4).saturating_sub(writers * slots::FILE_BYTES + max_quarantine + BESIDE);
        let segment_bytes =
            (records / (8 * lanes)).clamp(LEAST_SEGMENT_BYTES.min(SEGMENT_BYTES), SEGMENT_BYTES);
        // Beside what waits: of each lane, what is acknowledged of a segment that is still open, and what goes into one
        // that was open when the bound was reached.
        let max_bytes = records.saturating_sub(2 * lanes * segment_bytes);
        Self { max_bytes, segment_bytes, max_quarantine, ..self }
    }
}

// === impl Spool ===

impl Spool {
    /// Opens the folder, or makes it. Reads no records: what lies there is the shipper's work, whatever its size.
    pub fn open(settings: &SpoolSettings) -> Result<Opened, SpoolError> {
        let SpoolSettings { dir, writers, max_bytes, segment_bytes, max_quarantine, sync, must_be_usable } =
            settings;
        if !(1..=usize::from(MAX_WRITERS)).contains(writers) {
            return Err(SpoolError::Writers { found: *writers });
        }
        let fail = |doing| {
            let dir = dir.clone();
            move |source| SpoolError::Unusable { dir, doing, source }
        };
        let go_on = Unless { must_be_usable: *must_be_usable };
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(dir);
        go_on.without(made.map_err(fail("the folder cannot be made")), || ())?;
        let lock = Lock::of(dir).map_err(fail("its file \"lock\" can be neither opened nor made"));
        let lock = go_on.without(lock, || Some(Lock::none()))?;
        let lock = Arc::new(lock.ok_or_else(|| SpoolError::InUse { dir: dir.clone() })?);
        let cursor = Cursor::open(dir).map_err(fail("its file \"cursor\" can be neither read nor made"));
        let (cursor, cursor_state) = go_on.without(cursor, || Cursor::in_memory(dir))?;
        let old = segments(dir).map_err(fail("its segments cannot be listed"));
        let mut old = go_on.without(old, Old::new)?;
        let random = FastRandom::from_os().map_err(fail("the system gives no random numbers"))?;
        let first_free = next_number(&old, &cursor);
        let slots = open_slots(dir, *writers).map_err(fail("its open calls cannot be read"));
        let (found, slots) =
            go_on.without(slots, || (Found::new(), (0..*writers).map(|_| Vec::new()).collect()))?;
        let (orphans, slots) = sort_out(found, slots, &old);

        let parts = Parts {
            dir: dir.clone(),
            numbers: Arc::new(AtomicU64::new(first_free)),
            max_bytes: *max_bytes,
            segment_bytes: *segment_bytes,
            max_quarantine: *max_quarantine,
            sync: *sync,
            overflow: Arc::new(Overflow::new(*writers)),
            wake: Arc::new(Wake::default()),
            stats: Arc::new(SpoolStats::default()),
            lock,
        };
        let mut lanes = Vec::new();
        let mut shared = Vec::new();
        let mut slot_files = Vec::new();
        let mut spool_writers = Vec::new();
        let mut witnessed = Vec::new();
        let mut open_calls = Vec::new();
        for (index, (lane, slots)) in (0..MAX_WRITERS).zip(slots).enumerate() {
            let (writer, reader, between) = parts.lane(lane, &mut old, &cursor);
            witnessed.push(WitnessedLane { lane, acknowledged: reader.witnessed() });
            lanes.push(reader);
            shared.push(between);
            open_calls.extend(slots.iter().map(Slots::seen));
            slot_files.push(slots.iter().map(|slots| Arc::clone(slots.file())).collect());
            spool_writers.push(SpoolWriter {
                index,
                lane: writer,
                slots,
                overflow: Arc::clone(&parts.overflow),
                wake: Arc::clone(&parts.wake),
                stats: Arc::clone(&parts.stats),
                frame: Vec::with_capacity(FRAME_BYTES),
                sync: *sync,
                _lock: Arc::clone(&parts.lock),
            });
        }
        let (memory, reader, between) = parts.lane(MEMORY_LANE, &mut old, &cursor);
        witnessed.push(WitnessedLane { lane: MEMORY_LANE, acknowledged: reader.witnessed() });
        lanes.push(reader);
        shared.push(between);
        // Lanes of earlier starts with more writers, only to be read.
        for (lane, sealed) in old {
            let reader = Lane::new(lane, sealed, None, cursor.position().lanes[usize::from(lane)]);
            witnessed.push(WitnessedLane { lane, acknowledged: reader.witnessed() });
            lanes.push(reader);
        }
        if *sync == Sync::Interval {
            syncing::spawn(dir.clone(), shared.clone())
                .map_err(fail("no thread can be started to sync it"))?;
        }
        // Set once, here: nobody else has the figures yet.
        let _ = parts.stats.lanes.set(shared);
        let stats = Arc::clone(&parts.stats);
        let witness = Witness::new(
            parts.dir.clone(),
            witnessed,
            open_calls,
            Arc::clone(&parts.overflow),
            Arc::clone(&parts.stats),
        );
        let shipper = Shipper::new(parts, lanes, memory, cursor, cursor_state, slot_files, random);
        Ok(Opened { writers: spool_writers, shipper, orphans, stats, witness })
    }
}

/// What becomes of a folder that takes no file.
#[derive(Clone, Copy)]
struct Unless {
    must_be_usable: bool,
}

// === impl Unless ===

impl Unless {
    /// Another process in the folder is an error always.
    fn without<T>(self, tried: Result<T, SpoolError>, instead: impl FnOnce() -> T) -> Result<T, SpoolError> {
        match tried {
            Err(SpoolError::Unusable { dir, doing, source }) if !self.must_be_usable => {
                tracing::error!(dir = %dir.display(), error = %source, "the spool: {doing}; records wait in memory until the ledger has them, calls go on");
                Ok(instead())
            }
            tried => tried,
        }
    }
}

/// All segments of the folder. One that a crash cut before its header is empty, and removed.
fn segments(dir: &Path) -> io::Result<Old> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let Some((number, lane)) = entry.file_name().to_str().and_then(segment::parse_name) else { continue };
        if usize::from(lane) >= LANES {
            continue;
        }
        let len = entry.metadata()?.len();
        if len <= HEADER.len() as u64 {
            // one that stays is found again
            let _ = fs::remove_file(entry.path());
            continue;
        }
        found.push((lane, Sealed { segment: number, path: entry.path(), len }));
    }
    found.sort_by_key(|(lane, sealed)| (*lane, sealed.segment));
    let mut old = Old::new();
    for (lane, sealed) in found {
        old.entry(lane).or_default().push_back(sealed);
    }
    Ok(old)
}

/// Beyond every number that was ever acknowledged or lies there.
fn next_number(old: &Old, cursor: &Cursor) -> u64 {
    let lying = old.values().flatten().map(|sealed| sealed.segment);
    let acknowledged = cursor.position().lanes.iter().map(|place| place.segment);
    lying.chain(acknowledged).max().unwrap_or(0).saturating_add(1)
}

type Found = Vec<(usize, OpenCall, slots::Found)>;

/// Opens the slots of all writers, those of earlier starts with more of them included: theirs go to the writers that
/// are, until their orphans have their rows. A disk that has no room for new slots leaves their calls unwitnessed.
fn open_slots(dir: &Path, writers: usize) -> io::Result<(Found, Vec<Vec<Slots>>)> {
    let mut files: Vec<usize> = (0..writers).collect();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name();
        if let Some(old) = name.to_str().and_then(slots::parse_name).filter(|&old| old >= writers) {
            files.push(old);
        }
    }
    files.sort_unstable();
    let mut found = Found::new();
    let mut all: Vec<Vec<Slots>> = (0..writers).map(|_| Vec::new()).collect();
    for of in files {
        let path = slots::path(dir, of);
        let (slots, open) = match Slots::open(&path) {
            Ok(opened) => opened,
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "open calls cannot be noted: should the process be killed, they will not be known");
                continue;
            }
        };
        if of >= writers && open.is_empty() {
            drop(slots);
            // one that stays is found again
            let _ = fs::remove_file(&path);
            continue;
        }
        let writer = of % writers;
        let file = u16::try_from(all[writer].len()).unwrap_or(u16::MAX);
        found.extend(open.into_iter().map(|open| (writer, OpenCall { file, slot: open.slot }, open)));
        all[writer].push(slots);
    }
    Ok((found, all))
}

/// Tells calls whose record was written from those that never got one.
fn sort_out(found: Found, mut slots: Vec<Vec<Slots>>, old: &Old) -> (Vec<OrphanedCall>, Vec<Vec<Slots>>) {
    let mut orphans = Vec::new();
    for (writer, call, open) in found {
        if open.place.is_some_and(|place| stands(old, place, &open)) {
            slots[writer][usize::from(call.file)].close(call.slot);
            continue;
        }
        let slots::Found { slot, id, place: _, facts, progress } = open;
        let Some(facts) = facts.into_lost(id, progress) else {
            // Cannot be, unless by damage of the file: then there is nothing to make a row of.
            tracing::warn!(call = %id, "an open call of the last process cannot be read and is given up");
            slots[writer][usize::from(call.file)].close(slot);
            continue;
        };
        orphans.push(OrphanedCall { writer, call, facts });
    }
    (orphans, slots)
}

/// Is the record of this call at the place its slot noted?
fn stands(old: &Old, place: Place, open: &slots::Found) -> bool {
    let Some(sealed) = old.values().flatten().find(|sealed| sealed.segment == place.segment) else {
        return false;
    };
    let read = || -> io::Result<bool> {
        let file = File::open(&sealed.path)?;
        let room = usize::try_from(sealed.len.saturating_sub(place.offset)).unwrap_or(0).min(HEAD + MAX_ROW);
        let mut bytes = vec![0; room];
        file.read_exact_at(&mut bytes, place.offset)?;
        Ok(match segment::find(&bytes) {
            segment::Found::Frame { len, .. } => record::id_of(&bytes[HEAD..len]) == Some(open.id),
            _ => false,
        })
    };
    read().unwrap_or(false)
}
