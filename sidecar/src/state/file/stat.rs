//! What tells one state of a file from another without reading it.

use std::{fs::Metadata, os::unix::fs::MetadataExt};

/// Times are seconds and nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stat {
    pub(super) device: u64,
    pub(super) inode: u64,
    pub(super) size: u64,
    pub(super) written: (i64, i64),
    pub(super) changed: (i64, i64),
}

// === impl Stat ===

impl Stat {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            written: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// Another file than before, and what happened to it last was no writing.
    pub(super) fn was_moved_onto(&self, before: &Self) -> bool {
        (self.device, self.inode) != (before.device, before.inode) && self.changed > self.written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: Stat = Stat { device: 1, inode: 1, size: 10, written: (5, 0), changed: (5, 0) };

    #[test]
    fn a_renamed_file_was_changed_after_it_was_written() {
        assert!(Stat { inode: 2, written: (6, 0), changed: (6, 1), ..BEFORE }.was_moved_onto(&BEFORE));
    }

    #[test]
    fn a_new_file_may_still_be_in_writing() {
        assert!(!Stat { inode: 2, written: (6, 0), changed: (6, 0), ..BEFORE }.was_moved_onto(&BEFORE));
    }

    #[test]
    fn the_same_file_is_never_a_new_one() {
        assert!(!Stat { size: 20, written: (6, 0), changed: (6, 1), ..BEFORE }.was_moved_onto(&BEFORE));
    }
}
