//! `POST /v1/completions`, the older text endpoint. Its usage reads like that of chat completions.

use crate::{
    answer::{Answers, Field, Grammar, Terminal, Usages},
    json::Shape,
    providers::openai::chat,
    request::Field as Asked,
};

pub(crate) static COMPLETIONS: Grammar = Grammar {
    request: &REQUEST,
    whole: &ANSWER,
    event: &ANSWER,
    list: None,
    terminal: Terminal::DoneLine,
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read: chat::read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("prompt", Shape::Prose),
        ("suffix", Shape::Prose),
        ("stream", Shape::Value(Asked::Stream)),
        (
            "stream_options",
            Shape::Object(Asked::StreamOptions, &[("include_usage", Shape::Value(Asked::IncludeUsage))]),
        ),
        ("user", Shape::Value(Asked::User)),
    ],
);

static ANSWER: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("choices", Shape::Each(&Shape::Object(Field::Plain, &[("text", Shape::Prose)]))),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", chat::USAGE),
    ],
);
