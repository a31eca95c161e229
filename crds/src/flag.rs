//! The kinds `FeatureFlag` (of one namespace) and `ClusterFeatureFlag` (of the namespaces its selector names).
//!
//! Every field is optional and none has a default in the schema: what is not written stays unwritten, so GitOps
//! tools see no drift. What absence means is said at each field and decided by the readers.
//!
//! The types read what they know and pass over the rest (a newer operator's fields); who must not pass over it asks
//! [`crate::validate`] first.

mod audience;
mod disabled;
mod matching;
mod overriding;
mod schedule;
mod selector;
mod status;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use audience::{Mode, Rollout, RolloutBy, Users};
pub use disabled::{DisabledAction, InFlight, OnStateUnknown, RefusalStatus, WhenDisabled};
pub use matching::{Authority, HeaderMatch, Match, Provider};
pub use overriding::{DISABLED, ENABLED, OVERRIDE, OVERRIDE_UNTIL, Override};
pub use schedule::{Moment, NotAMoment, Period};
pub use selector::{LabelRequirement, LabelSelector, SelectorOperator};
pub use status::{Effective, EffectiveReason, FeatureFlagStatus, LastDay, PreviewCount, SidecarCount};

/// The annotation that says why somebody changed a flag or an alert; it stands in the audit.
pub const REASON: &str = "tollgate.dev/reason";

/// What holds for one feature of the namespace's apps.
#[derive(CustomResource, JsonSchema, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[kube(
    group = "tollgate.dev",
    version = "v1alpha1",
    kind = "FeatureFlag",
    plural = "featureflags",
    namespaced,
    status = "FeatureFlagStatus",
    shortname = "tff",
    category = "tollgate",
    derive = "PartialEq",
    doc = "Turns a feature's calls to AI providers on and off in one namespace.",
    printcolumn(
        name = "Enabled",
        type_ = "boolean",
        json_path = ".spec.enabled",
        description = "What the spec says; empty means true"
    ),
    printcolumn(
        name = "Effective",
        type_ = "boolean",
        json_path = ".status.effective.enabled",
        description = "What holds, all flags of the feature together"
    ),
    printcolumn(
        name = "Sidecars",
        type_ = "integer",
        json_path = ".status.sidecars.current",
        description = "Sidecars that hold this version"
    ),
    printcolumn(
        name = "Calls-24h",
        type_ = "integer",
        json_path = ".status.last24h.calls",
        description = "Calls of the last 24 hours"
    ),
    printcolumn(
        name = "Cost-24h",
        type_ = "string",
        json_path = ".status.last24h.cost",
        description = "USD of the last 24 hours"
    ),
    printcolumn(name = "Age", type_ = "date", json_path = ".metadata.creationTimestamp")
)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::duplicated_attributes, reason = "printer columns of the same type")]
pub struct FeatureFlagSpec {
    /// The feature this flag is for. Absent: the flag's own name (metadata.name). It cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 253))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::FEATURE_NAME.to_json()))]
    pub feature: Option<String>,

    /// What the feature is, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1024))]
    pub description: Option<String>,

    /// Whether the feature's calls pass. Absent means true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,

    /// Whether this flag refuses what it says, or only counts what it would. Absent means Enforce.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,

    /// When the feature is on or off, whatever `enabled` says. The first entry that holds decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 32))]
    pub schedule: Vec<Period>,

    /// How many pass while the feature is on. Absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollout: Option<Rollout>,

    /// Who passes while the feature is on, and who does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Users>,

    /// Which calls are this feature's, besides those that name it themselves. A call is the feature's if any entry
    /// matches; an entry matches if all of its fields do.
    #[serde(default, rename = "match", skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 16))]
    pub matches: Vec<Match>,

    /// How a call is answered while the feature is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_disabled: Option<WhenDisabled>,

    /// What a sidecar does that has never learned the flags' state. Absent means Allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_state_unknown: Option<OnStateUnknown>,
}

