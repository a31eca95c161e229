//! Records that no disk took: they wait in memory, within a bound, and the shipper sees to them. Beyond the bound their sums do.

mod merged;

use std::{
    collections::VecDeque,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use self::merged::Merged;
use super::{facts::OpenCall, stats::SpoolStats};
use crate::record::Record;

/// Shared by all workers and the shipper; touched only while the disk takes nothing.
#[derive(Debug)]
pub(super) struct Overflow {
    waiting: Mutex<Queue>,
    /// For each worker, the slots whose records have left memory.
    freed: Vec<Freed>,
}

#[derive(Debug, Default)]
struct Queue {
    records: VecDeque<Waiting>,
    /// Goes behind the records once those have left.
    merged: Merged,
    merged_at_millis: u64,
}

#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) row: Vec<u8>,
    pub(super) at_millis: u64,
    pub(super) writer: usize,
    /// Stays open until the record is somewhere else than in memory.
    pub(super) call: Option<OpenCall>,
}

#[derive(Debug, Default)]
struct Freed {
    any: AtomicBool,
    calls: Mutex<Vec<OpenCall>>,
}

/// Some ten thousand records: minutes of a busy pod, and no more memory than a pod can spare.
const MAX_BYTES: u64 = 8 << 20;

// === impl Overflow ===

impl Overflow {
    pub(super) fn new(writers: usize) -> Self {
        Self { waiting: Mutex::default(), freed: (0..writers).map(|_| Freed::default()).collect() }
    }

    /// Takes the record, or adds it to others like it; where even that has no end, it is dropped and counted.
    pub(super) fn push(&self, record: &Record<'_>, waiting: Waiting, stats: &SpoolStats) {
        let len = waiting.row.len() as u64;
        let mut queue = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if stats.memory_bytes.load(Ordering::Relaxed) + len > MAX_BYTES {
            let outcome = if queue.merged.add(record) { &stats.merged } else { &stats.dropped };
            outcome.fetch_add(1, Ordering::Relaxed);
            queue.merged_at_millis = waiting.at_millis;
            drop(queue);
            // Its sum is all that is left of it, and no slot can say so.
            if let Some(call) = waiting.call {
                self.free(waiting.writer, call);
            }
            return;
        }
        queue.put(waiting, stats);
    }

    /// Shows the oldest records, without taking them, for as long as `show` wants more.
    pub(super) fn peek(&self, mut show: impl FnMut(&Waiting) -> bool) {
        let queue = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for waiting in &queue.records {
            if !show(waiting) {
                break;
            }
        }
    }

    /// Takes the oldest record.
    pub(super) fn pop(&self, stats: &SpoolStats) -> Option<Waiting> {
        let mut queue = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = queue.records.pop_front()?;
        stats.memory_records.fetch_sub(1, Ordering::Relaxed);
        stats.memory_bytes.fetch_sub(waiting.row.len() as u64, Ordering::Relaxed);
        if queue.records.is_empty() && !queue.merged.is_empty() {
            let at_millis = queue.merged_at_millis;
            for row in queue.merged.take() {
                queue.put(Waiting { row, at_millis, writer: waiting.writer, call: None }, stats);
            }
        }
        Some(waiting)
    }

    /// Gives a slot back to the worker it belongs to.
    pub(super) fn free(&self, writer: usize, call: OpenCall) {
        if let Some(freed) = self.freed.get(writer) {
            freed.calls.lock().unwrap_or_else(PoisonError::into_inner).push(call);
            freed.any.store(true, Ordering::Release);
        }
    }

    /// The slots that a worker may use again; a look at a flag when there are none.
    pub(super) fn take_freed(&self, writer: usize) -> Vec<OpenCall> {
        match self.freed.get(writer) {
            Some(freed) if freed.any.swap(false, Ordering::Acquire) => {
                std::mem::take(&mut *freed.calls.lock().unwrap_or_else(PoisonError::into_inner))
            }
            _ => Vec::new(),
        }
    }
}

// === impl Queue ===

impl Queue {
    fn put(&mut self, waiting: Waiting, stats: &SpoolStats) {
        stats.memory_bytes.fetch_add(waiting.row.len() as u64, Ordering::Relaxed);
        self.records.push_back(waiting);
        // SeqCst: seen by a shipper that is about to sleep, see `Wake`.
        stats.memory_records.fetch_add(1, Ordering::SeqCst);
    }
}
