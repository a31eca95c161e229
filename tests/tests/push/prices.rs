//! The admin's prices, by the state stream.

use k8s_openapi::api::events::v1::Event;
use kube::{Api, api::ListParams};
use serde_json::{Value, json};
use tollgate_tests::harness::operator::NAMESPACE;

use crate::world::{World, eventually};

fn prices(text: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "tollgate-prices", "namespace": NAMESPACE}, "data": {"prices.yaml": text},
    })
}

fn are(text: &str) -> impl FnMut(&Value) -> bool {
    move |line| line["type"] == "prices" && line["text"] == text
}

#[tokio::test]
async fn prices_of_the_admin_reach_each_pod_and_broken_ones_change_nothing_but_are_told_of() {
    let world = World::new().await;
    let namespace = world.labelled("prices").await;
    let pod = world.pod(&namespace, "web-0").await;
    let mut stream = world.listen(&pod).await;
    stream.until(|line| line["type"] == "prices").await.unwrap();

    let good = "openai: {discount: \"15%\"}\n";
    world.cluster.apply(&prices(good)).await.unwrap();
    stream.until(are(good)).await.unwrap();

    world.cluster.apply(&prices("openai:\n  mine:\n    input: abc\n")).await.unwrap();
    let events = Api::<Event>::namespaced(world.cluster.client.clone(), NAMESPACE);
    let note = eventually("an Event beside the ConfigMap", || async {
        let events = events.list(&ListParams::default()).await.ok()?;
        let ours = events.items.into_iter().find(|event| event.reason.as_deref() == Some("PricesNotTaken"));
        ours.and_then(|event| event.note)
    })
    .await;
    assert!(note.contains("at line 3") && note.contains("0.25"), "{note}");
    assert_eq!(world.shared.operator.metrics().sum("tollgate_operator_prices_good", &[]), 0);
    world.listen(&pod).await.until(are(good)).await.unwrap();

    let better = "openai: {discount: \"20%\"}\n";
    world.cluster.apply(&prices(better)).await.unwrap();
    stream.until(are(better)).await.unwrap();
}
