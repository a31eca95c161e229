//! Who reads which rows: teams their namespaces, admins all, nobody past the policies.

use serde_json::{Value, json};
use tollgate_operator::database::{
    audit::{Change, Sides, record},
    partitions,
};

use crate::support::{Database, row};

/// Tables that hold rows of namespaces.
const TABLES: [&str; 9] = [
    "provider_usage_logs",
    "usage_hourly",
    "usage_users_daily",
    "usage_six_hourly",
    "usage_daily",
    "usage_users_weekly",
    "usage_quarantine",
    "feature_flags",
    "flag_changes",
];

/// A row in each table for c/shop, c/bank and d/shop. Roles are the server's, so they have a test's own name.
async fn filled(team: &str) -> Database {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    for (cluster, namespace) in [("c", "shop"), ("c", "bank"), ("d", "shop")] {
        let ours = |changes: Value| {
            let mut row = row(changes);
            (row["cluster"], row["namespace"]) = (json!(cluster), json!(namespace));
            row
        };
        database.ingest(&token, &json!([ours(json!({}))])).await;
        database
            .run(format!(
                "insert into usage_quarantine (fingerprint, cluster, namespace, reason, row)
                     values (sha256('{cluster}/{namespace}'), '{cluster}', '{namespace}', 'test', '{{}}');
                 insert into feature_flags values ('{cluster}', 'FeatureFlag', '{namespace}', 'chat', 'chat', null, true, true, 'Spec', null, 'u', '1', '{{}}', now(), null)"
            ))
            .await;
        let change = Change {
            cluster: cluster.to_owned(),
            at: jiff::Timestamp::now(),
            kind: "FeatureFlag".to_owned(),
            namespace: namespace.to_owned(),
            name: "chat".to_owned(),
            feature: "chat".to_owned(),
            uid: format!("{cluster}/{namespace}"),
            resource_version: "1".to_owned(),
            actor: None,
            actor_groups: Vec::new(),
            via: None,
            reason: None,
            sides: Sides::Created { after: json!({}) },
        };
        record(database.handle().pool(), &change).await.unwrap();
    }
    database.roll_up().await;
    database
        .run(format!(
            "create role {team} nologin; grant tollgate_reader to {team};
             create role {team}_ada login; grant {team} to {team}_ada;
             insert into reader_namespaces values ('{team}', 'c', 'shop'), ('gone', 'c', 'bank')"
        ))
        .await;
    database
}

async fn seen(database: &mut Database, role: &str, table: &str) -> Value {
    database.run(format!("set role {role}")).await;
    let seen = database.value(&format!("select string_agg(cluster || '/' || namespace, ' ' order by cluster, namespace) from (select distinct cluster, namespace from {table}) t")).await;
    database.run("reset role").await;
    seen
}

#[tokio::test]
async fn a_team_sees_its_namespaces_of_its_cluster_in_every_table() {
    let mut database = filled("team_1").await;
    for table in TABLES {
        assert_eq!(seen(&mut database, "team_1", table).await, "c/shop", "{table}");
        assert_eq!(seen(&mut database, "team_1_ada", table).await, "c/shop", "{table}");
    }
}

#[tokio::test]
async fn an_admin_sees_all_and_a_reader_of_no_team_nothing() {
    let mut database = filled("team_2").await;
    for table in TABLES {
        assert_eq!(
            seen(&mut database, "tollgate_reader_all", table).await,
            "c/bank c/shop d/shop",
            "{table}"
        );
        assert_eq!(seen(&mut database, "tollgate_reader", table).await, Value::Null, "{table}");
    }
}

#[tokio::test]
async fn every_table_with_a_namespace_has_its_policies() {
    let mut database = Database::migrated().await;
    let open = "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'namespace'
                  and not (c.relrowsecurity)";
    assert_eq!(database.rows(open).await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_role_for_one_transaction_is_all_that_a_console_needs() {
    let mut database = filled("team_3").await;
    database.run("begin; set local role team_3").await;
    assert_eq!(database.count("usage_hourly").await, 1);
    database.run("commit").await;
    assert_eq!(database.count("usage_hourly").await, 3);
}

#[tokio::test]
async fn no_grant_on_a_partition_leads_past_the_policies() {
    let mut database = filled("team_4").await;
    database.run("alter default privileges grant select on tables to team_4").await;
    partitions::make_ahead(&mut database.connection, jiff::civil::date(2030, 1, 1)).await.unwrap();
    let names = "select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'provider_usage_logs'::regclass";
    let names = database.rows(names).await;
    assert!(names.len() > 10);
    for row in names {
        let name = row["name"].as_str().unwrap();
        database.run(format!("grant select on {name} to team_4; set role team_4")).await;
        assert_eq!(database.count(name).await, 0, "{name}");
        database.run("reset role").await;
    }
}

#[tokio::test]
async fn a_teams_namespaces_are_asked_for_once_a_query() {
    let mut database = filled("team_5").await;
    database.run("set role team_5; set enable_seqscan = off").await;
    let mut plan = String::new();
    for row in sqlx::query("explain select sum(cost_usd) from usage_hourly where feature = 'chat'")
        .fetch_all(&mut database.connection)
        .await
        .unwrap()
    {
        plan += &format!("{}\n", sqlx::Row::get::<String, _>(&row, 0));
    }
    assert!(plan.contains("InitPlan") && plan.contains("usage_hourly_feature"), "{plan}");
    assert!(!plan.contains("SubPlan") || plan.contains("hashed SubPlan"), "{plan}");
}

#[tokio::test]
async fn a_team_learns_of_no_other_teams_namespaces() {
    let mut database = filled("team_6").await;
    database.run("set role team_6").await;
    assert_eq!(
        database.rows("select * from reader_namespaces").await,
        [json!({"role": "team_6", "cluster": "c", "namespace": "shop"})]
    );
    for sql in [
        "insert into reader_namespaces values ('team_6', 'c', 'bank')",
        "update reader_namespaces set namespace = 'bank'",
        "delete from usage_hourly",
        "select * from usage_clamped",
        "insert into feature_flags select * from feature_flags",
    ] {
        let error = sqlx::query(sql).execute(&mut database.connection).await.expect_err(sql);
        assert!(error.to_string().contains("permission denied"), "{sql}: {error}");
    }
}
