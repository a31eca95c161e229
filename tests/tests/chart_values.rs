//! Values and names that YAML, Helm or a sidecar would take for something else.

use serde_json::{Value, json};
use tollgate_tests::harness::chart;

/// The least, with this table set.
fn with(table: &str, value: Value) -> Value {
    let mut values = chart::least();
    values[table] = value;
    values
}

/// Every member of this name, wherever it stands.
fn members<'a>(value: &'a Value, name: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            if key == name {
                found.push(value);
            }
            members(value, name, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| members(item, name, found)),
        _ => {}
    }
}

#[test]
fn the_release_may_be_in_a_namespace_that_yaml_takes_for_a_number_or_a_truth() {
    let mut values =
        with("metrics", json!({"podMonitor": {"enabled": true}, "prometheusRule": {"enabled": true}}));
    values["console"] = json!({"enabled": true});
    values["postgres"] = json!({"enabled": true, "password": "correct-horse-battery"});
    values["certificates"] = json!({"certManager": {"enabled": true, "issuerRef": {"name": "internal"}}});
    for namespace in ["123", "on", "null", "0x1f"] {
        let manifests = chart::render_in(namespace, &values).expect("rendered");
        let mut found = Vec::new();
        for manifest in manifests.iter().filter(|manifest| manifest["kind"] != "CustomResourceDefinition") {
            for name in ["namespace", "values", "matchNames"] {
                members(manifest, name, &mut found);
            }
        }
        let texts = |value: &&Value| match value {
            Value::Array(items) => items.iter().all(Value::is_string),
            value => value.is_string(),
        };
        assert!(found.len() > 20 && found.iter().all(texts), "{namespace}: {found:?}");
    }
}

#[test]
fn a_number_of_millions_is_written_out() {
    for enabled in [true, false] {
        let usage = json!({"sizeMi": 1_048_576, "storage": {"enabled": enabled}});
        let values = with("operator", json!({"usage": usage, "terminationGracePeriodSeconds": 1_000_000}));
        let manifests = chart::render(&values).expect("rendered");
        let kind = if enabled { "StatefulSet" } else { "Deployment" };
        let operator = &chart::find(&manifests, kind, "tollgate-operator").expect("rendered")["spec"];
        let pod = &operator["template"]["spec"];
        assert_eq!(pod["terminationGracePeriodSeconds"].as_u64(), Some(1_000_000), "{kind}");
        let size = match enabled {
            true => &operator["volumeClaimTemplates"][0]["spec"]["resources"]["requests"]["storage"],
            false => pod["volumes"]
                .as_array()
                .and_then(|volumes| volumes.iter().find(|volume| volume["name"] == "usage"))
                .map_or(&Value::Null, |volume| &volume["emptyDir"]["sizeLimit"]),
        };
        assert_eq!(size, "1048576Mi", "{kind}");
    }
}

#[test]
fn prices_arrive_as_they_are_written_whatever_they_begin_with() {
    for prices in [
        "  # ours\nopenai: {discount: \"15%\"}\n",
        "\n\n  \nopenai: {}\n",
        "openai:\r\n  discount: \"15%\"\r\n",
    ] {
        let manifests = chart::render(&with("prices", json!(prices))).expect("rendered");
        let map = chart::find(&manifests, "ConfigMap", "tollgate-prices").expect("rendered");
        assert_eq!(map["data"]["prices.yaml"], prices);
    }
}

#[test]
fn what_no_operator_or_console_would_start_with_is_refused() {
    let console = json!({"enabled": true, "oidc": {"issuerUrl": "https://login.example.com"}});
    for (table, value, said) in [
        ("console", console, "console.externalUrl: where people reach the console"),
        ("alerts", json!({"allow": ["10.0.0.0/33"]}), "/alerts/allow/0"),
        ("alerts", json!({"allow": ["fd00::/129"]}), "/alerts/allow/0"),
        ("operator", json!({"log": "verbose"}), "/operator/log"),
        ("console", json!({"log": "foo=bar=baz"}), "/console/log"),
    ] {
        let refusal = chart::refusal(&with(table, value.clone())).expect("a refusal");
        assert!(refusal.contains(said), "{value}: {refusal}");
    }
}

#[test]
fn what_may_be_allowed_or_logged_is_taken() {
    for (table, value) in [
        (
            "alerts",
            json!({"allow": ["10.0.0.0/8", "10.1.2.3", "alertmanager.monitoring.svc", "fd00::/8", "::1"]}),
        ),
        ("operator", json!({"log": "debug"})),
        ("operator", json!({"log": "info,tollgate_operator::push=trace,sqlx=off"})),
    ] {
        chart::render(&with(table, value)).expect("rendered");
    }
}

/// A sidecar that is told an address that is none does not start, and no pod with it.
#[test]
fn an_upstream_that_no_sidecar_would_start_with_is_refused() {
    let of = |upstream: &str| with("providers", json!({"openai": {"upstream": upstream}}));
    for upstream in [
        "https://user:secret@gateway.example",
        "https://gateway.example?key=secret",
        "https://gateway example",
        "https://gateway.example/a b",
        "https://gätway.example",
        "https://[::1",
        "https://gateway.example\\openai",
        "gateway.example",
    ] {
        let said = chart::refusal(&of(upstream)).unwrap_or_else(|error| panic!("{upstream}: {error}"));
        assert!(said.contains("/providers/openai/upstream"), "{said}");
    }
    for upstream in [
        "https://gateway.example:8443/openai",
        "http://stand-in.providers:8080",
        "https://[2001:db8::1]:8443/v1/",
    ] {
        chart::render(&of(upstream)).unwrap_or_else(|error| panic!("{upstream}: {error}"));
    }
}

#[test]
fn what_helm_says_afterwards_names_what_there_is_and_hides_no_call_without_a_price() {
    let mut values = with("postgres", json!({"enabled": true, "password": "correct-horse-battery"}));
    let said = chart::notes(&values).expect("notes");
    assert!(said.contains("rollout status deployment/tollgate-operator"), "{said}");
    assert!(said.contains("count(*) - count(cost_usd) as unpriced"), "{said}");
    values["operator"] = json!({"usage": {"storage": {"enabled": true}}});
    let said = chart::notes(&values).expect("notes");
    assert!(said.contains("rollout status statefulset/tollgate-operator"), "{said}");
}
