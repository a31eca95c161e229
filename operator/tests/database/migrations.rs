use serde_json::json;
use tollgate_operator::migrate::{self, Report};

use crate::support::{Database, connect, counts, row};

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
