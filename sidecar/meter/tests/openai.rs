//! OpenAI's answers in the shapes of its SDK's types (openai-python 3.57.0): each field of a usage is a billed unit, or is named
//! here for costing nothing of its own.

mod common;

use common::*;
use serde_json::{Value, json};
use tollgate_meter::{
    AnswerFacts, AnswerReader, Coding, Dialect, Fault, PriceBook, UnitKind, Usage, exchange::meter_line,
};

/// All that a body holds, its own answer first.
fn answers(dialect: Dialect, content_type: &str, body: &[u8]) -> Vec<AnswerFacts> {
    let mut reader = reader(dialect, content_type, Coding::Identity);
    reader.feed(body);
    reader.finish();
    all(&mut reader)
}

fn all(reader: &mut AnswerReader) -> Vec<AnswerFacts> {
    let apart = reader.take_answers();
    std::iter::once(reader.facts().clone()).chain(apart).collect()
}

fn used(kinds: &[(UnitKind, u64)]) -> Usage {
    kinds.iter().fold(Usage::default(), |usage, &(kind, count)| usage.with(kind, count))
}

/// A whole answer says this usage and no field that we do not know; cut at any byte, it or nothing; in pieces, the same.
#[track_caller]
fn says(dialect: Dialect, answer: &Value, kinds: &[(UnitKind, u64)]) {
    let body = answer.to_string().into_bytes();
    let facts = read(dialect, JSON, &body);
    assert_eq!(facts.usage, Some(used(kinds)));
    assert!(facts.usage_final && facts.fault.is_none());
    assert_eq!(facts.unknown_fields, Vec::<Box<str>>::new());
    for end in 0..body.len() {
        let cut = read(dialect, JSON, &body[..end]);
        assert!(cut.usage.is_none() || cut.usage == facts.usage, "cut at {end}: {:?}", cut.usage);
    }
    for size in [1, 3, 64] {
        let whole = read_pieces(dialect, JSON, Coding::Identity, body.chunks(size)).0;
        assert_eq!(whole, facts, "in pieces of {size}");
    }
}

/// As [`says`], of a stream whose events end with this usage.
#[track_caller]
fn streams(dialect: Dialect, events: &[Value], kinds: &[(UnitKind, u64)]) {
    let body: String = events
        .iter()
        .map(|event| match event["type"].as_str() {
            Some(kind) => format!("event: {kind}\ndata: {event}\n\n"),
            None => format!("data: {event}\n\n"),
        })
        .collect();
    let body = body.into_bytes();
    let facts = read(dialect, SSE, &body);
    assert_eq!(facts.usage, Some(used(kinds)));
    assert!(facts.usage_final && facts.streamed && facts.fault.is_none() && !facts.error);
    assert_eq!(facts.unknown_fields, Vec::<Box<str>>::new());
    for end in 0..body.len() {
        let cut = read(dialect, SSE, &body[..end]);
        assert!(cut.usage.is_none() || cut.usage == facts.usage, "cut at {end}: {:?}", cut.usage);
    }
    for size in [1, 3, 64] {
        let whole = read_pieces(dialect, SSE, Coding::Identity, body.chunks(size)).0;
        assert_eq!(whole, facts, "in pieces of {size}");
    }
}

/// An exchange's result, as the program prints it.
fn metered(method: &str, path: &str, request: &Value, answer: &Value) -> Value {
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.openai.com", "method": method, "path": path,
        "request": {"body": request}, "response": {"status": 200, "body": answer}});
    serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap()
}

// === decisions ===

#[test]
fn a_decision_has_prices_of_its_own() {
    let usage = json!({"input_tokens": 1_000, "input_tokens_details": {"cached_tokens": 100, "cache_write_tokens": 0},
        "output_tokens": 50, "output_tokens_details": {"reasoning_tokens": 10}, "total_tokens": 1_050});
    let answer = json!({"model": "gpt-6-luna", "answers": [{"type": "predicate", "probability": 0.5}], "usage": usage});
    let asked = json!({"model": "gpt-6-luna", "input": "hi", "questions": []});
    let bill = metered("POST", "/v1/decisions", &asked, &answer);
    // 900 at 0.1 and 100 at 0.01 a million; what it puts out is free
    assert_eq!((&bill["cost_usd"], &bill["usage"]["output"]), (&json!("0.000091"), &json!(40)), "{bill}");
    let other = json!({"model": "gpt-5.4", "answers": [], "usage": answer["usage"]});
    let bill = metered("POST", "/v1/decisions", &asked, &other);
    assert_eq!(bill["reason"], "the price book has no \"decisions\" prices for \"gpt-5.4\"");
}

// === chat completions ===

fn chat_with(message: Value, usage: Value) -> Value {
    json!({"id": "chatcmpl-1", "object": "chat.completion", "created": 1795000000, "model": "gpt-5.4", "service_tier": "default",
        "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null, "message": message}], "usage": usage})
}

#[test]
fn chat_bills_every_part_of_its_totals_once() {
    let usage = json!({
        "prompt_tokens": 1000, "completion_tokens": 500, "total_tokens": 1500,
        "prompt_tokens_details": {"audio_tokens": 100, "cache_write_tokens": 200, "cached_tokens": 300, "image_tokens": 50, "text_tokens": 350},
        "completion_tokens_details": {"accepted_prediction_tokens": 20, "audio_tokens": 60, "reasoning_tokens": 70,
            "rejected_prediction_tokens": 30, "text_tokens": 370},
    });
    says(
        Dialect::OpenAiChat,
        &chat_with(json!({"role": "assistant", "content": "hi", "refusal": null, "annotations": []}), usage),
        &[
            (UnitKind::Input, 350),
            (UnitKind::InputAudio, 100),
            (UnitKind::InputCacheWrite, 200),
            (UnitKind::InputCached, 300),
            (UnitKind::InputImage, 50),
            // predictions are in here, accepted or not
            (UnitKind::Output, 370),
            (UnitKind::OutputAudio, 60),
            (UnitKind::OutputReasoning, 70),
        ],
    );
}

#[test]
fn cached_pictures_are_in_no_two_units() {
    let usage = json!({"prompt_tokens": 2_000, "completion_tokens": 10, "total_tokens": 2_010,
        "prompt_tokens_details": {"cached_tokens": 1_792, "image_tokens": 1_500, "text_tokens": 500}});
    let kinds = [(UnitKind::InputCached, 1_792), (UnitKind::InputImage, 208), (UnitKind::Output, 10)];
    says(Dialect::OpenAiChat, &chat_with(json!({"role": "assistant", "content": "ok"}), usage), &kinds);
}

#[test]
fn cached_tokens_beyond_text_and_pictures_are_sound() {
    let usage = json!({"prompt_tokens": 1_000, "completion_tokens": 10, "total_tokens": 1_010,
        "prompt_tokens_details": {"cached_tokens": 500, "audio_tokens": 900, "image_tokens": 40, "text_tokens": 60}});
    let kinds = [
        (UnitKind::InputCached, 100),
        (UnitKind::InputAudio, 500),
        (UnitKind::InputAudioCached, 400),
        (UnitKind::Output, 10),
    ];
    says(Dialect::OpenAiChat, &chat_with(json!({"role": "assistant", "content": "ok"}), usage), &kinds);
}

#[test]
fn an_answer_that_cites_the_web_took_one_search() {
    let usage = json!({"prompt_tokens": 8, "completion_tokens": 5, "total_tokens": 13});
    let citation = json!({"type": "url_citation", "url_citation": {"start_index": 0, "end_index": 2, "title": "t", "url": "https://example.com"}});
    let units = [(UnitKind::Input, 8), (UnitKind::Output, 5), (UnitKind::WebSearchCall, 1)];
    let message = json!({"role": "assistant", "content": "hi", "annotations": [citation, citation]});
    says(Dialect::OpenAiChat, &chat_with(message, usage.clone()), &units);

    let chunk = |delta: Value, usage: Value| {
        json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1795000000, "model": "gpt-4o-search-preview",
            "choices": [{"index": 0, "delta": delta, "finish_reason": null}], "usage": usage})
    };
    let events = [
        chunk(json!({"content": "hi"}), Value::Null),
        chunk(json!({"annotations": [citation]}), Value::Null),
        chunk(json!({}), usage),
    ];
    streams(Dialect::OpenAiChat, &events, &units);
}

