//! What of a span comes from where. Pure: told which hours and days the rollups and their sums do not have as they are, and since
//! when there are rows.
//!
//! A day of UTC that lies in two buckets, as each does where clocks are not UTC's, is summed whole into the bucket of its noon;
//! then what is in the other bucket is moved there: of Berlin's two hours of each day are read, and not all 24.

use std::collections::BTreeSet;

use super::{filter::Dimension, table::Table};

/// What the database said, in Unix seconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Hours whose rows changed since they were rolled up, or are being rolled up.
    pub(super) open_hours: BTreeSet<i64>,
    /// The same of the days of the rollup by user.
    pub(super) open_days: BTreeSet<i64>,
    /// Days whose rollups changed since they were summed.
    pub(super) unsummed_days: BTreeSet<i64>,
    /// The first moment whose rows are still there.
    pub(super) oldest_row: i64,
    /// The reader sees the sums that are of all namespaces together.
    pub(super) sees_totals: bool,
}

/// What a question about users tells apart beside them, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Users {
    Alone,
    OfFeatures,
    OfModels,
    /// By what no rollup of users has.
    OfRows,
}

/// Where the sums come from. Each moment of the span is in one of them, but for what is moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sources {
    pub(super) parts: Vec<Part>,
    /// Hours or days that an edge cuts, and whose rows are gone: they are counted as one.
    pub(super) coarse: bool,
    /// Hours that changed and are too many to be read: what the rollup had of them counts.
    pub(super) behind: usize,
}

/// All that begins in these stretches (from, until) …
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) table: Table,
    pub(super) stretches: Vec<(i64, i64)>,
    /// … but these hours.
    pub(super) but: Vec<i64>,
    /// It is in the sum of its day already, in the bucket of that.
    pub(super) is_moved: bool,
}

/// A day of UTC, and how the span and its buckets lie to it.
struct Day {
    start: i64,
    end: i64,
    /// All of it is in the span.
    is_whole: bool,
    /// Where buckets begin inside of it.
    cuts: Vec<i64>,
}

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
const WEEK: i64 = 7 * DAY;
/// The first Monday of Unix time.
const MONDAY: i64 = 4 * DAY;
/// No call is older than Unix time, which begins within a day of this in all zones.
const OLDEST: i64 = -DAY;
/// So many open hours are read from the rows: a day, and what is late.
const MOST_OPEN: usize = 30;

// === impl Known ===

impl Known {
    fn is_summed(&self, day: i64) -> bool {
        !self.open_days.contains(&day) && !self.unsummed_days.contains(&day)
    }
}

// === impl Users ===

impl Users {
    pub(super) fn beside(dimension: Dimension) -> Self {
        match dimension {
            Dimension::User => Self::Alone,
            Dimension::Namespace | Dimension::Feature => Self::OfFeatures,
            Dimension::Provider | Dimension::Model => Self::OfModels,
            Dimension::Workload | Dimension::Outcome | Dimension::UsageSource => Self::OfRows,
        }
    }
}

// === impl Part ===

impl Part {
    pub(super) fn of(table: Table, stretches: Vec<(i64, i64)>) -> Self {
        Self { table, stretches, but: Vec::new(), is_moved: false }
    }
}

// === impl Sources ===

