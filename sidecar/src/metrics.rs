//! What Prometheus may ask: OpenMetrics, with names and labels that are promises.
//!
//! Every label value is bounded, and none is a user or a request: Postgres answers those, and money totals too.

mod calls;
mod histogram;
mod labels;
mod ledger;
mod state;

use std::sync::Arc;
use std::time::Instant;

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use tollgate_crds::stream::Report;
use tollgate_ledger::SpoolStats;
use tollgate_meter::Provider;

use self::calls::CallMetrics;
pub(crate) use self::calls::{Observation, WorkerCalls};
use self::labels::{OTHER, not_metered};
use self::ledger::LedgerMetrics;
pub(crate) use self::state::StateMetrics;
use crate::config::Workload;

/// All metrics of one sidecar.
pub(crate) struct Metrics {
    registry: Registry,
    calls: Arc<CallMetrics>,
    spool: Option<Arc<SpoolStats>>,
    pub(crate) state: Arc<StateMetrics>,
    fail_open: Family<FailOpenLabels, Counter>,
    unroutable: Counter,
    invalid_identity: Family<IdentityLabels, Counter>,
    unknown_usage_fields: Family<[(&'static str, &'static str); 1], Counter>,
    uncaptured: Family<UncapturedLabels, Counter>,
    suspected: Family<[(&'static str, &'static str); 1], Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct FailOpenLabels {
    reason: FailOpen,
}

/// Why a call passed although Tollgate could not do all that it should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(crate) enum FailOpen {
    /// A rule needed the model, and the body was larger than is held, or cannot be read (multipart, compressed).
    ModelUndetermined,
    /// The same of a flag that needed the user.
    UserUndetermined,
    /// No flags are known yet.
    StateUnknown,
    /// A usage could not be read: the call is estimated.
    UsageUnreadable,
    /// Nobody answered about a share of a budget.
    BudgetUnknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct IdentityLabels {
    field: InvalidIdentity,
}

/// Which word about the caller could not be taken and counts as not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(crate) enum InvalidIdentity {
    Feature,
    User,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct UncapturedLabels {
    host: &'static str,
    reason: Uncaptured,
}

/// Why a connection was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(crate) enum Uncaptured {
    /// The client does not trust us.
    Distrust,
    /// The client closed instead of taking our certificate.
    ClosedInHandshake,
    /// No provider's.
    UnknownHost,
    /// Of an AI provider that no sidecar meters.
    NotMetered,
    /// No TLS, or a hello without a name.
    NoServerName,
}

// === impl Metrics ===

impl Metrics {
    pub(crate) fn new(workload: &Workload, spool: Option<Arc<SpoolStats>>, restarts: u64) -> Self {
        let named = |name: &Option<String>| name.clone().unwrap_or_default();
        let mut registry = Registry::with_labels(
            [
                ("namespace".into(), named(&workload.namespace).into()),
                ("workload".into(), named(&workload.name).into()),
            ]
            .into_iter(),
        );
        let calls = Arc::<CallMetrics>::default();
        let state = Arc::<StateMetrics>::default();
        registry.register_collector(Box::new(Arc::clone(&calls)));
        registry.register_collector(Box::new(Arc::clone(&state)));
        if let Some(stats) = &spool {
            registry.register_collector(Box::new(LedgerMetrics(Arc::clone(stats))));
        }
        let fail_open = Family::default();
        let unroutable = Counter::default();
        let invalid_identity = Family::default();
        let unknown_usage_fields = Family::default();
        let uncaptured = Family::default();
        let suspected = Family::default();
        registry.register(
            "tollgate_fail_open",
            "Calls that passed although Tollgate could not do all that it should have",
            fail_open.clone(),
        );
        registry.register(
            "tollgate_unroutable_requests",
            "Requests whose path names no provider; answered 404",
            unroutable.clone(),
        );
        registry.register(
            "tollgate_invalid_identity",
            "Calls whose feature or user was no valid name and counts as not given",
            invalid_identity.clone(),
        );
        registry.register(
            "tollgate_usage_unknown_fields",
            "Members of providers' usage that this release does not know: perhaps a new kind of billing",
            unknown_usage_fields.clone(),
        );
        registry.register(
            "tollgate_uncaptured_connections",
            "Connections that passed untouched, or were refused: their calls are not metered",
            uncaptured.clone(),
        );
        let worker_restarts: Counter = Counter::default();
        worker_restarts.inc_by(restarts);
        registry.register(
            "tollgate_worker_restarts",
            "Worker processes that died and were replaced while the sidecar's sockets stayed open",
            worker_restarts,
        );
        registry.register(
            "tollgate_suspected_bypass_connections",
            "Connections of the pod to a provider's address that are not the sidecar's; addresses are shared with others",
            suspected.clone(),
        );
        registry.register(
            "tollgate_build",
            "The running release",
            Info::new([("version", env!("CARGO_PKG_VERSION"))]),
        );
        let metrics = Self {
            registry,
            calls,
            spool,
            state,
            fail_open,
            unroutable,
            invalid_identity,
            unknown_usage_fields,
            uncaptured,
            suspected,
        };
        metrics.begin();
        metrics
    }

