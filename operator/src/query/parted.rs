//! A question about a span that is still going on, as two: what is over is looked up seldom, and what is not is short. So a page of a
//! month that somebody looks at costs what its last day does.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::{
    Figures,
    span::Span,
    usage::{Ask, Group, Key, Usage},
};

/// A call counts when it began, and is known when it is over.
const CALLS_LAST: SignedDuration = SignedDuration::from_mins(30);
/// More groups times buckets than this are not kept apart.
const MOST_FIGURES: usize = 50_000;

/// The part that is over, with all of its groups, and the one that is not. None: it is one question.
pub(super) fn parted(ask: &Ask, now: Timestamp) -> Option<(Ask, Ask)> {
    let Ask { span, step, filter, by, top: _, is_rank } = ask;
    // Users are too many to be kept.
    if span.until <= now || ask.is_by_user() {
        return None;
    }
    let settled = now - CALLS_LAST;
    let cut = match step {
        Some(step) => span.bounds(*step).into_iter().rfind(|bound| *bound <= settled)?,
        None => span.zone.midnight(span.zone.clock(settled).date()),
    };
    if cut <= span.from || cut >= span.until {
        return None;
    }
    let buckets = step.map_or(1, |step| span.bounds(step).len());
    let top = u16::try_from(MOST_FIGURES / buckets.max(1)).unwrap_or(u16::MAX);
    let part = |from: Timestamp, until: Timestamp| Ask {
        span: Span { from, until, zone: span.zone.clone() },
        step: *step,
        filter: filter.clone(),
        by: by.clone(),
        top,
        is_rank: *is_rank,
    };
    let (over, current) = (part(span.from, cut), part(cut, span.until));
    if let Some(step) = step {
        // A shorter span may have finer buckets.
        let mut bounds = over.span.bounds(*step);
        bounds.extend(current.span.bounds(*step));
        if bounds != span.bounds(*step) {
            return None;
        }
    }
    Some((over, current))
}