// === responses ===

fn response(output: Value, more: &[(&str, Value)]) -> Value {
    let mut response = json!({
        "id": "resp_1", "object": "response", "created_at": 1795000000, "status": "completed", "model": "gpt-6-sol", "error": null,
        "service_tier": "default", "tools": [{"type": "web_search"}, {"type": "function", "name": "f", "parameters": {"model": "x"}}],
        "output": output,
        "usage": {"input_tokens": 1000, "input_tokens_details": {"cached_tokens": 300, "cache_write_tokens": 200,
                "cache_write_tokens_details": {"ttl_12h_tokens": 150, "ttl_30m_tokens": 50}},
            "output_tokens": 500, "output_tokens_details": {"reasoning_tokens": 70}, "total_tokens": 1500},
    });
    for (name, value) in more {
        response[name] = value.clone();
    }
    response
}

const TOKENS: [(UnitKind, u64); 6] = [
    (UnitKind::Input, 500),
    (UnitKind::InputCached, 300),
    (UnitKind::InputCacheWrite, 50),
    (UnitKind::InputCacheWrite12h, 150),
    (UnitKind::Output, 430),
    (UnitKind::OutputReasoning, 70),
];

fn tokens_and(tools: &[(UnitKind, u64)]) -> Vec<(UnitKind, u64)> {
    [&TOKENS, tools].concat()
}

fn hosted_tools() -> Value {
    json!([
        {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "hm"}]},
        {"type": "web_search_call", "id": "ws_1", "status": "completed", "action": {"type": "search", "query": "q", "queries": ["q"]}},
        {"type": "web_search_call", "id": "ws_2", "status": "completed", "action": {"type": "open_page", "url": "https://example.com"}},
        {"type": "web_search_call", "id": "ws_3", "status": "completed", "action": {"type": "find_in_page", "url": "u", "pattern": "p"}},
        {"type": "file_search_call", "id": "fs_1", "status": "completed", "queries": ["q"], "results": null},
        {"type": "code_interpreter_call", "id": "ci_1", "status": "completed", "code": "1", "container_id": "cntr_1", "outputs": []},
        {"type": "code_interpreter_call", "id": "ci_2", "status": "completed", "code": "2", "container_id": "cntr_1", "outputs": []},
        {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
            "content": [{"type": "output_text", "text": "hi", "annotations": []}]},
    ])
}

#[test]
fn a_response_bills_its_tokens_searches_and_containers() {
    let tools = [(UnitKind::WebSearchCall, 1), (UnitKind::FileSearchCall, 1), (UnitKind::CodeSession, 1)];
    says(Dialect::OpenAiResponses, &response(hosted_tools(), &[]), &tokens_and(&tools));
}

/// Hosted shells run in the containers of the code interpreter, at their price (OpenAI's page: "Hosted Shell and Code Interpreter").
#[test]
fn a_hosted_shell_is_a_session_for_each_container() {
    let shell = |environment: Value| {
        json!({"type": "shell_call", "id": "sh", "call_id": "c", "status": "completed", "action": {"commands": ["ls"]},
        "environment": environment})
    };
    let hosted = |id: &str| shell(json!({"type": "container_reference", "container_id": id}));
    let output = json!([hosted("cntr_1"), hosted("cntr_1"), hosted("cntr_2"), shell(json!({"type": "local"})), shell(Value::Null),
        {"type": "code_interpreter_call", "id": "ci_1", "status": "completed", "code": "1", "container_id": "cntr_2", "outputs": []}]);
    says(Dialect::OpenAiResponses, &response(output, &[]), &tokens_and(&[(UnitKind::CodeSession, 2)]));
}

#[test]
fn openais_own_count_of_searches_goes_before_ours() {
    let none = json!({"input_tokens": 0, "input_tokens_details": {"image_tokens": 0, "text_tokens": 0}, "output_tokens": 0, "total_tokens": 0});
    let tool_usage = json!({"image_gen": none, "web_search": {"num_requests": 3}});
    let tools = [(UnitKind::WebSearchCall, 3), (UnitKind::FileSearchCall, 1), (UnitKind::CodeSession, 1)];
    says(
        Dialect::OpenAiResponses,
        &response(hosted_tools(), &[("tool_usage", tool_usage)]),
        &tokens_and(&tools),
    );
}

