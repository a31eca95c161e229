//! Pods of labelled namespaces that run without a sidecar: counted, and told to whoever owns them, once.
//!
//! They ran before the label, or were made while no operator answered, or cannot have one. Nothing of theirs is touched:
//! the Event says which command makes them anew.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use k8s_openapi::api::core::v1::{ObjectReference, Pod as KubePod};
use kube::{
    Api,
    runtime::events::{Event, EventType},
};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::gauge::ConstGauge,
};

use crate::{
    admission::inject::{Injection, Now, inject},
    context::Context,
    index::{Namespace, Pod},
    leadership::Leadership,
    workload::Workload,
};

/// Between two looks. Nobody waits for this.
const LOOK: Duration = Duration::from_secs(5);
/// So many Events at one look: a namespace of a thousand workloads is labelled once, and must not flood the apiserver.
const AT_ONCE: usize = 10;

/// Pods without a sidecar, read when somebody asks; only the leader's word counts, so that no sum counts them twice.
#[derive(Debug)]
struct Uncovered {
    index: crate::index::SharedIndex,
    leadership: Leadership,
}

/// Pods that nobody has been told of.
struct Found {
    namespace: Namespace,
    pod: Pod,
    workload: Workload,
    pods: usize,
}

/// Owners that were told, by uid: a controller's, else the pod's own.
type Told = HashSet<String>;

/// Shows the count in the metrics.
pub(super) fn register(context: &Context) {
    let uncovered = Uncovered { index: context.index.clone(), leadership: context.leadership.clone() };
    context.metrics.register(|registry| registry.register_collector(Box::new(uncovered)));
}

/// Tells each owner once, for as long as it is let.
pub(super) async fn lead(context: Context) {
    let mut told = Told::new();
    loop {
        for found in find(&context, &mut told) {
            tell(&context, found).await;
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Of each owner that was not told: one of its pods. Owners that have no such pod any more are forgotten.
fn find(context: &Context, told: &mut Told) -> Vec<Found> {
    context.index.read(|index| {
        let mut owners: BTreeMap<&str, (&Pod, usize)> = BTreeMap::new();
        for pod in index.uncovered() {
            let (first, pods) = owners.entry(owner(pod)).or_insert((pod, 0));
            *pods += 1;
            if pod.name < first.name {
                *first = pod;
            }
        }
        told.retain(|owner| owners.contains_key(owner.as_str()));
        let news: Vec<Found> = owners
            .iter()
            .filter(|(owner, _)| !told.contains(**owner))
            .filter_map(|(_, (pod, pods))| {
                let namespace = index.namespace(&pod.namespace)?.clone();
                Some(Found { namespace, pod: (*pod).clone(), workload: Workload::of_pod(pod), pods: *pods })
            })
            .take(AT_ONCE)
            .collect();
        told.extend(news.iter().map(|found| owner(&found.pod).to_owned()));
        news
    })
}

fn owner(pod: &Pod) -> &str {
    pod.owner.as_ref().map_or(&pod.uid, |owner| &owner.uid)
}

async fn tell(context: &Context, found: Found) {
    let (reason, note) = words(context, &found).await;
    let event = Event {
        type_: EventType::Warning,
        reason: reason.to_owned(),
        note: Some(note),
        action: "Inject".to_owned(),
        secondary: None,
    };
    if let Err(error) = context.events.publish(event, &about(&found.pod)).await {
        tracing::warn!(namespace = found.pod.namespace, pod = found.pod.name, %error, "an Event could not be written");
    }
}

/// Why it has none, and what to do: asked of the same function that would decide if the pod were made now.
async fn words(context: &Context, found: &Found) -> (&'static str, String) {
    let Found { namespace, pod, workload, pods } = found;
    let which = match pods {
        1 => format!("Pod {} has no sidecar", pod.name),
        _ => format!("{pods} pods of {workload} have no sidecar ({} is one)", pod.name),
    };
    let api: Api<KubePod> = Api::namespaced(context.client.clone(), &pod.namespace);
    let decided = api.get(&pod.name).await.ok().map(|pod| {
        let now = Now { operator_ca: None, deny_until_known: &[] };
        inject(&pod, namespace, &context.settings, &now)
    });
    match decided {
        Some(Injection::NotInjected(why)) => (why.reason(), format!("{which}: {why}")),
        _ => (
            "NoSidecar",
            format!(
                "{which}: it was made before the namespace {} was labelled, or while no operator answered. \
                 Its AI calls are neither metered nor gated. To change that: {}",
                namespace.name,
                workload.restart(&namespace.name, &pod.name)
            ),
        ),
    }
}

fn about(pod: &Pod) -> ObjectReference {
    let namespace = Some(pod.namespace.clone());
    match &pod.owner {
        Some(owner) => ObjectReference {
            api_version: Some(owner.api_version.clone()),
            kind: Some(owner.kind.clone()),
            name: Some(owner.name.clone()),
            uid: Some(owner.uid.clone()),
            namespace,
            ..Default::default()
        },
        None => ObjectReference {
            api_version: Some("v1".to_owned()),
            kind: Some("Pod".to_owned()),
            name: Some(pod.name.clone()),
            uid: Some(pod.uid.clone()),
            namespace,
            ..Default::default()
        },
    }
}

// === impl Uncovered ===

impl Collector for Uncovered {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        if !self.leadership.leads() {
            return Ok(());
        }
        let counts: BTreeMap<String, i64> = self.index.read(|index| {
            let labelled = index.labelled().map(|namespace| (namespace.name.clone(), 0));
            let mut counts: BTreeMap<_, _> = labelled.collect();
            for pod in index.uncovered() {
                *counts.entry(pod.namespace.clone()).or_default() += 1;
            }
            counts
        });
        let mut family = encoder.encode_descriptor(
            "tollgate_pods_without_sidecar",
            "Running pods of labelled namespaces that have no sidecar",
            None,
            prometheus_client::metrics::MetricType::Gauge,
        )?;
        for (namespace, count) in counts {
            ConstGauge::new(count).encode(family.encode_family(&[("namespace", namespace)])?)?;
        }
        Ok(())
    }
}