impl Sources {
    /// Of what is not told apart by user. `bounds`: where buckets begin, the first of which is the span's own beginning.
    pub(super) fn of_all(bounds: &[i64], until: i64, known: &Known) -> Self {
        let Some(&from) = bounds.first() else { return Self::default() };
        let mut sources = Self::default();
        let (mut days, mut hours) = (Vec::new(), Vec::new());
        let (mut moved_hours, mut moved_rows) = (Vec::new(), Vec::new());
        for day in Day::all(bounds, until) {
            match day.cuts.as_slice() {
                [] if day.is_whole && known.is_summed(day.start) => days.push((day.start, day.end)),
                [cut] if day.is_whole && known.is_summed(day.start) => {
                    days.push((day.start, day.end));
                    let (first, last) = day.beside_noon(*cut);
                    let cut_hour = floor(*cut, HOUR);
                    if *cut == cut_hour {
                        moved_hours.push((first, last));
                    } else {
                        let is_tail = first == *cut;
                        let part = if is_tail { (*cut, cut_hour + HOUR) } else { (cut_hour, *cut) };
                        let mut whole = if is_tail { (cut_hour + HOUR, last) } else { (first, cut_hour) };
                        if cut_hour >= known.oldest_row {
                            moved_rows.push(part);
                        } else {
                            // all of the hour counts where it begins, which is before the cut
                            sources.coarse = true;
                            whole.1 = if is_tail { last } else { cut_hour + HOUR };
                        }
                        moved_hours.push(whole);
                    }
                }
                _ => hours.push((day.start.max(floor(from, HOUR)), day.end.min(until))),
            }
        }
        let edges = bounds.iter().chain([&until]).copied();
        let read = sources.hours_to_read(&hours, edges, known);
        let rows = read.iter().map(|hour| ((*hour).max(from), (hour + HOUR).min(until)));
        sources.push(Table::Days, merged(days));
        sources.push(Table::Rows, merged(rows));
        sources.push_moved(Table::Hours, merged(moved_hours));
        sources.push_moved(Table::Rows, merged(moved_rows));
        let hours = merged(hours.into_iter().map(|(first, last)| (first.max(from), last)));
        if !hours.is_empty() {
            let but = read.into_iter().collect();
            sources.parts.push(Part { but, ..Part::of(Table::Hours, hours) });
        }
        sources
    }

    /// Of these hours, those that are read from the rows: what changed, and what an edge cuts.
    fn hours_to_read(
        &mut self,
        hours: &[(i64, i64)],
        edges: impl Iterator<Item = i64>,
        known: &Known,
    ) -> BTreeSet<i64> {
        let mut open: Vec<i64> = hours
            .iter()
            .flat_map(|(first, last)| known.open_hours.range(*first..*last))
            .copied()
            .filter(|hour| *hour >= known.oldest_row)
            .collect();
        self.behind = open.len().saturating_sub(MOST_OPEN);
        let mut read: BTreeSet<i64> = open.split_off(self.behind).into_iter().collect();
        for edge in edges.filter(|edge| edge % HOUR != 0) {
            let hour = floor(edge, HOUR);
            if !hours.iter().any(|(first, last)| (*first..*last).contains(&hour)) {
                continue;
            }
            if hour >= known.oldest_row {
                read.insert(hour);
            } else {
                self.coarse = true;
            }
        }
        read
    }

    /// Of what is told apart by user.
    pub(super) fn of_users(bounds: &[i64], until: i64, known: &Known, users: Users) -> Self {
        let Some(&from) = bounds.first() else { return Self::default() };
        let mut sources = Self::default();
        let (mut days, mut rows, mut moved) = (Vec::new(), Vec::new(), Vec::new());
        for day in Day::all(bounds, until) {
            let is_finer = users == Users::OfRows;
            if day.start < known.oldest_row {
                if day.start >= from {
                    days.push(day.start);
                }
                sources.coarse |= !day.is_whole || !day.cuts.is_empty() || is_finer;
                continue;
            }
            let is_rolled_up = day.is_whole && !is_finer && !known.open_days.contains(&day.start);
            match day.cuts.as_slice() {
                [] if is_rolled_up => days.push(day.start),
                [cut] if is_rolled_up => {
                    days.push(day.start);
                    moved.push(day.beside_noon(*cut));
                }
                _ => rows.push((day.start.max(from), day.end.min(until))),
            }
        }
        let totals = users == Users::Alone && known.sees_totals;
        let weekly = match users {
            Users::Alone if totals => Some(Table::UserTotalWeeks),
            Users::Alone | Users::OfFeatures => Some(Table::UserWeeks),
            Users::OfModels | Users::OfRows => None,
        };
        if let Some(table) = weekly {
            let weeks = whole_weeks(&days, bounds, known);
            days.retain(|day| !weeks.contains(&monday(*day)));
            sources.push(table, merged(weeks.iter().map(|week| (*week, week + WEEK))));
        }
        let (summed, others): (Vec<i64>, Vec<i64>) =
            days.into_iter().partition(|day| totals && known.is_summed(*day));
        let stretches = |days: Vec<i64>| merged(days.into_iter().map(|day| (day, day + DAY)));
        sources.push(Table::UserTotalDays, stretches(summed));
        sources.push(Table::UserDays, stretches(others));
        sources.push(Table::Rows, merged(rows));
        sources.push_moved(Table::Rows, merged(moved));
        sources
    }

