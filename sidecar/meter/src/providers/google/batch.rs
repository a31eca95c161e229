//! Results of a batch, each billed at batch price by its own id: inside `GET /v1beta/batches/{id}`, or a line each in the file that it
//! names. Requests that failed cost nothing.

use crate::{
    answer::{Answers, Field, Grammar, Terminal, Usages},
    json::Shape,
    providers::google::generate::{self, ANSWER_MEMBERS},
    request::Field as Asked,
};

pub(crate) static BATCH: Grammar = Grammar {
    request: &NOTHING,
    whole: &OPERATION,
    event: &OPERATION,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::Listed,
    grpc: None,
    read: generate::read,
    by_request: None,
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
    read: generate::read,
    by_request: None,
};

static NOTHING: Shape<Asked> = Shape::Object(Asked::Root, &[]);

/// `metadata.output` says the results once more.
static OPERATION: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("metadata", Shape::Object(Field::Plain, &[("model", Shape::Value(Field::OtherModel))])),
        (
            "response",
            Shape::Object(
                Field::Plain,
                &[(
                    "inlinedResponses",
                    Shape::Object(Field::Plain, &[("inlinedResponses", Shape::Each(&RESULT))]),
                )],
            ),
        ),
    ],
);

static RESULT: Shape<Field> = Shape::Object(Field::Answer, RESULT_MEMBERS);

static LINE: Shape<Field> = Shape::Object(Field::Root, RESULT_MEMBERS);

const RESULT_MEMBERS: &[(&str, Shape<Field>)] =
    &[("response", Shape::Object(Field::Plain, ANSWER_MEMBERS)), ("error", Shape::Object(Field::Error, &[]))];
