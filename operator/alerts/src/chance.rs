//! Whether a sum is beyond chance.
//!
//! What is usual wanders: a sum of a mean `m` has the variance `grain · m + wander · m²`. The grain is how many come together (a
//! session's calls; what a call costs, and how much that differs), the wander is how much the rate itself goes up and down from what
//! the hour and the last hours let expect. Both are fitted to the baseline in rounds, the grain where little comes, the wander by weighted least squares; left out are blocks
//! that the round before calls impossible (incidents, at most 4 %) and times of day that are far noisier than the others on several days (the
//! edges of jobs, offices that open; at most 15 %). Then the wander is fitted again at about the time of day that is asked of. The tail
//! is a negative binomial's of that mean and variance, in grains; where calls are not alike, Chernoff's bound with the sizes that they had.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use std::collections::BTreeMap;

use crate::{
    block::{Block, days_of},
    sessions::{Sessions, jobs},
    temper::Size,
};

/// A sum that is less likely than this is beyond chance: a thousand group-days have 1,440,000 looks, most of them at nearly the same.
pub const CHANCE_LN: f64 = -15.0; // ln 3·10⁻⁷
const INCIDENTS: f64 = 0.04;
const INCIDENTS_NEAR: f64 = 0.15;
const NOISY_TIMES: f64 = 0.15;
/// How many blocks the whole day's wander counts for, at one time of it.
const WHOLE_DAY: f64 = 20.0;
/// A normal square's median.
const MEDIAN_SQUARE: f64 = 0.455;
const LEAST_WANDER: f64 = 0.05;
/// What the wander is before anything is known, and how many blocks that counts for.
const SOME_WANDER: f64 = 0.1;
const SOME: f64 = 10.0;
const FEW_GRAINS: f64 = 10.0;
const ROUNDS: usize = 4;
/// Days of a habit without an hour, of a group that does nothing else; of others fewer than half may have been incidents.
const SEVERAL: usize = 2;
/// A group of which no more than this comes otherwise lives in batches; of a block no batch has less than so many calls.
const OTHERWISE: f64 = 0.25;
const FEW: f64 = 12.0;
/// What is more than so many times what a group does by itself is news, and of batches, whose sizes differ.
const OWN: f64 = 1.3;
const OWN_BATCHES: f64 = 2.0;
/// What comes on fewer days is not known to come daily.
const FEWEST_DAILY: usize = 5;
/// So many calls a block are hardly any.
const HARDLY: f64 = 0.01;
/// What takes more blocks is no session.
const SHORT: usize = 3;
/// What is less likely is hardly chance.
const ODD_LN: f64 = -9.2;
/// Of what is a few times the usual a third of the days is enough, and three at least.
const FEWEST_SURGES: usize = 3;
/// What is more times the usual than this is no noise, however often it comes.
const MOST_SURGES: f64 = 3.0;

#[derive(Clone, Debug)]
pub struct Noise {
    /// What the smallest thing that comes weighs: a call, or what a call takes on average.
    pub unit: f64,
    pub grain: f64,
    pub wander: f64,
    /// What calls take, in units, where that differs.
    pub sizes: Vec<Size>,
    /// So much more than what was to be expected is the group's own, where little was.
    pub outbursts: f64,
    /// So many times that is, where much was.
    pub surges: f64,
    /// What comes together now and then, on some days and at no time of its own.
    pub sessions: Option<Sessions>,
    /// So much more than what was to be expected comes at some time of nearly every day, at no time of its own: an agent that works all day.
    pub daily: f64,
}

// === impl Noise ===

