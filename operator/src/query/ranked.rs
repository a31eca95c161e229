//! Groups that are many, as users are, in three looks: which cost most over the whole time, what those did by bucket, and what all did. No rollup has
//! users by hour: only the few that are shown are looked for among the rows.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use sqlx::{Postgres, Row, Transaction, postgres::PgRow};
use tollgate_meter::Cost;

use super::{
    Dimension, Figures, Filter, Span, Zone,
    fold::most_groups,
    parted::CALLS_LAST,
    sources::DAY,
    statement::{self, Limit},
    usage::{self, Ask, Group, Key, Usage},
};

/// At least so many are ranked: a page's chart and its table are of the same.
const LEAST: u16 = 100;

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
    keys: Vec<Vec<String>>,
    /// So many there are.
    groups: u64,
}

/// What a group comes to.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    key: Vec<String>,
    cost: Cost,
    calls: u64,
}

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

    /// A long span as its whole days (UTC) that are over, which are the same in each zone and looked up seldom, and what is beside them.
    pub(super) fn pieces(&self, now: Timestamp) -> Option<Vec<Self>> {
        let Span { from, until, zone: _ } = self.span;
        let day = |at: i64| Timestamp::from_second(at.div_euclid(DAY) * DAY).ok();
        let first = day(from.as_second().checked_add(DAY - 1)?)?;
        let last = day(until.min(now - CALLS_LAST).as_second())?;
        if last.as_second() - first.as_second() < LONG {
            return None;
        }
        let pieces =
            [(from, first), (first, last), (last, until)].into_iter().filter(|(from, until)| from < until);
        let piece =
            |(from, until)| Self { span: Span { from, until, zone: Zone::utc() }, top: 0, ..self.clone() };
        Some(pieces.map(piece).collect())
    }

    /// What all groups come to, in no order; none: they are too many.
    pub(super) async fn standings(
        &self,
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
    ) -> Result<Option<Vec<Standing>>, sqlx::Error> {
        let rows = self.rows(transaction, cluster, Limit::All(MOST_STANDINGS + 1)).await?;
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
    ) -> Result<Vec<PgRow>, sqlx::Error> {
        let whole = Ask::of(self.span.clone()).filtered(&self.filter).by(&self.by, self.top);
        let sources = usage::sources(transaction, cluster, &whole, &[self.span.from.as_second()]).await?;
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
    ) -> Result<Self, sqlx::Error> {
        let rows = ask.rows(transaction, cluster, Limit::Dearest(ask.top)).await?;
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

/// Whether all groups that there are were asked for, and not just those of a page.
fn is_whole(ask: &Ask, rank: &Rank) -> bool {
    ask.top > LEAST && rank.groups <= ask.top.into()
}

/// As many groups as are answered for.
pub(super) fn bounded(ask: &Ask) -> Ask {
    let buckets = ask.step.map_or(1, |step| ask.span.bounds(step).len());
    let most = u16::try_from(most_groups(buckets).max(1)).unwrap_or(u16::MAX);
    Ask { top: ask.top.min(most), ..ask.clone() }
}

/// What those did that are shown; none: there is nobody.
pub(super) fn named(ask: &Ask, rank: &Rank) -> Option<Ask> {
    if is_whole(ask, rank) {
        return Some(ask.clone());
    }
    let shown = shown(ask, rank);
    if shown.is_empty() {
        return None;
    }
    let mut filter = ask.filter.clone();
    for (at, dimension) in ask.by.iter().enumerate() {
        let values = shown.iter().filter_map(|key| key.get(at).cloned());
        filter = filter.any_of(*dimension, values);
    }
    // of two dimensions there may be pairs that are not shown
    let only = (ask.by.len() > 1).then(|| shown.into_iter().cloned().collect());
    Some(Ask { filter, only, ..ask.clone() })
}

/// What all did.
pub(super) fn all(ask: &Ask) -> Ask {
    Ask { by: Vec::new(), ..ask.clone() }
}

/// The answer to the whole: those that are shown, and as the others what is left of all.
pub(super) fn joined(ask: &Ask, rank: &Rank, named: Option<&Usage>, all: &Usage) -> Usage {
    if let (true, Some(whole)) = (is_whole(ask, rank), named) {
        return whole.clone();
    }
    let shown = shown(ask, rank);
    let found: BTreeMap<&[String], &Group> = named
        .into_iter()
        .flat_map(|named| &named.groups)
        .filter_map(|group| match &group.key {
            Key::Of(key) => Some((key.as_slice(), group)),
            Key::Others(_) => None,
        })
        .collect();
    let mut left = Group { key: Key::Others(0), sum: all.sum, buckets: all.buckets.clone() };
    let mut groups: Vec<Group> = Vec::new();
    for key in &shown {
        let Some(group) = found.get(key.as_slice()) else { continue };
        left.sum = left.sum.without(&group.sum);
        for (bucket, figures) in left.buckets.iter_mut().zip(&group.buckets) {
            *bucket = bucket.without(figures);
        }
        groups.push((*group).clone());
    }
    let others = rank.groups.saturating_sub(u64::try_from(groups.len()).unwrap_or(u64::MAX));
    // who came after the ranking is one of them, too
    if others > 0 || left.sum.calls > 0 {
        groups.push(Group { key: Key::Others(others.max(1)), ..left });
    }
    Usage { groups, coarse: all.coarse || named.is_some_and(|named| named.coarse), ..all.clone() }
}

/// The groups that cost most, as many as were asked for. Calls that name no user have no index among the rows: where a bucket cuts days of UTC, they are
/// of the others.
fn shown<'a>(ask: &Ask, rank: &'a Rank) -> Vec<&'a Vec<String>> {
    let bounds = ask.step.map(|step| ask.span.bounds(step)).unwrap_or_default();
    let cuts_days = bounds.iter().any(|bound| bound.as_second() % DAY != 0);
    let user = ask.by.iter().position(|dimension| *dimension == Dimension::User);
    let is_nobody = |key: &[String]| user.and_then(|at| key.get(at)).is_some_and(String::is_empty);
    rank.keys.iter().filter(|key| !(cuts_days && is_nobody(key))).take(ask.top.into()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{
        Figures, Step, Zone,
        fold::{Fold, MOST_FIGURES},
    };

    fn ask(zone: &str) -> Ask {
        let zone = Zone::named(zone).unwrap();
        let day = |day| jiff::civil::date(2026, 11, day);
        Ask::of(Span::days(day(3), day(4), &zone)).stepped(Step::Day).by(&[Dimension::User], 2)
    }

    fn figures(calls: u64) -> Figures {
        Figures { calls, cost: calls.to_string().parse().unwrap(), ..Figures::default() }
    }

    fn usage(groups: &[(&str, [u64; 2])]) -> Usage {
        let mut fold = Fold::new(2);
        for (user, calls) in groups {
            for (bucket, calls) in calls.iter().enumerate() {
                fold.add(vec![(*user).to_owned()], bucket, figures(*calls)).unwrap();
            }
        }
        fold.usage(vec![], 9)
    }

    fn rank(users: &[&str]) -> Rank {
        let keys = users.iter().map(|user| vec![(*user).to_owned()]);
        Rank { keys: keys.collect(), groups: u64::try_from(users.len()).unwrap() }
    }

    fn told(zone: &str) -> Vec<(Key, Vec<u64>)> {
        let rank = rank(&["", "ada", "bob", "eve"]);
        let all = usage(&[("", [9, 9]), ("ada", [5, 1]), ("bob", [1, 3]), ("eve", [1, 0])]);
        let few = usage(&[("ada", [5, 1]), ("", [9, 9]), ("bob", [1, 3])]);
        let joined = joined(&ask(zone), &rank, Some(&few), &all);
        assert_eq!((joined.sum, &joined.buckets), (figures(29), &all.buckets));
        let groups = joined.groups.into_iter();
        groups.map(|group| (group.key, group.buckets.iter().map(|bucket| bucket.calls).collect())).collect()
    }

    #[test]
    fn what_is_left_of_all_is_the_others() {
        let of = |user: &str| Key::Of(vec![user.to_owned()]);
        let all = [(of(""), vec![9, 9]), (of("ada"), vec![5, 1]), (Key::Others(2), vec![2, 3])];
        assert_eq!(told("UTC"), all);
    }

    #[test]
    fn calls_of_nobody_are_of_the_others_where_days_are_cut() {
        let of = |user: &str| Key::Of(vec![user.to_owned()]);
        let all = [(of("ada"), vec![5, 1]), (of("bob"), vec![1, 3]), (Key::Others(2), vec![10, 9])];
        assert_eq!(told("Europe/Berlin"), all);
    }

    #[test]
    fn a_long_span_is_ranked_by_whole_days_that_are_over_and_what_is_beside_them() {
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
                "2026-09-30T18:30:00Z 2026-10-01T00:00:00Z",
                "2026-10-01T00:00:00Z 2026-11-03T00:00:00Z",
                "2026-11-03T00:00:00Z 2026-11-04T18:30:00Z"
            ]
        );
        assert_eq!(rank.pieces("2026-10-09T10:00:00Z".parse().unwrap()), None);
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

    #[test]
    fn only_those_that_are_shown_are_looked_for() {
        let rank = rank(&["ada", "bob", "eve"]);
        let named = named(&ask("UTC"), &rank).unwrap();
        assert_eq!(named.filter.get(Dimension::User), ["ada", "bob"]);
        assert_eq!(named.only, None);
        assert!(super::named(&ask("UTC"), &Rank::default()).is_none());
    }

    #[test]
    fn a_page_ranks_as_many_as_another_so_that_both_are_one_question() {
        let (chart, table) = (ask("UTC"), Ask { top: 100, ..ask("UTC") });
        assert_eq!(RankAsk::of(&chart), RankAsk::of(&table));
        assert!(
            is_whole(&Ask { top: 101, ..chart.clone() }, &rank(&["ada"]))
                && !is_whole(&chart, &rank(&["ada"]))
        );
    }

    #[test]
    fn nobody_asks_for_more_figures_than_are_kept() {
        let ask = Ask { top: u16::MAX, ..ask("UTC") };
        assert_eq!(usize::from(bounded(&ask).top), MOST_FIGURES / 2);
        assert_eq!(bounded(&Ask { step: None, ..ask.clone() }).top, u16::MAX);
    }
}
