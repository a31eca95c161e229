//! Values and names that YAML, Helm or a sidecar would take for something else.

use serde_json::{Value, json};
use tollgate_tests::harness::chart;

/// The least, with this table set.
fn with(table: &str, value: Value) -> Value {
    let mut values = chart::least();
    values[table] = value;
    values
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