#[test]
fn searches_by_the_older_tool_have_its_price_with_models_that_do_not_reason() {
    let priced = |model: &str, tool: &str| {
        let search = json!([{"type": "web_search_call", "id": "ws_1", "status": "completed", "action": {"type": "search", "query": "q"}}]);
        let tokens = json!({"input_tokens": 1_000, "output_tokens": 100, "total_tokens": 1_100});
        let more = [("model", json!(model)), ("tools", json!([{"type": tool}])), ("usage", tokens)];
        metered("POST", "/v1/responses", &json!({"model": model}), &response(search, &more))["cost_usd"]
            .clone()
    };
    for (model, tool, cost) in [
        ("gpt-4o-2024-08-06", "web_search", "0.0135"),
        ("gpt-4o-2024-08-06", "web_search_preview", "0.0285"),
        ("gpt-4.1-mini", "web_search_preview_2025_03_11", "0.02556"),
        ("gpt-4.1-mini", "web_search", "0.01056"),
        ("gpt-5.4", "web_search_preview", "0.014"),
    ] {
        assert_eq!(priced(model, tool), cost, "{model} with {tool}");
    }
}

#[test]
fn the_last_event_of_a_stream_says_the_whole_response() {
    let mut begun = response(json!([]), &[("status", json!("in_progress"))]);
    begun["usage"] = Value::Null;
    for (end, status) in [("response.completed", "completed"), ("response.incomplete", "incomplete")] {
        let events = [
            json!({"type": "response.created", "sequence_number": 0, "response": begun}),
            json!({"type": "response.in_progress", "sequence_number": 1, "response": begun}),
            json!({"type": "response.output_item.added", "sequence_number": 2, "output_index": 0, "item": hosted_tools()[1]}),
            json!({"type": "response.output_text.delta", "sequence_number": 3, "delta": "h\"usage\":", "logprobs": []}),
            json!({"type": end, "sequence_number": 4, "response": response(hosted_tools(), &[("status", json!(status))])}),
        ];
        let tools = [(UnitKind::WebSearchCall, 1), (UnitKind::FileSearchCall, 1), (UnitKind::CodeSession, 1)];
        streams(Dialect::OpenAiResponses, &events, &tokens_and(&tools));
    }
}

#[test]
fn work_in_the_background_is_pending_until_it_is_read_and_then_billed_by_the_reading() {
    let mut begun = response(json!([]), &[("status", json!("queued"))]);
    begun["usage"] = Value::Null;
    let request = json!({"model": "gpt-5.4", "input": "hi", "background": true});
    let created = metered("POST", "/v1/responses", &request, &begun);
    assert_eq!((&created["outcome"], &created["cost_usd"]), (&json!("pending"), &Value::Null));
    let polled = metered("GET", "/v1/responses/resp_1", &Value::Null, &begun);
    assert_eq!((&polled["outcome"], &polled["cost_usd"]), (&json!("pending"), &Value::Null));
    let whole = response(json!([]), &[]);
    let (read, direct) = (
        metered("GET", "/v1/responses/resp_1", &Value::Null, &whole),
        metered("POST", "/v1/responses", &json!({"model": "gpt-5.4"}), &whole),
    );
    assert_eq!(read["usage"], direct["usage"]);
    assert!(read["cost_usd"].is_string());
    assert_eq!(read["cost_usd"], direct["cost_usd"]);
}

/// What the tool that makes pictures used.
/// What a stream of a response says before it breaks off, as a recorded exchange.
fn broken_off(host: &str, path: &str, request: &Value, events: &[Value]) -> Value {
    let body: String = events.iter().map(|event| format!("data: {event}\n\n")).collect();
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": host, "method": "POST", "path": path,
        "request": {"body": request}, "response": {"status": 200, "headers": {"content-type": SSE}, "body": body}});
    serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap()
}

#[test]
fn a_response_whose_stream_breaks_off_is_an_estimate_and_goes_on_in_the_background_alone() {
    for (host, model) in [("api.openai.com", "gpt-5.4"), ("api.x.ai", "grok-4.3")] {
        let events = [
            json!({"type": "response.created", "response": {"id": "resp_1", "created_at": 1795000000, "status": "in_progress",
                "model": model, "usage": null}}),
            json!({"type": "response.output_text.delta", "delta": "eleven words or so of what was to be said here"}),
        ];
        let asked = json!({"model": model, "input": "Say something.", "stream": true});
        let cut = broken_off(host, "/v1/responses", &asked, &events);
        assert_eq!(
            (&cut["outcome"], &cut["usage_source"]),
            (&json!("provider_closed"), &json!("estimated")),
            "{cut}"
        );
        assert!(cut["usage"]["output"].as_u64() > Some(5) && cut["cost_usd"].is_string(), "{cut}");

        let mut behind = asked;
        behind["background"] = json!(true);
        let cut = broken_off(host, "/v1/responses", &behind, &events);
        assert_eq!((&cut["outcome"], &cut["cost_usd"]), (&json!("pending"), &Value::Null), "{cut}");
    }
}

fn picture_usage() -> Value {
    json!({"input_tokens": 100, "input_tokens_details": {"image_tokens": 60, "text_tokens": 40}, "output_tokens": 4000,
        "output_tokens_details": {"image_tokens": 4000, "text_tokens": 0}, "total_tokens": 4100,
        "cached_tokens": 25, "cached_tokens_details": {"cached_image_tokens": 20, "cached_text_tokens": 5}})
}

#[test]
fn pictures_that_a_tool_made_are_billed_at_the_prices_of_its_own_model() {
    let tool_usage = json!({"image_gen": picture_usage(), "web_search": {"num_requests": 0}});
    let tools = json!([{"type": "image_generation", "model": "gpt-image-1.5", "size": "auto"}]);
    let answer = response(json!([]), &[("tool_usage", tool_usage), ("tools", tools)]);
    let answers = answers(Dialect::OpenAiResponses, JSON, answer.to_string().as_bytes());
    let [own, pictures] = &answers[..] else { panic!("{answers:?}") };
    assert_eq!(own.usage, Some(used(&TOKENS)));
    assert_eq!(own.unknown_fields, Vec::<Box<str>>::new());
    assert_eq!(
        pictures.usage,
        Some(used(&[
            (UnitKind::Input, 35),
            (UnitKind::InputCached, 5),
            (UnitKind::InputImage, 40),
            (UnitKind::InputImageCached, 20),
            (UnitKind::OutputImage, 4000),
        ]))
    );
    assert_eq!(pictures.model.as_deref(), Some("gpt-image-1.5"));
    assert_eq!((pictures.request_id.as_deref(), pictures.created), (Some("resp_1/1"), own.created));
    assert!(
        metered("POST", "/v1/responses", &json!({"model": "gpt-6-sol"}), &answer)["cost_usd"].is_string()
    );
}

