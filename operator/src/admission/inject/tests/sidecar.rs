//! The sidecar itself, and where it stands.

use tollgate_crds::Provider;

use super::*;

fn limited(cpu: &str, memory: &str) -> Value {
    json!({ "limits": { "cpu": cpu, "memory": memory } })
}

#[test]
fn a_pod_of_a_deployment_becomes_this() {
    let pod = json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "generateName": "web-7d9f8c6b5-",
            "labels": { "app": "web", "pod-template-hash": "7d9f8c6b5" },
            "annotations": { "tollgate.dev/feature": "chat" },
            "ownerReferences": [{
                "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web-7d9f8c6b5", "uid": "u1", "controller": true,
            }],
        },
        "spec": {
            "serviceAccountName": "web",
            "initContainers": [{ "name": "migrate", "image": "app:1" }],
            "containers": [{ "name": "app", "image": "app:1", "env": [{ "name": "PORT", "value": "8080" }] }],
        },
    });
    let urls = json!([
        { "name": "OPENAI_BASE_URL", "value": "http://127.0.0.1:7411/openai/v1" },
        { "name": "ANTHROPIC_BASE_URL", "value": "http://127.0.0.1:7411/anthropic" },
        { "name": "GOOGLE_GEMINI_BASE_URL", "value": "http://127.0.0.1:7411/google" },
    ]);
    let field = |name: &str, path: &str| json!({ "name": name, "valueFrom": { "fieldRef": { "apiVersion": "v1", "fieldPath": path } } });
    let mut after = injected(&pod);
    let config = config(&after);
    after["spec"]["initContainers"][0]["env"][3]["value"] = json!("…");
    assert_eq!(
        after,
        json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
                "generateName": "web-7d9f8c6b5-",
                "labels": { "app": "web", "pod-template-hash": "7d9f8c6b5" },
                "annotations": {
                    "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes": "tollgate-spool",
                    "tollgate.dev/captured": "base-url",
                    "tollgate.dev/feature": "chat",
                    "tollgate.dev/injected": "0.1.0",
                    "traffic.sidecar.istio.io/excludeInboundPorts": "7419",
                },
                "ownerReferences": [{
                    "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web-7d9f8c6b5", "uid": "u1", "controller": true,
                }],
            },
            "spec": {
                "serviceAccountName": "web",
                "initContainers": [
                    {
                        "name": "tollgate",
                        "image": "example.com/tollgate-sidecar:0.1.0",
                        "args": ["run"],
                        "restartPolicy": "Always",
                        "env": [
                            field("POD_NAME", "metadata.name"),
                            field("POD_NAMESPACE", "metadata.namespace"),
                            field("POD_UID", "metadata.uid"),
                            { "name": "TOLLGATE_CONFIG", "value": "…" },
                        ],
                        "ports": [{ "name": "tollgate", "containerPort": 7419, "protocol": "TCP" }],
                        "resources": { "limits": { "memory": "256Mi" }, "requests": { "cpu": "20m", "memory": "48Mi" } },
                        "securityContext": {
                            "allowPrivilegeEscalation": false,
                            "capabilities": { "drop": ["ALL"] },
                            "privileged": false,
                            "readOnlyRootFilesystem": true,
                            "runAsNonRoot": true,
                            "seccompProfile": { "type": "RuntimeDefault" },
                        },
                        "startupProbe": {
                            "exec": { "command": ["/tollgate-sidecar", "probe"] },
                            "failureThreshold": 120,
                            "periodSeconds": 1,
                            "timeoutSeconds": 5,
                        },
                        "terminationMessagePolicy": "FallbackToLogsOnError",
                        "volumeMounts": [
                            { "name": "tollgate-spool", "mountPath": "/var/lib/tollgate" },
                            { "name": "tollgate-token", "mountPath": "/var/run/secrets/tollgate", "readOnly": true },
                            { "name": "tollgate-state", "mountPath": "/etc/tollgate/state", "readOnly": true },
                        ],
                    },
                    { "name": "migrate", "image": "app:1", "env": urls },
                ],
                "containers": [{
                    "name": "app",
                    "image": "app:1",
                    "env": [
                        { "name": "PORT", "value": "8080" },
                        urls[0], urls[1], urls[2],
                    ],
                }],
                "volumes": [
                    { "name": "tollgate-spool", "emptyDir": { "sizeLimit": "256Mi" } },
                    { "name": "tollgate-token", "projected": { "sources": [{ "serviceAccountToken": {
                        "audience": "tollgate", "expirationSeconds": 3600, "path": "token",
                    } }] } },
                    { "name": "tollgate-state", "configMap": { "name": "tollgate-state", "optional": true } },
                ],
            },
        })
    );
    assert_eq!(
        config,
        json!({
            "listen": { "baseUrl": "127.0.0.1:7411", "admin": "0.0.0.0:7419" },
            "workload": {
                "cluster": "test",
                "namespace": "shop",
                "name": "web",
                "feature": "chat",
                "labels": { "app": "web", "pod-template-hash": "7d9f8c6b5" },
            },
            "spool": "/var/lib/tollgate",
            "spoolLimit": 268_435_456,
            "ledger": "operator",
            "attribution": { "baggage": true, "users": "Plain" },
            "operator": {
                "url": "https://tollgate-operator.tollgate-system.svc:7443",
                "tokenFile": "/var/run/secrets/tollgate/token",
                "stateDirectory": "/etc/tollgate/state",
            },
        })
    );
}

