//! Exchanges as lines: every form that a body can have, and lines that are none.

mod common;

use common::*;
use serde_json::{Value, json};
use tollgate_meter::{
    Coding, PriceBook,
    exchange::{explain_line, meter_line},
};

fn meter(line: &str) -> Value {
    serde_json::from_str(&meter_line(line, PriceBook::built_in())).expect("a result is JSON")
}

fn exchange(body: Value, headers: Value) -> Value {
    json!({"id": "e", "time": "2026-11-24T12:00:00Z", "host": "api.openai.com", "method": "POST",
        "path": "/v1/chat/completions?x=1",
        "request": {"headers": {}, "body": {"model": "gpt-5.4", "messages": [{"role": "user", "content": "hi"}]}},
        "response": {"status": 200, "headers": headers, "body": body}})
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let bits =
            group.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        let digit = |at: usize| char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]);
        (0..4).map(|at| if at <= group.len() { digit(at) } else { '=' }).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[test]
fn a_result_says_all_that_an_admin_wants_to_check() {
    let answer: Value = serde_json::from_slice(&chat_answer(&chat_usage())).unwrap();
    let result = meter(&exchange(answer, json!({"Content-Type": JSON})).to_string());
    let expected = json!({"id": "e", "provider": "openai", "model": "gpt-5.4", "endpoint": "/v1/chat/completions",
        "outcome": "completed", "usage": {"input": 13595, "input_cached": 48200, "output": 8170, "output_reasoning": 97},
        "usage_source": "provider", "cost_usd": "0.1700425", "price": PriceBook::built_in().version()});
    assert_eq!(result, expected);
}

#[test]
fn an_explained_result_has_each_line_of_the_sum() {
    let answer: Value = serde_json::from_slice(&chat_answer(&chat_usage())).unwrap();
    let line = exchange(answer, json!({"Content-Type": JSON})).to_string();
    let result: Value = serde_json::from_str(&explain_line(&line, PriceBook::built_in())).unwrap();
    let source = format!("built-in {}", PriceBook::built_in().version());
    let line = |unit, quantity, price, amount| {
        json!({"unit": unit, "quantity": quantity, "price": price, "currency": "USD", "per": "million tokens",
            "amount": amount, "source": source, "valid_from": null})
    };
    let expected = json!([
        line("input", "13595", "2.5", "0.0339875"),
        line("input_cached", "48200", "0.25", "0.01205"),
        line("output", "8170", "15", "0.12255"),
        line("output_reasoning", "97", "15", "0.001455"),
    ]);
    assert_eq!((&result["lines"], &result["cost_usd"]), (&expected, &json!("0.1700425")));
}

#[test]
fn hosts_of_a_region_or_a_government_cost_what_the_list_adds_there() {
    let answer: Value = serde_json::from_slice(&chat_answer(&chat_usage())).unwrap();
    for (host, cost) in [
        ("api.openai.com", "0.1700425"),
        ("eu.api.openai.com", "0.18704675"),
        ("us.api.openai.com", "0.18704675"),
        ("gov.api.openai.com", "0.18704675"),
        // by a client's certificate, which is no region
        ("mtls.api.openai.com", "0.1700425"),
        ("mtls-eu.api.openai.com", "0.18704675"),
        ("EU.Api.OpenAI.com:443", "0.18704675"),
        ("eu.api.openai.com.", "0.18704675"),
    ] {
        let mut exchange = exchange(answer.clone(), json!({"content-type": JSON}));
        exchange["host"] = json!(host);
        assert_eq!(meter(&exchange.to_string())["cost_usd"], cost, "{host}");
    }
    let usage = json!({"promptTokenCount": 1000, "candidatesTokenCount": 1000, "totalTokenCount": 2000});
    let answer = json!({"candidates": [{"finishReason": "STOP"}], "usageMetadata": usage, "modelVersion": "gemini-3.5-flash"});
    let there = "/locations/l/publishers/google/models/gemini-3.5-flash:generateContent";
    for (host, cost) in [
        ("aiplatform.googleapis.com", "0.0105"),
        ("europe-west4-aiplatform.googleapis.com", "0.01155"),
        ("aiplatform.eu.rep.googleapis.com", "0.01155"),
    ] {
        let mut exchange = exchange(answer.clone(), json!({"content-type": JSON}));
        exchange["host"] = json!(host);
        exchange["path"] = json!(format!("/v1/projects/p{there}"));
        assert_eq!(meter(&exchange.to_string())["cost_usd"], cost, "{host}");
    }
}

