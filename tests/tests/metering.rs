//! What a call cost: the provider's own figures, exact to the last digit, whatever way the answer came.

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Call, Reply},
        python, rows,
        world::{World, chat, message},
    },
    standin::{
        Provider::{self, Anthropic, OpenAi},
        book::{Entry, Tokens},
    },
};

/// A call with every kind of token that chat has.
const TOKENS: &str = "input=1000 cached=200 output=500 reasoning=40";
/// 1,000 × 0.15 + 200 × 0.075 + 500 × 0.60 USD a million (gpt-4o-mini).
const OPENAI_COST: &str = "0.000465";
/// The same and what was written to the cache: 1,000 × 3 + 200 × 0.30 + 30 × 3.75 + 20 × 6 + 500 × 15 USD a
/// million (claude-sonnet-4-5).
const ANTHROPIC_TOKENS: &str = "input=1000 cached=200 write5m=30 write1h=20 output=500";
const ANTHROPIC_COST: &str = "0.0107925";

const CODINGS: [&str; 5] = ["gzip", "deflate", "br", "zstd", "accepted"];

/// The tokens of a row, as the book has them where both say the same.
fn counted(row: &Value) -> (u64, u64, u64, u64, u64) {
    let column = |name: &str| row[name].as_u64().unwrap_or_else(|| panic!("{name} of {row}"));
    (
        column("input_tokens"),
        column("output_tokens"),
        column("cached_input_tokens"),
        column("cache_write_tokens"),
        column("reasoning_tokens"),
    )
}

fn billed(tokens: &Tokens) -> (u64, u64, u64, u64, u64) {
    (
        tokens.input_tokens,
        tokens.output_tokens,
        tokens.cached_input_tokens,
        tokens.cache_write_5m_tokens + tokens.cache_write_1h_tokens,
        tokens.reasoning_tokens,
    )
}

/// One call in a world of its own.
struct Metered {
    reply: Reply,
    row: Value,
    /// What the provider wrote down.
    entry: Entry,
    /// The answer that the app would have without us.
    direct: Reply,
}

fn metered(provider: Provider, call: &Call) -> Metered {
    let world = World::start();
    let reply = world.through(provider, call);
    let row = world.row();
    let mut entries = world.standin.entries();
    assert_eq!(entries.len(), 1, "{entries:#?}");
    Metered { reply, row, entry: entries.remove(0), direct: world.direct(provider, call) }
}

/// What an app sees of an answer, apart from the framing that each hop chooses for itself.
fn seen(reply: &Reply) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let of_the_hop = ["connection", "date", "transfer-encoding", "keep-alive"];
    let mut headers = reply.head.headers.clone();
    headers.retain(|(name, _)| !of_the_hop.contains(&name.as_str()));
    headers.sort();
    (reply.status(), headers, reply.body.clone())
}

#[test]
fn an_openai_completion_is_metered_by_the_providers_usage() {
    let Metered { row, entry, .. } = metered(OpenAi, &chat(json!({}), TOKENS));
    assert_eq!(counted(&row), billed(&entry.tokens));
    assert_eq!(row["tokens_used"], 1700);
    assert_eq!(row["cost_usd"], OPENAI_COST);
    assert_eq!(row["usage_source"], "provider");
    assert_eq!(row["outcome"], "completed");
    assert_eq!(row["status"], 200);
    assert_eq!(row["streamed"], false);
    assert_eq!(row["model"], "gpt-4o-mini-2024-07-18");
    assert_eq!(row["provider"], "openai");
    assert_eq!(row["host"], "api.openai.com");
    assert_eq!(row["endpoint"], "/v1/chat/completions");
    assert_eq!(row["metadata"]["request_id"], json!(entry.id));
    assert_eq!(row["metadata"]["model_requested"], "gpt-4o-mini");
}

#[test]
fn an_anthropic_message_is_metered_by_the_providers_usage() {
    for body in [json!({}), json!({"stream": true})] {
        let streamed = !body["stream"].is_null();
        let Metered { row, entry, .. } = metered(Anthropic, &message(body, ANTHROPIC_TOKENS));
        assert_eq!(counted(&row), billed(&entry.tokens));
        assert_eq!(row["cost_usd"], ANTHROPIC_COST);
        assert_eq!(row["usage_source"], "provider");
        assert_eq!(row["streamed"], streamed);
        assert_eq!(row["endpoint"], "/v1/messages");
    }
}

#[test]
fn a_row_has_every_column() {
    let Metered { row, .. } = metered(OpenAi, &chat(json!({}), ""));
    let columns = row.as_object().expect("a row is an object");
    for name in rows::COLUMNS {
        assert!(columns.contains_key(name), "no {name} in {row}");
    }
}

