//! The sidecar's configuration: the JSON that `tollgate-sidecar run` reads where no file is named.

use k8s_openapi::api::core::v1::Pod;
use serde_json::{Map, Value, json};

use super::{
    Now, asked,
    container::{ADMIN_PORT, BASE_URL_PORT, PROXY_PORT},
    quantity,
    volumes::{SPOOL_PATH, STATE_PATH, TOKEN_FILE, TRUST_PATH},
};
use crate::{
    index::Namespace,
    settings::{Capture, Settings},
    workload::Workload,
};

/// As an environment variable's value. Kubernetes would read `$(NAME)` in it as another variable, and `$$` as a dollar.
pub(super) fn text(
    pod: &Pod,
    namespace: &Namespace,
    settings: &Settings,
    now: &Now<'_>,
    mode: Capture,
) -> String {
    document(pod, namespace, settings, now, mode).to_string().replace('$', "$$")
}

fn document(pod: &Pod, namespace: &Namespace, settings: &Settings, now: &Now<'_>, mode: Capture) -> Value {
    let attribution = json!({
        "baggage": settings.attribution.baggage,
        "users": if settings.attribution.hashed_users { "Hashed" } else { "Plain" },
    });
    let mut document = json!({
        "listen": {
            "baseUrl": format!("127.0.0.1:{BASE_URL_PORT}"),
            "admin": format!("0.0.0.0:{ADMIN_PORT}"),
        },
        "workload": workload(pod, namespace, settings),
        "spool": SPOOL_PATH,
        "ledger": "operator",
        "attribution": attribution,
        "operator": operator(settings, now),
    });
    match mode {
        Capture::BaseUrl => {}
        Capture::Hosts => document["listen"]["hosts"] = json!(["127.0.0.1:443", "[::1]:443"]),
        Capture::Proxy => document["listen"]["proxy"] = json!(format!("127.0.0.1:{PROXY_PORT}")),
    }
    if mode.ends_tls() {
        document["tls"] = json!({ "bundle": TRUST_PATH });
    }
    let upstreams = settings.providers.iter().filter_map(|(provider, settings)| {
        Some((provider.name().to_owned(), json!(settings.upstream.as_ref()?)))
    });
    let upstreams: Map<String, Value> = upstreams.collect();
    if !upstreams.is_empty() {
        document["upstreams"] = Value::Object(upstreams);
    }
    if let Some(bytes) = quantity::whole(&settings.sidecar.spool_size_limit) {
        document["spoolLimit"] = json!(bytes);
    }
    if let Some(certificates) = &settings.sidecar.extra_cas {
        document["extraCAs"] = json!(certificates);
    }
    document
}

/// The pod's own name comes by its environment: it may not be known yet.
fn workload(pod: &Pod, namespace: &Namespace, settings: &Settings) -> Value {
    let mut workload = json!({
        "cluster": settings.cluster,
        "namespace": namespace.name,
        "name": Workload::of_metadata(&pod.metadata).name,
        "labels": pod.metadata.labels.as_ref().map(|labels| json!(labels)).unwrap_or_else(|| json!({})),
    });
    if let Some(feature) = asked::feature(pod) {
        workload["feature"] = json!(feature);
    }
    workload
}

fn operator(settings: &Settings, now: &Now<'_>) -> Value {
    let mut operator = Map::new();
    operator.insert("url".to_owned(), json!(settings.sidecar.operator_url));
    operator.insert("tokenFile".to_owned(), json!(TOKEN_FILE));
    operator.insert("stateDirectory".to_owned(), json!(STATE_PATH));
    if let Some(certificates) = now.operator_ca {
        operator.insert("ca".to_owned(), json!(certificates));
    }
    if !now.deny_until_known.is_empty() {
        operator.insert("denyUntilKnown".to_owned(), json!(now.deny_until_known));
    }
    Value::Object(operator)
}
