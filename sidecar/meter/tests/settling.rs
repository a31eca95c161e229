//! What a call costs, by how it went.

mod common;

use common::*;
use jiff::Timestamp;
use serde_json::{Value, json};
use tollgate_meter::{
    AnswerFacts, AnswerHead, AnswerReader, Bill, Call, Coding, Dialect, Endpoint, Outcome, PriceBook,
    Provider, Ratio, RequestFacts, RequestReader, UnitKind, Unpriced, Usage, UsageSource, settle,
};

const NOW: &str = "2026-11-24T12:00:00Z";

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

/// A call as it goes when all goes well: tests change what they are about.
fn call<'a>(provider: Provider, request: &'a RequestFacts, answer: Option<&'a AnswerFacts>) -> Call<'a> {
    let path = match provider {
        Provider::Anthropic => "/v1/messages",
        _ => "/v1/chat/completions",
    };
    Call {
        provider,
        host: provider.host(),
        endpoint: Endpoint::of(provider, "POST", path),
        reads: None,
        at: at(NOW),
        request: Some(request),
        request_sent: true,
        ratio: Ratio::default(),
        answer,
        status: answer.map(|_| 200),
        outcome: Outcome::Completed,
    }
}

fn request(dialect: Dialect, model: &str, prompt: &str) -> RequestFacts {
    let mut reader = RequestReader::new(Some(dialect));
    let body = json!({"model": model, "messages": [{"role": "user", "content": prompt}]});
    reader.feed(body.to_string().as_bytes());
    reader.facts().clone()
}

fn bill(call: &Call<'_>) -> Bill {
    settle(call, PriceBook::built_in())
}

fn cost(bill: &Bill) -> Option<String> {
    bill.cost.map(|cost| cost.to_string())
}

#[test]
fn a_completed_call_costs_what_its_provider_counted() {
    let (request, answer) = (
        request(Dialect::OpenAiChat, "gpt-5.4", "hi"),
        read(Dialect::OpenAiChat, JSON, &chat_answer(&chat_usage())),
    );
    let bill = bill(&call(Provider::OpenAi, &request, Some(&answer)));
    // 13,595 × 2.50 + 48,200 × 0.25 + 8,267 × 15.00, by the million
    assert_eq!(cost(&bill).as_deref(), Some("0.1700425"));
    assert_eq!((bill.usage_source, bill.estimate), (UsageSource::Provider, None));
    let tokens = (bill.tokens.input, bill.tokens.output, bill.tokens.cached_input, bill.tokens.reasoning);
    assert_eq!((tokens, bill.tokens.used()), ((61795, 8267, 48200, 97), 70062));
    assert_eq!(bill.price_version.as_deref(), Some(PriceBook::built_in().version()));
}

#[test]
fn calls_that_bill_nothing_cost_nothing() {
    let (request, answer) = (
        request(Dialect::OpenAiChat, "gpt-5.4", "hi"),
        read(Dialect::OpenAiChat, JSON, &chat_answer(&chat_usage())),
    );
    let well = call(Provider::OpenAi, &request, Some(&answer));
    let models = Endpoint::of(Provider::OpenAi, "GET", "/v1/models");
    for (name, call) in [
        (
            "refused",
            Call { outcome: Outcome::Refused, status: Some(403), answer: None, request_sent: false, ..well },
        ),
        (
            "unreachable",
            Call { outcome: Outcome::Unreachable, status: None, answer: None, request_sent: false, ..well },
        ),
        ("provider error", Call { outcome: Outcome::ProviderError, status: Some(429), ..well }),
        ("sent elsewhere", Call { status: Some(307), answer: None, ..well }),
        (
            "never sent whole",
            Call { outcome: Outcome::ClientClosed, status: None, answer: None, request_sent: false, ..well },
        ),
        ("free endpoint", Call { endpoint: models, ..well }),
    ] {
        let bill = bill(&call);
        assert_eq!(bill, Bill::of_nothing(), "{name}");
        assert_eq!((cost(&bill).as_deref(), bill.usage_source), (Some("0"), UsageSource::None), "{name}");
    }
}

