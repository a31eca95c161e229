//! FeatureFlag and ClusterFeatureFlag, field by field.

use serde_json::Value;

use super::{
    Violation,
    cursor::{At, Fields, Notes},
    names,
};
use crate::{API_VERSION, Provider, RefusalStatus, flag::Moment, schema};

/// Kubernetes' own fields of `metadata`: what `kubectl get -o yaml` shows is read again.
const METADATA: [&str; 15] = [
    "name",
    "generateName",
    "namespace",
    "labels",
    "annotations",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "ownerReferences",
    "finalizers",
    "managedFields",
    "selfLink",
];
/// What both kinds have.
const SPEC: [&str; 10] = [
    "feature",
    "description",
    "enabled",
    "mode",
    "schedule",
    "rollout",
    "users",
    "match",
    "whenDisabled",
    "onStateUnknown",
];
/// What a ClusterFeatureFlag has before these.
const CLUSTER_SPEC: [&str; 2] = ["namespaceSelector", "overridable"];
const CONDITIONS: [&str; 7] =
    ["workload", "container", "providers", "models", "path", "header", "fingerprint"];
const MATCH: [&str; 8] =
    ["authority", "workload", "container", "providers", "models", "path", "header", "fingerprint"];

pub(super) fn feature_flag(object: &Value) -> Vec<Violation> {
    let mut notes = Notes::default();
    if let Some((metadata, spec)) = envelope(&mut notes, object, "FeatureFlag", &SPEC) {
        if let Some(namespace) = metadata.and_then(|metadata| metadata.get("namespace")) {
            notes.text(&namespace, 63, "a namespace's name", names::is_dns_label);
        }
        if let Some(spec) = spec {
            common(&mut notes, &spec);
        }
    }
    notes.into_violations()
}

pub(super) fn cluster_feature_flag(object: &Value) -> Vec<Violation> {
    let mut notes = Notes::default();
    let known = [CLUSTER_SPEC.as_slice(), &SPEC].concat();
    if let Some((metadata, spec)) = envelope(&mut notes, object, "ClusterFeatureFlag", &known) {
        if let Some(namespace) = metadata.and_then(|metadata| metadata.get("namespace")) {
            let advice = "a ClusterFeatureFlag is in no namespace: leave it out, and say with \
                          spec.namespaceSelector where the flag holds";
            notes.note(namespace.path(), advice.to_owned());
        }
        if let Some(spec) = spec {
            if let Some(selector) = spec.get("namespaceSelector") {
                label_selector(&mut notes, &selector);
            }
            if let Some(overridable) = spec.get("overridable") {
                notes.boolean(&overridable);
            }
            common(&mut notes, &spec);
        }
    }
    notes.into_violations()
}

/// What every object has, and in its `spec` these fields. `None` where it is not even of this kind: then nothing else is worth saying.
pub(super) fn envelope<'a>(
    notes: &mut Notes,
    object: &'a Value,
    kind: &str,
    known: &[&str],
) -> Option<(Option<Fields<'a>>, Option<Fields<'a>>)> {
    let fields = notes.object(&At::root(object), &["apiVersion", "kind", "metadata", "spec", "status"])?;
    let version = notes.required(&fields, "apiVersion", API_VERSION)?;
    notes.word(&version, &[API_VERSION])?;
    let stated = notes.required(&fields, "kind", kind)?;
    notes.word(&stated, &[kind])?;

    let metadata = notes.required(&fields, "metadata", "an object with a name");
    let metadata = metadata.and_then(|metadata| notes.object(&metadata, &METADATA));
    if let Some(metadata) = &metadata {
        if let Some(name) = notes.required(metadata, "name", schema::FEATURE_NAME.message) {
            notes.text(&name, 253, schema::FEATURE_NAME.message, names::is_feature_name);
        }
        for field in ["labels", "annotations"] {
            string_map(notes, metadata.get(field));
        }
    }
    let spec = notes.required(&fields, "spec", "an object (spec: {} is one)");
    let spec = spec.and_then(|spec| notes.object(&spec, known));
    Some((metadata, spec))
}

