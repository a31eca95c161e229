//! A batch: some records, read once and kept until the ledger has them.

use std::io;

use super::segment::{self, Found, HEAD};

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

/// The frames that a read brought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    pub(super) bytes: usize,
    pub(super) rows: u64,
    pub(super) stop: Stop,
}

/// Why no further frame was taken.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stop {
    /// The batch has its rows.
    Full,
    /// The bytes end within a frame of so many, or before one.
    Cut { len: usize },
    /// What follows is no frame.
    Broken,
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

    pub(super) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn push(&mut self, row: &[u8], at_millis: u64) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(row);
        self.rows.push(Row { start, end: self.bytes.len(), at_millis });
    }

    /// Reads `len` bytes of a segment by `read`, and keeps of them what is whole frames.
    pub(super) fn take(
        &mut self,
        len: usize,
        max_rows: usize,
        read: impl FnOnce(&mut [u8]) -> io::Result<()>,
    ) -> io::Result<Taken> {
        let start = self.bytes.len();
        self.bytes.resize(start + len, 0);
        if let Err(error) = read(&mut self.bytes[start..]) {
            self.bytes.truncate(start);
            return Err(error);
        }
        let mut at = start;
        let mut rows = 0;
        let stop = loop {
            if self.rows.len() >= max_rows {
                break Stop::Full;
            }
            if at == self.bytes.len() {
                break Stop::Cut { len: HEAD };
            }
            match segment::find(&self.bytes[at..]) {
                Found::Frame { len, at_millis } => {
                    self.rows.push(Row { start: at + HEAD, end: at + len, at_millis });
                    at += len;
                    rows += 1;
                }
                Found::Cut { len } => break Stop::Cut { len },
                Found::Broken => break Stop::Broken,
            }
        };
        self.bytes.truncate(at);
        Ok(Taken { bytes: at - start, rows, stop })
    }
}