#[test]
fn an_answer_that_came_before_the_request_was_whole_costs_what_it_says() {
    let (request, answer) = (
        request(Dialect::OpenAiChat, "gpt-5.4", "hi"),
        read(Dialect::OpenAiChat, JSON, &chat_answer(&chat_usage())),
    );
    let early = Call { request_sent: false, ..call(Provider::OpenAi, &request, Some(&answer)) };
    assert_eq!(cost(&bill(&early)).as_deref(), Some("0.1700425"));
}

#[test]
fn an_endpoint_that_nobody_meters_has_no_cost() {
    let request = request(Dialect::OpenAiChat, "gpt-5.4", "hi");
    let endpoint = Endpoint::of(Provider::OpenAi, "POST", "/v1/evals/e/runs");
    let bill = bill(&Call { endpoint, ..call(Provider::OpenAi, &request, None) });
    assert_eq!((bill.cost, bill.usage_source), (None, UsageSource::Unknown));
    assert_eq!(bill.unpriced, Some(Unpriced::NotMetered));
}

#[test]
fn an_unknown_model_is_counted_and_not_priced() {
    let mut answer: Value = serde_json::from_slice(&chat_answer(&chat_usage())).unwrap();
    answer["model"] = json!("gpt-5.4-hyper");
    let answer = read(Dialect::OpenAiChat, JSON, answer.to_string().as_bytes());
    let request = request(Dialect::OpenAiChat, "gpt-5.4-hyper", "hi");
    let bill = bill(&call(Provider::OpenAi, &request, Some(&answer)));
    assert_eq!((bill.cost, bill.usage_source, bill.tokens.used()), (None, UsageSource::Provider, 70062));
    let reason = bill.unpriced.unwrap();
    assert_eq!(reason.name(), "unknown_model");
    assert_eq!(
        reason.to_string(),
        "model \"gpt-5.4-hyper\" is not in the price book; it looks like \"gpt-5.4\""
    );
}

#[test]
fn the_model_that_answered_goes_before_the_one_asked_for() {
    let request = request(Dialect::OpenAiChat, "gpt-4.1-nano", "hi");
    let answer = read(Dialect::OpenAiChat, JSON, &chat_answer(&chat_usage()));
    let answered = call(Provider::OpenAi, &request, Some(&answer));
    assert_eq!(answered.model(), Some("gpt-5.4"));
    assert_eq!(call(Provider::OpenAi, &request, None).model(), Some("gpt-4.1-nano"));
}

#[test]
fn a_stream_cut_before_its_usage_is_estimated_and_says_how_and_why() {
    let request = request(Dialect::OpenAiChat, "gpt-5.4", &"word ".repeat(1000));
    let stream = chat_stream_unasked("\n");
    let answer = read(Dialect::OpenAiChat, SSE, &stream.as_bytes()[..stream.len() / 2]);
    let cut = Call { outcome: Outcome::ClientClosed, ..call(Provider::OpenAi, &request, Some(&answer)) };
    let bill = bill(&cut);
    assert_eq!(bill.usage_source, UsageSource::Estimated);
    assert_eq!(bill.estimate.map(|estimate| estimate.fault), Some("client_closed"));
    assert!(bill.estimate.is_some_and(|estimate| estimate.method.contains("prompt and delivered output")));
    assert!((900..1300).contains(&bill.tokens.input), "{:?}", bill.tokens);
    assert!((1..40).contains(&bill.tokens.output), "{:?}", bill.tokens);
    assert!(bill.cost.is_some_and(|cost| !cost.is_zero()));
}

#[test]
fn a_cut_stream_whose_usage_was_said_costs_what_was_said() {
    let request = request(Dialect::OpenAiChat, "gpt-5.4", "hi");
    let stream = chat_stream_asked("\n", &chat_usage());
    let answer = read(Dialect::OpenAiChat, SSE, stream.strip_suffix("data: [DONE]\n\n").unwrap().as_bytes());
    let cut = Call { outcome: Outcome::ProviderClosed, ..call(Provider::OpenAi, &request, Some(&answer)) };
    assert_eq!(
        (cost(&bill(&cut)).as_deref(), bill(&cut).usage_source),
        (Some("0.1700425"), UsageSource::Provider)
    );
}

