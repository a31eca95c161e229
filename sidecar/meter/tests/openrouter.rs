//! OpenRouter's answers in the shapes of its SDK's types (openrouter 1.3.84): `usage.cost` is the bill, and each member of a usage
//! is known.

mod common;

use common::*;
use serde_json::{Value, json};
use tollgate_meter::{PriceBook, exchange::meter_line};

fn exchange(method: &str, path: &str, request: &Value, answer: &Value) -> Value {
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "openrouter.ai", "method": method, "path": path,
        "request": {"body": request}, "response": {"status": 200, "body": answer}});
    serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap()
}

fn metered(path: &str, answer: &Value) -> Value {
    exchange("POST", path, &json!({"model": "someone/asked"}), answer)
}

fn cost_of(details: Value) -> Value {
    let mut usage = json!({"cost": 0.00123456, "is_byok": false,
        "cost_details": {"upstream_inference_cost": null, "upstream_inference_prompt_cost": 0.001,
            "upstream_inference_completions_cost": 0.00023456}});
    usage.as_object_mut().unwrap().extend(details.as_object().unwrap().clone());
    usage
}

fn chat(usage: &Value) -> Value {
    json!({"id": "gen-1", "object": "chat.completion", "created": 1795000000, "model": "someone/answered", "provider": "Someone",
        "choices": [{"index": 0, "finish_reason": "stop", "native_finish_reason": "stop",
            "message": {"role": "assistant", "content": "hi", "refusal": null, "reasoning": null}}],
        "usage": usage})
}

fn chat_usage_of_openrouter() -> Value {
    cost_of(json!({"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150,
        "prompt_tokens_details": {"cached_tokens": 20, "cache_write_tokens": 10, "audio_tokens": 0, "video_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 5, "audio_tokens": 0, "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0},
        "server_tool_use_details": {"web_search_requests": 1}}))
}

#[test]
fn the_cost_is_what_openrouter_says_to_the_last_digit() {
    let bill = metered("/api/v1/chat/completions", &chat(&chat_usage_of_openrouter()));
    assert_eq!((&bill["cost_usd"], &bill["model"]), (&json!("0.00123456"), &json!("someone/answered")));
    assert_eq!(bill["usage"]["input"], 90);
}

#[test]
fn a_free_model_costs_nothing_and_its_tokens_are_counted() {
    let usage = json!({"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10});
    let mut said = usage.clone();
    said["cost"] = json!(0);
    let mut unsaid = chat(&usage);
    unsaid["model"] = json!("someone/answered:free");
    for answer in [chat(&said), unsaid] {
        let bill = metered("/api/v1/chat/completions", &answer);
        assert_eq!((&bill["cost_usd"], &bill["usage"]["output"]), (&json!("0"), &json!(3)), "{bill}");
    }
}

#[test]
fn a_variant_whose_price_nobody_says_has_none() {
    let mut answer = chat(&json!({"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}));
    for variant in ["nitro", "online", "freely"] {
        answer["model"] = json!(format!("openai/gpt-4o-mini:{variant}"));
        let bill = metered("/api/v1/chat/completions", &answer);
        assert_eq!((&bill["cost_usd"], &bill["usage"]["output"]), (&Value::Null, &json!(3)), "{bill}");
    }
}

#[test]
fn with_a_key_of_ones_own_the_cost_is_openrouters_fee() {
    let usage = json!({"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10, "cost": 0.0000375, "is_byok": true,
        "cost_details": {"upstream_inference_cost": 0.00075}});
    let bill = metered("/api/v1/chat/completions", &chat(&usage));
    assert_eq!(bill["cost_usd"], "0.0000375");
}

/// As Anthropic's, whole: and with what OpenRouter adds.
fn message(usage: &Value) -> Value {
    json!({"id": "gen-1", "type": "message", "role": "assistant", "model": "anthropic/claude-opus-4.8", "provider": "Amazon Bedrock",
        "content": [{"type": "text", "text": "hi", "citations": null}], "stop_reason": "end_turn", "stop_sequence": null,
        "usage": usage})
}

fn messages_usage_of_openrouter() -> Value {
    cost_of(json!({"input_tokens": 29, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 12,
        "cache_creation": null, "output_tokens": 17, "server_tool_use": null, "service_tier": "standard",
        "inference_geo": null, "speed": "standard", "iterations": null, "server_tool_use_details": null}))
}

#[test]
fn messages_bring_openrouters_cost_in_anthropics_shape() {
    let bill = metered("/api/v1/messages", &message(&messages_usage_of_openrouter()));
    assert_eq!((&bill["cost_usd"], &bill["endpoint"]), (&json!("0.00123456"), &json!("/api/v1/messages")));
    assert_eq!((&bill["usage"]["input"], &bill["usage"]["input_cached"]), (&json!(29), &json!(12)));
}

#[test]
fn messages_as_a_stream_bring_it_at_their_end() {
    let stream = messages_stream(
        &[
            json!({"type": "message_start", "message": {"id": "gen-1", "type": "message", "role": "assistant",
                "model": "anthropic/claude-opus-4.8", "content": [], "usage": {"input_tokens": 0, "output_tokens": 0, "cost": null}}}),
            json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}),
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "hi"}}),
            json!({"type": "content_block_stop", "index": 0}),
            json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": messages_usage_of_openrouter()}),
            json!({"type": "message_stop"}),
        ],
        "\n",
    );
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "openrouter.ai", "method": "POST", "path": "/api/v1/messages",
        "request": {"body": {"model": "anthropic/claude-opus-4.8", "stream": true}},
        "response": {"status": 200, "headers": {"content-type": "text/event-stream"}, "body": stream}});
    let bill: Value = serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
    assert_eq!((&bill["cost_usd"], &bill["usage"]["input"]), (&json!("0.00123456"), &json!(29)));
}

