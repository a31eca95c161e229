//! Open calls: a mapped file of fixed slots, so that a store is all it costs and SIGKILL takes nothing of it.
//!
//! ```text
//! 0   state u32: 0 free, 1 open        24  the record's segment u64: 0 not written yet
//! 4   bytes of entries, u16            32  the record's offset u64
//! 6   status u16: 0 none yet           40  delivered, seven u64
//! 8   id, 16 bytes                     96  entries, see `facts`
//! ```
//!
//! Only this process writes, one thread a file, and a store that was made is in the page cache whatever happens to the
//! process. So all that matters is the order of stores in the program; compiler fences keep it.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{
            AtomicU16,
            Ordering::{Relaxed, Release},
            compiler_fence,
        },
    },
};

use memmap2::MmapMut;
use rustix::fs::{FallocateFlags, fallocate};

use super::{
    facts::{self, Entries, Learned, MEASURE, OpenFacts, Progress, Recovered},
    segment::Place,
};
use crate::call_id::CallId;

/// The slots of one file.
#[derive(Debug)]
pub(super) struct Slots {
    map: MmapMut,
    file: Arc<File>,
    /// The free slots; the one used last is used next, so that few pages are ever touched.
    free: Vec<u16>,
    /// No slot from here on was ever used by this process or found open.
    used: Arc<AtomicU16>,
}

/// The slots of one file, read by another thread while they are written.
#[derive(Debug)]
pub(super) struct SlotsSeen {
    file: Arc<File>,
    used: Arc<AtomicU16>,
}

/// An open slot as it was found at the start.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) slot: u16,
    pub(super) id: CallId,
    /// Where its record was going to stand, if it was that far.
    pub(super) place: Option<Place>,
    pub(super) facts: Recovered,
    pub(super) progress: Progress,
}

pub(super) const SLOTS: u16 = 1024;
const SLOT: usize = 1024;
const LEN: usize = SLOT * (SLOTS as usize + 1);
/// What the open calls of one writer take on the disk.
pub(super) const FILE_BYTES: u64 = LEN as u64;
const MAGIC: &[u8; 16] = b"tollgate open 1\n";

const FREE: u32 = 0;
const OPEN: u32 = 1;

const ENTRIES_LEN: usize = 4;
const STATUS: usize = 6;
const ID: usize = 8;
const SEGMENT: usize = 24;
const OFFSET: usize = 32;
const DELIVERED: usize = 40;
const ENTRIES: usize = 96;

pub(super) fn path(dir: &Path, writer: usize) -> PathBuf {
    dir.join(format!("open-{writer:02}.calls"))
}

/// The writer of a file name; `None` if it is none of open calls.
pub(super) fn parse_name(name: &str) -> Option<usize> {
    name.strip_prefix("open-")?.strip_suffix(".calls")?.parse().ok()
}

// === impl Slots ===

