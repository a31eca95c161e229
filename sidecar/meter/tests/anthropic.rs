//! Anthropic's answers in the shapes of its SDK's types (anthropic-sdk-python 2.13.0): each field of a usage is a billed unit,
//! or is named here for costing nothing of its own.

mod common;

use common::*;
use serde_json::{Value, json};
use tollgate_meter::{AnswerFacts, Coding, Dialect, Fault, PriceBook, UnitKind, Usage, exchange::meter_line};

const MESSAGES: Dialect = Dialect::AnthropicMessages;

fn used(kinds: &[(UnitKind, u64)]) -> Usage {
    kinds.iter().fold(Usage::default(), |usage, &(kind, count)| usage.with(kind, count))
}

/// The answer's own facts, and what has bills of its own.
fn answers(
    dialect: Dialect,
    content_type: &str,
    body: &[u8],
    size: usize,
) -> (AnswerFacts, Vec<AnswerFacts>) {
    let mut reader = reader(dialect, content_type, Coding::Identity);
    body.chunks(size).for_each(|piece| reader.feed(piece));
    // as soon as the answer is complete, whether or not the body has ended
    let mut apart = reader.take_answers();
    reader.finish();
    apart.extend(reader.take_answers());
    (reader.facts().clone(), apart)
}

fn message(usage: &Value) -> Value {
    json!({"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-opus-4-8", "stop_reason": "end_turn",
        "stop_sequence": null, "stop_details": null, "container": null, "context_management": null,
        "content": [{"type": "text", "text": "hi", "citations": null}], "usage": usage})
}

/// The same message as a stream.
fn stream(usage: &Value) -> String {
    let start = json!({"input_tokens": usage["input_tokens"], "output_tokens": 1, "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 0, "service_tier": "standard", "inference_geo": "global"});
    messages_stream(
        &[
            json!({"type": "message_start", "message": {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-opus-4-8",
                "content": [], "usage": start}}),
            json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}),
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "hi"}}),
            json!({"type": "content_block_stop", "index": 0}),
            json!({"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": null}, "usage": usage}),
            json!({"type": "message_stop"}),
        ],
        "\n",
    )
}

/// Whole and as a stream, in pieces of any size: this usage, and these bills beside it.
#[track_caller]
fn says(usage: &Value, own: &[(UnitKind, u64)], apart: &[(&str, Usage)]) {
    let whole = message(usage).to_string();
    for (content_type, body) in [(JSON, whole), (SSE, stream(usage))] {
        for size in [1, 7, usize::MAX] {
            let (facts, others) = answers(MESSAGES, content_type, body.as_bytes(), size);
            assert_eq!(
                (facts.usage, facts.fault),
                (Some(used(own)), None),
                "{content_type} in pieces of {size}"
            );
            assert_eq!(facts.unknown_fields, Vec::<Box<str>>::new());
            assert!(facts.usage_final);
            let others: Vec<_> =
                others.iter().map(|other| (other.model.as_deref().unwrap(), other.usage.unwrap())).collect();
            assert_eq!(others, apart, "{content_type} in pieces of {size}");
        }
    }
}

fn metered(method: &str, path: &str, answer: &Value) -> Value {
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.anthropic.com", "method": method, "path": path,
        "request": {"body": {"model": "claude-opus-4-8"}}, "response": {"status": 200, "body": answer}});
    serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap()
}

fn cost(result: &Value) -> u64 {
    // picos of a USD: enough for sums of a test
    let text = result["cost_usd"].as_str().unwrap_or_else(|| panic!("{result}"));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<12}").parse().unwrap()
}

#[test]
fn every_documented_field_is_billed_or_known() {
    let usage = json!({
        "input_tokens": 100, "cache_creation_input_tokens": 50, "cache_read_input_tokens": 900,
        "cache_creation": {"ephemeral_5m_input_tokens": 20, "ephemeral_1h_input_tokens": 30},
        "output_tokens": 80, "output_tokens_details": {"thinking_tokens": 60},
        "server_tool_use": {"web_search_requests": 2, "web_fetch_requests": 5},
        "service_tier": "standard", "speed": "standard", "inference_geo": "global",
        "fallback_credit": {"status": {"type": "redeemed"}}, "iterations": null,
    });
    let units = [
        (UnitKind::Input, 100),
        (UnitKind::InputCacheWrite5m, 20),
        (UnitKind::InputCacheWrite1h, 30),
        (UnitKind::InputCached, 900),
        (UnitKind::Output, 20),
        (UnitKind::OutputReasoning, 60),
        // what was fetched is input already
        (UnitKind::WebSearchCall, 2),
    ];
    says(&usage, &units, &[]);
}

