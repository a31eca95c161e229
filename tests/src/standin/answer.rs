//! A whole answer, before any of it is sent: its head, and its body in pieces.

use bytes::Bytes;

use super::{
    ask::Ask,
    book::Tokens,
    directive::{Directive, Fault},
    text::Seeded,
};

/// An answer in the shape of its provider.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    /// The provider's id of what was made; of an error, the id of the request.
    pub id: String,
    /// A JSON body is one piece, a stream has one for each event.
    pub pieces: Vec<Piece>,
}

/// A part of a body, and how many output tokens the client has once it has this part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub bytes: Bytes,
    pub tokens: u64,
}

/// What a good answer says: made once, then put into the provider's shape.
#[derive(Clone, Debug)]
pub struct Saying {
    pub seeded: Seeded,
    /// Seconds since 1970.
    pub created: u64,
    pub model: String,
    pub words: Vec<String>,
    pub tokens: Tokens,
    pub with_usage: bool,
}

pub const JSON: &str = "application/json";
pub const EVENT_STREAM: &str = "text/event-stream; charset=utf-8";

/// How many words an answer has at most when neither call nor directive says so; it has half of them at least.
const WORDS: u64 = 24;
/// A call that allows very many tokens still gets an answer of this many at most.
const MOST_WORDS: u64 = 120;
/// The time of answers that follow from a seed: 2026-09-21.
const SEEDED_TIME: u64 = 1_790_000_000;

// === impl Saying ===

impl Saying {
    /// `fallback` seeds answers that ask for no seed of their own; `now` is in seconds since 1970.
    pub fn new(ask: &Ask, directive: &Directive, fallback: u64, now: u64) -> Saying {
        let mut seeded = Seeded::new(directive.seed.unwrap_or(fallback));
        let words = directive.chunks.unwrap_or_else(|| {
            let allowed = ask.max_tokens.unwrap_or(WORDS).min(MOST_WORDS);
            allowed - seeded.number() % (allowed / 2 + 1)
        });
        let words: Vec<_> = (0..words).map(|_| seeded.word()).collect();
        let output = directive.output.unwrap_or(words.len() as u64 + directive.reasoning);
        Saying {
            seeded,
            created: if directive.seed.is_some() { SEEDED_TIME } else { now },
            model: directive.model.clone().unwrap_or_else(|| snapshot(&ask.model)),
            tokens: Tokens {
                input_tokens: directive.input.unwrap_or(ask.prompt_tokens)
                    + directive.cached
                    + directive.write_5m
                    + directive.write_1h,
                cached_input_tokens: directive.cached,
                cache_write_5m_tokens: directive.write_5m,
                cache_write_1h_tokens: directive.write_1h,
                output_tokens: output,
                reasoning_tokens: directive.reasoning,
            },
            with_usage: directive.fault != Some(Fault::NoUsage),
            words,
        }
    }

    /// The output tokens a client has after `words` of the words.
    pub fn tokens_after(&self, words: usize) -> u64 {
        self.tokens.output_tokens * words as u64 / self.words.len().max(1) as u64
    }
}

/// The dated model that answers for an undated name, as the providers' do.
fn snapshot(asked: &str) -> String {
    match asked {
        "gpt-4o-mini" => "gpt-4o-mini-2024-07-18",
        "gpt-4o" => "gpt-4o-2024-08-06",
        "gpt-4.1-mini" => "gpt-4.1-mini-2025-04-14",
        "gpt-5.4-mini" => "gpt-5.4-mini-2026-03-17",
        "claude-sonnet-4-5" => "claude-sonnet-4-5-20250929",
        "claude-haiku-4-5" => "claude-haiku-4-5-20251001",
        other => other,
    }
    .to_owned()
}

// === impl Piece ===

impl Piece {
    pub fn new(text: String, tokens: u64) -> Piece {
        Piece { bytes: text.into(), tokens }
    }
}
