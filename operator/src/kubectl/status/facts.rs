//! What can be seen from here, and what cannot.

use std::{collections::BTreeMap, fmt::Debug};

use futures::{StreamExt, stream};
use k8s_openapi::api::{
    admissionregistration::v1::{MutatingWebhookConfiguration, ValidatingWebhookConfiguration},
    coordination::v1::Lease,
    core::v1::{Namespace as KubeNamespace, Pod as KubePod},
};
use kube::{
    Api, Resource,
    api::{ApiResource, DynamicObject, ListParams},
};
use serde::de::DeserializeOwned;
use sqlx::{PgPool, Row};
use tollgate_crds::{
    API_VERSION, ClusterFeatureFlag, FeatureFlag,
    alert::{ClusterUsageAlert, UsageAlert},
};

use super::samples::Samples;
use crate::{
    admission::inject::{ADMIN_PORT, CONTAINER},
    index::{Namespace, Phase, Pod},
    kubectl::{access::Cluster, ledger::Ledger},
};

/// Something, or why it is not known.
pub(super) type Known<T> = Result<T, Unknown>;

/// Why something is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// The person may not; which right would do.
    Forbidden(&'static str),
    /// The other side's words.
    Failed(String),
}

/// All that is judged.
pub(super) struct Facts {
    pub(super) installation: String,
    /// The kinds of ours that the apiserver serves.
    pub(super) kinds: Known<Vec<String>>,
    pub(super) operators: Known<Vec<Replica>>,
    pub(super) lease: Known<Option<Lease>>,
    /// By name of the webhook: whether it is told whom to trust. None: the configuration is not there.
    pub(super) webhooks: Known<Option<Vec<(String, bool)>>>,
    pub(super) namespaces: Known<Vec<Namespace>>,
    /// Of labelled namespaces.
    pub(super) pods: Known<Vec<Covered>>,
    pub(super) objects: Known<Vec<Object>>,
    /// What each replica's metrics say, in the order of `operators`.
    pub(super) operator_samples: Vec<Known<Samples>>,
    /// What sidecars' metrics say, of those that were asked.
    pub(super) sidecars: Vec<(String, Known<Samples>)>,
    /// None: it is not known where it is.
    pub(super) ledger: Known<Option<Newest>>,
}

/// A pod of the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replica {
    pub(super) name: String,
    pub(super) ready: bool,
    /// Its program has ended at least once: what it said then is what counts.
    pub(super) restarted: bool,
    pub(super) version: String,
    pub(super) metrics_port: i32,
}

/// A pod that is to have a sidecar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Covered {
    pub(super) pod: Pod,
    /// Of its sidecar, by the image; where it has one.
    pub(super) version: Option<String>,
}

/// A flag or an alert, as its conditions have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) kind: &'static str,
    pub(super) namespace: Option<String>,
    pub(super) name: String,
    /// Those that do not hold: type and message.
    pub(super) faults: Vec<(String, String)>,
    /// Nobody has judged it yet.
    pub(super) unseen: bool,
}

/// What a reader sees of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Newest {
    /// Seconds since a row came; None: there is none.
    pub(super) age: Option<i64>,
    /// Of the last 24 hours.
    pub(super) calls: i64,
    pub(super) unpriced: i64,
}

const OPERATORS: &str = "app.kubernetes.io/name=tollgate,app.kubernetes.io/component=operator";
const LEASE: &str = "tollgate-operator";
const WEBHOOKS: &str = "tollgate";
const METRICS_PORT: i32 = 8080;
/// So many sidecars are asked at once.
const AT_ONCE: usize = 8;
/// A list's page.
const PAGE: u32 = 500;

// === impl Facts ===

