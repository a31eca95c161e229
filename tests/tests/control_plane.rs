//! The control plane alone: what operator and push are tested against must itself be as a cluster is.

use std::sync::LazyLock;

use k8s_openapi::api::core::v1::{ConfigMap, Pod};
use kube::{Api, api::PostParams};
use serde_json::json;
use tollgate_tests::harness::control_plane::ControlPlane;

static PLANE: LazyLock<ControlPlane> = LazyLock::new(|| ControlPlane::start().expect("a control plane"));

#[tokio::test]
async fn a_pod_has_a_token_that_names_it() {
    let cluster = PLANE.cluster().await.unwrap();
    cluster.namespace("tokens", &[]).await.unwrap();
    let pod = cluster.pod("tokens", "web-0", json!({})).await.unwrap();

    let token = cluster.token(&pod, "tollgate").await.unwrap();

    let review = json!({
        "apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview",
        "spec": {"token": token, "audiences": ["tollgate"]},
    });
    let request = http::Request::post("/apis/authentication.k8s.io/v1/tokenreviews")
        .header("content-type", "application/json")
        .body(review.to_string().into_bytes())
        .unwrap();
    let answer: serde_json::Value = cluster.client.request(request).await.unwrap();
    assert_eq!(answer["status"]["authenticated"], true);
    assert_eq!(answer["status"]["user"]["username"], "system:serviceaccount:tokens:default");
    assert_eq!(answer["status"]["user"]["extra"]["authentication.kubernetes.io/pod-uid"], json!([pod.uid]));
}

#[tokio::test]
async fn a_pod_is_gone_when_it_is_deleted() {
    let cluster = PLANE.cluster().await.unwrap();
    cluster.namespace("deletes", &[]).await.unwrap();
    let pod = cluster.pod("deletes", "web-0", json!({"spec": {"nodeName": "somewhere"}})).await.unwrap();

    cluster.delete_pod(&pod).await.unwrap();

    let pods = Api::<Pod>::namespaced(cluster.client.clone(), "deletes");
    assert!(pods.get_opt("web-0").await.unwrap().is_none());
}

#[tokio::test]
async fn somebody_without_a_role_may_nothing() {
    let stranger = PLANE.kubeconfig_of("stranger", &["nobody"]).unwrap();
    let mut kubectl = PLANE.kubectl().unwrap();

    let output = kubectl.env("KUBECONFIG", stranger).args(["get", "pods"]).output().unwrap();

    assert!(!output.status.success());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("User \"stranger\" cannot list resource"), "{errors}");
}

#[tokio::test]
async fn a_definition_is_served_once_it_is_applied() {
    let cluster = PLANE.cluster().await.unwrap();
    cluster
        .apply(&json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "things.example.com"},
            "spec": {
                "group": "example.com", "scope": "Namespaced",
                "names": {"kind": "Thing", "plural": "things"},
                "versions": [{"name": "v1", "served": true, "storage": true,
                    "schema": {"openAPIV3Schema": {"type": "object"}}}],
            },
        }))
        .await
        .unwrap();

    let thing = json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "one"}});
    cluster.apply(&thing).await.unwrap();
}

#[tokio::test]
async fn what_was_written_is_there_after_the_apiserver_was_away() {
    let mut plane = ControlPlane::start().unwrap();
    let maps = Api::<ConfigMap>::default_namespaced(plane.client().await.unwrap());
    let map = serde_json::from_value(json!({"metadata": {"name": "kept"}})).unwrap();
    maps.create(&PostParams::default(), &map).await.unwrap();

    plane.stop_apiserver().unwrap();
    assert!(maps.get("kept").await.is_err());
    plane.start_apiserver().unwrap();

    assert_eq!(maps.get("kept").await.unwrap().metadata.name.as_deref(), Some("kept"));
}
