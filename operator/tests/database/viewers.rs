//! The role that the console sets for whoever asks: it sees their namespaces and nothing else, whatever the query.

use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};

use crate::support::{Database, connect, row, run};

/// Rows of three namespaces, and of one of another cluster.
async fn filled() -> Database {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    for (cluster, namespace) in [("c", "shop"), ("c", "bank"), ("c", "lab"), ("d", "shop")] {
        let mut row = row(json!({}));
        (row["cluster"], row["namespace"]) = (json!(cluster), json!(namespace));
        database.ingest(&token, &json!([row])).await;
    }
    database.roll_up().await;
    database
}

async fn console(database: &Database) -> PgConnection {
    connect("tollgate_console", &database.name).await
}

async fn role(console: &mut PgConnection, namespaces: &[&str]) -> String {
    sqlx::query_scalar("select tollgate_viewer_role_v1('c', $1)")
        .bind(namespaces)
        .fetch_one(console)
        .await
        .unwrap()
}

async fn cluster_role(console: &mut PgConnection, cluster: &str) -> String {
    sqlx::query_scalar("select tollgate_cluster_role_v1($1)").bind(cluster).fetch_one(console).await.unwrap()
}

/// What a query without a condition finds as this role.
async fn seen(console: &mut PgConnection, role: &str) -> Vec<String> {
    let mut transaction = console.begin().await.unwrap();
    run(&mut transaction, format!("set local role {role}")).await;
    sqlx::query_scalar("select coalesce(cluster, '') || '/' || namespace from usage_hourly order by 1")
        .fetch_all(&mut *transaction)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_query_without_a_condition_finds_the_viewers_namespaces_and_no_other() {
    let database = filled().await;
    let mut console = console(&database).await;
    let one = role(&mut console, &["shop"]).await;
    let two = role(&mut console, &["lab", "shop"]).await;
    let none = role(&mut console, &[]).await;
    assert_eq!(seen(&mut console, &one).await, ["c/shop"]);
    assert_eq!(seen(&mut console, &two).await, ["c/lab", "c/shop"]);
    assert_eq!(seen(&mut console, &none).await, Vec::<String>::new());
    let all = ["c/bank", "c/lab", "c/shop", "d/shop"];
    assert_eq!(seen(&mut console, "tollgate_reader_all").await, all);
}

#[tokio::test]
async fn a_clusters_admin_finds_all_its_namespaces_and_nothing_of_another_cluster() {
    let database = filled().await;
    let mut console = console(&database).await;
    let ours = cluster_role(&mut console, "c").await;
    assert_eq!(seen(&mut console, &ours).await, ["c/bank", "c/lab", "c/shop"]);
    assert_eq!(cluster_role(&mut console, "c").await, ours, "asked again, the same");
    let theirs = cluster_role(&mut console, "d").await;
    assert_eq!(seen(&mut console, &theirs).await, ["d/shop"]);
    let nobodys = cluster_role(&mut console, "e").await;
    assert_eq!(seen(&mut console, &nobodys).await, Vec::<String>::new());
}

#[tokio::test]
async fn each_table_that_admins_read_is_closed_to_those_of_another_cluster() {
    let mut database = filled().await;
    let forgotten = database
        .value(
            "(select jsonb_agg(distinct tablename order by tablename) from pg_policies p where policyname = 'admins_read_all' and not exists (
                select from pg_policies q where q.tablename = p.tablename and q.policyname = 'admins_read_their_cluster'))",
        )
        .await;
    assert_eq!(forgotten, Value::Null);
    let open = database
        .value(
            "(select jsonb_agg(c.relname order by c.relname) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'cluster'
              where c.relkind in ('r', 'p') and not c.relrowsecurity and has_table_privilege('tollgate_reader', c.oid, 'select'))",
        )
        .await;
    // of whom or of what their marks do not say
    assert_eq!(open, json!(["usage_dirty", "usage_dirty_days", "usage_rolling"]));
}

