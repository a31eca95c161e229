//! Records that had to wait in memory: what becomes of them, and of the slots of their calls.

use std::{fs::File, sync::Arc};

use super::Shipper;
use crate::spool::{
    facts::OpenCall,
    overflow::Waiting,
    segment::{self, HEAD},
    slots,
};

// === impl Shipper ===

impl Shipper {
    /// The ledger has those of the batch.
    pub(super) fn acknowledge_memory(&mut self) {
        for _ in 0..self.batch.from_memory {
            let Some(waiting) = self.overflow.pop(&self.stats) else { break };
            self.close(waiting);
        }
    }

    /// Puts what waits in memory on the disk, as far as that takes it again.
    pub(super) fn rescue(&mut self) {
        if self.stats.memory_records() == 0 {
            return;
        }
        if self.batch.from_memory > 0 {
            self.batch.clear(); // nothing of it is acknowledged; it is read again
        }
        let mut frame = Vec::new();
        loop {
            frame.clear();
            frame.resize(HEAD, 0);
            let mut slot = None;
            self.overflow.peek(|waiting| {
                frame.extend_from_slice(&waiting.row);
                segment::seal(&mut frame, waiting.at_millis);
                slot = waiting
                    .call
                    .as_ref()
                    .and_then(|call| Some((slot_file(&self.slot_files, waiting.writer, call)?, call.slot)));
                false
            });
            if frame.len() == HEAD {
                return;
            }
            let written = self.memory.next_place().and_then(|place| {
                if let Some((file, slot)) = slot {
                    slots::note_from_outside(file, slot, place)?;
                }
                self.memory.write(&frame)
            });
            if let Err(error) = written {
                tracing::debug!(%error, "the disk still takes no record");
                return;
            }
            if let Some(waiting) = self.overflow.pop(&self.stats) {
                self.close(waiting);
            }
        }
    }

    /// The record is somewhere safe: its call is closed, and the slot goes back to its worker.
    fn close(&self, waiting: Waiting) {
        let Waiting { writer, call: Some(call), .. } = waiting else { return };
        if let Some(file) = slot_file(&self.slot_files, writer, &call)
            && let Err(error) = slots::close_from_outside(file, call.slot)
        {
            tracing::debug!(%error, "an open call could not be closed; its worker does it");
        }
        self.overflow.free(writer, call);
    }
}

fn slot_file<'a>(files: &'a [Vec<Arc<File>>], writer: usize, call: &OpenCall) -> Option<&'a File> {
    files.get(writer)?.get(usize::from(call.file)).map(|file| &**file)
}
