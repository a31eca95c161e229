//! Where the sidecars of one replica ask. What comes while the judge is busy waits for the next turn, and goes in one batch.

use std::convert::Infallible;

use sqlx::PgPool;
use tokio::sync::{mpsc, oneshot};
use tollgate_crds::grant::Grant;
use tracing::warn;

use super::judge::{Asked, judge};

/// Asks that wait, at most: more would not be answered in time anyway.
const WAITING: usize = 16_384;
/// In one statement, at most.
const BATCH: usize = 4_096;

/// No answer came: the database is away, or too many ask. The alert's `onGrantUnknown` decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no answer about the budget")]
pub struct NoAnswer;

/// The way to the judge; clones share it.
#[derive(Clone)]
pub struct Desk {
    waiting: mpsc::Sender<(Asked, oneshot::Sender<Grant>)>,
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

async fn work(pool: &PgPool, mut asks: mpsc::Receiver<(Asked, oneshot::Sender<Grant>)>) -> Infallible {
    let mut well = true;
    loop {
        let mut gathered = Vec::new();
        asks.recv_many(&mut gathered, BATCH).await;
        let (asked, answers): (Vec<_>, Vec<_>) = gathered.into_iter().unzip();
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
    }
}
