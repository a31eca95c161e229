//! What the console counts.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
};

use crate::metrics::Metrics;

/// See [`super::refused::Refused`].
#[derive(Clone, Debug, Default)]
pub(super) struct ConsoleMetrics {
    refusals: Family<Reason, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

// === impl ConsoleMetrics ===

impl ConsoleMetrics {
    pub(super) fn register(metrics: &Metrics) -> Self {
        let console = Self::default();
        metrics.register(|registry| {
            let help = "Requests to the console that got nothing, by why";
            registry.register("tollgate_console_refusals", help, console.refusals.clone());
        });
        console
    }

    pub(super) fn refused(&self, reason: &'static str) {
        self.refusals.get_or_create(&Reason { reason }).inc();
    }
}
