//! Segments and the frames in them, as bytes.

use std::path::{Path, PathBuf};

use crate::record::PREFIX;

/// Where a frame stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) segment: u64,
    pub(super) offset: u64,
}

/// What stands at the beginning of some bytes of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A whole frame of `len` bytes, head included.
    Frame { len: usize, at_millis: u64 },
    /// Perhaps a frame of `len` bytes, but not all of it.
    Cut { len: usize },
    /// No frame.
    Broken,
}

pub(super) const HEADER: [u8; 16] = *b"tollgate\x01\0\0\0\0\0\0\0";
/// A segment is closed when it is at least this long: small enough that what waits to be removed does not matter.
/// Tests begin new ones more often.
pub(super) const SEGMENT_BYTES: u64 = if cfg!(test) { 4 << 10 } else { 4 << 20 };
/// The bytes before a frame's row.
pub(super) const HEAD: usize = 16;
/// A row has bounded texts and stays far below; a length beyond it is damage.
pub(super) const MAX_ROW: usize = 256 << 10;

pub(super) fn path(dir: &Path, segment: u64, lane: u8) -> PathBuf {
    dir.join(format!("{segment:016x}-{lane:02}.spool"))
}

/// Segment and lane of a file name; `None` if it is no segment's.
pub(super) fn parse_name(name: &str) -> Option<(u64, u8)> {
    let (segment, lane) = name.strip_suffix(".spool")?.split_once('-')?;
    (segment.len() == 16 && lane.len() == 2).then_some(())?;
    Some((u64::from_str_radix(segment, 16).ok()?, lane.parse().ok()?))
}

/// Completes a frame whose row stands behind [`HEAD`] free bytes.
pub(super) fn seal(frame: &mut [u8], at_millis: u64) {
    let len = u32::try_from(frame.len() - HEAD).unwrap_or(u32::MAX);
    frame[..4].copy_from_slice(&len.to_le_bytes());
    frame[8..HEAD].copy_from_slice(&at_millis.to_le_bytes());
    let crc = checksum(frame);
    frame[4..8].copy_from_slice(&crc.to_le_bytes());
}

/// Reads the frame at the beginning of `bytes`.
pub(super) fn find(bytes: &[u8]) -> Found {
    let Some(head) = bytes.first_chunk::<HEAD>() else {
        return Found::Cut { len: HEAD };
    };
    let [l0, l1, l2, l3, c0, c1, c2, c3, at @ ..] = *head;
    let row = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
    if row == 0 || row > MAX_ROW {
        return Found::Broken;
    }
    let len = HEAD + row;
    match bytes.get(..len) {
        None => Found::Cut { len },
        Some(frame) if checksum(frame) != u32::from_le_bytes([c0, c1, c2, c3]) => Found::Broken,
        Some(_) => Found::Frame { len, at_millis: u64::from_le_bytes(at) },
    }
}

/// Where the next whole frame begins after damage at the beginning of `bytes`. Rows all begin alike, so this is a search
/// for that beginning.
pub(super) fn find_after_damage(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, PREFIX)
        .filter_map(|row| row.checked_sub(HEAD))
        .find(|&frame| frame > 0 && matches!(find(&bytes[frame..]), Found::Frame { .. }))
}

fn checksum(frame: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&frame[..4]);
    hasher.update(&frame[8..]);
    hasher.finalize()
}