impl Slots {
    /// Opens the file, or makes it; open slots stay open. A file that is none of ours is set aside.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Vec<Found>)> {
        let file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) if is_ours(&file)? => file,
            Ok(_) => {
                fs::rename(path, path.with_extension("broken"))?;
                create(path)?
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => create(path)?,
            Err(error) => return Err(error),
        };
        #[expect(
            unsafe_code,
            reason = "a mapping changes under us when somebody else writes or cuts the file; the folder's lock and the \
                      file's mode keep others out"
        )]
        // SAFETY: see above; the length was checked, and the blocks are allocated, so a full disk cannot raise SIGBUS.
        let map = unsafe { MmapMut::map_mut(&file)? };
        // Not by the mapping: it would have all its pages in memory from then on, for a handful of calls.
        let mut all = vec![0; LEN];
        file.read_exact_at(&mut all, 0)?;
        let mut slots = Self {
            map,
            file: Arc::new(file),
            free: Vec::with_capacity(usize::from(SLOTS)),
            used: Arc::default(),
        };
        let mut found = Vec::new();
        for slot in (0..SLOTS).rev() {
            let bytes = &all[start(slot)..][..SLOT];
            if u32::from_le_bytes(get(bytes, 0)) == OPEN {
                found.push(Found::read(slot, bytes));
                slots.uses(slot);
            } else {
                slots.free.push(slot);
            }
        }
        Ok((slots, found))
    }

    pub(super) fn file(&self) -> &Arc<File> {
        &self.file
    }

    /// For another thread.
    pub(super) fn seen(&self) -> SlotsSeen {
        SlotsSeen { file: Arc::clone(&self.file), used: Arc::clone(&self.used) }
    }

    fn uses(&self, slot: u16) {
        // Only this thread writes it; a slot beyond all others is a rare thing.
        if slot >= self.used.load(Relaxed) {
            self.used.store(slot + 1, Release);
        }
    }

    /// Notes a call; `None` when all slots are taken.
    pub(super) fn begin(&mut self, id: CallId, facts: &OpenFacts<'_>) -> Option<u16> {
        let slot = self.free.pop()?;
        self.uses(slot);
        let bytes = self.bytes(slot);
        bytes[ENTRIES_LEN..ID].fill(0);
        bytes[ID..SEGMENT].copy_from_slice(id.as_bytes());
        bytes[SEGMENT..ENTRIES].fill(0);
        let mut entries = Entries::new(&mut bytes[ENTRIES..], 0);
        facts.write(&mut entries);
        let len = entries.len();
        compiler_fence(Release);
        set_entries_len(bytes, len);
        compiler_fence(Release);
        self.set_state(slot, OPEN);
        Some(slot)
    }

    /// The call's row will have another id: that of an answer that may be read again.
    pub(super) fn rename(&mut self, slot: u16, id: CallId) {
        self.bytes(slot)[ID..SEGMENT].copy_from_slice(id.as_bytes());
        compiler_fence(Release);
    }

    /// Adds what has become known.
    pub(super) fn learn(&mut self, slot: u16, learned: &Learned<'_>) {
        let bytes = self.bytes(slot);
        let len = usize::from(u16::from_le_bytes([bytes[ENTRIES_LEN], bytes[ENTRIES_LEN + 1]]));
        let mut entries = Entries::new(&mut bytes[ENTRIES..], len);
        learned.write(&mut entries);
        let len = entries.len();
        compiler_fence(Release);
        set_entries_len(bytes, len);
    }

    pub(super) fn progress(&mut self, slot: u16, progress: &Progress) {
        let Progress { status, delivered } = progress;
        let bytes = self.bytes(slot);
        bytes[STATUS..ID].copy_from_slice(&status.unwrap_or(0).to_le_bytes());
        bytes[DELIVERED..DELIVERED + MEASURE].copy_from_slice(&facts::measure_to_bytes(delivered));
    }

    /// Notes where the call's record is about to be written; `None`: it was not written after all.
    pub(super) fn note(&mut self, slot: u16, place: Option<Place>) {
        let bytes = self.bytes(slot);
        let Place { segment, offset } = place.unwrap_or(Place { segment: 0, offset: 0 });
        bytes[OFFSET..DELIVERED].copy_from_slice(&offset.to_le_bytes());
        compiler_fence(Release);
        bytes[SEGMENT..OFFSET].copy_from_slice(&segment.to_le_bytes());
        compiler_fence(Release);
    }

    /// The call has its record.
    pub(super) fn close(&mut self, slot: u16) {
        compiler_fence(Release);
        self.set_state(slot, FREE);
        self.free.push(slot);
    }

    fn set_state(&mut self, slot: u16, state: u32) {
        self.bytes(slot)[..4].copy_from_slice(&state.to_le_bytes());
    }

    fn bytes(&mut self, slot: u16) -> &mut [u8] {
        let at = start(slot);
        &mut self.map[at..at + SLOT]
    }
}

// === impl SlotsSeen ===

