//! What all workers of a sidecar know: never locked, swapped whole where it can change.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use arc_swap::{ArcSwap, Guard};
use jiff::Timestamp;
use tokio::sync::watch;
use tollgate_ledger::AccountKey;
use tollgate_meter::PriceBook;
use uuid::Uuid;

use crate::budgets::Budgets;
use crate::config::{AttributionConfig, Config, Origins, ProxyOthers, Users, WayOutConfig, Workload};
use crate::fingerprints::Fingerprints;
use crate::metrics::Metrics;
use crate::state::{self, FlagSet, SharedFlags};
use crate::tls;

pub(crate) struct Shared {
    pub(crate) enabled: bool,
    pub(crate) origins: Origins,
    pub(crate) way_out: WayOutConfig,
    pub(crate) proxy_others: ProxyOthers,
    /// Where TLS of apps is ended.
    pub(crate) ending: Option<tls::Ending>,
    pub(crate) identity: Workload,
    pub(crate) attribution: Attributing,
    pub(crate) flags: SharedFlags,
    pub(crate) metrics: Arc<Metrics>,
    /// What accounts and users are hashed with.
    pub(crate) account_key: SharedAccountKey,
    /// Of calls whose feature nobody names.
    pub(crate) fingerprints: Fingerprints,
    /// What limits leave to spend.
    pub(crate) budgets: Arc<Budgets>,
    prices: ArcSwap<PriceBook>,
    /// Told whenever a feature may have been turned on or off.
    turns: watch::Sender<()>,
}

/// Swapped when the operator tells the installation's.
pub(crate) type SharedAccountKey = Arc<ArcSwap<AccountKey>>;

/// How calls are attributed, as it is configured until an operator says otherwise.
pub(crate) struct Attributing {
    baggage: AtomicBool,
    hashed_users: AtomicBool,
}

// === impl Shared ===

impl Shared {
    /// With no flags known yet where an operator or a file of them was named, and none to know where it was not.
    pub(crate) fn new(
        config: &Config,
        metrics: Arc<Metrics>,
        account_key: AccountKey,
        ending: Option<tls::Ending>,
    ) -> Self {
        let workload = selected(&config.workload);
        let flags = match (&config.operator, &config.flags) {
            (Some(operator), _) => FlagSet::unknown(&workload, &operator.deny_until_known),
            (None, Some(_)) => FlagSet::unknown(&workload, &[]),
            (None, None) => FlagSet::compile(Vec::new(), &workload).0,
        };
        Self {
            enabled: config.enabled,
            origins: config.origins.clone(),
            way_out: config.way_out.clone(),
            proxy_others: config.proxy_others,
            ending,
            identity: config.workload.clone(),
            attribution: Attributing::of(&config.attribution),
            flags: Arc::new(ArcSwap::from_pointee(flags)),
            metrics,
            fingerprints: Fingerprints::new(&account_key, config.operator.is_some()),
            account_key: Arc::new(ArcSwap::from_pointee(account_key)),
            budgets: Budgets::new(Uuid::now_v7().to_string()),
            prices: ArcSwap::from_pointee(PriceBook::built_in().clone()),
            turns: watch::Sender::new(()),
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
        if let Some(attribution) = flags.attribution() {
            self.attribution.baggage.store(attribution.baggage, Relaxed);
            self.attribution.hashed_users.store(attribution.hashed_users, Relaxed);
        }
        for feature in flags.features() {
            self.metrics.declare(&feature.name);
        }
        self.budgets.expect(flags.budgets());
        self.flags.store(flags);
        self.turned();
    }

    /// Calls under way are told, and the gauges, of what holds from now on.
    pub(crate) fn turned(&self) {
        let now = Timestamp::now();
        let flags = self.flags.load();
        self.metrics
            .state
            .flags(flags.features().map(|feature| (Arc::clone(&feature.name), feature.is_on(now))));
        self.turns.send_replace(());
    }

    /// Changes whenever a feature may have been turned on or off.
    pub(crate) fn turns(&self) -> watch::Receiver<()> {
        self.turns.subscribe()
    }

    pub(crate) fn take_prices(&self, book: PriceBook) {
        self.prices.store(Arc::new(book));
    }
}

// === impl Attributing ===

impl Attributing {
    fn of(config: &AttributionConfig) -> Self {
        let AttributionConfig { baggage, users } = config;
        Self { baggage: AtomicBool::new(*baggage), hashed_users: AtomicBool::new(*users == Users::Hashed) }
    }

    /// Whether W3C baggage may name feature and user.
    pub(crate) fn reads_baggage(&self) -> bool {
        self.baggage.load(Relaxed)
    }

    /// Whether user ids stand in the ledger as a keyed hash.
    pub(crate) fn hashes_users(&self) -> bool {
        self.hashed_users.load(Relaxed)
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
