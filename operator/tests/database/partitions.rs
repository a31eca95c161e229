use jiff::civil::{Date, date};
use serde_json::json;
use tollgate_operator::database::{
    partitions::{self, AHEAD, FEWEST, Swept},
    rollup,
};

use crate::support::{Database, connect, row, run};

const TODAY: Date = date(2026, 11, 25);
const OLD: Date = date(2026, 10, 10);

/// A row of an old day, as if it had come in then.
async fn put_old(database: &mut Database) {
    database
        .run(format!(
            "select tollgate_ensure_partition('{OLD}');
             insert into provider_usage_logs (id, created_at, received_at, feature, provider, host, endpoint, outcome, streamed, tokens_used,
                 input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, cost_usd, usage_source)
             values (gen_random_uuid(), '{OLD} 12:00Z', now(), 'chat', 'openai', 'api.openai.com', 'other', 'completed', false, 1, 1, 0, 0, 0, 0, 2, 'provider');
             insert into usage_dirty values ('', '{OLD} 12:00Z', 1)"
        ))
        .await;
}

#[tokio::test]
async fn partitions_are_there_two_weeks_ahead_and_belong_to_the_owner() {
    let mut database = Database::migrated().await;
    for _ in 0..2 {
        partitions::make_ahead(&mut database.connection, TODAY).await.unwrap();
    }
    let made = "select count(*) from pg_inherits where inhparent = 'provider_usage_logs'::regclass";
    assert_eq!(database.value(made).await, AHEAD + 1);
    let last =
        "select pg_get_expr(relpartbound, oid) from pg_class where relname = 'provider_usage_logs_p20261209'";
    let bound = database.value(last).await;
    assert!(bound.as_str().unwrap().contains("2026-12-09"), "{bound}");
    let owners = "select string_agg(distinct tableowner, ',') from pg_tables where tablename like 'provider_usage_logs%'";
    assert_eq!(database.value(owners).await, "tollgate_owner");
}

#[tokio::test]
async fn an_old_day_is_dropped_only_once_it_is_rolled_up_and_its_sums_stay() {
    let mut database = Database::migrated().await;
    put_old(&mut database).await;
    let drop_old = partitions::drop_old(&mut database.connection, TODAY, 35).await.unwrap();
    assert_eq!(drop_old, Swept { dropped: vec![], kept: vec![OLD] });

    // The hour is rolled up, its users are not.
    let hour = rollup::marked(&mut database.connection, rollup::Grain::Hour).await.unwrap().remove(0);
    rollup::remake(&mut database.connection, &hour).await.unwrap();
    let drop_old = partitions::drop_old(&mut database.connection, TODAY, 35).await.unwrap();
    assert_eq!(drop_old, Swept { dropped: vec![], kept: vec![OLD] });

    database.roll_up().await;
    let drop_old = partitions::drop_old(&mut database.connection, TODAY, 35).await.unwrap();
    assert_eq!(drop_old, Swept { dropped: vec![OLD], kept: vec![] });
    assert_eq!(database.count("provider_usage_logs").await, 0);
    assert_eq!(database.value("select sum(cost_usd) = 2 from usage_hourly").await, true);
    assert_eq!(database.value("select sum(cost_usd) = 2 from usage_users_daily").await, true);
}

#[tokio::test]
async fn days_within_the_retention_stay_and_the_retention_is_never_less_than_rows_may_be_late() {
    let mut database = Database::migrated().await;
    put_old(&mut database).await;
    database.roll_up().await;
    for (today, keep) in [(TODAY, 46), (OLD.checked_add(jiff::Span::new().days(31)).unwrap(), 1)] {
        let swept = partitions::drop_old(&mut database.connection, today, keep).await.unwrap();
        assert_eq!(swept, Swept::default(), "{today} {keep}");
    }
    let today = OLD.checked_add(jiff::Span::new().days(i64::from(FEWEST) + 1)).unwrap();
    let swept = partitions::drop_old(&mut database.connection, today, 1).await.unwrap();
    assert_eq!(swept.dropped, [OLD]);
}

#[tokio::test]
async fn a_day_that_somebody_reads_is_left_for_later_and_holds_up_no_writer_for_long() {
    let mut database = Database::migrated().await;
    put_old(&mut database).await;
    database.roll_up().await;
    let mut reader = connect("admin", &database.name).await;
    run(&mut reader, "begin; select count(*) from provider_usage_logs".to_owned()).await;
    let swept = partitions::drop_old(&mut database.connection, TODAY, 35).await.unwrap();
    assert_eq!(swept.kept, [OLD]);
    run(&mut reader, "commit".to_owned()).await;
    let swept = partitions::drop_old(&mut database.connection, TODAY, 35).await.unwrap();
    assert_eq!(swept.dropped, [OLD]);
}

#[tokio::test]
async fn what_partitions_do_not_take_with_them_is_bounded() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    database.ingest(&token, &json!([row(json!({"outcome": "no such outcome"}))])).await;
    database
        .run(format!(
            "insert into usage_clamped values (gen_random_uuid(), '{OLD} 12:00Z'), (gen_random_uuid(), '2026-10-09 12:00Z'), (gen_random_uuid(), '{TODAY}');
             select tollgate_ensure_partition('{OLD}');
             insert into usage_quarantine (fingerprint, received_at, reason, row) values ('old', '{OLD}', 'test', '{{}}')"
        ))
        .await;
    assert_eq!(partitions::clear_away(&mut database.connection, TODAY, 35).await.unwrap(), 1);
    // The one whose day is still there must be found by a second sending.
    assert_eq!(database.count("usage_clamped").await, 2);

    database
        .run(format!(
            "insert into usage_quarantine (fingerprint, received_at, reason, row)
             select sha256(n::text::bytea), now() + n * interval '1 ms', 'test', '{{}}' from generate_series(1, {}) as g (n)",
            partitions::QUARANTINE
        ))
        .await;
    let left = partitions::clear_away(&mut database.connection, TODAY, 35).await.unwrap();
    assert!((partitions::QUARANTINE..=partitions::QUARANTINE + 1).contains(&left), "{left}");
}
