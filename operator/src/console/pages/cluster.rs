//! Flags, alerts, prices and sidecars as the cluster has them now: watched, so that pages have them while everything else is away.

use std::sync::Arc;

use futures::StreamExt;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{
    Api, Client, Resource, ResourceExt,
    runtime::{
        WatchStreamExt,
        reflector::{self, Store, store::Writer},
        watcher,
    },
};
use tollgate_crds::{
    ClusterFeatureFlag, ClusterUsageAlert, FeatureFlag, UsageAlert,
    flag::{DISABLED, ENABLED, Effective, FeatureFlagStatus, OVERRIDE, OVERRIDE_UNTIL},
    stream::{PRICES_CONFIG_MAP, PRICES_KEY},
};
use tollgate_meter::PriceBook;

use super::super::Viewer;
use crate::{
    context::Tasks,
    coverage::{self, Coverage},
    switching,
};

/// What was watched. Cheap to clone.
#[derive(Clone)]
pub struct Cluster {
    flags: Store<FeatureFlag>,
    cluster_flags: Store<ClusterFeatureFlag>,
    alerts: Store<UsageAlert>,
    cluster_alerts: Store<ClusterUsageAlert>,
    prices: Store<ConfigMap>,
    coverage: Store<ConfigMap>,
}

/// Who writes what is seen; a test does it by hand.
pub struct Writers {
    pub flags: Writer<FeatureFlag>,
    pub cluster_flags: Writer<ClusterFeatureFlag>,
    pub alerts: Writer<UsageAlert>,
    pub cluster_alerts: Writer<ClusterUsageAlert>,
    pub prices: Writer<ConfigMap>,
    pub coverage: Writer<ConfigMap>,
}

/// A flag of either kind, as far as pages tell of it.
#[derive(Clone, Debug)]
pub(super) struct FlagSeen {
    /// Empty for a ClusterFeatureFlag.
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) feature: String,
    pub(super) description: Option<String>,
    /// What its spec says.
    pub(super) enabled: bool,
    pub(super) is_preview: bool,
    pub(super) resource_version: String,
    /// Its status is of this version of its spec.
    pub(super) is_told: bool,
    /// What whoever changes it has looked at.
    pub(super) seen: String,
    pub(super) uid: String,
    pub(super) managed: Option<Managed>,
    /// Over the spec for a while, by annotation: what holds, and until when.
    pub(super) override_to: Option<String>,
    pub(super) override_until: Option<String>,
    pub(super) status: FeatureFlagStatus,
    /// As a person would write it.
    pub(super) manifest: serde_json::Value,
}

/// Something that would undo what is changed by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Managed {
    /// Flux, Argo CD, Helm.
    pub(super) by: &'static str,
    /// Its own name for what it applies.
    pub(super) name: String,
}

// === impl Cluster ===

impl Cluster {
    /// One that nobody writes to yet.
    pub fn unwatched() -> (Self, Writers) {
        let ((flags, flags_in), (cluster_flags, cluster_flags_in)) = (reflector::store(), reflector::store());
        let ((alerts, alerts_in), (cluster_alerts, cluster_alerts_in)) =
            (reflector::store(), reflector::store());
        let ((prices, prices_in), (coverage, coverage_in)) = (reflector::store(), reflector::store());
        let cluster = Self { flags, cluster_flags, alerts, cluster_alerts, prices, coverage };
        let writers = Writers {
            flags: flags_in,
            cluster_flags: cluster_flags_in,
            alerts: alerts_in,
            cluster_alerts: cluster_alerts_in,
            prices: prices_in,
            coverage: coverage_in,
        };
        (cluster, writers)
    }

    /// Watched as the console itself, which may list and watch flags and alerts everywhere, and get the ConfigMaps of prices and of
    /// coverage in `namespace`.
    pub fn watch(client: &Client, namespace: &str, tasks: &mut Tasks) -> Self {
        let (cluster, writers) = Self::unwatched();
        let Writers { flags, cluster_flags, alerts, cluster_alerts, prices, coverage } = writers;
        let all = watcher::Config::default;
        tasks.spawn(follow(Api::all(client.clone()), all(), flags, "the console's watch of FeatureFlags"));
        tasks.spawn(follow(
            Api::all(client.clone()),
            all(),
            cluster_flags,
            "the console's watch of ClusterFeatureFlags",
        ));
        tasks.spawn(follow(Api::all(client.clone()), all(), alerts, "the console's watch of UsageAlerts"));
        tasks.spawn(follow(
            Api::all(client.clone()),
            all(),
            cluster_alerts,
            "the console's watch of ClusterUsageAlerts",
        ));
        let map = |name: &str, writer: Writer<ConfigMap>, what| {
            let api = Api::<ConfigMap>::namespaced(client.clone(), namespace);
            let only = watcher::Config::default().fields(&format!("metadata.name={name}"));
            follow(api, only, writer, what)
        };
        tasks.spawn(map(PRICES_CONFIG_MAP, prices, "the console's watch of the prices"));
        tasks.spawn(map(coverage::CONFIG_MAP, coverage, "the console's watch of who has a sidecar"));
        cluster
    }

