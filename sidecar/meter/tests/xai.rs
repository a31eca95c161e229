//! xAI's answers: thoughts beside the completion, tools, promises, and its own word for the cost.

mod common;

use common::*;
use serde_json::{Value, json};
use tollgate_meter::{Coding, Dialect, Fault, PriceBook, UnitKind, exchange::meter_line};

fn exchange(method: &str, path: &str, request: &Value, answer: &Value) -> Value {
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "us-east-1.api.x.ai", "method": method, "path": path,
        "request": {"body": request}, "response": {"status": 200, "body": answer}});
    serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap()
}

fn metered(path: &str, answer: &Value) -> Value {
    exchange("POST", path, &json!({"model": "grok-4"}), answer)
}

fn chat(usage: &Value) -> Value {
    json!({"id": "c1", "object": "chat.completion", "created": 1795000000, "model": "grok-4", "system_fingerprint": "fp",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": "hi", "refusal": null}, "finish_reason": "stop"}],
        "usage": usage, "citations": []})
}

fn usage(total: u64) -> Value {
    json!({"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": total,
        "prompt_tokens_details": {"text_tokens": 80, "audio_tokens": 0, "image_tokens": 20, "cached_tokens": 40},
        "completion_tokens_details": {"reasoning_tokens": 6, "audio_tokens": 0, "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0}, "num_sources_used": 3})
}

fn counts(answer: &Value) -> (u64, u64, u64) {
    let facts = read(Dialect::XaiChat, JSON, answer.to_string().as_bytes());
    assert_eq!((facts.fault, facts.unknown_fields), (None, vec![]));
    let usage = facts.usage.unwrap();
    (usage.get(UnitKind::Output), usage.get(UnitKind::OutputReasoning), usage.get(UnitKind::SearchSource))
}

#[test]
fn thoughts_stand_beside_the_completion_and_are_added() {
    assert_eq!(counts(&chat(&usage(116))), (10, 6, 3));
}

#[test]
fn where_the_total_says_that_thoughts_are_within_they_are_billed_once() {
    assert_eq!(counts(&chat(&usage(110))), (4, 6, 3));
}

#[test]
fn a_stream_cut_anywhere_in_its_bytes_says_the_same_as_whole() {
    let event = |choices: Value, usage: Value| {
        format!("data: {}\n\n", json!({"id": "c1", "model": "grok-4", "choices": choices, "usage": usage}))
    };
    let stream = event(
        json!([{"index": 0, "delta": {"content": "hi"}}]),
        json!({"prompt_tokens": 100, "completion_tokens": 1, "total_tokens": 101}),
    ) + &event(json!([]), usage(116))
        + "data: [DONE]\n\n";
    let whole = read(Dialect::XaiChat, SSE, stream.as_bytes());
    assert_eq!(whole.usage.map(|usage| usage.get(UnitKind::OutputReasoning)), Some(6));
    for at in 0..stream.len() {
        let (before, after) = stream.as_bytes().split_at(at);
        let cut = read_pieces(Dialect::XaiChat, SSE, Coding::Identity, [before, after].into_iter());
        assert_eq!(cut, (whole.clone(), true), "cut at {at}");
    }
}

#[test]
fn its_own_cost_goes_before_any_price() {
    let mut usage = usage(116);
    usage["cost_in_usd_ticks"] = json!(1_234_567);
    assert_eq!(metered("/v1/chat/completions", &chat(&usage))["cost_usd"], "0.0001234567");
}

#[test]
fn a_cost_that_is_no_whole_number_of_ticks_is_a_fault_not_a_figure() {
    for (ticks, fault) in [(json!(-1), Fault::NegativeCount), (json!(0.5), Fault::FractionalCount)] {
        let mut usage = usage(116);
        usage["cost_in_usd_ticks"] = ticks;
        let facts = read(Dialect::XaiChat, JSON, chat(&usage).to_string().as_bytes());
        assert_eq!((facts.usage, facts.cost, facts.fault), (None, None, Some(fault)));
    }
}

#[test]
fn a_deferred_completion_is_a_promise_until_it_is_read() {
    let promised = metered("/v1/chat/completions", &json!({"request_id": "r1"}));
    assert_eq!(promised["cost_usd"], Value::Null);
    let mut usage = usage(116);
    usage["cost_in_usd_ticks"] = json!(10_000_000_000_u64);
    let read = exchange("GET", "/v1/chat/deferred-completion/r1", &Value::Null, &chat(&usage));
    assert_eq!(read["cost_usd"], "1");
}

/// 202 with nothing in it: nothing broke off.
#[test]
fn a_deferred_completion_that_is_not_there_yet_is_pending() {
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.x.ai", "method": "GET",
        "path": "/v1/chat/deferred-completion/r1", "response": {"status": 202}});
    let result: Value = serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
    assert_eq!(
        (&result["outcome"], &result["usage_source"]),
        (&json!("pending"), &json!("unknown")),
        "{result}"
    );
}

#[test]
fn a_film_costs_its_seconds_when_it_is_done() {
    let asked = json!({"model": "grok-imagine-video", "prompt": "x", "duration": 6});
    let begun = exchange("POST", "/v1/videos/generations", &asked, &json!({"request_id": "r1"}));
    assert_eq!(begun["cost_usd"], Value::Null);
    let done = json!({"status": "done", "model": "grok-imagine-video", "video": {"url": "https://x", "duration": 6, "respect_moderation": true}});
    let read = exchange("GET", "/v1/videos/r1", &Value::Null, &done);
    assert_eq!(read["usage"]["output_video_second"], 6, "{read}");
    let waiting = exchange("GET", "/v1/videos/r1", &Value::Null, &json!({"status": "pending"}));
    assert_eq!(waiting["usage"], json!({}), "{waiting}");
}

#[test]
fn messages_in_anthropics_shape_may_say_their_cost_in_ticks() {
    let mut answer = json!({"id": "m1", "type": "message", "role": "assistant", "model": "grok-4", "stop_reason": "end_turn",
        "content": [{"type": "text", "text": "hi"}],
        "usage": {"input_tokens": 9, "cache_read_input_tokens": 4, "cache_creation_input_tokens": 0, "output_tokens": 5}});
    let by_book = metered("/v1/messages", &answer);
    assert_eq!((&by_book["usage"]["input"], &by_book["usage"]["output"]), (&json!(9), &json!(5)));
    answer["usage"]["cost_in_usd_ticks"] = json!(5_000_000);
    assert_eq!(metered("/v1/messages", &answer)["cost_usd"], "0.0005");
}

/// As litellm 1.110.2 asks (`llms/xai/audio_transcription`): the model in a form, the length in the answer.
#[test]
fn a_transcript_is_billed_by_the_seconds_that_it_says() {
    let form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngrok-voice-transcribe-2.0\r\n--b\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nRIFF\r\n--b--\r\n";
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.x.ai", "method": "POST", "path": "/v1/stt",
        "request": {"headers": {"content-type": "multipart/form-data; boundary=b"}, "body": form},
        "response": {"status": 200, "body": {"text": "hi", "language": "en", "duration": 90.5, "words": [{"text": "hi", "start": 0.0, "end": 0.4}]}}});
    let result: Value = serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
    assert_eq!(
        (&result["model"], &result["endpoint"]),
        (&json!("grok-voice-transcribe-2.0"), &json!("/v1/stt"))
    );
    let usage = json!({"input_audio_second": 90.5});
    // at 0.00002778 USD a second
    assert_eq!((&result["usage"], &result["cost_usd"]), (&usage, &json!("0.00251409")), "{result}");
}

