//! The worker's end of the spool.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use jiff::Timestamp;

use super::{
    facts::{Learned, OpenCall, OpenFacts, Progress},
    lane::{LaneWriter, Sync, Wake},
    lock::Lock,
    overflow::{Overflow, Waiting},
    segment::{self, HEAD, MAX_ROW},
    slots::Slots,
    stats::SpoolStats,
};
use crate::{call_id::CallId, record::Record};

/// Writes records, and notes open calls. One worker thread owns it; nothing here waits for another thread.
#[derive(Debug)]
pub struct SpoolWriter {
    pub(super) index: usize,
    pub(super) lane: LaneWriter,
    /// The first is this writer's own; others hold orphans of writers that are no more. None where the file could not be mapped.
    pub(super) slots: Vec<Slots>,
    pub(super) overflow: Arc<Overflow>,
    pub(super) wake: Arc<Wake>,
    pub(super) stats: Arc<SpoolStats>,
    pub(super) frame: Vec<u8>,
    pub(super) sync: Sync,
    pub(super) _lock: Arc<Lock>,
}

// === impl SpoolWriter ===

impl SpoolWriter {
    /// Notes that a call begins, so that it is known should the process die. `None` when more calls are open than are
    /// witnessed (1,024); the call goes on all the same, and is counted.
    pub fn begin(&mut self, id: CallId, facts: &OpenFacts<'_>) -> Option<OpenCall> {
        self.take_back();
        match self.slots.first_mut().and_then(|slots| slots.begin(id, facts)) {
            Some(slot) => Some(OpenCall { file: 0, slot }),
            None => {
                self.stats.unwitnessed.fetch_add(1, Relaxed);
                None
            }
        }
    }

    /// The call's row will have this id, whether it is written now or by a successor.
    pub fn rename(&mut self, call: &OpenCall, id: CallId) {
        if let Some(slots) = self.slots.get_mut(usize::from(call.file)) {
            slots.rename(call.slot, id);
        }
    }

    /// Notes what the call's body told. Once a call; there is room for little more.
    pub fn learn(&mut self, call: &OpenCall, learned: &Learned<'_>) {
        if let Some(slots) = self.slots.get_mut(usize::from(call.file)) {
            slots.learn(call.slot, learned);
        }
    }

    /// Notes how far the answer has come: some sixty bytes stored, cheap enough for every chunk.
    pub fn progress(&mut self, call: &OpenCall, progress: &Progress) {
        if let Some(slots) = self.slots.get_mut(usize::from(call.file)) {
            slots.progress(call.slot, progress);
        }
    }

    /// Writes the call's record and closes the call. When this returns, the record outlives the process, or it waits in
    /// memory because the disk takes nothing.
    pub fn append(&mut self, record: &Record<'_>, call: Option<OpenCall>) {
        self.frame.clear();
        self.frame.resize(HEAD, 0);
        record.render(&mut self.frame);
        let at_millis = u64::try_from(Timestamp::now().as_millisecond()).unwrap_or(0);
        if self.frame.len() > HEAD + MAX_ROW {
            tracing::error!(
                bytes = self.frame.len(),
                "a record is far too large and is dropped; this is a bug"
            );
            self.stats.dropped.fetch_add(1, Relaxed);
            self.close(call);
            return;
        }
        segment::seal(&mut self.frame, at_millis);
        match self.write(call.as_ref()).and_then(|()| self.sync_if_always()) {
            Ok(()) => self.close(call),
            Err(error) => {
                // Counted, and told to the world by the shipper's state; a line a call would be a flood.
                tracing::debug!(%error, "the spool takes no record");
                self.stats.append_failures.fetch_add(1, Relaxed);
                let row = self.frame[HEAD..].to_vec();
                let waiting = Waiting { row, at_millis, writer: self.index, call };
                self.overflow.push(record, waiting, &self.stats);
            }
        }
        self.wake.wake();
    }

    /// Writes rows that were made elsewhere, and waits until they are on the disk itself: when this returns, no crash of
    /// the machine takes them. By an error some of them may have been kept, and come again.
    pub fn keep<'a>(&mut self, rows: impl Iterator<Item = &'a [u8]>) -> std::io::Result<()> {
        let at_millis = u64::try_from(Timestamp::now().as_millisecond()).unwrap_or(0);
        for row in rows {
            if row.len() > MAX_ROW {
                return Err(std::io::Error::new(
                    std::io::ErrorKind::InvalidInput,
                    format!("a row of {} bytes; one has at most {MAX_ROW}", row.len()),
                ));
            }
            self.frame.clear();
            self.frame.resize(HEAD, 0);
            self.frame.extend_from_slice(row);
            segment::seal(&mut self.frame, at_millis);
            self.write(None)?;
        }
        self.lane.sync()?;
        self.wake.wake();
        Ok(())
    }

    fn sync_if_always(&self) -> std::io::Result<()> {
        if self.sync == Sync::Always { self.lane.sync() } else { Ok(()) }
    }

    fn write(&mut self, call: Option<&OpenCall>) -> std::io::Result<()> {
        let place = self.lane.next_place()?;
        self.note(call, Some(place));
        let written = self.lane.write(&self.frame);
        if written.is_err() {
            self.note(call, None);
        }
        written
    }

    fn note(&mut self, call: Option<&OpenCall>, place: Option<segment::Place>) {
        if let Some(call) = call
            && let Some(slots) = self.slots.get_mut(usize::from(call.file))
        {
            slots.note(call.slot, place);
        }
    }

    fn close(&mut self, call: Option<OpenCall>) {
        if let Some(OpenCall { file, slot }) = call
            && let Some(slots) = self.slots.get_mut(usize::from(file))
        {
            slots.close(slot);
        }
    }

    /// Slots whose records had to wait in memory, and do no more.
    fn take_back(&mut self) {
        for call in self.overflow.take_freed(self.index) {
            self.close(Some(call));
        }
    }
}
