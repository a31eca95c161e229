//! The chart's dashboard, on the Prometheus that the chart's own scrape configuration feeds.

use serde_json::{Value, json};
use tollgate_tests::harness::{dashboard, installation::NAMESPACE, wait, world::chat};

use crate::tollgate::{Namespace, TOLLGATE, kubectl};

#[test]
fn every_query_of_the_dashboard_sees_numbers() {
    TOLLGATE.prometheus().unwrap();
    let namespace = Namespace::labelled("dashboard");
    namespace.pod("web", json!({}));
    namespace.flag("off", json!({"enabled": false}));
    let call = |feature: &str| chat(json!({}), "").under("/openai").header("x-tollgate-feature", feature);
    wait::eventually("a refusal", || match namespace.call("web", &call("off")).status() {
        403 => Ok(()),
        other => Err(other),
    });

    let maps = kubectl(&["--namespace", NAMESPACE, "get", "configmaps", "--selector=grafana_dashboard=1", "--output=json"]);
    let maps: Value = serde_json::from_str(&maps).unwrap();
    let queries = dashboard::queries(&maps["items"][0]).unwrap();

    for (title, query) in queries {
        // a rate needs calls between two scrapes
        wait::eventually(&format!("{title}: numbers from {query}"), || {
            namespace.call("web", &call("on"));
            namespace.call("web", &call("off"));
            match TOLLGATE.query(&query) {
                Ok(series) if series.is_empty() => Err("no series".to_owned()),
                Ok(_) => Ok(()),
                Err(error) => Err(format!("{error:#}")),
            }
        });
    }
}
