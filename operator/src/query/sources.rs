//! What of a span comes from where. Pure: told which hours and days the rollups and their sums do not have as they are, and since
//! when there are rows.
//!
//! A day of UTC that lies in two buckets, as each does where clocks are not UTC's, is summed whole into the bucket of its noon;
//! then what is in the other bucket is moved there: of Berlin's two hours of each day are read, and not all 24. More hours are moved by quarters
//! of the day, and what those have too much is moved back: of Kolkata's five and a half, a quarter less half an hour.

use std::collections::BTreeSet;

use super::{
    clock::{DAY, HOUR, QUARTER, WEEK, floor, monday},
    filter::Dimension,
    known::Known,
    table::Table,
};

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
    /// Hours or days that an edge cuts, and whose rows are gone: they are counted as one. Or what only rows tell apart, where they are gone: it is
    /// left out.
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
    pub(super) side: Side,
}

/// In whose bucket lines are already, when they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// In none.
    Own,
    /// In that of their day's noon, as part of its sum; they belong beyond the cut.
    Moved,
    /// Beyond the cut, as part of a quarter's sum that was moved there; they belong to their day's noon.
    Back,
    /// In that of their hour, as part of its sum; they are behind the span.
    Behind,
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

/// Between cuts and quarters of days.
#[derive(Default)]
struct Cut {
    hours: Vec<(i64, i64)>,
    parts: Vec<(i64, i64)>,
    rows: Vec<(i64, i64)>,
}

/// No call is older than Unix time, which begins within a day of this in all zones.
const OLDEST: i64 = -DAY;
/// So many open hours are read from the rows: a day, and what is late.
const MOST_OPEN: usize = 30;

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
        Self { table, stretches, but: Vec::new(), side: Side::Own }
    }
}

// === impl Sources ===

impl Sources {
    /// Of what is not told apart by user. `bounds`: where buckets begin, the first of which is the span's own beginning.
    pub(super) fn of_all(bounds: &[i64], until: i64, known: &Known) -> Self {
        let Some(&from) = bounds.first() else { return Self::default() };
        let mut sources = Self::default();
        let (mut days, mut hours) = (Vec::new(), Vec::new());
        let (mut quarters, mut moved, mut back) = (Vec::new(), Cut::default(), Cut::default());
        for day in Day::all(bounds, until) {
            match day.cuts.as_slice() {
                [] if day.is_whole && known.is_summed(day.start) => days.push((day.start, day.end)),
                [cut] if day.is_whole && known.is_summed(day.start) => {
                    days.push((day.start, day.end));
                    let (first, last) = day.beside_noon(*cut);
                    let turn = floor(*cut + QUARTER / 2, QUARTER);
                    quarters.push(if first == *cut { (turn, last) } else { (first, turn) });
                    let is_beside_noon = (first..=last).contains(&turn);
                    let (pieces, others) =
                        if is_beside_noon { (&mut moved, &mut back) } else { (&mut back, &mut moved) };
                    sources.coarse |= !pieces.push(others, *cut, turn, known);
                }
                _ => hours.push((day.start.max(floor(from, HOUR)), day.end.min(until))),
            }
        }
        let within =
            |edge: i64| hours.iter().any(|(first, last)| (*first..*last).contains(&floor(edge, HOUR)));
        let has_part = |edge: i64| within(edge) && known.has_part(edge);
        let edges = bounds.iter().chain([&until]).copied();
        let edges = edges.filter(|edge| !([from, until].contains(edge) && has_part(*edge)));
        let read = sources.hours_to_read(&hours, edges, known);
        for (side, edge) in [(Side::Own, from), (Side::Behind, until)] {
            let part = has_part(edge).then_some((edge, floor(edge, HOUR) + HOUR));
            sources.push_on(side, Table::HourParts, part.into_iter().collect());
        }
        let rows = read.iter().map(|hour| ((*hour).max(from), (hour + HOUR).min(until)));
        sources.push(Table::Days, merged(days));
        sources.push(Table::Rows, merged(rows));
        sources.push_on(Side::Moved, Table::SixHours, merged(quarters));
        for (side, cut) in [(Side::Moved, moved), (Side::Back, back)] {
            sources.push_on(side, Table::Hours, merged(cut.hours));
            sources.push_on(side, Table::HourParts, cut.parts);
            sources.push_on(side, Table::Rows, merged(cut.rows));
        }
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
                // as nobody's workload and outcome they would be said to have none
                if !is_finer && (from..until).contains(&day.noon()) {
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
        let rows = merged(rows).into_iter().flat_map(beside_whole_days).collect();
        sources.push(Table::Rows, rows);
        sources.push_on(Side::Moved, Table::Rows, merged(moved));
        sources
    }

    fn push(&mut self, table: Table, stretches: Vec<(i64, i64)>) {
        self.push_on(Side::Own, table, stretches);
    }

    fn push_on(&mut self, side: Side, table: Table, stretches: Vec<(i64, i64)>) {
        if !stretches.is_empty() {
            self.parts.push(Part { side, ..Part::of(table, stretches) });
        }
    }
}

// === impl Cut ===

impl Cut {
    /// All between a cut and the nearest quarter of a day. `others`: what goes the other way. False: rows of the hour that is cut are gone, and all
    /// of it counts where it begins, which is before the cut.
    fn push(&mut self, others: &mut Self, cut: i64, turn: i64, known: &Known) -> bool {
        let hour = floor(cut, HOUR);
        let (is_whole, has_rows, is_tail) = (cut == hour, hour >= known.oldest_row, cut < turn);
        let behind = if is_whole { hour } else { hour + HOUR };
        if known.has_part(cut) {
            self.hours.push(if is_tail { (behind, turn) } else { (turn, behind) });
            let parts = if is_tail { &mut self.parts } else { &mut others.parts };
            parts.push((cut, behind));
            return true;
        }
        if !is_whole && has_rows {
            self.rows.push(if is_tail { (cut, behind) } else { (hour, cut) });
        }
        let before = if has_rows { hour } else { behind };
        self.hours.push(if is_tail { (behind, turn) } else { (turn, before) });
        is_whole || has_rows
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

    fn noon(&self) -> i64 {
        self.start + DAY / 2
    }

    /// What a cut leaves in another bucket than the day's noon.
    fn beside_noon(&self, cut: i64) -> (i64, i64) {
        if cut > self.noon() { (cut, self.end) } else { (self.start, cut) }
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

/// A stretch as its whole days and what is left of others beside them: how rows are best found depends on how much of a day is asked.
fn beside_whole_days((from, until): (i64, i64)) -> impl Iterator<Item = (i64, i64)> {
    let first = (floor(from - 1, DAY) + DAY).min(until);
    let last = floor(until, DAY).max(first);
    [(from, first), (first, last), (last, until)].into_iter().filter(|(from, until)| from < until)
}

#[cfg(test)]
mod tests;
