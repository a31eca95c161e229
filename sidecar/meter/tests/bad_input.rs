//! Counts that are none, as each provider would say them, whole and as a stream, through what `tollgate-sidecar meter -` does: each has a
//! name, and no number is made of it.

use serde_json::{Value, json};
use tollgate_meter::{PriceBook, exchange::meter_line};

/// A dialect: where it is called, and its answers with this count of the input.
struct Dialect {
    host: &'static str,
    path: &'static str,
    model: &'static str,
    whole: fn(&Value) -> Value,
    /// The data of its events; the last may be no JSON.
    stream: fn(&Value) -> Vec<String>,
}

const DIALECTS: [Dialect; 6] = [
    Dialect {
        host: "api.openai.com",
        path: "/v1/chat/completions",
        model: "gpt-5.4",
        whole: chat,
        stream: chat_stream,
    },
    Dialect {
        host: "api.openai.com",
        path: "/v1/responses",
        model: "gpt-5.4",
        whole: response,
        stream: |count| vec![json!({"type": "response.completed", "response": response(count)}).to_string()],
    },
    Dialect {
        host: "api.anthropic.com",
        path: "/v1/messages",
        model: "claude-opus-4-7",
        whole: message,
        stream: |count| {
            let end = json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 3}});
            vec![
                json!({"type": "message_start", "message": message(count)}).to_string(),
                end.to_string(),
                json!({"type": "message_stop"}).to_string(),
            ]
        },
    },
    Dialect {
        host: "generativelanguage.googleapis.com",
        path: "/v1beta/models/gemini-2.5-flash:streamGenerateContent",
        model: "gemini-2.5-flash",
        whole: generated,
        stream: |count| vec![generated(count).to_string()],
    },
    Dialect {
        host: "api.x.ai",
        path: "/v1/chat/completions",
        model: "grok-4",
        whole: chat,
        stream: chat_stream,
    },
    Dialect {
        host: "openrouter.ai",
        path: "/api/v1/chat/completions",
        model: "openai/gpt-4o-mini",
        whole: chat,
        stream: chat_stream,
    },
];

/// With a cost that must not stand where the usage beside it cannot be believed.
fn chat(count: &Value) -> Value {
    json!({"id": "c1", "choices": [{"message": {"content": "hi there"}}],
        "usage": {"prompt_tokens": count, "completion_tokens": 3, "total_tokens": 7, "cost": 1.5}})
}

fn chat_stream(count: &Value) -> Vec<String> {
    vec![
        json!({"id": "c1", "choices": [{"delta": {"content": "hi there"}}]}).to_string(),
        json!({"id": "c1", "choices": [], "usage": chat(count)["usage"]}).to_string(),
        "[DONE]".to_owned(),
    ]
}

fn response(count: &Value) -> Value {
    json!({"id": "resp_1", "object": "response", "status": "completed", "created_at": 1795000000,
        "output": [{"type": "message", "content": [{"type": "output_text", "text": "hi there"}]}],
        "usage": {"input_tokens": count, "output_tokens": 3, "total_tokens": 7}})
}

fn message(count: &Value) -> Value {
    json!({"id": "msg_1", "type": "message", "content": [{"type": "text", "text": "hi there"}],
        "usage": {"input_tokens": count, "output_tokens": 3}})
}

fn generated(count: &Value) -> Value {
    json!({"candidates": [{"content": {"parts": [{"text": "hi there"}]}, "finishReason": "STOP"}], "responseId": "r1",
        "usageMetadata": {"promptTokenCount": count, "candidatesTokenCount": 3, "totalTokenCount": 7}})
}

