//! Groups that are asleep most of the time, as users are, and what one of them does in one go.

#![expect(clippy::float_arithmetic, reason = "chance, not money")]

use serde_json::{Value, json};

use super::{ANOMALY, fired, replay, row};

const USERS: i64 = 24;
/// By then users are known, and how unlike their conversations are.
const KNOWN: i64 = 15 * 1440;
const INCIDENT: i64 = 24 * 1440 + 850;

/// A number from a fixed sequence, between 0 and 1.
fn unit(at: i64) -> f64 {
    let mixed = (at as u64).wrapping_add(5).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// What a user's conversations of a day have: their first minutes, lengths in minutes, and the price of a call, by the model that is chosen for each.
fn conversations(user: i64, day: i64) -> impl Iterator<Item = (i64, i64, f64)> {
    let at = (user * 1000 + day) * 40;
    let many = (unit(at) * 5.0) as i64;
    (1..=many).map(move |one| {
        let begins = day * 1440 + 480 + (unit(at + one) * 600.0) as i64;
        let length = 2 + (-unit(at + one + 10).ln() * 8.0) as i64;
        (begins, length, if unit(at + one + 20) < 0.1 { 0.04 } else { 0.001 })
    })
}

/// Calls of all users, one a minute of a conversation, and `more` of the first one's.
fn of_users(days: i64, more: impl Fn(i64) -> u64) -> Vec<Value> {
    let mut rows: Vec<(i64, Value)> = Vec::new();
    let mut push = |minute: i64, user: i64, calls: u64, price: f64| {
        let mut row = row(minute, calls);
        row["user_id"] = json!(format!("u-{user}"));
        row["model"] = json!(if price > 0.01 { "large" } else { "small" });
        let size = 0.5 + unit(minute * 31 + user);
        row["cost_usd"] = json!(format!("{:.9}", price * size * calls as f64));
        rows.push((minute, row));
    };
    for (user, day) in (0..USERS).flat_map(|user| (0..days).map(move |day| (user, day))) {
        for (begins, length, price) in conversations(user, day) {
            (begins..begins + length).for_each(|minute| push(minute, user, 1, price));
        }
    }
    (0..days * 1440)
        .filter(|minute| more(*minute) > 0)
        .for_each(|minute| push(minute, 0, more(minute), 0.001));
    rows.sort_by_key(|(minute, _)| *minute);
    let alerts = ANOMALY.replace("[Feature]", "[User]").replace("metric: Calls", "metric: Cost");
    replay(&alerts, rows.into_iter().map(|(_, row)| row))
}

#[test]
fn a_users_conversation_with_a_dear_model_wakes_hardly_anybody_where_others_have_them() {
    let mut fired = fired(&of_users(36, |_| 0));
    fired.retain(|at| *at >= KNOWN);
    // five hundred days of users, in which they have a hundred such conversations
    assert!(fired.len() <= 2, "{fired:?}");
}

#[test]
fn a_users_script_that_does_far_more_than_anybody_does_in_one_go_is_found() {
    let mut fired =
        fired(&of_users(26, |minute| 60 * u64::from((INCIDENT..INCIDENT + 60).contains(&minute))));
    fired.retain(|at| (INCIDENT..INCIDENT + 80).contains(at));
    assert!(matches!(fired[..], [at] if (INCIDENT + 1..=INCIDENT + 10).contains(&at)), "{fired:?}");
}
