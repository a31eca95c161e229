//! `POST /v1/responses` of xAI, and reading one: as OpenAI's, with xAI's own tools and cost.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::{
        openai::responses,
        xai::chat::{self, COST, SOURCES, TICKS, TOOLS},
    },
    usage::{UnitKind, Usage},
};

pub(crate) static RESPONSES: Grammar = Grammar {
    request: &responses::REQUEST,
    whole: &RESPONSE,
    event: &EVENT,
    list: None,
    terminal: responses::ENDS,
    usages: Usages::Last,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

/// The same events as messages of a WebSocket, one response after another
/// (<https://docs.x.ai/developers/advanced-api-usage/websocket-mode>).
pub(crate) static SESSION: Grammar = Grammar {
    request: &responses::REQUEST,
    whole: &EVENT,
    event: &EVENT,
    list: None,
    terminal: Terminal::End,
    usages: Usages::Last,
    answers: Answers::Session,
    grpc: None,
    read,
    by_request: None,
};

static RESPONSE: Shape<Field> = Shape::Object(Field::Root, &MEMBERS);
static EVENT: Shape<Field> = Shape::Object(Field::Root, &EVENT_MEMBERS);
static MEMBERS: [(&str, Shape<Field>); 10] = responses::members(USAGE);
static EVENT_MEMBERS: [(&str, Shape<Field>); 5] = responses::event_members(&MEMBERS);

pub(super) const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        responses::INPUT_TOKENS,
        responses::OUTPUT_TOKENS,
        ("total_tokens", Shape::Skip),
        responses::INPUT_DETAILS,
        responses::OUTPUT_DETAILS,
        ("num_sources_used", Shape::Value(Field::Count(SOURCES_USED))),
        // the sum of the tools' calls
        ("num_server_side_tools_used", Shape::Skip),
        TOOLS,
        TICKS,
    ],
);

const SOURCES_USED: usize = 16;
const _: () = assert!(SOURCES_USED > COST && SOURCES < SOURCES_USED);

pub(super) fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    // xAI says what its tools did in the usage: the items are the same calls
    let bare = Said { tallied: Usage::default(), ..*said };
    let reading =
        Reading::at_cost(counts.money(COST)?, responses::read(&bare), || responses::totals(counts))?;
    let mut usage = reading.usage.with(UnitKind::SearchSource, counts.optional(SOURCES_USED)?);
    chat::add_tools(said, &mut usage)?;
    Ok(Reading { cost: reading.cost, ..Reading::of(usage) })
}
