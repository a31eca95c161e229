//! What there is to know about the spool, for metrics. Sums are made when somebody asks.

use std::sync::{
    Arc, Mutex, OnceLock, PoisonError,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use jiff::Timestamp;

use super::published::LaneShared;

/// Figures of the spool, read at any time from any thread.
#[derive(Debug, Default)]
pub struct SpoolStats {
    pub(super) lanes: OnceLock<Vec<Arc<LaneShared>>>,
    /// What lay there at the start.
    pub(super) backlog_records: AtomicU64,
    pub(super) backlog_bytes: AtomicU64,
    pub(super) acknowledged_records: AtomicU64,
    pub(super) acknowledged_bytes: AtomicU64,
    pub(super) memory_records: AtomicU64,
    pub(super) memory_bytes: AtomicU64,
    /// When the oldest record that waits was appended, Unix ms; 0 when none does, as far as the shipper has looked.
    pub(super) oldest_millis: AtomicU64,
    pub(super) dropped: AtomicU64,
    pub(super) merged: AtomicU64,
    pub(super) quarantined: AtomicU64,
    pub(super) append_failures: AtomicU64,
    pub(super) unwitnessed: AtomicU64,
    pub(super) damaged_bytes: AtomicU64,
    pub(super) sink_failures: AtomicU64,
    pub(super) handed_over: AtomicU64,
    pub(super) trouble: Mutex<Option<&'static str>>,
}

// === impl SpoolStats ===

impl SpoolStats {
    /// Records that no ledger has acknowledged yet, on the spool and in memory.
    pub fn waiting_records(&self) -> u64 {
        let on_disk = self.appended() + self.backlog_records.load(Relaxed);
        on_disk.saturating_sub(self.acknowledged_records.load(Relaxed)) + self.memory_records.load(Relaxed)
    }

    /// Their bytes on the spool.
    pub fn waiting_bytes(&self) -> u64 {
        let published: u64 = self.lanes().iter().map(|lane| lane.published()).sum();
        (published + self.backlog_bytes.load(Relaxed)).saturating_sub(self.acknowledged_bytes.load(Relaxed))
    }

    /// Records that wait in memory, because the disk took none.
    pub fn memory_records(&self) -> u64 {
        self.memory_records.load(Relaxed)
    }

    /// For how many milliseconds the oldest record has been waiting; 0 when none does.
    pub fn lag_millis(&self, now: Timestamp) -> u64 {
        match self.oldest_millis.load(Relaxed) {
            0 => 0,
            oldest => u64::try_from(now.as_millisecond()).unwrap_or(0).saturating_sub(oldest),
        }
    }

    /// Records written to the spool since the start.
    pub fn appended(&self) -> u64 {
        self.lanes().iter().map(|lane| lane.records()).sum()
    }

    /// Records that went into a sum of their like, because neither disk nor memory had room for more.
    pub fn merged(&self) -> u64 {
        self.merged.load(Relaxed)
    }

    /// Records lost, because they were unlike too many others even for that, or could not be kept.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Relaxed)
    }

    /// Rows the database failed on, kept in the spool's `quarantine.jsonl` (rows it put into its own quarantine are not among them).
    pub fn quarantined(&self) -> u64 {
        self.quarantined.load(Relaxed)
    }

    /// Appends that the disk refused; their records waited in memory or were dropped.
    pub fn append_failures(&self) -> u64 {
        self.append_failures.load(Relaxed)
    }

    /// Calls for which no slot was free: had the process died, nobody would have known of them.
    pub fn unwitnessed(&self) -> u64 {
        self.unwitnessed.load(Relaxed)
    }

    /// Bytes of old segments that were no records.
    pub fn damaged_bytes(&self) -> u64 {
        self.damaged_bytes.load(Relaxed)
    }

    /// How often a batch was not taken.
    pub fn sink_failures(&self) -> u64 {
        self.sink_failures.load(Relaxed)
    }

    /// Records that the operator took, because the database took none or is not to be reached from here.
    pub fn handed_over(&self) -> u64 {
        self.handed_over.load(Relaxed)
    }

    /// Why the ledger takes nothing at the moment: a word out of a small set ([`crate::SinkError::class`]), fit for a
    /// metric's label.
    pub fn trouble(&self) -> Option<&'static str> {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_trouble(&self, trouble: Option<&'static str>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    fn lanes(&self) -> &[Arc<LaneShared>] {
        self.lanes.get().map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_back_makes_no_lag_and_one_that_was_set_forward_no_panic() {
        let stats = SpoolStats::default();
        let lag = |second| stats.lag_millis(Timestamp::from_second(second).unwrap());
        assert_eq!(lag(i64::from(u32::MAX)), 0, "nothing waits");
        stats.oldest_millis.store(5_000, Relaxed);
        assert_eq!((lag(7), lag(5), lag(3), lag(-3)), (2_000, 0, 0, 0));
        assert_eq!(stats.lag_millis(Timestamp::MAX), 253_402_207_195_999);
    }
}
