use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::Connection;
use tollgate_operator::database::rollup::{Grain, Part, Remade, marked, remake};

use crate::support::{Database, connect, counts, id_at, ingest, row, run};

/// Where rows, rollups and their sums differ: nowhere, if all is well.
async fn differences(database: &mut Database) -> Vec<Value> {
    let raw = "select coalesce(cluster, '') as cluster, date_trunc('hour', created_at, 'UTC') as hour, coalesce(namespace, '') as namespace,
                      coalesce(workload, '') as workload, feature, coalesce(model, '') as model, outcome, usage_source,
                      count(*) as calls, count(*) filter (where cost_usd is null) as unpriced, coalesce(sum(cost_usd), 0) as cost,
                      sum(tokens_used) as tokens, sum((metadata -> 'usage' ->> 'input')::bigint) as input
               from provider_usage_logs group by 1, 2, 3, 4, 5, 6, 7, 8";
    let hourly = "select cluster, hour, namespace, workload, feature, model, outcome, usage_source, sum(calls)::bigint, sum(unpriced_calls)::bigint,
                         sum(cost_usd), sum(tokens_used), sum((units ->> 'input')::numeric)
                  from usage_hourly group by 1, 2, 3, 4, 5, 6, 7, 8";
    let users = "select coalesce(cluster, ''), (created_at at time zone 'UTC')::date, feature, coalesce(user_id, ''), count(*),
                        coalesce(sum(cost_usd), 0), count(*) filter (where outcome = 'refused')
                 from provider_usage_logs group by 1, 2, 3, 4";
    let daily =
        "select cluster, day, feature, user_id, sum(calls)::bigint, sum(cost_usd), sum(refused_calls)::bigint
                 from usage_users_daily group by 1, 2, 3, 4";
    let by_day = "select cluster, (hour at time zone 'UTC')::date, namespace, workload, feature, model, outcome, usage_source, sum(calls),
                         sum(unpriced_calls), sum(cost_usd), sum(input_tokens) from usage_hourly group by 1, 2, 3, 4, 5, 6, 7, 8";
    let days = "select cluster, day, namespace, workload, feature, model, outcome, usage_source, calls, unpriced_calls, cost_usd, input_tokens
                from usage_daily";
    let by_quarter =
        by_day.replace("(hour at time zone 'UTC')::date", "date_bin('6 hours', hour, '2000-01-01Z')");
    let quarters = days.replace(" day,", " six_hours,").replace("usage_daily", "usage_six_hourly");
    let of_parts = "select coalesce(cluster, ''), date_trunc('hour', created_at, 'UTC') + cut.minute * interval '1 minute', coalesce(namespace, ''),
                           coalesce(workload, ''), feature, coalesce(model, ''), outcome, usage_source, count(*),
                           count(*) filter (where cost_usd is null), coalesce(sum(cost_usd), 0), sum(input_tokens)::bigint
                    from provider_usage_logs cross join lateral (
                        select max(minute) as minute from (values (2, 30), (3, 30), (9, 30), (10, 15), (11, 15), (13, 30), (14, 30), (15, 15), (17, 30),
                            (18, 15), (18, 30), (19, 30), (20, 30)) cuts (hour, minute)
                        where hour = extract(hour from created_at at time zone 'UTC') and minute <= extract(minute from created_at)
                    ) cut where cut.minute is not null group by 1, 2, 3, 4, 5, 6, 7, 8";
    let parts = days.replace(" day,", " since,").replace("usage_daily", "usage_hour_parts");
    let of_users = "select cluster, day, user_id, sum(calls), sum(refused_calls), sum(cost_usd), sum(estimated_usd), sum(input_tokens)
                    from usage_users_daily group by 1, 2, 3";
    let totals = "select cluster, day, user_id, calls, refused_calls, cost_usd, estimated_usd, input_tokens from usage_user_totals_daily";
    let week = "date_trunc('week', day::timestamp)::date";
    let of_weeks = format!(
        "select cluster, {week}, '' as namespace, '' as feature, user_id, sum(calls), sum(refused_calls), sum(cost_usd), sum(output_tokens)
         from usage_users_daily group by 1, 2, 3, 4, 5
         union all
         select cluster, {week}, namespace, feature || '.', user_id, sum(calls), sum(refused_calls), sum(cost_usd), sum(output_tokens)
         from usage_users_daily group by 1, 2, 3, 4, 5"
    );
    let weeks = "select cluster, week, '', '', user_id, calls, refused_calls, cost_usd, output_tokens from usage_user_totals_weekly
                 union all
                 select cluster, week, namespace, feature || '.', user_id, calls, refused_calls, cost_usd, output_tokens from usage_users_weekly";
    let packed = "string_agg(octet_length(user_id) || ':' || user_id || calls || ',' || trim_scale(cost) || ';', '' order by user_id)";
    let of_standings = format!(
        "select cluster, grain, start, namespace, feature, count(*), {packed} from (
             select cluster, grain, start, namespace, feature, user_id, sum(calls) as calls, sum(cost_usd) as cost
             from usage_users_daily cross join lateral (values ('day', day), ('week', {week})) starts (grain, start) group by 1, 2, 3, 4, 5, 6
         ) users group by 1, 2, 3, 4, 5"
    );
    let standings =
        "select cluster, grain, start, namespace, feature, users, standings from usage_user_standings";
    let of_all = of_standings.replace(", namespace, feature", ", '' as namespace, '' as feature");
    let of_all = of_all
        .replace("start, '' as namespace, '' as feature, user_id", "start, user_id")
        .replace("group by 1, 2, 3, 4, 5, 6", "group by 1, 2, 3, 4");
    let totals_standings = "select cluster, grain, start, '' as namespace, '' as feature, users, standings from usage_user_total_standings";
    let mut found = Vec::new();
    for (one, other) in [
        (raw, hourly),
        (users, daily),
        (by_day, days),
        (&by_quarter, &quarters),
        (of_parts, &parts),
        (of_users, totals),
        (&of_weeks, weeks),
        (&of_standings, standings),
        (&of_all, totals_standings),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            // all: a line that is there twice is a difference
            found.extend(database.rows(&format!("({one}) except all ({other})")).await);
        }
    }
    found
}

