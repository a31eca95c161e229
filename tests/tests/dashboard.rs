//! The chart's dashboard of Prometheus alone, its scrape configuration and alert rules, against a real sidecar and a real
//! Prometheus: each query is about something that is there. The other dashboards: `dashboards.rs`.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        chart,
        dashboard::{self, Dashboard, Query},
        http::Call,
        metrics::Samples,
        programs,
        prometheus::{Prometheus, Series},
        wait,
        world::{Setup, World},
    },
    standin::Provider::OpenAi,
};

const FLAGS: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: true}
---
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: images}
spec: {enabled: false}
";

#[test]
fn each_query_of_the_dashboard_finds_what_it_asks_for() {
    let world = World::with(Setup { flags: Some(FLAGS), ..Setup::default() });
    let prometheus = Prometheus::start(&scraping(&world)).expect("Prometheus");
    let dashboard = usage();

    // a flag that changes, for the annotation
    calls_of_every_kind(&world);
    world.replace("flags.yaml", &FLAGS.replace("false", "true"));

    let mut chosen = BTreeMap::new();
    for variable in dashboard.variables().expect("variables") {
        let values = wait::eventually(&format!("values of ${}", variable.name), || {
            calls_of_every_kind(&world);
            let series = prometheus.query(&variable.query(&chosen)).expect("a query");
            let values: Vec<_> = series.iter().filter_map(|series| label(series, &variable.name)).collect();
            if values.is_empty() { Err(variable.clone()) } else { Ok(values) }
        });
        chosen.insert(variable.name, values);
    }
    assert_eq!(chosen["namespace"], ["shop"]);
    assert_eq!(chosen["workload"], ["web"]);

    for (turn, query) in dashboard.queries(&chosen).into_iter().enumerate() {
        let series = wait::eventually(&query.asks, || {
            calls_of_every_kind(&world);
            // annotations tell of changes: there must be some
            let enabled = if turn % 2 == 0 { "false" } else { "true" };
            world.replace("flags.yaml", &FLAGS.replace("true", enabled));
            answered(&prometheus, &query)
        });
        for label in &query.legend {
            assert!(
                series.iter().all(|series| series.labels.contains_key(label)),
                "{}: the legend names {label}, which no series has: {series:?}",
                query.asks
            );
        }
    }
}

/// The series, if there are some with numbers in them.
fn answered(prometheus: &Prometheus, query: &Query) -> Result<Vec<Series>, String> {
    let series = prometheus.query(&query.expr).map_err(|error| error.to_string())?;
    let finite = |series: &&Series| series.value.parse::<f64>().is_ok_and(f64::is_finite);
    if series.iter().any(|series| finite(&series)) {
        Ok(series)
    } else {
        Err(format!("{}: {series:?}", query.expr))
    }
}

/// What the scrape configuration says of a pod must be of the cluster, whatever the pod says.
#[test]
fn a_series_is_of_the_namespace_that_its_pod_is_in() {
    let config = json!({"workload": {"namespace": "treasury", "name": "web", "pod": "web-0"}});
    let world = World::with(Setup { config: Some(config), ..Setup::default() });
    let prometheus = Prometheus::start(&scraping(&world)).expect("Prometheus");
    let series = wait::eventually("a scrape", || {
        let series = prometheus.query("tollgate_build_info").expect("a query");
        series.into_iter().next().ok_or("nothing yet")
    });
    assert_eq!(label(&series, "namespace").as_deref(), Some("shop"));
    assert_eq!(label(&series, "pod").as_deref(), Some("web-0"));
    assert_eq!(label(&series, "exported_namespace"), None);
    assert_eq!(label(&series, "job").as_deref(), Some("tollgate-sidecars"));
}

#[test]
fn the_pod_monitor_relabels_as_the_scrape_configuration_does() {
    let mut values = chart::least();
    values["metrics"] = json!({"podMonitor": {"enabled": true}});
    let manifests = chart::render(&values).expect("rendered");
    let monitor = chart::find(&manifests, "PodMonitor", "tollgate-sidecars").expect("a PodMonitor");
    let endpoint = &monitor["spec"]["podMetricsEndpoints"][0];
    let job = job(&scrape_configuration(&manifests), "tollgate-sidecars");
    assert_eq!(endpoint["relabelings"][0]["regex"], job["relabel_configs"][0]["regex"]);
    assert_eq!(endpoint["relabelings"][0]["sourceLabels"], job["relabel_configs"][0]["source_labels"]);
    assert_eq!(endpoint["relabelings"][1]["replacement"], job["job_name"]);
    assert_eq!(endpoint["metricRelabelings"], job["metric_relabel_configs"]);
    assert_eq!(endpoint["honorLabels"], Value::Null);
    assert_eq!(job["honor_labels"], Value::Null);
}

#[test]
fn each_alert_is_about_metrics_that_are_there() {
    let world = World::with(Setup { flags: Some(FLAGS), ..Setup::default() });
    calls_of_every_kind(&world);
    let text = Call::get("/metrics").send(world.sidecar.admin).text();
    let there: BTreeSet<_> = Samples::parse(&text).0.into_iter().map(|sample| sample.name).collect();
    let families: BTreeSet<_> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    let mut asked = 0;
    for rule in chart::alerts().expect("the rules") {
        let expr = rule["expr"].as_str().expect("an expression");
        // the operator's are asked of the operator; this sidecar has no stream, whose pushes it could time
        let of_sidecars = |name: &&str| {
            !["tollgate_operator_", "tollgate_pods_", "tollgate_budget_", "tollgate_state_push_"]
                .iter()
                .any(|other| name.starts_with(other))
        };
        for name in chart::metric_names(expr).filter(of_sidecars) {
            asked += 1;
            // a counter of a family that has counted nothing has no sample yet
            let family = name.strip_suffix("_total").unwrap_or(name);
            assert!(there.contains(name) || families.contains(family), "{}: no metric {name}", rule["alert"]);
        }
    }
    assert!(asked > 5, "the expressions were read");
}

