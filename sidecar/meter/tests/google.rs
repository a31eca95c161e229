//! Google's answers in the shapes of its SDK's types (google-genai 2.34.0): each field of a usage is a billed unit, or is
//! named here for costing nothing of its own.

mod common;

use common::*;
use serde_json::{Value, json};
use tollgate_meter::{
    AnswerFacts, Billing, Coding, Dialect, Endpoint, Fault, PriceBook, Provider, UnitKind, Usage,
    exchange::meter_line,
};

fn used(kinds: &[(UnitKind, u64)]) -> Usage {
    kinds.iter().fold(Usage::default(), |usage, &(kind, count)| usage.with(kind, count))
}

/// What is said by a body that comes in pieces of this size.
fn said(dialect: Dialect, content_type: &str, body: &str, size: usize) -> AnswerFacts {
    read_pieces(dialect, content_type, Coding::Identity, body.as_bytes().chunks(size)).0
}

/// The chunks as `alt=sse` sends them, and as one list.
fn streams(chunks: &[Value]) -> [(&'static str, String); 2] {
    let events = chunks.iter().map(|chunk| format!("data: {chunk}\r\n\r\n")).collect();
    [(SSE, events), (JSON, serde_json::to_string_pretty(chunks).unwrap())]
}

fn chunk(usage: &Value, finish: Option<&str>) -> Value {
    json!({"responseId": "r_1", "modelVersion": "gemini-2.5-flash", "usageMetadata": usage,
        "candidates": [{"index": 0, "finishReason": finish, "content": {"role": "model", "parts": [{"text": "hi"}]}}]})
}

fn metered(host: &str, method: &str, path: &str, request: &Value, answer: &Value) -> Value {
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": host, "method": method, "path": path,
        "request": {"body": request}, "response": {"status": 200, "body": answer}});
    serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap()
}

const GEMINI: &str = "generativelanguage.googleapis.com";
const VERTEX: &str = "us-central1-aiplatform.googleapis.com";

fn by_modality(counts: &[(&str, u64)]) -> Value {
    counts.iter().map(|&(modality, count)| json!({"modality": modality, "tokenCount": count})).collect()
}

/// Every member that the SDK's `GenerateContentResponseUsageMetadata` and `UsageMetadata` have.
fn usage() -> Value {
    json!({
        "promptTokenCount": 1_000, "candidatesTokenCount": 200, "thoughtsTokenCount": 70, "cachedContentTokenCount": 300,
        "toolUsePromptTokenCount": 40, "totalTokenCount": 1_310, "trafficType": "ON_DEMAND",
        "promptTokensDetails": by_modality(&[("TEXT", 500), ("IMAGE", 150), ("AUDIO", 100), ("VIDEO", 200), ("DOCUMENT", 50)]),
        "cacheTokensDetails": by_modality(&[("TEXT", 150), ("IMAGE", 30), ("AUDIO", 20), ("VIDEO", 100)]),
        "toolUsePromptTokensDetails": by_modality(&[("TEXT", 30), ("IMAGE", 10)]),
        "candidatesTokensDetails": by_modality(&[("TEXT", 100), ("IMAGE", 60), ("AUDIO", 40)]),
    })
}

/// The units of [`usage`]: no token is in two of them.
const UNITS: &[(UnitKind, u64)] = &[
    // text and documents that came from no cache, and what tools put into the prompt
    (UnitKind::Input, 400 + 30),
    // cached video has no price of its own
    (UnitKind::InputCached, 150 + 100),
    (UnitKind::InputImage, 120 + 10),
    (UnitKind::InputImageCached, 30),
    (UnitKind::InputAudio, 80),
    (UnitKind::InputAudioCached, 20),
    (UnitKind::InputVideo, 100),
    (UnitKind::Output, 100),
    (UnitKind::OutputReasoning, 70),
    (UnitKind::OutputImage, 60),
    (UnitKind::OutputAudio, 40),
];

#[test]
fn every_documented_field_is_billed_or_known_whole_and_streamed_and_cut_anywhere() {
    let early = json!({"promptTokenCount": 1_000, "candidatesTokenCount": 3, "totalTokenCount": 1_003});
    let last = chunk(&usage(), Some("STOP"));
    let [sse, list] = streams(&[chunk(&early, None), last.clone()]);
    for (content_type, body) in [(JSON, last.to_string()), sse, list] {
        for size in [1, 7, usize::MAX] {
            let facts = said(Dialect::GoogleGenerate, content_type, &body, size);
            assert_eq!((facts.usage, facts.fault), (Some(used(UNITS)), None), "{content_type} by {size}");
            assert_eq!(facts.unknown_fields, Vec::<Box<str>>::new());
            assert!(facts.usage_final, "{content_type} by {size}");
            assert_eq!(
                (facts.model.as_deref(), facts.request_id.as_deref(), facts.service_tier.as_deref()),
                (Some("gemini-2.5-flash"), Some("r_1"), Some("ON_DEMAND"))
            );
        }
    }
    let tokens = used(UNITS).tokens();
    assert_eq!((tokens.input, tokens.output, tokens.cached_input, tokens.reasoning), (1_040, 270, 300, 70));
}

#[test]
fn a_stream_that_is_cut_has_the_input_that_was_said_and_no_final_output() {
    let early = json!({"promptTokenCount": 1_000, "candidatesTokenCount": 3});
    for (content_type, body) in streams(&[chunk(&early, None), chunk(&usage(), Some("STOP"))]) {
        let cut = body.len() - 30;
        let facts = said(Dialect::GoogleGenerate, content_type, &body[..cut], 11);
        let early = used(&[(UnitKind::Input, 1_000), (UnitKind::Output, 3)]);
        assert_eq!((facts.usage, facts.usage_final), (Some(early), false), "{content_type}");
    }
}

