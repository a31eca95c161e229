//! Sums of the rollups: which are made, when, and that no change of a rollup goes unmarked.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde_json::{Value, json};
use sqlx::Connection;
use tollgate_operator::database::rollup::{Grain, Part, Remade};

use crate::support::{Database, connect, id_at, row, run};

/// The Monday of the week before this one: its rows are still there, and nobody goes on writing them.
fn monday() -> Date {
    let today = TimeZone::UTC.to_datetime(Timestamp::now()).date();
    let days = i64::from(today.weekday().to_monday_zero_offset()) + 7;
    today.saturating_sub(days.days())
}

/// A call at ten on a day of that week.
fn call(day: i64, mut more: Value) -> Value {
    let date = monday().saturating_add(day.days());
    let at = TimeZone::UTC.to_timestamp(date.at(10, 0, 0, 0)).unwrap();
    more["id"] = json!(id_at(at).to_string());
    row(more)
}

/// Three features, two users, on two days.
async fn filled() -> (Database, String) {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let rows: Vec<Value> = (0..24)
        .map(|at| {
            let (feature, user) = (format!("f{}", at % 3), format!("u{}", at / 2 % 2));
            call(1 + at % 2, json!({"feature": feature, "user_id": user}))
        })
        .collect();
    database.ingest(&token, &json!(rows)).await;
    (database, token)
}

fn week() -> Part {
    Part::Week { cluster: String::new(), week: monday() }
}

const MARKS: &str = "select string_agg(distinct to_char(day, 'Dy') || ' ' || feature, ', ' order by to_char(day, 'Dy') || ' ' || feature) from usage_unsummed";

#[tokio::test]
async fn a_week_is_summed_once_its_rows_are_rolled_up() {
    let (mut database, _) = filled().await;
    database.remake(Grain::Hour).await;
    assert_eq!(database.remake(Grain::Week).await, [], "the days of its users are still to come");
    database.remake(Grain::Day).await;
    // Tuesday and Wednesday: three features each, by day and in one quarter of it (the two users of each were summed with its rollup); a week of
    // two users, and three features of two; standings of three features and of all, in two days and a week
    assert_eq!(
        database.remake(Grain::Week).await,
        [(week(), Remade::Done { changed: 6 + 6 + 2 + 3 * 2 + 4 * 3 })]
    );
    assert_eq!(database.remake(Grain::Week).await, []);
    let users =
        "select string_agg(user_id || ' ' || calls, ', ' order by user_id) from usage_user_totals_weekly";
    assert_eq!(database.value(users).await, "u0 12, u1 12");
}

#[tokio::test]
async fn a_late_row_changes_the_sums_that_it_is_in_and_no_other() {
    let (mut database, token) = filled().await;
    database.roll_up().await;
    database.ingest(&token, &json!([call(2, json!({"feature": "f1", "user_id": "u0"}))])).await;
    database.remake(Grain::Hour).await;
    database.remake(Grain::Day).await;
    assert_eq!(database.value(MARKS).await, "Wed f1");
    assert_eq!(database.remake(Grain::Week).await, [(week(), Remade::Done { changed: 4 + 4 })]);
}

#[tokio::test]
async fn standings_go_with_the_last_call_of_a_feature() {
    let (mut database, _) = filled().await;
    database.roll_up().await;
    let standings = "select string_agg(grain || ' ' || feature || ' ' || users || ' ' || standings, ', ' order by grain, start, feature) from usage_user_standings where feature <> 'f1'";
    database.run("update usage_users_daily set cost_usd = 0.50 where feature = 'f0'").await;
    database.run("delete from usage_users_daily where feature = 'f2'").await;
    database.roll_up().await;
    assert_eq!(
        database.value(standings).await,
        "day f0 2 2:u02,0.5;2:u12,0.5;, day f0 2 2:u02,0.5;2:u12,0.5;, week f0 2 2:u04,1;2:u14,1;"
    );
    let all = "select users || ' ' || standings from usage_user_total_standings where grain = 'week'";
    assert!(database.value(all).await.as_str().unwrap().starts_with("2 2:u08,"));
}

#[tokio::test]
async fn whoever_changes_a_rollup_marks_its_sums_also_by_hand() {
    let (mut database, _) = filled().await;
    database.roll_up().await;
    assert_eq!(database.value(MARKS).await, Value::Null);
    database.run("update usage_hourly set feature = 'renamed' where feature = 'f0' and extract(isodow from hour) = 2").await;
    assert_eq!(database.value(MARKS).await, "Tue f0, Tue renamed");
    database.run("delete from usage_users_daily where feature = 'f2' and extract(isodow from day) = 3").await;
    assert_eq!(database.value(MARKS).await, "Tue f0, Tue renamed, Wed f2");
    database.roll_up().await;
    assert_eq!(database.value(MARKS).await, Value::Null);
    let features = "select string_agg(distinct feature, ' ' order by feature) from usage_daily";
    assert_eq!(database.value(features).await, "f0 f1 f2 renamed");
    assert_eq!(database.value("select sum(calls) from usage_users_weekly where feature = 'f2'").await, 4);
}

#[tokio::test]
async fn a_rollup_that_is_not_committed_keeps_its_mark() {
    let (mut database, _) = filled().await;
    database.roll_up().await;
    database.run("update usage_hourly set calls = calls + 1 where extract(isodow from hour) = 2").await;
    let mut other = connect("admin", &database.name).await;
    run(&mut other, "begin".to_owned()).await;
    run(&mut other, "update usage_hourly set calls = calls + 1".to_owned()).await;
    assert_eq!(database.remake(Grain::Week).await, [(week(), Remade::Busy)]);
    run(&mut other, "commit".to_owned()).await;
    database.roll_up().await;
    let sums = "select string_agg(distinct calls::text, ' ') from usage_daily";
    assert_eq!(database.value(sums).await, "5 6");
}

#[tokio::test]
async fn two_that_lead_at_once_do_not_sum_twice() {
    let (mut database, _) = filled().await;
    database.remake(Grain::Hour).await;
    database.remake(Grain::Day).await;
    let mut other = connect("admin", &database.name).await;
    let mut holding = other.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('tollgate.rollup ' || $1, 0))")
        .bind(week().to_string())
        .execute(&mut *holding)
        .await
        .unwrap();
    assert_eq!(database.remake(Grain::Week).await, [(week(), Remade::Busy)]);
    holding.rollback().await.unwrap();
    assert_eq!(database.remake(Grain::Week).await.len(), 1);
}

#[tokio::test]
async fn sums_outlive_the_rows_they_were_made_of() {
    let (mut database, _) = filled().await;
    database.roll_up().await;
    for day in [1, 2] {
        let date = monday().saturating_add(day.days());
        database.run(format!("drop table provider_usage_logs_p{}", date.strftime("%Y%m%d"))).await;
    }
    // a price that was put right once the rows were gone
    database.run("update usage_users_daily set cost_usd = 1 where user_id = 'u1'").await;
    database.roll_up().await;
    let users = "select string_agg(user_id || ' ' || calls || ' ' || (cost_usd = 6), ', ' order by user_id) from usage_user_totals_weekly";
    assert_eq!(database.value(users).await, "u0 12 false, u1 12 true");
}
