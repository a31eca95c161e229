//! Rows on which the database fails even alone.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    sync::atomic::Ordering::Relaxed,
};

use super::Shipper;

// === impl Shipper ===

impl Shipper {
    /// Keeps them beside the spool, so that they block nothing.
    pub(super) fn quarantine(&mut self, poisoned: &[usize]) {
        if poisoned.is_empty() {
            return;
        }
        let path = self.dir.join("quarantine.jsonl");
        let bound = self.max_quarantine;
        let keep = || -> io::Result<()> {
            let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(&path)?;
            if file.metadata()?.len() > bound {
                return Err(io::Error::other("it has reached its bound"));
            }
            for &row in poisoned {
                file.write_all(self.batch.row(row))?;
                file.write_all(b"\n")?;
            }
            Ok(())
        };
        let count = poisoned.len() as u64;
        match keep() {
            Ok(()) => {
                self.stats.quarantined.fetch_add(count, Relaxed);
                tracing::error!(rows = count, path = %path.display(), "the database fails on these rows; they are kept here");
            }
            Err(error) => {
                self.stats.dropped.fetch_add(count, Relaxed);
                tracing::error!(rows = count, path = %path.display(), %error, "the database fails on these rows, and they cannot be kept");
            }
        }
    }
}
