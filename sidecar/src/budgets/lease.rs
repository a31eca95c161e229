//! One share of one budget, as calls see it: two atomics, and whoever takes has it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::AcqRel, Ordering::Acquire, Ordering::Release};

/// A share. `free` alone decides, so that no two numbers can be read apart: it falls with each reservation and rises with each grant.
#[derive(Debug, Default)]
pub struct Lease {
    /// May be below zero: a stream that grew beyond its reservation has cost what it has cost.
    free: AtomicI64,
    used: AtomicU64,
    /// What calls wait for.
    needed: AtomicU64,
}

/// The share does not reach for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    /// What it lacks.
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
    /// Sets aside what such a call usually costs.
    pub fn reserve(self: &Arc<Self>, usual: u64) -> Result<Reservation, Short> {
        let wanted = signed(usual.max(1));
        match self.free.fetch_update(AcqRel, Acquire, |free| (free >= wanted).then(|| free - wanted)) {
            Ok(_) => Ok(Reservation { lease: Arc::clone(self), held: usual.max(1) }),
            Err(free) => Err(Short { lacks: wanted.saturating_sub(free).unsigned_abs() }),
        }
    }

    /// Sets aside what is there, if it is anything: the judge has no more to give, and a call is not refused while money is left.
    pub fn reserve_rest(self: &Arc<Self>, usual: u64) -> Option<Reservation> {
        let held = self.take(usual.max(1));
        (held > 0).then(|| Reservation { lease: Arc::clone(self), held })
    }

    /// Sets aside what is not there: the call passes although nobody could say whether it may, or because it is a cheaper one.
    pub fn overdraw(self: &Arc<Self>, usual: u64) -> Reservation {
        self.free.fetch_sub(signed(usual), AcqRel);
        Reservation { lease: Arc::clone(self), held: usual }
    }

    /// Says that a call waits for what it lacks, until the answer is dropped.
    pub fn wait_for(self: &Arc<Self>, short: Short) -> Waiting {
        self.needed.fetch_add(short.lacks, AcqRel);
        Waiting { lease: Arc::clone(self), amount: short.lacks }
    }

    pub(super) fn free(&self) -> i64 {
        self.free.load(Acquire)
    }

    pub(super) fn used(&self) -> u64 {
        self.used.load(Acquire)
    }

    pub(super) fn needed(&self) -> u64 {
        self.needed.load(Acquire)
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
        self.lease.needed.fetch_sub(self.amount, AcqRel);
    }
}

pub(super) fn signed(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}
