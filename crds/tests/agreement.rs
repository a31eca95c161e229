//! A manifest that the apiserver refuses is refused in a file, and the other way round: the schema with its CEL rules
//! and `validate` are run over the same objects.
//!
//! The schema's side is read here the plain way, keyword by keyword; its rules run in a CEL interpreter. Three
//! differences are meant: fields the schema does not know (kubectl asks the apiserver to refuse them), the keys of
//! `matchLabels` (the schema cannot say what they are), and times that look right and are in no calendar.

use std::{collections::BTreeMap, sync::LazyLock};

use proptest::prelude::*;
use regex::Regex;
use serde_json::{Value, json};
use tollgate_crds::{definitions, validate};

static SCHEMAS: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let all = definitions::all().unwrap();
    let entry = |(_, definition): (_, _)| {
        let value = serde_json::to_value(&definition).unwrap();
        let kind = value["spec"]["names"]["kind"].as_str().unwrap().to_owned();
        (kind, value["spec"]["versions"][0]["schema"]["openAPIV3Schema"].clone())
    };
    all.into_iter().map(entry).collect()
});

/// Whether the schema lets a value in, the keywords that our schemas use being all there are.
fn fits(schema: &Value, value: &Value) -> bool {
    let typed = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        other => panic!("a type that this test does not know: {other:?}"),
    };
    let beyond = |name: &str, is: fn(f64, f64) -> bool| {
        schema[name].as_f64().zip(value.as_f64()).is_some_and(|(bound, value)| is(value, bound))
    };
    if beyond("minimum", |value, bound| value < bound) || beyond("maximum", |value, bound| value > bound) {
        return false;
    }
    if !typed || schema.get("enum").is_some_and(|words| !words.as_array().unwrap().contains(value)) {
        return false;
    }
    let size = match value {
        Value::String(text) => Some(("Length", text.chars().count())),
        Value::Array(items) => Some(("Items", items.len())),
        Value::Object(map) => Some(("Properties", map.len())),
        _ => None,
    };
    if let Some((what, size)) = size {
        let bound = |side: &str| schema[format!("{side}{what}")].as_u64().map(|bound| bound as usize);
        if bound("min").is_some_and(|min| size < min) || bound("max").is_some_and(|max| size > max) {
            return false;
        }
    }
    match value {
        Value::String(text) => {
            schema["pattern"].as_str().is_none_or(|pattern| Regex::new(pattern).unwrap().is_match(text))
        }
        Value::Array(items) => {
            let set = schema["x-kubernetes-list-type"] == "set";
            let once = |(index, item): (usize, &Value)| !set || !items[..index].contains(item);
            items.iter().enumerate().all(once) && items.iter().all(|item| fits(&schema["items"], item))
        }
        Value::Object(map) => {
            let required = schema["required"].as_array().into_iter().flatten();
            let all_there = required.into_iter().all(|name| map.contains_key(name.as_str().unwrap()));
            let property = |(name, value): (&String, &Value)| match &schema["properties"][name] {
                Value::Null => schema.get("additionalProperties").is_none_or(|schema| fits(schema, value)),
                known => fits(known, value),
            };
            all_there && map.iter().all(property)
        }
        _ => true,
    }
}

/// What the apiserver does on creation.
fn apiserver_takes(object: &Value) -> bool {
    let schema = &SCHEMAS[object["kind"].as_str().unwrap()];
    fits(schema, object) && kube_cel::Validator::new().validate(schema, object, None).is_ok()
}

fn file_takes(object: &Value) -> bool {
    match object["kind"].as_str() {
        Some("FeatureFlag") => validate::feature_flag(object.clone()).is_ok(),
        Some("UsageAlert") => validate::usage_alert(object.clone()).is_ok(),
        Some("ClusterUsageAlert") => validate::cluster_usage_alert(object.clone()).is_ok(),
        _ => validate::cluster_feature_flag(object.clone()).is_ok(),
    }
}