    fn push(&mut self, table: Table, stretches: Vec<(i64, i64)>) {
        if !stretches.is_empty() {
            self.parts.push(Part::of(table, stretches));
        }
    }

    fn push_moved(&mut self, table: Table, stretches: Vec<(i64, i64)>) {
        if !stretches.is_empty() {
            self.parts.push(Part { is_moved: true, ..Part::of(table, stretches) });
        }
    }
}

// === impl Day ===

impl Day {
    /// Those that have a moment of the span.
    fn all(bounds: &[i64], until: i64) -> impl Iterator<Item = Self> {
        let from = bounds.first().copied().unwrap_or(until).max(OLDEST);
        (0..).map(move |number| floor(from, DAY) + number * DAY).take_while(move |start| *start < until).map(
            move |start| {
                let end = start + DAY;
                let inside = bounds.partition_point(|bound| *bound <= start.max(from));
                let after = bounds.partition_point(|bound| *bound < end);
                let cuts = bounds.get(inside..after).unwrap_or_default().to_vec();
                Self { start, end, is_whole: start >= from && end <= until, cuts }
            },
        )
    }

    /// What a cut leaves in another bucket than the day's noon.
    fn beside_noon(&self, cut: i64) -> (i64, i64) {
        if cut > self.start + DAY / 2 { (cut, self.end) } else { (self.start, cut) }
    }
}

/// Mondays of weeks of which all days are among these, summed, and in one bucket.
fn whole_weeks(days: &[i64], bounds: &[i64], known: &Known) -> BTreeSet<i64> {
    let among: BTreeSet<i64> = days.iter().copied().filter(|day| known.is_summed(*day)).collect();
    let is_whole = |week: &i64| {
        let cuts = bounds.partition_point(|bound| *bound <= *week);
        (0..7).all(|day| among.contains(&(week + day * DAY)))
            && bounds.get(cuts).is_none_or(|bound| *bound >= week + WEEK)
    };
    let mondays: BTreeSet<i64> = among.iter().map(|day| monday(*day)).collect();
    mondays.into_iter().filter(is_whole).collect()
}

fn floor(second: i64, step: i64) -> i64 {
    second.div_euclid(step) * step
}

