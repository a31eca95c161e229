//! What a call may count for at most, where it is asked whether a sum is beyond chance: a single call that is very dear says
//! nothing about the others.
//!
//! Costs and tokens of calls differ by orders of magnitude. A call counts for what nearly the dearest of two hundred calls took,
//! learned from a histogram of a sixth of an octave a bin.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use std::{collections::BTreeMap, f64::consts::LN_2};

const BINS_OF_AN_OCTAVE: f64 = 6.0;
const COUNTED: f64 = 0.995;
/// And never for less than so many average ones.
const MEANS: f64 = 10.0;
/// Calls until the cap is learned anew, so that a row costs no search.
const LEARNED: f64 = 64.0;
/// What calls take on average wanders by a fifth, however many they are, before anything is known; for how many times ten minutes that counts.
const PRICES_WANDER: f64 = 0.04;
const KNOWN: f64 = 20.0;
/// And what rows took by a tenth, however alike they were; what calls took together by no less than before.
const LEAST_WANDERS: [f64; 2] = [0.01, PRICES_WANDER];
/// Rows that are less than two and a half times as dear (a logarithm) are not what is odd.
const DEARER_BY: f64 = 0.92;
/// One row in two hundred is a dear one; what share of them is dear differs by half from hour to hour.
const DEAR: f64 = 0.005;
const DEAR_WANDERS: f64 = 1.5;
/// So few rows in ten minutes tell how alike rows are that come together; and how much is believed before.
const FEW_ROWS: f64 = 20.0;
const SOME_OFF: f64 = 10.0;
/// A square of ten minutes that are farther off counts as so many variances: they may have been an incident.
const FAR: f64 = 9.0;

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
    /// How many rows took so much a call.
    rows: BTreeMap<i16, f32>,
    /// Of the means of logarithms, and of means.
    wanders: [Wander; 2],
    /// What calls take, squared, on average, in average ones.
    squares: f64,
    /// How far few rows are from the usual, squared, and how far they would be if they knew nothing of each other.
    few: (f64, f64),
    /// Rows that take more than this are dear.
    dear: f64,
    /// How far dear rows are from as many as usual, squared, and how many that is: what comes together.
    dears: (f64, f64),
}

/// The logarithms of what calls took, row by row: their number, mean and squared distances from it (Welford).
#[derive(Clone, Copy, Debug, Default)]
struct Logs {
    count: f64,
    mean: f64,
    squares: f64,
}

/// By how much what calls take on average wanders, squared: learned by least squares, where more is known of what says more.
#[derive(Clone, Copy, Debug)]
struct Wander {
    of: f64,
    by: f64,
}

