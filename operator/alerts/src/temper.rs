//! What a call may count for at most, where it is asked whether a sum is beyond chance: a single call that is very dear says
//! nothing about the others.
//!
//! Costs and tokens of calls differ by orders of magnitude. A call counts for what nearly the dearest of two hundred calls took,
//! learned from a histogram of a sixth of an octave a bin.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use std::collections::BTreeMap;

use crate::{
    means::{ALIKE, FAR, FEW, Few, Means, SOME_OFF, Wander, bin, highest, middle},
    models::{Model, Models},
};

const COUNTED: f64 = 0.995;
/// And never for less than so many average ones.
const MEANS: f64 = 10.0;
/// Calls until the cap is learned anew, so that a row costs no search.
const LEARNED: f64 = 64.0;
/// Rows that are less than two and a half times as dear (a logarithm) are not what is odd.
const DEARER_BY: f64 = 0.92;
/// One row in two hundred is a dear one; what share of them is dear differs by half from hour to hour.
const DEAR: f64 = 0.005;
const DEAR_WANDERS: f64 = 1.5;

#[derive(Debug)]
pub struct Temper {
    calls: BTreeMap<i16, f32>,
    all: f64,
    sum: f64,
    cap: f64,
    next: f64,
    /// Logarithms of what rows took a call.
    logs: Means,
    /// How far they are from what rows of their model take.
    beside: Means,
    models: Models,
    /// Of what calls take on average.
    wander: Wander,
    /// How far what few calls take on average is from the usual, and how far it would be if they knew nothing of each other.
    few: Few,
    /// What calls take, squared, on average, in average ones.
    squares: f64,
    /// The same of rows, each counted once: a batch that is told in one row hides how much its calls differ. And their number and sum.
    squares_of_rows: f64,
    rows: (f64, f64),
    /// Rows that take more than this are dear; and those that are farther above what rows of their model take.
    dear: (f64, f64),
    dears: Odd,
    dears_beside: Odd,
    rare: Odd,
    /// An anomaly is told of what comes now: its models are not learned from.
    pub told: bool,
}

/// How far odd rows are from as many as usual, squared, and how many that is: what comes together.
#[derive(Clone, Copy, Debug)]
struct Odd {
    squares: f64,
    expected: f64,
}

/// What some rows took: within bounds, and their logarithms.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    pub tempered: f64,
    pub calls: f64,
    pub rows: f64,
    logs: f64,
    /// How many rows are of a model that is known, and how far their logarithms are from those of such rows.
    beside: (f64, f64),
    /// How many rows are dear, and how many are for their model.
    dear: (f64, f64),
    /// How many rows are of a model that hardly any is of; and their calls, and what these took.
    rare: (f64, f64, f64),
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
            logs: Means::default(),
            beside: Means::default(),
            models: Models::default(),
            wander: Wander::default(),
            few: Few::default(),
            squares: 1.0,
            squares_of_rows: 1.0,
            rows: (0.0, 0.0),
            dear: (f64::MAX, f64::MAX),
            dears: Odd::default(),
            dears_beside: Odd::default(),
            rare: Odd::default(),
            told: false,
        }
    }
}

impl Temper {
    /// What a row counts for; the next row knows of it.
    pub fn take(&mut self, model: Model, amount: f64, calls: f64) -> Took {
        if amount <= 0.0 {
            return Took { calls, ..Took::default() };
        }
        let told = calls;
        let calls = calls.max(1.0);
        let each = amount / calls;
        let tempered = each.min(self.cap) * calls;
        let usual = self.sum / self.all.max(1.0);
        let log = each.ln();
        let rare = if self.models.is_rare(model) { (1.0, calls, tempered) } else { Default::default() };
        let own = self.models.usual(model).map(|usual| log - usual);
        let beside = own.map_or_else(Default::default, |own| (1.0, own));
        let is = |dear: bool| f64::from(u8::from(dear));
        let dear = (is(log > self.dear.0), is(own.is_some_and(|own| own > self.dear.1)));
        let took = Took { tempered, calls: told, rows: 1.0, logs: log, beside, dear, rare };
        if !self.told {
            self.models.saw(model, log);
        }
        // of several calls that are told together, one may have taken all that is more than usual
        let others = usual.min(each);
        let rest = (tempered - others * (calls - 1.0)).min(2.0 * self.cap);
        self.saw(others, calls - 1.0);
        self.saw(rest, 1.0);
        let square = (others.powi(2) * (calls - 1.0) + rest.powi(2)) / calls;
        self.rows = (self.rows.0 + 1.0, self.rows.1 + square);
        self.all += calls;
        self.sum += tempered;
        if self.all >= self.next {
            self.learn();
        }
        self.logs.saw(log);
        if let Some(own) = own {
            self.beside.saw(own);
        }
        took
    }

    /// Ten minutes are over: how far their prices are from the usual ones, beyond what chance explains, is learned.
    pub fn learn_wander(&mut self, took: &Took) {
        if took.rows < 1.0 || took.tempered <= 0.0 || self.logs.spread.count < LEARNED {
            return;
        }
        self.dears.saw(took.dear.0, took.rows);
        self.dears_beside.saw(took.dear.1, took.beside.0);
        if !self.told {
            self.rare.saw(took.rare.0, took.rows);
        }
        self.logs.learn(took.rows, took.logs);
        self.beside.learn(took.beside.0, took.beside.1);
        let alone = self.variance_of_mean(took, ALIKE);
        let off = self.times(took).ln();
        if took.calls <= FEW {
            self.few.saw(off, self.variance_of_mean(took, 1.0));
        }
        self.wander.saw(off, alone);
    }

