use serde_json::json;
use tollgate_operator::database::flags::{FlagRow, Synced, sync};

use crate::support::Database;

fn flag(name: &str) -> FlagRow {
    FlagRow {
        kind: "FeatureFlag".to_owned(),
        namespace: "shop".to_owned(),
        name: name.to_owned(),
        feature_name: name.to_owned(),
        description: Some("what it is for".to_owned()),
        enabled: true,
        effective: true,
        effective_reason: "Spec".to_owned(),
        effective_by: None,
        uid: format!("uid-{name}"),
        resource_version: "1".to_owned(),
        spec: json!({"feature": name}),
        updated_at: "2026-11-25T10:00:00Z".parse().unwrap(),
        updated_by: Some("ada".to_owned()),
    }
}

#[tokio::test]
async fn the_report_is_what_the_cluster_has_and_only_differences_are_written() {
    let mut database = Database::migrated().await;
    let handle = database.handle();
    let cluster_flag =
        FlagRow { kind: "ClusterFeatureFlag".to_owned(), namespace: String::new(), ..flag("chat") };
    let all = [flag("chat"), flag("search"), cluster_flag];
    assert_eq!(sync(handle.pool(), "c", &all).await.unwrap(), Synced { written: 3, removed: 0 });
    assert_eq!(sync(handle.pool(), "c", &all).await.unwrap(), Synced { written: 0, removed: 0 });
    assert_eq!(sync(handle.pool(), "other", &all[..1]).await.unwrap(), Synced { written: 1, removed: 0 });

    let off = FlagRow { effective: false, effective_reason: "StricterFlag".to_owned(), ..flag("search") };
    assert_eq!(sync(handle.pool(), "c", &[off]).await.unwrap(), Synced { written: 1, removed: 2 });
    assert_eq!(
        database
            .rows("select name, effective, effective_reason from feature_flags where cluster = 'c'")
            .await,
        [json!({"name": "search", "effective": false, "effective_reason": "StricterFlag"})]
    );
    assert_eq!(sync(handle.pool(), "c", &[]).await.unwrap(), Synced { written: 0, removed: 1 });
    assert_eq!(database.count("feature_flags").await, 1);
}

#[tokio::test]
async fn who_changed_a_flag_stays_until_its_spec_changes() {
    let mut database = Database::migrated().await;
    let handle = database.handle();
    sync(handle.pool(), "c", &[flag("chat")]).await.unwrap();
    let later = FlagRow {
        resource_version: "2".to_owned(),
        updated_at: "2026-11-25T11:00:00Z".parse().unwrap(),
        updated_by: None,
        ..flag("chat")
    };
    sync(handle.pool(), "c", std::slice::from_ref(&later)).await.unwrap();
    let who = "select resource_version || ' ' || coalesce(updated_by, 'nobody') || ' ' || to_char(updated_at at time zone 'UTC', 'HH24') from feature_flags";
    assert_eq!(database.value(who).await, "2 ada 10");
    sync(handle.pool(), "c", &[FlagRow { spec: json!({"enabled": false}), ..later }]).await.unwrap();
    assert_eq!(database.value(who).await, "2 nobody 11");
}
