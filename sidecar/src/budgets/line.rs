//! Whether somebody answers this pod about budgets: what all its shares know together.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Acquire, Ordering::Relaxed, Ordering::Release};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// The way to the judge; one a pod.
#[derive(Debug)]
pub struct Line {
    /// All times are counted from then.
    since: Instant,
    /// A call waits, or something is to be given back.
    wake: Arc<Notify>,
    /// So many keepers have begun to ask.
    keepers: AtomicU64,
    /// A call waits that no ask on its way is for.
    hurried: AtomicBool,
    hurry: Notify,
    /// When the judge last answered about any share, in milliseconds and one more; 0 is never.
    answered: AtomicU64,
    /// The last ask was not answered.
    silent: AtomicBool,
    /// A replica is connected, and its heart beats.
    connected: AtomicBool,
}

/// More than one keeper asks in its life.
const ASKS: u64 = 1 << 24;

/// As it is now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Heard {
    /// When the judge last answered about any share.
    pub(super) at: Option<Duration>,
    pub(super) silent: bool,
    pub(super) connected: bool,
}

// === impl Line ===

impl Line {
    pub(super) fn now(&self) -> Duration {
        self.since.elapsed()
    }

    /// Higher than that of any ask of this pod until now.
    pub(super) fn number(&self) -> u64 {
        self.keepers.fetch_add(1, Relaxed) * ASKS
    }

    pub(super) fn at(&self, time: Duration) -> Instant {
        self.since + time
    }

    pub(super) fn wake(&self) {
        self.wake.notify_one();
    }

    /// A call waits: an ask that is on its way for nobody is not waited for.
    pub(super) fn hurry(&self) {
        self.hurried.store(true, Release);
        self.hurry.notify_waiters();
        self.wake();
    }

    /// Whoever waits from now on has not been asked for.
    pub(super) fn take_hurry(&self) {
        self.hurried.store(false, Release);
    }

    /// Until a call waits.
    pub(super) async fn hurried(&self) {
        loop {
            let told = self.hurry.notified();
            if self.hurried.load(Acquire) {
                return;
            }
            told.await;
        }
    }

    pub(super) fn waker(&self) -> &Arc<Notify> {
        &self.wake
    }

    pub(super) fn answered(&self, now: Duration) {
        self.answered.store(millis(now) + 1, Relaxed);
        self.silent.store(false, Relaxed);
    }

    pub(super) fn fell_silent(&self) {
        self.silent.store(true, Relaxed);
    }

    /// A replica is there, or gone. A new one has not been silent yet.
    pub(super) fn connected(&self, is: bool) {
        self.connected.store(is, Relaxed);
        if is {
            self.silent.store(false, Relaxed);
        }
    }

    pub(super) fn heard(&self) -> Heard {
        let at = self.answered.load(Relaxed).checked_sub(1);
        Heard {
            at: at.map(Duration::from_millis),
            silent: self.silent.load(Relaxed),
            connected: self.connected.load(Relaxed),
        }
    }
}

impl Default for Line {
    fn default() -> Self {
        Self {
            since: Instant::now(),
            wake: Arc::default(),
            keepers: AtomicU64::default(),
            hurried: AtomicBool::default(),
            hurry: Notify::default(),
            answered: AtomicU64::default(),
            silent: AtomicBool::default(),
            connected: AtomicBool::default(),
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX - 1)
}
