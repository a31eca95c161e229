//! What becomes of a pod, pod by pod.

mod asked;
mod capture;
mod environment;
mod properties;
mod sidecar;

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
};

use k8s_openapi::api::core::v1::Pod;
use serde_json::{Value, json};
use tollgate_crds::stream::Attribution;

use super::*;
use crate::{
    index::{INJECT, INJECTED, OPT_OUT},
    settings::{DatabaseSettings, Listen, Names, ProviderSettings, Retention, SettingsFile, SidecarSettings},
};

/// As an installation has it that says nothing special.
fn settings() -> Settings {
    let file = SettingsFile::default();
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Settings {
        written: Value::Null,
        namespace: "tollgate-system".to_owned(),
        pod_name: "tollgate-operator-0".to_owned(),
        pod_ip: None,
        cluster: "test".to_owned(),
        release: "0.1.0".to_owned(),
        listen: Listen { push: any, webhook: any, metrics: any },
        names: Names {
            service: "tollgate-operator".to_owned(),
            webhook_service: "tollgate-webhook".to_owned(),
            webhook_configurations: Vec::new(),
            tls_secret: "tollgate-tls".to_owned(),
            external_tls_secret: None,
            certificate_names: Vec::new(),
            token_file: "/token".into(),
        },
        sidecar: SidecarSettings {
            image: "example.com/tollgate-sidecar:0.1.0".to_owned(),
            image_pull_policy: None,
            image_pull_secrets: Vec::new(),
            resources: file.resources(),
            capture: Capture::BaseUrl,
            spool_size_limit: file.spool_size_limit(),
            extra_cas: None,
            operator_url: "https://tollgate-operator.tollgate-system.svc:7443".to_owned(),
            enabled: true,
        },
        database: DatabaseSettings::default(),
        providers: file.providers(),
        attribution: file.attribution(),
        retention: Retention::default(),
        usage: None,
        injection_via: file.injection.via,
        ledger_via: file.ledger_via(),
        alerts: file.alerts.clone(),
    }
}

fn shop() -> Namespace {
    Namespace {
        name: "shop".to_owned(),
        uid: "u-shop".to_owned(),
        labels: [(INJECT.to_owned(), "enabled".to_owned())].into(),
        annotations: BTreeMap::new(),
    }
}

/// A pod of one container.
fn small() -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": { "name": "web-0" },
        "spec": { "containers": [{ "name": "app", "image": "app:1" }] },
    })
}

/// The pod with a value put in, at a JSON pointer whose last step may be new.
fn with(mut pod: Value, pointer: &str, value: Value) -> Value {
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    let member = member.replace("~1", "/");
    pod.pointer_mut(parent).unwrap()[&member] = value;
    pod
}

fn read(pod: &Value) -> Pod {
    serde_json::from_value(pod.clone()).unwrap()
}

fn decide(pod: &Value) -> Injection {
    inject(&read(pod), &shop(), &settings(), &Now::default())
}

fn plan(injection: Injection) -> Plan {
    match injection {
        Injection::Injected(plan) => plan,
        other => panic!("expected a plan, got {other:?}"),
    }
}

fn apply(pod: &Value, plan: &Plan) -> Value {
    let mut pod = pod.clone();
    json_patch::patch(&mut pod, &plan.patch).unwrap();
    pod
}

/// The pod as it becomes.
fn injected(pod: &Value) -> Value {
    apply(pod, &plan(decide(pod)))
}

/// What is said about it, in words.
fn remarks(pod: &Value) -> Vec<String> {
    plan(decide(pod)).remarks.iter().map(ToString::to_string).collect()
}

/// The sidecar's configuration, as the kubelet hands it over.
fn config(pod: &Value) -> Value {
    let variables = pod["spec"]["initContainers"][0]["env"].as_array().unwrap();
    let value =
        variables.iter().find(|variable| variable["name"] == "TOLLGATE_CONFIG").unwrap()["value"].as_str();
    serde_json::from_str(&value.unwrap().replace("$$", "$")).unwrap()
}
