//! `POST /v1/images/generations`, `/edits` and `/v1/videos/…` of xAI: by the picture and by the second, unless the answer says
//! its cost.

use crate::{
    answer::{AnswerFacts, Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    request::{Field as Asked, RequestFacts},
    usage::{UnitKind, Usage},
};

pub(crate) static IMAGES: Grammar = Grammar {
    request: &REQUEST,
    whole: &PICTURES,
    event: &PICTURES,
    list: None,
    terminal: Terminal::End,
    usages: Usages::Last,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: Some(pictures),
};

pub(crate) static VIDEOS: Grammar = Grammar {
    request: &REQUEST,
    whole: &FILM,
    event: &FILM,
    list: None,
    terminal: Terminal::End,
    usages: Usages::Last,
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
        ("n", Shape::Value(Asked::Pieces)),
        ("resolution", Shape::Value(Asked::Size)),
        ("duration", Shape::Value(Asked::Seconds)),
        ("user", Shape::Value(Asked::User)),
    ],
);

static PICTURES: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("data", Shape::Each(&Shape::Object(Field::Piece(UnitKind::OutputPicture), &[]))),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", USAGE),
    ],
);

static FILM: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("request_id", Shape::Value(Field::Promise)),
        ("status", Shape::Value(Field::Status)),
        ("model", Shape::Value(Field::Model)),
        ("video", Shape::Object(Field::Plain, &[("duration", Shape::Value(Field::BesideSeconds(SECONDS)))])),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", USAGE),
    ],
);

const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        ("cost_in_usd_ticks", Shape::Value(Field::Ticks(COST))),
        ("input_tokens", Shape::Skip),
        ("output_tokens", Shape::Skip),
        ("total_tokens", Shape::Skip),
        ("input_tokens_details", Shape::Skip),
        ("output_tokens_details", Shape::Skip),
    ],
);

const SECONDS: usize = 0;
const COST: usize = 1;

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let (seconds, cost) = match said.counts {
        Some(counts) => (counts.optional(SECONDS)?, counts.money(COST)?),
        None => (0, None),
    };
    let usage = said.tallied.with(UnitKind::OutputVideoSecond, seconds);
    if usage.is_empty() && cost.is_none() {
        return Err(Fault::MissingCount);
    }
    Ok(Reading { cost, ..Reading::of(usage) })
}

fn pictures(request: &RequestFacts, answer: &AnswerFacts) -> Option<Usage> {
    let pieces = request.asked.pieces.unwrap_or(1);
    (!answer.error).then(|| Usage::default().with(UnitKind::OutputPicture, pieces))
}