#[test]
fn a_stream_that_asked_for_usage_passes_untouched() {
    let call = chat(
        json!({"stream": true, "stream_options": {"include_usage": true}}),
        &format!("seed=7 tag=a {TOKENS}"),
    );
    let Metered { reply, row, entry, direct } = metered(OpenAi, &call);
    assert_eq!(seen(&reply), seen(&direct));
    assert_eq!(row["cost_usd"], OPENAI_COST);
    let sent = entry.seen.expect("a tagged call").body;
    assert!(String::from_utf8_lossy(&call.bytes(([127, 0, 0, 1], 1).into())).ends_with(&sent), "{sent}");
}

#[test]
fn a_stream_that_asked_for_no_usage_is_metered_exactly_and_shows_none_of_it() {
    for options in
        [Value::Null, json!({}), json!({"include_usage": false}), json!({"include_obfuscation": false})]
    {
        let call =
            chat(json!({"stream": true, "stream_options": options}), &format!("seed=7 tag=a {TOKENS}"));
        let Metered { reply, row, entry, direct } = metered(OpenAi, &call);
        assert_eq!(seen(&reply), seen(&direct), "{options}");
        assert_eq!(row["cost_usd"], OPENAI_COST, "{options}");
        assert_eq!(row["usage_source"], "provider", "{options}");
        let sent: Value = serde_json::from_str(&entry.seen.expect("a tagged call").body).expect("JSON");
        assert_eq!(sent["stream_options"]["include_usage"], true, "{options}");
        assert_eq!(
            sent["stream_options"]["include_obfuscation"], options["include_obfuscation"],
            "{options}"
        );
    }
}

#[test]
fn a_call_without_stream_options_is_metered_too() {
    let call = chat(json!({"stream": true}), &format!("seed=7 {TOKENS}"));
    let Metered { reply, row, direct, .. } = metered(OpenAi, &call);
    assert_eq!(seen(&reply), seen(&direct));
    assert_eq!(row["cost_usd"], OPENAI_COST);
}

#[test]
fn a_compressed_answer_keeps_its_bytes_and_is_metered() {
    for coding in CODINGS {
        let play = format!("seed=7 encoding={coding}");
        let accept = |call: Call| call.header("accept-encoding", "zstd, gzip");
        let calls = [
            (OpenAi, accept(chat(json!({}), &format!("{play} {TOKENS}"))), OPENAI_COST),
            (Anthropic, accept(message(json!({}), &format!("{play} {ANTHROPIC_TOKENS}"))), ANTHROPIC_COST),
            (
                Anthropic,
                accept(message(json!({"stream": true}), &format!("{play} {ANTHROPIC_TOKENS}"))),
                ANTHROPIC_COST,
            ),
        ];
        for (provider, call, cost) in calls {
            let Metered { reply, row, direct, .. } = metered(provider, &call);
            assert_eq!(seen(&reply), seen(&direct), "{coding}");
            assert_eq!(row["cost_usd"], cost, "{coding}");
            assert_eq!(row["usage_source"], "provider", "{coding}");
        }
    }
}

#[test]
fn a_compressed_stream_whose_usage_we_asked_for_says_the_same_in_the_same_coding() {
    for coding in CODINGS {
        let call = chat(json!({"stream": true}), &format!("seed=7 encoding={coding} {TOKENS}"))
            .header("accept-encoding", "br, gzip");
        let Metered { reply, row, direct, .. } = metered(OpenAi, &call);
        assert_eq!(reply.header("content-encoding"), direct.header("content-encoding"), "{coding}");
        assert_eq!(reply.plain(), direct.plain(), "{coding}");
        assert_eq!(row["cost_usd"], OPENAI_COST, "{coding}");
    }
}

#[test]
fn frames_and_line_ends_may_fall_anywhere() {
    for odd in ["split=1", "split=3", "split=1 crlf", "split=1021 crlf", "split=7 encoding=gzip"] {
        let calls = [
            (OpenAi, chat(json!({"stream": true}), &format!("seed=7 {odd} {TOKENS}")), OPENAI_COST),
            (OpenAi, chat(json!({}), &format!("seed=7 {odd} {TOKENS}")), OPENAI_COST),
            (
                Anthropic,
                message(json!({"stream": true}), &format!("seed=7 {odd} {ANTHROPIC_TOKENS}")),
                ANTHROPIC_COST,
            ),
        ];
        for (provider, call, cost) in calls {
            let Metered { reply, row, direct, .. } = metered(provider, &call);
            assert_eq!(reply.plain(), direct.plain(), "{odd}");
            assert_eq!(row["cost_usd"], cost, "{odd}");
        }
    }
}

