//! What an answer says, read from its bytes as they pass.

use crate::{coding::Coding, endpoint::Dialect, text::TextMeasure, usage::Usage};

/// What the answer's head says about its body.
#[derive(Clone, Copy, Debug)]
pub struct AnswerHead<'a> {
    pub dialect: Dialect,
    pub status: u16,
    pub content_type: Option<&'a str>,
    pub coding: Coding,
}

/// Reads an answer's bytes as they pass, coded as on the wire, in pieces of any size.
pub struct AnswerReader {
    facts: AnswerFacts,
}

/// What the answer said. Holds no completion: texts are measured, never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerFacts {
    pub usage: Option<Usage>,
    /// `usage` is the whole of it; false where the stream broke before the provider had said its output.
    pub usage_final: bool,
    pub model: Option<Box<str>>,
    /// The answer's own id: `chatcmpl-…`, `msg_…`.
    pub request_id: Option<Box<str>>,
    /// An error event or an error body.
    pub error: bool,
    pub streamed: bool,
    /// The text that was delivered.
    pub delivered: TextMeasure,
    /// Some content has been delivered.
    pub first_content: bool,
    pub service_tier: Option<Box<str>>,
    /// Why the usage could not be read, the first reason.
    pub fault: Option<Fault>,
    /// Members of the usage that we do not know: their names, at most eight.
    pub unknown_fields: Vec<Box<str>>,
}

/// Why a usage could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A count below zero.
    NegativeCount,
}

impl Fault {
    /// The name in `metadata.estimate.fault`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NegativeCount => "negative_count",
        }
    }
}

impl AnswerReader {
    pub fn new(_head: AnswerHead<'_>) -> Self {
        Self { facts: AnswerFacts::default() }
    }
    pub fn feed(&mut self, _wire: &[u8]) {}
    /// The terminal event, or the closing brace of a JSON body, has been fed.
    pub fn is_complete(&self) -> bool {
        false
    }
    /// The body has ended, in whatever way.
    pub fn finish(&mut self) {}
    pub fn facts(&self) -> &AnswerFacts {
        &self.facts
    }
}
