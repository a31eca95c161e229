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

const WORD: usize = 8;
/// A one in each of a word's bytes.
const LANES: u64 = u64::MAX / 0xFF;
const HIGH_BITS: u64 = LANES * 0x80;

// === impl TextMeasure ===

impl TextMeasure {
    /// All of it as plain numbers, for those who write it down.
    pub fn counts(&self) -> [u64; 7] {
        let Self { ascii, two, three, four, marks, parts, media } = *self;
        [ascii, two, three, four, marks, parts, media]
    }

    /// What [`TextMeasure::counts`] gave.
    pub fn from_counts([ascii, two, three, four, marks, parts, media]: [u64; 7]) -> Self {
        Self { ascii, two, three, four, marks, parts, media }
    }

    /// Counts UTF-8 text, or a piece of it cut anywhere; bytes that are no UTF-8 count as they look.
    pub fn add(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<WORD>();
        for word in words {
            self.add_word(word, WORD);
        }
        if !rest.is_empty() {
            let mut padded = [b' '; WORD];
            padded[..rest.len()].copy_from_slice(rest);
            self.add_word(&padded, rest.len());
        }
    }

    /// Counts one character.
    pub(crate) fn add_ascii(&mut self, byte: u8) {
        self.ascii += 1;
        self.marks += u64::from(is_mark(byte));
    }

    /// Counts the first bytes of a word; those behind them are spaces.
    fn add_word(&mut self, word: &[u8; WORD], length: usize) {
        let lanes = u64::from_le_bytes(*word);
        if lanes & HIGH_BITS == 0 {
            self.ascii += length as u64;
            self.marks += u64::from(marks(lanes));
        } else {
            self.add_bytes(&word[..length]);
        }
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match byte {
                0x00..=0x7F => self.add_ascii(byte),
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

fn is_mark(byte: u8) -> bool {
    byte > b' ' && !byte.is_ascii_alphabetic()
}

/// How many of eight ASCII bytes are neither letter nor space nor control character. All eight at once, in one register:
/// this runs over every prompt and every answer.
fn marks(lanes: u64) -> u32 {
    // A lane's highest bit tells whether its byte is at least this; seven-bit lanes never carry into the next.
    let at_least = |lanes: u64, byte: u8| lanes + (LANES * u64::from(0x80 - byte));
    let lowered = lanes | (LANES * 0x20);
    let letter = at_least(lowered, b'a') & !at_least(lowered, b'z' + 1);
    (at_least(lanes, b' ' + 1) & !letter & HIGH_BITS).count_ones()
}

/// What some write before UTF-8. It is no part of the text.
pub(crate) const MARK: &[u8] = b"\xEF\xBB\xBF";

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
