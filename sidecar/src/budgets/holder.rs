//! This pod's share of one budget, or of one of its groups: the window that it is, and what calls are told.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tokio::sync::watch;
use tollgate_crds::grant::{Answered, Asking, BudgetKey};

use super::keeper::Keeper;
use super::lease::{Lease, Reservation};
use super::line::Line;
use super::patience::{Patience, Said, Step};
use super::scope::Budget;

/// A share, through all its windows.
#[derive(Debug)]
pub struct Holder {
    /// As it was told last.
    budget: ArcSwap<Budget>,
    group: String,
    /// The present window's.
    lease: ArcSwap<Lease>,
    line: Arc<Line>,
    /// A call waits that nobody was asked for yet, or not lately.
    asks: AtomicBool,
    /// Counts answers, and asks that had none.
    answers: watch::Sender<u64>,
    talk: Mutex<Talk>,
}

/// What is said to the judge, by one task.
#[derive(Debug)]
struct Talk {
    window_start: i64,
    keeper: Keeper,
    /// Of windows that are over: their last words.
    closing: Vec<Asking>,
    said: Said,
    /// Another window, of which nothing was asked yet.
    has_begun: bool,
    /// Seconds in a row that found nothing used.
    idle: u32,
    used: u64,
}

/// What a call is told of its share.
#[derive(Debug)]
pub enum Admission {
    /// So much is set aside.
    Passes(Reservation),
    /// Nobody could say, and the alert says to let it pass then: it is counted all the same.
    PassesUnsaid(Reservation),
    /// Nothing is left in this window.
    Spent { until: i64 },
    /// Nobody could say, and the alert says to refuse then.
    Unknown,
}

/// What comes of one look.
pub(super) enum Attempt {
    Done(Admission),
    Waits { lease: Arc<Lease>, ask: bool, until: Duration },
}

/// Who uses nothing for so many seconds gives all back, and asks no more until it needs it.
const IDLE: u32 = 15;
/// What a pod has ready before it has called: so many parts of the limit, or what the judge gives of that.
const FIRST: u64 = 400;

// === impl Holder ===

impl Holder {
    pub(super) fn new(budget: Arc<Budget>, group: String, line: Arc<Line>) -> Self {
        let keeper = Keeper::new(budget.told.limit / FIRST, line.number(), Arc::clone(line.waker()));
        Self {
            lease: ArcSwap::new(Arc::clone(keeper.lease())),
            budget: ArcSwap::new(budget),
            group,
            line,
            asks: AtomicBool::new(false),
            answers: watch::Sender::new(0),
            talk: Mutex::new(Talk {
                window_start: 0,
                keeper,
                closing: Vec::new(),
                said: Said::default(),
                has_begun: false,
                idle: 0,
                used: 0,
            }),
        }
    }

    /// Sets aside what such a call usually takes. Waits only where the share does not reach and somebody may yet answer.
    pub async fn admit(&self, usual: u64) -> Admission {
        if let Ok(reservation) = self.lease.load().reserve(usual) {
            return Admission::Passes(reservation);
        }
        let mut answers = self.answers.subscribe();
        let mut patience = Patience::new(self.line.now());
        loop {
            let now = (self.line.now(), Timestamp::now().as_second());
            match self.attempt(&mut patience, usual, now) {
                Attempt::Done(admission) => return admission,
                Attempt::Waits { lease, ask, until } => {
                    let _waiting = lease.wait_for(usual);
                    if ask {
                        self.ask_soon();
                        self.line.hurry();
                    }
                    let _answer_or_time =
                        tokio::time::timeout_at(self.line.at(until).into(), answers.changed()).await;
                }
            }
        }
    }

    /// One look of a call whose share did not reach.
    pub(super) fn attempt(
        &self,
        patience: &mut Patience,
        usual: u64,
        (now, unix): (Duration, i64),
    ) -> Attempt {
        let lease = self.lease.load_full();
        let short = match lease.reserve(usual) {
            Ok(reservation) => return Attempt::Done(Admission::Passes(reservation)),
            Err(short) => short,
        };
        let said = self.talk().said;
        Attempt::Done(match patience.step((now, unix), &said, &self.line.heard(), usual, short) {
            Step::Waits { ask, until } => return Attempt::Waits { lease, ask, until },
            Step::Passes => Admission::Passes(lease.overdraw(usual)),
            Step::Spent => Admission::Spent { until: said.window_end },
            Step::Unknown if self.budget.load().told.deny_unknown => Admission::Unknown,
            Step::Unknown => Admission::PassesUnsaid(lease.overdraw(usual)),
        })
    }

    /// A call waits, and has said for what.
    pub(super) fn ask_soon(&self) {
        self.asks.store(true, Relaxed);
    }

