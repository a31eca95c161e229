//! A stretch of time as a zone's calendar has it.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use jiff::{Span as Length, Timestamp, ToSpan, civil::Date, civil::DateTime, tz::TimeZone};

/// An IANA zone.
#[derive(Clone, Debug)]
pub struct Zone {
    name: Arc<str>,
    zone: TimeZone,
}

/// From a moment until another, which is not in it. Both in whole seconds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub from: Timestamp,
    pub until: Timestamp,
    pub zone: Zone,
}

/// How long a bucket is, by the zone's calendar: days have 23 or 25 hours where it says so. Weeks begin on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Hour,
    Day,
    Week,
    Month,
}

/// Of the longest month, where it has an hour more.
const MONTH_HOURS: i64 = 31 * 24 + 1;
/// More buckets are nobody's to read: three months of hours.
pub const MOST_BUCKETS: usize = 2_300;

const HOUR: i64 = 3_600;

// === impl Zone ===

impl Zone {
    /// By its IANA name; none where there is no such zone.
    pub fn named(name: &str) -> Option<Self> {
        let zone = tollgate_alerts::window::zone(name)?;
        Some(Self { name: name.into(), zone })
    }

    pub fn utc() -> Self {
        Self { name: "UTC".into(), zone: TimeZone::UTC }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a clock on a wall there shows.
    pub fn clock(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    /// How far its clocks are ahead of UTC, like `+02:00`.
    pub fn offset(&self, at: Timestamp) -> String {
        let seconds = self.offset_seconds(at);
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// The first moment of a day, also where it does not begin at 00:00.
    pub fn midnight(&self, date: Date) -> Timestamp {
        self.at(date.at(0, 0, 0, 0))
    }

    /// When clocks there show this. A time that a change of summer time skips comes an hour later, of two it is the earlier.
    pub fn at(&self, clock: DateTime) -> Timestamp {
        self.zone.to_timestamp(clock).unwrap_or(Timestamp::MAX)
    }

    fn offset_seconds(&self, at: Timestamp) -> i64 {
        i64::from(self.zone.to_offset(at).seconds())
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

// === impl Span ===

impl Span {
    /// The moments at which its buckets begin, the first of which is its own. Too fine a step is made coarser.
    pub fn bounds(&self, step: Step) -> Vec<Timestamp> {
        let mut step = step;
        loop {
            match self.bounds_within(step, MOST_BUCKETS) {
                Some(bounds) => return bounds,
                None => step = step.coarser(),
            }
        }
    }

    fn bounds_within(&self, step: Step, most: usize) -> Option<Vec<Timestamp>> {
        let mut bounds = Vec::new();
        let mut at = self.from;
        while at < self.until {
            bounds.push(at);
            at = step.next(at, &self.zone);
            if bounds.len() > most && step != Step::Month {
                return None;
            }
        }
        Some(bounds)
    }

    /// Whole days, the last included.
    pub fn days(first: Date, last: Date, zone: &Zone) -> Self {
        let until = last.saturating_add(1.day());
        Self { from: zone.midnight(first), until: zone.midnight(until), zone: zone.clone() }
    }

    pub fn is_empty(&self) -> bool {
        self.from >= self.until
    }
}

// === impl Step ===

impl Step {
    pub const ALL: [Self; 4] = [Self::Hour, Self::Day, Self::Week, Self::Month];

    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// What suits a span: some dozens of buckets.
    pub fn of(span: &Span) -> Self {
        match span.from.duration_until(span.until).as_hours() {
            ..=72 => Self::Hour,
            73..=2_400 => Self::Day,
            2_401..=9_600 => Self::Week,
            _ => Self::Month,
        }
    }

    /// The same of what is told apart by user: no rollup has users by hour, so where clocks are not UTC's each bucket's edge is looked for
    /// among the rows.
    pub fn of_users(span: &Span) -> Self {
        match Self::of(span) {
            Self::Day if span.from.duration_until(span.until).as_hours() > MONTH_HOURS => Self::Week,
            step => step,
        }
    }

    fn coarser(self) -> Self {
        match self {
            Self::Hour => Self::Day,
            Self::Day => Self::Week,
            Self::Week | Self::Month => Self::Month,
        }
    }

    /// When the next bucket begins.
    fn next(self, at: Timestamp, zone: &Zone) -> Timestamp {
        let date = zone.clock(at).date();
        let next = |first: Date, length: Length| zone.midnight(first.saturating_add(length));
        match self {
            Self::Hour => {
                let offset = zone.offset_seconds(at);
                let next = ((at.as_second() + offset).div_euclid(HOUR) + 1) * HOUR - offset;
                Timestamp::from_second(next).unwrap_or(Timestamp::MAX)
            }
            Self::Day => next(date, 1.day()),
            Self::Week => next(monday(date), 7.days()),
            Self::Month => next(date.first_of_month(), 1.month()),
        }
    }
}

/// The Monday of a day's week.
pub(crate) fn monday(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }

    fn hours(span: &Span) -> Vec<i64> {
        let mut bounds = span.bounds(Step::Day);
        bounds.push(span.until);
        bounds.windows(2).map(|day| day[0].duration_until(day[1]).as_hours()).collect()
    }

    #[test]
    fn days_are_as_long_as_the_zone_says() {
        let days = |name, first: &str, last: &str| {
            hours(&Span::days(first.parse().unwrap(), last.parse().unwrap(), &zone(name)))
        };
        assert_eq!(days("Europe/Berlin", "2026-10-24", "2026-10-26"), [24, 25, 24]);
        assert_eq!(days("America/New_York", "2026-03-07", "2026-03-09"), [24, 23, 24]);
        assert_eq!(days("Asia/Kolkata", "2026-10-24", "2026-10-26"), [24, 24, 24]);
    }

    #[test]
    fn a_day_that_begins_at_one_o_clock_begins_there() {
        let cairo = zone("Africa/Cairo");
        assert_eq!(cairo.midnight("2026-04-24".parse().unwrap()).to_string(), "2026-04-23T22:00:00Z");
    }

    #[test]
    fn hours_are_those_of_the_zones_clocks() {
        let zone = zone("Asia/Kathmandu");
        let from = "2026-11-28T10:10:00Z".parse().unwrap();
        let until = "2026-11-28T12:00:00Z".parse().unwrap();
        let bounds = Span { from, until, zone }.bounds(Step::Hour);
        let shown: Vec<String> = bounds.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["2026-11-28T10:10:00Z", "2026-11-28T10:15:00Z", "2026-11-28T11:15:00Z"]);
    }

    #[test]
    fn what_users_did_is_told_by_week_where_it_is_more_than_a_month() {
        let days = |first: &str, last: &str| {
            Span::days(first.parse().unwrap(), last.parse().unwrap(), &zone("Europe/Berlin"))
        };
        let (month, longer) = (days("2026-10-01", "2026-10-31"), days("2026-10-01", "2026-11-01"));
        assert_eq!([Step::of(&longer), Step::of_users(&longer)], [Step::Day, Step::Week]);
        assert_eq!(Step::of_users(&month), Step::Day);
        assert_eq!(Step::of_users(&days("2026-10-01", "2026-10-02")), Step::Hour);
    }

    #[test]
    fn a_step_too_fine_for_a_span_is_made_coarser() {
        let span = Span::days("2020-01-01".parse().unwrap(), "2026-12-31".parse().unwrap(), &Zone::utc());
        assert_eq!(span.bounds(Step::Hour).len(), 366);
    }
}
