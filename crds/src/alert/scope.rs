//! Which calls an alert counts, and what it counts apart.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::flag::{LabelSelector, Provider};

/// All that is there must hold; a list holds if any of its items does. In features, users and models `*` stands for any
/// characters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    /// Features, as calls name them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 64), inner(length(min = 1, max = 253), regex(pattern = crate::schema::FEATURE_GLOB)))]
    pub features: Vec<String>,

    /// Users' ids, as they stand in the ledger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 500), inner(length(min = 1, max = 1024), regex(pattern = crate::schema::USER_ID)))]
    pub users: Vec<String>,

    /// The providers called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 5))]
    pub providers: Vec<Provider>,

    /// The models that answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 32), inner(length(min = 1, max = 256), regex(pattern = crate::schema::MODEL_GLOB)))]
    pub models: Vec<String>,

    /// Of a ClusterUsageAlert: the namespaces, by their labels. Absent or empty: all that Tollgate is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace_selector: Option<LabelSelector>,
}

/// What calls can be told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Dimension {
    Feature,
    User,
    Provider,
    Model,
    Namespace,
}

// === impl Dimension ===

impl Dimension {
    pub const ALL: [Self; 5] = [Self::Feature, Self::User, Self::Provider, Self::Model, Self::Namespace];

    /// As manifests have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Feature => "Feature",
            Self::User => "User",
            Self::Provider => "Provider",
            Self::Model => "Model",
            Self::Namespace => "Namespace",
        }
    }
}