#[test]
fn pictures_of_a_tool_cost_half_by_batch() {
    for model in ["gpt-image-1", "gpt-image-2-2026-04-21"] {
        let body = json!({"id": "resp_1", "created_at": 1795000000, "model": "gpt-5.4", "output": [],
            "tools": [{"type": "image_generation", "model": model}],
            "tool_usage": {"image_gen": {"input_tokens": 0, "output_tokens": 1_000_000, "total_tokens": 1_000_000}},
            "usage": {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}});
        let result = metered("GET", "/v1/files/f/content", &Value::Null, &json!(line("l", body)));
        let whole = if model == "gpt-image-1" { "20" } else { "15" };
        assert_eq!(
            (&result["usage"], &result["cost_usd"]),
            (&json!({"output_image": 1_000_000}), &json!(whole))
        );
    }
}

#[test]
fn pictures_of_a_model_that_nobody_names_have_no_price() {
    let tool_usage = json!({"image_gen": picture_usage(), "web_search": {"num_requests": 0}});
    let answer = response(json!([]), &[("tool_usage", tool_usage)]);
    let result = metered("POST", "/v1/responses", &json!({"model": "gpt-5.4"}), &answer);
    assert_eq!(result["cost_usd"], Value::Null);
    assert_eq!(result["reason"], "model \"unnamed\" is not in the price book");
}

// === older text, embeddings ===

#[test]
fn older_text_is_billed_like_chat() {
    let answer = json!({"id": "cmpl-1", "object": "text_completion", "created": 1795000000, "model": "gpt-3.5-turbo-instruct",
        "choices": [{"index": 0, "text": "hi", "logprobs": null, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}});
    says(Dialect::OpenAiCompletions, &answer, &[(UnitKind::Input, 5), (UnitKind::Output, 7)]);
}

#[test]
fn vectors_cost_what_was_read() {
    let answer = json!({"object": "list", "model": "text-embedding-3-small",
        "data": [{"object": "embedding", "index": 0, "embedding": [0.1, -2.5e-3, 1]}],
        "usage": {"prompt_tokens": 8, "total_tokens": 8}});
    says(Dialect::OpenAiEmbeddings, &answer, &[(UnitKind::Input, 8)]);
}

// === images ===

fn image_usage() -> Value {
    json!({"input_tokens": 50, "input_tokens_details": {"image_tokens": 40, "text_tokens": 10}, "output_tokens": 6000,
        "output_tokens_details": {"image_tokens": 5900, "text_tokens": 100}, "total_tokens": 6050})
}

#[test]
fn pictures_are_billed_by_their_tokens_where_the_answer_tells_them() {
    let answer = json!({"created": 1795000000, "background": "opaque", "output_format": "png", "quality": "high", "size": "1024x1024",
        "data": [{"b64_json": "iVBORw0KGgo="}, {"b64_json": "iVBORw0KGgo="}], "usage": image_usage()});
    let units = [
        (UnitKind::Input, 10),
        (UnitKind::InputImage, 40),
        (UnitKind::Output, 100),
        (UnitKind::OutputImage, 5900),
    ];
    says(Dialect::OpenAiImages, &answer, &units);

    for (partial, end) in [
        ("image_generation.partial_image", "image_generation.completed"),
        ("image_edit.partial_image", "image_edit.completed"),
    ] {
        let picture = |kind: &str| {
            json!({"type": kind, "b64_json": "iVBORw0KGgo=", "background": "opaque", "created_at": 1795000000, "output_format": "png",
            "quality": "high", "size": "1024x1024"})
        };
        let mut last = picture(end);
        last["usage"] = image_usage();
        streams(Dialect::OpenAiImages, &[picture(partial), last], &units);
    }
}

#[test]
fn pictures_are_billed_by_the_piece_where_the_answer_tells_no_tokens() {
    let answer = json!({"created": 1795000000, "data": [{"url": "https://example.com/1"}, {"url": "https://example.com/2"}]});
    says(Dialect::OpenAiImages, &answer, &[(UnitKind::OutputPicture, 2)]);
    let request = json!({"model": "dall-e-3", "prompt": "a cat", "size": "1024x1792", "quality": "hd"});
    let one = json!({"created": 1795000000, "data": [{"url": "https://example.com/1"}]});
    let result = metered("POST", "/v1/images/generations", &request, &one);
    assert_eq!(result["usage"], json!({"output_picture": 1}));
}

#[test]
fn pictures_whose_tokens_cannot_be_believed_are_an_estimate_of_what_was_asked_for() {
    let request = json!({"model": "gpt-image-1", "size": "1024x1024", "quality": "high", "n": 2});
    let answer = json!({"created": 1795000000, "data": [{"b64_json": "AA=="}, {"b64_json": "AA=="}],
        "usage": {"input_tokens": 10, "output_tokens": -1, "total_tokens": 9}});
    let result = metered("POST", "/v1/images/generations", &request, &answer);
    assert_eq!(
        (&result["usage"], &result["usage_source"]),
        (&json!({"output_picture": 2}), &json!("estimated"))
    );
    assert_eq!(
        result["estimate"],
        json!({"method": "what was asked for", "fault": "negative_count"}),
        "{result}"
    );
}

#[test]
fn an_edit_that_comes_as_a_form_is_billed_by_the_size_that_it_asks_for() {
    let form = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n\u{0}\u{1}\r\n--b\r\n\
        Content-Disposition: form-data; name=\"model\"\r\n\r\ndall-e-2\r\n--b\r\n\
        Content-Disposition: form-data; name=\"size\"\r\n\r\n512x512\r\n--b--\r\n";
    let answer = json!({"created": 1795000000, "data": [{"url": "https://example.com/1"}]});
    let (by_form, by_json) = (
        metered("POST", "/v1/images/edits", &json!(form), &answer),
        metered("POST", "/v1/images/generations", &json!({"model": "dall-e-2", "size": "512x512"}), &answer),
    );
    assert_eq!(by_form["model"], "dall-e-2");
    assert_eq!(by_form["cost_usd"], by_json["cost_usd"]);
}

/// Each event has one picture, and "the number of image tokens in the output image". Whether the prompt is billed with each,
/// nobody says: an estimate.
#[test]
fn of_several_pictures_in_a_stream_each_is_billed_and_the_last_one_ends_it() {
    let picture =
        json!({"type": "image_generation.completed", "b64_json": "iVBORw0KGgo=", "usage": image_usage()});
    let one = format!("event: image_generation.completed\ndata: {picture}\n\n");
    let two = one.repeat(2);
    let mut reader = reader(Dialect::OpenAiImages, SSE, Coding::Identity);
    reader.expect(2);
    reader.feed(one.as_bytes());
    assert!(!reader.is_complete());
    reader.feed(one.as_bytes());
    assert!(reader.is_complete());
    let asked = |n: u64| json!({"model": "gpt-image-1.5", "prompt": "a cat", "stream": true, "n": n});
    let streamed = |n: u64, body: &str| {
        let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.openai.com", "method": "POST",
            "path": "/v1/images/generations", "request": {"body": asked(n)},
            "response": {"status": 200, "headers": {"content-type": SSE}, "body": body}});
        serde_json::from_str::<Value>(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap()
    };
    let (single, both) = (streamed(1, &one), streamed(2, &two));
    assert_eq!(single["usage_source"], "provider");
    for (unit, count) in single["usage"].as_object().unwrap() {
        assert_eq!(both["usage"][unit].as_u64().unwrap(), 2 * count.as_u64().unwrap(), "{unit}");
    }
    assert_eq!(
        (&both["outcome"], &both["usage_source"], &both["estimate"]["method"]),
        (&json!("completed"), &json!("estimated"), &json!("the sum of the usages that the provider said"))
    );
}

