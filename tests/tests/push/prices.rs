//! The admin's prices, by the state stream.

use k8s_openapi::api::{core::v1::ConfigMap, events::v1::Event};
use kube::{
    Api,
    api::{DeleteParams, ListParams},
    core::{ApiResource, DynamicObject, GroupVersionKind},
};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tollgate_tests::harness::{
    operator::{NAMESPACE, Operator, Replica},
    state_stream::Caller,
};

use crate::world::{World, eventually, flag};

/// There is one ConfigMap for all tests.
static CONFIG_MAP: Mutex<()> = Mutex::const_new(());

fn prices(text: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "tollgate-prices", "namespace": NAMESPACE}, "data": {"prices.yaml": text},
    })
}

/// What the leader keeps beside it.
async fn in_force(world: &World) -> Option<Value> {
    let maps = Api::<ConfigMap>::namespaced(world.cluster.client.clone(), NAMESPACE);
    let data = maps.get_opt("tollgate-prices-in-force").await.ok()??.data?;
    let conditions: Value = serde_json::from_str(&data["conditions.json"]).expect("conditions");
    Some(json!({"text": data.get("prices.yaml"), "accepted": conditions[0], "priced": conditions[1]}))
}

/// The note of the first Event of this reason that has this in it.
async fn event(world: &World, reason: &str, part: &str) -> String {
    let events = Api::<Event>::namespaced(world.cluster.client.clone(), NAMESPACE);
    eventually(&format!("an Event {reason} of {part}"), || async {
        let events = events.list(&ListParams::default()).await.ok()?;
        let ours = events.items.into_iter().filter(|event| event.reason.as_deref() == Some(reason));
        ours.filter_map(|event| event.note).find(|note| note.contains(part))
    })
    .await
}

fn are(text: &str) -> impl FnMut(&Value) -> bool {
    move |line| line["type"] == "prices" && line["text"] == text
}

#[tokio::test]
async fn prices_of_the_admin_reach_each_pod_and_broken_ones_change_nothing_but_are_told_of() {
    let _alone = CONFIG_MAP.lock().await;
    let world = World::new().await;
    let namespace = world.labelled("prices").await;
    let pod = world.pod(&namespace, "web-0").await;
    let mut stream = world.listen(&pod).await;
    stream.until(|line| line["type"] == "prices").await.unwrap();

    let good = "openai: {discount: \"15%\"}\n";
    world.cluster.apply(&prices(good)).await.unwrap();
    stream.until(are(good)).await.unwrap();

    world.cluster.apply(&prices("openai:\n  mine:\n    input: abc\n")).await.unwrap();
    let note = event(&world, "PricesNotTaken", "mine").await;
    assert!(note.contains("at line 3") && note.contains("0.25"), "{note}");
    assert_eq!(world.shared.operator.metrics().sum("tollgate_operator_prices_good", &[]), 0);
    world.listen(&pod).await.until(are(good)).await.unwrap();

    let better = "openai: {discount: \"20%\"}\n";
    world.cluster.apply(&prices(better)).await.unwrap();
    stream.until(are(better)).await.unwrap();
}

#[tokio::test]
async fn a_replica_that_starts_with_broken_prices_tells_the_last_good_ones() {
    let _alone = CONFIG_MAP.lock().await;
    let world = World::new().await;
    let namespace = world.labelled("recalled").await;
    let pod = world.pod(&namespace, "web-0").await;
    let good = "openai: {discount: \"7%\"}\n";
    world.cluster.apply(&prices(good)).await.unwrap();
    eventually("the good ones to be kept", || async {
        in_force(&world).await.filter(|kept| kept["text"] == good && kept["accepted"]["status"] == "True")
    })
    .await;
    world.cluster.apply(&prices("openai:\n  discount: 150%\n")).await.unwrap();
    let kept = eventually("the broken ones to be said", || async {
        in_force(&world).await.filter(|kept| kept["accepted"]["status"] == "False")
    })
    .await;
    assert_eq!((&kept["text"], &kept["accepted"]["reason"]), (&json!(good), &json!("NotTaken")));
    let message = kept["accepted"]["message"].as_str().unwrap();
    assert!(message.contains("at line 2") && message.contains("discount"), "{message}");

    let folder = tempfile::tempdir().unwrap();
    let kubeconfig = World::kubeconfig();
    let replica = Replica::prepare("late", &world.cluster, kubeconfig, folder.path()).await.unwrap();
    let mut late = Operator::start(&replica, folder.path()).unwrap();
    late.ready().unwrap();
    let token = world.token(&pod).await;
    let mut caller = Caller::connect(late.push, &world.shared.ca).await.unwrap();
    caller.state(&token).await.unwrap().unwrap().until(are(good)).await.unwrap();
    assert_eq!(late.metrics().sum("tollgate_operator_prices_good", &[]), 0);
}

