//! What alerts find in a real Postgres: as much as the ledger holds, whenever it came there, and each crossing once.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tollgate_operator::{alerting::rounds::Rounds, index::SharedIndex, settings::Retention};

use crate::support::{Database, alert_of, index_of};

/// Late in a month of 31 days.
fn noon() -> Timestamp {
    "2026-10-30T12:00:00Z".parse().unwrap()
}

fn rounds() -> Rounds {
    Rounds::new("default", Retention { usage_days: 35 })
}

/// What the alert's status would show.
fn value(rounds: &Rounds) -> String {
    let figures = &rounds.watched("uid-9").expect("the alert").figures;
    figures.groups.first().map_or_else(|| "nothing".to_owned(), |group| group.value.to_string())
}

/// Rounds until the value is this: each minute one, for so many.
async fn within(rounds: &mut Rounds, database: &Database, index: &SharedIndex, minutes: i64) -> String {
    for minute in 1..=minutes {
        let now = noon() + SignedDuration::from_mins(minute);
        rounds.round(database.handle().pool(), index, now).await.unwrap();
    }
    value(rounds)
}

fn month() -> SharedIndex {
    index_of(json!({
        "window": {"calendar": "Month", "timeZone": "Asia/Kolkata"}, "limit": {"metric": "Cost", "amount": "1000"},
        "thresholds": [{"above": "100%"}],
    }))
}

/// The month's sum, as an admin would ask it.
const MONTH: &str = "select trim_scale(sum(cost_usd))::text from provider_usage_logs
     where created_at >= timestamptz '2026-10-01 00:00+05:30' and cluster = 'default' and namespace = 'shop'";

// === impl Database ===

impl Database {
    /// A call each so many minutes between two times, of so much.
    async fn calls(&mut self, from: &str, until: &str, minutes: u32, more: &Value) {
        let mut call = json!({"cost": "0.01", "user": "ada", "outcome": "completed", "metadata": {}});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let text = |name: &str| call[name].as_str().unwrap().to_owned();
        let (cost, user, outcome) = (text("cost"), text("user"), text("outcome"));
        let metadata = &call["metadata"];
        self.run(format!(
            "select tollgate_ensure_partition(day::date) from generate_series('{from}'::date, '{until}'::date, interval '1 day') day;
             insert into provider_usage_logs (id, created_at, received_at, cluster, namespace, feature, user_id, provider, host, endpoint,
                outcome, streamed, tokens_used, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens,
                cost_usd, usage_source, metadata)
             select gen_random_uuid(), at, now(), 'default', 'shop', 'chat', '{user}', 'openai', 'api.openai.com', 'other',
                '{outcome}', false, 30, 10, 20, 0, 0, 0, {cost}, 'provider', '{metadata}'
             from generate_series('{from}'::timestamptz, '{until}'::timestamptz - interval '1 second', interval '{minutes} minutes') at;
             insert into usage_dirty select distinct 'default', date_trunc('hour', at, 'UTC'), 0
             from generate_series('{from}'::timestamptz, '{until}'::timestamptz, interval '{minutes} minutes') at on conflict do nothing"
        ))
        .await;
    }

    async fn events(&mut self) -> Vec<Value> {
        self.rows("select state, to_char(at at time zone 'UTC', 'DD HH24:MI') as at, trim_scale(value)::text as value from alert_events order by id")
            .await
    }
}

#[tokio::test]
async fn a_month_holds_what_the_ledger_holds_rolled_up_or_not() {
    let mut database = Database::migrated().await;
    database.calls("2026-09-20", "2026-10-29 10:30Z", 7, &json!({})).await;
    database.roll_up().await;
    database.calls("2026-09-30 18:00Z", "2026-10-01 02:00Z", 1, &json!({"user": "bob"})).await;
    database.calls("2026-10-29 09:00Z", "2026-10-30 12:00Z", 3, &json!({"cost": "0.002"})).await;
    let mut rounds = rounds();
    assert_eq!(json!(within(&mut rounds, &database, &month(), 1).await), database.value(MONTH).await);
    database.roll_up().await;
    assert_eq!(json!(within(&mut self::rounds(), &database, &month(), 1).await), database.value(MONTH).await);
}

#[tokio::test]
async fn days_that_were_imported_after_the_leader_began_count_within_minutes() {
    let mut database = Database::migrated().await;
    database.calls("2026-10-27", "2026-10-30 11:55Z", 7, &json!({})).await;
    database.roll_up().await;
    let (index, mut rounds) = (month(), rounds());
    assert_eq!(json!(within(&mut rounds, &database, &index, 1).await), database.value(MONTH).await);
    database.calls("2026-09-20", "2026-10-27", 3, &json!({"cost": "0.02"})).await;
    database.roll_up().await;
    assert_eq!(json!(within(&mut rounds, &database, &index, 7).await), database.value(MONTH).await);
}

