use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tollgate_crds::grant::Grant;

use super::{Keeper, Short};

mod model;

/// A keeper whose judge gave it so much.
fn granted(ceiling: u64) -> Keeper {
    let mut keeper = Keeper::new(10);
    let ask = keeper.ask(Duration::ZERO);
    assert!(keeper.heard(Grant { seq: ask.seq, ceiling, tight: false, spent: false }));
    keeper
}

#[test]
fn a_call_passes_while_the_share_reaches_and_is_told_what_it_lacks_when_not() {
    let keeper = granted(100);
    let first = keeper.lease().reserve(60).unwrap();
    assert_eq!(keeper.lease().reserve(60).unwrap_err(), Short { lacks: 20 });
    first.settle(30);
    assert!(keeper.lease().reserve(60).is_ok(), "what it did not cost came back");
}

#[test]
fn the_rest_of_a_share_lets_one_more_call_pass() {
    let keeper = granted(5);
    let last = keeper.lease().reserve_rest(60).unwrap();
    assert!(keeper.lease().reserve_rest(60).is_none());
    last.settle(60);
    let ask = keeper.lease().used();
    assert_eq!(ask, 60, "what it cost beyond what was there is told all the same");
}

#[test]
fn a_stream_that_grows_takes_from_what_others_could_have() {
    let keeper = granted(100);
    let mut stream = keeper.lease().reserve(10).unwrap();
    stream.cover(5);
    stream.cover(90);
    assert_eq!(keeper.lease().reserve(20).unwrap_err(), Short { lacks: 10 });
    stream.cover(130);
    assert_eq!(keeper.lease().reserve(20).unwrap_err(), Short { lacks: 50 });
}

#[test]
fn a_call_whose_cost_nobody_learned_cost_what_was_set_aside() {
    let keeper = granted(100);
    drop(keeper.lease().reserve(40).unwrap());
    assert_eq!(keeper.lease().used(), 40);
    assert_eq!(keeper.lease().free(), 60);
}

#[test]
fn an_ask_keeps_twice_what_the_time_since_the_last_took_and_gives_back_the_rest() {
    let mut keeper = granted(1_000);
    keeper.lease().reserve(50).unwrap().settle(50);
    let ask = keeper.ask(Duration::from_secs(1));
    assert_eq!((ask.used, ask.reserved, ask.kept, ask.want), (50, 0, 150, 0));
}

#[test]
fn near_the_limit_an_idle_pod_keeps_nothing() {
    let mut keeper = granted(100);
    let ask = keeper.ask(Duration::from_secs(1));
    assert_eq!(ask.kept, 10, "with plenty left, it has its first call's ready");
    assert!(keeper.heard(Grant { seq: ask.seq, ceiling: 10, tight: true, spent: false }));
    assert_eq!(keeper.ask(Duration::from_secs(2)).kept, 0);
}

#[test]
fn calls_that_wait_are_asked_for() {
    let mut keeper = granted(10);
    let short = keeper.lease().reserve(25).unwrap_err();
    let waiting = keeper.lease().wait_for(short);
    let ask = keeper.ask(Duration::from_secs(1));
    assert_eq!((ask.need, ask.want), (15, 15));
    drop(waiting);
    assert_eq!(keeper.ask(Duration::from_secs(2)).need, 0);
}

#[test]
fn an_answer_to_an_earlier_ask_is_not_listened_to() {
    let mut keeper = Keeper::new(10);
    let late = keeper.ask(Duration::ZERO);
    let ask = keeper.ask(Duration::from_secs(1));
    assert_eq!(ask.kept, 0);
    assert!(!keeper.heard(Grant { seq: late.seq, ceiling: 10, tight: false, spent: false }));
    let grant = Grant { seq: ask.seq, ceiling: 10, tight: false, spent: false };
    assert!(keeper.heard(grant));
    assert!(!keeper.heard(grant), "nor twice to the same");
    assert_eq!(keeper.lease().free(), 10);
}

#[test]
fn a_share_expires_twenty_seconds_after_it_was_asked_for() {
    let mut keeper = Keeper::new(10);
    assert!(keeper.check(Duration::ZERO), "nobody has judged yet");
    let ask = keeper.ask(Duration::from_secs(5));
    keeper.heard(Grant { seq: ask.seq, ceiling: 100, tight: false, spent: false });
    let open = keeper.lease().reserve(30).unwrap();
    assert!(!keeper.check(Duration::from_millis(24_999)));
    assert!(keeper.check(Duration::from_secs(25)));
    assert_eq!(keeper.lease().reserve(1).unwrap_err(), Short { lacks: 1 });
    assert_eq!(keeper.ask(Duration::from_secs(26)).kept, 30, "what is set aside for open calls stays");
    drop(open);
}

#[test]
fn the_last_words_give_back_all_but_what_open_calls_may_cost() {
    let mut keeper = granted(100);
    keeper.lease().reserve(20).unwrap().settle(15);
    let open = keeper.lease().reserve(30).unwrap();
    let last = keeper.close();
    assert_eq!((last.used, last.reserved, last.kept, last.closing), (45, 0, 45, true));
    drop(open);
}

#[test]
fn threads_that_take_at_once_never_get_more_than_there_is() {
    let keeper = granted(10_000);
    let passed: u64 = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let lease = Arc::clone(keeper.lease());
                scope.spawn(move || {
                    let mut passed = 0;
                    while let Ok(reservation) = lease.reserve(7) {
                        reservation.settle(3);
                        passed += 1;
                    }
                    passed
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(keeper.lease().used(), passed * 3);
    assert!((9_972..=10_000).contains(&keeper.lease().used()), "{}", keeper.lease().used());
}
