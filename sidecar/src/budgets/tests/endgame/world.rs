use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;
use std::time::Duration;

use tollgate_crds::grant::{Answered, Asking};
use tollgate_meter::Provider;

use super::super::super::holder::Attempt;
use super::super::super::patience::Patience;
use super::super::super::{Admission, Amounts, Budget, Holder, Line, Reservation, Spender, Usual, Waiting};
use super::super::judge::Judge;
use super::CALL;
use super::book::{Paid, Told};

/// What is played. Times in milliseconds.
#[derive(Clone)]
pub(super) struct Wishes {
    pub(super) seed: u64,
    pub(super) pods: usize,
    pub(super) callers: usize,
    pub(super) users: u64,
    /// How long a call takes.
    pub(super) takes: (u64, u64),
    /// How long a caller rests after one, at most.
    pub(super) rests: u64,
    /// When the first calls are made.
    pub(super) begins: (u64, u64),
    /// How long an ask takes to the judge, and its answer back.
    pub(super) hears: (u64, u64),
    /// No ask arrives, or its answer does not.
    pub(super) outages: Vec<(u64, u64)>,
    /// When a pod dies.
    pub(super) deaths: Vec<u64>,
    pub(super) until: u64,
    /// What came back is known everywhere by then.
    pub(super) news: u64,
    /// What an ended call cost beyond its reservation is known to the judge by then.
    pub(super) tells: u64,
}

pub(super) struct World {
    wishes: Wishes,
    random: u64,
    now: u64,
    budgets: Vec<Arc<Budget>>,
    judges: BTreeMap<Key, Judge>,
    pods: Vec<Pod>,
    events: BinaryHeap<Reverse<(u64, u64, Event)>>,
    numbered: u64,
    told: Told,
}

/// A budget's uid, and the group.
pub(super) type Key = (String, String);

struct Pod {
    name: String,
    dead: bool,
    line: Arc<Line>,
    holders: BTreeMap<Key, Arc<Holder>>,
    usual: Usual,
    /// The ask that is under way, and whether a call waits for it.
    asking: Option<(u64, bool)>,
    asked: u64,
    woken: bool,
    /// When all shares are spoken of again.
    next: u64,
    callers: Vec<Caller>,
}

#[derive(Default)]
struct Caller {
    began: u64,
    user: String,
    /// Counts looks, so that one that was overtaken is none.
    look: u64,
    patience: Option<Patience>,
    waiting: Option<Waiting>,
    /// Set aside so far, by budget.
    parts: Vec<(Key, Reservation, Paid)>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Begin(usize, usize),
    Look(usize, usize, u64),
    End(usize, usize),
    Second(usize),
    /// What a pod asked in which ask, and when first.
    Ask(usize, u64, u64, Said),
    Answer(usize, u64, Said),
    /// The leader reads the ledger, and counts later what nobody said.
    Read,
    Settle(Vec<(Key, u64)>),
    Die,
}

/// Asks or answers, as they travel.
struct Said(Vec<Asking>, Vec<Answered>);

const FEATURE: &str = "chat";
const MODEL: &str = "gpt-4o";
const WINDOW: (i64, i64) = (1_000, i64::MAX);

// === impl Said ===

/// Events of one moment happen in the order in which they were made: what is said does not decide.
impl PartialEq for Said {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Said {}

impl PartialOrd for Said {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Said {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

// === impl Wishes ===

impl Default for Wishes {
    fn default() -> Self {
        Self {
            seed: 1,
            pods: 1,
            callers: 1,
            users: 1,
            takes: (20, 60),
            rests: 0,
            begins: (0, 2_000),
            hears: (1, 11),
            outages: Vec::new(),
            deaths: Vec::new(),
            until: 12_000,
            news: 300,
            tells: 50,
        }
    }
}

// === impl World ===

impl World {
    pub(super) fn new(budgets: Vec<Arc<Budget>>, wishes: Wishes) -> Self {
        let pod = |n: usize| Pod {
            name: format!("pod-{n}"),
            dead: false,
            line: connected(),
            holders: BTreeMap::new(),
            usual: Usual::default(),
            asking: None,
            asked: 0,
            woken: false,
            next: 0,
            callers: (0..wishes.callers).map(|_| Caller::default()).collect(),
        };
        Self {
            random: wishes.seed,
            now: 0,
            judges: BTreeMap::new(),
            pods: (0..wishes.pods).map(pod).collect(),
            events: BinaryHeap::new(),
            numbered: 0,
            told: Told::new(
                (wishes.until, wishes.news, wishes.tells),
                budgets.iter().map(|budget| (budget.told.uid.clone(), budget.told.limit)),
            ),
            budgets,
            wishes,
        }
    }

