//! Certificates change while streams are open.

use k8s_openapi::api::core::v1::Secret;
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::json;
use tollgate_tests::harness::operator::NAMESPACE;

use super::{
    replicas::Installation,
    world::{ca, eventually, off},
};

#[tokio::test]
async fn a_certificate_is_rotated_under_load_and_nobody_notices() {
    let world = Installation::start(&["one", "two"]).await;
    let mut streams = Vec::new();
    for number in 0..20 {
        streams.push(world.listen(number % 2).await);
    }
    let secrets = Api::<Secret>::namespaced(world.cluster.client.clone(), NAMESPACE);
    let certificate = async || secrets.get("tollgate-tls").await.unwrap().data.unwrap()["tls.crt"].clone();
    let before = certificate().await;

    // What cannot be read is made anew by the leader, with the same authority.
    let nonsense = json!({"data": {"tls.crt": "bm9uc2Vuc2U="}});
    secrets.patch("tollgate-tls", &PatchParams::default(), &Patch::Merge(nonsense)).await.unwrap();
    eventually("a new certificate", async || {
        let now = certificate().await;
        (now != before && now.0.starts_with(b"-----BEGIN")).then_some(())
    })
    .await;

    assert_eq!(ca(&world.cluster).await, world.ca);
    world.set(false).await;
    for stream in &mut streams {
        stream.until(off("chat")).await.unwrap();
    }
    for replica in [0, 1] {
        world.listen(replica).await.until(off("chat")).await.unwrap();
    }
}

#[tokio::test]
async fn the_apiserver_is_told_whom_to_trust_for_our_webhooks() {
    let world = Installation::start(&["one"]).await;
    let configuration = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
        "metadata": {"name": "tollgate"},
        "webhooks": [{
            "name": "pods.tollgate.dev", "failurePolicy": "Ignore", "sideEffects": "None",
            "admissionReviewVersions": ["v1"],
            "clientConfig": {"url": format!("https://{}/mutate/pods", world.operators[0].webhook)},
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
        }],
    });
    world.cluster.apply(&configuration).await.unwrap();

    let configurations =
        Api::<k8s_openapi::api::admissionregistration::v1::MutatingWebhookConfiguration>::all(
            world.cluster.client.clone(),
        );
    let webhook = eventually("the bundle", async || {
        let webhooks = configurations.get("tollgate").await.unwrap().webhooks.unwrap();
        webhooks.into_iter().find(|webhook| webhook.client_config.ca_bundle.is_some())
    })
    .await;

    assert_eq!(webhook.client_config.ca_bundle.unwrap().0, world.ca.as_bytes());
    // No other field is ours.
    assert_eq!(webhook.failure_policy.as_deref(), Some("Ignore"));
    world.cluster.apply(&configuration).await.unwrap();
    let kept = configurations.get("tollgate").await.unwrap().webhooks.unwrap();
    assert!(kept[0].client_config.ca_bundle.is_some());
}
