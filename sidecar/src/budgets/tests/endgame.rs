//! Pods at full speed against limits, from the first call until all are refused: the real shares of each, one judge, and a clock that
//! is turned by hand. Asks take their time and get lost with a replica, pods die, calls cost what nobody knew before.

use std::sync::Arc;

use tollgate_crds::{alert::Dimension, alert::Metric, stream::StateBudget};

use super::super::Budget;

mod book;
mod world;

use self::{
    book::Told,
    world::{Wishes, World},
};

/// What a call costs, in the mean.
const CALL: u64 = 275_000;

/// So many calls' worth.
pub(super) fn budget(uid: &str, calls: u64) -> StateBudget {
    StateBudget {
        uid: uid.to_owned(),
        alert: format!("UsageAlert shop/{uid}"),
        generation: 1,
        features: Vec::new(),
        users: Vec::new(),
        providers: Vec::new(),
        models: Vec::new(),
        group_by: Vec::new(),
        metric: Metric::Cost,
        limit: calls * CALL,
        deny_unknown: false,
        stops: false,
    }
}

fn played(budgets: &[StateBudget], wishes: Wishes) -> Told {
    let budgets = budgets.iter().map(|told| Arc::new(Budget::of(told))).collect();
    World::new(budgets, wishes).play()
}

/// Plays it with some seeds; what is promised must hold in each.
fn holds(budgets: &[StateBudget], wishes: &Wishes) {
    for seed in 1..=4 {
        let told = played(budgets, Wishes { seed, ..wishes.clone() });
        let broken = told.broken_promises();
        assert!(broken.is_empty(), "seed {seed}: {}", broken.join("; "));
    }
}

#[test]
fn two_hundred_pods_spend_a_limit_to_a_hundredth_and_are_refused_only_then() {
    holds(&[budget("daily", 7_000)], &Wishes { pods: 200, ..Wishes::default() });
}

#[test]
fn near_the_limit_99_of_100_calls_wait_for_fifty_milliseconds_at_most_and_before_for_half_of_that() {
    let wishes = Wishes { begins: (2_000, 3_000), takes: (90, 130), hears: (2, 12), ..Wishes::default() };
    for (seed, pods, calls) in [(1, 40, 20_000), (2, 40, 20_000), (3, 200, 80_000)] {
        let wishes = Wishes { seed, pods, until: 70_000, ..wishes.clone() };
        let (before, near) = played(&[budget("daily", calls)], wishes).waits("daily");
        assert!(before <= 25 && near <= 50, "{pods} pods, seed {seed}: {before} ms, then {near} ms");
    }
}

#[test]
fn a_limit_of_few_calls_is_spent_by_many_pods() {
    for calls in [1, 3, 10, 40, 150] {
        holds(&[budget("daily", calls)], &Wishes { pods: 40, ..Wishes::default() });
    }
}

#[test]
fn long_calls_of_one_pod_are_set_aside_for() {
    holds(
        &[budget("daily", 300)],
        &Wishes { pods: 1, callers: 30, takes: (500, 8_000), until: 120_000, ..Wishes::default() },
    );
}

#[test]
fn replicas_that_die_take_no_call_past_the_limit() {
    // Each second somewhere, once all pods have heard of somebody.
    let outages =
        (2..14).map(|second| (second * 1_000 + 90 * second, second * 1_000 + 95 * second + 150)).collect();
    holds(&[budget("daily", 7_000)], &Wishes { pods: 200, takes: (100, 300), outages, ..Wishes::default() });
}

#[test]
fn the_first_calls_of_pods_that_were_idle_wait_for_a_judge_who_is_slow() {
    let wishes =
        Wishes { pods: 100, begins: (20_000, 20_500), hears: (100, 400), until: 60_000, ..Wishes::default() };
    holds(&[budget("daily", 700)], &Wishes { news: 1_200, tells: 1_200, ..wishes });
}

#[test]
fn pods_that_die_take_with_them_what_they_were_granted_for_half_a_minute_at_most() {
    let deaths = (1..40).map(|n| n * 90).collect();
    holds(&[budget("daily", 3_000)], &Wishes { pods: 80, deaths, until: 90_000, ..Wishes::default() });
}

#[test]
fn pods_that_rest_for_minutes_are_heard_as_who_they_were() {
    holds(&[budget("daily", 60)], &Wishes { pods: 3, rests: 40_000, until: 1_500_000, ..Wishes::default() });
}

#[test]
fn of_nested_budgets_each_holds() {
    // A pod calls for each user once in a while only, and says each second what it has of each.
    let company = budget("company", 2_000);
    let team = budget("team", 700);
    let user = StateBudget { group_by: vec![Dimension::User], ..budget("user", 62) };
    holds(&[company, team, user], &Wishes { pods: 60, users: 12, news: 1_500, ..Wishes::default() });
}

#[test]
fn without_an_answer_for_long_calls_pass_and_are_counted_when_somebody_answers() {
    let outages = vec![(1_000, 6_000)];
    let told = played(&[budget("daily", 1_000)], Wishes { pods: 20, outages, ..Wishes::default() });
    assert!(told.unsaid > 0);
    let over = told.billed("daily").saturating_sub(1_000 * CALL);
    assert!(over <= told.unsaid_cost, "{over} above, {} of calls without an answer", told.unsaid_cost);
}
