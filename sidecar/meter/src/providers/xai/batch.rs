//! `GET /v1/batches/{id}/results` of xAI: a page of results, each the body of the endpoint that worked it off, under that
//! endpoint's name. The ids are the app's own names for its requests.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::{
        openai,
        xai::{
            chat::{self, COST},
            responses,
        },
    },
    request::Field as Asked,
    usage::UnitKind,
};

pub(crate) static BATCH: Grammar = Grammar {
    request: &NOTHING,
    whole: &PAGE,
    event: &PAGE,
    list: None,
    terminal: Terminal::End,
    usages: Usages::Last,
    answers: Answers::Listed,
    grpc: None,
    read,
    by_request: None,
};

static NOTHING: Shape<Asked> = Shape::Object(Asked::Root, &[]);

static PAGE: Shape<Field> = Shape::Object(Field::Root, &[("results", Shape::Each(&RESULT))]);

static RESULT: Shape<Field> = Shape::Object(
    Field::Answer,
    &[
        ("batch_request_id", Shape::Value(Field::Id)),
        ("batch_result", Shape::Object(Field::Plain, &[("response", Shape::Object(Field::Plain, BODIES))])),
    ],
);

/// Without their own ids: the app's name is what tells them apart.
const BODIES: &[(&str, Shape<Field>)] = &[
    (
        "chat_get_completion",
        Shape::Object(
            Field::Plain,
            &[
                ("created", Shape::Value(Field::Created)),
                MODEL,
                TIER,
                ("choices", Shape::Each(&openai::chat::CHOICE)),
                ("usage", chat::USAGE),
            ],
        ),
    ),
    (
        "responses",
        Shape::Object(
            Field::Plain,
            &[("created_at", Shape::Value(Field::Created)), MODEL, TIER, ("usage", responses::USAGE)],
        ),
    ),
    (
        "image_generation",
        Shape::Object(
            Field::Plain,
            &[
                MODEL,
                ("data", Shape::Each(&Shape::Object(Field::Piece(UnitKind::OutputPicture), &[]))),
                ("usage", Shape::Object(Field::Usage, &[chat::TICKS])),
            ],
        ),
    ),
];

const MODEL: (&str, Shape<Field>) = ("model", Shape::Value(Field::Model));
const TIER: (&str, Shape<Field>) = ("service_tier", Shape::Value(Field::ServiceTier));

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    match said.counts {
        Some(counts) if counts.is_said(openai::chat::PROMPT) => chat::read(said),
        Some(counts) if counts.is_said(openai::responses::INPUT) => responses::read(said),
        Some(counts) => Ok(Reading { cost: counts.money(COST)?, ..Reading::of(said.tallied) }),
        None if said.tallied.is_empty() => Err(Fault::MissingCount),
        None => Ok(Reading::of(said.tallied)),
    }
}
