//! A Grafana dashboard, as far as a test reads one: its queries, with the variables that Grafana would fill in.

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{chart, http::Call, world::chat};

/// A dashboard's JSON.
#[derive(Clone, Debug)]
pub struct Dashboard(pub Value);

/// Whom a query is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Prometheus,
    Ledger,
}

/// A query as it would go to its source.
#[derive(Clone, Debug)]
pub struct Query {
    /// The panel or annotation that asks.
    pub asks: String,
    pub source: Source,
    /// PromQL or SQL.
    pub expr: String,
    /// Labels that its legend names.
    pub legend: Vec<String>,
    /// Of SQL: rows of `time`, `metric` and `value`, or with a column for each series.
    pub is_series: bool,
}

/// A variable that the dashboard fills by asking.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    pub values: Values,
}

/// Where its values come from.
#[derive(Clone, Debug)]
pub enum Values {
    /// The values of a label.
    Label { selector: String, label: String },
    /// The first column of SQL, of so much of the past.
    Rows { sql: String, shown: SignedDuration },
}

/// A call of each kind that a panel tells apart: priced, broken off and so estimated, unpriced, refused (of the feature
/// `off`), failed, without usage.
pub fn calls_of_every_kind(on: &str, off: &str) -> [Call; 6] {
    [
        (json!({}), "input=1000 output=500", on),
        (json!({"stream": true}), "chunks=5 cut=rst@3", on),
        (json!({"model": "unheard-of"}), "", on),
        (json!({}), "", off),
        (json!({}), "status=500", on),
        (json!({}), "no-usage", on),
    ]
    .map(|(body, play, feature)| chat(body, play).header("x-tollgate-feature", feature))
}

/// The times that Grafana puts into queries, here short enough for a test.
const TIMES: [(&str, &str); 3] = [("$__rate_interval", "10s"), ("$__range", "30s"), ("$__interval", "1s")];

// === impl Dashboard ===

impl Dashboard {
    /// The chart's, by the names of their files.
    pub fn all() -> Result<BTreeMap<String, Dashboard>> {
        let files = fs::read_dir(chart::folder().join("files/dashboards")).context("the dashboards")?;
        let named = |path: PathBuf| {
            let name = path.file_stem().context("a file has a name")?.to_string_lossy().into_owned();
            let dashboard = serde_json::from_str(&fs::read_to_string(&path)?);
            anyhow::Ok((name, Dashboard(dashboard.with_context(|| path.display().to_string())?)))
        };
        files.map(|file| named(file?.path())).collect()
    }

    /// All panels but the rows that part them.
    pub fn panels(&self) -> impl Iterator<Item = &Value> {
        self.0["panels"].as_array().into_iter().flatten().filter(|panel| panel["type"] != "row")
    }

    /// In the order in which one depends on the others.
    pub fn variables(&self) -> Result<Vec<Variable>> {
        let list = self.0["templating"]["list"].as_array().context("a dashboard has variables")?;
        let asking = list.iter().filter(|variable| variable["type"] == "query");
        asking.map(|each| variable(each, self.shows())).collect()
    }

    /// How much of the past it shows when it is opened.
    fn shows(&self) -> SignedDuration {
        let from = text(&self.0["time"]["from"]);
        let (count, unit) = from.trim_start_matches("now-").split_at(from.len() - "now-".len() - 1);
        let hours = match unit {
            "d" => 24,
            "h" => 1,
            _ => panic!("expected now-30d or now-6h, found {from}"),
        };
        SignedDuration::from_hours(hours * count.parse::<i64>().expect("now-30d, or now-6h"))
    }

