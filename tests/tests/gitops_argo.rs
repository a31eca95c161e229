//! What Argo CD makes of flags by the health check of docs/gitops, in Argo CD's own Lua, by its own program.

use std::{fs, process::Command};

use serde_json::{Value, json};
use tollgate_tests::harness::{gitops, programs};

/// What Argo CD makes of an object by the health check of the docs.
fn health(object: &Value) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("object.yaml");
    fs::write(&file, object.to_string()).expect("written");
    let settings = programs::root().join("docs/gitops/argocd/health.yaml");
    let mut argocd = Command::new(gitops::tool("argo/argocd"));
    argocd.args(["admin", "settings", "resource-overrides", "health"]).arg(&file);
    let output = argocd.arg("--argocd-cm-path").arg(settings).output().expect("argocd");
    String::from_utf8([output.stdout, output.stderr].concat()).expect("text")
}

/// A flag of generation 2, with these conditions.
fn flag(conditions: Value) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
        "metadata": {"name": "chat", "namespace": gitops::TEAM, "generation": 2}, "status": {"conditions": conditions},
    })
}

#[test]
fn a_flag_is_healthy_once_it_is_in_force_as_it_is_written_now() {
    let ready = |status: &str, generation: u64, message: &str| json!({"type": "Ready", "status": status, "observedGeneration": generation, "message": message});
    let in_force = health(&flag(json!([ready("True", 2, "All 2 sidecars hold it")])));
    assert!(in_force.contains("Healthy") && in_force.contains("All 2 sidecars hold it"), "{in_force}");

    for (conditions, message) in [
        (json!([ready("False", 2, "1 of 2 sidecars hold it")]), "1 of 2 sidecars hold it"),
        (json!([ready("True", 1, "All 2 sidecars hold it")]), "The operator has not looked at it yet"),
        (json!([]), "The operator has not looked at it yet"),
    ] {
        let progressing = health(&flag(conditions));
        assert!(progressing.contains("Progressing") && progressing.contains(message), "{progressing}");
    }
}

#[test]
fn a_flag_that_cannot_be_obeyed_is_degraded_and_says_why() {
    let message = "spec.match[0].path: \"v1\" does not begin with /";
    let degraded = health(&flag(json!([
        {"type": "Accepted", "status": "False", "observedGeneration": 2, "message": message},
        {"type": "Ready", "status": "False", "observedGeneration": 2, "message": message},
    ])));
    assert!(degraded.contains("Degraded") && degraded.contains("does not begin with /"), "{degraded}");
}
