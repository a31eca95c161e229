//! A feature that is off: refused in the provider's own shape, before anything is sent, and written down.

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Call, Reply, ReplyEnding},
        python, wait,
        world::{Setup, World, chat, message},
    },
    standin::Provider::{Anthropic, Google, OpenAi, Xai},
};

const OFF: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: false}
";

const ON: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: true}
";

const SENTENCE: &str = "The feature \"chat\" is switched off at the moment.";

fn switched_off() -> World {
    World::with(Setup { flags: Some(OFF), ..Setup::default() })
}

fn of_chat(call: Call) -> Call {
    call.header("x-tollgate-feature", "chat")
}

/// A refusal's body, after its status and type were looked at.
fn refused(reply: &Reply) -> Value {
    assert_eq!(reply.status(), 403);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.ending, ReplyEnding::Whole);
    reply.json()
}

#[test]
fn openais_apps_get_openais_error() {
    let world = switched_off();
    for body in [json!({}), json!({"stream": true})] {
        let error = refused(&world.through(OpenAi, &of_chat(chat(body, ""))));
        let wanted = json!({"message": SENTENCE, "type": "permission_error", "param": null, "code": "feature_disabled"});
        assert_eq!(error, json!({"error": wanted}));
    }
    assert_eq!(world.standin.entries(), [], "the provider was called");
}

#[test]
fn anthropics_apps_get_anthropics_error() {
    let world = switched_off();
    for body in [json!({}), json!({"stream": true})] {
        let reply = world.through(Anthropic, &of_chat(message(body, "")));
        let error = refused(&reply);
        assert_eq!(error["type"], "error");
        assert_eq!(error["error"], json!({"type": "permission_error", "message": SENTENCE}));
        assert_eq!(error["request_id"].as_str(), reply.header("request-id"));
    }
    assert_eq!(world.standin.entries(), [], "the provider was called");
}

#[test]
fn a_refused_call_has_its_row_and_cost_nothing() {
    let world = switched_off();
    world.through(OpenAi, &of_chat(chat(json!({"user": "ada"}), "")));
    let row = world.row();
    assert_eq!(row["outcome"], "refused");
    assert_eq!(row["status"], 403);
    assert_eq!(row["feature"], "chat");
    assert_eq!(row["user_id"], "ada");
    assert_eq!(row["model"], "gpt-4o-mini");
    assert_eq!(row["tokens_used"], 0);
    assert_eq!(row["cost_usd"], "0");
    assert_eq!(row["usage_source"], "none");
}

#[test]
fn other_features_go_on() {
    let world = switched_off();
    let call = chat(json!({}), "").header("x-tollgate-feature", "search");
    assert_eq!(world.through(OpenAi, &call).status(), 200);
}

#[test]
fn reads_that_cost_nothing_pass_while_the_feature_is_off() {
    let world = switched_off();
    let key = |call: Call| of_chat(call).header("authorization", "Bearer sk-standin");
    assert_eq!(world.through(OpenAi, &key(Call::get("/v1/models"))).status(), 200);
    assert_eq!(world.through(OpenAi, &key(Call::new("DELETE", "/v1/files/file-1"))).status(), 200);
    assert_eq!(world.through(OpenAi, &of_chat(chat(json!({}), ""))).status(), 403);
}

#[test]
fn calls_that_nobody_meters_yet_are_refused_too() {
    let world = switched_off();
    let body = json!({"model": "text-embedding-3-small", "input": "x"}).to_string();
    let call = of_chat(Call::post("/v1/embeddings", body)).header("authorization", "Bearer sk-standin");
    assert_eq!(world.through(OpenAi, &call).status(), 403);
}

#[test]
fn another_spelling_of_a_path_is_no_way_around_a_flag() {
    let world = switched_off();
    for path in [
        "/v1/chat/completions/.",
        "/v1/agents/../chat/completions",
        "/v1/agents/%2e%2E/chat/completions",
        "/v1/skills/..%2Fchat/completions",
        "/v1//chat/completions",
        "/v1/ch%61t/completions",
    ] {
        let reply = world.through(OpenAi, &of_chat(Call::post(path, "{}")));
        assert_eq!(reply.status(), 403, "{path}");
    }
    assert_eq!(world.standin.entries(), [], "the provider was called");
}

#[test]
fn a_rule_by_path_or_model_holds_however_they_are_spelled() {
    let flags = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: dear}
