//! The apiserver's own policy (`injection.via: policy`) beside the operator's webhook: one pod, two ways, one result.

use k8s_openapi::api::core::v1::Pod;
use kube::{Api, api::PostParams};
use serde_json::{Value, json};
use tollgate_tests::harness::{chart, wait::until};

use crate::world::{BY_POLICY, World, flag, pod};

/// Two namespaces that differ in who injects, with these annotations.
struct Pair {
    world: World,
    names: [String; 2],
}

// === impl Pair ===

impl Pair {
    async fn new(name: &str, annotations: Value) -> Pair {
        let world = World::new().await;
        for manifest in ["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"] {
            let manifests = chart::render(&values()).expect("rendered");
            world
                .cluster
                .apply(chart::find(&manifests, manifest, "tollgate-injection").unwrap())
                .await
                .unwrap();
        }
        let names = [format!("{name}-webhook"), format!("{name}-policy")];
        for (namespace, by) in names.iter().zip(["webhook", "policy"]) {
            world.labelled(namespace, &[(BY_POLICY, if by == "policy" { "true" } else { "false" })]).await;
            let labels = json!({
                "tollgate.dev/inject": "enabled", BY_POLICY: if by == "policy" { "true" } else { "false" },
            });
            let metadata = json!({"name": namespace, "labels": labels, "annotations": annotations});
            let manifest = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata});
            world.cluster.apply(&manifest).await.unwrap();
        }
        let pair = Pair { world, names };
        until("pods by both", async || {
            let made = pair.made(&pod(json!({}))).await;
            if made.iter().all(|made| !made["spec"]["initContainers"].is_null()) { Ok(()) } else { Err(made) }
        })
        .await;
        pair
    }

    /// What the apiserver would make of the pod in each.
    async fn made(&self, pod: &Value) -> [Value; 2] {
        let [by_webhook, by_policy] = &self.names;
        [self.made_in(by_webhook, pod).await, self.made_in(by_policy, pod).await]
    }

    async fn made_in(&self, namespace: &str, pod: &Value) -> Value {
        let pods = Api::<Pod>::namespaced(self.world.cluster.client.clone(), namespace);
        let pod: Pod = serde_json::from_value(pod.clone()).expect("a pod");
        let trying = PostParams { dry_run: true, ..PostParams::default() };
        let made = pods.create(&trying, &pod).await.unwrap_or_else(|error| panic!("{error}\n{pod:#?}"));
        serde_json::to_value(made).expect("JSON")
    }

    /// Both make the same of it, which is returned: an ordinary pod, as the webhook made it.
    async fn make_the_same(&self, pod: &Value) -> Value {
        let [by_webhook, by_policy] = self.made(pod).await;
        let [webhook, policy] = &self.names;
        let (expected, found) = (essence(&by_webhook, webhook), essence(&by_policy, policy));
        assert_eq!(found, expected, "by policy, and by webhook, of {pod:#}");
        by_webhook
    }
}

fn values() -> Value {
    let mut values = chart::least();
    values["injection"] = json!({"via": "policy"});
    // the webhook of this program leaves these namespaces alone
    values["webhook"] =
        json!({"namespaceSelector": [{"key": BY_POLICY, "operator": "In", "values": ["true"]}]});
    values
}

/// The pod without what differs between any two, and its sidecar's configuration as JSON. Its namespace must be its own.
fn essence(made: &Value, namespace: &str) -> Value {
    let mut made = made.clone();
    for member in ["uid", "creationTimestamp", "managedFields", "namespace", "name", "generation"] {
        made["metadata"].as_object_mut().unwrap().remove(member);
    }
    for container in made["spec"]["initContainers"].as_array_mut().into_iter().flatten() {
        for variable in container["env"].as_array_mut().into_iter().flatten() {
            if variable["name"] == "TOLLGATE_CONFIG" {
                let text = variable["value"].as_str().unwrap();
                let mut config: Value =
                    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
                assert_eq!(config["workload"]["namespace"], namespace);
                config["workload"]["namespace"] = json!("");
                variable["value"] = config;
            }
        }
    }
    made
}

/// A pod with this in its metadata, and this in its spec.
fn with(metadata: Value, spec: Value) -> Value {
    let mut made = pod(json!({"automountServiceAccountToken": false}));
    json_patch::merge(&mut made, &json!({"metadata": metadata, "spec": spec}));
    made
}

