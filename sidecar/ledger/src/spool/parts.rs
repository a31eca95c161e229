//! What writers and shipper share, and a lane of it.

use std::{
    collections::{BTreeMap, VecDeque},
    path::PathBuf,
    sync::{Arc, atomic::AtomicU64},
};

use super::{
    cursor::Cursor,
    lane::{LaneLimits, LaneWriter, Sync, Wake},
    lock::Lock,
    overflow::Overflow,
    published::LaneShared,
    reader::{Lane, Sealed},
    stats::SpoolStats,
};

/// What writers and shipper share.
pub(super) struct Parts {
    pub(super) dir: PathBuf,
    pub(super) numbers: Arc<AtomicU64>,
    pub(super) max_bytes: u64,
    pub(super) segment_bytes: u64,
    pub(super) max_quarantine: u64,
    pub(super) sync: Sync,
    pub(super) overflow: Arc<Overflow>,
    pub(super) wake: Arc<Wake>,
    pub(super) stats: Arc<SpoolStats>,
    pub(super) lock: Arc<Lock>,
}

/// The old segments by lane and number.
pub(super) type Old = BTreeMap<u8, VecDeque<Sealed>>;

// === impl Parts ===

impl Parts {
    /// A lane of this start: its writing end, its reading end, and what is between them.
    pub(super) fn lane(
        &self,
        lane: u8,
        old: &mut Old,
        cursor: &Cursor,
    ) -> (LaneWriter, Lane, Arc<LaneShared>) {
        let shared = Arc::new(LaneShared::default());
        let writer = LaneWriter::new(
            self.dir.clone(),
            lane,
            Arc::clone(&self.numbers),
            Arc::clone(&shared),
            LaneLimits { max_bytes: self.max_bytes, segment_bytes: self.segment_bytes, sync: self.sync },
            Arc::clone(&self.stats),
        );
        let acknowledged = cursor.position().lanes[usize::from(lane)];
        let sealed = old.remove(&lane).unwrap_or_default();
        (writer, Lane::new(lane, sealed, Some(Arc::clone(&shared)), acknowledged), shared)
    }
}