/// What holds for one feature of the apps in every namespace that the selector names.
#[derive(CustomResource, JsonSchema, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[kube(
    group = "tollgate.dev",
    version = "v1alpha1",
    kind = "ClusterFeatureFlag",
    plural = "clusterfeatureflags",
    status = "FeatureFlagStatus",
    shortname = "tcff",
    category = "tollgate",
    derive = "PartialEq",
    doc = "Turns a feature's calls to AI providers on and off in every namespace its selector names.",
    printcolumn(
        name = "Enabled",
        type_ = "boolean",
        json_path = ".spec.enabled",
        description = "What the spec says; empty means true"
    ),
    printcolumn(
        name = "Effective",
        type_ = "boolean",
        json_path = ".status.effective.enabled",
        description = "What holds, all flags of the feature together"
    ),
    printcolumn(
        name = "Sidecars",
        type_ = "integer",
        json_path = ".status.sidecars.current",
        description = "Sidecars that hold this version"
    ),
    printcolumn(
        name = "Calls-24h",
        type_ = "integer",
        json_path = ".status.last24h.calls",
        description = "Calls of the last 24 hours"
    ),
    printcolumn(
        name = "Cost-24h",
        type_ = "string",
        json_path = ".status.last24h.cost",
        description = "USD of the last 24 hours"
    ),
    printcolumn(name = "Age", type_ = "date", json_path = ".metadata.creationTimestamp")
)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::duplicated_attributes, reason = "printer columns of the same type")]
pub struct ClusterFeatureFlagSpec {
    /// The namespaces this flag holds in, by their labels. Absent or empty: all that Tollgate is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace_selector: Option<LabelSelector>,

    /// Whether a namespace's own FeatureFlag for the feature takes this one's place there. Absent means false: then the
    /// strictest of all flags wins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridable: Option<bool>,

    /// The feature this flag is for. Absent: the flag's own name (metadata.name). It cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 253))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::FEATURE_NAME.to_json()))]
    pub feature: Option<String>,

    /// What the feature is, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1024))]
    pub description: Option<String>,

    /// Whether the feature's calls pass. Absent means true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,

    /// Whether this flag refuses what it says, or only counts what it would. Absent means Enforce.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,

    /// When the feature is on or off, whatever `enabled` says. The first entry that holds decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 32))]
    pub schedule: Vec<Period>,

    /// How many pass while the feature is on. Absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollout: Option<Rollout>,

    /// Who passes while the feature is on, and who does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Users>,

    /// Which calls are this feature's, besides those that name it themselves. A call is the feature's if any entry
    /// matches; an entry matches if all of its fields do.
    #[serde(default, rename = "match", skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 16))]
    pub matches: Vec<Match>,

    /// How a call is answered while the feature is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_disabled: Option<WhenDisabled>,

    /// What a sidecar does that has never learned the flags' state. Absent means Allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_state_unknown: Option<OnStateUnknown>,
}

// === impl FeatureFlag ===

impl FeatureFlag {
    /// The feature it is for.
    pub fn feature(&self) -> &str {
        self.spec.feature.as_deref().or(self.metadata.name.as_deref()).unwrap_or_default()
    }
}

// === impl ClusterFeatureFlag ===

impl ClusterFeatureFlag {
    /// The feature it is for.
    pub fn feature(&self) -> &str {
        self.spec.feature.as_deref().or(self.metadata.name.as_deref()).unwrap_or_default()
    }
}

// === impl ClusterFeatureFlagSpec ===

impl ClusterFeatureFlagSpec {
    /// What the flag says, once it is known to hold in a namespace.
    pub fn into_namespaced(self) -> FeatureFlagSpec {
        let Self {
            namespace_selector: _,
            overridable: _,
            feature,
            description,
            enabled,
            mode,
            schedule,
            rollout,
            users,
            matches,
            when_disabled,
            on_state_unknown,
        } = self;
        FeatureFlagSpec {
            feature,
            description,
            enabled,
            mode,
            schedule,
            rollout,
            users,
            matches,
            when_disabled,
            on_state_unknown,
        }
    }
}