/// <https://docs.x.ai/developers/advanced-api-usage/websocket-mode>
#[test]
fn responses_over_a_websocket_are_billed_one_by_one_at_the_cost_they_say() {
    let event = |kind: &str, id: &str, usage: Value| {
        json!({"from": "server", "body": {"type": kind, "response": {"id": id, "object": "response", "created_at": 1795000000,
            "model": "grok-4.3", "status": if usage.is_null() { "in_progress" } else { "completed" }, "output": [], "usage": usage}}})
    };
    let usage = |ticks: u64| {
        json!({"input_tokens": 100, "input_tokens_details": {"cached_tokens": 40}, "output_tokens": 10,
            "output_tokens_details": {"reasoning_tokens": 6}, "total_tokens": 110, "num_sources_used": 0,
            "num_server_side_tools_used": 0, "cost_in_usd_ticks": ticks})
    };
    let events = [
        json!({"from": "client", "body": {"type": "response.create", "model": "grok-4.3", "input": "hi"}}),
        event("response.created", "r_1", Value::Null),
        json!({"from": "server", "body": {"type": "response.output_text.delta", "delta": "hi"}}),
        event("response.completed", "r_1", usage(1_000)),
        event("response.completed", "r_2", usage(500)),
    ];
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.x.ai", "method": "GET", "path": "/v1/responses",
        "response": {"status": 101, "events": events}});
    let result: Value = serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
    assert_eq!((&result["endpoint"], &result["model"]), (&json!("/v1/responses"), &json!("grok-4.3")));
    let used = json!({"input": 120, "input_cached": 80, "output": 8, "output_reasoning": 12});
    assert_eq!((&result["usage"], &result["cost_usd"]), (&used, &json!("0.00000015")), "{result}");
}

