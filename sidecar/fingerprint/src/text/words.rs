//! Text to words, in pieces of any size, and words to runs of three.
//!
//! Whatever has a digit (dates, ids, versions) is one and the same word, and so is every name: a capital where no
//! sentence begins. Chinese, Japanese, Korean, Indic and Thai characters are a word each: there are no spaces to go by.

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
    /// The first byte of a letter of two, and whether a word begins with it.
    lead: Option<(u8, bool)>,
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

/// Words of dates, in English and German, and those that are such within a sentence only: "May I", "March on".
const OF_DATES: [u64; 25] = hashes_of([
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]);
const OF_DATES_WITHIN: [u64; 14] = hashes_of([
    "march", "may", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
]);

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// A name, or a value as spelled.
pub(crate) fn hash_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME))
}

const fn hashes_of<const COUNT: usize>(words: [&str; COUNT]) -> [u64; COUNT] {
    let mut hashes = [FNV_OFFSET; COUNT];
    let mut word = 0;
    while word < COUNT {
        let (bytes, mut at) = (words[word].as_bytes(), 0);
        while at < bytes.len() {
            hashes[word] = (hashes[word] ^ bytes[at] as u64).wrapping_mul(FNV_PRIME);
            at += 1;
        }
        word += 1;
    }
    hashes
}

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
            hash: FNV_OFFSET,
            length: 0,
            has_digit: false,
            begins_upper: false,
            has_lower: false,
            joint: None,
            pending: 0,
            is_sign: false,
            lead: None,
            begins: Begins::Line,
            before: [EDGE; 2],
        }
    }

    pub(crate) fn feed(&mut self, bytes: &[u8], run: &mut impl FnMut(u64, Begins)) {
        for &byte in bytes {
            if self.pending > 0 && byte & 0xC0 == 0x80 {
                self.pending -= 1;
                if !self.is_sign {
                    self.letter(byte);
                    if self.pending == 0 {
                        self.end(run);
                    }
                }
                continue;
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
                    self.see_case(byte);
                    self.joined_letter(byte);
                }
                0xE0 | 0xE1 | 0xE3..=0xEF => {
                    self.end(run);
                    (self.pending, self.is_sign) = (2, false);
                    self.letter(byte);
                }
                0xC2 | 0xE2 | 0xF0..=0xFF => {
                    self.end(run);
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

    /// Of a letter of two bytes, whose second one this is: Élodie and Иван are names as Maria is.
    fn see_case(&mut self, second: u8) {
        let Some((first, is_first)) = self.lead.take() else { return };
        let letter = char::from_u32(u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F));
        let Some(letter) = letter.filter(|_| is_first || self.begins_upper && !self.has_lower) else {
            return;
        };
        self.begins_upper |= is_first && letter.is_uppercase();
        self.has_lower |= letter.is_lowercase();
    }

    fn joined_letter(&mut self, byte: u8) {
        if let Some(joint) = self.joint.take() {
            self.letter(joint);
        }
        self.letter(byte);
    }

    fn letter(&mut self, byte: u8) {
        self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
        self.length += 1;
    }

    fn sign(&mut self, byte: u8, run: &mut impl FnMut(u64, Begins)) {
        let joint = self.joint.take();
        self.end(run);
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

    fn end(&mut self, run: &mut impl FnMut(u64, Begins)) {
        if self.length == 0 {
            return;
        }
        let is_capital = self.begins_upper && self.has_lower;
        let word = if self.has_digit || self.length > LONGEST || is_capital && self.is_of_date() {
            NUMBER
        } else if is_capital && self.begins == Begins::Nothing {
            NAME
        } else {
            self.hash
        };
        let begins = std::mem::replace(&mut self.begins, Begins::Nothing);
        (self.hash, self.length, self.joint, self.lead) = (FNV_OFFSET, 0, None, None);
        (self.has_digit, self.begins_upper, self.has_lower) = (false, false, false);
        // a date, a full name: of any length
        if matches!(word, NUMBER | NAME) && self.before[1] == word {
            return;
        }
        run(joined([self.before[0], self.before[1], word]), begins);
        self.before = [self.before[1], word];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<u64> {
        let (mut words, mut runs) = (Words::new(), Vec::new());
        words.feed(text.as_bytes(), &mut |run, _| runs.push(run));
        words.edge(&mut |run, _| runs.push(run));
        runs
    }

    #[test]
    fn dates_ids_and_names_do_not_show() {
        assert_eq!(runs("Today is 2026-11-28. Help Maria Lopez out."), runs("Today is 3 4 99. Help Jo out."));
        assert_eq!(runs("ticket req_8f3a-77 of u9@x.io please"), runs("ticket 5 of 7 please"));
        assert_ne!(runs("Help the customer out."), runs("Help the colleague out."));
    }

    #[test]
    fn a_name_is_one_in_any_script_that_has_capitals() {
        for name in
            ["Élodie", "Øyvind Ås", "İbrahim Şahin", "Łukasz", "Þór", "Γιώργος Παπάς", "Иван Петров", "Őry"]
        {
            assert_eq!(runs(&format!("Help {name} out.")), runs("Help Maria Lopez out."), "{name}");
        }
        assert_ne!(runs("Помоги клиенту сейчас."), runs("Помоги коллеге сейчас."));
        assert_ne!(runs("Écris un poème."), runs("Chante un poème."));
    }

    #[test]
    fn a_date_is_one_word_in_whatever_form_it_is_written() {
        for date in [
            "November 28, 2026",
            "28 Nov 2026",
            "28. November 2026",
            "Saturday, May 3",
            "3/5/26",
            "12. März 2026",
        ] {
            assert_eq!(
                runs(&format!("It was due on {date} at the desk.")),
                runs("It was due on 2026-11-28 at the desk."),
                "{date}"
            );
        }
        assert_eq!(runs("Due: November 28, 2026."), runs("Due: 28.11.2026."));
        assert_ne!(runs("May I ask? March on."), runs("2026 I ask? 2026 on."));
        assert_ne!(runs("It may well be."), runs("It 5 well be."));
    }

    #[test]
    fn a_capital_that_begins_a_sentence_is_no_name() {
        assert_ne!(runs("Translate this. Answer in verse."), runs("Translate this. Write in verse."));
    }

    #[test]
    fn words_without_spaces_are_told_apart() {
        assert_ne!(runs("请把下面的文字翻译成英文"), runs("请总结下面的客户反馈内容"));
        assert!(runs("请把下面的文字翻译成英文").len() > 8);
    }

    #[test]
    fn a_text_is_the_same_however_it_is_cut() {
        let text = "Réponds à Zoé – “vite”, 2026-11-28! 今日は good-bye. E";
        for at in 0..=text.len() {
            let (mut words, mut cut) = (Words::new(), Vec::new());
            words.feed(&text.as_bytes()[..at], &mut |run, _| cut.push(run));
            words.feed(&text.as_bytes()[at..], &mut |run, _| cut.push(run));
            words.edge(&mut |run, _| cut.push(run));
            assert_eq!(cut, runs(text), "cut at {at}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        let (mut words, mut count) = (Words::new(), 0);
        words.feed(&[0xFF, 0x80, 0xE3, b'a', 0xC2, b'b', 0xF0, 0x9F, b'c', 0], &mut |_, _| count += 1);
        words.edge(&mut |_, _| count += 1);
        assert!(count > 0);
    }
}
