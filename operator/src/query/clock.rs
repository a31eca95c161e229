//! Hours, days and weeks of UTC, in Unix seconds.

pub(super) const HOUR: i64 = 3_600;
pub(super) const QUARTER: i64 = DAY / 4;
pub(super) const DAY: i64 = 86_400;
pub(super) const WEEK: i64 = 7 * DAY;
/// The first Monday of Unix time.
const MONDAY: i64 = 4 * DAY;

pub(super) fn floor(second: i64, step: i64) -> i64 {
    second.div_euclid(step) * step
}

/// Of a day's week.
pub(super) fn monday(day: i64) -> i64 {
    floor(day - MONDAY, WEEK) + MONDAY
}