#[test]
fn results_of_a_batch_are_billed_by_the_cost_they_say_else_at_batch_price() {
    let result = |name: &str, endpoint: &str, body: Value| json!({"batch_request_id": name, "batch_result": {"response": {endpoint: body}}});
    let mut ticked = usage(116);
    ticked["cost_in_usd_ticks"] = json!(1_234_567);
    let mut by_book =
        chat(&json!({"prompt_tokens": 1_000_000, "completion_tokens": 0, "total_tokens": 1_000_000}));
    by_book["model"] = json!("grok-4.7");
    let page = json!({"results": [
        result("a", "chat_get_completion", chat(&ticked)),
        {"batch_request_id": "b", "batch_result": {"error": {"code": 3, "message": "no"}}},
        result("c", "image_generation", json!({"data": [{"url": "u"}], "usage": {"cost_in_usd_ticks": 200_000_000}})),
        result("d", "chat_get_completion", by_book),
        result("e", "responses", json!({"id": "r1", "model": "grok-4.7", "usage": {"input_tokens": 5, "output_tokens": 1, "cost_in_usd_ticks": 1}})),
    ], "pagination_token": null});
    let read = exchange("GET", "/v1/batches/batch_1/results", &Value::Null, &page);
    // 0.0001234567, 0.02, a million tokens above 200,000 at 3.2, and a tick
    assert_eq!(read["cost_usd"], "3.2201234568", "{read}");
    assert_eq!(read["usage"]["output_picture"], 1);
}

#[test]
fn a_batch_that_is_begun_or_asked_after_costs_nothing_itself() {
    use tollgate_meter::{Billing, Endpoint, Provider};
    let billing = |path| Endpoint::of(Provider::Xai, "POST", path).billing;
    for path in ["/v1/batches/b:cancel", "/xai_api.BatchMgmt/GetBatch", "/xai_api.BatchMgmt/CancelBatch"] {
        assert_eq!(billing(path), Billing::Free, "{path}");
    }
    for path in ["/v1/batches", "/v1/batches/b/requests", "/xai_api.BatchMgmt/CreateBatch"] {
        assert_eq!(billing(path), Billing::Begins(None), "{path}");
    }
}

#[test]
fn a_number_that_nobody_knew_in_a_message_is_named() {
    // GetChatCompletionResponse { usage: { 1: 5, 2: 7, 3: 12, 4: 7, 12: 1 } }
    let usage = [0x08, 5, 0x10, 7, 0x18, 12, 0x20, 7, 0x60, 1];
    let message = [&[0x4A, usage.len() as u8][..], &usage].concat();
    let mut reader = reader(Dialect::XaiGrpcChat, "application/grpc", Coding::Identity);
    reader.feed_message(&message);
    reader.finish();
    assert_eq!(reader.facts().unknown_fields, ["field_12".into()]);
}

#[test]
fn a_stream_of_messages_is_told_from_a_message() {
    let streamed = |dialect| reader(dialect, "application/grpc", Coding::Identity).facts().streamed;
    assert!(streamed(Dialect::XaiGrpcChunks));
    assert!(!streamed(Dialect::XaiGrpcChat));
}

#[test]
fn a_file_or_a_key_asked_for_by_grpc_is_free() {
    use tollgate_meter::{Billing, Endpoint, Provider};
    for path in
        ["/xai_api.Files/UploadFile", "/xai_api.Auth/get_api_key_info", "/xai_api.Tokenize/TokenizeText"]
    {
        assert_eq!(Endpoint::of(Provider::Xai, "POST", path).billing, Billing::Free, "{path}");
    }
}

