use crate::text::TextMeasure;

/// What the body said. Holds no prompt: texts are measured, never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestFacts {
    /// At most 256 bytes, no control characters; anything else counts as not given.
    pub model: Option<Box<str>>,
    /// OpenAI: `safety_identifier`, else `user`. Anthropic: `metadata.user_id`. At most 1,024 bytes, no control
    /// characters.
    pub user: Option<Box<str>>,
    /// `stream` is true.
    pub stream: bool,
    /// As asked for; what served the call is in the answer.
    pub service_tier: Option<Box<str>>,
    /// Bytes of the body that were fed.
    pub bytes: u64,
    /// The prompt's text, tools included.
    pub prompt: TextMeasure,
}
