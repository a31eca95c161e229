//! What became of each flag: its status, written by one field manager.
//!
//! - [`facts`]: what is known at one moment; [`conditions`]: what that means, in words; [`desired`]: the whole status
//! - [`days`]: what features did in the last 24 hours
//! - [`pace`]: whether a difference is worth a write now
//! - [`writer`]: reads, decides and writes, flag by flag
//!
//! Writes are bounded however many sidecars report: what a person did is written at once, and so is that it is done;
//! that some sidecar lags again, or a number moved, at most once a minute for each flag.

mod conditions;
mod days;
mod desired;
mod facts;
mod pace;
mod writer;

#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};
use tokio::sync::watch;

use crate::context::Context;

pub(super) use self::facts::Ground;
use self::{days::Days, writer::Writer};

/// Counts writes.
#[derive(Clone, Debug, Default)]
pub(super) struct StatusMetrics {
    writes: Family<OutcomeLabels, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabels {
    outcome: &'static str,
}

/// What comes together is looked at together: a change and the sidecars' word that they have it.
const GATHER: Duration = Duration::from_millis(100);
/// Something may be due that no event tells of.
const LOOK: Duration = Duration::from_secs(1);

/// Keeps every flag's status right, for as long as it is let.
pub(super) async fn lead(context: Context, metrics: StatusMetrics) {
    let (sender, days) = watch::channel(None);
    tokio::select! {
        () = days::ask(&context, sender) => {}
        () = write(&context, Writer::new(metrics), &days) => {}
    }
}

async fn write(context: &Context, mut writer: Writer, days: &watch::Receiver<Days>) {
    let mut index = context.index.revisions();
    let mut reports = context.reports.revisions();
    loop {
        let known = days.borrow().clone();
        writer.round(context, &known, Instant::now()).await;
        tokio::time::sleep(GATHER).await;
        tokio::select! {
            // Their senders live as long as the context.
            _ = index.changed() => {}
            _ = reports.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

// === impl StatusMetrics ===

impl StatusMetrics {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let metrics = Self::default();
        registry.register(
            "tollgate_operator_status_writes",
            "Writes of flags' status, by outcome; failed ones are tried again",
            metrics.writes.clone(),
        );
        metrics
    }

    fn wrote(&self, outcome: &'static str) {
        self.writes.get_or_create(&OutcomeLabels { outcome }).inc();
    }
}
