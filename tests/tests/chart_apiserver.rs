//! The chart's manifests in a real apiserver: they are taken, the pods fit `restricted`, the rights are those that are
//! needed, and a strict namespace is strict.

use std::{sync::LazyLock, thread};

use anyhow::Result;
use k8s_openapi::api::{
    authorization::v1::{
        NonResourceAttributes, ResourceAttributes, SubjectAccessReview, SubjectAccessReviewSpec,
    },
    core::v1::{ConfigMap, Pod},
};
use kube::{
    Api, Error,
    api::{Patch, PatchParams, PostParams},
};
use serde_json::{Value, json};
use tollgate_tests::harness::{
    chart,
    control_plane::{Cluster, ControlPlane},
    installation::NAMESPACE,
    wait,
};

const OPERATOR: &str = "system:serviceaccount:tollgate-system:tollgate-operator";
const CONSOLE: &str = "system:serviceaccount:tollgate-system:tollgate-console";
/// Kinds of others, which a bare apiserver does not serve.
const FOREIGN: [&str; 2] = ["monitoring.coreos.com/v1", "cert-manager.io/v1"];

/// One apiserver with the chart in it, for every test of this program.
static PLANE: LazyLock<ControlPlane> = LazyLock::new(|| {
    let plane = ControlPlane::start().expect("a control plane");
    // a thread of its own: a test is inside a runtime, where one cannot wait for another
    thread::scope(|scope| {
        scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let installed = runtime.expect("a runtime").block_on(install(&plane));
            installed.expect("the chart's manifests are taken");
        });
    });
    plane
});

async fn install(plane: &ControlPlane) -> Result<()> {
    let cluster = plane.cluster().await?;
    cluster.namespace(NAMESPACE, &[("pod-security.kubernetes.io/enforce", "restricted")]).await?;
    for manifest in manifests() {
        cluster.apply(&manifest).await?;
    }
    Ok(())
}

fn manifests() -> Vec<Value> {
    let mut values = chart::least();
    values["postgres"] = json!({"enabled": true, "password": "correct-horse-battery"});
    values["extraCAs"] = json!({"configMap": "corp-ca"});
    values["console"] = json!({"enabled": true});
    let mut manifests = chart::render(&values).expect("rendered");
    manifests.retain(|manifest| !FOREIGN.iter().any(|group| manifest["apiVersion"] == *group));
    manifests
}

async fn cluster() -> Cluster {
    PLANE.cluster().await.expect("a client")
}

