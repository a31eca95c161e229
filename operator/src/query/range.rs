//! How people name a stretch of time: `today`, `month`, `7d`, or from one day to another.

use jiff::{Timestamp, ToSpan, civil::Date};

use super::span::{Span, Zone, monday};

/// A stretch of time, as somebody named it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Range {
    Today,
    Yesterday,
    Week,
    LastWeek,
    Month,
    LastMonth,
    /// So many hours until now.
    Hours(u16),
    /// So many whole days until today, which is one of them.
    Days(u16),
    /// From a day to another, both included.
    Dates(Date, Date),
    /// From a moment to another.
    Times(Timestamp, Timestamp),
}

/// What is no stretch of time, and what to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    #[error(
        "range={0:?} is none: expected today, yesterday, week, last-week, month, last-month, hours such as 24h, or days such as 30d"
    )]
    Name(String),
    #[error(
        "{key}={value:?} is no time: expected a day such as 2026-10-31, or a time such as 2026-10-31T08:00:00Z"
    )]
    Time { key: &'static str, value: String },
    #[error("from is not before until")]
    Order,
    #[error("from and until belong together, and are both days or both times")]
    Pair,
    #[error("from and until are more than ten years apart: choose a shorter time")]
    Long,
}

/// Longer than anybody asks for; it bounds what a question can cost.
const MOST_DAYS: u16 = 3_660;
/// The year 1 begins: of what is long before, the database has no time.
const FIRST: i64 = -62_135_596_800;

// === impl Range ===

impl Range {
    pub const NAMED: [(&'static str, &'static str); 9] = [
        ("today", "Today"),
        ("yesterday", "Yesterday"),
        ("24h", "Last 24 hours"),
        ("week", "This week"),
        ("last-week", "Last week"),
        ("7d", "Last 7 days"),
        ("month", "This month"),
        ("last-month", "Last month"),
        ("30d", "Last 30 days"),
    ];

    /// Out of a query's words. Nothing said: none.
    pub fn parse(
        range: Option<&str>,
        from: Option<&str>,
        until: Option<&str>,
    ) -> Result<Option<Self>, RangeError> {
        let some = |text: Option<&str>| text.map(str::to_owned).filter(|text| !text.is_empty());
        match (some(from), some(until)) {
            (None, None) => some(range).map(|name| Self::named(&name)).transpose(),
            (Some(from), Some(until)) => Self::between(&from, &until).map(Some),
            (Some(_), None) | (None, Some(_)) => Err(RangeError::Pair),
        }
    }

    fn between(from: &str, until: &str) -> Result<Self, RangeError> {
        let date = |text: &str| text.parse::<Date>().ok().filter(|date| text.len() == 10 && date.year() > 0);
        let time = |key, value: &str| {
            let at = value.parse::<Timestamp>().ok().filter(|at| at.as_second() >= FIRST);
            at.ok_or_else(|| RangeError::Time { key, value: value.to_owned() })
        };
        let range = match (date(from), date(until)) {
            (Some(first), Some(last)) if first <= last => Self::Dates(first, last),
            (Some(_), Some(_)) => return Err(RangeError::Order),
            (None, None) => {
                let (from, until) = (time("from", from)?, time("until", until)?);
                if from >= until {
                    return Err(RangeError::Order);
                }
                Self::Times(from, until)
            }
            (Some(_), None) => return Err(time("until", until).err().unwrap_or(RangeError::Pair)),
            (None, Some(_)) => return Err(time("from", from).err().unwrap_or(RangeError::Pair)),
        };
        let hours = match &range {
            Self::Dates(first, last) => first.duration_until(*last).as_hours(),
            Self::Times(from, until) => from.duration_until(*until).as_hours(),
            _ => 0,
        };
        if hours > i64::from(MOST_DAYS) * 24 {
            return Err(RangeError::Long);
        }
        Ok(range)
    }

