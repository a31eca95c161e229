//! From the spool to the ledger, on a thread of its own.

mod memory;
mod quarantine;

use std::{
    fs::File,
    future::Future,
    path::PathBuf,
    pin::pin,
    sync::{Arc, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::time::{sleep, timeout};

use super::{
    batch::{Batch, Limits},
    cursor::{Cursor, CursorState, FileMark},
    lane::{LaneWriter, Wake},
    lock::Lock,
    overflow::Overflow,
    parts::Parts,
    reader::Lane,
    stats::SpoolStats,
};
use crate::{
    random::FastRandom,
    sink::{Shipped, Sink, SinkError},
};

/// Reads what the workers wrote and sees that the ledger gets it, once.
#[derive(Debug)]
pub struct Shipper {
    dir: PathBuf,
    lanes: Vec<Lane>,
    /// Where records out of memory go when the ledger does not take them.
    memory: LaneWriter,
    cursor: Cursor,
    cursor_state: CursorState,
    /// The ledger's file as it is acknowledged.
    mark: FileMark,
    /// For each writer, its slots' files.
    slot_files: Vec<Vec<Arc<File>>>,
    overflow: Arc<Overflow>,
    wake: Arc<Wake>,
    stats: Arc<SpoolStats>,
    batch: Batch,
    /// The lane that is read first next time, so that none starves.
    turn: usize,
    random: FastRandom,
    /// The last commit of the cursor failed, and that was said.
    cursor_fails: bool,
    max_quarantine: u64,
    /// How many lost records the log knows of, and since when.
    dropped_said: u64,
    dropped_said_at: Option<Instant>,
    _lock: Arc<Lock>,
}

/// Within this a line must be on its way: 100 ms are promised from the call's end to the line.
const TICK: Duration = Duration::from_millis(40);
/// For how many ticks after its last record the shipper looks again by itself.
const AWAKE_TICKS: u32 = 25;
/// Between two lines of the log about lost records.
const TELL_OF_LOST: Duration = Duration::from_secs(60);
/// While nobody has told where the ledger is, records that had to wait in memory are looked after this often.
const LOOK: Duration = Duration::from_secs(1);
/// A retry waits a random time below a bound that begins here and doubles.
const FIRST_WAIT: Duration = Duration::from_millis(100);

// === impl Shipper ===

impl Shipper {
    pub(super) fn new(
        parts: Parts,
        lanes: Vec<Lane>,
        memory: LaneWriter,
        cursor: Cursor,
        cursor_state: CursorState,
        slot_files: Vec<Vec<Arc<File>>>,
        random: FastRandom,
    ) -> Self {
        let Parts {
            dir,
            numbers: _,
            max_bytes: _,
            segment_bytes: _,
            max_quarantine,
            sync: _,
            overflow,
            wake,
            stats,
            lock,
        } = parts;
        let mark = cursor.position().file;
        Self {
            dir,
            lanes,
            memory,
            cursor,
            cursor_state,
            mark,
            slot_files,
            overflow,
            wake,
            stats,
            batch: Batch::default(),
            turn: 0,
            random,
            cursor_fails: false,
            max_quarantine,
            dropped_said: 0,
            dropped_said_at: None,
            _lock: lock,
        }
    }

    /// Ships until `shutdown` comes, then what is left, at most for `grace`. Gives how many records stay on the spool, for
    /// the next start.
    pub async fn run(mut self, mut sink: Sink, shutdown: impl Future<Output = ()>, grace: Duration) -> u64 {
        self.look_back();
        if let Err(error) = self.prepare(&mut sink) {
            self.fail(&error);
        }
        let mut shutdown = pin!(shutdown);
        tokio::select! {
            () = &mut shutdown => {}
            () = self.ship_forever(&mut sink) => {}
        }
        sink.hurry();
        let _ = timeout(grace, self.ship_the_rest(&mut sink)).await;
        sink.close().await;
        self.rescue();
        self.stats.waiting_records()
    }

    async fn ship_forever(&mut self, sink: &mut Sink) {
        let mut failures = 0;
        loop {
            if self.has_work() {
                self.linger(sink, 0).await;
            } else if self.stays_awake().await {
                // The tick that found it was its first.
                self.linger(sink, 1).await;
            } else {
                self.wait_for_work(sink).await;
                self.linger(sink, 0).await;
            }
            if sink.is_unknown() {
                self.fail(&SinkError::Untold);
                self.rescue();
                let _looks_again = timeout(LOOK, sink.news()).await;
                continue;
            }
            match self.ship(sink).await {
                Ok(_) => failures = 0,
                Err(error) => {
                    self.fail(&error);
                    self.rescue();
                    // A new way in is tried at once: perhaps it is what was wrong.
                    let _news = timeout(self.backoff(failures, sink.longest_wait()), sink.news()).await;
                    failures += 1;
                }
            }
        }
    }

    /// Everything there is, without waiting for more.
    async fn ship_the_rest(&mut self, sink: &mut Sink) {
        while !sink.is_unknown() {
            match self.ship(sink).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    self.fail(&error);
                    sleep(TICK).await;
                }
            }
        }
    }

    /// One batch: the one that failed before, or a new one. False if there was nothing to read.
    pub(super) async fn ship(&mut self, sink: &mut Sink) -> Result<bool, SinkError> {
        let any = self.ship_without_acknowledging(sink).await?;
        // Also of nothing: damage that was skipped moves the cursor, too.
        self.acknowledge();
        if any {
            self.recover();
        }
        Ok(any)
    }

    /// The first half of [`Shipper::ship`]: the ledger has the batch, and the spool does not know yet.
    pub(super) async fn ship_without_acknowledging(&mut self, sink: &mut Sink) -> Result<bool, SinkError> {
        if self.batch.is_empty() {
            self.fill(sink.limits())?;
        }
        if self.batch.is_empty() {
            let skipped = !self.batch.ends.is_empty();
            if let Sink::File(file) = sink
                && !skipped
            {
                self.mark = file.drained().unwrap_or(self.mark);
            }
            return Ok(skipped);
        }
        self.prepare(sink)?;
        match sink {
            Sink::None => {}
            Sink::File(file) => self.mark = file.append(&self.batch, Timestamp::now())?,
            Sink::Postgres(postgres) => {
                let poisoned = postgres.ship(&self.batch).await?;
                self.quarantine(&poisoned);
            }
            Sink::Pod(pod) => match pod.ship(&self.batch).await? {
                Shipped::Database(poisoned) => self.quarantine(&poisoned),
                Shipped::Operator => {
                    self.stats.handed_over.fetch_add(self.batch.len() as u64, Relaxed);
                }
            },
        }
        Ok(true)
    }

    /// Sees that the ledger's file is open, which also mends what a crash left of it.
    fn prepare(&mut self, sink: &mut Sink) -> Result<(), SinkError> {
        if let Sink::File(file) = sink {
            let lost = self.cursor_state == CursorState::Lost;
            if let Some(mark) = file.open(self.mark, lost)? {
                // Before anything is appended: whatever then stands behind this is ours and not acknowledged.
                self.mark = mark;
                self.commit();
            }
        }
        Ok(())
    }

    fn has_work(&mut self) -> bool {
        if !self.batch.is_empty() || self.stats.memory_records() > 0 {
            return true;
        }
        // One that cannot be looked at is work: reading it says why.
        self.lanes.iter_mut().any(|lane| lane.has_more(&self.dir).unwrap_or(true))
    }

    /// Whether work comes within the next second. Nobody has to wake who is awake: under steady traffic, however thin,
    /// no call pays the system call that waking costs.
    async fn stays_awake(&mut self) -> bool {
        self.stats.oldest_millis.store(0, Relaxed);
        for _ in 0..AWAKE_TICKS {
            sleep(TICK).await;
            if self.has_work() {
                return true;
            }
        }
        false
    }

    async fn wait_for_work(&mut self, sink: &mut Sink) {
        let wake = Arc::clone(&self.wake);
        if let Some(patience) = sink.closes_after() {
            if timeout(patience, wake.sleep(|| !self.has_work())).await.is_ok() {
                return;
            }
            sink.close().await;
        }
        wake.sleep(|| !self.has_work()).await;
    }

    /// Waits a moment for more to come, unless there is enough; less by the ticks that went by already.
    async fn linger(&mut self, sink: &Sink, gone: u32) {
        if !self.batch.is_empty() {
            return; // a retry
        }
        for _ in gone..sink.ticks() {
            if self.stats.waiting_records() >= sink.enough() {
                return;
            }
            sleep(TICK).await;
        }
    }

    fn fill(&mut self, limits: Limits) -> Result<(), SinkError> {
        self.batch.clear();
        let batch = &mut self.batch;
        self.overflow.peek(|waiting| {
            let room = batch.has_room(limits);
            if room {
                batch.push(&waiting.row, waiting.at_millis);
                batch.from_memory += 1;
            }
            room
        });
        let mut failed = None;
        for step in 0..self.lanes.len() {
            let place = (self.turn + step) % self.lanes.len();
            if !batch.has_room(limits) {
                break;
            }
            if let Err(source) = self.lanes[place].read(&self.dir, place, batch, limits, &self.stats) {
                failed = Some(source);
            }
        }
        self.turn = self.turn.wrapping_add(1) % self.lanes.len().max(1);
        self.stats.oldest_millis.store(batch.oldest_millis().unwrap_or(0), Relaxed);
        match failed {
            // What can be read goes on; a lane that cannot is told of when it is all there is.
            Some(source) if batch.is_empty() => Err(SinkError::Spool { source }),
            _ => Ok(()),
        }
    }

    /// The ledger has the batch.
    fn acknowledge(&mut self) {
        self.acknowledge_memory();
        for &(place, end) in &self.batch.ends {
            self.lanes[place].acknowledge(end);
            self.stats.acknowledged_records.fetch_add(end.records, Relaxed);
            self.stats.acknowledged_bytes.fetch_add(end.bytes, Relaxed);
        }
        self.batch.clear();
        self.commit();
    }

    fn commit(&mut self) {
        let mut position = *self.cursor.position();
        position.file = self.mark;
        for lane in &self.lanes {
            position.lanes[usize::from(lane.index)] = lane.acknowledged();
        }
        match self.cursor.commit(position) {
            Ok(()) => self.cursor_fails = false,
            Err(error) if !self.cursor_fails => {
                self.cursor_fails = true;
                tracing::warn!(%error, "the spool's cursor cannot be written: after a crash, records would be sent again");
            }
            Err(_) => {}
        }
    }

    fn fail(&mut self, error: &SinkError) {
        if !matches!(error, SinkError::Untold) {
            self.stats.sink_failures.fetch_add(1, Relaxed);
        }
        self.tell_of_lost(Instant::now());
        if self.stats.trouble() != Some(error.class()) {
            self.stats.set_trouble(Some(error.class()));
            let error = error as &dyn std::error::Error;
            tracing::warn!(error, "the ledger takes nothing; records wait on the spool, calls go on");
        }
    }

    /// Records that nobody had room for, or none but in a sum: once a minute, not a line each.
    fn tell_of_lost(&mut self, now: Instant) {
        let (merged, dropped) = (self.stats.merged(), self.stats.dropped());
        let is_due = |at: Instant| now.saturating_duration_since(at) >= TELL_OF_LOST;
        if merged + dropped > self.dropped_said && self.dropped_said_at.is_none_or(is_due) {
            (self.dropped_said, self.dropped_said_at) = (merged + dropped, Some(now));
            tracing::error!(
                merged,
                lost = dropped,
                "the ledger takes nothing, and neither spool nor memory has room for more: calls are kept as sums (tokens and \
                 cost exact, users and single calls are not told apart). Let the ledger take records, or give the spool more room"
            );
        }
    }

    fn recover(&mut self) {
        self.tell_of_lost(Instant::now());
        if self.stats.trouble().is_some() {
            self.stats.set_trouble(None);
            tracing::info!(waiting = self.stats.waiting_records(), "the ledger takes records again");
        }
    }

    fn backoff(&mut self, failures: u32, longest: Duration) -> Duration {
        let bound = FIRST_WAIT.saturating_mul(1 << failures.min(16)).min(longest);
        let micros = u64::try_from(bound.as_micros()).unwrap_or(u64::MAX).max(1);
        TICK / 4 + Duration::from_micros(self.random.next() % micros)
    }

    /// What lies there from before, counted and said.
    pub(super) fn look_back(&mut self) {
        if self.cursor_state == CursorState::Lost {
            tracing::warn!(
                "the spool's cursor is damaged: what lies there is sent again (the ledger takes each id once)"
            );
        }
        for lane in &self.lanes {
            if let Err(error) = lane.count_backlog(&self.stats) {
                tracing::warn!(%error, "what lies on the spool cannot be counted");
            }
        }
        let waiting = self.stats.waiting_records();
        if waiting > 0 {
            tracing::info!(waiting, "records of an earlier start lie on the spool");
        }
    }
}