#[tokio::test]
async fn operator_console_and_trial_postgres_fit_pod_security_restricted() {
    let cluster = cluster().await;
    let pods = Api::<Pod>::namespaced(cluster.client.clone(), NAMESPACE);
    for (kind, name) in [
        ("Deployment", "tollgate-operator"),
        ("Deployment", "tollgate-console"),
        ("StatefulSet", "tollgate-postgres"),
    ] {
        let manifests = manifests();
        let mut template = chart::find(&manifests, kind, name).expect("rendered")["spec"]["template"].clone();
        template["metadata"]["name"] = json!(name);
        if kind == "StatefulSet" {
            // what the StatefulSet's controller makes of the claim
            let volumes = template["spec"]["volumes"].as_array_mut().expect("volumes");
            volumes.push(
                json!({"name": "data", "persistentVolumeClaim": {"claimName": "data-tollgate-postgres-0"}}),
            );
        }
        let pod: Pod = serde_json::from_value(template).expect("a pod");
        let trying = PostParams { dry_run: true, ..PostParams::default() };
        pods.create(&trying, &pod).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// What the operator may do, and what it may not although its work is near it.
#[tokio::test]
async fn the_operators_rights_are_the_least() {
    let here = NAMESPACE;
    let on = |verb, group, resource, name, namespace| (verb, group, resource, name, namespace);
    let may = [
        on("watch", "", "namespaces", "", ""),
        on("watch", "", "pods", "", ""),
        on("list", "tollgate.dev", "featureflags", "", ""),
        on("watch", "tollgate.dev", "clusterfeatureflags", "", ""),
        on("patch", "tollgate.dev", "featureflags/status", "chat", "shop"),
        on("patch", "tollgate.dev", "clusterfeatureflags/status", "chat", ""),
        on("watch", "tollgate.dev", "usagealerts", "", ""),
        on("patch", "tollgate.dev", "usagealerts/status", "daily", "shop"),
        on("patch", "tollgate.dev", "clusterusagealerts/status", "daily", ""),
        on("create", "events.k8s.io", "events", "", "shop"),
        on("patch", "events.k8s.io", "events", "", "shop"),
        on("patch", "", "configmaps", "tollgate-state", "shop"),
        on("create", "", "configmaps", "tollgate-state", "shop"),
        on("delete", "", "configmaps", "tollgate-state", "shop"),
        on("watch", "", "configmaps", "tollgate-prices", here),
        on("get", "", "configmaps", "tollgate-prices-in-force", here),
        on("create", "", "configmaps", "tollgate-prices-in-force", here),
        on("patch", "", "configmaps", "tollgate-prices-in-force", here),
        on("patch", "", "configmaps", "tollgate-coverage", here),
        on("create", "authentication.k8s.io", "tokenreviews", "", ""),
        on("patch", "admissionregistration.k8s.io", "mutatingwebhookconfigurations", "tollgate", ""),
        on("patch", "admissionregistration.k8s.io", "validatingwebhookconfigurations", "tollgate", ""),
        on("create", "coordination.k8s.io", "leases", "", here),
        on("patch", "coordination.k8s.io", "leases", "tollgate-operator", here),
        on("create", "", "secrets", "", here),
        on("patch", "", "secrets", "tollgate-tls", here),
        on("get", "", "secrets", "tollgate-keys", here),
    ];
    let may_not = [
        on("get", "", "secrets", "tollgate-tls", "shop"),
        on("create", "", "secrets", "", "shop"),
        on("get", "", "secrets", "tollgate-database", here),
        on("list", "", "secrets", "", here),
        on("get", "", "configmaps", "app-settings", "shop"),
        on("patch", "", "configmaps", "app-settings", "shop"),
        on("list", "", "configmaps", "", ""),
        on("patch", "", "configmaps", "tollgate-prices", here),
        on("get", "", "configmaps", "tollgate-prices", "shop"),
        on("patch", "", "pods", "web-0", "shop"),
        on("delete", "", "pods", "web-0", "shop"),
        on("create", "", "pods/exec", "web-0", "shop"),
        on("create", "", "pods/eviction", "web-0", "shop"),
        on("patch", "", "namespaces", "shop", ""),
        on("patch", "tollgate.dev", "featureflags", "chat", "shop"),
        on("delete", "tollgate.dev", "featureflags", "chat", "shop"),
        on("patch", "tollgate.dev", "usagealerts", "daily", "shop"),
        on("patch", "apps", "deployments", "web", "shop"),
        on("patch", "admissionregistration.k8s.io", "mutatingwebhookconfigurations", "another", ""),
        on("delete", "admissionregistration.k8s.io", "mutatingwebhookconfigurations", "tollgate", ""),
        on("impersonate", "", "users", "", ""),
        on("patch", "apiextensions.k8s.io", "customresourcedefinitions", "featureflags.tollgate.dev", ""),
    ];
    let cluster = cluster().await;
    for (rights, expected) in [(may.as_slice(), true), (may_not.as_slice(), false)] {
        for (verb, group, resource, name, namespace) in rights {
            let allowed = allowed(&cluster, OPERATOR, verb, group, resource, name, namespace).await;
            assert_eq!(allowed, expected, "{verb} {group}/{resource} {name:?} in {namespace:?}");
        }
    }
}

/// The console asks who somebody is, keeps its key, and does nothing for anybody with rights of its own.
#[tokio::test]
async fn the_consoles_rights_are_the_least() {
    let here = NAMESPACE;
    let may = [
        ("create", "authentication.k8s.io", "tokenreviews", "", ""),
        ("create", "authorization.k8s.io", "subjectaccessreviews", "", ""),
        ("list", "", "namespaces", "", ""),
        ("create", "", "secrets", "", here),
        ("update", "", "secrets", "tollgate-console-session", here),
        ("watch", "tollgate.dev", "featureflags", "", ""),
        ("watch", "tollgate.dev", "clusterusagealerts", "", ""),
        ("watch", "", "configmaps", "tollgate-prices", here),
    ];
    let may_not = [
        ("get", "", "secrets", "tollgate-database", here),
        ("get", "", "secrets", "tollgate-keys", here),
        ("delete", "", "secrets", "tollgate-console-session", here),
        ("list", "", "secrets", "", here),
        ("list", "", "pods", "", ""),
        ("patch", "tollgate.dev", "featureflags", "chat", "shop"),
        ("patch", "tollgate.dev", "usagealerts", "daily", "shop"),
        ("patch", "", "configmaps", "tollgate-prices", here),
        ("get", "tollgate.dev", "usagereports", "", "shop"),
        ("impersonate", "", "users", "", ""),
        ("impersonate", "", "groups", "", ""),
        ("impersonate", "", "serviceaccounts", "", ""),
    ];
    let cluster = cluster().await;
    for (rights, expected) in [(may.as_slice(), true), (may_not.as_slice(), false)] {
        for (verb, group, resource, name, namespace) in rights {
            let allowed = allowed(&cluster, CONSOLE, verb, group, resource, name, namespace).await;
            assert_eq!(allowed, expected, "{verb} {group}/{resource} {name:?} in {namespace:?}");
        }
    }
}

#[tokio::test]
async fn the_operator_may_read_the_keys_that_tokens_are_checked_by() {
    let attributes = NonResourceAttributes { path: Some("/openid/v1/jwks".into()), verb: Some("get".into()) };
    let spec = SubjectAccessReviewSpec {
        non_resource_attributes: Some(attributes),
        user: Some(OPERATOR.into()),
        ..SubjectAccessReviewSpec::default()
    };
    assert!(reviewed(&cluster().await, spec).await);
}

/// A right to create cannot name an object where it is posted; where it is applied, it can.
#[tokio::test]
async fn the_operator_applies_its_config_map_and_no_other() {
    let cluster = cluster().await;
    cluster.namespace("applied", &[]).await.expect("a namespace");
    let token = cluster.token_of(NAMESPACE, "tollgate-operator", "https://kubernetes.default.svc", None);
    let operator = PLANE.client_with(&token.await.expect("a token")).await.expect("a client");
    let maps = Api::<ConfigMap>::namespaced(operator, "applied");
    let apply = |name: &'static str| {
        let maps = maps.clone();
        let manifest =
            json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"a": "b"}});
        async move { maps.patch(name, &PatchParams::apply("tollgate-operator"), &Patch::Apply(manifest)).await }
    };
    apply("tollgate-state").await.expect("made");
    apply("tollgate-state").await.expect("applied again");
    assert!(matches!(apply("app-settings").await, Err(Error::Api(status)) if status.code == 403));
}

