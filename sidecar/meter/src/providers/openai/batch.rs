//! `GET /v1/files/{id}/content`: where the file is a batch's results, each line is an answer, billed at batch price; any other
//! file says nothing that is billed.

use crate::{
    answer::{Answers, Counts, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::openai::{
        chat, images,
        parts::{Parts, rest},
        responses,
    },
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static RESULTS: Grammar = Grammar {
    request: &REQUEST,
    whole: &LINE,
    event: &LINE,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::Each,
    grpc: None,
    read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(Asked::Root, &[]);

static LINE: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        // the line's own id, of the request; bodies of embeddings have none
        ("id", Shape::Value(Field::Id)),
        ("response", Shape::Object(Field::Plain, &[("body", Shape::Object(Field::Plain, BODY))])),
    ],
);

/// A body of any endpoint that batches serve: chat completions, responses, completions, embeddings, images, videos. One list reads
/// them all: those that spell their usage alike are told apart by what they made.
const BODY: &[(&str, Shape<Field>)] = &[
    ("id", Shape::Value(Field::Id)),
    ("created", Shape::Value(Field::Created)),
    ("created_at", Shape::Value(Field::Created)),
    ("model", Shape::Value(Field::Model)),
    ("status", Shape::Value(Field::Status)),
    ("size", Shape::Value(Field::Size)),
    ("quality", Shape::Value(Field::Quality)),
    ("choices", Shape::Each(&chat::CHOICE)),
    ("tools", responses::TOOLS_IN_USE),
    ("output", Shape::Each(&responses::ITEM)),
    ("tool_usage", responses::TOOL_USAGE),
    // pictures; a vector has another name
    ("data", Shape::Each(&Shape::Object(Field::Plain, &[("b64_json", PICTURE), ("url", PICTURE)]))),
    ("svg_usage", images::SVG_USAGE),
    // of a film
    ("seconds", Shape::Value(Field::BesideSeconds(SECONDS))),
    ("usage", Shape::Object(Field::Usage, USAGE)),
];

const PICTURE: Shape<Field> = Shape::Value(Field::Piece(UnitKind::OutputPicture));

const USAGE: &[(&str, Shape<Field>)] = &[
    chat::PROMPT_TOKENS,
    chat::COMPLETION_TOKENS,
    chat::TELLING_TOTAL,
    chat::PROMPT_DETAILS,
    chat::COMPLETION_DETAILS,
    responses::INPUT_TOKENS,
    responses::OUTPUT_TOKENS,
    responses::INPUT_DETAILS,
    (
        "output_tokens_details",
        Shape::Object(
            Field::Details { name: "output_tokens_details", first: TEXT_OUT, last: TEXT_OUT },
            &[
                ("reasoning_tokens", Shape::Value(Field::Count(responses::REASONING))),
                ("text_tokens", Shape::Value(Field::Count(TEXT_OUT))),
                ("image_tokens", Shape::Skip),
            ],
        ),
    ),
];

// behind those of responses
const TEXT_OUT: usize = 10;
const SECONDS: usize = 11;

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let has_pictures = said.tallied.get(UnitKind::OutputPicture) > 0;
    let counts = match said.counts {
        Some(counts) if has_pictures => {
            return Ok(Reading { apart: responses::pictures(said)?, ..Reading::of(pictures(counts)?) });
        }
        None if has_pictures => return Ok(Reading::of(said.tallied)),
        Some(counts) => counts,
        None => return Err(Fault::MissingCount),
    };
    if counts.is_said(SECONDS) {
        let seconds = counts.required(SECONDS)?;
        return Ok(Reading::of(Usage::default().with(UnitKind::OutputVideoSecond, seconds)));
    }
    match (counts.is_said(chat::PROMPT), counts.is_said(chat::COMPLETION)) {
        (true, true) => chat::read_by_total(said),
        // embeddings
        (true, false) => {
            Ok(Reading::of(Usage::default().with(UnitKind::Input, counts.required(chat::PROMPT)?)))
        }
        (false, _) => responses::read(said),
    }
}

/// Of the GPT image models, whose output is pictures but for what they say.
fn pictures(counts: &Counts) -> Result<Usage, Fault> {
    let prompt = Parts::of(counts.required(responses::INPUT)?, 0, counts.optional(responses::IMAGE_IN)?)?;
    let cached = prompt.cached(counts.optional(responses::CACHED)?, 0, 0)?;
    let text = counts.optional(TEXT_OUT)?;
    Ok(Usage::default()
        .with(UnitKind::Input, rest(prompt.text, &[cached.text])?)
        .with(UnitKind::InputCached, cached.text)
        .with(UnitKind::InputImage, rest(prompt.image, &[cached.image])?)
        .with(UnitKind::InputImageCached, cached.image)
        .with(UnitKind::Output, text)
        .with(UnitKind::OutputImage, rest(counts.required(responses::OUTPUT)?, &[text])?))
}
