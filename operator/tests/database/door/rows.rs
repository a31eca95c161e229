use serde_json::{Value, json};
use tollgate_ledger::CallId;

use crate::support::{Database, counts, row};

#[tokio::test]
async fn a_row_stands_in_the_table_as_it_was_sent() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let sent = row(json!({}));
    assert_eq!(database.ingest(&token, &json!([sent])).await, counts(1, 0, 0, 0));
    let mut stands = database.value("select to_jsonb(l) from provider_usage_logs l").await;
    let received = stands["received_at"].take();
    assert!(received.is_string());
    let id = CallId::parse(sent["id"].as_str().unwrap().as_bytes()).unwrap();
    let is_the_ids =
        format!("select extract(epoch from created_at) * 1000 = {} from provider_usage_logs", id.millis());
    assert_eq!(database.value(&is_the_ids).await, true, "created_at is the id's time, whatever the row says");
    let mut expected = sent;
    expected["cost_usd"] = json!(0.000_225_000_001);
    expected["created_at"] = stands["created_at"].clone();
    expected["received_at"] = Value::Null;
    assert_eq!(stands, expected);
    assert_eq!(database.value("select cost_usd::text from provider_usage_logs").await, "0.000225000001");
}

#[tokio::test]
async fn a_row_sent_again_counts_as_duplicate_and_changes_nothing() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let first = row(json!({}));
    let mut again = first.clone();
    again["feature"] = json!("other");
    assert_eq!(database.ingest(&token, &json!([first])).await, counts(1, 0, 0, 0));
    assert_eq!(database.ingest(&token, &json!([again])).await, counts(0, 0, 1, 0));
    assert_eq!(database.ingest(&token, &json!([again, row(json!({})), again])).await, counts(1, 0, 2, 0));
    assert_eq!(database.value("select count(*) from provider_usage_logs where feature = 'other'").await, 0);
}

#[tokio::test]
async fn a_row_of_higher_rank_replaces_one_of_lower_and_no_other() {
    let ranks = [
        ("pending", "none", 0),
        ("lost", "estimated", 1),
        ("client_closed", "estimated", 2),
        ("completed", "unknown", 2),
        ("completed", "provider", 3),
        ("unreachable", "none", 3),
    ];
    let mut database = Database::migrated().await;
    let token = database.token().await;
    for (first, first_source, first_rank) in ranks {
        for (second, second_source, second_rank) in ranks {
            let before = row(json!({"outcome": first, "usage_source": first_source}));
            let after = json!({"id": before["id"], "outcome": second, "usage_source": second_source, "tokens_used": 7});
            let after = row(after);
            assert_eq!(database.ingest(&token, &json!([before])).await, counts(1, 0, 0, 0));
            let wins = second_rank > first_rank;
            let expected = if wins { counts(0, 1, 0, 0) } else { counts(0, 0, 1, 0) };
            let pair = format!("{first}/{first_source} then {second}/{second_source}");
            assert_eq!(database.ingest(&token, &json!([after])).await, expected, "{pair}");
            let id = before["id"].as_str().unwrap();
            let stands = database
                .value(&format!("select tokens_used from provider_usage_logs where id = '{id}'"))
                .await;
            assert_eq!(stands, if wins { 7 } else { 30 }, "{pair}");
        }
    }
}

#[tokio::test]
async fn of_two_rows_of_one_id_in_a_batch_the_better_stands() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let lost = row(json!({"outcome": "lost", "usage_source": "estimated"}));
    let mut known = lost.clone();
    known["outcome"] = json!("completed");
    known["usage_source"] = json!("provider");
    assert_eq!(database.ingest(&token, &json!([lost, known])).await, counts(1, 0, 1, 0));
    assert_eq!(database.value("select outcome from provider_usage_logs").await, "completed");
}

