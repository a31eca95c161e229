//! What the sidecar asks for, so that it changes nothing about its pod: not the QoS class, not the quota's demands.
//!
//! Requests always: without them autoscalers cannot compute and quotas refuse the pod. Limits, besides those that the
//! installation says, where all other containers limit a resource: a quota may demand it. In a Guaranteed pod they equal
//! the requests. A pod with resources of its own as a whole (`spec.resources`) shares them: its containers' requests must
//! stay within, so ours asks for none.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::core::v1::{Container, PodSpec, ResourceRequirements},
    apimachinery::pkg::api::resource::Quantity,
};

use super::{CONTAINER, quantity::amount};
use crate::settings::SidecarSettings;

type Amounts = BTreeMap<String, Quantity>;

const CPU: &str = "cpu";
const MEMORY: &str = "memory";
/// Where the installation says nothing. Enough for a modest app.
const REQUESTS: [(&str, &str); 2] = [(CPU, "20m"), (MEMORY, "48Mi")];
/// Limits where the pod needs some and the installation says none. A sidecar that is throttled slows every call.
const LIMITS: [(&str, &str); 2] = [(CPU, "250m"), (MEMORY, "256Mi")];

/// A quantity that the apiserver would refuse, and every pod with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: expected a quantity like 100m or 64Mi, found {found:?}")]
pub struct NotAQuantity {
    field: String,
    found: String,
}

/// Whether the installation's quantities are some.
pub fn check(settings: &SidecarSettings) -> Result<(), NotAQuantity> {
    let SidecarSettings { resources, spool_size_limit, .. } = settings;
    let listed = |list: &'static str, amounts: &Option<Amounts>| {
        let amounts = amounts.clone().unwrap_or_default().into_iter();
        amounts.map(move |(resource, quantity)| (format!("sidecar.resources.{list}.{resource}"), quantity))
    };
    let spool = ("sidecar.spoolSizeLimit".to_owned(), Quantity(spool_size_limit.clone()));
    let mut all =
        listed("requests", &resources.requests).chain(listed("limits", &resources.limits)).chain([spool]);
    match all.find(|(_, quantity)| !is_some_amount(quantity)) {
        Some((field, Quantity(found))) => Err(NotAQuantity { field, found }),
        None => Ok(()),
    }
}

/// The sidecar's part in this pod.
pub(super) fn of_sidecar(spec: &PodSpec, settings: &SidecarSettings) -> Option<ResourceRequirements> {
    if spec.resources.is_some() {
        return None;
    }
    let mut requests = settings.resources.requests.clone().unwrap_or_default();
    let mut limits = settings.resources.limits.clone().unwrap_or_default();
    for (resource, request) in REQUESTS {
        requests.entry(resource.to_owned()).or_insert_with(|| Quantity(request.to_owned()));
    }
    for (resource, least) in LIMITS {
        let all = others(spec).all(|container| limit(container, resource).is_some_and(is_some_amount));
        if all && !limits.contains_key(resource) {
            let least = Quantity(least.to_owned());
            let request = requests.get(resource).filter(|request| amount(request) > amount(&least)).cloned();
            limits.insert(resource.to_owned(), request.unwrap_or(least));
        }
    }
    if is_guaranteed(spec) {
        requests.extend(limits.clone());
    }
    for (resource, limit) in &limits {
        let request = requests.get_mut(resource).filter(|request| amount(request) > amount(limit));
        if let Some(request) = request {
            request.clone_from(limit); // a request above its limit would be refused, and the pod with it
        }
    }
    Some(ResourceRequirements {
        requests: Some(requests),
        limits: Some(limits).filter(|limits| !limits.is_empty()),
        ..Default::default()
    })
}

/// Whether the pod is Guaranteed without the sidecar, as Kubernetes reckons.
pub(super) fn is_guaranteed(spec: &PodSpec) -> bool {
    spec.resources.is_none() && others(spec).all(is_fixed)
}

/// CPU and memory are limited, and all of it is requested. No request stands for one as large as the limit.
pub(super) fn is_fixed(container: &Container) -> bool {
    let requests = container.resources.as_ref().and_then(|resources| resources.requests.as_ref());
    let request = |resource| requests.and_then(|requests| requests.get(resource));
    [CPU, MEMORY].into_iter().all(|resource| {
        let limit = limit(container, resource).filter(|limit| is_some_amount(limit));
        limit.is_some_and(|limit| request(resource).is_none_or(|request| amount(request) == amount(limit)))
    })
}

fn others(spec: &PodSpec) -> impl Iterator<Item = &Container> {
    let init = spec.init_containers.iter().flatten();
    spec.containers.iter().chain(init).filter(|container| container.name != CONTAINER)
}

fn limit<'a>(container: &'a Container, resource: &str) -> Option<&'a Quantity> {
    container.resources.as_ref()?.limits.as_ref()?.get(resource)
}

fn is_some_amount(quantity: &Quantity) -> bool {
    amount(quantity).is_some_and(|amount| amount > 0)
}
