//! `POST /v1/images/generations`, `/edits`, `/variations`. The GPT image models say their tokens; the DALL-E models say
//! nothing and are billed by the picture, by its size and quality. A stream says each picture's usage with it. Where
//! another model writes the picture down (SVG), its tokens have a bill of their own.

use crate::{
    answer::{
        AnswerFacts, Answers, Apart, Counts, Fault, Field, Grammar, Part, Reading, Said, Terminal, Usages,
        Whose,
    },
    json::Shape,
    providers::openai::parts::{Parts, rest},
    request::{Field as Asked, RequestFacts},
    usage::{UnitKind, Usage},
};

pub(crate) static IMAGES: Grammar = Grammar {
    request: &REQUEST,
    whole: &ANSWER,
    event: &EVENT,
    list: None,
    terminal: Terminal::EventKind(&["image_generation.completed", "image_edit.completed"]),
    // "the number of image tokens in the output image" (openai-python 3.57.0); whether each says the prompt's again, nobody does
    usages: Usages::Each,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: Some(by_request),
};

static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("prompt", Shape::Prose),
        ("n", Shape::Value(Asked::Pieces)),
        ("size", Shape::Value(Asked::Size)),
        ("quality", Shape::Value(Asked::Quality)),
        ("stream", Shape::Value(Asked::Stream)),
        ("safety_identifier", Shape::Value(Asked::SafetyIdentifier)),
        ("user", Shape::Value(Asked::User)),
    ],
);

static ANSWER: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("data", Shape::Each(&Shape::Object(Field::Piece(UnitKind::OutputPicture), &[]))),
        ("size", Shape::Value(Field::Size)),
        ("quality", Shape::Value(Field::Quality)),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", USAGE),
        ("svg_usage", SVG_USAGE),
    ],
);

static EVENT: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("type", Shape::Value(Field::Kind)),
        ("size", Shape::Value(Field::Size)),
        ("quality", Shape::Value(Field::Quality)),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", USAGE),
    ],
);

pub(super) const USAGE: Shape<Field> = Shape::Object(Field::Usage, TOKENS);
/// As the tool of a response says it.
pub(super) const TOOL_USAGE: Shape<Field> = Shape::Object(Field::Part(OUTPUT), TOKENS);

const TOKENS: &[(&str, Shape<Field>)] = &[
    ("input_tokens", Shape::Value(Field::Count(INPUT))),
    ("output_tokens", Shape::Value(Field::Count(OUTPUT))),
    ("total_tokens", Shape::Skip),
    (
        "input_tokens_details",
        Shape::Object(
            Field::Details { name: "input_tokens_details", first: IMAGE_IN, last: IMAGE_IN },
            &[
                ("image_tokens", Shape::Value(Field::Count(IMAGE_IN))),
                ("text_tokens", Shape::Skip),
                ("cached_tokens", Shape::Value(Field::Count(CACHED))),
                ("cached_tokens_details", CACHED_DETAILS),
            ],
        ),
    ),
    // a tool says them beside the details
    ("cached_tokens", Shape::Value(Field::Count(CACHED))),
    ("cached_tokens_details", CACHED_DETAILS),
    (
        "output_tokens_details",
        Shape::Object(
            Field::Details { name: "output_tokens_details", first: TEXT_OUT, last: TEXT_OUT },
            &[("text_tokens", Shape::Value(Field::Count(TEXT_OUT))), ("image_tokens", Shape::Skip)],
        ),
    ),
];

pub(super) const SVG_USAGE: Shape<Field> = Shape::Object(
    Field::Part(OUTPUT),
    &[
        ("model", Shape::Value(Field::PartModel)),
        ("input_tokens", Shape::Value(Field::Count(INPUT))),
        ("output_tokens", Shape::Value(Field::Count(OUTPUT))),
        ("reasoning_tokens", Shape::Value(Field::Count(REASONING))),
        ("total_tokens", Shape::Skip),
    ],
);

const CACHED_DETAILS: Shape<Field> = Shape::Object(
    Field::Details { name: "cached_tokens_details", first: IMAGE_CACHED, last: IMAGE_CACHED },
    &[
        ("image_tokens", Shape::Value(Field::Count(IMAGE_CACHED))),
        ("cached_image_tokens", Shape::Value(Field::Count(IMAGE_CACHED))),
        ("text_tokens", Shape::Skip),
        ("cached_text_tokens", Shape::Skip),
    ],
);

const INPUT: usize = 0;
const OUTPUT: usize = 1;
const TEXT_OUT: usize = 2;
const IMAGE_IN: usize = 3;
const CACHED: usize = 4;
const IMAGE_CACHED: usize = 5;
const REASONING: usize = 6;

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let usage = said.counts.map_or(Ok(said.tallied), usage)?;
    let apart = said.parts.iter().map(svg).collect::<Result<_, _>>()?;
    Ok(Reading { apart, ..Reading::of(usage) })
}

/// What the model that wrote the SVG used.
pub(super) fn svg(part: &Part) -> Result<Apart, Fault> {
    let (output, reasoning) = (part.counts.required(OUTPUT)?, part.counts.optional(REASONING)?);
    let usage = Usage::default()
        .with(UnitKind::Input, part.counts.required(INPUT)?)
        .with(UnitKind::Output, rest(output, &[reasoning])?)
        .with(UnitKind::OutputReasoning, reasoning);
    Ok(Apart { whose: part.model.clone().map_or(Whose::Others, Whose::Named), usage })
}

pub(super) fn usage(counts: &Counts) -> Result<Usage, Fault> {
    let (input, output) = (counts.required(INPUT)?, counts.required(OUTPUT)?);
    let prompt = Parts::of(input, 0, counts.optional(IMAGE_IN)?)?;
    let cached = prompt.cached(counts.optional(CACHED)?, 0, counts.optional(IMAGE_CACHED)?)?;
    let text = counts.optional(TEXT_OUT)?;
    Ok(Usage::default()
        .with(UnitKind::Input, rest(prompt.text, &[cached.text])?)
        .with(UnitKind::InputCached, cached.text)
        .with(UnitKind::InputImage, rest(prompt.image, &[cached.image])?)
        .with(UnitKind::InputImageCached, cached.image)
        .with(UnitKind::Output, text)
        .with(UnitKind::OutputImage, rest(output, &[text])?))
}

/// A stream that broke after its pictures were made.
fn by_request(request: &RequestFacts, answer: &AnswerFacts) -> Option<Usage> {
    let pieces = request.asked.pieces.unwrap_or(1);
    (!answer.streamed && !answer.error).then(|| Usage::default().with(UnitKind::OutputPicture, pieces))
}