async fn allowed(
    cluster: &Cluster,
    user: &str,
    verb: &str,
    group: &str,
    resource: &str,
    name: &str,
    namespace: &str,
) -> bool {
    let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let attributes = ResourceAttributes {
        verb: said(verb),
        group: said(group),
        resource: said(resource),
        subresource: said(subresource),
        name: said(name),
        namespace: said(namespace),
        ..ResourceAttributes::default()
    };
    let spec = SubjectAccessReviewSpec {
        resource_attributes: Some(attributes),
        user: Some(user.into()),
        ..SubjectAccessReviewSpec::default()
    };
    reviewed(cluster, spec).await
}

async fn reviewed(cluster: &Cluster, spec: SubjectAccessReviewSpec) -> bool {
    let review = SubjectAccessReview { spec, ..SubjectAccessReview::default() };
    let reviews = Api::<SubjectAccessReview>::all(cluster.client.clone());
    let answer = reviews.create(&PostParams::default(), &review).await.expect("a review");
    answer.status.expect("a review is answered").allowed
}

/// The namespace, once the policy holds there: the apiserver reads policies and bindings a moment after they are made.
async fn strict(name: &'static str) -> Cluster {
    let cluster = cluster().await;
    cluster.namespace(name, &[("tollgate.dev/inject", "strict")]).await.expect("a namespace");
    wait::until("the policy's refusal", async || match made(&cluster, name, pod("probe"), true).await {
        Ok(_) => Err("a pod without a sidecar was taken"),
        Err(_) => Ok(()),
    })
    .await;
    cluster
}

async fn made(cluster: &Cluster, namespace: &str, pod: Value, dry_run: bool) -> Result<Pod, Error> {
    let pods = Api::<Pod>::namespaced(cluster.client.clone(), namespace);
    let pod = serde_json::from_value(pod).expect("a pod");
    pods.create(&PostParams { dry_run, ..PostParams::default() }, &pod).await
}

fn pod(name: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
        "spec": {"containers": [{"name": "app", "image": "app:1"}]},
    })
}

