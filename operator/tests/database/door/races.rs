use serde_json::{Value, json};

use crate::support::{Database, connect, counts, id_at, ingest, row, run};

fn total(answers: &[Value], name: &str) -> u64 {
    answers.iter().map(|answer| answer[name].as_u64().unwrap()).sum()
}

/// The same done by so many connections at the same moment.
async fn at_once(name: &str, token: &str, batches: Vec<Value>) -> Vec<Value> {
    let tasks: Vec<_> = batches
        .into_iter()
        .map(|batch| {
            let (name, token) = (name.to_owned(), token.to_owned());
            tokio::spawn(async move {
                let mut connection = connect("tollgate_sidecar", &name).await;
                ingest(&mut connection, &token, &batch).await
            })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_that_miss_the_same_partitions_make_them_once_and_all_get_in() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let batches = (0..100i64)
        .map(|number| {
            let day = |days| jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * days);
            // days in different orders, so that a wrong lock would be a deadlock
            let days = [number % 5, (number * 3) % 5, (number * 2 + 1) % 5];
            days.map(|days| row(json!({"id": id_at(day(days)).to_string()}))).into_iter().collect()
        })
        .collect();
    let answers = at_once(&database.name, &token, batches).await;
    assert_eq!(total(&answers, "accepted"), 300);
    assert_eq!(database.count("provider_usage_logs").await, 300);
    assert_eq!(database.value("select count(distinct tableoid) from provider_usage_logs").await, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_rows_sent_by_many_at_once_stand_once() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let rows: Vec<Value> = (0..20).map(|_| row(json!({}))).collect();
    let reversed: Vec<Value> = rows.iter().rev().cloned().collect();
    let batches = (0..40).map(|number| json!(if number % 2 == 0 { &rows } else { &reversed })).collect();
    let answers = at_once(&database.name, &token, batches).await;
    assert_eq!(database.rows("select reason from usage_quarantine").await, Vec::<Value>::new());
    assert_eq!((total(&answers, "accepted"), total(&answers, "duplicate")), (20, 40 * 20 - 20));
    assert_eq!(database.count("provider_usage_logs").await, 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_partition_that_was_made_a_moment_ago_is_seen_by_all_who_missed_it() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let mut connections = Vec::new();
    for _ in 0..32 {
        connections.push(connect("tollgate_sidecar", &database.name).await);
    }
    for day in 2..12 {
        let then = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * day);
        let sent = connections.iter_mut().map(|connection| {
            let batch = json!([row(json!({"id": id_at(then).to_string()}))]);
            let token = &token;
            async move { ingest(connection, token, &batch).await }
        });
        let answers = futures::future::join_all(sent).await;
        assert_eq!(
            total(&answers, "accepted"),
            32,
            "{:?}",
            database.rows("select reason from usage_quarantine").await
        );
    }
}

#[tokio::test]
async fn a_mark_of_rows_that_are_not_committed_yet_is_not_taken_by_a_rollup() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    // The hour is marked already, in every lane, when a writer comes.
    database.ingest(&token, &json!([row(json!({}))])).await;
    database
        .run(
            "insert into usage_dirty select d.cluster, d.hour, g.lane from usage_dirty d, generate_series(0, 63) as g (lane)
             on conflict do nothing",
        )
        .await;

    let mut writer = connect("admin", &database.name).await;
    run(&mut writer, "begin".to_owned()).await;
    assert_eq!(ingest(&mut writer, &token, &json!([row(json!({}))])).await, counts(1, 0, 0, 0));

    // What a rollup does: takes the marks it can have, then reads.
    let take = "delete from usage_dirty d using (select cluster, hour, lane from usage_dirty for update skip locked) t
                where d.cluster = t.cluster and d.hour = t.hour and d.lane = t.lane";
    database.run(take).await;
    assert_eq!(database.count("provider_usage_logs").await, 1, "the writer's row is not there yet");
    assert_eq!(database.count("usage_dirty").await, 1, "and so its mark stays");
    run(&mut writer, "commit".to_owned()).await;
    database.run(take).await;
    assert_eq!(database.count("usage_dirty").await, 0);
}