#[test]
fn a_body_that_is_no_grpc_is_never_cut_wherever_it_breaks() {
    // 100 bytes of message are promised; its first field has a wire type that there is not
    let body = [&[0, 0, 0, 0, 100, 0x07][..], &[0; 99]].concat();
    for size in [1, 6, 1000] {
        let mut reader = reader(Dialect::XaiGrpcDeferred, "application/grpc", Coding::Identity);
        body.chunks(size).for_each(|piece| reader.feed(piece));
        assert!(!reader.is_cut(), "in pieces of {size}");
    }
}

#[test]
fn a_name_that_another_model_answers_to_costs_as_that_one_since_the_day_of_its_retirement() {
    let usage = json!({"prompt_tokens": 1_000, "completion_tokens": 100, "total_tokens": 1_100});
    let cost = |time: &str| {
        let line = json!({"id": 1, "time": time, "host": "api.x.ai", "method": "POST", "path": "/v1/chat/completions",
            "request": {"body": {"model": "grok-4"}},
            "response": {"status": 200, "body": {"id": "c", "model": "grok-4-0709", "choices": [], "usage": usage}}});
        let bill: Value =
            serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
        bill["cost_usd"].as_str().map(str::to_owned)
    };
    assert_eq!(cost("2026-05-15T18:59:59Z").as_deref(), Some("0.0045"));
    assert_eq!(cost("2026-05-15T19:00:00Z").as_deref(), Some("0.0015"));
}

#[test]
fn pictures_in_a_long_prompt_cost_what_text_costs_there() {
    let usage = json!({"prompt_tokens": 300_000, "completion_tokens": 0, "total_tokens": 300_000,
        "prompt_tokens_details": {"text_tokens": 200_000, "image_tokens": 100_000}});
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.x.ai", "method": "POST", "path": "/v1/chat/completions",
        "request": {"body": {"model": "grok-4.3"}},
        "response": {"status": 200, "body": {"id": "c", "model": "grok-4.3", "choices": [], "usage": usage}}});
    let bill: Value = serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
    assert_eq!(
        (&bill["cost_usd"], &bill["usage"]["input_image"]),
        (&json!("0.75"), &json!(100_000)),
        "{bill}"
    );
}

#[test]
fn tools_and_sources_cost_what_xais_page_says_where_the_answer_says_no_cost() {
    let usage = json!({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0, "num_sources_used": 4,
        "server_side_tool_usage_details": {"web_search_calls": 1, "x_search_calls": 2, "code_interpreter_calls": 3,
            "file_search_calls": 4, "document_search_calls": 5, "mcp_calls": 6}});
    let answer = json!({"id": "c", "model": "grok-4.3", "choices": [], "usage": usage});
    let bill = metered("/v1/chat/completions", &answer);
    let expected = json!({"web_search_call": 1, "x_search_call": 2, "code_session": 3, "file_search_call": 4,
        "attachment_search_call": 5, "search_source": 4});
    // 0.005 + 0.01 + 0.015 + 0.01 + 0.05, and four sources at 0.025
    assert_eq!((&bill["usage"], &bill["cost_usd"]), (&expected, &json!("0.19")), "{bill}");
}

#[test]
fn its_own_cost_stands_though_the_parts_of_its_counts_do_not_fit() {
    let chat = chat(
        &json!({"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "cost_in_usd_ticks": 5_000_000_000u64,
        "prompt_tokens_details": {"cached_tokens": 20}}),
    );
    let response = json!({"id": "r", "model": "grok-4.3", "status": "completed", "output": [],
        "usage": {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15, "cost_in_usd_ticks": 5_000_000_000u64,
            "output_tokens_details": {"reasoning_tokens": 20}}});
    for (path, answer) in [("/v1/chat/completions", chat), ("/v1/responses", response)] {
        let result = metered(path, &answer);
        assert_eq!(
            (&result["cost_usd"], &result["usage_source"]),
            (&json!("0.5"), &json!("provider")),
            "{path}: {result}"
        );
        assert_eq!(result["usage"], json!({"input": 10, "output": 5}), "{path}");
    }
}
