//! The cursor: up to where the ledger has acknowledged, kept so that a crash at any moment leaves one whole state.

use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::Path,
};

use super::segment::Place;

/// The ledger's file as it was after the last acknowledged batch: what stands behind `len` is not acknowledged yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileMark {
    pub device: u64,
    pub inode: u64,
    pub len: u64,
}

/// What is written: for each lane, everything before the place is acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) file: FileMark,
    pub(super) lanes: [Place; LANES],
}

#[derive(Debug)]
pub(super) struct Cursor {
    /// None where the folder takes none: after a start, what was acknowledged since is sent again.
    file: Option<File>,
    generation: u64,
    position: Position,
}

/// What opening found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CursorState {
    /// There was none: a new folder.
    New,
    Known,
    /// There was one and it cannot be read: what was acknowledged is not known.
    Lost,
}

pub(super) const LANES: usize = 64;

/// Both slots are in different pages' halves and never written together.
const STRIDE: usize = 2048;
/// magic, crc, generation, file mark, lanes
const SLOT: usize = 4 + 4 + 8 + 24 + LANES * 16;
const MAGIC: u32 = u32::from_le_bytes(*b"tgc1");

// === impl Cursor ===

impl Cursor {
    pub(super) fn open(dir: &Path) -> io::Result<(Self, CursorState)> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(dir.join("cursor"))?;
        let (position, generation, state, read) = read(&file)?;
        if read < 2 * STRIDE {
            // The file has its full length from the beginning, so that moving the cursor needs no room on a full disk.
            file.write_all_at(&vec![0; 2 * STRIDE - read], read as u64)?;
        }
        Ok((Self { file: Some(file), generation, position }, state))
    }

    /// For a folder that takes no file: what one says that lies there counts, and none is written.
    pub(super) fn in_memory(dir: &Path) -> (Self, CursorState) {
        let found = File::open(dir.join("cursor")).and_then(|file| read(&file));
        let (position, generation, state, _) = found.unwrap_or((Position::default(), 0, CursorState::New, 0));
        (Self { file: None, generation, position }, state)
    }

    pub(super) fn position(&self) -> &Position {
        &self.position
    }

    /// Moves the cursor. What is passed holds for this process even when it cannot be written.
    pub(super) fn commit(&mut self, position: Position) -> io::Result<()> {
        if position == self.position {
            return Ok(());
        }
        self.position = position;
        let generation = self.generation + 1;
        let Some(file) = &self.file else { return Ok(()) };
        let slot = encode(generation, &position);
        file.write_all_at(&slot, (generation % 2) * STRIDE as u64)?;
        self.generation = generation;
        Ok(())
    }
}

// === impl Position ===

impl Default for Position {
    fn default() -> Self {
        Self { file: FileMark::default(), lanes: [Place { segment: 0, offset: 0 }; LANES] }
    }
}

/// Position, generation, what was found, and how many bytes lie there.
fn read(file: &File) -> io::Result<(Position, u64, CursorState, usize)> {
    let mut bytes = vec![0; 2 * STRIDE];
    let mut read = 0;
    while read < bytes.len() {
        match file.read_at(&mut bytes[read..], read as u64) {
            Ok(0) => break,
            Ok(count) => read += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let newest = bytes
        .chunks_exact(STRIDE)
        .filter_map(|slot| decode(&slot[..SLOT]))
        .max_by_key(|&(generation, _)| generation);
    let blank = bytes.iter().all(|&byte| byte == 0);
    let state = match newest {
        Some(_) => CursorState::Known,
        None if blank => CursorState::New,
        None => CursorState::Lost,
    };
    let (generation, position) = newest.unwrap_or((0, Position::default()));
    Ok((position, generation, state, read))
}

fn encode(generation: u64, position: &Position) -> [u8; SLOT] {
    let Position { file: FileMark { device, inode, len }, lanes } = position;
    let mut slot = [0; SLOT];
    slot[..4].copy_from_slice(&MAGIC.to_le_bytes());
    let numbers = [generation, *device, *inode, *len]
        .into_iter()
        .chain(lanes.iter().flat_map(|place| [place.segment, place.offset]));
    for (place, number) in slot[8..].chunks_exact_mut(8).zip(numbers) {
        place.copy_from_slice(&number.to_le_bytes());
    }
    let crc = crc32fast::hash(&slot[8..]);
    slot[4..8].copy_from_slice(&crc.to_le_bytes());
    slot
}

fn decode(slot: &[u8]) -> Option<(u64, Position)> {
    let (head, rest) = slot.split_at_checked(8)?;
    if head[..4] != MAGIC.to_le_bytes() || head[4..] != crc32fast::hash(rest).to_le_bytes() {
        return None;
    }
    let mut numbers = rest.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number));
    let generation = numbers.next()?;
    let file = FileMark { device: numbers.next()?, inode: numbers.next()?, len: numbers.next()? };
    let mut lanes = [Place { segment: 0, offset: 0 }; LANES];
    for place in &mut lanes {
        *place = Place { segment: numbers.next()?, offset: numbers.next()? };
    }
    Some((generation, Position { file, lanes }))
}