#[test]
fn each_alert_fires_when_it_should_and_not_before() {
    let output = Command::new("promtool")
        .args(["test", "rules"])
        .arg(programs::root().join("tests/rules/rules_test.yaml"))
        .output()
        .expect("promtool runs");
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    let cases = std::fs::read_to_string(programs::root().join("tests/rules/rules_test.yaml")).expect("cases");
    for rule in chart::alerts().expect("the rules") {
        let name = rule["alert"].as_str().expect("a name");
        assert!(
            cases.matches(&format!("alertname: {name}\n")).count() >= 2,
            "{name} needs a case that fires and one that does not"
        );
    }
}

#[test]
fn each_alert_says_what_to_do_on_a_page_that_is_there() {
    let page = std::fs::read_to_string(programs::root().join("docs/runbooks.md")).expect("docs/runbooks.md");
    for rule in chart::alerts().expect("the rules") {
        let name = rule["alert"].as_str().expect("a name");
        assert_eq!(rule["annotations"]["runbook_url"], format!("RUNBOOKS#{}", name.to_lowercase()), "{name}");
        let (_, section) =
            page.split_once(&format!("### {name}\n")).unwrap_or_else(|| panic!("no page {name}"));
        let section = section.split("\n### ").next().expect("a section");
        for part in ["**Meaning**", "**Impact.**", "**Diagnosis.**", "**Mitigation.**"] {
            assert!(section.contains(part), "{name} has no {part}");
        }
        assert!(rule["annotations"]["summary"].is_string() && rule["annotations"]["description"].is_string());
    }
}

#[test]
fn the_runbooks_are_where_an_installation_says() {
    let mut values = chart::least();
    values["metrics"] =
        json!({"runbooks": "https://wiki.example.com/tollgate", "prometheusRule": {"enabled": true}});
    let manifests = chart::render(&values).expect("rendered");
    let rules = chart::find(&manifests, "PrometheusRule", "tollgate").expect("rules");
    let link = &rules["spec"]["groups"][0]["rules"][0]["annotations"]["runbook_url"];
    assert_eq!(link, "https://wiki.example.com/tollgate#tollgaterecordsdropped");
    let map = chart::find(&manifests, "ConfigMap", "tollgate-prometheus").expect("a ConfigMap");
    assert!(!map["data"]["rules.yaml"].as_str().expect("rules").contains("RUNBOOKS"));
}

fn usage() -> Dashboard {
    Dashboard::all().expect("the dashboards").remove("usage").expect("Usage")
}

/// A call for each kind of number: priced, estimated, unpriced, refused, failed, passed without a readable usage.
fn calls_of_every_kind(world: &World) {
    for call in dashboard::calls_of_every_kind("chat", "images") {
        world.through(OpenAi, &call);
    }
}

/// The chart's own scrape configuration, with one pod in place of the cluster's.
fn scraping(world: &World) -> Value {
    let manifests = chart::render(&chart::least()).expect("rendered");
    let mut job = job(&scrape_configuration(&manifests), "tollgate-sidecars");
    let pod = job.as_object_mut().expect("a job is a mapping");
    pod.remove("kubernetes_sd_configs").expect("the cluster's pods");
    job["scrape_interval"] = json!("500ms");
    job["static_configs"] = json!([{
        "targets": [world.sidecar.admin.to_string()],
        "labels": {
            "__meta_kubernetes_namespace": "shop",
            "__meta_kubernetes_pod_name": "web-0",
            "__meta_kubernetes_pod_phase": "Running",
            "__meta_kubernetes_pod_container_name": "tollgate",
            "__meta_kubernetes_pod_container_port_number": "7419",
        },
    }, {
        // another container's port is none of ours
        "targets": [world.standin.openai.to_string()],
        "labels": {
            "__meta_kubernetes_namespace": "shop",
            "__meta_kubernetes_pod_name": "web-0",
            "__meta_kubernetes_pod_phase": "Running",
            "__meta_kubernetes_pod_container_name": "web",
            "__meta_kubernetes_pod_container_port_number": "8080",
        },
    }]);
    json!({"scrape_configs": [job]})
}

fn scrape_configuration(manifests: &[Value]) -> Value {
    let map = chart::find(manifests, "ConfigMap", "tollgate-prometheus").expect("a ConfigMap");
    let text = map["data"]["scrape.yaml"].as_str().expect("scrape.yaml");
    chart::read(text).expect("YAML").remove(0)
}

fn job(configuration: &Value, name: &str) -> Value {
    let jobs = configuration["scrape_configs"].as_array().expect("jobs");
    jobs.iter().find(|job| job["job_name"] == name).expect("the job").clone()
}

fn label(series: &Series, name: &str) -> Option<String> {
    series.labels.get(name)?.as_str().map(str::to_owned)
}
