//! What a switch says before it is thrown.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::{Console, filled};

#[tokio::test]
async fn a_switch_says_what_it_would_refuse_and_asks_why() {
    let database = filled().await;
    let console = Console::admin(&database).await;
    let page = console.get("/features/shop/chat/switch?to=off").await.text;
    assert!(page.contains("this would have refused 3 calls"), "{page}");
    assert!(page.contains("managed by Flux") && page.contains("Override it until"), "{page}");
    assert!(
        page.contains("status 403") && page.contains("&quot;chat&quot; is switched off at the moment."),
        "{page}"
    );
    let request = Request::post("/features/shop/chat/switch").body(Body::from("to=off&reason=")).unwrap();
    assert_eq!(console.ask(request).await.status(), StatusCode::BAD_REQUEST);
    let request = Request::post("/features/shop/chat/switch")
        .body(Body::from("to=off&reason=outage&version=1"))
        .unwrap();
    assert_eq!(console.ask(request).await.status(), StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn a_switch_of_a_flag_for_all_namespaces_says_what_it_would_refuse_in_all_and_what_apps_get() {
    let database = filled().await;
    let console = Console::admin(&database).await;
    // the calls are of bank: who comes from another namespace's page turns them off, too
    for address in ["/features/shop/loans/switch?to=off", "/features/-/loans/switch?to=off"] {
        let page = console.get(address).await.text;
        assert!(page.contains("this would have refused 1 call, 43.21 USD"), "{page}");
        assert!(page.contains("less than one a minute") && page.contains("namespaceSelector"), "{page}");
        assert!(page.contains("status 410") && page.contains("No loans any more."), "{page}");
        assert!(page.contains("broken off") && !page.contains("at the moment"), "{page}");
    }
}

#[tokio::test]
async fn a_switch_is_thrown_one_way_or_the_other_and_until_a_time_to_come() {
    let database = filled().await;
    let console = Console::admin(&database).await;
    for form in [
        "reason=outage",
        "to=banana&reason=outage",
        "to=off&reason=outage&way=override&until=2020-01-01T00:00:00Z",
        "to=off&reason=outage&way=override&until=tomorrow",
    ] {
        let told = console.post("/features/shop/chat/switch", form).await;
        assert_eq!(told.status, StatusCode::BAD_REQUEST, "{form}: {}", told.text);
    }
    assert_eq!(console.get("/features/shop/chat/switch").await.status, StatusCode::BAD_REQUEST);
    let undone = console.post("/features/shop/chat/undo", "uid=shop").await;
    assert_eq!(undone.status, StatusCode::BAD_REQUEST);
}
