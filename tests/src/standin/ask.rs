//! What a call asks for, as far as the answer depends on it.

use serde_json::Value;

/// The request of one billed call, OpenAI's or Anthropic's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub model: String,
    pub stream: bool,
    /// OpenAI: `stream_options.include_usage`.
    pub include_usage: bool,
    /// OpenAI: `stream_options.include_obfuscation`, true unless switched off.
    pub obfuscate: bool,
    /// OpenAI's responses: made in the background, to be read later.
    pub background: bool,
    /// The most tokens the answer may have, where the call says so.
    pub max_tokens: Option<u64>,
    /// A rough count of the prompt: four bytes a token, and three for the frame of each text.
    pub prompt_tokens: u64,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum AskError {
    #[error("We could not parse the JSON body of your request.")]
    NotJson,
    #[error("you must provide a model parameter")]
    NoModel,
}

// === impl Ask ===

impl Ask {
    pub fn read(body: &[u8]) -> Result<Ask, AskError> {
        let value: Value = serde_json::from_slice(body).map_err(|_| AskError::NotJson)?;
        let model = value["model"].as_str().ok_or(AskError::NoModel)?.to_owned();
        let options = &value["stream_options"];
        let max_tokens = ["max_completion_tokens", "max_tokens"].iter().find_map(|name| value[name].as_u64());
        Ok(Ask {
            model,
            stream: value["stream"].as_bool().unwrap_or(false),
            include_usage: options["include_usage"].as_bool().unwrap_or(false),
            obfuscate: options["include_obfuscation"].as_bool().unwrap_or(true),
            background: value["background"].as_bool().unwrap_or(false),
            max_tokens,
            prompt_tokens: prompt_tokens(&value),
        })
    }
}

/// The text of a whole request: system prompt, messages, inputs to embed.
fn prompt_tokens(value: &Value) -> u64 {
    ["system", "messages", "input"].iter().map(|name| text_tokens(&value[name])).sum()
}

fn text_tokens(value: &Value) -> u64 {
    match value {
        Value::String(text) => text.len() as u64 / 4 + 3,
        Value::Array(items) => items.iter().map(text_tokens).sum(),
        Value::Object(fields) => {
            ["content", "text"].iter().filter_map(|name| fields.get(*name)).map(text_tokens).sum()
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompt_in_parts_counts_its_texts_and_nothing_else() {
        let body = br#"{"model":"m","system":"12345678","messages":[{"role":"user","content":[
            {"type":"text","text":"1234"},{"type":"image_url","image_url":{"url":"data:aaaa"}}]}]}"#;
        assert_eq!(Ask::read(body).expect("an ask").prompt_tokens, 2 + 3 + 1 + 3);
    }

    #[test]
    fn usage_is_asked_for_only_by_true() {
        let asks = |options: &str| {
            let body = format!(r#"{{"model":"m","stream":true,"stream_options":{options}}}"#);
            Ask::read(body.as_bytes()).expect("an ask").include_usage
        };
        assert!(asks(r#"{"include_usage":true}"#));
        assert!(!asks(r#"{"include_usage":false}"#));
        assert!(!asks("null"));
    }
}
