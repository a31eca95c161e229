//! Who the users are and what they cost, as dashboards ask it: the same as the rows say, wherever it is found.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde_json::{Value, json};
use tollgate_operator::database::rollup::Grain;

use crate::support::{Database, id_at, row};

/// Whole days from a Monday on: of a whole week that is summed, of weeks of which a day is not, and of a part of a week.
const DAYS: i64 = 20;
/// Of them, what came late and is not summed.
const LATE: [i64; 2] = [9, 15];

/// The Monday three weeks before this one.
fn monday() -> Date {
    let today = TimeZone::UTC.to_datetime(Timestamp::now()).date();
    let days = i64::from(today.weekday().to_monday_zero_offset()) + 21;
    today.saturating_sub(days.days())
}

/// At noon of such a day, in one of two clusters. Users have odd names, or none; each feature is in two namespaces, but one.
fn call(day: i64, number: usize) -> Value {
    const USERS: [Option<&str>; 5] = [Some("ada"), Some("0:7"), None, Some("bob;1:x"), Some("Zoë")];
    const FEATURES: [(&str, &str); 5] =
        [("shop", "chat"), ("bank", "chat"), ("shop", "search"), ("bank", "search"), ("shop", "notes")];
    let at = TimeZone::UTC.to_timestamp(monday().saturating_add(day.days()).at(12, 0, 0, 0)).unwrap();
    let cluster = if number.is_multiple_of(7) { "d" } else { "c" };
    let (namespace, feature) = FEATURES[number % 5];
    let is_refused = number % 11 == 3;
    let outcome = match number % 11 {
        3 => "refused",
        4 => "provider_error",
        _ => "completed",
    };
    let cost = (!number.is_multiple_of(13)).then(|| format!("0.{number:03}"));
    row(json!({
        "id": id_at(at).to_string(), "cluster": cluster, "namespace": namespace, "feature": feature,
        "user_id": USERS[number / 5 % 5], "cost_usd": cost, "input_tokens": number, "outcome": outcome,
        "usage_source": if is_refused { "none" } else if number % 6 == 1 { "estimated" } else { "provider" },
    }))
}

async fn filled() -> Database {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let in_time: Vec<Value> =
        (0..DAYS).flat_map(|day| (0..30).map(move |number| call(day, number))).collect();
    database.ingest(&token, &json!(in_time)).await;
    database.roll_up().await;
    // on the second of these days in one of the clusters alone
    let late: Vec<Value> = LATE
        .into_iter()
        .flat_map(|day| (30..50).map(move |number| (day, number)))
        .filter(|(day, number)| *day != LATE[1] || number % 7 != 0)
        .map(|(day, number)| call(day, number))
        .collect();
    database.ingest(&token, &json!(late)).await;
    for grain in [Grain::Hour, Grain::Day] {
        database.remake(grain).await;
    }
    database
}

/// What is asked: of which days, clusters, namespaces and features.
struct Asked {
    days: (i64, i64),
    words: &'static str,
    /// The same of rows.
    of_rows: &'static str,
}

const ALL: &str = "array['c', 'd'], array['shop', 'bank'], array['chat', 'search', 'notes']";

const ASKED: [Asked; 9] = [
    Asked { days: (0, DAYS), words: ALL, of_rows: "true" },
    Asked { days: (-30, 7), words: "array['c', 'd']", of_rows: "true" },
    Asked { days: (3, 18), words: ALL, of_rows: "true" },
    Asked { days: (9, 10), words: ALL, of_rows: "true" },
    Asked {
        days: (0, DAYS),
        words: "array['c'], null, array['chat']",
        of_rows: "cluster = 'c' and feature = 'chat'",
    },
    Asked { days: (0, DAYS), words: "array['c', 'd'], array['shop', null]", of_rows: "namespace = 'shop'" },
    Asked { days: (2, 16), words: "array['c', 'd'], array['shop'], null", of_rows: "namespace = 'shop'" },
    Asked {
        days: (4, 5),
        words: "array['d'], array['bank'], array['chat']",
        of_rows: "cluster = 'd' and namespace = 'bank' and feature = 'chat'",
    },
    Asked { days: (0, DAYS), words: "array['c']::text[], '{}'::text[], '{}'::text[]", of_rows: "false" },
];

/// Hours before the midnights at which it is asked.
const EDGES: [[u8; 2]; 2] = [[0, 0], [7, 17]];

// === impl Asked ===

impl Asked {
    /// From the first midnight until the last; or each so many hours before, which begins and ends the same days.
    fn call(&self, function: &str, [earlier, ended]: [u8; 2], more: &str) -> String {
        let (from, until) = self.dates();
        let before = |date: Date, hours: u8| {
            format!("'{date}'::timestamp at time zone 'UTC' - interval '{hours} hours'")
        };
        format!("{function}({}, {}, {}{more})", before(from, earlier), before(until, ended), self.words)
    }

