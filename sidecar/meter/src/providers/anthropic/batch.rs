//! `GET /v1/messages/batches/{id}/results`: each line is a message, billed at batch price; requests that failed, were canceled or
//! expired cost nothing. The batch itself tells when it was made, which its results do not.

use crate::{
    answer::{Answers, Field, Grammar, Terminal, Usages},
    json::Shape,
    providers::anthropic::messages::{self, STOP_DETAILS, USAGE},
    request::Field as Asked,
};

pub(crate) static RESULTS: Grammar = Grammar {
    request: &NOTHING,
    whole: &LINE,
    event: &LINE,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::Each,
    grpc: None,
    read: messages::read,
    by_request: None,
};

pub(crate) static BATCH: Grammar = Grammar {
    request: &NOTHING,
    whole: &MADE,
    event: &MADE,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read: messages::read,
    by_request: None,
};

static NOTHING: Shape<Asked> = Shape::Object(Asked::Root, &[]);

static LINE: Shape<Field> = Shape::Object(
    Field::Root,
    &[(
        "result",
        Shape::Object(
            Field::Plain,
            &[(
                "message",
                Shape::Object(
                    Field::Plain,
                    &[
                        ("id", Shape::Value(Field::Id)),
                        ("model", Shape::Value(Field::Model)),
                        ("content", Shape::Each(&messages::BLOCK)),
                        ("stop_details", STOP_DETAILS),
                        ("usage", Shape::Object(Field::Usage, USAGE)),
                    ],
                ),
            )],
        ),
    )],
);

static MADE: Shape<Field> = Shape::Object(
    Field::Root,
    &[("id", Shape::Value(Field::Id)), ("created_at", Shape::Value(Field::Created))],
);
