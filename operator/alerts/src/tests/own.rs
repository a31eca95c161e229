//! What a group does by itself now and then, and what it does not.

use super::{ANOMALY, fired, replay, row, usual};

/// A number from a fixed sequence, below another.
pub(super) fn one_of(at: i64, many: u64) -> u64 {
    let mixed = (at as u64).wrapping_add(7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 31)).wrapping_mul(0x94D0_49BB_1331_11EB) % many
}

#[test]
fn five_incidents_in_two_weeks_do_not_hide_the_next_of_a_small_feature() {
    let begins = [(15, 589), (17, 198), (20, 1270), (23, 28), (25, 91), (28, 233)];
    let incidents = begins.map(|(day, at)| day * 1440 + at);
    let calls = |minute: i64| {
        let loops = incidents.iter().any(|begins| (*begins..*begins + 110).contains(&minute));
        u64::from(one_of(minute, 17) == 0) + if loops { 2 + one_of(minute, 3) } else { 0 }
    };
    let fired = fired(&replay(ANOMALY, (0..30 * 1440).map(|minute| row(minute, calls(minute)))));
    assert_eq!(fired.len(), incidents.len(), "{fired:?}");
    for (begins, at) in incidents.iter().zip(fired) {
        assert!((1..=10).contains(&(at - begins)), "{begins}: {at}");
    }
}

#[test]
fn batches_of_a_feature_that_does_nothing_else_wake_nobody() {
    let batch = |minute: i64| {
        let day = minute / 1440;
        let begins = day * 1440 + 540 + one_of(day, 500) as i64;
        let is_one = day % 3 != 0 && (begins..begins + 12 + one_of(day, 20) as i64).contains(&minute);
        if is_one { 20 + one_of(day, 15) + one_of(minute, 10) } else { 0 }
    };
    let minutes = (0..36 * 1440).filter(|minute| batch(*minute) > 0);
    assert_eq!(fired(&replay(ANOMALY, minutes.map(|minute| row(minute, batch(minute))))), Vec::<i64>::new());
}

#[test]
fn a_nightly_job_that_takes_longer_than_it_ever_did_wakes_nobody() {
    let longest = 18;
    let job = |minute: i64| {
        let takes = if minute / 1440 == longest { 62 } else { 20 + one_of(minute / 1440, 30) as i64 };
        usual(minute) + if (120..120 + takes).contains(&(minute % 1440)) { 200 } else { 0 }
    };
    assert_eq!(
        fired(&replay(ANOMALY, (0..20 * 1440).map(|minute| row(minute, job(minute))))),
        Vec::<i64>::new()
    );
}

#[test]
fn a_weeks_job_that_takes_longer_the_second_time_wakes_nobody() {
    let job = |minute: i64| {
        let takes = if minute / 1440 < 14 { 22 } else { 38 };
        // 1970 began on a Thursday
        let is_monday = (minute / 1440 + 3) % 7 == 0;
        if is_monday && (360..360 + takes).contains(&(minute % 1440)) { 100 + one_of(minute, 20) } else { 0 }
    };
    let minutes = (0..21 * 1440).filter(|minute| job(*minute) > 0);
    assert_eq!(fired(&replay(ANOMALY, minutes.map(|minute| row(minute, job(minute))))), Vec::<i64>::new());
}

#[test]
fn a_saturdays_job_may_take_longer_as_a_fridays_does() {
    let job = |minute: i64| {
        let takes = 20 + one_of(minute / 1440, 30) as i64;
        usual(minute) + if (120..120 + takes).contains(&(minute % 1440)) { 200 } else { 0 }
    };
    // 1970 began on a Thursday: of the first week's end two days are known
    assert_eq!(
        fired(&replay(ANOMALY, (0..11 * 1440).map(|minute| row(minute, job(minute))))),
        Vec::<i64>::new()
    );
}

#[test]
fn incidents_on_two_days_of_three_do_not_hide_the_next() {
    let begins: Vec<i64> =
        (15..36).filter(|day| day % 3 != 0).map(|day| day * 1440 + one_of(day, 1300) as i64).collect();
    let calls = |minute: i64| {
        let loops = begins.iter().any(|begins| (*begins..*begins + 90).contains(&minute));
        u64::from(one_of(minute, 17) == 0) + if loops { 2 + one_of(minute, 3) } else { 0 }
    };
    let fired = fired(&replay(ANOMALY, (0..36 * 1440).map(|minute| row(minute, calls(minute)))));
    assert_eq!(fired.len(), begins.len(), "{fired:?}");
    for (begins, at) in begins.iter().zip(fired) {
        assert!((1..=10).contains(&(at - begins)), "{begins}: {at}");
    }
}

#[test]
fn conversations_of_the_day_do_not_hide_a_loop_at_night() {
    let begins = 16 * 1440 + 277;
    let calls = |minute: i64| {
        let busy = (480..1080).contains(&(minute % 1440));
        let spoken = |minute: i64| one_of(minute, if busy { 5 } else { 40 }) == 0;
        let conversations = (0..6).filter(|ago| spoken(minute - ago)).count() as u64;
        conversations + if (begins..begins + 100).contains(&minute) { 4 } else { 0 }
    };
    let fired = fired(&replay(ANOMALY, (0..18 * 1440).map(|minute| row(minute, calls(minute)))));
    assert_eq!(fired.len(), 1, "{fired:?}");
    assert!((1..=10).contains(&(fired[0] - begins)), "{fired:?}");
}

#[test]
fn long_conversations_of_a_feature_that_has_a_few_a_day_wake_hardly_anybody() {
    let long =
        |of: i64| [1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 3, 4, 5, 6, 7, 12, 15][one_of(of, 20) as usize];
    let conversation = |day: i64, at: i64| {
        let begins = day * 1440 + 480 + one_of(day * 31 + at, 600) as i64;
        begins..begins + long(day * 17 + at) / 2 + 1
    };
    let calls = |minute: i64| {
        let day = minute / 1440;
        2 * (0..5).filter(|at| conversation(day, *at).contains(&minute)).count() as u64
    };
    let minutes = (0..40 * 1440).filter(|minute| calls(*minute) > 0);
    let fired = fired(&replay(ANOMALY, minutes.map(|minute| row(minute, calls(minute)))));
    assert!(fired.len() <= 1, "{fired:?}");
}

#[test]
fn an_incident_that_is_just_over_does_not_hide_a_smaller_one() {
    let large = 20 * 1440 + 600;
    let small = large + 110;
    let calls = |minute: i64| {
        let more = if (large..large + 60).contains(&minute) {
            20
        } else if (small..small + 60).contains(&minute) {
            4
        } else {
            0
        };
        more + u64::from(one_of(minute, 3) > 0) + u64::from(one_of(minute + 1, 3) == 0)
    };
    let fired = fired(&replay(ANOMALY, (0..21 * 1440).map(|minute| row(minute, calls(minute)))));
    assert!(matches!(fired[..], [_, at] if (small + 1..=small + 10).contains(&at)), "{fired:?}");
}