    pub(super) fn play(mut self) -> Told {
        for pod in 0..self.pods.len() {
            let second = self.below(1_000);
            self.after(second, Event::Second(pod));
            // What everybody shares is asked for before the first call is there.
            for budget in self.budgets.iter().filter(|budget| !budget.is_grouped()) {
                let key = (budget.told.uid.clone(), String::new());
                let holder = Holder::new(Arc::clone(budget), String::new(), Arc::clone(&self.pods[pod].line));
                self.pods[pod].holders.insert(key, Arc::new(holder));
            }
            for caller in 0..self.wishes.callers {
                let begin = self.between(self.wishes.begins);
                self.after(begin, Event::Begin(pod, caller));
            }
        }
        self.after(15_000, Event::Read);
        for at in self.wishes.deaths.clone() {
            self.after(at, Event::Die);
        }
        while let Some(Reverse((at, _, event))) = self.events.pop() {
            if at > self.wishes.until {
                break;
            }
            self.now = at;
            self.happens(event);
        }
        self.told
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Begin(pod, _) | Event::Look(pod, ..) | Event::Second(pod) | Event::Answer(pod, ..)
                if self.pods[pod].dead => {}
            Event::Begin(pod, n) => {
                let user = format!("user-{}", self.below(self.wishes.users));
                let look = self.pods[pod].callers[n].look;
                self.pods[pod].callers[n] = Caller { began: self.now, user, look, ..Caller::default() };
                self.look(pod, n);
            }
            Event::Look(pod, n, look) if self.pods[pod].callers[n].look == look => self.look(pod, n),
            Event::Look(..) => {}
            Event::End(pod, n) => self.end(pod, n),
            Event::Second(pod) => {
                self.after(1_000, Event::Second(pod));
                self.ask(pod);
            }
            Event::Ask(pod, number, first, said) => self.arrives(pod, number, first, said),
            // It has given way to another.
            Event::Answer(pod, number, _)
                if self.pods[pod].asking.is_none_or(|(asking, _)| asking != number) => {}
            Event::Answer(pod, _, Said(_, answers)) => {
                let now = Duration::from_millis(self.now);
                self.pods[pod].line.answered(now);
                for answered in &answers {
                    let key = (answered.budget.clone(), answered.group.clone());
                    let holder = self.pods[pod].holders.get(&key);
                    if holder.is_some_and(|holder| holder.heard(answered, now)) {
                        self.pods[pod].woken = true;
                    }
                }
                self.answered(pod);
            }
            Event::Read => {
                self.after(15_000, Event::Read);
                let billed = self.judges.keys().map(|key| (key.clone(), self.told.billed_of(key))).collect();
                self.after(10_000, Event::Settle(billed));
            }
            Event::Settle(billed) => {
                for (key, billed) in billed {
                    self.judges.get_mut(&key).unwrap().settle(billed);
                }
            }
            Event::Die => {
                let pod = usize::try_from(self.below(self.wishes.pods as u64)).unwrap();
                self.pods[pod].dead = true;
            }
        }
    }

    /// A call looks at its budgets, one after the other.
    fn look(&mut self, pod: usize, n: usize) {
        let clock = (Duration::from_millis(self.now), 2_000);
        let usual = self.pods[pod].usual.of(FEATURE, MODEL).map_or(CALL / 5, |usual| usual.cost);
        loop {
            let caller = &mut self.pods[pod].callers[n];
            caller.waiting = None;
            caller.look += 1;
            let Some(budget) = self.budgets.get(caller.parts.len()).cloned() else { break };
            let spender = Spender {
                namespace: Some("shop"),
                feature: FEATURE,
                user: Some(&caller.user),
                provider: Provider::OpenAi,
                model: Some(MODEL),
            };
            let key = (budget.told.uid.clone(), budget.group(&spender));
            let Pod { line, holders, .. } = &mut self.pods[pod];
            let new = || Arc::new(Holder::new(budget, key.1.clone(), Arc::clone(line)));
            let holder = holders.entry(key.clone()).or_insert_with(new).clone();
            let caller = &mut self.pods[pod].callers[n];
            let patience = caller.patience.get_or_insert_with(|| Patience::new(clock.0));
            let paid = Paid {
                began: caller.began,
                admitted: self.now,
                ended: 0,
                reserved: usual,
                cost: 0,
                said: true,
            };
            match holder.attempt(patience, usual, clock) {
                Attempt::Done(Admission::Passes(part)) => caller.parts.push((key, part, paid)),
                Attempt::Done(Admission::PassesUnsaid(part)) => {
                    caller.parts.push((key, part, Paid { said: false, ..paid }));
                }
                Attempt::Done(Admission::Spent { .. } | Admission::Unknown) => {
                    for (key, part, paid) in caller.parts.drain(..) {
                        part.settle(0);
                        self.told.paid(key, Paid { ended: self.now, ..paid });
                    }
                    let judge = self.judges.get(&key);
                    let dead = self.pods.iter().filter(|pod| pod.dead);
                    let stuck =
                        dead.map(|pod| judge.map_or(0, |judge| judge.stuck_with(&pod.name, self.now))).sum();
                    self.told.refused(key, self.now, stuck);
                    self.rest(pod, n, 50);
                    return;
                }
                Attempt::Waits { lease, ask, until } => {
                    caller.waiting = Some(lease.wait_for(usual));
                    let look = caller.look;
                    let until = u64::try_from(until.as_millis()).unwrap().max(self.now + 1);
                    self.after(until - self.now, Event::Look(pod, n, look));
                    if ask {
                        holder.ask_soon();
                        self.ask(pod);
                    }
                    return;
                }
            }
            self.pods[pod].callers[n].patience = None;
        }
        if self.pods[pod].holders.values().any(|holder| holder.is_off()) {
            self.ask(pod);
        }
        let takes = self.between(self.wishes.takes);
        self.after(takes, Event::End(pod, n));
    }

