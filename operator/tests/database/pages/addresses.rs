//! Whatever an address says.

use axum::http::StatusCode;

use super::{Answer, Console, filled};

#[tokio::test]
async fn what_is_wrong_with_an_address_is_said() {
    let database = filled().await;
    let console = Console::admin(&database).await;
    let page = console.get("/explore?zone=Berlin").await;
    assert!(page.status == StatusCode::BAD_REQUEST && page.text.contains("Europe/Berlin"), "{}", page.text);
    for (address, told) in [
        ("/api/v1/usage?range=fortnight", "expected today"),
        ("/api/v1/usage?group_by=feature", "is no word here"),
        ("/api/v1/calls?us%65r=ada", "is no word here"),
        ("/api/v1/usage?unpriced=1", "is no word here"),
        ("/api/v1/compare?unpriced=1", "is no word here"),
        ("/api/v1/changes?user=ada", "is no word here: expected range"),
        ("/api/v1/features?namespace=shop", "is no word here"),
        ("/api/v1/calls?unpriced=1&user=ada", ""),
        ("/api/v1/changes?namespace=shop&feature=chat", ""),
        ("/api/v1/features?", ""),
        ("/api/v1/calls/%FF", "no text"),
    ] {
        let api = console.get(address).await;
        let refused = api.status == StatusCode::BAD_REQUEST && api.text.starts_with("{\"error\":");
        assert_eq!(refused, !told.is_empty(), "{address}: {}", api.text);
        assert!(api.text.contains(told), "{address}: {}", api.text);
    }
    // sums do not tell calls without a price apart, and do not say that they did
    let (explored, called) =
        (console.get("/explore?unpriced=1").await, console.get("/calls?unpriced=1").await);
    assert!(!explored.text.contains("Without a price") && called.text.contains("Without a price"));
    for page in ["/calls/%FF", "/features/shop/%FF", "/features/%FF/chat"] {
        assert_eq!(console.get(page).await.status, StatusCode::BAD_REQUEST, "{page}");
    }
}

#[tokio::test]
async fn whatever_an_address_says_it_is_answered_or_what_is_wrong_is_said() {
    let mut database = filled().await;
    database.roll_up().await;
    let console = Console::admin(&database).await;
    let long = "x".repeat(10_000);
    let many = "feature=chat&".repeat(500);
    for (words, good) in [
        ("from=2026-10-31&until=2026-10-01", false),
        ("from=0001-01-01&until=9999-12-31", false),
        ("from=9999-12-30&until=9999-12-31", true),
        ("from=-009998-01-01T00:00:00Z&until=-009997-01-01T00:00:00Z", false),
        ("from=0000-12-31T00:00:00Z&until=0001-01-02T00:00:00Z", false),
        ("from=0001-01-01T00:00:00Z&until=0001-01-02T00:00:00Z", true),
        ("from=0000-12-31&until=0001-01-02", false),
        ("from=0001-01-01&until=0001-01-02&zone=Pacific/Kiritimati", true),
        ("from=0001-01-01&until=0001-01-02&step=hour", true),
        ("from=2017-01-01T00:00:00Z&until=2026-12-31T00:00:00Z&step=hour&zone=Asia/Kathmandu", true),
        ("range=3660d&by=user,model,workload", true),
        ("range=24h&by=colour", false),
        ("range=24h&by=user,user,user", true),
        ("zone=Nowhere/Land", false),
        ("user=a%00b", false),
        ("user=%FF%FE&feature=%F0%9F%92%A5", true),
        ("behind=9223372036854775807.019ad3c4-5b6e-7000-8000-000000000001", false),
        ("behind=-1.019ad3c4-5b6e-7000-8000-000000000001", false),
        ("limit=65536", false),
        (&format!("feature={long}"), true),
        (&format!("feature={long}&by=model"), true),
        (&many, true),
    ] {
        for page in [
            "/",
            "/explore",
            "/calls",
            "/explore.csv",
            "/focus.csv",
            "/audit",
            "/unattributed",
            "/api/v1/usage",
            "/api/v1/compare",
            "/api/v1/calls",
            "/api/v1/changes",
        ] {
            let Answer { status, text } = console.get(&format!("{page}?{words}")).await;
            // of a change nobody knows the users
            let good = good && (page != "/api/v1/changes" || !words.contains("user="));
            let wanted = if good { StatusCode::OK } else { StatusCode::BAD_REQUEST };
            assert_eq!(status, wanted, "{page}?{words}: {text}");
            assert!(
                !text.contains("No figures.") && !text.contains("could not answer"),
                "{page}?{words}: {text}"
            );
        }
    }
    assert_eq!(console.get("/features/shop/a%00b").await.status, StatusCode::BAD_REQUEST);
    let old = console.get("/api/v1/calls/01800000-0000-7000-8000-000000000001").await;
    assert!(old.status == StatusCode::NOT_FOUND && old.text.contains("kept for some weeks"), "{}", old.text);
}
