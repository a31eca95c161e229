//! What a feature that is off gives instead of an error: an answer, another model; and what becomes of calls under way.

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Call, Reply, ReplyEnding},
        python,
        world::{Setup, World, chat, message},
    },
    standin::Provider::{Anthropic, OpenAi},
};

const SENTENCE: &str = "The assistant is back on \"Monday\".";

const RESPONDS: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec:
  enabled: false
  whenDisabled: {action: Respond, response: 'The assistant is back on \"Monday\".', message: Not now.}
";

const SUBSTITUTES: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: dear}
spec:
  enabled: false
  match: [{authority: Enforced, models: ['gpt-4o', 'claude-opus-*']}]
  whenDisabled: {action: Substitute, model: gpt-4o-mini}
";

fn world(flags: &'static str) -> World {
    World::with(Setup { flags: Some(flags), ..Setup::default() })
}

fn of_chat(call: Call) -> Call {
    call.header("x-tollgate-feature", "chat")
}

#[test]
fn every_official_sdk_takes_the_text_for_an_ordinary_answer() {
    let world = world(RESPONDS);
    let base = format!("http://{}", world.sidecar.base);
    let seen = python::run("texts.py", &[("BASE_URL", &base), ("FEATURE", "chat")]);
    let seen = seen.as_object().expect("an object");
    assert!(seen.len() >= 26, "{seen:?}");
    let wrong: Vec<_> = seen.iter().filter(|(_, text)| *text != SENTENCE).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(world.standin.entries(), [], "the provider was called");
}

#[test]
fn an_answer_of_ours_has_its_row_and_cost_nothing() {
    let world = world(RESPONDS);
    let reply = world.through(OpenAi, &of_chat(chat(json!({"stream": true}), "")));
    assert_eq!(
        (reply.status(), reply.header("content-type")),
        (200, Some("text/event-stream; charset=utf-8"))
    );
    let row = world.row();
    assert_eq!(
        (&row["outcome"], &row["status"], &row["streamed"]),
        (&json!("refused"), &json!(200), &json!(true))
    );
    assert_eq!((&row["tokens_used"], &row["cost_usd"]), (&json!(0), &json!("0")));
    assert_eq!(row["metadata"]["gate"], "responded");
}

