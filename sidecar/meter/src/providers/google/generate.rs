//! `:generateContent` and `:streamGenerateContent`, on the Gemini API and on Vertex AI, and the messages of a Live session.
//! `promptTokenCount` includes what came from a cache, `candidatesTokenCount` excludes thoughts; both are split by modality.
//! Each event of a stream says the total so far.

use crate::{
    answer::{Answers, Counts, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    providers::openai::parts::rest,
    request::Field as Asked,
    usage::UnitKind,
};

pub(crate) static GENERATE: Grammar = Grammar {
    request: &REQUEST,
    whole: &ANSWER,
    event: &ANSWER,
    list: Some(&LIST),
    terminal: Terminal::Finish,
    usages: Usages::Running,
    answers: Answers::One,
    grpc: None,
    read,
    by_request: None,
};

/// `…BidiGenerateContent`: a usage closes each turn.
pub(crate) static LIVE: Grammar = Grammar {
    request: &SETUP,
    whole: &SERVER_MESSAGE,
    event: &SERVER_MESSAGE,
    list: None,
    terminal: Terminal::End,
    usages: Usages::Turn,
    answers: Answers::Session,
    grpc: None,
    read,
    by_request: None,
};

static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("contents", Shape::Each(&CONTENT)),
        ("systemInstruction", Shape::Prose),
        ("system_instruction", Shape::Prose),
        ("tools", Shape::Schema),
        ("labels", Shape::Skip),
        ("generationConfig", CONFIG),
        ("generation_config", CONFIG),
    ],
);

const CONFIG: Shape<Asked> =
    Shape::Object(Asked::Plain, &[("responseModalities", MODALITIES), ("response_modalities", MODALITIES)]);
const MODALITIES: Shape<Asked> = Shape::Each(&Shape::Value(Asked::Modality));

static CONTENT: Shape<Asked> = Shape::Object(Asked::Part, &[("parts", Shape::Prose)]);

static SETUP: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[("setup", Shape::Object(Asked::Plain, &[("model", Shape::Value(Asked::Model))]))],
);

static LIST: Shape<Field> = Shape::Each(&ANSWER);

static ANSWER: Shape<Field> = Shape::Object(Field::Root, ANSWER_MEMBERS);

pub(super) const ANSWER_MEMBERS: &[(&str, Shape<Field>)] = &[
    ("responseId", Shape::Value(Field::Id)),
    ("modelVersion", Shape::Value(Field::Model)),
    ("candidates", Shape::Each(&CANDIDATE)),
    // a prompt that was blocked: there will be no candidate
    ("promptFeedback", Shape::Object(Field::Plain, &[("blockReason", Shape::Value(Field::Finish))])),
    ("error", Shape::Object(Field::Error, &[])),
    ("usageMetadata", USAGE),
];

static CANDIDATE: Shape<Field> = Shape::Object(
    Field::Plain,
    &[
        ("content", Shape::Object(Field::Plain, &[("parts", Shape::Each(&PART))])),
        ("finishReason", Shape::Value(Field::Finish)),
        ("groundingMetadata", GROUNDING),
    ],
);

/// Text and calls of tools; thoughts' signatures, code that ran and pictures are no text.
static PART: Shape<Field> =
    Shape::Object(Field::Plain, &[("text", Shape::Prose), ("functionCall", Shape::Prose)]);

/// Each query is billed with Gemini 3, the grounded prompt before it; the book knows which. Of queries Google counts the unique ones that
/// are not empty (its page on grounding, as quoted in
/// <https://discuss.ai.google.dev/t/are-empty-string-entries-in-groundingmetadata-websearchqueries-billed-as-grounded-search-queries-gemini-3/168136>).
const GROUNDING: Shape<Field> = Shape::Object(
    Field::Plain,
    &[
        ("webSearchQueries", Shape::Each(&Shape::Value(Field::Distinct(UnitKind::WebSearchCall)))),
        ("imageSearchQueries", Shape::Each(&Shape::Value(Field::Piece(UnitKind::WebSearchCall)))),
        ("googleMapsWidgetContextToken", Shape::Skip),
        (
            "groundingChunks",
            Shape::Each(&Shape::Object(
                Field::Plain,
                &[("maps", Shape::Object(Field::Once(UnitKind::MapsCall), &[]))],
            )),
        ),
    ],
);

