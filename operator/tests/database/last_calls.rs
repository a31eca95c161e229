//! The newest calls of a span, as dashboards ask for them: those of the rows, whoever asks.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use crate::support::{Database, id_at, row};

/// The longer ago, the rarer: two a moment, then seconds, minutes and hours apart, three days in all.
fn call(now: Timestamp, number: i64) -> Value {
    const OF: [(Option<&str>, &str, &str); 4] = [
        (None, "shop", "chat"),
        (Some("c"), "shop", "chat"),
        (None, "bank", "search"),
        (None, "shop", "notes"),
    ];
    let at = now - SignedDuration::from_secs((number / 2).pow(3));
    let (cluster, namespace, feature) = OF[usize::try_from(number).unwrap() % OF.len()];
    row(json!({
        "id": id_at(at).to_string(), "cluster": cluster, "namespace": namespace, "feature": feature,
    }))
}

async fn filled(now: Timestamp) -> Database {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let rows: Vec<Value> = (0..128).map(|number| call(now, number)).collect();
    database.ingest(&token, &json!(rows)).await;
    database
}

/// Which, of rows that are asked for plainly, and how many are wanted.
const ASKED: [(&str, &str, i64); 8] = [
    ("array['', 'c'], array['shop', 'bank'], array['chat', 'search', 'notes']", "true", 50),
    ("array['', 'c']", "true", 1000),
    ("array['']", "cluster is null", 7),
    ("array['c'], null, array['chat']", "cluster = 'c' and feature = 'chat'", 3),
    ("array['', 'c'], array['bank'], null", "namespace = 'bank'", 50),
    ("array['', 'c'], null, array['notes', 'never']", "feature = 'notes'", 29),
    ("array['d']", "false", 50),
    ("array['', 'c']", "true", 0),
];

/// The same of the function as of the rows, for spans that begin and end so many seconds before.
async fn compare(database: &mut Database, now: Timestamp, role: &str) {
    database.run(format!("set role {role}")).await;
    for (begins, ends) in
        [(300_000, 0), (300_000, 1), (86_400, 0), (90_000, 1000), (1, 0), (200_000, 100_000), (5, 9)]
    {
        let before = |seconds| now - SignedDuration::from_secs(seconds);
        let (since, until) = (before(begins), before(ends));
        for (words, plain, most) in ASKED {
            let named = words.matches(", array").count() + words.matches(", null").count();
            let commas = [", null, null", ", null", ""][named.min(2)];
            let newest = database
                .rows(&format!(
                    "select id from tollgate_last_calls('{since}', '{until}', {words}{commas}, {most})"
                ))
                .await;
            let expected = database
                .rows(&format!(
                    "select id from provider_usage_logs where created_at between '{since}' and '{until}' and {plain}
                     order by created_at desc, id desc limit {most}"
                ))
                .await;
            assert_eq!(newest, expected, "{role}: {words}, of {since} to {until}");
        }
    }
    database.run("reset role").await;
}

#[tokio::test]
async fn the_last_calls_are_the_newest_rows_however_long_ago_they_were() {
    let now = Timestamp::now();
    let mut database = filled(now).await;
    compare(&mut database, now, "tollgate_reader_all").await;
}

#[tokio::test]
async fn a_span_without_an_end_is_refused_rather_than_sought_for_ever() {
    let mut database = Database::migrated().await;
    for span in ["now(), 'infinity'", "'-infinity', now()"] {
        let asked = format!("select from tollgate_last_calls({span}, array[''])");
        let answer = sqlx::raw_sql(AssertSqlSafe(asked)).execute(&mut database.connection).await;
        let refused = answer.unwrap_err().to_string();
        assert!(refused.contains("are two times"), "{refused}");
    }
}

#[tokio::test]
async fn the_last_calls_of_a_team_are_those_of_its_namespaces() {
    let now = Timestamp::now();
    let mut database = filled(now).await;
    database
        .run(
            "create role of_shop_alone nologin; grant tollgate_reader to of_shop_alone;
             insert into reader_namespaces values ('of_shop_alone', '', 'shop')",
        )
        .await;
    compare(&mut database, now, "of_shop_alone").await;
    database.run("set role of_shop_alone").await;
    let of = "tollgate_last_calls(now() - interval '4 days', now(), array['', 'c'])";
    assert_eq!(database.count(&format!("(select distinct namespace from {of}) seen")).await, 1);
}
