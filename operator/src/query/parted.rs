//! A question about a span that is still going on, in parts: what is over is looked up seldom, and what is not is short. So a page of a
//! month that somebody looks at costs what its last day does. What is over for long is two parts, looked up side by side.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{
    ask::Ask,
    clock::{DAY, HOUR, floor},
    filter::Dimension,
    fold::Fold,
    span::Span,
    usage::{Key, Usage},
};

/// A call counts when it began, and is known when it is over.
pub(super) const CALLS_LAST: SignedDuration = SignedDuration::from_mins(30);
/// Of a shorter span one core has the answer as soon as two.
pub(super) const LONG: SignedDuration = SignedDuration::from_hours(21 * 24);
/// Unless somebody has said otherwise.
const ROWS_ARE_KEPT: SignedDuration = SignedDuration::from_hours(35 * 24);

/// The parts that are over, with all of their groups, and the one that is not. None: it is one question.
pub(super) fn parted(ask: &Ask, now: Timestamp) -> Option<Vec<Ask>> {
    let Ask { span, step, filter, by, top: _, only } = ask;
    // Users are ranked first, and then named.
    let is_of_any_user = ask.is_by_user() && filter.get(Dimension::User).is_empty();
    if is_of_any_user || only.is_some() {
        return None;
    }
    let bounds = step.map(|step| span.bounds(step));
    let over =
        if span.until <= now { Some(span.until) } else { end_of_what_is_over(span, bounds.as_deref(), now) };
    // no rollup has users by hour, and none has less than an hour of anything
    let finest = if ask.users().is_some() { DAY } else { HOUR };
    let middle = over.and_then(|over| middle(span.from, bounds.as_deref(), over, finest));
    let cuts = [middle, over.filter(|over| *over < span.until)].into_iter().flatten();
    let ends = cuts.clone().chain([span.until]);
    let part = |(from, until)| Ask {
        span: Span { from, until, zone: span.zone.clone() },
        step: *step,
        filter: filter.clone(),
        by: by.clone(),
        top: u16::MAX,
        only: None,
    };
    let parts: Vec<Ask> = [span.from].into_iter().chain(cuts).zip(ends).map(part).collect();
    if let (Some(step), Some(bounds)) = (step, bounds) {
        // A shorter span may have finer buckets.
        if !parts.iter().flat_map(|part| part.span.bounds(*step)).eq(bounds) {
            return None;
        }
    }
    (parts.len() > 1).then_some(parts)
}

/// `bounds` as those of the question's buckets.
fn end_of_what_is_over(span: &Span, bounds: Option<&[Timestamp]>, now: Timestamp) -> Option<Timestamp> {
    let settled = now - CALLS_LAST;
    let end = match bounds {
        Some(bounds) => last_until(bounds, settled)?,
        None => span.zone.midnight(span.zone.clock(settled).date()),
    };
    (span.from < end && end < span.until).then_some(end)
}

/// Where what is over is cut in two: at a bucket, or else at a day of UTC, which no sum lies across. `finest`: what the rollups have.
fn middle(from: Timestamp, bounds: Option<&[Timestamp]>, over: Timestamp, finest: i64) -> Option<Timestamp> {
    if from.duration_until(over) < LONG {
        return None;
    }
    let half = Timestamp::from_second(from.as_second().midpoint(over.as_second())).ok()?;
    let middle = match bounds {
        Some(bounds) => {
            let cuts_lines = last_until(bounds, over).is_some_and(|bound| bound.as_second() % finest != 0);
            // rows take most of the time where there are some: those of half an hour a day, in India
            let half = if cuts_lines { half.max(over - ROWS_ARE_KEPT / 2) } else { half };
            last_until(bounds, half)
        }
        None => Timestamp::from_second(floor(half.as_second(), DAY)).ok(),
    };
    middle.filter(|middle| from < *middle)
}

fn last_until(bounds: &[Timestamp], until: Timestamp) -> Option<Timestamp> {
    bounds.iter().copied().rfind(|bound| *bound <= until)
}