impl Noise {
    pub fn fit(blocks: &[Block], unit: f64, sizes: Vec<Size>) -> Self {
        let (all, few) = (blocks, FEW_GRAINS * 2.0 * unit);
        let mut blocks: Vec<Block> =
            blocks.iter().copied().filter(|block| block.expected > 0.0 && !block.told).collect();
        let mut noise = Self {
            unit,
            grain: 2.0 * unit,
            wander: start(&blocks, unit),
            sizes: Vec::new(),
            outbursts: 0.0,
            surges: 1.0,
            sessions: None,
            daily: 0.0,
        };
        for round in 0..ROUNDS {
            let out = noise.impossible(&blocks, INCIDENTS);
            let noisy = if round == 0 { Vec::new() } else { noise.noisy_times(&blocks) };
            let kept = blocks.iter().zip(&out);
            let kept =
                kept.filter(|(block, out)| !**out && !noisy.get(block.time).is_some_and(|noisy| *noisy));
            let kept: Vec<Block> = kept.map(|(block, _)| *block).collect();
            noise.grain = grain_of(&kept, unit);
            noise.wander = noise.wander_of(&kept, SOME_WANDER, SOME);
        }
        noise.surges = noise.surges_of(&blocks, days_of(all), few);
        let everywhere = noise.clone();
        blocks.retain(|block| block.near);
        noise.wander = start(&blocks, noise.grain).max(everywhere.wander.min(SOME_WANDER));
        for _ in 0..ROUNDS {
            let out = noise.impossible(&blocks, INCIDENTS_NEAR);
            let kept: Vec<Block> =
                blocks.iter().zip(&out).filter(|(_, out)| !**out).map(|(block, _)| *block).collect();
            noise.wander = noise.wander_of(&kept, everywhere.wander, WHOLE_DAY);
        }
        // what a busy hour has more by chance is an outburst in a calm one
        let here = blocks.iter().map(|block| block.expected).sum::<f64>() / blocks.len().max(1) as f64;
        let at_most = |times: f64, more: f64| few.min(times * here + more * unit);
        noise.sessions = Sessions::of(all, &everywhere.odd_blocks(all), few);
        noise.daily = everywhere.daily_of(all);
        noise.outbursts = everywhere.outbursts_of(all, at_most(4.0, 5.0), at_most(1.0, 5.0));
        noise.sizes = sizes;
        noise
    }

    /// By weighted least squares; what was believed before counts for so many blocks that have much.
    fn wander_of(&self, blocks: &[Block], before: f64, counts: f64) -> f64 {
        let own = counts / before.powi(2);
        let (mut of, mut by) = (own, own * before);
        for block in blocks {
            let mean = block.expected;
            let weight = self.variance(mean).powi(-2) * mean.powi(2);
            of += weight * mean.powi(2);
            by += weight * (block.square() - self.grain * mean);
        }
        (by / of).max(LEAST_WANDER)
    }

