//! Each query of each dashboard, answered: by a Prometheus that scrapes a sidecar and an operator as the chart says, and by the
//! ledger that both write, read by a login that may read and no more.

use std::{collections::BTreeMap, net::SocketAddr, process::Command};

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        chart,
        console::{ADMIN, Console},
        dashboard::{self, Query, Source, Values, Variable},
        fleet::Fleet,
        postgres, programs,
        prometheus::Prometheus,
        wait,
        world::chat,
    },
    standin::Provider::OpenAi,
};

use super::dashboards;

/// What is asked.
struct Scene {
    fleet: Fleet,
    prometheus: Prometheus,
    reader: String,
    /// Changes of flags so far: each is another.
    turn: u64,
}

/// Sixty days of one feature that cost four cents in each hour (so that a month which has just begun can be held against the last one), one user, and five calls that are
/// a few minutes old, so that an alert can look at a minute that is over: what the ledger had before the test began.
const HISTORY: &str = "
insert into usage_hourly
select 'default', date_trunc('day', now()) - n * interval '1 hour', 'shop', 'web', 'chat', 'openai', 'api.openai.com',
       'gpt-4o', 'abcdefghijklmnop', 'completed', case when n % 2 = 0 then 'provider' else 'estimated' end, '2026-11-28', '', 0,
       10, 0, 0.04, 1000, 600, 400, 60, 0, 0, '{\"input\": 540, \"input_cached\": 60, \"output\": 400}'
from generate_series(1, 60 * 24) n;
insert into usage_users_daily
select 'default', current_date - n, 'shop', 'chat', 'ada', 'openai', 'api.openai.com', 'gpt-4o', '2026-11-28', '', 0,
       240, 0, 0, 0, 0.96, 0.48, 14400, 9600, '{}'
from generate_series(1, 60) n;
select tollgate_ensure_partition((now() at time zone 'UTC')::date);
insert into provider_usage_logs (id, created_at, received_at, cluster, namespace, workload, pod, feature, provider, host, model, endpoint,
    outcome, status, streamed, tokens_used, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens,
    cost_usd, usage_source)
select gen_random_uuid(), greatest(now() - interval '5 minutes', date_trunc('day', now())), now(), 'default', 'shop', 'web', 'web-0', 'chat', 'openai', 'api.openai.com', 'gpt-4o',
    '/v1/chat/completions', 'completed', 200, false, 30, 10, 20, 0, 0, 0, 0.01, 'provider'
from generate_series(1, 5);
insert into usage_dirty values ('default', date_trunc('hour', greatest(now() - interval '5 minutes', date_trunc('day', now()))), 0)
on conflict do nothing;
create role grafana login;
grant tollgate_reader_all to grafana;";

// === impl Scene ===

