//! `POST /v1/audio/transcriptions`, `/translations`: by token or by the second, as the answer says. `POST /v1/audio/speech`:
//! by the character that is spoken, for the TTS models, whose answers are sound and nothing else.

use crate::{
    answer::{AnswerFacts, Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::openai::parts::rest,
    request::{Field as Asked, RequestFacts},
    usage::{UnitKind, Usage},
};

pub(crate) static TRANSCRIPTIONS: Grammar = Grammar {
    request: &RECORDING,
    whole: &TRANSCRIPT,
    event: &TRANSCRIPT_EVENT,
    list: None,
    terminal: Terminal::EventKind(&["transcript.text.done"]),
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

pub(crate) static SPEECH: Grammar = Grammar {
    request: &SPOKEN,
    whole: &SOUND,
    event: &SOUND_EVENT,
    list: None,
    terminal: Terminal::EventKind(&["speech.audio.done"]),
    usages: Usages::One,
    answers: Answers::One,
    grpc: None,
    read: spoken,
    by_request: Some(characters),
};

static RECORDING: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("prompt", Shape::Prose),
        ("stream", Shape::Value(Asked::Stream)),
        ("user", Shape::Value(Asked::User)),
    ],
);

static SPOKEN: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[("model", Shape::Value(Asked::Model)), ("input", Shape::Prose), ("user", Shape::Value(Asked::User))],
);

static TRANSCRIPT: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("text", Shape::Prose),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", USAGE),
        // `verbose_json` of whisper-1 may say its length alone
        ("duration", Shape::Value(Field::BesideSeconds(DURATION))),
    ],
);

static TRANSCRIPT_EVENT: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("type", Shape::Value(Field::Kind)),
        ("delta", Shape::Prose),
        ("error", Shape::Object(Field::Error, &[])),
        ("usage", USAGE),
    ],
);

static SOUND: Shape<Field> =
    Shape::Object(Field::Root, &[("error", Shape::Object(Field::Error, &[])), ("usage", USAGE)]);

static SOUND_EVENT: Shape<Field> = Shape::Object(
    Field::Root,
    &[("type", Shape::Value(Field::Kind)), ("error", Shape::Object(Field::Error, &[])), ("usage", USAGE)],
);

pub(super) const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        // `tokens` or `duration`: the counts tell
        ("type", Shape::Skip),
        ("input_tokens", Shape::Value(Field::Count(INPUT))),
        ("output_tokens", Shape::Value(Field::Count(OUTPUT))),
        ("total_tokens", Shape::Skip),
        (
            "input_token_details",
            Shape::Object(
                Field::Details { name: "input_token_details", first: AUDIO_IN, last: AUDIO_IN },
                &[("audio_tokens", Shape::Value(Field::Count(AUDIO_IN))), ("text_tokens", Shape::Skip)],
            ),
        ),
        ("seconds", Shape::Value(Field::Seconds(SECONDS))),
    ],
);

const INPUT: usize = 0;
const OUTPUT: usize = 1;
const AUDIO_IN: usize = 2;
const SECONDS: usize = 3;
const DURATION: usize = 4;

pub(super) fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    if counts.is_said(SECONDS) || (!counts.is_said(INPUT) && counts.is_said(DURATION)) {
        let index = if counts.is_said(SECONDS) { SECONDS } else { DURATION };
        return Ok(Reading::of(Usage::default().with(UnitKind::InputAudioSecond, counts.required(index)?)));
    }
    let (input, output) = (counts.required(INPUT)?, counts.required(OUTPUT)?);
    let audio = counts.optional(AUDIO_IN)?;
    Ok(Reading::of(
        Usage::default()
            .with(UnitKind::Input, rest(input, &[audio])?)
            .with(UnitKind::InputAudio, audio)
            .with(UnitKind::Output, output),
    ))
}

/// What is made of the text is sound.
fn spoken(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let usage = Usage::default()
        .with(UnitKind::Input, counts.required(INPUT)?)
        .with(UnitKind::OutputAudio, counts.required(OUTPUT)?);
    Ok(Reading::of(usage))
}

/// What the TTS models are billed by. The others count tokens, which nobody tells: those are estimated.
fn characters(request: &RequestFacts, answer: &AnswerFacts) -> Option<Usage> {
    let is_by_character = request.model.as_deref().is_some_and(|model| model.starts_with("tts-"));
    let characters = request.prompt.characters();
    (is_by_character && !answer.error).then(|| Usage::default().with(UnitKind::InputCharacter, characters))
}
