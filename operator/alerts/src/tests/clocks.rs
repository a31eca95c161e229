//! What clocks on the wall make of habits, when they are changed.

use super::{ANOMALY, fired, own::one_of, replay, row};

/// A Thursday, two weeks and some days before America's clocks are changed on day `AMERICA` at 7:00, and Europe's on day `EUROPE` at 1:00.
const FIRST: i64 = 20_503 * 1440;
const AMERICA: i64 = 20_520 * 1440 + 420;
const EUROPE: i64 = 20_541 * 1440 + 60;

fn is_working(minute: i64) -> bool {
    // 1970 began on a Thursday
    (minute.div_euclid(1440) + 3).rem_euclid(7) < 5
}

#[test]
fn what_comes_soon_after_closing_is_found_two_days_after_clocks_were_changed_of_a_group_that_has_none() {
    let begins = EUROPE + 2 * 1440 + 1264;
    let calls = |minute: i64| {
        let open = is_working(minute) && (840..1300).contains(&(minute % 1440));
        let usual = if open { 90 } else { 10 } + one_of(minute, 9);
        usual + if (begins..begins + 60).contains(&minute) { 90 } else { 0 }
    };
    let minutes = EUROPE - 17 * 1440..begins + 120;
    let fired = fired(&replay(ANOMALY, minutes.map(|minute| row(minute, calls(minute)))));
    assert!(matches!(fired[..], [at] if (begins + 1..=begins + 10).contains(&at)), "{begins}: {fired:?}");
}

#[test]
fn clocks_that_were_moved_forward_excuse_nothing_that_came_an_hour_earlier() {
    // half an hour after Tokyo's evening, on the day of Europe's change
    let begins = EUROPE - 60 + 580;
    let calls = |minute: i64| {
        let open = !(540..1320).contains(&(minute % 1440));
        let usual = if open { 90 } else { 10 } + one_of(minute, 9);
        usual + if (begins..begins + 60).contains(&minute) { 90 } else { 0 }
    };
    let minutes = EUROPE - 17 * 1440..begins + 120;
    let fired = fired(&replay(ANOMALY, minutes.map(|minute| row(minute, calls(minute)))));
    assert!(matches!(fired[..], [at] if (begins + 1..=begins + 10).contains(&at)), "{begins}: {fired:?}");
}

#[test]
fn a_weeks_job_may_keep_its_hour_when_those_of_the_group_are_moved() {
    let calls = |minute: i64| {
        let local = minute + if minute >= AMERICA { 60 } else { 0 };
        let open = is_working(minute) && (840..1300).contains(&(local % 1440));
        let is_thursday = (minute / 1440) % 7 == 0;
        let job = is_thursday && (400..440).contains(&(minute % 1440));
        let usual = if open { 40 } else { 4 + one_of(minute, 4) };
        usual + if job { 100 } else { 0 }
    };
    let fired = fired(&replay(ANOMALY, (FIRST..FIRST + 24 * 1440).map(|minute| row(minute, calls(minute)))));
    let after: Vec<i64> = fired.into_iter().filter(|at| *at >= AMERICA).collect();
    assert_eq!(after, Vec::<i64>::new());
}