fn flag(kind: &str, spec: Value) -> Value {
    json!({"apiVersion": "tollgate.dev/v1alpha1", "kind": kind, "metadata": {"name": "chat"}, "spec": spec})
}

/// A flag with every field, in which any one value can be put out of order.
fn full() -> Value {
    let spec = json!({
        "namespaceSelector": {"matchLabels": {"tier": "web"}},
        "feature": "image-search", "description": "d", "enabled": false, "onStateUnknown": "Deny",
        "overridable": true, "mode": "Preview", "rollout": {"percent": 20, "by": "Call"},
        "users": {"allow": ["ada"], "deny": ["bob@example.com"]},
        "schedule": [
            {"from": "2026-12-01T08:00[Europe/Berlin]", "until": "2026-12-02T08:00:00+01:00", "enabled": true},
            {"until": "2027-01-01T00:00:00Z", "enabled": false},
        ],
        "match": [{
            "authority": "Enforced", "container": "app", "providers": ["openai", "xai"], "models": ["gpt-*", "ft:x::y"],
            "path": "/v1/*", "header": {"name": "X-Team", "value": "search"}, "fingerprint": ["fp-3f61c09b2ad4"],
            "workload": {
                "matchLabels": {"app.kubernetes.io/name": "web"},
                "matchExpressions": [
                    {"key": "example.com/a", "operator": "In", "values": ["x", ""]},
                    {"key": "b", "operator": "Exists", "values": []},
                ],
            },
        }],
        "whenDisabled": {
            "action": "Substitute", "status": 451, "message": "No.", "response": "Later.", "model": "gpt-5-mini",
            "inFlight": "Cut",
        },
    });
    flag("ClusterFeatureFlag", spec)
}

/// An alert with every field; `window` and the first two thresholds are one way of several.
fn full_alert() -> Value {
    let secret = json!({"name": "hooks", "key": "url"});
    let spec = json!({
        "scope": {
            "features": ["chat", "image-*"], "users": ["ada"], "providers": ["openai"], "models": ["gpt-*"],
            "namespaceSelector": {"matchLabels": {"tier": "web"}},
        },
        "groupBy": ["Feature", "User"],
        "window": {"calendar": "Week", "weekStart": "Sunday", "timeZone": "Europe/Berlin"},
        "limit": {"metric": "Cost", "amount": "50.25"},
        "thresholds": [
            {"above": "80%", "projected": true, "severity": "Critical", "action": "Disable"},
            {"above": "3", "metric": "Calls", "projected": false},
            {"metric": "Tokens", "anomaly": {"factor": "2.5", "baseline": "336h"}, "action": "Notify"},
        ],
        "receivers": [
            {"email": {"to": ["ada@example.com"], "from": "tollgate@example.com", "server": "[::1]:587",
                       "tls": "Implicit", "secretRef": {"name": "smtp"}}},
            {"slack": {"secretRef": secret}}, {"teams": {"secretRef": secret}},
            {"webhook": {"url": "https://example.com/a?b=c", "secretRef": {"name": "hooks"}}},
            {"pagerDuty": {"url": "https://events.eu.pagerduty.com", "secretRef": secret}},
            {"alertmanager": {"url": "http://alertmanager.monitoring:9093", "secretRef": secret}},
            {"kubernetesEvent": {}},
        ],
        "onGrantUnknown": "Deny",
    });
    flag("ClusterUsageAlert", spec)
}

/// Which zones there are and how long calls are kept, no schema can say.
fn alert_places() -> Vec<String> {
    let mut found = Vec::new();
    pointers("/spec", &full_alert()["spec"], &mut found);
    found.retain(|place| !place.ends_with("/timeZone") && !place.ends_with("/baseline"));
    found
}

/// Where every value of an object is, as JSON pointers.
fn pointers(at: &str, value: &Value, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                pointers(&format!("{at}/{}", name.replace('/', "~1")), value, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointers(&format!("{at}/{index}"), value, found);
            }
        }
        _ => {}
    }
}

