//! `POST /api/v1/responses` of OpenRouter: as OpenAI's, with OpenRouter's own cost.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Usages},
    json::Shape,
    providers::{
        openai::{chat as openai_chat, responses},
        openrouter::chat::{BYOK, COST, COST_DETAILS, MONEY},
    },
};

pub(crate) static RESPONSES: Grammar = Grammar {
    request: &responses::REQUEST,
    whole: &RESPONSE,
    event: &EVENT,
    list: None,
    terminal: responses::ENDS,
    usages: Usages::Last,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

static RESPONSE: Shape<Field> = Shape::Object(Field::Root, &MEMBERS);
static EVENT: Shape<Field> = Shape::Object(Field::Root, &EVENT_MEMBERS);
static MEMBERS: [(&str, Shape<Field>); 10] = responses::members(USAGE);
static EVENT_MEMBERS: [(&str, Shape<Field>); 5] = responses::event_members(&MEMBERS);

const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        responses::INPUT_TOKENS,
        responses::OUTPUT_TOKENS,
        openai_chat::TOTAL_TOKENS,
        responses::INPUT_DETAILS,
        responses::OUTPUT_DETAILS,
        COST,
        COST_DETAILS,
        BYOK,
        // in the cost
        ("server_tool_use_details", Shape::Skip),
    ],
);

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let reading =
        Reading::at_cost(counts.money(MONEY)?, responses::read(said), || responses::totals(counts))?;
    // its cost is that of all that was used
    Ok(Reading { apart: Vec::new(), ..reading })
}
