//! Answers as the providers send them, fed in whatever pieces.
#![allow(dead_code, reason = "each test file uses its part of this")]

pub(crate) mod naive;

use std::io::Write;

use serde_json::{Value, json};
use tollgate_meter::{AnswerFacts, AnswerHead, AnswerReader, Coding, Dialect};

pub(crate) const JSON: &str = "application/json";
pub(crate) const SSE: &str = "text/event-stream; charset=utf-8";
pub(crate) const CODINGS: [Coding; 5] =
    [Coding::Identity, Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd];

/// A reader for an answer with status 200.
pub(crate) fn reader(dialect: Dialect, content_type: &str, coding: Coding) -> AnswerReader {
    AnswerReader::new(AnswerHead { dialect, status: 200, content_type: Some(content_type), coding })
}

/// What a whole body says.
pub(crate) fn read(dialect: Dialect, content_type: &str, body: &[u8]) -> AnswerFacts {
    read_pieces(dialect, content_type, Coding::Identity, std::iter::once(body)).0
}

/// What a body says that comes in pieces, and whether it was complete before its end.
pub(crate) fn read_pieces<'a>(
    dialect: Dialect,
    content_type: &str,
    coding: Coding,
    pieces: impl Iterator<Item = &'a [u8]>,
) -> (AnswerFacts, bool) {
    let mut reader = reader(dialect, content_type, coding);
    for piece in pieces {
        reader.feed(piece);
    }
    let complete = reader.is_complete();
    reader.finish();
    (reader.facts().clone(), complete)
}

/// Cuts `bytes` into pieces of these sizes, over and over.
pub(crate) fn pieces<'a>(bytes: &'a [u8], sizes: &[usize]) -> Vec<&'a [u8]> {
    let (mut rest, mut pieces) = (bytes, Vec::new());
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, after) = rest.split_at((*size).clamp(1, rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// The packed form of a body.
pub(crate) fn pack(coding: Coding, plain: &[u8]) -> Vec<u8> {
    match coding {
        Coding::Identity | Coding::Unknown => plain.to_vec(),
        Coding::Gzip => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(plain).unwrap();
            encoder.finish().unwrap()
        }
        Coding::Deflate => {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(plain).unwrap();
            encoder.finish().unwrap()
        }
        Coding::Brotli => {
            let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 20);
            encoder.write_all(plain).unwrap();
            encoder.into_inner()
        }
        Coding::Zstd => zstd::encode_all(plain, 3).unwrap(),
    }
}

/// What a packed body unpacks to.
pub(crate) fn unpack(coding: Coding, packed: &[u8]) -> Vec<u8> {
    use std::io::Read;
    let mut plain = Vec::new();
    match coding {
        Coding::Identity | Coding::Unknown => plain = packed.to_vec(),
        Coding::Gzip => drop(flate2::read::MultiGzDecoder::new(packed).read_to_end(&mut plain).unwrap()),
        Coding::Deflate => drop(flate2::read::ZlibDecoder::new(packed).read_to_end(&mut plain).unwrap()),
        Coding::Brotli => drop(brotli::Decompressor::new(packed, 4096).read_to_end(&mut plain).unwrap()),
        Coding::Zstd => plain = zstd::decode_all(packed).unwrap(),
    }
    plain
}

/// OpenAI's usage with all its details.
pub(crate) fn chat_usage() -> Value {
    json!({
        "prompt_tokens": 61795, "completion_tokens": 8267, "total_tokens": 70062,
        "prompt_tokens_details": {"cached_tokens": 48200, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 97, "audio_tokens": 0,
            "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}
    })
}

/// A whole answer of chat completions.
pub(crate) fn chat_answer(usage: &Value) -> Vec<u8> {
    let answer = json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1795000000, "model": "gpt-5.4", "service_tier": "default",
        "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
            "message": {"role": "assistant", "content": "Grüße 👋 data: [DONE] \"usage\": {}", "refusal": null}}],
        "usage": usage,
    });
    answer.to_string().into_bytes()
}

fn chunk(choices: Value) -> Value {
    json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1795000000, "model": "gpt-5.4",
        "service_tier": "default", "system_fingerprint": "fp_1", "choices": choices})
}

