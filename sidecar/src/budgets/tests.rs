use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tollgate_crds::grant::Grant;

use super::{Budget, Budgets, Keeper, Short};

mod endgame;
mod judge;
mod model;

/// Nothing but so much, with plenty left.
fn grant(seq: u64, ceiling: u64) -> Grant {
    Grant {
        seq,
        ceiling,
        rest: 100_000,
        tight: false,
        ready: 100_000,
        spent: false,
        open: true,
        again_millis: 0,
    }
}

/// A keeper whose judge gave it so much.
fn granted(ceiling: u64) -> Keeper {
    let mut keeper = Keeper::new(10, 0, Arc::default());
    let ask = keeper.ask(Duration::ZERO);
    assert!(keeper.heard(grant(ask.seq, ceiling)));
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
fn a_call_passes_with_all_that_such_calls_cost_or_not_at_all() {
    let keeper = granted(59);
    assert_eq!(keeper.lease().reserve(60).unwrap_err(), Short { lacks: 1 });
    assert_eq!(keeper.lease().free(), 59);
}

#[test]
fn a_call_that_usually_costs_nothing_sets_nothing_aside() {
    let keeper = granted(1);
    let open = keeper.lease().reserve(0).unwrap();
    assert_eq!(keeper.lease().free(), 1);
    open.settle(1);
    assert_eq!(keeper.lease().reserve(0).unwrap_err(), Short { lacks: 1 });
}

#[test]
fn a_stream_that_grows_takes_from_what_others_could_have() {
    let mut keeper = granted(100);
    let mut stream = keeper.lease().reserve(10).unwrap();
    stream.cover(5);
    stream.cover(90);
    assert_eq!(keeper.lease().reserve(20).unwrap_err(), Short { lacks: 10 });
    stream.cover(130);
    assert_eq!(keeper.lease().reserve(20).unwrap_err(), Short { lacks: 20 });
    let ask = keeper.ask(Duration::from_secs(1));
    assert_eq!((ask.kept, ask.reserved), (100, 130), "the judge hears of it");
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

#[tokio::test]
async fn a_share_of_which_half_is_used_asks_for_more_before_a_call_waits_but_not_near_the_limit() {
    let wake = Arc::new(tokio::sync::Notify::new());
    let mut keeper = Keeper::new(10, 0, Arc::clone(&wake));
    let ask = keeper.ask(Duration::ZERO);
    keeper.heard(grant(ask.seq, 50));
    drop(keeper.lease().reserve(25).unwrap());
    assert!(!keeper.lease().is_low());
    drop(keeper.lease().reserve(1).unwrap());
    wake.notified().await;
    let ask = keeper.ask(Duration::from_millis(20));
    assert!(!keeper.lease().is_low(), "it is asked for");
    keeper.heard(Grant { tight: true, ready: 0, ..grant(ask.seq, 50) });
    drop(keeper.lease().reserve(20).unwrap());
    assert!(!keeper.lease().is_low());
}

#[tokio::test]
async fn an_ask_that_nobody_waits_for_gives_way_to_one_that_a_call_waits_for() {
    let (budgets, budget) =
        (Budgets::new("start".to_owned()), Arc::new(Budget::of(&endgame::budget("daily", 100))));
    let holder = budgets.holder(&budget, String::new()).unwrap();
    let (way, mut asked) = tokio::sync::mpsc::channel(4);
    budgets.connected(true);
    let talk = tokio::spawn(Arc::clone(&budgets).talk(way));
    let of_the_second = asked.recv().await.unwrap();
    let call = tokio::spawn(async move { holder.admit(7).await });
    let of_the_call = asked.recv().await.unwrap();
    assert!(of_the_second.answer.is_closed());
    let said: tollgate_crds::grant::GrantsAsked = serde_json::from_slice(&of_the_call.body).unwrap();
    assert_eq!(said.asks[0].ask.need, 7);
    assert!(!of_the_call.answer.is_closed());
    call.abort();
    talk.abort();
}

#[test]
fn near_the_limit_an_idle_pod_keeps_nothing() {
    let mut keeper = granted(100);
    let ask = keeper.ask(Duration::from_secs(1));
    assert_eq!(ask.kept, 10, "with plenty left, it has its first call's ready");
    assert!(keeper.heard(Grant { tight: true, ready: 0, ..grant(ask.seq, 10) }));
    assert_eq!(keeper.ask(Duration::from_secs(2)).kept, 0);
}

#[test]
fn calls_that_wait_are_asked_for_and_what_one_of_them_takes() {
    let mut keeper = granted(10);
    let waiting = [20, 30].map(|usual| keeper.lease().wait_for(usual));
    let ask = keeper.ask(Duration::from_secs(1));
    assert_eq!((ask.kept, ask.need, ask.least, ask.want), (0, 50, 25, 50), "ten are enough for none of them");
    drop(waiting);
    let ask = keeper.ask(Duration::from_secs(2));
    assert_eq!((ask.need, ask.least), (0, 0));
}

#[test]
fn near_the_limit_a_rest_goes_back_with_the_ask_of_a_call_that_it_is_too_small_for() {
    let mut keeper = granted(10);
    let ask = keeper.ask(Duration::from_secs(1));
    assert!(keeper.heard(Grant { tight: true, ready: 0, ..grant(ask.seq, 10) }));
    let _waiting = keeper.lease().wait_for(25);
    let ask = keeper.ask(Duration::from_secs(2));
    assert_eq!((ask.kept, ask.need, ask.least), (0, 25, 25));
}

#[test]
fn what_was_granted_to_a_call_that_has_not_looked_yet_stays_its_own() {
    let mut keeper = granted(10);
    let _waiting = keeper.lease().wait_for(25);
    let ask = keeper.ask(Duration::from_secs(1));
    assert!(keeper.heard(Grant { tight: true, ready: 0, ..grant(ask.seq, 35) }));
    let ask = keeper.ask(Duration::from_millis(1_001));
    assert_eq!((ask.kept, ask.need), (25, 0));
    assert!(keeper.lease().reserve(25).is_ok());
}

#[test]
fn near_the_limit_a_pod_has_ready_what_a_second_takes_or_what_the_judge_says() {
    let mut keeper = granted(1_000);
    let ask = keeper.ask(Duration::from_secs(1));
    assert!(keeper.heard(Grant { tight: true, ready: 40, ..grant(ask.seq, 1_000) }));
    assert!(keeper.lease().is_over());
    keeper.lease().reserve(30).unwrap().settle(30);
    assert_eq!(keeper.ask(Duration::from_secs(2)).kept, 60, "a second took 30");
    keeper.lease().reserve(30).unwrap().settle(30);
    let ask = keeper.ask(Duration::from_millis(2_100));
    assert_eq!((ask.kept, ask.want), (60, 40), "at a pace of 120 a second");
}

#[tokio::test]
async fn near_the_limit_what_a_call_did_not_cost_is_given_back_at_once() {
    let wake = Arc::new(tokio::sync::Notify::new());
    let mut keeper = Keeper::new(10, 0, Arc::clone(&wake));
    let ask = keeper.ask(Duration::ZERO);
    keeper.heard(Grant { tight: true, ready: 0, ..grant(ask.seq, 50) });
    keeper.lease().reserve(50).unwrap().settle(20);
    wake.notified().await;
    let ask = keeper.ask(Duration::from_millis(20));
    assert_eq!((ask.used, ask.kept), (20, 20));
}

#[tokio::test]
async fn near_the_limit_what_a_call_cost_beyond_the_share_is_said_at_once() {
    let wake = Arc::new(tokio::sync::Notify::new());
    let mut keeper = Keeper::new(10, 0, Arc::clone(&wake));
    let ask = keeper.ask(Duration::ZERO);
    keeper.heard(Grant { tight: true, ready: 0, ..grant(ask.seq, 50) });
    keeper.lease().reserve(50).unwrap().settle(80);
    wake.notified().await;
    let ask = keeper.ask(Duration::from_millis(20));
    assert_eq!((ask.used, ask.kept), (80, 50));
}

#[test]
fn an_answer_to_an_earlier_ask_is_not_listened_to() {
    let mut keeper = Keeper::new(10, 0, Arc::default());
    let late = keeper.ask(Duration::ZERO);
    let ask = keeper.ask(Duration::from_secs(1));
    assert_eq!(ask.kept, 0);
    assert!(!keeper.heard(grant(late.seq, 10)));
    let told = grant(ask.seq, 10);
    assert!(keeper.heard(told));
    assert!(!keeper.heard(told), "nor twice to the same");
    assert_eq!(keeper.lease().free(), 10);
}

#[test]
fn a_share_expires_twenty_seconds_after_it_was_asked_for() {
    let mut keeper = Keeper::new(10, 0, Arc::default());
    let ask = keeper.ask(Duration::from_secs(5));
    keeper.heard(grant(ask.seq, 100));
    let open = keeper.lease().reserve(30).unwrap();
    keeper.check(Duration::from_millis(24_999));
    assert_eq!(keeper.lease().free(), 70);
    keeper.check(Duration::from_secs(25));
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
