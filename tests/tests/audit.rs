//! The audit in a cluster: whatever changes what is refused, told or paid is written down, with who, and its end is told elsewhere.

use std::process::Command;

use k8s_openapi::api::events::v1::Event;
use kube::{Api, api::ListParams};
use serde_json::{Value, json};
use tollgate_tests::harness::{fleet::Fleet, operator::NAMESPACE, postgres, programs, wait};

/// A replica, and the webhooks that tell it who somebody is.
fn fleet() -> Fleet {
    let config = json!({"retention": {"usageDays": 40}});
    let fleet = Fleet::configured(1, &[], &config).expect("a fleet");
    let operator = &fleet.operators[0];
    let mut prices = hook(operator.webhook, "prices.tollgate.dev", "", &["configmaps"]);
    prices["matchConditions"] =
        json!([{"name": "the-prices", "expression": "request.name == 'tollgate-prices'"}]);
    let hooks = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
        "metadata": {"name": "tollgate"},
        "webhooks": [
            hook(operator.webhook, "flags.tollgate.dev", "tollgate.dev", &["featureflags", "usagealerts"]),
            prices,
        ],
    });
    fleet.apply(&hooks).expect("webhooks");
    fleet.namespace("shop", &[]).expect("a namespace");
    fleet
}

fn hook(at: std::net::SocketAddr, name: &str, group: &str, resources: &[&str]) -> Value {
    json!({
        "name": name, "admissionReviewVersions": ["v1"], "sideEffects": "None", "failurePolicy": "Ignore",
        "clientConfig": {"url": format!("https://127.0.0.1:{}/mutate/flags", at.port())},
        "rules": [{"apiGroups": [group], "apiVersions": ["*"], "operations": ["CREATE", "UPDATE"], "resources": resources}],
    })
}

fn rows(fleet: &Fleet, kind: &str) -> Vec<Value> {
    let mut audit = Command::new(programs::operator());
    // all of them: a quick machine makes more than the usual fifty until the webhook is asked
    audit.args(["audit", "list", "--limit", "100000", "--output", "json"]);
    audit.args(["--database-url", &fleet.postgres.url("ledger")]);
    let printed = audit.output().expect("tollgate audit");
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    let text = String::from_utf8(printed.stdout).expect("UTF-8");
    let all = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    // oldest first
    let mut of_kind: Vec<Value> = all.filter(|row| row["kind"] == kind).collect();
    of_kind.reverse();
    of_kind
}

fn until_rows(fleet: &Fleet, kind: &str, count: usize) -> Vec<Value> {
    wait::eventually(&format!("{count} rows of {kind}"), || {
        let rows = rows(fleet, kind);
        if rows.len() == count { Ok(rows) } else { Err(rows) }
    })
}

fn alert(amount: &str) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert", "metadata": {"name": "daily", "namespace": "shop"},
        "spec": {
            "window": {"calendar": "Day", "timeZone": "UTC"}, "limit": {"metric": "Cost", "amount": amount},
            "thresholds": [{"above": "80%", "severity": "Warning"}],
        },
    })
}

fn prices(discount: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "tollgate-prices", "namespace": NAMESPACE},
        "data": {"prices.yaml": format!("openai:\n  discount: \"{discount}\"\n")},
    })
}

#[test]
fn changes_of_alerts_prices_and_settings_stand_in_the_audit_with_who_before_and_after() {
    let fleet = fleet();
    let settings = until_rows(&fleet, "Settings", 1).remove(0);
    assert_eq!(settings["after"], json!({"retention": {"usageDays": 40}}));

    // the webhook is asked from a moment on: until then nobody knows who it was
    let mut amount = 10;
    wait::eventually("an author", || {
        amount += 1;
        fleet.apply(&alert(&amount.to_string())).expect("applied");
        let alert = fleet.get("usagealerts.tollgate.dev", "shop", "daily").expect("the alert");
        let author = alert["metadata"]["annotations"]["tollgate.dev/changed-by"].clone();
        if author.is_string() { Ok(()) } else { Err(alert) }
    });
    fleet.apply(&alert("50")).expect("applied");
    let changes = wait::eventually("the last change", || {
        let rows = rows(&fleet, "UsageAlert");
        match rows.last() {
            Some(last) if last["after"]["spec"]["limit"]["amount"] == "50" => Ok(rows),
            _ => Err(rows),
        }
    });
    let last = changes.last().expect("a row");
    assert_eq!((&changes[0]["action"], &last["action"]), (&json!("created"), &json!("changed")));
    assert_eq!(last["before"]["spec"]["limit"]["amount"], amount.to_string());
    assert_eq!((&last["actor"], &last["via"]), (&json!("admin"), &json!("tollgate-tests")));

    fleet.apply(&prices("10%")).expect("applied");
    until_rows(&fleet, "ConfigMap", 1);
    fleet.apply(&prices("20%")).expect("applied");
    let [_, second] = until_rows(&fleet, "ConfigMap", 2).try_into().expect("two");
    assert!(
        second["before"]["data"]["prices.yaml"].as_str().is_some_and(|text| text.contains("10%")),
        "{second}"
    );
    assert!(
        second["after"]["data"]["prices.yaml"].as_str().is_some_and(|text| text.contains("20%")),
        "{second}"
    );
    assert_eq!(second["actor"], "admin");

    let mut kubectl = fleet.plane.kubectl().expect("kubectl");
    assert!(
        kubectl
            .args(["-n", "shop", "delete", "usagealerts.tollgate.dev", "daily"])
            .status()
            .expect("kubectl")
            .success()
    );
    wait::eventually("the alert's end", || {
        let rows = rows(&fleet, "UsageAlert");
        if rows.last().is_some_and(|row| row["action"] == "deleted") { Ok(()) } else { Err(rows) }
    });
}

