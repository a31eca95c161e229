use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::support::{Database, counts, id_at, row};

#[tokio::test]
async fn the_time_of_an_id_is_exact_to_the_millisecond() {
    let mut database = Database::migrated().await;
    let wrong = "select count(*) from generate_series(0, 4102444800000, 82048897) as g (ms),
        lateral (select lpad(to_hex(ms), 12, '0')) as h (hex),
        lateral (select (left(hex, 8) || '-' || right(hex, 4) || '-7abc-8def-0123456789ab')::uuid) as i (id)
        where extract(epoch from tollgate_id_time(id)) * 1000 <> ms";
    assert_eq!(database.value(wrong).await, 0);
    let recent = wrong.replace("0, 4102444800000, 82048897", "1790000000000, 1790000050000");
    assert_eq!(database.value(&recent).await, 0);
}

#[tokio::test]
async fn a_late_row_makes_the_partition_of_its_day() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let late = Timestamp::now() - SignedDuration::from_hours(24 * 29);
    let batch = json!([row(json!({"id": id_at(late).to_string()})), row(json!({}))]);
    assert_eq!(database.ingest(&token, &batch).await, counts(2, 0, 0, 0));
    assert_eq!(database.value("select count(distinct tableoid) from provider_usage_logs").await, 2);
}

#[tokio::test]
async fn days_are_days_of_utc() {
    let mut database = Database::migrated().await;
    database.run("set timezone = 'Pacific/Auckland'").await;
    let token = database.token().await;
    let midnight =
        database.value("select (extract(epoch from date_trunc('day', now(), 'UTC')) * 1000)::bigint").await;
    let midnight = Timestamp::from_millisecond(midnight.as_i64().unwrap()).unwrap();
    for at in [midnight, midnight - SignedDuration::from_millis(1)] {
        let id = id_at(at).to_string();
        assert_eq!(database.ingest(&token, &json!([row(json!({"id": id}))])).await, counts(1, 0, 0, 0));
        let partition = format!("select tableoid::regclass::text from provider_usage_logs where id = '{id}'");
        let day = at.to_string()[..10].replace('-', "");
        assert_eq!(database.value(&partition).await, format!("provider_usage_logs_p{day}"));
    }
}

#[tokio::test]
async fn an_impossible_time_becomes_that_of_the_first_arrival_and_the_row_still_stands_once() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let hours = |hours| Timestamp::now() + SignedDuration::from_hours(hours);
    for said in [Timestamp::UNIX_EPOCH, hours(-24 * 31), hours(25), hours(24 * 365 * 100)] {
        let batch = json!([row(json!({"id": id_at(said).to_string()}))]);
        assert_eq!(database.ingest(&token, &batch).await, counts(1, 0, 0, 0), "{said}");
        assert_eq!(database.ingest(&token, &batch).await, counts(0, 0, 1, 0), "{said}");
    }
    let today = "select count(*) from provider_usage_logs where created_at between now() - interval '1 hour' and now()";
    assert_eq!(database.value(today).await, 4);
    assert_eq!(
        database.value("select count(*) from provider_usage_logs where metadata ? 'clock_said'").await,
        4
    );
    assert_eq!(
        database.value("select count(distinct tableoid) from provider_usage_logs").await,
        1,
        "no partition a clock wished for"
    );
}

#[tokio::test]
async fn a_row_that_stands_is_found_again_when_its_time_has_become_impossible() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    // As it is 31 days after the row came: it stands in the partition of its day.
    let old = Timestamp::now() - SignedDuration::from_hours(24 * 31);
    let id = id_at(old).to_string();
    database.run("select tollgate_ensure_partition((now() - interval '31 days')::date), tollgate_ensure_partition((now() - interval '32 days')::date)").await;
    database
        .run(format!(
            "insert into provider_usage_logs (id, created_at, received_at, namespace, feature, provider, host, endpoint, outcome,
             streamed, tokens_used, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, usage_source)
             values ('{id}', tollgate_id_time('{id}'), now(), 'shop', 'chat', 'openai', 'h', 'e', 'completed', true, 0, 0, 0, 0, 0, 0, 'provider')"
        ))
        .await;
    assert_eq!(database.ingest(&token, &json!([row(json!({"id": id}))])).await, counts(0, 0, 1, 0));
}
