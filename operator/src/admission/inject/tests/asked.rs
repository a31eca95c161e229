//! Who gets a sidecar, and what is said to those who do not.

use super::*;

fn annotated(key: &str, value: &str) -> Value {
    with(small(), "/metadata/annotations", json!({ key: value }))
}

fn not_injected(pod: &Value, namespace: &Namespace) -> (&'static str, String) {
    match inject(&read(pod), namespace, &settings(), &Now::default()) {
        Injection::NotInjected(reason) => (reason.reason(), reason.to_string()),
        other => panic!("expected a reason, got {other:?}"),
    }
}

#[test]
fn only_namespaces_that_ask_get_sidecars() {
    let of = |name: &str, label: Option<&str>| {
        let labels = label.map(|label| (INJECT.to_owned(), label.to_owned())).into_iter().collect();
        let namespace =
            Namespace { uid: String::new(), name: name.to_owned(), labels, annotations: BTreeMap::new() };
        inject(&read(&small()), &namespace, &settings(), &Now::default())
    };
    for label in ["enabled", "strict"] {
        assert!(matches!(of("shop", Some(label)), Injection::Injected(_)), "{label}");
    }
    for label in [None, Some("disabled"), Some("true"), Some("")] {
        assert_eq!(of("shop", label), Injection::NotAsked, "{label:?}");
    }
    for own in ["tollgate-system", "kube-system", "kube-public", "kube-node-lease"] {
        assert_eq!(of(own, Some("enabled")), Injection::NotAsked, "{own}");
    }
}

#[test]
fn a_pod_goes_without_only_where_the_namespace_allows_it() {
    let pod = annotated(INJECT, "disabled");
    assert_eq!(
        remarks(&pod),
        ["tollgate.dev/inject: disabled was not obeyed: an admin must first annotate the namespace with \
          tollgate.dev/opt-out: allowed"]
    );
    let mut namespace = shop();
    namespace.annotations.insert(OPT_OUT.to_owned(), "allowed".to_owned());
    assert_eq!(
        not_injected(&pod, &namespace),
        ("OptedOut", "its annotation tollgate.dev/inject is disabled, and its namespace allows that: its AI calls are not metered".to_owned())
    );
}

#[test]
fn a_pod_that_could_not_run_with_a_sidecar_is_left_as_it_is() {
    let spec = |member: &str, value: Value| with(small(), &format!("/spec/{member}"), value);
    let table = [
        (spec("hostNetwork", json!(true)), "HostNetwork"),
        (annotated("kubernetes.io/config.mirror", "abc"), "MirrorPod"),
        (spec("os", json!({ "name": "windows" })), "Windows"),
        (spec("nodeSelector", json!({ "kubernetes.io/os": "windows" })), "Windows"),
        (spec("containers", json!([{ "name": "tollgate", "image": "own:1" }])), "NameTaken"),
        (spec("initContainers", json!([{ "name": "tollgate", "image": "own:1" }])), "NameTaken"),
        (spec("volumes", json!([{ "name": "tollgate-spool", "emptyDir": {} }])), "NameTaken"),
        (
            spec(
                "containers",
                json!([{ "name": "app", "image": "a", "ports": [{ "containerPort": 7419 }] }]),
            ),
            "PortTaken",
        ),
    ];
    for (pod, reason) in table {
        assert_eq!(not_injected(&pod, &shop()).0, reason, "{pod}");
    }
}

#[test]
fn a_port_that_a_container_has_by_udp_is_not_the_sidecars() {
    let by_udp = |port| json!({ "containerPort": port, "protocol": "UDP" });
    let pod = with(small(), "/spec/containers/0/ports", json!([by_udp(443), by_udp(7411), by_udp(7419)]));
    assert!(remarks(&pod).is_empty(), "{:?}", remarks(&pod));
    assert_eq!(config(&injected(&pod))["listen"], config(&injected(&small()))["listen"]);
    let both = with(
        small(),
        "/spec/containers/0/ports",
        json!([by_udp(7419), { "containerPort": 7419, "protocol": "TCP" }]),
    );
    assert_eq!(not_injected(&both, &shop()).0, "PortTaken");
}

#[test]
fn a_reason_says_what_to_do() {
    let pod = with(small(), "/spec/containers/0/ports", json!([{ "containerPort": 7411 }]));
    assert_eq!(
        not_injected(&pod, &shop()).1,
        "its container app listens on port 7411, which the sidecar needs: move it to another port"
    );
}

#[test]
fn a_feature_that_is_no_name_is_not_taken_and_said() {
    let pod = annotated(FEATURE, "My Chat");
    assert_eq!(
        remarks(&pod),
        [
            "tollgate.dev/feature: expected a name like chat or writing-assistant, found \"My Chat\"; it was not taken"
        ]
    );
    assert_eq!(config(&injected(&pod))["workload"].get("feature"), None);
}

#[test]
fn annotations_that_mean_nothing_are_named() {
    assert_eq!(
        remarks(&annotated(INJECT, "no")),
        ["tollgate.dev/inject: expected enabled or disabled, found \"no\"; the pod has its sidecar"]
    );
    assert_eq!(
        remarks(&annotated(CAPTURE, "magic")),
        ["tollgate.dev/capture: expected hosts, base-url or proxy, found \"magic\"; base-url was taken"]
    );
    assert_eq!(remarks(&annotated(CAPTURE, "base-url")), Vec::<String>::new());
    assert_eq!(remarks(&annotated(INJECT, "enabled")), Vec::<String>::new());
}
