//! The push on good and bad days, by what a sidecar sees of it: a real apiserver, replicas that are processes of their
//! own, tokens that the apiserver gave out.

#[path = "push/world.rs"]
mod world;

#[path = "push/apiserver.rs"]
mod apiserver;
#[path = "push/certificates.rs"]
mod certificates;
#[path = "push/prices.rs"]
mod prices;
#[path = "push/replicas.rs"]
mod replicas;
#[path = "push/tokens.rs"]
mod tokens;
#[path = "push/usage.rs"]
mod usage;

use serde_json::json;

use self::world::{World, flag, off, on};

#[tokio::test]
async fn a_pod_is_told_what_holds_in_its_namespace_and_every_change() {
    let world = World::new().await;
    let (namespace, cluster) = (world.labelled("told").await, &world.cluster);
    cluster.apply(&flag(&namespace, "chat", json!({"enabled": true}))).await.unwrap();
    let pod = world.pod(&namespace, "web-0").await;

    let mut stream = world.listen(&pod).await;
    stream.until(on("chat")).await.unwrap();
    cluster.apply(&flag(&namespace, "chat", json!({"enabled": false}))).await.unwrap();

    let state = stream.until(off("chat")).await.unwrap();
    assert_eq!(state["namespace"], json!(namespace));
    assert_eq!(state["flags"][0]["spec"], json!({"enabled": false}));
}

#[tokio::test]
async fn a_stream_lives_by_heartbeats_that_say_how_fresh_the_watch_is() {
    let world = World::new().await;
    let namespace = world.labelled("beats").await;
    let pod = world.pod(&namespace, "web-0").await;
    let mut stream = world.listen(&pod).await;

    let first = stream.until(|line| line["type"] == "heartbeat").await.unwrap();
    let second = stream.until(|line| line["type"] == "heartbeat").await.unwrap();

    assert!(first["time"].as_u64() < second["time"].as_u64());
    assert!(second["watchAge"].as_u64().is_some_and(|age| age < 10_000), "{second}");
}

#[tokio::test]
async fn a_clusters_flag_reaches_the_namespaces_it_selects() {
    let world = World::new().await;
    let namespace = world.labelled("selected").await;
    let pod = world.pod(&namespace, "web-0").await;
    let mut stream = world.listen(&pod).await;

    let manifest = json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "ClusterFeatureFlag", "metadata": {"name": "everywhere"},
        "spec": {
            "enabled": false,
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
        },
    });
    world.cluster.apply(&manifest).await.unwrap();

    let state = stream.until(off("everywhere")).await.unwrap();
    assert!(state["flags"][0]["spec"].get("namespaceSelector").is_none());
}

#[tokio::test]
async fn a_pod_gets_no_other_namespaces_state() {
    let world = World::new().await;
    let (mine, others) = (world.labelled("mine").await, world.labelled("others").await);
    world.cluster.apply(&flag(&others, "secret", json!({"enabled": false}))).await.unwrap();
    world.cluster.apply(&flag(&mine, "chat", json!({"enabled": false}))).await.unwrap();
    let pod = world.pod(&mine, "web-0").await;

    let mut stream = world.listen(&pod).await;

    let state = stream.until(off("chat")).await.unwrap();
    assert_eq!(state["flags"].as_array().map(Vec::len), Some(1), "{state}");
}

#[tokio::test]
async fn a_namespace_that_loses_its_label_ends_its_streams() {
    let world = World::new().await;
    let namespace = world.labelled("unlabelled").await;
    let pod = world.pod(&namespace, "web-0").await;
    let mut stream = world.listen(&pod).await;

    world.cluster.namespace(&namespace, &[]).await.unwrap();

    stream.end().await.unwrap();
}

#[tokio::test]
async fn a_report_is_taken_on_the_same_connection() {
    let world = World::new().await;
    let namespace = world.labelled("reports").await;
    let pod = world.pod(&namespace, "web-0").await;
    let token = world.token(&pod).await;
    let mut caller = world.caller().await;
    let mut stream = caller.state(&token).await.unwrap().unwrap();
    let state = stream.until(|line| line["type"] == "state").await.unwrap();

    let report = json!({"versions": state["versions"], "openCalls": 2, "somethingNew": true});
    let status = caller.report(&token, &report).await.unwrap();

    assert_eq!(status, 200);
}