fn iteration(kind: &str, model: Option<&str>, input: u64, output: u64) -> Value {
    json!({"type": kind, "model": model, "input_tokens": input, "output_tokens": output, "cache_creation_input_tokens": 10,
        "cache_read_input_tokens": 5, "cache_creation": {"ephemeral_5m_input_tokens": 4, "ephemeral_1h_input_tokens": 6}})
}

/// The units of an [`iteration`].
fn units(input: u64, output: u64) -> Usage {
    used(&[
        (UnitKind::Input, input),
        (UnitKind::InputCached, 5),
        (UnitKind::InputCacheWrite5m, 4),
        (UnitKind::InputCacheWrite1h, 6),
        (UnitKind::Output, output),
    ])
}

fn with(input: u64, output: u64, iterations: &[Value]) -> Value {
    json!({"input_tokens": input, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "output_tokens": output,
        "iterations": iterations})
}

#[test]
fn the_turns_of_a_loop_of_server_tools_are_in_the_total_already() {
    let usage = with(700, 90, &[iteration("message", None, 300, 40), iteration("message", None, 400, 50)]);
    says(&usage, &[(UnitKind::Input, 700), (UnitKind::Output, 90)], &[]);
}

#[test]
fn compaction_is_billed_beside_the_answer() {
    let usage = with(
        23_000,
        1_000,
        &[iteration("compaction", None, 180_000, 3_500), iteration("message", None, 23_000, 1_000)],
    );
    let own = [(UnitKind::Input, 23_000), (UnitKind::Output, 1_000)];
    says(&usage, &own, &[("claude-opus-4-8", units(180_000, 3_500))]);
    let (plain, beside) = (
        metered("POST", "/v1/messages", &message(&with(23_000, 1_000, &[]))),
        metered(
            "POST",
            "/v1/messages",
            &message(&{
                let mut alone = iteration("message", None, 180_000, 3_500);
                alone.as_object_mut().unwrap().retain(|name, _| name != "type" && name != "model");
                alone
            }),
        ),
    );
    let together = metered("POST", "/v1/messages", &message(&usage));
    assert_eq!(cost(&together), cost(&plain) + cost(&beside));
}

#[test]
fn an_advisor_is_billed_at_its_own_prices_however_often_it_was_asked() {
    let usage = with(
        700,
        90,
        &[
            iteration("message", None, 300, 40),
            iteration("advisor_message", Some("claude-haiku-4-5"), 1_000, 20),
            iteration("advisor_message", Some("claude-haiku-4-5"), 2_000, 30),
            iteration("message", None, 400, 50),
        ],
    );
    let advice = units(3_000, 50).plus(&used(&[
        (UnitKind::InputCached, 5),
        (UnitKind::InputCacheWrite5m, 4),
        (UnitKind::InputCacheWrite1h, 6),
    ]));
    says(&usage, &[(UnitKind::Input, 700), (UnitKind::Output, 90)], &[("claude-haiku-4-5", advice)]);
}

#[test]
fn a_model_that_declined_before_its_first_token_costs_nothing() {
    let usage = with(
        412,
        264,
        &[
            iteration("message", Some("claude-fable-5"), 408, 0),
            iteration("fallback_message", Some("claude-opus-4-8"), 412, 264),
        ],
    );
    says(&usage, &units(412, 264).iter().collect::<Vec<_>>(), &[]);
}

#[test]
fn a_model_that_declined_in_the_middle_is_billed_at_its_own_prices() {
    let usage = with(
        700,
        300,
        &[
            iteration("message", Some("claude-fable-5"), 408, 36),
            iteration("message", Some("claude-opus-4-8"), 300, 64),
            iteration("fallback_message", Some("claude-opus-4-8"), 400, 200),
        ],
    );
    let own = units(700, 264).plus(&used(&[
        (UnitKind::InputCached, 5),
        (UnitKind::InputCacheWrite5m, 4),
        (UnitKind::InputCacheWrite1h, 6),
    ]));
    says(&usage, &own.iter().collect::<Vec<_>>(), &[("claude-fable-5", units(408, 36))]);
}