#[test]
fn the_gemini_api_says_in_a_header_how_it_served_the_call() {
    let usage = json!({"promptTokenCount": 1000, "candidatesTokenCount": 1000, "totalTokenCount": 2000});
    let answer = json!({"candidates": [{"finishReason": "STOP"}], "usageMetadata": usage, "modelVersion": "gemini-3.5-flash"});
    for (tier, cost) in [("standard", "0.0105"), ("flex", "0.00525"), ("priority", "0.0189")] {
        let headers = json!({"content-type": JSON, "X-Gemini-Service-Tier": tier});
        let mut exchange = exchange(answer.clone(), headers);
        exchange["host"] = json!("generativelanguage.googleapis.com");
        exchange["path"] = json!("/v1beta/models/gemini-3.5-flash:generateContent");
        assert_eq!(meter(&exchange.to_string())["cost_usd"], cost, "{tier}");
    }
}

#[test]
fn a_cost_that_the_provider_said_is_one_line() {
    let answer = json!({"id": "gen-1", "model": "a/b", "object": "chat.completion", "choices": [],
        "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3, "cost": 0.00014}});
    let mut exchange = exchange(answer, json!({"content-type": JSON}));
    exchange["host"] = json!("openrouter.ai");
    exchange["path"] = json!("/api/v1/chat/completions");
    let line = explain_line(&exchange.to_string(), PriceBook::built_in());
    let result: Value = serde_json::from_str(&line).unwrap();
    let expected = json!([{"unit": "call", "quantity": "1", "price": "0.00014", "currency": "USD", "per": "piece",
        "amount": "0.00014", "source": "provider", "valid_from": null}]);
    assert_eq!(result["lines"], expected);
}

#[test]
fn a_body_may_be_json_or_text_or_base64_coded_as_on_the_wire() {
    let answer = chat_answer(&chat_usage());
    let text = String::from_utf8(answer.clone()).unwrap();
    let mut bodies = vec![
        (serde_json::from_slice(&answer).unwrap(), Value::Null),
        (json!(text), Value::Null),
        (json!({"base64": base64(&answer)}), Value::Null),
    ];
    for (coding, name) in
        [(Coding::Gzip, "gzip"), (Coding::Brotli, "br"), (Coding::Zstd, "zstd"), (Coding::Deflate, "deflate")]
    {
        bodies.push((json!({"base64": base64(&pack(coding, &answer))}), json!(name)));
        // a recorder that had unpacked it left the header
        bodies.push((json!(text), json!(name)));
    }
    for (body, coding) in bodies {
        let mut headers = json!({"content-type": JSON});
        if coding.is_string() {
            headers["content-encoding"] = coding.clone();
        }
        assert_eq!(meter(&exchange(body, headers).to_string())["cost_usd"], "0.1700425", "{coding}");
    }
}

#[test]
fn a_stream_that_was_cut_is_an_estimate_with_its_method() {
    let stream = chat_stream_unasked("\n");
    let half = stream.split_at(stream.len() / 2).0;
    let result = meter(&exchange(json!(half), json!({"content-type": SSE})).to_string());
    assert_eq!(
        (&result["outcome"], &result["usage_source"]),
        (&json!("provider_closed"), &json!("estimated"))
    );
    assert_eq!(result["estimate"]["fault"], "provider_closed");
    assert!(result["cost_usd"].is_string());
}

#[test]
fn the_last_of_two_usages_counts_and_says_that_there_were_two() {
    let chunk = |prompt: u64| json!({"id": "c", "model": "gpt-5.4", "choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": 2}});
    let streamed = |first: u64, second: u64| {
        let body = format!("data: {}\n\ndata: {}\n\ndata: [DONE]\n\n", chunk(first), chunk(second));
        meter(&exchange(json!(body), json!({"content-type": SSE})).to_string())
    };
    let differ = streamed(10, 12);
    assert_eq!((&differ["usage"]["input"], &differ["cost_usd"]), (&json!(12), &json!("0.00006")), "{differ}");
    let said = (&differ["usage_source"], &differ["estimate"]["fault"], &differ["reason"]);
    assert_eq!(said, (&json!("estimated"), &json!("usage_twice"), &json!("usage_twice")), "{differ}");
    let same = streamed(12, 12);
    assert_eq!((&same["usage_source"], &same["reason"]), (&json!("provider"), &Value::Null), "{same}");
}

#[test]
fn errors_and_exchanges_without_an_answer_cost_nothing() {
    let mut refused = exchange(json!({"error": {"message": "slow down"}}), json!({}));
    refused["response"]["status"] = json!(429);
    let mut lost = refused.clone();
    lost.as_object_mut().unwrap().remove("response");
    for (exchange, outcome) in [(refused, "provider_error"), (lost, "unreachable")] {
        let result = meter(&exchange.to_string());
        assert_eq!((&result["outcome"], &result["cost_usd"]), (&json!(outcome), &json!("0")));
        assert_eq!(result["usage_source"], "none");
    }
}

#[test]
fn a_line_that_is_no_exchange_gives_its_id_and_an_error_that_quotes_nothing() {
    let fine = exchange(json!({}), json!({}));
    let without = |name: &str| {
        let mut exchange = fine.clone();
        exchange.as_object_mut().unwrap().remove(name);
        exchange
    };
    let with = |name: &str, value: Value| {
        let mut exchange = fine.clone();
        exchange[name] = value;
        exchange
    };
    let cases = [
        ("sk-secret".to_owned(), Value::Null, "no JSON"),
        ("{\"id\": 7".to_owned(), Value::Null, "ends too early"),
        ("[\"sk-secret\"]".to_owned(), Value::Null, "of a wrong type"),
        (without("host").to_string(), json!("e"), "a member is missing"),
        (with("time", json!("sk-secret")).to_string(), json!("e"), "is no time"),
        (with("host", json!("example.com")).to_string(), json!("e"), "is no provider's"),
        (with("path", json!({"sk-secret": 1})).to_string(), json!("e"), "of a wrong type"),
        (
            with("id", json!({"n": [1]})).to_string().replace("\"time\"", "\"tim\""),
            json!({"n": [1]}),
            "a member is missing",
        ),
        (exchange(json!({"base64": "sk-secret!"}), json!({})).to_string(), json!("e"), "is no base64"),
    ];
    for (line, id, problem) in cases {
        let result = meter(&line);
        assert_eq!(result["id"], id, "{line}");
        let error = result["error"].as_str().unwrap_or_default();
        assert!(error.contains(problem) && !error.contains("sk-secret"), "{line} gives {result}");
    }
}

#[test]
fn an_id_that_breaks_its_line_comes_back_in_one() {
    let line = "{\"id\": {\"a\":\r\n [1,\n 2]}, \"time\": \"x\"}";
    let said = meter_line(line, PriceBook::built_in());
    assert!(!said.contains(['\n', '\r']), "{said}");
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["id"], json!({"a": [1, 2]}));
}