#[test]
fn a_cut_stream_of_messages_has_an_exact_input_and_an_estimated_output() {
    let request = request(Dialect::AnthropicMessages, "claude-opus-4-7", "hi");
    let mut events = messages_events();
    events[3]["delta"]["text"] = json!("The quick brown fox jumps over the lazy dog. ".repeat(100));
    let answer = read(Dialect::AnthropicMessages, SSE, messages_stream(&events[..5], "\n").as_bytes());
    let cut = Call { outcome: Outcome::ProviderClosed, ..call(Provider::Anthropic, &request, Some(&answer)) };
    let bill = bill(&cut);
    assert_eq!((bill.tokens.input, bill.usage_source), (29 + 9987 + 2618, UsageSource::Estimated));
    assert!((850..1150).contains(&bill.tokens.output), "{:?}", bill.tokens);
    assert_eq!(bill.estimate.map(|estimate| estimate.fault), Some("provider_closed"));
    assert!(bill.estimate.is_some_and(|estimate| estimate.method.contains("input is the provider's")));
}

#[test]
fn a_stream_that_ends_in_an_error_costs_what_was_delivered() {
    let request = request(Dialect::AnthropicMessages, "claude-opus-4-7", "hi");
    let mut events = messages_events()[..5].to_vec();
    events.push(json!({"type": "error", "error": {"type": "overloaded_error", "message": "m"}}));
    let answer = read(Dialect::AnthropicMessages, SSE, messages_stream(&events, "\n").as_bytes());
    let failed =
        Call { outcome: Outcome::ProviderError, ..call(Provider::Anthropic, &request, Some(&answer)) };
    let bill = bill(&failed);
    assert_eq!((bill.usage_source, bill.tokens.input), (UsageSource::Estimated, 29 + 9987 + 2618));
    assert_eq!(bill.estimate.map(|estimate| estimate.fault), Some("provider_error"));
}

#[test]
fn an_answer_whose_usage_cannot_be_read_is_estimated_with_the_reason() {
    let request = request(Dialect::OpenAiChat, "gpt-5.4", "hello there");
    let mut usage = chat_usage();
    usage["completion_tokens"] = json!(-5);
    for (body, fault) in [
        (chat_answer(&usage), "negative_count"),
        (chat_answer(&Value::Null), "no_usage"),
        (b"{\"choices\":[{\"message\":{\"content\":\"hi\"}}],}".to_vec(), "broken_json"),
    ] {
        let answer = read(Dialect::OpenAiChat, JSON, &body);
        let bill = bill(&call(Provider::OpenAi, &request, Some(&answer)));
        assert_eq!(bill.usage_source, UsageSource::Estimated, "{fault}");
        assert_eq!(bill.estimate.map(|estimate| estimate.fault), Some(fault));
        assert!(bill.tokens.input > 0 && bill.tokens.output > 0 && bill.cost.is_some(), "{fault}");
    }
}

#[test]
fn the_tier_that_served_decides_the_price() {
    let mut prices = Vec::new();
    for tier in ["default", "auto", "flex", "priority", "fast", "warp"] {
        let mut answer: Value = serde_json::from_slice(&chat_answer(&chat_usage())).unwrap();
        answer["service_tier"] = json!(tier);
        let answer = read(Dialect::OpenAiChat, JSON, answer.to_string().as_bytes());
        let request = request(Dialect::OpenAiChat, "gpt-5.4", "hi");
        let bill = bill(&call(Provider::OpenAi, &request, Some(&answer)));
        prices.push(cost(&bill).unwrap_or_else(|| bill.unpriced.unwrap().to_string()));
    }
    let unknown = "the price book has no \"warp\" prices for \"gpt-5.4\"";
    assert_eq!(prices, ["0.1700425", "0.1700425", "0.08526225", "0.340085", "0.340085", unknown]);
}

