//! The queries of the chart's dashboard, as Grafana would send them.

use anyhow::{Context, Result};
use serde_json::Value;
use tollgate_tests::harness::{
    installation::{Installation, NAMESPACE},
    interrupt::wait,
};

/// The panels that are shown, by title: one number each, or one a feature.
const SHOWN: [&str; 6] =
    ["Cost", "Tokens", "Calls", "Refused", "Calls a second, by feature", "Refusals a second, by feature"];

/// A line for each series that a shown panel gets.
pub(crate) fn answers(tollgate: &Installation) -> Result<Vec<String>> {
    let dashboard = dashboard(tollgate)?;
    let mut lines = Vec::new();
    for title in SHOWN {
        let query =
            panel(&dashboard, title).with_context(|| format!("the dashboard has no panel {title:?}"))?;
        // a rate needs two scrapes
        let series = wait(|| Ok(Some(tollgate.query(&query)?).filter(|series| !series.is_empty())))
            .with_context(|| format!("{title}: no numbers from {query}"))?;
        for (labels, value) in series {
            let feature = labels["feature"].as_str().unwrap_or_default();
            lines.push(format!("{title:<30} {feature:<18} {value}"));
        }
    }
    Ok(lines)
}

fn dashboard(tollgate: &Installation) -> Result<Value> {
    let selector = ["--selector=grafana_dashboard=1", "--output=json"];
    let mut args = vec!["--namespace", NAMESPACE, "get", "configmaps"];
    args.extend(selector);
    let maps: Value = serde_json::from_str(&tollgate.node.kubectl(&args)?)?;
    let maps = maps["items"].as_array().context("ConfigMaps labelled grafana_dashboard=1")?;
    let mut texts = maps.iter().filter_map(|map| map["data"]["tollgate-usage.json"].as_str());
    Ok(serde_json::from_str(texts.next().context("the dashboard of usage")?)?)
}

/// The first query of the panel with this title, its variables replaced as Grafana replaces them.
fn panel(dashboard: &Value, title: &str) -> Option<String> {
    let mut panels: Vec<&Value> = dashboard["panels"].as_array()?.iter().collect();
    while let Some(panel) = panels.pop() {
        panels.extend(panel["panels"].as_array().into_iter().flatten());
        if panel["title"] == title {
            let query = panel["targets"][0]["expr"].as_str()?;
            return Some(["namespace", "workload", "feature", "model"].iter().fold(
                query.replace("$__rate_interval", "30s").replace("$__range", "5m"),
                |query, variable| query.replace(&format!("${{{variable}:regex}}"), ".*"),
            ));
        }
    }
    None
}
