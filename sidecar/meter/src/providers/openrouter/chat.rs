//! `POST /api/v1/chat/completions` of OpenRouter: as OpenAI's, with what OpenRouter bills in `usage.cost`, tools and plugins
//! included. With a key of one's own (`is_byok`) that is OpenRouter's fee alone; the model's own provider bills the rest
//! elsewhere. Counts are for the reader: where their parts do not fit, only the totals are kept.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::openai::chat,
    usage::{UnitKind, Usage},
};

pub(crate) static CHAT: Grammar = Grammar {
    request: &chat::REQUEST,
    whole: &ANSWER,
    event: &ANSWER,
    list: None,
    terminal: Terminal::DoneLine,
    usages: Usages::Last,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

static ANSWER: Shape<Field> = Shape::Object(Field::Root, &MEMBERS);
static MEMBERS: [(&str, Shape<Field>); 6] = chat::members(USAGE);

pub(super) const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        chat::PROMPT_TOKENS,
        chat::COMPLETION_TOKENS,
        chat::TOTAL_TOKENS,
        (
            "prompt_tokens_details",
            Shape::Object(
                Field::Details { name: "prompt_tokens_details", first: CACHED, last: VIDEO_IN },
                &[
                    ("cached_tokens", Shape::Value(Field::Count(CACHED))),
                    ("cache_write_tokens", Shape::Value(Field::Count(CACHE_WRITE))),
                    ("audio_tokens", Shape::Value(Field::Count(AUDIO_IN))),
                    ("video_tokens", Shape::Value(Field::Count(VIDEO_IN))),
                    // what the other parts leave
                    ("image_tokens", Shape::Skip),
                    ("file_tokens", Shape::Skip),
                    ("text_tokens", Shape::Skip),
                ],
            ),
        ),
        chat::COMPLETION_DETAILS,
        COST,
        COST_DETAILS,
        BYOK,
        // searches and plugins are in the cost
        ("server_tool_use", Shape::Skip),
        ("server_tool_use_details", Shape::Skip),
        // of pictures, where an Anthropic model helped: in the cost
        ("cache_creation", Shape::Skip),
        ("iterations", Shape::Skip),
        ("service_tier", Shape::Skip),
        ("speed", Shape::Skip),
    ],
);

/// What OpenRouter bills, in USD (its credits are dollars).
pub(super) const COST: (&str, Shape<Field>) = ("cost", Shape::Value(Field::Money(MONEY)));
/// Whether a key of one's own was used.
pub(super) const BYOK: (&str, Shape<Field>) = ("is_byok", Shape::Skip);
/// Parts of the cost, and what others bill.
pub(super) const COST_DETAILS: (&str, Shape<Field>) = ("cost_details", Shape::Skip);

const CACHED: usize = 30;
const CACHE_WRITE: usize = 31;
const AUDIO_IN: usize = 32;
const VIDEO_IN: usize = 33;
pub(super) const MONEY: usize = 34;

pub(super) fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let (prompt, completion) = (counts.required(chat::PROMPT)?, counts.required(chat::COMPLETION)?);
    let parts_in = [
        counts.optional(CACHED)?,
        counts.optional(CACHE_WRITE)?,
        counts.optional(AUDIO_IN)?,
        counts.optional(VIDEO_IN)?,
    ];
    let reasoning = counts.optional(chat::REASONING)?;
    let mut usage = Usage::default().with(UnitKind::Input, prompt).with(UnitKind::Output, completion);
    if let Some(rest) = prompt.checked_sub(parts_in.iter().sum()) {
        let [cached, written, audio, video] = parts_in;
        usage = usage
            .with(UnitKind::Input, rest)
            .with(UnitKind::InputCached, cached)
            .with(UnitKind::InputCacheWrite, written)
            .with(UnitKind::InputAudio, audio)
            .with(UnitKind::InputVideo, video);
    }
    if let Some(rest) = completion.checked_sub(reasoning) {
        usage = usage.with(UnitKind::Output, rest).with(UnitKind::OutputReasoning, reasoning);
    }
    Ok(Reading { cost: counts.money(MONEY)?, ..Reading::of(usage) })
}
