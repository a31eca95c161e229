//! Results of a batch, each billed at batch price by its own id: inside `GET /v1beta/batches/{id}`, or a line each in the file that it
//! names. Requests that failed cost nothing. Embeddings have no ids and are billed by their place.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::{Shape, joined},
    providers::google::generate::{self, ANSWER_MEMBERS},
    request::Field as Asked,
    usage::UnitKind,
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
    read,
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
    read,
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
                &[("inlinedResponses", INLINED), ("inlinedEmbedContentResponses", INLINED)],
            ),
        ),
    ],
);

const INLINED: Shape<Field> = Shape::Object(Field::Plain, &[("inlinedResponses", Shape::Each(&RESULT))]);

static RESULT: Shape<Field> = Shape::Object(Field::Answer, RESULT_MEMBERS);

static LINE: Shape<Field> = Shape::Object(Field::Root, RESULT_MEMBERS);

const RESULT_MEMBERS: &[(&str, Shape<Field>)] =
    &[("response", Shape::Object(Field::Plain, &RESPONSE)), ("error", Shape::Object(Field::Error, &[]))];

static RESPONSE: [(&str, Shape<Field>); ANSWER_MEMBERS.len() + EMBEDDED.len()] =
    joined(ANSWER_MEMBERS, EMBEDDED);

const EMBEDDED: &[(&str, Shape<Field>)] = &[("tokenCount", Shape::Value(Field::Add(UnitKind::Input)))];

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    match said.counts {
        None if said.tallied.get(UnitKind::Input) > 0 => Ok(Reading::of(said.tallied)),
        _ => generate::read(said),
    }
}
