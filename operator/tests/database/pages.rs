//! The console's pages over a real ledger: what they show is what its rows say, and to whom.

mod addresses;
mod figures;
mod live;
mod switching;
mod unnamed;
mod whose;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
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
