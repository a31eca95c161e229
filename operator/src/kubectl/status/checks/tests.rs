use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::{
    index::{INJECT, INJECTED, Namespace, Phase, Pod},
    kubectl::status::{
        facts::{Covered, Object, Replica},
        samples::Samples,
    },
};

const NOW: &str = "2026-12-01T08:00:00Z";

fn pod(name: &str, injected: bool) -> Pod {
    let mut metadata = json!({
        "name": name, "namespace": "shop", "uid": name, "labels": {"pod-template-hash": "abc"},
        "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web-abc", "uid": "r", "controller": true}],
    });
    if injected {
        metadata["annotations"] = json!({INJECTED: "tollgate"});
    }
    Pod::read(serde_json::from_value(metadata).unwrap(), Phase::Running)
}

fn covered(name: &str, version: Option<&str>) -> Covered {
    Covered { pod: pod(name, version.is_some()), version: version.map(str::to_owned) }
}

/// All is well.
fn facts() -> Facts {
    let replica = |name: &str| Replica {
        name: name.to_owned(),
        ready: true,
        restarted: false,
        version: "0.1.0".to_owned(),
        metrics_port: 8080,
    };
    let lease = json!({
        "metadata": {"name": "tollgate-operator"},
        "spec": {"holderIdentity": "operator-1", "leaseDurationSeconds": 15, "renewTime": "2026-12-01T07:59:58.000000Z"},
    });
    let of_operator = "tollgate_operator_watch_age_seconds 0.8\ntollgate_operator_database_up 1\n\
                       tollgate_operator_unpriced_models{provider=\"openai\"} 0\n";
    let of_sidecar = "tollgate_state_age_seconds{namespace=\"shop\",source=\"stream\"} 1.2\ntollgate_ledger_lag_seconds{} 0\n";
    Facts {
        installation: "tollgate-system".to_owned(),
        kinds: Ok(["featureflags", "clusterfeatureflags", "usagealerts", "clusterusagealerts"]
            .map(str::to_owned)
            .to_vec()),
        operators: Ok(vec![replica("operator-1"), replica("operator-2")]),
        lease: Ok(Some(serde_json::from_value(lease).unwrap())),
        webhooks: Ok(Some(vec![
            ("pods.tollgate.dev".to_owned(), true),
            ("flags.tollgate.dev".to_owned(), true),
        ])),
        namespaces: Ok(vec![Namespace {
            name: "shop".to_owned(),
            uid: "n".to_owned(),
            labels: BTreeMap::from([(INJECT.to_owned(), "enabled".to_owned())]),
            annotations: BTreeMap::new(),
        }]),
        pods: Ok(vec![covered("web-abc-1", Some("0.1.0")), covered("web-abc-2", Some("0.1.0"))]),
        objects: Ok(vec![Object {
            kind: "FeatureFlag",
            namespace: Some("shop".to_owned()),
            name: "chat".to_owned(),
            faults: Vec::new(),
            unseen: false,
        }]),
        operator_samples: vec![Ok(Samples(of_operator.to_owned()))],
        sidecars: vec![("shop/web-abc-1".to_owned(), Ok(Samples(of_sidecar.to_owned())))],
        ledger: Ok(None),
    }
}

/// What is not well.
fn unwell(facts: &Facts) -> Vec<Check> {
    let mut checks = judge(facts, NOW.parse().unwrap());
    checks.retain(|check| check.outcome != Outcome::Ok);
    checks
}

fn only(facts: &Facts, outcome: Outcome) -> Check {
    let unwell = unwell(facts);
    let [check] = unwell.as_slice() else { panic!("{unwell:?}") };
    assert_eq!(check.outcome, outcome, "{check:?}");
    check.clone()
}

#[test]
fn nothing_is_said_against_an_installation_that_is_well() {
    assert_eq!(unwell(&facts()), []);
}

#[test]
fn kinds_that_are_not_served_fail() {
    let facts = Facts { kinds: Ok(vec!["featureflags".to_owned()]), ..facts() };
    let check = only(&facts, Outcome::Failed);
    assert!(check.said.contains("clusterfeatureflags, usagealerts, clusterusagealerts"), "{check:?}");
}

#[test]
fn an_operator_that_is_elsewhere_fails_and_one_replica_that_is_not_ready_warns() {
    let none = Facts { operators: Ok(Vec::new()), ..facts() };
    assert!(only(&none, Outcome::Failed).todo[0].contains("--installation"));
    let mut one = facts();
    one.operators.as_mut().unwrap()[1].ready = false;
    let check = only(&one, Outcome::Warning);
    assert_eq!(check.todo, ["kubectl -n tollgate-system describe pod operator-2"]);
    one.operators.as_mut().unwrap()[1].restarted = true;
    let check = only(&one, Outcome::Warning);
    assert!(check.todo[0].starts_with("kubectl -n tollgate-system logs operator-2 --previous"), "{check:?}");
}