#[test]
fn a_model_that_writes_a_picture_down_has_a_bill_of_its_own() {
    let answer = json!({"created": 1795000000, "output_format": "svg", "data": [{"b64_json": "PHN2Zz4="}], "usage": image_usage(),
        "svg_usage": {"model": "gpt-5.4", "input_tokens": 900, "output_tokens": 700, "reasoning_tokens": 200, "total_tokens": 1600}});
    let answers = answers(Dialect::OpenAiImages, JSON, answer.to_string().as_bytes());
    let [_, author] = &answers[..] else { panic!("{answers:?}") };
    let units = [(UnitKind::Input, 900), (UnitKind::Output, 500), (UnitKind::OutputReasoning, 200)];
    assert_eq!((author.model.as_deref(), author.usage), (Some("gpt-5.4"), Some(used(&units))));
}

/// Items of responses say it, too (openai-python 3.57.0, `ImageGenerationCall.svg_usage`).
#[test]
fn so_has_one_that_writes_down_the_picture_of_a_response() {
    let picture = |id: &str| {
        json!({"type": "image_generation_call", "id": id, "status": "completed", "result": "PHN2Zz4=", "output_format": "svg",
        "svg_usage": {"model": "gpt-5.4", "input_tokens": 900, "output_tokens": 700, "reasoning_tokens": 200, "total_tokens": 1600}})
    };
    let answer = response(json!([picture("ig_1"), picture("ig_2")]), &[]);
    let answers = answers(Dialect::OpenAiResponses, JSON, answer.to_string().as_bytes());
    let [_, author] = &answers[..] else { panic!("{answers:?}") };
    let units = [(UnitKind::Input, 1_800), (UnitKind::Output, 1_000), (UnitKind::OutputReasoning, 400)];
    assert_eq!((author.model.as_deref(), author.usage), (Some("gpt-5.4"), Some(used(&units))));
}

// === audio ===

#[test]
fn transcripts_are_billed_by_token_or_by_second_as_they_say() {
    let by_token = json!({"text": "hi", "usage": {"type": "tokens", "input_tokens": 14, "output_tokens": 45, "total_tokens": 59,
        "input_token_details": {"text_tokens": 4, "audio_tokens": 10}}});
    let units = [(UnitKind::Input, 4), (UnitKind::InputAudio, 10), (UnitKind::Output, 45)];
    says(Dialect::OpenAiTranscriptions, &by_token, &units);
    let by_second = json!({"text": "hi", "usage": {"type": "duration", "seconds": 9.25}});
    says(Dialect::OpenAiTranscriptions, &by_second, &[(UnitKind::InputAudioSecond, 9_250_000)]);
    let verbose = json!({"task": "transcribe", "language": "english", "duration": 8.47, "text": "hi", "segments": [],
        "usage": {"type": "duration", "seconds": 9}});
    says(Dialect::OpenAiTranscriptions, &verbose, &[(UnitKind::InputAudioSecond, 9_000_000)]);
    let events = [
        json!({"type": "transcript.text.delta", "delta": "h"}),
        json!({"type": "transcript.text.done", "text": "hi", "usage": by_token["usage"]}),
    ];
    streams(Dialect::OpenAiTranscriptions, &events, &units);
}

#[test]
fn a_transcript_as_plain_text_tells_no_usage_and_its_bill_is_an_estimate() {
    let result = metered(
        "POST",
        "/v1/audio/transcriptions",
        &json!({"model": "gpt-4o-transcribe"}),
        &json!("hello there\n"),
    );
    assert_eq!(
        (&result["usage_source"], &result["estimate"]["fault"]),
        (&json!("estimated"), &json!("broken_json"))
    );
}

#[test]
fn a_transcript_is_no_stream_though_it_begins_as_an_event_does() {
    for text in
        ["do you hear me\n", "is this on\n", "data is good\n", "every day: rain\n", "retry it\n", "idle: no"]
    {
        for size in [1, 2, 3, 100] {
            let mut reader =
                reader(Dialect::OpenAiTranscriptions, "text/plain; charset=utf-8", Coding::Identity);
            text.as_bytes().chunks(size).for_each(|piece| reader.feed(piece));
            reader.finish();
            assert_eq!((reader.is_cut(), reader.facts().streamed), (false, false), "{text:?} by {size}");
        }
    }
}

#[test]
fn sound_is_never_cut_whatever_its_bytes_look_like() {
    for begin in ["data:", ":", "[", "{", "e", "<", " ", ""] {
        let mut reader = reader(Dialect::OpenAiSpeech, "audio/pcm", Coding::Identity);
        reader.feed(begin.as_bytes());
        reader.feed(&[1, 2, 3, 0x5B]);
        reader.finish();
        let facts = reader.facts();
        assert_eq!((reader.is_cut(), facts.streamed, facts.fault), (false, false, None), "{begin:?}");
    }
}

#[test]
fn speech_is_billed_by_the_character_or_by_what_its_stream_says() {
    let request = json!({"model": "tts-1", "input": "Grüße 👋", "voice": "alloy"});
    let sound = json!({"base64": "//uQxAAAAAAAAAAAAAAAAAAAAAAA"});
    let result = metered("POST", "/v1/audio/speech", &request, &sound);
    assert_eq!(
        (&result["usage"], &result["usage_source"]),
        (&json!({"input_character": 7}), &json!("provider"))
    );
    let events = [
        json!({"type": "speech.audio.delta", "audio": "AAAA"}),
        json!({"type": "speech.audio.done", "usage": {"input_tokens": 14, "output_tokens": 101, "total_tokens": 115}}),
    ];
    streams(Dialect::OpenAiSpeech, &events, &[(UnitKind::Input, 14), (UnitKind::OutputAudio, 101)]);
}

