//! How much text passed by, by script: all that an estimate needs, and nothing that could be read again.

/// Characters by the length of their UTF-8 form, which tells scripts apart well enough for tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextMeasure {
    /// One byte: ASCII.
    pub ascii: u64,
    /// Two bytes: Latin with accents, Greek, Cyrillic, Hebrew, Arabic.
    pub two: u64,
    /// Three bytes: Indic scripts, Chinese, Japanese, Korean.
    pub three: u64,
    /// Four bytes: emoji and rare signs.
    pub four: u64,
    /// Messages, blocks and tools: each costs a few tokens beside its text.
    pub parts: u64,
    /// Pictures, recordings and files: never counted as text.
    pub media: u64,
}
