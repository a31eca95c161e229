//! The xai-sdk's gRPC: `xai_api.Chat`, `Sample`, `Image`, `Video`, `Embedder`. Field numbers are those of the SDK's descriptors
//! (xai-sdk 1.21.0, proto/v6). Thoughts stand beside `completion_tokens`; the cost is said in ticks of 1e-10 USD.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Grpc, Reading, Said, Terminal, Usages},
    grpc::{Fields, Wire},
    json::Shape,
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

/// `GetCompletion`, `GetStoredCompletion` (read again).
pub(crate) static CHAT: Grammar =
    grammar(Usages::Last, Terminal::End, &Grpc { request: COMPLETION, answer: RESPONSE, streams: false });
/// `GetCompletionChunk`: each chunk says the total so far.
pub(crate) static CHUNKS: Grammar =
    grammar(Usages::Running, Terminal::Finish, &Grpc { request: COMPLETION, answer: CHUNK, streams: true });
/// `SampleText`, `SampleTextStreaming`.
pub(crate) static SAMPLE: Grammar =
    grammar(Usages::Last, Terminal::End, &Grpc { request: SAMPLING, answer: SAMPLED, streams: false });
/// `StartDeferredCompletion`, `GenerateVideo`, `ExtendVideo`: a promise.
pub(crate) static START: Grammar =
    grammar(Usages::Last, Terminal::End, &Grpc { request: COMPLETION, answer: PROMISE, streams: false });
/// `GetDeferredCompletion`.
pub(crate) static DEFERRED: Grammar =
    grammar(Usages::Last, Terminal::End, &Grpc { request: READ, answer: DEFERRED_RESPONSE, streams: false });
/// `GetDeferredVideo`.
pub(crate) static DEFERRED_VIDEO: Grammar =
    grammar(Usages::Last, Terminal::End, &Grpc { request: READ, answer: DEFERRED_FILM, streams: false });
/// `GenerateImage`.
pub(crate) static IMAGES: Grammar =
    grammar(Usages::Last, Terminal::End, &Grpc { request: PICTURE, answer: PICTURES, streams: false });
/// `CompactContext`.
pub(crate) static COMPACT: Grammar =
    grammar(Usages::Last, Terminal::End, &Grpc { request: COMPLETION, answer: COMPACTED, streams: false });

/// `ListBatchResults`: a page of them.
pub(crate) static BATCH: Grammar = Grammar {
    answers: Answers::Listed,
    ..grammar(Usages::Last, Terminal::End, &Grpc { request: READ, answer: PAGE, streams: false })
};
/// `GetBatchRequestResult`: one of them.
pub(crate) static BATCH_RESULT: Grammar = Grammar {
    answers: Answers::Listed,
    ..grammar(Usages::Last, Terminal::End, &Grpc { request: READ, answer: RESULT_ALONE, streams: false })
};

const fn grammar(usages: Usages, terminal: Terminal, grpc: &'static Grpc) -> Grammar {
    Grammar {
        request: &NO_JSON,
        whole: &NO_JSON_ANSWER,
        event: &NO_JSON_ANSWER,
        list: None,
        terminal,
        usages,
        answers: Answers::One,
        grpc: Some(grpc),
        read,
        by_request: None,
    }
}

static NO_JSON: Shape<Asked> = Shape::Object(Asked::Root, &[]);
static NO_JSON_ANSWER: Shape<Field> = Shape::Object(Field::Root, &[]);

const COMPLETION: Fields<Asked> = &[
    (
        1,
        Wire::Message(
            Asked::Part,
            &[(1, Wire::Message(Asked::Plain, &[(1, Wire::Prose)])), (5, Wire::Prose)],
        ),
    ),
    (2, Wire::Text(Asked::Model)),
    (16, Wire::Text(Asked::User)),
    (34, Wire::Text(Asked::SafetyIdentifier)),
];
const SAMPLING: Fields<Asked> =
    &[(1, Wire::Prose), (3, Wire::Text(Asked::Model)), (17, Wire::Text(Asked::User))];
const PICTURE: Fields<Asked> = &[
    (1, Wire::Prose),
    (2, Wire::Text(Asked::Model)),
    (3, Wire::Number(Asked::Pieces)),
    (4, Wire::Text(Asked::User)),
];

const READ: Fields<Asked> = &[(1, Wire::Text(Asked::Reads))];

const RESPONSE: Fields<Field> = &[
    (1, Wire::Text(Field::Id)),
    (2, Wire::Message(Field::Plain, &[(3, Wire::Message(Field::Plain, TEXTS))])),
    (5, CREATED),
    (6, Wire::Text(Field::Model)),
    (9, Wire::Message(Field::Usage, USAGE)),
    (15, TIER),
];
const CHUNK: Fields<Field> = &[
    (1, Wire::Text(Field::Id)),
    (
        2,
        Wire::Message(
            Field::Plain,
            &[(1, Wire::Message(Field::Plain, TEXTS)), (3, Wire::Word(Field::Finish, FINISHED))],
        ),
    ),
    (3, CREATED),
    (4, Wire::Text(Field::Model)),
    (6, Wire::Message(Field::Usage, USAGE)),
    (12, TIER),
];
const SAMPLED: Fields<Field> = &[
    (1, Wire::Text(Field::Id)),
    (2, Wire::Message(Field::Plain, &[(3, Wire::Prose)])),
    (5, CREATED),
    (6, Wire::Text(Field::Model)),
    (9, Wire::Message(Field::Usage, USAGE)),
];
const COMPACTED: Fields<Field> = &[(1, Wire::Text(Field::Id)), (4, Wire::Message(Field::Usage, USAGE))];
const PROMISE: Fields<Field> = &[(1, Wire::Text(Field::Promise))];
const DEFERRED_RESPONSE: Fields<Field> =
    &[(1, Wire::Message(Field::Plain, RESPONSE)), (2, Wire::Word(Field::Status, STATUS))];
