//! When the flags' watches were last known to be complete.
//!
//! A watch that is stuck looks like one in which nothing happens. So every few seconds the apiserver is asked beside it
//! for a consistent list of the flags' metadata. The watch is complete up to the moment the question was asked, if it has seen the
//! list's resourceVersion, or has exactly the objects of the list. If it falls short, or if the apiserver does not
//! answer, the age grows, the sidecars learn it by their heartbeats and go to another replica, and the watch is started again.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use kube::{
    Api,
    api::ListParams,
    core::{DynamicObject, ObjectList, PartialObjectMeta},
};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{counter::Counter, gauge::ConstGauge},
};
use tokio::{
    sync::watch,
    time::{Instant, timeout, timeout_at},
};

use crate::{
    context::{Context, Tasks},
    index::{FlagKey, Kind, SharedIndex, newer},
    metrics::Metrics,
};

/// When the watches were last known to be complete.
#[derive(Debug)]
pub struct Freshness {
    start: Instant,
    /// Milliseconds after the start.
    complete: AtomicU64,
    restarts: Counter,
}

/// A kind of flags whose watch is compared.
pub(super) struct Compared {
    pub(super) kind: Kind,
    pub(super) api: Api<DynamicObject>,
    /// Raised when its watch is to be started again.
    pub(super) restart: watch::Sender<u64>,
}

/// Between two questions: well below the ten seconds after which sidecars go elsewhere.
const ASK_AGAIN: Duration = Duration::from_secs(2);
/// With very many flags the list is no small one.
const ASK_AGAIN_OF_MANY: Duration = Duration::from_secs(4);
const MANY: usize = 300;
const PATIENCE: Duration = Duration::from_secs(3);
/// An event that is on its way arrives sooner than that.
const CATCH_UP: Duration = Duration::from_millis(1500);

// === impl Freshness ===

impl Freshness {
    pub(super) fn new(metrics: &Metrics) -> Self {
        let restarts = Counter::default();
        metrics.register(|registry| {
            let help = "Watches that were started again because they had fallen behind the apiserver";
            registry.register("tollgate_operator_watch_restarts", help, restarts.clone());
        });
        Self { start: Instant::now(), complete: AtomicU64::new(0), restarts }
    }

    /// How long ago the watches were known to be complete.
    pub fn age(&self) -> Duration {
        let complete = Duration::from_millis(self.complete.load(Ordering::Relaxed));
        self.start.elapsed().saturating_sub(complete)
    }

    fn complete_at(&self, moment: Instant) {
        let millis = moment.duration_since(self.start).as_millis();
        self.complete.store(u64::try_from(millis).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// The age as a metric, read when it is asked for.
#[derive(Debug)]
struct AgeMetric(Arc<Freshness>);

impl Collector for AgeMetric {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let age = ConstGauge::new(self.0.age().as_secs_f64());
        let help = "Seconds since the watches of the flags were last known to be complete";
        let metric = encoder.encode_descriptor(
            "tollgate_operator_watch_age_seconds",
            help,
            None,
            age.metric_type(),
        )?;
        age.encode(metric)
    }
}

pub(super) fn spawn(
    context: &Context,
    freshness: &Arc<Freshness>,
    compared: Vec<Compared>,
    tasks: &mut Tasks,
) {
    context
        .metrics
        .register(|registry| registry.register_collector(Box::new(AgeMetric(Arc::clone(freshness)))));
    let (index, freshness) = (context.index.clone(), Arc::clone(freshness));
    tasks.spawn(async move {
        run(&index, &freshness, &compared).await;
        "the task that looks whether the watches are complete"
    });
}

async fn run(index: &SharedIndex, freshness: &Freshness, compared: &[Compared]) {
    loop {
        let asked = Instant::now();
        let mut complete = true;
        let mut many = false;
        for kind in compared {
            let Ok(Ok(list)) = timeout(PATIENCE, kind.api.list_metadata(&ListParams::default())).await else {
                complete = false; // the feeder says why
                continue;
            };
            many |= list.items.len() > MANY;
            if !catches_up(index, kind.kind, &list).await {
                complete = false;
                freshness.restarts.inc();
                tracing::warn!(
                    kind = kind.kind.name(),
                    "the watch has fallen behind the apiserver; starting it again"
                );
                kind.restart.send_modify(|restart| *restart += 1);
            }
        }
        if complete {
            freshness.complete_at(asked);
        }
        tokio::time::sleep_until(asked + if many { ASK_AGAIN_OF_MANY } else { ASK_AGAIN }).await;
    }
}

/// Whether the index comes to know all that the list has.
async fn catches_up(
    index: &SharedIndex,
    kind: Kind,
    list: &ObjectList<PartialObjectMeta<DynamicObject>>,
) -> bool {
    let until = Instant::now() + CATCH_UP;
    let mut revisions = index.revisions();
    loop {
        revisions.mark_unchanged();
        if is_complete(index, kind, list) {
            return true;
        }
        if !matches!(timeout_at(until, revisions.changed()).await, Ok(Ok(()))) {
            return false;
        }
    }
}

fn is_complete(index: &SharedIndex, kind: Kind, list: &ObjectList<PartialObjectMeta<DynamicObject>>) -> bool {
    let asked = list.metadata.resource_version.as_deref().unwrap_or_default();
    index.read(|index| {
        let seen = index.versions().get(kind.name()).map_or("", String::as_str);
        if newer(seen, asked).is_ge() {
            return true;
        }
        let mut held: BTreeMap<&FlagKey, &str> = index
            .flags()
            .filter(|flag| flag.key.kind() == kind)
            .map(|flag| (&flag.key, flag.resource_version.as_str()))
            .collect();
        let all = list.items.iter().all(|listed| {
            let metadata = &listed.metadata;
            let namespace = if kind == Kind::FeatureFlag { metadata.namespace.clone() } else { None };
            let key = FlagKey { namespace, name: metadata.name.clone().unwrap_or_default() };
            held.remove(&key) == metadata.resource_version.as_deref()
        });
        all && held.is_empty()
    })
}
