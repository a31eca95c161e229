//! Where the sidecars of one replica ask. What comes while the judge is busy waits for the next turn, and goes in one batch; what nobody
//! waits for gathers a little longer: a statement costs the judge the same, however many asks are in it.

use std::{
    collections::HashMap,
    convert::Infallible,
    time::{Duration, Instant},
};

use sqlx::PgPool;
use tokio::{
    sync::{mpsc, oneshot},
    time::{sleep, timeout_at},
};
use tollgate_crds::grant::Grant;
use tracing::warn;

use super::judge::{Asked, judge};

/// Asks that wait, at most: more would not be answered in time anyway.
const WAITING: usize = 16_384;
/// In one statement, at most.
const BATCH: usize = 4_096;
/// So long asks gather that no call waits for. One that a call waits for takes them along at once.
const GATHERS: Duration = Duration::from_millis(40);
/// After a statement, as long as it took, and no longer: two replicas leave the database half of a core.
const RESTS: Duration = Duration::from_millis(10);

/// No answer came: the database is away, or too many ask. The alert's `onGrantUnknown` decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no answer about the budget")]
pub struct NoAnswer;

/// The way to the judge; clones share it.
#[derive(Clone)]
pub struct Desk {
    waiting: mpsc::Sender<Waiting>,
}

// === impl Desk ===

impl Desk {
    /// With the work behind it, which must be driven.
    pub fn new(pool: PgPool) -> (Self, impl Future<Output = Infallible> + Send + 'static) {
        let (waiting, asks) = mpsc::channel(WAITING);
        let keep_open = waiting.clone();
        (Self { waiting }, async move {
            let _open = keep_open;
            work(&pool, asks).await
        })
    }

    pub async fn ask(&self, asked: Asked) -> Result<Grant, NoAnswer> {
        let (answer, answered) = oneshot::channel();
        self.waiting.try_send((asked, answer)).map_err(|_| NoAnswer)?;
        answered.await.map_err(|_| NoAnswer)
    }
}

type Waiting = (Asked, oneshot::Sender<Grant>);

async fn gather(asks: &mut mpsc::Receiver<Waiting>) -> Vec<Waiting> {
    let mut gathered = Vec::new();
    asks.recv_many(&mut gathered, BATCH).await;
    let end = Instant::now() + GATHERS;
    let mut looked = 0;
    while gathered.len() < BATCH && !gathered[looked..].iter().any(|(asked, _)| asked.ask.need > 0) {
        looked = gathered.len();
        let room = BATCH - looked;
        if timeout_at(end.into(), asks.recv_many(&mut gathered, room)).await.is_err() {
            break;
        }
    }
    gathered
}

/// What the judge must hear: of each holder the newest, for an older one says nothing beside it. Who has given up asks anew, all of it; but
/// last words are said once. When a replica has died all ask the other, again and again: without this, late answers make more asks, and
/// those later answers.
fn to_be_heard(waiting: &[Waiting]) -> Vec<Asked> {
    let mut newest: HashMap<_, &Asked> = HashMap::new();
    for (asked, answer) in waiting {
        if answer.is_closed() && !asked.ask.closing {
            continue;
        }
        let kept = newest.entry((&asked.key, &asked.epoch)).or_insert(asked);
        if asked.ask.seq > kept.ask.seq {
            *kept = asked;
        }
    }
    newest.into_values().cloned().collect()
}

async fn work(pool: &PgPool, mut asks: mpsc::Receiver<Waiting>) -> Infallible {
    let mut well = true;
    loop {
        let waiting = gather(&mut asks).await;
        let asked = to_be_heard(&waiting);
        if asked.is_empty() {
            continue;
        }
        let began = Instant::now();
        match judge(pool, &asked).await {
            Ok(grants) => {
                well = true;
                for (one, answer) in waiting {
                    if let Some(grant) = grants.get(&(one.key, one.epoch)) {
                        // Who asked may have gone meanwhile; its next ask says what it kept.
                        let _ = answer.send(*grant);
                    }
                }
            }
            Err(error) if well => {
                well = false;
                warn!(
                    error = &error as &dyn std::error::Error,
                    "budgets are not judged; onGrantUnknown decides"
                );
            }
            Err(_) => {}
        }
        sleep(began.elapsed().min(RESTS)).await;
    }
}

#[cfg(test)]
mod tests {
    use tollgate_crds::grant::{Ask, BudgetKey};

    use super::*;
    use crate::budgets::judge::Terms;

    fn asked(epoch: &str, seq: u64, closing: bool) -> Asked {
        let terms = Terms { window_end: 1, limit: 1, generation: 1, spent_before: 0 };
        let ask =
            Ask { seq, used: 0, reserved: 0, kept: 0, need: 0, least: 0, want: 0, closing, hold_millis: 0 };
        let key = BudgetKey { budget: "uid/Cost".to_owned(), group: String::new(), window_start: 0 };
        Asked { key, terms, epoch: epoch.to_owned(), ask }
    }

    fn heard(asks: &[(&str, u64, bool)], given_up: &[usize]) -> Vec<(String, u64)> {
        let (waiting, mut askers): (Vec<_>, Vec<_>) = asks
            .iter()
            .map(|(epoch, seq, closing)| {
                let (answer, answered) = oneshot::channel();
                ((asked(epoch, *seq, *closing), answer), Some(answered))
            })
            .unzip();
        for index in given_up {
            askers[*index] = None;
        }
        let mut heard: Vec<_> =
            to_be_heard(&waiting).into_iter().map(|asked| (asked.epoch, asked.ask.seq)).collect();
        heard.sort();
        heard
    }

    #[test]
    fn of_each_holder_the_newest_ask_is_heard_in_whichever_order_they_come() {
        let asks = [("a", 2, false), ("b", 1, false), ("a", 3, false), ("a", 1, false)];
        assert_eq!(heard(&asks, &[]), [("a".to_owned(), 3), ("b".to_owned(), 1)]);
    }

    #[test]
    fn an_ask_that_was_given_up_is_not_heard_but_last_words_are() {
        assert_eq!(heard(&[("a", 1, false), ("b", 1, true)], &[0, 1]), [("b".to_owned(), 1)]);
    }
}
