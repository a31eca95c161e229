use std::collections::BTreeMap;

use super::world::Key;

/// What one call took of one budget. Times in milliseconds.
#[derive(Clone, Debug)]
pub(super) struct Paid {
    pub(super) began: u64,
    pub(super) admitted: u64,
    pub(super) ended: u64,
    pub(super) reserved: u64,
    pub(super) cost: u64,
    /// Somebody had said that it may.
    pub(super) said: bool,
}

/// What happened, as one who sees all pods at once has it.
pub(super) struct Told {
    until: u64,
    news: u64,
    tells: u64,
    limits: BTreeMap<String, u64>,
    paid: BTreeMap<Key, Vec<Paid>>,
    /// When, and what lay in pods that had died.
    refused: BTreeMap<Key, Vec<(u64, u64)>>,
    pub(super) unsaid: u64,
    pub(super) unsaid_cost: u64,
}

// === impl Told ===

impl Told {
    pub(super) fn new(
        (until, news, tells): (u64, u64, u64),
        limits: impl Iterator<Item = (String, u64)>,
    ) -> Self {
        Self {
            until,
            news,
            tells,
            limits: limits.collect(),
            paid: BTreeMap::new(),
            refused: BTreeMap::new(),
            unsaid: 0,
            unsaid_cost: 0,
        }
    }

    pub(super) fn paid(&mut self, key: Key, paid: Paid) {
        if !paid.said {
            self.unsaid += 1;
            self.unsaid_cost += paid.cost;
        }
        self.paid.entry(key).or_default().push(paid);
    }

    pub(super) fn refused(&mut self, key: Key, at: u64, stuck: u64) {
        self.refused.entry(key).or_default().push((at, stuck));
    }

    pub(super) fn billed(&self, uid: &str) -> u64 {
        let of = self.paid.iter().filter(|((budget, _), _)| budget == uid);
        of.flat_map(|(_, paid)| paid).map(|paid| paid.cost).sum()
    }

    pub(super) fn billed_of(&self, key: &Key) -> u64 {
        self.paid.get(key).map_or(0, |paid| paid.iter().map(|paid| paid.cost).sum())
    }

    /// How long calls waited for their grant, 99 of 100 no longer: those that began while a twentieth of the limit was left, and those after.
    pub(super) fn waits(&self, uid: &str) -> (u64, u64) {
        let paid: Vec<Paid> = self
            .paid
            .iter()
            .filter(|((budget, _), _)| budget == uid)
            .flat_map(|(_, paid)| paid.clone())
            .collect();
        let nearly = i64::try_from(self.limits[uid] / 20 * 19).unwrap();
        let course = Course::of(&paid, |paid| paid.admitted).0;
        let near =
            course.into_iter().find(|(_, spoken_for)| *spoken_for >= nearly).map_or(u64::MAX, |(at, _)| at);
        let of_99 = |is_near: bool| {
            let of = paid.iter().filter(|paid| paid.cost > 0 && (paid.began >= near) == is_near);
            let mut waits: Vec<u64> = of.map(|paid| paid.admitted - paid.began).collect();
            waits.sort_unstable();
            waits.get((waits.len() * 99).div_ceil(100).max(1) - 1).copied().unwrap_or(0)
        };
        (of_99(false), of_99(true))
    }

    pub(super) fn broken_promises(&self) -> Vec<String> {
        let mut broken = Vec::new();
        if self.unsaid > 0 {
            broken.push(format!("{} calls passed without an answer", self.unsaid));
        }
        if self.refused.is_empty() {
            broken.push("no budget was spent".to_owned());
        }
        for ((uid, group), refused) in &self.refused {
            let (limit, none) = (self.limits[uid], Vec::new());
            let paid = self.paid.get(&(uid.clone(), group.clone())).unwrap_or(&none);
            let mut hold = |holds: bool, what: String| {
                if !holds {
                    broken.push(format!("{uid}{group}, limit {limit}: {what}"));
                }
            };
            let billed: u64 = paid.iter().map(|paid| paid.cost).sum();
            let in_flight = in_flight(paid, limit, self.tells) + last(paid, limit);
            let over = billed.saturating_sub(limit);
            hold(over <= in_flight, format!("{over} above, calls in flight {in_flight}"));
            let unused = limit.saturating_sub(billed);
            // One that did not refuse the last call has its end before it.
            let has_ended = refused.last().is_some_and(|(at, _)| at + 1_000 > self.until);
            hold(!has_ended || unused * 100 <= limit, format!("{unused} unused"));
            // More than a hundredth was neither billed nor set aside, nor lost with a pod, for longer than the news take.
            let course = Course::of(paid, |paid| paid.began);
            let left = |at: u64, stuck| {
                limit.saturating_sub(course.most_in(at.saturating_sub(self.news), at)).saturating_sub(stuck)
            };
            let is_early = |refused: &&(u64, u64)| left(refused.0, refused.1) * 100 > limit;
            let early: Vec<u64> = refused.iter().filter(is_early).map(|refused| refused.0).collect();
            hold(
                early.is_empty(),
                format!("{} refused early, the first at {:?}", early.len(), early.first()),
            );
        }
        broken
    }
}

/// What was billed and what was set aside for open calls, together, after each change of it; `from` says since when a call counts.
struct Course(Vec<(u64, i64)>);

/// What calls cost beyond what was set aside for them, that were open when all was spent or set aside, or began later; or had ended and
/// nobody knew it yet.
fn in_flight(paid: &[Paid], limit: u64, tells: u64) -> u64 {
    let course = Course::of(paid, |paid| paid.admitted).0;
    let enough = i64::try_from(limit - limit / 100).unwrap();
    let Some((crossing, _)) = course.into_iter().find(|(_, spoken_for)| *spoken_for >= enough) else {
        return 0;
    };
    let open = paid.iter().filter(|paid| paid.ended + tells >= crossing);
    open.map(|paid| paid.cost.saturating_sub(paid.reserved)).sum()
}

/// What the last call lacks, where it is more than a hundredth of the limit.
fn last(paid: &[Paid], limit: u64) -> u64 {
    paid.iter().map(|paid| paid.reserved).max().unwrap_or(0).saturating_sub(limit / 100)
}

// === impl Course ===

impl Course {
    fn of(paid: &[Paid], from: impl Fn(&Paid) -> u64) -> Self {
        let signed = |amount: u64| i64::try_from(amount).unwrap();
        let changes = |paid: &Paid| {
            let (reserved, cost) = (signed(paid.reserved), signed(paid.cost));
            [(from(paid), reserved), (paid.ended, cost - reserved)]
        };
        let mut changes: Vec<(u64, i64)> = paid.iter().flat_map(changes).collect();
        changes.sort_unstable();
        let mut sum = 0;
        for (_, change) in &mut changes {
            sum += *change;
            *change = sum;
        }
        Self(changes)
    }

    fn most_in(&self, from: u64, to: u64) -> u64 {
        let changes = |time: u64| self.0.partition_point(|(at, _)| *at <= time);
        let most = self.0[changes(from).saturating_sub(1)..changes(to)]
            .iter()
            .map(|(_, spoken_for)| *spoken_for)
            .max();
        u64::try_from(most.unwrap_or(0)).unwrap()
    }
}
