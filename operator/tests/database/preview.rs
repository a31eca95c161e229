//! What a flag would have done is what the ledger's rows say, counted here by plain SQL.

use jiff::Timestamp;
use serde_json::{Value, json};
use tollgate_operator::preview::{FlagPreview, OpenNow, Told, sentences};

use crate::support::{Database, row};

async fn told(database: &Database, spec: Value) -> Told {
    let preview = FlagPreview {
        feature: "chat".to_owned(),
        spec: serde_json::from_value(spec).unwrap(),
        cluster: None,
        namespaces: Some(vec!["shop".to_owned()]),
        hashed_users: false,
    };
    let opened = database.handle();
    preview.ask(opened.pool(), Timestamp::now()).await.unwrap()
}

async fn first(database: &Database, spec: Value) -> String {
    sentences(&told(database, spec).await, OpenNow::default()).remove(0)
}

/// Calls of three users and of nobody, refused ones, another feature's and another namespace's.
async fn filled() -> Database {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let call = |user: Value, more: Value| {
        let mut call = json!({"namespace": "shop", "workload": "web", "feature": "chat", "user_id": user, "cost_usd": "0.25"});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row(call)
    };
    let batch = json!([
        call(json!("ada"), json!({})),
        call(json!("ada"), json!({"workload": "job", "cost_usd": null})),
        call(json!("bob"), json!({})),
        call(json!("eve"), json!({"cost_usd": "1.000000000001"})),
        call(Value::Null, json!({})),
        call(json!("ada"), json!({"outcome": "refused", "cost_usd": "0"})),
        call(json!("ada"), json!({"feature": "unattributed", "model": "gpt-5-mini"})),
        call(json!("ada"), json!({"feature": "search", "model": "gpt-5-mini"})),
        call(json!("ada"), json!({"namespace": "bank"})),
    ]);
    database.ingest(&token, &batch).await;
    database
}

#[tokio::test]
async fn a_switch_would_have_refused_what_sql_counts() {
    let mut database = filled().await;
    let counted = database
        .rows(
            "select count(*) as calls, sum(cost_usd)::text as cost, count(distinct (namespace, workload)) as workloads,
                    count(distinct user_id) as users, count(*) filter (where cost_usd is null) as unpriced
             from provider_usage_logs
             where namespace = 'shop' and feature = 'chat' and outcome <> 'refused' and created_at > now() - interval '24 hours'",
        )
        .await;
    let all = told(&database, json!({"enabled": false})).await.all;
    assert_eq!(
        json!({"calls": all.calls, "cost": all.cost, "workloads": all.workloads, "users": all.users, "unpriced": all.unpriced}),
        counted[0]
    );
    assert_eq!(
        first(&database, json!({"enabled": false})).await,
        "over the last 24 h this would have refused 5 calls, 1.750000000001 USD, from 2 workloads, 3 users"
    );
}

#[tokio::test]
async fn a_denied_users_calls_are_counted_apart() {
    let database = filled().await;
    assert_eq!(
        first(&database, json!({"users": {"deny": ["eve", "nobody-we-know"]}})).await,
        "over the last 24 h this would have refused 1 call, 1.000000000001 USD, from 1 workload, 1 user, of 5 calls in all"
    );
    assert_eq!(
        first(&database, json!({"users": {"allow": ["ada", "eve"]}})).await,
        "over the last 24 h this would have refused 2 calls, 0.50 USD, from 1 workload, 1 user, of 5 calls in all"
    );
}

#[tokio::test]
async fn calls_that_a_match_would_bring_count_too() {
    let database = filled().await;
    let calls = async |authority: &str| {
        let entry = json!({"authority": authority, "models": ["gpt-5-*"], "providers": ["openai"]});
        told(&database, json!({"enabled": false, "match": [entry]})).await.all.calls
    };
    assert_eq!((calls("Hint").await, calls("Enforced").await), (6, 7));
    let told = told(&database, json!({"enabled": false, "match": [{"path": "/v1/*"}]})).await;
    assert!(told.left_out && told.all.calls == 5);
}
