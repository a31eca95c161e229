//! Who is calling: feature and user, from the strongest source that names them, and nothing of it goes on.

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::Call,
        world::{Setup, World, chat, message},
    },
    standin::Provider::{Anthropic, OpenAi},
};

/// The row of one call to OpenAI that carries these headers.
fn row_of(world: &World, headers: &[(&str, &str)]) -> Value {
    let mut call = chat(json!({}), "");
    for (name, value) in headers {
        call = call.header(name, value);
    }
    assert_eq!(world.through(OpenAi, &call).status(), 200);
    world.row()
}

fn feature_of(headers: &[(&str, &str)]) -> Value {
    row_of(&World::start(), headers)["feature"].clone()
}

fn user_of(provider: tollgate_tests::standin::Provider, call: Call) -> Value {
    let world = World::start();
    assert_eq!(world.through(provider, &call).status(), 200);
    world.row()["user_id"].clone()
}

#[test]
fn the_header_names_the_feature() {
    assert_eq!(feature_of(&[("x-tollgate-feature", "chat")]), "chat");
}

#[test]
fn the_path_names_the_feature() {
    let world = World::start();
    let call = chat(json!({}), "tag=path").under("/feature/chat/openai");
    assert_eq!(call.send(world.sidecar.base).status(), 200);
    assert_eq!(world.row()["feature"], "chat");
    let seen = world.standin.entry("path").seen.expect("a tagged call");
    assert_eq!(seen.path, "/v1/chat/completions");
}

#[test]
fn baggage_names_the_feature_percent_encoded_and_with_properties() {
    assert_eq!(
        feature_of(&[("baggage", "a=b, tollgate.feature=writing%2Dassistant;p=1")]),
        "writing-assistant"
    );
}

#[test]
fn the_header_is_stronger_than_the_path_and_the_path_than_baggage() {
    let world = World::start();
    let call = chat(json!({}), "").header("baggage", "tollgate.feature=c");
    assert_eq!(call.clone().under("/feature/b/openai").send(world.sidecar.base).status(), 200);
    assert_eq!(world.rows(1)[0]["feature"], "b");
    let call = call.header("x-tollgate-feature", "a").under("/feature/b/openai");
    assert_eq!(call.send(world.sidecar.base).status(), 200);
    assert_eq!(world.rows(2)[1]["feature"], "a");
}

#[test]
fn the_pods_annotation_names_the_feature_of_calls_that_name_none() {
    let workload = json!({"namespace": "shop", "name": "web", "pod": "web-0", "feature": "search"});
    let world = World::with(Setup { config: Some(json!({"workload": workload})), ..Setup::default() });
    assert_eq!(row_of(&world, &[])["feature"], "search");
}

#[test]
fn a_call_that_names_no_feature_is_unattributed() {
    assert_eq!(feature_of(&[]), "unattributed");
}

#[test]
fn what_cannot_be_a_flags_name_counts_as_not_given_and_is_counted() {
    let world = World::start();
    let long = "a".repeat(10 << 10);
    for (count, name) in ["Chat", "a b", "-a", "ä", &long].into_iter().enumerate() {
        let call = chat(json!({}), "").header("x-tollgate-feature", name);
        assert_eq!(world.through(OpenAi, &call).status(), 200, "{name}");
        let rows = world.rows(count + 1);
        assert_eq!(rows[count]["feature"], "unattributed", "{name}");
    }
    assert_eq!(world.sidecar.metrics().sum("tollgate_invalid_identity_total", &[]), 5);
}

#[test]
fn the_user_comes_from_header_then_baggage_then_body() {
    let body = json!({"user": "from-body"});
    assert_eq!(user_of(OpenAi, chat(body.clone(), "")), "from-body");
    let call = chat(body, "").header("baggage", "user.id=from%20baggage");
    assert_eq!(user_of(OpenAi, call.clone()), "from baggage");
    assert_eq!(user_of(OpenAi, call.header("x-tollgate-user", "from-header")), "from-header");
}

#[test]
fn openais_safety_identifier_is_stronger_than_its_user() {
    assert_eq!(user_of(OpenAi, chat(json!({"user": "a", "safety_identifier": "b"}), "")), "b");
}

#[test]
fn anthropics_user_is_in_its_metadata() {
    assert_eq!(user_of(Anthropic, message(json!({"metadata": {"user_id": "ada"}}), "")), "ada");
}

#[test]
fn a_call_without_a_user_has_none() {
    assert_eq!(user_of(OpenAi, chat(json!({}), "")), Value::Null);
}

#[test]
fn nothing_of_ours_reaches_the_provider_and_everything_else_does() {
    let world = World::start();
    let call = chat(json!({"user": "ada"}), "tag=seen")
        .header("x-tollgate-feature", "chat")
        .header("x-tollgate-user", "ada")
        .header("baggage", "tenant=7,tollgate.feature=chat,user.id=ada")
        .header("x-of-the-app", "stays");
    assert_eq!(world.through(OpenAi, &call).status(), 200);
    let seen = world.standin.entry("seen").seen.expect("a tagged call");
    let ours: Vec<_> = seen.headers.iter().filter(|(name, _)| name.starts_with("x-tollgate")).collect();
    assert!(ours.is_empty(), "{ours:?}");
    assert_eq!(seen.header("baggage"), Some("tenant=7,user.id=ada"));
    assert_eq!(seen.header("x-of-the-app"), Some("stays"));
    assert_eq!(seen.header("authorization"), Some("Bearer sk-standin"));
    assert_eq!(seen.header("host"), Some(world.standin.openai.to_string().as_str()));
    let sent: Value = serde_json::from_str(&seen.body).expect("the body");
    assert_eq!(sent["user"], "ada");
}
