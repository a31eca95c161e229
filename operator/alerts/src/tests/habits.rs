//! What comes at about the same time each day, and what only looks so.

use super::{ANOMALY, fired, own::one_of, replay, row};

const DAY: i64 = 1440;

fn incidents_at(begins: &[i64], calls: impl Fn(i64) -> u64, more: u64) -> Vec<i64> {
    let incident = |minute: i64| begins.iter().any(|begins| (*begins..*begins + 40).contains(&minute));
    let calls = |minute: i64| calls(minute) + if incident(minute) { more } else { 0 };
    fired(&replay(ANOMALY, (0..26 * DAY).map(|minute| row(minute, calls(minute)))))
}

fn assert_each_is_found(begins: &[i64], fired: &[i64]) {
    assert_eq!(begins.len(), fired.len(), "{begins:?}: {fired:?}");
    for (begins, at) in begins.iter().zip(fired) {
        assert!((1..=10).contains(&(at - begins)), "{begins}: {at}");
    }
}

#[test]
fn a_morning_that_begins_is_no_job_as_large_as_incidents_were() {
    let begins = [15 * DAY + 320, 18 * DAY + 310, 25 * DAY + 292];
    let calls = |minute: i64| {
        let rate = match minute % DAY {
            at @ 300..360 => 1_000 + 9_000 * (at - 300) / 60,
            360..1200 => 10_000,
            _ => 1_000,
        };
        let gust = 40 + 10 * one_of(minute.div_euclid(10) + 77, 13);
        rate as u64 * gust / 100_000 + u64::from(one_of(minute, 1_000) < rate as u64 * gust / 100 % 1_000)
    };
    assert_each_is_found(&begins, &incidents_at(&begins, calls, 30));
}

#[test]
fn an_agent_that_works_now_and_then_at_any_hour_of_each_day_wakes_nobody() {
    let works = |minute: i64| {
        let day = minute / DAY;
        let begins = |one: i64| day * DAY + one_of(day * 10 + one, 1_400) as i64;
        let length = |one: i64| 10 + one_of(day * 10 + one + 3_000, 25) as i64;
        (0..5).any(|one| (begins(one)..begins(one) + length(one)).contains(&minute))
    };
    let calls = |minute: i64| {
        let size = 60 + one_of(minute.div_euclid(60) + 9, 60);
        8 + one_of(minute, 9) + if works(minute) { size } else { 0 }
    };
    assert_each_is_found(&[], &incidents_at(&[], calls, 0));
}

#[test]
fn an_agent_of_each_day_does_not_hide_what_is_twice_as_much_as_it_ever_makes() {
    let works = |minute: i64| {
        let day = minute / DAY;
        let begins = |one: i64| day * DAY + one_of(day * 10 + one, 1_400) as i64;
        (0..5).any(|one| (begins(one)..begins(one) + 20).contains(&minute))
    };
    let calls = |minute: i64| 8 + one_of(minute, 9) + if works(minute) { 60 + one_of(minute, 30) } else { 0 };
    let begins = [20 * DAY + 700, 24 * DAY + 130];
    assert_each_is_found(&begins, &incidents_at(&begins, calls, 250));
}

#[test]
fn an_incident_on_nearly_each_day_does_not_hide_the_next() {
    let days = (10..26).filter(|day| day % 7 != 3);
    let begins: Vec<i64> = days.map(|day| day * DAY + one_of(day, 1_300) as i64).collect();
    assert_each_is_found(&begins, &incidents_at(&begins, |minute| 8 + one_of(minute, 9), 100));
}
