//! Names in scripts that have no capitals (王伟, محمد علي, राहुल शर्मा), within words that have them.
//!
//! A few such words between others are a name, as a word with a capital is. More of them are text, and so is all that goes on in such
//! a script.

use super::Begins;

/// Words without capitals that may be a name, until one with them comes.
pub(super) struct Uncased {
    words: [(u64, Begins); MOST_WORDS],
    length: usize,
    /// How much of a name they are.
    size: u32,
    /// Words of other scripts before them, with no text of such a script between.
    cased: u32,
}

/// What becomes of such a word.
pub(super) enum Held {
    /// It may be of a name.
    Kept,
    /// It is of a text, with those that were kept.
    Text,
}

const MOST_WORDS: usize = 20;
/// Eight characters without spaces, twenty letters, or four words.
const MOST_SIZE: u32 = 40;
/// So many words with capitals or without, in a script that has them, are text around a name. At the beginning one is enough.
const AROUND: u32 = 4;

/// How much of a name a word is, that ends with this character.
fn size_of(character: char) -> u32 {
    match character {
        '\0'..='\u{7FF}' => 10,
        '\u{800}'..='\u{2DFF}' => 2,
        _ => 5,
    }
}

// === impl Uncased ===

impl Uncased {
    pub(super) const fn new() -> Self {
        Self { words: [(0, Begins::Nothing); MOST_WORDS], length: 0, size: 0, cased: AROUND - 1 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// A word of another script was read.
    pub(super) fn see_cased(&mut self) {
        self.cased += 1;
    }

    /// A word without capitals that ends with this character.
    pub(super) fn see(&mut self, word: u64, begins: Begins, last: char) -> Held {
        self.size += size_of(last);
        if self.cased < AROUND || self.length == MOST_WORDS || self.size > MOST_SIZE {
            (self.cased, self.size) = (0, 0);
            return Held::Text;
        }
        self.words[self.length] = (word, begins);
        self.length += 1;
        Held::Kept
    }

    /// Those that were kept: no name is that long.
    pub(super) fn take(&mut self) -> impl Iterator<Item = (u64, Begins)> + use<> {
        let length = std::mem::take(&mut self.length);
        self.size = 0;
        self.words.into_iter().take(length)
    }
}
