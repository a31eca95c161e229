//! `:embedContent` and `:batchEmbedContents` of the Gemini API: the answer may say its tokens; where it does not, they are
//! estimated from what was asked.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::google::generate::{self, USAGE},
    request::Field as Asked,
};

pub(crate) static EMBED: Grammar = Grammar {
    request: &REQUEST,
    whole: &ANSWER,
    event: &ANSWER,
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
        ("content", Shape::Object(Asked::Plain, &[("parts", Shape::Prose)])),
        (
            "requests",
            Shape::Each(&Shape::Object(
                Asked::Plain,
                &[("content", Shape::Object(Asked::Plain, &[("parts", Shape::Prose)]))],
            )),
        ),
    ],
);

static ANSWER: Shape<Field> =
    Shape::Object(Field::Root, &[("error", Shape::Object(Field::Error, &[])), ("usageMetadata", USAGE)]);

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    generate::read(said)
}