#[tokio::test]
async fn an_hour_and_its_users_are_the_sums_of_their_rows() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let batch = json!([
        row(json!({})),
        row(json!({"user_id": null, "cost_usd": null})),
        row(json!({"feature": "search", "outcome": "refused", "cost_usd": "0", "metadata": {}})),
        row(json!({"model": null, "namespace": null, "workload": null, "account": null})),
        row(json!({"usage_source": "estimated", "metadata": {"usage": {"input": 7, "output_reasoning": 1}}})),
        row(
            json!({"input_tokens": 272_001, "metadata": {"price": "2026-11-25", "served": "flex", "usage": {"input": 272_001}}})
        ),
    ]);
    database.ingest(&token, &batch).await;
    database.roll_up().await;
    assert_eq!(differences(&mut database).await, Vec::<Value>::new());
    let long = database
        .rows("select price, served, input_above, units from usage_hourly where input_above > 0")
        .await;
    assert_eq!(
        long,
        [
            json!({"price": "2026-11-25", "served": "flex", "input_above": 272_000, "units": {"input": 272_001}})
        ]
    );
}

#[tokio::test]
async fn a_row_that_is_the_sum_of_calls_counts_as_so_many_calls_of_their_own_size() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let batch = json!([
        row(
            json!({"input_tokens": 900_000, "cost_usd": null, "metadata": {"usage": {"input": 900_000}, "merged": 40}})
        ),
        row(json!({"outcome": "refused", "cost_usd": "0", "metadata": {"usage": {}, "merged": 2}})),
        row(json!({"metadata": {"merged": "many"}})),
    ]);
    database.ingest(&token, &batch).await;
    database.roll_up().await;
    let sums = "select sum(calls) || ' ' || sum(unpriced_calls) || ' ' || max(input_above) from usage_hourly";
    assert_eq!(database.value(sums).await, "43 40 0");
    let users =
        "select sum(calls) || ' ' || sum(refused_calls) || ' ' || sum(unpriced_calls) from usage_users_daily";
    assert_eq!(database.value(users).await, "43 2 40");
}

