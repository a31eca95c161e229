//! What becomes of a pod: a pure function of the pod, its namespace and the settings.
//!
//! The patch holds no secret and nothing random, so the same pod gets the same patch from any replica, and a second run over its own
//! output changes nothing. A second run does happen: the apiserver asks again when another webhook has changed the pod
//! after us. It then puts the sidecar back to the front, captures containers that were added, and leaves alone what
//! others did to the sidecar (a registry's mirror, a token's mount).
//!
//! What is in a pod afterwards, besides what its owner wrote:
//!
//! ```text
//! metadata.annotations   tollgate.dev/injected, and our parts of three that others read
//! spec.initContainers[0] tollgate: a native sidecar, so it is up before anything that calls, and lets Jobs end
//! spec.volumes           tollgate-spool, tollgate-token, tollgate-state; mounted in the sidecar only
//! containers[].env       what sends calls to the sidecar, and whom to trust, in containers that say nothing about them
//! spec.hostAliases       the providers' hosts (capture by hosts; with a sysctl of the pod's that lets the sidecar listen on 443)
//! spec.imagePullSecrets  those of the settings
//! ```
//!
//! Nothing else is touched, and a pod that could not run with it is left as it is: [`NotInjected`] says why.

mod annotations;
mod asked;
mod capture;
mod config;
mod container;
mod patch;
mod quantity;
mod resources;
pub(crate) mod template;
mod verdict;
mod volumes;

#[cfg(test)]
mod tests;

use k8s_openapi::api::core::v1::{Pod, PodSpec};
use serde_json::{Value, json};

use crate::{
    index::Namespace,
    settings::{Capture, Settings},
};

pub use self::{
    container::ADMIN_PORT,
    resources::{NotAQuantity, check},
    verdict::{Hindered, Injection, LeftOut, NotInjected, Plan, Remark},
};

/// The sidecar's container, and the name that no other container of the pod may have.
pub const CONTAINER: &str = "tollgate";
/// On a pod: the feature of calls that name none.
pub const FEATURE: &str = "tollgate.dev/feature";
/// On a pod: the way its calls are captured.
pub const CAPTURE: &str = "tollgate.dev/capture";
/// On an injected pod: the way that was taken, written by us.
pub const CAPTURED: &str = "tollgate.dev/captured";

/// What changes while the operator runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Now<'a> {
    /// Certificates (PEM) that the operator's own is signed with.
    pub operator_ca: Option<&'a str>,
    /// Features whose flags say `onStateUnknown: Deny`, in order: refused until the sidecar knows the flags.
    pub deny_until_known: &'a [String],
}

/// Decides about one pod that is about to be made.
pub fn inject(pod: &Pod, namespace: &Namespace, settings: &Settings, now: &Now<'_>) -> Injection {
    let Some(spec) = &pod.spec else { return Injection::NotAsked };
    if !asked::by_namespace(namespace, settings) {
        return Injection::NotAsked;
    }
    let ours = container::place(spec);
    if let Some(reason) = asked::hindrance(pod, spec, namespace, ours) {
        return Injection::NotInjected(reason);
    }

    let mut patch = patch::Operations::default();
    let mut remarks = asked::remarks(pod, namespace);
    let chosen = capture::choose(pod, spec, namespace, settings, ours.is_some());
    let config = config::text(pod, namespace, settings, now, chosen.mode);
    container::put(&mut patch, spec, settings, &config, chosen.mode, ours);
    capture::put(&mut patch, spec, &chosen, &mut remarks);
    volumes::put(&mut patch, spec, settings, chosen.mode);
    annotations::put(&mut patch, pod, namespace, settings, chosen.mode);
    put_pull_secrets(&mut patch, spec, settings);
    Injection::Injected(Plan { patch: patch.finish(), again: ours.is_some(), remarks })
}

/// Pull secrets that the pod lacks; one that its namespace does not have does no harm.
fn put_pull_secrets(patch: &mut patch::Operations, spec: &PodSpec, settings: &Settings) {
    let has = |name: &String| spec.image_pull_secrets.iter().flatten().any(|secret| secret.name == *name);
    let missing: Vec<Value> = settings
        .sidecar
        .image_pull_secrets
        .iter()
        .filter(|name| !has(name))
        .map(|name| json!({ "name": name }))
        .collect();
    patch.append(&["spec".into(), "imagePullSecrets".into()], spec.image_pull_secrets.is_some(), missing);
}
