//! Whatever the pod: twice is once, and nothing is touched that is not ours.

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;

const VARIABLES: [&str; 7] = [
    "OPENAI_BASE_URL",
    "ANTHROPIC_BASE_URL",
    "GOOGLE_GEMINI_BASE_URL",
    "OPENAI_API_BASE",
    "SSL_CERT_FILE",
    "JAVA_TOOL_OPTIONS",
    "PATH",
];
const OF_OTHERS: [&str; 3] = ["SSL_CERT_FILE", "JAVA_TOOL_OPTIONS", "PATH"];
const VALUES: [&str; 3] = ["http://127.0.0.1:7411/openai/v1", "https://gateway.example.com", "$(HOME)/bin"];

fn variable() -> impl Strategy<Value = Value> {
    (select(&VARIABLES), option::of(select(&VALUES))).prop_map(|(name, value)| match value {
        Some(value) => json!({ "name": name, "value": value }),
        None => json!({ "name": name }),
    })
}

fn quantities() -> impl Strategy<Value = Value> {
    let amount = || option::of(select(&["1", "1000m", "0", "64Mi"]));
    (amount(), amount()).prop_map(|(cpu, memory)| {
        let members = [("cpu", cpu), ("memory", memory)].into_iter();
        members
            .filter_map(|(name, value)| Some((name.to_owned(), json!(value?))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    })
}

fn container() -> impl Strategy<Value = Value> {
    let env = option::of(vec(variable(), 0..3));
    let resources = option::of((option::of(quantities()), option::of(quantities())));
    (env, any::<bool>(), resources, any::<bool>()).prop_map(|(env, env_from, resources, always)| {
        let mut container = json!({ "image": "app:1", "future": { "field": [1, 2] } });
        if let Some(env) = env {
            container["env"] = json!(env);
        }
        if env_from {
            container["envFrom"] = json!([{ "secretRef": { "name": "keys" } }]);
        }
        if let Some((limits, requests)) = resources {
            container["resources"] = json!({});
            for (member, quantities) in [("limits", limits), ("requests", requests)] {
                if let Some(quantities) = quantities {
                    container["resources"][member] = quantities;
                }
            }
        }
        if always {
            container["restartPolicy"] = json!("Always");
        }
        container
    })
}

fn annotation() -> impl Strategy<Value = (String, String)> {
    const KEYS: [&str; 9] = [
        INJECT,
        FEATURE,
        CAPTURE,
        INJECTED,
        "linkerd.io/inject",
        "config.linkerd.io/skip-inbound-ports",
        "traffic.sidecar.istio.io/excludeInboundPorts",
        "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes",
        "other/~key",
    ];
    (select(&KEYS), "[ -~]{0,12}").prop_map(|(key, value)| (key.to_owned(), value))
}

fn named(containers: Vec<Value>, prefix: &str) -> Vec<Value> {
    let name =
        |(index, container): (usize, Value)| with(container, "/name", json!(format!("{prefix}{index}")));
    containers.into_iter().enumerate().map(name).collect()
}

prop_compose! {
    fn pod()(
        containers in vec(container(), 1..4),
        init in option::of(vec(container(), 0..3)),
        annotations in option::of(vec(annotation(), 0..4)),
        labels in option::of(vec(("[a-z]{1,5}", "[a-zA-Z0-9]{0,5}"), 0..3)),
        volumes in option::of(vec("[a-z]{1,3}", 0..3)),
        user in option::of(0..3),
        secrets in any::<bool>(),
    ) -> Value {
        let mut pod = json!({ "metadata": { "generateName": "app-" }, "spec": { "future": "field" } });
        pod["spec"]["containers"] = json!(named(containers, "app"));
        if let Some(init) = init {
            pod["spec"]["initContainers"] = json!(named(init, "init"));
        }
        if let Some(annotations) = annotations {
            pod["metadata"]["annotations"] = json!(annotations.into_iter().collect::<BTreeMap<_, _>>());
        }
        if let Some(labels) = labels {
            pod["metadata"]["labels"] = json!(labels.into_iter().collect::<BTreeMap<_, _>>());
        }
        if let Some(volumes) = volumes {
            pod["spec"]["volumes"] = volumes.into_iter().map(|name| json!({ "name": name, "emptyDir": {} })).collect();
        }
        if let Some(user) = user {
            pod["spec"]["securityContext"] = json!({ "runAsUser": user });
        }
        if secrets {
            pod["spec"]["imagePullSecrets"] = json!([{ "name": "app" }]);
        }
        pod
    }
}

/// The pod with all taken out that is ours: what was written by its owner.
fn without_ours(mut pod: Value) -> Value {
    let spec = pod["spec"].as_object_mut().unwrap();
    for list in ["initContainers", "volumes"] {
        let Some(items) = spec.get_mut(list).and_then(Value::as_array_mut) else { continue };
        items.retain(|item| !item["name"].as_str().unwrap().starts_with("tollgate"));
        if items.is_empty() {
            spec.remove(list);
        }
    }
    for list in ["initContainers", "containers"] {
        for container in spec.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(env) = container.get_mut("env").and_then(Value::as_array_mut) else { continue };
            env.retain(|variable| {
                !variable["value"].as_str().is_some_and(|value| value.starts_with("http://127.0.0.1:7411/"))
            });
            if env.is_empty() {
                container.as_object_mut().unwrap().remove("env");
            }
        }
    }
    if let Some(annotations) = pod["metadata"].get_mut("annotations").and_then(Value::as_object_mut) {
        annotations.remove(INJECTED);
        annotations.remove(CAPTURED);
        annotations.retain(|key, _| {
            !key.contains("istio") && !key.contains("linkerd") && !key.contains("autoscaler")
        });
        if annotations.is_empty() {
            pod["metadata"].as_object_mut().unwrap().remove("annotations");
        }
    }
    pod
}

proptest! {
    #[test]
    fn a_second_run_changes_nothing(pod in pod(), capture in select(&[Capture::Hosts, Capture::BaseUrl, Capture::Proxy])) {
        let mut settings = settings();
        settings.sidecar.capture = capture;
        let decide = |pod: &Value| inject(&read(pod), &shop(), &settings, &Now::default());
        let first = decide(&pod);
        prop_assume!(matches!(first, Injection::Injected(_)));
        let after = apply(&pod, &plan(first));
        let second = plan(decide(&after));
        prop_assert_eq!(second.patch.0.len(), 0, "{}", second.patch);
    }

    #[test]
    fn a_run_after_another_webhook_leads_to_the_same_as_one_alone(pod in pod(), at in 0usize..3) {
        let mut once = injected(&pod);
        let list = once["spec"]["initContainers"].as_array_mut().unwrap();
        let at = at.min(list.len());
        list.insert(at, json!({ "name": "mesh", "image": "mesh:1" }));
        let twice = injected(&once);
        prop_assert_eq!(&twice["spec"]["initContainers"][0]["name"], "tollgate");
        prop_assert_eq!(&injected(&twice), &twice);
    }

    #[test]
    fn nothing_is_touched_that_is_not_ours(pod in pod()) {
        prop_assert_eq!(without_ours(injected(&pod)), without_ours(pod));
    }

    #[test]
    fn a_container_that_had_its_own_variables_keeps_its_environment_to_the_letter(pod in pod()) {
        let after = injected(&pod);
        for (before, after) in pod["spec"]["containers"].as_array().unwrap().iter().zip(after["spec"]["containers"].as_array().unwrap()) {
            let own = before["env"].as_array().into_iter().flatten().any(|variable| {
                let of_others = OF_OTHERS.iter().any(|name| variable["name"] == *name);
                variable["name"] == "OPENAI_API_BASE" || (!of_others && variable["value"] == "https://gateway.example.com")
            });
            if own || before.get("envFrom").is_some() {
                prop_assert_eq!(before, after);
            }
        }
    }
}
