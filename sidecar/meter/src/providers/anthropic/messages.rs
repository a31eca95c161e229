//! `POST /v1/messages`. `input_tokens` excludes what came from or went into a cache: the three add up. A stream says its
//! input in `message_start`, its output (a running total) in `message_delta`; counts that a later event repeats
//! replace the earlier ones.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static MESSAGES: Grammar = Grammar {
    request: &REQUEST,
    whole: &MESSAGE,
    event: &EVENT,
    list: None,
    terminal: Terminal::EventKind(&["message_stop"]),
    usages: Usages::AddUp,
    answers: Answers::One,
    read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("system", Shape::Prose),
        ("messages", Shape::Each(&MESSAGE_IN)),
        ("stream", Shape::Value(Asked::Stream)),
        ("metadata", Shape::Object(Asked::Plain, &[("user_id", Shape::Value(Asked::User))])),
        ("service_tier", Shape::Value(Asked::ServiceTier)),
        ("tools", Shape::Schema),
    ],
);

static MESSAGE_IN: Shape<Asked> = Shape::Object(Asked::Part, &[("content", Shape::Prose)]);

static MESSAGE: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("content", Shape::Each(&BLOCK)),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", Shape::Object(Field::Usage, USAGE)),
    ],
);

static EVENT: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("type", Shape::Value(Field::Kind)),
        // message_start
        (
            "message",
            Shape::Object(
                Field::Plain,
                &[
                    ("id", Shape::Value(Field::Id)),
                    ("model", Shape::Value(Field::Model)),
                    ("usage", Shape::Object(Field::Usage, START_USAGE)),
                ],
            ),
        ),
        // content_block_start
        ("content_block", BLOCK),
        // content_block_delta, message_delta
        (
            "delta",
            Shape::Object(
                Field::Plain,
                &[("text", Shape::Prose), ("partial_json", Shape::Prose), ("thinking", Shape::Prose)],
            ),
        ),
        // message_delta
        ("usage", Shape::Object(Field::Usage, USAGE)),
        ("error", Shape::Object(Field::Error, &[])),
    ],
);

const BLOCK: Shape<Field> = Shape::Object(
    Field::Plain,
    &[("text", Shape::Prose), ("thinking", Shape::Prose), ("name", Shape::Prose), ("input", Shape::Schema)],
);

pub(super) const USAGE: &[(&str, Shape<Field>)] = &[
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
];

/// As above, but for the output: what `message_start` says of it is the first token, not the total.
const START_USAGE: &[(&str, Shape<Field>)] = &[
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

pub(super) fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let written = counts.optional(CACHE_WRITE)?;
    let (short, long) = (counts.optional(CACHE_WRITE_5M)?, counts.optional(CACHE_WRITE_1H)?);
    let split = short.saturating_add(long);
    // the total is the older field and may stand alone; writes are of five minutes unless said otherwise
    let short = match written.checked_sub(split) {
        Some(unsplit) => short + unsplit,
        None if written == 0 => short,
        None => return Err(Fault::PartsExceedTotal),
    };
    let usage = Usage::default()
        .with(UnitKind::Input, counts.required(INPUT)?)
        .with(UnitKind::InputCached, counts.optional(CACHE_READ)?)
        .with(UnitKind::InputCacheWrite5m, short)
        .with(UnitKind::InputCacheWrite1h, long)
        .with(UnitKind::WebSearchCall, counts.optional(WEB_SEARCH)?);
    if !counts.is_said(OUTPUT) {
        return Ok(Reading {
            usage: usage.with(UnitKind::Output, counts.required(FIRST_OUTPUT)?),
            is_final: false,
            cost: None,
        });
    }
    let (output, thinking) = (counts.required(OUTPUT)?, counts.optional(THINKING)?);
    let visible = output.checked_sub(thinking).ok_or(Fault::PartsExceedTotal)?;
    Ok(Reading::of(usage.with(UnitKind::Output, visible).with(UnitKind::OutputReasoning, thinking)))
}
