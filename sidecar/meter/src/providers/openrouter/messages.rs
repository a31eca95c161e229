//! `POST /api/v1/messages` of OpenRouter: as Anthropic's, with OpenRouter's own cost, all steps included.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Usages, Whose},
    json::{Shape, joined},
    providers::{
        anthropic::messages,
        openrouter::chat::{BYOK, COST, COST_DETAILS, MONEY},
    },
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

static USAGE: [(&str, Shape<Field>); messages::USAGE.len() + ADDED.len()] = joined(messages::USAGE, ADDED);
static START_USAGE: [(&str, Shape<Field>); messages::START_USAGE.len() + ADDED.len()] =
    joined(messages::START_USAGE, ADDED);
const ADDED: &[(&str, Shape<Field>)] = &[COST, COST_DETAILS, BYOK, ("server_tool_use_details", Shape::Skip)];

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let reading = Reading::at_cost(counts.money(MONEY)?, messages::read(said), || messages::totals(counts))?;
    // its cost is that of all that was used
    let apart = if reading.cost.is_some() { Vec::new() } else { reading.apart };
    // the model goes by OpenRouter's own name
    Ok(Reading { apart, whose: Whose::Answers, ..reading })
}