static SERVER_MESSAGE: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        (
            "serverContent",
            Shape::Object(
                Field::Plain,
                &[
                    ("modelTurn", Shape::Object(Field::Plain, &[("parts", Shape::Each(&PART))])),
                    ("groundingMetadata", GROUNDING),
                ],
            ),
        ),
        ("toolCall", Shape::Prose),
        ("error", Shape::Object(Field::Error, &[])),
        ("usageMetadata", USAGE),
    ],
);

pub(super) const USAGE: Shape<Field> = Shape::Object(
    Field::Usage,
    &[
        ("promptTokenCount", Shape::Value(Field::Count(PROMPT))),
        ("cachedContentTokenCount", Shape::Value(Field::Count(CACHED))),
        ("toolUsePromptTokenCount", Shape::Value(Field::Count(TOOL_USE))),
        ("candidatesTokenCount", Shape::Value(Field::Count(OUTPUT))),
        // as Live calls it
        ("responseTokenCount", Shape::Value(Field::Count(OUTPUT))),
        ("thoughtsTokenCount", Shape::Value(Field::Count(THOUGHTS))),
        // the sum of all, billed as such
        ("totalTokenCount", Shape::Skip),
        ("promptTokensDetails", Shape::Each(&PROMPT_ENTRY)),
        // as embeddings of the Gemini API call it
        ("promptTokenDetails", Shape::Each(&PROMPT_ENTRY)),
        ("cacheTokensDetails", Shape::Each(&CACHED_ENTRY)),
        ("toolUsePromptTokensDetails", Shape::Each(&TOOL_USE_ENTRY)),
        ("candidatesTokensDetails", Shape::Each(&OUTPUT_ENTRY)),
        ("responseTokensDetails", Shape::Each(&OUTPUT_ENTRY)),
        // thoughts are text
        ("thoughtsTokensDetails", Shape::Skip),
        // how it was served: ON_DEMAND, ON_DEMAND_PRIORITY, ON_DEMAND_FLEX, PROVISIONED_THROUGHPUT
        ("trafficType", Shape::Value(Field::Traffic)),
        ("serviceTier", Shape::Value(Field::ServiceTier)),
        // Vertex AI's own tally of what the tokens above are
        ("billablePromptTokenCount", Shape::Skip),
    ],
);

static PROMPT_ENTRY: Shape<Field> = Shape::Object(Field::Entry(PROMPT_BY), ENTRY);
static CACHED_ENTRY: Shape<Field> = Shape::Object(Field::Entry(CACHED_BY), ENTRY);
static TOOL_USE_ENTRY: Shape<Field> = Shape::Object(Field::Entry(TOOL_USE_BY), ENTRY);
static OUTPUT_ENTRY: Shape<Field> = Shape::Object(Field::Entry(OUTPUT_BY), ENTRY);

const ENTRY: &[(&str, Shape<Field>)] =
    &[("modality", Shape::Value(Field::EntryKind)), ("tokenCount", Shape::Value(Field::EntryCount))];

const PROMPT: usize = 0;
const CACHED: usize = 1;
const TOOL_USE: usize = 2;
const OUTPUT: usize = 3;
const THOUGHTS: usize = 4;
// by modality: text, image, audio, video, document
const PROMPT_BY: usize = 5;
const CACHED_BY: usize = 10;
const TOOL_USE_BY: usize = 15;
const OUTPUT_BY: usize = 20;
const IMAGE: usize = 1;
const AUDIO: usize = 2;
const VIDEO: usize = 3;