    /// Every query of panels and annotations, each variable replaced by the values that are chosen for it.
    pub fn queries(&self, chosen: &BTreeMap<String, Vec<String>>) -> Vec<Query> {
        let targets = self.panels().flat_map(|panel| {
            panel["targets"].as_array().into_iter().flatten().map(move |target| (&panel["title"], target))
        });
        let annotations = self.0["annotations"]["list"].as_array().into_iter().flatten();
        targets
            .map(|(title, target)| (title, target, &target["legendFormat"]))
            .chain(annotations.map(|each| (&each["name"], each, &each["textFormat"])))
            .map(|(asks, target, legend)| {
                // an annotation's question to a database stands in its target
                let sql = target.get("target").unwrap_or(target);
                let (source, expr) = match &sql["rawSql"] {
                    Value::String(sql) => (Source::Ledger, sql_of(sql, self.shows(), chosen)),
                    _ => (Source::Prometheus, filled(&text(&target["expr"]), chosen)),
                };
                let is_series = target["format"] == "time_series";
                Query { asks: text(asks), source, expr, legend: braces(&text(legend)), is_series }
            })
            .collect()
    }
}

// === impl Variable ===

impl Variable {
    /// The query that gives its values.
    pub fn query(&self, chosen: &BTreeMap<String, Vec<String>>) -> String {
        match &self.values {
            Values::Label { selector, label } => format!("group by ({label}) ({})", filled(selector, chosen)),
            Values::Rows { sql, shown } => sql_of(sql, *shown, chosen),
        }
    }
}

fn variable(variable: &Value, shown: SignedDuration) -> Result<Variable> {
    let name = text(&variable["name"]);
    if let Value::String(sql) = &variable["query"] {
        return Ok(Variable { name, values: Values::Rows { sql: sql.clone(), shown } });
    }
    let query = text(&variable["query"]["query"]);
    let inside = query.strip_prefix("label_values(").and_then(|rest| rest.strip_suffix(')'));
    let (selector, label) = inside
        .and_then(|inside| inside.rsplit_once(", "))
        .with_context(|| format!("${name}: expected label_values(SELECTOR, LABEL), found {query}"))?;
    let values = Values::Label { selector: selector.to_owned(), label: label.to_owned() };
    Ok(Variable { name, values })
}

/// Of so much of the past, as Grafana's data source for Postgres writes it into a query.
fn sql_of(sql: &str, shown: SignedDuration, chosen: &BTreeMap<String, Vec<String>>) -> String {
    let now = Timestamp::now();
    let from = format!("'{}'", now - shown);
    let until = format!("'{}'", now + SignedDuration::from_secs(60));
    let mut expanded = String::new();
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once("$__timeFilter(") {
        let (column, after) = after.split_once(')').expect("a macro ends");
        expanded.push_str(&format!("{before}{column} BETWEEN {from} AND {until}"));
        rest = after;
    }
    expanded.push_str(rest);
    let timed = expanded.replace("$__timeFrom()", &from).replace("$__timeTo()", &until);
    chosen.iter().fold(timed, |sql, (name, values)| {
        let values: Vec<String> =
            values.iter().map(|value| format!("'{}'", value.replace('\'', "''"))).collect();
        sql.replace(&format!("${{{name}:sqlstring}}"), &values.join(","))
    })
}

/// With All chosen, Grafana writes every value that the variable has.
fn filled(expr: &str, chosen: &BTreeMap<String, Vec<String>>) -> String {
    let timed = TIMES.iter().fold(expr.to_owned(), |expr, (name, time)| expr.replace(name, time));
    chosen.iter().fold(timed, |expr, (name, values)| {
        let values: Vec<_> = values.iter().map(|value| escaped(value)).collect();
        let written = if let [only] = &values[..] { only.clone() } else { format!("({})", values.join("|")) };
        expr.replace(&format!("${{{name}:regex}}"), &written)
    })
}

/// As Grafana's format `regex` does it, whatever stands around it: with one backslash, which PromQL takes between backticks only.
fn escaped(value: &str) -> String {
    let is_special = |c: char| "\\^$*+?.()|[]{}/".contains(c);
    value.chars().flat_map(|c| is_special(c).then_some('\\').into_iter().chain([c])).collect()
}

/// The names in double braces.
fn braces(text: &str) -> Vec<String> {
    text.split("{{")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}"))
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
