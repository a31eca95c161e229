//! How a pod's calls come to its sidecar.
//!
//! - [`mode`]: which way is taken, and why not the one that was asked for
//! - [`base_url`]: the SDKs' base-URL variables
//! - [`hosts`]: the providers' names lead to loopback, where the sidecar listens on 443
//! - [`trust`]: every runtime learns of the sidecar's certificates
//! - [`proxy`]: the variables of a forward proxy

mod base_url;
mod hosts;
mod mode;
mod proxy;
mod trust;

use k8s_openapi::api::core::v1::{Container, EnvFromSource, EnvVar, PodSpec};
use serde_json::{Value, json};

use super::{
    CONTAINER, Remark,
    patch::{Operations, Step},
};

pub(super) use self::{base_url::OPENAI_URL, mode::Chosen, mode::choose, proxy::ADDRESS as PROXY_URL};

/// Puts in what the way needs. Init containers too: their calls cost as much.
pub(super) fn put(patch: &mut Operations, spec: &PodSpec, chosen: &Chosen, remarks: &mut Vec<Remark>) {
    remarks.extend(chosen.remark.clone());
    let variables: fn(&Container) -> Variables = match chosen.mode {
        super::Capture::BaseUrl => base_url::variables,
        super::Capture::Hosts => |container| trust::variables(container, trust::JAVA),
        super::Capture::Proxy => proxy::variables,
    };
    if chosen.mode == super::Capture::Hosts {
        hosts::put(patch, spec, remarks);
    }
    for (list, place, container) in apps(spec) {
        let path = |member| ["spec".into(), list.into(), Step::Place(place), member];
        let Variables { add, left_out } = variables(container);
        patch.append(&path("env".into()), container.env.is_some(), add);
        let not_captured = |why| Remark::NotCaptured { container: container.name.clone(), why };
        remarks.extend(left_out.into_iter().map(not_captured));
        if !chosen.mode.ends_tls() {
            continue;
        }
        remarks.extend(base_url::elsewhere(container).map(not_captured));
        if chosen.mode == super::Capture::Hosts {
            remarks.extend(proxy::around_hosts(container).map(not_captured));
        }
        if !trust::is_mounted(container) {
            let mounts = container.volume_mounts.is_some();
            patch.append(&path("volumeMounts".into()), mounts, vec![json!(trust::mount(true))]);
        }
    }
}

/// What a container is to get, and why it does not get all of it.
#[derive(Default)]
struct Variables {
    add: Vec<Value>,
    left_out: Vec<super::LeftOut>,
}

/// All containers but the sidecar, and where they will be: it stands before the other init containers by then.
fn apps(spec: &PodSpec) -> impl Iterator<Item = (&'static str, usize, &Container)> {
    let init = spec.init_containers.iter().flatten().filter(|container| container.name != CONTAINER);
    let init = init.zip(1..).map(|(container, place)| ("initContainers", place, container));
    init.chain(spec.containers.iter().zip(0..).map(|(container, place)| ("containers", place, container)))
}

fn environment(container: &Container) -> impl Iterator<Item = &EnvVar> {
    container.env.iter().flatten()
}

fn has_env_from(container: &Container) -> bool {
    container.env_from.as_ref().is_some_and(|sources| !sources.is_empty())
}

/// Whether a source of `envFrom` may have a variable of this name: a prefix leaves room for few.
fn may_bring(container: &Container, name: &str) -> bool {
    let prefix = |source: &EnvFromSource| source.prefix.clone().unwrap_or_default();
    container.env_from.iter().flatten().any(|source| name.starts_with(&prefix(source)))
}

fn variable(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}
