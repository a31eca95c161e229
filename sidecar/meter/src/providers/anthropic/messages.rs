//! `POST /v1/messages`. `input_tokens` excludes what came from or went into a cache: the three add up. A stream says its
//! input in `message_start`, its output (a running total) in `message_delta`; counts that a later event repeats
//! replace the earlier ones.
//!
//! `iterations` tells the steps of one call apart. Most are in the totals already. These are not, and have bills of their
//! own: compaction (its context may reach a price tier that the answer does not), an advisor, and a model that declined
//! after it had begun to answer. One that declined before its first token costs nothing, nor does a refused call that
//! delivered nothing (<https://platform.claude.com/cookbook/fable-5-fallback-billing-guide>, June 2026).

use crate::{
    answer::{Answers, Apart, Counts, Fault, Field, Grammar, Part, Reading, Said, Terminal, Usages, Whose},
    json::Shape,
    providers::openai::chat,
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static MESSAGES: Grammar = Grammar {
    request: &REQUEST,
    whole: &MESSAGE,
    event: &EVENT,
    list: None,
    terminal: ENDS,
    usages: Usages::AddUp,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

pub(crate) const ENDS: Terminal = Terminal::EventKind(&["message_stop"]);

pub(crate) static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("system", Shape::Prose),
        ("messages", Shape::Each(&MESSAGE_IN)),
        ("stream", Shape::Value(Asked::Stream)),
        ("metadata", Shape::Object(Asked::Plain, &[("user_id", Shape::Value(Asked::User))])),
        ("service_tier", Shape::Value(Asked::ServiceTier)),
        ("tools", Shape::Schema),
        // tried where a model declines
        (
            "fallbacks",
            Shape::Each(&Shape::Object(Asked::Plain, &[("model", Shape::Value(Asked::OtherModel))])),
        ),
        chat::MODELS,
    ],
);

static MESSAGE_IN: Shape<Asked> = Shape::Object(Asked::Part, &[("content", Shape::Prose)]);

static MESSAGE: Shape<Field> = Shape::Object(Field::Root, &MEMBERS);
static MEMBERS: [(&str, Shape<Field>); 6] = members(USAGE);
static EVENT: Shape<Field> = Shape::Object(Field::Root, &EVENT_MEMBERS);
static EVENT_MEMBERS: [(&str, Shape<Field>); 6] = event_members(&START, USAGE);
static START: [(&str, Shape<Field>); 3] = start_members(START_USAGE);

type Members = &'static [(&'static str, Shape<Field>)];