impl Scene {
    fn new() -> Scene {
        let mut fleet = Fleet::start(1, &[]).expect("a fleet");
        fleet.ask(HISTORY).expect("history");
        fleet.namespace("shop", &[]).expect("a namespace");
        fleet.pod("shop", "web").expect("a pod");
        let operator = fleet.operators[0].metrics;
        let prometheus =
            Prometheus::start(&scraping(fleet.pods[0].sidecar.admin, operator)).expect("Prometheus");
        let reader = fleet.postgres.url_as("grafana", "ledger");
        let scene = Scene { fleet, prometheus, reader, turn: 0 };
        scene.flag("images", &json!({"enabled": false}));
        scene.flag("drafts.v2", &json!({"enabled": false, "mode": "Preview"}));
        let budget = json!({
            "window": {"rolling": "24h"}, "limit": {"metric": "Calls", "amount": "100000"},
            "thresholds": [{"above": "1", "severity": "Warning"}, {"above": "100%", "action": "Disable"}],
        });
        let alert = json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert",
            "metadata": {"name": "daily", "namespace": "shop"}, "spec": budget,
        });
        scene.fleet.apply(&alert).expect("an alert");
        scene
    }

    /// A console, and the token of somebody who may see all in it.
    fn console(&self) -> (Console, String) {
        let Fleet { runtime, cluster, plane, postgres, .. } = &self.fleet;
        let database = format!("--database-url={}", postgres.url_as("tollgate_console", "ledger"));
        let started = runtime.block_on(async {
            Console::install(cluster).await?;
            ADMIN.with(cluster, "tollgate-admin", true).await?;
            let console = Console::start(plane, cluster, self.fleet.folder(), &[&database]).await?;
            anyhow::Ok((console, ADMIN.token(cluster).await?))
        });
        started.expect("a console")
    }

    fn flag(&self, name: &str, spec: &Value) {
        let flag = json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
            "metadata": {"name": name, "namespace": "shop"}, "spec": spec,
        });
        self.fleet.apply(&flag).expect("a flag");
    }

    /// Calls of every kind, by somebody and by nobody, and a flag that changes.
    fn goes_on(&mut self) {
        self.turn += 1;
        self.flag("chat", &json!({"enabled": true, "description": format!("turn {}", self.turn)}));
        self.flag("flickers", &json!({"enabled": self.turn.is_multiple_of(2)}));
        let sidecar = self.fleet.pods[0].sidecar.base;
        let calls = dashboard::calls_of_every_kind("chat", "images");
        let drafts =
            chat(json!({}), "").header("x-tollgate-feature", "drafts.v2").header("x-tollgate-user", "bob");
        for call in calls.into_iter().chain([drafts]) {
            // one of them is broken off by the provider
            let _ = call.under(&format!("/{}", OpenAi.name())).try_send(sidecar);
        }
    }

    fn values(
        &self,
        variable: &Variable,
        chosen: &BTreeMap<String, Vec<String>>,
    ) -> Result<Vec<String>, String> {
        let query = variable.query(chosen);
        let values: Vec<String> = match &variable.values {
            Values::Label { label, .. } => {
                let series = self.prometheus.query(&query).map_err(|error| format!("{error:#}"))?;
                let of =
                    |labels: &serde_json::Map<String, Value>| Some(labels.get(label)?.as_str()?.to_owned());
                series.iter().filter_map(|series| of(&series.labels)).collect()
            }
            Values::Rows { .. } => {
                let rows = postgres::query(&self.reader, &query).map_err(|error| format!("{error:#}"))?;
                rows.lines().map(str::to_owned).collect()
            }
        };
        if values.is_empty() { Err(format!("no value of {variable:?}")) } else { Ok(values) }
    }

    fn answer(&self, query: &Query) -> Result<(), String> {
        match query.source {
            Source::Prometheus => self.of_prometheus(query),
            Source::Ledger => self.of_ledger(query),
        }
    }

    fn of_prometheus(&self, query: &Query) -> Result<(), String> {
        let series = self.prometheus.query(&query.expr).map_err(|error| format!("{error:#}"))?;
        for label in &query.legend {
            if let Some(series) = series.iter().find(|series| !series.labels.contains_key(label)) {
                panic!("{}: the legend names {label}, which {series:?} has not", query.asks);
            }
        }
        if series.iter().any(|series| series.value.parse::<f64>().is_ok_and(f64::is_finite)) {
            Ok(())
        } else {
            Err(format!("{}: {series:?}", query.expr))
        }
    }

    /// Whether it is a question at all, whatever it finds.
    fn takes(&self, query: &Query) {
        let taken = match query.source {
            Source::Prometheus => self.prometheus.query(&query.expr).map(drop),
            Source::Ledger => postgres::query(&self.reader, &query.expr).map(drop),
        };
        taken.unwrap_or_else(|error| panic!("{}: {error:#}", query.asks));
    }

    /// Some row has a number or a word in each of its columns but those that may be empty.
    fn of_ledger(&self, query: &Query) -> Result<(), String> {
        let sql = format!("select row_to_json(answer) from ({}) answer", query.expr);
        let answer =
            postgres::query(&self.reader, &sql).unwrap_or_else(|error| panic!("{}: {error:#}", query.asks));
        let rows: Vec<Value> = answer.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let is_full =
            |row: &Value| row.as_object().is_some_and(|row| row.values().any(|value| !value.is_null()));
        if !rows.iter().any(is_full) {
            return Err(format!("{}\n{answer}", query.expr));
        }
        if query.is_series {
            let row = rows[0].as_object().expect("a row");
            assert!(row.contains_key("time"), "{}: {row:?}", query.asks);
            let series = row.keys().filter(|key| !["time", "metric"].contains(&key.as_str())).count();
            assert!(series == 1 || !row.contains_key("metric"), "{}: {row:?}", query.asks);
        }
        Ok(())
    }
}

/// The chart's own scrape configuration, with one pod and one operator in the place of the cluster's.
fn scraping(sidecar: SocketAddr, operator: SocketAddr) -> Value {
    let manifests = chart::render(&chart::least()).expect("rendered");
    let map = chart::find(&manifests, "ConfigMap", "tollgate-prometheus").expect("a ConfigMap");
    let mut config =
        chart::read(map["data"]["scrape.yaml"].as_str().expect("scrape.yaml")).expect("YAML").remove(0);
    for job in config["scrape_configs"].as_array_mut().expect("jobs") {
        let discovery = job.as_object_mut().expect("a job").remove("kubernetes_sd_configs");
        discovery.expect("the cluster's pods");
        let is_sidecars = job["job_name"] == "tollgate-sidecars";
        let pod = |name: &str, namespace: &str, port: &str| {
            json!({
                "__meta_kubernetes_namespace": namespace, "__meta_kubernetes_pod_name": name,
                "__meta_kubernetes_pod_phase": "Running", "__meta_kubernetes_pod_container_name": "tollgate",
                "__meta_kubernetes_pod_container_port_number": port,
                "__meta_kubernetes_pod_container_port_name": "metrics",
                "__meta_kubernetes_pod_label_app_kubernetes_io_name": "tollgate",
                "__meta_kubernetes_pod_label_app_kubernetes_io_component": "operator",
            })
        };
        job["static_configs"] = if is_sidecars {
            json!([{"targets": [sidecar.to_string()], "labels": pod("web-0", "shop", "7419")}])
        } else {
            json!([{"targets": [operator.to_string()], "labels": pod("operator-1", "tollgate-system", "8080")}])
        };
        job["scrape_interval"] = json!("500ms");
    }
    config
}