/// Labels and annotations. Kubernetes takes null for none here.
fn string_map(notes: &mut Notes, at: Option<At<'_>>) {
    let Some(at) = at.filter(|at| !at.value().is_null()) else { return };
    for (_, value) in notes.map(&at, usize::MAX, "text values") {
        notes.text(&value, usize::MAX, "text (put numbers and true or false in quotes)", |_| true);
    }
}

/// The fields that both kinds have.
fn common(notes: &mut Notes, spec: &Fields<'_>) {
    if let Some(feature) = spec.get("feature") {
        notes.text(&feature, 253, schema::FEATURE_NAME.message, names::is_feature_name);
    }
    if let Some(description) = spec.get("description") {
        notes.text(&description, 1024, "text", |_| true);
    }
    if let Some(enabled) = spec.get("enabled") {
        notes.boolean(&enabled);
    }
    if let Some(mode) = spec.get("mode") {
        notes.word(&mode, &["Enforce", "Preview"]);
    }
    if let Some(schedule) = spec.get("schedule") {
        for entry in notes.list(&schedule, 0, 32, "times") {
            period(notes, &entry);
        }
    }
    if let Some(rollout) = spec.get("rollout") {
        self::rollout(notes, &rollout);
    }
    if let Some(users) = spec.get("users") {
        self::users(notes, &users);
    }
    if let Some(matches) = spec.get("match") {
        for entry in notes.list(&matches, 0, 16, "descriptions of calls") {
            match_entry(notes, &entry);
        }
    }
    if let Some(disabled) = spec.get("whenDisabled") {
        when_disabled(notes, &disabled);
    }
    if let Some(unknown) = spec.get("onStateUnknown") {
        notes.word(&unknown, &["Allow", "Deny"]);
    }
}

fn period(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &["from", "until", "enabled"]) else { return };
    if !fields.has_any(&["from", "until"]) {
        notes.note(at.path(), schema::SOME_TIME.message.to_owned());
    }
    let from = fields.get("from").and_then(|from| moment(notes, &from));
    let until = fields.get("until").and_then(|until| moment(notes, &until));
    if let (Some(from), Some(until)) = (from, until)
        && from.at() >= until.at()
    {
        notes.note(at.path(), format!("expected an until after its from, found {from} and {until}"));
    }
    if let Some(enabled) = notes.required(&fields, "enabled", "true or false") {
        notes.boolean(&enabled);
    }
}

fn moment(notes: &mut Notes, at: &At<'_>) -> Option<Moment> {
    let text = notes.text(at, 64, schema::MOMENT_EXPECTED, names::is_moment)?;
    text.parse()
        .map_err(|error| {
            notes.note(at.path(), format!("expected {}, found {text:?}: {error}", schema::MOMENT_EXPECTED))
        })
        .ok()
}

fn rollout(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &["percent", "by"]) else { return };
    let expected = "a whole number from 0 to 100";
    if let Some(percent) = notes.required(&fields, "percent", expected)
        && percent.value().as_u64().is_none_or(|percent| percent > 100)
    {
        notes.unexpected(&percent, expected);
    }
    if let Some(by) = fields.get("by") {
        notes.word(&by, &["User", "Call"]);
    }
}

fn users(notes: &mut Notes, at: &At<'_>) {
    const LISTS: [&str; 2] = ["allow", "deny"];
    let Some(fields) = notes.object(at, &LISTS) else { return };
    if !fields.has_any(&LISTS) {
        notes.note(at.path(), schema::SOME_USERS.message.to_owned());
    }
    for list in LISTS.iter().filter_map(|list| fields.get(list)) {
        for user in notes.list(&list, 1, 500, "users' ids") {
            notes.text(&user, 1024, "a user's id without control characters", names::is_user_id);
        }
    }
}

