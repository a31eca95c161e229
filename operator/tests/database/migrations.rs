use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sqlx::migrate::Migrator;
use tollgate_operator::migrate::{self, Report};

use crate::support::{Database, connect, counts, id_at, row};

#[tokio::test]
async fn a_second_run_finds_nothing_to_do() {
    let mut database = Database::empty("admin").await;
    let first = migrate::run(&mut database.connection, || ()).await.unwrap();
    assert_eq!(first.applied, first.known);
    let second = migrate::run(&mut database.connection, || ()).await.unwrap();
    assert_eq!(second, Report { known: first.known, applied: 0 });
}

#[tokio::test]
async fn of_several_runs_at_once_one_migrates_and_the_others_wait() {
    let database = Database::empty("admin").await;
    let runs: Vec<_> = (0..5)
        .map(|_| {
            let name = database.name.clone();
            tokio::spawn(async move {
                let mut connection = connect("admin", &name).await;
                migrate::run(&mut connection, || ()).await.unwrap()
            })
        })
        .collect();
    let mut migrated = 0;
    for run in runs {
        let Report { known, applied } = run.await.unwrap();
        assert!(applied == 0 || applied == known);
        migrated += usize::from(applied > 0);
    }
    assert_eq!(migrated, 1);
}

#[tokio::test]
async fn a_migration_of_a_newer_version_is_left_alone() {
    let mut database = Database::migrated().await;
    database
        .run(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             values (99999999999999, 'from the future', true, '', 0)",
        )
        .await;
    assert_eq!(migrate::run(&mut database.connection, || ()).await.unwrap().applied, 0);
}

#[tokio::test]
async fn the_databases_owner_can_migrate_it_without_being_a_superuser() {
    let mut admin = Database::empty("admin").await;
    admin.run("create role plain_owner login createrole").await;
    let mut database = Database::empty("plain_owner").await;
    database.connection = connect("plain_owner", &database.name).await;
    migrate::run(&mut database.connection, || ()).await.unwrap();
    let token = database.token().await;
    assert_eq!(database.ingest(&token, &json!([row(json!({}))])).await, counts(1, 0, 0, 0));
    assert_eq!(database.count("provider_usage_logs").await, 1);
    let owners = "select string_agg(distinct tableowner, ',') from pg_tables where tablename like 'provider_usage_logs%' or tablename like 'usage%'";
    assert_eq!(database.value(owners).await, "tollgate_owner");
}

/// What a sidecar meets that is older or newer than the database: while a release is rolled out, and for months after.
#[tokio::test]
async fn the_door_takes_rows_at_every_version_of_the_schema_that_has_one() {
    let mut database = Database::empty("admin").await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let migrator = Migrator::new(folder).await.unwrap();
    let mut taken = 0;
    for version in migrator.iter().map(|migration| migration.version) {
        migrator.run_direct(Some(version), &mut database.connection, false).await.unwrap();
        let door = "select to_regprocedure('public.tollgate_ingest_v1(text, jsonb)') is not null";
        if database.value(door).await == json!(true) {
            let token = database.token().await;
            let rows = json!([row(json!({}))]);
            assert_eq!(database.ingest(&token, &rows).await, counts(1, 0, 0, 0), "at {version}");
            assert_eq!(database.ingest(&token, &rows).await, counts(0, 0, 1, 0), "at {version}");
            taken += 1;
        }
    }
    assert!(taken > 10, "{taken}");
    assert_eq!(database.count("provider_usage_logs").await, taken);
    database.roll_up().await;
    assert_eq!(database.value("select sum(calls) from usage_hourly").await, json!(taken));
}

#[tokio::test]
async fn an_older_leader_rolls_up_what_a_newer_schema_has_more_columns_for() {
    let mut database = Database::migrated().await;
    for table in ["usage_hourly", "usage_users_daily"] {
        database.run(format!("alter table {table} add column of_tomorrow text not null default ''")).await;
    }
    let token = database.token().await;
    for calls in 1..=2 {
        database.ingest(&token, &json!([row(json!({}))])).await;
        database.roll_up().await;
        for table in ["usage_hourly", "usage_users_daily"] {
            assert_eq!(database.rows(&format!("select calls from {table}")).await, [json!({"calls": calls})]);
        }
    }
}

#[tokio::test]
async fn rollups_of_an_older_release_are_summed_also_where_their_rows_are_gone() {
    let mut database = Database::empty("admin").await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let migrator = Migrator::new(folder).await.unwrap();
    let sums = "20261129150000".parse().unwrap();
    for migration in migrator.iter().filter(|migration| migration.version < sums) {
        migrator.run_direct(Some(migration.version), &mut database.connection, false).await.unwrap();
    }
    database
        .run(
            "insert into usage_hourly select '', '2026-03-02 10:00Z'::timestamptz + i * interval '1 day', 'shop', 'web', 'chat', 'openai',
                 'api.openai.com', 'gpt-4o', '', 'completed', 'provider', '', '', 0, 2, 0, 0.5, 9, 7, 2, 0, 0, 0, '{}' from generate_series(0, 13) i;
             insert into usage_users_daily select '', '2026-03-02'::date + i, 'shop', 'chat', 'ada', 'openai',
                 'api.openai.com', 'gpt-4o', '', '', 0, 2, 0, 0, 0, 0.5, 0, 7, 2, '{\"input_cached\": 3}' from generate_series(0, 13) i",
        )
        .await;
    migrate::run(&mut database.connection, || ()).await.unwrap();
    database.roll_up().await;
    let days = "select count(*) || ' ' || sum(calls) || ' ' || sum(cost_usd) from usage_daily";
    assert_eq!(database.value(days).await, "14 28 7.0");
    let quarters = "select string_agg(distinct to_char(six_hours at time zone 'UTC', 'HH24'), ' ') || ' ' || sum(calls) from usage_six_hourly";
    assert_eq!(database.value(quarters).await, "06 28");
    for table in ["usage_users_weekly", "usage_user_totals_weekly"] {
        let weeks = format!(
            "select string_agg(week || ' ' || calls || ' ' || cached_input_tokens, ', ' order by week) from {table}"
        );
        assert_eq!(database.value(&weeks).await, "2026-03-02 14 21, 2026-03-09 14 21", "{table}");
    }
}

#[tokio::test]
async fn the_last_calls_of_a_feature_are_read_in_the_order_of_its_index() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let now = Timestamp::now();
    let rows: Vec<_> = (0..3_000)
        .map(|number| row(json!({"id": id_at(now - SignedDuration::from_secs(20 * number)).to_string()})))
        .collect();
    assert_eq!(database.ingest(&token, &json!(rows)).await, counts(3_000, 0, 0, 0));
    database.run("analyze provider_usage_logs").await;
    let last = "select feature from provider_usage_logs where feature = 'chat'
                order by date_bin('1 hour', created_at, '2000-01-01 00:00:00+00') desc, created_at desc limit 10";
    let explained: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("explain {last}")))
        .fetch_all(&mut database.connection)
        .await
        .unwrap();
    let explained = explained.join("\n");
    assert!(
        explained.contains("Incremental Sort") && explained.contains("feature_date_bin_idx"),
        "{explained}"
    );
}
