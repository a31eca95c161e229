//! Readers that keep everything and know nothing of speed.

use serde_json::Value;
use tollgate_meter::{Dialect, UnitKind, Usage};

/// All whose answers are JSON, or events of JSON. Inputs of fuzzers choose by the place.
pub(crate) const DIALECTS: [Dialect; 38] = [
    Dialect::OpenAiChat,
    Dialect::OpenAiResponses,
    Dialect::OpenAiResponsesSession,
    Dialect::OpenAiCompletions,
    Dialect::OpenAiEmbeddings,
    Dialect::OpenAiImages,
    Dialect::OpenAiTranscriptions,
    Dialect::OpenAiSpeech,
    Dialect::OpenAiVideos,
    Dialect::OpenAiRealtime,
    Dialect::OpenAiBatchResults,
    Dialect::GoogleGenerate,
    Dialect::GoogleLive,
    Dialect::GoogleEmbed,
    Dialect::GooglePredict,
    Dialect::GoogleFilm,
    Dialect::GoogleInteractions,
    Dialect::GoogleBatch,
    Dialect::GoogleBatchResults,
    Dialect::XaiChat,
    Dialect::XaiResponses,
    Dialect::XaiImages,
    Dialect::XaiVideos,
    Dialect::XaiMessages,
    Dialect::OpenRouterChat,
    Dialect::OpenRouterResponses,
    Dialect::OpenRouterMessages,
    Dialect::OpenRouterServices,
    Dialect::OpenRouterVideos,
    Dialect::AnthropicMessages,
    Dialect::AnthropicBatchResults,
    Dialect::AnthropicBatch,
    Dialect::OpenAiRuns,
    Dialect::GoogleCache,
    Dialect::GoogleVertexCache,
    Dialect::XaiBatch,
    Dialect::OpenRouterBatch,
    Dialect::XaiResponsesSession,
];

/// All whose answers are protobuf.
pub(crate) const GRPC_DIALECTS: [Dialect; 10] = [
    Dialect::XaiGrpcChat,
    Dialect::XaiGrpcChunks,
    Dialect::XaiGrpcCompact,
    Dialect::XaiGrpcSample,
    Dialect::XaiGrpcStart,
    Dialect::XaiGrpcDeferred,
    Dialect::XaiGrpcVideo,
    Dialect::XaiGrpcImages,
    Dialect::XaiGrpcBatch,
    Dialect::XaiGrpcBatchResult,
];

/// A document that every parser reads alike: none of its names stands twice in an object.
pub(crate) fn document(bytes: &[u8]) -> Option<Value> {
    let value: Value = serde_json::from_slice(bytes).ok().filter(|_| !says_finer_than_floats(bytes))?;
    // where a name stood twice, one of its members is gone
    let colons = |bytes: &[u8]| {
        let (mut count, mut in_string, mut escaped) = (0, false, false);
        for byte in bytes {
            match (in_string, byte) {
                (true, b'\\') if !escaped => {
                    escaped = true;
                    continue;
                }
                (_, b'"') if !escaped => in_string = !in_string,
                (false, b':') => count += 1,
                _ => {}
            }
            escaped = false;
        }
        count
    };
    (colons(bytes) == members(&value)).then_some(value)
}

/// A number with a point or an exponent that a float does not hold to its last digit.
fn says_finer_than_floats(bytes: &[u8]) -> bool {
    let is_of_number = |byte: &u8| byte.is_ascii_digit() || b".eE+-".contains(byte);
    let mut words = bytes.split(|byte| !is_of_number(byte));
    words.any(|word| {
        word.iter().any(|byte| b".eE".contains(byte)) && (word.len() > 15 || word.contains(&b'-'))
    })
}