/// What some rows took: within bounds, and their logarithms.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    pub tempered: f64,
    pub calls: f64,
    pub rows: f64,
    pub logs: f64,
    pub dear: f64,
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
            rows: BTreeMap::new(),
            wanders: [Wander::default(); 2],
            squares: 1.0,
            few: (ALIKE * SOME_OFF, SOME_OFF),
            dear: f64::MAX,
            dears: (ALIKE * SOME_OFF, SOME_OFF),
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
        *self.rows.entry(bin(each)).or_default() += 1.0;
        self.logs.saw(logs);
        let dear = f64::from(u8::from(each > self.dear));
        Took { tempered, calls: told, rows: 1.0, logs, dear }
    }

    /// Ten minutes are over: how far their prices are from the usual ones, beyond what chance explains, is learned.
    pub fn learn_wander(&mut self, took: &Took) {
        if took.rows < 1.0 || took.tempered <= 0.0 || self.logs.count < LEARNED {
            return;
        }
        let expected = took.rows * DEAR;
        let square = (took.dear - expected).powi(2).min(FAR * self.dears_together() * expected.max(1.0));
        self.dears = (self.dears.0 + square, self.dears.1 + expected);
        let alone = [self.logs.variance() / took.rows, self.variance_of_mean(took.calls, ALIKE)];
        let off = [took.logs / took.rows - self.logs.mean, self.times(took).ln()];
        if took.rows <= FEW_ROWS {
            let square = off[0].powi(2).min(FAR * self.together() * alone[0]);
            self.few = (self.few.0 + square, self.few.1 + alone[0]);
        }
        for ((wander, off), alone) in self.wanders.iter_mut().zip(off).zip(alone) {
            wander.saw(off, alone);
        }
    }

    /// ln of the probability (Chernoff's bound) that so many rows are so much dearer than rows are, of logarithms: few dear rows make no
    /// difference to it, all of them being dearer does.
    pub fn dearness_ln(&self, took: &Took) -> f64 {
        let Logs { count, mean, .. } = self.logs;
        if took.rows < 1.0 || count < LEARNED {
            return 0.0;
        }
        // few rows tell less than one each, many no more than prices wander
        let (rows, wander) = if took.rows <= FEW_ROWS {
            ((took.rows / self.together()).max(1.0), LEAST_WANDERS[0])
        } else {
            (took.rows, self.wander(0))
        };
        let off = took.logs / took.rows - mean;
        if off <= DEARER_BY {
            return 0.0;
        }
        let sizes: Vec<(f64, f64)> = self
            .rows
            .iter()
            .map(|(bin, rows)| (f64::from(*rows), (f64::from(*bin) + 0.5) / BINS_OF_AN_OCTAVE * LN_2 - mean))
            .collect();
        let all: f64 = sizes.iter().map(|(share, _)| share).sum();
        // the cumulant of a row's logarithm, and its slope
        let cumulant = |tilt: f64| {
            let most = sizes.iter().map(|(_, log)| tilt * log).fold(f64::MIN, f64::max);
            let (mut sum, mut slope) = (0.0, 0.0);
            for (share, log) in &sizes {
                let tilted = share / all * (tilt * log - most).exp();
                sum += tilted;
                slope += tilted * log;
            }
            (sum.ln() + most, slope / sum)
        };
        let (mut low, mut high) = (0.0, off / (wander * rows));
        for _ in 0..40 {
            let tilt = (low + high) / 2.0;
            if cumulant(tilt).1 + wander * rows * tilt < off { low = tilt } else { high = tilt }
        }
        let tilt = low * rows;
        (rows * cumulant(low).0 + wander * tilt * tilt / 2.0 - tilt * off).min(0.0)
    }

    /// ln of the probability (Chernoff's bound) that so many of the rows are dear ones: of all that come, the dear ones may be few and
    /// dearer than ever, where what they took within bounds is no more than twice the usual.
    pub fn dears_ln(&self, took: &Took) -> f64 {
        let together = self.dears_together();
        let (came, mean) = (took.dear / together, DEAR_WANDERS * took.rows * DEAR / together);
        if mean <= 0.0 || came <= mean { 0.0 } else { came - mean - came * (came / mean).ln() }
    }

    fn dears_together(&self) -> f64 {
        (self.dears.0 / self.dears.1).max(1.0)
    }

    /// By how many standard deviations calls took more than calls do on average: however differently they are told, many calls have
    /// about their mean.
    pub fn dearness_together(&self, took: &Took, together: f64) -> f64 {
        if took.calls < 1.0 || self.all < LEARNED || took.tempered <= 0.0 {
            return 0.0;
        }
        self.times(took).ln()
            / (self.variance_of_mean(took.calls, together.max(ALIKE)) + self.wander(1)).sqrt()
    }

    /// So many rows tell as much as one would that knew nothing of others: a conversation's calls grow dearer as it grows.
    fn together(&self) -> f64 {
        (self.few.0 / self.few.1).max(1.0)
    }

    fn wander(&self, of: usize) -> f64 {
        self.wanders[of].now().max(LEAST_WANDERS[of])
    }

    fn times(&self, took: &Took) -> f64 {
        took.tempered / took.calls.max(1.0) / (self.sum / self.all.max(1.0))
    }

    /// Of the logarithm of what so many calls take on average.
    fn variance_of_mean(&self, calls: f64, together: f64) -> f64 {
        (together * (self.squares - 1.0).max(0.0) / calls.max(1.0)).ln_1p()
    }

    fn saw(&mut self, size: f64, calls: f64) {
        if calls > 0.0 && size > 0.0 {
            *self.calls.entry(bin(size)).or_default() += calls as f32;
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
        self.squares = self.sizes().iter().map(|one| one.share * one.size * one.size).sum();
        self.cap = dearest(&self.calls, self.all * (1.0 - COUNTED)).max(MEANS * self.sum / self.all);
        self.dear = dearest(&self.rows, self.logs.count * DEAR);
    }
}

// === impl Wander ===

impl Default for Wander {
    fn default() -> Self {
        Self { of: KNOWN / PRICES_WANDER, by: KNOWN }
    }
}

impl Wander {
    fn now(&self) -> f64 {
        (self.by / self.of).max(0.0)
    }

    /// A distance, of whose square chance alone explains a part.
    fn saw(&mut self, off: f64, alone: f64) {
        let variance = (alone + self.now()).max(LEAST_WANDERS[0]);
        let weight = variance.recip();
        self.of += weight;
        self.by += weight * ((off * off).min(FAR * variance) - alone);
    }
}

// === impl Logs ===

impl Logs {
    fn variance(&self) -> f64 {
        self.squares / self.count.max(1.0)
    }

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
        self.dear += other.dear;
    }
}

/// What no more than so many take more than.
fn dearest(sizes: &BTreeMap<i16, f32>, many: f64) -> f64 {
    let mut over = many;
    let one = sizes.iter().rev().find(|(_, count)| {
        over -= f64::from(**count);
        over < 0.0
    });
    one.map_or(f64::MAX, |(bin, _)| ((f64::from(*bin) + 1.0) / BINS_OF_AN_OCTAVE).exp2())
}

fn bin(size: f64) -> i16 {
    (size.log2() * BINS_OF_AN_OCTAVE).floor().clamp(-600.0, 600.0) as i16
}