/// A whole answer. For those who speak like Anthropic.
pub(crate) const fn members(usage: Members) -> [(&'static str, Shape<Field>); 6] {
    [
        ("id", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("content", Shape::Each(&BLOCK)),
        ("stop_details", STOP_DETAILS),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", Shape::Object(Field::Usage, usage)),
    ]
}

/// The message of a stream's start.
pub(crate) const fn start_members(usage: Members) -> [(&'static str, Shape<Field>); 3] {
    [
        ("id", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("usage", Shape::Object(Field::Usage, usage)),
    ]
}

/// Any event of a stream.
pub(crate) const fn event_members(start: Members, usage: Members) -> [(&'static str, Shape<Field>); 6] {
    [
        ("type", Shape::Value(Field::Kind)),
        // message_start
        ("message", Shape::Object(Field::Plain, start)),
        // content_block_start
        ("content_block", BLOCK),
        // content_block_delta, message_delta
        (
            "delta",
            Shape::Object(
                Field::Plain,
                &[
                    ("text", Shape::Prose),
                    ("partial_json", Shape::Prose),
                    ("thinking", Shape::Prose),
                    ("stop_details", STOP_DETAILS),
                ],
            ),
        ),
        // message_delta
        ("usage", Shape::Object(Field::Usage, usage)),
        ("error", Shape::Object(Field::Error, &[])),
    ]
}

pub(super) const BLOCK: Shape<Field> = Shape::Object(
    Field::Plain,
    &[("text", Shape::Prose), ("thinking", Shape::Prose), ("name", Shape::Prose), ("input", Shape::Schema)],
);

/// A category is named where a classifier of Anthropic's refused, not the model.
pub(super) const STOP_DETAILS: Shape<Field> =
    Shape::Object(Field::Plain, &[("category", Shape::Value(Field::Refusal))]);

pub(crate) const USAGE: &[(&str, Shape<Field>)] = &[
    ("input_tokens", Shape::Value(Field::Count(INPUT))),
    ("cache_creation_input_tokens", Shape::Value(Field::Count(CACHE_WRITE))),
    ("cache_read_input_tokens", Shape::Value(Field::Count(CACHE_READ))),
    ("cache_creation", CACHE_CREATION),
    ("output_tokens", Shape::Value(Field::Count(OUTPUT))),
    ("output_tokens_details", OUTPUT_DETAILS),
    ("server_tool_use", SERVER_TOOL_USE),
    ("service_tier", Shape::Value(Field::ServiceTier)),
    ("speed", Shape::Value(Field::Speed)),
    ("inference_geo", Shape::Value(Field::InferenceGeo)),
    ("iterations", Shape::Each(&ITERATION)),
    // says that a credit was granted, not how much of the input it moved to the price of cache reads
    ("fallback_credit", Shape::Skip),
];

static ITERATION: Shape<Field> = Shape::Object(
    Field::Part(OUTPUT),
    &[
        ("type", Shape::Value(Field::PartKind(&[MESSAGE_STEP, COMPACTION, ADVISOR, FALLBACK]))),
        ("model", Shape::Value(Field::PartModel)),
        ("input_tokens", Shape::Value(Field::Count(INPUT))),
        ("cache_creation_input_tokens", Shape::Value(Field::Count(CACHE_WRITE))),
        ("cache_read_input_tokens", Shape::Value(Field::Count(CACHE_READ))),
        ("cache_creation", CACHE_CREATION),
        ("output_tokens", Shape::Value(Field::Count(OUTPUT))),
        ("output_tokens_details", OUTPUT_DETAILS),
    ],
);

const MESSAGE_STEP: &str = "message";
const COMPACTION: &str = "compaction";
const ADVISOR: &str = "advisor_message";
/// The last step of an answer that another model than the one asked for gave.
const FALLBACK: &str = "fallback_message";

/// As above, but for the output: what `message_start` says of it is the first token, not the total.
pub(crate) const START_USAGE: &[(&str, Shape<Field>)] = &[
    ("input_tokens", Shape::Value(Field::Count(INPUT))),
    ("cache_creation_input_tokens", Shape::Value(Field::Count(CACHE_WRITE))),
    ("cache_read_input_tokens", Shape::Value(Field::Count(CACHE_READ))),
    ("cache_creation", CACHE_CREATION),
    ("output_tokens", Shape::Value(Field::Count(FIRST_OUTPUT))),
    ("output_tokens_details", Shape::Skip),
    ("server_tool_use", SERVER_TOOL_USE),
    ("service_tier", Shape::Value(Field::ServiceTier)),
    ("speed", Shape::Value(Field::Speed)),
    ("inference_geo", Shape::Value(Field::InferenceGeo)),
    ("iterations", Shape::Skip),
    ("fallback_credit", Shape::Skip),
];

const CACHE_CREATION: Shape<Field> = Shape::Object(
    Field::Details { name: "cache_creation", first: CACHE_WRITE_5M, last: CACHE_WRITE_1H },
    &[
        ("ephemeral_5m_input_tokens", Shape::Value(Field::Count(CACHE_WRITE_5M))),
        ("ephemeral_1h_input_tokens", Shape::Value(Field::Count(CACHE_WRITE_1H))),
    ],
);

const OUTPUT_DETAILS: Shape<Field> = Shape::Object(
    Field::Details { name: "output_tokens_details", first: THINKING, last: THINKING },
    &[("thinking_tokens", Shape::Value(Field::Count(THINKING)))],
);

const SERVER_TOOL_USE: Shape<Field> = Shape::Object(
    Field::Details { name: "server_tool_use", first: WEB_SEARCH, last: WEB_SEARCH },
    &[
        ("web_search_requests", Shape::Value(Field::Count(WEB_SEARCH))),
        // free: what was fetched is billed as input
        ("web_fetch_requests", Shape::Skip),
    ],
);

const INPUT: usize = 0;
const CACHE_WRITE: usize = 1;
const CACHE_READ: usize = 2;
const CACHE_WRITE_5M: usize = 3;
const CACHE_WRITE_1H: usize = 4;
const OUTPUT: usize = 5;
const FIRST_OUTPUT: usize = 6;
const THINKING: usize = 7;
const WEB_SEARCH: usize = 8;

pub(crate) fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let searches = counts.optional(WEB_SEARCH)?;
    if !counts.is_said(OUTPUT) {
        let output = counts.required(FIRST_OUTPUT)?;
        let usage = input(counts)?.with(UnitKind::Output, output).with(UnitKind::WebSearchCall, searches);
        return Ok(Reading { is_final: false, ..Reading::of(usage) });
    }
    let thinking = counts.optional(THINKING)?;
    let last = said.parts.iter().find(|part| part.kind == Some(FALLBACK));
    let served = match last {
        Some(last) => served_by(last, said.parts)?,
        None => input(counts)?.with(UnitKind::Output, counts.required(OUTPUT)?),
    };
    let visible = served.get(UnitKind::Output).checked_sub(thinking).ok_or(Fault::PartsExceedTotal)?;
    let usage = served
        .with(UnitKind::Output, visible)
        .with(UnitKind::OutputReasoning, thinking)
        .with(UnitKind::WebSearchCall, searches);
    // the start of a stream names the model that was asked, also where another one answers in the end
    let whose = last.and_then(|last| last.model.clone()).map_or(Whose::Answers, Whose::Named);
    Ok(Reading { whose, apart: apart(said.parts)?, ..Reading::of(usage) })
}

/// Without the parts of cache writes and output.
pub(crate) fn totals(counts: &Counts) -> Result<Usage, Fault> {
    Ok(Usage::default()
        .with(UnitKind::Input, counts.required(INPUT)?)
        .with(UnitKind::InputCached, counts.optional(CACHE_READ)?)
        .with(UnitKind::InputCacheWrite5m, counts.optional(CACHE_WRITE)?)
        .with(UnitKind::Output, counts.required(OUTPUT)?))
}

/// What the model that answered used, of all its steps.
fn served_by(last: &Part, parts: &[Part]) -> Result<Usage, Fault> {
    parts.iter().filter(|part| is_step_of(last, part)).try_fold(Usage::default(), |sum, part| {
        Ok(sum.plus(&input(&part.counts)?.with(UnitKind::Output, part.counts.required(OUTPUT)?)))
    })
}

/// What has bills of its own, one a model.
fn apart(parts: &[Part]) -> Result<Vec<Apart>, Fault> {
    let last = parts.iter().find(|part| part.kind == Some(FALLBACK));
    let mut bills = Vec::new();
    for part in parts {
        let is_apart = match part.kind {
            Some(COMPACTION | ADVISOR) => true,
            Some(MESSAGE_STEP) => last.is_some_and(|last| part.made_output && !is_step_of(last, part)),
            _ => false,
        };
        if is_apart {
            let usage = input(&part.counts)?.with(UnitKind::Output, part.counts.required(OUTPUT)?);
            let whose = part.model.clone().map_or(Whose::Answers, Whose::Named);
            bills.push(Apart { whose, usage });
        }
    }
    Ok(bills)
}

fn is_step_of(last: &Part, part: &Part) -> bool {
    matches!(part.kind, Some(MESSAGE_STEP | FALLBACK)) && (part.model.is_none() || part.model == last.model)
}

fn input(counts: &Counts) -> Result<Usage, Fault> {
    let written = counts.optional(CACHE_WRITE)?;
    let (short, long) = (counts.optional(CACHE_WRITE_5M)?, counts.optional(CACHE_WRITE_1H)?);
    let split = short.saturating_add(long);
    // the total is the older field and may stand alone; writes are of five minutes unless said otherwise
    let short = match written.checked_sub(split) {
        Some(unsplit) => short + unsplit,
        None if written == 0 => short,
        None => return Err(Fault::PartsExceedTotal),
    };
    Ok(Usage::default()
        .with(UnitKind::Input, counts.required(INPUT)?)
        .with(UnitKind::InputCached, counts.optional(CACHE_READ)?)
        .with(UnitKind::InputCacheWrite5m, short)
        .with(UnitKind::InputCacheWrite1h, long))
}
