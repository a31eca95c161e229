//! Whether a value is an anomaly: above `factor` times what that time of day and week usually was, and beyond chance.
//!
//! **Usual** is the median, over the baseline's days of the same kind (working day or weekend), of the rate around that
//! time of day (half an hour to each side); an incident on one of the days does not move a median. It is at least half
//! of the days' mean, for traffic that comes in sessions. A job that runs each night is no anomaly: the value must also
//! be above one and a half times the usual peak within 20 minutes of that time.
//!
//! **Chance** is a negative binomial: calls come one by one (cost and tokens in grains of what a call weighs) at a rate
//! that itself wanders. How much it wanders is measured on each day of the baseline, around a mean without its largest
//! fifth; the day above three fifths of the others counts, so that days with incidents do not make everything look like chance. A value must have a
//! probability below 10⁻⁷: a day has at most 1,440 looks, so a thousand group-days have far less than one by chance.
//!
//! A group that is younger than a week has nothing usual, and no verdict.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use crate::{series::Series, window::Minute};

const DAY: i64 = 1440;
const AROUND: i64 = 30;
const SHIFT: i64 = 20;
const CHANCE_LN: f64 = -16.118; // ln 10⁻⁷
const YOUNG_DAYS: i64 = 7;
/// How often the wandering of the rate is measured anew.
const MEASURED: i64 = 360;

#[derive(Debug, Default)]
pub struct Usual {
    /// The rate's squared coefficient of variation, and until when it holds.
    wander: Option<(f64, Minute)>,
}

#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    /// What the value had to be above.
    pub threshold: f64,
    pub anomalous: bool,
    /// It is well below again.
    pub over: bool,
}

// === impl Usual ===

impl Usual {
    /// Judges the last `width` minutes of a series; nothing where nothing is usual yet.
    pub fn judge(
        &mut self,
        series: &Series,
        width: i64,
        days: i64,
        factor: f64,
        counts: bool,
    ) -> Option<Verdict> {
        let end = series.end();
        let known = ((end - series.first - width - AROUND) / DAY).min(days);
        if known < YOUNG_DAYS {
            return None;
        }
        let value = series.between(end - width, end);
        let grain = series.grain(counts);
        let span = (width + 2 * AROUND) as f64;
        let near = |day: i64| {
            let at = end - day * DAY;
            series.between(at - width - AROUND, at + AROUND) * width as f64 / span
        };
        let peak = |day: i64| {
            let at = end - day * DAY;
            let shifts = (-SHIFT..=SHIFT).step_by(5);
            shifts.map(|shift| series.between(at + shift - width, at + shift)).fold(0.0, f64::max)
        };
        let alike = alike(end, known);
        let means: Vec<f64> = alike.iter().map(|day| near(*day)).collect();
        let least = grain * 0.5 * width as f64 / (alike.len().max(1) as f64 * span);
        let usual = middle(&means).max(0.5 * trimmed_mean(&means)).max(least);
        let threshold = factor * usual;
        if value <= 0.75 * threshold {
            return Some(Verdict { threshold, anomalous: false, over: true });
        }

        let peaks: Vec<f64> = alike.iter().map(|day| peak(*day)).collect();
        let weekly: Vec<f64> = (7..=known).step_by(7).map(peak).collect();
        let each_week = if weekly.len() < 2 { 0.0 } else { weekly.iter().copied().fold(f64::MAX, f64::min) };
        let usual_peak = middle(&peaks).max(each_week);
        let beyond = value > threshold && value > 1.5 * usual_peak;
        let anomalous = beyond
            && tail_ln(value / grain, usual / grain, self.wander(series, width, known, grain)) < CHANCE_LN;
        Some(Verdict { threshold, anomalous, over: value < 1.2 * usual_peak })
    }

    fn wander(&mut self, series: &Series, width: i64, days: i64, grain: f64) -> f64 {
        let end = series.end();
        if let Some((wander, until)) = self.wander
            && end < until
        {
            return wander;
        }
        let blocks = (DAY / width).max(1);
        let width = width.min(DAY);
        let mut of_days: Vec<f64> = vec![0.0; days as usize];
        let mut squares: Vec<f64> = vec![0.0; days as usize];
        for block in 0..blocks {
            let at = |day: i64| end - day * DAY + (block - blocks + 1) * width;
            for weekend in [false, true] {
                let parts: Vec<i64> = (1..days).filter(|day| is_weekend(at(*day)) == weekend).collect();
                if parts.is_empty() {
                    continue;
                }
                let near = |day: &i64| {
                    series.between(at(*day) - width - AROUND, at(*day) + AROUND) * width as f64
                        / (width + 2 * AROUND) as f64
                };
                let mean = trimmed_mean(&parts.iter().map(near).collect::<Vec<_>>());
                for day in parts {
                    let off = series.between(at(day) - width, at(day)) - mean;
                    of_days[day as usize] += off * off - mean * grain;
                    squares[day as usize] += mean * mean;
                }
            }
        }
        let mut wanders: Vec<f64> = of_days
            .iter()
            .zip(&squares)
            .filter(|(_, square)| **square > 0.0)
            .map(|(off, square)| (off / square).max(0.0))
            .collect();
        wanders.sort_by(f64::total_cmp);
        let at = (wanders.len() * 3 / 5).min(wanders.len().saturating_sub(1));
        let wander = wanders.get(at).copied().unwrap_or(1.0).max(0.02);
        self.wander = Some((wander, end + MEASURED));
        wander
    }
}

/// The days back that are like the last minute's: working days or weekends; all where too few of them are known.
fn alike(end: Minute, known: i64) -> Vec<i64> {
    let today = is_weekend(end - 1);
    let same: Vec<i64> = (1..=known).filter(|day| is_weekend(end - 1 - day * DAY) == today).collect();
    if same.len() < 2 { (1..=known).collect() } else { same }
}

pub(crate) fn is_weekend(minute: Minute) -> bool {
    // 1970 began on a Thursday
    (minute.div_euclid(DAY) + 3).rem_euclid(7) >= 5
}

/// The median; of three or fewer the largest, since one of them may be all that is like today.
fn middle(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n @ 1..=3 => sorted[n - 1],
        n => (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0,
    }
}

/// The mean without the largest fifth.
pub(crate) fn trimmed_mean(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.truncate((sorted.len() - sorted.len() / 5).max(1));
    sorted.iter().sum::<f64>() / sorted.len().max(1) as f64
}

/// ln of the probability that a negative binomial of a mean is at least so large (an upper bound, near it).
fn tail_ln(value: f64, mean: f64, wander: f64) -> f64 {
    if value <= mean {
        return 0.0;
    }
    let (n, size) = (value.floor().max(1.0), 1.0 / wander);
    let p = mean / (mean + size);
    let pmf_ln = gamma_ln(n + size) - gamma_ln(size) - gamma_ln(n + 1.0) + size * (1.0 - p).ln() + n * p.ln();
    let ratio = (n + size) / (n + 1.0) * p;
    if ratio < 1.0 { pmf_ln - (1.0 - ratio).ln() } else { 0.0 }
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
