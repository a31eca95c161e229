//! A complete answer of our own in the provider's shape, with the text of a flag (`whenDisabled.action: Respond`).
//!
//! Official SDKs parse each of them into their ordinary types; some check the shape (OpenRouter's wants
//! `system_fingerprint`). No tokens: nothing was used. What has no shape here is refused.

mod openai;

use bytes::Bytes;
use http::{HeaderValue, Response, header};
use serde_json::{Value, json};
use tollgate_meter::{Dialect, Endpoint};
use uuid::Uuid;

/// What an answer is made of.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub endpoint: Endpoint,
    /// The query of the request's target.
    pub query: Option<&'a str>,
    pub model: &'a str,
    /// The request's body asks for a stream.
    pub stream: bool,
    /// It asks for sound or a picture alone.
    pub wants_no_text: bool,
    /// And the stream for its usage.
    pub usage: bool,
    /// The call's id, so that an app's log leads to its row.
    pub call: Uuid,
    /// Unix time in seconds.
    pub at: i64,
}

/// How the parts of an answer follow each other.
enum Form {
    Json(Value),
    /// Events with their names, where the dialect names them.
    Events(Vec<(Option<&'static str>, Value)>, Last),
}

/// What ends a stream.
enum Last {
    Done,
    Nothing,
}

/// The answer, whole; `None` where the endpoint's answers are no text.
pub fn answer(asked: &Asked<'_>, text: &str) -> Option<Response<Bytes>> {
    let form = match asked.endpoint.dialect()? {
        Dialect::OpenAiChat | Dialect::GoogleChat | Dialect::XaiChat | Dialect::OpenRouterChat
            if asked.endpoint.template.ends_with("/chat/completions") =>
        {
            openai::chat(asked, text)
        }
        Dialect::OpenAiCompletions | Dialect::OpenRouterChat
            if asked.endpoint.template.ends_with("/completions") =>
        {
            openai::completion(asked, text)
        }
        Dialect::OpenAiResponses | Dialect::XaiResponses | Dialect::OpenRouterResponses
            if asked.endpoint.template.ends_with("/responses") =>
        {
            openai::response(asked, text)
        }
        Dialect::AnthropicMessages | Dialect::XaiMessages | Dialect::OpenRouterMessages
            if asked.endpoint.template.ends_with("/messages") =>
        {
            message(asked, text)
        }
        Dialect::GoogleGenerate if !asked.wants_no_text => content(asked, text),
        _ => return None,
    };
    Some(rendered(form))
}

/// Anthropic's.
fn message(asked: &Asked<'_>, text: &str) -> Form {
    let id = format!("msg_{}", asked.call.simple());
    let usage = json!({"input_tokens": 0, "output_tokens": 0});
    let whole = |content: Value, stop_reason: Value| {
        json!({
            "id": id, "type": "message", "role": "assistant", "model": asked.model, "content": content,
            "stop_reason": stop_reason, "stop_sequence": null, "usage": usage,
        })
    };
    if !asked.stream {
        return Form::Json(whole(json!([{"type": "text", "text": text}]), json!("end_turn")));
    }
    let block = json!({"type": "text", "text": ""});
    let delta = json!({"type": "text_delta", "text": text});
    let stopped = json!({"stop_reason": "end_turn", "stop_sequence": null});
    let events = [
        ("message_start", json!({"message": whole(json!([]), Value::Null)})),
        ("content_block_start", json!({"index": 0, "content_block": block})),
        ("content_block_delta", json!({"index": 0, "delta": delta})),
        ("content_block_stop", json!({"index": 0})),
        ("message_delta", json!({"delta": stopped, "usage": {"output_tokens": 0}})),
        ("message_stop", json!({})),
    ];
    Form::Events(
        events.into_iter().map(|(name, event)| (Some(name), typed(event, name))).collect(),
        Last::Nothing,
    )
}

/// Google's. Without `alt=sse` its streams are one JSON array.
fn content(asked: &Asked<'_>, text: &str) -> Form {
    let answer = json!({
        "candidates": [{
            "content": {"parts": [{"text": text}], "role": "model"}, "finishReason": "STOP", "index": 0,
        }],
        "usageMetadata": {"promptTokenCount": 0, "candidatesTokenCount": 0, "totalTokenCount": 0},
        "modelVersion": asked.model,
        "responseId": asked.call.simple().to_string(),
    });
    if !asked.endpoint.streams() {
        return Form::Json(answer);
    }
    let as_events = asked.query.is_some_and(|query| query.split('&').any(|pair| pair == "alt=sse"));
    match as_events {
        true => Form::Events(vec![(None, answer)], Last::Nothing),
        false => Form::Json(json!([answer])),
    }
}

/// An event says its own name in its data, too.
fn typed(mut event: Value, name: &str) -> Value {
    if let Value::Object(members) = &mut event {
        members.insert("type".to_owned(), name.into());
    }
    event
}

fn rendered(form: Form) -> Response<Bytes> {
    let (body, content_type) = match form {
        Form::Json(body) => (body.to_string(), "application/json"),
        Form::Events(events, last) => {
            let mut body = String::new();
            for (name, event) in events {
                if let Some(name) = name {
                    body.push_str(&format!("event: {name}\n"));
                }
                body.push_str(&format!("data: {event}\n\n"));
            }
            if let Last::Done = last {
                body.push_str("data: [DONE]\n\n");
            }
            (body, "text/event-stream; charset=utf-8")
        }
    };
    let mut response = Response::new(Bytes::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

#[cfg(test)]
mod tests;
