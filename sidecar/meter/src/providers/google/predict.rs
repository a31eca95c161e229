//! `:predict`: pictures (Imagen), by the piece, and Vertex AI's embeddings, whose answers count their tokens.
//! `:predictLongRunning`: films (Veo), by the second that was asked for; their result, read later, says no length.

use crate::{
    answer::{AnswerFacts, Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    request::{Field as Asked, RequestFacts},
    usage::{UnitKind, Usage},
};

pub(crate) static PREDICT: Grammar = Grammar {
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

pub(crate) static FILM: Grammar = Grammar {
    request: &REQUEST,
    whole: &OPERATION,
    event: &OPERATION,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: Some(seconds),
};

static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("instances", Shape::Prose),
        (
            "parameters",
            Shape::Object(
                Asked::Plain,
                &[
                    ("sampleCount", Shape::Value(Asked::Pieces)),
                    ("durationSeconds", Shape::Value(Asked::Seconds)),
                    ("resolution", Shape::Value(Asked::Size)),
                    ("generateAudio", Shape::Value(Asked::Sound)),
                    ("sampleImageSize", Shape::Value(Asked::Size)),
                ],
            ),
        ),
    ],
);

static ANSWER: Shape<Field> = Shape::Object(
    Field::Root,
    &[("predictions", Shape::Each(&PREDICTION)), ("error", Shape::Object(Field::Error, &[]))],
);

static PREDICTION: Shape<Field> = Shape::Object(
    Field::Plain,
    &[
        // a picture that was filtered out has no bytes, and costs nothing
        ("bytesBase64Encoded", Shape::Value(Field::Piece(UnitKind::OutputPicture))),
        ("gcsUri", Shape::Value(Field::Piece(UnitKind::OutputPicture))),
        // it says so, where it was asked to
        ("raiFilteredReason", Shape::Value(Field::Beside(FILTERED))),
        (
            "embeddings",
            Shape::Object(
                Field::Plain,
                &[(
                    "statistics",
                    Shape::Object(
                        Field::Plain,
                        &[("token_count", Shape::Value(Field::Add(UnitKind::Input)))],
                    ),
                )],
            ),
        ),
    ],
);

static OPERATION: Shape<Field> = Shape::Object(
    Field::Root,
    &[("name", Shape::Value(Field::Id)), ("error", Shape::Object(Field::Error, &[]))],
);

const FILTERED: usize = 0;

/// Veo's films are of eight seconds where nothing else is asked for.
const USUAL_MICROSECONDS: u64 = 8_000_000;

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let is_filtered = said.counts.is_some_and(|counts| counts.is_said(FILTERED));
    if said.tallied.is_empty() && !is_filtered {
        return Err(Fault::MissingCount);
    }
    Ok(Reading::of(said.tallied))
}

fn seconds(request: &RequestFacts, answer: &AnswerFacts) -> Option<Usage> {
    let films = request.asked.pieces.unwrap_or(1);
    let each = request.asked.microseconds.unwrap_or(USUAL_MICROSECONDS);
    (!answer.error).then(|| Usage::default().with(UnitKind::OutputVideoSecond, films.saturating_mul(each)))
}
