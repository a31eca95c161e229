//! Of a text of any length a few runs: its first, its last, of each sentence between them three, and of all of it the ones
//! with the lowest hashes. Which ones is decided by hashes alone, so they are the same ones wherever the same text stands:
//! a paragraph that a feature is told by is seen, however long the documents behind it are. Of a text of many sentences the
//! beginnings of some lines are known as well: one line says the task between a handbook and what was looked up.

use super::{Begins, joined};

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
    sentences: Sentences,
    lines: Lines,
    /// All of it as one hash.
    whole: u64,
}

/// A few runs of each sentence: of the first ones, and of the last ones.
struct Sentences {
    runs: [Bottom<RUNS>; FIRST_SENTENCES + LAST_SENTENCES],
    /// How many have begun.
    begun: usize,
    /// Runs of the one in hand.
    length: usize,
}

/// How lines begin, after the sentences that are all looked at: of those with the lowest hashes.
struct Lines {
    begun: [[u64; LINE]; LINES],
    length: usize,
    /// Words of the line in hand, and where it is kept.
    words: usize,
    place: Option<usize>,
}

/// Lines, and runs of each.
const LINES: usize = 32;
const LINE: usize = 6;
/// The first run that has nothing of the line before.
const FIRST_OWN: usize = 3;

const RUNS: usize = 3;
const FIRST_SENTENCES: usize = 24;
const LAST_SENTENCES: usize = 8;
/// What is shorter is no sentence: it goes on with the next.
const SENTENCE: usize = 4;

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
        Self {
            head: [0; HEAD],
            middle: Bottom::new(),
            tail: [0; TAIL],
            seen: 0,
            sentences: Sentences::new(),
            lines: Lines::new(),
            whole: 0,
        }
    }

    /// `begins`: what begins with the word that the run ends with.
    pub(crate) fn add(&mut self, run: u64, begins: Begins) {
        if self.seen >= HEAD {
            self.sentences.add(run, begins >= Begins::Sentence);
            if self.sentences.begun > FIRST_SENTENCES {
                self.lines.add(run, begins == Begins::Line);
            }
        }
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
        self.whole = joined([self.whole, run, 0]);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> {
        let tail = &self.tail[..self.seen.saturating_sub(HEAD).min(TAIL)];
        let between = self.middle.iter().chain(self.sentences.iter());
        self.begins().iter().copied().chain(between).chain(tail.iter().copied())
    }

    /// How it begins.
    pub(crate) fn begins(&self) -> &[u64] {
        &self.head[..self.seen.min(HEAD)]
    }

    /// How lines in its midst begin.
    pub(crate) fn lines(&self) -> impl Iterator<Item = u64> {
        self.lines.iter()
    }

    /// How many runs the text had.
    pub(crate) fn seen(&self) -> usize {
        self.seen
    }

    /// All of it as one hash.
    pub(crate) fn whole(&self) -> u64 {
        self.whole
    }

    pub(crate) fn clear(&mut self) {
        (self.seen, self.whole) = (0, 0);
        self.middle.clear();
        self.sentences.clear();
        self.lines.clear();
    }
}

// === impl Sentences ===

impl Sentences {
    const fn new() -> Self {
        Self { runs: [const { Bottom::new() }; FIRST_SENTENCES + LAST_SENTENCES], begun: 0, length: 0 }
    }

    fn add(&mut self, run: u64, begins: bool) {
        if self.begun == 0 || (begins && self.length >= SENTENCE) {
            let at = Self::place(self.begun);
            self.runs[at].clear();
            (self.begun, self.length) = (self.begun + 1, 0);
        }
        self.length += 1;
        let at = Self::place(self.begun - 1);
        self.runs[at].add(run);
    }

    /// Where a sentence is kept.
    const fn place(sentence: usize) -> usize {
        match sentence.checked_sub(FIRST_SENTENCES) {
            None => sentence,
            Some(after) => FIRST_SENTENCES + after % LAST_SENTENCES,
        }
    }

    fn iter(&self) -> impl Iterator<Item = u64> {
        self.runs[..self.begun.min(FIRST_SENTENCES + LAST_SENTENCES)].iter().flat_map(Bottom::iter)
    }

    fn clear(&mut self) {
        (self.begun, self.length) = (0, 0);
    }
}

// === impl Lines ===

impl Lines {
    const fn new() -> Self {
        Self { begun: [[0; LINE]; LINES], length: 0, words: 0, place: None }
    }

    fn add(&mut self, run: u64, begins: bool) {
        if begins {
            (self.words, self.place) = (0, None);
        }
        self.words += 1;
        if self.words == FIRST_OWN {
            self.place = self.place_for(run);
        }
        if let Some(place) = self.place
            && let Some(kept) = self.begun[place].get_mut(self.words - FIRST_OWN)
        {
            *kept = run;
        }
    }

    /// Room for a line that begins so: among the lowest, each once.
    fn place_for(&mut self, run: u64) -> Option<usize> {
        let Err(at) = self.begun[..self.length].binary_search_by_key(&run, |line| line[0]) else {
            return None;
        };
        if at == LINES {
            return None;
        }
        self.length = (self.length + 1).min(LINES);
        self.begun[at..self.length].rotate_right(1);
        // a short line has nothing else
        self.begun[at] = [run; LINE];
        Some(at)
    }

    fn iter(&self) -> impl Iterator<Item = u64> {
        self.begun[..self.length].iter().flatten().copied()
    }

    fn clear(&mut self) {
        (self.length, self.words, self.place) = (0, 0, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_kept_whole_and_a_long_one_by_its_ends_and_lowest() {
        let of = |runs: &[u64]| {
            let mut sample = Sample::<2, 2, 2>::new();
            runs.iter().for_each(|run| sample.add(*run, Begins::Nothing));
            let mut kept: Vec<u64> = sample.iter().collect();
            kept.sort_unstable();
            kept.dedup();
            kept
        };
        assert_eq!(of(&[9, 8, 7]), [7, 8, 9]);
        assert_eq!(of(&[90, 80, 7, 60, 5, 60, 3, 40, 50]), [3, 5, 7, 40, 50, 80, 90]);
    }

    #[test]
    fn a_sentence_is_seen_among_many_whose_runs_have_lower_hashes() {
        let mut sample = Sample::<2, 2, 2>::new();
        for run in [90, 80, 901, 902, 903, 904] {
            sample.add(run, if run == 901 { Begins::Sentence } else { Begins::Nothing });
        }
        (0..200)
            .for_each(|run| sample.add(run, if run % 10 == 0 { Begins::Sentence } else { Begins::Nothing }));
        assert!(sample.iter().any(|run| run == 901) && sample.iter().any(|run| run == 902));
        assert!(sample.iter().count() <= 6 + RUNS * (FIRST_SENTENCES + LAST_SENTENCES));
    }

    #[test]
    fn a_line_is_known_by_its_beginning_wherever_it_stands() {
        let mut sample = Sample::<2, 2, 2>::new();
        let line = |sample: &mut Sample<2, 2, 2>, number: u64| {
            sample.add(number * 1_000, Begins::Line);
            (1..9).for_each(|word| sample.add(number * 1_000 + word, Begins::Nothing));
        };
        (40..80).for_each(|number| line(&mut sample, number));
        line(&mut sample, 7);
        (80..120).for_each(|number| line(&mut sample, number));
        let kept: Vec<u64> = sample.lines().collect();
        assert!((7_002..7_006).all(|run| kept.contains(&run)) && !kept.contains(&7_001), "{kept:?}");
        assert_eq!(kept.len(), LINES * LINE);
    }
}