impl Facts {
    pub(super) async fn gather(cluster: &Cluster, ledger: &Ledger, most_sidecars: usize) -> Self {
        let (kinds, operators, lease, webhooks, namespaces, objects, ledger) = futures::join!(
            kinds(cluster),
            operators(cluster),
            lease(cluster),
            webhooks(cluster),
            namespaces(cluster),
            objects(cluster),
            newest(cluster, ledger),
        );
        let pods = match &namespaces {
            Ok(namespaces) => pods(cluster, namespaces).await,
            Err(why) => Err(why.clone()),
        };
        let of_operators = operators.as_deref().unwrap_or_default().iter().map(|replica| async {
            if !replica.ready {
                return Err(Unknown::Failed(format!("{} is not ready", replica.name)));
            }
            metrics(cluster, &cluster.installation, &replica.name, replica.metrics_port).await
        });
        let operator_samples = stream::iter(of_operators).buffered(AT_ONCE).collect().await;
        let answering = pods.as_deref().unwrap_or_default().iter().map(|covered| &covered.pod);
        let of_sidecars =
            answering.filter(|pod| pod.ought_to_answer()).take(most_sidecars).map(|pod| async {
                let samples = metrics(cluster, &pod.namespace, &pod.name, ADMIN_PORT).await;
                (format!("{}/{}", pod.namespace, pod.name), samples)
            });
        let sidecars = stream::iter(of_sidecars).buffered(AT_ONCE).collect().await;
        Self {
            installation: cluster.installation.clone(),
            kinds,
            operators,
            lease,
            webhooks,
            namespaces,
            pods,
            objects,
            operator_samples,
            sidecars,
            ledger,
        }
    }
}

/// What everybody who is signed in may ask: discovery.
async fn kinds(cluster: &Cluster) -> Known<Vec<String>> {
    match cluster.client.list_api_group_resources(API_VERSION).await {
        Ok(list) => Ok(list.resources.into_iter().map(|resource| resource.name).collect()),
        Err(kube::Error::Api(status)) if status.is_not_found() => Ok(Vec::new()),
        Err(error) => Err(unknown(error, "to discover APIs")),
    }
}

async fn operators(cluster: &Cluster) -> Known<Vec<Replica>> {
    let pods: Api<KubePod> = Api::namespaced(cluster.client.clone(), &cluster.installation);
    let pods = all(&pods, ListParams::default().labels(OPERATORS), "list pods").await?;
    Ok(pods.iter().map(Replica::of).collect())
}

async fn lease(cluster: &Cluster) -> Known<Option<Lease>> {
    let leases: Api<Lease> = Api::namespaced(cluster.client.clone(), &cluster.installation);
    leases.get_opt(LEASE).await.map_err(|error| unknown(error, "get leases"))
}

async fn webhooks(cluster: &Cluster) -> Known<Option<Vec<(String, bool)>>> {
    let mutating: Api<MutatingWebhookConfiguration> = Api::all(cluster.client.clone());
    let validating: Api<ValidatingWebhookConfiguration> = Api::all(cluster.client.clone());
    let right = "get mutatingwebhookconfigurations and validatingwebhookconfigurations";
    let mutating = mutating.get_opt(WEBHOOKS).await.map_err(|error| unknown(error, right))?;
    let validating = validating.get_opt(WEBHOOKS).await.map_err(|error| unknown(error, right))?;
    let (Some(mutating), Some(validating)) = (mutating, validating) else { return Ok(None) };
    let trusts = |config: k8s_openapi::api::admissionregistration::v1::WebhookClientConfig| {
        config.ca_bundle.is_some_and(|bundle| !bundle.0.is_empty())
    };
    let mutating = mutating.webhooks.into_iter().flatten();
    let validating = validating.webhooks.into_iter().flatten();
    let mutating = mutating.map(|webhook| (webhook.name, trusts(webhook.client_config)));
    Ok(Some(
        mutating.chain(validating.map(|webhook| (webhook.name, trusts(webhook.client_config)))).collect(),
    ))
}