#[test]
fn speech_that_tells_no_usage_is_estimated_sound_and_all() {
    let request = json!({"model": "gpt-4o-mini-tts", "input": "x".repeat(1000), "voice": "alloy"});
    let result =
        metered("POST", "/v1/audio/speech", &request, &json!({"base64": "//uQxAAAAAAAAAAAAAAAAAAAAAAA"}));
    assert_eq!(result["usage"], json!({"input": 195, "output_audio": 1390}));
    assert_eq!(
        (&result["usage_source"], result["cost_usd"].is_string()),
        (&json!("estimated"), true),
        "{result}"
    );
}

// === files ===

#[test]
fn a_file_without_a_line_is_whole_and_says_nothing() {
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.openai.com", "method": "GET", "path": "/v1/files/file-1/content",
        "response": {"status": 200, "body": ""}});
    let result: Value = serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
    assert_eq!((&result["outcome"], &result["cost_usd"]), (&json!("completed"), &json!("0")), "{result}");
}

// === video ===

#[test]
fn a_film_is_pending_until_it_is_there_and_then_billed_by_the_second() {
    let film = |status: &str| {
        json!({"id": "video_1", "object": "video", "created_at": 1795000000, "completed_at": null, "expires_at": null, "error": null,
            "model": "sora-2", "status": status, "progress": 0, "prompt": "a cat", "seconds": "8", "size": "720x1280", "remixed_from_video_id": null})
    };
    let created = metered("POST", "/v1/videos", &json!({"model": "sora-2", "seconds": "8"}), &film("queued"));
    assert_eq!((&created["outcome"], &created["cost_usd"]), (&json!("pending"), &Value::Null));
    let polled = metered("GET", "/v1/videos/video_1", &Value::Null, &film("in_progress"));
    assert_eq!((&polled["usage"], &polled["cost_usd"]), (&json!({}), &Value::Null));
    let there = metered("GET", "/v1/videos/video_1", &Value::Null, &film("completed"));
    assert_eq!(there["usage"], json!({"output_video_second": 8}));
    assert!(there["cost_usd"].is_string(), "{there}");
    let failed = metered("GET", "/v1/videos/video_1", &Value::Null, &film("failed"));
    assert_eq!(failed["usage"], json!({}));
}

#[test]
fn a_film_of_more_pixels_has_its_own_price() {
    for (size, cost) in [("1280x720", "2.4"), ("720x1280", "2.4"), ("1792x1024", "4"), ("1024x1792", "4")] {
        let film = json!({"id": "video_1", "created_at": 1785000000, "model": "sora-2-pro", "status": "completed", "seconds": "8", "size": size});
        assert_eq!(metered("GET", "/v1/videos/video_1", &Value::Null, &film)["cost_usd"], cost, "{size}");
    }
}

// === realtime ===

/// What a session says, message by message.
fn session(dialect: Dialect, messages: &[Value]) -> Vec<AnswerFacts> {
    let mut reader = reader(dialect, "", Coding::Identity);
    messages.iter().for_each(|message| reader.feed_message(message.to_string().as_bytes()));
    reader.finish();
    reader.take_answers()
}

#[test]
fn each_turn_of_a_session_is_billed_and_what_the_user_said_by_the_model_that_wrote_it_down() {
    let answers = session(
        Dialect::OpenAiRealtime,
        &[
            json!({"type": "session.created", "event_id": "e", "session": {"type": "realtime", "id": "sess_1", "model": "gpt-realtime",
            "audio": {"input": {"transcription": {"model": "gpt-4o-mini-transcribe"}}, "output": {"voice": "marin"}}}}),
            json!({"type": "conversation.item.input_audio_transcription.completed", "event_id": "e", "item_id": "i", "content_index": 0,
            "transcript": "hi", "usage": {"type": "tokens", "input_tokens": 26, "output_tokens": 5, "total_tokens": 31,
                "input_token_details": {"text_tokens": 0, "audio_tokens": 26}}}),
            json!({"type": "response.output_audio_transcript.delta", "delta": "hello"}),
            json!({"type": "response.done", "event_id": "e", "response": {"object": "realtime.response", "id": "resp_1", "status": "completed",
            "output": [], "usage": {"total_tokens": 253, "input_tokens": 132, "output_tokens": 121,
                "input_token_details": {"text_tokens": 100, "audio_tokens": 22, "image_tokens": 10, "cached_tokens": 64,
                    "cached_tokens_details": {"text_tokens": 50, "audio_tokens": 10, "image_tokens": 4}},
                "output_token_details": {"text_tokens": 30, "audio_tokens": 91}}}}),
        ],
    );
    let [said, turn] = &answers[..] else { panic!("{answers:?}") };
    assert_eq!(said.model.as_deref(), Some("gpt-4o-mini-transcribe"));
    assert_eq!(said.usage, Some(used(&[(UnitKind::InputAudio, 26), (UnitKind::Output, 5)])));
    assert_eq!((turn.model.as_deref(), turn.request_id.as_deref()), (Some("gpt-realtime"), Some("resp_1")));
    assert_eq!(
        turn.usage,
        Some(used(&[
            (UnitKind::Input, 50),
            (UnitKind::InputCached, 50),
            (UnitKind::InputAudio, 12),
            (UnitKind::InputAudioCached, 10),
            (UnitKind::InputImage, 6),
            (UnitKind::InputImageCached, 4),
            (UnitKind::Output, 30),
            (UnitKind::OutputAudio, 91),
        ]))
    );
    assert!(answers.iter().all(|answer| answer.unknown_fields.is_empty() && answer.fault.is_none()));
}

