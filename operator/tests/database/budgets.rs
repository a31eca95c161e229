//! The judge of budgets, on a real Postgres.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tollgate_crds::{
    alert::ThresholdSpec,
    grant::{Ask, BudgetKey, Grant},
};
use tollgate_operator::{
    alerting::events::asks,
    budgets::{Asked, Desk, Terms, judge, settle, stopped, window},
    index::SharedIndex,
};

use crate::support::{Database, id_at, index_of, row};

const TERMS: Terms = Terms { window_end: 1_795_996_800, limit: 1_000, generation: 1, spent_before: 0 };

fn key() -> BudgetKey {
    BudgetKey { budget: "uid-1".to_owned(), group: String::new(), window_start: 1_795_910_400 }
}

fn ask(seq: u64) -> Ask {
    Ask {
        seq,
        used: 0,
        reserved: 0,
        kept: 0,
        need: 0,
        least: 0,
        want: 0,
        closing: false,
        hold_millis: 60_000,
    }
}

/// Of calls that wait and take so much, together and one of them.
fn needs(seq: u64, need: u64, least: u64) -> Ask {
    Ask { need, least, want: need, ..ask(seq) }
}

fn asked(epoch: &str, ask: Ask) -> Asked {
    Asked { key: key(), terms: TERMS, epoch: epoch.to_owned(), ask }
}

/// One ask, alone; its ceiling and whether all is spent.
async fn alone(database: &Database, one: Asked) -> (u64, bool) {
    let grants = judge(database.handle().pool(), std::slice::from_ref(&one)).await.unwrap();
    let Grant { ceiling, spent, .. } = grants[&(one.key, one.epoch)];
    (ceiling, spent)
}

#[tokio::test]
async fn a_share_is_half_of_what_is_left_divided_by_all_who_hold() {
    let database = Database::migrated().await;
    assert_eq!(alone(&database, asked("a", Ask { want: 900, ..ask(1) })).await, (500, false));
    assert_eq!(alone(&database, asked("b", Ask { want: 900, ..ask(1) })).await, (125, false));
}

#[tokio::test]
async fn calls_that_wait_get_what_is_left_while_it_lets_one_of_them_pass() {
    let database = Database::migrated().await;
    assert_eq!(alone(&database, asked("a", needs(1, 700, 700))).await, (700, false));
    assert_eq!(alone(&database, asked("b", needs(1, 400, 100))).await, (300, true));
    assert_eq!(alone(&database, asked("c", needs(1, 30, 30))).await, (0, true));
}

#[tokio::test]
async fn the_last_of_a_limit_goes_to_one_call_with_what_it_lacks_on_top() {
    let database = Database::migrated().await;
    alone(&database, asked("a", needs(1, 989, 989))).await;
    assert_eq!(alone(&database, asked("b", needs(1, 60, 30))).await, (30, true));
    assert_eq!(alone(&database, asked("c", needs(1, 30, 30))).await, (0, true));
    let back = Ask { used: 980, kept: 980, ..ask(2) };
    assert_eq!(alone(&database, asked("a", back)).await, (980, true), "what comes back makes up for it");
    assert_eq!(alone(&database, asked("c", needs(2, 1, 1))).await, (0, true));
}

#[tokio::test]
async fn a_rest_below_a_hundredth_stays_for_a_call_that_it_is_enough_for() {
    let database = Database::migrated().await;
    alone(&database, asked("a", needs(1, 990, 990))).await;
    assert_eq!(alone(&database, asked("b", needs(1, 30, 30))).await, (0, true));
    assert_eq!(alone(&database, asked("c", needs(1, 8, 8))).await, (8, true));
}

#[tokio::test]
async fn what_a_pod_has_and_no_call_is_not_spent_until_it_is_not_heard_of_for_seconds() {
    let mut database = Database::migrated().await;
    alone(&database, asked("a", needs(1, 1_000, 1_000))).await;
    assert_eq!(alone(&database, asked("b", needs(1, 30, 30))).await, (0, true), "it is set aside for calls");
    alone(&database, asked("a", Ask { used: 900, kept: 1_000, ..ask(2) })).await;
    assert_eq!(alone(&database, asked("b", needs(2, 30, 30))).await, (0, false));
    database.run("update budget_holders set heard_at = now() - interval '2 seconds' where epoch = 'a'").await;
    assert_eq!(alone(&database, asked("b", needs(3, 30, 30))).await, (0, true));
}