fn bad() -> [(Value, &'static str); 8] {
    [
        (json!(-1), "negative_count"),
        (json!(-1.5e300), "negative_count"),
        (json!(1.5), "fractional_count"),
        (json!(2_000_000_000), "huge_count"),
        (json!(u64::MAX), "huge_count"),
        (json!("12"), "text_count"),
        (json!(true), "count_of_wrong_type"),
        (json!([1]), "count_of_wrong_type"),
    ]
}

impl Dialect {
    fn metered(&self, content_type: &str, body: &Value) -> Value {
        let line = json!({"id": 1, "time": "2026-11-24T12:00:00Z", "host": self.host, "method": "POST", "path": self.path,
            "request": {"body": {"model": self.model, "messages": [{"role": "user", "content": "hello"}]}},
            "response": {"status": 200, "headers": {"content-type": content_type}, "body": body}});
        serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap()
    }

    /// Its answer, whole, as events with each line end, and as one list where it has that.
    fn results(&self, count: &Value) -> Vec<Value> {
        let mut results = vec![self.metered("application/json", &(self.whole)(count))];
        for line_end in ["\n", "\r\n", "\r"] {
            let events: String = (self.stream)(count)
                .iter()
                .map(|data| format!(": a comment{line_end}data: {data}{line_end}{line_end}"))
                .collect();
            results.push(self.metered("text/event-stream", &json!(format!("\u{feff}{events}"))));
            // what it is stands in its first byte
            results.push(self.metered("text/html", &json!(events)));
        }
        if self.path.contains(":stream") {
            results.push(self.metered("application/json", &json!([(self.whole)(count)])));
        }
        results
    }
}

#[test]
fn a_count_that_is_none_is_named_and_no_number_is_made_of_it() {
    for dialect in &DIALECTS {
        for (count, fault) in bad() {
            for result in dialect.results(&count) {
                let place = format!("{} {} with {count}: {result}", dialect.host, dialect.path);
                assert_eq!(result["usage_source"], "estimated", "{place}");
                assert_eq!(result["estimate"]["fault"], fault, "{place}");
                let counts = result["usage"].as_object().unwrap().values();
                let total: u64 = counts.map(|count| count.as_u64().unwrap()).sum();
                assert!((1..40).contains(&total), "the texts and no more: {place}");
                assert_ne!(result["cost_usd"], "1.5", "{place}");
            }
        }
    }
}

#[test]
fn a_good_count_in_the_same_places_is_the_providers_word() {
    for dialect in &DIALECTS {
        // a whole number is one with a point, too
        for count in [json!(4), json!(4.0)] {
            for result in dialect.results(&count) {
                assert_eq!(result["usage_source"], "provider", "{} {}: {result}", dialect.host, dialect.path);
                assert_eq!(result["usage"]["input"], 4, "{result}");
            }
        }
    }
}

#[test]
fn a_usage_that_is_no_object_is_named() {
    for dialect in &DIALECTS {
        for wrong in [json!(5), json!("5"), json!([])] {
            let mut body = (dialect.whole)(&json!(4));
            let name = if body["usage"].is_null() { "usageMetadata" } else { "usage" };
            body[name] = wrong;
            let result = dialect.metered("application/json", &body);
            assert_eq!(
                result["estimate"]["fault"], "usage_of_wrong_type",
                "{} {}: {result}",
                dialect.host, dialect.path
            );
        }
    }
}

/// Answers that a body or a session holds, or that a later call reads, with this count of the input.
fn read_by_themselves(count: &Value) -> Vec<Value> {
    let line = |response: Value| json!(format!("{response}\n"));
    let session = |path: &str, host: &str, message: Value| {
        json!({"host": host, "method": "GET", "path": path,
            "response": {"status": 101, "events": [{"from": "server", "body": message}]}})
    };
    let read = |host: &str, path: &str, body: Value| json!({"host": host, "method": "GET", "path": path, "response": {"status": 200, "body": body}});
    let of_model = |mut answer: Value, model: &str| {
        answer["model"] = json!(model);
        answer
    };
    let chat = of_model(chat(count), "gpt-5.4");
    let claude = of_model(message(count), "claude-opus-4-7");
    let turn = json!({"input_tokens": count, "output_tokens": 3, "total_tokens": 7});
    let google = "generativelanguage.googleapis.com";
    let live = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
    vec![
        read("api.openai.com", "/v1/files/f/content", line(json!({"id": "b", "response": {"body": chat}}))),
        read(
            "api.anthropic.com",
            "/v1/messages/batches/b/results",
            line(json!({"result": {"type": "succeeded", "message": claude}})),
        ),
        read("api.openai.com", "/v1/responses/resp_1", of_model(response(count), "gpt-5.4")),
        read("api.x.ai", "/v1/chat/deferred-completion/d", of_model(chat.clone(), "grok-4")),
        read(
            google,
            "/v1beta/batches/b",
            json!({"response": {"inlinedResponses": {"inlinedResponses": [{"response": generated(count)}]}}}),
        ),
        session(
            "/v1/realtime?model=gpt-realtime",
            "api.openai.com",
            json!({"type": "response.done", "response": {"id": "resp_1", "usage": turn}}),
        ),
        session(live, google, json!({"usageMetadata": {"promptTokenCount": count, "responseTokenCount": 3}})),
    ]
}

#[test]
fn an_answer_that_is_read_by_itself_is_no_bill_of_nothing_where_its_usage_cannot_be_believed() {
    for (count, fault) in bad() {
        for mut line in read_by_themselves(&count) {
            line["time"] = json!("2026-11-24T12:00:00Z");
            let result: Value =
                serde_json::from_str(&meter_line(&line.to_string(), PriceBook::built_in())).unwrap();
            let place = format!("{} with {count}: {result}", line["path"]);
            assert_eq!(
                (&result["usage_source"], &result["estimate"]["fault"]),
                (&json!("estimated"), &json!(fault)),
                "{place}"
            );
        }
    }
}