/// The SDK takes the model of such a stream from the block that hands over, for `message_start` came before it
/// (anthropic-sdk-python 2.14.0, `lib/streaming/_beta_messages.py`); a whole message names who served it.
#[test]
fn a_stream_that_another_model_took_over_is_billed_at_the_prices_of_that_one() {
    let usage = with(
        412,
        264,
        &[
            iteration("message", Some("claude-fable-5"), 408, 36),
            iteration("fallback_message", Some("claude-haiku-4-5"), 412, 264),
        ],
    );
    let mut whole = message(&usage);
    whole["model"] = json!("claude-haiku-4-5");
    let whole = metered("POST", "/v1/messages", &whole);
    let events = messages_stream(
        &[
            json!({"type": "message_start", "message": {"id": "msg_1", "model": "claude-fable-5", "content": [],
                "usage": {"input_tokens": 408, "output_tokens": 1}}}),
            json!({"type": "content_block_start", "index": 0, "content_block": {"type": "fallback",
                "from": {"model": "claude-fable-5"}, "to": {"model": "claude-haiku-4-5"}, "trigger": {"type": "refusal", "category": "bio"}}}),
            json!({"type": "content_block_stop", "index": 0}),
            json!({"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "hi"}}),
            json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": usage}),
            json!({"type": "message_stop"}),
        ],
        "\n",
    );
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.anthropic.com", "method": "POST", "path": "/v1/messages",
        "request": {"body": {"model": "claude-fable-5", "stream": true}},
        "response": {"status": 200, "headers": {"content-type": SSE}, "body": events}});
    let streamed: Value =
        serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
    assert_eq!(streamed["model"], "claude-haiku-4-5");
    assert_eq!((&streamed["usage"], cost(&streamed)), (&whole["usage"], cost(&whole)));
}

#[test]
fn bills_beside_an_answer_have_ids_of_their_own() {
    let usage = with(
        1,
        1,
        &[iteration("compaction", None, 2, 2), iteration("advisor_message", Some("claude-haiku-4-5"), 3, 3)],
    );
    let (_, apart) = answers(MESSAGES, JSON, message(&usage).to_string().as_bytes(), usize::MAX);
    let ids: Vec<_> = apart.iter().map(|answer| answer.request_id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["msg_1/1", "msg_1/2"]);
}

#[test]
fn a_stream_that_breaks_after_its_usage_has_all_its_bills() {
    let usage = with(1, 1, &[iteration("compaction", None, 2, 2)]);
    let stream = stream(&usage);
    let cut = &stream[..stream.find("event: message_stop").unwrap()];
    let (facts, apart) = answers(MESSAGES, SSE, cut.as_bytes(), 3);
    assert_eq!((facts.usage_final, apart.len()), (true, 1));
}

fn refused(content: Value, category: Value) -> Value {
    json!({"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-fable-5", "content": content, "stop_reason": "refusal",
        "stop_details": {"type": "refusal", "category": category, "explanation": "no"},
        "usage": {"input_tokens": 106, "output_tokens": 1}})
}

#[test]
fn what_a_classifier_refused_before_the_first_token_is_free() {
    let free = metered("POST", "/v1/messages", &refused(json!([]), json!("cyber")));
    assert_eq!(
        (&free["usage"], &free["cost_usd"], &free["usage_source"]),
        (&json!({}), &json!("0"), &json!("provider"))
    );
    let delivered = refused(json!([{"type": "text", "text": "First,"}]), json!("cyber"));
    let declined = refused(json!([]), Value::Null);
    for billed in [delivered, declined] {
        assert_eq!(
            metered("POST", "/v1/messages", &billed)["usage"],
            json!({"input": 106, "output": 1}),
            "{billed}"
        );
    }
}

