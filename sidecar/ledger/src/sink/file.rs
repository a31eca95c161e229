//! A file of JSON lines: each record once, whole lines only, whatever happens in between.
//!
//! After each batch the spool's cursor keeps which file it was and how long. Lines beyond that, at the next start, are
//! of a batch that was written and not acknowledged any more: their ids are remembered and passed over when they come again.
//! A line that was cut by a crash is cut off. The file may be moved away or truncated by others at any time; a new one is made.

use std::{
    collections::HashSet,
    fs::{self, File, Metadata, OpenOptions},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    os::unix::fs::{FileExt, MetadataExt},
    path::PathBuf,
};

use jiff::Timestamp;
use rustix::{
    fs::{FallocateFlags, fallocate},
    io::Errno,
};

use super::SinkError;
use crate::{
    call_id::CallId,
    record::{STAMP_AT, id_of, time},
    spool::{Batch, FileMark},
};

/// See the module.
#[derive(Debug)]
pub struct FileSink {
    path: PathBuf,
    open: Option<Open>,
    /// Ids that stand in the file and are not acknowledged, from a crash. While there are any, the mark stays before
    /// their lines: a second crash must find them again.
    standing: HashSet<CallId>,
    standing_from: u64,
    /// The first opening of this process has looked for them.
    looked: bool,
    lines: Vec<u8>,
}

#[derive(Debug)]
struct Open {
    file: File,
    mark: FileMark,
}

// === impl FileSink ===

impl FileSink {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            open: None,
            standing: HashSet::new(),
            standing_from: 0,
            looked: false,
            lines: Vec::new(),
        }
    }

    /// Sees that the file at the path is the one that is open. Gives its mark when that is news: the cursor must hold
    /// it before anything is appended. `lost`: what was acknowledged is not known, so every line counts as standing.
    pub(crate) fn open(&mut self, acknowledged: FileMark, lost: bool) -> Result<Option<FileMark>, SinkError> {
        if let Some(open) = &mut self.open {
            match fs::metadata(&self.path) {
                Ok(there) if is_same(&there, open.mark) && there.len() >= open.mark.len => return Ok(None),
                Ok(there) if is_same(&there, open.mark) => {
                    open.mark.len = there.len(); // emptied by others
                    self.standing.clear();
                    return Ok(self.mark());
                }
                _ => {} // moved or removed
            }
        }
        let open = self.reopen(acknowledged, lost).map_err(|source| self.error(source))?;
        self.open = Some(open);
        Ok(self.mark())
    }

    /// The spool is empty: whatever stands in the file cannot come again. Gives the mark that holds then.
    pub(crate) fn drained(&mut self) -> Option<FileMark> {
        self.standing = HashSet::new();
        self.mark()
    }

    /// Appends the batch's rows, stamped with `now`, but those that stand there. All of it or nothing; gives the new mark.
    pub(crate) fn append(&mut self, batch: &Batch, now: Timestamp) -> Result<FileMark, SinkError> {
        self.lines.clear();
        let stamp = [br#""received_at":"#.as_slice(), &time(now), b","].concat();
        for row in batch.rows() {
            if !self.standing.is_empty() && id_of(row).is_some_and(|id| self.standing.contains(&id)) {
                continue;
            }
            let (head, tail) = row.split_at(stamp_at(row));
            self.lines.extend_from_slice(head);
            self.lines.extend_from_slice(&stamp);
            self.lines.extend_from_slice(tail);
            self.lines.push(b'\n');
        }
        let Some(open) = &mut self.open else {
            return Err(self.error(io::ErrorKind::NotConnected.into()));
        };
        if !self.lines.is_empty()
            && let Err(source) = open.append(&self.lines)
        {
            return Err(self.error(source));
        }
        let mark = open.mark;
        if !self.standing.is_empty() {
            for id in batch.rows().filter_map(id_of) {
                self.standing.remove(&id);
            }
        }
        Ok(self.mark().unwrap_or(mark))
    }

    /// What the cursor is to hold.
    fn mark(&self) -> Option<FileMark> {
        let mark = self.open.as_ref()?.mark;
        Some(if self.standing.is_empty() { mark } else { FileMark { len: self.standing_from, ..mark } })
    }

    fn reopen(&mut self, acknowledged: FileMark, lost: bool) -> io::Result<Open> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = OpenOptions::new().read(true).append(true).create(true).open(&self.path)?;
        let meta = file.metadata()?;
        let mut open =
            Open { mark: FileMark { device: meta.dev(), inode: meta.ino(), len: meta.len() }, file };
        if meta.is_file() {
            if !self.looked {
                self.looked = true;
                let from = match is_same(&meta, acknowledged) {
                    true if acknowledged.len <= meta.len() => acknowledged.len,
                    true => 0, // emptied by others since
                    false if lost => 0,
                    false => meta.len(),
                };
                self.look_at_tail(&mut open, from)?;
            }
            open.end_line()?;
        }
        Ok(open)
    }

    /// Remembers the ids of whole lines from `from` on, and cuts off one that is not whole.
    fn look_at_tail(&mut self, open: &mut Open, from: u64) -> io::Result<()> {
        self.standing_from = from;
        let mut reader = BufReader::new(&open.file);
        reader.seek(SeekFrom::Start(from))?;
        let mut whole = from;
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            if line.pop() != Some(b'\n') {
                open.file.set_len(whole)?;
                break;
            }
            whole += line.len() as u64 + 1;
            self.standing.extend(id_of(&line));
            line.clear();
        }
        open.mark.len = whole;
        Ok(())
    }

    fn error(&self, source: io::Error) -> SinkError {
        SinkError::File { path: self.path.clone(), source }
    }
}

// === impl Open ===

impl Open {
    fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        let before = self.file.metadata()?.len();
        // Room first, so that a full disk takes nothing rather than half a line; where a file system cannot
        // reserve, what was written of it is cut off.
        let reserved = fallocate(&self.file, FallocateFlags::KEEP_SIZE, before, lines.len() as u64);
        if let Err(error @ (Errno::NOSPC | Errno::DQUOT | Errno::FBIG | Errno::IO)) = reserved {
            return Err(error.into());
        }
        if let Err(error) = self.file.write_all(lines) {
            let _ = self.file.set_len(before); // what took nothing has nothing to cut off
            return Err(error);
        }
        self.mark.len = self.file.metadata()?.len();
        Ok(())
    }

    /// Whatever others left at the end, our lines begin on a line of their own.
    fn end_line(&mut self) -> io::Result<()> {
        let Some(last) = self.mark.len.checked_sub(1) else { return Ok(()) };
        let mut byte = [0];
        self.file.read_exact_at(&mut byte, last)?;
        if byte != *b"\n" {
            self.file.write_all(b"\n")?;
            self.mark.len += 1;
        }
        Ok(())
    }
}

fn is_same(meta: &Metadata, mark: FileMark) -> bool {
    meta.dev() == mark.device && meta.ino() == mark.inode
}

/// Behind `created_at`, where a row of ours has it; else at the beginning of the object.
fn stamp_at(row: &[u8]) -> usize {
    if id_of(row).is_some() && row.get(STAMP_AT - 1) == Some(&b',') { STAMP_AT } else { 1.min(row.len()) }
}