#[tokio::test]
async fn a_stream_that_outgrew_its_share_takes_from_what_is_left() {
    let database = Database::migrated().await;
    alone(&database, asked("a", needs(1, 100, 100))).await;
    alone(&database, asked("a", Ask { used: 50, reserved: 350, kept: 100, ..ask(2) })).await;
    assert_eq!(alone(&database, asked("b", needs(1, 700, 1))).await, (600, true));
}

#[tokio::test]
async fn a_budget_is_told_to_be_spent_once_a_call_was_refused_and_no_more_once_one_passes() {
    let mut database = Database::migrated().await;
    let spent = "select spent from budget_grants";
    alone(&database, asked("a", needs(1, 995, 995))).await;
    assert_eq!(database.value(spent).await, false);
    alone(&database, asked("b", needs(1, 30, 30))).await;
    assert_eq!(database.value(spent).await, true);
    alone(&database, asked("b", ask(2))).await;
    assert_eq!(database.value(spent).await, true);
    alone(&database, asked("a", Ask { used: 900, kept: 900, ..ask(2) })).await;
    alone(&database, asked("b", needs(3, 30, 30))).await;
    assert_eq!(database.value(spent).await, false);
}

#[tokio::test]
async fn an_ask_that_comes_twice_or_late_changes_nothing() {
    let database = Database::migrated().await;
    let first = asked("a", needs(1, 100, 100));
    assert_eq!(alone(&database, first.clone()).await, (100, false));
    assert_eq!(alone(&database, first.clone()).await, (100, false));
    let second = asked("a", Ask { used: 40, kept: 60, ..ask(2) });
    assert_eq!(alone(&database, second).await, (60, false));
    assert_eq!(alone(&database, first).await, (60, false));
}

#[tokio::test]
async fn what_a_lost_answer_gave_goes_back_with_the_next_ask() {
    let database = Database::migrated().await;
    alone(&database, asked("a", needs(1, 1_000, 1_000))).await;
    assert_eq!(alone(&database, asked("a", Ask { kept: 0, ..ask(2) })).await, (0, false));
    assert_eq!(alone(&database, asked("b", needs(1, 1_000, 1_000))).await, (1_000, true));
}

#[tokio::test]
async fn who_closes_gives_back_all_that_it_did_not_use() {
    let database = Database::migrated().await;
    alone(&database, asked("a", needs(1, 1_000, 1_000))).await;
    let end = Ask { used: 300, kept: 1_000, closing: true, ..ask(2) };
    assert_eq!(alone(&database, asked("a", end)).await, (300, false));
    assert_eq!(alone(&database, asked("b", needs(1, 900, 1))).await, (700, true));
}

#[tokio::test]
async fn who_is_not_heard_of_keeps_only_what_it_used_and_its_calls_in_flight() {
    let database = Database::migrated().await;
    alone(&database, asked("a", needs(1, 1_000, 1_000))).await;
    let last_words = Ask { used: 200, reserved: 50, kept: 1_000, hold_millis: 0, ..ask(2) };
    alone(&database, asked("a", last_words)).await;
    assert_eq!(alone(&database, asked("b", needs(1, 1_000, 1))).await, (750, true));
    let back = Ask { used: 230, reserved: 20, kept: 250, ..ask(3) };
    assert_eq!(alone(&database, asked("a", back)).await, (250, true), "it was counted once");
}

#[tokio::test]
async fn more_than_was_granted_counts_when_it_was_used() {
    let database = Database::migrated().await;
    alone(&database, asked("a", needs(1, 100, 100))).await;
    alone(&database, asked("a", Ask { used: 400, kept: 400, ..ask(2) })).await;
    assert_eq!(alone(&database, asked("b", needs(1, 900, 1))).await, (600, true));
}

#[tokio::test]
async fn what_the_ledger_knew_before_is_gone_from_the_limit_and_a_new_window_begins_whole() {
    let database = Database::migrated().await;
    let mut one = asked("a", needs(1, 1_000, 1));
    one.terms.spent_before = 800;
    assert_eq!(alone(&database, one.clone()).await, (200, true));
    one.key.window_start += 86_400;
    one.terms.spent_before = 0;
    assert_eq!(alone(&database, one).await, (1_000, true));
}

#[tokio::test]
async fn a_replica_that_lags_does_not_turn_a_limit_back() {
    let database = Database::migrated().await;
    let mut one = asked("a", needs(1, 5_000, 1));
    one.terms = Terms { limit: 3_000, generation: 2, ..TERMS };
    assert_eq!(alone(&database, one).await, (3_000, true));
    assert_eq!(
        alone(&database, asked("a", Ask { reserved: 3_000, kept: 3_000, ..needs(2, 10, 10) })).await,
        (3_000, true)
    );
    let mut lower = asked("a", Ask { used: 500, kept: 500, ..ask(3) });
    lower.terms = Terms { limit: 400, generation: 3, ..TERMS };
    assert_eq!(alone(&database, lower).await, (500, true), "what is used stays used");
}

