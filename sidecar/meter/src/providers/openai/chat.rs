//! `POST /v1/chat/completions`. `prompt_tokens` and `completion_tokens` are totals; their details are parts of them.
//! A stream carries its usage in a last chunk of its own, where `stream_options.include_usage` asks for it.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::openai::parts::{Uncached, rest},
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static CHAT: Grammar = Grammar {
    request: &REQUEST,
    whole: &ANSWER,
    event: &ANSWER,
    list: None,
    terminal: Terminal::DoneLine,
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

pub(crate) static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("messages", Shape::Each(&MESSAGE)),
        ("stream", Shape::Value(Asked::Stream)),
        (
            "stream_options",
            Shape::Object(Asked::StreamOptions, &[("include_usage", Shape::Value(Asked::IncludeUsage))]),
        ),
        ("safety_identifier", Shape::Value(Asked::SafetyIdentifier)),
        ("user", Shape::Value(Asked::User)),
        ("service_tier", Shape::Value(Asked::ServiceTier)),
        ("tools", Shape::Schema),
        ("functions", Shape::Schema),
        ("response_format", Shape::Schema),
        MODELS,
    ],
);

/// OpenRouter's: tried one after the other.
pub(crate) const MODELS: (&str, Shape<Asked>) = ("models", Shape::Each(&Shape::Value(Asked::OtherModel)));

static MESSAGE: Shape<Asked> = Shape::Object(
    Asked::Part,
    &[
        ("content", Shape::Prose),
        ("refusal", Shape::Prose),
        ("name", Shape::Prose),
        ("tool_calls", Shape::Prose),
        ("function_call", Shape::Prose),
    ],
);

static ANSWER: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("service_tier", Shape::Value(Field::ServiceTier)),
        ("choices", Shape::Each(&OWN_CHOICE)),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", USAGE),
    ],
);

static OWN_CHOICE: Shape<Field> =
    Shape::Object(Field::Plain, &[("delta", OWN_MESSAGE_OUT), ("message", OWN_MESSAGE_OUT)]);

const OWN_MESSAGE_OUT: Shape<Field> = Shape::Object(
    Field::Plain,
    &[
        CONTENT,
        REFUSAL,
        TOOL_CALLS,
        FUNCTION_CALL,
        AUDIO,
        // models that search cite what they found, and say nothing else of it: such an answer took one search
        ("annotations", Shape::Each(&Shape::Object(Field::StepOnce(UnitKind::WebSearchCall), &[]))),
    ],
);

