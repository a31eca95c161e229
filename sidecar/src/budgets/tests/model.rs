//! Keepers beside a judge that does what the database's function does, while asks and answers are lost, doubled and overtaken, and
//! pods die: what is spent and set aside is never more than the limit.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;
use tollgate_crds::grant::{Ask, Grant};

use super::super::{Keeper, Reservation};

const LIMIT: u64 = 10_000;

#[derive(Clone, Debug)]
enum Action {
    /// A call that usually costs so much.
    Call(usize, u64),
    /// One of the open calls ends, at a part of what is set aside for it.
    End(usize, usize, u64),
    Ask(usize),
    /// An ask that is on its way, any of them, reaches the judge; it may do so again.
    Judge(usize, bool),
    /// An answer that is on its way reaches its pod.
    Answer(usize, bool),
    LoseAsk(usize),
    LoseAnswer(usize),
    /// The pod dies; the next has its place, as another holder.
    Die(usize),
    Expire(usize),
}

#[derive(Default)]
struct Holder {
    seq: u64,
    used: u64,
    ceiling: u64,
}

/// The rules of `tollgate_budget_grant_v1`, by one who takes his time.
#[derive(Default)]
struct Judge {
    holders: BTreeMap<usize, Holder>,
}

struct Pod {
    keeper: Keeper,
    open: Vec<(Reservation, u64)>,
}

#[derive(Default)]
struct World {
    judge: Judge,
    pods: BTreeMap<usize, Pod>,
    asks: Vec<(usize, Ask)>,
    answers: Vec<(usize, Grant)>,
    born: usize,
    now: Duration,
    /// What calls cost, by the provider's book.
    billed: u64,
    /// What pods that died had set aside: their calls may yet be billed.
    may_be_billed: u64,
}

// === impl Judge ===

impl Judge {
    fn hear(&mut self, who: usize, ask: Ask) -> Grant {
        let holder = self.holders.entry(who).or_default();
        let fresh = ask.seq > holder.seq;
        if fresh {
            holder.seq = ask.seq;
            holder.used = holder.used.max(ask.used);
            holder.ceiling = holder.used.max(holder.ceiling.min(ask.kept));
        }
        let held: u64 = self.holders.values().map(|holder| holder.ceiling).sum();
        let count = self.holders.len() as u64;
        let mut left = LIMIT.saturating_sub(held);
        let holder = self.holders.entry(who).or_default();
        if fresh {
            let share = ask.want.min(left).min(ask.need.max(left / (2 * count)));
            holder.ceiling += share;
            left -= share;
        }
        Grant { seq: holder.seq, ceiling: holder.ceiling, tight: left * 20 < LIMIT, spent: left == 0 }
    }
}

// === impl World ===

impl World {
    fn pod(&mut self, n: usize) -> (usize, &mut Pod) {
        while self.pods.len() < 4 {
            self.pods.insert(self.born, Pod { keeper: Keeper::new(100), open: Vec::new() });
            self.born += 1;
        }
        let who = *self.pods.keys().nth(n % 4).unwrap();
        (who, self.pods.get_mut(&who).unwrap())
    }

