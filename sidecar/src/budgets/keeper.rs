//! Who talks to the judge about one lease. It is told the time and does no IO.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tollgate_crds::grant::{Ask, Grant};

use super::lease::{Lease, signed};

/// A share that nobody spoke about for so long is not spent from any more.
const LEASE: Duration = Duration::from_secs(20);
const SECOND: Duration = Duration::from_secs(1);
/// What is younger says nothing about a pace.
const BURST: Duration = Duration::from_millis(250);
/// The judge takes it back later, counted from when it heard the ask: its clock may run a little faster than ours.
const HOLD: Duration = Duration::from_secs(30);

/// What an ask asks for.
#[derive(Default)]
struct Wants {
    need: u64,
    least: u64,
    want: u64,
    closing: bool,
}

/// Keeps one lease filled, and gives back what it does not need.
#[derive(Debug)]
pub struct Keeper {
    lease: Arc<Lease>,
    /// What a pod that has not called yet has ready, while there is plenty.
    first: u64,
    seq: u64,
    ceiling: u64,
    /// What was used, and when, as the pace was last looked at.
    paced: Option<(Duration, u64)>,
    /// What a second took, by the last look.
    pace: u64,
    /// When the ask was made that nobody has answered yet. Monotonic, from any beginning.
    asked: Option<Duration>,
    /// Counted from when the last answered ask was made, not from its answer.
    expires: Option<Duration>,
    /// Near the limit: so much may be ready.
    ready: Option<u64>,
}

// === impl Keeper ===

impl Keeper {
    /// `wake`: who is to ask again. `seq`: all that was asked before for the same share, by one that is gone, has a lower number: the judge hears
    /// no other.
    pub fn new(first: u64, seq: u64, wake: Arc<Notify>) -> Self {
        Self {
            lease: Arc::new(Lease::new(wake)),
            first,
            seq,
            ceiling: 0,
            paced: None,
            pace: 0,
            asked: None,
            expires: None,
            ready: None,
        }
    }

    pub fn lease(&self) -> &Arc<Lease> {
        &self.lease
    }

    /// The next ask. An answer to an earlier one is not listened to any more: what it gave goes back, for this ask does not keep it.
    pub fn ask(&mut self, now: Duration) -> Ask {
        let pace = self.pace(self.lease.used(), now);
        let (wanted, one) = self.lease.wanted();
        // What the time to the next ask will take, twice while there is plenty.
        let ahead = match self.ready {
            None => pace.saturating_mul(2).max(self.first),
            Some(ready) => pace.min(ready),
        };
        self.lease.ask_below(i64::MIN);
        // A rest that is too small for the calls that wait goes back, too: with what others give back it may be enough for one.
        // What is enough for one of them is theirs: they have not looked yet.
        let keeps = match self.lease.free().max(0).unsigned_abs() {
            free if wanted > 0 && free >= one => ahead.max(free.min(wanted)),
            _ if wanted > 0 => 0,
            _ => ahead,
        };
        let spare = self.lease.free().saturating_sub(signed(keeps)).max(0);
        self.ceiling = self.ceiling.saturating_sub(self.lease.take(spare.unsigned_abs()));
        let free = self.lease.free().max(0).unsigned_abs();
        let need = wanted.saturating_sub(free);
        let least = if need > 0 { one.saturating_sub(free).clamp(1, need) } else { 0 };
        self.asked = Some(now);
        self.say(Wants { need, least, want: need.max(ahead.saturating_sub(free)), closing: false })
    }

    /// Gives all back that is not in use, and wants nothing.
    pub fn rest(&mut self, now: Duration) -> Ask {
        self.ceiling = self.ceiling.saturating_sub(self.lease.take(u64::MAX));
        self.asked = Some(now);
        self.say(Wants::default())
    }

    /// The last words: all that was not used comes back. Calls still in flight keep what is set aside for them as used.
    pub fn close(&mut self) -> Ask {
        self.forfeit();
        self.asked = None;
        let ask = self.say(Wants { closing: true, ..Wants::default() });
        Ask { used: ask.used.saturating_add(ask.reserved), reserved: 0, ..ask }
    }

    /// The judge's answer. Gives whether it was to the last ask, and counts.
    pub fn heard(&mut self, grant: Grant) -> bool {
        if grant.seq != self.seq {
            return false;
        }
        let Some(asked) = self.asked.take() else { return false };
        // Lower only where the judge took back what it had not heard of for long.
        self.lease.give(signed(grant.ceiling) - signed(self.ceiling));
        self.ceiling = grant.ceiling;
        self.expires = Some(asked + LEASE);
        self.ready = grant.tight.then_some(grant.ready);
        self.lease.keep_at_most(self.ready.map_or(i64::MAX, signed));
        // Near the limit there is nothing to be ready with, and calls ask for themselves; but what they cost beyond the share is to be known.
        self.lease.ask_below(if grant.tight { 0 } else { self.lease.free() / 2 });
        true
    }

    /// Stops spending from a share that has expired.
    pub fn check(&mut self, now: Duration) {
        if self.expires.is_none_or(|expires| expires <= now) {
            self.forfeit();
        }
    }

    /// What was used, and what is set aside for open calls.
    pub(super) fn spoken(&self) -> (u64, u64) {
        // Read before `used`: a call that settles in between counts as reserved and as used, never as neither.
        let free = self.lease.free();
        let used = self.lease.used();
        let both = signed(self.ceiling).saturating_sub(free).max(0).unsigned_abs();
        (used, both.saturating_sub(used))
    }

    /// What a second takes. Asks come as often as calls need them: the pace is that of a second, or of a burst that is younger.
    fn pace(&mut self, used: u64, now: Duration) -> u64 {
        let (since, used_then) = *self.paced.get_or_insert((now, used));
        let elapsed = now.saturating_sub(since);
        let millis = u64::try_from(elapsed.max(BURST).as_millis()).unwrap_or(u64::MAX);
        let pace = used.saturating_sub(used_then).saturating_mul(1_000) / millis;
        if elapsed < SECOND {
            return pace.max(self.pace);
        }
        self.paced = Some((now, used));
        self.pace = pace;
        pace
    }

    fn forfeit(&mut self) {
        self.ceiling = self.ceiling.saturating_sub(self.lease.take(u64::MAX));
    }

    fn say(&mut self, wants: Wants) -> Ask {
        let Wants { need, least, want, closing } = wants;
        self.seq += 1;
        let (used, reserved) = self.spoken();
        Ask {
            seq: self.seq,
            used,
            reserved,
            kept: self.ceiling,
            need,
            least,
            want,
            closing,
            hold_millis: u64::try_from(HOLD.as_millis()).unwrap_or(u64::MAX),
        }
    }
}
