//! What the push port counts.

use prometheus_client::{
    encoding::{EncodeLabelSet, EncodeLabelValue},
    metrics::{counter::Counter, family::Family, gauge::Gauge},
};

use crate::metrics::Metrics;

/// Handles; cheap to write to.
#[derive(Clone, Debug, Default)]
pub(super) struct PushMetrics {
    pub(super) connections: Gauge,
    pub(super) streams: Gauge,
    pub(super) states: Counter,
    pub(super) state_bytes: Counter,
    pub(super) reports: Counter,
    pub(super) usage_batches: Counter,
    pub(super) refused: Family<Refused, Counter>,
    pub(super) token_reviews: Counter,
    pub(super) handshakes_failed: Counter,
}

/// Why somebody was turned away.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Refused {
    pub(super) reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(super) enum Reason {
    Token,
    Expired,
    UnknownPod,
    Namespace,
    NotReady,
    Busy,
    Malformed,
    NotKept,
}

const REASONS: [Reason; 8] = [
    Reason::Token,
    Reason::Expired,
    Reason::UnknownPod,
    Reason::Namespace,
    Reason::NotReady,
    Reason::Busy,
    Reason::Malformed,
    Reason::NotKept,
];

// === impl PushMetrics ===

impl PushMetrics {
    pub(super) fn new(metrics: &Metrics) -> Self {
        let this = Self::default();
        for reason in REASONS {
            drop(this.refused.get_or_create(&Refused { reason })); // 0 from the start
        }
        metrics.register(|registry| {
            let mut register =
                |name: &str, help: &str, metric: Counter| registry.register(name, help, metric);
            register(
                "tollgate_operator_states_pushed",
                "States that were written to streams",
                this.states.clone(),
            );
            register(
                "tollgate_operator_state_pushed_bytes",
                "Bytes of these states",
                this.state_bytes.clone(),
            );
            register(
                "tollgate_operator_reports",
                "Reports of sidecars that were taken",
                this.reports.clone(),
            );
            register(
                "tollgate_operator_usage_batches",
                "Batches of rows that were kept for sidecars whose database did not take them",
                this.usage_batches.clone(),
            );
            register(
                "tollgate_operator_token_reviews",
                "Tokens that the apiserver was asked about because they could not be judged here",
                this.token_reviews.clone(),
            );
            register(
                "tollgate_operator_handshakes_failed",
                "Connections to the push port that never came to speak TLS",
                this.handshakes_failed.clone(),
            );
            registry.register(
                "tollgate_operator_streams",
                "State streams that are open",
                this.streams.clone(),
            );
            registry.register(
                "tollgate_operator_connections",
                "Connections to the push port",
                this.connections.clone(),
            );
            registry.register(
                "tollgate_operator_refused",
                "Requests at the push port that were turned away",
                this.refused.clone(),
            );
        });
        this
    }

    pub(super) fn refuse(&self, reason: Reason) {
        self.refused.get_or_create(&Refused { reason }).inc();
    }
}