#[test]
fn anthropics_speed_and_geography_have_their_prices() {
    let price = |change: &dyn Fn(&mut Value)| {
        let mut usage = json!({"input_tokens": 1000, "output_tokens": 100, "server_tool_use": {"web_search_requests": 2}});
        change(&mut usage);
        let mut answer: Value = serde_json::from_slice(&messages_answer(&usage)).unwrap();
        answer["model"] = json!("claude-opus-5");
        let answer = read(Dialect::AnthropicMessages, JSON, answer.to_string().as_bytes());
        let request = request(Dialect::AnthropicMessages, "claude-opus-5", "hi");
        cost(&bill(&call(Provider::Anthropic, &request, Some(&answer))))
    };
    // 1,000 × 5 + 100 × 25, by the million, and two searches of a cent
    assert_eq!(price(&|_| {}).as_deref(), Some("0.0275"));
    assert_eq!(price(&|usage| usage["speed"] = json!("fast")).as_deref(), Some("0.035"));
    assert_eq!(price(&|usage| usage["inference_geo"] = json!("us")).as_deref(), Some("0.02825"));
    assert_eq!(price(&|usage| usage["inference_geo"] = json!("global")).as_deref(), Some("0.0275"));
    assert_eq!(price(&|usage| usage["service_tier"] = json!("batch")).as_deref(), Some("0.02375"));
    assert_eq!(price(&|usage| usage["service_tier"] = json!("priority")).as_deref(), Some("0.0275"));
}

#[test]
fn a_price_holds_from_its_day_on() {
    let price = |time: &str| {
        let mut answer: Value =
            serde_json::from_slice(&chat_answer(&json!({"prompt_tokens": 1_000, "completion_tokens": 0})))
                .unwrap();
        answer["model"] = json!("gpt-5.6-luna");
        let answer = read(Dialect::OpenAiChat, JSON, answer.to_string().as_bytes());
        let request = request(Dialect::OpenAiChat, "gpt-5.6-luna", "hi");
        cost(&bill(&Call { at: at(time), ..call(Provider::OpenAi, &request, Some(&answer)) }))
    };
    assert_eq!(price("2026-07-29T23:59:59.999Z").as_deref(), Some("0.001"));
    assert_eq!(price("2026-07-30T00:00:00Z").as_deref(), Some("0.0002"));
}

#[test]
fn more_input_than_a_tier_begins_with_prices_the_whole_call_there() {
    let price = |prompt: u64| {
        let usage = json!({"prompt_tokens": prompt, "completion_tokens": 100});
        let answer = read(Dialect::OpenAiChat, JSON, &chat_answer(&usage));
        let request = request(Dialect::OpenAiChat, "gpt-5.4", "hi");
        cost(&bill(&call(Provider::OpenAi, &request, Some(&answer))))
    };
    assert_eq!(price(272_000).as_deref(), Some("0.6815"));
    assert_eq!(price(272_001).as_deref(), Some("1.362255"));
}

#[test]
fn searches_cost_the_same_in_every_tier() {
    let price = |input: u64| {
        let usage =
            json!({"input_tokens": input, "output_tokens": 0, "server_tool_use": {"web_search_requests": 1}});
        let mut answer: Value = serde_json::from_slice(&messages_answer(&usage)).unwrap();
        answer["model"] = json!("claude-haiku-5-5");
        let answer = read(Dialect::AnthropicMessages, JSON, answer.to_string().as_bytes());
        let request = request(Dialect::AnthropicMessages, "claude-haiku-5-5", "hi");
        cost(&bill(&call(Provider::Anthropic, &request, Some(&answer))))
    };
    assert_eq!(price(100_000).as_deref(), Some("0.02"));
    assert_eq!(price(100_002).as_deref(), Some("0.060001"));
}

#[test]
fn a_call_that_named_no_model_is_not_priced() {
    let mut reader = RequestReader::new(Some(Dialect::OpenAiChat));
    reader.feed(b"{}");
    let answer = read(Dialect::OpenAiChat, JSON, format!("{{\"usage\":{}}}", chat_usage()).as_bytes());
    let bill = bill(&call(Provider::OpenAi, reader.facts(), Some(&answer)));
    assert_eq!((bill.cost, bill.unpriced), (None, Some(Unpriced::NoModel)));
    assert_eq!(bill.usage.get(UnitKind::InputCached), 48200);
}

