//! `POST /v1/threads/{id}/runs` of assistants, and reading one: tokens, once the run has ended. What its tools did stands in its
//! steps, not here.

use crate::{
    answer::{Answers, Field, Grammar, Terminal, Usages},
    json::Shape,
    providers::openai::chat,
    request::Field as Asked,
};

/// A stream tells of messages and steps, too; the run itself comes last.
pub(crate) static RUNS: Grammar = Grammar {
    request: &REQUEST,
    whole: &RUN,
    event: &RUN,
    list: None,
    terminal: Terminal::DoneLine,
    usages: Usages::Last,
    answers: Answers::One,
    grpc: None,
    read: chat::read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("instructions", Shape::Prose),
        ("additional_messages", Shape::Prose),
        ("thread", Shape::Prose),
        ("stream", Shape::Value(Asked::Stream)),
        ("tools", Shape::Schema),
    ],
);

static RUN: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("created_at", Shape::Value(Field::Created)),
        ("model", Shape::Value(Field::Model)),
        ("status", Shape::Value(Field::Status)),
        ("delta", Shape::Prose),
        ("last_error", Shape::Object(Field::Error, &[])),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", chat::USAGE),
    ],
);