#[test]
fn a_model_without_a_price_is_counted_and_not_priced() {
    let world = World::start();
    let call = chat(json!({"model": "gpt-from-tomorrow"}), TOKENS);
    assert_eq!(world.through(OpenAi, &call).status(), 200);
    let row = world.row();
    assert_eq!(row["model"], "gpt-from-tomorrow");
    assert_eq!(row["tokens_used"], 1700);
    assert_eq!(row["cost_usd"], Value::Null);
    assert_eq!(row["usage_source"], "provider");
    assert_eq!(world.sidecar.metrics().sum("tollgate_unpriced_calls_total", &[]), 1);
}

#[test]
fn a_billable_call_that_nobody_meters_yet_is_counted_as_unpriced() {
    let world = World::start();
    let call = Call::post("/v1/vector_stores", "{}".to_owned()).header("authorization", "Bearer sk-standin");
    assert_eq!(seen(&world.through(OpenAi, &call)).0, 200);
    let row = world.row();
    assert_eq!((&row["usage_source"], &row["cost_usd"]), (&json!("unknown"), &Value::Null));
    assert_eq!(row["endpoint"], "/v1/vector_stores");
    assert_eq!(world.sidecar.metrics().sum("tollgate_unpriced_calls_total", &[]), 1);
}

#[test]
fn a_free_read_has_a_row_that_costs_nothing() {
    let world = World::start();
    let call = Call::get("/v1/models?limit=3").header("authorization", "Bearer sk-standin");
    assert_eq!(world.through(OpenAi, &call).status(), 200);
    let row = world.row();
    assert_eq!(row["endpoint"], "/v1/models");
    assert_eq!((&row["usage_source"], &row["cost_usd"]), (&json!("none"), &json!("0")));
}

#[test]
fn openais_sdk_sees_through_us_what_it_sees_without() {
    let world = World::start();
    let play = "seed=7 input=100 output=50";
    let direct = format!("http://{}/v1", world.standin.openai);
    let through = format!("http://{}/openai/v1", world.sidecar.base);
    let run = |base: &str| {
        python::run("openai_calls.py", &[("BASE_URL", base), ("FEATURE", "chat"), ("PLAY", play)])
    };
    let without = run(&direct);
    assert_eq!(run(&through), without);
    assert_eq!(without["stream"]["without_choices"], 0);
    for row in world.rows(2) {
        assert_eq!((&row["feature"], &row["user_id"]), (&json!("chat"), &json!("ada")));
        assert_eq!((&row["usage_source"], &row["tokens_used"]), (&json!("provider"), &json!(150)));
    }
}

#[test]
fn anthropics_sdk_sees_through_us_what_it_sees_without() {
    let world = World::start();
    let play = "seed=7 input=100 output=50";
    let direct = format!("http://{}", world.standin.anthropic);
    let through = format!("http://{}/anthropic", world.sidecar.base);
    let run = |base: &str| {
        python::run("anthropic_calls.py", &[("BASE_URL", base), ("FEATURE", "chat"), ("PLAY", play)])
    };
    assert_eq!(run(&through), run(&direct));
    for row in world.rows(2) {
        assert_eq!((&row["feature"], &row["user_id"]), (&json!("chat"), &json!("ada")));
        assert_eq!((&row["usage_source"], &row["tokens_used"]), (&json!("provider"), &json!(150)));
    }
}

#[test]
fn anthropics_paths_are_taken_with_their_version_once_twice_and_not_at_all() {
    let world = World::start();
    for (count, path) in ["/v1/messages", "/messages", "/v1/v1/messages"].into_iter().enumerate() {
        let tag = format!("path-{count}");
        let body = json!({"model": "claude-sonnet-4-5", "max_tokens": 9, "messages": []}).to_string();
        let call = Call::post(path, body)
            .header("x-api-key", "sk-standin")
            .header("anthropic-version", "2026-10-21")
            .header("x-standin", &format!("tag={tag}"));
        assert_eq!(world.through(Anthropic, &call).status(), 200, "{path}");
        assert_eq!(world.standin.entry(&tag).endpoint, "/v1/messages", "{path}");
    }
}

#[test]
fn a_secret_that_is_made_for_a_browser_has_a_row_that_says_what_it_spends_is_not_seen() {
    let world = World::start();
    let call = Call::post(
        "/v1/realtime/client_secrets",
        r#"{"session":{"type":"realtime","model":"gpt-realtime"}}"#,
    )
    .header("authorization", "Bearer sk-standin");
    let reply = world.through(OpenAi, &call);
    assert_eq!((reply.status(), &reply.json()["value"]), (200, &json!("ek_standin")));
    let row = world.row();
    assert_eq!((&row["outcome"], &row["usage_source"]), (&json!("offpath"), &json!("unknown")));
    assert_eq!((&row["endpoint"], &row["cost_usd"]), (&json!("/v1/realtime/client_secrets"), &Value::Null));
}