#[test]
fn cached_tokens_of_a_turn_that_no_detail_names_are_text_then_pictures_then_sound() {
    for (cached, details, units) in [
        (
            20,
            Value::Null,
            [
                (UnitKind::Input, 10),
                (UnitKind::InputCached, 20),
                (UnitKind::InputImage, 5),
                (UnitKind::InputAudio, 100),
            ],
        ),
        (
            64,
            Value::Null,
            [
                (UnitKind::InputCached, 30),
                (UnitKind::InputImageCached, 5),
                (UnitKind::InputAudio, 71),
                (UnitKind::InputAudioCached, 29),
            ],
        ),
        (
            64,
            json!({"text_tokens": null, "audio_tokens": 50}),
            [
                (UnitKind::Input, 16),
                (UnitKind::InputCached, 14),
                (UnitKind::InputImage, 5),
                (UnitKind::InputAudio, 50),
            ],
        ),
    ] {
        let input = json!({"text_tokens": 30, "audio_tokens": 100, "image_tokens": 5, "cached_tokens": cached, "cached_tokens_details": details});
        let usage = json!({"input_tokens": 135, "output_tokens": 0, "total_tokens": 135, "input_token_details": input});
        let answers = session(
            Dialect::OpenAiRealtime,
            &[json!({"type": "response.done", "response": {"id": "resp_1", "usage": usage}})],
        );
        let mut expected = used(&units);
        if !details.is_null() {
            expected = expected.with(UnitKind::InputAudioCached, 50);
        }
        assert_eq!((answers[0].usage, answers[0].fault), (Some(expected), None), "{usage}");
    }
}

#[test]
fn a_turn_of_text_alone_is_the_sessions_own() {
    let answers = session(
        Dialect::OpenAiRealtime,
        &[
            json!({"type": "session.created", "session": {"model": "gpt-realtime", "input_audio_transcription": {"model": "whisper-1"}}}),
            json!({"type": "response.done", "response": {"id": "resp_1", "usage": {"input_tokens": 3, "output_tokens": 2, "total_tokens": 5}}}),
            json!({"type": "conversation.item.input_audio_transcription.completed", "usage": {"type": "duration", "seconds": 1.5}}),
        ],
    );
    let [turn, said] = &answers[..] else { panic!("{answers:?}") };
    assert_eq!(
        (turn.model.as_deref(), turn.usage),
        (Some("gpt-realtime"), Some(used(&[(UnitKind::Input, 3), (UnitKind::Output, 2)])))
    );
    assert_eq!(
        (said.model.as_deref(), said.usage),
        (Some("whisper-1"), Some(used(&[(UnitKind::InputAudioSecond, 1_500_000)])))
    );
}

#[test]
fn responses_over_a_websocket_are_billed_one_by_one_with_their_own_ids() {
    let event = |kind: &str, id: &str, status: &str, usage: Value| {
        let mut response = response(hosted_tools(), &[("status", json!(status)), ("id", json!(id))]);
        if usage.is_null() {
            (response["usage"], response["output"]) = (Value::Null, json!([]));
        }
        json!({"type": kind, "sequence_number": 0, "response": response})
    };
    let answers = session(
        Dialect::OpenAiResponsesSession,
        &[
            event("response.created", "resp_1", "in_progress", Value::Null),
            json!({"type": "response.output_text.delta", "delta": "hi"}),
            event("response.completed", "resp_1", "completed", json!(1)),
            event("response.created", "resp_2", "in_progress", Value::Null),
            event("response.incomplete", "resp_2", "incomplete", json!(1)),
        ],
    );
    let tools = [(UnitKind::WebSearchCall, 1), (UnitKind::FileSearchCall, 1), (UnitKind::CodeSession, 1)];
    let known: Vec<_> = answers
        .iter()
        .map(|answer| (answer.request_id.as_deref().unwrap(), answer.usage.unwrap(), answer.pending))
        .collect();
    let usage = used(&tokens_and(&tools));
    assert_eq!(known, [("resp_1", usage, false), ("resp_2", usage, false)]);
}

// === runs of assistants ===

#[test]
fn a_run_is_pending_until_it_has_ended_and_then_billed_by_its_tokens() {
    let run = |status: &str, usage: Value| {
        json!({"id": "run_1", "object": "thread.run", "created_at": 1795000000, "assistant_id": "a",
        "thread_id": "t", "status": status, "model": "gpt-4o", "last_error": null, "usage": usage})
    };
    let usage = json!({"prompt_tokens": 1_000, "completion_tokens": 100, "total_tokens": 1_100});
    let asked = json!({"assistant_id": "a"});
    let begun = metered("POST", "/v1/threads/t/runs", &asked, &run("queued", Value::Null));
    assert_eq!((&begun["outcome"], &begun["cost_usd"]), (&json!("pending"), &Value::Null));
    let read = metered("GET", "/v1/threads/t/runs/run_1", &Value::Null, &run("completed", usage.clone()));
    // 1,000 at 2.5, 100 at 10 USD a million
    assert_eq!(read["cost_usd"], "0.0035", "{read}");
    let step = json!({"id": "step_1", "object": "thread.run.step", "status": "completed", "usage": usage});
    let delta = json!({"id": "msg_1", "object": "thread.message.delta", "delta": {"content": [{"text": {"value": "hi"}}]}});
    let events =
        [run("queued", Value::Null), run("in_progress", Value::Null), delta, step, run("completed", usage)];
    let stream = events.iter().map(|event| format!("event: x\ndata: {event}\n\n")).collect::<String>();
    let [facts] =
        answers(Dialect::OpenAiRuns, SSE, (stream + "data: [DONE]\n\n").as_bytes()).try_into().unwrap();
    assert_eq!(facts.usage, Some(used(&[(UnitKind::Input, 1_000), (UnitKind::Output, 100)])));
    assert_eq!((facts.request_id.as_deref(), facts.pending, facts.fault), (Some("run_1"), false, None));
}

// === batches ===

fn line(id: &str, body: Value) -> String {
    json!({"id": id, "custom_id": "c", "response": {"status_code": 200, "request_id": "req_1", "body": body}, "error": null}).to_string()
}

#[test]
fn cached_tokens_of_a_batchs_pictures_are_text_and_then_pictures() {
    let usage = json!({"input_tokens": 100, "input_tokens_details": {"image_tokens": 60, "text_tokens": 40, "cached_tokens": 50},
        "output_tokens": 1_000, "total_tokens": 1_100});
    let body = json!({"created": 1795000000, "data": [{"b64_json": "iVBORw0KGgo="}], "usage": usage});
    let lines = line("batch_req_1", body);
    let answers = answers(Dialect::OpenAiBatchResults, "application/octet-stream", lines.as_bytes());
    let cached = [(UnitKind::InputCached, 40), (UnitKind::InputImage, 50), (UnitKind::InputImageCached, 10)];
    let pictures = answers.last().and_then(|answer| answer.usage);
    assert_eq!(pictures, Some(used(&[&cached[..], &[(UnitKind::OutputImage, 1_000)]].concat())));
}