#[test]
fn what_other_models_did_in_a_message_is_in_the_one_cost() {
    let step = |kind: &str| {
        json!({"type": kind, "model": "anthropic/claude-haiku-4.5", "input_tokens": 5, "output_tokens": 2,
        "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0})
    };
    let mut usage = messages_usage_of_openrouter();
    usage["iterations"] = json!([step("advisor_message"), step("compaction")]);
    assert_eq!(metered("/api/v1/messages", &message(&usage))["cost_usd"], "0.00123456");
}

#[test]
fn embeddings_say_no_output() {
    let answer = json!({"object": "list", "id": "gen-1", "model": "openai/text-embedding-3-small",
        "data": [{"object": "embedding", "index": 0, "embedding": [0.1, -2e-3]}],
        "usage": cost_of(json!({"prompt_tokens": 8, "total_tokens": 8, "prompt_tokens_details": {"text_tokens": 8}}))});
    let bill = metered("/api/v1/embeddings", &answer);
    assert_eq!((&bill["cost_usd"], &bill["usage"]["input"]), (&json!("0.00123456"), &json!(8)));
}

#[test]
fn rerank_and_transcriptions_are_billed_by_their_cost() {
    let ranked = json!({"id": "gen-1", "model": "cohere/rerank", "provider": "Cohere", "results": [],
        "usage": {"cost": 0.002, "search_units": 1, "total_tokens": 9}});
    assert_eq!(metered("/api/v1/rerank", &ranked)["cost_usd"], "0.002");
    let heard = json!({"text": "hello", "usage": {"cost": 0.0006, "seconds": 6.1, "input_tokens": 10, "output_tokens": 2, "total_tokens": 12}});
    assert_eq!(metered("/api/v1/audio/transcriptions", &heard)["cost_usd"], "0.0006");
}

#[test]
fn a_film_is_billed_when_its_job_is_read_as_completed() {
    let begun = json!({"id": "job-1", "polling_url": "https://openrouter.ai/api/v1/videos/job-1", "status": "pending"});
    assert_eq!(metered("/api/v1/videos", &begun)["cost_usd"], Value::Null);
    let done = json!({"id": "job-1", "generation_id": "gen-1", "polling_url": "x", "status": "completed",
        "unsigned_urls": ["https://x"], "usage": {"cost": 0.5, "is_byok": false}});
    assert_eq!(exchange("GET", "/api/v1/videos/job-1", &Value::Null, &done)["cost_usd"], "0.5");
}

#[test]
fn a_batch_is_pending_until_it_is_read_as_ended_and_then_costs_what_it_says() {
    let batch = |status: &str, usage: Value| {
        json!({"id": "batch-1", "object": "batch", "created_at": 1795000000, "endpoint": "/v1/chat/completions",
        "model": "someone/answered", "status": status, "error": null, "results": null, "request_counts": {"total": 2}, "usage": usage})
    };
    // openrouter-python 1.3.84: a batch that was just made is validated first
    for status in ["validating", "finalizing", "cancelling"] {
        let going_on = metered("/api/v1/batches", &batch(status, Value::Null));
        assert_eq!(
            (&going_on["outcome"], &going_on["usage_source"]),
            (&json!("pending"), &json!("unknown")),
            "{going_on}"
        );
    }
    let begun = metered("/api/v1/batches", &batch("in_progress", Value::Null));
    assert_eq!((&begun["outcome"], &begun["cost_usd"]), (&json!("pending"), &Value::Null));
    let ended = batch("completed", chat_usage_of_openrouter());
    let read = exchange("GET", "/api/v1/batches/batch-1", &Value::Null, &ended);
    assert_eq!((&read["cost_usd"], &read["usage"]["output_reasoning"]), (&json!("0.00123456"), &json!(5)));
}

#[test]
fn a_decision_is_billed_by_its_cost() {
    let usage = json!({"input_tokens": 40, "output_tokens": 2, "cost": 0.0000321});
    for path in ["/api/alpha/decisions", "/api/v1/systemone"] {
        let bill = metered(path, &json!({"id": "d", "model": "m", "answers": {}, "usage": usage}));
        let expected = (&json!("0.0000321"), &json!({"input": 40, "output": 2}));
        assert_eq!((&bill["cost_usd"], &bill["usage"]), expected, "{path}");
    }
}

#[test]
fn an_error_within_a_stream_leaves_what_was_delivered_as_an_estimate() {
    let stream = "data: {\"id\":\"gen-1\",\"model\":\"openai/gpt-5.4\",\"choices\":[{\"delta\":{\"content\":\"hello there\"}}]}\n\n\
        data: {\"id\":\"gen-1\",\"model\":\"openai/gpt-5.4\",\"error\":{\"code\":502,\"message\":\"x\"},\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n";
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "openrouter.ai", "method": "POST",
        "path": "/api/v1/chat/completions", "request": {"body": {"model": "openai/gpt-5.4", "stream": true,
            "messages": [{"role": "user", "content": "say hello"}]}},
        "response": {"status": 200, "headers": {"content-type": "text/event-stream"}, "body": stream}});
    let bill: Value = serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
    assert!(bill["usage"]["output"].as_u64().unwrap() > 0, "{bill}");
    assert_ne!(bill["cost_usd"], "0", "{bill}");
}