fn places() -> impl Strategy<Value = String> {
    let mut found = Vec::new();
    pointers("/spec", &full()["spec"], &mut found);
    prop::sample::select(found)
}

const WORDS: &[&str] = &[
    "Hint",
    "hint",
    "Enforced",
    "Allow",
    "Deny",
    "Preview",
    "User",
    "Call",
    "2026-12-01T09:00Z",
    "2026-12-01T09:00",
    "2026-12-01 09:00Z",
    "2026-12-01T09:00:00-00:00",
    "2026-12-01T09:00:00+0100",
    "2026-12-01T09:00[UTC]",
    "2026-12-01T09:00[1]",
    "Reject",
    "Respond",
    "Substitute",
    "Cut",
    "In",
    "NotIn",
    "Exists",
    "DoesNotExist",
    "Gt",
    "openai",
    "google",
    "OpenAI",
];

/// Right for some fields, nearly right for others, of another kind for the rest.
fn value() -> impl Strategy<Value = Value> {
    let lengths = vec![0_usize, 1, 63, 64, 128, 129, 253, 254, 256, 257, 317, 318, 512, 513, 1024, 1025];
    prop_oneof![
        3 => "[ -~äß\\n]{0,3}".prop_map(Value::from),
        3 => "[a-z0-9][ -~ä][a-z0-9]".prop_map(Value::from),
        2 => "/[ -~ä]{0,2}".prop_map(Value::from),
        1 => "[a-z]/[ -~][a-z]".prop_map(Value::from),
        1 => prop::sample::select(lengths.clone()).prop_map(|length| "a".repeat(length).into()),
        1 => prop::sample::select(lengths).prop_map(|length| format!("/{}", "ä".repeat(length)).into()),
        1 => prop::sample::select(WORDS).prop_map(Value::from),
        1 => prop::collection::vec(prop::sample::select(WORDS), 0..40).prop_map(Value::from),
        1 => prop::sample::select(vec![400, 402, 403, 404, 410, 451, 401, 429, 500, 0, -403, 100, 101]).prop_map(Value::from),
        1 => prop::sample::select(vec![
            json!(null), json!(true), json!(1.5), json!([]), json!({}), json!([{}]), json!([null]),
        ]),
    ]
}

fn alert_value() -> impl Strategy<Value = Value> {
    let words = vec![
        "0",
        "00.0",
        "-1",
        "1",
        "0.5",
        "5.",
        ".5",
        "1e3",
        "80%",
        "0%",
        "100000%",
        "1%%",
        "007.10",
        "12345678901234567890",
        "Cost",
        "Errors",
        "Day",
        "Week",
        "Monday",
        "Feature",
        "Critical",
        "Disable",
        "StartTls",
        "a@b",
        "@b",
        "a@",
        "h:1",
        ":1",
        "h:123456",
        "[::1]:1",
        "[]:1",
        "http://h",
        "https://",
        "http://h/ x",
        "ftp://h",
    ];
    prop_oneof![
        2 => value(),
        2 => prop::sample::select(words.clone()).prop_map(Value::from),
        1 => prop::collection::vec(prop::sample::select(words), 0..20).prop_map(Value::from),
    ]
}

fn agree(object: &Value) -> Result<(), TestCaseError> {
    let (apiserver, file) = (apiserver_takes(object), file_takes(object));
    prop_assert_eq!(apiserver, file, "apiserver: {}, file: {}, of {}", apiserver, file, object);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_flag_with_one_value_changed_is_taken_by_both_or_by_none(place in places(), value in value()) {
        let mut object = full();
        if let Some(changed) = object.pointer_mut(&place) {
            *changed = value;
        }
        agree(&object)?;
    }

    #[test]
    fn an_alert_with_one_value_changed_is_taken_by_both_or_by_none(
        place in prop::sample::select(alert_places()), value in alert_value()
    ) {
        let mut object = full_alert();
        if let Some(changed) = object.pointer_mut(&place) {
            *changed = value;
        }
        agree(&object)?;
    }

    #[test]
    fn an_alert_with_one_field_missing_is_taken_by_both_or_by_none(place in prop::sample::select(alert_places())) {
        let mut object = full_alert();
        let (parent, name) = place.rsplit_once('/').unwrap_or_default();
        if let Some(Value::Object(fields)) = object.pointer_mut(parent) {
            fields.remove(name);
        }
        agree(&object)?;
    }

    #[test]
    fn a_flag_with_one_field_missing_is_taken_by_both_or_by_none(place in places()) {
        let mut object = full();
        let (parent, name) = place.rsplit_once('/').unwrap_or_default();
        if let Some(Value::Object(fields)) = object.pointer_mut(parent) {
            fields.remove(&name.replace("~1", "/"));
        }
        agree(&object)?;
    }
}