const DEFERRED_FILM: Fields<Field> =
    &[(1, Wire::Word(Field::Status, STATUS)), (2, Wire::Message(Field::Plain, FILM))];
const FILM: Fields<Field> = &[
    (1, Wire::Message(Field::Plain, &[(4, Wire::Number(Field::BesideSeconds(SECONDS)))])),
    (2, Wire::Text(Field::Model)),
    (3, Wire::Message(Field::Usage, USAGE)),
];
const PAGE: Fields<Field> = &[(1, RESULT)];
const RESULT_ALONE: Fields<Field> = &[(2, RESULT)];
/// `BatchResult`: named by the app, not by the provider.
const RESULT: Wire<Field> = Wire::Message(
    Field::Answer,
    &[
        (1, Wire::Text(Field::Id)),
        (
            4,
            Wire::Message(
                Field::Plain,
                &[
                    (
                        2,
                        Wire::Message(
                            Field::Plain,
                            &[
                                (5, CREATED),
                                (6, Wire::Text(Field::Model)),
                                (9, Wire::Message(Field::Usage, USAGE)),
                                (15, TIER),
                            ],
                        ),
                    ),
                    (3, Wire::Message(Field::Plain, PICTURES)),
                    (4, Wire::Message(Field::Plain, FILM)),
                ],
            ),
        ),
    ],
);
const PICTURES: Fields<Field> = &[
    (1, Wire::Message(Field::Piece(UnitKind::OutputPicture), &[])),
    (2, Wire::Text(Field::Model)),
    (3, Wire::Message(Field::Usage, USAGE)),
];

/// `CompletionMessage`, `Delta`.
const TEXTS: Fields<Field> = &[(1, Wire::Prose), (4, Wire::Prose)];
const CREATED: Wire<Field> = Wire::Message(Field::Plain, &[(1, Wire::Number(Field::Created))]);
/// `FinishReason`, but for the invalid one.
const FINISHED: &[(u64, &str)] =
    &[(1, "max_len"), (2, "max_context"), (3, "stop"), (4, "tool_calls"), (5, "time_limit")];
/// `DeferredStatus`
const STATUS: &[(u64, &str)] = &[(1, "completed"), (2, "expired"), (3, "pending"), (4, "failed")];
/// `ServiceTier`
const TIER: Wire<Field> = Wire::Word(Field::ServiceTier, &[(1, "default"), (2, "priority")]);

/// `SamplingUsage`
const USAGE: Fields<Field> = &[
    (1, Wire::Number(Field::Count(COMPLETION_TOKENS))),
    (2, Wire::Number(Field::Count(PROMPT))),
    // the sum of all, and what the other parts of the prompt leave
    (3, Wire::Skip),
    (4, Wire::Skip),
    (5, Wire::Number(Field::Count(IMAGE))),
    (6, Wire::Number(Field::Count(REASONING))),
    (7, Wire::Number(Field::Count(CACHED))),
    (8, Wire::Number(Field::Count(SOURCES))),
    (9, Wire::Word(Field::Tally(TOOLS), TOOL_NAMES)),
    (11, Wire::Number(Field::Ticks(COST))),
];

/// `ServerSideTool`: those that are billed by the call.
const TOOL_NAMES: &[(u64, &str)] = &[
    (1, "web_search"),
    (2, "x_search"),
    (3, "code_execution"),
    (6, "collections_search"),
    (8, "attachment_search"),
];
const TOOLS: &[(&str, UnitKind)] = &[
    ("web_search", UnitKind::WebSearchCall),
    ("x_search", UnitKind::XSearchCall),
    ("code_execution", UnitKind::CodeSession),
    ("collections_search", UnitKind::FileSearchCall),
    ("attachment_search", UnitKind::AttachmentSearchCall),
];

const COMPLETION_TOKENS: usize = 0;
const PROMPT: usize = 1;
const IMAGE: usize = 2;
const REASONING: usize = 3;
const CACHED: usize = 4;
const SOURCES: usize = 5;
const COST: usize = 6;
const SECONDS: usize = 7;

/// proto3 leaves out what is zero.
fn read(said: &Said<'_>) -> Result<Reading, Fault> {
    let Some(counts) = said.counts else { return Ok(Reading::of(said.tallied)) };
    let (prompt, image, cached) =
        (counts.optional(PROMPT)?, counts.optional(IMAGE)?, counts.optional(CACHED)?);
    let text =
        prompt.checked_sub(image).and_then(|text| text.checked_sub(cached)).ok_or(Fault::PartsExceedTotal)?;
    let usage: Usage = said
        .tallied
        .with(UnitKind::Input, text)
        .with(UnitKind::InputCached, cached)
        .with(UnitKind::InputImage, image)
        .with(UnitKind::Output, counts.optional(COMPLETION_TOKENS)?)
        .with(UnitKind::OutputReasoning, counts.optional(REASONING)?)
        .with(UnitKind::SearchSource, counts.optional(SOURCES)?)
        .with(UnitKind::OutputVideoSecond, counts.optional(SECONDS)?);
    let cost = counts.money(COST)?;
    if usage.is_empty() && cost.is_none() {
        return Err(Fault::MissingCount);
    }
    Ok(Reading { cost, ..Reading::of(usage) })
}