#[tokio::test]
async fn rows_that_cannot_be_taken_go_to_quarantine_with_the_reason_and_hold_up_no_other() {
    let broken: [(Value, &str); 16] = [
        (json!(5), "it is no JSON object"),
        (json!([]), "it is no JSON object"),
        (row(json!({"id": null})), "its id is no UUIDv7 or UUIDv8"),
        (row(json!({"id": "550e8400-e29b-41d4-a716-446655440000"})), "its id is no UUIDv7 or UUIDv8"),
        (row(json!({"id": "nonsense"})), "its id is no UUIDv7 or UUIDv8"),
        (row(json!({"feature": null})), "feature is missing"),
        (row(json!({"outcome": "vanished"})), "it breaks the rule outcome_is_known"),
        (row(json!({"usage_source": "rumour"})), "it breaks the rule usage_source_is_known"),
        (row(json!({"tokens_used": -1})), "it breaks the rule counts_are_not_negative"),
        (row(json!({"input_tokens": 1.5})), "invalid input syntax for type bigint: \"1.5\""),
        (
            row(json!({"output_tokens": "9223372036854775808"})),
            "value \"9223372036854775808\" is out of range for type bigint",
        ),
        (row(json!({"cost_usd": "-0.1"})), "it breaks the rule cost_is_an_amount"),
        (row(json!({"cost_usd": "NaN"})), "it breaks the rule cost_is_an_amount"),
        (row(json!({"status": 0})), "it breaks the rule status_is_positive"),
        (row(json!({"streamed": "perhaps"})), "invalid input syntax for type boolean: \"perhaps\""),
        (row(json!({"metadata": []})), "it breaks the rule metadata_is_an_object"),
    ];
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let mut batch: Vec<Value> = broken.iter().map(|(row, _)| row.clone()).collect();
    batch.insert(3, row(json!({})));
    batch.push(row(json!({})));
    assert_eq!(database.ingest(&token, &json!(batch)).await, counts(2, 0, 0, 16));
    assert_eq!(database.ingest(&token, &json!(batch)).await, counts(0, 0, 2, 16));
    assert_eq!(database.count("usage_quarantine").await, 16, "each is kept once");
    for (row, reason) in broken {
        let found = format!("select reason from usage_quarantine where row = $row${row}$row$");
        assert_eq!(database.value(&found).await, reason, "{row}");
    }
}

#[tokio::test]
async fn what_is_no_array_is_taken_for_a_row_and_judged_as_one() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    assert_eq!(database.ingest(&token, &row(json!({}))).await, counts(1, 0, 0, 0));
    assert_eq!(database.ingest(&token, &json!("row")).await, counts(0, 0, 0, 1));
    assert_eq!(database.ingest(&token, &json!([])).await, counts(0, 0, 0, 0));
    let nothing = format!("select tollgate_ingest_v1('{token}', null)");
    assert_eq!(database.value(&nothing).await, counts(0, 0, 0, 1));
}

#[tokio::test]
async fn members_that_nobody_knows_are_ignored_so_that_newer_sidecars_may_send_more() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    assert_eq!(database.ingest(&token, &json!([row(json!({"mood": "good"}))])).await, counts(1, 0, 0, 0));
}

#[tokio::test]
async fn touched_hours_are_marked_and_untouched_ones_are_not() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let pending = row(json!({"outcome": "pending", "cluster": "blue"}));
    database.ingest(&token, &json!([pending])).await;
    let marked = "select count(*) from usage_dirty where cluster = 'blue' and hour = (select date_trunc('hour', created_at) from provider_usage_logs)";
    assert_eq!(database.value(marked).await, 1);
    database.run("delete from usage_dirty").await;

    database.ingest(&token, &json!([pending])).await;
    assert_eq!(database.count("usage_dirty").await, 0, "a duplicate touches nothing");

    let mut known = pending;
    known["outcome"] = json!("completed");
    database.ingest(&token, &json!([known])).await;
    assert_eq!(database.value(marked).await, 1, "a better row does");
}

#[tokio::test]
async fn whoever_began_a_pending_call_stays_the_one_who_pays() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let began = json!({"outcome": "pending", "usage_source": "unknown", "cost_usd": null, "feature": "report",
        "user_id": "ada", "endpoint": "/v1/responses", "metadata": {"gate": "undetermined", "unpriced": "not read yet"}});
    let began = row(began);
    let read = row(json!({"id": began["id"], "feature": "poller", "user_id": "bob", "cost_usd": "0.5",
        "endpoint": "/v1/responses/{id}", "metadata": {"price": "2026-11-25"}}));
    assert_eq!(database.ingest(&token, &json!([began])).await, counts(1, 0, 0, 0));
    assert_eq!(database.ingest(&token, &json!([read])).await, counts(0, 1, 0, 0));
    let stands = database.value("select to_jsonb(l) from provider_usage_logs l").await;
    assert_eq!((&stands["feature"], &stands["user_id"]), (&json!("report"), &json!("ada")));
    assert_eq!((&stands["endpoint"], &stands["outcome"]), (&json!("/v1/responses"), &json!("completed")));
    assert_eq!(stands["cost_usd"], json!(0.5));
    assert_eq!(stands["metadata"], json!({"gate": "undetermined", "price": "2026-11-25"}));
}

#[tokio::test]
async fn an_answer_that_tells_no_time_is_billed_once_however_late_it_is_read_again() {
    use tollgate_meter::Provider;
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let read_at = |days: i64| {
        let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * days);
        let id = CallId::of_answer(Provider::Anthropic, "msg_1", at);
        row(json!({"id": id.to_string(), "metadata": {"timeless": true, "price": "p"}}))
    };
    assert_eq!(database.ingest(&token, &json!([read_at(3)])).await, counts(1, 0, 0, 0));
    assert_eq!(
        database.ingest(&token, &json!([row(json!({})), read_at(1), read_at(0)])).await,
        counts(1, 0, 2, 0)
    );
    let stands = database.value("select metadata from provider_usage_logs where metadata ? 'price'").await;
    assert_eq!(stands, json!({"price": "p"}));
}
