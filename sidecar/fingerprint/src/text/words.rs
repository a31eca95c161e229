//! Text to words, in pieces of any size, and words to runs of three.
//!
//! Whatever has a digit (dates, ids, versions) is one and the same word, and so is every name: a capital where no
//! sentence begins, or a few words without capitals among words that have them. Chinese, Japanese, Korean, Indic and Thai characters
//! are a word each: there are no spaces to go by.

use super::{
    dates::{OF_DATES, OF_DATES_WITHIN, OF_NUMBERS},
    hash,
    uncased::{Held, Uncased},
};

/// Reads words and gives runs of three, as hashes, and what begins with the last of the three. The hash has no
/// key: it chooses, and is never kept.
pub(crate) struct Words {
    hash: u64,
    length: u32,
    has_digit: bool,
    begins_upper: bool,
    has_lower: bool,
    /// A sign that joins words, such as the dash of an id, if a letter follows.
    joint: Option<u8>,
    /// Bytes of a character of several that are still to come.
    pending: u8,
    /// They are of a sign, not of a word.
    is_sign: bool,
    /// Those of a letter of three that came.
    wide: [u8; 2],
    /// The first byte of a letter of two, and whether a word begins with it.
    lead: Option<(u8, bool)>,
    /// The last letter, if its script has no capitals.
    uncased: Option<char>,
    names: Uncased,
    begins: Begins,
    before: [u64; 2],
}

/// What a word is the first of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Begins {
    Nothing,
    Sentence,
    Line,
}

const EDGE: u64 = 0x6564_6765;
const NUMBER: u64 = 0x6e75_6d62_6572;
const NAME: u64 = 0x6e61_6d65;
/// Longer ones are no words: keys, encoded data.
const LONGEST: u32 = 40;

/// In order: the same three words in another order are another run.
pub(crate) fn joined(parts: [u64; 3]) -> u64 {
    let mixed = parts.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |mixed, part| {
        (mixed.rotate_left(23) ^ part).wrapping_mul(0xff51_afd7_ed55_8ccd)
    });
    mixed ^ (mixed >> 32)
}

// === impl Words ===

impl Words {
    pub(crate) fn new() -> Self {
        Self {
            hash: hash::START,
            length: 0,
            has_digit: false,
            begins_upper: false,
            has_lower: false,
            joint: None,
            pending: 0,
            is_sign: false,
            wide: [0; 2],
            lead: None,
            uncased: None,
            names: Uncased::new(),
            begins: Begins::Line,
            before: [EDGE; 2],
        }
    }

    pub(crate) fn feed(&mut self, bytes: &[u8], run: &mut impl FnMut(u64, Begins)) {
        for &byte in bytes {
            if self.pending > 0 {
                if byte & 0xC0 == 0x80 {
                    self.further_byte(byte, run);
                    continue;
                }
                self.pending = 0;
            }
            match byte {
                b'a'..=b'z' => self.plain(byte),
                b'A'..=b'Z' => {
                    if self.length == 0 {
                        self.begins_upper = true;
                    }
                    self.upper(byte);
                }
                b'0'..=b'9' => {
                    self.has_digit = true;
                    self.joined_letter(byte);
                }
                b'-' | b'_' | b'.' | b'@' | b'/' if self.length > 0 && self.joint.is_none() => {
                    self.joint = Some(byte);
                }
                b'\'' => {}
                // two bytes a letter; the signs among them are few
                0xC3..=0xDF => {
                    self.lead = Some((byte, self.length == 0));
                    self.joined_letter(byte);
                }
                0x80..=0xBF => {
                    self.see_pair(byte);
                    self.joined_letter(byte);
                }
                0xE0 | 0xE1 | 0xE3..=0xEF => {
                    (self.pending, self.is_sign, self.wide[0]) = (2, false, byte);
                }
                0xC2 | 0xE2 | 0xF0..=0xFF => {
                    self.end(run);
                    self.end_name(run);
                    self.is_sign = true;
                    self.pending = match byte {
                        0xC2 => 1,
                        0xE2 => 2,
                        _ => 3,
                    };
                }
                _ => self.sign(byte, run),
            }
        }
    }

    /// The text ends; another begins.
    pub(crate) fn edge(&mut self, run: &mut impl FnMut(u64, Begins)) {
        self.end(run);
        self.end_name(run);
        if self.before[1] != EDGE {
            run(joined([self.before[0], self.before[1], EDGE]), Begins::Nothing);
        }
        *self = Self::new();
    }

    fn plain(&mut self, byte: u8) {
        self.has_lower = true;
        self.joined_letter(byte);
    }

    fn upper(&mut self, byte: u8) {
        self.joined_letter(byte | 0x20);
    }