/// A pod that asks for this way, and whose one container has this besides.
fn asking(mode: &str, container: Value) -> Value {
    let mut app = json!({"name": "app", "image": "app:1"});
    json_patch::merge(&mut app, &container);
    with(json!({"annotations": {"tollgate.dev/capture": mode}}), json!({"containers": [app]}))
}

fn env(pairs: &[(&str, &str)]) -> Value {
    json!({"env": pairs.iter().map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>()})
}

fn resources(of_app: Value, of_init: Value) -> Value {
    let app = json!({"name": "app", "image": "app:1", "resources": of_app});
    let init = json!({"name": "init", "image": "app:1", "resources": of_init});
    with(json!({}), json!({"containers": [app], "initContainers": [init]}))
}

#[tokio::test]
async fn a_policy_makes_of_each_pod_what_the_webhook_makes_of_it() {
    let pair = Pair::new("same", json!({"tollgate.dev/opt-out": "allowed"})).await;
    let annotated = |key: &str, value: &str| with(json!({"annotations": {key: value}}), json!({}));
    let owned = |kind: &str, name: &str, labels: Value| {
        let owner = json!({
            "apiVersion": "apps/v1", "kind": kind, "name": name, "uid": "u-1", "controller": true,
        });
        let metadata = json!({"name": null, "generateName": format!("{name}-"), "labels": labels,
            "ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "other", "uid": "u-0"}, owner]});
        with(metadata, json!({}))
    };
    let spec = |spec: Value| with(json!({"annotations": {"tollgate.dev/capture": "hosts"}}), spec);
    let limits = |cpu: &str, memory: &str| json!({"limits": {"cpu": cpu, "memory": memory}});

    let pods = [
        with(json!({}), json!({})),
        with(json!({"labels": null}), json!({"initContainers": [{"name": "migrate", "image": "app:1"}]})),
        with(json!({"name": null, "generateName": "web--"}), json!({})),
        with(json!({"annotations": {"tollgate.dev/feature": "chat", "own": "$(HOME)"}}), json!({})),
        annotated("tollgate.dev/feature", "My Chat"),
        annotated("tollgate.dev/capture", "magic"),
        asking("hosts", json!({})),
        asking("proxy", json!({})),
        asking("base-url", json!({})),
        // who made it
        owned("ReplicaSet", "web-7d9f8c6b5", json!({"app": "web", "pod-template-hash": "7d9f8c6b5"})),
        owned("ReplicaSet", "web-7d9f8c6b5", json!({"rollouts-pod-template-hash": "7d9f8c6b5"})),
        owned("ReplicaSet", "web-7d9f8c6b5", json!({"pod-template-hash": "other"})),
        owned("StatefulSet", "web", json!({})),
        owned("Job", "report-29366400", json!({})),
        owned("Job", "import-20261125", json!({})),
        owned("Job", "once", json!({})),
        // who gets none
        annotated("tollgate.dev/inject", "disabled"),
        annotated("tollgate.dev/inject", "enabled"),
        spec(json!({"hostNetwork": true})),
        spec(json!({"os": {"name": "windows"}})),
        spec(json!({"nodeSelector": {"kubernetes.io/os": "windows"}})),
        spec(json!({"containers": [{"name": "tollgate", "image": "own:1"}]})),
        spec(json!({"initContainers": [{"name": "tollgate", "image": "own:1"}]})),
        spec(json!({"volumes": [{"name": "tollgate-spool", "emptyDir": {}}]})),
        asking("hosts", json!({"ports": [{"containerPort": 7419}]})),
        // what is in the way of a way
        asking("hosts", json!({"ports": [{"containerPort": 443}]})),
        asking(
            "hosts",
            json!({"ports": [{"containerPort": 443, "protocol": "UDP"}, {"containerPort": 7419, "protocol": "UDP"}]}),
        ),
        asking("proxy", json!({"ports": [{"containerPort": 443}]})),
        asking("proxy", json!({"ports": [{"containerPort": 7412}]})),
        asking("hosts", json!({"readinessProbe": {"httpGet": {"port": 443, "scheme": "HTTPS"}}})),
        asking("hosts", json!({"livenessProbe": {"tcpSocket": {"port": "https"}}})),
        with(
            json!({"annotations": {"tollgate.dev/capture": "hosts"}}),
            json!({
                "containers": [{"name": "app", "image": "app:1",
                    "volumeMounts": [{"name": "own", "mountPath": "/var/run/tollgate/trust/"}]}],
                "volumes": [{"name": "own", "emptyDir": {}}],
            }),
        ),
        spec(
            json!({"securityContext": {"sysctls": [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "1024"}]}}),
        ),
        spec(
            json!({"securityContext": {"sysctls": [{"name": "net/ipv4/ip_unprivileged_port_start", "value": "443"}]}}),
        ),
        spec(json!({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_syncookies", "value": "1"}]}})),
        // what containers say themselves
        asking("base-url", env(&[("OPENAI_BASE_URL", "https://gateway.example/v1")])),
        asking("base-url", env(&[("AZURE_OPENAI_ENDPOINT", "https://azure.example")])),
        asking("base-url", env(&[("OPENAI_BASE_URL", "http://127.0.0.1:7411/openai/v1"), ("PORT", "80")])),
        asking("base-url", json!({"envFrom": [{"configMapRef": {"name": "settings"}}]})),
        asking("hosts", json!({"envFrom": [{"configMapRef": {"name": "settings"}}]})),
        asking("hosts", json!({"envFrom": [{"prefix": "APP_", "secretRef": {"name": "settings"}}]})),
        asking("hosts", env(&[("SSL_CERT_DIR", "/certs"), ("NODE_EXTRA_CA_CERTS", "/own.pem")])),
        asking("hosts", env(&[("CURL_CA_BUNDLE", "/own.pem")])),
        asking("hosts", env(&[("REQUESTS_CA_BUNDLE", "/var/run/tollgate/trust/bundle.pem")])),
        asking("hosts", env(&[("JAVA_TOOL_OPTIONS", "-Xmx512m")])),
        asking("hosts", env(&[("JAVA_TOOL_OPTIONS", "-Xmx512m"), ("JDK_JAVA_OPTIONS", "-Xms1m")])),
        asking("hosts", env(&[("JDK_JAVA_OPTIONS", "-Djavax.net.ssl.trustStore=/own.jks")])),
        asking(
            "hosts",
            json!({"env": [{"name": "JAVA_TOOL_OPTIONS",
            "valueFrom": {"configMapKeyRef": {"name": "jvm", "key": "options"}}}]}),
        ),
        asking("proxy", env(&[("https_proxy", "http://proxy.corp:3128")])),
        asking("proxy", env(&[("ALL_PROXY", "http://127.0.0.1:7412")])),
        asking("proxy", env(&[("no_proxy", "corp"), ("NODE_USE_ENV_PROXY", "0")])),
        asking("proxy", json!({"envFrom": [{"configMapRef": {"name": "settings"}}]})),
        asking(
            "proxy",
            json!({"envFrom": [{"configMapRef": {"name": "settings"}}],
            "env": [{"name": "HTTPS_PROXY", "value": "http://127.0.0.1:7412"}]}),
        ),
        // aliases, volumes, secrets
        spec(
            json!({"hostAliases": [{"ip": "10.0.0.5", "hostnames": ["api.openai.com"]}, {"ip": "127.0.0.1", "hostnames": ["shop.local"]}]}),
        ),
        spec(json!({"hostAliases": [{"ip": "::1"}]})),
        spec(json!({"volumes": [{"name": "own", "emptyDir": {}}], "imagePullSecrets": [{"name": "app"}]})),
        // resources
        resources(limits("1", "1Gi"), limits("1000m", "1024Mi")),
        resources(
            json!({"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "10m", "memory": "10Mi"}}),
            limits("1", "1Gi"),
        ),
        resources(limits("1", "1Gi"), json!({"limits": {"memory": "64Mi"}})),
        resources(limits("1", "1Gi"), json!({})),
        resources(json!({"requests": {"cpu": "0"}}), json!({"limits": {"cpu": "0", "memory": "0"}})),
        spec(json!({"resources": limits("1", "1Gi")})),
        spec(json!({"securityContext": {"runAsUser": 0}})),
        spec(json!({"securityContext": {"runAsUser": 1000, "runAsNonRoot": true}})),
        // lists of others
        annotated("cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes", "cache, tmp,"),
        annotated("cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes", " tollgate-trust , cache"),
        annotated("traffic.sidecar.istio.io/excludeInboundPorts", "9000, 7419"),
        with(
            json!({"annotations": {"linkerd.io/inject": "enabled", "config.linkerd.io/skip-inbound-ports": "25"}}),
            json!({}),
        ),
    ];
    for pod in &pods {
        pair.make_the_same(pod).await;
    }
}

/// The apiserver ends expressions that cost too much, and the pod then has no sidecar.
#[tokio::test]
async fn a_pod_as_large_as_they_come_is_not_too_much_for_a_policy() {
    let pair = Pair::new("large", json!({})).await;
    let container = |name: String| {
        let variables: Vec<Value> = (0..200)
            .map(|number| json!({"name": format!("SETTING_{number}"), "value": "x".repeat(100)}))
            .collect();
        let mounts: Vec<Value> =
            (0..20).map(|number| json!({"name": "own", "mountPath": format!("/own/{number}")})).collect();
        json!({"name": name, "image": "app:1", "env": variables, "volumeMounts": mounts})
    };
    let containers: Vec<Value> = (0..20).map(|number| container(format!("app-{number}"))).collect();
    let inits: Vec<Value> = (0..10).map(|number| container(format!("init-{number}"))).collect();
    let spec = json!({
        "containers": containers, "initContainers": inits, "volumes": [{"name": "own", "emptyDir": {}}],
    });
    for mode in ["hosts", "proxy", "base-url"] {
        let made = pair
            .make_the_same(&with(json!({"annotations": {"tollgate.dev/capture": mode}}), spec.clone()))
            .await;
        assert_eq!(made["metadata"]["annotations"]["tollgate.dev/captured"], mode);
    }
}

#[tokio::test]
async fn a_policy_reads_the_namespaces_annotations_as_the_webhook_does() {
    let annotations = json!({"tollgate.dev/capture": "proxy", "linkerd.io/inject": "enabled"});
    let pair = Pair::new("asked", annotations).await;

    let made = pair.make_the_same(&with(json!({}), json!({}))).await;
    assert_eq!(made["metadata"]["annotations"]["tollgate.dev/captured"], "proxy");
    pair.make_the_same(&asking("hosts", json!({}))).await;
    pair.make_the_same(&with(json!({"annotations": {"tollgate.dev/inject": "disabled"}}), json!({}))).await;
}

#[tokio::test]
async fn a_policy_looks_again_at_what_others_made_of_an_injected_pod_as_the_webhook_does() {
    let pair = Pair::new("again", json!({})).await;
    for mode in ["hosts", "proxy", "base-url"] {
        let mut pod = pair.make_the_same(&asking(mode, json!({}))).await;
        pod["metadata"] = json!({
            "name": "web-0", "labels": {"app": "other"}, "annotations": pod["metadata"]["annotations"],
        });
        pair.make_the_same(&pod).await;

        let inits = pod["spec"]["initContainers"].as_array_mut().unwrap();
        inits.insert(0, json!({"name": "mesh-init", "image": "mesh:1"}));
        inits[1]["image"] = json!("mirror.example/tollgate-sidecar:1");
        let late = json!({"name": "late", "image": "late:1", "ports": [{"containerPort": 443}]});
        pod["spec"]["containers"].as_array_mut().unwrap().push(late);
        pair.make_the_same(&pod).await;

        for list in ["containers", "initContainers"] {
            for container in pod["spec"][list].as_array_mut().unwrap() {
                if container["name"] != "tollgate" {
                    container["resources"] = json!({"limits": {"cpu": "1", "memory": "1Gi"}});
                }
            }
        }
        let made = pair.make_the_same(&pod).await;
        assert_eq!(made["spec"]["initContainers"][0]["resources"]["requests"]["cpu"], "250m");
    }
}

#[tokio::test]
async fn by_policy_too_a_pod_knows_at_once_what_is_refused_until_flags_are_known() {
    let pair = Pair::new("denied", json!({})).await;
    for namespace in &pair.names {
        let spec = json!({"enabled": false, "onStateUnknown": "Deny"});
        pair.world.cluster.apply(&flag(namespace, "chat", spec)).await.unwrap();
    }

    until("the feature in new pods", async || {
        let made = pair.made(&with(json!({}), json!({}))).await;
        let knows = |made: &Value| {
            made["spec"]["initContainers"].to_string().contains(r#"denyUntilKnown\":[\"chat\"]"#)
        };
        if made.iter().all(knows) { Ok(()) } else { Err(made) }
    })
    .await;
    pair.make_the_same(&with(json!({}), json!({}))).await;
}