#[tokio::test]
async fn what_did_not_change_is_not_written_again() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let at = Timestamp::now() - SignedDuration::from_hours(30);
    let rows: Vec<Value> = (0..20)
        .map(|feature| row(json!({"id": id_at(at).to_string(), "feature": format!("f{feature}")})))
        .collect();
    database.ingest(&token, &json!(rows)).await;
    database.roll_up().await;
    database.ingest(&token, &json!([row(json!({"id": id_at(at).to_string(), "feature": "f3"}))])).await;
    let parts = marked(&mut database.connection, Grain::Hour).await.unwrap();
    assert_eq!(parts.len(), 1);
    assert_eq!(remake(&mut database.connection, &parts[0]).await.unwrap(), Remade::Done { changed: 1 });
    assert_eq!(database.value("select sum(calls) from usage_hourly").await, 21);
}

#[tokio::test]
async fn a_lost_call_that_is_found_counts_as_what_it_was() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let id = id_at(Timestamp::now()).to_string();
    let lost = row(json!({"id": id, "outcome": "lost", "usage_source": "estimated", "cost_usd": "0.5"}));
    database.ingest(&token, &json!([lost])).await;
    database.roll_up().await;
    assert_eq!(database.ingest(&token, &json!([row(json!({"id": id}))])).await, counts(0, 1, 0, 0));
    database.roll_up().await;
    assert_eq!(
        database.rows("select outcome, calls, cost_usd::text from usage_hourly").await,
        [json!({"outcome": "completed", "calls": 1, "cost_usd": "0.000225000001"})]
    );
    assert_eq!(differences(&mut database).await, Vec::<Value>::new());
}

#[tokio::test]
async fn usage_that_is_no_usage_holds_up_nothing() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let huge = i64::MAX;
    let batch = json!([
        row(json!({"metadata": {"usage": "none"}})),
        row(json!({"metadata": {"usage": {"input": "10", "Output!": 3, "output": 1e30, "input_cached": 2}}})),
        row(json!({"feature": "f".repeat(2000), "model": "m".repeat(9000), "user_id": "u".repeat(2000)})),
        row(json!({"tokens_used": huge, "input_tokens": huge})),
        row(json!({"tokens_used": huge, "input_tokens": huge})),
    ]);
    assert_eq!(database.ingest(&token, &batch).await, counts(5, 0, 0, 0));
    database.roll_up().await;
    assert_eq!(database.value("select sum(calls) from usage_hourly").await, 5);
    assert_eq!(database.value("select sum(calls) from usage_users_daily").await, 5);
    assert_eq!(database.value("select max(tokens_used) from usage_hourly").await, huge);
    assert_eq!(
        database.value("select units from usage_hourly where units ? 'input_cached'").await,
        json!({"input_cached": 2})
    );
}

#[tokio::test]
async fn an_hour_that_somebody_is_still_writing_to_is_made_of_what_is_committed_and_stays_marked() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    database.ingest(&token, &json!([row(json!({}))])).await;
    let mut writer = connect("admin", &database.name).await;
    run(&mut writer, "begin".to_owned()).await;
    ingest(&mut writer, &token, &json!([row(json!({}))])).await;
    database.remake(Grain::Hour).await;
    assert_eq!(database.value("select sum(calls) from usage_hourly").await, 1);
    run(&mut writer, "commit".to_owned()).await;
    database.roll_up().await;
    assert_eq!(database.value("select sum(calls) from usage_hourly").await, 2);
}

/// Lets a rollup begin to replace an hour, and keeps it there while `lock` is held.
const HELD: &str = "create function held() returns trigger language plpgsql as $$
     begin perform pg_advisory_xact_lock_shared(42); return new; end $$;
     create trigger held before insert on usage_hourly for each row execute function held()";