#[test]
fn a_stream_that_a_classifier_refused_is_free_where_it_delivered_nothing() {
    let events = |text: &str| {
        let mut events = vec![
            json!({"type": "message_start", "message": {"id": "msg_1", "model": "claude-fable-5", "content": [],
            "usage": {"input_tokens": 106, "output_tokens": 1}}}),
        ];
        if !text.is_empty() {
            events.push(json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}}));
        }
        events.push(json!({"type": "message_delta", "delta": {"stop_reason": "refusal", "stop_details": {"type": "refusal", "category": "bio"}},
            "usage": {"output_tokens": 4}}));
        events.push(json!({"type": "message_stop"}));
        messages_stream(&events, "\n")
    };
    assert_eq!(read(MESSAGES, SSE, events("").as_bytes()).usage, Some(Usage::default()));
    let units = [(UnitKind::Input, 106), (UnitKind::Output, 4)];
    assert_eq!(read(MESSAGES, SSE, events("First,").as_bytes()).usage, Some(used(&units)));
}

#[test]
fn each_result_of_a_batch_is_billed_at_batch_price_and_those_that_failed_are_not() {
    let result = |custom: &str, result: Value| json!({"custom_id": custom, "result": result}).to_string();
    let usage = json!({"input_tokens": 1_000, "output_tokens": 500, "service_tier": "batch"});
    let lines = [
        result("a", json!({"type": "succeeded", "message": message(&usage)})),
        result("b", json!({"type": "errored", "error": {"type": "error", "error": {"type": "invalid_request_error", "message": "no"}}})),
        result("c", json!({"type": "canceled"})),
        result("d", json!({"type": "expired"})),
    ]
    .join("\n");
    let batch = metered("GET", "/v1/messages/batches/msgbatch_1/results", &json!(lines));
    assert_eq!(batch["usage"], json!({"input": 1_000, "output": 500}));
    let single =
        metered("POST", "/v1/messages", &message(&json!({"input_tokens": 1_000, "output_tokens": 500})));
    assert_eq!(cost(&batch) * 2, cost(&single));
}

#[test]
fn a_batch_and_counting_tokens_are_free() {
    let batch = json!({"id": "msgbatch_1", "type": "message_batch", "created_at": "2026-11-24T12:00:00Z", "processing_status": "in_progress",
        "request_counts": {"processing": 2, "succeeded": 0, "errored": 0, "canceled": 0, "expired": 0}, "results_url": null});
    for (method, path, answer) in [
        ("POST", "/v1/messages/batches", &batch),
        ("GET", "/v1/messages/batches/msgbatch_1", &batch),
        ("POST", "/v1/messages/count_tokens", &json!({"input_tokens": 2_095})),
    ] {
        let result = metered(method, path, answer);
        assert_eq!((&result["usage"], &result["cost_usd"]), (&json!({}), &json!("0")), "{method} {path}");
    }
}

#[test]
fn iterations_that_cannot_be_read_leave_no_invented_bill() {
    for (iteration, fault) in [
        (json!({"type": "compaction", "input_tokens": -1, "output_tokens": 1}), Fault::NegativeCount),
        (json!({"type": "compaction", "input_tokens": 1, "output_tokens": "1"}), Fault::TextCount),
        (json!({"type": "compaction", "input_tokens": 1}), Fault::MissingCount),
    ] {
        let (facts, apart) =
            answers(MESSAGES, JSON, message(&with(1, 1, &[iteration])).to_string().as_bytes(), 5);
        assert_eq!((facts.usage_final, facts.fault, apart), (false, Some(fault), Vec::new()));
    }
}

#[test]
fn a_kind_of_iteration_that_nobody_knew_is_named_and_no_bill() {
    let usage = with(1, 1, &[iteration("dream", Some("claude-haiku-4-5"), 5, 5)]);
    let (facts, apart) = answers(MESSAGES, JSON, message(&usage).to_string().as_bytes(), 5);
    assert_eq!(facts.usage, Some(used(&[(UnitKind::Input, 1), (UnitKind::Output, 1)])));
    assert_eq!((facts.unknown_fields, apart), (vec!["type.dream".into()], Vec::new()));
}

#[test]
fn chat_completions_for_those_who_come_with_openais_sdk_are_billed_at_claudes_prices() {
    let answer = json!({"id": "msg_1", "object": "chat.completion", "created": 1795000000, "model": "claude-opus-4-7",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hi"}}],
        "usage": {"prompt_tokens": 1_000, "completion_tokens": 100, "total_tokens": 1_100}});
    let result = metered("POST", "/v1/chat/completions", &answer);
    // 1,000 at 5, 100 at 25 USD a million
    assert_eq!(
        (&result["cost_usd"], &result["usage_source"]),
        (&json!("0.0075"), &json!("provider")),
        "{result}"
    );
}
