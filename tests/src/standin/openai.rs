//! OpenAI's shapes: chat completions (JSON and stream), embeddings, models, files, errors.
//! Source: the API reference and the types of the official Python SDK 3.57.0.

use super::{
    answer::{Answer, EVENT_STREAM, JSON, Piece, Saying},
    ask::Ask,
    book::Tokens,
    directive::{Directive, Fault},
    text::{Seeded, quoted},
};

/// What those who speak like OpenAI do in their own way.
pub struct Manners {
    /// What an id begins with.
    pub id: &'static str,
    pub usage: fn(&Tokens) -> String,
    /// A stream says its usage whether or not it was asked to, and never `null`.
    pub always_says_usage: bool,
}

const OWN: Manners = Manners { id: "chatcmpl-", usage, always_says_usage: false };

/// A chat completion, as the call asked for it.
pub fn chat(ask: &Ask, directive: &Directive, saying: Saying) -> Answer {
    chat_of(&OWN, ask, directive, saying)
}

/// The same, as another provider says it.
pub fn chat_of(manners: &Manners, ask: &Ask, directive: &Directive, mut saying: Saying) -> Answer {
    let id = format!("{}{}", manners.id, saying.seeded.id(29));
    if ask.stream { stream(manners, ask, directive, saying, id) } else { json(manners, saying, id) }
}

/// The answer as the provider prints it: indented, usage before the last two fields.
fn json(manners: &Manners, saying: Saying, id: String) -> Answer {
    let (created, model) = (saying.created, &saying.model);
    let content = quoted(saying.words.concat().trim_start());
    let usage = if saying.with_usage {
        format!("\n  \"usage\": {},", (manners.usage)(&saying.tokens))
    } else {
        String::new()
    };
    let body = format!(
        r#"{{
  "id": "{id}",
  "object": "chat.completion",
  "created": {created},
  "model": "{model}",
  "choices": [
    {{
      "index": 0,
      "message": {{
        "role": "assistant",
        "content": {content},
        "refusal": null,
        "annotations": []
      }},
      "logprobs": null,
      "finish_reason": "stop"
    }}
  ],{usage}
  "service_tier": "default",
  "system_fingerprint": "fp_560af6e559"
}}
"#
    );
    let tokens = saying.tokens.output_tokens;
    Answer { status: 200, content_type: JSON, id, pieces: vec![Piece::new(body, tokens)] }
}

