//! That a stream lives, and how fresh our own knowledge is: encoded once for many streams.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use jiff::Timestamp;
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};
use tollgate_crds::stream::{HEARTBEAT_MILLIS, Heartbeat, Message};

use crate::{index::line, kubernetes::Freshness};

/// Streams are dealt out to groups; each group's heart beats at another moment, so that a change that comes meanwhile waits for
/// a few writes and not for those of all streams.
const GROUPS: usize = 20;

/// The hearts of all streams.
#[derive(Debug)]
pub(super) struct Heartbeats {
    freshness: Arc<Freshness>,
    groups: Vec<watch::Sender<Bytes>>,
    next: AtomicUsize,
}

// === impl Heartbeats ===

impl Heartbeats {
    pub(super) fn new(freshness: Arc<Freshness>) -> Self {
        let now = encoded(&freshness);
        let groups = (0..GROUPS).map(|_| watch::Sender::new(now.clone())).collect();
        Self { freshness, groups, next: AtomicUsize::new(0) }
    }

    /// For one stream: its line, anew each two seconds.
    pub(super) fn subscribe(&self) -> watch::Receiver<Bytes> {
        let group = self.next.fetch_add(1, Ordering::Relaxed) % GROUPS;
        self.groups[group].subscribe()
    }

    /// The line of this moment.
    pub(super) fn now(&self) -> Bytes {
        encoded(&self.freshness)
    }

    pub(super) async fn run(&self) {
        let beat = Duration::from_millis(HEARTBEAT_MILLIS);
        let groups = u32::try_from(GROUPS).unwrap_or(1);
        let mut ticks = interval(beat / groups);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            for group in &self.groups {
                ticks.tick().await;
                group.send_replace(self.now());
            }
        }
    }
}

fn encoded(freshness: &Freshness) -> Bytes {
    line(&Message::Heartbeat(Heartbeat {
        time: u64::try_from(Timestamp::now().as_millisecond()).unwrap_or_default(),
        watch_age: u64::try_from(freshness.age().as_millis()).unwrap_or(u64::MAX),
    }))
}
