use serde_json::Value;
use tollgate_meter::{AnswerFacts, AnswerHead, AnswerReader, Coding, Dialect, UsageHider};

use super::{Input, SSE, naive};

/// A stream whose usage was asked for: what the app sees of it is what it would have seen unasked.
pub(crate) fn streams(bytes: &[u8]) {
    let Some(input) = Input::of(bytes) else { return };
    let (seen, facts) = hide(&mut std::iter::once(input.body));
    assert_eq!(hide(&mut input.pieces()), (seen.clone(), facts.clone()));
    assert_eq!(hide(&mut input.body.chunks(1)), (seen.clone(), facts), "byte by byte");
    if !input.body.windows(7).any(|window| window == b"\"usage\"") {
        assert_eq!(seen, input.body);
    }
    let Some(events) = naive::whole_events(input.body) else { return };
    let documents: Option<Vec<_>> = events
        .iter()
        .map(|data| {
            naive::document(data.as_bytes()).filter(|document| document.is_object() && is_plain(data))
        })
        .collect();
    let Some(documents) = documents else { return };
    let unasked: Vec<Value> = documents.into_iter().filter_map(unasked).collect();
    let seen = naive::whole_events(&seen).expect("whole events");
    let seen: Vec<Value> = seen.iter().map(|data| serde_json::from_str(data).expect("JSON")).collect();
    assert_eq!(seen, unasked);
}

/// No provider spells the names of its members in escapes.
fn is_plain(data: &str) -> bool {
    !data.contains("\\u")
}

/// The event as it is where nobody asks for a usage.
fn unasked(mut event: Value) -> Option<Value> {
    let is_last = event["choices"].as_array().is_some_and(Vec::is_empty);
    let usage = event.as_object_mut()?.remove("usage");
    match usage {
        Some(usage) if is_last && !usage.is_null() => None,
        _ => Some(event),
    }
}

fn hide(pieces: &mut dyn Iterator<Item = &[u8]>) -> (Vec<u8>, AnswerFacts) {
    let head = AnswerHead {
        dialect: Dialect::OpenAiChat,
        status: 200,
        content_type: Some(SSE),
        coding: Coding::Identity,
    };
    let (mut reader, mut hider, mut out) =
        (AnswerReader::new(head), UsageHider::new(Coding::Identity), Vec::new());
    pieces.for_each(|piece| hider.feed(piece, &mut reader, &mut out));
    hider.finish(&mut reader, &mut out);
    (out, reader.facts().clone())
}
