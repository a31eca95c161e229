use serde_json::{Value, json};
use tollgate_meter::{Dialect, RequestFacts, RequestReader, may_stream};

use super::{Input, naive};

/// A request in JSON, to any endpoint; beside `serde_json` for one, and with the edit that asks for its usage.
pub(crate) fn bodies(bytes: &[u8]) {
    let Some(input) = Input::of(bytes) else { return };
    whole_and_cut(Some(input.one_of(&naive::DIALECTS)), &input);
    whole_and_cut(None, &input);
    let Some(document) = naive::document(input.body).filter(Value::is_object) else { return };
    let mut reader = RequestReader::new(Some(Dialect::OpenAiChat));
    reader.feed(input.body);
    assert!(reader.is_settled() && !reader.is_unreadable(), "{document}");
    let facts = reader.facts();
    assert_eq!(facts.model.as_deref(), naive::name(&document["model"], 256));
    assert_eq!(facts.stream, document["stream"] == true);
    assert!(!facts.stream || may_stream(input.body));
    let user = ["safety_identifier", "user"].iter().find_map(|name| naive::name(&document[name], 1024));
    assert_eq!(facts.user.as_deref(), user);
    asks_for_usage(&reader, &document, input.body);
}

/// The edit leaves a request that asks for its usage, and is otherwise what it was.
fn asks_for_usage(reader: &RequestReader, document: &Value, body: &[u8]) {
    let options = &document["stream_options"];
    let can_ask = match options {
        Value::Null => true,
        Value::Object(options) => match options.get("include_usage") {
            None | Some(Value::Null | Value::Bool(false)) => true,
            Some(_) => false,
        },
        _ => false,
    };
    let splice = reader.usage_splice();
    assert_eq!(splice.is_some(), document["stream"] == true && can_ask, "{document}");
    if let Some(splice) = splice {
        let edited = splice.apply(body).expect("the edit is within the body");
        let mut wanted = document.clone();
        if options.is_null() {
            wanted["stream_options"] = json!({});
        }
        wanted["stream_options"]["include_usage"] = json!(true);
        assert_eq!(serde_json::from_slice::<Value>(&edited).ok(), Some(wanted));
    }
}

/// A form; beside a reader that splits it at its boundary.
pub(crate) fn forms(bytes: &[u8]) {
    let Some(input) = Input::of(bytes) else { return };
    let dialect =
        input.one_of(&[Dialect::OpenAiImages, Dialect::OpenAiTranscriptions, Dialect::OpenAiVideos]);
    let facts = whole_and_cut(Some(dialect), &input);
    if let Some(fields) = naive_form(input.body) {
        let last = fields.iter().rfind(|(name, _)| name == "model").map(|(_, value)| value.clone());
        let model = last.map(Value::String);
        assert_eq!(facts.model.as_deref(), model.as_ref().and_then(|model| naive::name(model, 256)));
    }
}

/// Names and values, where each part has one plain header line. `None`: it is more than that.
fn naive_form(body: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(body).ok()?;
    let (boundary, rest) = text.split_once("\r\n")?;
    if !boundary.starts_with("--") || boundary.len() > 72 || boundary.contains(['\r', '\n']) {
        return None;
    }
    let rest = rest.strip_suffix(&format!("\r\n{boundary}--"))?;
    rest.split(&format!("\r\n{boundary}"))
        .enumerate()
        .map(|(at, part)| {
            let part = if at == 0 { part } else { part.strip_prefix("\r\n")? };
            let (head, value) = part.split_once("\r\n\r\n")?;
            let name = head.strip_prefix("Content-Disposition: form-data; name=\"")?.strip_suffix('"')?;
            let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_plain.then(|| (name.to_owned(), value.to_owned()))
        })
        .collect()
}

/// The same, however the bytes come.
fn whole_and_cut(dialect: Option<Dialect>, input: &Input<'_>) -> RequestFacts {
    let read = |pieces: &mut dyn Iterator<Item = &[u8]>| {
        let mut reader = RequestReader::new(dialect);
        pieces.for_each(|piece| reader.feed(piece));
        (reader.facts().clone(), reader.is_settled(), reader.is_unreadable(), reader.usage_splice())
    };
    let whole = read(&mut std::iter::once(input.body));
    assert_eq!(read(&mut input.pieces()), whole, "{dialect:?}");
    assert_eq!(read(&mut input.body.chunks(1)), whole, "{dialect:?}, byte by byte");
    whole.0
}
