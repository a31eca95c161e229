//! Traffic from a file through alerts: a line for each change of state.

use jiff::Timestamp;
use serde_json::{Map, Number, Value, json};

use crate::{
    engine::{Change, Engine},
    plan::{Plan, Rule},
    spec::{Dimension, Metric},
    traffic::Row,
    window::Minute,
};

/// Traffic that jumps further is a slip of the pen, not a quiet year.
const LONGEST_GAP: Minute = 400 * 1440;

#[derive(Debug)]
pub struct Replay {
    engines: Vec<Engine>,
    open: Option<Minute>,
}

/// Why a row is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    #[error("time: is before the minute of the line above; sort the lines by time")]
    Earlier,
    #[error("time: is more than 400 days after the line above")]
    Gap,
}

// === impl Replay ===

impl Replay {
    pub fn new(plans: Vec<Plan>) -> Self {
        Self { engines: plans.into_iter().map(Engine::new).collect(), open: None }
    }

    /// Takes a row, and gives the lines of the minutes that ended before it.
    pub fn take(&mut self, row: &Row) -> Result<Vec<Value>, RowError> {
        let open = self.open.unwrap_or(row.minute);
        if row.minute < open {
            return Err(RowError::Earlier);
        }
        if row.minute - open > LONGEST_GAP {
            return Err(RowError::Gap);
        }
        let lines = self.go_to(row.minute);
        self.open = Some(row.minute);
        self.engines.iter_mut().for_each(|engine| engine.add(row));
        Ok(lines)
    }

    /// Ends the minutes before one, of which there is no more to come.
    pub fn go_to(&mut self, minute: Minute) -> Vec<Value> {
        let Some(open) = self.open else { return Vec::new() };
        self.open = Some(minute.max(open));
        (open..minute).flat_map(|minute| self.close(minute)).collect()
    }

    /// Ends the last minute.
    pub fn finish(&mut self) -> Vec<Value> {
        self.open.take().map(|minute| self.close(minute)).unwrap_or_default()
    }

    /// Alerts with more groups than are told apart, and how many rows were left out for it.
    pub fn beyond(&self) -> impl Iterator<Item = (&str, u64)> {
        self.engines
            .iter()
            .map(|engine| (engine.plan().name.as_str(), engine.beyond))
            .filter(|(_, rows)| *rows > 0)
    }

    fn close(&mut self, minute: Minute) -> Vec<Value> {
        let mut lines = Vec::new();
        let mut changes = Vec::new();
        for engine in &mut self.engines {
            engine.close(minute, &mut changes);
            lines.extend(changes.drain(..).map(|change| line(engine.plan(), change)));
        }
        lines
    }
}

fn line(plan: &Plan, change: Change) -> Value {
    let Change { at, group, index, metric, firing, value, threshold, projected } = change;
    let name = |dimension: &Dimension| match dimension {
        Dimension::Feature => "feature",
        Dimension::User => "user_id",
        Dimension::Provider => "provider",
        Dimension::Model => "model",
        Dimension::Namespace => "namespace",
    };
    let group: Map<String, Value> = plan
        .group_by
        .iter()
        .zip(group)
        .map(|(dimension, value)| (name(dimension).to_owned(), json!(value)))
        .collect();
    let rule = match plan.thresholds[index].rule {
        Rule::Reached(_) => "above",
        Rule::WillReach(_) => "projected",
        Rule::Anomaly { .. } => "anomaly",
    };
    let about = |value: f64| amount(metric, format!("{value:.6}"));
    let mut line = json!({
        "time": Timestamp::from_second(at * 60).map(|time| time.to_string()).unwrap_or_default(),
        "alert": plan.name,
        "kind": plan.kind.name(),
        "group": group,
        "metric": match metric {
            Metric::Cost => "Cost",
            Metric::Tokens => "Tokens",
            Metric::Calls => "Calls",
            Metric::Errors => "Errors",
        },
        "rule": rule,
        "state": if firing { "firing" } else { "resolved" },
        "value": amount(metric, value.to_string()),
        "threshold": about(threshold),
        "projected": projected.map(|forecast| about(forecast.value)),
        "projected_range": projected.and_then(|forecast| forecast.range).map(|(low, high)| [about(low), about(high)]),
    });
    if let Some(namespace) = &plan.namespace {
        line["namespace"] = json!(namespace);
    }
    line
}

/// Money is a text, as everywhere; counts are numbers.
fn amount(metric: Metric, text: String) -> Value {
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    match metric {
        Metric::Cost => Value::String(text),
        Metric::Tokens | Metric::Calls | Metric::Errors => {
            text.parse::<Number>().map_or(Value::String(text), Value::Number)
        }
    }
}