#[test]
fn an_admins_price_takes_the_place_of_the_built_in_one() {
    let own = "openai:\n  gpt-5.4: {input: \"1\", input_cached: 0.1, output: 2}\n";
    let book = PriceBook::with_overrides(own).unwrap();
    let (request, answer) = (
        request(Dialect::OpenAiChat, "gpt-5.4", "hi"),
        read(Dialect::OpenAiChat, JSON, &chat_answer(&chat_usage())),
    );
    let bill = settle(&call(Provider::OpenAi, &request, Some(&answer)), &book);
    assert_eq!(cost(&bill).as_deref(), Some("0.034949"));
    assert_eq!(bill.price_version.as_deref(), Some(book.version()));
    assert_ne!(book.version(), PriceBook::built_in().version());
}

#[test]
fn what_was_promised_is_billed_by_its_promise_however_it_is_read() {
    // StartDeferredResponse and GetDeferredRequest are the same message: request_id "r-1"
    let frame = [0, 0, 0, 0, 5, 0x0A, 3, b'r', b'-', b'1'];
    let of = |path: &str| Endpoint::of(Provider::Xai, "POST", path);
    let (start, get) = (of("/xai_api.Video/GenerateVideo"), of("/xai_api.Video/GetDeferredVideo"));
    let mut promise = AnswerReader::new(AnswerHead {
        dialect: start.dialect().unwrap(),
        status: 200,
        content_type: Some("application/grpc"),
        coding: Coding::Identity,
    });
    promise.feed(&frame);
    promise.finish();
    let asked = RequestFacts::default();
    let began = Call { endpoint: start, ..call(Provider::Xai, &asked, Some(promise.facts())) };
    let mut reads = RequestReader::new(get.dialect());
    reads.feed(&frame);
    let made = AnswerFacts { usage: Some(Usage::default()), ..AnswerFacts::default() };
    let read = Call { endpoint: get, ..call(Provider::Xai, reads.facts(), Some(&made)) };
    assert_eq!(began.once(promise.facts()).map(|once| (once.id, once.created)), Some(("r-1".into(), None)));
    assert_eq!(read.once(&made).map(|once| (once.id, once.created)), Some(("r-1".into(), None)));
}

/// What an answer in this body, read by this path, is billed by.
fn billed_by(provider: Provider, path: &str, reads: &str, body: &Value) -> Vec<String> {
    let endpoint = Endpoint::of(provider, "GET", path);
    let mut reader = reader(endpoint.dialect().unwrap(), JSON, Coding::Identity);
    reader.feed(body.to_string().as_bytes());
    reader.finish();
    let asked = RequestFacts::default();
    let id = |answer: &AnswerFacts| {
        let call = Call { endpoint, reads: Some(reads), ..call(provider, &asked, Some(answer)) };
        call.once(answer).map(|once| once.id.into_owned())
    };
    reader.take_answers().iter().filter_map(id).collect()
}

#[test]
fn answers_without_an_id_of_their_own_are_billed_by_their_place_in_their_batch() {
    let result = json!({"response": {"embedding": {"values": [0.1]}, "tokenCount": 3}});
    let body = json!({"response": {"inlinedEmbedContentResponses": {"inlinedResponses": [result, result]}}});
    let ids = billed_by(Provider::Google, "/v1beta/batches/b", "b", &body);
    assert_eq!(ids, ["b/1", "b/2"]);
}

#[test]
fn names_that_the_app_gave_tell_answers_of_one_batch_apart_and_no_more() {
    let usage = json!({"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2});
    let result = json!({"batch_request_id": "first", "batch_result": {"response": {
        "chat_get_completion": {"id": "c1", "model": "grok-4.7", "usage": usage}}}});
    let path = "/v1/batches/monday/results";
    let ids = billed_by(Provider::Xai, path, "monday", &json!({"results": [result]}));
    assert_eq!(ids, ["monday/first"]);
}
