//! What all workers of a sidecar know: never locked, swapped whole where it can change.

use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};
use tollgate_meter::PriceBook;

use crate::config::{AttributionConfig, Config, Origins, Workload};
use crate::metrics::Metrics;
use crate::state::{self, FlagSet, SharedFlags};

pub(crate) struct Shared {
    pub(crate) enabled: bool,
    pub(crate) origins: Origins,
    pub(crate) identity: Workload,
    pub(crate) attribution: AttributionConfig,
    pub(crate) flags: SharedFlags,
    pub(crate) metrics: Arc<Metrics>,
    prices: ArcSwap<PriceBook>,
}

// === impl Shared ===

impl Shared {
    /// With no flags known yet where a file of them was named, and none to know where it was not.
    pub(crate) fn new(config: &Config, metrics: Arc<Metrics>) -> Self {
        let workload = selected(&config.workload);
        let flags = match config.flags {
            Some(_) => FlagSet::unknown(&workload),
            None => FlagSet::compile(Vec::new(), &workload).0,
        };
        Self {
            enabled: config.enabled,
            origins: config.origins.clone(),
            identity: config.workload.clone(),
            attribution: config.attribution.clone(),
            flags: Arc::new(ArcSwap::from_pointee(flags)),
            metrics,
            prices: ArcSwap::from_pointee(PriceBook::built_in().clone()),
        }
    }

    pub(crate) fn container(&self) -> Option<&str> {
        self.identity.container.as_deref()
    }

    /// The book that holds for a call, kept for as long as it is needed.
    pub(crate) fn prices(&self) -> Guard<Arc<PriceBook>> {
        self.prices.load()
    }

    /// New flags hold for every call from here on.
    pub(crate) fn take_flags(&self, flags: Arc<FlagSet>) {
        for feature in flags.features() {
            self.metrics.declare(&feature.name);
        }
        self.metrics
            .state
            .flags(flags.features().map(|feature| (Arc::clone(&feature.name), !feature.is_off())));
        self.flags.store(flags);
    }

    pub(crate) fn take_prices(&self, book: PriceBook) {
        self.prices.store(Arc::new(book));
    }
}

/// What flags select a workload by.
pub(crate) fn selected(workload: &Workload) -> state::Workload {
    state::Workload {
        namespace: workload.namespace.clone(),
        labels: workload.labels.clone(),
        feature: workload.feature.clone(),
    }
}
