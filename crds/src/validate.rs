//! The schema's rules for objects that no apiserver has seen: a file's, and those a webhook is asked about.
//!
//! Everything the schema and its CEL rules refuse on creation is refused here, with a message that says where, what
//! was found and what to write instead; `tests/agreement.rs` runs both over the same objects. Stricter than the
//! schema: fields it does not know (the apiserver leaves that to the client's `fieldValidation`), and the keys of
//! `matchLabels`.

mod alert;
mod cursor;
mod flag;
mod names;

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    ClusterFeatureFlag, FeatureFlag,
    alert::{ClusterUsageAlert, UsageAlert},
};

pub(crate) use cursor::found;
pub use names::is_feature_name;

/// One thing that is wrong with an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The field, like `spec.match[0].models[1]`; empty for the object as a whole.
    pub path: String,
    /// What was expected there and what was found, or that the field is not known.
    pub problem: String,
}

/// Reads a FeatureFlag. What `status` says is not read: it is the operator's.
pub fn feature_flag(object: Value) -> Result<FeatureFlag, Vec<Violation>> {
    read(object, flag::feature_flag)
}

/// Reads a ClusterFeatureFlag. What `status` says is not read: it is the operator's.
pub fn cluster_feature_flag(object: Value) -> Result<ClusterFeatureFlag, Vec<Violation>> {
    read(object, flag::cluster_feature_flag)
}

/// Reads a UsageAlert. What `status` says is not read: it is the operator's.
pub fn usage_alert(object: Value) -> Result<UsageAlert, Vec<Violation>> {
    read(object, alert::usage_alert)
}

/// Reads a ClusterUsageAlert. What `status` says is not read: it is the operator's.
pub fn cluster_usage_alert(object: Value) -> Result<ClusterUsageAlert, Vec<Violation>> {
    read(object, alert::cluster_usage_alert)
}

fn read<T: DeserializeOwned>(
    mut object: Value,
    check: fn(&Value) -> Vec<Violation>,
) -> Result<T, Vec<Violation>> {
    let violations = check(&object);
    if !violations.is_empty() {
        return Err(violations);
    }
    if let Value::Object(fields) = &mut object {
        fields.remove("status");
    }
    // What is left for serde to refuse is Kubernetes' own metadata, such as a time that is none.
    serde_json::from_value(object)
        .map_err(|error| vec![Violation { path: String::new(), problem: error.to_string() }])
}

// === impl Violation ===

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.problem)
    }
}

#[cfg(test)]
mod tests;
