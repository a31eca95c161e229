//! All that can be put into a pod, as an object that a MutatingAdmissionPolicy takes its parts from.
//!
//! The policy (`charts/tollgate/files/injection/policy.yaml`) cannot write JSON and does not know the operator's certificates: it
//! copies, and puts in what only the pod knows. So the object is what [`inject`] makes of a pod that has nothing, once for each
//! way of capture: a container named like the way, and an init container `sidecar-WAY`.
//!
//! ```text
//! template.metadata.annotations   the way that is taken where nobody says, our mark,
//!                                 and deny.tollgate.dev/NAMESPACE: "chat","search"
//! template.spec.initContainers    the sidecar
//! template.spec.containers        an app's variables and mounts
//! template.spec.volumes, hostAliases, securityContext.sysctls, imagePullSecrets    those of any way
//! ```

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::{
    api::core::v1::{Container, Pod, PodSpec, PodTemplate, PodTemplateSpec},
    apimachinery::pkg::apis::meta::v1::ObjectMeta,
};
use serde_json::json;

use super::{CAPTURE, FEATURE, Injection, Now, inject};
use crate::{
    index::{INJECT, INJECTED, Namespace},
    settings::{Capture, Settings},
};

/// The object's name, in the operator's own namespace.
pub(crate) const NAME: &str = "tollgate-injection";
/// Stands for what only the pod knows. The policy looks for it.
const PLACEHOLDER: &str = "tollgate-placeholder";
/// Before a namespace: features there that are refused until their flags are known.
const DENY: &str = "deny.tollgate.dev/";
/// Kubernetes takes a quarter of a MiB of annotations. What is beyond this stands in the namespace's own `tollgate-state` alone.
const DENIED_BYTES: usize = 200 << 10;

/// Features that are refused while nothing is known, namespace by namespace.
pub(crate) type Denied = BTreeMap<String, BTreeSet<String>>;

/// The object, and how many namespaces' features had no room in it.
pub(crate) fn template(settings: &Settings, ca: Option<&str>, denied: &Denied) -> (PodTemplate, usize) {
    let pods = Capture::ALL.map(|mode| (mode, injected(settings, ca, mode)));
    let of_each = |prefix: &str, of: fn(&PodSpec) -> Option<&Container>| -> Vec<Container> {
        let named = |mode: Capture, container: &Container| Container {
            name: format!("{prefix}{}", mode.name()),
            ..container.clone()
        };
        pods.iter().filter_map(|(mode, spec)| Some(named(*mode, of(spec)?))).collect()
    };
    let [(_, all), ..] = &pods; // by hosts a pod gets everything that is not a container's
    let spec = PodSpec {
        init_containers: Some(of_each("sidecar-", |spec| spec.init_containers.as_ref()?.first())),
        containers: of_each("", |spec| spec.containers.first()),
        volumes: all.volumes.clone(),
        host_aliases: all.host_aliases.clone(),
        security_context: all.security_context.clone(),
        image_pull_secrets: all.image_pull_secrets.clone(),
        ..PodSpec::default()
    };

    let mut annotations = BTreeMap::from([
        (CAPTURE.to_owned(), settings.sidecar.capture.name().to_owned()),
        (INJECTED.to_owned(), settings.release.clone()),
    ]);
    let (mut bytes, mut left_out) = (0, 0);
    for (namespace, features) in denied.iter().filter(|(_, features)| !features.is_empty()) {
        let features: Vec<String> = features.iter().map(|feature| json!(feature).to_string()).collect();
        let (key, value) = (format!("{DENY}{namespace}"), features.join(","));
        bytes += key.len() + value.len();
        if bytes > DENIED_BYTES {
            left_out += 1;
        } else {
            annotations.insert(key, value);
        }
    }
    let template = PodTemplateSpec {
        metadata: Some(ObjectMeta { annotations: Some(annotations), ..ObjectMeta::default() }),
        spec: Some(spec),
    };
    let metadata = ObjectMeta { name: Some(NAME.to_owned()), ..ObjectMeta::default() };
    (PodTemplate { metadata, template: Some(template) }, left_out)
}

/// A pod that had nothing but one container, with all that it gets.
fn injected(settings: &Settings, ca: Option<&str>, mode: Capture) -> PodSpec {
    let metadata = ObjectMeta {
        name: Some(PLACEHOLDER.to_owned()),
        labels: Some([("tollgate".to_owned(), "placeholder".to_owned())].into()),
        annotations: Some(
            [(FEATURE.to_owned(), PLACEHOLDER.to_owned()), (CAPTURE.to_owned(), mode.name().to_owned())]
                .into(),
        ),
        ..ObjectMeta::default()
    };
    let app = Container {
        name: "app".to_owned(),
        // the apiserver wants one; no pod gets it
        image: Some(PLACEHOLDER.to_owned()),
        ..Container::default()
    };
    let spec = PodSpec { containers: vec![app], ..PodSpec::default() };
    let pod = Pod { metadata, spec: Some(spec), status: None };
    let namespace = Namespace {
        name: PLACEHOLDER.to_owned(),
        uid: String::new(),
        labels: [(INJECT.to_owned(), "enabled".to_owned())].into(),
        annotations: BTreeMap::new(),
    };
    let deny = [PLACEHOLDER.to_owned()];
    let now = Now { operator_ca: ca, deny_until_known: &deny };
    let Injection::Injected(plan) = inject(&pod, &namespace, settings, &now) else {
        unreachable!("nothing is in the way in a pod that has nothing");
    };
    let mut pod = json!(pod);
    let patched = json_patch::patch(&mut pod, &plan.patch).map(|()| serde_json::from_value::<Pod>(pod));
    let Ok(Ok(Pod { spec: Some(spec), .. })) = patched else {
        unreachable!("a patch of ours fits the pod that it was made for");
    };
    spec
}