spec:
  enabled: false
  match:
    - {authority: Enforced, path: /v1/images/*}
    - {authority: Enforced, path: //v1/audio/}
    - {authority: Enforced, providers: [google], models: [gemini-2.5-pro]}
";
    let world = World::with(Setup { flags: Some(flags), ..Setup::default() });
    for (provider, path) in [
        (OpenAi, "/v1/%69mages/generations"),
        (OpenAi, "//v1/images/generations"),
        (OpenAi, "/v1/./images/generations"),
        (OpenAi, "/v1/audio"),
        (Google, "/v1beta/models/gemini%2D2.5-pro:generateContent"),
        (Google, "/v1beta/models/gemini-2.5-pro%3AgenerateContent"),
    ] {
        let reply = world.through(provider, &of_chat(Call::post(path, "{}")));
        assert_eq!(reply.status(), 403, "{path}");
    }
    for model in ["models/gemini-2.5-pro", "google/gemini-2.5-pro"] {
        let call =
            Call::post("/v1beta/openai/chat/completions", format!(r#"{{"model":"{model}","messages":[]}}"#));
        assert_eq!(world.through(Google, &of_chat(call)).status(), 403, "{model}");
    }
}

#[test]
fn a_feature_that_is_off_begins_no_batch_and_may_still_look_after_its_own() {
    let world = switched_off();
    for (provider, path) in [
        (OpenAi, "/v1/batches"),
        (Anthropic, "/v1/messages/batches"),
        (Google, "/v1beta/models/gemini-2.5-pro:batchGenerateContent"),
        (Xai, "/v1/batches/b/requests"),
    ] {
        assert_eq!(world.through(provider, &of_chat(Call::post(path, "{}"))).status(), 403, "{path}");
    }
    assert_ne!(world.through(OpenAi, &of_chat(Call::post("/v1/batches/b/cancel", "{}"))).status(), 403);
    assert_ne!(world.through(OpenAi, &of_chat(Call::get("/v1/batches/b"))).status(), 403);
}

#[test]
fn a_feature_that_is_off_puts_no_agent_on_a_schedule_and_may_still_stop_its_own() {
    let world = switched_off();
    let post = |provider, path: &str| world.through(provider, &of_chat(Call::post(path, "{}"))).status();
    for (provider, path) in [
        (OpenAi, "/v1/agents/automations"),
        (OpenAi, "/v1/agents/automations/a"),
        (OpenAi, "/v1/agents/automations/a/resume"),
        (Anthropic, "/v1/deployments?beta=true"),
        (Anthropic, "/v1/deployments/d?beta=true"),
        (Anthropic, "/v1/deployments/d/unpause?beta=true"),
    ] {
        assert_eq!(post(provider, path), 403, "{path}");
    }
    for (provider, path) in [
        (OpenAi, "/v1/agents"),
        (OpenAi, "/v1/agents/automations/a/pause"),
        (Anthropic, "/v1/deployments/d/pause"),
        (Anthropic, "/v1/deployments/d/archive"),
    ] {
        assert_ne!(post(provider, path), 403, "{path}");
    }
    assert_ne!(world.through(OpenAi, &of_chat(Call::get("/v1/agents/automations"))).status(), 403);
}

#[test]
fn no_session_begins_while_its_feature_is_off_also_on_a_path_that_nobody_knows() {
    let world = switched_off();
    let session = |path: &str| {
        let call = Call::get(path).header("connection", "Upgrade").header("upgrade", "websocket");
        of_chat(
            call.header("sec-websocket-version", "13")
                .header("sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA=="),
        )
    };
    for (provider, path) in [
        (OpenAi, "/v1/realtime?model=gpt-realtime"),
        (OpenAi, "/v1/%72ealtime?model=gpt-realtime"),
        (Xai, "/v1/a-path-of-tomorrow"),
        (Google, "//ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateContent"),
        (Google, "//ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent"),
    ] {
        assert_eq!(world.through(provider, &session(path)).status(), 403, "{path}");
    }
}

#[test]
fn status_and_message_are_the_flags() {
    let flags = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec:
  enabled: false
  whenDisabled: {status: 402, message: Come back on Monday.}
";
    let world = World::with(Setup { flags: Some(flags), ..Setup::default() });
    let reply = world.through(OpenAi, &of_chat(chat(json!({}), "")));
    assert_eq!(reply.status(), 402);
    assert_eq!(reply.json()["error"]["message"], "Come back on Monday.");
    assert_eq!(world.row()["status"], 402);
}

#[test]
fn a_large_body_is_refused_with_a_closed_connection() {
    let world = switched_off();
    let padding = "x".repeat(3 << 20);
    let reply = world.through(OpenAi, &of_chat(chat(json!({"padding": padding}), "")));
    assert_eq!(reply.status(), 403);
    assert_eq!(reply.header("connection"), Some("close"));
}

/// Off for one family of models, whatever feature a call names.
const MODEL_OFF: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: large-models}
spec:
  enabled: false
  match: [{models: [\"gpt-4o*\"]}]
";

#[test]
fn a_rule_on_the_model_waits_for_the_model() {
    let world = World::with(Setup { flags: Some(MODEL_OFF), ..Setup::default() });
    assert_eq!(world.through(OpenAi, &chat(json!({"model": "gpt-5.4-mini"}), "")).status(), 200);
    // the fields of a body are sent in the order of their names
    let late = json!({"a": "x".repeat(300 << 10), "model": "gpt-4o"});
    assert_eq!(world.through(OpenAi, &chat(late, "")).status(), 403);
    let rows = world.rows(2);
    let refused = rows.iter().find(|row| row["outcome"] == "refused").expect("a refused call");
    assert_eq!(refused["feature"], "large-models");
}

#[test]
fn a_rule_on_the_model_reads_a_body_that_the_app_compressed() {
    let world = World::with(Setup { flags: Some(MODEL_OFF), ..Setup::default() });
    let body = r#"{"messages":[{"role":"user","content":"Say something."}],"model":"gpt-4o-mini"}"#;
    let packed = zstd::encode_all(body.as_bytes(), 0).expect("packed");
    let call = chat(json!({}), "").body(packed).header("content-encoding", "zstd");
    assert_eq!(world.through(OpenAi, &call).status(), 403);
    let row = world.row();
    assert_eq!((&row["outcome"], &row["model"]), (&json!("refused"), &json!("gpt-4o-mini")));
}

#[test]
fn a_body_whose_model_comes_too_late_passes_and_says_so() {
    let world = World::with(Setup { flags: Some(MODEL_OFF), ..Setup::default() });
    let late = json!({"a": "x".repeat(3 << 20), "model": "gpt-4o"});
    assert_eq!(world.through(OpenAi, &chat(late, "input=5 output=5")).status(), 200);
    let row = world.row();
    assert_eq!(row["metadata"]["gate"], "undetermined");
    assert_eq!((&row["tokens_used"], &row["usage_source"]), (&json!(10), &json!("provider")));
    assert_eq!(world.sidecar.metrics().sum("tollgate_fail_open_total", &[]), 1);
}

#[test]
fn a_refusal_leaves_the_connection_for_the_next_call() {
    let world = switched_off();
    let mut connection =
        tollgate_tests::harness::http::Connection::open(world.sidecar.base).expect("a connection");
    for (feature, status) in [("chat", 403), ("search", 200), ("chat", 403)] {
        let call = chat(json!({}), "").header("x-tollgate-feature", feature).under("/openai");
        connection.write(&call.bytes(world.sidecar.base)).expect("written");
        assert_eq!(connection.reply().expect("an answer").status(), status, "{feature}");
    }
}

#[test]
fn a_change_of_the_file_turns_the_feature_off_and_on_again() {
    let world = World::with(Setup { flags: Some(ON), ..Setup::default() });
    let call = of_chat(chat(json!({}), ""));
    let answers = |status: u16| {
        wait::eventually(&format!("a {status}"), || {
            let reply = world.through(OpenAi, &call);
            if reply.status() == status { Ok(()) } else { Err(reply.status()) }
        });
    };
    answers(200);
    world.replace("flags.yaml", OFF);
    answers(403);
    world.replace("flags.yaml", ON);
    answers(200);
}

#[test]
fn openais_sdk_raises_its_permission_error_once_with_our_sentence() {
    let world = switched_off();
    let base = format!("http://{}/openai/v1", world.sidecar.base);
    let seen = python::run("openai_calls.py", &[("BASE_URL", &base), ("FEATURE", "chat")]);
    for kind in ["plain", "stream"] {
        let error = &seen[kind];
        assert_eq!(error["exception"], "PermissionDeniedError", "{kind}: {error}");
        assert!(error["message"].as_str().is_some_and(|text| text.contains(SENTENCE)), "{kind}: {error}");
        assert_eq!(
            (&error["type"], &error["code"]),
            (&json!("permission_error"), &json!("feature_disabled"))
        );
        assert_eq!(error["attempts"], 1, "{kind}: {error}");
    }
    world.rows(2);
}

#[test]
fn anthropics_sdk_raises_its_permission_error_once_with_our_sentence() {
    let world = switched_off();
    let base = format!("http://{}/anthropic", world.sidecar.base);
    let seen = python::run("anthropic_calls.py", &[("BASE_URL", &base), ("FEATURE", "chat")]);
    for kind in ["plain", "stream"] {
        let error = &seen[kind];
        assert_eq!(error["exception"], "PermissionDeniedError", "{kind}: {error}");
        // the SDK prints the body as Python would
        assert!(
            error["message"].as_str().is_some_and(|text| text.contains("is switched off")),
            "{kind}: {error}"
        );
        assert_eq!(error["attempts"], 1, "{kind}: {error}");
    }
    world.rows(2);
}
