//! What the operator reports about an alert. Written only when it changed.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of the alert.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsageAlertStatus {
    /// The generation of the spec that this status is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,

    /// How it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<AlertState>,

    /// What the window holds; of groups, the one nearest its limit. An exact decimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 64))]
    pub value: Option<String>,

    /// What the window may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 64))]
    pub limit: Option<String>,

    /// What the window will hold at its end, where that can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 64))]
    pub projected: Option<String>,

    /// Four of five windows end between these, where enough days are known to say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub projected_range: Option<ProjectedRange>,

    /// The ten groups nearest their limit, those that fire first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 10))]
    pub groups: Vec<AlertGroup>,

    /// How many groups there are besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more_groups: Option<i64>,

    /// Accepted, Evaluated, Delivered, Ready.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(schema_with = "crate::schema::conditions")]
    pub conditions: Vec<Condition>,
}

/// How an alert stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum AlertState {
    /// No threshold holds.
    OK,
    /// At least one does.
    Firing,
    /// At least one does, and the calls are refused.
    Disabled,
    /// The ledger does not answer, or has not yet.
    Unknown,
    /// The spec cannot be used; the condition Accepted says why.
    Invalid,
}

/// Where a forecast ends, four times of five.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectedRange {
    #[schemars(length(max = 64))]
    pub low: String,
    #[schemars(length(max = 64))]
    pub high: String,
}

/// One group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertGroup {
    /// Which one.
    pub group: GroupKey,

    /// What its window holds.
    #[schemars(length(max = 64))]
    pub value: String,

    /// What it will hold at its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 64))]
    pub projected: Option<String>,

    /// Since when a threshold holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "crate::schema::time")]
    pub firing_since: Option<Time>,

    /// When a receiver was told last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "crate::schema::time")]
    pub notified_at: Option<Time>,
}

/// What a group is, by the alert's `groupBy`; what calls did not have is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupKey {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 253))]
    pub feature: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1024))]
    pub user: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 64))]
    pub provider: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 256))]
    pub model: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 253))]
    pub namespace: Option<String>,
}
