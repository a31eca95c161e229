//! Whatever breaks, each call that was billed stands once in the ledger: `make bench WHAT=chaos`, small, with a seed of its own.

use std::time::Duration;

use tollgate_tests::chaos::{self, Plan};

#[test]
fn whatever_breaks_each_billed_call_stands_once_in_the_ledger() {
    let plan = Plan { seed: 8, pods: 4, callers: 6, each: 1, calls: 1_000, hold: Duration::from_millis(800) };
    let verdict = chaos::run(&plan, |what| println!("{what}")).expect("a run");
    println!("{verdict}");
    assert_eq!(verdict.broken_promises(), Vec::<String>::new(), "{verdict}");
    assert!(verdict.billed >= 500, "{verdict}");
}
