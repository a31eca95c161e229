//! Whether some numbers are larger together than such numbers are: the chance of their mean, learned from the numbers themselves and from ten
//! minutes of them at a time.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use std::{collections::BTreeMap, f64::consts::LN_2};

/// Bins of a sixth of an octave, of logarithms.
const BIN: f64 = LN_2 / 6.0;
/// Of fewer numbers nothing is told.
pub(crate) const LEARNED: f64 = 64.0;
/// By how much a mean wanders at least, however alike numbers were.
const LEAST_WANDERS: f64 = 0.01;
/// What means wander by, squared, before anything is known; and for how many times ten minutes that counts.
const SOME_WANDER: f64 = 0.04;
const KNOWN: f64 = 20.0;
/// So few numbers in ten minutes tell how alike those are that come together; and how much is believed before.
pub(crate) const FEW: f64 = 20.0;
pub(crate) const SOME_OFF: f64 = 10.0;
/// A square of ten minutes that are farther off counts as so many variances: they may have been an incident.
pub(crate) const FAR: f64 = 9.0;
/// So many calls tell as much as one would that knew nothing of others: who asks much asks again.
pub(crate) const ALIKE: f64 = 1.5;

#[derive(Debug, Default)]
pub(crate) struct Means {
    bins: BTreeMap<i16, f32>,
    pub(crate) spread: Spread,
    wander: Wander,
    /// How far the means of few are from the usual, and how far they would be if they knew nothing of each other.
    few: Few,
}

/// Squares of what is off of few, and how large they would be if each knew nothing of the others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Few {
    squares: f64,
    alone: f64,
}

/// The number, mean and squared distances from it (Welford).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spread {
    pub(crate) count: f64,
    pub(crate) mean: f64,
    squares: f64,
}

/// By how much a mean wanders, squared: learned by least squares, where more is known of what says more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wander {
    of: f64,
    by: f64,
}

// === impl Means ===

impl Means {
    pub(crate) fn saw(&mut self, value: f64) {
        *self.bins.entry(bin(value)).or_default() += 1.0;
        self.spread.saw(value);
    }

    /// Ten minutes are over, that had so many numbers of such a sum.
    pub(crate) fn learn(&mut self, count: f64, sum: f64) {
        if count < 1.0 || self.spread.count < LEARNED {
            return;
        }
        let alone = self.spread.variance() / count;
        let off = sum / count - self.spread.mean;
        if count <= FEW {
            self.few.saw(off, alone);
        }
        self.wander.saw(off, alone);
    }

    /// ln of the probability (Chernoff's bound) that so many numbers have such a sum: one that is very large makes no difference to it, all of
    /// them being larger does.
    pub(crate) fn chance_ln(&self, count: f64, sum: f64) -> f64 {
        let Spread { count: known, mean, .. } = self.spread;
        if count < 1.0 || known < LEARNED {
            return 0.0;
        }
        let off = sum / count - mean;
        if off <= 0.0 {
            return 0.0;
        }
        // few tell less than one each, many no more than their mean wanders
        let (count, wander) = if count <= FEW {
            ((count / self.few.together()).max(1.0), LEAST_WANDERS)
        } else {
            (count, self.wander.now().max(LEAST_WANDERS))
        };
        let values: Vec<(f64, f64)> =
            self.bins.iter().map(|(bin, count)| (f64::from(*count), middle(*bin) - mean)).collect();
        let all: f64 = values.iter().map(|(share, _)| share).sum();
        // the cumulant of a number, and its slope
        let cumulant = |tilt: f64| {
            let most = values.iter().map(|(_, value)| tilt * value).fold(f64::MIN, f64::max);
            let (mut sum, mut slope) = (0.0, 0.0);
            for (share, value) in &values {
                let tilted = share / all * (tilt * value - most).exp();
                sum += tilted;
                slope += tilted * value;
            }
            (sum.ln() + most, slope / sum)
        };
        let (mut low, mut high) = (0.0, off / (wander * count));
        for _ in 0..40 {
            let tilt = (low + high) / 2.0;
            if cumulant(tilt).1 + wander * count * tilt < off { low = tilt } else { high = tilt }
        }
        let tilt = low * count;
        (count * cumulant(low).0 + wander * tilt * tilt / 2.0 - tilt * off).min(0.0)
    }

    /// What no more than a part of all is above.
    pub(crate) fn highest(&self, part: f64) -> f64 {
        highest(&self.bins, self.spread.count * part)
    }
}

// === impl Few ===

impl Default for Few {
    fn default() -> Self {
        Self { squares: ALIKE * SOME_OFF, alone: SOME_OFF }
    }
}

impl Few {
    pub(crate) fn saw(&mut self, off: f64, alone: f64) {
        self.squares += off.powi(2).min(FAR * self.together() * alone);
        self.alone += alone;
    }

    /// So many tell as much as one would that knew nothing of others: a conversation's calls grow dearer as it grows.
    pub(crate) fn together(&self) -> f64 {
        (self.squares / self.alone).max(1.0)
    }
}

// === impl Wander ===

impl Default for Wander {
    fn default() -> Self {
        Self { of: KNOWN / SOME_WANDER, by: KNOWN }
    }
}

impl Wander {
    pub(crate) fn now(&self) -> f64 {
        (self.by / self.of).max(0.0)
    }

    /// No less than what is believed before.
    pub(crate) fn at_least_some(&self) -> f64 {
        self.now().max(SOME_WANDER)
    }

    /// A distance, of whose square chance alone explains a part.
    pub(crate) fn saw(&mut self, off: f64, alone: f64) {
        let variance = (alone + self.now()).max(LEAST_WANDERS);
        let weight = variance.recip();
        self.of += weight;
        self.by += weight * ((off * off).min(FAR * variance) - alone);
    }
}

// === impl Spread ===

impl Spread {
    pub(crate) fn variance(&self) -> f64 {
        self.squares / self.count.max(1.0)
    }

    pub(crate) fn saw(&mut self, value: f64) {
        self.count += 1.0;
        let off = value - self.mean;
        self.mean += off / self.count;
        self.squares += off * (value - self.mean);
    }
}

/// What no more than so many are above: a bin's upper edge.
pub(crate) fn highest(bins: &BTreeMap<i16, f32>, many: f64) -> f64 {
    let mut over = many;
    let one = bins.iter().rev().find(|(_, count)| {
        over -= f64::from(**count);
        over < 0.0
    });
    one.map_or(f64::MAX, |(bin, _)| (f64::from(*bin) + 1.0) * BIN)
}

pub(crate) fn bin(value: f64) -> i16 {
    (value / BIN).floor().clamp(-600.0, 600.0) as i16
}

/// What is in the middle of a bin.
pub(crate) fn middle(bin: i16) -> f64 {
    (f64::from(bin) + 0.5) * BIN
}
