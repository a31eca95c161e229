//! Living in somebody's pod: every kind of pod goes on as it would without us.

use serde_json::{Value, json};
use tollgate_tests::harness::world::chat;

use crate::tollgate::{SDK_CALL, Turn, shared};

/// A container that makes one call with the SDK and ends.
fn caller(tollgate: &Turn, name: &str) -> Value {
    json!({"name": name, "image": tollgate.images.app, "args": ["-c", SDK_CALL],
        "env": [{"name": "OPENAI_API_KEY", "value": "sk-standin"}]})
}

#[test]
fn a_job_of_a_cron_job_completes_and_its_call_has_a_row() {
    let tollgate = shared();
    let namespace = tollgate.labelled("pods-job");
    let template = json!({"spec": {"restartPolicy": "Never", "containers": [caller(&tollgate, "app")]}});
    let job = json!({"spec": {"backoffLimit": 0, "template": template}});
    let never = json!({"spec": {"schedule": "0 0 31 2 *", "jobTemplate": job}});
    namespace.create("batch/v1", "CronJob", "report", &never);

    namespace.ctl(&["create", "job", "now", "--from=cronjob/report"]);
    namespace.until("condition=Complete", "job/now");

    assert_eq!(namespace.rows("workload, host, outcome", 1), ["now|api.openai.com|completed"]);
}

#[test]
fn an_init_containers_call_is_metered_too() {
    let tollgate = shared();
    let namespace = tollgate.labelled("pods-init");

    namespace.pod("web", &json!({"spec": {"initContainers": [caller(&tollgate, "prepare")]}}));

    assert_eq!(namespace.rows("pod, outcome", 1), ["web|completed"]);
}

#[test]
fn a_guaranteed_pod_stays_guaranteed() {
    let tollgate = shared();
    let namespace = tollgate.labelled("pods-guaranteed");
    let mut manifest = tollgate.manifest(&json!({}));
    let resources = json!({"cpu": "50m", "memory": "64Mi"});
    manifest["spec"]["containers"][0]["resources"] = json!({"requests": resources, "limits": resources});

    namespace.pod("web", &manifest);

    assert_eq!(namespace.get("pod/web", "{.status.qosClass}"), "Guaranteed");
    assert_eq!(namespace.get("pod/web", "{.spec.initContainers[0].name}"), "tollgate");
}

#[test]
fn a_pod_runs_where_pod_security_is_restricted() {
    let tollgate = shared();
    let namespace = tollgate.labelled("pods-restricted");
    namespace.label("pod-security.kubernetes.io/enforce=restricted");
    let mut manifest = tollgate.manifest(&json!({"spec": {"securityContext": {
        "runAsNonRoot": true, "runAsUser": 1234, "seccompProfile": {"type": "RuntimeDefault"}}}}));
    manifest["spec"]["containers"][0]["securityContext"] =
        json!({"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}});

    namespace.pod("web", &manifest);

    assert_eq!(namespace.call("web", &chat(json!({}), "").under("/openai")).status(), 200);
    assert_eq!(namespace.rows("outcome", 1), ["completed"]);
}

#[test]
fn a_pod_of_the_hosts_network_is_left_alone_and_named() {
    let tollgate = shared();
    let namespace = tollgate.labelled("pods-host");

    namespace.pod("agent", &json!({"spec": {"hostNetwork": true}}));

    assert_eq!(namespace.get("pod/agent", "{.spec.initContainers}"), "");
    namespace.event("hostNetwork");
}

#[test]
fn a_container_with_a_base_url_of_its_own_keeps_it_and_is_named() {
    let tollgate = shared();
    let namespace = tollgate.labelled("pods-own");
    let mut manifest = tollgate.manifest(&json!({}));
    manifest["spec"]["containers"][0]["env"] =
        json!([{"name": "OPENAI_BASE_URL", "value": "https://gateway.example/v1"}]);

    namespace.pod("web", &manifest);

    let values = namespace.get("pod/web", "{.spec.containers[0].env[?(@.name==\"OPENAI_BASE_URL\")].value}");
    assert_eq!(values, "https://gateway.example/v1");
    namespace.event("OPENAI_BASE_URL");
}

#[test]
fn a_pod_that_ran_before_the_label_is_not_touched_but_named() {
    let tollgate = shared();
    let namespace = tollgate.plain("pods-before");
    let template = tollgate.manifest(&json!({"metadata": {"labels": {"app": "web"}}}));
    namespace.create(
        "apps/v1",
        "Deployment",
        "web",
        &json!({"spec": {
        "selector": {"matchLabels": {"app": "web"}}, "template": template}}),
    );
    namespace.until("condition=Available", "deployment/web");
    let before = namespace.get("pods", "{.items[*].metadata.uid}");

    namespace.label("tollgate.dev/inject=enabled");

    namespace.event("kubectl");
    assert_eq!(namespace.get("pods", "{.items[*].metadata.uid}"), before);
}

#[test]
fn a_label_of_a_pods_own_namespace_does_not_open_other_namespaces_rows() {
    let tollgate = shared();
    let namespace = tollgate.labelled("pods-stranger");
    namespace.pod("web", &json!({}));

    let call = chat(json!({}), "").under("/openai").header("x-tollgate-feature", "chat");
    assert_eq!(namespace.call("web", &call).status(), 200);

    // whatever an app says of itself, the ledger has what the apiserver says of its pod
    assert_eq!(namespace.rows("namespace, pod", 1), ["pods-stranger|web"]);
}
