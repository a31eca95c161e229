use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tollgate_operator::token::{Claims, SigningKey};

use crate::support::{Database, counts, in_an_hour, row};

fn claims() -> Claims {
    Claims {
        cluster: Some("blue".to_owned()),
        namespace: Some("shop".to_owned()),
        pod: Some("web-7".to_owned()),
        expires: in_an_hour(),
    }
}

#[tokio::test]
async fn what_the_token_names_is_stamped_over_what_the_row_says() {
    let mut database = Database::migrated().await;
    let token = database.sign(&claims()).await;
    let forged = row(json!({"cluster": "red", "namespace": "victim", "pod": "other-0"}));
    assert_eq!(database.ingest(&token, &json!([forged])).await, counts(1, 0, 0, 0));
    let who = "select cluster || '/' || namespace || '/' || pod from provider_usage_logs";
    assert_eq!(database.value(who).await, "blue/shop/web-7");
}

#[tokio::test]
async fn what_the_token_leaves_open_is_what_the_row_says() {
    let mut database = Database::migrated().await;
    let token = database.sign(&Claims { namespace: None, pod: None, ..claims() }).await;
    database.ingest(&token, &json!([row(json!({"cluster": "red"}))])).await;
    let who = "select cluster || '/' || namespace || '/' || pod from provider_usage_logs";
    assert_eq!(database.value(who).await, "blue/shop/web-0");
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_refused_with_the_reason_and_nothing_is_taken() {
    let mut database = Database::migrated().await;
    let good = database.sign(&claims()).await;
    let past = Claims { expires: Timestamp::now() - SignedDuration::from_secs(1), ..claims() };
    let expired = database.sign(&past).await;
    let strange = SigningKey::generate().unwrap().sign(&claims());
    let (signed, mac) = good.rsplit_once('.').unwrap();
    let (_, old_mac) = expired.rsplit_once('.').unwrap();
    let cases = [
        (String::new(), "this is no token of Tollgate"),
        ("tg1.a.b".to_owned(), "this is no token of Tollgate"),
        (good.replace("tg1", "tg2"), "this is no token of Tollgate"),
        ("x".repeat(5000), "this is no token of Tollgate"),
        (strange, "the token is signed with a key that this database does not know, or no longer accepts"),
        (format!("{signed}.{old_mac}"), "the token's signature does not hold"),
        (format!("{signed}."), "the token's signature does not hold"),
        (format!("{signed}.{}", mac.to_uppercase()), "the token's signature does not hold"),
        (format!("{signed}00.{mac}"), "the token's signature does not hold"),
        (expired, "the token has expired"),
    ];
    for (token, reason) in cases {
        let answer = database.ingest(&token, &json!([row(json!({}))])).await;
        assert_eq!(answer, json!({"refused": reason}), "{token}");
    }
    let none = database.value("select tollgate_ingest_v1(null, '[]')").await;
    assert_eq!(none, json!({"refused": "this is no token of Tollgate"}));
    assert_eq!(database.count("provider_usage_logs").await, 0);
    assert_eq!(database.ingest(&good, &json!([row(json!({}))])).await, counts(1, 0, 0, 0));
}

#[tokio::test]
async fn tokens_of_a_retired_key_are_refused_and_the_next_key_signs() {
    let mut database = Database::migrated().await;
    let old = database.sign(&claims()).await;
    database.run("update ingest_keys set retired_at = now()").await;
    let new = database.sign(&claims()).await;
    assert!(database.ingest(&old, &json!([])).await["refused"].is_string());
    assert_eq!(database.ingest(&new, &json!([])).await, counts(0, 0, 0, 0));
}

#[tokio::test]
async fn an_id_that_another_namespace_holds_is_not_to_be_had() {
    let mut database = Database::migrated().await;
    let theirs = database.sign(&claims()).await;
    let mine = database.sign(&Claims { namespace: Some("mine".to_owned()), ..claims() }).await;
    let pending = row(json!({"outcome": "pending"}));
    database.ingest(&theirs, &json!([pending])).await;
    let mut better = pending;
    better["outcome"] = json!("completed");
    assert_eq!(database.ingest(&mine, &json!([better])).await, counts(0, 0, 1, 0));
    assert_eq!(
        database.value("select namespace || ' ' || outcome from provider_usage_logs").await,
        "shop pending"
    );
}

#[tokio::test]
async fn a_batch_that_is_far_too_large_is_refused() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let answer = database.ingest(&token, &json!(vec![1; 10_001])).await;
    assert_eq!(answer, json!({"refused": "a batch of 10001 rows is too large, at most 10000"}));
}