#[tokio::test]
async fn without_the_config_map_the_built_in_prices_hold_again_and_that_is_said() {
    let _alone = CONFIG_MAP.lock().await;
    let world = World::new().await;
    let namespace = world.labelled("withdrawn").await;
    let pod = world.pod(&namespace, "web-0").await;
    let mut stream = world.listen(&pod).await;
    let own = "openai: {discount: \"9%\"}\n";
    world.cluster.apply(&prices(own)).await.unwrap();
    stream.until(are(own)).await.unwrap();
    let maps = Api::<ConfigMap>::namespaced(world.cluster.client.clone(), NAMESPACE);
    maps.delete("tollgate-prices", &DeleteParams::default()).await.unwrap();
    stream.until(|line| line["type"] == "prices" && line.get("text").is_none()).await.unwrap();
    let note = event(&world, "PricesGone", "").await;
    assert!(note.contains("built-in prices"), "{note}");
    eventually("the record to say so", || async {
        in_force(&world)
            .await
            .filter(|kept| kept["accepted"]["reason"] == "BuiltIn" && kept["text"].is_null())
    })
    .await;
}

#[tokio::test]
async fn a_model_without_a_price_is_told_of_where_the_admin_and_the_team_look() {
    let world = World::new().await;
    let namespace = world.labelled("unpriced").await;
    world.cluster.apply(&flag(&namespace, "chat", json!({}))).await.unwrap();
    let pod = world.pod(&namespace, "web-0").await;
    let token = world.token(&pod).await;
    let mut caller = world.caller().await;
    let mut stream = caller.state(&token).await.unwrap().unwrap();
    let state = stream.until(|line| line["type"] == "state").await.unwrap();
    let report = json!({"versions": state["versions"], "unpriced": [
        {"feature": "chat", "provider": "openai", "model": "gpt-5.4-hyper", "looksLike": "gpt-5.4"},
        // priced by the operator's book: its sidecar's is an older one
        {"feature": "chat", "provider": "openai", "model": "gpt-4o"},
    ]});
    caller.report(&token, &report).await.unwrap();

    let note = event(&world, "UnpricedModel", "gpt-5.4-hyper").await;
    assert!(note.contains("{\"gpt-5.4-hyper\": {same_as: \"gpt-5.4\"}}"), "{note}");
    let kind = ApiResource::from_gvk(&GroupVersionKind::gvk("tollgate.dev", "v1alpha1", "FeatureFlag"));
    let flags = Api::<DynamicObject>::namespaced_with(world.cluster.client.clone(), &namespace, &kind);
    let message = eventually("the flag's condition", || async {
        let flag = flags.get("chat").await.ok()?;
        let conditions = flag.data["status"]["conditions"].as_array()?.clone();
        let priced = conditions.into_iter().find(|condition| condition["type"] == "Priced")?;
        (priced["status"] == "False").then(|| priced["message"].as_str().unwrap_or_default().to_owned())
    })
    .await;
    assert!(message.contains("looks like \"gpt-5.4\"") && !message.contains("gpt-4o"), "{message}");
    eventually("the record to name it", || async {
        let priced = in_force(&world).await?["priced"].clone();
        let names_it = priced["message"].as_str().is_some_and(|message| message.contains("gpt-5.4-hyper"));
        (priced["status"] == "False" && names_it).then_some(())
    })
    .await;
    let models =
        world.shared.operator.metrics().sum("tollgate_operator_unpriced_models", &[("provider", "openai")]);
    assert_eq!(models, 1);
}
