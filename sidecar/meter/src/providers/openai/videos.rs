//! `POST /v1/videos` begins a film, `GET /v1/videos/{id}` tells when it is there: billed by the second that was asked for, by
//! model and size, once it is completed.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static VIDEOS: Grammar = Grammar {
    request: &REQUEST,
    whole: &VIDEO,
    event: &VIDEO,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("prompt", Shape::Prose),
        ("seconds", Shape::Value(Asked::Seconds)),
        ("size", Shape::Value(Asked::Size)),
        ("user", Shape::Value(Asked::User)),
    ],
);

static VIDEO: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("created_at", Shape::Value(Field::Created)),
        ("model", Shape::Value(Field::Model)),
        ("status", Shape::Value(Field::Status)),
        ("size", Shape::Value(Field::Size)),
        ("error", Shape::Object(Field::Error, &[])),
        ("seconds", Shape::Value(Field::BesideSeconds(SECONDS))),
    ],
);

const SECONDS: usize = 0;

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let seconds = said.counts()?.required(SECONDS)?;
    Ok(Reading::of(Usage::default().with(UnitKind::OutputVideoSecond, seconds)))
}
