//! `POST …/cachedContents`: tokens that are kept until a time, billed by the hour. What was asked for is billed, however early the
//! cache is deleted (Google's answer of 2025 in its developer forum:
//! <https://discuss.ai.google.dev/t/clarification-on-context-cache-storage-billing-ttl-vs-actual-time/81267>). Vertex AI bills the
//! tokens as input, too, when the cache is made
//! (<https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/context-cache/context-cache-overview>); the page of the
//! Gemini API names no such charge.

use crate::{
    answer::{Answers, Fault, Field, Grammar, Reading, Said, Terminal, Usages},
    json::Shape,
    request::Field as Asked,
    usage::{UnitKind, Usage},
};

pub(crate) static CACHE: Grammar = grammar(kept);
pub(crate) static VERTEX_CACHE: Grammar = grammar(read_and_kept);

const fn grammar(read: fn(&Said<'_>) -> Result<Reading, Fault>) -> Grammar {
    Grammar {
        request: &REQUEST,
        whole: &CACHED,
        event: &CACHED,
        list: None,
        terminal: Terminal::End,
        usages: Usages::One,
        answers: Answers::One,
        grpc: None,
        read,
        by_request: None,
    }
}

static REQUEST: Shape<Asked> = Shape::Object(
    Asked::Root,
    &[
        ("model", Shape::Value(Asked::Model)),
        ("contents", Shape::Prose),
        ("systemInstruction", Shape::Prose),
        ("system_instruction", Shape::Prose),
        ("tools", Shape::Schema),
    ],
);

static CACHED: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("name", Shape::Value(Field::Id)),
        ("model", Shape::Value(Field::Model)),
        ("createTime", Shape::Value(Field::BesideTime(FROM))),
        ("expireTime", Shape::Value(Field::BesideTime(UNTIL))),
        ("error", Shape::Object(Field::Error, &[])),
        (
            "usageMetadata",
            Shape::Object(
                Field::Usage,
                &[
                    ("totalTokenCount", Shape::Value(Field::Count(TOKENS))),
                    // Vertex AI's tally of what the tokens are
                    ("textCount", Shape::Skip),
                    ("imageCount", Shape::Skip),
                    ("audioDurationSeconds", Shape::Skip),
                    ("videoDurationSeconds", Shape::Skip),
                ],
            ),
        ),
    ],
);

const TOKENS: usize = 0;
const FROM: usize = 1;
const UNTIL: usize = 2;

fn kept(said: &Said<'_>) -> Result<Reading, Fault> {
    let counts = said.counts()?;
    let tokens = counts.required(TOKENS)?;
    let millis = counts.required(UNTIL)?.saturating_sub(counts.required(FROM)?);
    // whole seconds were asked for: what is beyond them is between two of Google's clocks
    let seconds = millis.saturating_add(500) / 1000;
    let kept = tokens.checked_mul(seconds).ok_or(Fault::HugeCount)?;
    Ok(Reading::of(Usage::default().with(UnitKind::CacheStorage, kept)))
}

fn read_and_kept(said: &Said<'_>) -> Result<Reading, Fault> {
    let tokens = said.counts()?.required(TOKENS)?;
    let usage = kept(said)?.usage;
    Ok(Reading::of(usage.with(UnitKind::Input, tokens)))
}
