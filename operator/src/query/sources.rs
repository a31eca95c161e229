//! What of a span comes from where. Pure: told which hours and days the rollups do not have as they are, and since when there are
//! rows.

use std::collections::BTreeSet;

/// What the database said, in Unix seconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Hours whose rows changed since they were rolled up, or are being rolled up.
    pub(super) open_hours: BTreeSet<i64>,
    /// The same of the days of the rollup by user.
    pub(super) open_days: BTreeSet<i64>,
    /// The first moment whose rows are still there.
    pub(super) oldest_row: i64,
}

/// Where the sums come from. Each moment of the span is in one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sources {
    /// From the ledger itself: from, until.
    pub(super) rows: Vec<(i64, i64)>,
    /// From the rollup by hour: all hours that begin from here until there …
    pub(super) hours: Option<(i64, i64)>,
    /// … but these.
    pub(super) but: Vec<i64>,
    /// From the rollup by user and day: days that begin from here until there.
    pub(super) days: Vec<(i64, i64)>,
    /// Hours or days that an edge cuts, and whose rows are gone: they are counted where they begin.
    pub(super) coarse: bool,
    /// Hours that changed and are too many to be read: what the rollup had of them counts.
    pub(super) behind: usize,
}

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
/// So many open hours are read from the rows: a day, and what is late.
const MOST_OPEN: usize = 30;

// === impl Sources ===

impl Sources {
    /// Of what is not told apart by user. `bounds`: where buckets begin, the first of which is the span's own beginning.
    pub(super) fn by_hour(bounds: &[i64], until: i64, known: &Known) -> Self {
        let Some(&from) = bounds.first() else { return Self::default() };
        let first = from.div_euclid(HOUR) * HOUR;
        let mut open: Vec<i64> = known.open_hours.range(first..until).copied().collect();
        open.retain(|hour| *hour >= known.oldest_row);
        let behind = open.len().saturating_sub(MOST_OPEN);
        let mut read: BTreeSet<i64> = open.split_off(behind).into_iter().collect();
        let mut coarse = false;
        for edge in bounds.iter().chain([&until]).filter(|edge| *edge % HOUR != 0) {
            let hour = edge.div_euclid(HOUR) * HOUR;
            if hour >= known.oldest_row {
                read.insert(hour);
            } else {
                coarse = true;
            }
        }
        let rows = merged(read.iter().map(|hour| ((*hour).max(from), (hour + HOUR).min(until))));
        Self {
            rows,
            hours: Some((from, until)),
            but: read.into_iter().collect(),
            days: Vec::new(),
            coarse,
            behind,
        }
    }

    /// Of what is told apart by user. `finer`: and by something that the rollup of users does not have.
    pub(super) fn by_day(bounds: &[i64], until: i64, known: &Known, finer: bool) -> Self {
        let Some(&from) = bounds.first() else { return Self::default() };
        let mut sources = Self::default();
        let mut rows = Vec::new();
        let mut days = Vec::new();
        let mut day = from.div_euclid(DAY) * DAY;
        while day < until {
            let end = day + DAY;
            // the first bound that is not before the day's end, or none inside it
            let inside = bounds.partition_point(|bound| *bound <= day);
            let whole = day >= from && end <= until && bounds.get(inside).is_none_or(|bound| *bound >= end);
            if day < known.oldest_row {
                if day >= from {
                    days.push((day, end));
                }
                sources.coarse |= !whole || finer;
            } else if whole && !finer && !known.open_days.contains(&day) {
                days.push((day, end));
            } else {
                rows.push((day.max(from), end.min(until)));
            }
            day = end;
        }
        sources.rows = merged(rows);
        sources.days = merged(days);
        sources
    }
}

/// Stretches that touch are one.
fn merged(stretches: impl IntoIterator<Item = (i64, i64)>) -> Vec<(i64, i64)> {
    let mut merged: Vec<(i64, i64)> = Vec::new();
    for (from, until) in stretches {
        match merged.last_mut() {
            Some((_, end)) if *end == from => *end = until,
            _ if from < until => merged.push((from, until)),
            _ => {}
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(open_hours: &[i64], oldest_row: i64) -> Known {
        let open_days = open_hours.iter().map(|hour| hour.div_euclid(24) * DAY).collect();
        Known { open_hours: open_hours.iter().map(|hour| hour * HOUR).collect(), open_days, oldest_row }
    }

    #[test]
    fn hours_that_changed_are_read_from_the_rows_and_all_others_from_the_rollup() {
        let sources = Sources::by_hour(&[0], 10 * HOUR, &known(&[3, 4, 9, 12], 0));
        assert_eq!(sources.rows, [(3 * HOUR, 5 * HOUR), (9 * HOUR, 10 * HOUR)]);
        assert_eq!((sources.hours, sources.but), (Some((0, 10 * HOUR)), vec![3 * HOUR, 4 * HOUR, 9 * HOUR]));
    }

    #[test]
    fn hours_that_an_edge_cuts_are_read_from_the_rows() {
        let half = HOUR / 2;
        let sources = Sources::by_hour(&[half, DAY + half], 2 * DAY + half, &known(&[], 0));
        assert_eq!(sources.rows, [(half, HOUR), (DAY, DAY + HOUR), (2 * DAY, 2 * DAY + half)]);
        assert_eq!((sources.but.len(), sources.coarse), (3, false));
    }

    #[test]
    fn a_cut_hour_whose_rows_are_gone_counts_where_it_begins() {
        let half = HOUR / 2;
        let sources = Sources::by_hour(&[half], DAY + half, &known(&[], 10 * DAY));
        assert_eq!((sources.rows, sources.but, sources.coarse), (vec![], vec![], true));
    }

    #[test]
    fn a_ledger_that_is_far_behind_is_read_from_the_rollup_and_says_so() {
        let hours: Vec<i64> = (0..48).collect();
        let sources = Sources::by_hour(&[0], 48 * HOUR, &known(&hours, 0));
        assert_eq!((sources.behind, sources.rows), (18, vec![(18 * HOUR, 48 * HOUR)]));
    }

    #[test]
    fn users_come_from_whole_days_of_one_bucket_and_else_from_the_rows() {
        let sources = Sources::by_day(&[-2 * HOUR], 3 * DAY + HOUR, &known(&[25], -DAY), false);
        assert_eq!(sources.days, [(0, DAY), (2 * DAY, 3 * DAY)]);
        assert_eq!(sources.rows, [(-2 * HOUR, 0), (DAY, 2 * DAY), (3 * DAY, 3 * DAY + HOUR)]);
    }

    #[test]
    fn a_day_that_two_buckets_share_comes_from_the_rows() {
        let sources = Sources::by_day(&[0, DAY - HOUR], 2 * DAY, &known(&[], 0), false);
        assert_eq!((sources.rows, sources.days), (vec![(0, DAY)], vec![(DAY, 2 * DAY)]));
    }
}
