//! What the operator reports about a flag. Conditions are written at once, counters at most once a minute.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of the flag.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeatureFlagStatus {
    /// The generation of the spec that this status is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,

    /// What holds for the feature, all of its flags together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Effective>,

    /// The sidecars this flag concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sidecars: Option<SidecarCount>,

    /// The feature's last 24 hours.
    #[serde(default, rename = "last24h", skip_serializing_if = "Option::is_none")]
    pub last_24h: Option<LastDay>,

    /// What the flag would have done, in mode Preview.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<PreviewCount>,

    /// Accepted, Distributed, Ready.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(schema_with = "crate::schema::conditions")]
    pub conditions: Vec<Condition>,
}

/// What holds, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Effective {
    /// Whether the feature's calls pass.
    pub enabled: bool,
    /// What decided it.
    pub reason: EffectiveReason,
    /// The object that decided it, as kind/name, where it is not this flag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 512))]
    pub by: Option<String>,
}

/// What decided whether a feature's calls pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum EffectiveReason {
    /// This flag's own spec.
    Spec,
    /// Another flag of the same feature is stricter.
    StricterFlag,
    /// This flag's schedule, at this time.
    Schedule,
    /// This flag's annotation tollgate.dev/override, until its time.
    Override,
    /// This flag only counts what it would refuse.
    Preview,
    /// A namespace's own flag has taken its place.
    Overridden,
    /// A budget is spent.
    Budget,
}

/// Sidecars that hold this version of the flag, of those it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SidecarCount {
    pub current: i64,
    pub total: i64,
}

/// What the feature did in the last 24 hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LastDay {
    pub calls: i64,
    pub tokens: i64,
    /// USD, an exact decimal.
    #[schemars(length(max = 64), regex(pattern = r"^[0-9]+(\.[0-9]+)?$"))]
    pub cost: String,
}

/// What a flag in mode Preview would have refused in the last 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewCount {
    pub would_reject: i64,
}