/// A whole answer and a chunk of a stream differ in `message` and `delta` alone. For those who speak like OpenAI.
pub(crate) const fn members(usage: Shape<Field>) -> [(&'static str, Shape<Field>); 6] {
    [
        ("id", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("service_tier", Shape::Value(Field::ServiceTier)),
        ("choices", Shape::Each(&CHOICE)),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", usage),
    ]
}

pub(crate) static CHOICE: Shape<Field> =
    Shape::Object(Field::Plain, &[("delta", MESSAGE_OUT), ("message", MESSAGE_OUT)]);

pub(crate) const MESSAGE_OUT: Shape<Field> =
    Shape::Object(Field::Plain, &[CONTENT, REFUSAL, TOOL_CALLS, FUNCTION_CALL, AUDIO]);

const CONTENT: (&str, Shape<Field>) = ("content", Shape::Prose);
const REFUSAL: (&str, Shape<Field>) = ("refusal", Shape::Prose);
const TOOL_CALLS: (&str, Shape<Field>) = ("tool_calls", Shape::Prose);
const FUNCTION_CALL: (&str, Shape<Field>) = ("function_call", Shape::Prose);
const AUDIO: (&str, Shape<Field>) = ("audio", Shape::Object(Field::Plain, &[("transcript", Shape::Prose)]));

pub(crate) const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[PROMPT_TOKENS, COMPLETION_TOKENS, TOTAL_TOKENS, PROMPT_DETAILS, COMPLETION_DETAILS],
);

pub(crate) const PROMPT_TOKENS: (&str, Shape<Field>) = ("prompt_tokens", Shape::Value(Field::Count(PROMPT)));
pub(crate) const COMPLETION_TOKENS: (&str, Shape<Field>) =
    ("completion_tokens", Shape::Value(Field::Count(COMPLETION)));
/// The sum of the two, billed as such.
pub(crate) const TOTAL_TOKENS: (&str, Shape<Field>) = ("total_tokens", Shape::Skip);

/// The same, where it says what the two do not: see [`read_by_total`].
pub(crate) const TELLING_TOTAL: (&str, Shape<Field>) = ("total_tokens", Shape::Value(Field::Count(TOTAL)));

pub(crate) const PROMPT_DETAILS: (&str, Shape<Field>) = (
    "prompt_tokens_details",
    Shape::Object(
        Field::Details { name: "prompt_tokens_details", first: CACHED, last: IMAGE_IN },
        &[
            ("cached_tokens", Shape::Value(Field::Count(CACHED))),
            ("cache_write_tokens", Shape::Value(Field::Count(CACHE_WRITE))),
            ("audio_tokens", Shape::Value(Field::Count(AUDIO_IN))),
            ("image_tokens", Shape::Value(Field::Count(IMAGE_IN))),
            // what the other parts leave
            ("text_tokens", Shape::Skip),
        ],
    ),
);

pub(crate) const COMPLETION_DETAILS: (&str, Shape<Field>) = (
    "completion_tokens_details",
    Shape::Object(
        Field::Details { name: "completion_tokens_details", first: REASONING, last: IMAGE_OUT },
        &[
            ("reasoning_tokens", Shape::Value(Field::Count(REASONING))),
            ("audio_tokens", Shape::Value(Field::Count(AUDIO_OUT))),
            ("image_tokens", Shape::Value(Field::Count(IMAGE_OUT))),
            ("text_tokens", Shape::Skip),
            // predictions are billed as output, accepted or not, and are in its total
            ("accepted_prediction_tokens", Shape::Skip),
            ("rejected_prediction_tokens", Shape::Skip),
        ],
    ),
);

// behind those of responses: a line of a batch may say either
pub(crate) const PROMPT: usize = 20;
pub(crate) const COMPLETION: usize = 21;
const CACHED: usize = 22;
const CACHE_WRITE: usize = 23;
const AUDIO_IN: usize = 24;
const IMAGE_IN: usize = 25;
pub(crate) const REASONING: usize = 26;
const AUDIO_OUT: usize = 27;
const IMAGE_OUT: usize = 28;
const TOTAL: usize = 29;

pub(crate) fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let mut reading = read_with(said, counts.required(COMPLETION)?)?;
    reading.usage.set(UnitKind::WebSearchCall, said.steps.get(UnitKind::WebSearchCall));
    Ok(reading)
}

/// Where thoughts are counted beside the completion (xAI).
pub(crate) fn read_beside(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    read_with(said, counts.required(COMPLETION)?.saturating_add(counts.optional(REASONING)?))
}

/// Where thoughts may be counted beside the completion, and the total alone tells them (Google).
pub(crate) fn read_by_total(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let (prompt, completion) = (counts.required(PROMPT)?, counts.required(COMPLETION)?);
    let beside = counts.optional(TOTAL).unwrap_or(0).saturating_sub(prompt + completion);
    read_parts(said, completion + beside, counts.optional(REASONING)?.max(beside))
}

fn read_with(said: &Said<'_>, completion: u64) -> Result<Reading, Fault> {
    read_parts(said, completion, said.counts()?.optional(REASONING)?)
}

fn read_parts(said: &Said<'_>, completion: u64, reasoning: u64) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let prompt = counts.required(PROMPT)?;
    let (cached, written) = (counts.optional(CACHED)?, counts.optional(CACHE_WRITE)?);
    let Uncached { image, audio, audio_cached } =
        Uncached::of(prompt, cached, written, counts.optional(IMAGE_IN)?, counts.optional(AUDIO_IN)?)?;
    let (audio_out, image_out) = (counts.optional(AUDIO_OUT)?, counts.optional(IMAGE_OUT)?);
    let usage = Usage::default()
        .with(UnitKind::Input, rest(prompt, &[cached, written, audio, image])?)
        .with(UnitKind::InputCached, rest(cached, &[audio_cached])?)
        .with(UnitKind::InputCacheWrite, written)
        .with(UnitKind::InputAudio, audio)
        .with(UnitKind::InputAudioCached, audio_cached)
        .with(UnitKind::InputImage, image)
        .with(UnitKind::Output, rest(completion, &[reasoning, audio_out, image_out])?)
        .with(UnitKind::OutputReasoning, reasoning)
        .with(UnitKind::OutputAudio, audio_out)
        .with(UnitKind::OutputImage, image_out);
    Ok(Reading::of(usage))
}
