//! What a call may count for at most, where it is asked whether a sum is beyond chance: a single call that is very dear says
//! nothing about the others.
//!
//! Costs and tokens of calls differ by orders of magnitude. A call counts for what nearly the dearest of two hundred calls took,
//! learned from a histogram of a sixth of an octave a bin.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use std::collections::BTreeMap;

const BINS_OF_AN_OCTAVE: f64 = 6.0;
const COUNTED: f64 = 0.995;
/// And never for less than so many average ones.
const MEANS: f64 = 10.0;
/// Calls until the cap is learned anew, so that a row costs no search.
const LEARNED: f64 = 64.0;
/// What calls take on average wanders by a fifth, however many they are.
const PRICES_WANDER: f64 = 0.04;

/// So many calls tell as much as one would that knew nothing of others: who asks much asks again.
const ALIKE: f64 = 1.5;

#[derive(Debug)]
pub struct Temper {
    calls: BTreeMap<i16, f32>,
    all: f64,
    sum: f64,
    cap: f64,
    next: f64,
    logs: Logs,
}

/// The logarithms of what calls took, row by row: their number, mean and squared distances from it (Welford).
#[derive(Clone, Copy, Debug, Default)]
struct Logs {
    count: f64,
    mean: f64,
    squares: f64,
}

/// What some rows took: within bounds, and their logarithms.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    pub tempered: f64,
    pub calls: f64,
    pub rows: f64,
    pub logs: f64,
}

/// What a part of all calls takes.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub share: f64,
    pub size: f64,
}

// === impl Temper ===

impl Default for Temper {
    fn default() -> Self {
        Self {
            calls: BTreeMap::new(),
            all: 0.0,
            sum: 0.0,
            cap: f64::MAX,
            next: LEARNED,
            logs: Logs::default(),
        }
    }
}

impl Temper {
    /// What a row counts for; the next row knows of it.
    pub fn take(&mut self, amount: f64, calls: f64) -> Took {
        if amount <= 0.0 {
            return Took { calls, ..Took::default() };
        }
        let told = calls;
        let calls = calls.max(1.0);
        let each = amount / calls;
        let tempered = each.min(self.cap) * calls;
        // of several calls that are told together, one may have taken all that is more than usual
        let others = (self.sum / self.all.max(1.0)).min(each);
        self.saw(others, calls - 1.0);
        self.saw((tempered - others * (calls - 1.0)).min(2.0 * self.cap), 1.0);
        self.all += calls;
        self.sum += tempered;
        if self.all >= self.next {
            self.learn();
        }
        let logs = each.ln();
        self.logs.saw(logs);
        Took { tempered, calls: told, rows: 1.0, logs }
    }

    /// By how many standard deviations rows took more than rows do, of logarithms: few dear rows make no difference to it,
    /// all of them being dearer does.
    pub fn dearness(&self, took: &Took) -> f64 {
        let Logs { count, mean, squares } = self.logs;
        if took.rows < 1.0 || count < LEARNED {
            return 0.0;
        }
        (took.logs / took.rows - mean) / (squares / count / took.rows + PRICES_WANDER).sqrt()
    }

    /// By how many standard deviations calls took more than calls do on average: however differently they are told, many calls have
    /// about their mean.
    pub fn dearness_together(&self, took: &Took) -> f64 {
        if took.calls < 1.0 || self.all < LEARNED || took.tempered <= 0.0 {
            return 0.0;
        }
        let squares: f64 = self.sizes().iter().map(|one| one.share * one.size * one.size).sum();
        let alone = ALIKE * (squares - 1.0).max(0.0) / took.calls;
        let times = took.tempered / took.calls / (self.sum / self.all);
        times.ln() / (alone.ln_1p() + PRICES_WANDER).sqrt()
    }

    fn saw(&mut self, size: f64, calls: f64) {
        if calls > 0.0 && size > 0.0 {
            let bin = (size.log2() * BINS_OF_AN_OCTAVE).floor().clamp(-600.0, 600.0) as i16;
            *self.calls.entry(bin).or_default() += calls as f32;
        }
    }

    /// What calls take, within bounds: how many of all take so much, in average ones.
    pub fn sizes(&self) -> Vec<Size> {
        let size = |bin: &i16| ((f64::from(*bin) + 0.5) / BINS_OF_AN_OCTAVE).exp2();
        let mut sizes: Vec<Size> = self
            .calls
            .iter()
            .map(|(bin, calls)| Size { share: f64::from(*calls) / self.all, size: size(bin) })
            .collect();
        let mean: f64 = sizes.iter().map(|one| one.share * one.size).sum();
        sizes.iter_mut().for_each(|one| one.size /= mean);
        sizes
    }

    fn learn(&mut self) {
        self.next = self.all * 1.1;
        let mut over = self.all * (1.0 - COUNTED);
        for (bin, calls) in self.calls.iter().rev() {
            over -= f64::from(*calls);
            if over < 0.0 {
                let large = ((f64::from(*bin) + 1.0) / BINS_OF_AN_OCTAVE).exp2();
                self.cap = large.max(MEANS * self.sum / self.all);
                return;
            }
        }
    }
}

// === impl Logs ===

impl Logs {
    fn saw(&mut self, log: f64) {
        self.count += 1.0;
        let off = log - self.mean;
        self.mean += off / self.count;
        self.squares += off * (log - self.mean);
    }
}

// === impl Took ===

impl Took {
    pub fn add(&mut self, other: Self) {
        self.tempered += other.tempered;
        self.calls += other.calls;
        self.rows += other.rows;
        self.logs += other.logs;
    }
}
