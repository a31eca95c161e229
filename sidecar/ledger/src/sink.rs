//! Where records go.

mod error;
mod file;
mod postgres;

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::sync::watch;

pub use error::SinkError;
pub use file::FileSink;
pub use postgres::{Access, PostgresSink};

use crate::spool::Limits;

/// The ledger: where records are kept.
#[derive(Debug)]
pub enum Sink {
    /// Nowhere: records are acknowledged and gone.
    None,
    /// A file of JSON lines.
    File(FileSink),
    /// A database, through `tollgate_ingest_v1`.
    Postgres(Box<PostgresSink>),
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

    /// Whether nobody has told yet where records go.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Self::Postgres(postgres) if postgres.is_unknown())
    }

    /// Returns when the way to it has changed, so that what failed before may be tried at once.
    pub(crate) async fn news(&mut self) {
        match self {
            Self::Postgres(postgres) => postgres.news().await,
            Self::File(_) | Self::None => std::future::pending().await,
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
            Self::Postgres(_) | Self::None => 5,
        }
    }

    /// The longest bound of a retry's wait: a database that comes back must not be met by all its sidecars at once.
    pub(crate) fn longest_wait(&self) -> Duration {
        match self {
            Self::File(_) | Self::None => Duration::from_secs(1),
            Self::Postgres(_) => Duration::from_secs(15),
        }
    }

    /// After how long without work it is to be closed; `None` when nothing is open that costs anybody anything.
    pub(crate) fn closes_after(&self) -> Option<Duration> {
        match self {
            Self::Postgres(postgres) if postgres.is_open() => Some(Duration::from_secs(30)),
            _ => None,
        }
    }

    pub(crate) async fn close(&mut self) {
        if let Self::Postgres(postgres) = self {
            postgres.close().await;
        }
    }
}
