//! What people wrote, whatever the kind: what the audit is made of.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use serde_json::Value;

use super::{Alert, Flag, Kind};

/// An object as somebody left it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub kind: Kind,
    /// None for the cluster's kinds.
    pub namespace: Option<String>,
    pub name: String,
    /// The feature it is for; empty for an alert.
    pub feature: String,
    pub uid: String,
    pub resource_version: String,
    pub annotations: BTreeMap<String, String>,
    /// The field manager that wrote last, other than to the status.
    pub manager: Option<String>,
    pub spec: Value,
}

/// A change of spec or annotations.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// When this replica's watch told.
    pub at: Timestamp,
    pub before: Option<Written>,
    pub after: Option<Written>,
}

// === impl Written ===

impl Written {
    /// Whether people wrote the same.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.uid == other.uid && self.spec == other.spec && self.annotations == other.annotations
    }
}

impl From<&Flag> for Written {
    fn from(flag: &Flag) -> Self {
        Self {
            kind: flag.key.kind(),
            namespace: flag.key.namespace.clone(),
            name: flag.key.name.clone(),
            feature: flag.feature().to_owned(),
            uid: flag.uid.clone(),
            resource_version: flag.resource_version.clone(),
            annotations: flag.annotations.clone(),
            manager: flag.manager.clone(),
            spec: flag.spec.clone(),
        }
    }
}

impl From<&Arc<Alert>> for Written {
    fn from(alert: &Arc<Alert>) -> Self {
        Self {
            kind: alert.key.kind(),
            namespace: alert.key.namespace.clone(),
            name: alert.key.name.clone(),
            feature: String::new(),
            uid: alert.uid.clone(),
            resource_version: alert.resource_version.clone(),
            annotations: alert.annotations.clone(),
            manager: alert.manager.clone(),
            spec: alert.spec.clone(),
        }
    }
}
