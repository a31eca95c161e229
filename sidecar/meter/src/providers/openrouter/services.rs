//! Embeddings, rerank, transcriptions and decisions of OpenRouter: `usage.cost` is what is billed; tokens are said beside it where the
//! model counts in them.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::{
        openai::embeddings,
        openrouter::chat::{BYOK, COST, COST_DETAILS, MONEY},
    },
    usage::{UnitKind, Usage},
};

pub(crate) static SERVICES: Grammar = Grammar {
    request: &embeddings::REQUEST,
    whole: &ANSWER,
    event: &ANSWER,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

static ANSWER: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("text", Shape::Prose),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", USAGE),
    ],
);

const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        // embeddings
        ("prompt_tokens", Shape::Value(Field::Count(INPUT))),
        ("prompt_tokens_details", Shape::Skip),
        // transcriptions: tokens, or seconds, which the cost holds
        ("input_tokens", Shape::Value(Field::Count(INPUT))),
        ("output_tokens", Shape::Value(Field::Count(OUTPUT))),
        ("seconds", Shape::Skip),
        // rerank: searches, which the cost holds
        ("search_units", Shape::Skip),
        ("total_tokens", Shape::Skip),
        COST,
        COST_DETAILS,
        BYOK,
    ],
);

const INPUT: usize = 0;
const OUTPUT: usize = 1;

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let cost = counts.money(MONEY)?;
    let input = if cost.is_some() { counts.optional(INPUT)? } else { counts.required(INPUT)? };
    let usage =
        Usage::default().with(UnitKind::Input, input).with(UnitKind::Output, counts.optional(OUTPUT)?);
    Ok(Reading { cost, ..Reading::of(usage) })
}