    /// The blocks that are hardly chance, a part of all at most.
    fn impossible(&self, blocks: &[Block], part: f64) -> Vec<bool> {
        let mut odd: Vec<(f64, usize)> = blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| block.came > 1.5 * block.expected)
            .map(|(at, block)| (self.tail_ln(block.came, block.expected, 0.0), at))
            .filter(|(tail, _)| *tail < ODD_LN)
            .collect();
        odd.sort_by(|one, other| one.0.total_cmp(&other.0));
        odd.truncate((blocks.len() as f64 * part).ceil() as usize);
        let mut out = vec![false; blocks.len()];
        odd.iter().for_each(|(_, at)| out[*at] = true);
        out
    }

    /// What comes on four days of five, and on half of them as much, however much is usual. What was told is an incident, unless it comes on each day.
    fn daily_of(&self, blocks: &[Block]) -> f64 {
        let odd: Vec<&Block> = self.odd(blocks).into_iter().flatten().collect();
        let (job, days) = (jobs(blocks, &odd), days_of(blocks));
        let of_days = |needed: usize, learns: fn(&Block) -> bool| {
            let own = odd.iter().filter(|block| learns(block) && !job(block.time));
            let own = own.map(|block| (block.day, block.came - block.expected));
            let is_daily = reached_on(needed.max(FEWEST_DAILY), own.clone()) > 0.0;
            if is_daily { OWN * reached_on(days / 2, own) } else { 0.0 }
        };
        of_days((days * 4).div_ceil(5), |block| !block.told).max(of_days(days, |_| true))
    }

    /// The blocks in which more came than is chance, not at the edges of jobs. Of what was told as an anomaly, what was short: an incident goes on.
    fn odd_blocks<'a>(&self, blocks: &'a [Block]) -> Vec<&'a Block> {
        let odd = self.odd(blocks);
        let together = odd.split(Option::is_none);
        let untold = |of: &[Option<&'a Block>], block: &Block| !block.told || of.len() <= SHORT;
        together.flat_map(|of| of.iter().flatten().copied().filter(move |block| untold(of, block))).collect()
    }

    fn odd<'a>(&self, blocks: &'a [Block]) -> Vec<Option<&'a Block>> {
        let noisy = self.noisy_times(blocks);
        let is_odd = |block: &Block| {
            let expected = block.expected.max(HARDLY * self.unit);
            block.came > 1.5 * expected + FEW * self.unit
                && !noisy[block.time]
                && self.tail_ln(block.came, expected, 0.0) < ODD_LN
        };
        blocks.iter().map(|block| Some(block).filter(|block| is_odd(block))).collect()
    }

    /// How many times the usual comes at any time, where much is: minutes whose calls are all dear now and then. Not at the edges of jobs.
    fn surges_of(&self, blocks: &[Block], days: usize, few: f64) -> f64 {
        let noisy = self.noisy_times(blocks);
        let calm = blocks.iter().filter(|block| block.expected > few && !noisy[block.time]);
        let times = calm.map(|block| (block.day, block.came / block.expected));
        OWN * reached_on(days.div_ceil(3).max(FEWEST_SURGES), times).clamp(1.0, MOST_SURGES)
    }

    /// What comes at any time and on half of the days is the group's own, not an incident: batches that somebody starts now and then. Where
    /// hardly anything else comes, two days are enough. What was told as an anomaly is, once it comes on nearly all days.
    /// Of chance only what came where as little was: how long a conversation may be.
    fn outbursts_of(&self, blocks: &[Block], few: f64, as_few: f64) -> f64 {
        let days = days_of(blocks);
        let odd = |block: &&Block| {
            block.expected <= as_few || self.tail_ln(block.came, block.expected, 0.0) < ODD_LN
        };
        let always = reached_on(days * 9 / 10 + 1, blocks.iter().filter(odd).filter_map(more(few)));
        let untold = || blocks.iter().filter(|block| !block.told);
        let of_block = |block: &Block| block.came.min(2.0 * block.expected + FEW * self.unit);
        let (otherwise, all) = untold()
            .fold((0.0, 0.0), |(otherwise, all), block| (otherwise + of_block(block), all + block.came));
        let now_and_then = if otherwise <= OTHERWISE * all {
            OWN_BATCHES * reached_on(SEVERAL, untold().filter_map(more(few)))
        } else {
            OWN * reached_on(days.div_ceil(2).max(SEVERAL), untold().filter(odd).filter_map(more(few)))
        };
        now_and_then.max(OWN * always)
    }

    /// The times of day at which the fit is off by more than twice, without the days that are farthest off: what comes at a time of day on a
    /// day or two is an incident, or chance.
    fn noisy_times(&self, blocks: &[Block]) -> Vec<bool> {
        let times = blocks.iter().map(|block| block.time + 1).max().unwrap_or(0);
        let mut off = vec![Vec::new(); times];
        for block in blocks {
            off[block.time].push(block.square() / self.variance(block.expected));
        }
        let mut noisy: Vec<(f64, usize)> = off
            .iter_mut()
            .enumerate()
            .map(|(time, off)| {
                off.sort_by(f64::total_cmp);
                off.truncate(off.len() - off.len().div_ceil(4));
                (off.iter().sum::<f64>() / f64::max(off.len() as f64, 1.0), time)
            })
            .filter(|(off, _)| *off > 2.0)
            .collect();
        noisy.sort_by(|one, other| other.0.total_cmp(&one.0));
        noisy.truncate((times as f64 * NOISY_TIMES) as usize);
        let mut out = vec![false; times];
        noisy.iter().for_each(|(_, time)| out[*time] = true);
        out
    }

    /// Chernoff's bound for a sum of calls that each take one of the sizes, at a rate that is gamma distributed. What is grainier
    /// than single calls comes as if it were larger calls.
    fn compound_ln(&self, came: f64, mean: f64, wander: f64) -> f64 {
        let of_single: f64 = self.sizes.iter().map(|one| one.share * one.size * one.size).sum();
        let larger = (self.grain / self.unit / of_single).max(1.0);
        let rate = mean / larger;
        // the cumulant function and its slope; none where it has no value
        let cumulant = |tilt: f64| {
            let (mut gain, mut slope) = (0.0, 0.0);
            for one in &self.sizes {
                let size = one.size * larger;
                let tilted = one.share * (tilt * size).exp();
                gain += tilted - one.share;
                slope += tilted * size;
            }
            let left = 1.0 - wander * rate * gain;
            (left > 0.0).then(|| (-left.ln() / wander, rate * slope / left))
        };
        let (mut low, mut high) = (0.0, 1e-3 / larger);
        while cumulant(high).is_some_and(|(_, slope)| slope < came) {
            low = high;
            high *= 2.0;
        }
        for _ in 0..40 {
            let tilt = (low + high) / 2.0;
            match cumulant(tilt) {
                Some((_, slope)) if slope < came => low = tilt,
                Some(_) | None => high = tilt,
            }
        }
        cumulant(low).map_or(0.0, |(cumulant, _)| (cumulant - low * came).min(0.0))
    }

    fn variance(&self, mean: f64) -> f64 {
        self.grain * mean + self.wander * mean * mean
    }

    /// ln of the probability that a sum of such a mean is at least so large (an upper bound, near it). `unsure`: the squared relative
    /// error of the mean.
    pub fn tail_ln(&self, came: f64, mean: f64, unsure: f64) -> f64 {
        if came <= mean || mean <= 0.0 {
            return 0.0;
        }
        if !self.sizes.is_empty() {
            return self.compound_ln(came / self.unit, mean / self.unit, self.wander + unsure);
        }
        // what comes together counts as one
        let variance = (self.variance(mean) + unsure * mean * mean) / (self.grain * self.grain);
        let (count, mean) = ((came / self.grain).max(1.0), mean / self.grain);
        let size = mean * mean / (variance - mean).max(1e-6 * mean);
        let p = mean / (mean + size);
        let pmf_ln =
            gamma_ln(count + size) - gamma_ln(size) - gamma_ln(count + 1.0) - size * (mean / size).ln_1p()
                + count * p.ln();
        let ratio = (count + size) / (count + 1.0) * p;
        if ratio < 1.0 { (pmf_ln - (1.0 - ratio).ln()).min(0.0) } else { 0.0 }
    }
}

