//! The CustomResourceDefinitions, as the apiserver gets them.
//!
//! `cargo run -p tollgate-crds --example crdgen` writes them beside this crate; a test holds both equal.

mod alerts;
mod rules;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::CustomResourceExt;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::{
    ClusterFeatureFlag, FeatureFlag,
    alert::{ClusterUsageAlert, UsageAlert},
};

pub(crate) use alerts::{
    ABOVE, AMOUNT, DURATION, FACTOR, FEATURE_GLOB, MAIL, MODEL_GLOB, OF_CALENDARS, OF_WEEKS, ONE_RECEIVER,
    ONE_THRESHOLD, ONE_WINDOW, OWN_NAMESPACE, PROJECTED, SECRET_KEY, SERVER, TIME_ZONE, URL, alert_rules,
    threshold_rules, window_rules,
};
pub(crate) use rules::{
    CONTAINER, FEATURE_NAME, FINGERPRINTS, HEADER_NAME, LABEL_KEY, LABEL_VALUE, MODEL, MODELS, MOMENT,
    MOMENT_EXPECTED, PATH, SAME_FEATURE, SOME_CONDITION, SOME_TIME, SOME_USERS, STATUS, SUBSTITUTE, USER_ID,
    VALUES,
};

/// Each definition with the name of its file.
pub fn definitions() -> Result<[(&'static str, CustomResourceDefinition); 4], serde_json::Error> {
    Ok([
        ("featureflags.yaml", finish(FeatureFlag::crd(), Some(&SAME_FEATURE))?),
        ("clusterfeatureflags.yaml", finish(ClusterFeatureFlag::crd(), Some(&SAME_FEATURE))?),
        ("usagealerts.yaml", finish(UsageAlert::crd(), Some(&OWN_NAMESPACE))?),
        ("clusterusagealerts.yaml", finish(ClusterUsageAlert::crd(), None)?),
    ])
}

/// What the derive cannot say: a rule on the whole object, and that no field may be null (an empty `enabled:` must
/// be an error, not silently true).
fn finish(
    definition: CustomResourceDefinition,
    rule: Option<&rules::Rule>,
) -> Result<CustomResourceDefinition, serde_json::Error> {
    let mut value = serde_json::to_value(definition)?;
    drop_nullable(&mut value);
    if let Some(Value::Object(root)) = value.pointer_mut("/spec/versions/0/schema/openAPIV3Schema") {
        root.remove("title");
        if let Some(rule) = rule {
            root.insert("x-kubernetes-validations".to_owned(), rule.to_json());
        }
    }
    serde_json::from_value(value)
}

fn drop_nullable(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| key != "nullable" || !value.is_boolean());
            map.values_mut().for_each(drop_nullable);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nullable),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// `matchLabels`: a map in which values are what Kubernetes allows as a label's.
pub(crate) fn labels(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "maxProperties": 16,
        "additionalProperties": { "type": "string", "maxLength": 63, "pattern": LABEL_VALUE },
    })
}

/// A time of a status.
pub(crate) fn time(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date-time" })
}

/// `status.conditions`: one of each type.
pub(crate) fn conditions(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "maxItems": 8,
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["type"],
        "items": {
            "type": "object",
            "required": ["type", "status", "lastTransitionTime", "reason", "message"],
            "properties": {
                "type": { "type": "string", "minLength": 1, "maxLength": 316 },
                "status": { "type": "string", "enum": ["True", "False", "Unknown"] },
                "observedGeneration": { "type": "integer", "format": "int64" },
                "lastTransitionTime": { "type": "string", "format": "date-time" },
                "reason": { "type": "string", "minLength": 1, "maxLength": 1024 },
                "message": { "type": "string", "maxLength": 32768 },
            },
        },
    })
}
