use serde_json::{Value, value::RawValue};
use tollgate_meter::{AnswerFacts, Dialect, Fault, Usage};

use super::{Heard, Input, JSON, SSE, hear, naive};

/// A whole body, in any dialect; beside `serde_json` in one.
pub(crate) fn documents(bytes: &[u8]) {
    let Some(input) = Input::of(bytes) else { return };
    whole_and_cut(input.one_of(&naive::DIALECTS), &input);
    let Some(document) = naive::document(input.body) else { return };
    let heard = hear(Dialect::OpenAiChat, JSON, std::iter::once(input.body));
    assert!(heard.complete || !document.is_object() && !document.is_array(), "{document} has ended");
    assert_ne!(heard.facts.fault, Some(Fault::BrokenJson), "{document} is JSON");
    says(&heard.facts, &document);
}

/// A stream of events, in any dialect; beside a naive reader in one.
pub(crate) fn streams(bytes: &[u8]) {
    let Some(input) = Input::of(bytes) else { return };
    whole_and_cut(input.one_of(&naive::DIALECTS), &input);
    // what begins like a document is read as one
    if !input.body.starts_with(b"data") && !input.body.starts_with(b":") {
        return;
    }
    let Some(events) = naive::whole_events(input.body) else { return };
    let documents: Option<Vec<_>> = events
        .iter()
        .filter(|data| *data != "[DONE]")
        .map(|data| naive::document(data.as_bytes()).filter(Value::is_object))
        .collect();
    let Some(documents) = documents else { return };
    let heard = hear(Dialect::OpenAiChat, SSE, std::iter::once(input.body));
    assert_eq!(heard.complete, events.iter().any(|data| data == "[DONE]"));
    let last = documents.iter().map(|document| &document["usage"]).rfind(|usage| !usage.is_null());
    usage_is(&heard.facts, last.unwrap_or(&Value::Null));
}

/// A list of chunks is read as the stream of these chunks, and each line of a batch's results as if it stood alone.
pub(crate) fn lists(bytes: &[u8]) {
    let Some(input) = Input::of(bytes) else { return };
    whole_and_cut(Dialect::GoogleGenerate, &input);
    if naive::document(input.body).is_some()
        && let Ok(chunks) = serde_json::from_slice::<Vec<&RawValue>>(input.body)
        && !chunks.is_empty()
        && chunks.iter().all(|chunk| chunk.get().starts_with('{'))
    {
        // as they are spelled: a line end in a chunk is space
        let events = chunks.iter().map(|chunk| chunk.get().replace(['\n', '\r'], " "));
        let stream: String = events.map(|event| format!("data: {event}\n\n")).collect();
        let of_list = hear(Dialect::GoogleGenerate, JSON, std::iter::once(input.body)).facts;
        let of_stream = hear(Dialect::GoogleGenerate, SSE, std::iter::once(stream.as_bytes())).facts;
        assert_eq!(of_list, of_stream);
    }

    let dialect = input.one_of(&[
        Dialect::OpenAiBatchResults,
        Dialect::AnthropicBatchResults,
        Dialect::GoogleBatchResults,
    ]);
    whole_and_cut(dialect, &input);
    if input.body.first() != Some(&b'{') {
        return;
    }
    let all = hear(dialect, JSON, std::iter::once(input.body)).answers;
    let each = input.body.split_inclusive(|&byte| byte == b'\n').filter(|line| line.first() == Some(&b'{'));
    let alone: Vec<_> = each.flat_map(|line| hear(dialect, JSON, std::iter::once(line)).answers).collect();
    if input.body.split(|&byte| byte == b'\n').all(|line| line.is_empty() || line[0] == b'{') {
        assert_eq!(all, alone);
    }
}

/// The same, however the bytes come.
fn whole_and_cut(dialect: Dialect, input: &Input<'_>) {
    let whole: Heard = hear(dialect, input.content_type(), std::iter::once(input.body));
    assert_eq!(hear(dialect, input.content_type(), input.pieces()), whole, "{dialect:?}");
    assert_eq!(hear(dialect, input.content_type(), input.body.chunks(1)), whole, "{dialect:?}, byte by byte");
}

fn says(facts: &AnswerFacts, document: &Value) {
    usage_is(facts, &document["usage"]);
    assert_eq!(facts.model.as_deref(), naive::name(&document["model"], 256));
    assert_eq!(facts.request_id.as_deref(), naive::name(&document["id"], 256));
}

fn usage_is(facts: &AnswerFacts, usage: &Value) {
    let tokens = |usage: &Usage| (usage.tokens().input, usage.tokens().output);
    let read = facts.usage.as_ref().map(tokens);
    assert_eq!(read, naive::chat(usage).as_ref().map(tokens), "of {usage}");
    // what is there and cannot be used has a name
    assert!(read.is_some() || usage.is_null() || facts.fault.is_some(), "of {usage}");
}
