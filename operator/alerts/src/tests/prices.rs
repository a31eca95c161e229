//! Prices that differ by model.
use serde_json::json;

use super::{ANOMALY, fired, normal, replay, row, usual};

const DEARER: i64 = 20 * 1440 + 730;

fn is_dearer(minute: i64) -> bool {
    (DEARER..DEARER + 60).contains(&minute)
}

/// The one that is told is told within so many minutes of the incident.
fn is_found_within(minutes: i64, fired: &[i64]) -> bool {
    matches!(fired, [at] if (DEARER + 1..=DEARER + minutes).contains(at))
}

#[test]
fn calls_of_a_model_that_none_was_of_are_found_though_prices_always_differed() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let rows = (0..21 * 1440).flat_map(|minute| {
        (0..2).map(move |call| {
            let mut row = row(minute, 1);
            let large = usual(minute * 2 + call).is_multiple_of(7);
            let each = if large { 0.02 } else { 0.0005 } * (0.9 * normal(minute * 2 + call)).exp();
            let (model, times) = match (is_dearer(minute), large) {
                (true, _) => ("o1", 8.0),
                (_, true) => ("gpt-4o", 1.0),
                _ => ("gpt-4o-mini", 1.0),
            };
            row["model"] = json!(model);
            row["cost_usd"] = json!(format!("{:.9}", each * times));
            row
        })
    });
    let fired = fired(&replay(&alerts, rows));
    assert!(is_found_within(8, &fired), "{fired:?}");
}

/// Ten times as many calls until about noon as after it.
#[test]
fn calls_that_are_dearer_are_found_though_as_much_is_spent_half_an_hour_earlier_each_day() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let rows = (0..21 * 1440).map(|minute| {
        let (day, of_day) = (minute / 1440, minute % 1440);
        let noon = 710 + (day + 2) % 3 * 10;
        let calls = if (480..noon).contains(&of_day) { 200 } else { 20 };
        let each = 0.001 * (0.2 * normal(minute)).exp() * if is_dearer(minute) { 8.0 } else { 1.0 };
        let mut row = row(minute, calls);
        row["cost_usd"] = json!(format!("{:.9}", each * calls as f64));
        row
    });
    let fired = fired(&replay(&alerts, rows));
    assert!(is_found_within(10, &fired), "{fired:?}");
}

/// The day's rows tell forty calls each, so that one tells little about a mean.
#[test]
fn a_few_dear_calls_before_the_days_many_wake_nobody() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let rows = (0..21 * 1440).flat_map(|minute| {
        let (day, of_day) = (minute / 1440, minute % 1440);
        let open = (535 + day % 3 * 5..660).contains(&of_day);
        let early = day == 20 && (525..535).contains(&of_day);
        (0..if early { 3 } else { 1 }).map(move |call| {
            let calls = if open { 40 } else { 1 };
            let each = 0.001 * (0.6 * normal(minute * 3 + call)).exp() * if early { 2.5 } else { 1.0 };
            let mut row = row(minute, calls);
            row["cost_usd"] = json!(format!("{:.9}", each * calls as f64));
            row
        })
    });
    let lines = replay(&alerts, rows);
    assert!(lines.is_empty(), "{lines:?}");
}

/// Thirty calls in ten minutes, of two models of which one costs thirty times as much.
#[test]
fn calls_that_each_take_five_times_what_their_models_do_are_found_though_models_differ_by_more() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let rows = (0..21 * 1440).flat_map(|minute| {
        (0..3).map(move |call| {
            let mut row = row(minute, 1);
            let large = usual(minute * 3 + call).is_multiple_of(4);
            let (model, each) = if large { ("gpt-4o", 0.015) } else { ("gpt-4o-mini", 0.0005) };
            let longer = if is_dearer(minute) { 5.0 } else { 1.0 };
            row["model"] = json!(model);
            row["cost_usd"] =
                json!(format!("{:.9}", longer * each * (0.9 * normal(minute * 3 + call)).exp()));
            row
        })
    });
    let fired = fired(&replay(&alerts, rows));
    assert!(is_found_within(10, &fired), "{fired:?}");
}

/// A batch on each hour spends more than the hour does.
#[test]
fn calls_of_a_dear_model_that_none_was_of_are_found_though_a_batch_of_each_hour_spends_as_much() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let rows = (0..21 * 1440).flat_map(|minute| {
        let is_batch = minute % 60 < 3;
        (0..if is_batch { 42 } else { 3 }).map(move |call| {
            let mut row = row(minute, 1);
            // a conversation's calls grow dearer together
            let together = 0.5 * normal(minute.div_euclid(10) + 77);
            let each = 0.001 * (0.9 * normal(minute * 50 + call) + together).exp();
            let (model, times) = if is_dearer(minute) { ("o1", 8.0) } else { ("gpt-4o", 1.0) };
            row["model"] = json!(model);
            row["cost_usd"] = json!(format!("{:.9}", each * times));
            row
        })
    });
    let fired = fired(&replay(&alerts, rows));
    assert!(is_found_within(10, &fired), "{fired:?}");
}

/// A quarter of an hour after an incident, when it is over but for some calls, one call of three times what ten minutes cost.
#[test]
fn one_call_that_is_very_dear_after_an_incident_is_not_told_for_what_the_half_hour_had() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let rows = (0..21 * 1440).flat_map(|minute| {
        let tenths = match minute - DEARER {
            0..60 => 150,
            60..120 => 15,
            _ => 10,
        };
        let mut usual = row(minute, (14 + usual(minute * 3) % 4) * tenths / 10);
        let each = 0.001 * (0.1 * normal(minute)).exp();
        usual["cost_usd"] = json!(format!("{:.9}", each * usual["calls"].as_f64().unwrap()));
        let mut dear = row(minute, 1);
        dear["cost_usd"] = json!("0.5");
        [Some(usual), Some(dear).filter(|_| minute == DEARER + 77)].into_iter().flatten()
    });
    let fired = fired(&replay(&alerts, rows));
    assert!(is_found_within(10, &fired), "{fired:?}");
}