    fn end(&mut self, pod: usize, n: usize) {
        let cost = CALL / 4 + self.below(CALL * 3 / 2);
        let Pod { dead, callers, usual, holders, .. } = &mut self.pods[pod];
        for (key, part, paid) in callers[n].parts.drain(..) {
            // What a dead pod's call cost is billed, and told by nobody.
            if !*dead {
                part.settle(cost);
            }
            self.told.paid(key, Paid { ended: self.now, cost, ..paid });
        }
        let is_off = !*dead && holders.values().any(|holder| holder.is_off());
        usual.learn(&FEATURE.into(), MODEL, Amounts { cost, tokens: 0 });
        if is_off {
            self.ask(pod);
        }
        let rests = self.below(self.wishes.rests + 1);
        self.rest(pod, n, rests);
    }

    fn rest(&mut self, pod: usize, n: usize, rests: u64) {
        self.after(rests, Event::Begin(pod, n));
    }

    fn ask(&mut self, pod: usize) {
        let asking = &mut self.pods[pod];
        match asking.asking {
            Some((_, false)) if asking.callers.iter().any(|caller| caller.waiting.is_some()) => {
                asking.next = self.now
            }
            Some(_) => {
                asking.woken = true;
                return;
            }
            None => {}
        }
        let is_second = self.now >= asking.next;
        if is_second {
            asking.next = self.now + 1_000;
        }
        let (mut asks, now) = (Vec::new(), Duration::from_millis(self.now));
        asking.holders.retain(|_, holder| {
            holder.asks(now, is_second, &mut asks);
            !(is_second && holder.is_done(2_000) && Arc::strong_count(holder) == 1)
        });
        if !asks.is_empty() {
            let is_urgent = asks.iter().any(|asking| asking.ask.need > 0);
            asking.asked += 1;
            asking.asking = Some((asking.asked, is_urgent));
            let number = asking.asked;
            let takes = self.between(self.wishes.hears);
            self.after(takes, Event::Ask(pod, number, self.now, Said(asks, Vec::new())));
        }
    }

    fn arrives(&mut self, pod: usize, number: u64, first: u64, Said(asks, _): Said) {
        let is_out = self.wishes.outages.iter().any(|(from, to)| (*from..*to).contains(&self.now));
        if is_out && self.pods[pod].asking.is_none_or(|(asking, _)| asking != number) {
            return;
        }
        if is_out && self.now > first + 1_000 {
            self.pods[pod].line.fell_silent();
            return self.answered(pod);
        }
        let is_judged = !is_out || self.below(2) == 0;
        let answers: Vec<Answered> =
            if is_judged { asks.iter().map(|asking| self.judge(pod, asking)).collect() } else { Vec::new() };
        let takes = self.between(self.wishes.hears);
        match is_out {
            false => self.after(takes, Event::Answer(pod, number, Said(asks, answers))),
            true => self.after(10 + takes, Event::Ask(pod, number, first, Said(asks, Vec::new()))),
        }
    }

    fn judge(&mut self, pod: usize, Asking { key, ask }: &Asking) -> Answered {
        let limit = self.budgets.iter().find(|budget| budget.told.uid == key.budget).unwrap().told.limit;
        let judge = self.judges.entry((key.budget.clone(), key.group.clone()));
        let grant = judge.or_insert_with(|| Judge::new(limit)).hear(&self.pods[pod].name, *ask, self.now);
        Answered {
            budget: key.budget.clone(),
            group: key.group.clone(),
            asked_start: key.window_start,
            window_start: WINDOW.0,
            window_end: WINDOW.1,
            grant: Some(grant),
        }
    }

    /// An ask is over: who waits looks again.
    fn answered(&mut self, pod: usize) {
        self.pods[pod].asking = None;
        // Whoever of them is first.
        if self.below(2) == 0 && std::mem::take(&mut self.pods[pod].woken) {
            self.ask(pod);
        }
        for n in 0..self.wishes.callers {
            if self.pods[pod].callers[n].waiting.is_some() {
                self.look(pod, n);
            }
        }
        if std::mem::take(&mut self.pods[pod].woken) {
            self.ask(pod);
        }
    }

    fn after(&mut self, millis: u64, event: Event) {
        self.numbered += 1;
        self.events.push(Reverse((self.now + millis, self.numbered, event)));
    }

    fn between(&mut self, (least, most): (u64, u64)) -> u64 {
        least + self.below(most - least)
    }

    /// splitmix64.
    fn below(&mut self, bound: u64) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }
}

fn connected() -> Arc<Line> {
    let line = Line::default();
    line.connected(true);
    Arc::new(line)
}
