//! The sidecar's container: a native sidecar at the head of the init containers.
//!
//! - It starts before everything that calls, and is told to end after the last of them; a Job ends with its own containers.
//! - No readiness probe: that would be the pod's. No liveness probe: a restart would cut calls that go well.
//! - The startup probe asks on loopback, from inside: an HTTP probe of the kubelet's comes from outside the pod, where a
//!   mesh that takes all inbound traffic, and is not up yet, would let both wait for each other.
//! - No uid, so that OpenShift can give it one of the namespace's; the image's own is numeric, and not root's.

use k8s_openapi::api::core::v1::{
    Capabilities, Container, ContainerPort, EnvVar, EnvVarSource, ExecAction, ObjectFieldSelector, PodSpec,
    Probe, SeccompProfile, SecurityContext,
};
use serde_json::json;

use super::{CONTAINER, patch::Operations, resources, volumes};
use crate::settings::{Capture, Settings, SidecarSettings};

/// Where the SDKs' base URLs lead, on loopback.
pub(super) const BASE_URL_PORT: i32 = 7411;
/// The forward proxy, on loopback.
pub(super) const PROXY_PORT: i32 = 7412;
/// Metrics and probes, on the pod's address.
pub const ADMIN_PORT: i32 = 7419;
/// The admin port's name, by which a PodMonitor finds it.
const ADMIN_PORT_NAME: &str = "tollgate";

/// Holds the sidecar's whole configuration.
pub(super) const CONFIG: &str = "TOLLGATE_CONFIG";
const ENABLED: &str = "TOLLGATE_ENABLED";
const PROGRAM: &str = "/tollgate-sidecar";
/// The image's own user (nobody's of distroless): named only where the pod's would be root.
const UID: i64 = 65_532;
/// The app waits for no more than this, in seconds: a slow node, an image that is unpacked for the first time.
const STARTUP: i32 = 120;

/// Where among the init containers the sidecar is, if it is there.
pub(super) fn place(spec: &PodSpec) -> Option<usize> {
    spec.init_containers.iter().flatten().position(is_sidecar)
}

/// By what only ours has: an init container of our name that somebody wrote himself is not one.
pub(super) fn is_sidecar(container: &Container) -> bool {
    container.name == CONTAINER
        && container.restart_policy.as_deref() == Some("Always")
        && container.env.iter().flatten().any(|variable| variable.name == CONFIG)
}

/// Puts the sidecar at the front, or moves it there. One that is there keeps what others made of it; its configuration is ours,
/// and so are its resources where the pod has become Guaranteed since.
pub(super) fn put(
    patch: &mut Operations,
    spec: &PodSpec,
    settings: &Settings,
    config: &str,
    mode: Capture,
    ours: Option<usize>,
) {
    let list = || ["spec".into(), "initContainers".into()];
    let first = || ["spec".into(), "initContainers".into(), 0.into()];
    let there = ours.and_then(|place| Some((place, spec.init_containers.as_ref()?.get(place)?)));
    let Some((place, sidecar)) = there else {
        let container = json!(container(spec, &settings.sidecar, config, mode));
        match spec.init_containers {
            Some(_) => patch.add(&first(), container),
            None => patch.add(&list(), json!([container])),
        }
        return;
    };
    if place > 0 {
        patch.shift(&["spec".into(), "initContainers".into(), place.into()], &first());
    }
    let variables = sidecar.env.iter().flatten();
    for (index, variable) in variables.enumerate().filter(|(_, variable)| variable.name == CONFIG) {
        if variable.value.as_deref() != Some(config) {
            let [spec, list, first] = first();
            patch.replace(&[spec, list, first, "env".into(), index.into()], json!(plain(CONFIG, config)));
        }
    }
    if resources::is_guaranteed(spec) && !resources::is_fixed(sidecar) {
        let [spec_, list, first] = first();
        let resources = json!(resources::of_sidecar(spec, &settings.sidecar));
        patch.add(&[spec_, list, first, "resources".into()], resources);
    }
}

fn container(spec: &PodSpec, settings: &SidecarSettings, config: &str, mode: Capture) -> Container {
    Container {
        name: CONTAINER.to_owned(),
        image: Some(settings.image.clone()),
        image_pull_policy: settings.image_pull_policy.clone(),
        args: Some(vec!["run".to_owned()]),
        restart_policy: Some("Always".to_owned()),
        env: Some(environment(settings, config)),
        ports: Some(vec![ContainerPort {
            name: Some(ADMIN_PORT_NAME.to_owned()),
            container_port: ADMIN_PORT,
            protocol: Some("TCP".to_owned()),
            ..Default::default()
        }]),
        resources: resources::of_sidecar(spec, settings),
        security_context: Some(security_context(spec)),
        startup_probe: Some(startup_probe()),
        // What it said last is what helps, and it writes no such file.
        termination_message_policy: Some("FallbackToLogsOnError".to_owned()),
        volume_mounts: Some(volumes::mounts(mode)),
        ..Default::default()
    }
}

fn environment(settings: &SidecarSettings, config: &str) -> Vec<EnvVar> {
    let mut variables = vec![
        of_pod("POD_NAME", "metadata.name"),
        of_pod("POD_NAMESPACE", "metadata.namespace"),
        of_pod("POD_UID", "metadata.uid"),
        plain(CONFIG, config),
    ];
    if !settings.enabled {
        variables.push(plain(ENABLED, "false"));
    }
    variables
}

fn plain(name: &str, value: &str) -> EnvVar {
    EnvVar { name: name.to_owned(), value: Some(value.to_owned()), ..Default::default() }
}

fn of_pod(name: &str, field: &str) -> EnvVar {
    let field_ref = ObjectFieldSelector { api_version: Some("v1".to_owned()), field_path: field.to_owned() };
    EnvVar {
        name: name.to_owned(),
        value_from: Some(EnvVarSource { field_ref: Some(field_ref), ..Default::default() }),
        ..Default::default()
    }
}

/// Fit for Pod Security `restricted`.
fn security_context(spec: &PodSpec) -> SecurityContext {
    let pods = spec.security_context.as_ref().and_then(|context| context.run_as_user);
    SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(Capabilities { drop: Some(vec!["ALL".to_owned()]), ..Default::default() }),
        privileged: Some(false),
        read_only_root_filesystem: Some(true),
        run_as_non_root: Some(true),
        // A pod whose containers are root by its own word would make ours root, and the kubelet then refuses to start it.
        run_as_user: (pods == Some(0)).then_some(UID),
        seccomp_profile: Some(SeccompProfile { type_: "RuntimeDefault".to_owned(), ..Default::default() }),
        ..Default::default()
    }
}

fn startup_probe() -> Probe {
    let command = vec![PROGRAM.to_owned(), "probe".to_owned()];
    Probe {
        exec: Some(ExecAction { command: Some(command) }),
        period_seconds: Some(1),
        timeout_seconds: Some(5),
        failure_threshold: Some(STARTUP),
        ..Default::default()
    }
}