fn members(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.len() + object.values().map(members).sum::<usize>(),
        Value::Array(array) => array.iter().map(members).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The data of each event, by the standard's own words: lines, fields, blank lines.
pub(crate) fn events(stream: &str) -> Vec<String> {
    let (mut events, mut data) = (Vec::new(), Vec::new());
    let lines = with_one_line_end(stream);
    for line in lines.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        if line.is_empty() {
            events.extend((!data.is_empty()).then(|| data.join("\n")));
            data.clear();
        } else if let Some(value) = line.strip_prefix("data:") {
            data.push(value.strip_prefix(' ').unwrap_or(value));
        } else if line == "data" {
            data.push("");
        }
    }
    events
}

/// The same; `None` where the bytes are no text, or end in an event.
pub(crate) fn whole_events(stream: &[u8]) -> Option<Vec<String>> {
    let stream = std::str::from_utf8(stream).ok()?;
    let lines = with_one_line_end(stream);
    let is_whole = lines.is_empty() || lines.ends_with("\n\n") || lines == "\n";
    is_whole.then(|| events(stream))
}

/// Every line ends as on Unix, and the mark before the first is gone.
fn with_one_line_end(stream: &str) -> String {
    stream.strip_prefix('\u{feff}').unwrap_or(stream).replace("\r\n", "\n").replace('\r', "\n")
}

/// A count as it should be, or nothing, if it is none. Null and absent are 0 where they may be.
fn count(value: &Value, required: bool) -> Option<u64> {
    match value {
        Value::Null if !required => Some(0),
        value => whole(value).filter(|&count| count <= 1_000_000_000),
    }
}

/// A whole number, with or without a point.
fn whole(value: &Value) -> Option<u64> {
    let spelled_out = || value.as_f64().filter(|count| count.is_sign_positive() && count.fract() == 0.0);
    value.as_u64().or_else(|| spelled_out().and_then(|count| format!("{count:.0}").parse().ok()))
}

/// Details are an object, or absent.
fn details(value: &Value) -> Option<&Value> {
    matches!(value, Value::Null | Value::Object(_)).then_some(value)
}

/// The usage of chat completions.
pub(crate) fn chat(usage: &Value) -> Option<Usage> {
    usage.as_object()?;
    let (input, output) =
        (details(&usage["prompt_tokens_details"])?, details(&usage["completion_tokens_details"])?);
    let (prompt, completion) =
        (count(&usage["prompt_tokens"], true)?, count(&usage["completion_tokens"], true)?);
    let (cached, written) =
        (count(&input["cached_tokens"], false)?, count(&input["cache_write_tokens"], false)?);
    let (sound, pictures) = (count(&input["audio_tokens"], false)?, count(&input["image_tokens"], false)?);
    let (thought, spoken) =
        (count(&output["reasoning_tokens"], false)?, count(&output["audio_tokens"], false)?);
    let painted = count(&output["image_tokens"], false)?;
    // what is cached is text, then pictures, then sound
    let text = prompt.checked_sub(written + sound + pictures)?;
    let uncached = prompt.checked_sub(cached + written)?;
    let pictures = pictures.min((text + pictures).saturating_sub(cached));
    let sound_cached = sound.saturating_sub(uncached);
    let (sound, cached) = (sound - sound_cached, cached - sound_cached);
    let uncached = uncached - sound;
    Some(
        Usage::default()
            .with(UnitKind::Input, uncached - pictures)
            .with(UnitKind::InputCached, cached)
            .with(UnitKind::InputCacheWrite, written)
            .with(UnitKind::InputAudio, sound)
            .with(UnitKind::InputAudioCached, sound_cached)
            .with(UnitKind::InputImage, pictures)
            .with(UnitKind::Output, completion.checked_sub(thought + spoken + painted)?)
            .with(UnitKind::OutputReasoning, thought)
            .with(UnitKind::OutputAudio, spoken)
            .with(UnitKind::OutputImage, painted),
    )
}

/// A name that can be shown.
pub(crate) fn name(value: &Value, limit: usize) -> Option<&str> {
    value
        .as_str()
        .filter(|name| !name.is_empty() && name.len() <= limit && !name.chars().any(char::is_control))
}
