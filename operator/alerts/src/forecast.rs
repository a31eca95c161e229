//! What a window will hold at its end: what it holds, and what usually comes in the rest of it.
//!
//! **The rest** is what came at those hours on days of the same kind (working day or weekend) of the last five weeks, younger
//! days counting more, times how much the last day and the last week were above or below what was to be expected of them.
//! Hours are those on the wall, in the window's zone. With less than two days of history the rate goes on that was since the window began, or since
//! the group's first call where that came later.
//!
//! **The range** is where four of five such forecasts would have ended: the same is done for each of the last days, with what was
//! known then, and the errors' tenth and ninetieth percentiles are the range's ends. With fewer than six such days there is none.

#![expect(clippy::float_arithmetic, reason = "a forecast is no money")]

use crate::{
    clock::is_weekend,
    history::{DAY, History},
    series::Series,
    window::{Minute, Window},
};

/// As far back as calls are kept.
pub const DAYS: i64 = 35;
/// Older days count half as much each week.
const HALF_LIFE: f64 = 7.0;
const TRIALS: i64 = 28;
const FEWEST_TRIALS: usize = 6;

/// What a window will hold at its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    pub value: f64,
    /// Four of five windows end between these; nothing where too little is known for it.
    pub range: Option<(f64, f64)>,
}

/// A history, of which everything before one minute is known.
#[derive(Clone, Copy)]
struct Known<'a> {
    past: &'a History,
    first: Minute,
    end: Minute,
}

/// The value at the window's end; for a rolling window, what it will hold if the last quarter goes on. Nothing where
/// too little is known.
pub fn at_end(series: &Series, window: &Window, from: Minute, until: Minute) -> Option<f64> {
    let value = series.value().as_f64();
    if let Window::Rolling { minutes } = window {
        let quarter = (minutes / 4).max(1);
        return Some(series.last(quarter) * *minutes as f64 / quarter as f64);
    }
    let end = series.end();
    let known = Known { past: &series.past, first: window.local(series.first), end: window.local(end) };
    if known.days() < 2 {
        let elapsed = end - from.max(series.first);
        let enough = ((until - from) / 20).max(60);
        let rest = value * (until - end) as f64 / elapsed.max(1) as f64;
        return (elapsed >= enough).then_some(value + rest);
    }
    Some(value + known.rest(window.local(until)))
}

/// The same, with its range.
pub fn with_range(series: &Series, window: &Window, from: Minute, until: Minute) -> Option<Forecast> {
    let value = at_end(series, window, from, until)?;
    let range = match window {
        Window::Rolling { .. } => None,
        Window::Calendar { .. } => {
            let known = Known {
                past: &series.past,
                first: window.local(series.first),
                end: window.local(series.end()),
            };
            known.range(series.value().as_f64(), value, window.local(until))
        }
    };
    Some(Forecast { value, range })
}

// === impl Known ===

impl Known<'_> {
    fn days(&self) -> i64 {
        ((self.end - self.first) / DAY).min(DAYS)
    }

    /// What comes until a minute.
    fn rest(&self, until: Minute) -> f64 {
        let mut usual = 0.0;
        let mut at = self.end;
        while at < until {
            let next = ((at.div_euclid(DAY) + 1) * DAY).min(until);
            usual += self.usual(at, next);
            at = next;
        }
        usual * self.level()
    }

    /// How far the last day and the last week were above or below what they usually are.
    fn level(&self) -> f64 {
        let ratio = |days: i64| {
            let (mut had, mut usual) = (0.0, 0.0);
            for day in 1..=days.min(self.days() - 1) {
                let (from, until) = (self.end - day * DAY, self.end - (day - 1) * DAY);
                let midnight = until.div_euclid(DAY) * DAY;
                had += self.past.between(from, until);
                usual += self.usual(from, midnight.clamp(from, until))
                    + self.usual(midnight.clamp(from, until), until);
            }
            if usual > 0.0 { (had / usual).clamp(0.25, 4.0) } else { 1.0 }
        };
        ratio(1).powf(0.5)
    }

    /// What usually comes in some minutes of one day: on days like it that are wholly known.
    fn usual(&self, from: Minute, until: Minute) -> f64 {
        if until <= from {
            return 0.0;
        }
        let ahead = (until - self.end).max(0);
        let back = ((ahead + DAY - 1) / DAY).max(1);
        let days = (back..=DAYS).take_while(|day| from - day * DAY >= self.first);
        let (mut same, mut all) = ((0.0, 0.0), (0.0, 0.0));
        for day in days {
            let sum = self.past.between(from - day * DAY, until - day * DAY);
            let weight = (-(day as f64) / HALF_LIFE).exp2();
            all = (all.0 + weight * sum, all.1 + weight);
            if is_weekend(from) == is_weekend(from - day * DAY) {
                same = (same.0 + weight * sum, same.1 + weight);
            }
        }
        match (same, all) {
            ((sum, weight), _) if weight > 0.0 => sum / weight,
            (_, (sum, weight)) if weight > 0.0 => sum / weight,
            _ => 0.0,
        }
    }

    /// Where four of five forecasts of the same hours would have ended.
    fn range(&self, holds: f64, forecast: f64, until: Minute) -> Option<(f64, f64)> {
        let rest = forecast - holds;
        let ahead = until - self.end;
        let youngest = ((ahead + DAY - 1) / DAY).max(1);
        let mut errors: Vec<f64> = (youngest..=TRIALS)
            .map(|day| Self { end: self.end - day * DAY, ..*self })
            .take_while(|then| then.days() >= 3)
            .filter_map(|then| {
                let told = then.rest(then.end + ahead);
                let came = self.past.between(then.end, then.end + ahead);
                (told > 0.0).then(|| came / told)
            })
            .collect();
        if errors.len() < FEWEST_TRIALS {
            return None;
        }
        errors.sort_by(f64::total_cmp);
        let (low, high) = (quantile(&errors, 0.1), quantile(&errors, 0.9));
        Some((holds + rest * low, holds + rest * high))
    }
}

/// Of sorted values; between two of them where it falls so, as if there was one more at each end.
fn quantile(sorted: &[f64], of: f64) -> f64 {
    let at = (of * (sorted.len() + 1) as f64 - 1.0).clamp(0.0, (sorted.len() - 1) as f64);
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * at.fract()
}
