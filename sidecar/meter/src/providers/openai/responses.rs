//! `POST /v1/responses`, and what reads such a response again. A stream says the whole response in its last event. Tools
//! that OpenAI runs are billed by the call beside the tokens; work in the background is read later, by its id.

use crate::{
    answer::{Answers, Apart, Counts, Fault, Field, Grammar, Reading, Said, Terminal, Usages, Whose},
    json::Shape,
    providers::openai::{
        chat, images,
        parts::{Uncached, rest},
    },
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static RESPONSES: Grammar = Grammar {
    request: &REQUEST,
    whole: &RESPONSE,
    event: &EVENT,
    list: None,
    terminal: ENDS,
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

/// The same events as messages of a WebSocket, one response after another.
pub(crate) static SESSION: Grammar = Grammar {
    request: &REQUEST,
    whole: &EVENT,
    event: &EVENT,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::Session,
    read,
    by_request: None,
    grpc: None,
};

pub(crate) const ENDS: Terminal =
    Terminal::EventKind(&["response.completed", "response.incomplete", "response.failed"]);

pub(crate) static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("input", Shape::Prose),
        ("instructions", Shape::Prose),
        ("stream", Shape::Value(Asked::Stream)),
        ("background", Shape::Value(Asked::Background)),
        ("safety_identifier", Shape::Value(Asked::SafetyIdentifier)),
        ("user", Shape::Value(Asked::User)),
        ("service_tier", Shape::Value(Asked::ServiceTier)),
        ("tools", Shape::Schema),
        ("text", Shape::Schema),
        chat::MODELS,
    ],
);

static RESPONSE: Shape<Field> = Shape::Object(Field::Root, &MEMBERS);

static EVENT: Shape<Field> = Shape::Object(Field::Root, &EVENT_MEMBERS);

static MEMBERS: [(&str, Shape<Field>); 10] = members(USAGE);
static EVENT_MEMBERS: [(&str, Shape<Field>); 5] = event_members(&MEMBERS);

/// The members of a response, with the usage as its provider spells it.
pub(crate) const fn members(usage: Shape<Field>) -> [(&'static str, Shape<Field>); 10] {
    [
        ("id", Shape::Value(Field::Id)),
        ("created_at", Shape::Value(Field::Created)),
        ("model", Shape::Value(Field::Model)),
        ("status", Shape::Value(Field::Status)),
        ("service_tier", Shape::Value(Field::ServiceTier)),
        ("error", Shape::Object(Field::Error, &[])),
        ("tools", TOOLS_IN_USE),
        ("output", Shape::Each(&ITEM)),
        ("tool_usage", TOOL_USAGE),
        ("usage", usage),
    ]
}

/// The members of an event of its stream.
pub(crate) const fn event_members(
    response: &'static [(&'static str, Shape<Field>)],
) -> [(&'static str, Shape<Field>); 5] {
    [
        ("type", Shape::Value(Field::Kind)),
        ("response", Shape::Object(Field::Plain, response)),
        // texts, arguments of calls, summaries of thoughts, as they come
        ("delta", Shape::Prose),
        ("item", Shape::Object(Field::Plain, &[("type", Shape::Value(Field::Step(TOOLS)))])),
        ("error", Shape::Object(Field::Error, &[])),
    ]
}

pub(super) static ITEM: Shape<Field> = Shape::Object(
    Field::Plain,
    &[
        ("type", Shape::Value(Field::Tally(TOOLS))),
        ("action", Shape::Object(Field::Plain, &[("type", Shape::Value(Field::Untally(NO_SEARCH)))])),
        // each container is a session, be it the code interpreter's or a hosted shell's; a shell of the app's own has none
        CONTAINER,
        ("environment", Shape::Object(Field::Plain, &[CONTAINER])),
        // a picture that another model wrote down
        ("svg_usage", images::SVG_USAGE),
        ("content", Shape::Prose),
        ("arguments", Shape::Prose),
        ("summary", Shape::Prose),
    ],
);

const CONTAINER: (&str, Shape<Field>) =
    ("container_id", Shape::Value(Field::Distinct(UnitKind::CodeSession)));

const TOOLS: &[(&str, UnitKind)] =
    &[("web_search_call", UnitKind::WebSearchCall), ("file_search_call", UnitKind::FileSearchCall)];

/// Looking at a page that was found is no search (types of the SDK: `num_requests` counts without them).
const NO_SEARCH: &[(&str, UnitKind)] =
    &[("open_page", UnitKind::WebSearchCall), ("find_in_page", UnitKind::WebSearchCall)];

/// Of the tools, only the one that makes pictures has a model. The older search has a price of its own with some models.
pub(super) const TOOLS_IN_USE: Shape<Field> = Shape::Each(&Shape::Object(
    Field::Plain,
    &[("type", Shape::Value(Field::HostedTool)), ("model", Shape::Value(Field::OtherModel))],
));

/// What hosted tools used, beside the model: the searches that are billed, and the tokens of pictures, which have a bill of
/// their own, at the prices of the tool's model.
pub(super) const TOOL_USAGE: Shape<Field> = Shape::Object(
    Field::Plain,
    &[
        (
            "web_search",
            Shape::Object(Field::Plain, &[("num_requests", Shape::Value(Field::Beside(SEARCHES)))]),
        ),
        ("image_gen", images::TOOL_USAGE),
    ],
);

const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[INPUT_TOKENS, OUTPUT_TOKENS, chat::TOTAL_TOKENS, INPUT_DETAILS, OUTPUT_DETAILS],
);

