//! This pod's share of one budget, or of one of its groups: the window that it is, and what calls are told.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use tokio::sync::watch;
use tollgate_crds::grant::{Answered, Asking, BudgetKey};

use super::keeper::Keeper;
use super::lease::{Lease, Reservation};
use super::scope::Budget;

/// A share, through all its windows.
#[derive(Debug)]
pub struct Holder {
    /// As it was told last.
    budget: ArcSwap<Budget>,
    group: String,
    /// The present window's.
    lease: ArcSwap<Lease>,
    /// Nothing was left, by the last answer.
    spent: AtomicBool,
    /// The last ask was not answered, or its answer has expired: who waits, waits in vain.
    silent: AtomicBool,
    /// Counts answers, and failures to get one.
    answers: watch::Sender<u64>,
    talk: Mutex<Talk>,
}

/// What is said to the judge, by one task.
#[derive(Debug)]
struct Talk {
    window_start: i64,
    window_end: i64,
    keeper: Keeper,
    /// Of windows that are over: their last words.
    closing: Vec<Asking>,
    heard: Option<Instant>,
    /// Asks in a row that found nothing used.
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

/// A call waits no longer for its grant from one who has not been heard of lately.
const PATIENCE: Duration = Duration::from_millis(50);
/// Who answered within the last seconds is only slow: to let all calls pass meanwhile would cost more than their wait.
const LATELY: Duration = Duration::from_secs(2);
const PATIENCE_WITH_THE_SLOW: Duration = Duration::from_millis(500);
/// Who uses nothing for so many asks gives all back, and asks no more until it needs it.
const IDLE: u32 = 15;
/// What a pod has ready before it has called: so many parts of the limit, or what the judge gives of that.
const FIRST: u64 = 400;

// === impl Holder ===

impl Holder {
    pub(super) fn new(budget: Arc<Budget>, group: String) -> Self {
        let keeper = Keeper::new(budget.told.limit / FIRST);
        Self {
            lease: ArcSwap::new(Arc::clone(keeper.lease())),
            budget: ArcSwap::new(budget),
            group,
            spent: AtomicBool::new(false),
            silent: AtomicBool::new(false),
            answers: watch::Sender::new(0),
            talk: Mutex::new(Talk {
                window_start: 0,
                window_end: 0,
                keeper,
                closing: Vec::new(),
                heard: None,
                idle: 0,
                used: 0,
            }),
        }
    }

    /// Sets aside what such a call usually takes. Waits only where the share does not reach and somebody may yet answer.
    pub async fn admit(&self, usual: u64, wake: impl Fn()) -> Admission {
        if let Ok(reservation) = self.lease.load_full().reserve(usual) {
            return Admission::Passes(reservation);
        }
        let mut answers = self.answers.subscribe();
        let end = tokio::time::Instant::now() + self.patience();
        let mut is_late = false;
        loop {
            let lease = self.lease.load_full();
            let short = match lease.reserve(usual) {
                Ok(reservation) => return Admission::Passes(reservation),
                Err(short) => short,
            };
            if self.spent.load(Relaxed) {
                return match lease.reserve_rest(usual) {
                    Some(reservation) => Admission::Passes(reservation),
                    None => Admission::Spent { until: self.talk().window_end },
                };
            }
            if is_late || self.silent.load(Relaxed) {
                return match self.budget.load().told.deny_unknown {
                    false => Admission::PassesUnsaid(lease.overdraw(usual)),
                    true => Admission::Unknown,
                };
            }
            let _waiting = lease.wait_for(short);
            wake();
            is_late = tokio::time::timeout_at(end, answers.changed()).await.is_err();
        }
    }

    fn patience(&self) -> Duration {
        let is_lately = |heard: Instant| heard.elapsed() < LATELY;
        if self.talk().heard.is_some_and(is_lately) { PATIENCE_WITH_THE_SLOW } else { PATIENCE }
    }

    /// Passes, whatever is left.
    pub fn overdraw(&self, usual: u64) -> Reservation {
        self.lease.load_full().overdraw(usual)
    }

    /// What is to be said now.
    pub(super) fn asks(&self, now: Duration, asks: &mut Vec<Asking>) {
        let mut talk = self.talk();
        asks.append(&mut talk.closing);
        if talk.keeper.check(now) && talk.window_start != 0 && talk.idle < IDLE {
            self.fell_silent();
        }
        let lease = self.lease.load();
        let (used, needs) = (lease.used(), lease.needed() > 0);
        talk.idle = if used == std::mem::replace(&mut talk.used, used) && !needs { talk.idle + 1 } else { 0 };
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

    /// An answer of the judge. Gives whether there is more to ask at once: another window has begun.
    pub(super) fn heard(&self, answered: &Answered) -> bool {
        let mut talk = self.talk();
        if answered.asked_start != talk.window_start {
            return false;
        }
        if talk.window_start == 0 {
            // What was counted before anybody said which window it is counts in this one.
            talk.window_start = answered.window_start;
        }
        if answered.window_start != talk.window_start {
            let keeper = Keeper::new(self.budget.load().told.limit / FIRST);
            self.lease.store(Arc::clone(keeper.lease()));
            let mut over = std::mem::replace(&mut talk.keeper, keeper);
            let key = self.key(talk.window_start);
            talk.closing.push(Asking { key, ask: over.close() });
            (talk.window_start, talk.window_end) = (answered.window_start, answered.window_end);
            (talk.idle, talk.used) = (0, 0);
            self.spent.store(false, Relaxed);
            return true;
        }
        talk.window_end = answered.window_end;
        if let Some(grant) = answered.grant
            && talk.keeper.heard(grant)
        {
            talk.heard = Some(Instant::now());
            self.spent.store(grant.spent, Relaxed);
            self.silent.store(false, Relaxed);
            drop(talk);
            self.answers.send_modify(|answers| *answers += 1);
        }
        false
    }

    /// No answer came.
    pub(super) fn fell_silent(&self) {
        self.silent.store(true, Relaxed);
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

    /// Whether nobody would miss it: it holds nothing and has used nothing in this window.
    pub(super) fn is_idle(&self) -> bool {
        let talk = self.talk();
        talk.idle > IDLE && talk.closing.is_empty()
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
