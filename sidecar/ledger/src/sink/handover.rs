//! The other way for rows: to whoever keeps them durably and sees that they come into the database, a pod's operator.
//! This crate speaks no HTTP: batches go through a channel to somebody who does.

use std::time::Duration;

use tokio::{
    sync::{mpsc, oneshot, watch},
    time::timeout,
};

use super::SinkError;
use crate::spool::Batch;

/// The near end. While nothing is `offered`, it is not used.
#[derive(Debug)]
pub struct Handover {
    offered: watch::Receiver<bool>,
    batches: mpsc::Sender<HandedOver>,
}

/// A batch on its way.
#[derive(Debug)]
pub struct HandedOver {
    /// A JSON array of rows.
    pub rows: Vec<u8>,
    /// Told once they are kept durably; dropped when they are not.
    pub kept: oneshot::Sender<()>,
}

/// To the operator and its disk, and back.
const WITHIN: Duration = Duration::from_secs(5);

// === impl Handover ===

impl Handover {
    /// The near end, and the far one's batches.
    pub fn new(offered: watch::Receiver<bool>) -> (Self, mpsc::Receiver<HandedOver>) {
        let (batches, taken) = mpsc::channel(1);
        (Self { offered, batches }, taken)
    }

    pub(super) fn is_offered(&self) -> bool {
        *self.offered.borrow()
    }

    /// Returns when it is offered, or no longer is.
    pub(super) async fn news(&mut self) {
        if self.offered.changed().await.is_err() {
            std::future::pending().await
        }
    }

    /// Sends the batch. By an error it may have been kept all the same: the database takes an id once.
    pub(super) async fn ship(&self, batch: &Batch) -> Result<(), SinkError> {
        let (kept, told) = oneshot::channel();
        let sent = async {
            self.batches.send(HandedOver { rows: array(batch), kept }).await.ok()?;
            told.await.ok()
        };
        match timeout(WITHIN, sent).await {
            Ok(Some(())) => Ok(()),
            Ok(None) => Err(SinkError::NotKept),
            Err(_) => Err(SinkError::OperatorTimeout { seconds: WITHIN.as_secs() }),
        }
    }
}

fn array(batch: &Batch) -> Vec<u8> {
    let mut array = Vec::with_capacity(batch.rows().map(|row| row.len() + 1).sum::<usize>() + 2);
    array.push(b'[');
    for (place, row) in batch.rows().enumerate() {
        if place > 0 {
            array.push(b',');
        }
        array.extend_from_slice(row);
    }
    array.push(b']');
    array
}
