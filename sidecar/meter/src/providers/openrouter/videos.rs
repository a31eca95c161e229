//! `POST /api/v1/videos` of OpenRouter, and reading one: a job whose answer says its cost once it is completed.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::{
        openai::embeddings,
        openrouter::chat::{BYOK, COST, MONEY},
    },
    usage::Usage,
};

pub(crate) static VIDEOS: Grammar = Grammar {
    request: &embeddings::REQUEST,
    whole: &JOB,
    event: &JOB,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

static JOB: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("status", Shape::Value(Field::Status)),
        ("model", Shape::Value(Field::Model)),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", Shape::Object(Field::Usage, &[COST, BYOK])),
    ],
);

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let cost = said.counts()?.money(MONEY)?.ok_or(Fault::MissingCount)?;
    Ok(Reading { cost: Some(cost), ..Reading::of(Usage::default()) })
}
