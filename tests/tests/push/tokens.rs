//! Who is let in, and what those hear who are not.

use serde_json::json;
use tollgate_tests::harness::operator::NAMESPACE;

use super::world::{World, flag, off};

#[tokio::test]
async fn without_a_token_nobody_is_told_anything() {
    let world = World::new().await;
    let (status, text) = world.caller().await.state("").await.unwrap().unwrap_err();
    assert_eq!(status, 401);
    assert!(text.contains("token"), "{text}");
}

#[tokio::test]
async fn a_token_that_somebody_made_up_is_refused() {
    let world = World::new().await;
    let namespace = world.labelled("made-up").await;
    let pod = world.pod(&namespace, "web-0").await;
    let token = world.token(&pod).await;
    // Its signature is another token's.
    let other = world.token(&world.pod(&namespace, "web-1").await).await;
    let signed = token.rsplit_once('.').unwrap().0;
    let forged = format!("{signed}.{}", other.rsplit_once('.').unwrap().1);

    for token in ["nonsense", forged.as_str()] {
        let (status, text) = world.caller().await.state(token).await.unwrap().unwrap_err();
        assert_eq!(status, 401, "{text}");
    }
}

#[tokio::test]
async fn a_token_of_another_audience_is_refused_and_told_so() {
    let world = World::new().await;
    let namespace = world.labelled("audience").await;
    let pod = world.pod(&namespace, "web-0").await;
    let token = world.cluster.token(&pod, "https://kubernetes.default.svc").await.unwrap();

    let (status, text) = world.caller().await.state(&token).await.unwrap().unwrap_err();

    assert_eq!(status, 401);
    assert!(text.contains("another audience"), "{text}");
}

#[tokio::test]
async fn a_token_that_is_bound_to_no_pod_is_refused() {
    let world = World::new().await;
    let namespace = world.labelled("unbound").await;
    let token = world.cluster.token_of(&namespace, "default", "tollgate", None).await.unwrap();

    let (status, text) = world.caller().await.state(&token).await.unwrap().unwrap_err();

    assert_eq!(status, 403);
    assert!(text.contains("not bound to a pod"), "{text}");
}

#[tokio::test]
async fn a_pod_that_a_stranger_labels_hears_that_its_namespace_is_not_tollgates() {
    let world = World::new().await;
    world.cluster.namespace("stranger", &[]).await.unwrap();
    let pod = world.pod("stranger", "web-0").await;
    let token = world.token(&pod).await;

    let (status, text) = world.caller().await.state(&token).await.unwrap().unwrap_err();

    assert_eq!(status, 403);
    assert!(text.contains("kubectl label namespace stranger tollgate.dev/inject=enabled"), "{text}");
}

#[tokio::test]
async fn a_pod_that_is_gone_loses_its_stream_and_is_not_let_in_again() {
    let world = World::new().await;
    let namespace = world.labelled("gone").await;
    let pod = world.pod(&namespace, "web-0").await;
    let token = world.token(&pod).await;
    let mut stream = world.caller().await.state(&token).await.unwrap().unwrap();

    world.cluster.delete_pod(&pod).await.unwrap();

    stream.end().await.unwrap();
    let (status, text) = world.caller().await.state(&token).await.unwrap().unwrap_err();
    assert_eq!(status, 403);
    assert!(text.contains("no such pod"), "{text}");
}

#[tokio::test]
async fn a_pod_that_has_just_been_made_is_let_in() {
    let world = World::new().await;
    let namespace = world.labelled("fresh").await;
    world.cluster.apply(&flag(&namespace, "chat", json!({"enabled": false}))).await.unwrap();
    for number in 0..20 {
        let pod = world.pod(&namespace, &format!("web-{number}")).await;
        world.listen(&pod).await.until(off("chat")).await.unwrap();
    }
}

#[tokio::test]
async fn what_replicas_tell_each_other_is_taken_from_replicas_only() {
    let world = World::new().await;
    let namespace = world.labelled("peers").await;
    let pod = world.pod(&namespace, "web-0").await;
    let counts = json!({"counts": {"uid": {"generation": 1, "current": 1000}}});
    let mut caller = world.caller().await;

    let theirs = caller.post("/v1/peers", &world.token(&pod).await, &counts).await.unwrap();
    let operator =
        world.cluster.pod(NAMESPACE, "another", json!({"spec": {"serviceAccountName": "tollgate-operator"}}));
    let ours = world.token(&operator.await.unwrap()).await;
    let ours = caller.post("/v1/peers", &ours, &counts).await.unwrap();

    assert_eq!(theirs, 403);
    assert_eq!(ours, 200);
}

#[tokio::test]
async fn those_who_are_turned_away_are_counted() {
    let world = World::new().await;
    let before =
        world.shared.operator.metrics().sum("tollgate_operator_refused_total", &[("reason", "Token")]);
    let refused = world.caller().await.state("nonsense").await.unwrap();
    assert!(refused.is_err());
    let after =
        world.shared.operator.metrics().sum("tollgate_operator_refused_total", &[("reason", "Token")]);
    assert!(after > before);
}
