//! How far what one group does in one go is from what it usually does in one go, learned from all groups of an alert together: most users' groups
//! are asleep, and what comes at once is one conversation, with one model. Two weeks of one of them hold a few dozen, which say little about
//! the largest; those of fifty users hold thousands.
//!
//! A spell is what comes without a pause as long as the window; its size is the most that a window of it holds. Compared are sizes divided by the group's
//! own (the geometric mean, drawn towards that of all where it had few): who asks for single answers is not excused by another's agent.
//! What one in a thousand days of such groups has is ordinary.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use crate::{
    history::{BIN, DAY, History},
    window::Minute,
};

/// Groups of which no more of the time has anything live in spells.
const ASLEEP: f64 = 0.33;
/// Of fewer groups and spells nothing is told: what one in a thousand of their days has would be what one group did twice.
pub(crate) const FEWEST: usize = 20;
const FEWEST_SPELLS: usize = 200;
/// What is as rare as that among days on which a group does something is news, and what was there once.
const RARE: f64 = 0.001;
const TWICE: f64 = 2.0;
/// What is larger by so much than what was is the same.
const SAME: f64 = 1.3;
/// The size of all groups counts for so many spells of one's own.
const OF_ALL: f64 = 2.0;
/// Looked at are so many windows, too: what goes on is larger than what is over soon.
pub(crate) const LENGTHS: [i64; 3] = [1, 3, 6];
/// A spell of which an anomaly was told is learned from if it was no longer than so many windows: an incident goes on.
const SHORT: i64 = 3;
const LEARNED: Minute = DAY / 2;

/// One threshold's: of what is looked at and of calls, in each length.
#[derive(Debug, Default)]
pub struct Spells {
    pools: Option<[[Pool; LENGTHS.len()]; 2]>,
    until: Minute,
    /// Too few groups to learn from.
    pub few: bool,
    /// Somebody asked who got no answer.
    pub asked: bool,
}

/// How far spells are from their groups', in logarithms, sorted.
#[derive(Debug, Default)]
struct Pool {
    far: Vec<f64>,
    usual: f64,
    /// On which some group had one.
    days: f64,
}

/// One group's past, as far as spells are read from it.
#[derive(Clone, Copy)]
pub(crate) struct Lived<'a> {
    pub(crate) past: &'a History,
    /// The minute after the last; what came just now is no past yet.
    pub(crate) end: Minute,
    pub(crate) until: Minute,
    pub(crate) days: i64,
    /// When anomalies were told.
    pub(crate) told: &'a [(Minute, Minute)],
}

/// Sizes of spells, in logarithms, and the days they were on.
struct Own {
    sizes: Vec<f64>,
    days: usize,
}

// === impl Spells ===

impl Spells {
    /// Whether what came is ordinary for groups like this one, in each length; not where it does not live in spells, or too little is known of such
    /// groups. Until it is learned, a minute at most, all is.
    pub(crate) fn is_ordinary(&mut self, side: usize, own: Lived, width: i64, came: f64) -> bool {
        if self.few || came <= 0.0 || !own.is_asleep() {
            return false;
        }
        self.asked |= own.until >= self.until;
        let Some(pools) = &self.pools else { return true };
        let longer = |many: i64| came + own.past.between(own.end - many * width, own.end - width);
        LENGTHS
            .iter()
            .zip(&pools[side])
            .all(|(many, pool)| pool.is_ordinary(&own.spells(many * width), longer(*many)))
    }

    /// Learns anew if somebody asked. `all`: of each group, the sides.
    pub(crate) fn learn<'a>(
        &mut self,
        end: Minute,
        width: i64,
        all: impl Iterator<Item = [Option<Lived<'a>>; 2]> + Clone,
    ) {
        if !std::mem::take(&mut self.asked) {
            return;
        }
        let pool = |side: usize, width: i64| {
            let lived = all.clone().filter_map(|sides| sides[side]).filter(Lived::is_asleep);
            Pool::of(lived.map(|lived| lived.spells(width)).filter(|own| !own.sizes.is_empty()).collect())
        };
        self.pools = Some([0, 1].map(|side| LENGTHS.map(|many| pool(side, many * width))));
        self.until = end + LEARNED;
    }
}

// === impl Pool ===

impl Pool {
    fn of(groups: Vec<Own>) -> Self {
        let spells: usize = groups.iter().map(|own| own.sizes.len()).sum();
        if groups.len() < FEWEST || spells < FEWEST_SPELLS {
            return Self::default();
        }
        let usual =
            groups.iter().map(|own| own.sum() / own.sizes.len() as f64).sum::<f64>() / groups.len() as f64;
        let far = |own: &Own| {
            let (sum, count) = (own.sum() + OF_ALL * usual, own.sizes.len() as f64 + OF_ALL);
            // beside the others of its group: a new one is not among them
            let beside = |size: &f64| size - (sum - size) / (count - 1.0);
            own.sizes.iter().map(beside).collect::<Vec<f64>>()
        };
        let mut far: Vec<f64> = groups.iter().flat_map(far).collect();
        far.sort_by(f64::total_cmp);
        Self { far, usual, days: groups.iter().map(|own| own.days as f64).sum() }
    }

    fn is_ordinary(&self, own: &Own, came: f64) -> bool {
        let usual = (own.sum() + OF_ALL * self.usual) / (own.sizes.len() as f64 + OF_ALL);
        let far = (came / SAME).ln() - usual;
        let as_far = self.far.len() - self.far.partition_point(|other| *other < far);
        as_far as f64 >= (RARE * self.days).max(TWICE)
    }
}

// === impl Lived ===

impl Lived<'_> {
    fn from(&self) -> Minute {
        (self.until - self.days * DAY).div_euclid(BIN) * BIN
    }

    fn bins(&self) -> impl Iterator<Item = (Minute, f64)> {
        (self.from()..self.until).step_by(BIN as usize).map(|at| (at, self.past.between(at, at + BIN)))
    }

    fn is_asleep(&self) -> bool {
        let awake = self.bins().filter(|(_, came)| *came > 0.0).count();
        awake as f64 <= ASLEEP * (self.days * DAY / BIN) as f64
    }

    /// What came without a pause of so many minutes, and the most that so many had.
    fn spells(&self, width: i64) -> Own {
        let (mut sizes, mut days) = (Vec::new(), Vec::new());
        let mut open: Option<(Minute, Minute, f64)> = None;
        let mut end = |(from, until, most): (Minute, Minute, f64)| {
            let told = self.told.iter().any(|(begin, end)| *begin < until && from < *end);
            if !told || until - from <= SHORT * width {
                sizes.push(most.ln());
                days.push(from.div_euclid(DAY));
            }
        };
        for (at, came) in self.bins() {
            if came <= 0.0 {
                if open.is_some_and(|(_, until, _)| at >= until + width) {
                    open.take().into_iter().for_each(&mut end);
                }
                continue;
            }
            let sum = self.past.between(at + BIN - width, at + BIN);
            let (from, _, most) = open.unwrap_or((at, at, 0.0));
            open = Some((from, at + BIN, most.max(sum)));
        }
        open.into_iter().for_each(&mut end);
        days.dedup();
        Own { sizes, days: days.len() }
    }
}

// === impl Own ===

impl Own {
    fn sum(&self) -> f64 {
        self.sizes.iter().sum()
    }
}