#[test]
fn each_member_of_its_usages_is_known() {
    use tollgate_meter::Dialect::{OpenRouterChat, OpenRouterMessages, OpenRouterResponses};
    let picture = cost_of(
        json!({"prompt_tokens": 9, "completion_tokens": 4175, "total_tokens": 4184, "cache_creation": null,
        "completion_tokens_details": {"image_tokens": 4175, "reasoning_tokens": null, "audio_tokens": null}, "iterations": null,
        "prompt_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0}, "server_tool_use": null,
        "service_tier": null, "speed": null}),
    );
    let response = json!({"id": "resp_1", "object": "response", "status": "completed", "model": "openai/gpt-5.4", "output": [],
        "usage": cost_of(json!({"input_tokens": 20, "input_tokens_details": {"cached_tokens": 5, "cache_write_tokens": 0},
            "output_tokens": 9, "output_tokens_details": {"reasoning_tokens": 3}, "total_tokens": 29,
            "server_tool_use_details": {"web_search_requests": 0}}))});
    for (dialect, answer) in [
        (OpenRouterChat, chat(&chat_usage_of_openrouter())),
        (OpenRouterChat, chat(&picture)),
        (OpenRouterResponses, response),
        (OpenRouterMessages, message(&messages_usage_of_openrouter())),
    ] {
        let facts = read(dialect, JSON, answer.to_string().as_bytes());
        assert_eq!((facts.fault, facts.unknown_fields), (None, vec![]), "{answer}");
        assert!(facts.cost.is_some(), "{answer}");
    }
}

#[test]
fn a_cost_that_is_said_stands_though_the_parts_of_its_counts_do_not_fit() {
    let response = json!({"id": "gen-1", "model": "a/b", "status": "completed", "output": [],
        "usage": {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15, "cost": 0.5,
            "input_tokens_details": {"cached_tokens": 20}, "output_tokens_details": {"reasoning_tokens": 9}}});
    let message = message(
        &json!({"input_tokens": 10, "output_tokens": 5, "cost": 0.5, "cache_creation_input_tokens": 1,
        "cache_creation": {"ephemeral_5m_input_tokens": 5, "ephemeral_1h_input_tokens": 0}}),
    );
    for (path, answer, usage) in [
        ("/api/v1/responses", response, json!({"input": 10, "output": 5})),
        ("/api/v1/messages", message, json!({"input": 10, "input_cache_write_5m": 1, "output": 5})),
    ] {
        let result = metered(path, &answer);
        assert_eq!((&result["cost_usd"], &result["usage"]), (&json!("0.5"), &usage), "{path}: {result}");
        assert_eq!(result["usage_source"], "provider", "{path}: {result}");
    }
}
