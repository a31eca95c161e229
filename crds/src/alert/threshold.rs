//! When somebody is told, or the calls are stopped.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an alert counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Metric {
    /// USD.
    Cost,
    Tokens,
    Calls,
    /// Calls that the provider did not answer well.
    Errors,
}

/// How much a window may hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Limit {
    /// What is counted.
    pub metric: Metric,
    /// An exact decimal above 0; of Cost: USD.
    #[schemars(length(min = 1, max = 32), extend("x-kubernetes-validations" = crate::schema::AMOUNT.to_json()))]
    pub amount: String,
}

/// One threshold: of what the window holds, of what it will hold, or of what it usually holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-kubernetes-validations" = crate::schema::threshold_rules()))]
pub struct ThresholdSpec {
    /// An amount, or a percentage of the limit like "80%". Reached exactly counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 32), extend("x-kubernetes-validations" = crate::schema::ABOVE.to_json()))]
    pub above: Option<String>,

    /// More than is usual at this time of day and week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anomaly: Option<AnomalySpec>,

    /// What is counted. Absent: the limit's metric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<Metric>,

    /// With `above`: what the window will hold at its end is compared. Absent means false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub projected: Option<bool>,

    /// How bad it is, for whoever is told. Absent means Warning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,

    /// What is done besides. Absent means Notify.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
}

/// What counts as unusual.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnomalySpec {
    /// So many times the usual, at least 1.
    #[schemars(length(min = 1, max = 32), extend("x-kubernetes-validations" = crate::schema::FACTOR.to_json()))]
    pub factor: String,
    /// How far back "usual" looks: 72h to 840h.
    #[schemars(length(min = 2, max = 16), extend("x-kubernetes-validations" = crate::schema::DURATION.to_json()))]
    pub baseline: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Severity {
    Info,
    Warning,
    Critical,
}

/// What is done when a threshold is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Action {
    /// The receivers are told.
    Notify,
    /// The calls of the group are refused besides, until the window ends.
    Disable,
}

/// What a sidecar does that gets no answer about the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum OnGrantUnknown {
    Allow,
    Deny,
}

// === impl Metric ===

impl Metric {
    /// As manifests have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cost => "Cost",
            Self::Tokens => "Tokens",
            Self::Calls => "Calls",
            Self::Errors => "Errors",
        }
    }
}

// === impl Severity ===

impl Severity {
    /// As manifests have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "Info",
            Self::Warning => "Warning",
            Self::Critical => "Critical",
        }
    }
}

// === impl ThresholdSpec ===

impl ThresholdSpec {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.severity.unwrap_or(Severity::Warning)
    }

    /// What is done.
    pub fn action(&self) -> Action {
        self.action.unwrap_or(Action::Notify)
    }
}