/// The answers to both as the answer to the whole; none where they are too much, or not whole themselves.
pub(super) fn joined(ask: &Ask, over: &Usage, current: &Usage) -> Option<Usage> {
    let stepped = ask.step.is_some();
    let buckets = if stepped { over.buckets.len() + current.buckets.len() } else { 1 };
    if (over.groups.len() + current.groups.len()).saturating_mul(buckets) > MOST_FIGURES {
        return None;
    }
    let both = |over: &[Figures], current: &[Figures]| -> Vec<Figures> {
        if stepped {
            return over.iter().chain(current).copied().collect();
        }
        let mut sum = Figures::default();
        over.iter().chain(current).for_each(|figures| sum += *figures);
        vec![sum]
    };
    let none = |part: &Usage| vec![Figures::default(); part.buckets.len()];
    let (none_over, none_current) = (none(over), none(current));
    let mut groups: HashMap<&[String], Group> = HashMap::new();
    for group in &over.groups {
        let Key::Of(key) = &group.key else { return None };
        let joined =
            Group { key: group.key.clone(), sum: group.sum, buckets: both(&group.buckets, &none_current) };
        groups.insert(key, joined);
    }
    for group in &current.groups {
        let Key::Of(key) = &group.key else { return None };
        if let Some(known) = groups.get_mut(key.as_slice()) {
            known.sum += group.sum;
            for (bucket, figures) in known.buckets.iter_mut().rev().zip(group.buckets.iter().rev()) {
                *bucket += *figures;
            }
        } else {
            let joined =
                Group { key: group.key.clone(), sum: group.sum, buckets: both(&none_over, &group.buckets) };
            groups.insert(key, joined);
        }
    }
    let mut groups: Vec<(&[String], Group)> = groups.into_iter().collect();
    groups.sort_by(|(key, one), (other_key, other)| {
        let dearest = other.sum.cost.cmp(&one.sum.cost).then(other.sum.calls.cmp(&one.sum.calls));
        dearest.then_with(|| key.cmp(other_key))
    });
    let mut groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
    if groups.len() > usize::from(ask.top) {
        let left = groups.split_off(ask.top.into());
        let mut others = Group {
            key: Key::Others(u64::try_from(left.len()).unwrap_or(u64::MAX)),
            sum: Figures::default(),
            buckets: vec![Figures::default(); buckets],
        };
        for group in left {
            others.sum += group.sum;
            for (bucket, figures) in others.buckets.iter_mut().zip(group.buckets) {
                *bucket += figures;
            }
        }
        groups.push(others);
    }
    let mut sum = over.sum;
    sum += current.sum;
    Some(Usage {
        bounds: if stepped {
            over.bounds.iter().chain(&current.bounds).copied().collect()
        } else {
            vec![ask.span.from]
        },
        sum,
        buckets: both(&over.buckets, &current.buckets),
        groups,
        coarse: over.coarse || current.coarse,
        hours_behind: over.hours_behind + current.hours_behind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Dimension, Range, Step, Zone};

    fn now() -> Timestamp {
        "2026-10-25T09:30:00Z".parse().unwrap()
    }

    fn month() -> Ask {
        Ask::of(Range::Month.span(now(), &Zone::named("Europe/Berlin").unwrap()))
    }

    fn figures(calls: u64) -> Figures {
        Figures { calls, cost: calls.to_string().parse().unwrap(), ..Figures::default() }
    }

    /// Groups and what each has in each bucket.
    fn usage(ask: &Ask, groups: &[(&str, &[u64])]) -> Usage {
        let bounds = ask.step.map_or(vec![ask.span.from], |step| ask.span.bounds(step));
        let mut usage = Usage { buckets: vec![Figures::default(); bounds.len()], bounds, ..Usage::default() };
        for (name, calls) in groups {
            let key = Key::Of(vec![(*name).to_owned()]);
            let buckets: Vec<Figures> = calls.iter().map(|calls| figures(*calls)).collect();
            let mut sum = Figures::default();
            for (at, figures) in buckets.iter().enumerate() {
                sum += *figures;
                usage.buckets[at] += *figures;
                usage.sum += *figures;
            }
            usage.groups.push(Group { key, sum, buckets });
        }
        usage
    }

    #[test]
    fn what_goes_on_is_cut_where_the_zones_day_begins_and_at_a_bucket() {
        let (over, current) = parted(&month(), now()).unwrap();
        assert_eq!(over.span.until.to_string(), "2026-10-24T22:00:00Z");
        assert_eq!((current.span.from, current.span.until), (over.span.until, month().span.until));
        let weeks = month().stepped(Step::Week);
        assert_eq!(parted(&weeks, now()).unwrap().0.span.until.to_string(), "2026-10-18T22:00:00Z");
    }

    #[test]
    fn what_is_over_and_what_has_just_begun_are_one_question_and_so_is_who_the_users_are() {
        let later = "2026-11-02T00:00:00Z".parse().unwrap();
        assert_eq!(parted(&month(), later), None);
        assert_eq!(parted(&Ask::of(Range::Today.span(now(), &Zone::utc())), now()), None);
        assert_eq!(parted(&month().by(&[Dimension::User], 10), now()), None);
    }

    #[test]
    fn both_answers_are_the_whole_ones() {
        let from = "2026-10-23T22:00:00Z".parse().unwrap();
        let until = "2026-10-25T23:00:00Z".parse().unwrap();
        let span = Span { from, until, zone: Zone::named("Europe/Berlin").unwrap() };
        let ask = Ask::of(span).stepped(Step::Day).by(&[Dimension::Feature], 2);
        let (over, current) = parted(&ask, now()).unwrap();
        let before = usage(&over, &[("chat", &[5]), ("search", &[3]), ("tags", &[1])]);
        let today = usage(&current, &[("tags", &[9]), ("new", &[1])]);
        let joined = joined(&ask, &before, &today).unwrap();
        assert_eq!(joined.bounds, ask.span.bounds(Step::Day));
        assert_eq!((joined.sum, joined.buckets), (figures(19), vec![figures(9), figures(10)]));
        let groups: Vec<_> = joined.groups.into_iter().map(|group| (group.key, group.buckets)).collect();
        let of = |name: &str| Key::Of(vec![name.to_owned()]);
        assert_eq!(
            groups,
            [
                (of("tags"), vec![figures(1), figures(9)]),
                (of("chat"), vec![figures(5), figures(0)]),
                (Key::Others(2), vec![figures(3), figures(1)]),
            ]
        );
    }
}
