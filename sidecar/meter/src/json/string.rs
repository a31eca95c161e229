use memchr::memchr2;

use super::shape::Sink;
use crate::text::TextMeasure;

/// A string (or number) that is being read, perhaps over several pieces.
pub(super) struct StringState<F> {
    used_as: Use<F>,
    escape: Escape,
    /// The first half of a character spelled in two escapes.
    high_surrogate: Option<u32>,
    /// What was collected so far; empty while the string stands in one piece without escapes.
    collected: Vec<u8>,
    too_long: bool,
    broken: bool,
}

/// What a string is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use<F> {
    Name,
    MeasuredName,
    Capture(F),
    Measure,
    Skip,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escape {
    No,
    /// After the backslash.
    Began,
    /// In `\uXXXX`: how many digits were read, and their value.
    Unicode(u8, u32),
}

/// Longer names and values are nobody's; a user id may have 1,024 bytes.
const MAX_COLLECTED: usize = 1024;

// === impl StringState ===

impl<F: Copy> StringState<F> {
    pub(super) fn new() -> Self {
        Self {
            used_as: Use::Skip,
            escape: Escape::No,
            high_surrogate: None,
            collected: Vec::new(),
            too_long: false,
            broken: false,
        }
    }

    pub(super) fn begin(&mut self, used_as: Use<F>) {
        self.reset();
        self.used_as = used_as;
    }

    pub(super) fn reset(&mut self) {
        self.escape = Escape::No;
        self.high_surrogate = None;
        self.collected.clear();
        self.too_long = false;
        self.broken = false;
    }

    pub(super) fn used_as(&self) -> Use<F> {
        self.used_as
    }