fn when_disabled(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &["action", "status", "message", "response", "model", "inFlight"])
    else {
        return;
    };
    if let Some(action) = fields.get("action") {
        notes.word(&action, &["Reject", "Respond", "Substitute"]);
    }
    let substitutes = fields.get("action").is_some_and(|action| action.value() == "Substitute");
    if substitutes != fields.has_any(&["model"]) {
        notes.note(at.path(), schema::SUBSTITUTE.message.to_owned());
    }
    if let Some(status) = fields.get("status") {
        let code = status.value().as_u64().and_then(|code| u16::try_from(code).ok());
        if code.is_none_or(|code| RefusalStatus::try_from(code).is_err()) {
            notes.unexpected(&status, schema::STATUS.message);
        }
    }
    if let Some(message) = fields.get("message") {
        notes.text(&message, 1024, "a sentence for the app's users", |text| !text.is_empty());
    }
    if let Some(response) = fields.get("response") {
        notes.text(&response, 8192, "the text that is answered", |text| !text.is_empty());
    }
    if let Some(model) = fields.get("model") {
        notes.text(&model, 256, "a model's name like gpt-5-mini", names::is_model);
    }
    if let Some(in_flight) = fields.get("inFlight") {
        notes.word(&in_flight, &["Finish", "Cut"]);
    }
}

fn match_entry(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &MATCH) else { return };
    if !fields.has_any(&CONDITIONS) {
        notes.note(at.path(), schema::SOME_CONDITION.message.to_owned());
    }
    if let Some(authority) = fields.get("authority") {
        notes.word(&authority, &["Hint", "Enforced"]);
    }
    if let Some(workload) = fields.get("workload") {
        label_selector(notes, &workload);
    }
    if let Some(container) = fields.get("container") {
        notes.text(&container, 63, schema::CONTAINER.message, names::is_dns_label);
    }
    if let Some(providers) = fields.get("providers") {
        let known = Provider::ALL.map(Provider::name);
        for provider in notes.list(&providers, 1, known.len(), "providers") {
            notes.word(&provider, &known);
        }
    }
    if let Some(models) = fields.get("models") {
        for glob in notes.list(&models, 1, 32, "model names") {
            notes.text(&glob, 256, schema::MODELS.message, names::is_model_glob);
        }
    }
    if let Some(path) = fields.get("path") {
        notes.text(&path, 512, schema::PATH.message, names::is_path_glob);
    }
    if let Some(header) = fields.get("header") {
        header_match(notes, &header);
    }
    if let Some(fingerprints) = fields.get("fingerprint") {
        for id in notes.list(&fingerprints, 1, 64, "fingerprints") {
            notes.text(&id, 15, schema::FINGERPRINTS.message, names::is_fingerprint);
        }
    }
}

fn header_match(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &["name", "value"]) else { return };
    if let Some(name) = notes.required(&fields, "name", schema::HEADER_NAME.message) {
        notes.text(&name, 128, schema::HEADER_NAME.message, names::is_header_name);
    }
    if let Some(value) = fields.get("value") {
        notes.text(&value, 256, "the header's whole value, as text", |_| true);
    }
}

pub(super) fn label_selector(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &["matchLabels", "matchExpressions"]) else { return };
    if let Some(labels) = fields.get("matchLabels") {
        for (key, value) in notes.map(&labels, 16, "labels") {
            if !names::is_label_key(key) {
                notes.note(value.path(), schema::LABEL_KEY.message.to_owned());
            }
            notes.text(&value, 63, "a label's value like web", names::is_label_value);
        }
    }
    if let Some(expressions) = fields.get("matchExpressions") {
        for expression in notes.list(&expressions, 0, 16, "expressions") {
            label_requirement(notes, &expression);
        }
    }
}

fn label_requirement(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &["key", "operator", "values"]) else { return };
    if let Some(key) = notes.required(&fields, "key", schema::LABEL_KEY.message) {
        notes.text(&key, 317, schema::LABEL_KEY.message, names::is_label_key);
    }
    let operators = ["In", "NotIn", "Exists", "DoesNotExist"];
    let operator = notes.required(&fields, "operator", "one of In, NotIn, Exists, DoesNotExist");
    let operator = operator.and_then(|operator| notes.word(&operator, &operators));
    let values = fields.get("values").map(|values| notes.list(&values, 0, 16, "values")).unwrap_or_default();
    for value in &values {
        notes.text(value, 63, "a label's value like web", names::is_label_value);
    }
    if operator.is_some_and(|operator| matches!(operator, "In" | "NotIn") == values.is_empty()) {
        notes.note(at.path(), schema::VALUES.message.to_owned());
    }
}
