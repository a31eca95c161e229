//! What is wrong with a flag or an alert that the schema let through.

use kube::core::{
    DynamicObject,
    admission::{AdmissionRequest, Operation},
};
use serde_json::Value;
use tollgate_crds::{
    alert::UsageAlertSpec,
    flag::Override,
    validate::{self, Violation},
};

use crate::{alerting, settings::Retention};

/// More than these are not told at once.
const TOLD: usize = 5;
/// What `kubectl apply` was given, as it writes it down on the object itself.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// In words; `None` where it is right. An object that was wrong before may be changed in other ways, so that its labels and its end are not ours to keep.
pub(super) fn problem(request: &AdmissionRequest<DynamicObject>, retention: Retention) -> Option<String> {
    let object = request.object.as_ref()?;
    let spec = |object: &DynamicObject| object.data.get("spec").cloned();
    let before = request.old_object.as_ref().filter(|_| request.operation == Operation::Update);
    if before.is_none_or(|before| before.metadata.annotations != object.metadata.annotations)
        && let Some(Err(violation)) = object.metadata.annotations.as_ref().map(Override::read)
    {
        return Some(violation.to_string());
    }
    if let Some(given) = applied(object)
        && before.and_then(applied) != Some(given)
        && let Some(at) = without_value(given)
    {
        return Some(format!("{at}: expected a value, found nothing: write one, or leave the field out"));
    }
    if before.is_some_and(|before| spec(before) == spec(object)) {
        return None;
    }
    // Kubernetes' own metadata is not judged: it may be newer than this release.
    let mut written = serde_json::json!({
        "apiVersion": tollgate_crds::API_VERSION,
        "kind": request.kind.kind,
        "metadata": { "name": object.metadata.name },
    });
    if let (Value::Object(written), Some(spec)) = (&mut written, spec(object)) {
        written.insert("spec".to_owned(), spec);
    }
    let violations = match request.kind.kind.as_str() {
        "FeatureFlag" => validate::feature_flag(written).err()?,
        "ClusterFeatureFlag" => validate::cluster_feature_flag(written).err()?,
        "UsageAlert" => match validate::usage_alert(written) {
            Ok(alert) => return window_too_long(&alert.spec, retention),
            Err(violations) => violations,
        },
        "ClusterUsageAlert" => match validate::cluster_usage_alert(written) {
            Ok(alert) => return window_too_long(&alert.spec.0, retention),
            Err(violations) => violations,
        },
        _ => return None,
    };
    let told: Vec<String> = violations.iter().take(TOLD).map(Violation::to_string).collect();
    Some(told.join("; "))
}