async fn namespaces(cluster: &Cluster) -> Known<Vec<Namespace>> {
    let namespaces: Api<KubeNamespace> = Api::all(cluster.client.clone());
    let namespaces = all(&namespaces, ListParams::default(), "list namespaces").await?;
    let namespaces = namespaces.into_iter().map(|namespace| Namespace::read(namespace.metadata));
    Ok(namespaces.filter(Namespace::is_labelled).collect())
}

async fn pods(cluster: &Cluster, namespaces: &[Namespace]) -> Known<Vec<Covered>> {
    let lists = namespaces.iter().map(|namespace| async {
        let pods: Api<KubePod> = Api::namespaced(cluster.client.clone(), &namespace.name);
        let running = ListParams::default().fields("status.phase=Running");
        all(&pods, running, "list pods in the labelled namespaces").await
    });
    let lists: Vec<Known<Vec<KubePod>>> = stream::iter(lists).buffered(AT_ONCE).collect().await;
    let mut covered = Vec::new();
    for list in lists {
        covered.extend(list?.into_iter().map(Covered::of));
    }
    Ok(covered)
}

async fn objects(cluster: &Cluster) -> Known<Vec<Object>> {
    let kinds = [
        ("FeatureFlag", ApiResource::erase::<FeatureFlag>(&())),
        ("ClusterFeatureFlag", ApiResource::erase::<ClusterFeatureFlag>(&())),
        ("UsageAlert", ApiResource::erase::<UsageAlert>(&())),
        ("ClusterUsageAlert", ApiResource::erase::<ClusterUsageAlert>(&())),
    ];
    let mut objects = Vec::new();
    for (kind, resource) in kinds {
        let api: Api<DynamicObject> = Api::all_with(cluster.client.clone(), &resource);
        match pages(&api, ListParams::default()).await {
            Ok(found) => objects.extend(found.into_iter().map(|object| Object::of(kind, object))),
            // the kind is not served: another check's word
            Err(kube::Error::Api(status)) if status.is_not_found() => {}
            Err(error) => {
                return Err(unknown(error, "list flags and alerts (the ClusterRole tollgate-viewer)"));
            }
        }
    }
    Ok(objects)
}

async fn metrics(cluster: &Cluster, namespace: &str, pod: &str, port: i32) -> Known<Samples> {
    let text = cluster.of_pod(namespace, pod, port, "metrics").await;
    text.map(Samples).map_err(|error| unknown(error, "get pods/proxy"))
}

async fn newest(cluster: &Cluster, ledger: &Ledger) -> Known<Option<Newest>> {
    let failed = |error: anyhow::Error| Unknown::Failed(crate::told(&error));
    let Some(pool) = ledger.open_if_known(cluster).await.map_err(failed)? else { return Ok(None) };
    read(&pool, &ledger.cluster).await.map(Some).map_err(|error| failed(error.into()))
}

/// From the rollups, and the last row by the newest of them.
async fn read(pool: &PgPool, cluster: &str) -> Result<Newest, sqlx::Error> {
    let row = sqlx::query(
        "select coalesce(sum(calls), 0)::bigint as calls, coalesce(sum(unpriced_calls), 0)::bigint as unpriced,
                (select extract(epoch from now() - max(received_at))::bigint from public.provider_usage_logs
                 where created_at > now() - interval '24 hours' and cluster = $1) as age
         from public.usage_hourly
         where hour > now() - interval '24 hours' and cluster = $1",
    )
    .bind(cluster)
    .fetch_one(pool)
    .await?;
    Ok(Newest { age: row.try_get("age")?, calls: row.try_get("calls")?, unpriced: row.try_get("unpriced")? })
}