#[test]
fn how_a_call_was_served_is_read_as_either_api_says_it() {
    let gemini = |tier: &str| {
        let usage = json!({"promptTokenCount": 1_000_000, "candidatesTokenCount": 0, "serviceTier": tier});
        let path = "/v1beta/models/gemini-2.5-flash:generateContent";
        metered(GEMINI, "POST", path, &json!({}), &chunk(&usage, Some("STOP")))["cost_usd"].clone()
    };
    assert_eq!(
        [gemini("standard"), gemini("flex"), gemini("priority")],
        [json!("0.3"), json!("0.15"), json!("0.54")]
    );
    let vertex = |traffic: &str| {
        let usage = json!({"promptTokenCount": 1, "candidatesTokenCount": 0, "trafficType": traffic});
        said(Dialect::GoogleGenerate, JSON, &chunk(&usage, Some("STOP")).to_string(), usize::MAX).service_tier
    };
    assert_eq!(vertex("ON_DEMAND_FLEX").as_deref(), Some("ON_DEMAND_FLEX"));
}

#[test]
fn what_the_details_leave_out_is_text() {
    let usage = json!({"promptTokenCount": 100, "candidatesTokenCount": 20,
        "promptTokensDetails": by_modality(&[("IMAGE", 60)]), "candidatesTokensDetails": by_modality(&[("MODALITY_UNSPECIFIED", 20)])});
    let facts = said(Dialect::GoogleGenerate, JSON, &chunk(&usage, Some("STOP")).to_string(), usize::MAX);
    let units = [(UnitKind::Input, 40), (UnitKind::InputImage, 60), (UnitKind::Output, 20)];
    assert_eq!(facts.usage, Some(used(&units)));
}

#[test]
fn a_prompt_that_was_blocked_is_billed_as_the_input_that_it_counts() {
    let answer = json!({"promptFeedback": {"blockReason": "SAFETY"}, "modelVersion": "gemini-2.5-flash",
        "usageMetadata": {"promptTokenCount": 9, "totalTokenCount": 9}});
    for (content_type, body) in streams(&[answer]) {
        let facts = said(Dialect::GoogleGenerate, content_type, &body, 5);
        assert_eq!(
            (facts.usage, facts.usage_final),
            (Some(used(&[(UnitKind::Input, 9)])), true),
            "{content_type}"
        );
    }
}

// === grounding ===

fn grounded(queries: &[&str], finish: Option<&str>) -> Value {
    let mut answer = chunk(&json!({"promptTokenCount": 9, "candidatesTokenCount": 2}), finish);
    answer["candidates"][0]["groundingMetadata"] = json!({"webSearchQueries": queries, "searchEntryPoint": {"renderedContent": "<div>"},
        "groundingChunks": [{"web": {"uri": "https://a.example", "title": "a"}}, {"maps": {"placeId": "p"}}, {"maps": {"placeId": "q"}}],
        "groundingSupports": [], "googleMapsWidgetContextToken": "t"});
    answer
}

const GROUNDED: &[(UnitKind, u64)] = &[
    (UnitKind::Input, 9),
    (UnitKind::Output, 2),
    (UnitKind::WebSearchCall, 2),
    (UnitKind::GroundedPrompt, 1),
    (UnitKind::MapsCall, 1),
];

#[test]
fn searches_count_once_in_whichever_event_they_stand_and_however_often() {
    let plain = |finish| chunk(&json!({"promptTokenCount": 9, "candidatesTokenCount": 2}), finish);
    let (some, all) = (["a"], ["a", "b"]);
    let said_by = [
        vec![grounded(&all, Some("STOP"))],
        vec![plain(None), grounded(&all, Some("STOP"))],
        vec![grounded(&all, None), plain(Some("STOP"))],
        vec![grounded(&some, None), grounded(&all, None), grounded(&all, Some("STOP"))],
    ];
    for chunks in said_by {
        for (content_type, body) in streams(&chunks) {
            let facts = said(Dialect::GoogleGenerate, content_type, &body, 13);
            assert_eq!(facts.usage, Some(used(GROUNDED)), "{content_type} of {}", chunks.len());
        }
    }
}

