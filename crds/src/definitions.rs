//! The CustomResourceDefinitions, as the apiserver gets them.
//!
//! `cargo run -p tollgate-crds --example crdgen` writes them beside this crate; a test holds both equal.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::CustomResourceExt;
use serde_json::Value;

use crate::{
    ClusterFeatureFlag, FeatureFlag,
    alert::{ClusterUsageAlert, UsageAlert},
    schema::{OWN_NAMESPACE, Rule, SAME_FEATURE},
};

/// Each definition with the name of its file.
pub fn all() -> Result<[(&'static str, CustomResourceDefinition); 4], serde_json::Error> {
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
    rule: Option<&Rule>,
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
