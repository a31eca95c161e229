//! Capture, as apps in pods see it: official SDKs that nobody configured, in each way of capture.

use std::sync::OnceLock;

use serde_json::{Value, json};
use tollgate_tests::harness::{capture_table, wait};

use crate::tollgate::{Namespace, SDK_CALL, Turn, shared};

/// What Pod Security `restricted` asks of a pod and its containers.
fn restricted(mut container: Value, more: &Value) -> Value {
    container["securityContext"] =
        json!({"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}});
    let security = json!({"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}});
    let mut pod = json!({"spec": {
        "restartPolicy": "Never", "securityContext": security, "containers": [container],
    }});
    json_patch::merge(&mut pod, more);
    pod
}

fn annotated(key: &str, value: &str) -> Value {
    json!({"metadata": {"annotations": {key: value}}})
}

/// A namespace whose pods are captured in this way.
fn captured_by<'a>(tollgate: &'a Turn, name: &'static str, mode: &str) -> Namespace<'a> {
    let namespace = tollgate.labelled(name);
    namespace.annotate(&format!("tollgate.dev/capture={mode}"));
    namespace
}

/// A container that makes one call with the SDK and ends.
fn caller(tollgate: &Turn) -> Value {
    json!({"name": "app", "image": tollgate.images.app, "args": ["-c", SDK_CALL]})
}

/// What calls with all SDKs of a language.
struct Language {
    name: &'static str,
    image: fn(&Turn) -> &str,
    args: &'static [&'static str],
}

const PYTHON: Language =
    Language { name: "Python", image: |tollgate| &tollgate.images.app, args: &["captured.py"] };
const NODE: Language =
    Language { name: "Node", image: sdks, args: &["/usr/bin/node", "/sdks/node/captured.mjs"] };
const GO: Language = Language { name: "Go", image: sdks, args: &["/sdks/go/captured"] };
const JAVA: Language = Language {
    name: "Java",
    image: sdks,
    args: &["/sdks/jre/bin/java", "-cp", "/sdks/java:/sdks/java/*", "Captured"],
};

/// The image of the languages that no other test wants.
fn sdks(tollgate: &Turn) -> &str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| tollgate.sdks().expect("the image of the SDKs"))
}

/// The column of the table in `docs/capture.md` is what is seen of these SDKs.
fn is_as_documented(language: &Language, mode: &str, name: &'static str) {
    let tollgate = shared();
    let image = (language.image)(&tollgate);
    let namespace = captured_by(&tollgate, name, mode);
    namespace.label("pod-security.kubernetes.io/enforce=restricted");
    namespace.flag("off", &json!({"enabled": false, "onStateUnknown": "Deny"}));
    namespace.knows("off");
    let keys = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY"];
    let keys = keys.map(|name| json!({"name": name, "value": "sk-standin"}));
    let app = json!({"name": "app", "image": image, "args": language.args, "env": keys});

    for feature in ["on", "off"] {
        let pod = restricted(app.clone(), &annotated("tollgate.dev/feature", feature));
        namespace.create("v1", "Pod", feature, &pod);
    }
    let [on, off] = ["on", "off"].map(|pod| {
        namespace.until("jsonpath={.status.phase}=Succeeded", &format!("pod/{pod}"));
        let log = namespace.logs(pod);
        // a Java says first which options it picked up
        let outcomes: Vec<&str> = log.lines().filter(|line| line.starts_with('{')).collect();
        capture_table::outcomes(&outcomes.join("\n"))
    });

    let documented = capture_table::documented(language.name, mode);
    let captured = documented.iter().filter(|cell| cell.refused_with.is_some()).count();
    let rows =
        namespace.rows("pod, metadata->>'model_requested', streamed, outcome, usage_source", 2 * captured);
    assert_eq!(capture_table::seen(&on, &off, &rows), documented);
}

#[test]
fn by_hosts_pythons_sdks_are_metered_and_refused_where_pod_security_is_restricted() {
    is_as_documented(&PYTHON, "hosts", "capture-hosts");
}

#[test]
fn by_proxy_pythons_sdks_are_metered_and_refused() {
    is_as_documented(&PYTHON, "proxy", "capture-proxy");
}

#[test]
fn by_base_url_pythons_sdks_are_metered_and_refused_where_they_read_one() {
    is_as_documented(&PYTHON, "base-url", "capture-base-url");
}

#[test]
fn by_hosts_nodes_sdks_are_metered_and_refused_in_a_pod() {
    is_as_documented(&NODE, "hosts", "capture-node-hosts");
}

#[test]
fn by_base_url_nodes_sdks_are_metered_and_refused_in_a_pod() {
    is_as_documented(&NODE, "base-url", "capture-node-base-url");
}

#[test]
fn by_hosts_gos_sdks_are_metered_and_refused_in_a_pod() {
    is_as_documented(&GO, "hosts", "capture-go-hosts");
}

#[test]
fn by_proxy_gos_sdks_are_metered_and_refused_in_a_pod() {
    is_as_documented(&GO, "proxy", "capture-go-proxy");
}

#[test]
fn by_base_url_gos_sdks_are_metered_and_refused_in_a_pod() {
    is_as_documented(&GO, "base-url", "capture-go-base-url");
}

#[test]
fn by_hosts_javas_sdks_are_metered_and_refused_in_a_pod() {
    is_as_documented(&JAVA, "hosts", "capture-java-hosts");
}

#[test]
fn by_proxy_javas_sdks_are_metered_and_refused_in_a_pod() {
    is_as_documented(&JAVA, "proxy", "capture-java-proxy");
}

#[test]
fn by_base_url_javas_sdks_are_metered_and_refused_in_a_pod() {
    is_as_documented(&JAVA, "base-url", "capture-java-base-url");
}

#[test]
fn a_container_that_listens_on_443_gets_base_urls_and_its_pod_says_so() {
    let tollgate = shared();
    let namespace = captured_by(&tollgate, "capture-443", "hosts");
    let mut app = caller(&tollgate);
    app["ports"] = json!([{"containerPort": 443}]);

    namespace.create("v1", "Pod", "web", &json!({"spec": {"restartPolicy": "Never", "containers": [app]}}));
    namespace.until("jsonpath={.status.phase}=Succeeded", "pod/web");

    assert_eq!(namespace.get("pod/web", "{.metadata.annotations.tollgate\\.dev/captured}"), "base-url");
    assert_eq!(namespace.rows("outcome", 1), ["completed"]);
    let said = namespace.event("CaptureUnavailable");
    assert!(said.contains("its container app listens on port 443"), "{said}");
}

#[test]
fn a_container_whose_environment_comes_from_a_config_map_is_metered_and_named() {
    let tollgate = shared();
    let namespace = captured_by(&tollgate, "capture-env-from", "hosts");
    namespace.create("v1", "ConfigMap", "settings", &json!({"data": {"GREETING": "hello"}}));
    let mut app = caller(&tollgate);
    app["envFrom"] = json!([{"configMapRef": {"name": "settings"}}]);

    namespace.create("v1", "Pod", "web", &json!({"spec": {"restartPolicy": "Never", "containers": [app]}}));
    namespace.until("jsonpath={.status.phase}=Succeeded", "pod/web");

    assert_eq!(namespace.rows("outcome", 1), ["completed"]);
    let said = namespace.event("TrustBeforeEnvFrom");
    assert!(said.contains("container app"), "{said}");
}

#[test]
fn a_pod_that_says_itself_where_a_provider_is_keeps_that_and_is_named() {
    let tollgate = shared();
    let namespace = captured_by(&tollgate, "capture-alias", "hosts");
    let standin = tollgate.ctl(&[
        "--namespace",
        "providers",
        "get",
        "service",
        "openai",
        "--output=jsonpath={.spec.clusterIP}",
    ]);
    let aliases = json!([{"ip": standin, "hostnames": ["api.openai.com"]}]);

    let app = json!({"name": "app", "image": tollgate.images.app, "args": ["-c", "print(open('/etc/hosts').read())"]});
    let spec = json!({"restartPolicy": "Never", "hostAliases": aliases, "containers": [app]});
    namespace.create("v1", "Pod", "web", &json!({"spec": spec}));
    namespace.until("jsonpath={.status.phase}=Succeeded", "pod/web");

    let hosts = namespace.logs("web");
    let of = |host: &str| -> Vec<&str> {
        let lines = hosts.lines().filter(|line| line.split_whitespace().any(|word| word == host));
        lines.filter_map(|line| line.split_whitespace().next()).collect()
    };
    assert_eq!(of("api.openai.com"), [standin.as_str()]);
    assert_eq!(of("api.anthropic.com"), ["127.0.0.1", "::1"]);
    let said = namespace.event("OwnAlias");
    assert!(said.contains("api.openai.com"), "{said}");
}

#[test]
fn a_connection_that_goes_around_the_sidecar_is_suspected() {
    let tollgate = shared();
    let namespace = captured_by(&tollgate, "capture-around", "base-url");
    let provider =
        ["--namespace", "providers", "get", "service", "openai", "--output=jsonpath={.spec.clusterIP}"];
    let address = tollgate.ctl(&provider);
    // where the provider is, as everybody in the pod knows it
    let aliases = json!([{"ip": address, "hostnames": ["api.openai.com"]}]);
    let around =
        "import signal, socket; it = socket.create_connection(('api.openai.com', 443)); signal.pause()";
    let app = json!({"name": "app", "image": tollgate.images.app, "args": ["-c", around]});

    namespace.pod("web", &json!({"spec": {"hostAliases": aliases, "containers": [app]}}));

    wait::eventually("a suspicion", || {
        let metrics = namespace.metrics("web");
        match metrics.sum("tollgate_suspected_bypass_connections_total", &[("host", "api.openai.com")]) {
            1 => Ok(()),
            other => Err(other),
        }
    });
}
