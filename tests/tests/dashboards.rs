//! The chart's set of dashboards: kept as a team would keep them (the rules of Grafana's dashboard-linter and ours), decoded by
//! Grafana's own types, and each query answered by a real Prometheus and a real ledger.

#[path = "dashboards/queries.rs"]
mod queries;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use serde_json::{Value, json};
use tollgate_tests::harness::{
    chart,
    dashboard::{Dashboard, Source},
    programs,
};

/// By the names of their files.
fn dashboards() -> BTreeMap<String, Dashboard> {
    let dashboards = Dashboard::all().expect("the dashboards");
    assert_eq!(
        dashboards.keys().collect::<Vec<_>>(),
        ["feature", "flags", "health", "models", "spend", "usage", "users"]
    );
    dashboards
}

/// Every data source that something names, wherever it stands.
fn sources(value: &Value) -> Vec<&Value> {
    all(value, "datasource")
}

/// What stands under this key, wherever.
fn all<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    match value {
        Value::Object(object) => {
            let own = object.get(key);
            own.into_iter().chain(object.values().flat_map(|value| all(value, key))).collect()
        }
        Value::Array(list) => list.iter().flat_map(|value| all(value, key)).collect(),
        _ => Vec::new(),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// PromQL and SQL of panels and annotations.
fn queries(dashboard: &Dashboard) -> Vec<&str> {
    ["expr", "rawSql"].into_iter().flat_map(|key| all(&dashboard.0, key)).map(text).collect()
}

/// The names in `${…}` and `$…` of a text, without what Grafana itself fills in.
fn variables_in(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rest in text.split("${").skip(1) {
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if !name.starts_with("__") {
            names.insert(name);
        }
    }
    names
}

#[test]
fn each_panel_has_a_title_of_its_own_a_unit_a_description_and_a_place() {
    for (name, dashboard) in dashboards() {
        let (mut taken, mut ids, mut titles) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for panel in dashboard.0["panels"].as_array().expect("panels") {
            let at = format!("{name}: {}", panel["title"]);
            let place = |key: &str| panel["gridPos"][key].as_u64().expect("a number");
            assert!(place("x") + place("w") <= 24, "{at}");
            for x in place("x")..place("x") + place("w") {
                for y in place("y")..place("y") + place("h") {
                    assert!(taken.insert((x, y)), "{at} covers another panel");
                }
            }
            assert!(ids.insert(panel["id"].as_u64()), "{at}: its id is taken");
        }
        for panel in dashboard.panels() {
            let at = format!("{name}: {}", panel["title"]);
            assert!(!text(&panel["title"]).is_empty());
            assert!(titles.insert(text(&panel["title"])), "{at}: another panel has its title");
            assert!(text(&panel["description"]).ends_with('.'), "{at}");
            assert!(panel["fieldConfig"]["defaults"]["unit"].is_string(), "{at}");
            assert!(panel["targets"].as_array().is_some_and(|targets| !targets.is_empty()), "{at}");
            let refs: BTreeSet<_> = all(&panel["targets"], "refId").into_iter().map(text).collect();
            assert_eq!(refs.len(), panel["targets"].as_array().map_or(0, Vec::len), "{at}: refIds");
        }
    }
}

#[test]
fn a_dashboard_goes_into_any_grafana_and_stays_as_the_chart_has_it() {
    let mut uids = BTreeSet::new();
    for (name, dashboard) in dashboards() {
        let Value::Object(members) = &dashboard.0 else { panic!("{name} is no object") };
        let whole = dashboard.0.to_string();
        assert!(!whole.contains("__inputs") && !whole.contains("allValue"), "{name}");
        assert_eq!(members["id"], Value::Null, "{name}");
        assert_eq!(members["uid"], format!("tollgate-{name}"));
        assert!(uids.insert(members["uid"].to_string()), "{name}");
        assert!(members["schemaVersion"].as_u64().is_some_and(|version| version <= 41), "{name}");
        assert_eq!(
            (&members["editable"], &members["timezone"]),
            (&json!(false), &json!("browser")),
            "{name}"
        );
        assert_eq!(members["tags"], json!(["tollgate"]), "{name}");
        assert!(text(&members["title"]).starts_with("Tollgate / "), "{name}");
    }
}

#[test]
fn each_data_source_is_one_that_the_reader_chooses() {
    for (name, dashboard) in dashboards() {
        let mut asked = BTreeSet::new();
        for source in sources(&dashboard.0) {
            let variable = match text(&source["type"]) {
                "prometheus" => "datasource",
                "grafana-postgresql-datasource" => "ledger",
                other => panic!("{name}: {other}"),
            };
            assert_eq!(source["uid"], format!("${{{variable}}}"), "{name}");
            asked.insert(variable);
        }
        let list = dashboard.0["templating"]["list"].as_array().expect("variables");
        let chosen = list.iter().filter(|variable| variable["type"] == "datasource");
        assert_eq!(chosen.map(|variable| text(&variable["name"])).collect::<BTreeSet<_>>(), asked, "{name}");
    }
}

#[test]
fn each_variable_is_there_and_is_used_and_asks_anew_when_the_time_changes() {
    for (name, dashboard) in dashboards() {
        let list = dashboard.0["templating"]["list"].as_array().expect("variables");
        let defined: BTreeSet<String> =
            list.iter().map(|variable| text(&variable["name"]).to_owned()).collect();
        assert_eq!(defined.len(), list.len(), "{name}: a variable stands twice");
        let used = variables_in(&dashboard.0.to_string());
        assert_eq!(used, defined, "{name}");
        for variable in list.iter().filter(|variable| variable["type"] == "query") {
            assert_eq!(variable["refresh"], 2, "{name}: ${}", variable["name"]);
            assert_eq!((&variable["multi"], &variable["includeAll"]), (&json!(true), &json!(true)), "{name}");
        }
    }
}

#[test]
fn what_a_reader_chooses_is_quoted_in_every_query() {
    for (name, dashboard) in dashboards() {
        for sql in all(&dashboard.0, "rawSql").into_iter().map(text) {
            for rest in sql.split("${").skip(1) {
                let (inside, _) = rest.split_once('}').expect("a variable ends");
                assert!(inside.ends_with(":sqlstring"), "{name}: {inside} in {sql}");
            }
        }
        for promql in all(&dashboard.0, "expr").into_iter().map(text) {
            for rest in promql.split("${").skip(1) {
                let (inside, _) = rest.split_once('}').expect("a variable ends");
                assert!(inside.ends_with(":regex"), "{name}: {inside} in {promql}");
            }
        }
    }
}

/// `gpt-4.1` becomes `gpt-4\.1`: between quotes that is an unknown escape, and the panel an error.
#[test]
fn a_name_with_a_dot_or_a_slash_can_be_chosen() {
    for (name, dashboard) in dashboards() {
        let whole = all(&dashboard.0, "expr").into_iter().chain(all(&dashboard.0, "query")).map(text);
        for promql in whole.filter(|promql| promql.contains(":regex}")) {
            for (before, _) in promql.match_indices("${").map(|(at, _)| promql.split_at(at)) {
                assert!(before.ends_with("=~`"), "{name}: {promql}");
            }
        }
    }
}

/// While there is no call yet, All is none: Grafana writes nothing where the values would be.
#[test]
fn of_a_ledger_in_which_nothing_is_yet_a_question_is_still_sql() {
    for (name, dashboard) in dashboards() {
        let chosen = ["cluster", "namespace", "feature"].map(|variable| (variable.to_owned(), Vec::new()));
        let zone = ("zone".to_owned(), vec!["UTC".to_owned()]);
        for query in dashboard.queries(&chosen.into_iter().chain([zone]).collect()) {
            assert!(
                query.source == Source::Prometheus || !query.expr.contains("in ()"),
                "{name}: {}",
                query.expr
            );
        }
    }
}

#[test]
fn a_question_to_the_ledger_has_bounds_in_time_or_in_rows() {
    for (name, dashboard) in dashboards() {
        for sql in all(&dashboard.0, "rawSql").into_iter().map(text) {
            let is_bounded = sql.contains("$__timeFilter(")
                || sql.contains("$__timeFrom()")
                || sql.contains("hour >= ")
                || (sql.contains("from feature_flags") && sql.contains(" limit "));
            assert!(is_bounded, "{name}: {sql}");
            assert!(!sql.contains("usage_quarantine") && !sql.contains("ingest_keys"), "{name}: {sql}");
        }
    }
}

#[test]
fn rates_are_of_counters_over_the_interval_that_grafana_knows() {
    for (name, dashboard) in dashboards() {
        for query in queries(&dashboard)
            .into_iter()
            .filter(|query| !query.starts_with("select") && !query.starts_with("with"))
        {
            for window in query.split('[').skip(1).filter_map(|rest| rest.split_once(']')) {
                assert!(
                    ["$__rate_interval", "$__range", "2m"].contains(&window.0),
                    "{name}: [{}] in {query}",
                    window.0
                );
            }
            for metric in chart::metric_names(query) {
                let is_counter =
                    ["_total", "_sum", "_bucket", "_count"].iter().any(|end| metric.ends_with(end));
                let rated = query.split(metric).next().expect("what stands before it");
                let inside = rated.ends_with("rate(") || rated.ends_with("increase(");
                assert_eq!(is_counter, inside, "{name}: {metric} in {query}");
            }
        }
    }
}

#[test]
fn a_legend_names_labels_that_the_query_keeps() {
    for (name, dashboard) in dashboards() {
        for panel in dashboard.panels() {
            for target in panel["targets"].as_array().into_iter().flatten() {
                let (expr, legend) = (text(&target["expr"]), text(&target["legendFormat"]));
                for label in legend.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")) {
                    let kept = expr.split("by (").skip(1).filter_map(|rest| rest.split_once(')'));
                    let mut kept = kept.flat_map(|(labels, _)| labels.split(", "));
                    assert!(kept.any(|kept| kept == label.0), "{name}: {} of {}", label.0, panel["title"]);
                }
            }
        }
    }
}

