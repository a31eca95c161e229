//! Anthropic's shapes: messages (JSON and stream), count_tokens, models, errors.
//! Source: the API reference and the types of the official Python SDK 2.13.0.

use super::{
    answer::{Answer, EVENT_STREAM, JSON, Piece, Saying},
    ask::Ask,
    book::Tokens,
    directive::{Directive, Fault},
    text::quoted,
};

/// A message, as the call asked for it.
pub fn message(ask: &Ask, directive: &Directive, mut saying: Saying) -> Answer {
    let id = format!("msg_01{}", saying.seeded.id(22));
    if ask.stream { stream(directive, saying, id) } else { json(saying, id) }
}

fn json(saying: Saying, id: String) -> Answer {
    let model = quoted(&saying.model);
    let text = quoted(saying.words.concat().trim_start());
    let usage = if saying.with_usage {
        format!(r#","usage":{}"#, usage(&saying.tokens, saying.tokens.output_tokens))
    } else {
        String::new()
    };
    let body = format!(
        r#"{{"model":{model},"id":"{id}","type":"message","role":"assistant","content":[{{"type":"text","text":{text}}}],"stop_reason":"end_turn","stop_sequence":null{usage}}}"#
    );
    let tokens = saying.tokens.output_tokens;
    Answer { status: 200, content_type: JSON, id, pieces: vec![Piece::new(body, tokens)] }
}

/// A stream: the input side of the usage is said at the start, the output side, cumulative, near the end.
fn stream(directive: &Directive, saying: Saying, id: String) -> Answer {
    let all = saying.tokens.output_tokens;
    let model = quoted(&saying.model);
    let (first, last) = if saying.with_usage {
        (
            format!(r#","usage":{}"#, usage(&saying.tokens, 1.min(all))),
            format!(r#","usage":{}"#, last_usage(&saying.tokens)),
        )
    } else {
        (String::new(), String::new())
    };
    let mut pieces = vec![
        event(
            "message_start",
            &format!(
                r#"{{"type":"message_start","message":{{"model":{model},"id":"{id}","type":"message","role":"assistant","content":[],"stop_reason":null,"stop_sequence":null{first}}}}}"#
            ),
            0,
        ),
        event(
            "content_block_start",
            r#"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
            0,
        ),
        event("ping", r#"{"type": "ping"}"#, 0),
    ];
    for (index, word) in saying.words.iter().enumerate() {
        let delta = format!(
            r#"{{"type":"content_block_delta","index":0,"delta":{{"type":"text_delta","text":{}}}}}"#,
            quoted(word)
        );
        pieces.push(event("content_block_delta", &delta, saying.tokens_after(index + 1)));
    }
    pieces.push(event("content_block_stop", r#"{"type":"content_block_stop","index":0}"#, all));
    let delta = format!(
        r#"{{"type":"message_delta","delta":{{"stop_reason":"end_turn","stop_sequence":null}}{last}}}"#
    );
    pieces.push(event("message_delta", &delta, all));
    if directive.fault != Some(Fault::NoEnd) {
        pieces.push(event("message_stop", r#"{"type":"message_stop"}"#, all));
    }
    if let Some(Fault::ErrorEvent { after }) = directive.fault {
        let tokens = pieces.get(after.saturating_sub(1)).map_or(all, |piece| piece.tokens);
        pieces.truncate(after);
        let error =
            r#"{"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"}}"#;
        pieces.push(event("error", error, tokens));
    }
    Answer { status: 200, content_type: EVENT_STREAM, id, pieces }
}

fn event(name: &str, data: &str, tokens: u64) -> Piece {
    Piece::new(format!("event: {name}\ndata: {data}\n\n"), tokens)
}

/// Anthropic counts input apart from what was read from and written to the cache.
fn usage(tokens: &Tokens, output: u64) -> String {
    let (w5m, w1h) = (tokens.cache_write_5m_tokens, tokens.cache_write_1h_tokens);
    format!(
        "{{\"input_tokens\":{},\"cache_creation_input_tokens\":{},\"cache_read_input_tokens\":{},\
         \"cache_creation\":{{\"ephemeral_5m_input_tokens\":{w5m},\"ephemeral_1h_input_tokens\":{w1h}}},\
         \"output_tokens\":{output},\"service_tier\":\"standard\",\"inference_geo\":\"not_available\"}}",
        uncached(tokens),
        w5m + w1h,
        tokens.cached_input_tokens,
    )
}

fn last_usage(tokens: &Tokens) -> String {
    format!(
        r#"{{"input_tokens":{},"cache_creation_input_tokens":{},"cache_read_input_tokens":{},"output_tokens":{}}}"#,
        uncached(tokens),
        tokens.cache_write_5m_tokens + tokens.cache_write_1h_tokens,
        tokens.cached_input_tokens,
        tokens.output_tokens,
    )
}

fn uncached(tokens: &Tokens) -> u64 {
    tokens.input_tokens
        - tokens.cached_input_tokens
        - tokens.cache_write_5m_tokens
        - tokens.cache_write_1h_tokens
}

/// Reads that cost nothing. `None` is a path that does not exist.
pub fn free(method: &str, path: &str, ask: Option<&Ask>) -> Option<String> {
    let model = |id: &str| {
        format!(
            r#"{{"type":"model","id":{},"display_name":"Stand-in","created_at":"2025-09-29T00:00:00Z","lifecycle":"active"}}"#,
            quoted(id)
        )
    };
    match (method, path) {
        ("POST", "/v1/messages/count_tokens") => {
            Some(format!(r#"{{"input_tokens":{}}}"#, ask?.prompt_tokens))
        }
        ("GET", "/v1/models") => Some(format!(
            r#"{{"data":[{}],"has_more":false,"first_id":"claude-sonnet-4-5-20250929","last_id":"claude-sonnet-4-5-20250929"}}"#,
            model("claude-sonnet-4-5-20250929")
        )),
        ("GET", _) => path.strip_prefix("/v1/models/").map(model),
        _ => None,
    }
}

/// An error answer; `message` stands in it word for word.
pub fn error(status: u16, message: &str, id: String) -> Answer {
    let kind = match status {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    };
    let body = format!(
        r#"{{"type":"error","error":{{"type":"{kind}","message":{}}},"request_id":"{id}"}}"#,
        quoted(message)
    );
    Answer { status, content_type: JSON, id, pieces: vec![Piece::new(body, 0)] }
}