fn delta(delta: Value, finish: Value) -> Value {
    chunk(json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish}]))
}

/// The chunks of a stream, without any usage.
pub(crate) fn chat_chunks() -> Vec<Value> {
    vec![
        delta(json!({"role": "assistant", "content": "", "refusal": null}), Value::Null),
        delta(json!({"content": "Gr\u{fc}\u{df}e \"usage\":null "}), Value::Null),
        delta(json!({"content": "\u{1f44b} ,\"usage\":{\"prompt_tokens\":1}"}), Value::Null),
        delta(
            json!({"tool_calls": [{"index": 0, "function": {"arguments": "{\"usage\":null,\"a\":\"}"}}]}),
            Value::Null,
        ),
        delta(json!({}), json!("stop")),
    ]
}

/// The stream as it is without `include_usage`.
pub(crate) fn chat_stream_unasked(line_end: &str) -> String {
    let events =
        chat_chunks().iter().map(|chunk| format!("data: {chunk}{line_end}{line_end}")).collect::<String>();
    format!("{events}data: [DONE]{line_end}{line_end}")
}

/// The stream as it is with `include_usage`: a null in every chunk, and a chunk for the usage.
pub(crate) fn chat_stream_asked(line_end: &str, usage: &Value) -> String {
    let mut events = String::new();
    for chunk in chat_chunks() {
        let text = chunk.to_string();
        events += &format!("data: {},\"usage\":null}}{line_end}{line_end}", text.strip_suffix('}').unwrap());
    }
    let mut last = chunk(json!([]));
    last["usage"] = usage.clone();
    events + &format!("data: {last}{line_end}{line_end}data: [DONE]{line_end}{line_end}")
}

/// Anthropic's usage, as a whole answer says it.
pub(crate) fn messages_usage() -> Value {
    json!({
        "input_tokens": 29, "cache_creation_input_tokens": 2618, "cache_read_input_tokens": 9987,
        "cache_creation": {"ephemeral_5m_input_tokens": 526, "ephemeral_1h_input_tokens": 2092},
        "output_tokens": 1617, "server_tool_use": {"web_search_requests": 3, "web_fetch_requests": 0},
        "service_tier": "standard"
    })
}

/// A whole answer of messages.
pub(crate) fn messages_answer(usage: &Value) -> Vec<u8> {
    let answer = json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-opus-4-7",
        "content": [{"type": "thinking", "thinking": "hm", "signature": "c2ln"}, {"type": "text", "text": "{\"usage\": 1}"},
            {"type": "tool_use", "id": "toolu_1", "name": "get", "input": {"usage": {"input_tokens": 1}}}],
        "stop_reason": "end_turn", "stop_sequence": null, "usage": usage,
    });
    answer.to_string().into_bytes()
}

/// The events of a stream of messages.
pub(crate) fn messages_events() -> Vec<Value> {
    let mut start = messages_usage();
    start["output_tokens"] = json!(1);
    start.as_object_mut().unwrap().remove("server_tool_use");
    let end = json!({"input_tokens": 29, "cache_creation_input_tokens": 2618, "cache_read_input_tokens": 9987,
        "output_tokens": 1617, "server_tool_use": {"web_search_requests": 3}});
    vec![
        json!({"type": "message_start", "message": {"id": "msg_1", "type": "message", "role": "assistant",
            "model": "claude-opus-4-7", "content": [], "stop_reason": null, "usage": start}}),
        json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}),
        json!({"type": "ping"}),
        json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "hm \"usage\""}}),
        json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": " 你好 👋"}}),
        json!({"type": "content_block_stop", "index": 0}),
        json!({"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": null}, "usage": end}),
        json!({"type": "message_stop"}),
    ]
}

/// Events as Anthropic sends them.
pub(crate) fn messages_stream(events: &[Value], line_end: &str) -> String {
    let event = |event: &Value| {
        format!("event: {}{line_end}data: {event}{line_end}{line_end}", event["type"].as_str().unwrap())
    };
    events.iter().map(event).collect()
}