    fn named(name: &str) -> Result<Self, RangeError> {
        Ok(match name {
            "today" => Self::Today,
            "yesterday" => Self::Yesterday,
            "week" => Self::Week,
            "last-week" => Self::LastWeek,
            "month" => Self::Month,
            "last-month" => Self::LastMonth,
            other => {
                let refused = || RangeError::Name(other.to_owned());
                let count = |digits: &str| {
                    digits
                        .parse::<u16>()
                        .ok()
                        .filter(|count| (1..=MOST_DAYS).contains(count))
                        .ok_or_else(refused)
                };
                match (other.strip_suffix('h'), other.strip_suffix('d')) {
                    (Some(hours), _) => Self::Hours(count(hours)?),
                    (None, Some(days)) => Self::Days(count(days)?),
                    (None, None) => return Err(refused()),
                }
            }
        })
    }

    /// The words that [`Range::parse`] makes it of again.
    pub fn words(&self) -> Vec<(&'static str, String)> {
        let named = |name: &str| vec![("range", name.to_owned())];
        match self {
            Self::Today => named("today"),
            Self::Yesterday => named("yesterday"),
            Self::Week => named("week"),
            Self::LastWeek => named("last-week"),
            Self::Month => named("month"),
            Self::LastMonth => named("last-month"),
            Self::Hours(hours) => named(&format!("{hours}h")),
            Self::Days(days) => named(&format!("{days}d")),
            Self::Dates(first, last) => vec![("from", first.to_string()), ("until", last.to_string())],
            Self::Times(from, until) => vec![("from", from.to_string()), ("until", until.to_string())],
        }
    }

    /// The whole of it, also what is still to come.
    pub fn span(&self, now: Timestamp, zone: &Zone) -> Span {
        let today = zone.clock(now).date();
        let days = |first, last| Span::days(first, last, zone);
        match self {
            Self::Today => days(today, today),
            Self::Yesterday => days(today.saturating_sub(1.day()), today.saturating_sub(1.day())),
            Self::Week => days(monday(today), monday(today).saturating_add(6.days())),
            Self::LastWeek => {
                days(monday(today).saturating_sub(7.days()), monday(today).saturating_sub(1.day()))
            }
            Self::Month => days(today.first_of_month(), today.last_of_month()),
            Self::LastMonth => {
                let last = today.first_of_month().saturating_sub(1.day());
                days(last.first_of_month(), last)
            }
            Self::Hours(hours) => {
                // whole minutes, so that who asks again a second later is given the same
                let until = (now.as_second().div_euclid(60) + 1) * 60;
                let at = |second| Timestamp::from_second(second).unwrap_or(now);
                Span { from: at(until - i64::from(*hours) * 3_600), until: at(until), zone: zone.clone() }
            }
            Self::Days(count) => days(today.saturating_sub((i64::from(*count) - 1).days()), today),
            Self::Dates(first, last) => days(*first, *last),
            Self::Times(from, until) => {
                let whole = |at: Timestamp| Timestamp::from_second(at.as_second()).unwrap_or(at);
                Span { from: whole(*from), until: whole(*until), zone: zone.clone() }
            }
        }
    }

    /// What it is compared with: the same time before. Of what is still going on, as much as has gone by.
    pub fn before(&self, now: Timestamp, zone: &Zone) -> Span {
        let clock = zone.clock(now);
        let span = self.span(now, zone);
        let whole_minute =
            |at: Timestamp| Timestamp::from_second(at.as_second().div_euclid(60) * 60).unwrap_or(at);
        let so_far = |from: Timestamp, until: Timestamp| Span {
            from,
            until: whole_minute(until).clamp(from, span.from),
            zone: zone.clone(),
        };
        let today = clock.date();
        match self {
            Self::Today => {
                let from = zone.midnight(today.saturating_sub(1.day()));
                so_far(from, zone.at(clock.saturating_sub(1.day())))
            }
            Self::Week => {
                let from = zone.midnight(monday(today).saturating_sub(7.days()));
                so_far(from, zone.at(clock.saturating_sub(7.days())))
            }
            Self::Month => {
                let from = zone.midnight(today.first_of_month().saturating_sub(1.month()));
                so_far(from, zone.at(clock.saturating_sub(1.month())))
            }
            Self::Days(count) => {
                let from = zone.clock(span.from).date().saturating_sub(i64::from(*count).days());
                so_far(zone.midnight(from), zone.at(clock.saturating_sub(i64::from(*count).days())))
            }
            Self::LastMonth => {
                let last = zone.clock(span.from).date().saturating_sub(1.day());
                Span::days(last.first_of_month(), last, zone)
            }
            Self::Yesterday | Self::LastWeek | Self::Dates(..) => {
                let first = zone.clock(span.from).date();
                let days = first.duration_until(zone.clock(span.until).date()).as_hours() / 24;
                Span {
                    from: zone.midnight(first.saturating_sub(days.days())),
                    until: span.from,
                    zone: zone.clone(),
                }
            }
            Self::Hours(_) | Self::Times(..) => {
                let length = span.from.duration_until(span.until);
                let from = span.from.checked_sub(length).unwrap_or(Timestamp::MIN);
                Span { from, until: span.from, zone: zone.clone() }
            }
        }
    }

