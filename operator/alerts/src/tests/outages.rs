//! Hours without any row where rows always come: what counted was away, not the calls.

use serde_json::{Value, json};

use super::{ANOMALY, fired, own::one_of, replay, row};
use crate::{engine::Engine, plan, traffic};

const DAY: i64 = 1440;
/// 1970 began on a Thursday.
const FRIDAY: i64 = DAY;
const SATURDAY: i64 = 2 * DAY;

/// Two features whose calls never stop, a quarter as many on weekends; the noise is a fixed sequence.
fn around_the_clock(minute: i64) -> [(&'static str, u64); 2] {
    let rests = (minute / DAY + 3) % 7 >= 5;
    let calls = |level: u64, at: i64| (level + one_of(minute + at, level)) / if rests { 4 } else { 1 };
    [("chat", calls(8, 0)), ("search", calls(20, 1_000_000))]
}

fn rows(minute: i64, features: [(&'static str, u64); 2]) -> impl Iterator<Item = Value> {
    features.into_iter().filter(|(_, calls)| *calls > 0).map(move |(feature, calls)| {
        let mut row = row(minute, calls);
        row["feature"] = json!(feature);
        row
    })
}

/// Of so many days, without the rows of an outage; and an incident of one feature, or none.
fn fired_beside(outage: std::ops::Range<i64>, incident: Option<i64>) -> Vec<i64> {
    let minutes = (0..31 * DAY).filter(|minute| !outage.contains(minute));
    let rows = minutes.flat_map(|minute| {
        let mut features = around_the_clock(minute);
        if incident.is_some_and(|begins| (begins..begins + 30).contains(&minute)) {
            features[0].1 *= 8;
        }
        rows(minute, features)
    });
    fired(&replay(ANOMALY, rows))
}

#[test]
fn a_weekend_without_any_row_makes_no_alarm_on_the_next() {
    for week in 0..4 {
        let begins = SATURDAY + week * 7 * DAY;
        assert_eq!(fired_beside(begins - 90..begins + 2 * DAY + 75, None), Vec::<i64>::new(), "week {week}");
    }
}

#[test]
fn half_a_friday_without_any_row_makes_no_alarm_on_the_next() {
    for week in 0..4 {
        let begins = FRIDAY + week * 7 * DAY + 720;
        assert_eq!(fired_beside(begins..begins + 720, None), Vec::<i64>::new(), "week {week}");
    }
}

#[test]
fn two_sundays_without_any_row_make_no_alarm_on_the_third() {
    let sunday = SATURDAY + DAY;
    let is_out = |minute: i64| {
        (sunday..sunday + 2000).contains(&minute)
            || (sunday + 7 * DAY + 600..sunday + 8 * DAY).contains(&minute)
    };
    let minutes = (0..24 * DAY).filter(|minute| !is_out(*minute));
    let rows = minutes.flat_map(|minute| rows(minute, around_the_clock(minute)));
    assert_eq!(fired(&replay(ANOMALY, rows)), Vec::<i64>::new());
}

#[test]
fn a_weekend_without_any_row_hides_no_incident_of_the_next() {
    let incident = SATURDAY + 21 * DAY + 500;
    let fired = fired_beside(SATURDAY + 14 * DAY..SATURDAY + 16 * DAY, Some(incident));
    assert!(matches!(fired[..], [at] if (1..=10).contains(&(at - incident))), "{incident}: {fired:?}");
}

#[test]
fn what_an_agent_does_each_day_is_its_own_though_there_are_days_of_which_nothing_is_known() {
    let works = |minute: i64| {
        let day = minute / DAY;
        let begins = |one: i64| day * DAY + one_of(day * 10 + one, 1_400) as i64;
        (0..5).any(|one| (begins(one)..begins(one) + 20).contains(&minute))
    };
    let out = [SATURDAY + 7 * DAY..SATURDAY + 9 * DAY, 13 * DAY + 300..14 * DAY + 800];
    let minutes = (0..23 * DAY).filter(|minute| !out.iter().any(|out| out.contains(minute)));
    let rows = minutes.flat_map(|minute| {
        let mut features = around_the_clock(minute);
        features[0].1 = 8 + one_of(minute, 9) + if works(minute) { 60 + one_of(minute, 30) } else { 0 };
        rows(minute, features)
    });
    let fired = fired(&replay(ANOMALY, rows));
    assert!(fired.iter().all(|at| *at < 16 * DAY), "{fired:?}");
}

#[test]
fn who_is_told_a_past_with_an_outage_takes_it_for_one_too() {
    let mut engine = Engine::new(plan::read(ANOMALY).unwrap().remove(0));
    let outage = SATURDAY + 7 * DAY..SATURDAY + 9 * DAY;
    let begins = SATURDAY + 14 * DAY - 600;
    let mut changes = Vec::new();
    for minute in 0..begins + DAY {
        if outage.contains(&minute) {
            continue;
        }
        rows(minute, around_the_clock(minute))
            .for_each(|row| engine.add(&traffic::read(&row.to_string()).unwrap()));
        if minute < begins { engine.remember(minute) } else { engine.close(minute, &mut changes) }
    }
    assert_eq!(changes, []);
}

#[test]
fn what_comes_each_monday_is_no_anomaly_after_a_monday_without_any_row() {
    let job = |minute: i64| {
        let is_monday = (minute / DAY + 3) % 7 == 0;
        if is_monday && (300..330).contains(&(minute % DAY)) { 150 } else { 0 }
    };
    let outage = 18 * DAY..19 * DAY;
    let minutes = (0..31 * DAY).filter(|minute| !outage.contains(minute));
    let rows = minutes.flat_map(|minute| {
        let mut features = around_the_clock(minute);
        features[0].1 += job(minute);
        rows(minute, features)
    });
    let first_mondays = 12 * DAY;
    let fired = fired(&replay(ANOMALY, rows));
    assert!(fired.iter().all(|at| *at < first_mondays), "{fired:?}");
}

#[test]
fn a_shop_that_is_closed_on_weekends_is_told_when_it_is_not() {
    let incident = SATURDAY + 21 * DAY + 700;
    let rows = (0..31 * DAY).flat_map(|minute| {
        let is_open = (minute / DAY + 3) % 7 < 5 && (480..1080).contains(&(minute % DAY));
        let mut features = if is_open { around_the_clock(minute) } else { [("chat", 0), ("search", 0)] };
        if (incident..incident + 30).contains(&minute) {
            features[0].1 = 5;
        }
        rows(minute, features)
    });
    let fired = fired(&replay(ANOMALY, rows));
    assert!(matches!(fired[..], [at] if (1..=10).contains(&(at - incident))), "{incident}: {fired:?}");
}

#[test]
fn quiet_hours_of_a_small_shop_are_no_outage() {
    // a call in 40 minutes by day, and some days with hardly any: what comes at once is still odd
    let incident = 20 * DAY + 640;
    let calls = |minute: i64| {
        let busy = if one_of(minute / DAY, 4) == 0 { 160 } else { 40 };
        let is_open = (480..1320).contains(&(minute % DAY));
        let loops = (incident..incident + 30).contains(&minute);
        u64::from(is_open && one_of(minute, busy) == 0) + if loops { 3 } else { 0 }
    };
    let minutes = (0..25 * DAY).filter(|minute| calls(*minute) > 0);
    let fired = fired(&replay(ANOMALY, minutes.map(|minute| row(minute, calls(minute)))));
    assert!(matches!(fired[..], [at] if (1..=10).contains(&(at - incident))), "{incident}: {fired:?}");
}