#[tokio::test]
async fn groups_have_a_limit_each() {
    let database = Database::migrated().await;
    let all = ["ada", "bob"].map(|user| {
        let mut one = asked("a", needs(1, 1_000, 1_000));
        one.key.group = user.to_owned();
        one
    });
    let grants = judge(database.handle().pool(), &all).await.unwrap();
    assert_eq!(grants.values().map(|grant| grant.ceiling).collect::<Vec<_>>(), [1_000, 1_000]);
}

/// A sidecar that spends all that it gets, two units a call, and asks until it is told that nothing is left. Gives what it used.
async fn spend(desk: Desk, epoch: String, budgets: Vec<BudgetKey>) -> u64 {
    let mut total = 0;
    for key in budgets {
        let mut used = 0;
        for seq in 1.. {
            let ask = Ask { used, kept: used, need: 2, least: 1, want: 20, ..ask(seq) };
            let asked = Asked { key: key.clone(), terms: TERMS, epoch: epoch.clone(), ask };
            let grant = desk.ask(asked).await.unwrap();
            used = grant.ceiling;
            if grant.spent && grant.rest == 0 {
                break;
            }
        }
        total += used;
    }
    total
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_sidecars_of_three_replicas_spend_each_budget_to_the_unit_and_no_further() {
    let mut database = Database::migrated().await;
    let mut sidecars = tokio::task::JoinSet::new();
    let mut works = tokio::task::JoinSet::new();
    let budgets: Vec<BudgetKey> = (0..4).map(|n| BudgetKey { budget: format!("uid-{n}"), ..key() }).collect();
    for replica in 0..3 {
        let (desk, work) = Desk::new(database.handle().pool().clone());
        works.spawn(async move { match work.await {} });
        for n in (replica..40).step_by(3) {
            // Each begins with another budget, so that replicas meet at all of them, in any order.
            let mut budgets = budgets.clone();
            budgets.rotate_left(n % 4);
            sidecars.spawn(spend(desk.clone(), format!("pod-{n}"), budgets));
        }
    }
    let used: u64 = sidecars.join_all().await.into_iter().sum();
    assert_eq!(used, 4 * TERMS.limit);
    works.abort_all();
    assert_eq!(
        database
            .value(
                "select count(*) from (select sum(ceiling) from budget_holders group by budget) s where sum > 1000"
            )
            .await,
        0
    );
}

/// What the judge counts before anybody's share, once a holder has used `used` USD of ten and the leader has looked.
async fn settled(database: &mut Database, index: &SharedIndex, group: &str, used: u64) -> (usize, Value) {
    let window = index.read(|index| index.alerts().next().unwrap().window().unwrap().clone());
    let span = window::at(&window, Timestamp::now());
    let key =
        BudgetKey { budget: "uid-9/Cost".to_owned(), group: group.to_owned(), window_start: span.start };
    let pico = 1_000_000_000_000;
    let terms = Terms { window_end: span.end, limit: 10 * pico, generation: 1, spent_before: 0 };
    let ask = Ask { used: used * pico, kept: used * pico, ..ask(1) };
    let one = Asked { key, terms, epoch: "a".to_owned(), ask };
    judge(database.handle().pool(), &[one]).await.unwrap();
    let behind = settle(database.handle().pool(), index, "default", Duration::ZERO).await.unwrap();
    let before =
        "select trim_scale(spent_before / 1000000000000)::text from budget_grants where group_key = ";
    (behind, database.value(&format!("{before}'{group}'")).await)
}

/// Calls of two users now and two hours ago, one that was refused, and another namespace's.
async fn calls_of_two_users(database: &mut Database) {
    let token = database.token().await;
    let hours_ago = |hours| id_at(Timestamp::now() - SignedDuration::from_hours(hours)).to_string();
    let call = |hours, more: Value| {
        let mut call =
            json!({"id": hours_ago(hours), "cluster": "default", "namespace": "shop", "cost_usd": "2"});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row(call)
    };
    let batch = json!([
        call(0, json!({"user_id": "ada"})),
        call(2, json!({"user_id": "ada"})),
        call(2, json!({"user_id": "bob"})),
        call(2, json!({"outcome": "refused", "cost_usd": "0"})),
        call(2, json!({"namespace": "bank"})),
    ]);
    database.ingest(&token, &batch).await;
}

#[tokio::test]
async fn what_the_ledger_has_and_no_sidecar_said_is_counted_once_whether_rolled_up_or_not() {
    let mut database = Database::migrated().await;
    calls_of_two_users(&mut database).await;
    let index = index_of(json!({
        "window": {"rolling": "24h"}, "limit": {"metric": "Cost", "amount": "10"},
        "thresholds": [{"above": "100%", "action": "Disable"}],
    }));
    assert_eq!(settled(&mut database, &index, "", 1).await, (1, json!("5")));
    assert_eq!(settled(&mut database, &index, "", 1).await, (0, json!("5")));
    database.roll_up().await;
    assert_eq!(settled(&mut database, &index, "", 1).await, (0, json!("5")));
    database.run("update budget_grants set spent_before = 0").await;
    assert_eq!(settled(&mut database, &index, "", 1).await, (1, json!("5")));
}

#[tokio::test]
async fn a_users_calls_count_for_that_users_group() {
    let mut database = Database::migrated().await;
    calls_of_two_users(&mut database).await;
    let index = index_of(json!({
        "window": {"rolling": "24h"}, "limit": {"metric": "Cost", "amount": "10"}, "groupBy": ["User"],
        "thresholds": [{"above": "100%", "action": "Disable"}],
    }));
    assert_eq!(settled(&mut database, &index, r#"["ada"]"#, 0).await, (1, json!("4")));
    assert_eq!(settled(&mut database, &index, r#"["bob"]"#, 2).await, (0, json!("0")));
}

/// Which groups are stopped, by an alert with this window and threshold, after these events of ada: (state, minutes since, minutes to the window's end).
async fn stopped_after(window: Value, threshold: Value, events: &[(&str, i32, i32)]) -> Vec<String> {
    let mut database = Database::migrated().await;
    let index = index_of(json!({
        "window": window, "limit": {"metric": "Cost", "amount": "10"}, "groupBy": ["User"], "thresholds": [threshold],
    }));
    let mut asked = threshold;
    asked.as_object_mut().unwrap().remove("action");
    let asked: ThresholdSpec = serde_json::from_value(asked).unwrap();
    let asked = asks(&asked);
    for (n, (state, since, to)) in events.iter().enumerate() {
        database
            .run(&format!(
                "insert into alert_events (cluster, alert_uid, kind, namespace, name, threshold, group_key, seq, state, at,
                    window_start, window_end, metric, value, severity)
                 values ('default', 'uid-9', 'UsageAlert', 'shop', 'daily', '{asked}', '[\"ada\"]', {}, '{state}',
                    now() - interval '{since} minutes', now() - interval '1 day', now() + interval '{to} minutes', 'Cost', 9, 'Warning')",
                n + 1
            ))
            .await;
    }
    let stopped = stopped(database.handle().pool(), &index, "default").await.unwrap();
    stopped.into_iter().map(|(budget, group)| format!("{budget} {group}")).collect()
}

#[tokio::test]
async fn what_is_foreseen_in_a_calendars_window_stops_the_group_to_its_end() {
    let day = json!({"calendar": "Day"});
    let foreseen = json!({"above": "100%", "projected": true, "action": "Disable"});
    let ada = [r#"uid-9/Stops ["ada"]"#];
    assert_eq!(stopped_after(day.clone(), foreseen.clone(), &[("firing", 9, 60)]).await, ada);
    let over = [("firing", 9, 60), ("resolved", 1, 60)];
    assert_eq!(stopped_after(day.clone(), foreseen.clone(), &over).await, ada);
    let yesterday = [("firing", 9, -1), ("resolved", 1, 60)];
    assert!(stopped_after(day.clone(), foreseen, &yesterday).await.is_empty());
    let told = json!({"above": "100%", "projected": true});
    assert!(stopped_after(day, told, &[("firing", 9, 60)]).await.is_empty(), "it only tells");
}

#[tokio::test]
async fn an_anomaly_in_a_rolling_window_stops_the_group_while_it_holds() {
    let rolling = json!({"rolling": "10m"});
    let anomaly = json!({"anomaly": {"factor": "3", "baseline": "336h"}, "action": "Disable"});
    assert_eq!(stopped_after(rolling.clone(), anomaly.clone(), &[("firing", 9, -9)]).await.len(), 1);
    let over = [("firing", 9, -9), ("resolved", 1, -1)];
    assert!(stopped_after(rolling, anomaly, &over).await.is_empty());
}