#[test]
fn every_character_in_every_text_is_taken_by_both_or_by_none() {
    let mut flags_places = Vec::new();
    pointers("/spec", &full()["spec"], &mut flags_places);
    each_character(&full(), &flags_places);
    // of fields that stand in several receivers, one will do
    let again =
        ["/1/above", "/2/teams", "/4/pagerDuty/secretRef", "/5/alertmanager/secretRef", "/1/slack/secretRef"];
    let places: Vec<String> =
        alert_places().into_iter().filter(|place| !again.iter().any(|part| place.contains(part))).collect();
    each_character(&full_alert(), &places);
}

fn each_character(full: &Value, places: &[String]) {
    for place in places.iter().filter(|place| full.pointer(place).is_some_and(Value::is_string)) {
        for character in (0..128_u8).map(char::from).chain(['ä']) {
            for text in [format!("a{character}a"), format!("/{character}")] {
                let mut object = full.clone();
                if let Some(changed) = object.pointer_mut(place) {
                    *changed = text.into();
                }
                assert_eq!(apiserver_takes(&object), file_takes(&object), "{object}");
            }
        }
    }
}

#[test]
fn both_take_a_flag_and_an_alert_with_every_field() {
    for full in [full(), full_alert()] {
        assert!(apiserver_takes(&full) && file_takes(&full), "{full}");
    }
}

#[test]
fn a_usage_alert_that_reaches_for_another_namespace_is_taken_by_none() {
    let mut object = full_alert();
    object["kind"] = "UsageAlert".into();
    let refusal =
        kube_cel::Validator::new().validate(&SCHEMAS["UsageAlert"], &object, None).unwrap_err().to_string();
    assert!(refusal.contains("a UsageAlert sees its own namespace only"), "{refusal}");
    let violations = validate::usage_alert(object.clone()).unwrap_err();
    assert_eq!(violations[0].path, "spec.scope.namespaceSelector");
    object["spec"]["scope"].as_object_mut().unwrap().remove("namespaceSelector");
    assert!(apiserver_takes(&object) && file_takes(&object));
}

#[test]
fn a_match_without_a_condition_is_taken_by_none() {
    let object = flag("FeatureFlag", json!({"match": [{"authority": "Enforced"}]}));
    assert!(!apiserver_takes(&object) && !file_takes(&object));
}

#[test]
fn a_flags_feature_cannot_be_changed_by_any_way() {
    let schema = &SCHEMAS["FeatureFlag"];
    let update = |old: Value, new: Value| {
        let (old, new) = (flag("FeatureFlag", old), flag("FeatureFlag", new));
        kube_cel::Validator::new().validate(schema, &new, Some(&old))
    };
    // The object is called chat.
    assert!(update(json!({}), json!({"enabled": false})).is_ok());
    assert!(update(json!({}), json!({"feature": "chat"})).is_ok());
    for (old, new) in [
        (json!({"feature": "a"}), json!({"feature": "b"})),
        (json!({"feature": "a"}), json!({})),
        (json!({}), json!({"feature": "a"})),
    ] {
        let refusal = update(old, new).unwrap_err().to_string();
        assert!(refusal.contains("spec.feature cannot be changed: create a new flag"), "{refusal}");
    }
}