/// Where in what was applied a field stands without a value. The apiserver takes it for absent, and drops it before it asks
/// us: `enabled:` would turn on what is off.
fn without_value(given: &str) -> Option<String> {
    fn within(value: &Value, at: &str) -> Option<String> {
        match value {
            Value::Null => Some(at.to_owned()),
            Value::Object(fields) => {
                fields.iter().find_map(|(name, value)| within(value, &format!("{at}.{name}")))
            }
            Value::Array(items) => {
                items.iter().enumerate().find_map(|(index, item)| within(item, &format!("{at}[{index}]")))
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        }
    }
    let given: Value = serde_json::from_str(given).ok()?;
    within(given.get("spec")?, "spec")
}

fn applied(object: &DynamicObject) -> Option<&String> {
    object.metadata.annotations.as_ref()?.get(LAST_APPLIED)
}

fn window_too_long(spec: &UsageAlertSpec, retention: Retention) -> Option<String> {
    alerting::too_long(spec, retention)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn problem(request: &AdmissionRequest<DynamicObject>) -> Option<String> {
        super::problem(request, Retention::default())
    }

    fn request(kind: &str, before: Option<Value>, after: Value) -> AdmissionRequest<DynamicObject> {
        let flag = |spec: Value| json!({ "apiVersion": "tollgate.dev/v1alpha1", "kind": kind, "metadata": { "name": "chat" }, "spec": spec });
        serde_json::from_value(json!({
            "uid": "u", "operation": if before.is_some() { "UPDATE" } else { "CREATE" }, "name": "chat",
            "kind": { "group": "tollgate.dev", "version": "v1alpha1", "kind": kind },
            "resource": { "group": "tollgate.dev", "version": "v1alpha1", "resource": "featureflags" },
            "userInfo": {}, "object": flag(after), "oldObject": before.map(flag),
        }))
        .unwrap()
    }

    #[test]
    fn what_a_schema_cannot_say_is_said_with_the_fields_name() {
        let wrong = json!({ "namespaceSelector": { "matchLabels": { "a b": "c" } } });
        let problem = problem(&request("ClusterFeatureFlag", None, wrong)).unwrap();
        assert!(problem.starts_with("spec.namespaceSelector.matchLabels"), "{problem}");
    }

    #[test]
    fn an_alert_whose_window_is_longer_than_calls_are_kept_is_refused() {
        let spec =
            json!({ "window": { "calendar": "Month" }, "thresholds": [{ "metric": "Cost", "above": "5" }] });
        let month = request("UsageAlert", None, spec);
        assert_eq!(problem(&month), None);
        let refusal = super::problem(&month, Retention { usage_days: 14 }).unwrap();
        assert!(refusal.starts_with("spec.window.calendar: calls are kept 14 days"), "{refusal}");
    }

    #[test]
    fn an_alert_of_a_zone_that_is_none_is_refused_with_the_fields_name() {
        let window = json!({ "calendar": "Day", "timeZone": "Mars/Base" });
        let spec = json!({ "window": window, "thresholds": [{ "metric": "Cost", "above": "5" }] });
        let problem = problem(&request("UsageAlert", None, spec)).unwrap();
        assert!(problem.starts_with("spec.window.timeZone: expected a time zone's name"), "{problem}");
    }

    #[test]
    fn an_override_without_an_end_is_refused() {
        let mut request = request("FeatureFlag", Some(json!({})), json!({}));
        let object = request.object.as_mut().unwrap();
        object.metadata.annotations =
            Some([("tollgate.dev/override".to_owned(), "disabled".to_owned())].into());
        let refusal = problem(&request).unwrap();
        assert!(
            refusal.starts_with("metadata.annotations[tollgate.dev/override-until]: expected a time"),
            "{refusal}"
        );
    }

    fn applying(request: &mut AdmissionRequest<DynamicObject>, spec: &Value) {
        let given = json!({ "apiVersion": "tollgate.dev/v1alpha1", "metadata": { "annotations": null }, "spec": spec });
        let object = request.object.as_mut().unwrap();
        object.metadata.annotations = Some([(LAST_APPLIED.to_owned(), given.to_string())].into());
    }

    #[test]
    fn a_field_that_is_applied_without_a_value_is_refused_though_the_apiserver_has_dropped_it() {
        let mut switched = request("FeatureFlag", Some(json!({ "enabled": false })), json!({}));
        applying(&mut switched, &json!({ "enabled": null }));
        let refusal = problem(&switched).unwrap();
        assert!(refusal.starts_with("spec.enabled: expected a value, found nothing"), "{refusal}");
        let mut new = request("UsageAlert", None, json!({}));
        applying(&mut new, &json!({ "thresholds": [{ "metric": "Cost", "above": null }] }));
        assert!(problem(&new).unwrap().starts_with("spec.thresholds[0].above: "));
    }

    #[test]
    fn what_was_applied_without_a_value_long_ago_is_no_longer_held_against_it() {
        let mut later = request("FeatureFlag", Some(json!({})), json!({ "enabled": false }));
        applying(&mut later, &json!({ "enabled": null }));
        later.old_object.as_mut().unwrap().metadata.annotations =
            later.object.as_ref().unwrap().metadata.annotations.clone();
        assert_eq!(problem(&later), None);
    }

    #[test]
    fn a_flag_that_is_right_is_let_through() {
        assert_eq!(problem(&request("FeatureFlag", None, json!({ "enabled": false }))), None);
        assert_eq!(problem(&request("ClusterFeatureFlag", None, json!({}))), None);
    }

    #[test]
    fn a_flag_that_was_wrong_before_may_be_changed_in_other_ways() {
        let wrong = json!({ "enabled": "no" });
        assert_eq!(problem(&request("FeatureFlag", Some(wrong.clone()), wrong.clone())), None);
        assert!(problem(&request("FeatureFlag", Some(json!({})), wrong)).is_some());
    }
}