/// A stream. Where usage was asked for, a chunk without choices carries it before `[DONE]`, and every other
/// chunk says `"usage":null`; where it was not, neither is there.
fn stream(manners: &Manners, ask: &Ask, directive: &Directive, saying: Saying, id: String) -> Answer {
    let asked = (ask.include_usage || manners.always_says_usage) && saying.with_usage;
    let nothing = if asked && !manners.always_says_usage { r#","usage":null"# } else { "" };
    let (created, model) = (saying.created, &saying.model);
    let mut seeded = saying.seeded.clone();
    let mut chunk = |choices: &str, usage: &str| {
        // padding against guesses by length: random, so long that all chunks weigh about the same
        let pad =
            if ask.obfuscate { format!(r#","obfuscation":"{}""#, pad(&mut seeded)) } else { String::new() };
        format!(
            "data: {{\"id\":\"{id}\",\"object\":\"chat.completion.chunk\",\"created\":{created},\"model\":\"{model}\",\
             \"service_tier\":\"default\",\"system_fingerprint\":\"fp_560af6e559\",\"choices\":{choices}{usage}{pad}}}\n\n"
        )
    };
    let role = r#"[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}]"#;
    let mut pieces = vec![Piece::new(chunk(role, nothing), 0)];
    for (index, word) in saying.words.iter().enumerate() {
        let choice = format!(
            r#"[{{"index":0,"delta":{{"content":{}}},"logprobs":null,"finish_reason":null}}]"#,
            quoted(word)
        );
        pieces.push(Piece::new(chunk(&choice, nothing), saying.tokens_after(index + 1)));
    }
    let all = saying.tokens.output_tokens;
    let stop = r#"[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]"#;
    pieces.push(Piece::new(chunk(stop, nothing), all));
    if asked {
        pieces
            .push(Piece::new(chunk("[]", &format!(r#","usage":{}"#, (manners.usage)(&saying.tokens))), all));
    }
    if directive.fault != Some(Fault::NoEnd) {
        pieces.push(Piece::new("data: [DONE]\n\n".to_owned(), all));
    }
    if let Some(Fault::ErrorEvent { after }) = directive.fault {
        let tokens = pieces.get(after.saturating_sub(1)).map_or(all, |piece| piece.tokens);
        pieces.truncate(after);
        pieces.push(Piece::new(format!("data: {}\n\n", error_body(500, SERVER_ERROR, None)), tokens));
    }
    Answer { status: 200, content_type: EVENT_STREAM, id, pieces }
}

fn pad(seeded: &mut Seeded) -> String {
    let length = usize::try_from(seeded.number() % 12).unwrap_or(0);
    seeded.id(length)
}

fn usage(tokens: &Tokens) -> String {
    let Tokens { input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, .. } = *tokens;
    let total = input_tokens + output_tokens;
    let written = tokens.cache_write_5m_tokens + tokens.cache_write_1h_tokens;
    let written = if written == 0 { String::new() } else { format!(r#","cache_write_tokens":{written}"#) };
    format!(
        "{{\"prompt_tokens\":{input_tokens},\"completion_tokens\":{output_tokens},\"total_tokens\":{total},\
         \"prompt_tokens_details\":{{\"cached_tokens\":{cached_input_tokens},\"audio_tokens\":0{written}}},\
         \"completion_tokens_details\":{{\"reasoning_tokens\":{reasoning_tokens},\"audio_tokens\":0,\
         \"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}}}"
    )
}

/// One vector of eight numbers for all input.
pub fn embeddings(ask: &Ask, seeded: &mut Seeded) -> Answer {
    let vector: Vec<String> = (0..8).map(|_| format!("0.{:06}", seeded.number() % 1_000_000)).collect();
    let body = format!(
        r#"{{"object":"list","data":[{{"object":"embedding","index":0,"embedding":[{}]}}],"model":{},"usage":{{"prompt_tokens":{tokens},"total_tokens":{tokens}}}}}"#,
        vector.join(","),
        quoted(&ask.model),
        tokens = ask.prompt_tokens,
    );
    Answer {
        status: 200,
        content_type: JSON,
        id: format!("embd-{}", seeded.id(24)),
        pieces: vec![Piece::new(body, 0)],
    }
}

/// Reads that cost nothing: models and files; and secrets for browsers. `None` is a path that does not exist.
pub fn free(method: &str, path: &str, body_bytes: usize) -> Option<String> {
    let model = |id: &str| {
        format!(r#"{{"id":{},"object":"model","created":1721172741,"owned_by":"system"}}"#, quoted(id))
    };
    let file = |id: &str, bytes: usize| {
        format!(
            r#"{{"object":"file","id":{},"purpose":"batch","filename":"calls.jsonl","bytes":{bytes},"created_at":1790000000,"status":"processed"}}"#,
            quoted(id)
        )
    };
    let list =
        |items: &[String]| format!(r#"{{"object":"list","data":[{}],"has_more":false}}"#, items.join(","));
    let rest = path.strip_prefix("/v1/")?;
    Some(match (method, rest.split_once('/')) {
        ("POST", Some(("realtime", "client_secrets"))) => {
            r#"{"value":"ek_standin","expires_at":1790000600,"session":{"type":"realtime","object":"realtime.session","id":"sess_standin","model":"gpt-realtime"}}"#.to_owned()
        }
        ("GET", None) if rest == "models" => list(&[model("gpt-4o"), model("gpt-4o-mini")]),
        ("GET", Some(("models", id))) => model(id),
        ("GET", None) if rest == "files" => list(&[file("file-standin", 140)]),
        // can cost, by the day
        ("POST", None) if rest == "vector_stores" => r#"{"id":"vs_1","object":"vector_store"}"#.to_owned(),
        ("POST", None) if rest == "files" => file("file-standin", body_bytes),
        ("GET", Some(("files", id))) => file(id, 140),
        ("DELETE", Some(("files", id))) => {
            format!(r#"{{"object":"file","deleted":true,"id":{}}}"#, quoted(id))
        }
        _ => return None,
    })
}

pub const SERVER_ERROR: &str = "The server had an error while processing your request. Sorry about that! Please contact us if the error persists.";

/// An error answer; `message` stands in it word for word.
pub fn error(status: u16, message: &str, code: Option<&str>, id: String) -> Answer {
    let body = error_body(status, message, code);
    Answer { status, content_type: JSON, id, pieces: vec![Piece::new(body, 0)] }
}

fn error_body(status: u16, message: &str, code: Option<&str>) -> String {
    let kind = match status {
        401 => "authentication_error",
        403 => "permission_error",
        429 => "requests",
        500.. => "server_error",
        _ => "invalid_request_error",
    };
    let code = code.or((status == 429).then_some("rate_limit_exceeded")).map_or("null".to_owned(), quoted);
    let message = quoted(message);
    format!(r#"{{"error":{{"message":{message},"type":"{kind}","param":null,"code":{code}}}}}"#)
}