#[test]
fn each_line_of_a_batchs_results_is_an_answer_of_its_own() {
    let usage = json!({"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12});
    let vectors = json!({"object": "list", "model": "text-embedding-3-small", "data": [{"embedding": [0.5]}],
        "usage": {"prompt_tokens": 8, "total_tokens": 8}});
    let pictures =
        json!({"created": 1795000000, "data": [{"b64_json": "iVBORw0KGgo="}], "usage": image_usage()});
    let lines = [
        line("batch_req_1", chat_with(json!({"content": "hi"}), usage)),
        line("batch_req_2", response(hosted_tools(), &[])),
        line("batch_req_3", vectors),
        line("batch_req_4", pictures),
        json!({"id": "batch_req_5", "custom_id": "c", "response": {"status_code": 400, "body": {"error": {"message": "no"}}}}).to_string(),
        "no JSON".to_owned(),
        json!({"id": "batch_req_6", "response": null, "error": {"code": "batch_expired"}}).to_string(),
    ]
    .join("\n");
    let mut reader = reader(Dialect::OpenAiBatchResults, "application/octet-stream", Coding::Identity);
    lines.as_bytes().chunks(7).for_each(|piece| reader.feed(piece));
    reader.finish();
    let answers = reader.take_answers();
    let known: Vec<_> =
        answers.iter().map(|answer| (answer.request_id.as_deref().unwrap(), answer.usage.unwrap())).collect();
    let tools = [(UnitKind::WebSearchCall, 1), (UnitKind::FileSearchCall, 1), (UnitKind::CodeSession, 1)];
    assert_eq!(
        known,
        [
            ("chatcmpl-1", used(&[(UnitKind::Input, 5), (UnitKind::Output, 7)])),
            ("resp_1", used(&tokens_and(&tools))),
            ("batch_req_3", used(&[(UnitKind::Input, 8)])),
            (
                "batch_req_4",
                used(&[
                    (UnitKind::Input, 10),
                    (UnitKind::InputImage, 40),
                    (UnitKind::Output, 100),
                    (UnitKind::OutputImage, 5900)
                ])
            ),
        ]
    );
    assert!(answers.iter().all(|answer| answer.unknown_fields.is_empty()));
}

/// Batches serve `/v1/videos`, too (openai-python 3.57.0, `BatchCreateParams.endpoint`).
#[test]
fn a_film_that_a_batch_made_is_no_call_of_nothing() {
    let film = |status: &str| {
        json!({"id": "video_1", "object": "video", "created_at": 1795000000, "model": "sora-2", "status": status,
            "seconds": "8", "size": "720x1280", "error": null})
    };
    let read = |body| metered("GET", "/v1/files/f/content", &Value::Null, &json!(line("batch_req_1", body)));
    let made = read(film("completed"));
    assert_eq!(
        (&made["usage"], &made["model"]),
        (&json!({"output_video_second": 8}), &json!("sora-2")),
        "{made}"
    );
    // neither catalogue has its price by batch
    assert_eq!((&made["cost_usd"], &made["usage_source"]), (&Value::Null, &json!("provider")));
    let failed = read(film("failed"));
    assert_eq!((&failed["usage"], &failed["cost_usd"]), (&json!({}), &json!("0")));
}

#[test]
fn a_model_that_writes_down_a_picture_of_a_batch_has_a_bill_of_its_own() {
    let body = json!({"created": 1795000000, "output_format": "svg", "data": [{"b64_json": "PHN2Zz4="}], "usage": image_usage(),
        "svg_usage": {"model": "gpt-5.4", "input_tokens": 900, "output_tokens": 700, "reasoning_tokens": 200, "total_tokens": 1600}});
    let lines = line("batch_req_1", body);
    let answers = answers(Dialect::OpenAiBatchResults, "application/octet-stream", lines.as_bytes());
    let authors: Vec<_> =
        answers.iter().filter(|answer| answer.model.as_deref() == Some("gpt-5.4")).collect();
    let units = [(UnitKind::Input, 900), (UnitKind::Output, 500), (UnitKind::OutputReasoning, 200)];
    assert_eq!(authors.iter().map(|author| author.usage).collect::<Vec<_>>(), [Some(used(&units))]);
}

#[test]
fn a_batch_itself_is_free_to_look_at_though_it_says_what_its_lines_used() {
    let batch = json!({"id": "batch_1", "object": "batch", "status": "completed", "model": "gpt-5.4",
        "usage": {"input_tokens": 5, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 7,
            "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 12}});
    let result = metered("GET", "/v1/batches/batch_1", &Value::Null, &batch);
    assert_eq!((&result["usage"], &result["cost_usd"]), (&json!({}), &json!("0")));
}

#[test]
fn a_file_that_is_no_batchs_says_nothing_that_is_billed() {
    let lines = concat!(
        r#"{"messages":[{"role":"user","content":"hi"}]}"#,
        "\n",
        r#"{"usage":{"prompt_tokens":5}}"#,
        "\n"
    );
    let result = metered("GET", "/v1/files/file_1/content", &Value::Null, &json!(lines));
    assert_eq!((&result["usage"], &result["cost_usd"]), (&json!({}), &json!("0")));
}

// === bad input ===

#[test]
fn parts_that_are_more_than_their_total_are_a_fault_in_every_dialect() {
    let cases = [
        (
            Dialect::OpenAiImages,
            json!({"input_tokens": 5, "input_tokens_details": {"image_tokens": 6}, "output_tokens": 1}),
        ),
        (
            Dialect::OpenAiResponses,
            json!({"input_tokens": 5, "input_tokens_details": {"cached_tokens": 6}, "output_tokens": 1}),
        ),
        (
            Dialect::OpenAiTranscriptions,
            json!({"input_tokens": 5, "input_token_details": {"audio_tokens": 6}, "output_tokens": 1}),
        ),
        (
            Dialect::OpenAiCompletions,
            json!({"prompt_tokens": 5, "prompt_tokens_details": {"cached_tokens": 6}, "completion_tokens": 1}),
        ),
    ];
    for (dialect, usage) in cases {
        let facts = read(dialect, JSON, json!({"usage": usage}).to_string().as_bytes());
        assert_eq!((facts.usage, facts.fault), (None, Some(Fault::PartsExceedTotal)), "{dialect:?}");
    }
}

#[test]
fn a_field_that_nobody_knew_is_named() {
    let mut answer = response(json!([]), &[]);
    answer["usage"]["thought_units"] = json!(5);
    answer["usage"]["output_tokens_details"]["dream_tokens"] = json!(5);
    let facts = read(Dialect::OpenAiResponses, JSON, answer.to_string().as_bytes());
    let mut unknown = facts.unknown_fields;
    unknown.sort();
    assert_eq!(unknown, ["output_tokens_details.dream_tokens".into(), Box::<str>::from("thought_units")]);
}