    /// Of a letter of two bytes the second one.
    fn see_pair(&mut self, second: u8) {
        let Some((first, is_first)) = self.lead.take() else { return };
        if let Some(letter) = char::from_u32(u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F)) {
            self.has_digit |= letter.is_numeric();
            self.see_case(letter, is_first);
            if first >= 0xD7 {
                self.uncased = Some(letter);
            }
        }
    }

    /// Élodie and Иван are names as Maria is.
    fn see_case(&mut self, letter: char, is_first: bool) {
        if is_first || self.begins_upper && !self.has_lower {
            self.begins_upper |= is_first && letter.is_uppercase();
            self.has_lower |= letter.is_lowercase();
        }
    }

    /// Of a character of several bytes.
    fn further_byte(&mut self, byte: u8, run: &mut impl FnMut(u64, Begins)) {
        self.pending -= 1;
        match self.pending {
            _ if self.is_sign => {}
            0 => self.wide_letter([self.wide[0], self.wide[1], byte], run),
            _ => self.wide[1] = byte,
        }
    }

    /// A letter of three bytes: of a script with capitals (Vietnamese, old Greek) within a word, of another one a word.
    fn wide_letter(&mut self, bytes: [u8; 3], run: &mut impl FnMut(u64, Begins)) {
        let [first, second, third] = bytes.map(u32::from);
        let code = (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F;
        let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        let (is_cased, is_digit) = (matches!(letter, '\u{1E00}'..='\u{1FFF}'), letter.is_numeric());
        if is_cased || is_digit {
            self.see_case(letter, self.length == 0);
            self.has_digit |= is_digit;
            bytes.into_iter().for_each(|byte| self.joined_letter(byte));
            return;
        }
        self.end(run);
        self.uncased = Some(letter);
        bytes.into_iter().for_each(|byte| self.letter(byte));
        self.end(run);
    }

    fn joined_letter(&mut self, byte: u8) {
        if let Some(joint) = self.joint.take() {
            self.letter(joint);
        }
        self.letter(byte);
    }

    fn letter(&mut self, byte: u8) {
        self.hash = hash::and(self.hash, byte);
        self.length += 1;
    }

    fn sign(&mut self, byte: u8, run: &mut impl FnMut(u64, Begins)) {
        let joint = self.joint.take();
        self.end(run);
        if byte != b' ' || joint.is_some() {
            self.end_name(run);
        }
        let ends_sentence = |byte| matches!(byte, b'.' | b'!' | b'?' | b':' | b'-' | b'*' | b'#' | b'"');
        if byte == b'\n' {
            self.begins = Begins::Line;
        } else if ends_sentence(byte) || joint.is_some_and(ends_sentence) {
            self.begins = self.begins.max(Begins::Sentence);
        }
    }

    /// A month or a day of the week: a date is one word in whatever form it is written.
    fn is_of_date(&self) -> bool {
        OF_DATES.contains(&self.hash)
            || self.begins == Begins::Nothing && OF_DATES_WITHIN.contains(&self.hash)
    }

    /// The year, the month and the day of 2026年3月4日.
    fn is_of_number(&self) -> bool {
        let is_behind = self.begins == Begins::Nothing && self.before[1] == NUMBER && self.names.is_empty();
        is_behind && OF_NUMBERS.contains(&self.hash)
    }

    fn end(&mut self, run: &mut impl FnMut(u64, Begins)) {
        if self.length == 0 {
            return;
        }
        let is_capital = self.begins_upper && self.has_lower;
        let is_date = is_capital && self.is_of_date() || self.uncased.is_some() && self.is_of_number();
        let word = if self.has_digit || self.length > LONGEST || is_date {
            NUMBER
        } else if is_capital && self.begins == Begins::Nothing {
            NAME
        } else {
            self.hash
        };
        let begins = std::mem::replace(&mut self.begins, Begins::Nothing);
        (self.hash, self.length, self.joint, self.lead) = (hash::START, 0, None, None);
        (self.has_digit, self.begins_upper, self.has_lower) = (false, false, false);
        if let Some(last) = self.uncased.take()
            && word != NUMBER
        {
            self.uncased_word(word, begins, last, run);
            return;
        }
        self.end_name(run);
        if word != NUMBER {
            self.names.see_cased();
        }
        self.word(word, begins, run);
    }

    /// It is of a name, or of a text in a script without capitals.
    fn uncased_word(&mut self, word: u64, begins: Begins, last: char, run: &mut impl FnMut(u64, Begins)) {
        if let Held::Text = self.names.see(word, begins, last) {
            for (word, begins) in self.names.take() {
                self.word(word, begins, run);
            }
            self.word(word, begins, run);
        }
    }

    /// No further word is of the name that may have begun.
    fn end_name(&mut self, run: &mut impl FnMut(u64, Begins)) {
        if self.names.is_empty() {
            return;
        }
        if let Some((_, begins)) = self.names.take().next() {
            self.word(NAME, begins, run);
        }
    }

    fn word(&mut self, word: u64, begins: Begins, run: &mut impl FnMut(u64, Begins)) {
        // a date, a full name: of any length
        if matches!(word, NUMBER | NAME) && self.before[1] == word {
            return;
        }
        run(joined([self.before[0], self.before[1], word]), begins);
        self.before = [self.before[1], word];
    }
}

#[cfg(test)]
mod tests;
