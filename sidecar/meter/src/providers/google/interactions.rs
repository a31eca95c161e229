//! `POST /v1beta/interactions`, and reading one; `POST /v1beta/decisions`: `usage.total_*`, thoughts beside the output.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::{google::generate::Modalities, openai::parts::rest},
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static INTERACTIONS: Grammar = Grammar {
    request: &REQUEST,
    whole: &INTERACTION,
    event: &EVENT,
    list: None,
    terminal: Terminal::EventKind(&[
        "interaction.complete",
        "interaction.completed",
        "interaction.cancelled",
        "interaction.failed",
    ]),
    usages: Usages::Running,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("agent", Shape::Value(Asked::Agent)),
        ("input", Shape::Prose),
        ("system_instruction", Shape::Prose),
        ("stream", Shape::Value(Asked::Stream)),
        ("background", Shape::Value(Asked::Background)),
        ("tools", Shape::Schema),
    ],
);

static INTERACTION: Shape<Field> = Shape::Object(Field::Root, MEMBERS);

static EVENT: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("event_type", Shape::Value(Field::Kind)),
        ("interaction", Shape::Object(Field::Plain, MEMBERS)),
        ("delta", Shape::Prose),
        // as it begins: a call of a function, what is said later in deltas
        ("step", Shape::Prose),
        // what was used so far, beside any event
        ("metadata", Shape::Object(Field::Plain, &[("total_usage", USAGE)])),
        ("usage", USAGE),
        ("error", Shape::Object(Field::Error, &[])),
    ],
);

const MEMBERS: &[(&str, Shape<Field>)] = &[
    ("id", Shape::Value(Field::Id)),
    ("created", Shape::Value(Field::Created)),
    ("model", Shape::Value(Field::Model)),
    ("agent", Shape::Value(Field::Agent)),
    ("status", Shape::Value(Field::Status)),
    ("service_tier", Shape::Value(Field::ServiceTier)),
    ("outputs", Shape::Prose),
    // what stands in their place since 2026
    ("steps", Shape::Prose),
    ("error", Shape::Object(Field::Error, &[])),
    ("usage", USAGE),
];

const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        ("total_input_tokens", Shape::Value(Field::Count(INPUT))),
        ("total_cached_tokens", Shape::Value(Field::Count(CACHED))),
        ("total_tool_use_tokens", Shape::Value(Field::Count(TOOL_USE))),
        ("total_output_tokens", Shape::Value(Field::Count(OUTPUT))),
        ("total_thought_tokens", Shape::Value(Field::Count(THOUGHTS))),
        ("total_reasoning_tokens", Shape::Value(Field::Count(THOUGHTS))),
        // the sum of all, billed as such
        ("total_tokens", Shape::Skip),
        // of the first turn alone, among the input already
        ("initial_input_tokens", Shape::Skip),
        ("input_tokens_by_modality", Shape::Each(&INPUT_ENTRY)),
        ("cached_tokens_by_modality", Shape::Each(&CACHED_ENTRY)),
        ("tool_use_tokens_by_modality", Shape::Each(&TOOL_USE_ENTRY)),
        ("output_tokens_by_modality", Shape::Each(&OUTPUT_ENTRY)),
        ("grounding_tool_count", Shape::Each(&TOOL_ENTRY)),
    ],
);

static INPUT_ENTRY: Shape<Field> = Shape::Object(Field::Entry(INPUT_BY), ENTRY);
static CACHED_ENTRY: Shape<Field> = Shape::Object(Field::Entry(CACHED_BY), ENTRY);
static TOOL_USE_ENTRY: Shape<Field> = Shape::Object(Field::Entry(TOOL_USE_BY), ENTRY);
static OUTPUT_ENTRY: Shape<Field> = Shape::Object(Field::Entry(OUTPUT_BY), ENTRY);
/// Retrieval from stores of one's own has no price here.
static TOOL_ENTRY: Shape<Field> = Shape::Object(
    Field::Entry(TOOLS),
    &[("type", Shape::Value(Field::EntryKind)), ("count", Shape::Value(Field::EntryCount))],
);
const ENTRY: &[(&str, Shape<Field>)] =
    &[("modality", Shape::Value(Field::EntryKind)), ("tokens", Shape::Value(Field::EntryCount))];

const INPUT: usize = 0;
const CACHED: usize = 1;
const TOOL_USE: usize = 2;
const OUTPUT: usize = 3;
const THOUGHTS: usize = 4;
const INPUT_BY: usize = 5;
const CACHED_BY: usize = 10;
const OUTPUT_BY: usize = 15;
const TOOL_USE_BY: usize = 20;
// calls of tools stand behind the modalities
const TOOLS: usize = 25;
const IMAGE: usize = 1;
const AUDIO: usize = 2;
const VIDEO: usize = 3;
const SEARCHES: usize = TOOLS + 5;
const MAPS: usize = TOOLS + 6;

fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let by = |group: usize, modality: usize| counts.optional(group + modality);
    let (input, output) = (counts.optional(INPUT)?, counts.optional(OUTPUT)?);
    if !counts.is_said(INPUT) && !counts.is_said(OUTPUT) {
        return Err(Fault::MissingCount);
    }
    let parts = Modalities::of(counts, INPUT_BY)?;
    let cached = Modalities::of(counts, CACHED_BY)?.of_which(counts.optional(CACHED)?, input, &parts)?;
    let (image_tool, audio_tool, video_tool) =
        (by(TOOL_USE_BY, IMAGE)?, by(TOOL_USE_BY, AUDIO)?, by(TOOL_USE_BY, VIDEO)?);
    let (image_out, audio_out, video_out) =
        (by(OUTPUT_BY, IMAGE)?, by(OUTPUT_BY, AUDIO)?, by(OUTPUT_BY, VIDEO)?);
    let text = rest(input, &[parts.image, parts.audio, parts.video, cached.text])?;
    let text_tool = rest(counts.optional(TOOL_USE)?, &[image_tool, audio_tool, video_tool])?;
    let searches = counts.optional(SEARCHES)?;
    Ok(Reading::of(
        Usage::default()
            .with(UnitKind::Input, text + text_tool)
            // cached video has no price of its own
            .with(UnitKind::InputCached, cached.text + cached.video)
            .with(UnitKind::InputImage, rest(parts.image, &[cached.image])? + image_tool)
            .with(UnitKind::InputImageCached, cached.image)
            .with(UnitKind::InputAudio, rest(parts.audio, &[cached.audio])? + audio_tool)
            .with(UnitKind::InputAudioCached, cached.audio)
            .with(UnitKind::InputVideo, rest(parts.video, &[cached.video])? + video_tool)
            .with(UnitKind::Output, rest(output, &[image_out, audio_out, video_out])?)
            .with(UnitKind::OutputReasoning, counts.optional(THOUGHTS)?)
            .with(UnitKind::OutputImage, image_out)
            .with(UnitKind::OutputAudio, audio_out)
            .with(UnitKind::OutputVideo, video_out)
            .with(UnitKind::WebSearchCall, searches)
            .with(UnitKind::GroundedPrompt, u64::from(searches > 0))
            .with(UnitKind::MapsCall, counts.optional(MAPS)?),
    ))
}
