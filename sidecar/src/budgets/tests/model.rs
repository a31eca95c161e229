//! Keepers beside a judge that does what the database's function does, while asks and answers are lost, doubled and overtaken, and
//! pods die: what is spent and set aside is never more than the limit, and what one call lacks of its own on top.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use tollgate_crds::grant::{Ask, Grant};

use super::super::{Keeper, Reservation, Waiting};
use super::judge::Judge;

const LIMIT: u64 = 10_000;
const MOST: u64 = 800;

#[derive(Clone, Debug)]
enum Action {
    /// A call that usually costs so much; it waits where the share does not reach.
    Call(usize, u64),
    /// One of the waiting calls looks again, or gives up.
    Look(usize, bool),
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

struct Pod {
    keeper: Keeper,
    open: Vec<(Reservation, u64)>,
    waiting: Vec<(Waiting, u64)>,
}

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

// === impl World ===

impl World {
    fn new() -> Self {
        Self {
            judge: Judge::new(LIMIT),
            pods: BTreeMap::new(),
            asks: Vec::new(),
            answers: Vec::new(),
            born: 0,
            now: Duration::ZERO,
            billed: 0,
            may_be_billed: 0,
        }
    }

    /// It never gives up a pod: that those stop spending in time is a test of their keepers.
    fn hear(&mut self, who: usize, ask: Ask) -> Grant {
        self.judge.hear(&who.to_string(), ask, 0)
    }

    fn pod(&mut self, n: usize) -> (usize, &mut Pod) {
        while self.pods.len() < 4 {
            self.pods.insert(
                self.born,
                Pod { keeper: Keeper::new(100, 0, Arc::default()), open: Vec::new(), waiting: Vec::new() },
            );
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
                match pod.keeper.lease().reserve(usual) {
                    Ok(reservation) => pod.open.push((reservation, usual)),
                    Err(_) => pod.waiting.push((pod.keeper.lease().wait_for(usual), usual)),
                }
            }
            Action::Look(n, gives_up) => {
                let (_, pod) = self.pod(n);
                if let Some((_waiting, usual)) = pod.waiting.pop() {
                    match pod.keeper.lease().reserve(usual) {
                        Ok(reservation) => pod.open.push((reservation, usual)),
                        Err(_) if gives_up => {}
                        Err(_) => pod.waiting.push((pod.keeper.lease().wait_for(usual), usual)),
                    }
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
                let grant = self.hear(who, ask);
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
        8 => (n.clone(), 1..MOST).prop_map(|(pod, usual)| Action::Call(pod, usual)),
        4 => (n.clone(), prop::bool::weighted(0.3)).prop_map(|(pod, gives_up)| Action::Look(pod, gives_up)),
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
        let mut world = World::new();
        for action in &actions {
            world.act(action);
            prop_assert!(world.spoken_for() <= LIMIT + MOST, "{} after {action:?}", world.spoken_for());
        }
    }

    #[test]
    fn pods_that_ask_in_peace_spend_the_whole_limit(usual in 1..300_u64, mut turns in 0..64_usize) {
        let mut world = World::new();
        let mut idle = 0;
        while idle < 16 {
            turns += 1;
            let (who, pod) = world.pod(turns);
            let lease = Arc::clone(pod.keeper.lease());
            let waiting = lease.wait_for(usual);
            let ask = pod.keeper.ask(Duration::ZERO);
            let grant = world.hear(who, ask);
            let (_, pod) = world.pod(turns);
            pod.keeper.heard(grant);
            drop(waiting);
            let reservation = lease.reserve(usual).ok();
            idle = if reservation.is_some() { 0 } else { idle + 1 };
            drop(reservation);
        }
        let used: u64 = world.pods.values().map(|pod| pod.keeper.lease().used()).sum();
        prop_assert!((LIMIT - LIMIT / 100..LIMIT + usual).contains(&used), "{used}");
    }
}