#[test]
fn what_the_installation_says_reaches_the_sidecar() {
    let mut settings = settings();
    settings.attribution = Attribution { baggage: false, hashed_users: true };
    let upstream = Some("http://standin.providers/$(HOME)".to_owned());
    settings.providers.insert(Provider::OpenAi, ProviderSettings { upstream });
    settings.sidecar = SidecarSettings {
        image_pull_policy: Some("Never".to_owned()),
        image_pull_secrets: vec!["mirror".to_owned(), "app".to_owned()],
        extra_cas: Some("-----BEGIN".to_owned()),
        enabled: false,
        spool_size_limit: "1Gi".to_owned(),
        ..settings.sidecar
    };
    let deny = ["chat".to_owned(), "search".to_owned()];
    let now = Now { operator_ca: Some("-----BEGIN OPERATOR"), deny_until_known: &deny };
    let pod = with(small(), "/spec/imagePullSecrets", json!([{ "name": "app" }]));
    let after = apply(&pod, &plan(inject(&read(&pod), &shop(), &settings, &now)));

    assert_eq!(after["spec"]["imagePullSecrets"], json!([{ "name": "app" }, { "name": "mirror" }]));
    let sidecar = &after["spec"]["initContainers"][0];
    assert_eq!(sidecar["imagePullPolicy"], "Never");
    assert_eq!(sidecar["env"][4], json!({ "name": "TOLLGATE_ENABLED", "value": "false" }));
    let config = config(&after);
    assert_eq!(config["spoolLimit"], 1_073_741_824);
    assert_eq!(config["extraCAs"], "-----BEGIN");
    assert_eq!(config["upstreams"], json!({ "openai": "http://standin.providers/$(HOME)" }));
    assert_eq!(config["attribution"], json!({ "baggage": false, "users": "Hashed" }));
    assert_eq!(config["operator"]["ca"], "-----BEGIN OPERATOR");
    assert_eq!(config["operator"]["denyUntilKnown"], json!(["chat", "search"]));
}

