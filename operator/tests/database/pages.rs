//! The console's pages over a real ledger: what they show is what its rows say, and to whom.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use futures::StreamExt;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use kube::runtime::watcher::Event;
use serde_json::{Value, json};
use sqlx::postgres::PgPoolOptions;
use tollgate_crds::{ClusterFeatureFlag, FeatureFlag};
use tollgate_operator::{
    console::{
        Namespaces, Viewer,
        pages::{self, Cluster, World, WorldSettings},
    },
    database::audit::{self, Change, Sides},
    query::Ledger,
};

use crate::support::{Database, row, url};

/// The pages as one viewer's.
struct Console {
    router: Router,
}

struct Answer {
    status: StatusCode,
    text: String,
}

const PAGES: [&str; 16] = [
    "/",
    "/features",
    "/features/shop/chat",
    "/features/shop/chat/switch?to=off",
    "/explore?range=24h&by=model",
    "/explore?range=24h&by=user,feature&step=hour&zone=Asia/Kolkata",
    "/calls?range=24h",
    "/audit",
    "/prices",
    "/prices/proposed?provider=openai&model=gpt-9&lines=openai:+{gpt-9:+{input:+'1'}}",
    "/unattributed",
    "/unattributed/name?namespace=shop&group=fp-3f61c09b2ad4",
    "/alerts",
    "/health",
    "/api/v1/usage?range=24h&by=feature&step=hour",
    "/api/v1/openapi.json",
];

fn viewer(role: &str, namespaces: Namespaces, may_see_users: bool) -> Viewer {
    // nobody listens there: what only reads never asks
    let config = kube::Config::new("http://127.0.0.1:1".parse().unwrap());
    Viewer {
        name: "ada@example.com".into(),
        groups: [].into(),
        namespaces,
        may_see_users,
        role: role.into(),
        client: kube::Client::try_from(config).unwrap(),
    }
}

fn world(url: &str) -> World {
    world_of(url, &json!({}))
}

/// With what the operator says of sidecars.
fn world_of(url: &str, coverage: &Value) -> World {
    let pool = PgPoolOptions::new()
        .max_connections(4)
        .acquire_timeout(std::time::Duration::from_secs(2))
        .connect_lazy(url)
        .unwrap();
    let (cluster, mut writers) = Cluster::unwatched();
    for (namespace, enabled) in [("shop", false), ("bank", true)] {
        let flag: FeatureFlag = serde_json::from_value(json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
            "metadata": {"name": "chat", "namespace": namespace, "resourceVersion": "1", "uid": namespace,
                "labels": {"kustomize.toolkit.fluxcd.io/name": "apps"}},
            "spec": {"enabled": enabled, "description": "<b>Talks</b>"},
            "status": {"effective": {"enabled": enabled, "reason": "Spec"}, "sidecars": {"current": 11, "total": 12}},
        }))
        .unwrap();
        writers.flags.apply_watcher_event(&Event::Apply(flag));
    }
    let everywhere: ClusterFeatureFlag = serde_json::from_value(json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "ClusterFeatureFlag",
        "metadata": {"name": "loans", "resourceVersion": "1", "uid": "everywhere"},
        "spec": {"enabled": true, "namespaceSelector": {"matchLabels": {"env": "prod"}},
            "whenDisabled": {"status": 410, "message": "No loans any more.", "inFlight": "Cut"}},
        "status": {"effective": {"enabled": true, "reason": "Spec"}, "sidecars": {"current": 11, "total": 12}},
    }))
    .unwrap();
    writers.cluster_flags.apply_watcher_event(&Event::Apply(everywhere));
    if coverage["at"].is_i64() {
        let map = serde_json::from_value(json!({
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "tollgate-coverage", "namespace": "tollgate-system"},
            "data": {"coverage.json": coverage.to_string()},
        }));
        writers.coverage.apply_watcher_event(&Event::Apply(map.unwrap()));
    }
    World::new(Some(Ledger::new(pool, "c")), cluster, WorldSettings::default())
}

