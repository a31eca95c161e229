//! `POST /v1/embeddings`: what is read is billed; vectors cost nothing.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static EMBEDDINGS: Grammar = Grammar {
    request: &REQUEST,
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

pub(crate) static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("input", Shape::Prose),
        ("safety_identifier", Shape::Value(Asked::SafetyIdentifier)),
        ("user", Shape::Value(Asked::User)),
    ],
);

static ANSWER: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("error", Shape::Object(Field::Error, &[])),
        (
            "usage",
            Shape::Object(
                Field::Usage,
                &[
                    ("prompt_tokens", Shape::Value(Field::Count(PROMPT))),
                    // the same again
                    ("total_tokens", Shape::Skip),
                    // what the total is made of costs the same
                    ("prompt_tokens_details", Shape::Skip),
                    ("completion_tokens", Shape::Skip),
                ],
            ),
        ),
    ],
);

const PROMPT: usize = 0;

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    Ok(Reading::of(Usage::default().with(UnitKind::Input, said.counts()?.required(PROMPT)?)))
}
