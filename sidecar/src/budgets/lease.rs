//! One share of one budget, as calls see it: two atomics, and whoever takes has it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::AcqRel, Ordering::Acquire, Ordering::Release};

use tokio::sync::Notify;

/// A share. `free` alone decides, so that no two numbers can be read apart: it falls with each reservation and rises with each grant.
#[derive(Debug)]
pub struct Lease {
    /// May be below zero: a stream that grew beyond its reservation has cost what it has cost.
    free: AtomicI64,
    used: AtomicU64,
    /// What calls that wait would set aside, and how many wait.
    wanted: AtomicU64,
    waiting: AtomicU64,
    /// More than that is not to lie here: others may need it.
    most: AtomicI64,
    /// Below that more is asked for, before a call must wait for it.
    low: AtomicI64,
    /// Who asks, and gives back.
    wake: Arc<Notify>,
}

/// The share does not reach for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    /// What it lacks; never 0.
    pub lacks: u64,
}

/// What is set aside for one call. Dropped without [`settle`](Self::settle), all of it counts as used: nobody knows better.
#[derive(Debug)]
pub struct Reservation {
    lease: Arc<Lease>,
    held: u64,
}

/// A call that waits for a grant.
#[derive(Debug)]
pub struct Waiting {
    lease: Arc<Lease>,
    amount: u64,
}

// === impl Lease ===

impl Lease {
    pub(super) fn new(wake: Arc<Notify>) -> Self {
        Self {
            free: AtomicI64::new(0),
            used: AtomicU64::new(0),
            wanted: AtomicU64::new(0),
            waiting: AtomicU64::new(0),
            most: AtomicI64::new(i64::MAX),
            low: AtomicI64::new(i64::MIN),
            wake,
        }
    }

    /// Sets aside what such a call usually costs, all of it. One that usually costs nothing passes while there is anything.
    pub fn reserve(self: &Arc<Self>, usual: u64) -> Result<Reservation, Short> {
        let (wanted, least) = (signed(usual), signed(usual.max(1)));
        match self.free.fetch_update(AcqRel, Acquire, |free| (free >= least).then(|| free - wanted)) {
            Ok(free) => {
                if free - wanted < self.low.load(Acquire) {
                    self.wake.notify_one();
                }
                Ok(Reservation { lease: Arc::clone(self), held: usual })
            }
            // What the share lacks for open calls is no need of this one: the judge counts it as gone.
            Err(free) => Err(Short { lacks: (least - free.max(0)).unsigned_abs() }),
        }
    }

    /// Sets aside what is not there: the call passes although nobody could say whether it may, or because it is a cheaper one.
    pub fn overdraw(self: &Arc<Self>, usual: u64) -> Reservation {
        self.free.fetch_sub(signed(usual), AcqRel);
        Reservation { lease: Arc::clone(self), held: usual }
    }

    /// Says that a call waits to set so much aside, until the answer is dropped.
    pub fn wait_for(self: &Arc<Self>, usual: u64) -> Waiting {
        let amount = usual.max(1);
        self.wanted.fetch_add(amount, AcqRel);
        self.waiting.fetch_add(1, AcqRel);
        Waiting { lease: Arc::clone(self), amount }
    }

    pub(super) fn free(&self) -> i64 {
        self.free.load(Acquire)
    }

    pub(super) fn used(&self) -> u64 {
        self.used.load(Acquire)
    }

    /// What all calls that wait would set aside, and what one of them would.
    pub(super) fn wanted(&self) -> (u64, u64) {
        let (wanted, waiting) = (self.wanted.load(Acquire), self.waiting.load(Acquire));
        (wanted, wanted.div_ceil(waiting.max(1)))
    }

    pub(super) fn keep_at_most(&self, most: i64) {
        self.most.store(most, Release);
    }

    /// Whether more lies here than is to, and than calls wait for that have not looked yet.
    pub(super) fn is_over(&self) -> bool {
        self.free().saturating_sub(signed(self.wanted.load(Acquire))) > self.most.load(Acquire)
    }

    pub(super) fn ask_below(&self, low: i64) {
        self.low.store(low, Release);
    }

    /// Whether less lies here than calls may soon need.
    pub(super) fn is_low(&self) -> bool {
        self.free() < self.low.load(Acquire)
    }

    /// Whether more lies here than is to, near the limit; or less than calls may soon need, or than they have cost.
    pub(super) fn is_off(&self) -> bool {
        self.is_over() || self.is_low()
    }

    /// Whether calls wait for more than lies here.
    pub(super) fn is_short(&self) -> bool {
        self.free() < signed(self.wanted.load(Acquire))
    }

    pub(super) fn give(&self, amount: i64) {
        self.free.fetch_add(amount, AcqRel);
    }

    /// Takes at most so much; gives what it got.
    pub(super) fn take(&self, most: u64) -> u64 {
        let part = |free: i64| free.clamp(0, signed(most));
        let before = self.free.fetch_update(AcqRel, Acquire, |free| Some(free - part(free)));
        part(before.unwrap_or_default()).unsigned_abs()
    }
}

// === impl Reservation ===

impl Reservation {
    /// The call has cost so much already: what is set aside grows with it, also where the share does not reach.
    pub fn cover(&mut self, cost: u64) {
        if let Some(more) = cost.checked_sub(self.held) {
            self.lease.free.fetch_sub(signed(more), AcqRel);
            self.held = cost;
        }
    }

    /// What it cost in the end.
    pub fn settle(mut self, cost: u64) {
        self.cover(cost);
        let rest = self.held - cost;
        self.held = cost;
        // Used first: what is reported as reserved for a moment too little is reported as used.
        drop_held(&mut self);
        self.lease.give(signed(rest));
        // What comes back may be given to others at once, so what is gone beyond the share is said as soon.
        if self.lease.is_off() {
            self.lease.wake.notify_one();
        }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        drop_held(self);
    }
}

fn drop_held(reservation: &mut Reservation) {
    reservation.lease.used.fetch_add(std::mem::take(&mut reservation.held), Release);
}

// === impl Waiting ===

impl Drop for Waiting {
    fn drop(&mut self) {
        self.lease.wanted.fetch_sub(self.amount, AcqRel);
        self.lease.waiting.fetch_sub(1, AcqRel);
    }
}

pub(super) fn signed(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}