#[test]
fn a_sidecar_that_others_were_put_before_moves_to_the_front() {
    let mut pod = injected(&small());
    let list = pod["spec"]["initContainers"].as_array_mut().unwrap();
    list.insert(0, json!({ "name": "istio-init", "image": "istio:1" }));
    // What others did to it stays.
    list[1]["image"] = json!("mirror.example.com/tollgate-sidecar:0.1.0");
    list[1]["volumeMounts"].as_array_mut().unwrap().push(json!({ "name": "api", "mountPath": "/api" }));
    let sidecar = list[1].clone();

    let after = injected(&pod);
    assert_eq!(after["spec"]["initContainers"][0], sidecar);
    assert_eq!(after["spec"]["initContainers"][1]["name"], "istio-init");
    assert_eq!(after["spec"]["initContainers"][1]["env"][0]["name"], "OPENAI_BASE_URL");
    assert_eq!(injected(&after), after);
}

#[test]
fn a_container_that_another_webhook_added_is_captured_in_the_second_run() {
    let mut pod = injected(&small());
    pod["spec"]["containers"].as_array_mut().unwrap().push(json!({ "name": "late", "image": "late:1" }));
    let after = injected(&pod);
    assert_eq!(after["spec"]["containers"][1]["env"].as_array().unwrap().len(), 3);
}

#[test]
fn a_pod_that_was_copied_with_its_sidecar_gets_a_configuration_of_its_own() {
    let first = with(small(), "/metadata/labels", json!({ "app": "web" }));
    let mut copy = injected(&first);
    copy["metadata"]["labels"]["app"] = json!("api");
    assert_eq!(config(&injected(&copy))["workload"]["labels"]["app"], "api");
}

#[test]
fn a_guaranteed_pod_stays_guaranteed() {
    let fixed = |request: Value| with(small(), "/spec/containers/0/resources", request);
    let ours = json!({ "limits": { "cpu": "250m", "memory": "256Mi" }, "requests": { "cpu": "250m", "memory": "256Mi" } });
    let same = json!({
        "limits": { "cpu": "1", "memory": "1Gi" },
        "requests": { "cpu": "1000m", "memory": "1024Mi" },
    });
    for pod in [fixed(same), fixed(limited("1", "1Gi"))] {
        assert_eq!(injected(&pod)["spec"]["initContainers"][0]["resources"], ours);
    }
}

#[test]
fn a_limit_that_all_others_have_is_ours_too() {
    let resources = |of_app: Value, of_init: Value| {
        let pod = with(small(), "/spec/containers/0/resources", of_app);
        let pod = with(
            pod,
            "/spec/initContainers",
            json!([{ "name": "init", "image": "i", "resources": of_init }]),
        );
        injected(&pod)["spec"]["initContainers"][0]["resources"].clone()
    };
    let requests = json!({ "cpu": "20m", "memory": "48Mi" });
    let burstable =
        json!({ "limits": { "cpu": "1", "memory": "1Gi" }, "requests": { "cpu": "10m", "memory": "10Mi" } });
    assert_eq!(
        resources(burstable.clone(), limited("1", "1Gi")),
        json!({ "requests": requests, "limits": { "cpu": "250m", "memory": "256Mi" } })
    );
    // One of two has no CPU limit; the memory's is the installation's own.
    for of_init in [json!({ "limits": { "memory": "64Mi" } }), json!({})] {
        assert_eq!(
            resources(burstable.clone(), of_init),
            json!({ "requests": requests, "limits": { "memory": "256Mi" } })
        );
    }
}

#[test]
fn the_installations_resources_hold_and_a_request_is_never_above_its_limit() {
    let mut settings = settings();
    settings.sidecar.resources = serde_json::from_value(json!({
        "requests": { "cpu": "1", "ephemeral-storage": "1Gi" },
        "limits": { "cpu": "500m" },
    }))
    .unwrap();
    let after = apply(&small(), &plan(inject(&read(&small()), &shop(), &settings, &Now::default())));
    assert_eq!(
        after["spec"]["initContainers"][0]["resources"],
        json!({
            "requests": { "cpu": "500m", "memory": "48Mi", "ephemeral-storage": "1Gi" },
            "limits": { "cpu": "500m" },
        })
    );
}

