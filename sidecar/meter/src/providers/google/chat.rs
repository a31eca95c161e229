//! Chat completions of Google's OpenAI-compatible paths. Each chunk of a stream says the total so far, and thoughts stand beside
//! `completion_tokens`: `total_tokens` has them, and often nothing else does
//! (<https://discuss.ai.google.dev/t/endpoint-https-generativelanguage-googleapis-com-v1beta-openai-chat-completions-is-not-compliant-with-api-specs/127400>).

use crate::{
    answer::{Answers, Field, Grammar, Terminal, Usages},
    json::Shape,
    providers::openai::chat,
};

pub(crate) static CHAT: Grammar = Grammar {
    request: &chat::REQUEST,
    whole: &ANSWER,
    event: &ANSWER,
    list: None,
    terminal: Terminal::DoneLine,
    usages: Usages::Running,
    answers: Answers::One,
    grpc: None,
    read: chat::read_by_total,
    by_request: None,
};

static ANSWER: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("id", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("service_tier", Shape::Value(Field::ServiceTier)),
        ("choices", Shape::Each(&CHOICE)),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", USAGE),
    ],
);

static CHOICE: Shape<Field> = Shape::Object(
    Field::Plain,
    &[
        ("delta", chat::MESSAGE_OUT),
        ("message", chat::MESSAGE_OUT),
        ("finish_reason", Shape::Value(Field::Finish)),
    ],
);

const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        chat::PROMPT_TOKENS,
        chat::COMPLETION_TOKENS,
        chat::TELLING_TOTAL,
        chat::PROMPT_DETAILS,
        chat::COMPLETION_DETAILS,
        // Vertex AI's
        (
            "extra_properties",
            Shape::Object(
                Field::Plain,
                &[("google", Shape::Object(Field::Plain, &[("traffic_type", Shape::Value(Field::Traffic))]))],
            ),
        ),
    ],
);
