//! The rules of `tollgate_budget_grant_v1`, by one who takes his time.

use std::collections::BTreeMap;

use tollgate_crds::grant::{Ask, Grant};

/// One budget's window, or one of its groups'.
pub(super) struct Judge {
    limit: u64,
    /// By the ledger, of which no holder has said it.
    spent_before: u64,
    holders: BTreeMap<String, Holder>,
}

#[derive(Default)]
struct Holder {
    seq: u64,
    used: u64,
    reserved: u64,
    /// Of that: granted to calls that waited, and not said to be set aside yet.
    lent: u64,
    ceiling: u64,
    /// Monotonic, in milliseconds.
    heard: u64,
    live: bool,
    /// What was taken back of one that was not heard of, and when.
    taken_back: (u64, u64),
}

/// A holder that was not heard of for so long may have no use for what it has: it is not counted on.
const COUNTED_ON: u64 = 1_500;
/// A call that was granted what it waited for may have ended by then.
const IN_FLIGHT: u64 = 200;

// === impl Judge ===

impl Judge {
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, spent_before: 0, holders: BTreeMap::new() }
    }

    /// One ask at `now`, in milliseconds.
    pub(super) fn hear(&mut self, who: &str, ask: Ask, now: u64) -> Grant {
        for holder in self.holders.values_mut().filter(|holder| holder.live && holder.heard + 30_000 < now) {
            holder.live = false;
            let kept = holder.ceiling.min(holder.used + holder.reserved);
            holder.taken_back = (holder.ceiling - kept, now);
            holder.ceiling = kept;
        }
        let holder = self.holders.entry(who.to_owned()).or_default();
        let is_news = ask.seq > holder.seq;
        if is_news {
            let used = holder.used.max(ask.used);
            let ceiling = used.max(ask.used + ask.reserved).max(holder.ceiling.min(ask.kept));
            *holder = Holder {
                seq: ask.seq,
                used,
                reserved: ask.reserved,
                lent: 0,
                ceiling,
                heard: now,
                live: !ask.closing,
                taken_back: (0, 0),
            };
        }
        let mut rest = i128::from(self.limit) - i128::from(self.spent_before) - i128::from(self.held());
        if is_news && !ask.closing {
            let granted = self.share(ask, rest);
            rest -= i128::from(granted);
            if let Some(holder) = self.holders.get_mut(who) {
                holder.ceiling += granted;
                holder.reserved += granted.min(ask.need);
                holder.lent = granted.min(ask.need);
            }
        }
        let rest = u64::try_from(rest).unwrap_or(0);
        let counted_on = |holder: &&Holder| holder.live && holder.heard + COUNTED_ON >= now;
        let set_aside = |holder: &Holder| match holder.heard + IN_FLIGHT < now {
            true => holder.reserved - holder.lent,
            false => holder.reserved,
        };
        let unused = |holder: &Holder| holder.ceiling.saturating_sub(holder.used + set_aside(holder));
        let elsewhere: u64 = self.holders.values().filter(counted_on).map(unused).sum();
        let live = self.holders.values().filter(|holder| holder.live);
        let set_aside: u64 = live.map(set_aside).sum();
        let holder = &self.holders[who];
        Grant {
            seq: holder.seq,
            ceiling: holder.ceiling,
            rest,
            tight: rest * 20 < self.limit,
            ready: (rest / 20).max(self.limit / 200) / (self.live() as u64).max(1),
            spent: (rest + elsewhere) * 100 <= self.limit,
            open: (rest + elsewhere + set_aside) * 100 > self.limit,
            again_millis: (4 * self.live() as u64).clamp(25, 1_000),
        }
    }

    fn share(&self, ask: Ask, rest: i128) -> u64 {
        let Ok(rest @ 1..) = u64::try_from(rest) else { return 0 };
        let live = self.live() as u64;
        match () {
            () if ask.need == 0 || ask.least <= rest => {
                ask.want.min(rest).min(ask.need.max(rest / (2 * live)))
            }
            // The last of a limit goes to one call, with what it lacks on top.
            () if rest * 100 > self.limit => ask.least,
            () => 0,
        }
    }

    /// The ledger had so much, some seconds ago.
    pub(super) fn settle(&mut self, billed: u64) {
        let used: u64 = self.holders.values().map(|holder| holder.used).sum();
        self.spent_before = self.spent_before.max(billed.saturating_sub(used));
    }

    fn live(&self) -> usize {
        self.holders.values().filter(|holder| holder.live).count()
    }

    fn held(&self) -> u64 {
        self.holders.values().map(|holder| holder.ceiling).sum()
    }

    /// What this one was granted and has not said to have used, until a second after it was taken back: so long nobody else knows it.
    pub(super) fn stuck_with(&self, who: &str, now: u64) -> u64 {
        self.holders.get(who).map_or(0, |holder| match holder.taken_back {
            (amount, at) if !holder.live && now < at + 1_100 => amount + holder.reserved,
            _ => holder.ceiling - holder.used,
        })
    }
}
