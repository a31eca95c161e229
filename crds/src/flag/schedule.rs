//! When a feature is on.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, ZonedDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A time in which the feature is on, or off, whatever `enabled` says. It ends before its `until`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = crate::schema::SOME_TIME.to_json()))]
pub struct Period {
    /// When it begins, like `2026-12-01T08:00:00Z` or `2026-12-01T08:00[Europe/Berlin]`. Absent: it always has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,

    /// When it ends. Absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,

    /// Whether the feature's calls pass meanwhile.
    pub enabled: bool,
}

/// A point in time as somebody wrote it: with an offset (RFC 3339), or as a clock in a zone shows it (RFC 9557).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    at: Timestamp,
    text: String,
}

/// What is no point in time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAMoment(String);

// === impl Period ===

impl Period {
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.from.as_ref().is_none_or(|from| from.at <= now)
            && self.until.as_ref().is_none_or(|until| now < until.at)
    }

    /// When it begins or ends next, if it still does.
    pub fn next_edge(&self, now: Timestamp) -> Option<Timestamp> {
        [&self.from, &self.until].into_iter().flatten().map(|moment| moment.at).filter(|at| *at > now).min()
    }

    /// What the schedule says at this time: its first entry that holds.
    pub fn decides(schedule: &[Self], now: Timestamp) -> Option<bool> {
        schedule.iter().find(|period| period.holds_at(now)).map(|period| period.enabled)
    }
}

// === impl Moment ===

impl Moment {
    pub fn at(&self) -> Timestamp {
        self.at
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    /// A clock that a change of summer time skips or shows twice is read as calendars do: the time that was skipped
    /// comes an hour later, of two times it is the earlier.
    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let at = if text.contains('[') {
            text.parse::<ZonedDateTime>().map(|zoned| zoned.timestamp())
        } else {
            text.parse::<Timestamp>()
        };
        match at {
            Ok(at) => Ok(Self { at, text: text.to_owned() }),
            Err(error) => Err(NotAMoment(error.to_string())),
        }
    }
}

impl TryFrom<String> for Moment {
    type Error = NotAMoment;

    fn try_from(text: String) -> Result<Self, NotAMoment> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.text
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "maxLength": 64, "pattern": crate::schema::MOMENT })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse::<Moment>().unwrap().at()
    }

    fn period(from: &str, until: &str, enabled: bool) -> Period {
        let moment = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        Period { from: moment(from), until: moment(until), enabled }
    }

    #[test]
    fn a_clock_in_a_zone_is_read_with_the_zones_summer_time() {
        assert_eq!(at("2026-01-15T08:00[Europe/Berlin]"), at("2026-01-15T07:00:00Z"));
        assert_eq!(at("2026-07-15T08:00[Europe/Berlin]"), at("2026-07-15T06:00:00Z"));
        assert_eq!(at("2026-07-15T08:00:00+05:30"), at("2026-07-15T02:30:00Z"));
    }

    #[test]
    fn a_clock_that_summer_time_skips_comes_an_hour_later_and_of_two_it_is_the_earlier() {
        assert_eq!(at("2026-03-29T02:30[Europe/Berlin]"), at("2026-03-29T01:30:00Z"));
        assert_eq!(at("2026-10-25T02:30[Europe/Berlin]"), at("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn a_period_begins_with_its_first_instant_and_ends_before_its_last() {
        let night = period("2026-12-01T22:00:00Z", "2026-12-02T06:00:00Z", false);
        for (now, holds) in [
            ("2026-12-01T21:59:59.999Z", false),
            ("2026-12-01T22:00:00Z", true),
            ("2026-12-02T05:59:59.999Z", true),
            ("2026-12-02T06:00:00Z", false),
        ] {
            assert_eq!(night.holds_at(at(now)), holds, "{now}");
        }
        assert!(period("", "2026-12-02T06:00:00Z", false).holds_at(Timestamp::UNIX_EPOCH));
    }

    #[test]
    fn of_two_periods_that_overlap_the_first_decides() {
        let schedule = [
            period("2026-12-24T00:00:00Z", "2026-12-27T00:00:00Z", true),
            period("2026-12-01T00:00:00Z", "", false),
        ];
        assert_eq!(Period::decides(&schedule, at("2026-12-25T00:00:00Z")), Some(true));
        assert_eq!(Period::decides(&schedule, at("2026-12-28T00:00:00Z")), Some(false));
        assert_eq!(Period::decides(&schedule, at("2026-11-28T00:00:00Z")), None);
    }

    #[test]
    fn the_next_edge_is_the_one_that_is_still_to_come() {
        let night = period("2026-12-01T22:00:00Z", "2026-12-02T06:00:00Z", false);
        assert_eq!(night.next_edge(at("2026-12-01T00:00:00Z")), Some(at("2026-12-01T22:00:00Z")));
        assert_eq!(night.next_edge(at("2026-12-01T22:00:00Z")), Some(at("2026-12-02T06:00:00Z")));
        assert_eq!(night.next_edge(at("2026-12-02T06:00:00Z")), None);
    }
}
