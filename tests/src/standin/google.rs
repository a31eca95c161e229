//! The Gemini API's `generateContent` and `streamGenerateContent` (events, or one list), and its errors.
//! Source: the API reference and the types of google-genai 2.34.0.

use serde_json::Value;

use super::{
    answer::{Answer, EVENT_STREAM, JSON, Piece, Saying},
    ask::{Ask, AskError},
    book::Tokens,
    text::quoted,
};

/// Java's SDK has its own mind about the version.
const MODELS: [&str; 2] = ["/v1beta/models/", "/v1/models/"];

fn after_models(path: &str) -> Option<&str> {
    MODELS.iter().find_map(|models| path.strip_prefix(models))
}

/// Whether this path makes something.
pub fn is_billed(path: &str) -> bool {
    after_models(path)
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(_, verb)| ["generateContent", "streamGenerateContent"].contains(&verb))
}

/// The model and the verb stand in the path, the texts in `contents`.
pub fn ask(path: &str, body: &[u8]) -> Result<Ask, AskError> {
    let value: Value = serde_json::from_slice(body).map_err(|_| AskError::NotJson)?;
    let (model, verb) = after_models(path).and_then(|rest| rest.split_once(':')).ok_or(AskError::NoModel)?;
    let parts =
        value["contents"].as_array().into_iter().flatten().filter_map(|content| content["parts"].as_array());
    let texts = parts.flatten().filter_map(|part| part["text"].as_str());
    Ok(Ask {
        model: model.to_owned(),
        stream: verb == "streamGenerateContent",
        include_usage: true,
        obfuscate: false,
        background: false,
        max_tokens: value["generationConfig"]["maxOutputTokens"].as_u64(),
        prompt_tokens: texts.map(|text| text.len() as u64 / 4 + 3).sum(),
    })
}

/// An answer, as the call asked for it. Each event of a stream says the usage so far.
pub fn generate(ask: &Ask, mut saying: Saying) -> Answer {
    let id = saying.seeded.id(22);
    let all = saying.tokens.output_tokens;
    let chunk = |text: &str, last: bool, tokens: u64| {
        let finish = if last { r#","finishReason":"STOP""# } else { "" };
        let usage = if saying.with_usage {
            format!(r#","usageMetadata":{}"#, usage(&saying.tokens, tokens))
        } else {
            String::new()
        };
        format!(
            r#"{{"candidates":[{{"content":{{"parts":[{{"text":{}}}],"role":"model"}}{finish},"index":0}}]{usage},"modelVersion":{},"responseId":"{id}"}}"#,
            quoted(text),
            quoted(&saying.model),
        )
    };
    if !ask.stream {
        let body = chunk(saying.words.concat().trim_start(), true, all);
        return Answer { status: 200, content_type: JSON, pieces: vec![Piece::new(body, all)], id };
    }
    let count = saying.words.len();
    let pieces = saying.words.iter().enumerate().map(|(at, word)| {
        let tokens = saying.tokens_after(at + 1);
        Piece::new(format!("data: {}\r\n\r\n", chunk(word, at + 1 == count, tokens)), tokens)
    });
    Answer { status: 200, content_type: EVENT_STREAM, pieces: pieces.collect(), id }
}

/// `candidatesTokenCount` is without thoughts; `promptTokenCount` with what came from a cache.
fn usage(tokens: &Tokens, output: u64) -> String {
    let Tokens { input_tokens, cached_input_tokens, reasoning_tokens, .. } = *tokens;
    let thoughts = reasoning_tokens.min(output);
    format!(
        "{{\"promptTokenCount\":{input_tokens},\"candidatesTokenCount\":{},\"totalTokenCount\":{},\
         \"cachedContentTokenCount\":{cached_input_tokens},\
         \"promptTokensDetails\":[{{\"modality\":\"TEXT\",\"tokenCount\":{input_tokens}}}],\"thoughtsTokenCount\":{thoughts}}}",
        output - thoughts,
        input_tokens + output,
    )
}

/// An error answer; `message` stands in it word for word.
pub fn error(status: u16, message: &str, id: String) -> Answer {
    let name = match status {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        429 => "RESOURCE_EXHAUSTED",
        503 => "UNAVAILABLE",
        _ => "INTERNAL",
    };
    let body = format!(r#"{{"error":{{"code":{status},"message":{},"status":"{name}"}}}}"#, quoted(message));
    Answer { status, content_type: JSON, id, pieces: vec![Piece::new(body, 0)] }
}
