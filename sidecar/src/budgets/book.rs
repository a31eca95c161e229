//! All shares of this pod.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tollgate_crds::grant::{Asking, BudgetKey, GrantsAnswer, GrantsAsked};

use super::holder::Holder;
use super::line::Line;
use super::scope::Budget;
use super::usual::{Amounts, Usual};

/// One request to the operator, and who waits for its answer. Dropped without one where the connection ended.
pub struct Asked {
    pub body: Bytes,
    pub answer: oneshot::Sender<Result<Vec<u8>, Refused>>,
}

/// The operator answered, and grants nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// The shares, by budget and group.
pub struct Budgets {
    holders: Mutex<Shares>,
    line: Arc<Line>,
    start: String,
    /// What calls usually take, as this pod's own showed.
    usual: Mutex<Usual>,
}

/// By the budget's uid and the group.
type Shares = HashMap<(String, String), Arc<Holder>>;

/// More groups than that (users, say) are not kept apart: what their calls may do is unknown.
const MOST: usize = 10_000;
/// Between two words about a share that nobody waits for.
const PACE: Duration = Duration::from_secs(1);
/// An answer that takes longer is none; who waits for the stream to answer waits no longer either.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_secs(1);
/// Between two connections that ended under an ask.
const NEXT_REPLICA: Duration = Duration::from_millis(10);
/// After a failure, the next attempt.
const AGAIN: Duration = Duration::from_millis(250);
/// In one request; some hundred bytes each.
const BATCH: usize = 2_000;

// === impl Budgets ===

impl Budgets {
    /// `start` names this run of the sidecar.
    pub fn new(start: String) -> Arc<Self> {
        Arc::new(Self { holders: Mutex::default(), line: Arc::default(), start, usual: Mutex::default() })
    }

    /// The share of a call's group; none where there are too many.
    pub fn holder(&self, budget: &Arc<Budget>, group: String) -> Option<Arc<Holder>> {
        let mut holders = self.holders();
        let key = (budget.told.uid.clone(), group);
        if let Some(held) = holders.get(&key) {
            held.is_of(budget);
            return Some(Arc::clone(held));
        }
        if holders.len() >= MOST {
            return None;
        }
        let holder = Arc::new(Holder::new(Arc::clone(budget), key.1.clone(), Arc::clone(&self.line)));
        holders.insert(key, Arc::clone(&holder));
        Some(holder)
    }

    /// Budgets that everybody shares are asked for before the first call is there.
    pub fn expect(&self, budgets: &[Arc<Budget>]) {
        for budget in budgets.iter().filter(|budget| !budget.is_grouped()) {
            let _first_ask_is_made_for_it = self.holder(budget, String::new());
        }
        self.line.wake();
    }

    /// A replica of the operator is there, or gone.
    pub(crate) fn connected(&self, is: bool) {
        self.line.connected(is);
    }

    /// What calls of a feature and model took so far; none where no such call has ended yet.
    pub(crate) fn usual(&self, feature: &str, model: &str) -> Option<Amounts> {
        self.usual.lock().unwrap_or_else(PoisonError::into_inner).of(feature, model)
    }

    /// A call has ended that took so much.
    pub(crate) fn learn(&self, feature: &Arc<str>, model: &str, took: Amounts) {
        self.usual.lock().unwrap_or_else(PoisonError::into_inner).learn(feature, model, took);
    }

