//! What is other than it was, for good: told when it begins, and usual within a day or so.

use super::{ANOMALY, fired, replay, row, usual};

const DAY: i64 = 1440;
/// A Thursday's morning.
const CHANGE: i64 = 21 * DAY + 660;

/// Offices, whose calls become ten times as many; and an incident some days later, or none.
fn fired_with(incident: Option<i64>) -> Vec<i64> {
    let calls = |minute: i64| {
        // 1970 began on a Thursday
        let rests = (minute / DAY + 3) % 7 >= 5;
        let usual = if rests { usual(minute) / 4 } else { usual(minute) };
        let times = if minute < CHANGE { 1 } else { 10 };
        let is_incident = incident.is_some_and(|begins| (begins..begins + 40).contains(&minute));
        usual * times * if is_incident { 6 } else { 1 }
    };
    fired(&replay(ANOMALY, (0..32 * DAY).map(|minute| row(minute, calls(minute)))))
}

#[test]
fn what_became_ten_times_as_much_for_good_is_told_within_a_day_and_not_anew_each_morning() {
    let fired = fired_with(None);
    assert!(fired.first().is_some_and(|at| (1..=10).contains(&(at - CHANGE))), "{fired:?}");
    assert!(fired.iter().all(|at| at - CHANGE < DAY), "{fired:?}");
}

#[test]
fn an_incident_of_what_changed_for_good_four_days_ago_is_found() {
    let begins = CHANGE + 4 * DAY + 200;
    let fired = fired_with(Some(begins));
    assert!(fired.iter().any(|at| (1..=10).contains(&(at - begins))), "{fired:?}");
}
