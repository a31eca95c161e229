use crate::text::TextMeasure;

/// What the body said. Holds no prompt: texts are measured, never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestFacts {
    /// At most 256 bytes, no control characters; anything else counts as not given.
    pub model: Option<Box<str>>,
    /// The model that the app asked for, where the request was changed to go to `model`.
    pub substituted: Option<Box<str>>,
    /// OpenAI: `safety_identifier`, else `user`. Anthropic: `metadata.user_id`. At most 1,024 bytes, no control
    /// characters.
    pub user: Option<Box<str>>,
    /// The id of what is read, where the body names it.
    pub reads: Option<Box<str>>,
    /// `stream` is true.
    pub stream: bool,
    /// The answer is to be sound or a picture alone (Gemini's `responseModalities`).
    pub wants_no_text: bool,
    /// The work is to go on without the call: `background` is true.
    pub background: bool,
    /// As asked for; what served the call is in the answer.
    pub service_tier: Option<Box<str>>,
    /// What is to be made, where it is billed by the piece or the second.
    pub asked: Asked,
    /// Bytes of the body that were fed.
    pub bytes: u64,
    /// The prompt's text, tools included.
    pub prompt: TextMeasure,
}

/// What is asked for in pictures, films and recordings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// `1024x1536`, `720p`, `16:9`.
    pub size: Option<Box<str>>,
    /// `high`, `hd`; of films `silent`.
    pub quality: Option<Box<str>>,
    /// How many.
    pub pieces: Option<u64>,
    /// How long each is to be, in microseconds.
    pub microseconds: Option<u64>,
}