#[test]
fn a_lease_that_nobody_renews_fails() {
    let mut facts = facts();
    let lease = facts.lease.as_mut().unwrap().as_mut().unwrap();
    lease.spec.as_mut().unwrap().lease_duration_seconds = Some(1); // it was renewed two seconds ago
    assert!(only(&facts, Outcome::Failed).said.contains("no replica leads"));
}

#[test]
fn a_webhook_that_the_apiserver_cannot_trust_fails() {
    let facts = Facts { webhooks: Ok(Some(vec![("pods.tollgate.dev".to_owned(), false)])), ..facts() };
    assert!(only(&facts, Outcome::Failed).said.contains("pods.tollgate.dev (no caBundle)"));
}

#[test]
fn pods_without_a_sidecar_warn_and_say_which_command_restarts_them() {
    let mut facts = facts();
    facts.pods.as_mut().unwrap().extend([covered("web-abc-3", None), covered("web-abc-4", None)]);
    let check = only(&facts, Outcome::Warning);
    assert_eq!(
        check.said,
        "2 of 4 running pods in them have no sidecar: their calls are neither metered nor gated"
    );
    assert_eq!(
        check.todo,
        ["Deployment web in shop (2 pods): kubectl -n shop rollout restart deployment/web"]
    );
}

#[test]
fn sidecars_of_another_release_warn() {
    let mut facts = facts();
    facts.pods.as_mut().unwrap().push(covered("web-abc-3", Some("0.0.9")));
    let check = only(&facts, Outcome::Warning);
    assert!(check.said.contains("1 of 0.0.9, 2 of 0.1.0"), "{check:?}");
}

#[test]
fn a_sidecar_that_has_not_heard_of_flags_fails_with_its_name() {
    let stale = "tollgate_state_age_seconds{source=\"stream\"} 340\n".to_owned();
    let facts = Facts { sidecars: vec![("shop/web-abc-1".to_owned(), Ok(Samples(stale)))], ..facts() };
    assert_eq!(only(&facts, Outcome::Failed).todo[0], "shop/web-abc-1: 340 s");
}

#[test]
fn a_flag_that_is_not_in_force_fails_in_its_own_words_and_what_others_say_is_no_fault_of_it() {
    let mut facts = facts();
    let object = &mut facts.objects.as_mut().unwrap()[0];
    object.faults = vec![
        ("Covered".to_owned(), "1 pod has no sidecar".to_owned()),
        ("Distributed".to_owned(), "1 of 2 sidecars hold it".to_owned()),
        ("Ready".to_owned(), "1 of 2 sidecars hold it".to_owned()),
    ];
    assert_eq!(
        only(&facts, Outcome::Failed).todo,
        ["FeatureFlag shop/chat: Distributed: 1 of 2 sidecars hold it"]
    );
}

#[test]
fn models_without_a_price_warn() {
    let samples =
        "tollgate_operator_unpriced_models{provider=\"openai\"} 2\ntollgate_operator_database_up 1\n";
    let facts = Facts { operator_samples: vec![Ok(Samples(samples.to_owned()))], ..facts() };
    assert!(only(&facts, Outcome::Warning).said.contains("no price book has"));
}

#[test]
fn a_database_that_is_away_fails() {
    let samples = "tollgate_operator_database_up 0\ntollgate_operator_watch_age_seconds 1\n";
    let facts = Facts { operator_samples: vec![Ok(Samples(samples.to_owned()))], ..facts() };
    assert_eq!(only(&facts, Outcome::Failed).room, ledger::ROOM);
}

#[test]
fn rows_that_wait_for_long_fail_with_the_pod() {
    let samples =
        "tollgate_state_age_seconds{source=\"stream\"} 1\ntollgate_ledger_lag_seconds{} 900\n".to_owned();
    let facts = Facts { sidecars: vec![("shop/web-abc-1".to_owned(), Ok(Samples(samples)))], ..facts() };
    assert_eq!(
        only(&facts, Outcome::Failed).said,
        "rows wait for the ledger, the oldest for 900 s, in shop/web-abc-1"
    );
}

#[test]
fn what_one_may_not_see_is_not_known_and_says_which_right_would_show_it() {
    let facts = Facts { lease: Err(Unknown::Forbidden("get leases")), ..facts() };
    let check = only(&facts, Outcome::Unknown);
    assert_eq!(check.todo, ["you may not get leases; somebody who may can run this, too"]);
}
