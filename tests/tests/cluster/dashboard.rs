//! The chart's dashboard, on the Prometheus that the chart's own scrape configuration feeds.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tollgate_tests::harness::{
    dashboard::{Dashboard, calls_of_every_kind},
    installation::NAMESPACE,
    wait,
};

use crate::tollgate::{Turn, shared};

#[test]
fn each_query_of_the_dashboard_sees_numbers_of_the_cluster() {
    let tollgate = shared();
    tollgate.prometheus().unwrap();
    let namespace = tollgate.labelled("dashboard");
    namespace.pod("web", &json!({}));
    namespace.flag("on", &json!({"enabled": true}));
    namespace.flag("off", &json!({"enabled": false}));
    let calls = || {
        for call in calls_of_every_kind("on", "off") {
            namespace.call("web", &call.under("/openai"));
        }
    };
    let dashboard = dashboard(&tollgate);

    let mut chosen = BTreeMap::new();
    for variable in dashboard.variables().unwrap() {
        let query = variable.query(&chosen);
        let values = wait::eventually(&format!("values of ${}", variable.name), || {
            calls();
            let series = tollgate.query(&query).map_err(|error| format!("{error:#}"))?;
            let values: Vec<String> = series
                .iter()
                .filter_map(|(labels, _)| labels[&variable.name].as_str())
                .map(str::to_owned)
                .collect();
            // other tests' pods may have been scraped before this one's
            let own = variable.name != "namespace" || values.iter().any(|name| name == "dashboard");
            if values.is_empty() || !own { Err(format!("{values:?} from {query}")) } else { Ok(values) }
        });
        chosen.insert(variable.name, values);
    }

    for (turn, query) in dashboard.queries(&chosen).into_iter().enumerate() {
        wait::eventually(&format!("{}: numbers from {}", query.asks, query.expr), || {
            calls();
            // annotations tell of changes: there must be some
            namespace.flag("on", &json!({"enabled": turn % 2 == 0}));
            match tollgate.query(&query.expr) {
                Ok(series) if series.is_empty() => Err("no series".to_owned()),
                Ok(_) => Ok(()),
                Err(error) => Err(format!("{error:#}")),
            }
        });
    }
}

/// As Grafana's own sidecar would find it: among all others that are labelled so.
fn dashboard(tollgate: &Turn) -> Dashboard {
    let selector =
        ["--namespace", NAMESPACE, "get", "configmaps", "--selector=grafana_dashboard=1", "--output=json"];
    let maps: Value = serde_json::from_str(&tollgate.ctl(&selector)).unwrap();
    let maps = maps["items"].as_array().unwrap();
    let mut texts = maps.iter().filter_map(|map| map["data"]["tollgate-usage.json"].as_str());
    Dashboard(serde_json::from_str(texts.next().unwrap()).unwrap())
}
