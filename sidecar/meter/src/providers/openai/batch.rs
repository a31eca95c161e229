//! `GET /v1/files/{id}/content`: where the file is a batch's results, each line is an answer, billed at batch price; any other
//! file says nothing that is billed.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::openai::{chat, responses},
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static RESULTS: Grammar = Grammar {
    request: &REQUEST,
    whole: &LINE,
    event: &LINE,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::Each,
    read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(Asked::Root, &[]);

static LINE: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        // the line's own id, of the request; bodies of embeddings have none
        ("id", Shape::Value(Field::Id)),
        ("response", Shape::Object(Field::Plain, &[("body", Shape::Object(Field::Plain, BODY))])),
    ],
);

/// A body of any endpoint that batches serve: chat completions, responses, completions, embeddings. Their usages have no
/// member in common, so one list reads them all.
const BODY: &[(&str, Shape<Field>)] = &[
    ("id", Shape::Value(Field::Id)),
    ("created", Shape::Value(Field::Created)),
    ("created_at", Shape::Value(Field::Created)),
    ("model", Shape::Value(Field::Model)),
    ("output", Shape::Each(&responses::ITEM)),
    ("tool_usage", responses::TOOL_USAGE),
    ("usage", Shape::Object(Field::Usage, USAGE)),
];

const USAGE: &[(&str, Shape<Field>)] = &[
    chat::PROMPT_TOKENS,
    chat::COMPLETION_TOKENS,
    chat::TOTAL_TOKENS,
    chat::PROMPT_DETAILS,
    chat::COMPLETION_DETAILS,
    responses::INPUT_TOKENS,
    responses::OUTPUT_TOKENS,
    responses::INPUT_DETAILS,
    responses::OUTPUT_DETAILS,
];

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    match (counts.is_said(chat::PROMPT), counts.is_said(chat::COMPLETION)) {
        (true, true) => chat::read(said),
        // embeddings
        (true, false) => {
            Ok(Reading::of(Usage::default().with(UnitKind::Input, counts.required(chat::PROMPT)?)))
        }
        (false, _) => responses::read(said),
    }
}
