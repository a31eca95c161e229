//! Flags as the operator tells them, which may be of a newer release than this one.
//!
//! What such a flag says and this release cannot read is left out, and named; feature and `enabled` always hold. An
//! entry of `match` with a field that this release does not know is left out whole: without that field it could be
//! about more calls than was meant.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tollgate_crds::{FeatureFlagSpec, Match, Mode, WhenDisabled, stream::StateFlag};

use super::{Flag, Notice, Origin};

// === impl Flag ===

impl Flag {
    pub(super) fn told(flag: &StateFlag, notices: &mut Vec<Notice>) -> Self {
        let StateFlag { namespace, name, uid: _, resource_version: _, feature, enabled, spec } = flag;
        let name = name.clone();
        let origin = match namespace {
            Some(namespace) => Origin::Namespace { namespace: Some(namespace.clone()), name },
            None => Origin::Cluster { name },
        };
        let mut left_out = |field: String| {
            let why = format!("this release cannot read its spec.{field}; a newer sidecar can");
            notices.push(Notice { flag: origin.to_string(), why });
        };
        let mut matches = Vec::new();
        match spec.get("match") {
            None | Some(Value::Null) => {}
            Some(Value::Array(entries)) => {
                for (place, entry) in entries.iter().enumerate() {
                    match whole::<Match>(entry) {
                        Some(entry) => matches.push(entry),
                        None => left_out(format!("match[{place}]")),
                    }
                }
            }
            Some(_) => left_out("match".to_owned()),
        }
        let (mut mode, mut schedule, mut rollout, mut users) = Default::default();
        take(spec, "mode", &mut mode, &mut left_out);
        take(spec, "schedule", &mut schedule, &mut left_out);
        take(spec, "rollout", &mut rollout, &mut left_out);
        take(spec, "users", &mut users, &mut left_out);
        // The operator tells those who do not know this mode that the feature is on.
        let enabled = match mode {
            Some(Mode::Preview) => spec.get("enabled").and_then(Value::as_bool).unwrap_or(true),
            Some(Mode::Enforce) | None => *enabled,
        };
        let when_disabled = match spec.get("whenDisabled") {
            None | Some(Value::Null) => None,
            Some(value) => {
                let read = serde_json::from_value::<WhenDisabled>(value.clone()).ok();
                if read.is_none() {
                    left_out("whenDisabled".to_owned());
                }
                read
            }
        };
        let spec = FeatureFlagSpec {
            enabled: Some(enabled),
            mode,
            schedule,
            rollout,
            users,
            matches,
            when_disabled,
            ..FeatureFlagSpec::default()
        };
        let overridable = flag.spec.get("overridable").and_then(Value::as_bool).unwrap_or_default();
        Self { origin, feature: feature.clone(), overridable, spec }
    }
}

/// A field that is taken whole or not at all.
fn take<T: DeserializeOwned + Serialize>(
    spec: &Value,
    field: &str,
    place: &mut T,
    left_out: &mut impl FnMut(String),
) {
    match spec.get(field) {
        None | Some(Value::Null) => {}
        Some(value) => match whole(value) {
            Some(read) => *place = read,
            None => left_out(field.to_owned()),
        },
    }
}

/// The value, if all of it was understood: what was read says the same again.
fn whole<T: DeserializeOwned + Serialize>(value: &Value) -> Option<T> {
    let read = serde_json::from_value::<T>(value.clone()).ok()?;
    let again = serde_json::to_value(&read).ok()?;
    (without_empty(again) == without_empty(value.clone())).then_some(read)
}

/// An empty list or map says as much as none.
fn without_empty(value: Value) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(key, value)| (key, without_empty(value)));
            members.filter(|(_, value)| !is_empty(value)).collect()
        }
        Value::Array(items) => items.into_iter().map(without_empty).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests;