    /// An escape that JSON does not have.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Reads on from `at`, after the opening quote. `None`: the piece ended first (or the string is broken). Else
    /// where the string ended, after its quote, and its text, unless that is too long or nobody wants it.
    pub(super) fn read<'a, S: Sink<F>>(
        &'a mut self,
        bytes: &'a [u8],
        mut at: usize,
        sink: &mut S,
    ) -> Option<(usize, Option<&'a [u8]>)> {
        let begin = at;
        loop {
            if self.escape != Escape::No {
                let byte = *bytes.get(at)?;
                self.unescape(byte, sink);
                if self.broken {
                    return None;
                }
                at += 1;
                continue;
            }
            let rest = bytes.get(at..)?;
            let Some(stop) = find_stop(rest) else {
                self.plain(rest, sink);
                return None;
            };
            let (plain, end) = (&rest[..stop], at + stop + 1);
            if rest[stop] == b'"' {
                // The common case: whole, in one piece, without escapes.
                if self.collects() && at == begin && self.is_fresh() {
                    let fits = plain.len() <= MAX_COLLECTED;
                    return Some((end, fits.then_some(plain)));
                }
                self.plain(plain, sink);
                self.lone_surrogate(sink);
                let wanted = self.collects() && !self.too_long;
                return Some((end, wanted.then_some(&self.collected)));
            }
            self.plain(plain, sink);
            // most escapes are of one letter, and stand in one piece
            match bytes.get(end).copied().and_then(short_escape) {
                Some(character) if self.measures() && self.high_surrogate.is_none() => {
                    sink.text().add_ascii(character);
                    at = end + 1;
                }
                _ => {
                    self.escape = Escape::Began;
                    at = end;
                }
            }
        }
    }

    /// A number's bytes. `None`: not ended yet; else its text, unless too long.
    pub(super) fn collect<'a>(&'a mut self, bytes: &'a [u8], ended: bool) -> Option<Option<&'a [u8]>> {
        if ended && self.collected.is_empty() && !self.too_long {
            return Some((bytes.len() <= MAX_COLLECTED).then_some(bytes));
        }
        self.push(bytes);
        ended.then_some((!self.too_long).then_some(&self.collected))
    }

    /// Nothing of the string has been read yet.
    fn is_fresh(&self) -> bool {
        self.collected.is_empty() && !self.too_long && self.high_surrogate.is_none()
    }

    fn collects(&self) -> bool {
        matches!(self.used_as, Use::Name | Use::Capture(_))
    }

    fn measures(&self) -> bool {
        matches!(self.used_as, Use::Measure | Use::MeasuredName)
    }

    fn plain<S: Sink<F>>(&mut self, bytes: &[u8], sink: &mut S) {
        if bytes.is_empty() {
            return;
        }
        self.lone_surrogate(sink);
        if self.measures() {
            sink.text().add(bytes);
        } else if self.collects() {
            self.push(bytes);
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        if self.collected.len() + bytes.len() > MAX_COLLECTED {
            self.too_long = true;
        } else {
            self.collected.extend_from_slice(bytes);
        }
    }

    fn character<S: Sink<F>>(&mut self, character: char, sink: &mut S) {
        let mut utf8 = [0; 4];
        let bytes = character.encode_utf8(&mut utf8).as_bytes();
        if self.measures() {
            TextMeasure::add(sink.text(), bytes);
        } else if self.collects() {
            self.push(bytes);
        }
    }

    /// Half a character that its other half did not follow.
    fn lone_surrogate<S: Sink<F>>(&mut self, sink: &mut S) {
        if self.high_surrogate.take().is_some() {
            self.character(char::REPLACEMENT_CHARACTER, sink);
        }
    }

    /// One byte of an escape.
    fn unescape<S: Sink<F>>(&mut self, byte: u8, sink: &mut S) {
        let (count, value) = match self.escape {
            Escape::Unicode(count, value) => (count, value),
            Escape::No | Escape::Began => {
                let character = match byte {
                    b'u' => {
                        self.escape = Escape::Unicode(0, 0);
                        return;
                    }
                    _ => match short_escape(byte) {
                        Some(character) => char::from(character),
                        None => {
                            self.broken = true;
                            return;
                        }
                    },
                };
                self.escape = Escape::No;
                self.lone_surrogate(sink);
                self.character(character, sink);
                return;
            }
        };
        let Some(digit) = char::from(byte).to_digit(16) else {
            self.broken = true;
            return;
        };
        let value = value << 4 | digit;
        if count < 3 {
            self.escape = Escape::Unicode(count + 1, value);
            return;
        }
        self.escape = Escape::No;
        match (value, self.high_surrogate) {
            (0xDC00..=0xDFFF, Some(high)) => {
                self.high_surrogate = None;
                let code = 0x10000 + ((high - 0xD800) << 10) + (value - 0xDC00);
                self.character(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), sink);
            }
            (0xD800..=0xDBFF, _) => {
                self.lone_surrogate(sink);
                self.high_surrogate = Some(value);
            }
            _ => {
                self.lone_surrogate(sink);
                self.character(char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER), sink);
            }
        }
    }
}

/// What a backslash and this byte spell, but for `\uXXXX`.
fn short_escape(byte: u8) -> Option<u8> {
    Some(match byte {
        b'"' | b'\\' | b'/' => byte,
        b'b' => 0x8,
        b'f' => 0xC,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        _ => return None,
    })
}

/// The next quote or backslash. Most strings are a few words long, where eight bytes at a time win over a vector.
fn find_stop(bytes: &[u8]) -> Option<usize> {
    const SHORT: usize = 32;
    let mut at = 0;
    while let Some(word) = bytes.get(at..at + 8).and_then(|word| <[u8; 8]>::try_from(word).ok()) {
        let word = u64::from_le_bytes(word);
        let stops = bytes_equal(word, b'"') | bytes_equal(word, b'\\');
        if stops != 0 {
            return Some(at + stops.trailing_zeros() as usize / 8);
        }
        at += 8;
        if at == SHORT {
            return memchr2(b'"', b'\\', bytes.get(at..)?).map(|stop| at + stop);
        }
    }
    bytes.get(at..)?.iter().position(|&byte| byte == b'"' || byte == b'\\').map(|stop| at + stop)
}

/// The high bit of each byte of `word` that is `byte`; of those above the first, perhaps some more.
fn bytes_equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = 0x0101_0101_0101_0101;
    let differing = word ^ (LOW * u64::from(byte));
    differing.wrapping_sub(LOW) & !differing & (LOW << 7)
}
