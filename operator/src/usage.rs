//! Rows on their way into the ledger that cannot go there by themselves: kept durably here, then shipped through the same
//! door, with the right to write as whichever pod they say they are of, which is stamped here.
//!
//! - [`keeper`]: `POST /v1/usage` and the rows of vanished pods, on the spool's disk before anybody is told so
//! - [`stamp`]: whose rows they are
//! - [`witnesses`]: what each sidecar said last of its open calls, kept over a restart
//! - [`vanished`]: pods that are gone without a goodbye: their open calls become `lost` rows
//!
//! ```text
//! POST /v1/usage ──▶ stamp ──▶ keeper ──fsync──▶ 200
//! POST /v1/report ─▶ witnesses ─ pod gone ─▶ rows ──┘  └─▶ shipper ──▶ tollgate_ingest_v1
//! ```
//!
//! The folder (`--usage-dir`) belongs to one replica. On a volume that outlives the pod, so do the rows.

mod keeper;
mod stamp;
mod vanished;
mod witnesses;

use std::sync::Arc;

use anyhow::Context as _;
use prometheus_client::metrics::gauge::Gauge;
use tokio::{sync::watch, task::JoinHandle};
use tollgate_ledger::{Access, Opened, Sink, Spool, SpoolSettings, Sync};

use self::keeper::Keeper;
pub use self::{
    keeper::KeepError,
    stamp::Identity,
    witnesses::{Witnessed, Witnesses},
};
use crate::{
    context::{Context, Tasks},
    kubernetes::Watches,
    metrics::Metrics,
    settings::UsageSettings,
};

/// A handle on the room; cheap to clone.
#[derive(Clone)]
pub struct Usage {
    keeper: Keeper,
    witnesses: Witnesses,
}

/// A folder that was opened, before anything runs.
pub struct UsageFolder {
    opened: Opened,
    usage: Usage,
    keeping: keeper::Keeping,
}

// === impl UsageFolder ===

impl UsageFolder {
    /// Opens the folder, or makes it. None where that cannot be, for flags must reach sidecars whatever a volume is like: those keep their rows until the
    /// database takes them, or a later connection leads to another replica.
    pub fn open_if_it_can_be(settings: &UsageSettings, metrics: &Metrics) -> Option<Self> {
        let opened = Self::open(settings);
        let good: Gauge = Gauge::default();
        good.set(opened.is_ok().into());
        metrics.register(|registry| {
            registry.register(
                "tollgate_operator_usage_folder_good",
                "0 where --usage-dir could not be used at the start: rows of sidecars are not kept here",
                good,
            );
        });
        opened
            .inspect_err(|error| {
                tracing::error!(
                    error = format!("{error:#}"),
                    "rows of sidecars are not kept here: mend the volume of --usage-dir, then start this replica again"
                );
            })
            .ok()
    }

    fn open(settings: &UsageSettings) -> anyhow::Result<Self> {
        let UsageSettings { dir, max_bytes } = settings;
        let spool = SpoolSettings { sync: Sync::Always, ..SpoolSettings::new(dir.join("spool"), 1) };
        let mut opened = Spool::open(&spool.within(*max_bytes)).context("--usage-dir")?;
        let writer = opened.writers.pop().context("a spool has a writer")?;
        let (keeper, keeping) = Keeper::new(writer);
        let usage = Usage { keeper, witnesses: Witnesses::open(dir.join("witnesses.jsonl")) };
        Ok(Self { opened, usage, keeping })
    }

    pub fn usage(&self) -> Usage {
        self.usage.clone()
    }

    /// Starts all of it. The handle ends after `stopping`, when what could be shipped is, and gives how many rows stay.
    pub fn spawn(
        self,
        context: &Context,
        watches: &Watches,
        way: watch::Receiver<Option<Arc<Access>>>,
        mut stopping: watch::Receiver<bool>,
        tasks: &mut Tasks,
    ) -> std::io::Result<JoinHandle<u64>> {
        let Self { opened, usage, keeping } = self;
        let Opened { shipper, stats, .. } = opened;
        context.metrics.register(|registry| {
            registry.register_collector(Box::new(keeper::KeptMetrics(
                Arc::clone(&stats),
                usage.witnesses.clone(),
            )));
        });
        keeping.spawn()?;
        vanished::spawn(context, watches, usage, tasks);
        let shipped = async move {
            let told = async move { drop(stopping.wait_for(|stop| *stop).await) };
            shipper.run(Sink::told(way), told, keeper::LAST_ROWS).await
        };
        Ok(tokio::spawn(shipped))
    }
}

// === impl Usage ===

impl Usage {
    /// Keeps these rows (a JSON array) as this pod's. When this returns, they are on the disk.
    pub async fn keep(&self, batch: &[u8], of: &Identity<'_>) -> Result<(), KeepError> {
        self.keeper.keep(stamp::stamped(batch, of)?).await
    }

    pub fn witnesses(&self) -> &Witnesses {
        &self.witnesses
    }
}
