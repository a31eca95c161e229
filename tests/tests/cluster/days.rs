//! Bad days, and days of work on Tollgate itself: calls go on, flags hold, rows arrive once.

use serde_json::json;
use tollgate_tests::harness::{http::Call, installation::NAMESPACE, wait, world::chat};

use crate::{
    calling::Calling,
    tollgate::{Namespace, Turn, alone},
};

const OPERATORS: &str = "--selector=app.kubernetes.io/component=operator";

/// No operator at all, until [`back`].
fn away(tollgate: &Turn) {
    tollgate.ctl(&["--namespace", NAMESPACE, "scale", "deployment/tollgate-operator", "--replicas=0"]);
    tollgate.ctl(&["--namespace", NAMESPACE, "wait", "--for=delete", "pod", OPERATORS, "--timeout=90s"]);
}

fn back(tollgate: &Turn) {
    tollgate.ctl(&["--namespace", NAMESPACE, "scale", "deployment/tollgate-operator", "--replicas=2"]);
    tollgate.rolled_out(NAMESPACE, "deployment/tollgate-operator").expect("operators");
    tollgate.injects();
}

fn of(feature: &str) -> Call {
    chat(json!({}), "").under("/openai").header("x-tollgate-feature", feature)
}

fn is_refused(namespace: &Namespace<'_>, feature: &str) {
    wait::eventually(&format!("a refusal of {feature}"), || {
        match namespace.call("web", &of(feature)).status() {
            403 => Ok(()),
            other => Err(other),
        }
    });
}

#[test]
fn no_call_fails_through_upgrade_rollback_and_uninstall() {
    let tollgate = alone();
    let namespace = tollgate.labelled("days-upgrade");
    let calling = Calling::start(&tollgate, &namespace);

    // a new configuration rolls both operators; what it says of pods is for those that are made from then on
    tollgate.install(&["operator.log=debug", "sidecar.capture=base-url"]).unwrap();
    calling.goes_on();
    assert_eq!(namespace.get("pod/caller", "{.metadata.annotations.tollgate\\.dev/captured}"), "hosts");
    tollgate.node.helm(&["rollback", "tollgate", "--namespace", NAMESPACE, "--wait"]).unwrap();
    calling.goes_on();
    tollgate.node.helm(&["uninstall", "tollgate", "--namespace", NAMESPACE, "--wait"]).unwrap();
    calling.goes_on();

    calling.had_no_failure();
    // flags are the admin's: they stay when we go
    tollgate.ctl(&["get", "crd", "featureflags.tollgate.dev"]);
}

#[test]
fn a_flag_holds_while_all_operators_are_away() {
    let tollgate = alone();
    let namespace = tollgate.labelled("days-holds");
    namespace.pod("web", &json!({}));
    namespace.flag("chat", &json!({"enabled": false}));
    is_refused(&namespace, "chat");

    away(&tollgate);

    assert_eq!(namespace.call("web", &of("chat")).status(), 403);
    assert_eq!(namespace.call("web", &of("other")).status(), 200);
    back(&tollgate);
}

#[test]
fn a_pod_that_starts_while_all_operators_are_away_knows_what_is_off() {
    let tollgate = alone();
    let namespace = tollgate.labelled("days-fresh");
    namespace.pod("old", &json!({}));
    namespace.flag("chat", &json!({"enabled": false}));
    wait::eventually("the flag in the namespace's ConfigMap", || {
        let state = namespace.get("configmap/tollgate-state", "{.data.state\\.json}");
        if state.contains("\"chat\"") { Ok(()) } else { Err(state) }
    });
    // admitted, but not started yet
    let mut gated = tollgate.manifest(&json!({}));
    gated["spec"]["schedulingGates"] = json!([{"name": "tollgate.dev/test"}]);
    namespace.create("v1", "Pod", "web", &gated);

    away(&tollgate);
    let open = r#"[{"op": "remove", "path": "/spec/schedulingGates"}]"#;
    namespace.ctl(&["patch", "pod", "web", "--type=json", "--patch", open]);
    namespace.until("condition=Ready", "pod/web");

    assert_eq!(namespace.call("web", &of("chat")).status(), 403);
    assert_eq!(namespace.call("web", &of("other")).status(), 200);
    back(&tollgate);
}

#[test]
fn by_policy_a_pod_that_is_made_while_all_operators_are_away_has_its_sidecar() {
    let tollgate = alone();
    tollgate.install(&["injection.via=policy"]).unwrap();
    tollgate.injects();
    let namespace = tollgate.labelled("days-policy");
    away(&tollgate);

    namespace.pod("web", &json!({}));

    assert_eq!(namespace.call("web", &of("chat")).status(), 200);
    back(&tollgate);
    assert_eq!(namespace.rows("pod, feature, outcome", 1), ["web|chat|completed"]);
}

#[test]
fn a_flag_reaches_running_pods_after_both_operators_were_killed() {
    let tollgate = alone();
    let namespace = tollgate.labelled("days-killed");
    namespace.pod("web", &json!({}));

    tollgate.ctl(&["--namespace", NAMESPACE, "delete", "pod", OPERATORS, "--grace-period=0", "--force"]);
    namespace.flag("chat", &json!({"enabled": false}));

    is_refused(&namespace, "chat");
    tollgate.rolled_out(NAMESPACE, "deployment/tollgate-operator").unwrap();
}

#[test]
fn rows_wait_for_postgres_and_arrive_once() {
    let tollgate = alone();
    let namespace = tollgate.labelled("days-postgres");
    namespace.pod("web", &json!({}));
    namespace.call("web", &of("before"));
    namespace.rows("feature", 1);

    let statefulset = ["--namespace", NAMESPACE, "scale", "statefulset/tollgate-postgres"];
    tollgate.ctl(&[&statefulset[..], &["--replicas=0"]].concat());
    tollgate.ctl(&[
        "--namespace",
        NAMESPACE,
        "wait",
        "--for=delete",
        "pod/tollgate-postgres-0",
        "--timeout=90s",
    ]);
    for _ in 0..5 {
        assert_eq!(namespace.call("web", &of("meanwhile")).status(), 200);
    }
    tollgate.ctl(&[&statefulset[..], &["--replicas=1"]].concat());

    let rows = namespace.rows("feature", 6);
    assert_eq!(rows, ["before", "meanwhile", "meanwhile", "meanwhile", "meanwhile", "meanwhile"]);
}
