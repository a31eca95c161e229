//! All shares of this pod.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, mpsc, oneshot};
use tollgate_crds::grant::{Asking, GrantsAnswer, GrantsAsked};

use super::holder::Holder;
use super::scope::Budget;

/// One request to the operator, and who waits for its answer.
pub struct Asked {
    pub body: Vec<u8>,
    pub answer: oneshot::Sender<Vec<u8>>,
}

/// The shares, by budget and group.
pub struct Budgets {
    holders: Mutex<Shares>,
    /// A call waits.
    wake: Notify,
    start: String,
    since: Instant,
}

/// By the budget's uid and the group.
type Shares = HashMap<(String, String), Arc<Holder>>;

/// More groups than that (users, say) are not kept apart: what their calls may do is unknown.
const MOST: usize = 10_000;
/// Between two words about a share that nobody waits for.
const PACE: Duration = Duration::from_secs(1);
/// An answer that takes longer is none.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);
/// After a failure, the next attempt.
const AGAIN: Duration = Duration::from_millis(250);
/// In one request; some hundred bytes each.
const BATCH: usize = 2_000;

// === impl Budgets ===

impl Budgets {
    /// `start` names this run of the sidecar.
    pub fn new(start: String) -> Arc<Self> {
        Arc::new(Self { holders: Mutex::default(), wake: Notify::new(), start, since: Instant::now() })
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
        let holder = Arc::new(Holder::new(Arc::clone(budget), key.1.clone()));
        holders.insert(key, Arc::clone(&holder));
        Some(holder)
    }

    /// Budgets that everybody shares are asked for before the first call is there.
    pub fn expect(&self, budgets: &[Arc<Budget>]) {
        for budget in budgets.iter().filter(|budget| !budget.is_grouped()) {
            let _first_ask_is_made_for_it = self.holder(budget, String::new());
        }
        self.wake();
    }

    /// A call waits.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Talks to the operator by `way`, until nobody listens there any more.
    pub async fn talk(self: Arc<Self>, way: mpsc::Sender<Asked>) {
        let mut next = Instant::now();
        loop {
            let _woken_or_time = tokio::time::timeout_at(next.into(), self.wake.notified()).await;
            next = Instant::now() + PACE;
            let asks = self.asks();
            for asks in asks.chunks(BATCH) {
                match self.ask(&way, asks.to_vec()).await {
                    Some(answer) => {
                        if self.heard(&answer) {
                            next = Instant::now();
                        }
                    }
                    None => {
                        for holder in self.all() {
                            holder.fell_silent();
                        }
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

    async fn ask(&self, way: &mpsc::Sender<Asked>, asks: Vec<Asking>) -> Option<GrantsAnswer> {
        let body = self.body(asks)?;
        let (answer, answered) = oneshot::channel();
        let asked = async {
            way.send(Asked { body, answer }).await.ok()?;
            answered.await.ok()
        };
        let answer = tokio::time::timeout(ANSWER_WITHIN, asked).await.ok()??;
        serde_json::from_slice(&answer).ok()
    }

    fn body(&self, asks: Vec<Asking>) -> Option<Vec<u8>> {
        serde_json::to_vec(&GrantsAsked { start: self.start.clone(), asks }).ok()
    }

    fn asks(&self) -> Vec<Asking> {
        let now = self.since.elapsed();
        let mut asks = Vec::new();
        let mut holders = self.holders();
        holders.retain(|_, holder| {
            holder.asks(now, &mut asks);
            // whoever still holds it is a call that has just got it
            !(holder.is_idle() && Arc::strong_count(holder) == 1)
        });
        asks
    }

    /// Whether there is more to ask at once.
    fn heard(&self, answer: &GrantsAnswer) -> bool {
        let mut more = false;
        for answered in &answer.grants {
            let key = (answered.budget.clone(), answered.group.clone());
            let holder = self.holders().get(&key).map(Arc::clone);
            more |= holder.is_some_and(|holder| holder.heard(answered));
        }
        more
    }

    fn all(&self) -> Vec<Arc<Holder>> {
        self.holders().values().map(Arc::clone).collect()
    }

    fn holders(&self) -> MutexGuard<'_, Shares> {
        self.holders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
