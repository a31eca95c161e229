//! Whose calls it is that come.

use serde_json::json;

use super::{ANOMALY, fired, replay, row};

/// A number from a fixed sequence, below another.
fn one_of(at: i64, many: u64) -> u64 {
    let mixed = (at as u64).wrapping_add(7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 31)).wrapping_mul(0x94D0_49BB_1331_11EB) % many
}

#[test]
fn one_users_script_is_found_among_conversations_of_many() {
    let script = 20 * 1440 + 730;
    // a conversation each half hour, of up to twenty calls, of some of nine users
    let rows = (0..21 * 1440).flat_map(|minute| {
        let spoken = move |ago: i64| {
            let begins = minute - ago;
            one_of(begins, 30) == 0 && ago < 1 + (one_of(begins * 3, 9) * one_of(begins * 5, 9) / 8) as i64
        };
        let users = (0..9).filter(move |ago| spoken(*ago)).map(move |ago| one_of(minute * 9 + ago, 9));
        let scripted = if (script..script + 60).contains(&minute) { 4 } else { 0 };
        users.flat_map(|user| [user, (user + 4) % 9]).chain((0..scripted).map(|_| 3)).map(move |user| {
            let mut row = row(minute, 1);
            row["user_id"] = json!(format!("u-{user}"));
            row
        })
    });
    let fired = fired(&replay(ANOMALY, rows));
    assert!(matches!(fired[..], [at] if (script + 1..=script + 10).contains(&at)), "{fired:?}");
}
