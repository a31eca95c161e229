//! `GET /v1/realtime`, a WebSocket: each `response.done` says what that turn used, by modality, and each finished transcript of
//! what the user said has a bill of its own.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages, Whose},
    json::Shape,
    providers::openai::{
        audio,
        parts::{Parts, rest},
    },
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static REALTIME: Grammar = Grammar {
    request: &REQUEST,
    whole: &EVENT,
    event: &EVENT,
    list: None,
    terminal: Terminal::End,
    usages: Usages::One,
    answers: Answers::Session,
    grpc: None,
    read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(Asked::Root, &[("model", Shape::Value(Asked::Model))]);

static EVENT: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("type", Shape::Value(Field::Kind)),
        // session.created, session.updated
        ("session", Shape::Object(Field::Plain, SESSION)),
        // response.done
        (
            "response",
            Shape::Object(Field::Plain, &[("id", Shape::Value(Field::Id)), ("usage", RESPONSE_USAGE)]),
        ),
        // texts and transcripts as they come; sound is no text
        ("delta", Shape::Prose),
        // conversation.item.input_audio_transcription.completed
        ("usage", audio::USAGE),
    ],
);

const SESSION: &[(&str, Shape<Field>)] = &[
    ("model", Shape::Value(Field::Model)),
    (
        "audio",
        Shape::Object(
            Field::Plain,
            &[("input", Shape::Object(Field::Plain, &[("transcription", TRANSCRIPTION)]))],
        ),
    ),
    // as the beta had it
    ("input_audio_transcription", TRANSCRIPTION),
];

/// What the user says is written down by a model of its own, at its own prices.
const TRANSCRIPTION: Shape<Field> =
    Shape::Object(Field::Plain, &[("model", Shape::Value(Field::OtherModel))]);

const RESPONSE_USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        ("input_tokens", Shape::Value(Field::Count(INPUT))),
        ("output_tokens", Shape::Value(Field::Count(OUTPUT))),
        ("total_tokens", Shape::Skip),
        (
            "input_token_details",
            Shape::Object(
                Field::Details { name: "input_token_details", first: AUDIO_IN, last: IMAGE_CACHED },
                &[
                    ("text_tokens", Shape::Skip),
                    ("audio_tokens", Shape::Value(Field::Count(AUDIO_IN))),
                    ("image_tokens", Shape::Value(Field::Count(IMAGE_IN))),
                    ("cached_tokens", Shape::Value(Field::Count(CACHED))),
                    (
                        "cached_tokens_details",
                        Shape::Object(
                            Field::Details {
                                name: "cached_tokens_details",
                                first: AUDIO_CACHED,
                                last: IMAGE_CACHED,
                            },
                            &[
                                ("text_tokens", Shape::Skip),
                                ("audio_tokens", Shape::Value(Field::Count(AUDIO_CACHED))),
                                ("image_tokens", Shape::Value(Field::Count(IMAGE_CACHED))),
                            ],
                        ),
                    ),
                ],
            ),
        ),
        (
            "output_token_details",
            Shape::Object(
                Field::Details { name: "output_token_details", first: AUDIO_OUT, last: REASONING },
                &[
                    ("text_tokens", Shape::Skip),
                    ("audio_tokens", Shape::Value(Field::Count(AUDIO_OUT))),
                    ("reasoning_tokens", Shape::Value(Field::Count(REASONING))),
                ],
            ),
        ),
    ],
);

// behind those of a transcript's usage
const INPUT: usize = 8;
const OUTPUT: usize = 9;
const AUDIO_IN: usize = 10;
const IMAGE_IN: usize = 11;
const CACHED: usize = 12;
const AUDIO_CACHED: usize = 13;
const IMAGE_CACHED: usize = 14;
const AUDIO_OUT: usize = 15;
const REASONING: usize = 16;

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    if ![INPUT, OUTPUT].iter().any(|&index| counts.is_said(index)) {
        return Ok(Reading { whose: Whose::Others, ..audio::read(said)? });
    }
    let (input, output) = (counts.required(INPUT)?, counts.required(OUTPUT)?);
    let prompt = Parts::of(input, counts.optional(AUDIO_IN)?, counts.optional(IMAGE_IN)?)?;
    let (audio_cached, image_cached) = (counts.optional(AUDIO_CACHED)?, counts.optional(IMAGE_CACHED)?);
    let cached = prompt.cached(counts.optional(CACHED)?, audio_cached, image_cached)?;
    let (audio_out, reasoning) = (counts.optional(AUDIO_OUT)?, counts.optional(REASONING)?);
    Ok(Reading::of(
        Usage::default()
            .with(UnitKind::Input, rest(prompt.text, &[cached.text])?)
            .with(UnitKind::InputCached, cached.text)
            .with(UnitKind::InputAudio, rest(prompt.audio, &[cached.audio])?)
            .with(UnitKind::InputAudioCached, cached.audio)
            .with(UnitKind::InputImage, rest(prompt.image, &[cached.image])?)
            .with(UnitKind::InputImageCached, cached.image)
            .with(UnitKind::Output, rest(output, &[audio_out, reasoning])?)
            .with(UnitKind::OutputReasoning, reasoning)
            .with(UnitKind::OutputAudio, audio_out),
    ))
}