    fn rows(&self) -> String {
        let (from, until) = self.dates();
        format!(
            "(select *, (created_at at time zone 'UTC')::date as day, coalesce(user_id, '') as person from provider_usage_logs
              where created_at >= '{from}'::timestamp at time zone 'UTC' and created_at < '{until}'::timestamp at time zone 'UTC' and {}) rows",
            self.of_rows
        )
    }

    fn dates(&self) -> (Date, Date) {
        let (from, until) = self.days;
        (monday().saturating_add(from.days()), monday().saturating_add(until.days()))
    }
}

/// The same of the functions as of the rows, as whoever asks sees them.
async fn compare(database: &mut Database, role: &str) {
    database.run(format!("set role {role}")).await;
    for (asked, edges) in ASKED.iter().flat_map(|asked| EDGES.map(|edges| (asked, edges))) {
        let rows = asked.rows();
        let users = asked.call("tollgate_users", edges, "");
        let ids = asked.call("tollgate_user_ids", edges, "");
        let of_features = asked.call("tollgate_users_of_features_daily", edges, "");
        let dearest = asked.call("tollgate_dearest_users_daily", edges, ", most => 2");
        let pairs = [
            (
                format!("select user_id, calls, refused_calls, failed_calls, unpriced_calls, trim_scale(cost_usd), trim_scale(estimated_usd), tokens from {users}"),
                format!(
                    "select person, count(*), count(*) filter (where outcome = 'refused'), count(*) filter (where outcome = 'provider_error'),
                         count(*) filter (where cost_usd is null), trim_scale(coalesce(sum(cost_usd), 0)),
                         trim_scale(coalesce(sum(cost_usd) filter (where usage_source = 'estimated'), 0)), sum(input_tokens + output_tokens)
                     from {rows} group by 1"
                ),
            ),
            (format!("select id from {ids} id"), format!("select distinct person from {rows}")),
            (
                format!("select day, feature, users from {of_features}"),
                format!("select day, feature, count(distinct person) from {rows} where person <> '' group by 1, 2"),
            ),
            (
                format!("select day, user_id, trim_scale(cost_usd) from {dearest}"),
                format!(
                    "select day, case when rank <= 2 then person end, trim_scale(coalesce(sum(cost_usd), 0)) from {rows}
                     join (select person, rank() over (order by coalesce(sum(cost_usd), 0) desc, person) from {rows} group by 1) ranked using (person)
                     group by 1, 2"
                ),
            ),
        ];
        for (function, plain) in pairs {
            let differ = format!("({function} except all {plain}) union all ({plain} except all {function})");
            assert_eq!(database.rows(&differ).await, Vec::<Value>::new(), "{role}: {function}");
        }
    }
    database.run("reset role").await;
}

#[tokio::test]
async fn the_users_of_dashboards_are_those_of_the_rows_whether_summed_or_not() {
    let mut database = filled().await;
    assert!(database.count("usage_user_totals_weekly").await > 0, "a week is summed");
    assert_eq!(database.count("(select distinct day from usage_unsummed_days) late").await, 2);
    assert_eq!(database.count("(select distinct day from usage_users_totalled) late").await, 2);
    compare(&mut database, "tollgate_reader_all").await;
    database.run("delete from usage_users_totalled").await;
    compare(&mut database, "tollgate_reader_all").await;
    database.roll_up().await;
    assert_eq!(database.count("usage_users_totalled").await, 0, "what is summed is not marked");
    compare(&mut database, "tollgate_reader_all").await;
}

#[tokio::test]
async fn the_users_of_a_day_that_goes_on_are_those_of_its_rollup_on_a_new_ledger_too() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    for numbers in [0..30, 30..50] {
        let rows: Vec<Value> = numbers.map(|number| call(9, number)).collect();
        database.ingest(&token, &json!(rows)).await;
        for grain in [Grain::Hour, Grain::Day] {
            database.remake(grain).await;
        }
        assert_eq!(database.count("usage_daily").await, 0, "nothing is summed");
        assert_eq!(database.count("usage_users_totalled").await, 2 * 5);
        compare(&mut database, "tollgate_reader_all").await;
    }
}

#[tokio::test]
async fn a_rollup_that_another_release_made_is_not_taken_for_totalled() {
    let mut database = filled().await;
    database.run("update usage_users_daily set cost_usd = cost_usd + 1 where day = (select max(day) from usage_users_totalled)").await;
    assert_eq!(database.count("(select distinct day from usage_users_totalled) late").await, 1);
}

#[tokio::test]
async fn a_reader_of_some_namespaces_is_told_of_their_users_only() {
    let mut database = filled().await;
    database
        .run(
            "create role of_shop nologin; grant tollgate_reader to of_shop; insert into reader_namespaces values ('of_shop', 'c', 'shop'), ('of_shop', 'd', 'shop');
             create role of_c nologin; grant tollgate_reader_cluster to of_c; insert into reader_clusters values ('of_c', 'c');
             create role of_both nologin; grant of_shop, of_c to of_both",
        )
        .await;
    for role in ["of_shop", "of_c", "of_both"] {
        compare(&mut database, role).await;
    }
}
