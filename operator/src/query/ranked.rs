//! Groups that are many, as users are, in three looks: which cost most over the whole time, what those did by bucket, and what all did. No rollup has
//! users by hour: only the few that are shown are looked for among the rows.

use std::collections::BTreeMap;

use super::{
    Dimension, Figures,
    ask::Ask,
    clock::DAY,
    fold::most_groups,
    rank::Rank,
    rank_ask::LEAST,
    usage::{Group, Key, Usage},
};

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
    ask.clone().by(&[], 1)
}

/// The answer to the whole: those that are shown, and as the others what is left of all.
pub(super) fn joined(ask: &Ask, rank: &Rank, named: Option<&Usage>, all: &Usage) -> Usage {
    if let (true, Some(whole)) = (is_whole(ask, rank), named)
        && !whole.coarse
    {
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
    let coarse = all.coarse || named.is_some_and(|named| named.coarse);
    if coarse {
        left.buckets = left_of(&all.buckets, &groups);
    }
    let others = rank.groups.saturating_sub(u64::try_from(groups.len()).unwrap_or(u64::MAX));
    let is_nobody_known = groups.is_empty() && left.sum.calls > 0;
    // who came after the ranking is one of them, too, and so is who was told apart by rows that are gone
    if others > 0 || left.sum.calls > 0 {
        groups.push(Group { key: Key::Others(others.max(1)), ..left });
    }
    Usage { groups, coarse: coarse || is_nobody_known, ..all.clone() }
}

/// What is left of all by bucket, where users' days count whole in one bucket and all calls do by hour: what a bucket is short of is taken from the next
/// ones, then from those before, so that the buckets add up to what is left of the whole.
fn left_of(all: &[Figures], groups: &[Group]) -> Vec<Figures> {
    let mut owed = Figures::default();
    let mut left = Vec::with_capacity(all.len());
    for (at, all) in all.iter().enumerate() {
        groups.iter().filter_map(|group| group.buckets.get(at)).for_each(|figures| owed += *figures);
        left.push(all.without(&owed));
        owed = owed.without(all);
    }
    for bucket in left.iter_mut().rev() {
        let had = *bucket;
        *bucket = had.without(&owed);
        owed = owed.without(&had);
    }
    left
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
        Span, Step, Zone,
        fold::{Fold, MOST_FIGURES},
        rank_ask::RankAsk,
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

    /// As where rows are gone: all by the hour, users by days that count whole at their noon.
    #[test]
    fn buckets_of_the_others_add_up_to_them_where_users_days_count_whole_in_one() {
        for (ada, others) in [([0, 15], [5, 0]), ([15, 0], [0, 5]), ([0, 25], [0, 0]), ([4, 5], [6, 5])] {
            let all = Usage { coarse: true, ..usage(&[("ada", [10, 10])]) };
            let named = Usage { coarse: true, ..usage(&[("ada", ada)]) };
            let joined = joined(&ask("Asia/Tokyo"), &rank(&["ada", "bob"]), Some(&named), &all);
            let found = joined.groups.iter().find(|group| matches!(group.key, Key::Others(_))).unwrap();
            assert_eq!(found.buckets.iter().map(|bucket| bucket.calls).collect::<Vec<_>>(), others);
            assert_eq!((found.sum, joined.coarse), (figures(others.iter().sum()), true));
        }
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
