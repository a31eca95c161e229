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
