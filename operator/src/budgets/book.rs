//! What sidecars ask of budgets, answered: which window it is, what was spent before it was asked for, what the judge gives.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::future::join_all;
use jiff::Timestamp;
use sqlx::PgPool;
use tokio::{sync::OnceCell, time::timeout};
use tollgate_crds::grant::{Answered, Ask, Asking, BudgetKey, Grant, GrantsAnswer, GrantsAsked};

use super::{
    Desk,
    found::Found,
    judge::{Asked, Terms},
    spent::spent,
    stops::Stops,
    window::{self, Span},
};
use crate::index::{PLENTY, SharedIndex};

/// Answers asks. Cheap to clone.
#[derive(Clone)]
pub struct Budgets {
    index: SharedIndex,
    cluster: String,
    desk: Desk,
    stops: Stops,
    pool: PgPool,
    /// What the ledger had when this replica first heard of a window.
    known: Arc<Mutex<HashMap<BudgetKey, Arc<Known>>>>,
}

struct Known {
    /// Looked up once, however many ask at once.
    spent_before: OnceCell<u64>,
    ends: i64,
}

/// Sidecars give up after a second.
const WITHIN: Duration = Duration::from_millis(900);
/// A user's name, a model's and a feature's fit.
const GROUP: usize = 2_048;
/// Windows that are kept in mind.
const MOST: usize = 200_000;

// === impl Budgets ===

impl Budgets {
    pub fn new(index: SharedIndex, cluster: String, desk: Desk, stops: Stops, pool: PgPool) -> Self {
        Self { index, cluster, desk, stops, pool, known: Arc::default() }
    }

    /// `uid` is the pod's: the holder of a share is one run of one pod's sidecar.
    pub async fn answer(&self, namespace: &str, uid: &str, asked: GrantsAsked) -> GrantsAnswer {
        let epoch = format!("{uid}/{}", asked.start);
        let answers = asked.asks.into_iter().map(|asking| self.one(namespace, &epoch, asking));
        GrantsAnswer { grants: join_all(answers).await.into_iter().flatten().collect() }
    }

    async fn one(&self, namespace: &str, epoch: &str, asking: Asking) -> Option<Answered> {
        let Asking { key: BudgetKey { budget, group, window_start: asked_start }, ask } = asking;
        let found = Found::look(&self.index, &budget, Some(namespace)).filter(|_| group.len() <= GROUP)?;
        let window = found.alert.window()?;
        let now = window::at(window, Timestamp::now());
        // The last words about a window that is over go to that window.
        let span = match ask.closing {
            true => window::at(window, Timestamp::from_second(asked_start).ok()?),
            false => now,
        };
        let answered = |grant| Answered {
            budget: budget.clone(),
            group: group.clone(),
            asked_start,
            window_start: now.start,
            window_end: now.end,
            grant,
        };
        // Who does not know the window yet is told with the first grant.
        if asked_start != 0 && span.start != asked_start {
            return Some(answered(None));
        }
        if found.budget.stops {
            let grant = match self.stops.knows(&budget, &group) {
                Some(true) => stopped(ask),
                Some(false) => passes(ask),
                None => return None,
            };
            return Some(answered(Some(grant)));
        }
        if found.alert.resumed_at().is_some_and(|resumed| span.is_of(resumed)) {
            // Calls pass to the window's end.
            return Some(answered(Some(passes(ask))));
        }
        let key = BudgetKey { budget: budget.clone(), group: group.clone(), window_start: span.start };
        let (limit, generation) = (found.budget.limit, found.budget.generation);
        let spent_before = self.spent_before(&key, found, span).await?;
        let terms = Terms { window_end: span.end, limit, generation, spent_before };
        let asked = Asked { key, terms, epoch: epoch.to_owned(), ask };
        let grant = timeout(WITHIN, self.desk.ask(asked)).await.ok()?.ok()?;
        Some(answered(Some(grant)))
    }

    /// Looked up once a window. None where the ledger does not answer, or has no such group.
    async fn spent_before(&self, key: &BudgetKey, found: Found, span: Span) -> Option<u64> {
        let known = self.known_of(key, span);
        if let Some(spent_before) = known.spent_before.get() {
            return Some(*spent_before);
        }
        let (index, pool) = (self.index.clone(), self.pool.clone());
        let (cluster, group) = (self.cluster.clone(), key.group.clone());
        // Goes on when nobody waits any more: a question that takes long is answered to those who ask next.
        let look = tokio::spawn(async move {
            let look = known.spent_before.get_or_try_init(|| async {
                let mut connection = pool.acquire().await?;
                spent(&mut connection, &found.of(&index, &cluster, &group, span)).await
            });
            look.await.copied()
        });
        match timeout(WITHIN, look).await.ok()?.ok()? {
            Ok(spent_before) => Some(spent_before),
            Err(error) => {
                tracing::warn!(%error, budget = %key.budget, "what was spent of a budget cannot be said; onGrantUnknown decides");
                None
            }
        }
    }

    fn known_of(&self, key: &BudgetKey, span: Span) -> Arc<Known> {
        let mut known = self.known();
        if let Some(known) = known.get(key) {
            return Arc::clone(known);
        }
        if known.len() >= MOST {
            let now = Timestamp::now().as_second();
            known.retain(|_, known| known.ends > now);
        }
        let new = Arc::new(Known { spent_before: OnceCell::new(), ends: span.end });
        if known.len() < MOST {
            known.insert(key.clone(), Arc::clone(&new));
        }
        new
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<BudgetKey, Arc<Known>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn passes(ask: Ask) -> Grant {
    let ceiling = ask.used.saturating_add(PLENTY);
    Grant {
        seq: ask.seq,
        ceiling,
        rest: PLENTY,
        tight: false,
        ready: 0,
        spent: false,
        open: false,
        again_millis: 0,
    }
}

/// Nothing but what open calls have.
fn stopped(ask: Ask) -> Grant {
    let ceiling = ask.used.saturating_add(ask.reserved);
    Grant { seq: ask.seq, ceiling, rest: 0, tight: true, ready: 0, spent: true, open: false, again_millis: 0 }
}
