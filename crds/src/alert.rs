//! The kinds `UsageAlert` (of one namespace) and `ClusterUsageAlert` (of the namespaces its selector names).
//!
//! Both have one spec. What only one of them may have is said by a rule on the whole object, so that nobody who writes it
//! into the other is passed over in silence.
//!
//! Amounts are texts here: who calculates with them parses them once (`tollgate-alerts`, the budgets' judge).

mod receiver;
mod scope;
mod status;
mod threshold;
mod window;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use receiver::{
    AlertmanagerReceiver, EmailReceiver, EventReceiver, LoginRef, PagerDutyReceiver, Receiver, SecretRef,
    SmtpTls, UrlReceiver, WebhookReceiver,
};
pub use scope::{Dimension, Scope};
pub use status::{AlertGroup, AlertState, GroupKey, ProjectedRange, UsageAlertStatus};
pub use threshold::{Action, AnomalySpec, Limit, Metric, OnGrantUnknown, Severity, ThresholdSpec};
pub use window::{Calendar, Weekday, WindowSpec, minutes};

/// So long raw calls are kept unless an installation says otherwise, in hours. No window can be longer.
pub const LONGEST_HOURS: i64 = 840;

/// Tells when a namespace's use of AI providers reaches a threshold, and can stop it there.
#[derive(CustomResource, JsonSchema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[kube(
    group = "tollgate.dev",
    version = "v1alpha1",
    kind = "UsageAlert",
    plural = "usagealerts",
    namespaced,
    status = "UsageAlertStatus",
    shortname = "tua",
    category = "tollgate",
    derive = "PartialEq",
    doc = "Tells when a namespace's use of AI providers reaches a threshold, and can stop it there.",
    printcolumn(
        name = "Value",
        type_ = "string",
        json_path = ".status.value",
        description = "What the window holds; of groups, the one nearest its limit"
    ),
    printcolumn(
        name = "Limit",
        type_ = "string",
        json_path = ".spec.limit.amount",
        description = "What the window may hold"
    ),
    printcolumn(
        name = "Projected",
        type_ = "string",
        json_path = ".status.projected",
        description = "What the window will hold at its end"
    ),
    printcolumn(
        name = "State",
        type_ = "string",
        json_path = ".status.state",
        description = "OK, Firing, Disabled, Unknown or Invalid"
    ),
    printcolumn(name = "Age", type_ = "date", json_path = ".metadata.creationTimestamp")
)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = crate::schema::alert_rules()))]
#[expect(clippy::duplicated_attributes, reason = "printer columns of the same type")]
pub struct UsageAlertSpec {
    /// Which calls are counted. Absent: all of the namespace's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,

    /// What is counted apart, each group with its own limit. Absent: everything together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5), extend("x-kubernetes-list-type" = "set"))]
    pub group_by: Vec<Dimension>,

    /// Over which time is counted.
    pub window: WindowSpec,

    /// How much a window may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,

    /// When somebody is told, or the calls are stopped.
    #[schemars(length(min = 1, max = 16))]
    pub thresholds: Vec<ThresholdSpec>,

    /// Who is told. Absent: nobody; the status tells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 16))]
    pub receivers: Vec<Receiver>,

    /// What a sidecar does that cannot learn whether the limit has something left. Absent means Allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_grant_unknown: Option<OnGrantUnknown>,
}

/// Tells when the use of AI providers in the namespaces that the selector names reaches a threshold, and can stop it there.
#[derive(CustomResource, JsonSchema, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[kube(
    group = "tollgate.dev",
    version = "v1alpha1",
    kind = "ClusterUsageAlert",
    plural = "clusterusagealerts",
    status = "UsageAlertStatus",
    shortname = "tcua",
    category = "tollgate",
    derive = "PartialEq",
    doc = "Tells when the use of AI providers in the namespaces its selector names reaches a threshold, and can stop it there.",
    printcolumn(
        name = "Value",
        type_ = "string",
        json_path = ".status.value",
        description = "What the window holds; of groups, the one nearest its limit"
    ),
    printcolumn(
        name = "Limit",
        type_ = "string",
        json_path = ".spec.limit.amount",
        description = "What the window may hold"
    ),
    printcolumn(
        name = "Projected",
        type_ = "string",
        json_path = ".status.projected",
        description = "What the window will hold at its end"
    ),
    printcolumn(
        name = "State",
        type_ = "string",
        json_path = ".status.state",
        description = "OK, Firing, Disabled, Unknown or Invalid"
    ),
    printcolumn(name = "Age", type_ = "date", json_path = ".metadata.creationTimestamp")
)]
#[serde(transparent)]
#[expect(clippy::duplicated_attributes, reason = "printer columns of the same type")]
pub struct ClusterUsageAlertSpec(pub UsageAlertSpec);

// === impl UsageAlertSpec ===

impl UsageAlertSpec {
    /// The scope, an absent one being everything.
    pub fn scope(&self) -> Scope {
        self.scope.clone().unwrap_or_default()
    }
}