impl SlotsSeen {
    /// The open ones at this moment. One that changes while it is read is read again, and left out when it goes on to.
    pub(super) fn open(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        for slot in 0..self.used.load(Relaxed) {
            for _ in 0..3 {
                let bytes = self.bytes(slot)?;
                if bytes[..4] != OPEN.to_le_bytes() {
                    break;
                }
                // Progress may move on between the two; whose call it is, and all else that is known of it, may not.
                let again = self.bytes(slot)?;
                let stays = |bytes: &[u8; SLOT]| (bytes[..STATUS].to_vec(), bytes[ID..SEGMENT].to_vec());
                if stays(&bytes) == stays(&again) && bytes[ENTRIES..] == again[ENTRIES..] {
                    found.push(Found::read(slot, &again));
                    break;
                }
            }
        }
        Ok(found)
    }

    fn bytes(&self, slot: u16) -> io::Result<[u8; SLOT]> {
        let mut bytes = [0; SLOT];
        self.file.read_exact_at(&mut bytes, start(slot) as u64)?;
        Ok(bytes)
    }
}

// === impl Found ===

impl Found {
    /// `bytes` are the slot's.
    fn read(slot: u16, bytes: &[u8]) -> Self {
        let (segment, offset) =
            (u64::from_le_bytes(get(bytes, SEGMENT)), u64::from_le_bytes(get(bytes, OFFSET)));
        let status = u16::from_le_bytes(get(bytes, STATUS));
        let entries = usize::from(u16::from_le_bytes(get(bytes, ENTRIES_LEN))).min(SLOT - ENTRIES);
        Self {
            slot,
            id: CallId::from_bytes(get(bytes, ID)),
            place: (segment != 0).then_some(Place { segment, offset }),
            facts: Recovered::read(&bytes[ENTRIES..ENTRIES + entries]),
            progress: Progress {
                status: (status != 0).then_some(status),
                delivered: facts::measure_from_bytes(&bytes[DELIVERED..DELIVERED + MEASURE]),
            },
        }
    }
}

fn get<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut value = [0; N];
    value.copy_from_slice(&bytes[at..at + N]);
    value
}

/// As [`Slots::note`], from another thread: while its record waits in memory, a slot is the shipper's.
pub(super) fn note_from_outside(file: &File, slot: u16, place: Place) -> io::Result<()> {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&place.segment.to_le_bytes());
    bytes[8..].copy_from_slice(&place.offset.to_le_bytes());
    file.write_all_at(&bytes, (start(slot) + SEGMENT) as u64)
}

/// As [`Slots::close`], from another thread; the worker then takes the slot back.
pub(super) fn close_from_outside(file: &File, slot: u16) -> io::Result<()> {
    file.write_all_at(&FREE.to_le_bytes(), start(slot) as u64)
}

fn start(slot: u16) -> usize {
    SLOT * (usize::from(slot) + 1)
}

fn set_entries_len(bytes: &mut [u8], len: usize) {
    let len = u16::try_from(len).unwrap_or(0);
    bytes[ENTRIES_LEN..STATUS].copy_from_slice(&len.to_le_bytes());
}

fn is_ours(file: &File) -> io::Result<bool> {
    if file.metadata()?.len() != LEN as u64 {
        return Ok(false);
    }
    let mut magic = [0; MAGIC.len()];
    file.read_exact_at(&mut magic, 0)?;
    Ok(&magic == MAGIC)
}

/// Made aside and moved into place, so that a crash leaves none that is half made. All blocks are allocated: a store
/// into a page that a full disk has no room for would be a SIGBUS.
fn create(path: &Path) -> io::Result<File> {
    let aside = path.with_extension("new");
    let file =
        OpenOptions::new().read(true).write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    match fallocate(&file, FallocateFlags::empty(), 0, LEN as u64) {
        Ok(()) => {}
        Err(rustix::io::Errno::OPNOTSUPP) => file.write_all_at(&vec![0; LEN], 0)?,
        Err(error) => {
            let _ = fs::remove_file(&aside);
            return Err(error.into());
        }
    }
    file.write_all_at(MAGIC, 0)?;
    fs::rename(&aside, path)?;
    Ok(file)
}