    fn act(&mut self, action: &Action) {
        self.now += Duration::from_millis(100);
        let now = self.now;
        match *action {
            Action::Call(n, usual) => {
                let (_, pod) = self.pod(n);
                if let Ok(reservation) = pod.keeper.lease().reserve(usual) {
                    pod.open.push((reservation, usual));
                } else if let Some(reservation) = pod.keeper.lease().reserve_rest(usual) {
                    // At most what was there, and that is at least one.
                    pod.open.push((reservation, 1));
                }
            }
            Action::End(n, which, part) => {
                let (_, pod) = self.pod(n);
                if !pod.open.is_empty() {
                    let (reservation, usual) = pod.open.swap_remove(which % pod.open.len());
                    let cost = usual * part / 100;
                    reservation.settle(cost);
                    self.billed += cost;
                }
            }
            Action::Ask(n) => {
                let (who, pod) = self.pod(n);
                let ask = pod.keeper.ask(now);
                self.asks.push((who, ask));
            }
            Action::Judge(n, again) if !self.asks.is_empty() => {
                let n = n % self.asks.len();
                let (who, ask) = if again { self.asks[n] } else { self.asks.swap_remove(n) };
                let grant = self.judge.hear(who, ask);
                self.answers.push((who, grant));
            }
            Action::Answer(n, again) if !self.answers.is_empty() => {
                let n = n % self.answers.len();
                let (who, grant) = if again { self.answers[n] } else { self.answers.swap_remove(n) };
                if let Some(pod) = self.pods.get_mut(&who) {
                    pod.keeper.heard(grant);
                }
            }
            Action::LoseAsk(n) if !self.asks.is_empty() => {
                self.asks.swap_remove(n % self.asks.len());
            }
            Action::LoseAnswer(n) if !self.answers.is_empty() => {
                self.answers.swap_remove(n % self.answers.len());
            }
            Action::Die(n) => {
                let (who, _) = self.pod(n);
                let pod = self.pods.remove(&who).unwrap();
                self.may_be_billed += pod.open.iter().map(|(_, usual)| usual).sum::<u64>();
            }
            Action::Expire(n) => {
                let (_, pod) = self.pod(n);
                pod.keeper.check(now + Duration::from_secs(3_600));
            }
            Action::Judge(..) | Action::Answer(..) | Action::LoseAsk(_) | Action::LoseAnswer(_) => {}
        }
    }

    /// What is billed already, and what may be.
    fn spoken_for(&self) -> u64 {
        let open = self.pods.values().flat_map(|pod| &pod.open).map(|(_, usual)| usual).sum::<u64>();
        self.billed + self.may_be_billed + open
    }
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let n = 0..64_usize;
    let action = prop_oneof![
        8 => (n.clone(), 1..800_u64).prop_map(|(pod, usual)| Action::Call(pod, usual)),
        6 => (n.clone(), n.clone(), 0..=100_u64).prop_map(|(pod, which, part)| Action::End(pod, which, part)),
        6 => n.clone().prop_map(Action::Ask),
        6 => (n.clone(), prop::bool::weighted(0.2)).prop_map(|(ask, again)| Action::Judge(ask, again)),
        6 => (n.clone(), prop::bool::weighted(0.2)).prop_map(|(answer, again)| Action::Answer(answer, again)),
        1 => n.clone().prop_map(Action::LoseAsk),
        1 => n.clone().prop_map(Action::LoseAnswer),
        1 => n.clone().prop_map(Action::Die),
        1 => n.prop_map(Action::Expire),
    ];
    prop::collection::vec(action, 1..400)
}

proptest! {
    #[test]
    fn the_limit_holds_whatever_is_lost_doubled_overtaken_or_dies(actions in actions()) {
        let mut world = World::default();
        for action in &actions {
            world.act(action);
            prop_assert!(world.spoken_for() <= LIMIT, "{} after {action:?}", world.spoken_for());
        }
    }

    #[test]
    fn pods_that_ask_in_peace_spend_the_whole_limit(usual in 1..300_u64, mut turns in 0..64_usize) {
        let mut world = World::default();
        let mut idle = 0;
        while idle < 16 {
            turns += 1;
            let (who, pod) = world.pod(turns);
            let lease = std::sync::Arc::clone(pod.keeper.lease());
            let waiting = lease.reserve(usual).err().map(|short| lease.wait_for(short));
            let ask = pod.keeper.ask(Duration::ZERO);
            let grant = world.judge.hear(who, ask);
            let (_, pod) = world.pod(turns);
            pod.keeper.heard(grant);
            drop(waiting);
            let reservation = lease.reserve(usual).ok().or_else(|| lease.reserve_rest(usual));
            idle = if reservation.is_some() { 0 } else { idle + 1 };
            drop(reservation);
        }
        let used: u64 = world.pods.values().map(|pod| pod.keeper.lease().used()).sum();
        prop_assert_eq!(used, LIMIT);
    }
}