    /// What stands over a figure.
    pub fn title(&self) -> String {
        match self {
            Self::Dates(first, last) if first == last => first.to_string(),
            Self::Dates(first, last) => format!("{first} to {last}"),
            Self::Times(from, until) => format!("{from} to {until}"),
            Self::Hours(hours) => format!("Last {hours} hours"),
            Self::Days(days) => format!("Last {days} days"),
            named => {
                let words = named.words();
                let known = Self::NAMED.iter().find(|(name, _)| words.iter().any(|(_, word)| word == name));
                known.map_or_else(String::new, |(_, title)| (*title).to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(span: &Span) -> String {
        format!("{} {}", span.from, span.until)
    }

    fn now() -> Timestamp {
        "2026-11-28T18:30:30Z".parse().unwrap()
    }

    #[test]
    fn what_a_range_is_called_says_the_same_again() {
        for (name, _) in Range::NAMED {
            let range = Range::parse(Some(name), None, None).unwrap().unwrap();
            assert_eq!(range.words(), [("range", name.to_owned())]);
        }
        let dates = Range::parse(None, Some("2026-10-01"), Some("2026-10-31")).unwrap().unwrap();
        assert_eq!(dates, Range::Dates("2026-10-01".parse().unwrap(), "2026-10-31".parse().unwrap()));
    }

    #[test]
    fn a_month_to_date_is_compared_with_as_much_of_the_month_before() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        assert_eq!(shown(&Range::Month.span(now(), &berlin)), "2026-10-31T23:00:00Z 2026-11-30T23:00:00Z");
        assert_eq!(shown(&Range::Month.before(now(), &berlin)), "2026-09-30T22:00:00Z 2026-10-28T18:30:00Z");
    }

    #[test]
    fn a_long_month_is_never_compared_with_days_of_its_own() {
        let late = "2026-03-31T12:00:00Z".parse().unwrap();
        assert_eq!(
            shown(&Range::Month.before(late, &Zone::utc())),
            "2026-02-01T00:00:00Z 2026-02-28T12:00:00Z"
        );
    }

    #[test]
    fn days_are_compared_with_as_many_days_before_them() {
        let range = Range::parse(None, Some("2026-10-25"), Some("2026-10-26")).unwrap().unwrap();
        let berlin = Zone::named("Europe/Berlin").unwrap();
        assert_eq!(shown(&range.before(now(), &berlin)), "2026-10-22T22:00:00Z 2026-10-24T22:00:00Z");
    }

    #[test]
    fn what_is_no_range_is_refused_with_what_to_write() {
        let refused = |range, from, until| Range::parse(range, from, until).unwrap_err().to_string();
        assert!(refused(Some("fortnight"), None, None).contains("expected today"));
        assert!(refused(None, Some("2026-10-31"), Some("2026-10-01")).contains("not before"));
        assert!(refused(None, Some("2026-10-31"), None).contains("belong together"));
        assert!(refused(None, Some("october"), Some("november")).contains("expected a day"));
        assert!(refused(None, Some("2026-10-31"), Some("2026-10-31T08:00:00Z")).contains("belong together"));
        assert!(
            refused(None, Some("2026-13-01"), Some("2026-11-01")).contains("from=\"2026-13-01\" is no time")
        );
        assert!(
            refused(None, Some("2026-11-01"), Some("2026-11-31")).contains("until=\"2026-11-31\" is no time")
        );
    }
}