#[test]
fn a_quantity_that_the_apiserver_would_refuse_is_named_before_any_pod_has_it() {
    let mut sidecar = settings().sidecar;
    assert_eq!(check(&sidecar), Ok(()));
    sidecar.resources = serde_json::from_value(json!({ "limits": { "memory": "64MB" } })).unwrap();
    assert_eq!(
        check(&sidecar).unwrap_err().to_string(),
        "sidecar.resources.limits.memory: expected a quantity like 100m or 64Mi, found \"64MB\""
    );
    sidecar.spool_size_limit = "-1".to_owned();
    sidecar.resources = Default::default();
    assert!(check(&sidecar).unwrap_err().to_string().starts_with("sidecar.spoolSizeLimit"));
}

#[test]
fn a_pod_that_another_webhook_made_guaranteed_is_so_after_the_second_run() {
    let mut pod = injected(&small());
    pod["spec"]["containers"][0]["resources"] = limited("1", "1Gi");
    let after = injected(&pod);
    assert_eq!(
        after["spec"]["initContainers"][0]["resources"],
        json!({ "limits": { "cpu": "250m", "memory": "256Mi" }, "requests": { "cpu": "250m", "memory": "256Mi" } })
    );
    assert_eq!(injected(&after), after);
}

#[test]
fn a_pod_with_resources_as_a_whole_is_asked_for_none() {
    let pod = with(small(), "/spec/resources", limited("1", "1Gi"));
    assert_eq!(injected(&pod)["spec"]["initContainers"][0].get("resources"), None);
}

#[test]
fn the_sidecar_has_a_uid_only_where_the_pod_would_make_it_root() {
    let uid = |context: Value| {
        let pod = with(small(), "/spec/securityContext", context);
        injected(&pod)["spec"]["initContainers"][0]["securityContext"]["runAsUser"].clone()
    };
    assert_eq!(uid(json!({})), Value::Null);
    assert_eq!(uid(json!({ "runAsUser": 1000 })), Value::Null);
    assert_eq!(uid(json!({ "runAsUser": 0 })), 65_532);
}

#[test]
fn a_mesh_leaves_the_admin_port_alone_besides_what_it_left_alone_before() {
    let annotations = |pod: Value, namespace: &Namespace| {
        let after = apply(&pod, &plan(inject(&read(&pod), namespace, &settings(), &Now::default())));
        let of = |key: &str| after["metadata"]["annotations"][key].as_str().map(str::to_owned);
        (of("traffic.sidecar.istio.io/excludeInboundPorts"), of("config.linkerd.io/skip-inbound-ports"))
    };
    let own = json!({
        "traffic.sidecar.istio.io/excludeInboundPorts": "9000,9001",
        "linkerd.io/inject": "enabled",
        "config.linkerd.io/skip-inbound-ports": "3306",
    });
    let pod = with(small(), "/metadata/annotations", own);
    assert_eq!(annotations(pod, &shop()), (Some("9000,9001,7419".to_owned()), Some("3306,7419".to_owned())));

    let mut meshed = shop();
    meshed.annotations.insert("linkerd.io/inject".to_owned(), "enabled".to_owned());
    assert_eq!(annotations(small(), &meshed), (Some("7419".to_owned()), Some("4567,4568,7419".to_owned())));
    meshed.annotations.insert("config.linkerd.io/skip-inbound-ports".to_owned(), "25".to_owned());
    assert_eq!(annotations(small(), &meshed).1, Some("25,7419".to_owned()));
}

#[test]
fn the_autoscaler_may_still_move_what_it_could_move_before() {
    let key = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes";
    let pod = with(small(), "/metadata/annotations", json!({ key: "cache, tmp" }));
    assert_eq!(injected(&pod)["metadata"]["annotations"][key], "cache, tmp,tollgate-spool");
}
