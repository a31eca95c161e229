//! Of a text of any length a few runs: its first, its last, and of those between them the ones with the lowest hashes,
//! which are the same ones wherever the same text stands.

/// The lowest `LIMIT` values, each once, in order.
pub(crate) struct Bottom<const LIMIT: usize> {
    lowest: [u64; LIMIT],
    length: usize,
}

/// One text, sampled as it passes.
pub(crate) struct Sample<const HEAD: usize, const MIDDLE: usize, const TAIL: usize> {
    head: [u64; HEAD],
    middle: Bottom<MIDDLE>,
    tail: [u64; TAIL],
    seen: usize,
}

// === impl Bottom ===

impl<const LIMIT: usize> Bottom<LIMIT> {
    pub(crate) const fn new() -> Self {
        Self { lowest: [u64::MAX; LIMIT], length: 0 }
    }

    pub(crate) fn add(&mut self, value: u64) {
        if self.length == LIMIT && value >= self.lowest[LIMIT - 1] {
            return;
        }
        let Err(at) = self.lowest[..self.length].binary_search(&value) else { return };
        self.length = (self.length + 1).min(LIMIT);
        self.lowest[at..self.length].rotate_right(1);
        self.lowest[at] = value;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> {
        self.lowest[..self.length].iter().copied()
    }

    pub(crate) fn clear(&mut self) {
        self.length = 0;
    }
}

// === impl Sample ===

impl<const HEAD: usize, const MIDDLE: usize, const TAIL: usize> Sample<HEAD, MIDDLE, TAIL> {
    pub(crate) const fn new() -> Self {
        Self { head: [0; HEAD], middle: Bottom::new(), tail: [0; TAIL], seen: 0 }
    }

    pub(crate) fn add(&mut self, run: u64) {
        match self.head.get_mut(self.seen) {
            Some(place) => *place = run,
            None => {
                let at = (self.seen - HEAD) % TAIL;
                if self.seen >= HEAD + TAIL {
                    self.middle.add(self.tail[at]);
                }
                self.tail[at] = run;
            }
        }
        self.seen += 1;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> {
        let head = &self.head[..self.seen.min(HEAD)];
        let tail = &self.tail[..self.seen.saturating_sub(HEAD).min(TAIL)];
        head.iter().copied().chain(self.middle.iter()).chain(tail.iter().copied())
    }

    /// How many runs the text had.
    pub(crate) fn seen(&self) -> usize {
        self.seen
    }

    pub(crate) fn clear(&mut self) {
        self.seen = 0;
        self.middle.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_kept_whole_and_a_long_one_by_its_ends_and_lowest() {
        let of = |runs: &[u64]| {
            let mut sample = Sample::<2, 2, 2>::new();
            runs.iter().for_each(|run| sample.add(*run));
            let mut kept: Vec<u64> = sample.iter().collect();
            kept.sort_unstable();
            kept
        };
        assert_eq!(of(&[9, 8, 7]), [7, 8, 9]);
        assert_eq!(of(&[90, 80, 7, 60, 5, 60, 3, 40, 50]), [3, 5, 40, 50, 80, 90]);
    }
}
