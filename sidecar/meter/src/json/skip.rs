//! A container that nobody wants is stepped over: 64 bytes at a time its quotes tell what is text, and the brackets outside of
//! text are counted. (The masks are those of simdjson, in plain integers: Langdale and Lemire, 2019.)
//!
//! What stands in it is not looked at more closely: that it is JSON is only known of what somebody wants.

/// Where we are in a container that is stepped over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Skip {
    /// Brackets that are open.
    depth: u64,
    /// All ones in a string.
    in_string: u64,
    /// One: the next byte follows a backslash.
    escaped: u64,
}

const BLOCK: usize = 64;
/// A one in each of a word's bytes.
const LANES: u64 = u64::MAX / 0xFF;
const HIGH_BITS: u64 = LANES * 0x80;
const EVEN: u64 = u64::MAX / 3;

// === impl Skip ===

impl Skip {
    /// Behind the bracket that opens the container.
    pub(super) fn begin() -> Self {
        Self { depth: 1, in_string: 0, escaped: 0 }
    }

    /// How many of these bytes are behind us once the container has closed. `None`: all of them are still in it.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        for (at, block) in blocks.iter().enumerate() {
            if let Some(end) = self.block(block) {
                return Some(at * BLOCK + end);
            }
        }
        let end = self.bytes(rest)?;
        Some(blocks.len() * BLOCK + end)
    }

    fn block(&mut self, block: &[u8; BLOCK]) -> Option<usize> {
        let (mut quotes, mut backslashes, mut opening, mut closing) = (0, 0, 0, 0);
        for (at, word) in block.as_chunks::<8>().0.iter().enumerate() {
            let word = u64::from_le_bytes(*word);
            // brackets and braces differ in this bit alone, and no other bytes become theirs by it
            let brackets = word | (LANES * 0x20);
            quotes |= equal(word, b'"') << (8 * at);
            backslashes |= equal(word, b'\\') << (8 * at);
            opening |= equal(brackets, b'{') << (8 * at);
            closing |= equal(brackets, b'}') << (8 * at);
        }
        let escaped = self.after_backslashes(backslashes);
        let strings = up_to_each(quotes & !escaped) ^ self.in_string;
        self.in_string = 0u64.wrapping_sub(strings >> (BLOCK - 1));
        let outside = !(strings | escaped);
        let (opening, closing) = (opening & outside, closing & outside);

        let closes = u64::from(closing.count_ones());
        if closes < self.depth {
            self.depth = self.depth + u64::from(opening.count_ones()) - closes;
            return None;
        }
        let mut brackets = opening | closing;
        while brackets != 0 {
            let at = brackets.trailing_zeros();
            if opening >> at & 1 == 1 {
                self.depth += 1;
            } else {
                self.depth -= 1;
                if self.depth == 0 {
                    return Some(at as usize + 1);
                }
            }
            brackets &= brackets - 1;
        }
        None
    }

    /// The bytes that a backslash before them takes their meaning from.
    fn after_backslashes(&mut self, backslashes: u64) -> u64 {
        if backslashes == 0 {
            return std::mem::take(&mut self.escaped);
        }
        let backslashes = backslashes & !self.escaped;
        let following = backslashes << 1 | self.escaped;
        // a run of backslashes that begins at an odd place ends the other way round
        let odd_starts = backslashes & !EVEN & !following;
        let (runs, overflows) = odd_starts.overflowing_add(backslashes);
        self.escaped = u64::from(overflows);
        (EVEN ^ (runs << 1)) & following
    }

    /// The same, for the few bytes behind the last block.
    fn bytes(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, byte) in bytes.iter().enumerate() {
            if std::mem::take(&mut self.escaped) == 1 {
                continue;
            }
            match byte {
                b'\\' => self.escaped = 1,
                b'"' => self.in_string = !self.in_string,
                b'{' | b'[' if self.in_string == 0 => self.depth += 1,
                b'}' | b']' if self.in_string == 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// A bit for each byte of `word` that is `byte`, exactly.
fn equal(word: u64, byte: u8) -> u64 {
    let differing = word ^ (LANES * u64::from(byte));
    let unequal = ((differing & !HIGH_BITS) + !HIGH_BITS) | differing;
    // gathers the high bits of eight bytes in the highest byte
    ((!unequal & HIGH_BITS) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// A bit is set where an odd number of bits stands up to it.
fn up_to_each(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Skip;

    /// Byte by byte.
    fn naive(bytes: &[u8]) -> Option<usize> {
        let (mut depth, mut in_string, mut escaped) = (1, false, false);
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(at + 1);
            }
        }
        None
    }

    proptest! {
        #[test]
        fn a_container_ends_where_it_ends_byte_by_byte_wherever_it_is_cut(
            bytes in prop::collection::vec(prop::sample::select(&b"{[[[}]\"\\\\ a1,:\xFB\xA2"[..]), 0..400),
            cuts in prop::collection::vec(1usize..150, 1..5),
        ) {
            let (mut skip, mut rest, mut end) = (Skip::begin(), &bytes[..], None);
            for cut in cuts.into_iter().cycle() {
                let (piece, after) = rest.split_at(cut.min(rest.len()));
                end = skip.end(piece).map(|end| bytes.len() - rest.len() + end);
                rest = after;
                if end.is_some() || rest.is_empty() {
                    break;
                }
            }
            prop_assert_eq!(end, naive(&bytes));
        }
    }
}