/// The answers to the parts as the answer to the whole; none where they are too much, or not whole themselves.
pub(super) fn joined(ask: &Ask, parts: &[Arc<Usage>]) -> Option<Usage> {
    let bounds: Vec<Timestamp> = match ask.step {
        Some(_) => parts.iter().flat_map(|part| &part.bounds).copied().collect(),
        None => vec![ask.span.from],
    };
    let mut fold = Fold::new(bounds.len());
    let mut first = 0;
    for part in parts {
        for group in &part.groups {
            let Key::Of(key) = &group.key else { return None };
            for (bucket, figures) in group.buckets.iter().enumerate() {
                fold.add(key.clone(), first + bucket, *figures).ok()?;
            }
        }
        if ask.step.is_some() {
            first += part.buckets.len();
        }
    }
    Some(Usage {
        coarse: parts.iter().any(|part| part.coarse),
        hours_behind: parts.iter().map(|part| part.hours_behind).sum(),
        ..fold.usage(bounds, ask.top)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Figures, Filter, Group, Range, Step, Zone};

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

    /// Where parts begin; the last ends where the whole does.
    fn edges(ask: &Ask) -> Vec<String> {
        let parts = parted(ask, now()).unwrap();
        assert!(parts.windows(2).all(|parts| parts[0].span.until == parts[1].span.from));
        assert_eq!(parts.last().unwrap().span.until, ask.span.until);
        parts.iter().map(|part| part.span.from.to_string()).collect()
    }

    #[test]
    fn what_goes_on_is_cut_where_the_zones_day_begins_and_at_a_bucket() {
        assert_eq!(edges(&month()), ["2026-09-30T22:00:00Z", "2026-10-12T00:00:00Z", "2026-10-24T22:00:00Z"]);
        let weeks = month().stepped(Step::Week);
        assert_eq!(edges(&weeks), ["2026-09-30T22:00:00Z", "2026-10-18T22:00:00Z"]);
    }

    #[test]
    fn what_is_over_for_long_is_two_questions_that_part_at_a_bucket_or_at_a_day_of_utc() {
        let zone = Zone::named("Asia/Kolkata").unwrap();
        let (from, until) = (jiff::civil::date(2026, 7, 1), jiff::civil::date(2026, 10, 1));
        let ask = Ask::of(Span::days(from, until, &zone));
        assert_eq!(edges(&ask), ["2026-06-30T18:30:00Z", "2026-08-16T00:00:00Z"]);
        let zone = Zone::named("Asia/Tokyo").unwrap();
        let days = Ask::of(Span::days(from, until, &zone)).stepped(Step::Day);
        assert_eq!(edges(&days), ["2026-06-30T15:00:00Z", "2026-08-15T15:00:00Z"]);
    }

    #[test]
    fn where_buckets_cut_hours_both_parts_have_as_many_days_of_rows() {
        let zone = Zone::named("Asia/Kolkata").unwrap();
        let (from, until) = (jiff::civil::date(2026, 7, 1), jiff::civil::date(2026, 10, 1));
        let days = Ask::of(Span::days(from, until, &zone)).stepped(Step::Day);
        assert_eq!(edges(&days), ["2026-06-30T18:30:00Z", "2026-09-13T18:30:00Z"]);
    }

    #[test]
    fn where_buckets_cut_days_both_parts_of_named_users_have_as_many_days_of_rows() {
        let zone = Zone::named("Asia/Tokyo").unwrap();
        let (from, until) = (jiff::civil::date(2026, 7, 1), jiff::civil::date(2026, 10, 1));
        let ada = Filter::of([("user", "ada")]);
        let weeks = Ask::of(Span::days(from, until, &zone)).stepped(Step::Week).filtered(&ada);
        assert_eq!(edges(&weeks), ["2026-06-30T15:00:00Z", "2026-09-13T15:00:00Z"]);
    }

    #[test]
    fn what_is_over_and_what_has_just_begun_are_one_question_and_so_is_who_the_users_are() {
        let week = Ask::of(Range::Days(7).span(now(), &Zone::utc()));
        let later = "2026-11-02T00:00:00Z".parse().unwrap();
        assert_eq!(parted(&week, later), None);
        assert_eq!(parted(&Ask::of(Range::Today.span(now(), &Zone::utc())), now()), None);
        let users = month().by(&[Dimension::User], 10);
        assert_eq!(parted(&users, now()), None);
        assert!(parted(&users.filtered(&Filter::of([("user", "ada")])), now()).is_some());
    }

    #[test]
    fn the_parts_answers_are_the_whole_one() {
        let from = "2026-10-23T22:00:00Z".parse().unwrap();
        let until = "2026-10-25T23:00:00Z".parse().unwrap();
        let span = Span { from, until, zone: Zone::named("Europe/Berlin").unwrap() };
        let ask = Ask::of(span).stepped(Step::Day).by(&[Dimension::Feature], 2);
        let parts = parted(&ask, now()).unwrap();
        let before = usage(&parts[0], &[("chat", &[5]), ("search", &[3]), ("tags", &[1])]);
        let today = usage(&parts[1], &[("tags", &[9]), ("new", &[1])]);
        let joined = joined(&ask, &[before.into(), today.into()]).unwrap();
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
