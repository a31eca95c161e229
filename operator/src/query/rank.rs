//! Which groups cost most over a whole span.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::{Postgres, Row, Transaction, postgres::PgRow};
use tollgate_meter::Cost;

use super::{
    Dimension, Figures, Filter, Span, Zone,
    known::Known,
    parted::{self, CALLS_LAST},
    sources::{DAY, WEEK, floor, monday},
    statement::{self, Limit},
    usage::{self, Ask},
};

/// Which groups cost most, of all that there are in the span.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct RankAsk {
    pub(super) span: Span,
    pub(super) filter: Filter,
    pub(super) by: Vec<Dimension>,
    pub(super) top: u16,
}

/// Groups that cost most, the dearest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Rank {
    pub(super) keys: Vec<Vec<String>>,
    /// So many there are.
    pub(super) groups: u64,
}

/// What a group comes to.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    key: Vec<String>,
    cost: Cost,
    calls: u64,
}

/// At least so many are ranked: a page's chart and its table are of the same.
pub(super) const LEAST: u16 = 100;
/// More groups are ranked by the database.
const MOST_STANDINGS: usize = 100_000;
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
        if last - first < LONG {
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

    /// What all groups come to, in no order; none: they are too many.
    pub(super) async fn standings(
        &self,
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        known: &Known,
    ) -> Result<Option<Vec<Standing>>, sqlx::Error> {
        let rows = self.rows(transaction, cluster, Limit::All(MOST_STANDINGS + 1), known).await?;
        if rows.len() > MOST_STANDINGS {
            return Ok(None);
        }
        let standing = |row: &PgRow| {
            let (calls, cost) = Figures::read_calls_and_cost(row)?;
            Ok(Standing { key: self.key(row)?, cost, calls })
        };
        rows.iter().map(standing).collect::<Result<_, _>>().map(Some)
    }

    async fn rows(
        &self,
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        limit: Limit,
        known: &Known,
    ) -> Result<Vec<PgRow>, sqlx::Error> {
        let whole = Ask::of(self.span.clone()).filtered(&self.filter).by(&self.by, self.top);
        let sources = usage::sources(&whole, &[self.span.from.as_second()], known);
        statement::rank(cluster, self, limit, &sources).build().fetch_all(&mut **transaction).await
    }

    fn key(&self, row: &PgRow) -> Result<Vec<String>, sqlx::Error> {
        (0..self.by.len()).map(|at| row.try_get(at)).collect()
    }
}

// === impl Rank ===

impl Rank {
    pub(super) async fn look_up(
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        ask: &RankAsk,
        known: &Known,
    ) -> Result<Self, sqlx::Error> {
        let rows = ask.rows(transaction, cluster, Limit::Dearest(ask.top), known).await?;
        let groups = rows.first().map_or(Ok(0), |row| row.try_get::<i64, _>("groups"))?;
        let keys = rows.iter().map(|row| ask.key(row)).collect::<Result<_, _>>()?;
        Ok(Self { keys, groups: u64::try_from(groups).unwrap_or(0) })
    }

    /// Of all pieces of the span.
    pub(super) fn of<'a>(pieces: impl IntoIterator<Item = &'a [Standing]>, top: u16) -> Self {
        let mut groups: HashMap<&[String], (Cost, u64)> = HashMap::new();
        for standing in pieces.into_iter().flatten() {
            let (cost, calls) = groups.entry(&standing.key).or_default();
            *cost = *cost + standing.cost;
            *calls = calls.saturating_add(standing.calls);
        }
        let count = u64::try_from(groups.len()).unwrap_or(u64::MAX);
        let mut groups: Vec<(&[String], (Cost, u64))> = groups.into_iter().collect();
        let dearest = |(key, sums): &(&[String], (Cost, u64)),
                       (other_key, other): &(&[String], (Cost, u64))| {
            other.cmp(sums).then_with(|| key.cmp(other_key))
        };
        let top = usize::from(top);
        if groups.len() > top {
            groups.select_nth_unstable_by(top, dearest);
            groups.truncate(top);
        }
        groups.sort_unstable_by(dearest);
        Self { keys: groups.into_iter().map(|(key, _)| key.to_vec()).collect(), groups: count }
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

    #[test]
    fn pieces_are_ranked_by_what_their_groups_come_to_together() {
        let standing = |key: &str, calls: u64| Standing {
            key: vec![key.to_owned()],
            cost: calls.to_string().parse().unwrap(),
            calls,
        };
        let over = [standing("ada", 3), standing("bob", 5), standing("eve", 1)];
        let rank = Rank::of([&over[..], &[standing("ada", 3), standing("new", 5)][..]], 3);
        assert_eq!(
            (rank.keys, rank.groups),
            (vec![vec!["ada".to_owned()], vec!["bob".to_owned()], vec!["new".to_owned()]], 4)
        );
    }
}
