//! What comes together now and then: agents, which work for minutes and make a hundred calls in them.

#![expect(clippy::float_arithmetic, reason = "chance, not money")]

use serde_json::{Value, json};

use super::{ANOMALY, fired, replay, row};

/// Until then it worked on too few days.
const KNOWN: i64 = 17 * 1440;
const INCIDENT: i64 = 24 * 1440 + 850;

/// A number from a fixed sequence, between 0 and 1.
fn unit(at: i64) -> f64 {
    let mixed = (at as u64).wrapping_add(11).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A session has so many calls on average, ten a minute; their lengths fall off as a conversation's do.
fn session(at: i64, calls: f64) -> i64 {
    1 + (-unit(at).ln() * calls / 10.0) as i64
}

/// Somebody who asks a little by day, and lets an agent work on some days.
fn person(minute: i64) -> u64 {
    let (day, of_day) = (minute / 1440, minute % 1440);
    let asks = (540..1080).contains(&of_day) && unit(minute * 3) < 0.03;
    let begins = 540 + (unit(day * 7 + 1) * 500.0) as i64;
    let works = unit(day * 7) < 0.4 && (begins..begins + session(day * 7 + 2, 40.0)).contains(&of_day);
    u64::from(asks) + if works { 7 + (unit(minute * 3 + 1) * 7.0) as u64 } else { 0 }
}

#[test]
fn an_agent_that_somebody_lets_work_on_some_days_wakes_nobody_once_it_is_known() {
    let minutes = (0..40 * 1440).filter(|minute| person(*minute) > 0);
    let mut fired = fired(&replay(ANOMALY, minutes.map(|minute| row(minute, person(minute)))));
    fired.retain(|at| *at >= KNOWN);
    assert_eq!(fired, Vec::<i64>::new());
}

#[test]
fn what_is_far_more_than_such_an_agent_ever_did_is_found() {
    let calls =
        |minute: i64| person(minute) + if (INCIDENT..INCIDENT + 60).contains(&minute) { 150 } else { 0 };
    let minutes = (0..26 * 1440).filter(|minute| calls(*minute) > 0);
    let mut fired = fired(&replay(ANOMALY, minutes.map(|minute| row(minute, calls(minute)))));
    fired.retain(|at| *at >= KNOWN);
    assert!(matches!(fired[..], [at] if (INCIDENT + 1..=INCIDENT + 10).contains(&at)), "{fired:?}");
}

/// Models of four features' kind, and one that nobody used until a day.
fn of_models(new: impl Fn(i64) -> u64) -> Vec<Value> {
    let office = |minute: i64| (480..1080).contains(&(minute % 1440));
    let models = |minute: i64| {
        let known = (0..4).map(move |model| {
            (format!("model-{model}"), 1 + model as u64 + (unit(minute * 9 + model) * 3.0) as u64)
        });
        known.chain([("new".to_owned(), new(minute))])
    };
    let minutes = (0..28 * 1440).filter(|minute| office(*minute));
    let rows = minutes.flat_map(|minute| {
        models(minute).filter(|(_, calls)| *calls > 0).map(move |(model, calls)| {
            let mut row = row(minute, calls);
            row["model"] = json!(model);
            row
        })
    });
    replay(&ANOMALY.replace("[Feature]", "[Model]"), rows)
}

#[test]
fn a_group_that_nobody_knew_and_that_does_far_more_than_an_ordinary_one_is_told_once() {
    let begins = 21 * 1440 + 600;
    let fired = fired(&of_models(|minute| if minute >= begins { 30 } else { 0 }));
    assert!(matches!(fired[..], [at] if (begins + 1..=begins + 10).contains(&at)), "{fired:?}");
}

#[test]
fn a_group_that_nobody_knew_and_that_does_what_others_do_wakes_nobody() {
    assert_eq!(fired(&of_models(|minute| if minute >= 21 * 1440 + 600 { 6 } else { 0 })), Vec::<i64>::new());
}

#[test]
fn a_feature_that_begins_with_less_than_the_largest_has_wakes_nobody() {
    let calls = |feature: i64, minute: i64| {
        let begins = if feature == 5 { 21 * 1440 + 600 } else { 0 };
        let size = [1, 2, 4, 60, 80, 40][feature as usize];
        if minute < begins { 0 } else { size + (unit(minute * 9 + feature) * size as f64) as u64 }
    };
    let rows = (0..28 * 1440).flat_map(|minute| {
        (0..6).filter(move |feature| calls(*feature, minute) > 0).map(move |feature| {
            let mut row = row(minute, calls(feature, minute));
            row["feature"] = json!(format!("feature-{feature}"));
            row
        })
    });
    assert_eq!(fired(&replay(ANOMALY, rows)), Vec::<i64>::new());
}

#[test]
fn a_group_that_nobody_knew_is_told_though_most_that_were_known_came_for_a_day_only() {
    let begins = 27 * 1440 + 600;
    let known = |minute: i64| {
        let office = (480..1080).contains(&(minute % 1440));
        let visits = (700..720).contains(&(minute % 1440)).then(|| format!("visitor-{}", minute / 1440));
        let new = (minute >= begins).then(|| ("new".to_owned(), 30));
        let users = (0..4)
            .filter(move |_| office)
            .map(move |user| (format!("user-{user}"), 1 + (unit(minute * 9 + user) * 3.0) as u64));
        users.chain(visits.map(|name| (name, 1))).chain(new)
    };
    let rows = (0..28 * 1440).flat_map(|minute| {
        known(minute).map(move |(user, calls)| {
            let mut row = row(minute, calls);
            row["user_id"] = json!(user);
            row
        })
    });
    let fired = fired(&replay(&ANOMALY.replace("[Feature]", "[User]"), rows));
    assert!(matches!(fired[..], [at] if (begins + 1..=begins + 10).contains(&at)), "{fired:?}");
}
