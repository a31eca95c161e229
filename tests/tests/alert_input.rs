//! What people write into alerts that cannot be, and what the ledger holds that is too much: said where it is wrong, with what to
//! write instead, and nothing else stops for it.

use serde_json::{Value, json};
use tollgate_tests::harness::{fleet::Fleet, wait};

fn alert(name: &str, spec: &Value) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert",
        "metadata": {"name": name, "namespace": "shop"}, "spec": spec,
    })
}

fn spec(changes: Value) -> Value {
    let mut spec = json!({
        "window": {"rolling": "24h"}, "limit": {"metric": "Cost", "amount": "50"}, "thresholds": [{"above": "80%"}],
    });
    for (name, value) in changes.as_object().expect("an object") {
        spec[name] = value.clone();
    }
    spec
}

/// A condition's reason and message, once the alert has it with this status.
fn condition(fleet: &Fleet, name: &str, type_: &str, status: &str) -> (String, String) {
    wait::eventually("the condition", || {
        let alert = fleet.get("tua", "shop", name).map_err(|error| error.to_string())?;
        let conditions = alert["status"]["conditions"].as_array().cloned().unwrap_or_default();
        let is = |condition: &&Value| condition["type"] == type_ && condition["status"] == status;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match conditions.iter().find(is) {
            Some(found) => Ok((text(&found["reason"]), text(&found["message"]))),
            None => Err(alert["status"].to_string()),
        }
    })
}

/// Calls of so many users, a minute ago.
fn calls_of(fleet: &Fleet, users: usize) {
    let rows = format!(
        "select tollgate_ensure_partition(((now() - interval '1 minute') at time zone 'UTC')::date);
         insert into provider_usage_logs (id, created_at, received_at, cluster, namespace, feature, user_id, provider, host, endpoint,
            outcome, streamed, tokens_used, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens,
            cost_usd, usage_source)
         select gen_random_uuid(), now() - interval '2 minutes', now(), 'default', 'shop', 'chat', 'user-' || n, 'openai', 'api.openai.com',
            'other', 'completed', false, 30, 10, 20, 0, 0, 0, 45, 'provider' from generate_series(1, {users}) n"
    );
    fleet.ask(&rows).expect("rows");
}

#[test]
fn what_no_alert_can_mean_is_refused_by_the_apiserver_in_words() {
    let fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    for (changes, words) in [
        (json!({"limit": {"metric": "Cost", "amount": "0"}}), "amount"),
        (json!({"limit": {"metric": "Cost", "amount": "-5"}}), "amount"),
        (json!({"thresholds": [{"above": "0"}]}), "above"),
        (json!({"thresholds": [{"above": "-1"}]}), "above"),
        (json!({"thresholds": [{"above": "0%"}]}), "above"),
        (json!({"thresholds": []}), "thresholds"),
        (json!({"window": {"rolling": "1h", "calendar": "Day"}}), "window"),
        (json!({"scope": {"namespaceSelector": {"matchLabels": {"team": "bank"}}}}), "ClusterUsageAlert"),
    ] {
        let Err(refused) = fleet.apply(&alert("wrong", &spec(changes.clone()))) else {
            panic!("{changes} was taken")
        };
        let refused = format!("{refused:#}");
        assert!(refused.contains(words) && refused.contains("wrong"), "{changes}: {refused}");
    }
}

#[test]
fn what_this_installation_cannot_do_is_said_in_the_alerts_conditions_and_the_others_go_on() {
    let fleet = Fleet::configured(1, &[], &json!({"retention": {"usageDays": 32}})).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    fleet.namespace("bank", &[]).expect("a namespace");
    for (name, changes) in [
        ("atlantis", json!({"window": {"calendar": "Day", "timeZone": "Europe/Atlantis"}})),
        ("long", json!({"window": {"rolling": "840h"}})),
        ("longer", json!({"window": {"rolling": "2000h"}})),
        ("users", json!({"groupBy": ["User"]})),
        ("plain", json!({})),
    ] {
        fleet.apply(&alert(name, &spec(changes))).expect("applied");
    }
    let mut elsewhere = alert("elsewhere", &spec(json!({"scope": {"features": ["*"]}})));
    elsewhere["metadata"]["namespace"] = json!("bank");
    fleet.apply(&elsewhere).expect("applied");
    calls_of(&fleet, 1_100);

    let (reason, message) = condition(&fleet, "atlantis", "Accepted", "False");
    assert_eq!(reason, "Invalid");
    assert!(message.contains("Europe/Atlantis") && message.contains("such as Europe/Berlin"), "{message}");
    let (_, message) = condition(&fleet, "long", "Accepted", "False");
    assert!(
        message.contains("calls are kept 32 days here") && message.contains("retention.usageDays"),
        "{message}"
    );
    let (_, message) = condition(&fleet, "longer", "Accepted", "False");
    assert!(message.contains("calls are kept 840h") && message.contains("2000h"), "{message}");
    let (reason, message) = condition(&fleet, "users", "Evaluated", "False");
    assert_eq!(reason, "TooManyGroups");
    assert!(message.starts_with("1000 groups are told apart"), "{message}");
    let shown = fleet.get("tua", "shop", "users").expect("an alert")["status"].clone();
    assert_eq!((shown["groups"].as_array().map(Vec::len), &shown["moreGroups"]), (Some(10), &json!(990)));

    // a namespace's alert sees its own calls, whatever it names
    let value = |namespace: &str, name: &str| {
        fleet.get("tua", namespace, name).expect("an alert")["status"]["value"].clone()
    };
    wait::eventually("the plain one", || match value("shop", "plain") {
        value if value == json!("49500") => Ok(()),
        value => Err(value),
    });
    assert_eq!(value("bank", "elsewhere"), json!("0"));
}

#[test]
fn of_two_alerts_that_disagree_each_says_what_it_was_asked() {
    let fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    calls_of(&fleet, 1);
    fleet.apply(&alert("strict", &spec(json!({})))).expect("applied");
    fleet
        .apply(&alert("lax", &spec(json!({"limit": {"metric": "Cost", "amount": "500"}}))))
        .expect("applied");
    for (name, state) in [("strict", "Firing"), ("lax", "OK")] {
        wait::eventually(name, || {
            let status = fleet.get("tua", "shop", name).map_err(|error| error.to_string())?["status"].clone();
            let is = status["state"] == state && status["value"] == "45";
            if is { Ok(()) } else { Err(status.to_string()) }
        });
    }
    let said = fleet.ask("select string_agg(name, ' ') from alert_events").expect("events");
    assert_eq!(said, "strict");
}
