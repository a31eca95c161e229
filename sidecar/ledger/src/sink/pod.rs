//! The ways of a pod's rows: through the database's own door; while that is shut, or where the installation wants no pod
//! at the database, to its operator.
//!
//! A database that failed is left alone for a random time below a bound that doubles, while batches go to the operator: a
//! thousand sidecars must not ask a struggling database on every batch whether it feels better. Where the operator does not
//! take them either, the database is asked again at once: nothing is gained by leaving rows where they lie.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use super::{Handover, PostgresSink, SinkError};
use crate::{random::FastRandom, spool::Batch};

/// See the module.
#[derive(Debug)]
pub struct PodSink {
    pub(super) postgres: PostgresSink,
    handover: Handover,
    /// Not to be asked before.
    rests_until: Option<Instant>,
    bound: Duration,
    patience: Duration,
    random: FastRandom,
}

/// What became of a batch.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shipped {
    /// The database has it, but for these rows, on which it fails even alone.
    Database(Vec<usize>),
    /// The operator keeps it.
    Operator,
}

const FIRST_REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(60);
/// A database that takes longer for a batch is as good as away, where the operator takes it at once. That it may have
/// taken it all the same does no harm: an id stands once.
const PATIENCE: Duration = Duration::from_secs(10);
/// The same when the pod is about to end.
const IN_A_HURRY: Duration = Duration::from_millis(1500);

// === impl PodSink ===

impl PodSink {
    pub(super) fn new(postgres: PostgresSink, handover: Handover, random: FastRandom) -> Self {
        Self { postgres, handover, rests_until: None, bound: FIRST_REST, patience: PATIENCE, random }
    }

    pub(super) fn is_unknown(&self) -> bool {
        self.postgres.is_unknown() && !self.handover.is_offered()
    }

    pub(super) async fn news(&mut self) {
        tokio::select! {
            () = self.postgres.news() => {}
            () = self.handover.news() => {}
        }
    }

    /// The pod is about to end.
    pub(super) fn hurry(&mut self) {
        self.patience = IN_A_HURRY;
    }

    pub(crate) async fn ship(&mut self, batch: &Batch) -> Result<Shipped, SinkError> {
        if !self.handover.is_offered() {
            return self.postgres.ship(batch).await.map(Shipped::Database);
        }
        if self.postgres.is_unknown() {
            return self.handover.ship(batch).await.map(|()| Shipped::Operator);
        }
        let rested = self.rests_until.is_none_or(|until| Instant::now() >= until);
        if !rested && self.handover.ship(batch).await.is_ok() {
            return Ok(Shipped::Operator);
        }
        let error = match timeout(self.patience, self.postgres.ship(batch)).await {
            Ok(Ok(poisoned)) => {
                (self.rests_until, self.bound) = (None, FIRST_REST);
                return Ok(Shipped::Database(poisoned));
            }
            Ok(Err(error)) => error,
            Err(_) => SinkError::Timeout { seconds: self.patience.as_secs() },
        };
        self.rest();
        if rested && self.handover.ship(batch).await.is_ok() {
            tracing::debug!(%error, "the database takes nothing; the operator keeps the rows");
            return Ok(Shipped::Operator);
        }
        Err(error)
    }

    fn rest(&mut self) {
        let micros = u64::try_from(self.bound.as_micros()).unwrap_or(u64::MAX).max(1);
        self.rests_until = Some(Instant::now() + Duration::from_micros(self.random.next() % micros));
        self.bound = (self.bound * 2).min(LONGEST_REST);
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::{mpsc, watch};

    use super::*;
    use crate::sink::HandedOver;

    /// A sink whose database refuses connections, if there is one, and its operator's end.
    fn sink(database: bool, offered: bool) -> (PodSink, mpsc::Receiver<HandedOver>) {
        let access = database.then(|| crate::Access {
            url: "postgres://nobody@127.0.0.1:1/none".to_owned(),
            ca: None,
            token: "tg1".to_owned(),
        });
        let told = watch::Sender::new(access.map(std::sync::Arc::new)).subscribe();
        let (handover, batches) = Handover::new(watch::Sender::new(offered).subscribe());
        (PodSink::new(PostgresSink::told(told), handover, FastRandom::from_os().unwrap()), batches)
    }

    fn batch() -> Batch {
        let mut batch = Batch::default();
        batch.push(b"{\"id\":1}", 0);
        batch.push(b"{\"id\":2}", 0);
        batch
    }

    /// What becomes of a batch, with an operator that keeps it or does not; and what that operator was sent.
    fn ship(
        sink: &mut PodSink,
        batches: &mut mpsc::Receiver<HandedOver>,
        keeps: bool,
    ) -> (Option<Shipped>, Vec<String>) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut sent = Vec::new();
            let batch = batch();
            let mut shipping = std::pin::pin!(sink.ship(&batch));
            loop {
                tokio::select! {
                    shipped = &mut shipping => return (shipped.ok(), sent),
                    Some(HandedOver { rows, kept }) = batches.recv() => {
                        sent.push(String::from_utf8(rows).unwrap());
                        if keeps {
                            kept.send(()).unwrap();
                        }
                    }
                }
            }
        })
    }

    #[test]
    fn what_the_database_does_not_take_goes_to_the_operator_as_one_array() {
        let (mut sink, mut batches) = sink(true, true);
        let (shipped, sent) = ship(&mut sink, &mut batches, true);
        assert_eq!((shipped, sent), (Some(Shipped::Operator), vec!["[{\"id\":1},{\"id\":2}]".to_owned()]));
        assert!(sink.rests_until.is_some());
    }

    #[test]
    fn without_a_database_everything_goes_to_the_operator() {
        let (mut sink, mut batches) = sink(false, true);
        assert!(!sink.is_unknown());
        assert_eq!(ship(&mut sink, &mut batches, true).0, Some(Shipped::Operator));
    }

    #[test]
    fn where_nobody_takes_it_the_batch_stays() {
        let (mut sink, mut batches) = sink(true, true);
        assert_eq!(ship(&mut sink, &mut batches, false).0, None);
    }

    #[test]
    fn an_operator_that_offers_nothing_is_sent_nothing() {
        let (mut sink, mut batches) = sink(true, false);
        assert_eq!(ship(&mut sink, &mut batches, true), (None, Vec::new()));
        assert!(super::super::Sink::Pod(Box::new(sink)).closes_after().is_none());
    }
}
