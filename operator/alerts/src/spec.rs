//! An alert as a person writes it. Unknown fields are errors: an alert never does less than it says.

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    pub api_version: String,
    pub kind: String,
    pub metadata: Metadata,
    pub spec: Spec,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Metadata {
    pub name: String,
    pub namespace: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spec {
    #[serde(default)]
    pub scope: Scope,
    #[serde(default)]
    pub group_by: Vec<Dimension>,
    pub window: WindowSpec,
    pub limit: Option<Limit>,
    pub thresholds: Vec<ThresholdSpec>,
    /// Who is told; nothing for a replay to do.
    #[serde(default, rename = "receivers")]
    pub _receivers: Vec<serde_json::Value>,
    /// What sidecars do without a grant; nothing for a replay to do.
    pub on_grant_unknown: Option<OnGrantUnknown>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scope {
    #[serde(default)]
    pub features: Vec<String>,
    #[serde(default)]
    pub users: Vec<String>,
    #[serde(default)]
    pub providers: Vec<String>,
    #[serde(default)]
    pub models: Vec<String>,
    /// Which namespaces a ClusterUsageAlert sees.
    pub namespace_selector: Option<serde_json::Value>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Dimension {
    Feature,
    User,
    Provider,
    Model,
    Namespace,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WindowSpec {
    pub rolling: Option<String>,
    pub calendar: Option<Calendar>,
    pub week_start: Option<Weekday>,
    pub time_zone: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Calendar {
    Day,
    Week,
    Month,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Metric {
    Cost,
    Tokens,
    Calls,
    Errors,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    pub metric: Metric,
    pub amount: Number,
}

/// A decimal, best as a text; YAML makes numbers of bare ones.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Number {
    Text(String),
    Bare(serde_json::Number),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdSpec {
    pub above: Option<Number>,
    pub anomaly: Option<AnomalySpec>,
    pub metric: Option<Metric>,
    #[serde(default)]
    pub projected: bool,
    /// For receivers; nothing for a replay to do.
    #[serde(rename = "severity")]
    pub _severity: Option<String>,
    /// What is done; a replay only tells when.
    pub action: Option<Action>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnomalySpec {
    pub factor: Number,
    pub baseline: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Action {
    Notify,
    Disable,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum OnGrantUnknown {
    Allow,
    Deny,
}

// === impl Number ===

impl Number {
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Bare(number) => plain(number),
        }
    }
}

/// A number's decimal digits, without an exponent.
pub(crate) fn plain(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => float.to_string(),
        _ => number.to_string(),
    }
}