    /// The flags that a person may read, by namespace and feature; those of the whole cluster first.
    pub(super) fn flags(&self, viewer: &Viewer) -> Vec<FlagSeen> {
        let everywhere = self.cluster_flags.state();
        let mut flags: Vec<FlagSeen> = everywhere.iter().map(|flag| FlagSeen::of_cluster(flag)).collect();
        let own = self.flags.state();
        let mine =
            own.iter().filter(|flag| viewer.namespaces.contains(&flag.namespace().unwrap_or_default()));
        flags.extend(mine.map(|flag| FlagSeen::of_namespace(flag)));
        flags.sort_by(|a, b| (&a.namespace, &a.feature, &a.name).cmp(&(&b.namespace, &b.feature, &b.name)));
        flags
    }

    pub(super) fn alerts(&self, viewer: &Viewer) -> Vec<Arc<UsageAlert>> {
        let mut alerts = self.alerts.state();
        alerts.retain(|alert| viewer.namespaces.contains(&alert.namespace().unwrap_or_default()));
        alerts.sort_by_key(|alert| (alert.namespace(), alert.name_any()));
        alerts
    }

    /// Alerts over many namespaces are for those who see them all: their groups are other teams'.
    pub(super) fn cluster_alerts(&self, viewer: &Viewer) -> Vec<Arc<ClusterUsageAlert>> {
        if viewer.namespaces.only().is_some() {
            return Vec::new();
        }
        let mut alerts = self.cluster_alerts.state();
        alerts.sort_by_key(|alert| alert.name_any());
        alerts
    }

    /// The admin's prices over the built-in ones; a file that cannot be taken is none.
    pub(super) fn book(&self) -> PriceBook {
        let own = self
            .prices
            .state()
            .into_iter()
            .find_map(|map| PriceBook::with_overrides(map.data.as_ref()?.get(PRICES_KEY)?).ok());
        own.unwrap_or_else(|| PriceBook::built_in().clone())
    }

    /// Which pods have a sidecar, as the operator said last; of the namespaces that a person may see.
    pub(super) fn coverage(&self, viewer: &Viewer) -> Option<Coverage> {
        let maps = self.coverage.state();
        let text = maps.iter().find_map(|map| map.data.as_ref()?.get(coverage::KEY))?;
        let mut told: Coverage = serde_json::from_str(text).ok()?;
        let sees = |namespace: &str| viewer.namespaces.contains(namespace);
        told.sidecars.retain(|heard| sees(&heard.namespace));
        told.silent.retain(|silent| sees(&silent.namespace));
        told.uncovered.retain(|found| sees(&found.namespace));
        if viewer.namespaces.only().is_some() {
            // whose they are is not said
            told.more_uncovered = 0;
        }
        Some(told)
    }
}

