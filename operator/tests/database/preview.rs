//! What a flag would have done is what the ledger's rows say, counted here by plain SQL.

use jiff::Timestamp;
use serde_json::{Value, json};
use tollgate_operator::{
    fingerprints::list::{self, Filter},
    preview::{AlertPreview, FlagPreview, OpenNow, Told, alert_sentences, sentences},
};

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
async fn a_row_that_stands_for_many_calls_is_many_of_what_would_be_refused_and_of_what_nobody_named() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let many = |feature: &str, calls: u64, cost: Value| {
        row(
            json!({"namespace": "shop", "feature": feature, "cost_usd": cost, "metadata": {"usage": {}, "merged": calls}}),
        )
    };
    let batch = json!([
        many("chat", 40, json!("1")),
        many("chat", 2, json!(null)),
        many("unattributed", 7, json!(null))
    ]);
    database.ingest(&token, &batch).await;
    let all = told(&database, json!({"enabled": false})).await.all;
    assert_eq!((all.calls, all.unpriced), (42, 2));
    let since = Timestamp::now() - jiff::SignedDuration::from_hours(24);
    let filter = Filter { cluster: None, namespace: None, since, until: None };
    let opened = database.handle();
    let unnamed = list::unnamed(opened.pool(), &filter).await.unwrap();
    assert_eq!((unnamed.len(), unnamed[0].calls, unnamed[0].unpriced_calls), (1, 7, 7));
}

#[tokio::test]
async fn an_alert_would_have_fired_as_often_as_its_threshold_was_crossed() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let call = |user: &str, more: Value| {
        let mut call = json!({"cluster": "c", "namespace": "shop", "feature": "chat", "user_id": user, "cost_usd": "0.5"});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row(call)
    };
    let batch = json!([
        call("ada", json!({})),
        call("ada", json!({"cost_usd": "0.500000000001"})),
        call("ada", json!({"cost_usd": null})),
        call("bob", json!({"metadata": {"usage": {}, "merged": 40}})),
        call("eve", json!({"cost_usd": "9", "feature": "search"})),
        call("eve", json!({"cost_usd": "9", "namespace": "bank"})),
        call("eve", json!({"cost_usd": "9", "cluster": "another"})),
        call("ada", json!({"cost_usd": "0", "outcome": "refused"})),
    ]);
    database.ingest(&token, &batch).await;
    // an hour ago, so that its minutes are over
    database
        .run(
            "select tollgate_ensure_partition((now() at time zone 'UTC' - interval '1 hour')::date);
             update provider_usage_logs set created_at = created_at - interval '1 hour'",
        )
        .await;
    let alert = |more: &str| {
        let yaml = format!(
            "{{apiVersion: tollgate.dev/v1alpha1, kind: UsageAlert, metadata: {{name: a, namespace: shop}}, \
             spec: {{scope: {{features: [\"ch*\"]}}, {more}}}}}"
        );
        tollgate_alerts::plan::read(&yaml).unwrap().remove(0)
    };
    let opened = database.handle();
    let told = async |more: &str| {
        let preview = AlertPreview::new(&alert(more), "c", None);
        alert_sentences(&preview.ask(opened.pool(), Timestamp::now()).await.unwrap())
    };
    let counts = "it counts 43 calls, 1.500000000001 USD, from 1 workload, 2 users";
    let unpriced = "1 of these calls have no price yet and are not in the USD";
    assert_eq!(
        told(
            "groupBy: [User], window: {rolling: 10m}, limit: {metric: Cost, amount: '0.5'}, \
              thresholds: [{above: 100%, action: Disable}]"
        )
        .await,
        [
            &*format!("over the last 24 h this would have fired 2 times, for 2 groups; {counts}"),
            "it disables: calls that came then would have been refused",
            unpriced
        ]
    );
    assert_eq!(
        told("window: {calendar: Month}, thresholds: [{metric: Calls, above: '43'}]").await[0],
        format!("over the last 24 h this would have fired 1 time; {counts}")
    );
    let anomaly = told("window: {rolling: 1h}, thresholds: [{metric: Calls, above: '44'}, {metric: Calls, anomaly: {factor: '3', baseline: 336h}}]").await;
    assert_eq!(anomaly[0], format!("over the last 24 h this would not have fired; {counts}"));
    assert!(anomaly[2].contains("tollgate alert replay"), "{anomaly:?}");
    let anomaly =
        told("window: {rolling: 1h}, thresholds: [{metric: Calls, anomaly: {factor: '3', baseline: 336h}}]")
            .await;
    assert!(anomaly[0].contains("is not said; it counts 43 calls"), "{anomaly:?}");
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