#[tokio::test]
async fn the_same_namespaces_in_any_order_are_the_same_role() {
    let database = filled().await;
    let mut console = console(&database).await;
    let first = role(&mut console, &["shop", "bank"]).await;
    assert_eq!(role(&mut console, &["bank", "shop", "bank"]).await, first);
    assert_ne!(role(&mut console, &["bank"]).await, first);
}

#[tokio::test]
async fn a_console_that_forgets_to_set_a_role_finds_nothing() {
    let database = filled().await;
    let mut console = console(&database).await;
    role(&mut console, &["shop"]).await;
    for table in ["provider_usage_logs", "usage_hourly", "flag_changes", "viewer_roles", "ingest_keys"] {
        let query = sqlx::AssertSqlSafe(format!("select * from {table}"));
        let error = sqlx::query(query).fetch_all(&mut console).await.expect_err(table);
        assert!(error.to_string().contains("permission denied"), "{table}: {error}");
    }
}

#[tokio::test]
async fn a_viewers_role_cannot_give_itself_another_namespace() {
    let database = filled().await;
    let mut console = console(&database).await;
    let role = role(&mut console, &["shop"]).await;
    run(&mut console, format!("set role {role}")).await;
    for sql in [
        "select tollgate_viewer_role_v1('c', array['bank'])".to_owned(),
        "select tollgate_cluster_role_v1('c')".to_owned(),
        format!("insert into reader_namespaces values ('{role}', 'c', 'bank')"),
    ] {
        let error =
            sqlx::query(sqlx::AssertSqlSafe(sql.as_str())).execute(&mut console).await.expect_err(&sql);
        assert!(error.to_string().contains("permission denied"), "{sql}: {error}");
    }
}

#[tokio::test]
async fn a_role_that_nobody_asked_for_in_a_month_is_gone_and_comes_again() {
    let mut database = filled().await;
    let mut console = console(&database).await;
    let old = role(&mut console, &["bank", "lab", "shop"]).await;
    database.run("update viewer_roles set used_at = now() - interval '31 days'").await;
    role(&mut console, &["lab"]).await;
    let exists = format!("exists (select from pg_roles where rolname = '{old}')");
    assert_eq!(database.value(&exists).await, json!(false));
    assert_eq!(database.count(&format!("reader_namespaces where role = '{old}'")).await, 0);
    assert_eq!(role(&mut console, &["bank", "lab", "shop"]).await, old);
    assert_eq!(seen(&mut console, &old).await, ["c/bank", "c/lab", "c/shop"]);
}

#[tokio::test]
async fn two_that_ask_at_once_for_a_new_role_both_get_it() {
    let database = filled().await;
    let asked: Vec<_> = (0..4)
        .map(|_| {
            let name = database.name.clone();
            tokio::spawn(async move {
                let mut console = connect("tollgate_console", &name).await;
                role(&mut console, &["bank", "shop", "two-at-once"]).await
            })
        })
        .collect();
    let mut roles = Vec::new();
    for role in asked {
        roles.push(role.await.unwrap());
    }
    roles.dedup();
    assert_eq!(roles.len(), 1);
}

#[tokio::test]
async fn the_databases_owner_can_make_viewers_without_being_a_superuser() {
    let mut admin = Database::empty("admin").await;
    admin.run("create role viewers_owner login createrole").await;
    let mut database = Database::empty("viewers_owner").await;
    database.connection = connect("viewers_owner", &database.name).await;
    tollgate_operator::migrate::run(&mut database.connection, || ()).await.unwrap();
    let mut console = console(&database).await;
    let role = role(&mut console, &["made-by-no-superuser"]).await;
    let told: Value = database
        .value(&format!("select jsonb_agg(namespace) from reader_namespaces where role = '{role}'"))
        .await;
    assert_eq!(told, json!(["made-by-no-superuser"]));
    assert_eq!(seen(&mut console, &role).await, Vec::<String>::new());
    let whole = cluster_role(&mut console, "c").await;
    assert_eq!(seen(&mut console, &whole).await, Vec::<String>::new());
}