#[tokio::test]
async fn a_call_that_ended_minutes_or_hours_after_it_began_counts_where_it_began() {
    let mut database = Database::migrated().await;
    database.calls("2026-10-30 09:00Z", "2026-10-30 11:59Z", 1, &json!({})).await;
    let hour = index_of(json!({
        "window": {"rolling": "1h"}, "limit": {"metric": "Cost", "amount": "1000"}, "thresholds": [{"above": "100%"}],
    }));
    let (index, mut rounds) = (month(), rounds());
    let mut rolling = self::rounds();
    within(&mut rounds, &database, &index, 1).await;
    within(&mut rolling, &database, &hour, 1).await;
    database.calls("2026-10-30 11:50Z", "2026-10-30 11:51Z", 1, &json!({"cost": "7"})).await;
    database.calls("2026-10-30 09:20Z", "2026-10-30 09:21Z", 1, &json!({"cost": "9", "user": "bob"})).await;
    database.run("update provider_usage_logs set cost_usd = 3 where created_at = '2026-10-30 11:40Z'").await;
    assert_eq!(json!(within(&mut rounds, &database, &index, 8).await), database.value(MONTH).await);
    let last = "select trim_scale(sum(cost_usd))::text from provider_usage_logs where created_at >= '2026-10-30 11:07Z'";
    assert_eq!(json!(within(&mut rolling, &database, &hour, 8).await), database.value(last).await);
}

#[tokio::test]
async fn days_whose_rows_are_gone_count_by_their_hours() {
    let mut database = Database::migrated().await;
    database.calls("2026-09-20", "2026-10-30 11:59Z", 7, &json!({})).await;
    database.roll_up().await;
    let all = "select trim_scale(sum(cost_usd))::text from provider_usage_logs where created_at >= '2026-10-01 00:00Z'";
    let all = database.value(all).await;
    for day in 1..=12 {
        database.run(format!("drop table provider_usage_logs_p202610{day:02}")).await;
    }
    database.run("do $$ declare t text; begin for t in select c.relname from pg_class c where c.relname ~ '^provider_usage_logs_p202609' and c.relkind = 'r' loop execute 'drop table ' || t; end loop; end $$").await;
    let month = index_of(json!({
        "window": {"calendar": "Month"}, "limit": {"metric": "Cost", "amount": "1000"}, "thresholds": [{"above": "100%"}],
    }));
    assert_eq!(json!(within(&mut rounds(), &database, &month, 1).await), all);
    let days = index_of(json!({
        "window": {"rolling": "720h"}, "limit": {"metric": "Cost", "amount": "1000"}, "thresholds": [{"above": "100%"}],
    }));
    let held = "select trim_scale(sum(cost_usd))::text from usage_hourly where hour >= '2026-09-30 12:00Z'";
    assert_eq!(json!(within(&mut rounds(), &database, &days, 1).await), database.value(held).await);
}

#[tokio::test]
async fn a_row_that_is_the_sum_of_calls_counts_as_many() {
    let mut database = Database::migrated().await;
    database.calls("2026-10-30 08:00Z", "2026-10-30 11:59Z", 30, &json!({"metadata": {"merged": 40}})).await;
    database.calls("2026-10-30 08:00Z", "2026-10-30 11:59Z", 60, &json!({"outcome": "refused"})).await;
    let calls = index_of(json!({
        "window": {"calendar": "Month"}, "limit": {"metric": "Calls", "amount": "1000"}, "thresholds": [{"above": "100%"}],
    }));
    assert_eq!(within(&mut rounds(), &database, &calls, 1).await, "320");
    database.roll_up().await;
    assert_eq!(within(&mut rounds(), &database, &calls, 1).await, "320");
}

#[tokio::test]
async fn what_was_reached_while_nobody_led_is_said_as_it_was_then_and_once() {
    let mut database = Database::migrated().await;
    let day = index_of(json!({
        "window": {"calendar": "Day"}, "limit": {"metric": "Cost", "amount": "5"}, "thresholds": [{"above": "100%"}],
    }));
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    database.calls("2026-10-30 20:00Z", "2026-10-30 23:40Z", 60, &json!({"cost": "1"})).await;
    let pool = database.handle().pool().clone();
    rounds().round(&pool, &day, at("2026-10-30T23:50:30Z")).await.unwrap();
    assert_eq!(database.events().await, Vec::<Value>::new());

    database.calls("2026-10-30 23:56Z", "2026-10-30 23:58Z", 1, &json!({"cost": "1"})).await;
    let told = [
        json!({"state": "firing", "at": "30 23:57", "value": "5"}),
        json!({"state": "resolved", "at": "31 00:01", "value": "0"}),
    ];
    rounds().round(&pool, &day, at("2026-10-31T00:10:30Z")).await.unwrap();
    assert_eq!(database.events().await, told);
    rounds().round(&pool, &day, at("2026-10-31T00:10:40Z")).await.unwrap();
    rounds().round(&pool, &day, at("2026-10-31T00:12:30Z")).await.unwrap();
    assert_eq!(database.events().await, told);
}

#[tokio::test]
async fn an_alert_that_was_changed_is_judged_by_calls_that_came_since_the_last_minute_ended() {
    let mut database = Database::migrated().await;
    let limit = |amount: &str| json!({"window": {"calendar": "Day"}, "limit": {"metric": "Cost", "amount": amount}, "thresholds": [{"above": "100%"}]});
    let (index, mut rounds) = (index_of(limit("1000")), rounds());
    let pool = database.handle().pool().clone();
    rounds.round(&pool, &index, noon() + SignedDuration::from_secs(20)).await.unwrap();

    database.calls("2026-10-30 11:55Z", "2026-10-30 11:58Z", 1, &json!({"cost": "2"})).await;
    index.write(|index| index.apply_alert(alert_of(limit("5"), 2), noon()));
    let told = rounds.round(&pool, &index, noon() + SignedDuration::from_secs(25)).await.unwrap();
    assert_eq!(told, 1, "{:?}", database.events().await);
    assert_eq!(value(&rounds), "6");
}
