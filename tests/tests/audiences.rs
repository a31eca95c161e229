//! A feature that is on for some: by user, by draw, by the clock, or on trial for nobody yet.

use jiff::Timestamp;
use serde_json::json;
use tollgate_tests::{
    harness::{
        http::Call,
        wait,
        world::{Setup, World, chat, message},
    },
    standin::Provider::{Anthropic, OpenAi},
};

const DENIED: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {users: {deny: [ada]}}
";

fn world(flags: &'static str) -> World {
    World::with(Setup { flags: Some(flags), ..Setup::default() })
}

fn of_chat(call: Call) -> Call {
    call.header("x-tollgate-feature", "chat")
}

#[test]
fn a_denied_user_is_refused_wherever_the_app_names_the_user() {
    let world = world(DENIED);
    for (user, status) in [("ada", 403), ("bob", 200)] {
        let by_header = of_chat(chat(json!({}), "")).header("x-tollgate-user", user);
        assert_eq!(world.through(OpenAi, &by_header).status(), status, "{user}");
        for field in ["user", "safety_identifier"] {
            // fields are sent in the order of their names: much has to be read before it
            let late = of_chat(chat(json!({"a": "x".repeat(200 << 10), field: user}), ""));
            assert_eq!(world.through(OpenAi, &late).status(), status, "{user} in {field}");
        }
        let claude = of_chat(message(json!({"metadata": {"user_id": user}}), ""));
        assert_eq!(world.through(Anthropic, &claude).status(), status, "{user}");
    }
    assert_eq!(world.through(OpenAi, &of_chat(chat(json!({}), ""))).status(), 200);
    assert_eq!(world.standin.entries().len(), 5, "a refused call reached the provider");
}

#[test]
fn a_body_too_large_to_find_the_user_in_passes_and_says_so() {
    let world = world(DENIED);
    let large = of_chat(chat(json!({"a": "x".repeat(2 << 20), "user": "ada"}), ""));
    assert_eq!(world.through(OpenAi, &large).status(), 200);
    assert_eq!(world.row()["metadata"]["gate"], "undetermined");
    assert_eq!(world.sidecar.metrics().sum("tollgate_fail_open_total", &[("reason", "UserUndetermined")]), 1);
}

#[test]
fn a_rollout_lets_the_same_users_pass_each_time() {
    let world = world(
        "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {rollout: {percent: 50, by: User}}
",
    );
    let round = || -> Vec<u16> {
        let call = |user| of_chat(chat(json!({}), "")).header("x-tollgate-user", &format!("user-{user}"));
        (0..20).map(|user| world.through(OpenAi, &call(user)).status()).collect()
    };
    let first = round();
    assert!(first.contains(&200) && first.contains(&403), "{first:?}");
    assert_eq!(round(), first);
}

#[test]
fn a_flag_in_preview_refuses_nobody_and_writes_down_whom_it_would_have() {
    let world = world(
        "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: false, mode: Preview}
",
    );
    assert_eq!(world.through(OpenAi, &of_chat(chat(json!({}), ""))).status(), 200);
    let row = world.row();
    assert_eq!(row["outcome"], "completed");
    let would_refuse = json!({"flag": "FeatureFlag shop/chat", "reason": "Spec"});
    assert_eq!(row["metadata"]["would_refuse"], would_refuse);
    let samples = world.sidecar.metrics();
    assert_eq!(samples.sum("tollgate_would_refuse_total", &[("feature", "chat")]), 1);
    assert_eq!(samples.sum("tollgate_flag_enabled", &[("feature", "chat")]), 1);
}

#[test]
fn a_schedule_turns_the_feature_when_its_time_comes() {
    let world = World::with(Setup { flags: Some("---\n"), ..Setup::default() });
    let from = Timestamp::from_second(Timestamp::now().as_second() + 3).expect("a time");
    world.replace(
        "flags.yaml",
        &format!(
            "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: chat}}\n\
             spec: {{schedule: [{{from: '{from}', enabled: false}}]}}\n"
        ),
    );
    let enabled = || world.sidecar.metrics().sum("tollgate_flag_enabled", &[("feature", "chat")]);
    assert_eq!(world.through(OpenAi, &of_chat(chat(json!({}), ""))).status(), 200, "before {from}");
    wait::eventually("the feature to go off", || {
        let status = world.through(OpenAi, &of_chat(chat(json!({}), ""))).status();
        if status == 403 { Ok(()) } else { Err(status) }
    });
    wait::eventually("the gauge to follow", || if enabled() == 0 { Ok(()) } else { Err(enabled()) });
}

#[test]
fn a_clusters_flag_that_may_be_overridden_gives_way_to_the_namespaces_own() {
    let world = world(
        "
apiVersion: tollgate.dev/v1alpha1
kind: ClusterFeatureFlag
metadata: {name: all-chats}
spec: {feature: chat, enabled: false, overridable: true}
---
apiVersion: tollgate.dev/v1alpha1
kind: ClusterFeatureFlag
metadata: {name: all-searches}
spec: {feature: search, enabled: false}
---
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: true}
---
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: search}
spec: {enabled: true}
",
    );
    assert_eq!(world.through(OpenAi, &of_chat(chat(json!({}), ""))).status(), 200);
    let search = chat(json!({}), "").header("x-tollgate-feature", "search");
    assert_eq!(world.through(OpenAi, &search).status(), 403);
}

#[test]
fn no_header_of_the_app_escapes_an_enforced_match() {
    let world = world(
        "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: large-models}
spec:
  enabled: false
  match: [{authority: Enforced, models: ['gpt-4o*']}]
",
    );
    let call = chat(json!({}), "");
    let by_header = call.clone().header("x-tollgate-feature", "search");
    let by_baggage = call.clone().header("baggage", "tollgate.feature=search");
    for call in [&call, &by_header, &by_baggage] {
        assert_eq!(world.through(OpenAi, call).status(), 403);
        let by_path = world.prefixed(OpenAi, call).under("/feature/search");
        assert_eq!(by_path.send(world.sidecar.base).status(), 403);
    }
}
