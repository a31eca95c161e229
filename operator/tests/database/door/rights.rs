use serde_json::json;
use sqlx::{AssertSqlSafe, Executor};

use crate::support::{Database, connect, counts, ingest, row};

#[tokio::test]
async fn the_sidecars_login_can_put_rows_through_the_door_and_do_nothing_else() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let mut sidecar = connect("tollgate_sidecar", &database.name).await;
    assert_eq!(ingest(&mut sidecar, &token, &json!([row(json!({}))])).await, counts(1, 0, 0, 0));
    let partition = database.value("select tableoid::regclass::text from provider_usage_logs").await;
    let forbidden = [
        "select count(*) from provider_usage_logs".to_owned(),
        format!("select count(*) from {}", partition.as_str().unwrap()),
        format!("insert into {} select", partition.as_str().unwrap()),
        "select * from ingest_keys".to_owned(),
        "select * from usage_quarantine".to_owned(),
        "select * from usage_dirty".to_owned(),
        "select * from usage_clamped".to_owned(),
        "delete from provider_usage_logs".to_owned(),
        format!("select tollgate_ingest_claims('{token}')"),
        "select tollgate_usage_put('[]', null, null, null)".to_owned(),
        "select tollgate_usage_rows('[]', null, null, null)".to_owned(),
        "select tollgate_usage_make_room('[]')".to_owned(),
        "select tollgate_batch_ids('[]')".to_owned(),
        "select tollgate_ensure_partition('2030-01-01')".to_owned(),
        "select tollgate_usage_rank('lost', 'none')".to_owned(),
        "select tollgate_id_time('01932f3a-5b28-7abc-8def-0123456789ab')".to_owned(),
        "create table public.mine (a int)".to_owned(),
        "create temporary table mine (a int)".to_owned(),
        "create schema mine".to_owned(),
        "set role tollgate_owner".to_owned(),
        "drop function tollgate_ingest_v1".to_owned(),
    ];
    for sql in forbidden {
        let error = sidecar.execute(sqlx::raw_sql(AssertSqlSafe(sql.clone()))).await.expect_err(&sql);
        let code = error.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned());
        assert_eq!(code.as_deref(), Some("42501"), "{sql}: {error}");
    }
}

#[tokio::test]
async fn a_reader_reads_the_ledger_and_changes_nothing() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    database.ingest(&token, &json!([row(json!({}))])).await;
    database.run("set role tollgate_reader_all").await;
    assert_eq!(database.count("provider_usage_logs").await, 1);
    assert_eq!(database.count("usage_quarantine").await, 0);
    for sql in [
        "delete from provider_usage_logs",
        "update provider_usage_logs set feature = 'x'",
        "select * from ingest_keys",
        "select tollgate_ingest_v1('', '[]')",
    ] {
        let error = database.connection.execute(sql).await.expect_err(sql);
        assert!(error.to_string().contains("permission denied"), "{sql}: {error}");
    }
}
