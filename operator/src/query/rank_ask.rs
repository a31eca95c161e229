//! The question: which groups cost most, of all that there are in a span.

use jiff::Timestamp;

use super::{
    Ask, Dimension, Filter, Span, Zone,
    clock::{DAY, WEEK, floor, monday},
    parted::{self, CALLS_LAST},
    standings::Shelves,
};

/// Which groups cost most, of all that there are in the span.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct RankAsk {
    pub(super) span: Span,
    pub(super) filter: Filter,
    pub(super) by: Vec<Dimension>,
    pub(super) top: u16,
}

/// At least so many are ranked: a page's chart and its table are of the same.
pub(super) const LEAST: u16 = 100;
/// A shorter span is one question.
const LONG: i64 = 14 * DAY;

// === impl RankAsk ===

impl RankAsk {
    pub(super) fn of(ask: &Ask) -> Self {
        let Ask { span, step: _, filter, by, top, only: _ } = ask;
        Self { span: span.clone(), filter: filter.clone(), by: by.clone(), top: LEAST.max(*top) }
    }

    /// A long span as whole weeks (UTC) that are over, whole days beside them, and what is left at its ends: the weeks and most days are the same
    /// in each zone, and looked up seldom.
    pub(super) fn pieces(&self, now: Timestamp) -> Option<Vec<Self>> {
        let Span { from, until, zone: _ } = self.span;
        let over = (now - CALLS_LAST).as_second();
        // midnights of zones are nearest to one of UTC's: a day further inside all have the same
        let first = floor(from.as_second() + DAY / 2, DAY) + DAY;
        let last = floor(until.as_second() - DAY / 2, DAY).min(floor(over, DAY));
        // what is asked of a feature's users is read off, day by day
        let is_read_off = !self.filter.is_empty() && Shelves::have(&self.by, &self.filter);
        if last - first < if is_read_off { DAY } else { LONG } {
            return None;
        }
        // what is asked of a few calls is quickly looked up, and by few others
        let weeks = [monday(first + WEEK - DAY), monday(last)];
        // at a Monday, so that no week is broken; two are looked up side by side
        let middle = monday(first.midpoint(last));
        let middle = (last - first >= parted::LONG.as_secs() && middle > weeks[0]).then_some(middle);
        let cuts = if self.filter.is_empty() { vec![weeks[0]] } else { vec![] };
        let ends = if self.filter.is_empty() { vec![weeks[1], last] } else { vec![last] };
        let edges = [first].into_iter().chain(cuts).chain(middle).chain(ends);
        let edges = edges.map(|at| Timestamp::from_second(at).ok());
        let ends: Vec<Timestamp> = edges.chain([Some(until)]).collect::<Option<_>>()?;
        let begins = [from].into_iter().chain(ends.iter().copied());
        let pieces = begins.zip(ends.iter().copied()).filter(|(from, until)| from < until);
        let piece =
            |(from, until)| Self { span: Span { from, until, zone: Zone::utc() }, top: 0, ..self.clone() };
        Some(pieces.map(piece).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_span_is_ranked_by_whole_weeks_that_are_over_and_what_is_beside_them() {
        let zone = Zone::named("Asia/Kolkata").unwrap();
        let (from, until) = (jiff::civil::date(2026, 10, 1), jiff::civil::date(2026, 11, 4));
        let rank = RankAsk::of(&Ask::of(Span::days(from, until, &zone)).by(&[Dimension::User], 2));
        let now: Timestamp = "2026-11-03T10:00:00Z".parse().unwrap();
        let pieces = rank.pieces(now).unwrap();
        let spans: Vec<String> =
            pieces.iter().map(|piece| format!("{} {}", piece.span.from, piece.span.until)).collect();
        assert_eq!(
            spans,
            [
                "2026-09-30T18:30:00Z 2026-10-02T00:00:00Z",
                "2026-10-02T00:00:00Z 2026-10-05T00:00:00Z",
                "2026-10-05T00:00:00Z 2026-10-12T00:00:00Z",
                "2026-10-12T00:00:00Z 2026-11-02T00:00:00Z",
                "2026-11-02T00:00:00Z 2026-11-03T00:00:00Z",
                "2026-11-03T00:00:00Z 2026-11-04T18:30:00Z"
            ]
        );
        assert_eq!(rank.pieces("2026-10-09T10:00:00Z".parse().unwrap()), None);
        let filter = Filter::of([("feature", "chat")]);
        assert_eq!(RankAsk { filter, ..rank }.pieces(now).unwrap().len(), 4);
    }

    #[test]
    fn zones_of_both_sides_of_the_world_have_the_same_whole_days() {
        let whole_days = |zone: &str| {
            let zone = Zone::named(zone).unwrap();
            let span = Span::days(jiff::civil::date(2026, 9, 1), jiff::civil::date(2026, 10, 1), &zone);
            let pieces = RankAsk::of(&Ask::of(span)).pieces("2026-11-03T10:00:00Z".parse().unwrap()).unwrap();
            let edges: Vec<String> = pieces[1..].iter().map(|piece| piece.span.from.to_string()).collect();
            edges.join(" ")
        };
        let edges = "2026-09-02T00:00:00Z 2026-09-07T00:00:00Z 2026-09-14T00:00:00Z 2026-09-28T00:00:00Z 2026-10-01T00:00:00Z";
        for zone in ["UTC", "America/New_York", "Asia/Tokyo"] {
            assert_eq!(whole_days(zone), edges, "{zone}");
        }
    }
}
