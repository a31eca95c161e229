//! A call out of a labelled namespace, all the way.

use serde_json::json;
use tollgate_tests::harness::{http::Call, wait, world::chat};

use crate::tollgate::{SDK_CALL, shared};

fn call() -> Call {
    chat(json!({}), "input=1000 output=500").under("/openai")
}

#[test]
fn a_call_of_a_labelled_namespace_is_answered_and_has_a_row() {
    let tollgate = shared();
    let namespace = tollgate.labelled("calls-row");
    namespace.pod("web", &json!({"metadata": {"annotations": {"tollgate.dev/feature": "chat"}}}));

    assert_eq!(namespace.call("web", &call()).status(), 200);

    let rows = namespace.rows("cluster, workload, pod, feature, outcome, tokens_used", 1);
    assert_eq!(rows, ["default|web|web|chat|completed|1500"]);
}

#[test]
fn a_feature_goes_off_and_on_again_in_a_running_pod() {
    let tollgate = shared();
    let namespace = tollgate.labelled("calls-off");
    namespace.pod("web", &json!({"metadata": {"annotations": {"tollgate.dev/feature": "chat"}}}));
    assert_eq!(namespace.call("web", &call()).status(), 200);

    for (enabled, wanted) in [(false, 403), (true, 200)] {
        namespace.flag("chat", &json!({"enabled": enabled}));
        wait::eventually(&format!("an answer with {wanted}"), || {
            let status = namespace.call("web", &call()).status();
            if status == wanted { Ok(()) } else { Err(status) }
        });
    }
}

#[test]
fn a_flag_of_another_namespace_does_not_hold() {
    let tollgate = shared();
    let (ours, others) = (tollgate.labelled("calls-ours"), tollgate.labelled("calls-others"));
    let annotated = || json!({"metadata": {"annotations": {"tollgate.dev/feature": "chat"}}});
    ours.pod("web", &annotated());
    others.pod("web", &annotated());

    others.flag("chat", &json!({"enabled": false}));
    wait::eventually("a refusal", || match others.call("web", &call()).status() {
        403 => Ok(()),
        other => Err(other),
    });

    assert_eq!(ours.call("web", &call()).status(), 200);
}

#[test]
fn a_pod_that_starts_after_the_flag_knows_it_from_its_first_call() {
    let tollgate = shared();
    let namespace = tollgate.labelled("calls-first");
    namespace.flag("chat", &json!({"enabled": false, "onStateUnknown": "Deny"}));
    namespace.knows("chat");

    let script =
        SDK_CALL.replace("max_retries=0", "max_retries=0, default_headers={'x-tollgate-feature': 'chat'}");
    let once = json!({"spec": {"restartPolicy": "Never", "containers": [{"name": "app",
        "image": tollgate.images.app, "args": ["-c", script]}]}});
    namespace.create("v1", "Pod", "web", &tollgate.manifest(&once));
    namespace.until("jsonpath={.status.phase}=Failed", "pod/web");

    let log = namespace.logs("web");
    assert!(log.contains("openai.PermissionDeniedError"), "{log}");
    assert!(log.contains("The feature \"chat\" is switched off at the moment."), "{log}");
}

#[test]
fn calls_before_any_label_go_their_way() {
    let tollgate = shared();
    let namespace = tollgate.plain("calls-plain");

    namespace.pod("web", &json!({}));

    assert_eq!(namespace.get("pod/web", "{.spec.initContainers}"), "");
}