fn with_sidecar(name: &str, image: &str) -> Value {
    let mut pod = pod(name);
    pod["spec"]["initContainers"] = json!([{
        "name": "tollgate", "image": image, "restartPolicy": "Always",
        "env": [{"name": "TOLLGATE_CONFIG", "value": "{}"}],
    }]);
    pod
}

const SIDECAR: &str = "registry.example/platform/tollgate-sidecar:0.1.0";

fn refusal<T>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Api(status)) => status.message,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[tokio::test]
async fn a_strict_namespace_refuses_a_pod_without_a_sidecar_and_says_why() {
    let cluster = strict("strict-refuses").await;
    let said = refusal(made(&cluster, "strict-refuses", pod("web-0"), false).await);
    assert!(
        said.contains("this pod has no sidecar of Tollgate, and namespace strict-refuses is labelled \
                       tollgate.dev/inject=strict: see that the Deployment tollgate-operator in tollgate-system is ready"),
        "{said}"
    );
    let mut hosts = pod("web-1");
    hosts["spec"]["hostNetwork"] = json!(true);
    let said = refusal(made(&cluster, "strict-refuses", hosts, false).await);
    assert!(said.contains("pods with hostNetwork get none"), "{said}");
}

#[tokio::test]
async fn a_strict_namespace_takes_pods_with_our_sidecar_and_no_lookalike() {
    let cluster = strict("strict-takes").await;
    made(&cluster, "strict-takes", with_sidecar("web-0", SIDECAR), false).await.expect("taken");
    let another = "registry.example/platform/tollgate-sidecar@sha256:\
                   0000000000000000000000000000000000000000000000000000000000000000";
    made(&cluster, "strict-takes", with_sidecar("web-1", another), false).await.expect("taken");
    for (name, image) in
        [("web-2", "busybox:1"), ("web-3", "registry.example/platform/tollgate-sidecar-not:1")]
    {
        refusal(made(&cluster, "strict-takes", with_sidecar(name, image), false).await);
    }
    let mut once = with_sidecar("web-4", SIDECAR);
    once["spec"]["initContainers"][0]["restartPolicy"] = Value::Null;
    refusal(made(&cluster, "strict-takes", once, false).await);
}

#[tokio::test]
async fn opting_out_of_a_strict_namespace_needs_the_namespaces_leave() {
    let cluster = strict("strict-opt-out").await;
    let mut out = pod("web-0");
    out["metadata"]["annotations"] = json!({"tollgate.dev/inject": "disabled"});
    let said = refusal(made(&cluster, "strict-opt-out", out.clone(), false).await);
    assert!(said.contains("opting out takes tollgate.dev/opt-out: allowed"), "{said}");
    let leave = json!({
        "apiVersion": "v1", "kind": "Namespace",
        "metadata": {
            "name": "strict-opt-out", "labels": {"tollgate.dev/inject": "strict"},
            "annotations": {"tollgate.dev/opt-out": "allowed"},
        },
    });
    cluster.apply(&leave).await.expect("leave");
    // the apiserver's own picture of namespaces follows a moment later
    wait::until("the namespace's leave", async || made(&cluster, "strict-opt-out", out.clone(), false).await)
        .await;
}

#[tokio::test]
async fn a_pod_that_was_there_before_goes_on_and_a_sidecar_stays_ours() {
    let cluster = cluster().await;
    cluster.namespace("strict-before", &[("tollgate.dev/inject", "enabled")]).await.expect("a namespace");
    made(&cluster, "strict-before", pod("old"), false).await.expect("taken before the label");
    let cluster = strict("strict-before").await;
    let pods = Api::<Pod>::namespaced(cluster.client.clone(), "strict-before");
    let labelled = json!({"metadata": {"labels": {"moon": "full"}}});
    pods.patch("old", &PatchParams::default(), &Patch::Merge(labelled)).await.expect("labels go on changing");

    made(&cluster, "strict-before", with_sidecar("new", SIDECAR), false).await.expect("taken");
    let patched = async |image: &str| {
        let change = json!({"spec": {"initContainers": [{"name": "tollgate", "image": image}]}});
        pods.patch("new", &PatchParams::default(), &Patch::Strategic(change)).await
    };
    patched("registry.example/platform/tollgate-sidecar:0.2.0").await.expect("another release of ours");
    let said = refusal(patched("busybox:1").await);
    assert!(said.contains("the container tollgate of this pod must stay the sidecar of Tollgate"), "{said}");
}
