//! Where records go.

mod error;
mod file;
mod handover;
mod pod;
mod postgres;

use std::{io, path::PathBuf, sync::Arc, time::Duration};

use tokio::sync::watch;

pub use error::SinkError;
pub use file::FileSink;
pub use handover::{HandedOver, Handover};
pub use pod::PodSink;
pub(crate) use pod::Shipped;
pub use postgres::{Access, PostgresSink};

use crate::{random::FastRandom, spool::Limits};

/// The ledger: where records are kept.
#[derive(Debug)]
pub enum Sink {
    /// Nowhere: records are acknowledged and gone.
    None,
    /// A file of JSON lines.
    File(FileSink),
    /// A database, through `tollgate_ingest_v1`.
    Postgres(Box<PostgresSink>),
    /// The same, and while that is shut a pod's operator.
    Pod(Box<PodSink>),
}

// === impl Sink ===

impl Sink {
    /// A file of JSON lines; made, its folder too, when there is something to write.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::File(FileSink::new(path.into()))
    }

    /// A Postgres database by its URL, and the token that opens its door.
    pub fn postgres(url: &str, token: &str) -> Result<Self, SinkError> {
        PostgresSink::new(url, token).map(|sink| Self::Postgres(Box::new(sink)))
    }

    /// A Postgres database that somebody tells of, perhaps later and perhaps anew; until then records wait.
    pub fn told(access: watch::Receiver<Option<Arc<Access>>>) -> Self {
        Self::Postgres(Box::new(PostgresSink::told(access)))
    }

    /// The same for a pod: what the database does not take, or all of it where no database is told, is handed over.
    pub fn of_pod(access: watch::Receiver<Option<Arc<Access>>>, handover: Handover) -> io::Result<Self> {
        let sink = PodSink::new(PostgresSink::told(access), handover, FastRandom::from_os()?);
        Ok(Self::Pod(Box::new(sink)))
    }

    /// Whether nobody has told yet where records go.
    pub(crate) fn is_unknown(&self) -> bool {
        match self {
            Self::Postgres(postgres) => postgres.is_unknown(),
            Self::Pod(pod) => pod.is_unknown(),
            Self::File(_) | Self::None => false,
        }
    }

    /// Returns when the way to it has changed, so that what failed before may be tried at once.
    pub(crate) async fn news(&mut self) {
        match self {
            Self::Postgres(postgres) => postgres.news().await,
            Self::Pod(pod) => pod.news().await,
            Self::File(_) | Self::None => std::future::pending().await,
        }
    }

    /// The process is about to end: nobody waits for long any more.
    pub(crate) fn hurry(&mut self) {
        if let Self::Pod(pod) = self {
            pod.hurry();
        }
    }

    /// What one batch may hold: few enough to be quick and small in memory, enough to be cheap.
    pub(crate) fn limits(&self) -> Limits {
        Limits { rows: 500, bytes: 512 << 10 }
    }

    /// With as many records there is nothing to wait for: more would not make them cheaper.
    pub(crate) fn enough(&self) -> u64 {
        200
    }

    /// For how many ticks (40 ms) fewer may wait for more. A file's line must stand within 100 ms; a statement of a
    /// database costs it as much as ten rows.
    pub(crate) fn ticks(&self) -> u32 {
        match self {
            Self::File(_) => 1,
            Self::Postgres(_) | Self::Pod(_) | Self::None => 5,
        }
    }

    /// The longest bound of a retry's wait: a database that comes back must not be met by all its sidecars at once.
    pub(crate) fn longest_wait(&self) -> Duration {
        match self {
            Self::File(_) | Self::None => Duration::from_secs(1),
            Self::Postgres(_) | Self::Pod(_) => Duration::from_secs(15),
        }
    }

    /// After how long without work it is to be closed; `None` when nothing is open that costs anybody anything.
    pub(crate) fn closes_after(&self) -> Option<Duration> {
        let postgres = self.connected()?;
        postgres.is_open().then_some(Duration::from_secs(30))
    }

    pub(crate) async fn close(&mut self) {
        match self {
            Self::Postgres(postgres) => postgres.close().await,
            Self::Pod(pod) => pod.postgres.close().await,
            Self::File(_) | Self::None => {}
        }
    }

    fn connected(&self) -> Option<&PostgresSink> {
        match self {
            Self::Postgres(postgres) => Some(postgres),
            Self::Pod(pod) => Some(&pod.postgres),
            Self::File(_) | Self::None => None,
        }
    }
}