#[test]
fn of_queries_the_unique_ones_that_are_not_empty_are_billed() {
    let answer = grounded(&["", "a", "b", "a", ""], Some("STOP"));
    let result =
        metered(GEMINI, "POST", "/v1beta/models/gemini-3.1-pro-preview:generateContent", &json!({}), &answer);
    assert_eq!(result["usage"]["web_search_call"], 2, "{result}");
    let long = "x".repeat(5_000);
    let answer = grounded(&["a", &long], Some("STOP"));
    let result =
        metered(GEMINI, "POST", "/v1beta/models/gemini-3.1-pro-preview:generateContent", &json!({}), &answer);
    assert_eq!(result["usage"]["web_search_call"], 2, "{result}");
    let none = grounded(&["", ""], Some("STOP"));
    let result = metered(GEMINI, "POST", "/v1beta/models/gemini-2.5-pro:generateContent", &json!({}), &none);
    assert_eq!(
        (&result["usage"]["web_search_call"], &result["usage"]["grounded_prompt"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn a_search_is_billed_by_the_query_with_gemini_3_and_by_the_prompt_before_it() {
    let cost = |model: &str, queries: &[&str]| {
        let mut answer = grounded(queries, Some("STOP"));
        answer["modelVersion"] = json!(model);
        let path = format!("/v1beta/models/{model}:generateContent");
        metered(GEMINI, "POST", &path, &json!({}), &answer)["cost_usd"].clone()
    };
    assert_eq!(cost("gemini-2.5-flash", &["a"]), cost("gemini-2.5-flash", &["a", "b"]));
    assert_ne!(cost("gemini-3.1-flash-lite", &["a"]), cost("gemini-3.1-flash-lite", &["a", "b"]));
}

// === live ===

fn session(messages: &[Value]) -> Vec<AnswerFacts> {
    let mut reader = reader(Dialect::GoogleLive, "", Coding::Identity);
    messages.iter().for_each(|message| reader.feed_message(message.to_string().as_bytes()));
    reader.finish();
    reader.take_answers()
}

#[test]
fn each_turn_of_a_live_session_is_billed_with_the_searches_that_were_said_before_its_usage() {
    let turn = |audio: u64| {
        json!({"serverContent": {"turnComplete": true}, "usageMetadata": {"promptTokenCount": 50, "responseTokenCount": audio + 5,
            "totalTokenCount": 55 + audio, "promptTokensDetails": by_modality(&[("AUDIO", 40), ("TEXT", 10)]),
            "responseTokensDetails": by_modality(&[("AUDIO", audio), ("TEXT", 5)])}})
    };
    let answers = session(&[
        json!({"setupComplete": {"sessionId": "s"}}),
        json!({"serverContent": {"groundingMetadata": {"webSearchQueries": ["a"]}}}),
        json!({"serverContent": {"modelTurn": {"parts": [{"inlineData": {"mimeType": "audio/pcm", "data": "AAAA"}}]}}}),
        turn(30),
        turn(20),
    ]);
    let units = |audio| {
        let units = [
            (UnitKind::Input, 10),
            (UnitKind::InputAudio, 40),
            (UnitKind::Output, 5),
            (UnitKind::OutputAudio, audio),
        ];
        used(&units)
    };
    let searched = units(30).with(UnitKind::WebSearchCall, 1).with(UnitKind::GroundedPrompt, 1);
    let usages: Vec<_> = answers.iter().map(|answer| answer.usage.unwrap()).collect();
    assert_eq!(usages, [searched, units(20)]);
}

#[test]
fn the_model_of_a_live_session_is_the_one_that_its_setup_names() {
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": GEMINI, "method": "GET",
        "path": "//ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent", "request": {}, "response": {"status": 101,
        "events": [{"from": "client", "body": {"setup": {"model": "models/gemini-2.5-flash"}}}, {"from": "server", "body": {"setupComplete": {}}},
            {"from": "server", "body": {"usageMetadata": {"promptTokenCount": 1_000_000, "responseTokenCount": 0}}}]}});
    let result: Value = serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
    assert_eq!(
        (&result["usage"], &result["cost_usd"], &result["model"]),
        (&json!({"input": 1_000_000}), &json!("0.3"), &json!("gemini-2.5-flash")),
        "{result}"
    );
}

#[test]
fn cached_tokens_of_no_named_kind_are_text_then_pictures_then_film_then_sound() {
    let prompt = by_modality(&[("TEXT", 100), ("IMAGE", 300), ("VIDEO", 200), ("AUDIO", 400)]);
    let said = |cached: u64| {
        let usage = json!({"promptTokenCount": 1_000, "cachedContentTokenCount": cached, "candidatesTokenCount": 1,
            "promptTokensDetails": prompt});
        said(Dialect::GoogleGenerate, JSON, &chunk(&usage, Some("STOP")).to_string(), 7).usage.unwrap()
    };
    let all =
        |kinds: &[UnitKind], usage: &Usage| kinds.iter().map(|&kind| usage.get(kind)).collect::<Vec<_>>();
    let kinds = [UnitKind::InputCached, UnitKind::InputImageCached, UnitKind::InputAudioCached];
    // cached film counts as cached text
    for (cached, expected) in
        [(60, [60, 0, 0]), (350, [100, 250, 0]), (550, [250, 300, 0]), (900, [300, 300, 300])]
    {
        let usage = said(cached);
        assert_eq!(all(&kinds, &usage), expected, "{cached}");
        assert_eq!(usage.tokens().input, 1_000, "{cached}");
    }
}

// === batches ===

fn result_of(id: &str, input: u64) -> Value {
    let mut answer = chunk(&json!({"promptTokenCount": input, "candidatesTokenCount": 2}), Some("STOP"));
    answer["responseId"] = json!(id);
    json!({"response": answer, "metadata": {"key": id}})
}

fn batch() -> Value {
    let mut unnamed = result_of("r_3", 30);
    unnamed["response"].as_object_mut().unwrap().remove("modelVersion");
    let failed = json!({"error": {"code": 3, "message": "no"}, "metadata": {"key": "r_2"}});
    let results = json!({"inlinedResponses": {"inlinedResponses": [result_of("r_1", 10), failed, unnamed]}});
    json!({"name": "batches/b", "metadata": {"@type": "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch",
        "model": "models/gemini-2.5-pro", "state": "BATCH_STATE_SUCCEEDED", "createTime": "2026-11-24T12:00:00Z", "output": results},
        "done": true, "response": results})
}

#[test]
fn each_result_inside_a_batch_is_an_answer_of_its_own_and_failed_ones_are_none() {
    let body = serde_json::to_string_pretty(&batch()).unwrap();
    for size in [1, 7, usize::MAX] {
        let mut reader = reader(Dialect::GoogleBatch, JSON, Coding::Identity);
        body.as_bytes().chunks(size).for_each(|piece| reader.feed(piece));
        reader.finish();
        let answers = reader.take_answers();
        let known: Vec<_> = answers
            .iter()
            .map(|answer| (answer.request_id.as_deref(), answer.model.as_deref(), answer.usage.unwrap()))
            .collect();
        let units = |input| used(&[(UnitKind::Input, input), (UnitKind::Output, 2)]);
        assert_eq!(
            known,
            [
                (Some("r_1"), Some("gemini-2.5-flash"), units(10)),
                // the batch says the model where the result does not
                (Some("r_3"), Some("models/gemini-2.5-pro"), units(30)),
            ]
        );
    }
}

#[test]
fn results_are_billed_at_batch_price_inside_the_batch_and_in_its_file() {
    let costs = |result: &Value| (result["usage"].clone(), result["cost_usd"].clone());
    let million = result_of("r_1", 1_000_000);
    let inside = json!({"metadata": {}, "done": true, "response": {"inlinedResponses": {"inlinedResponses": [million]}}});
    let inside = metered(GEMINI, "GET", "/v1beta/batches/b", &Value::Null, &inside);
    let file = json!(format!("{million}\n{}\n", json!({"key": "k", "error": {"code": 3}})));
    let file = metered(GEMINI, "GET", "/v1beta/files/f:download", &Value::Null, &file);
    // half of 0.30 for a million, and of 2.50 for a million
    let expected = (json!({"input": 1_000_000, "output": 2}), json!("0.1500025"));
    assert_eq!((costs(&inside), costs(&file)), (expected.clone(), expected));
}

#[test]
fn a_batch_that_still_runs_says_nothing_and_costs_nothing() {
    let running = json!({"name": "batches/b", "metadata": {"model": "models/gemini-2.5-pro", "state": "BATCH_STATE_RUNNING"}});
    let result = metered(GEMINI, "GET", "/v1beta/batches/b", &Value::Null, &running);
    assert_eq!((&result["usage"], &result["cost_usd"]), (&json!({}), &json!("0")));
}

#[test]
fn embeddings_of_a_batch_are_billed_by_their_place_in_it() {
    let result =
        |tokens: Value| json!({"response": {"embedding": {"values": [0.1, -0.2]}, "tokenCount": tokens}});
    let failed = json!({"error": {"code": 3, "message": "no"}});
    let body = json!({"name": "batches/b", "done": true, "metadata": {"model": "models/gemini-embedding-001"},
        "response": {"inlinedEmbedContentResponses": {"inlinedResponses": [result(json!(10)), failed, result(json!("7"))]}}});
    let mut reader = reader(Dialect::GoogleBatch, JSON, Coding::Identity);
    reader.feed(body.to_string().as_bytes());
    let answers = reader.take_answers();
    let known: Vec<_> = answers.iter().map(|answer| (answer.place, answer.usage.unwrap())).collect();
    assert_eq!(known, [(1, used(&[(UnitKind::Input, 10)])), (2, used(&[(UnitKind::Input, 7)]))]);
    let billed = metered(GEMINI, "GET", "/v1beta/batches/b", &Value::Null, &body);
    // half of 0.15 a million
    assert_eq!(
        (&billed["usage"], &billed["cost_usd"]),
        (&json!({"input": 17}), &json!("0.000001275")),
        "{billed}"
    );
}

// === caches ===

fn cache() -> Value {
    json!({"name": "cachedContents/c1", "model": "models/gemini-2.5-flash", "displayName": "d", "createTime": "2026-11-24T12:00:00.250917Z",
        "updateTime": "2026-11-24T12:00:00.250917Z", "expireTime": "2026-11-24T13:30:00.247101Z", "usageMetadata": {"totalTokenCount": 4_000}})
}

#[test]
fn a_cache_is_billed_for_the_time_that_was_asked_for() {
    let asked = json!({"model": "models/gemini-2.5-flash", "ttl": "5400s"});
    let made = metered(GEMINI, "POST", "/v1beta/cachedContents", &asked, &cache());
    // 4,000 tokens for an hour and a half, at 1 USD a million and hour
    assert_eq!(
        (&made["usage"], &made["cost_usd"], &made["usage_source"]),
        (&json!({"cache_storage": 6_000}), &json!("0.006"), &json!("provider")),
        "{made}"
    );
}

#[test]
fn a_model_that_is_named_by_its_resource_is_the_one_that_the_path_names() {
    let on_vertex = "projects/p/locations/us-central1/publishers/google/models/gemini-2.5-flash";
    for named in ["gemini-2.5-flash", "models/gemini-2.5-flash", on_vertex] {
        let mut made = cache();
        made["model"] = json!(named);
        let billed = metered(GEMINI, "POST", "/v1beta/cachedContents", &json!({"model": named}), &made);
        assert_eq!((&billed["model"], &billed["cost_usd"]), (&json!("gemini-2.5-flash"), &json!("0.006")));
    }
}

#[test]
fn what_a_cache_costs_is_the_models_and_the_days() {
    let kept = |model: &str, day: &str| {
        let mut made = cache();
        made["model"] = json!(format!("models/{model}"));
        let line = json!({"id": 1, "time": format!("{day}T12:00:00Z"), "host": GEMINI, "method": "POST",
            "path": "/v1beta/cachedContents", "request": {"body": {}}, "response": {"status": 200, "body": made}});
        let billed: Value =
            serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
        billed["cost_usd"].clone()
    };
    for (model, day, cost) in [
        ("gemini-2.5-pro", "2026-11-24", json!("0.027")),
        ("gemini-3.8-flash", "2026-12-31", json!("0.003")),
        ("gemini-3.8-flash", "2027-01-01", json!("0.006")),
        // no page has one
        ("gemini-4-argon", "2026-11-24", Value::Null),
    ] {
        assert_eq!(kept(model, day), cost, "{model} on {day}");
    }
}

#[test]
fn on_vertex_the_tokens_of_a_cache_are_input_too() {
    let path = "/v1beta1/projects/p/locations/us-central1/cachedContents";
    let made = metered(VERTEX, "POST", path, &json!({}), &cache());
    assert_eq!(made["usage"], json!({"input": 4_000, "cache_storage": 6_000}), "{made}");
}

#[test]
fn a_cache_without_an_end_is_no_figure() {
    for gone in ["expireTime", "createTime", "usageMetadata"] {
        let mut made = cache();
        made.as_object_mut().unwrap().remove(gone);
        let facts = said(Dialect::GoogleCache, JSON, &made.to_string(), 7);
        assert_eq!(facts.usage, None, "without {gone}");
    }
    let mut made = cache();
    made["expireTime"] = json!("tomorrow");
    let facts = said(Dialect::GoogleCache, JSON, &made.to_string(), 7);
    assert_eq!((facts.usage, facts.fault), (None, Some(Fault::TextCount)));
}

#[test]
fn thoughts_cost_what_output_costs_in_the_tier_that_served_them() {
    let usage = json!({"promptTokenCount": 10, "candidatesTokenCount": 1_000, "thoughtsTokenCount": 1_000, "totalTokenCount": 2_010});
    let cost = |way: &str| {
        let mut usage = usage.clone();
        usage["trafficType"] = json!(way);
        let answer = json!({"candidates": [{"finishReason": "STOP"}], "usageMetadata": usage, "modelVersion": "gemini-2.5-flash"});
        let path =
            "/v1/projects/p/locations/global/publishers/google/models/gemini-2.5-flash:generateContent";
        let bill = metered("aiplatform.googleapis.com", "POST", path, &json!({}), &answer);
        bill["cost_usd"].as_str().map(str::to_owned)
    };
    assert_eq!(cost("ON_DEMAND").as_deref(), Some("0.005003"));
    assert_eq!(cost("ON_DEMAND_PRIORITY").as_deref(), Some("0.0090054"));
    assert_eq!(cost("ON_DEMAND_FLEX").as_deref(), Some("0.0025015"));
}

#[test]
fn cached_pictures_cost_as_pictures_where_no_cache_has_a_price() {
    let usage = json!({"promptTokenCount": 1_000, "cachedContentTokenCount": 1_000, "candidatesTokenCount": 0,
        "promptTokensDetails": by_modality(&[("IMAGE", 1_000)]), "cacheTokensDetails": by_modality(&[("IMAGE", 1_000)])});
    let answer = json!({"candidates": [{"finishReason": "STOP"}], "usageMetadata": usage, "modelVersion": "gemini-live-2.5-flash"});
    let bill =
        metered(GEMINI, "POST", "/v1beta/models/gemini-live-2.5-flash:generateContent", &json!({}), &answer);
    assert_eq!(
        (&bill["usage"], &bill["cost_usd"]),
        (&json!({"input_image_cached": 1_000}), &json!("0.003")),
        "{bill}"
    );
}

#[test]
fn a_modality_that_nobody_knew_is_named_and_stays_in_its_total() {
    let usage = json!({"promptTokenCount": 100, "candidatesTokenCount": 1,
        "promptTokensDetails": by_modality(&[("TEXT", 60), ("SMELL", 40)])});
    let facts = said(Dialect::GoogleGenerate, JSON, &chunk(&usage, Some("STOP")).to_string(), 9);
    assert_eq!(facts.usage, Some(used(&[(UnitKind::Input, 100), (UnitKind::Output, 1)])));
    assert_eq!(facts.unknown_fields, vec![Box::from("modality.SMELL")]);
}

// === interactions ===

fn modalities(counts: &[(&str, u64)]) -> Value {
    counts.iter().map(|&(modality, tokens)| json!({"modality": modality, "tokens": tokens})).collect()
}

#[test]
fn every_documented_field_of_an_interactions_usage_is_billed_or_known() {
    let interaction = json!({"id": "v1_1", "model": "gemini-3.1-flash-lite", "status": "completed", "created": "2026-11-24T12:00:00Z",
        "service_tier": "standard", "steps": [{"type": "model_output", "content": [{"type": "text", "text": "hi"}]}],
        "usage": {"total_input_tokens": 1_000, "initial_input_tokens": 400, "total_cached_tokens": 300, "total_tool_use_tokens": 40,
            "total_output_tokens": 200, "total_thought_tokens": 70, "total_tokens": 1_310,
            "input_tokens_by_modality": modalities(&[("text", 500), ("image", 150), ("audio", 100), ("video", 200), ("document", 50)]),
            "cached_tokens_by_modality": modalities(&[("text", 150), ("image", 30), ("audio", 20), ("video", 100)]),
            "tool_use_tokens_by_modality": modalities(&[("text", 30), ("image", 10)]),
            "output_tokens_by_modality": modalities(&[("text", 100), ("image", 60), ("audio", 40)]),
            "grounding_tool_count": [{"type": "google_search", "count": 3}, {"type": "google_maps", "count": 2}, {"type": "retrieval", "count": 1}]}});
    let stream = [
        json!({"event_type": "interaction.created", "interaction": {"id": "v1_1", "status": "in_progress"}}),
        json!({"event_type": "step.delta", "index": 0, "delta": {"type": "text", "text": "hi"}}),
        json!({"event_type": "interaction.completed", "interaction": interaction}),
    ];
    let [(content_type, events), _] = streams(&stream);
    let tools = [(UnitKind::WebSearchCall, 3), (UnitKind::GroundedPrompt, 1), (UnitKind::MapsCall, 2)];
    let units = used(UNITS).plus(&used(&tools));
    for (content_type, body) in [(JSON, interaction.to_string()), (content_type, events)] {
        for size in [1, 7, usize::MAX] {
            let facts = said(Dialect::GoogleInteractions, content_type, &body, size);
            assert_eq!((facts.usage, facts.fault), (Some(units), None), "{content_type} by {size}");
            assert_eq!((facts.unknown_fields, facts.pending), (Vec::new(), false));
            assert!(facts.usage_final, "{content_type} by {size}");
            assert_eq!(facts.request_id.as_deref(), Some("v1_1"));
        }
    }
}

#[test]
fn an_interaction_that_breaks_off_used_what_its_events_had_said() {
    let total = json!({"total_input_tokens": 1_000, "total_output_tokens": 7});
    for said_so_far in [
        json!({"event_type": "step.delta", "index": 0, "delta": {"type": "text", "text": "hi"}, "metadata": {"total_usage": total}}),
        json!({"event_type": "step.stop", "index": 0, "step_usage": {"total_input_tokens": 1}, "usage": total}),
        json!({"event_type": "interaction.status_update", "interaction_id": "v1_1", "status": "in_progress", "usage": total}),
    ] {
        let [(content_type, events), _] = streams(&[said_so_far]);
        let facts = said(Dialect::GoogleInteractions, content_type, &events, 5);
        let expected = used(&[(UnitKind::Input, 1_000), (UnitKind::Output, 7)]);
        assert_eq!((facts.usage, facts.usage_final), (Some(expected), false), "{events}");
    }
    let end = json!({"event_type": "interaction.cancelled", "usage": total});
    let [(content_type, events), _] = streams(&[end]);
    assert!(said(Dialect::GoogleInteractions, content_type, &events, 5).usage_final);
}

#[test]
fn what_an_interactions_steps_say_was_delivered() {
    let content = json!([{"type": "text", "text": "abcdefgh"}]);
    let step = json!({"type": "model_output", "content": content});
    let whole = json!({"id": "v1_1", "status": "completed", "steps": [{"type": "thought", "signature": "AAAA"}, step]});
    let begun = json!({"event_type": "step.start", "index": 0, "step": step});
    let [(content_type, events), _] = streams(&[begun]);
    for (content_type, body) in [(JSON, whole.to_string()), (content_type, events)] {
        let facts = said(Dialect::GoogleInteractions, content_type, &body, 3);
        assert_eq!(facts.delivered.ascii, 8, "{content_type}");
    }
}

/// `interactions.create(agent=…)` names no model (google-genai 2.34.0, `CreateAgentInteraction`); the book has its agents' prices.
#[test]
fn an_interaction_with_an_agent_is_billed_at_the_agents_prices() {
    let agent = "deep-research-preview-04-2026";
    let usage = json!({"total_input_tokens": 1_000_000, "total_output_tokens": 1_000_000});
    let done = json!({"id": "v1_1", "created": "2026-11-24T12:00:00Z", "agent": agent, "status": "completed", "usage": usage});
    let begun = json!({"id": "v1_1", "status": "in_progress"});
    let request = json!({"agent": agent, "input": "hi", "background": true});
    let created = metered(GEMINI, "POST", "/v1beta/interactions", &request, &begun);
    assert_eq!((&created["model"], &created["outcome"]), (&json!(agent), &json!("pending")));
    let read = metered(GEMINI, "GET", "/v1beta/interactions/v1_1", &Value::Null, &done);
    assert_eq!((&read["model"], &read["cost_usd"]), (&json!(agent), &json!("14")), "{read}");
}

#[test]
fn the_model_that_an_interaction_names_goes_before_its_agent() {
    let named = |first: &str, second: &str| {
        let names = json!({"model": "gemini-3.8-flash", "agent": "antigravity-preview-05-2026"});
        let body = format!(
            r#"{{"{first}": {}, "{second}": {}, "status": "completed"}}"#,
            names[first], names[second]
        );
        said(Dialect::GoogleInteractions, JSON, &body, usize::MAX).model
    };
    for (first, second) in [("model", "agent"), ("agent", "model")] {
        assert_eq!(named(first, second).as_deref(), Some("gemini-3.8-flash"), "{first} first");
    }
}

/// Of two rows with one id that know as much, the first stays: a part of the bill must not be the first.
#[test]
fn what_an_interaction_used_so_far_is_no_bill_while_it_works() {
    let interaction = |status: &str| {
        json!({"id": "v1_1", "created": "2026-11-24T12:00:00Z", "model": "gemini-3.8-flash", "status": status,
            "usage": {"total_input_tokens": 1_000, "total_output_tokens": 10}})
    };
    let read = |status: &str| {
        metered(GEMINI, "GET", "/v1beta/interactions/v1_1", &Value::Null, &interaction(status))
    };
    for status in ["queued", "in_progress"] {
        let polled = read(status);
        assert_eq!((&polled["usage"], &polled["cost_usd"]), (&json!({}), &Value::Null), "{status}");
        assert_eq!(polled["outcome"], "pending", "{status}");
    }
    for status in ["completed", "requires_action", "incomplete", "cancelled", "failed", "budget_exceeded"] {
        assert_eq!(read(status)["usage"], json!({"input": 1_000, "output": 10}), "{status}");
    }
}

#[test]
fn a_decision_is_billed_by_its_input_though_it_puts_out_nothing() {
    let answer =
        json!({"answers": {"urgent": {"type": "noul", "noul": 0.9}}, "usage": {"total_input_tokens": 1_000}});
    let asked = json!({"model": "models/gemini-3.5-flash", "input": "hi", "questions": {}});
    let bill = metered(GEMINI, "POST", "/v1beta/decisions", &asked, &answer);
    assert_eq!((&bill["usage"], &bill["cost_usd"]), (&json!({"input": 1_000}), &json!("0.0015")), "{bill}");
}

// === pictures, films, embeddings ===

#[test]
fn a_picture_that_was_filtered_out_costs_nothing() {
    let answer = json!({"predictions": [{"mimeType": "image/png", "bytesBase64Encoded": "iVBORw0KGgo="}, {"raiFilteredReason": "no"},
        {"mimeType": "image/png", "bytesBase64Encoded": "iVBORw0KGgo="}]});
    let facts = said(Dialect::GooglePredict, JSON, &answer.to_string(), 3);
    assert_eq!(facts.usage, Some(used(&[(UnitKind::OutputPicture, 2)])));
}

#[test]
fn pictures_that_were_all_filtered_out_cost_nothing() {
    let answer = json!({"predictions": [{"raiFilteredReason": "no"}, {"raiFilteredReason": "no"}]});
    let path =
        "/v1/projects/p/locations/us-central1/publishers/google/models/imagen-3.0-generate-001:predict";
    let result = metered(VERTEX, "POST", path, &json!({"instances": [{"prompt": "a cat"}]}), &answer);
    assert_eq!(
        (&result["usage"], &result["usage_source"], &result["cost_usd"]),
        (&json!({}), &json!("provider"), &json!("0")),
        "{result}"
    );
}

#[test]
fn a_film_is_billed_by_the_seconds_that_were_asked_for() {
    let film = |parameters: Value| {
        let asked = json!({"instances": [{"prompt": "a cat"}], "parameters": parameters});
        let path = "/v1beta/models/veo-3.1-generate-preview:predictLongRunning";
        metered(GEMINI, "POST", path, &asked, &json!({"name": "models/veo/operations/o"}))["usage"].clone()
    };
    assert_eq!(film(json!({"durationSeconds": 6, "sampleCount": 2})), json!({"output_video_second": 12}));
    assert_eq!(film(json!({})), json!({"output_video_second": 8}));
}

/// Vertex AI's page has prices of "Video generation" beside those of "Video + Audio generation"; the Gemini API's films have sound.
#[test]
fn a_film_without_sound_has_its_own_price() {
    let film = |model: &str, parameters: Value| {
        let path = format!(
            "/v1/projects/p/locations/us-central1/publishers/google/models/{model}:predictLongRunning"
        );
        let asked = json!({"instances": [{"prompt": "a cat"}], "parameters": parameters});
        metered(VERTEX, "POST", &path, &asked, &json!({"name": "operations/o"}))["cost_usd"].clone()
    };
    for (model, resolution, with, without) in [
        ("veo-3.1-fast-generate-001", None, "0.8", "0.64"),
        ("veo-3.1-fast-generate-001", Some("720p"), "0.8", "0.64"),
        ("veo-3.1-fast-generate-001", Some("1080p"), "0.96", "0.8"),
        ("veo-3.1-fast-generate-001", Some("4K"), "2.4", "2"),
        ("veo-3.1-generate-001", Some("720p"), "3.2", "1.6"),
        ("veo-3.1-generate-001", Some("4k"), "4.8", "3.2"),
        ("veo-3.1-lite-generate-001", Some("1080p"), "0.64", "0.4"),
    ] {
        let sound = |is_asked: Value| json!({"resolution": resolution, "durationSeconds": 8, "generateAudio": is_asked});
        assert_eq!(film(model, sound(Value::Null)), with, "{model} {resolution:?}");
        assert_eq!(film(model, sound(json!(true))), with, "{model} {resolution:?}");
        assert_eq!(film(model, sound(json!(false))), without, "{model} {resolution:?}");
    }
}

#[test]
fn vertex_counts_the_tokens_of_each_embedding() {
    let path = "/v1/projects/p/locations/us-central1/publishers/google/models/gemini-embedding-001:predict";
    let one = |count: u64| json!({"embeddings": {"values": [0.5], "statistics": {"truncated": false, "token_count": count}}});
    let answer = json!({"predictions": [one(5), one(7)], "metadata": {"billableCharacterCount": 40}});
    let result = metered(VERTEX, "POST", path, &json!({"instances": [{"content": "hi"}]}), &answer);
    assert_eq!(
        (&result["usage"], &result["usage_source"]),
        (&json!({"input": 12}), &json!("provider")),
        "{result}"
    );
}

/// google-genai 3 asks Vertex AI for several embeddings at once so, where 2 had none but the Gemini API's.
#[test]
fn embeddings_that_vertex_makes_together_say_their_tokens() {
    let asked = json!({"requests": [{"content": {"parts": [{"text": "hi"}]}, "embedContentConfig": {"taskType": "CLUSTERING"}}]});
    let answer = json!({"embeddings": [{"values": [0.5]}], "usageMetadata": {"promptTokenCount": 12, "promptTokensDetails":
        [{"modality": "TEXT", "tokenCount": 12}]}});
    for place in ["projects/p/locations/us-central1/", ""] {
        let path = format!("/v1beta1/{place}publishers/google/models/gemini-embedding-2:batchEmbedContents");
        let result = metered(VERTEX, "POST", &path, &asked, &answer);
        assert_eq!(
            (&result["usage"], &result["usage_source"], &result["model"]),
            (&json!({"input": 12}), &json!("provider"), &json!("gemini-embedding-2")),
            "{result}"
        );
    }
}

// === endpoints ===

/// `EmbeddingUsageMetadata` (ai.google.dev/api/embeddings) has a name of its own for the parts of its prompt.
#[test]
fn what_an_embedding_read_is_billed_by_its_kind() {
    let answer = json!({"embedding": {"values": [0.5]}, "usageMetadata": {"promptTokenCount": 1_107,
        "promptTokenDetails": by_modality(&[("TEXT", 7), ("IMAGE", 1_000), ("AUDIO", 60), ("VIDEO", 40)])}});
    let path = "/v1beta/models/gemini-embedding-2:embedContent";
    let bill = metered(GEMINI, "POST", path, &json!({"content": {"parts": []}}), &answer);
    let usage = json!({"input": 7, "input_image": 1_000, "input_audio": 60, "input_video": 40});
    // 7 * 0.2 + 1,000 * 0.45 + 60 * 6.5 + 40 * 12 USD a million
    assert_eq!((&bill["usage"], &bill["cost_usd"]), (&usage, &json!("0.0013214")), "{bill}");
    assert_eq!(bill.get("unknown_fields"), None);
}

#[test]
fn claude_on_vertex_is_read_as_anthropics_messages_with_the_model_of_the_path() {
    let path = "/v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-opus-4-8:rawPredict";
    let answer = json!({"id": "msg_1", "type": "message", "content": [{"type": "text", "text": "hi"}],
        "usage": {"input_tokens": 5, "output_tokens": 7}});
    let result = metered(VERTEX, "POST", path, &json!({"anthropic_version": "vertex-2023-10-16"}), &answer);
    assert_eq!(
        (&result["usage"], &result["model"]),
        (&json!({"input": 5, "output": 7}), &json!("claude-opus-4-8")),
        "{result}"
    );
}

#[test]
fn what_nobody_meters_says_so() {
    for (method, path) in [
        ("PATCH", "/v1beta/cachedContents/c"),
        ("PATCH", "/v1/projects/p/locations/global/cachedContents/c"),
        ("POST", "/v1beta/fileSearchStores/s:importFile"),
        ("POST", "/upload/v1beta/fileSearchStores/s:uploadToFileSearchStore"),
        ("POST", "/v1/projects/p/locations/global/batchPredictionJobs"),
        ("POST", "/v1/projects/p/locations/global/tuningJobs"),
        ("GET", "/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateMusic"),
    ] {
        assert_eq!(
            Endpoint::of(Provider::Google, method, path).billing,
            Billing::Unmetered,
            "{method} {path}"
        );
    }
}

// === bad input ===

#[test]
fn a_usage_that_cannot_be_is_a_fault_and_no_number() {
    let cases = [
        (json!({"promptTokenCount": -1, "candidatesTokenCount": 2}), Fault::NegativeCount),
        (json!({"promptTokenCount": 1.5, "candidatesTokenCount": 2}), Fault::FractionalCount),
        (json!({"promptTokenCount": "5", "candidatesTokenCount": 2}), Fault::TextCount),
        (json!({"promptTokenCount": 5_000_000_000u64}), Fault::HugeCount),
        (json!({"totalTokenCount": 5}), Fault::MissingCount),
        (json!({"promptTokenCount": 5, "cachedContentTokenCount": 6}), Fault::PartsExceedTotal),
        (json!([]), Fault::UsageOfWrongType),
    ];
    for (usage, fault) in cases {
        let facts = said(Dialect::GoogleGenerate, JSON, &chunk(&usage, Some("STOP")).to_string(), usize::MAX);
        assert_eq!((facts.usage, facts.fault), (None, Some(fault)), "{usage}");
    }
}

#[test]
fn a_field_that_nobody_knew_is_named() {
    let usage = json!({"promptTokenCount": 5, "candidatesTokenCount": 2, "dreamTokenCount": 5});
    let facts = said(Dialect::GoogleGenerate, JSON, &chunk(&usage, Some("STOP")).to_string(), usize::MAX);
    assert_eq!(facts.unknown_fields, ["dreamTokenCount".into()]);
}

// === the OpenAI-compatible paths ===

const COMPATIBLE: &str = "/v1beta/openai/chat/completions";
const IN_PROJECT: &str = "/v1/projects/p/locations/us-central1/endpoints/openapi/chat/completions";

fn chunk_of_chat(text: &str, finish: Option<&str>, usage: Option<Value>) -> String {
    let mut choice = json!({"index": 0, "delta": {"role": "assistant", "content": text}});
    choice["finish_reason"] = json!(finish);
    let mut chunk = json!({"id": "c1", "object": "chat.completion.chunk", "created": 1795000000, "model": "gemini-2.5-flash", "choices": [choice]});
    if let Some(usage) = usage {
        chunk["usage"] = usage;
    }
    format!("data: {chunk}\n\n")
}

fn compatible(path: &str, answer: &Value) -> Value {
    let host = if path == COMPATIBLE { GEMINI } else { VERTEX };
    metered(host, "POST", path, &json!({"model": "google/gemini-2.5-flash", "messages": []}), answer)
}

#[test]
fn thoughts_that_the_total_alone_tells_are_billed_as_output() {
    let usage = |thoughts: Value, total: u64| json!({"completion_tokens": 3, "prompt_tokens": 9, "total_tokens": total, "completion_tokens_details": thoughts});
    for (usage, counts) in [
        (usage(Value::Null, 105), json!({"input": 9, "output": 3, "output_reasoning": 93})),
        (
            usage(json!({"reasoning_tokens": 93}), 105),
            json!({"input": 9, "output": 3, "output_reasoning": 93}),
        ),
        // where they are within, the total says so
        (usage(json!({"reasoning_tokens": 2}), 12), json!({"input": 9, "output": 1, "output_reasoning": 2})),
        (usage(Value::Null, 12), json!({"input": 9, "output": 3})),
        // no total can take anything away
        (usage(Value::Null, 0), json!({"input": 9, "output": 3})),
    ] {
        for path in [COMPATIBLE, IN_PROJECT] {
            let whole = json!({"id": "c1", "object": "chat.completion", "model": "gemini-2.5-flash", "usage": usage,
                "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "1, 2"}}]});
            let stream =
                [chunk_of_chat("1, 2", Some("stop"), Some(usage.clone())), "data: [DONE]\n\n".to_owned()]
                    .concat();
            for answer in [whole, json!(stream)] {
                let result = compatible(path, &answer);
                assert_eq!(
                    (&result["usage"], &result["usage_source"]),
                    (&counts, &json!("provider")),
                    "{path}: {result}"
                );
            }
        }
    }
}

#[test]
fn each_chunk_says_the_total_so_far_and_the_last_one_holds() {
    let usage = |completion: u64| json!({"completion_tokens": completion, "prompt_tokens": 9, "total_tokens": completion + 102});
    let chunks = [
        chunk_of_chat("1", None, Some(usage(1))),
        chunk_of_chat(", 2", None, Some(usage(3))),
        chunk_of_chat("", Some("stop"), Some(usage(4))),
        "data: [DONE]\n\n".to_owned(),
    ];
    let whole = compatible(COMPATIBLE, &json!(chunks.concat()));
    assert_eq!(
        (&whole["usage_source"], &whole["outcome"]),
        (&json!("provider"), &json!("completed")),
        "{whole}"
    );
    assert_eq!(whole["usage"], json!({"input": 9, "output": 4, "output_reasoning": 93}));
    let cut = compatible(COMPATIBLE, &json!(chunks[..2].concat()));
    assert_eq!(
        (&cut["usage_source"], &cut["outcome"]),
        (&json!("estimated"), &json!("provider_closed")),
        "{cut}"
    );
    assert_eq!(cut["usage"], json!({"input": 9, "output": 3, "output_reasoning": 93}));
}

#[test]
fn how_vertex_served_a_compatible_call_chooses_its_price() {
    let answer = |traffic: &str| {
        json!({"id": "c1", "model": "google/gemini-2.5-flash", "choices": [],
            "usage": {"completion_tokens": 100, "prompt_tokens": 1_000, "total_tokens": 1_100, "extra_properties": {"google": {"traffic_type": traffic}}}})
    };
    let [usual, flex] =
        ["ON_DEMAND", "ON_DEMAND_FLEX"].map(|traffic| compatible(IN_PROJECT, &answer(traffic)));
    // 1,000 at 0.3, 100 at 2.5 USD a million, and half of both
    assert_eq!((&usual["cost_usd"], &flex["cost_usd"]), (&json!("0.00055"), &json!("0.000275")));
    assert_eq!(usual["unknown_fields"], Value::Null);
}