#[tokio::test]
async fn a_writer_never_waits_for_a_rollup_and_its_rows_are_not_forgotten() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    database.ingest(&token, &json!([row(json!({}))])).await;
    // Marked in every lane, so that the writer meets a mark that was taken.
    database
        .run(format!(
            "{HELD}; select pg_advisory_lock(42);
             insert into usage_dirty select d.cluster, d.hour, g.lane from usage_dirty d, generate_series(0, 63) as g (lane)
             on conflict do nothing"
        ))
        .await;
    let part = marked(&mut database.connection, Grain::Hour).await.unwrap().remove(0);
    let mut leader = connect("admin", &database.name).await;
    let rollup = tokio::spawn(async move { remake(&mut leader, &part).await.unwrap() });
    let waits = "select count(*) from pg_locks where locktype = 'advisory' and objid = 42 and not granted
                 and database = (select oid from pg_database where datname = current_database())";
    while database.value(waits).await != 1 {
        tokio::task::yield_now().await;
    }
    // Were it to wait, this would be an error.
    database.run("set lock_timeout = '5s'").await;
    assert_eq!(database.ingest(&token, &json!([row(json!({}))])).await, counts(1, 0, 0, 0));
    database.run("select pg_advisory_unlock(42)").await;
    assert_eq!(rollup.await.unwrap(), Remade::Done { changed: 1 });
    assert_eq!(database.value("select sum(calls) from usage_hourly").await, 1);
    database.roll_up().await;
    assert_eq!(database.value("select sum(calls) from usage_hourly").await, 2);
}

#[tokio::test]
async fn a_rollup_that_was_broken_off_is_done_by_the_next() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    database.ingest(&token, &json!([row(json!({}))])).await;
    database.run(format!("{HELD}; select pg_advisory_lock(42)")).await;
    let part = marked(&mut database.connection, Grain::Hour).await.unwrap().remove(0);
    let mut leader = connect("admin", &database.name).await;
    let taken = part.clone();
    let rollup = tokio::spawn(async move { remake(&mut leader, &taken).await });
    while database.count("usage_rolling").await == 0 {
        tokio::task::yield_now().await;
    }
    database.run("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()").await;
    assert!(rollup.await.unwrap().is_err());
    database.run("select pg_advisory_unlock(42)").await;
    assert_eq!(marked(&mut database.connection, Grain::Hour).await.unwrap(), [part]);
    database.roll_up().await;
    assert_eq!(differences(&mut database).await, Vec::<Value>::new());
    assert_eq!(database.value("select sum(calls) from usage_hourly").await, 1);
}

#[tokio::test]
async fn two_that_lead_at_once_do_not_count_twice() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    database.ingest(&token, &json!([row(json!({}))])).await;
    let part = marked(&mut database.connection, Grain::Hour).await.unwrap().remove(0);
    let mut other = connect("admin", &database.name).await;
    let mut holding = other.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('tollgate.rollup ' || $1, 0))")
        .bind(part.to_string())
        .execute(&mut *holding)
        .await
        .unwrap();
    assert_eq!(remake(&mut database.connection, &part).await.unwrap(), Remade::Busy);
    holding.rollback().await.unwrap();
    assert_eq!(remake(&mut database.connection, &part).await.unwrap(), Remade::Done { changed: 1 });
}

/// Not random, so that a failure can be had again; mixed enough that hours, lanes and ranks meet in all ways.
fn batch(writer: u64, number: u64, now: Timestamp) -> Vec<Value> {
    let at = |step: u64| {
        now - SignedDuration::from_mins(i64::try_from((writer * 7 + number * 13 + step * 29) % 4000).unwrap())
    };
    (0..12)
        .map(|step| {
            row(json!({
                "id": id_at(at(step)).to_string(),
                "feature": format!("f{}", (writer + step) % 3),
                "user_id": format!("u{}", (number + step) % 5),
                "outcome": if step % 4 == 0 { "lost" } else if step % 4 == 1 { "refused" } else { "completed" },
                "usage_source": if step % 4 == 0 { "estimated" } else { "provider" },
                "cost_usd": if step % 5 == 0 { Value::Null } else { json!(format!("0.00000{step}00{number}")) },
            }))
        })
        .collect()
}