async fn all<K>(api: &Api<K>, params: ListParams, right: &'static str) -> Known<Vec<K>>
where
    K: Clone + DeserializeOwned + Debug,
{
    pages(api, params).await.map_err(|error| unknown(error, right))
}

/// A whole list, page by page.
async fn pages<K>(api: &Api<K>, params: ListParams) -> Result<Vec<K>, kube::Error>
where
    K: Clone + DeserializeOwned + Debug,
{
    let mut items = Vec::new();
    let mut params = params.limit(PAGE);
    loop {
        let page = api.list(&params).await?;
        items.extend(page.items);
        match page.metadata.continue_.filter(|token| !token.is_empty()) {
            Some(token) => params = params.continue_token(&token),
            None => return Ok(items),
        }
    }
}

fn unknown(error: kube::Error, right: &'static str) -> Unknown {
    match error {
        kube::Error::Api(status) if status.is_forbidden() => Unknown::Forbidden(right),
        kube::Error::Api(status) => Unknown::Failed(format!("{} ({})", status.message.trim(), status.code)),
        error => Unknown::Failed(crate::told(&error.into())),
    }
}

/// What stands behind the last colon of an image's reference, or its digest.
fn version(image: &str) -> String {
    let name = image.rsplit_once('/').map_or(image, |(_, name)| name);
    match name.split_once('@').or_else(|| name.split_once(':')) {
        Some((_, version)) => version.to_owned(),
        None => "latest".to_owned(),
    }
}

// === impl Replica ===

impl Replica {
    fn of(pod: &KubePod) -> Self {
        let containers = pod.spec.iter().flat_map(|spec| &spec.containers);
        let conditions = pod.status.iter().flat_map(|status| status.conditions.iter().flatten());
        let statuses = pod.status.iter().filter_map(|status| status.container_statuses.as_ref());
        let mut ports = containers.clone().flat_map(|container| container.ports.iter().flatten());
        let metrics = ports.find(|port| port.name.as_deref() == Some("metrics"));
        Self {
            name: pod.metadata.name.clone().unwrap_or_default(),
            ready: conditions
                .into_iter()
                .any(|condition| condition.type_ == "Ready" && condition.status == "True"),
            restarted: statuses.flatten().any(|container| container.restart_count > 0),
            version: containers
                .clone()
                .find_map(|container| container.image.as_deref().map(version))
                .unwrap_or_default(),
            metrics_port: metrics.map_or(METRICS_PORT, |port| port.container_port),
        }
    }
}

// === impl Covered ===

impl Covered {
    fn of(pod: KubePod) -> Self {
        let containers = pod.spec.iter().flat_map(|spec| spec.init_containers.iter().flatten());
        let sidecar = containers.into_iter().find(|container| container.name == CONTAINER);
        let version = sidecar.and_then(|container| container.image.as_deref().map(version));
        Self { pod: Pod::read(pod.metadata, Phase::Running), version }
    }
}

// === impl Object ===

impl Object {
    fn of(kind: &'static str, object: DynamicObject) -> Self {
        let conditions = object.data["status"]["conditions"].as_array();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let faults = conditions
            .into_iter()
            .flatten()
            .filter(|condition| condition["status"] != "True")
            .map(|condition| (text(&condition["type"]), text(&condition["message"])))
            .collect();
        let unseen = conditions.is_none_or(Vec::is_empty);
        let meta = object.meta();
        Self {
            kind,
            namespace: meta.namespace.clone(),
            name: meta.name.clone().unwrap_or_default(),
            faults,
            unseen,
        }
    }

    /// Like `FeatureFlag shop/chat`.
    pub(super) fn shown(&self) -> String {
        let Self { kind, namespace, name, .. } = self;
        match namespace {
            Some(namespace) => format!("{kind} {namespace}/{name}"),
            None => format!("{kind} {name}"),
        }
    }
}

/// Versions, each with how many.
pub(super) fn tally<'a>(versions: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    versions.fold(BTreeMap::new(), |mut tally, version| {
        *tally.entry(version).or_default() += 1;
        tally
    })
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn an_images_version_is_its_tag_or_its_digest() {
        assert_eq!(version("registry:5000/platform/tollgate:0.1.0"), "0.1.0");
        assert_eq!(version("registry/tollgate@sha256:ab"), "sha256:ab");
        assert_eq!(version("registry:5000/tollgate"), "latest");
    }
}
