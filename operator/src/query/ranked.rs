//! Groups told apart by user, in three looks: who costs most over the whole time, what those did by bucket, and what all did. Users are many,
//! and no rollup has them by hour: only the few that are shown are looked for among the rows.

use std::collections::BTreeMap;

use super::{
    Dimension, Figures,
    usage::{Ask, Group, Key, Usage},
};

/// So many are ranked, and looked for by their names.
const MOST: u16 = 100;
const DAY: i64 = 86_400;

/// Who costs most. None: it is a question of another kind, or of more groups than are looked for one by one.
pub(super) fn rank(ask: &Ask) -> Option<Ask> {
    let is_of_few = ask.is_by_user() && ask.top <= MOST;
    is_of_few.then(|| Ask { step: None, top: MOST, is_rank: true, ..ask.clone() })
}

/// What those did that are shown; none: there is nobody.
pub(super) fn named(ask: &Ask, ranked: &Usage) -> Option<Ask> {
    let shown = shown(ask, ranked);
    if shown.is_empty() {
        return None;
    }
    let mut filter = ask.filter.clone();
    for (at, dimension) in ask.by.iter().enumerate() {
        let values = shown.iter().filter_map(|key| key.get(at).cloned());
        filter = filter.any_of(*dimension, values);
    }
    // of two dimensions there may be pairs that are not shown
    Some(Ask { filter, top: u16::MAX, ..ask.clone() })
}

/// What all did.
pub(super) fn all(ask: &Ask) -> Ask {
    Ask { by: Vec::new(), ..ask.clone() }
}

/// The answer to the whole: those that are shown, and as the others what is left of all.
pub(super) fn joined(ask: &Ask, ranked: &Usage, named: Option<&Usage>, all: &Usage) -> Usage {
    let shown = shown(ask, ranked);
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
    let known = ranked.groups.iter().map(|group| match group.key {
        Key::Of(_) => 1,
        Key::Others(count) => count,
    });
    let others = known.sum::<u64>().saturating_sub(u64::try_from(groups.len()).unwrap_or(u64::MAX));
    if others > 0 {
        groups.push(Group { key: Key::Others(others), ..left });
    }
    Usage { groups, coarse: all.coarse || named.is_some_and(|named| named.coarse), ..all.clone() }
}

/// The groups that cost most, as many as were asked for. Calls that name no user have no index among the rows: where a bucket cuts days of UTC, they are
/// of the others.
fn shown(ask: &Ask, ranked: &Usage) -> Vec<Vec<String>> {
    let bounds = ask.step.map(|step| ask.span.bounds(step)).unwrap_or_default();
    let cuts_days = bounds.iter().any(|bound| bound.as_second() % DAY != 0);
    let user = ask.by.iter().position(|dimension| *dimension == Dimension::User);
    let is_nobody = |key: &[String]| user.and_then(|at| key.get(at)).is_some_and(String::is_empty);
    let keys = ranked.groups.iter().filter_map(|group| match &group.key {
        Key::Of(key) => Some(key.clone()),
        Key::Others(_) => None,
    });
    keys.filter(|key| !(cuts_days && is_nobody(key))).take(ask.top.into()).collect()
}

// === impl Figures ===

impl Figures {
    /// Less those; what was looked up a moment later may be more than the whole, and then nothing is left.
    fn without(&self, other: &Self) -> Self {
        Self {
            calls: self.calls.saturating_sub(other.calls),
            refused_calls: self.refused_calls.saturating_sub(other.refused_calls),
            failed_calls: self.failed_calls.saturating_sub(other.failed_calls),
            unpriced_calls: self.unpriced_calls.saturating_sub(other.unpriced_calls),
            cost: less(self.cost, other.cost),
            estimated_cost: less(self.estimated_cost, other.estimated_cost),
            input_tokens: self.input_tokens.saturating_sub(other.input_tokens),
            output_tokens: self.output_tokens.saturating_sub(other.output_tokens),
            cached_input_tokens: self.cached_input_tokens.saturating_sub(other.cached_input_tokens),
            cache_write_tokens: self.cache_write_tokens.saturating_sub(other.cache_write_tokens),
            reasoning_tokens: self.reasoning_tokens.saturating_sub(other.reasoning_tokens),
        }
    }
}

fn less(from: tollgate_meter::Cost, other: tollgate_meter::Cost) -> tollgate_meter::Cost {
    tollgate_meter::Cost::from_picos(from.picos().saturating_sub(other.picos()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Span, Step, Zone};

    fn ask(zone: &str) -> Ask {
        let zone = Zone::named(zone).unwrap();
        let day = |day| jiff::civil::date(2026, 11, day);
        Ask::of(Span::days(day(3), day(4), &zone)).stepped(Step::Day).by(&[Dimension::User], 2)
    }

    fn figures(calls: u64) -> Figures {
        Figures { calls, cost: calls.to_string().parse().unwrap(), ..Figures::default() }
    }

    fn usage(groups: &[(&str, [u64; 2])]) -> Usage {
        let mut usage = Usage { buckets: vec![Figures::default(); 2], ..Usage::default() };
        for (user, calls) in groups {
            let buckets = calls.map(figures).to_vec();
            let sum = figures(calls.iter().sum());
            usage.sum += sum;
            usage.buckets.iter_mut().zip(&buckets).for_each(|(all, one)| *all += *one);
            usage.groups.push(Group { key: Key::Of(vec![(*user).to_owned()]), sum, buckets });
        }
        usage
    }

    fn told(zone: &str) -> Vec<(Key, Vec<u64>)> {
        let ask = ask(zone);
        let ranked = usage(&[("", [9, 9]), ("ada", [5, 1]), ("bob", [1, 3]), ("eve", [1, 0])]);
        let few = usage(&[("ada", [5, 1]), ("", [9, 9]), ("bob", [1, 3])]);
        let joined = joined(&ask, &ranked, Some(&few), &ranked);
        assert_eq!((joined.sum, &joined.buckets), (figures(29), &ranked.buckets));
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
    fn only_those_that_are_shown_are_looked_for() {
        let ranked = usage(&[("ada", [5, 1]), ("bob", [1, 3]), ("eve", [1, 0])]);
        let named = named(&ask("UTC"), &ranked).unwrap();
        assert_eq!(named.filter.get(Dimension::User), ["ada", "bob"]);
        assert!(super::named(&ask("UTC"), &usage(&[])).is_none());
        let many = Ask { top: 101, ..ask("UTC") };
        assert!(rank(&many).is_none() && rank(&ask("UTC").by(&[Dimension::Model], 2)).is_none());
    }
}