    /// Talks to the operator by `way`, until nobody listens there any more.
    pub async fn talk(self: Arc<Self>, way: mpsc::Sender<Asked>) {
        let mut next = Instant::now();
        loop {
            let _woken_or_time = tokio::time::timeout_at(next.into(), self.line.waker().notified()).await;
            // Also where calls wake it all the time.
            let is_second = Instant::now() >= next;
            if is_second {
                next = Instant::now() + PACE;
            }
            self.line.take_hurry();
            for asks in self.asks(is_second).chunks(BATCH) {
                let is_urgent = asks.iter().any(|asking| asking.ask.need > 0);
                // Who grants nothing to anybody has no judge.
                let answer = tokio::select! {
                    answer = self.ask(&way, asks) => answer.filter(|answer| !answer.grants.is_empty()),
                    // What nobody waits for is said again with what a call waits for: the judge hears the newest.
                    () = self.line.hurried(), if !is_urgent => {
                        next = Instant::now();
                        break;
                    }
                };
                match answer {
                    Some(answer) => {
                        if self.heard(asks, &answer) {
                            self.line.wake();
                        }
                    }
                    None => {
                        self.fell_silent(asks);
                        next = Instant::now() + AGAIN;
                    }
                }
            }
            if way.is_closed() {
                return;
            }
        }
    }

    /// The last words, as a request's body: all that was not used comes back.
    pub fn close(&self) -> Option<Vec<u8>> {
        let mut asks = Vec::new();
        for holder in self.all() {
            holder.close(&mut asks);
        }
        if asks.is_empty() { None } else { self.body(asks) }
    }

    /// A connection that ends takes the ask with it: the next one, to whichever replica, gets it again. The judge hears it once.
    async fn ask(&self, way: &mpsc::Sender<Asked>, asks: &[Asking]) -> Option<GrantsAnswer> {
        let body = Bytes::from(self.body(asks.to_vec())?);
        let asked = async {
            loop {
                let (answer, answered) = oneshot::channel();
                way.send(Asked { body: body.clone(), answer }).await.ok()?;
                if let Ok(answer) = answered.await {
                    return answer.ok();
                }
                tokio::time::sleep(NEXT_REPLICA).await;
            }
        };
        let answer = tokio::time::timeout(ANSWER_WITHIN, asked).await.ok()??;
        serde_json::from_slice(&answer).ok()
    }

    fn body(&self, asks: Vec<Asking>) -> Option<Vec<u8>> {
        serde_json::to_vec(&GrantsAsked { start: self.start.clone(), asks }).ok()
    }

    fn asks(&self, is_second: bool) -> Vec<Asking> {
        let (now, unix) = (self.line.now(), Timestamp::now().as_second());
        let mut asks = Vec::new();
        let mut holders = self.holders();
        holders.retain(|_, holder| {
            holder.asks(now, is_second, &mut asks);
            // whoever still holds it is a call that has just got it
            !(is_second && holder.is_done(unix) && Arc::strong_count(holder) == 1)
        });
        asks
    }

    /// Whether there is more to say at once.
    fn heard(&self, asks: &[Asking], answer: &GrantsAnswer) -> bool {
        let now = self.line.now();
        self.line.answered(now);
        let mut more = false;
        for answered in &answer.grants {
            let holder = self.held(&answered.budget, &answered.group);
            more |= holder.is_some_and(|holder| holder.heard(answered, now));
        }
        if answer.grants.len() < asks.len() {
            let is_named = |key: &BudgetKey| {
                answer.grants.iter().any(|named| named.budget == key.budget && named.group == key.group)
            };
            for Asking { key, ask: _ } in asks.iter().filter(|asking| !is_named(&asking.key)) {
                if let Some(holder) = self.held(&key.budget, &key.group) {
                    holder.was_left_out();
                }
            }
        }
        more
    }

    fn fell_silent(&self, asks: &[Asking]) {
        self.line.fell_silent();
        for Asking { key, ask: _ } in asks {
            if let Some(holder) = self.held(&key.budget, &key.group) {
                holder.look_again();
            }
        }
    }

    fn held(&self, budget: &str, group: &str) -> Option<Arc<Holder>> {
        self.holders().get(&(budget.to_owned(), group.to_owned())).map(Arc::clone)
    }

    fn all(&self) -> Vec<Arc<Holder>> {
        self.holders().values().map(Arc::clone).collect()
    }

    fn holders(&self) -> MutexGuard<'_, Shares> {
        self.holders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