    /// Passes, whatever is left.
    pub fn overdraw(&self, usual: u64) -> Reservation {
        self.lease.load_full().overdraw(usual)
    }

    /// What is to be said now: each second, and where a call waits, or what lies here is off.
    pub(super) fn asks(&self, now: Duration, is_second: bool, asks: &mut Vec<Asking>) {
        let mut talk = self.talk();
        asks.append(&mut talk.closing);
        let lease = self.lease.load();
        // Who waits for what has been granted meanwhile has only not looked yet.
        let waits = self.asks.swap(false, Relaxed) && lease.is_short();
        let has_begun = std::mem::take(&mut talk.has_begun);
        if !(is_second || waits || lease.is_off() || has_begun) {
            return;
        }
        talk.keeper.check(now);
        if is_second {
            let (used, reserved) = talk.keeper.spoken();
            let is_idle = std::mem::replace(&mut talk.used, used) == used && reserved == 0;
            talk.idle = if is_idle { talk.idle.saturating_add(1) } else { 0 };
        }
        if waits {
            talk.idle = 0;
        }
        if talk.idle > IDLE {
            return;
        }
        let key = self.key(talk.window_start);
        let ask = match talk.idle == IDLE {
            true => talk.keeper.rest(now),
            false => talk.keeper.ask(now),
        };
        asks.push(Asking { key, ask });
    }

    /// An answer of the judge. Gives whether there is something to say at once: another window has begun, or what lies here is off.
    pub(super) fn heard(&self, answered: &Answered, now: Duration) -> bool {
        let mut talk = self.talk();
        if answered.asked_start != talk.window_start {
            return false;
        }
        if talk.window_start == 0 {
            // What was counted before anybody said which window it is counts in this one.
            talk.window_start = answered.window_start;
        }
        if answered.window_start != talk.window_start {
            let first = self.budget.load().told.limit / FIRST;
            let keeper = Keeper::new(first, self.line.number(), Arc::clone(self.line.waker()));
            self.lease.store(Arc::clone(keeper.lease()));
            let mut over = std::mem::replace(&mut talk.keeper, keeper);
            let key = self.key(talk.window_start);
            talk.closing.push(Asking { key, ask: over.close() });
            talk.window_start = answered.window_start;
            talk.said = Said { at: Some(now), window_end: answered.window_end, ..Said::default() };
            (talk.idle, talk.used, talk.has_begun) = (0, 0, true);
            return true;
        }
        if let Some(grant) = answered.grant
            && talk.keeper.heard(grant)
        {
            talk.said = Said {
                at: Some(now),
                known: true,
                rest: grant.rest,
                spent: grant.spent,
                open: grant.open,
                left_out: false,
                again: Duration::from_millis(grant.again_millis),
                window_end: answered.window_end,
            };
            drop(talk);
            self.look_again();
            return self.is_off();
        }
        false
    }

    /// Whether there is something to say before the next second.
    pub(super) fn is_off(&self) -> bool {
        self.lease.load().is_off()
    }

    /// Others were answered, this one was not.
    pub(super) fn was_left_out(&self) {
        self.talk().said.left_out = true;
        self.look_again();
    }

    /// An ask is over: those who wait look how it ended.
    pub(super) fn look_again(&self) {
        self.answers.send_modify(|answers| *answers += 1);
    }

    /// The last words of all.
    pub(super) fn close(&self, asks: &mut Vec<Asking>) {
        let mut talk = self.talk();
        asks.append(&mut talk.closing);
        if talk.window_start != 0 {
            let key = self.key(talk.window_start);
            let ask = talk.keeper.close();
            asks.push(Asking { key, ask });
        }
    }

    /// Whether nobody would miss it: it holds nothing, and has used nothing in a window that is not over. What was used is told by
    /// this holder or by none, for the judge hears one run of a sidecar as one.
    pub(super) fn is_done(&self, unix: i64) -> bool {
        let talk = self.talk();
        let is_done = talk.keeper.spoken() == (0, 0) || talk.said.window_end < unix;
        talk.idle > IDLE && talk.closing.is_empty() && is_done
    }

    /// The budget was told anew; what was granted holds for it, too.
    pub(super) fn is_of(&self, budget: &Arc<Budget>) {
        if !Arc::ptr_eq(&self.budget.load(), budget) {
            self.budget.store(Arc::clone(budget));
        }
    }

    fn key(&self, window_start: i64) -> BudgetKey {
        BudgetKey { budget: self.budget.load().told.uid.clone(), group: self.group.clone(), window_start }
    }

    fn talk(&self) -> MutexGuard<'_, Talk> {
        self.talk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