#[test]
fn a_new_leader_writes_down_what_changed_meanwhile_and_nothing_twice() {
    let mut fleet = fleet();
    fleet.apply(&alert("10")).expect("applied");
    fleet.apply(&prices("10%")).expect("applied");
    until_rows(&fleet, "UsageAlert", 1);
    until_rows(&fleet, "ConfigMap", 1);
    until_rows(&fleet, "Settings", 1);
    fleet.operators[0].kill().expect("killed");
    fleet.apply(&alert("20")).expect("applied");
    fleet.operators[0].start_again().expect("started");
    fleet.operators[0].ready().expect("ready");
    let [_, second] = until_rows(&fleet, "UsageAlert", 2).try_into().expect("two");
    assert_eq!(
        (&second["before"]["spec"]["limit"]["amount"], &second["after"]["spec"]["limit"]["amount"]),
        (&json!("10"), &json!("20"))
    );
    // behind it in the same order: the leader has compared all by then
    fleet.apply(&alert("30")).expect("applied");
    until_rows(&fleet, "UsageAlert", 3);
    assert_eq!((rows(&fleet, "ConfigMap").len(), rows(&fleet, "Settings").len()), (1, 1));
}

/// What the cluster is told once the chain ends with this row.
fn head_told(fleet: &Fleet, row: u64) -> String {
    let events = Api::<Event>::namespaced(fleet.cluster.client.clone(), NAMESPACE);
    fleet.runtime.block_on(wait::until("the Event", async || {
        let all = events.list(&ListParams::default()).await.map_err(|error| error.to_string())?;
        let heads = all.items.into_iter().filter(|event| event.reason.as_deref() == Some("AuditHead"));
        let notes: Vec<String> = heads.filter_map(|event| event.note).collect();
        let told = notes.iter().find(|note| note.contains(&format!("ends with row {row}, ")));
        told.cloned().ok_or_else(|| format!("told are {notes:?}"))
    }))
}

#[test]
fn the_head_of_the_audit_is_told_as_an_event_and_verify_takes_it() {
    let fleet = fleet();
    until_rows(&fleet, "Settings", 1);
    let note = head_told(&fleet, 1);
    let head = note.rsplit("--head ").next().expect("a head").to_owned();
    let verify = || {
        let mut verify = Command::new(programs::operator());
        verify.args(["audit", "verify", "--cluster", "default", "--head", &head]);
        verify
            .args(["--database-url", &fleet.postgres.url("ledger")])
            .output()
            .expect("tollgate audit verify")
    };
    assert!(verify().status.success(), "{note}");
    let cut = "alter table flag_changes disable trigger only_added; delete from flag_changes";
    postgres::query(&fleet.postgres.url("ledger"), cut).expect("cut");
    let after = verify();
    assert!(!after.status.success());
    assert!(String::from_utf8_lossy(&after.stdout).contains("cut off"), "{after:?}");
}

#[test]
fn each_head_of_the_audit_is_told_however_soon_after_the_one_before() {
    let fleet = fleet();
    until_rows(&fleet, "Settings", 1);
    head_told(&fleet, 1);
    fleet.apply(&alert("10")).expect("applied");
    head_told(&fleet, 2);
    fleet.apply(&alert("20")).expect("applied");
    head_told(&fleet, 3);
}