#[test]
fn each_query_of_each_dashboard_finds_what_it_asks_for() {
    let mut scene = Scene::new();
    for (name, dashboard) in dashboards() {
        let mut chosen = BTreeMap::from([("zone".to_owned(), vec!["Europe/Berlin".to_owned()])]);
        for variable in dashboard.variables().expect("variables") {
            let values = wait::eventually(&format!("{name}: values of ${}", variable.name), || {
                scene.goes_on();
                scene.values(&variable, &chosen)
            });
            chosen.insert(variable.name, values);
        }
        assert!(chosen["namespace"].contains(&"shop".to_owned()), "{name}: {chosen:?}");
        let none = chosen.iter().map(|(variable, values)| match variable.as_str() {
            "zone" => (variable.clone(), values.clone()),
            _ => (variable.clone(), Vec::new()),
        });
        dashboard.queries(&none.collect()).iter().for_each(|query| scene.takes(query));
        for query in dashboard.queries(&chosen) {
            if query.asks == "Rows that operators keep" {
                continue; // only where an operator has a volume, which these have not
            }
            wait::eventually(&format!("{name}: {}", query.asks), || {
                // what is there already needs nothing new
                scene.answer(&query).or_else(|_| {
                    scene.goes_on();
                    scene.answer(&query)
                })
            });
        }
    }
}

/// The same figure by every way that the console has to say it. A page says many: there it is, or it is not.
fn told_by(console: &Console, token: &str, said: &str) -> Vec<(&'static str, String)> {
    const ASKED: &str = "range=today&zone=UTC&namespace=shop&feature=chat";
    let get = |path: &str| console.api(&format!("{path}?{ASKED}"), token);
    let on_page = |path: &str| {
        let is_there = get(path).text().contains(&format!("<data class=\"money\" value=\"{said}\""));
        if is_there { said.to_owned() } else { "another".to_owned() }
    };
    vec![
        ("API", get("/api/v1/usage").json()["sum"]["cost"].as_str().unwrap_or_default().to_owned()),
        ("Explore", on_page("/explore")),
        ("Feature", on_page("/features/shop/chat")),
        ("CSV", sum(&get("/explore.csv").text(), "cost_usd")),
        ("calls as CSV", sum(&get("/calls.csv").text(), "cost_usd")),
        ("FOCUS", sum(&get("/focus.csv").text(), "BilledCost")),
    ]
}

/// Of a column before which no cell is quoted; exact.
fn sum(csv: &str, column: &str) -> String {
    let mut lines = csv.lines();
    let place = lines.next().and_then(|head| head.split(',').position(|name| name == column));
    let Some(place) = place else { return format!("no {column} in {csv}") };
    let picos = |cell: &str| {
        let (whole, part) = cell.split_once('.').unwrap_or((cell, ""));
        format!("{whole}{part:0<12}").parse::<u128>().unwrap_or_default()
    };
    let sum: u128 = lines.filter_map(|line| line.split(',').nth(place)).map(picos).sum();
    let text = format!("{}.{:012}", sum / 1_000_000_000_000, sum % 1_000_000_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[test]
fn todays_cost_is_the_same_on_the_dashboard_on_the_command_line_and_everywhere_in_the_console() {
    let mut scene = Scene::new();
    scene.goes_on();
    let (console, token) = scene.console();
    let spend = dashboards().remove("spend").expect("Spend");
    let chosen = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect::<Vec<_>>();
    let chosen = BTreeMap::from([
        ("zone".to_owned(), chosen(&["UTC"])),
        ("cluster".to_owned(), chosen(&["default"])),
        ("namespace".to_owned(), chosen(&["shop"])),
        ("feature".to_owned(), chosen(&["chat"])),
    ]);
    let queries = spend.queries(&chosen);
    let today = queries.iter().find(|query| query.asks == "Today").expect("a panel");
    wait::eventually("the same sum", || {
        let shown = postgres::query(
            &scene.reader,
            &format!("select trim_scale(\"Today\") from ({}) answer", today.expr),
        );
        let shown = shown.map_err(|error| format!("{error:#}"))?;
        let mut top = Command::new(programs::built().join("kubectl-tollgate"));
        top.args(["top", "--range", "today", "--only", "feature=chat", "-n", "shop", "-o", "json"]);
        let output = top.env("DATABASE_URL", &scene.reader).output().map_err(|error| error.to_string())?;
        let top: Value =
            serde_json::from_slice(&output.stdout).map_err(|error| format!("{error}: {output:?}"))?;
        // five old calls at a cent, and what the pod called since
        let said = top["sum"]["cost"].as_str().unwrap_or_default();
        let in_console = told_by(&console, &token, said);
        let is_said = in_console.iter().all(|(_, told)| told == said);
        if said == shown && is_said && said.starts_with("0.05") && said != "0.05" {
            Ok(())
        } else {
            Err(format!("{shown} {in_console:?} {top}"))
        }
    });
}
