//! A minute of one kind of call, as a JSON line tells it.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    amount::Amount,
    spec::{Dimension, Metric, plain},
    window::Minute,
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub minute: Minute,
    pub namespace: Option<String>,
    pub feature: Option<String>,
    pub user: Option<String>,
    pub provider: Option<String>,
    pub model: Option<String>,
    pub calls: Amount,
    pub tokens: Amount,
    pub errors: Amount,
    pub cost: Amount,
}

#[derive(Deserialize)]
struct Line {
    time: String,
    namespace: Option<String>,
    feature: Option<String>,
    user_id: Option<String>,
    provider: Option<String>,
    model: Option<String>,
    calls: Option<Value>,
    tokens: Option<Value>,
    errors: Option<Value>,
    cost_usd: Option<Value>,
}

/// Reads a line; what is wrong with it is told without its contents.
pub fn read(line: &str) -> Result<Row, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| without_line(&error))?;
    let time: Timestamp =
        line.time.parse().map_err(|_| "time: expected a time such as 2026-11-28T09:30:00Z".to_owned())?;
    Ok(Row {
        minute: time.as_second().div_euclid(60),
        namespace: line.namespace,
        feature: line.feature,
        user: line.user_id,
        provider: line.provider,
        model: line.model,
        calls: count("calls", line.calls)?,
        tokens: count("tokens", line.tokens)?,
        errors: count("errors", line.errors)?,
        cost: amount("cost_usd", line.cost_usd)?,
    })
}

/// Whoever reads the file knows which line it is.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match text.strip_suffix(&place) {
        Some(what) => format!("{what}, column {}", error.column()),
        None => text,
    }
}

fn count(field: &str, value: Option<Value>) -> Result<Amount, String> {
    let count = amount(field, value)?;
    match count.is_whole() {
        true => Ok(count),
        false => Err(format!("{field}: expected a whole number, found {:?}", count.to_string())),
    }
}

fn amount(field: &str, value: Option<Value>) -> Result<Amount, String> {
    let text = match value {
        None | Some(Value::Null) => return Ok(Amount::default()),
        Some(Value::String(text)) => text,
        Some(Value::Number(number)) => plain(&number),
        Some(_) => return Err(format!("{field}: expected a number")),
    };
    text.parse().map_err(|error| format!("{field}: {error}"))
}

// === impl Row ===

impl Row {
    pub fn metric(&self, metric: Metric) -> Amount {
        match metric {
            Metric::Cost => self.cost,
            Metric::Tokens => self.tokens,
            Metric::Calls => self.calls,
            Metric::Errors => self.errors,
        }
    }

    /// Whether it is the same kind of call.
    pub fn is_like(&self, other: &Self) -> bool {
        let dimensions = Dimension::ALL.iter();
        dimensions.copied().all(|dimension| self.dimension(dimension) == other.dimension(dimension))
    }

    pub fn dimension(&self, dimension: Dimension) -> Option<&str> {
        match dimension {
            Dimension::Feature => self.feature.as_deref(),
            Dimension::User => self.user.as_deref(),
            Dimension::Provider => self.provider.as_deref(),
            Dimension::Model => self.model.as_deref(),
            Dimension::Namespace => self.namespace.as_deref(),
        }
    }
}
