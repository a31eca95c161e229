//! `POST /api/v1/batches` of OpenRouter, and reading one: a batch says its tokens and its cost once it has ended.

use crate::{
    answer::{Answers, Field, Grammar, Terminal, Usages},
    json::Shape,
    providers::openrouter::chat,
    request::Field as Asked,
};

pub(crate) static BATCH: Grammar = Grammar {
    request: &REQUEST,
    whole: &OBJECT,
    event: &OBJECT,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read: chat::read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(Asked::Root, &[("model", Shape::Value(Asked::Model))]);

/// `results` says the usage of each answer once more.
static OBJECT: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("created_at", Shape::Value(Field::Created)),
        ("model", Shape::Value(Field::Model)),
        ("status", Shape::Value(Field::Status)),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", chat::USAGE),
    ],
);