/// What came on which day beyond what was to be expected, where that is little.
fn more(few: f64) -> impl Fn(&Block) -> Option<(usize, f64)> {
    move |block| (block.expected <= few).then_some((block.day, block.came - block.expected))
}

/// What is reached on so many days.
fn reached_on(days: usize, reached: impl Iterator<Item = (usize, f64)>) -> f64 {
    let mut most: BTreeMap<usize, f64> = BTreeMap::new();
    reached.for_each(|(day, value)| {
        let most = most.entry(day).or_default();
        *most = most.max(value);
    });
    let mut most: Vec<f64> = most.into_values().collect();
    most.sort_by(f64::total_cmp);
    most.iter().rev().nth(days - 1).copied().unwrap_or(0.0)
}

/// Where little comes, nearly all of the variance is the grain's.
fn grain_of(blocks: &[Block], least: f64) -> f64 {
    let few = blocks.iter().filter(|block| block.expected <= FEW_GRAINS * least);
    let (squares, sum) =
        few.fold((0.0, 0.0), |(squares, sum), block| (squares + block.square(), sum + block.expected));
    if sum > 20.0 * least { (squares / sum).max(least) } else { least }
}

/// The wander that half of the blocks stay within, as a fit's first guess.
fn start(blocks: &[Block], grain: f64) -> f64 {
    let mut squares: Vec<f64> = blocks
        .iter()
        .filter(|block| block.expected > 5.0 * grain)
        .map(|block| block.square() / block.expected.powi(2))
        .collect();
    squares.sort_by(f64::total_cmp);
    // what little has much has it by an incident
    if squares.len() * 20 < blocks.len() {
        return SOME_WANDER;
    }
    squares.get(squares.len() / 2).map_or(SOME_WANDER, |median| (median / MEDIAN_SQUARE).max(LEAST_WANDER))
}

/// Stirling's series, after moving up to where it is exact.
fn gamma_ln(mut x: f64) -> f64 {
    let mut moved = 0.0;
    while x < 10.0 {
        moved -= x.ln();
        x += 1.0;
    }
    moved + (x - 0.5) * x.ln() - x + 0.918_938_533_204_672_7 + 1.0 / (12.0 * x) - 1.0 / (360.0 * x * x * x)
}