/// The true rows of those that were lost.
fn found(lost: &[Value]) -> Vec<Value> {
    lost.iter()
        .filter(|row| row["outcome"] == "lost")
        .map(|row| {
            let mut row = row.clone();
            row["outcome"] = json!("completed");
            row["usage_source"] = json!("provider");
            row["cost_usd"] = json!("0.125");
            row["tokens_used"] = json!(77);
            row
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rows_and_rollups_agree_while_many_write_late_and_better_rows_and_two_lead() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let now = Timestamp::now();
    let written = Arc::new(AtomicBool::new(false));
    let leaders: Vec<_> = (0..2)
        .map(|_| {
            let (name, written) = (database.name.clone(), Arc::clone(&written));
            tokio::spawn(async move {
                let mut connection = connect("admin", &name).await;
                loop {
                    let last = written.load(Ordering::Acquire);
                    let mut parts = Vec::new();
                    for grain in Grain::ALL {
                        parts.extend(marked(&mut connection, grain).await.unwrap());
                    }
                    if last && parts.is_empty() {
                        return;
                    }
                    for part in parts {
                        remake(&mut connection, &part).await.unwrap();
                    }
                }
            })
        })
        .collect();
    let writers: Vec<_> = (0..6)
        .map(|writer| {
            let (name, token) = (database.name.clone(), token.clone());
            tokio::spawn(async move {
                let mut connection = connect("tollgate_sidecar", &name).await;
                let mut kept = Vec::new();
                for number in 0..15 {
                    let rows = batch(writer, number, now);
                    ingest(&mut connection, &token, &json!(rows)).await;
                    // the true rows of an earlier batch, and some that stand there already
                    let again: Vec<Value> =
                        found(&kept).into_iter().chain(kept.iter().take(3).cloned()).collect();
                    ingest(&mut connection, &token, &json!(again)).await;
                    kept = rows;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    written.store(true, Ordering::Release);
    for leader in leaders {
        leader.await.unwrap();
    }
    assert_eq!(database.count("provider_usage_logs").await, 6 * 15 * 12);
    assert!(database.count("usage_hourly").await > 50);
    assert_eq!(differences(&mut database).await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_last_days_totals_are_of_the_cluster_and_by_feature() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let old = id_at(Timestamp::now() - SignedDuration::from_hours(25)).to_string();
    let batch = json!([
        row(json!({"cluster": "c1"})),
        row(json!({"cluster": "c1", "cost_usd": null})),
        row(json!({"cluster": "c1", "feature": "search", "cost_usd": "0.100000000000"})),
        row(json!({"cluster": "c1", "id": old})),
        row(json!({"cluster": "c2"})),
    ]);
    database.ingest(&token, &batch).await;
    database.roll_up().await;
    let totals = tollgate_operator::database::last_day(database.handle().pool(), "c1").await.unwrap();
    let chat = &totals[&("shop".to_owned(), "chat".to_owned())];
    assert_eq!((chat.calls, chat.tokens, &*chat.cost, chat.unpriced_calls), (2, 60, "0.000225000001", 1));
    assert_eq!(totals[&("shop".to_owned(), "search".to_owned())].cost, "0.1");
    assert_eq!(totals.len(), 2);
}

#[tokio::test]
async fn marks_are_looked_at_newest_first() {
    let mut database = Database::migrated().await;
    database
        .run(
            "insert into usage_dirty values ('c', '2026-11-25 10:00Z', 0), ('c', '2026-11-25 10:00Z', 5), ('', '2026-11-25 11:00Z', 0);
             insert into usage_dirty_days values ('c', '2026-11-24')",
        )
        .await;
    let hour =
        |cluster: &str, hour: &str| Part::Hour { cluster: cluster.to_owned(), hour: hour.parse().unwrap() };
    assert_eq!(
        marked(&mut database.connection, Grain::Hour).await.unwrap(),
        [hour("", "2026-11-25T11:00:00Z"), hour("c", "2026-11-25T10:00:00Z")]
    );
    let day = Part::Day { cluster: "c".to_owned(), day: jiff::civil::date(2026, 11, 24) };
    assert_eq!(marked(&mut database.connection, Grain::Day).await.unwrap(), [day]);
}