#[test]
fn a_stream_that_is_asked_for_behind_a_large_prompt_is_answered_as_one() {
    let world = world(RESPONDS);
    let body =
        format!(r#"{{"model":"claude-haiku-4-5","messages":"{}","stream":true}}"#, "x".repeat(3 << 20));
    let reply = world.through(Anthropic, &of_chat(Call::post("/v1/messages", body)));
    assert_eq!(reply.header("content-type"), Some("text/event-stream; charset=utf-8"), "{}", reply.text());
    let row = world.row();
    assert_eq!((&row["streamed"], &row["metadata"]["gate"]), (&json!(true), &json!("responded")));
}

#[test]
fn a_call_of_which_nobody_can_read_whether_it_is_a_stream_is_rejected() {
    let world = world(RESPONDS);
    let endless =
        format!(r#"{{"model":"claude-haiku-4-5","messages":"{}","stream":true}}"#, "x".repeat(20 << 20));
    for body in [endless.as_str(), r#"{"stream": true"#, "no JSON"] {
        let reply = world.through(Anthropic, &of_chat(Call::post("/v1/messages", body)));
        assert_eq!(reply.status(), 403, "{}", reply.text());
    }
}

#[test]
fn what_answers_with_no_text_is_rejected() {
    let world = world(RESPONDS);
    let body = json!({"model": "text-embedding-3-small", "input": "x"}).to_string();
    let call = of_chat(Call::post("/v1/embeddings", body)).header("authorization", "Bearer sk-standin");
    let reply = world.through(OpenAi, &call);
    assert_eq!((reply.status(), &reply.json()["error"]["message"]), (403, &json!("Not now.")));
}

#[test]
fn another_model_answers_and_the_row_names_both() {
    let world = world(SUBSTITUTES);
    let padding = "ä".repeat(40_000);
    for body in
        [json!({"model": "gpt-4o"}), json!({"a": padding, "model": "gpt-4o", "stream": true, "z": padding})]
    {
        let streamed = body["stream"] == true;
        let reply = world.through(OpenAi, &chat(body, "input=10 output=5"));
        assert_eq!((reply.status(), reply.ending), (200, ReplyEnding::Whole));
        assert_eq!(reply.text().contains("\"usage\""), !streamed, "nobody asked for the usage of a stream");
    }
    for row in world.rows(2) {
        assert_eq!(row["model"], "gpt-4o-mini-2024-07-18");
        assert_eq!(row["metadata"]["model_requested"], "gpt-4o");
        assert_eq!(row["metadata"]["gate"], "substituted");
        assert_eq!((&row["outcome"], &row["feature"]), (&json!("completed"), &json!("dear")));
        // 10 × 0.15 and 5 × 0.60 USD a million
        assert_eq!(row["cost_usd"], "0.0000045");
    }
    assert!(world.standin.entries().iter().all(|entry| entry.model.starts_with("gpt-4o-mini")));
}

#[test]
fn googles_model_is_exchanged_in_the_path() {
    let standin = World::start(); // OpenAI's stand-in shows what it was asked for in Google's name
    let flags = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: dear}
spec:
  enabled: false
  match: [{authority: Enforced, models: ['gemini-*-pro']}]
  whenDisabled: {action: Substitute, model: gemini-2.5-flash}
";
    let upstream = json!({"google": format!("http://{}", standin.standin.openai)});
    let world = World::with(Setup {
        flags: Some(flags),
        config: Some(json!({"upstreams": upstream})),
        ..Setup::default()
    });
    let call = Call::post("/google/v1beta/models/gemini-2.5-pro:generateContent", "{\"contents\":[]}");
    call.send(world.sidecar.base);
    let row = world.row();
    assert_eq!(
        (&row["model"], &row["metadata"]["model_requested"]),
        (&json!("gemini-2.5-flash"), &json!("gemini-2.5-pro"))
    );
    assert_eq!(row["metadata"]["gate"], "substituted");
}

#[test]
fn a_body_that_cannot_be_changed_is_rejected() {
    let world = world(SUBSTITUTES);
    let large = chat(json!({"model": "gpt-4o", "z": "x".repeat(2 << 20)}), "");
    assert_eq!(world.through(OpenAi, &large).status(), 403);
    let twice =
        Call::post("/v1/chat/completions", r#"{"model":"gpt-4o-mini","model":"gpt-4o","messages":[]}"#)
            .header("authorization", "Bearer sk-standin");
    assert_eq!(world.through(OpenAi, &twice).status(), 403);
    assert_eq!(world.standin.entries(), [], "the provider was called");
}

/// The call's answer, and the world's after the feature was turned off while it was under way.
fn cut(provider: tollgate_tests::standin::Provider, call: &Call) -> (Reply, Value) {
    let world = World::with(Setup { flags: Some("---\n"), ..Setup::default() });
    let reply = world.cut(1, || world.through(provider, call));
    (reply, world.row())
}

#[test]
fn a_stream_is_cut_with_an_error_event_and_what_came_is_metered() {
    for stream in [
        (OpenAi, chat(json!({"stream": true}), "chunks=2000 delay=20ms")),
        (OpenAi, chat(json!({"stream": true}), "chunks=2000 delay=20ms crlf")),
        (Anthropic, message(json!({"stream": true}), "chunks=2000 delay=20ms")),
    ] {
        let (provider, call) = stream;
        let (reply, row) = cut(provider, &of_chat(call));
        assert_eq!((reply.status(), reply.ending), (200, ReplyEnding::Whole));
        let text = reply.text();
        let last = text.trim_end().lines().last().unwrap_or_default();
        assert!(last.starts_with("data: ") && last.contains("Not now."), "{last}");
        assert_eq!((&row["outcome"], &row["metadata"]["gate"]), (&json!("client_closed"), &json!("cut")));
        assert_eq!(row["usage_source"], "estimated");
        assert!(row["input_tokens"].as_u64() > Some(0), "{row}");
    }
}

#[test]
fn a_call_that_has_no_answer_yet_gets_the_refusal() {
    let (reply, row) = cut(OpenAi, &of_chat(chat(json!({}), "latency=50000ms")));
    assert_eq!((reply.status(), &reply.json()["error"]["message"]), (403, &json!("Not now.")));
    assert_eq!((&row["status"], &row["metadata"]["gate"]), (&json!(403), &json!("cut")));
}

#[test]
fn official_sdks_raise_their_error_when_a_stream_is_cut() {
    let world = World::with(Setup { flags: Some("---\n"), ..Setup::default() });
    let base = format!("http://{}", world.sidecar.base);
    let play = "chunks=2000 delay=20ms";
    let seen =
        world.cut(3, || python::run("cut.py", &[("BASE_URL", &base), ("FEATURE", "chat"), ("PLAY", play)]));
    for sdk in ["openais", "anthropics", "openrouters"] {
        assert_ne!(seen[sdk]["exception"], "none", "{seen}");
        assert!(seen[sdk]["message"].as_str().is_some_and(|text| text.contains("Not now.")), "{seen}");
    }
}
