//! Whether a pod is to have a sidecar, and what hinders one.

use k8s_openapi::api::core::v1::{Container, Pod, PodSpec};
use tollgate_crds::validate::is_feature_name;

use super::{
    CONTAINER, FEATURE, NotInjected, Remark,
    container::{ADMIN_PORT, BASE_URL_PORT},
    volumes,
};
use crate::{
    index::{INJECT, Namespace},
    settings::Settings,
};

/// The cluster's own; a label there is an accident.
const NEVER: [&str; 3] = ["kube-system", "kube-public", "kube-node-lease"];
/// On the apiserver's picture of a static pod.
const MIRROR: &str = "kubernetes.io/config.mirror";
const OS_LABEL: &str = "kubernetes.io/os";
const WINDOWS: &str = "windows";

/// What is asked of a pod.
struct Case<'a> {
    pod: &'a Pod,
    spec: &'a PodSpec,
    namespace: &'a Namespace,
    /// The sidecar is there already.
    injected: bool,
}

const HINDRANCES: [fn(&Case<'_>) -> Option<NotInjected>; 6] =
    [opted_out, host_network, mirror_pod, windows, name_taken, port_taken];

/// Whether the namespace wants sidecars.
pub(super) fn by_namespace(namespace: &Namespace, settings: &Settings) -> bool {
    namespace.is_labelled()
        && namespace.name != settings.namespace
        && !NEVER.contains(&namespace.name.as_str())
}

/// Why the pod cannot, or need not, have a sidecar.
pub(super) fn hindrance(
    pod: &Pod,
    spec: &PodSpec,
    namespace: &Namespace,
    ours: Option<usize>,
) -> Option<NotInjected> {
    let case = Case { pod, spec, namespace, injected: ours.is_some() };
    HINDRANCES.iter().find_map(|hinders| hinders(&case))
}

fn opted_out(case: &Case<'_>) -> Option<NotInjected> {
    (wants_out(case.pod) && case.namespace.allows_opt_out()).then_some(NotInjected::OptedOut)
}

fn host_network(case: &Case<'_>) -> Option<NotInjected> {
    (case.spec.host_network == Some(true)).then_some(NotInjected::HostNetwork)
}

/// The apiserver refuses mirror pods that name a token or a ConfigMap.
fn mirror_pod(case: &Case<'_>) -> Option<NotInjected> {
    annotation(case.pod, MIRROR).map(|_| NotInjected::MirrorPod)
}

fn windows(case: &Case<'_>) -> Option<NotInjected> {
    let said = case.spec.os.as_ref().map(|os| os.name.as_str());
    let selected =
        case.spec.node_selector.as_ref().and_then(|labels| labels.get(OS_LABEL)).map(String::as_str);
    (said == Some(WINDOWS) || selected == Some(WINDOWS)).then_some(NotInjected::Windows)
}

/// Two of one name, and the apiserver would refuse the pod.
fn name_taken(case: &Case<'_>) -> Option<NotInjected> {
    let taken = |what, name: &str| Some(NotInjected::NameTaken { what, name: name.to_owned() });
    if case.spec.containers.iter().any(|container| container.name == CONTAINER) {
        return taken("container", CONTAINER);
    }
    if case.injected {
        return None;
    }
    if case.spec.init_containers.iter().flatten().any(|container| container.name == CONTAINER) {
        return taken("container", CONTAINER);
    }
    let volume = case.spec.volumes.iter().flatten().find(|volume| volumes::is_ours(&volume.name))?;
    taken("volume", &volume.name)
}

/// A sidecar that cannot listen would never be started, and the pod behind it neither.
fn port_taken(case: &Case<'_>) -> Option<NotInjected> {
    let init = case.spec.init_containers.iter().flatten();
    let others = case.spec.containers.iter().chain(init).filter(|container| container.name != CONTAINER);
    others
        .flat_map(ports)
        .find(|(_, port)| [BASE_URL_PORT, ADMIN_PORT].contains(port))
        .map(|(container, port)| NotInjected::PortTaken { container: container.to_owned(), port })
}

/// The sidecar's own are TCP; what listens on one of these by UDP takes it from nobody.
pub(super) fn ports(container: &Container) -> impl Iterator<Item = (&str, i32)> {
    let by_tcp =
        container.ports.iter().flatten().filter(|port| port.protocol.as_deref().unwrap_or(TCP) == TCP);
    by_tcp.map(|port| (container.name.as_str(), port.container_port))
}

const TCP: &str = "TCP";

/// What the pod's annotations say that does not hold.
pub(super) fn remarks(pod: &Pod, namespace: &Namespace) -> Vec<Remark> {
    let opt_out = (wants_out(pod) && !namespace.allows_opt_out()).then_some(Remark::OptOutNotAllowed);
    let inject = annotation(pod, INJECT)
        .filter(|value| !["enabled", "disabled"].contains(value))
        .map(|value| Remark::NotUnderstood { value: value.to_owned() });
    let feature = annotation(pod, FEATURE)
        .filter(|value| !is_feature_name(value))
        .map(|value| Remark::FeatureInvalid { value: value.to_owned() });
    [opt_out, inject, feature].into_iter().flatten().collect()
}

/// The feature of the pod's calls that name none.
pub(super) fn feature(pod: &Pod) -> Option<&str> {
    annotation(pod, FEATURE).filter(|value| is_feature_name(value))
}

fn wants_out(pod: &Pod) -> bool {
    annotation(pod, INJECT) == Some("disabled")
}

pub(super) fn annotation<'a>(pod: &'a Pod, key: &str) -> Option<&'a str> {
    pod.metadata.annotations.as_ref()?.get(key).map(String::as_str)
}
