//! Text and ids that follow from a seed.

/// Words a naive reader trips over stand among the others: quotes, escapes, names of fields, other scripts.
const WORDS: [&str; 24] = [
    "the",
    "gate",
    "counts",
    "each",
    "call",
    "and",
    "says",
    "\"usage\":null",
    "what",
    "it",
    "cost",
    "日本語",
    "naïve",
    "in",
    "full",
    "back\\slash",
    "data: [DONE]",
    "while",
    "rain",
    "falls",
    "on",
    "a",
    "quiet",
    "harbour🌧",
];

/// A small generator (xorshift64*): the same numbers from the same seed, everywhere.
#[derive(Clone, Debug)]
pub struct Seeded(u64);

// === impl Seeded ===

impl Seeded {
    pub fn new(seed: u64) -> Seeded {
        // the state must not be 0, and neighbouring seeds must not look alike
        Seeded((seed ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9) | 1)
    }

    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// One word with the blank before it, as models stream it.
    pub fn word(&mut self) -> String {
        let at = usize::try_from(self.number() % WORDS.len() as u64).unwrap_or(0);
        format!(" {}", WORDS[at])
    }

    /// Letters and digits, as ids have them.
    pub fn id(&mut self, length: usize) -> String {
        const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        (0..length)
            .map(|_| char::from(LETTERS[usize::try_from((self.number() >> 32) % 62).unwrap_or(0)]))
            .collect()
    }
}

/// `text` as a JSON string, quotes included.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_text() {
        let say = |seed| {
            let mut seeded = Seeded::new(seed);
            (0..20).map(|_| seeded.word()).collect::<String>() + &seeded.id(24)
        };
        assert_eq!(say(7), say(7));
        assert_ne!(say(7), say(8));
    }
}