/// Calls of two namespaces: three that are priced, one that is not, one that was refused, one that names no feature.
async fn filled() -> Database {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let call = |more: Value| {
        let mut call = json!({"cluster": "c", "namespace": "shop", "cost_usd": "1.250000000001"});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row(call)
    };
    let batch = json!([
        call(json!({})),
        call(json!({"user_id": "<script>alert(1)</script>", "usage_source": "estimated"})),
        call(
            json!({"cost_usd": null, "model": "gpt-9", "metadata": {"usage": {"input": 10}, "unpriced": "nobody knows"}})
        ),
        call(json!({"outcome": "refused", "cost_usd": "0", "status": 403, "usage_source": "none"})),
        call(json!({"feature": "unattributed", "cost_usd": "7"})),
        call(
            json!({"namespace": "bank", "feature": "loans", "workload": "vault", "user_id": "rich", "cost_usd": "43.21"})
        ),
    ]);
    database.ingest(&token, &batch).await;
    database
}

impl Console {
    fn of(world: World, viewer: Viewer) -> Self {
        Self { router: pages::routes::<()>(world).layer(axum::Extension(viewer)) }
    }

    async fn admin(database: &Database) -> Self {
        Self::of(world(&url("admin", &database.name)), viewer("tollgate_reader_all", Namespaces::All, true))
    }

    async fn ask(&self, request: Request<Body>) -> axum::response::Response {
        TowerToHyperService::new(self.router.clone()).call(request).await.unwrap()
    }