pub(super) fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let by = |group: usize, modality: usize| counts.optional(group + modality);
    // proto3 leaves out what is zero
    let (prompt, cached) = (counts.optional(PROMPT)?, counts.optional(CACHED)?);
    let (tool_use, output) = (counts.optional(TOOL_USE)?, counts.optional(OUTPUT)?);
    if !counts.is_said(PROMPT) && !counts.is_said(OUTPUT) {
        return Err(Fault::MissingCount);
    }
    let input = Modalities::of(counts, PROMPT_BY)?;
    let from_cache = Modalities::of(counts, CACHED_BY)?.of_which(cached, prompt, &input)?;
    let (image_tool, audio_tool) = (by(TOOL_USE_BY, IMAGE)?, by(TOOL_USE_BY, AUDIO)?);
    let video_tool = by(TOOL_USE_BY, VIDEO)?;
    let (image_out, audio_out, video_out) =
        (by(OUTPUT_BY, IMAGE)?, by(OUTPUT_BY, AUDIO)?, by(OUTPUT_BY, VIDEO)?);
    let text = rest(prompt, &[input.image, input.audio, input.video, from_cache.text])?;
    let text_tool = rest(tool_use, &[image_tool, audio_tool, video_tool])?;
    let usage = said
        .tallied
        .with(UnitKind::Input, text + text_tool)
        // cached video has no price of its own
        .with(UnitKind::InputCached, from_cache.text + from_cache.video)
        .with(UnitKind::InputImage, rest(input.image, &[from_cache.image])? + image_tool)
        .with(UnitKind::InputImageCached, from_cache.image)
        .with(UnitKind::InputAudio, rest(input.audio, &[from_cache.audio])? + audio_tool)
        .with(UnitKind::InputAudioCached, from_cache.audio)
        .with(UnitKind::InputVideo, rest(input.video, &[from_cache.video])? + video_tool)
        .with(UnitKind::Output, rest(output, &[image_out, audio_out, video_out])?)
        .with(UnitKind::OutputReasoning, counts.optional(THOUGHTS)?)
        .with(UnitKind::OutputImage, image_out)
        .with(UnitKind::OutputAudio, audio_out)
        .with(UnitKind::OutputVideo, video_out);
    let is_grounded = usage.get(UnitKind::WebSearchCall) > 0;
    Ok(Reading::of(usage.with(UnitKind::GroundedPrompt, u64::from(is_grounded))))
}

/// A count by modality; documents are text.
#[derive(Clone, Copy)]
pub(super) struct Modalities {
    pub(super) text: u64,
    pub(super) image: u64,
    pub(super) audio: u64,
    pub(super) video: u64,
}

// === impl Modalities ===

impl Modalities {
    /// What the details name; text is what they leave.
    pub(super) fn of(counts: &Counts, group: usize) -> Result<Self, Fault> {
        let by = |modality: usize| counts.optional(group + modality);
        Ok(Self { text: 0, image: by(IMAGE)?, audio: by(AUDIO)?, video: by(VIDEO)? })
    }

    /// Of a cached total: what the details do not name is text as far as the prompt has text, then pictures, film, and sound,
    /// of which alone cached tokens have another price.
    pub(super) fn of_which(self, cached: u64, prompt: u64, input: &Self) -> Result<Self, Fault> {
        let mut unnamed = rest(cached, &[self.image, self.audio, self.video])?;
        let mut take = |room: u64| {
            let taken = unnamed.min(room);
            unnamed -= taken;
            taken
        };
        let text = take(rest(prompt, &[input.image, input.audio, input.video])?);
        let image = self.image + take(rest(input.image, &[self.image])?);
        let video = self.video + take(rest(input.video, &[self.video])?);
        let audio = self.audio + take(rest(input.audio, &[self.audio])?);
        if unnamed > 0 {
            return Err(Fault::PartsExceedTotal);
        }
        Ok(Self { text, image, audio, video })
    }
}