#[test]
fn headers_are_read_in_every_form_that_recorders_have() {
    let answer = base64(&pack(Coding::Gzip, &chat_answer(&chat_usage())));
    for headers in [
        json!({"content-type": [JSON], "Content-Encoding": ["gzip"], "content-length": 12, "x": null}),
        json!([["Content-Type", JSON], ["content-encoding", "gzip"], [":status", "200"]]),
        json!([{"name": "content-encoding", "value": "gzip"}, {"name": "x"}, 7]),
    ] {
        let result = meter(&exchange(json!({"base64": answer}), headers.clone()).to_string());
        assert_eq!(result["cost_usd"], "0.1700425", "{headers}");
    }
    for headers in [Value::Null, json!([]), json!({})] {
        let answer: Value = serde_json::from_slice(&chat_answer(&chat_usage())).unwrap();
        let result = meter(&exchange(answer, headers.clone()).to_string());
        assert_eq!(result["cost_usd"], "0.1700425", "{headers}");
    }
}

#[test]
fn an_answer_whose_status_nobody_wrote_down_is_one() {
    let answer: Value = serde_json::from_slice(&chat_answer(&chat_usage())).unwrap();
    let mut exchange = exchange(answer, json!({}));
    for status in [json!(200), Value::Null] {
        exchange["response"]["status"] = status;
        exchange["response"]["events"] = Value::Null;
        let result = meter(&exchange.to_string());
        assert_eq!((&result["outcome"], &result["cost_usd"]), (&json!("completed"), &json!("0.1700425")));
    }
    exchange["response"]["body"] = Value::Null;
    assert_eq!(meter(&exchange.to_string())["outcome"], "unreachable");
}

#[test]
fn a_session_that_nobody_meters_says_so_and_costs_no_zero() {
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.x.ai", "method": "GET", "path": "/v1/tts?language=en",
        "request": {}, "response": {"status": 101, "events": [{"from": "server", "body": {"type": "audio.done"}}]}});
    let result = meter(&line.to_string());
    assert_eq!((&result["usage_source"], &result["cost_usd"]), (&json!("unknown"), &Value::Null), "{result}");
}

#[test]
fn a_session_has_the_model_of_its_query_where_no_message_names_one() {
    let usage = json!({"input_tokens": 100, "output_tokens": 10, "total_tokens": 110});
    let done = json!({"type": "response.done", "response": {"id": "resp_1", "usage": usage}});
    let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": "api.openai.com", "method": "GET",
        "path": "/v1/realtime?model=gpt-realtime", "request": {}, "response": {"status": 101, "events": [{"from": "server", "body": done}]}});
    let result = meter(&line.to_string());
    assert_eq!(
        (&result["model"], result["cost_usd"].is_string()),
        (&json!("gpt-realtime"), true),
        "{result}"
    );
}