    async fn get(&self, address: &str) -> Answer {
        self.answer(Request::get(address).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, address: &str, form: &'static str) -> Answer {
        self.answer(Request::post(address).body(Body::from(form)).unwrap()).await
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let answer = self.ask(request).await;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        Answer { status, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    async fn json(&self, address: &str) -> Value {
        serde_json::from_str(&self.get(address).await.text).unwrap()
    }
}

#[tokio::test]
async fn every_page_is_there_before_and_after_the_ledger_is_rolled_up() {
    let mut database = filled().await;
    for round in 0..2 {
        let console = Console::admin(&database).await;
        for page in PAGES {
            let Answer { status, text } = console.get(page).await;
            assert_eq!(status, StatusCode::OK, "{round} {page}: {text}");
            assert!(!text.contains("No figures."), "{round} {page}: {text}");
        }
        database.roll_up().await;
    }
}

#[tokio::test]
async fn page_file_and_api_say_what_the_rows_say() {
    let mut database = filled().await;
    let sums = database
        .rows("select trim_scale(sum(cost_usd))::text as cost, count(*) as calls, count(*) filter (where cost_usd is null) as unpriced from provider_usage_logs where namespace = 'shop'")
        .await;
    let (cost, calls) = (sums[0]["cost"].as_str().unwrap(), &sums[0]["calls"]);
    for _ in 0..2 {
        let console = Console::admin(&database).await;
        let api = console.json("/api/v1/usage?range=24h&namespace=shop&by=feature").await;
        assert_eq!(
            (&api["sum"]["cost"], &api["sum"]["calls"], &api["sum"]["unpriced_calls"]),
            (&json!(cost), calls, &sums[0]["unpriced"])
        );
        let page = console.get("/explore?range=24h&namespace=shop").await.text;
        assert!(page.contains(&format!("<data class=\"money\" value=\"{cost}\"")), "{page}");
        assert!(page.contains("unpriced"), "{page}");
        let file = console.get("/explore.csv?range=24h&namespace=shop&step=day").await.text;
        let head: Vec<&str> = file.lines().next().unwrap().split(',').collect();
        let column = |name| head.iter().position(|column| *column == name).unwrap();
        let mut total = tollgate_meter::Cost::ZERO;
        let mut count = 0;
        for line in file.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            total = total + cells[column("cost_usd")].parse().unwrap();
            count += cells[column("calls")].parse::<i64>().unwrap();
        }
        assert_eq!((total.to_string().as_str(), &json!(count)), (cost, calls), "{file}");
        let rows = console.get("/calls.csv?range=24h&namespace=shop").await.text;
        assert_eq!(json!(rows.lines().count() - 1), *calls, "{rows}");
        let focus = console.get("/focus.csv?range=24h&namespace=shop").await.text;
        assert!(focus.starts_with("AvailabilityZone,BilledCost,"), "{focus}");
        database.roll_up().await;
    }
}

#[tokio::test]
async fn a_row_that_stands_for_many_calls_says_so_wherever_it_is_shown() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let many = row(
        json!({"cluster": "c", "namespace": "shop", "cost_usd": "2", "metadata": {"usage": {"input": 800_000}, "merged": 40}}),
    );
    database.ingest(&token, &json!([many])).await;
    let console = Console::admin(&database).await;
    let page = console.get("/calls?range=24h").await.text;
    assert!(page.contains("40 calls"), "{page}");
    let file = console.get("/calls.csv?range=24h").await.text;
    let lines: Vec<&str> = file.lines().collect();
    assert!(lines[0].ends_with(",price,calls") && lines[1].ends_with(",40"), "{file}");
    let call = console.json("/api/v1/calls?range=24h").await["calls"][0].clone();
    let page = console.get(&format!("/calls/{}", call["id"].as_str().unwrap())).await.text;
    assert!(page.contains("40, of one hour") && page.contains("it is the sum of 40 calls"), "{page}");
}

#[tokio::test]
async fn a_charge_of_focus_is_of_one_day_however_many_years_are_asked_for() {
    let database = filled().await;
    let console = Console::admin(&database).await;
    let file = console.get("/focus.csv?range=3660d").await.text;
    let head: Vec<&str> = file.lines().next().unwrap().split(',').collect();
    let time = |line: &str, name: &str| -> jiff::Timestamp {
        let place = head.iter().position(|column| *column == name).unwrap();
        let mut quoted = false;
        let is_end = |character: char| {
            quoted ^= character == '"';
            character == ',' && !quoted
        };
        line.split(is_end).nth(place).unwrap().parse().unwrap()
    };
    assert_eq!(file.lines().count(), 1 + 4, "{file}");
    for line in file.lines().skip(1) {
        let (from, until) = (time(line, "ChargePeriodStart"), time(line, "ChargePeriodEnd"));
        assert_eq!(from.duration_until(until).as_hours(), 24, "{line}");
        assert!(until <= time(line, "BillingPeriodEnd"), "{line}");
    }
}

#[tokio::test]
async fn changes_of_a_time_long_ago_are_told_however_many_came_since() {
    let database = filled().await;
    let handle = database.handle();
    let record = async |at: &str, version: u32, namespace: &str, name: &str| {
        let change = Change {
            cluster: "c".to_owned(),
            at: at.parse().unwrap(),
            kind: "FeatureFlag".to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            feature: name.to_owned(),
            uid: name.to_owned(),
            resource_version: version.to_string(),
            actor: Some("ada@example.com".to_owned()),
            actor_groups: Vec::new(),
            via: None,
            reason: Some(format!("reason {version}")),
            sides: Sides::Created { after: json!({"spec": {"enabled": false}}) },
        };
        audit::record(handle.pool(), &change).await.unwrap();
    };
    record("2026-10-01T10:00:00Z", 1, "shop", "chat").await;
    record("2026-10-02T10:00:00Z", 2, "", "everywhere").await;
    for version in 3..603 {
        record("2026-11-01T10:00:00Z", version, "shop", "chat").await;
    }
    let console = Console::admin(&database).await;
    let october = "from=2026-10-01&until=2026-10-31";
    let told = async |more: &str| -> Vec<String> {
        let told = console.json(&format!("/api/v1/changes?{october}{more}")).await;
        let changes = told["changes"].as_array().unwrap().clone();
        changes.iter().map(|change| change["reason"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(told("").await, ["reason 2", "reason 1"]);
    assert_eq!(told("&feature=chat&feature=another").await, ["reason 1"]);
    assert_eq!(told("&feature=chat&feature=everywhere&namespace=(none)").await, ["reason 2"]);
    let page = console.get(&format!("/audit?{october}")).await.text;
    assert!(page.contains("reason 1") && page.contains("reason 2") && !page.contains("reason 3"), "{page}");
    let feature = console.get(&format!("/features/shop/chat?{october}")).await.text;
    assert!(feature.contains("reason 1") && !feature.contains("reason 3"), "{feature}");
}

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
async fn a_call_is_shown_with_its_price_line_by_line() {
    let mut database = filled().await;
    let console = Console::admin(&database).await;
    let id = database.value("select id from provider_usage_logs where outcome = 'completed' and user_id = 'ada' and model = 'gpt-4o' and feature = 'chat'").await;
    let page = console.get(&format!("/calls/{}", id.as_str().unwrap())).await.text;
    assert!(page.contains("line by line") && page.contains("million tokens"), "{page}");
    let call = console.json(&format!("/api/v1/calls/{}", id.as_str().unwrap())).await;
    assert_eq!(
        (&call["cost_usd"], &call["bill"]["lines"][0]["unit"]),
        (&json!("1.250000000001"), &json!("input"))
    );
    assert_eq!(console.get("/calls/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn while_the_database_is_away_flags_are_shown_as_they_are() {
    let console = Console::of(
        world("postgres://nobody@127.0.0.1:1/none"),
        viewer("tollgate_reader_all", Namespaces::All, true),
    );
    let overview = console.get("/").await;
    assert!(
        overview.status == StatusCode::OK && overview.text.contains("The database does not answer"),
        "{}",
        overview.text
    );
    let features = console.get("/features").await.text;
    assert!(
        features.contains("11/12") && features.contains("Off") && features.contains("Flux"),
        "{features}"
    );
    let flags = console.json("/api/v1/features").await;
    assert_eq!(flags["flags"][0]["status"]["sidecars"], json!({"current": 11, "total": 12}));
    assert_eq!(console.get("/api/v1/usage").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

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
async fn a_call_of_the_api_has_every_column_of_the_ledger_and_nothing_that_its_document_does_not_name() {
    let mut database = filled().await;
    let console = Console::admin(&database).await;
    let document = console.json("/api/v1/openapi.json").await;
    let named = document["components"]["schemas"]["Call"]["properties"].as_object().unwrap();
    let id = console.json("/api/v1/calls?range=24h&limit=1").await["calls"][0]["id"].clone();
    let call = console.json(&format!("/api/v1/calls/{}", id.as_str().unwrap())).await;
    for key in call.as_object().unwrap().keys() {
        assert!(named.contains_key(key), "{key}");
    }
    let columns: Vec<String> = sqlx::query_scalar(
        "select column_name::text from information_schema.columns where table_schema = 'public' and table_name = 'provider_usage_logs'",
    )
    .fetch_all(&mut database.connection)
    .await
    .unwrap();
    assert!(columns.len() > 20);
    for column in columns {
        assert!(call.get(&column).is_some(), "{column}");
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

#[tokio::test]
async fn a_call_that_arrives_moves_the_page_that_is_looked_at() {
    let mut database = filled().await;
    let token = database.token().await;
    let console = Console::admin(&database).await;
    let request = Request::get("/").header(header::ACCEPT, "text/event-stream").body(Body::empty()).unwrap();
    let mut stream = console.ask(request).await.into_body().into_data_stream();
    let mut text = String::new();
    let mut read = async |sign: &str| {
        while !text.contains(sign) {
            let bytes = stream.next().await.unwrap().unwrap();
            text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    };
    read("value=\"52.710000000002\"").await;
    let call = row(json!({"cluster": "c", "cost_usd": "0.5"}));
    database.ingest(&token, &json!([call])).await;
    read("value=\"53.210000000002\"").await;
}

#[tokio::test]
async fn who_looks_at_the_same_address_is_sent_what_they_may_see_and_no_more() {
    let mut database = filled().await;
    database
        .run("create role team_live nologin; grant tollgate_reader to team_live; insert into reader_namespaces values ('team_live', 'c', 'shop')")
        .await;
    // one console, and what is made for one of its viewers is there when the other comes
    let world = world(&url("admin", &database.name));
    let mine = Namespaces::Only(std::sync::Arc::new(["shop".to_owned()].into()));
    let admin = Console::of(world.clone(), viewer("tollgate_reader_all", Namespaces::All, true));
    let team = Console::of(world, viewer("team_live", mine, false));
    let mut told = Vec::new();
    for console in [&admin, &team] {
        let address = "/explore?range=24h&by=namespace";
        let request =
            Request::get(address).header(header::ACCEPT, "text/event-stream").body(Body::empty()).unwrap();
        let mut stream = console.ask(request).await.into_body().into_data_stream();
        let mut text = String::new();
        while !text.contains("event: beat") {
            text.push_str(std::str::from_utf8(&stream.next().await.unwrap().unwrap()).unwrap());
        }
        told.push((text, stream));
    }
    assert!(told[0].0.contains("bank") && told[0].0.contains("43.21"), "{}", told[0].0);
    assert!(told[1].0.contains("shop") && !told[1].0.contains("bank"), "{}", told[1].0);
}

#[tokio::test]
async fn a_feature_says_how_long_its_calls_take_by_model_and_what_is_not_known() {
    let mut database = filled().await;
    let token = database.token().await;
    let took = |model: &str, millis: u64| {
        row(json!({"cluster": "c", "model": model,
            "metadata": {"usage": {"input": 10}, "timings": {"first_byte_us": millis * 100, "total_us": millis * 1_000}}}))
    };
    let mut calls: Vec<Value> = (1..=100).map(|number| took("gpt-4o", number * 10)).collect();
    calls.push(took("gpt-5.4", 7_000));
    calls.push(row(json!({"cluster": "c", "metadata": {"timings": {"total_us": "soon"}}})));
    calls.push(row(json!({"cluster": "c", "outcome": "client_closed", "metadata": {"timings": {"total_us": 99_000_000}}})));
    database.ingest(&token, &json!(calls)).await;
    let console = Console::admin(&database).await;
    let page = console.get("/features/shop/chat").await.text;
    for (what, micros) in
        [("half", 500_000), ("95 of 100", 950_000), ("first byte", 50_000), ("the other model", 7_000_000)]
    {
        assert!(page.contains(&format!("<data value=\"{micros}\"")), "{what}: {page}");
    }
    assert!(!page.contains("99000000"), "who left early says nothing of how long a call takes: {page}");
    let nobody = console.get("/features/shop/never-called").await.text;
    assert!(nobody.contains("Unknown: no call was made"), "{nobody}");
    let gone = console.get("/features/shop/chat?from=2020-01-01&until=2020-01-31").await.text;
    assert!(gone.contains("Unknown"), "{gone}");
}

#[tokio::test]
async fn a_proposed_price_says_what_history_would_have_cost_and_changes_nothing() {
    let mut database = filled().await;
    database.roll_up().await;
    let console = Console::admin(&database).await;
    let asked = |lines: &str| {
        format!(
            "/prices/proposed?provider=openai&model=gpt-9&lines={}",
            lines.replace(' ', "+").replace('\n', "%0D%0A")
        )
    };
    let open = console.get("/prices/proposed?provider=openai&model=gpt-9").await.text;
    assert!(open.contains("Write a price in place of each"), "{open}");
    let told = console.get(&asked("openai:\n  gpt-9: {input: '3.5', output: '9'}")).await.text;
    // ten tokens of input
    assert!(told.contains("<data class=\"money\" value=\"0.000035\""), "{told}");
    assert!(told.contains("+ <data value=\"1\">1</data> unpriced"), "{told}");
    let wrong = console.get(&asked("openai: {gpt-9: {input: 'dear'}}")).await.text;
    assert!(wrong.contains("cannot be taken") && wrong.contains("expected a decimal"), "{wrong}");
    let other = console.get(&asked("openai: {gpt-10: {input: '1'}}")).await.text;
    assert!(other.contains("have no price for"), "{other}");
    let unpriced = database.value("select count(*) from provider_usage_logs where cost_usd is null").await;
    assert_eq!(unpriced, json!(1));
}

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

#[tokio::test]
async fn a_comparison_says_what_is_not_in_it_yet() {
    let database = filled().await;
    let told = Console::admin(&database).await.json("/api/v1/compare?range=24h").await;
    assert!(told["coarse"].is_boolean() && told["hours_behind"].is_u64(), "{told}");
}

/// So many seconds from now.
fn at(seconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds)
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

#[tokio::test]
async fn whoever_nobody_has_recognised_gets_nothing() {
    let database = filled().await;
    let console = Console { router: pages::routes::<()>(world(&url("admin", &database.name))) };
    for page in PAGES.iter().filter(|page| !page.ends_with("openapi.json")) {
        assert_eq!(console.get(page).await.status, StatusCode::UNAUTHORIZED, "{page}");
    }
}
