//! Rows onto the disk, many senders together: one thread writes what has come meanwhile, syncs once, and tells them all.

use std::{fmt, io, sync::Arc, thread, time::Duration};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{MetricType, gauge::ConstGauge},
};
use tokio::sync::{mpsc, oneshot};
use tollgate_ledger::{SpoolStats, SpoolWriter};

use super::witnesses::Witnesses;

/// The near end; cheap to clone.
#[derive(Clone)]
pub(super) struct Keeper {
    rows: mpsc::Sender<Rows>,
}

/// The thread's end.
pub(super) struct Keeping {
    writer: SpoolWriter,
    rows: mpsc::Receiver<Rows>,
}

struct Rows {
    rows: Vec<Vec<u8>>,
    kept: oneshot::Sender<io::Result<()>>,
}

/// Why rows were not kept; the text is the answer's.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    #[error("the body is no JSON array: {0}")]
    Parse(serde_json::Error),
    #[error("a row is none: each is an object that begins with its id")]
    NoRow,
    #[error("the rows cannot be kept here: {0}; keep them")]
    Disk(io::Error),
    #[error("this replica is about to end; keep the rows")]
    Ending,
}

/// What the operator's disk keeps, read when it is asked for.
#[derive(Debug)]
pub(super) struct KeptMetrics(pub(super) Arc<SpoolStats>, pub(super) Witnesses);

/// Senders that wait together; more of them wait at their own end.
const AT_ONCE: usize = 64;
/// At the end, what is kept goes to the database for so long; the rest waits for the next start.
pub(super) const LAST_ROWS: Duration = Duration::from_secs(5);

// === impl Keeper ===

impl Keeper {
    pub(super) fn new(writer: SpoolWriter) -> (Self, Keeping) {
        let (rows, taken) = mpsc::channel(AT_ONCE);
        (Self { rows }, Keeping { writer, rows: taken })
    }

    pub(super) async fn keep(&self, rows: Vec<Vec<u8>>) -> Result<(), KeepError> {
        let (kept, told) = oneshot::channel();
        self.rows.send(Rows { rows, kept }).await.map_err(|_| KeepError::Ending)?;
        told.await.map_err(|_| KeepError::Ending)?.map_err(KeepError::Disk)
    }
}

// === impl Keeping ===

impl Keeping {
    /// Ends when nobody can send any more.
    pub(super) fn spawn(self) -> io::Result<()> {
        let Self { mut writer, mut rows } = self;
        thread::Builder::new().name("usage-keeper".to_owned()).spawn(move || {
            let mut together = Vec::with_capacity(AT_ONCE);
            while rows.blocking_recv_many(&mut together, AT_ONCE) > 0 {
                let all = together.iter().flat_map(|sent| &sent.rows).map(Vec::as_slice);
                let result = writer.keep(all);
                if let Err(error) = &result {
                    tracing::warn!(%error, "rows of sidecars cannot be kept; they keep them, and try again");
                }
                for Rows { kept, .. } in together.drain(..) {
                    let told = result.as_ref().copied();
                    let _gone =
                        kept.send(told.map_err(|error| io::Error::new(error.kind(), error.to_string())));
                }
            }
        })?;
        Ok(())
    }
}

// === impl KeptMetrics ===

impl Collector for KeptMetrics {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let rows = ConstGauge::new(self.0.waiting_records());
        let help = "Rows that this replica keeps for the ledger, which does not have them yet";
        rows.encode(encoder.encode_descriptor(
            "tollgate_operator_usage_rows",
            help,
            None,
            MetricType::Gauge,
        )?)?;
        let pods = ConstGauge::new(u64::try_from(self.1.len()).unwrap_or(u64::MAX));
        let help =
            "Pods that had something to lose when they last reported: calls in flight, or rows on their way";
        pods.encode(encoder.encode_descriptor(
            "tollgate_operator_usage_pods",
            help,
            None,
            MetricType::Gauge,
        )?)?;
        let bytes = ConstGauge::new(self.0.waiting_bytes());
        let help = "Their bytes on this replica's disk";
        bytes.encode(encoder.encode_descriptor(
            "tollgate_operator_usage_bytes",
            help,
            None,
            MetricType::Gauge,
        )?)
    }
}
