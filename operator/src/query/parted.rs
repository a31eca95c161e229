//! A question about a span that is still going on, as two: what is over is looked up seldom, and what is not is short. So a page of a
//! month that somebody looks at costs what its last day does.

use jiff::{SignedDuration, Timestamp};

use super::{
    filter::Dimension,
    fold::Fold,
    span::Span,
    usage::{Ask, Key, Usage},
};

/// A call counts when it began, and is known when it is over.
pub(super) const CALLS_LAST: SignedDuration = SignedDuration::from_mins(30);

/// The part that is over, with all of its groups, and the one that is not. None: it is one question.
pub(super) fn parted(ask: &Ask, now: Timestamp) -> Option<(Ask, Ask)> {
    let Ask { span, step, filter, by, top: _, only } = ask;
    // Users are ranked first, and then named.
    let is_of_any_user = ask.is_by_user() && filter.get(Dimension::User).is_empty();
    if span.until <= now || is_of_any_user || only.is_some() {
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
    let part = |from: Timestamp, until: Timestamp| Ask {
        span: Span { from, until, zone: span.zone.clone() },
        step: *step,
        filter: filter.clone(),
        by: by.clone(),
        top: u16::MAX,
        only: None,
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
    let bounds: Vec<Timestamp> = match ask.step {
        Some(_) => over.bounds.iter().chain(&current.bounds).copied().collect(),
        None => vec![ask.span.from],
    };
    let mut fold = Fold::new(bounds.len());
    for (part, first) in [(over, 0), (current, if ask.step.is_some() { over.buckets.len() } else { 0 })] {
        for group in &part.groups {
            let Key::Of(key) = &group.key else { return None };
            for (bucket, figures) in group.buckets.iter().enumerate() {
                fold.add(key.clone(), first + bucket, *figures).ok()?;
            }
        }
    }
    Some(Usage {
        coarse: over.coarse || current.coarse,
        hours_behind: over.hours_behind + current.hours_behind,
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
        let users = month().by(&[Dimension::User], 10);
        assert_eq!(parted(&users, now()), None);
        assert!(parted(&users.filtered(&Filter::of([("user", "ada")])), now()).is_some());
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
