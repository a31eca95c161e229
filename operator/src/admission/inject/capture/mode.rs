//! Which way a pod's calls are captured.
//!
//! The pod's annotation, else its namespace's, else the installation's. A sidecar that is there keeps the way it was made for:
//! its listeners are what they are. A pod that cannot have the way that was asked for gets base URLs, and says so: the
//! forward proxy would take the rest of its HTTPS too, which nobody asked for.

use k8s_openapi::{
    api::core::v1::{Container, Pod, PodSpec},
    apimachinery::pkg::util::intstr::IntOrString,
};

use super::{
    super::{
        CAPTURE, CAPTURED, Capture, Hindered, Remark,
        asked::{annotation, ports},
        container::PROXY_PORT,
    },
    hosts, trust,
};
use crate::{index::Namespace, settings::Settings};

/// The way, and what its owner should know about it.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Chosen {
    pub(in super::super) mode: Capture,
    pub(in super::super) remark: Option<Remark>,
}

/// HTTPS on loopback: a container that listens there is in the way.
const HTTPS: i32 = 443;

pub(in super::super) fn choose(
    pod: &Pod,
    spec: &PodSpec,
    namespace: &Namespace,
    settings: &Settings,
    injected: bool,
) -> Chosen {
    if injected {
        let made_for = annotation(pod, CAPTURED).and_then(Capture::from_name);
        return Chosen { mode: made_for.unwrap_or(Capture::BaseUrl), remark: None };
    }
    let said = annotation(pod, CAPTURE).or(namespace.annotations.get(CAPTURE).map(String::as_str));
    let (asked, unknown) = match said.map(|word| Capture::from_name(word).ok_or(word)) {
        None => (settings.sidecar.capture, None),
        Some(Ok(asked)) => (asked, None),
        Some(Err(word)) => (
            settings.sidecar.capture,
            Some(Remark::CaptureUnknown { found: word.to_owned(), taken: settings.sidecar.capture }),
        ),
    };
    match hindrance(spec, asked) {
        None => Chosen { mode: asked, remark: unknown },
        Some(why) => {
            Chosen { mode: Capture::BaseUrl, remark: Some(Remark::CaptureUnavailable { asked, why }) }
        }
    }
}

fn hindrance(spec: &PodSpec, asked: Capture) -> Option<Hindered> {
    let port = match asked {
        Capture::BaseUrl => return None,
        Capture::Hosts => HTTPS,
        Capture::Proxy => PROXY_PORT,
    };
    let all = || spec.containers.iter().chain(spec.init_containers.iter().flatten());
    let listens = |container: &&Container| {
        ports(container).any(|(_, taken)| taken == port) || is_probed(container, port)
    };
    if let Some(container) = all().find(listens) {
        return Some(Hindered::Port { container: container.name.clone(), port });
    }
    if let Some(container) = all().find(|container| trust::is_covered(container)) {
        return Some(Hindered::Folder { container: container.name.clone() });
    }
    let sysctl = (asked == Capture::Hosts).then(|| hosts::forbidding_sysctl(spec)).flatten()?;
    Some(Hindered::Sysctl { value: sysctl.to_owned() })
}

/// What no list of ports names, a probe may: a container need not say where it listens.
fn is_probed(container: &Container, port: i32) -> bool {
    let Container { liveness_probe, readiness_probe, startup_probe, .. } = container;
    let port = IntOrString::Int(port);
    [liveness_probe, readiness_probe, startup_probe].into_iter().flatten().any(|probe| {
        probe.http_get.as_ref().is_some_and(|get| get.port == port)
            || probe.tcp_socket.as_ref().is_some_and(|socket| socket.port == port)
    })
}
