//! What a window will hold at its end: what it holds, and what usually comes in the rest of it.
//!
//! With two days of history or more, the rest is what came at those hours on days of the same kind (working day or
//! weekend; the mean without the largest fifth), times how much the last day was above or below what it usually is.
//! Without, the rate since the window began goes on.

#![expect(clippy::float_arithmetic, reason = "a forecast is no money")]

use crate::{
    series::Series,
    usual::{is_weekend, trimmed_mean},
    window::{Minute, Window},
};

const DAY: i64 = 1440;
const DAYS: i64 = 28;

/// The value at the window's end; for a rolling window, what it will hold if the last quarter goes on. Nothing where
/// too little is known.
pub fn at_end(series: &Series, window: &Window, from: Minute, until: Minute) -> Option<f64> {
    let end = series.end();
    let value = series.value().as_f64();
    if let Window::Rolling { minutes } = window {
        let quarter = (minutes / 4).max(1);
        return Some(series.between(end - quarter, end) * *minutes as f64 / quarter as f64);
    }
    let known = ((end - series.first) / DAY).min(DAYS);
    if known < 2 {
        let elapsed = end - from.max(series.first);
        let enough = ((until - from) / 20).max(60);
        let rest = value * (until - end) as f64 / elapsed.max(1) as f64;
        return (elapsed >= enough).then_some(value + rest);
    }
    let usually = usual(series, end - DAY, end, known);
    let level = if usually > 0.0 { (series.between(end - DAY, end) / usually).clamp(0.25, 4.0) } else { 1.0 };
    let mut rest = 0.0;
    let mut at = end;
    while at < until {
        let next = ((at.div_euclid(DAY) + 1) * DAY).min(until);
        rest += usual(series, at, next, known);
        at = next;
    }
    Some(value + level * rest)
}

/// What usually comes in some minutes of one day.
fn usual(series: &Series, from: Minute, until: Minute, known: i64) -> f64 {
    let end = series.end();
    let first = (until - end).max(0).div_euclid(DAY) + i64::from((until - end).max(0) % DAY > 0);
    let past: Vec<i64> = (first.max(1)..=first.max(1) + known)
        .filter(|day| from - day * DAY >= series.first && until - day * DAY <= end)
        .collect();
    let same: Vec<i64> =
        past.iter().copied().filter(|day| is_weekend(from) == is_weekend(from - day * DAY)).collect();
    let days = if same.is_empty() { past } else { same };
    let sums: Vec<f64> = days.iter().map(|day| series.between(from - day * DAY, until - day * DAY)).collect();
    if sums.is_empty() { 0.0 } else { trimmed_mean(&sums) }
}