    /// ln of the probability that so many rows are so much dearer than rows are, or than those of their models: few dear rows make no
    /// difference to it, all of them being dearer does.
    pub fn dearness_ln(&self, took: &Took) -> f64 {
        let of = |logs: &Means, (rows, sum): (f64, f64)| {
            let dearer = sum - rows * logs.spread.mean > DEARER_BY * rows;
            if dearer { logs.chance_ln(rows, sum) } else { 0.0 }
        };
        of(&self.logs, (took.rows, took.logs)).min(of(&self.beside, took.beside))
    }

    /// ln of the probability that so many of the rows are dear ones: of all that come, the dear ones may be few and
    /// dearer than ever, where what they took within bounds is no more than twice the usual. They may be so for their model only, or be of
    /// one that hardly any had.
    pub fn dears_ln(&self, took: &Took, fewest: f64) -> f64 {
        let of =
            |odd: &Odd, came: f64, rows: f64| if came < fewest { 0.0 } else { odd.chance_ln(came, rows) };
        let (dear, for_their_model) = took.dear;
        let dears = of(&self.dears, dear, took.rows);
        let dears = dears.min(of(&self.dears_beside, for_their_model, took.beside.0));
        dears.min(self.rares_ln(took, fewest))
    }

    /// The same of those that are of a dear model that hardly any row had.
    pub fn rares_ln(&self, took: &Took, fewest: f64) -> f64 {
        let (rows, calls, tempered) = took.rare;
        let dearer = tempered / calls.max(1.0) > DEARER_BY.exp() * self.sum / self.all.max(1.0);
        if rows >= fewest && dearer { self.rare.chance_ln(rows, took.rows) } else { 0.0 }
    }

    /// By how many standard deviations calls took more than calls do on average: however differently they are told, many calls have
    /// about their mean.
    /// `together`: so many calls come together, and may be as dear as each other as far as is known.
    pub fn dearness_together(&self, took: &Took, together: f64) -> f64 {
        if took.calls < 1.0 || self.all < LEARNED || took.tempered <= 0.0 {
            return 0.0;
        }
        let together = together.min(self.few.together());
        let variance = self.variance_of_mean(took, together.max(ALIKE)) + self.wander.at_least_some();
        self.times(took).ln() / variance.sqrt()
    }

    fn times(&self, took: &Took) -> f64 {
        took.tempered / took.calls.max(1.0) / (self.sum / self.all.max(1.0))
    }

    /// Of the logarithm of what so many calls take on average: as many of them as there are rows are what rows are.
    fn variance_of_mean(&self, took: &Took, together: f64) -> f64 {
        let calls = took.calls.max(1.0);
        let rows = (took.rows / calls).min(1.0);
        let squares = self.squares + rows * (self.squares_of_rows - self.squares).max(0.0);
        (together * (squares - 1.0).max(0.0) / calls).ln_1p()
    }

    fn saw(&mut self, size: f64, calls: f64) {
        if calls > 0.0 && size > 0.0 {
            *self.calls.entry(bin(size.ln())).or_default() += calls as f32;
        }
    }

    /// What calls take, within bounds: how many of all take so much, in average ones.
    pub fn sizes(&self) -> Vec<Size> {
        let mut sizes: Vec<Size> = self
            .calls
            .iter()
            .map(|(bin, calls)| Size { share: f64::from(*calls) / self.all, size: middle(*bin).exp() })
            .collect();
        let mean: f64 = sizes.iter().map(|one| one.share * one.size).sum();
        sizes.iter_mut().for_each(|one| one.size /= mean);
        sizes
    }

    fn learn(&mut self) {
        self.next = self.all * 1.1;
        self.squares = self.sizes().iter().map(|one| one.share * one.size * one.size).sum();
        let (rows, squares) = self.rows;
        self.squares_of_rows = squares / rows.max(1.0) / (self.sum / self.all).powi(2);
        self.cap = highest(&self.calls, self.all * (1.0 - COUNTED)).exp().max(MEANS * self.sum / self.all);
        self.dear = (self.logs.highest(DEAR), self.beside.highest(DEAR));
    }
}

// === impl Odd ===

impl Default for Odd {
    fn default() -> Self {
        Self { squares: ALIKE * SOME_OFF, expected: SOME_OFF }
    }
}

impl Odd {
    fn together(&self) -> f64 {
        (self.squares / self.expected).max(1.0)
    }

    fn saw(&mut self, came: f64, rows: f64) {
        let expected = rows * DEAR;
        self.squares += (came - expected).powi(2).min(FAR * self.together() * expected.max(1.0));
        self.expected += expected;
    }

    /// Chernoff's bound.
    fn chance_ln(&self, came: f64, rows: f64) -> f64 {
        let together = self.together();
        let (came, mean) = (came / together, DEAR_WANDERS * rows * DEAR / together);
        if mean <= 0.0 || came <= mean { 0.0 } else { came - mean - came * (came / mean).ln() }
    }
}

// === impl Took ===

impl Took {
    pub fn add(&mut self, other: Self) {
        self.tempered += other.tempered;
        self.calls += other.calls;
        self.rows += other.rows;
        self.logs += other.logs;
        self.dear = (self.dear.0 + other.dear.0, self.dear.1 + other.dear.1);
        self.beside = (self.beside.0 + other.beside.0, self.beside.1 + other.beside.1);
        let (rows, calls, tempered) = other.rare;
        self.rare = (self.rare.0 + rows, self.rare.1 + calls, self.rare.2 + tempered);
    }
}
