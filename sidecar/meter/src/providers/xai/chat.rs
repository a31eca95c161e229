//! `POST /v1/chat/completions` of xAI, and reading a deferred one. As OpenAI's, but thoughts are counted beside
//! `completion_tokens` (the total tells), sources of live search are billed by the piece, and newer answers say their cost in
//! ticks of 1e-10 USD, tools included.

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

static MEMBERS: [(&str, Shape<Field>); 8] = {
    let [id, model, service_tier, choices, error, usage] = chat::members(USAGE);
    let created = ("created", Shape::Value(Field::Created));
    // a deferred completion: a promise, and nothing else
    let request_id = ("request_id", Shape::Value(Field::Promise));
    [id, created, model, service_tier, choices, error, request_id, usage]
};

pub(super) const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        chat::PROMPT_TOKENS,
        chat::COMPLETION_TOKENS,
        ("total_tokens", Shape::Value(Field::Count(TOTAL))),
        chat::PROMPT_DETAILS,
        chat::COMPLETION_DETAILS,
        ("num_sources_used", Shape::Value(Field::Count(SOURCES))),
        TOOLS,
        TICKS,
    ],
);

pub(super) const TICKS: (&str, Shape<Field>) = ("cost_in_usd_ticks", Shape::Value(Field::Ticks(COST)));

/// What the model used of xAI's own tools, each call at its price.
pub(super) const TOOLS: (&str, Shape<Field>) = (
    "server_side_tool_usage_details",
    Shape::Object(
        Field::Details { name: "server_side_tool_usage_details", first: WEB, last: CODE },
        &[
            ("web_search_calls", Shape::Value(Field::Count(WEB))),
            ("x_search_calls", Shape::Value(Field::Count(X))),
            // of documents that are attached; those of collections are files
            ("document_search_calls", Shape::Value(Field::Count(DOCUMENTS))),
            ("file_search_calls", Shape::Value(Field::Count(FILES))),
            ("code_interpreter_calls", Shape::Value(Field::Count(CODE))),
            // what the server called costs there, not here
            ("mcp_calls", Shape::Skip),
        ],
    ),
);

pub(super) const TOTAL: usize = 0;
pub(super) const SOURCES: usize = 1;
// responses have theirs up to 9
const WEB: usize = 10;
const X: usize = 11;
const DOCUMENTS: usize = 12;
const FILES: usize = 13;
const CODE: usize = 14;
pub(super) const COST: usize = 15;

pub(super) fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let (prompt, completion) = (counts.required(chat::PROMPT)?, counts.required(chat::COMPLETION)?);
    let reasoning = counts.optional(chat::REASONING)?;
    let is_within = counts.is_said(TOTAL) && reasoning > 0 && counts.required(TOTAL)? == prompt + completion;
    let reading = if is_within { chat::read(said) } else { chat::read_beside(said) };
    let output = if is_within { completion } else { completion + reasoning };
    let totals = || Ok(Usage::default().with(UnitKind::Input, prompt).with(UnitKind::Output, output));
    let mut reading = Reading::at_cost(counts.money(COST)?, reading, totals)?;
    reading.usage.set(UnitKind::SearchSource, counts.optional(SOURCES)?);
    add_tools(said, &mut reading.usage)?;
    Ok(reading)
}

pub(super) fn add_tools(said: &Said<'_>, usage: &mut Usage) -> Result<(), Fault> {
    let counts = said.counts()?;
    usage.add(UnitKind::WebSearchCall, counts.optional(WEB)?);
    usage.add(UnitKind::XSearchCall, counts.optional(X)?);
    usage.add(UnitKind::FileSearchCall, counts.optional(FILES)?);
    usage.add(UnitKind::AttachmentSearchCall, counts.optional(DOCUMENTS)?);
    usage.add(UnitKind::CodeSession, counts.optional(CODE)?);
    Ok(())
}
