//! Calls that name no feature.

use axum::http::StatusCode;
use serde_json::json;

use super::{Console, filled};
use crate::support::row;

#[tokio::test]
async fn a_group_is_named_by_whoever_may_and_a_flag_of_git_is_left_to_git() {
    let mut database = filled().await;
    let token = database.token().await;
    let unnamed = row(
        json!({"cluster": "c", "feature": "unattributed", "metadata": {"usage": {"input": 10}, "fingerprint": "fp-3f61c09b2ad4"}}),
    );
    database.ingest(&token, &json!([unnamed])).await;
    let console = Console::admin(&database).await;
    let address = "/unattributed/name?range=7d&namespace=shop&group=fp-3f61c09b2ad4";
    let page = console.get("/unattributed").await.text;
    assert!(page.contains(&address.replace('&', "&amp;")), "{page}");
    let asked = console.get(address).await.text;
    assert!(asked.contains("1</data> calls") && asked.contains("value=\"chat\""), "{asked}");
    let bad = console.post(address, "feature=Answer+Drafts").await;
    assert!(bad.status == StatusCode::BAD_REQUEST && bad.text.contains("small letters"), "{}", bad.text);
    let of_git = console.post(address, "feature=chat").await;
    assert_eq!(of_git.status, StatusCode::CONFLICT);
    assert!(
        of_git.text.contains("managed by Flux") && of_git.text.contains("- fp-3f61c09b2ad4"),
        "{}",
        of_git.text
    );
    let no_apiserver = console.post(address, "feature=answer-drafts").await;
    assert_eq!(no_apiserver.status, StatusCode::BAD_GATEWAY);
    let none = console.get("/unattributed/name?namespace=shop&group=everything").await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn unnamed_calls_are_those_of_the_pages_time_and_what_of_their_cost_is_estimated_is_said() {
    let mut database = filled().await;
    let token = database.token().await;
    let estimated =
        json!({"cluster": "c", "feature": "unattributed", "cost_usd": "3", "usage_source": "estimated"});
    database.ingest(&token, &json!([row(estimated)])).await;
    let console = Console::admin(&database).await;
    let page = console.get("/unattributed?range=24h").await.text;
    assert!(page.contains("value=\"10\"") && page.contains("$3 of it is estimated"), "{page}");
    let day = 24 * 60 * 60;
    let times = format!("from={}&until={}", at(-3 * day), at(-2 * day));
    let before = console.get(&format!("/unattributed?{times}")).await.text;
    assert!(before.contains("Every call in this time named its feature"), "{before}");
}

#[tokio::test]
async fn a_group_leads_to_the_calls_that_make_it_up_and_no_others() {
    let mut database = filled().await;
    let token = database.token().await;
    let of = |group: Option<&str>, outcome: &str| {
        let mut call =
            json!({"cluster": "c", "feature": "unattributed", "outcome": outcome, "metadata": {"usage": {}}});
        if let Some(group) = group {
            call["metadata"]["fingerprint"] = json!(group);
        }
        row(call)
    };
    let (one, other) = (Some("fp-3f61c09b2ad4"), Some("fp-b81d02fe6c17"));
    let batch = [of(one, "completed"), of(one, "refused"), of(other, "completed"), of(None, "completed")];
    database.ingest(&token, &json!(batch)).await;
    let console = Console::admin(&database).await;
    let page = console.get("/unattributed?range=24h").await.text;
    assert!(page.contains("1</data> refused"), "{page}");
    for (group, calls) in [("fp-3f61c09b2ad4", 2), ("fp-b81d02fe6c17", 1), ("%28none%29", 2)] {
        let words = format!("range=24h&namespace=shop&feature=unattributed&fingerprint={group}");
        let address = format!("/calls?{words}").replace('&', "&amp;");
        assert!(page.contains(&address) && page.contains(&format!("{calls}</data>")), "{address} in {page}");
        let told = console.json(&format!("/api/v1/calls?{words}")).await;
        assert_eq!(told["calls"].as_array().unwrap().len(), calls, "{told}");
        let shown = console.get(&format!("/calls?{words}")).await.text;
        assert!(shown.contains("Group: "), "{shown}");
    }
    let refused = console.get("/api/v1/usage?fingerprint=fp-3f61c09b2ad4").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

/// So many seconds from now.
fn at(seconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds)
}
