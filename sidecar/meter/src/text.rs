//! How much text passed by, by script: all that an estimate needs, and nothing that could be read again.

/// Characters by the length of their UTF-8 form, which tells scripts apart well enough for tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextMeasure {
    /// One byte: ASCII.
    pub ascii: u64,
    /// Of these, what is neither letter nor space: digits, punctuation, brackets.
    pub marks: u64,
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

// === impl TextMeasure ===

impl TextMeasure {
    /// Counts UTF-8 text, or a piece of it cut anywhere; bytes that are no UTF-8 count as they look.
    pub fn add(&mut self, bytes: &[u8]) {
        self.marks += marks(bytes);
        if bytes.is_ascii() {
            self.ascii += bytes.len() as u64;
            return;
        }
        for &byte in bytes {
            match byte {
                0x00..=0x7F => self.ascii += 1,
                // the rest of a character that was counted by its first byte
                0x80..=0xBF => {}
                0xC0..=0xDF => self.two += 1,
                0xE0..=0xEF => self.three += 1,
                0xF0..=0xFF => self.four += 1,
            }
        }
    }

    pub fn characters(&self) -> u64 {
        self.ascii + self.two + self.three + self.four
    }

    /// No text and no media went by.
    pub fn is_empty(&self) -> bool {
        self.characters() == 0 && self.media == 0
    }
}

/// Without a branch, and in sums that fit a byte, so that it is done many bytes at a time.
fn marks(bytes: &[u8]) -> u64 {
    let is_mark = |byte: u8| !byte.is_ascii_alphabetic() & (byte > b' ') & byte.is_ascii();
    bytes
        .chunks(usize::from(u8::MAX))
        .map(|chunk| u64::from(chunk.iter().map(|&byte| u8::from(is_mark(byte))).sum::<u8>()))
        .sum()
}

/// A model, a tier, an id of the provider: at most this long.
const MAX_NAME: usize = 256;
/// A member's name worth reporting.
const MAX_IDENTIFIER: usize = 64;

/// Keeps a name that can be shown and stored; another takes the place of the one before, none does not.
pub(crate) fn keep_name(kept: &mut Option<Box<str>>, name: &[u8]) {
    // every chunk of a stream says it again
    if kept.as_ref().is_some_and(|kept| kept.as_bytes() == name) {
        return;
    }
    if let Some(name) = shown(name, MAX_NAME) {
        *kept = Some(name.into());
    }
}

/// UTF-8 of 1 to `limit` bytes without control characters.
pub(crate) fn shown(bytes: &[u8], limit: usize) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let fits = !text.is_empty() && text.len() <= limit;
    (fits && !text.chars().any(char::is_control)).then_some(text)
}

/// A member's name as programmers spell it; anything else could be content.
pub(crate) fn identifier(bytes: &[u8]) -> Option<&str> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    if bytes.is_empty() || bytes.len() > MAX_IDENTIFIER || !bytes.iter().all(is_word) {
        return None;
    }
    std::str::from_utf8(bytes).ok()
}
