//! One process a folder.

use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use rustix::fs::{FlockOperation, flock};

/// Held by all who use the folder; the last one lets go of it.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "held for its lock")] Option<File>);

// === impl Lock ===

impl Lock {
    /// None: another process has it.
    pub(super) fn of(dir: &Path) -> io::Result<Option<Self>> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(dir.join("lock"))
            // on a disk that is read-only it can be held all the same
            .or_else(|error| File::open(dir.join("lock")).map_err(|_| error))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Self(Some(file)))),
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Of a folder that cannot be written, and so need not be kept from others.
    pub(super) fn none() -> Self {
        Self(None)
    }
}
