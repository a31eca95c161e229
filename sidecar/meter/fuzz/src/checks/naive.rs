//! Readers that keep everything and know nothing of speed.

use serde_json::{Map, Value};

/// A document that every parser reads alike: none of its names stands twice in an object.
pub(crate) fn document(bytes: &[u8]) -> Option<Value> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    // where a name stood twice, one of its members is gone
    let colons = |bytes: &[u8]| {
        let (mut count, mut in_string, mut escaped) = (0, false, false);
        for byte in bytes {
            match (in_string, byte) {
                (true, b'\\') if !escaped => {
                    escaped = true;
                    continue;
                }
                (_, b'"') if !escaped => in_string = !in_string,
                (false, b':') => count += 1,
                _ => {}
            }
            escaped = false;
        }
        count
    };
    (colons(bytes) == members(&value)).then_some(value)
}

fn members(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.len() + object.values().map(members).sum::<usize>(),
        Value::Array(array) => array.iter().map(members).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The data of each event, by the standard's own words: lines, fields, blank lines. `None`: the stream ends in an event.
pub(crate) fn events(stream: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(stream).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    if !text.is_empty() && !text.ends_with("\n\n") && text != "\n" {
        return None;
    }
    let (mut events, mut data) = (Vec::new(), Vec::new());
    for line in text.split('\n') {
        if line.is_empty() {
            events.extend((!data.is_empty()).then(|| data.join("\n")));
            data.clear();
        } else if let Some(value) = line.strip_prefix("data:") {
            data.push(value.strip_prefix(' ').unwrap_or(value));
        } else if line == "data" {
            data.push("");
        }
    }
    Some(events)
}

/// The usage of chat completions: `prompt_tokens` and `completion_tokens` with what they are made of.
pub(crate) fn chat_usage(usage: &Value) -> Option<(u64, u64)> {
    let usage = usage.as_object()?;
    let (prompt, completion) = (count(usage.get("prompt_tokens")?)?, count(usage.get("completion_tokens")?)?);
    let parts = |details: &str, names: &[&str]| {
        let details = match usage.get(details) {
            None | Some(Value::Null) => &Map::new(),
            Some(details) => details.as_object()?,
        };
        names.iter().try_fold(0u64, |sum, name| match details.get(*name) {
            None | Some(Value::Null) => Some(sum),
            Some(part) => Some(sum + count(part)?),
        })
    };
    let of_prompt = ["cached_tokens", "cache_write_tokens", "audio_tokens", "image_tokens"];
    let of_completion = ["reasoning_tokens", "audio_tokens", "image_tokens"];
    let fits = parts("prompt_tokens_details", &of_prompt)? <= prompt
        && parts("completion_tokens_details", &of_completion)? <= completion;
    fits.then_some((prompt, completion))
}

/// A count is a whole number of at most a billion.
pub(crate) fn count(value: &Value) -> Option<u64> {
    value.as_u64().filter(|&count| count <= 1_000_000_000)
}

/// A name that can be shown.
pub(crate) fn name(value: &Value, limit: usize) -> Option<&str> {
    value
        .as_str()
        .filter(|name| !name.is_empty() && name.len() <= limit && !name.chars().any(char::is_control))
}
