//! How many tokens a text is, where the provider never said. No tokenizer: one would be tens of MiB beside each app.
//!
//! A token is some bytes of ASCII, or some characters of another script. The figures are those of the tokenizers that
//! are public (o200k, cl100k and Claude's older one), over prose, code and JSON; see the tests for the error.

use crate::text::TextMeasure;

/// How the estimate was made; `metadata.estimate.method`.
pub(crate) const PROMPT_AND_OUTPUT: &str = "bytes-v1: prompt and delivered output";
/// The provider had said its input.
pub(crate) const OUTPUT: &str = "bytes-v1: delivered output; input is the provider's";

/// Tokens of a prompt: its text, and what each message and picture costs beside it.
pub(crate) fn prompt_tokens(text: &TextMeasure) -> u64 {
    let parts = text.parts.saturating_mul(TOKENS_PER_PART);
    text_tokens(text).saturating_add(parts).saturating_add(text.media.saturating_mul(TOKENS_PER_MEDIUM))
}

/// Tokens of an answer's text.
pub(crate) fn text_tokens(text: &TextMeasure) -> u64 {
    let hundredths =
        [(text.ascii, ASCII), (text.two, TWO_BYTES), (text.three, THREE_BYTES), (text.four, FOUR_BYTES)];
    hundredths
        .iter()
        .fold(0u64, |sum, &(characters, tokens)| sum.saturating_add(characters.saturating_mul(tokens)))
        .div_ceil(100)
}

/// Tokens per 100 characters.
const ASCII: u64 = 23;
const TWO_BYTES: u64 = 45;
const THREE_BYTES: u64 = 85;
const FOUR_BYTES: u64 = 180;
/// A message's role and its separators.
const TOKENS_PER_PART: u64 = 4;
/// A picture at OpenAI's middle detail, 1024 x 1024; Anthropic's are near it.
const TOKENS_PER_MEDIUM: u64 = 765;
