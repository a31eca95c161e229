//! Who sees what, and what of it is markup.

use axum::http::StatusCode;
use serde_json::{Value, json};
use tollgate_operator::console::{Namespaces, pages};

use super::{Console, PAGES, filled, viewer, world, world_of};
use crate::support::url;

#[tokio::test]
async fn a_team_finds_nothing_of_another_on_any_page() {
    let mut database = filled().await;
    database
        .run("create role team_pages nologin; grant tollgate_reader to team_pages; insert into reader_namespaces values ('team_pages', 'c', 'shop')")
        .await;
    let mine = Namespaces::Only(std::sync::Arc::new(["shop".to_owned()].into()));
    let console = Console::of(world(&url("admin", &database.name)), viewer("team_pages", mine, false));
    let others = database.value("select id from provider_usage_logs where namespace = 'bank'").await;
    let of_others = format!("/calls/{}", others.as_str().unwrap());
    let asked = PAGES.iter().copied().chain([
        of_others.as_str(),
        "/features/bank/loans",
        "/explore?range=24h&namespace=bank",
        "/calls?range=24h&namespace=bank",
        "/calls.csv?range=24h",
        "/explore.csv?range=24h&by=namespace",
        "/focus.csv?range=24h",
        "/api/v1/calls?range=24h",
        "/api/v1/features",
        "/api/v1/usage?range=24h&by=workload",
    ]);
    for page in asked {
        let text = console.get(page).await.text;
        for word in ["vault", "rich", "43.21"] {
            assert!(!text.contains(word), "{page} says {word}: {text}");
        }
        assert!(!text.contains("alert(1)"), "{page} tells of users: {text}");
    }
    assert_eq!(console.get(&of_others).await.status, StatusCode::NOT_FOUND);
    assert_eq!(console.get("/api/v1/usage?range=24h&by=user").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nothing_that_an_app_sent_is_markup_and_nothing_needs_more_than_the_strictest_policy() {
    let database = filled().await;
    let console = Console::admin(&database).await;
    for page in PAGES {
        let text = console.get(page).await.text;
        for sign in
            ["<script>", "<b>Talks", " style=\"", " onclick=", "javascript:", "src=\"http", "href=\"http"]
        {
            assert!(!text.contains(sign), "{page} has {sign}");
        }
    }
    let calls = console.get("/calls?range=24h").await.text;
    assert!(calls.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{calls}");
}

#[tokio::test]
async fn pods_without_a_sidecar_are_named_with_what_to_do_to_whoever_may_see_them() {
    let database = filled().await;
    let of = |namespace: &str| {
        json!({"namespace": namespace, "workload": format!("Deployment {namespace}-web"), "pods": 5, "optedOut": false,
        "remedy": format!("kubectl -n {namespace} rollout restart deployment/{namespace}-web")})
    };
    let coverage = json!({
        "at": jiff::Timestamp::now().as_second(), "release": "0.2.0",
        "sidecars": [{"namespace": "shop", "release": "0.1.9", "sidecars": 7, "quiet": 1, "spooling": 2}],
        "silent": [{"namespace": "bank", "pods": 3}], "uncovered": [of("shop"), of("bank")],
    });
    let world = |coverage: &Value| world_of(&url("admin", &database.name), coverage);
    let everybody = || viewer("tollgate_reader_all", Namespaces::All, true);
    let admin = Console::of(world(&coverage), everybody());
    for page in ["/", "/health"] {
        let text = admin.get(page).await.text;
        for sign in
            ["kubectl -n bank rollout restart deployment/bank-web", "kubectl -n shop rollout", "3 pods"]
        {
            assert!(text.contains(sign), "{page} lacks {sign}: {text}");
        }
    }
    let mine = Namespaces::Only(std::sync::Arc::new(["shop".to_owned()].into()));
    let team = Console::of(world(&coverage), viewer("tollgate_reader_all", mine, false));
    let health = team.get("/health").await.text;
    assert!(health.contains("0.1.9") && health.contains("shop-web") && !health.contains("bank"), "{health}");
    let mut long_ago = coverage.clone();
    long_ago["at"] = json!(1_700_000_000);
    let overview = Console::of(world(&long_ago), everybody()).get("/").await.text;
    assert!(overview.contains("The operator has said nothing since"), "{overview}");
    let nothing = Console::admin(&database).await.get("/health").await.text;
    assert!(nothing.contains("has not said yet which pods"), "{nothing}");
}

#[tokio::test]
async fn whoever_nobody_has_recognised_gets_nothing() {
    let database = filled().await;
    let console = Console { router: pages::routes::<()>(world(&url("admin", &database.name))) };
    for page in PAGES.iter().filter(|page| !page.ends_with("openapi.json")) {
        assert_eq!(console.get(page).await.status, StatusCode::UNAUTHORIZED, "{page}");
    }
}
