//! What a request says, read from its body as it passes.

use crate::{endpoint::Dialect, text::TextMeasure};

/// Reads a request's body as it passes, in pieces of any size; fixed memory.
pub struct RequestReader {
    facts: RequestFacts,
}

/// What the body said. Holds no prompt: texts are measured, never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestFacts {
    /// At most 256 bytes, no control characters; anything else counts as not given.
    pub model: Option<Box<str>>,
    /// OpenAI: `safety_identifier`, else `user`. Anthropic: `metadata.user_id`. At most 1,024 bytes.
    pub user: Option<Box<str>>,
    pub stream: bool,
    /// As asked for; what was served is in the answer.
    pub service_tier: Option<Box<str>>,
    /// Bytes of the body that were fed.
    pub bytes: u64,
    /// The prompt's text, tools included.
    pub prompt: TextMeasure,
}

/// The one edit that makes a stream carry its usage, in byte offsets of the body as fed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Splice {
    pub at: usize,
    pub remove: usize,
    pub insert: &'static str,
}

impl RequestReader {
    /// `None`: only the bytes are counted.
    pub fn new(_dialect: Option<Dialect>) -> Self {
        Self { facts: RequestFacts::default() }
    }
    pub fn feed(&mut self, bytes: &[u8]) {
        self.facts.bytes += bytes.len() as u64;
    }
    /// The body has ended.
    pub fn finish(&mut self) {}
    pub fn facts(&self) -> &RequestFacts {
        &self.facts
    }
    /// The top-level object has closed, or cannot be read: nothing more will be learned.
    pub fn is_settled(&self) -> bool {
        false
    }
    /// The edit, once the object has closed; `None` where the stream will carry its usage anyway, or where the body
    /// is to go as it came.
    pub fn usage_splice(&self) -> Option<Splice> {
        None
    }
}
