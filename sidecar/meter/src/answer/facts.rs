use super::Fault;
use crate::{cost::Cost, text::TextMeasure, usage::Usage};

/// What the answer said. Holds no completion: texts are measured, never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerFacts {
    pub usage: Option<Usage>,
    /// `usage` is the whole of it; false where the stream broke before the provider had said its output.
    pub usage_final: bool,
    /// The provider's own word for what it costs: it goes before any price list.
    pub cost: Option<Cost>,
    /// Units of a stream that broke before it said its usage, counted as they came.
    pub steps: Usage,
    /// The work goes on at the provider; its usage is read later.
    pub pending: bool,
    /// When the provider made it, in seconds since 1970.
    pub created: Option<i64>,
    /// The model that answered; at most 256 bytes, no control characters.
    pub model: Option<Box<str>>,
    /// The answer's own id: `chatcmpl-…`, `msg_…`; at most 256 bytes, no control characters.
    pub request_id: Option<Box<str>>,
    /// Its place among the answers of a body that holds several, from 1. 0: it is the only one.
    pub place: u32,
    /// An error event or an error body.
    pub error: bool,
    /// The body is a stream of events.
    pub streamed: bool,
    /// The text that was delivered.
    pub delivered: TextMeasure,
    /// What served the call, where the answer says so: `default`, `flex`, `priority` …
    pub service_tier: Option<Box<str>>,
    /// Anthropic's `usage.speed`: `standard`, `fast`.
    pub speed: Option<Box<str>>,
    /// Anthropic's `usage.inference_geo`: `global`, `us`.
    pub inference_geo: Option<Box<str>>,
    /// Of a picture or film: `1024x1536`, `720p`.
    pub size: Option<Box<str>>,
    /// Of a picture or film: `high`, `hd`.
    pub quality: Option<Box<str>>,
    /// Its searches are made by OpenAI's older tool.
    pub searches_by_preview: bool,
    /// Why the usage could not be read or trusted; the first reason.
    pub fault: Option<Fault>,
    /// Members of the usage that we do not know, by name (`details.member` for those of its details); at most eight.
    pub unknown_fields: Vec<Box<str>>,
}
