//! Where the sidecars of one replica ask. What comes while the judge is busy waits for the next turn, and goes in one batch; what nobody
//! waits for gathers a little longer: a statement costs the judge the same, however many asks are in it.

use std::{
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

async fn work(pool: &PgPool, mut asks: mpsc::Receiver<Waiting>) -> Infallible {
    let mut well = true;
    loop {
        let (asked, answers): (Vec<_>, Vec<_>) = gather(&mut asks).await.into_iter().unzip();
        let began = Instant::now();
        match judge(pool, &asked).await {
            Ok(grants) => {
                well = true;
                for (one, answer) in asked.into_iter().zip(answers) {
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