pub(crate) const INPUT_TOKENS: (&str, Shape<Field>) = ("input_tokens", Shape::Value(Field::Count(INPUT)));
pub(crate) const OUTPUT_TOKENS: (&str, Shape<Field>) = ("output_tokens", Shape::Value(Field::Count(OUTPUT)));

pub(crate) const INPUT_DETAILS: (&str, Shape<Field>) = (
    "input_tokens_details",
    Shape::Object(
        Field::Details { name: "input_tokens_details", first: CACHED, last: WRITE_12H },
        &[
            ("cached_tokens", Shape::Value(Field::Count(CACHED))),
            ("cache_write_tokens", Shape::Value(Field::Count(CACHE_WRITE))),
            (
                "cache_write_tokens_details",
                Shape::Object(
                    Field::Details { name: "cache_write_tokens_details", first: WRITE_12H, last: WRITE_12H },
                    &[
                        ("ttl_12h_tokens", Shape::Value(Field::Count(WRITE_12H))),
                        // what the other leaves
                        ("ttl_30m_tokens", Shape::Skip),
                    ],
                ),
            ),
            ("audio_tokens", Shape::Value(Field::Count(AUDIO_IN))),
            ("image_tokens", Shape::Value(Field::Count(IMAGE_IN))),
            // what the other parts leave
            ("text_tokens", Shape::Skip),
        ],
    ),
);

pub(crate) const OUTPUT_DETAILS: (&str, Shape<Field>) = (
    "output_tokens_details",
    Shape::Object(
        Field::Details { name: "output_tokens_details", first: REASONING, last: REASONING },
        &[("reasoning_tokens", Shape::Value(Field::Count(REASONING))), ("text_tokens", Shape::Skip)],
    ),
);

pub(crate) const INPUT: usize = 0;
pub(super) const OUTPUT: usize = 1;
pub(super) const REASONING: usize = 2;
pub(super) const CACHED: usize = 3;
const CACHE_WRITE: usize = 4;
const AUDIO_IN: usize = 5;
pub(super) const IMAGE_IN: usize = 6;
const WRITE_12H: usize = 7;
const SEARCHES: usize = 8;

pub(crate) fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let (input, output) = (counts.required(INPUT)?, counts.required(OUTPUT)?);
    let (cached, written) = (counts.optional(CACHED)?, counts.optional(CACHE_WRITE)?);
    let long = counts.optional(WRITE_12H)?;
    let Uncached { image, audio, audio_cached } =
        Uncached::of(input, cached, written, counts.optional(IMAGE_IN)?, counts.optional(AUDIO_IN)?)?;
    let reasoning = counts.optional(REASONING)?;
    let mut tools = said.tallied;
    if counts.is_said(SEARCHES) {
        // the provider's own count of what it bills
        tools.set(UnitKind::WebSearchCall, counts.required(SEARCHES)?);
    }
    let usage = tools
        .with(UnitKind::Input, rest(input, &[cached, written, audio, image])?)
        .with(UnitKind::InputCached, rest(cached, &[audio_cached])?)
        .with(UnitKind::InputCacheWrite, rest(written, &[long])?)
        .with(UnitKind::InputCacheWrite12h, long)
        .with(UnitKind::InputAudio, audio)
        .with(UnitKind::InputAudioCached, audio_cached)
        .with(UnitKind::InputImage, image)
        .with(UnitKind::Output, rest(output, &[reasoning])?)
        .with(UnitKind::OutputReasoning, reasoning);
    Ok(Reading { apart: pictures(said)?, ..Reading::of(usage) })
}

/// Without the parts.
pub(crate) fn totals(counts: &Counts) -> Result<Usage, Fault> {
    let (input, output) = (counts.required(INPUT)?, counts.required(OUTPUT)?);
    Ok(Usage::default().with(UnitKind::Input, input).with(UnitKind::Output, output))
}

/// Pictures that the tool's model made, and those that a model which is named wrote down.
pub(super) fn pictures(said: &Said<'_>) -> Result<Vec<Apart>, Fault> {
    let mut bills = Vec::new();
    for part in said.parts {
        let bill = match part.model {
            Some(_) => images::svg(part)?,
            None => Apart { whose: Whose::Others, usage: images::usage(&part.counts)? },
        };
        if !bill.usage.is_empty() {
            bills.push(bill);
        }
    }
    Ok(bills)
}