async fn follow<K>(api: Api<K>, which: watcher::Config, writer: Writer<K>, name: &'static str) -> &'static str
where
    K: Resource<DynamicType = ()>
        + Clone
        + std::fmt::Debug
        + serde::de::DeserializeOwned
        + Send
        + Sync
        + 'static,
{
    let mut failing = false;
    let seen = watcher(api, which).default_backoff();
    let mut seen = std::pin::pin!(reflector::reflector(writer, seen));
    while let Some(seen) = seen.next().await {
        match seen {
            Ok(_) => failing = false,
            Err(error) if !std::mem::replace(&mut failing, true) => {
                tracing::warn!(%error, "{name} fails: pages show what was seen last");
            }
            Err(_) => {}
        }
    }
    name
}

// === impl FlagSeen ===

impl FlagSeen {
    fn of_namespace(flag: &FeatureFlag) -> Self {
        let manifest = manifest("FeatureFlag", &flag.metadata, &flag.spec);
        Self {
            namespace: flag.namespace().unwrap_or_default(),
            description: flag.spec.description.clone(),
            enabled: flag.spec.enabled != Some(false),
            is_preview: flag.spec.mode == Some(tollgate_crds::Mode::Preview),
            ..Self::of(&flag.metadata, flag.feature(), flag.status.as_ref(), manifest)
        }
    }

    fn of_cluster(flag: &ClusterFeatureFlag) -> Self {
        let manifest = manifest("ClusterFeatureFlag", &flag.metadata, &flag.spec);
        Self {
            description: flag.spec.description.clone(),
            enabled: flag.spec.enabled != Some(false),
            is_preview: flag.spec.mode == Some(tollgate_crds::Mode::Preview),
            ..Self::of(&flag.metadata, flag.feature(), flag.status.as_ref(), manifest)
        }
    }

    fn of(
        metadata: &kube::core::ObjectMeta,
        feature: &str,
        status: Option<&FeatureFlagStatus>,
        manifest: serde_json::Value,
    ) -> Self {
        Self {
            namespace: String::new(),
            name: metadata.name.clone().unwrap_or_default(),
            feature: feature.to_owned(),
            description: None,
            enabled: true,
            is_preview: false,
            resource_version: metadata.resource_version.clone().unwrap_or_default(),
            is_told: status.and_then(|status| status.observed_generation) >= metadata.generation,
            seen: switching::seen(metadata),
            uid: metadata.uid.clone().unwrap_or_default(),
            managed: Managed::of(metadata),
            override_to: annotation(metadata, OVERRIDE),
            override_until: annotation(metadata, OVERRIDE_UNTIL),
            status: status.cloned().unwrap_or_default(),
            manifest,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        if self.namespace.is_empty() { "ClusterFeatureFlag" } else { "FeatureFlag" }
    }

    /// What holds, as the operator says; before it has said anything, what the spec says.
    pub(super) fn passes(&self) -> bool {
        match &self.status.effective {
            Some(Effective { enabled, .. }) => *enabled,
            None => self.enabled || self.is_preview,
        }
    }

    /// What its annotations say over its spec.
    pub(super) fn overridden(&self) -> Option<bool> {
        self.override_until.as_ref()?;
        match self.override_to.as_deref() {
            Some(ENABLED) => Some(true),
            Some(DISABLED) => Some(false),
            _ => None,
        }
    }

    /// What is wrong with it, in the operator's words.
    pub(super) fn trouble(&self) -> Option<&str> {
        let bad = self.status.conditions.iter().find(|condition| {
            (condition.type_ == "Accepted" || condition.type_ == "Distributed") && condition.status == "False"
        });
        bad.map(|condition| condition.message.as_str())
    }
}

fn annotation(metadata: &kube::core::ObjectMeta, key: &str) -> Option<String> {
    metadata.annotations.as_ref()?.get(key).cloned()
}

/// What somebody would keep in git: no status, and nothing that an apiserver adds.
fn manifest<S: serde::Serialize>(
    kind: &str,
    metadata: &kube::core::ObjectMeta,
    spec: &S,
) -> serde_json::Value {
    let mut kept = serde_json::Map::new();
    kept.insert("name".to_owned(), metadata.name.clone().into());
    if let Some(namespace) = &metadata.namespace {
        kept.insert("namespace".to_owned(), namespace.clone().into());
    }
    serde_json::json!({
        "apiVersion": tollgate_crds::API_VERSION, "kind": kind, "metadata": kept,
        "spec": serde_json::to_value(spec).unwrap_or_default(),
    })
}

// === impl Managed ===

impl Managed {
    /// By the labels and annotations that these tools put on what they apply.
    fn of(metadata: &kube::core::ObjectMeta) -> Option<Self> {
        let label = |key: &str| metadata.labels.as_ref().and_then(|labels| labels.get(key)).cloned();
        let flux = label("kustomize.toolkit.fluxcd.io/name").or_else(|| label("helm.toolkit.fluxcd.io/name"));
        let argo = annotation(metadata, "argocd.argoproj.io/tracking-id")
            .or_else(|| label("argocd.argoproj.io/instance"));
        let helm = annotation(metadata, "meta.helm.sh/release-name");
        flux.map(|name| Self { by: "Flux", name })
            .or_else(|| argo.map(|name| Self { by: "Argo CD", name }))
            .or_else(|| helm.map(|name| Self { by: "Helm", name }))
    }
}