#[test]
fn links_lead_to_dashboards_that_are_there_and_name_what_their_panel_has() {
    let dashboards = dashboards();
    let mut followed = 0;
    for (name, dashboard) in &dashboards {
        for panel in dashboard.panels() {
            let sql: String = all(panel, "rawSql").into_iter().map(text).collect();
            let legends: String = all(panel, "legendFormat").into_iter().map(text).collect();
            for url in all(panel, "url").into_iter().map(text) {
                followed += 1;
                let at = format!("{name}: {}: {url}", panel["title"]);
                if let Some(rest) = url.strip_prefix("/d/tollgate-") {
                    let (board, query) = rest.split_once('?').expect("variables");
                    let list = dashboards[board].0["templating"]["list"].as_array().expect("variables");
                    for pair in query.split('&').filter_map(|pair| pair.strip_prefix("var-")) {
                        let variable = pair.split('=').next().expect("a name");
                        assert!(list.iter().any(|there| there["name"] == variable), "{at}: {variable}");
                    }
                } else {
                    assert!(url.starts_with("${console}/"), "{at}");
                }
                for field in url.split("${__data.fields.").skip(1).filter_map(|rest| rest.split_once('}')) {
                    assert!(sql.contains(&format!("as \"{}\"", field.0)), "{at}: {}", field.0);
                }
                for label in url.split("${__field.labels.").skip(1).filter_map(|rest| rest.split_once('}')) {
                    assert!(legends.contains(&format!("{{{{{}}}}}", label.0)), "{at}: {}", label.0);
                }
            }
        }
        let among = dashboard.0["links"].as_array().expect("links");
        assert!(among.iter().any(|link| link["type"] == "dashboards" && link["tags"] == json!(["tollgate"])));
    }
    assert!(followed > 10, "links were followed");
}

