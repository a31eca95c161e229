//! `POST /v1/messages` of xAI: as Anthropic's, with xAI's own cost in ticks.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Usages},
    json::{Shape, joined},
    providers::{anthropic::messages, xai::chat::COST},
};

pub(crate) static MESSAGES: Grammar = Grammar {
    request: &messages::REQUEST,
    whole: &MESSAGE,
    event: &EVENT,
    list: None,
    terminal: messages::ENDS,
    usages: Usages::AddUp,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

static MESSAGE: Shape<Field> = Shape::Object(Field::Root, &MEMBERS);
static MEMBERS: [(&str, Shape<Field>); 6] = messages::members(&USAGE);
static EVENT: Shape<Field> = Shape::Object(Field::Root, &EVENT_MEMBERS);
static EVENT_MEMBERS: [(&str, Shape<Field>); 6] = messages::event_members(&START, &USAGE);
static START: [(&str, Shape<Field>); 3] = messages::start_members(&START_USAGE);

static USAGE: [(&str, Shape<Field>); messages::USAGE.len() + 1] = joined(messages::USAGE, TICKS);
static START_USAGE: [(&str, Shape<Field>); messages::START_USAGE.len() + 1] =
    joined(messages::START_USAGE, TICKS);
const TICKS: &[(&str, Shape<Field>)] = &[("cost_in_usd_ticks", Shape::Value(Field::Ticks(COST)))];

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    Reading::at_cost(counts.money(COST)?, messages::read(said), || messages::totals(counts))
}