    /// Each series has its 0 from the start: Prometheus sees no increase in a first sample.
    fn begin(&self) {
        for reason in [
            FailOpen::ModelUndetermined,
            FailOpen::UserUndetermined,
            FailOpen::StateUnknown,
            FailOpen::UsageUnreadable,
            FailOpen::BudgetUnknown,
        ] {
            drop(self.fail_open.get_or_create(&FailOpenLabels { reason }));
        }
        for field in [InvalidIdentity::Feature, InvalidIdentity::User] {
            drop(self.invalid_identity.get_or_create(&IdentityLabels { field }));
        }
        for provider in Provider::ALL {
            drop(self.unknown_usage_fields.get_or_create(&[("provider", provider.name())]));
            drop(self.suspected.get_or_create(&[("host", provider.host())]));
            for reason in [
                Uncaptured::Distrust,
                Uncaptured::ClosedInHandshake,
                Uncaptured::UnknownHost,
                Uncaptured::NoServerName,
            ] {
                drop(self.uncaptured.get_or_create(&UncapturedLabels { host: provider.host(), reason }));
            }
        }
        for reason in [Uncaptured::UnknownHost, Uncaptured::NoServerName] {
            drop(self.uncaptured.get_or_create(&UncapturedLabels { host: OTHER, reason }));
        }
    }

    pub(crate) fn worker(&self) -> WorkerCalls {
        self.calls.worker()
    }

    /// A feature with a flag has its series from the start.
    pub(crate) fn declare(&self, feature: &Arc<str>) {
        self.calls.declare(feature);
    }

    pub(crate) fn failed_open(&self, reason: FailOpen) {
        self.fail_open.get_or_create(&FailOpenLabels { reason }).inc();
    }

    pub(crate) fn unroutable(&self) {
        self.unroutable.inc();
    }

    pub(crate) fn invalid_identity(&self, field: InvalidIdentity) {
        self.invalid_identity.get_or_create(&IdentityLabels { field }).inc();
    }

    pub(crate) fn unknown_usage_fields(&self, provider: Provider, count: usize) {
        self.unknown_usage_fields.get_or_create(&[("provider", provider.name())]).inc_by(count as u64);
    }

    /// A connection to this host was not read.
    pub(crate) fn uncaptured(&self, host: Option<&str>, reason: Uncaptured) {
        let (host, reason) = match (host.and_then(Provider::of_host), host.and_then(not_metered)) {
            (Some(provider), _) => (provider.host(), reason),
            (None, Some(known)) => (known, Uncaptured::NotMetered),
            (None, None) => (OTHER, reason),
        };
        self.uncaptured.get_or_create(&UncapturedLabels { host, reason }).inc();
    }

    /// A connection of the pod to this provider seems to go around us.
    pub(crate) fn suspected(&self, provider: Provider) {
        self.suspected.get_or_create(&[("host", provider.host())]).inc();
    }

    /// What there is to tell the operator of calls.
    pub(crate) fn report(&self) -> Report {
        let spool_records = self.spool.as_ref().map_or(0, |stats| stats.waiting_records());
        Report {
            release: env!("CARGO_PKG_VERSION").to_owned(),
            open_calls: self.calls.open(),
            spool_records,
            spend: self.calls.spend(),
            unpriced: self.calls.unpriced(Instant::now()),
            ..Report::default()
        }
    }

    pub(crate) fn encode(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests;