/// Of each dashboard the file in its ConfigMap.
fn rendered(values: Value) -> BTreeMap<String, (Value, String)> {
    let mut all = chart::least();
    all["dashboards"] = values;
    let manifests = chart::render(&all).expect("rendered");
    let maps = manifests.iter().filter(|manifest| manifest["metadata"]["labels"]["grafana_dashboard"] == "1");
    let file = |map: &Value| {
        let data = map["data"].as_object().expect("data");
        let (key, text) = data.iter().next().expect("a file");
        let name = key.strip_prefix("tollgate-").and_then(|key| key.strip_suffix(".json")).expect("a name");
        assert_eq!(map["metadata"]["name"], format!("tollgate-dashboard-{name}"));
        (name.to_owned(), (map.clone(), text.as_str().expect("text").to_owned()))
    };
    maps.map(file).collect()
}

#[test]
fn each_config_map_holds_its_dashboard_and_where_the_console_is() {
    let rendered = rendered(json!({"consoleUrl": "https://tollgate.example.com/"}));
    assert_eq!(rendered.len(), dashboards().len());
    for (name, (map, text)) in rendered {
        let file = chart::folder().join(format!("files/dashboards/{name}.json"));
        let file = fs::read_to_string(file).expect("the file");
        assert_eq!(text.trim(), file.replace("CONSOLE_URL", "https://tollgate.example.com").trim(), "{name}");
        let folder = if name == "users" { "Tollgate users" } else { "Tollgate" };
        assert_eq!(map["metadata"]["annotations"]["grafana_folder"], folder, "{name}");
    }
}

#[test]
fn without_a_console_nothing_leads_to_it() {
    for (name, (_, text)) in rendered(json!({})) {
        let left: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!text.contains("${console}") && !text.contains("CONSOLE_URL"), "{name}");
        let whole = &dashboards()[&name];
        assert_eq!(all(&left, "rawSql"), all(&whole.0, "rawSql"), "{name}");
    }
}

#[test]
fn who_the_users_are_can_be_left_out() {
    assert!(!rendered(json!({"users": {"enabled": false}})).contains_key("users"));
}

/// With Grafana's own types in Go: a field that they do not know, or that is missing, is an error.
#[test]
fn grafanas_own_types_decode_each_dashboard_and_leave_nothing_over() {
    let decode = programs::root().join(".cache/sdks/grafana/decode");
    let folder = chart::folder().join("files/dashboards");
    let files: Vec<_> = dashboards().into_keys().map(|name| folder.join(format!("{name}.json"))).collect();
    let output = Command::new(&decode).args(&files).output();
    let output = output.unwrap_or_else(|error| panic!("{}: {error}; make setup-sdks", decode.display()));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));

    let misspelt = fs::read_to_string(&files[0]).expect("a dashboard").replace("\"gridPos\"", "\"gridPoss\"");
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), misspelt).expect("written");
    let output = Command::new(&decode).arg(file.path()).output().expect("decode");
    assert!(!output.status.success(), "a misspelt field was not noticed");
}
