//! Our mark, and what we ask of others: the meshes, the cluster autoscaler.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Pod;
use serde_json::json;

use super::{
    CAPTURED,
    asked::annotation,
    container::ADMIN_PORT,
    patch::Operations,
    volumes::{SPOOL, TRUST},
};
use crate::{
    index::{INJECTED, Namespace},
    settings::{Capture, Settings},
};

/// A comma-separated list: emptyDirs that do not keep the autoscaler from moving the pod.
const SAFE_TO_EVICT: &str = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes";
/// Ports that Istio's proxy leaves alone. Under strict mTLS nobody could scrape otherwise.
const ISTIO_SKIP: &str = "traffic.sidecar.istio.io/excludeInboundPorts";
const LINKERD_INJECT: &str = "linkerd.io/inject";
/// The same for Linkerd's.
const LINKERD_SKIP: &str = "config.linkerd.io/skip-inbound-ports";
/// What Linkerd skips where no annotation says anything; ours takes its place.
const LINKERD_DEFAULT: &str = "4567,4568";

pub(super) fn put(
    patch: &mut Operations,
    pod: &Pod,
    namespace: &Namespace,
    settings: &Settings,
    mode: Capture,
) {
    let port = ADMIN_PORT.to_string();
    let mut wanted = BTreeMap::new();
    wanted.insert(INJECTED, settings.release.clone());
    wanted.insert(CAPTURED, mode.name().to_owned());
    let mut movable = with(annotation(pod, SAFE_TO_EVICT), SPOOL);
    if mode.ends_tls() {
        movable = with(Some(&movable), TRUST);
    }
    wanted.insert(SAFE_TO_EVICT, movable);
    wanted.insert(ISTIO_SKIP, with(annotation(pod, ISTIO_SKIP), &port));
    // A pod's annotation takes the place of its namespace's: so ours goes on with what stands there.
    let asks = |key| annotation(pod, key).or(namespace.annotations.get(key).map(String::as_str));
    if asks(LINKERD_INJECT).is_some_and(|value| value != "disabled") {
        wanted.insert(LINKERD_SKIP, with(asks(LINKERD_SKIP).or(Some(LINKERD_DEFAULT)), &port));
    }

    wanted.retain(|key, value| annotation(pod, key) != Some(value.as_str()));
    if pod.metadata.annotations.is_none() {
        patch.add(&["metadata".into(), "annotations".into()], json!(wanted));
        return;
    }
    for (key, value) in wanted {
        patch.add(&["metadata".into(), "annotations".into(), key.into()], json!(value));
    }
}

/// The list with the item in it.
fn with(list: Option<&str>, item: &str) -> String {
    match list.map(str::trim).filter(|list| !list.is_empty()) {
        None => item.to_owned(),
        Some(list) if list.split(',').any(|there| there.trim() == item) => list.to_owned(),
        Some(list) => format!("{},{item}", list.trim_end_matches(',')),
    }
}