/// Of a day's week.
fn monday(day: i64) -> i64 {
    floor(day - MONDAY, WEEK) + MONDAY
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

    /// Rollups have all but these hours; of their days there are no sums.
    fn known(open_hours: &[i64], oldest_row: i64) -> Known {
        Known {
            open_hours: open_hours.iter().map(|hour| hour * HOUR).collect(),
            open_days: open_hours.iter().map(|hour| hour.div_euclid(24) * DAY).collect(),
            unsummed_days: (-30..30).map(|day| day * DAY).collect(),
            oldest_row,
            sees_totals: true,
        }
    }

    /// There are sums of all days.
    fn summed(oldest_row: i64) -> Known {
        Known { unsummed_days: BTreeSet::new(), ..known(&[], oldest_row) }
    }

    fn stretches(sources: &Sources, table: Table) -> Vec<(i64, i64)> {
        let parts = sources.parts.iter().filter(|part| part.table == table && !part.is_moved);
        parts.flat_map(|part| part.stretches.clone()).collect()
    }

    fn moved(sources: &Sources, table: Table) -> Vec<(i64, i64)> {
        let parts = sources.parts.iter().filter(|part| part.table == table && part.is_moved);
        parts.flat_map(|part| part.stretches.clone()).collect()
    }

    fn but(sources: &Sources) -> Vec<i64> {
        sources.parts.iter().flat_map(|part| part.but.clone()).collect()
    }

    #[test]
    fn hours_that_changed_are_read_from_the_rows_and_all_others_from_the_rollup() {
        let sources = Sources::of_all(&[0], 10 * HOUR, &known(&[3, 4, 9, 12], 0));
        assert_eq!(stretches(&sources, Table::Rows), [(3 * HOUR, 5 * HOUR), (9 * HOUR, 10 * HOUR)]);
        assert_eq!(stretches(&sources, Table::Hours), [(0, 10 * HOUR)]);
        assert_eq!(but(&sources), [3 * HOUR, 4 * HOUR, 9 * HOUR]);
    }

    #[test]
    fn hours_that_an_edge_cuts_are_read_from_the_rows() {
        let half = HOUR / 2;
        let sources = Sources::of_all(&[half, DAY + half], 2 * DAY + half, &known(&[], 0));
        let rows = [(half, HOUR), (DAY, DAY + HOUR), (2 * DAY, 2 * DAY + half)];
        assert_eq!(stretches(&sources, Table::Rows), rows);
        assert_eq!((but(&sources).len(), sources.coarse), (3, false));
    }

    #[test]
    fn a_cut_hour_whose_rows_are_gone_counts_where_it_begins() {
        let half = HOUR / 2;
        let sources = Sources::of_all(&[half], DAY + half, &known(&[], 10 * DAY));
        assert_eq!((stretches(&sources, Table::Rows), but(&sources)), (vec![], vec![]));
        assert_eq!((stretches(&sources, Table::Hours), sources.coarse), (vec![(half, DAY + half)], true));
    }

    #[test]
    fn a_ledger_that_is_far_behind_is_read_from_the_rollup_and_says_so() {
        let hours: Vec<i64> = (0..48).collect();
        let sources = Sources::of_all(&[0], 48 * HOUR, &known(&hours, 0));
        assert_eq!((sources.behind, stretches(&sources, Table::Rows)), (18, vec![(18 * HOUR, 48 * HOUR)]));
    }

    #[test]
    fn days_that_are_summed_and_in_one_bucket_come_from_their_sums() {
        let known = Known { unsummed_days: [DAY].into(), ..summed(0) };
        let sources = Sources::of_all(&[6 * HOUR], 4 * DAY, &known);
        assert_eq!(stretches(&sources, Table::Days), [(2 * DAY, 4 * DAY)]);
        assert_eq!(stretches(&sources, Table::Hours), [(6 * HOUR, 2 * DAY)]);
    }

    #[test]
    fn of_a_day_in_two_buckets_what_is_not_at_its_noon_is_moved() {
        let berlin = Sources::of_all(&[-2 * HOUR, 22 * HOUR], 46 * HOUR, &summed(0));
        assert_eq!(stretches(&berlin, Table::Days), [(0, DAY)]);
        assert_eq!(moved(&berlin, Table::Hours), [(22 * HOUR, DAY)]);
        assert_eq!(stretches(&berlin, Table::Hours), [(-2 * HOUR, 0), (DAY, 46 * HOUR)]);
        let new_york = Sources::of_all(&[5 * HOUR, 29 * HOUR], 53 * HOUR, &summed(0));
        assert_eq!(moved(&new_york, Table::Hours), [(DAY, 29 * HOUR)]);
    }

    #[test]
    fn of_an_hour_in_two_buckets_the_rows_are_moved_and_what_has_none_counts_where_it_begins() {
        let (kolkata, half) = ([-11 * HOUR / 2, 37 * HOUR / 2], 37 * HOUR / 2);
        let sources = Sources::of_all(&kolkata, 2 * DAY, &summed(-DAY));
        assert_eq!(moved(&sources, Table::Rows), [(half, 19 * HOUR)]);
        assert_eq!(moved(&sources, Table::Hours), [(19 * HOUR, DAY)]);
        let old = Sources::of_all(&kolkata, 2 * DAY, &summed(9 * DAY));
        assert_eq!((moved(&old, Table::Rows), old.coarse), (vec![], true));
        assert_eq!(moved(&old, Table::Hours), [(19 * HOUR, DAY)]);
        let head = Sources::of_all(&[-DAY, 7 * HOUR / 2], 2 * DAY, &summed(9 * DAY));
        assert_eq!(moved(&head, Table::Hours), [(0, 4 * HOUR)]);
    }

    #[test]
    fn before_all_calls_there_is_nothing_to_ask() {
        let long_ago = -2_000 * 365 * DAY;
        assert_eq!(Sources::of_all(&[long_ago], long_ago + DAY, &summed(0)).parts, []);
        let sources = Sources::of_all(&[long_ago], DAY, &summed(0));
        assert_eq!(stretches(&sources, Table::Days), [(-DAY, DAY)]);
    }

    #[test]
    fn a_day_in_many_buckets_comes_from_its_hours() {
        let hours: Vec<i64> = (0..48).map(|hour| hour * HOUR).collect();
        let sources = Sources::of_all(&hours, 2 * DAY, &summed(0));
        assert_eq!(sources.parts, [Part::of(Table::Hours, vec![(0, 2 * DAY)])]);
    }

    #[test]
    fn users_come_from_whole_days_and_else_from_the_rows() {
        let sources = Sources::of_users(&[-2 * HOUR], 3 * DAY + HOUR, &known(&[25], -DAY), Users::OfModels);
        assert_eq!(stretches(&sources, Table::UserDays), [(0, DAY), (2 * DAY, 3 * DAY)]);
        let rows = [(-2 * HOUR, 0), (DAY, 2 * DAY), (3 * DAY, 3 * DAY + HOUR)];
        assert_eq!(stretches(&sources, Table::Rows), rows);
    }

    #[test]
    fn of_a_day_that_two_buckets_share_the_rows_of_one_are_moved() {
        let sources = Sources::of_users(&[0, DAY - HOUR], 2 * DAY, &known(&[], 0), Users::OfFeatures);
        assert_eq!(stretches(&sources, Table::UserDays), [(0, 2 * DAY)]);
        assert_eq!(moved(&sources, Table::Rows), [(DAY - HOUR, DAY)]);
    }

    #[test]
    fn users_over_months_come_from_weeks_and_at_the_edges_from_days() {
        // from a Thursday
        let sources = Sources::of_users(&[0], 30 * DAY, &summed(0), Users::Alone);
        assert_eq!(stretches(&sources, Table::UserTotalWeeks), [(4 * DAY, 25 * DAY)]);
        assert_eq!(stretches(&sources, Table::UserTotalDays), [(0, 4 * DAY), (25 * DAY, 30 * DAY)]);
        let features = Sources::of_users(&[0], 30 * DAY, &summed(0), Users::OfFeatures);
        assert_eq!(stretches(&features, Table::UserWeeks), [(4 * DAY, 25 * DAY)]);
        assert_eq!(stretches(&features, Table::UserDays), [(0, 4 * DAY), (25 * DAY, 30 * DAY)]);
        let models = Sources::of_users(&[0], 30 * DAY, &summed(0), Users::OfModels);
        assert_eq!(stretches(&models, Table::UserDays), [(0, 30 * DAY)]);
    }

    #[test]
    fn a_week_with_a_bucket_inside_or_a_day_that_is_not_summed_comes_from_its_days() {
        let known = Known { unsummed_days: [5 * DAY].into(), ..summed(0) };
        let sources = Sources::of_users(&[0, 12 * DAY], 25 * DAY, &known, Users::Alone);
        assert_eq!(stretches(&sources, Table::UserTotalWeeks), [(18 * DAY, 25 * DAY)]);
        assert_eq!(stretches(&sources, Table::UserDays), [(5 * DAY, 6 * DAY)]);
        assert_eq!(stretches(&sources, Table::UserTotalDays), [(0, 5 * DAY), (6 * DAY, 18 * DAY)]);
    }

    #[test]
    fn who_does_not_see_all_namespaces_is_told_nothing_of_all_of_them() {
        let known = Known { sees_totals: false, ..summed(0) };
        let sources = Sources::of_users(&[0], 30 * DAY, &known, Users::Alone);
        assert_eq!(stretches(&sources, Table::UserWeeks), [(4 * DAY, 25 * DAY)]);
        assert!(stretches(&sources, Table::UserTotalDays).is_empty());
    }
}
