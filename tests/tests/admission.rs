//! A real apiserver asks the operator about pods and flags, and is told by its controllers what came of them.

#[path = "admission/kubectl.rs"]
mod kubectl;
#[path = "admission/policy.rs"]
mod policy;
#[path = "admission/world.rs"]
mod world;

use k8s_openapi::api::core::v1::ConfigMap;
use kube::Api;
use serde_json::{Value, json};
use tollgate_tests::harness::injected;
use tollgate_tests::harness::wait::until;

use self::world::{World, condition, flag, pod};

fn names(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().map(|item| item["name"].as_str().unwrap()).collect()
}

/// A call's id, of now.
fn id(number: u64) -> String {
    let milliseconds = jiff::Timestamp::now().as_millisecond();
    let time = format!("{milliseconds:012x}");
    format!("{}-{}-7000-8000-{number:012x}", &time[..8], &time[8..])
}

// --- pods ---

#[tokio::test]
async fn a_pod_of_a_namespace_that_enforces_restricted_gets_a_sidecar_before_all_others() {
    let world = World::new().await;
    world.labelled("restricted", &[("pod-security.kubernetes.io/enforce", "restricted")]).await;
    let safe = json!({
        "allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}, "runAsNonRoot": true,
        "seccompProfile": {"type": "RuntimeDefault"},
    });
    let container = |name: &str| json!({"name": name, "image": "app:1", "securityContext": safe});
    let spec = json!({"initContainers": [container("migrate")], "containers": [container("app")]});

    let made = world.make("restricted", &pod(spec)).await;

    let init = &made["spec"]["initContainers"];
    assert_eq!(names(init), ["tollgate", "migrate"]);
    assert_eq!(init[0]["restartPolicy"], "Always");
    assert_eq!(init[0]["image"], "tollgate-sidecar:test");
    for container in [&init[1], &made["spec"]["containers"][0]] {
        assert_eq!(
            names(&container["env"]),
            ["OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "GOOGLE_GEMINI_BASE_URL"]
        );
    }
    let variables = init[0]["env"].as_array().unwrap();
    let config = variables.iter().find(|variable| variable["name"] == "TOLLGATE_CONFIG").unwrap();
    let config: Value = serde_json::from_str(config["value"].as_str().unwrap()).unwrap();
    assert_eq!(config["workload"]["namespace"], "restricted");
    let ca = config["operator"]["ca"].as_str().unwrap();
    assert!(ca.starts_with("-----BEGIN CERTIFICATE-----"), "{ca}");
}

/// SDKs are tried in a network that looks like a pod's, not in pods (`tests/tests/capture.rs`): it must look like one.
#[tokio::test]
async fn each_way_of_capture_puts_in_what_sdks_are_tried_with() {
    let world = World::new().await;
    for mode in ["hosts", "proxy", "base-url"] {
        let namespace = format!("tried-{mode}");
        world.labelled(&namespace, &[]).await;
        let mut asked = pod(json!({}));
        asked["metadata"]["annotations"] = json!({"tollgate.dev/capture": mode});

        let made = world.make(&namespace, &asked).await;

        let given = made["spec"]["containers"][0]["env"].as_array().unwrap().iter();
        let mut given: Vec<_> =
            given.map(|it| (it["name"].as_str().unwrap(), it["value"].as_str().unwrap())).collect();
        let tried = injected::variables(mode, injected::TRUST);
        let mut tried: Vec<_> = tried.iter().map(|(name, value)| (*name, value.as_str())).collect();
        given.sort_unstable();
        tried.sort_unstable();
        assert_eq!(given, tried, "{mode}");
        let aliases = made["spec"]["hostAliases"].as_array().into_iter().flatten();
        let names = |alias: &Value| {
            serde_json::from_value::<Vec<String>>(alias["hostnames"].clone()).unwrap().join(" ")
        };
        let aliases: String =
            aliases.map(|alias| format!("{} {}\n", alias["ip"].as_str().unwrap(), names(alias))).collect();
        assert_eq!(aliases, if mode == "hosts" { injected::aliases() } else { String::new() });
    }
}

#[tokio::test]
async fn a_guaranteed_pod_stays_guaranteed() {
    let world = World::new().await;
    world.labelled("guaranteed", &[]).await;
    let resources = json!({"limits": {"cpu": "1", "memory": "1Gi"}});
    let spec = json!({"containers": [{"name": "app", "image": "app:1", "resources": resources}]});

    let made = world.make("guaranteed", &pod(spec)).await;

    assert_eq!(names(&made["spec"]["initContainers"]), ["tollgate"]);
    assert_eq!(made["status"]["qosClass"], "Guaranteed");
}

#[tokio::test]
async fn a_pod_of_another_namespace_is_left_as_it_is() {
    let world = World::new().await;
    world.cluster.namespace("unlabelled", &[]).await.unwrap();

    let made = world.make("unlabelled", &pod(json!({}))).await;

    assert_eq!(made["spec"].get("initContainers"), None);
    assert_eq!(made["metadata"].get("annotations"), None);
}

#[tokio::test]
async fn a_pod_with_host_network_is_made_without_a_sidecar_and_told_why() {
    let world = World::new().await;
    world.labelled("hosts", &[]).await;
    let counted = || world.metrics().sum("tollgate_pods_not_injected_total", &[("reason", "HostNetwork")]);
    let before = counted();

    let made = world.make("hosts", &pod(json!({"hostNetwork": true}))).await;

    assert_eq!(made["spec"].get("initContainers"), None);
    let note = world.event("hosts", "web-0", "HostNetwork").await;
    assert!(note.contains("hostNetwork: true"), "{note}");
    assert_eq!(counted(), before + 1);
}

#[tokio::test]
async fn a_container_that_says_where_its_calls_go_is_named_in_an_event() {
    let world = World::new().await;
    world.labelled("gateways", &[]).await;
    let env = json!([{"name": "OPENAI_BASE_URL", "value": "https://gateway.example.com/v1"}]);
    let spec = json!({"containers": [{"name": "app", "image": "app:1", "env": env}]});

    let made = world.make("gateways", &pod(spec)).await;

    assert_eq!(made["spec"]["containers"][0]["env"], env);
    let note = world.event("gateways", "web-0", "OwnBaseUrl").await;
    assert!(note.starts_with("Pod web-0: container app sets OPENAI_BASE_URL itself"), "{note}");
}

#[tokio::test]
async fn a_pod_that_ran_before_the_label_is_named_with_what_gives_it_a_sidecar() {
    let world = World::new().await;
    world.cluster.namespace("before", &[]).await.unwrap();
    world.cluster.pod("before", "web-0", json!({})).await.unwrap();
    world.cluster.apply(&flag("before", "chat", json!({"enabled": false}))).await.unwrap();

    world.labelled("before", &[]).await;

    let note = world.event("before", "web-0", "NoSidecar").await;
    assert!(note.ends_with("To change that: delete the pod web-0 and create it again"), "{note}");
    let flag = world.flag_when(Some("before"), "chat", |flag| condition(flag, "Covered").0 == "False").await;
    assert_eq!(
        condition(&flag, "Covered").2,
        "1 pod has no sidecar, and make their calls whatever this flag says: \
         Pod web-0 in before (1 pod): delete the pod web-0 and create it again"
    );
    until("the metric", async || {
        let count = world.metrics().sum("tollgate_pods_without_sidecar", &[("namespace", "before")]);
        if count == 1 { Ok(()) } else { Err(count) }
    })
    .await;
}

// --- flags ---

#[tokio::test]
async fn a_flag_says_who_changed_it_whatever_they_wrote_themselves() {
    let world = World::new().await;
    world.labelled("authors", &[]).await;
    let forged = json!({"tollgate.dev/changed-by": "{\"user\":\"eve\"}"});
    let mut manifest = flag("authors", "chat", json!({"enabled": false}));
    manifest["metadata"]["annotations"] = forged;
    let author = |flag: &Value| {
        let text = flag["metadata"]["annotations"]["tollgate.dev/changed-by"].as_str().unwrap();
        serde_json::from_str::<Value>(text).unwrap()["user"].clone()
    };

    assert!(world.kubectl("alice", &["apply"], &manifest).status.success());
    let made = world.flag_when(Some("authors"), "chat", |_| true).await;
    assert_eq!(author(&made), "alice");

    manifest["spec"]["enabled"] = json!(true);
    assert!(world.kubectl("bob", &["apply"], &manifest).status.success());
    let changed = world.flag_when(Some("authors"), "chat", |_| true).await;
    assert_eq!(author(&changed), "bob");
}

#[tokio::test]
async fn a_flag_gets_its_conditions_of_the_generation_that_they_are_about() {
    let world = World::new().await;
    world.labelled("conditions", &[]).await;
    world.cluster.apply(&flag("conditions", "chat", json!({"enabled": false}))).await.unwrap();

    let ready = |flag: &Value| {
        condition(flag, "Ready").0 == "True"
            && flag["status"]["observedGeneration"] == flag["metadata"]["generation"]
    };
    let made = world.flag_when(Some("conditions"), "chat", ready).await;

    assert_eq!(made["status"]["effective"], json!({"enabled": false, "reason": "Spec"}));
    assert_eq!(made["status"]["sidecars"], json!({"current": 0, "total": 0}));
    assert_eq!(condition(&made, "Accepted").1, "Valid");
    assert_eq!(condition(&made, "Distributed").1, "NoSidecars");
    assert_eq!(condition(&made, "Covered").1, "AllPods");

    world.cluster.apply(&flag("conditions", "chat", json!({"enabled": true}))).await.unwrap();
    let changed = world
        .flag_when(Some("conditions"), "chat", |flag| {
            ready(flag) && flag["status"]["effective"]["enabled"] == true
        })
        .await;
    assert_eq!(changed["status"]["observedGeneration"], 2);
}

#[tokio::test]
async fn a_status_that_is_right_is_not_written_again() {
    let world = World::new().await;
    world.labelled("quiet", &[]).await;
    world.cluster.apply(&flag("quiet", "chat", json!({}))).await.unwrap();
    let ready = |flag: &Value| condition(flag, "Ready").0 == "True";
    let first = world.flag_when(Some("quiet"), "chat", ready).await;

    // A flag that is made later has its status later.
    world.cluster.apply(&flag("quiet", "search", json!({}))).await.unwrap();
    world.flag_when(Some("quiet"), "search", ready).await;

    let second = world.flag_when(Some("quiet"), "chat", |_| true).await;
    assert_eq!(first["metadata"]["resourceVersion"], second["metadata"]["resourceVersion"]);
}

#[tokio::test]
async fn two_flags_for_one_feature_each_say_which_decides() {
    let world = World::new().await;
    world.labelled("two", &[("team", "two")]).await;
    world.cluster.apply(&flag("two", "chat", json!({"enabled": true}))).await.unwrap();
    let cluster = json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "ClusterFeatureFlag", "metadata": {"name": "stop-chat"},
        "spec": {"feature": "chat", "enabled": false, "namespaceSelector": {"matchLabels": {"team": "two"}}},
    });
    world.cluster.apply(&cluster).await.unwrap();

    let shared = |flag: &Value| condition(flag, "Accepted").1 == "SharedFeature";
    let own = world.flag_when(Some("two"), "chat", shared).await;
    let stricter = json!({"enabled": false, "reason": "StricterFlag", "by": "ClusterFeatureFlag/stop-chat"});
    assert_eq!(own["status"]["effective"], stricter);
    assert!(condition(&own, "Accepted").2.ends_with("ClusterFeatureFlag/stop-chat decides"));
    let other = world.flag_when(None, "stop-chat", shared).await;
    assert!(condition(&other, "Accepted").2.contains("FeatureFlag/chat says on"));
}

#[tokio::test]
async fn a_wrong_flag_gets_an_error_that_names_the_field() {
    let world = World::new().await;
    world.labelled("wrong", &[]).await;
    let refused = |manifest: Value| {
        let output = world.kubectl("alice", &["apply"], &manifest);
        assert!(!output.status.success(), "{manifest} was taken");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };

    let error = refused(flag("wrong", "status", json!({"whenDisabled": {"status": 500}})));
    assert!(error.contains("spec.whenDisabled.status") && error.contains("expected one of 400"), "{error}");
    let error = refused(flag("wrong", "unknown", json!({"enable": false})));
    assert!(error.contains("unknown field \"spec.enable\""), "{error}");
    let error = refused(flag("wrong", "glob", json!({"match": [{"models": ["gpt-?"]}]})));
    assert!(error.contains("spec.match[0].models") && error.contains("the only wildcard"), "{error}");
    // The schema cannot say this; the webhook does.
    let labels = json!({"match": [{"workload": {"matchLabels": {"not a key": "x"}}}]});
    let error = refused(flag("wrong", "labels", labels));
    assert!(error.contains("spec.match[0].workload.matchLabels"), "{error}");

    world.cluster.apply(&flag("wrong", "fixed", json!({"feature": "chat"}))).await.unwrap();
    let error = refused(flag("wrong", "fixed", json!({"feature": "search"})));
    assert!(error.contains("spec.feature cannot be changed"), "{error}");
}

#[tokio::test]
async fn a_dry_run_says_what_sql_counts_and_changes_nothing() {
    let world = World::new().await;
    world.labelled("tried", &[]).await;
    let call = |number: u64, workload: &str, user: &str| {
        json!({
            "id": id(number), "cluster": "default", "namespace": "tried", "workload": workload, "pod": "web-0", "feature": "chat",
            "user_id": user, "provider": "openai", "host": "api.openai.com", "model": "gpt-4o",
            "endpoint": "/v1/chat/completions", "outcome": "completed", "status": 200, "streamed": false,
            "tokens_used": 3, "input_tokens": 1, "output_tokens": 2, "cached_input_tokens": 0,
            "cache_write_tokens": 0, "reasoning_tokens": 0, "cost_usd": "0.250000000001",
            "usage_source": "provider", "created_at": jiff::Timestamp::now().to_string(), "metadata": {},
        })
    };
    world.write(&json!([call(1, "web", "ada"), call(2, "web", "bob"), call(3, "job", "ada")]));
    let counted = world.ask(
        "select count(*) || ' calls, ' || sum(cost_usd) || ' USD, from ' || count(distinct workload) || ' workloads, '
            || count(distinct user_id) || ' users'
         from provider_usage_logs where namespace = 'tried' and created_at > now() - interval '24 hours'",
    );
    let off = flag("tried", "chat", json!({"enabled": false}));

    let tried = world.kubectl("alice", &["apply", "--dry-run=server"], &off);

    let words = String::from_utf8_lossy(&tried.stderr);
    assert!(tried.status.success(), "{words}");
    assert_eq!(counted, "3 calls, 0.750000000003 USD, from 2 workloads, 2 users");
    assert!(
        words.contains(&format!("Warning: over the last 24 h this would have refused {counted}")),
        "{words}"
    );
    let known = world.kubectl("alice", &["get", "--output=name", "--ignore-not-found"], &off);
    assert_eq!(String::from_utf8_lossy(&known.stdout), "", "a dry run made a flag");
    assert_eq!(world.ask("select count(*) from flag_changes where namespace = 'tried'"), "0");

    let preview = world.preview(&off);
    assert_eq!(
        String::from_utf8_lossy(&preview.stdout),
        format!("FeatureFlag tried/chat: over the last 24 h this would have refused {counted}\n")
    );
    assert_eq!(String::from_utf8_lossy(&preview.stderr), "");

    let alert = json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert", "metadata": {"name": "many", "namespace": "tried"},
        "spec": {"scope": {"features": ["ch*"]}, "window": {"rolling": "10m"}, "thresholds": [{"metric": "Calls", "above": "1000"}]},
    });
    let told = format!("over the last 24 h this would not have fired; it counts {counted}");
    let preview = world.preview(&alert);
    assert_eq!(String::from_utf8_lossy(&preview.stdout), format!("UsageAlert tried/many: {told}\n"));
}

#[tokio::test]
async fn a_flag_that_is_really_applied_is_told_nothing_of_the_past() {
    let world = World::new().await;
    world.labelled("applied", &[]).await;
    let applied = world.kubectl("alice", &["apply"], &flag("applied", "chat", json!({"enabled": false})));
    assert!(applied.status.success());
    assert_eq!(String::from_utf8_lossy(&applied.stderr), "");
}

#[tokio::test]
async fn the_open_feature_operators_flags_live_beside_ours() {
    let world = World::new().await;
    world.labelled("beside", &[]).await;
    let definition = json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "featureflags.core.openfeature.dev"},
        "spec": {
            "group": "core.openfeature.dev", "scope": "Namespaced",
            "names": {"kind": "FeatureFlag", "plural": "featureflags", "singular": "featureflag", "shortNames": ["ff"]},
            "versions": [{"name": "v1beta1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                "type": "object", "x-kubernetes-preserve-unknown-fields": true,
            }}}],
        },
    });
    world.cluster.apply(&definition).await.unwrap();
    let theirs = json!({
        "apiVersion": "core.openfeature.dev/v1beta1", "kind": "FeatureFlag",
        "metadata": {"name": "chat", "namespace": "beside"},
        "spec": {"flagSpec": {"flags": {"chat": {"state": "DISABLED"}}}},
    });
    world.cluster.apply(&theirs).await.unwrap();
    world.cluster.apply(&flag("beside", "chat", json!({"enabled": false}))).await.unwrap();

    let ours = world.flag_when(Some("beside"), "chat", |flag| condition(flag, "Ready").0 == "True").await;
    assert_eq!(condition(&ours, "Accepted").1, "Valid");
    let listed_in =
        |state: &Option<Value>| state.as_ref().is_some_and(|state| !names(&state["flags"]).is_empty());
    let state = state(&world, "beside", listed_in).await.unwrap();
    assert_eq!(names(&state["flags"]), ["chat"]);
    let listed = world.kubectl("alice", &["get", "-o", "name"], &flag("beside", "chat", json!({})));
    assert_eq!(String::from_utf8_lossy(&listed.stdout), "featureflag.tollgate.dev/chat\n");
}

// --- the state for pods that start while no operator answers ---

/// What the namespace's ConfigMap says, once it says so; none where there is no ConfigMap.
async fn state(world: &World, namespace: &str, is: impl Fn(&Option<Value>) -> bool) -> Option<Value> {
    let maps = Api::<ConfigMap>::namespaced(world.cluster.client.clone(), namespace);
    until("tollgate-state", async || {
        let map = maps.get_opt("tollgate-state").await.unwrap();
        let state = map.map(|map| {
            let data = map.data.unwrap();
            assert!(data["ca.crt"].starts_with("-----BEGIN CERTIFICATE-----"));
            serde_json::from_str::<Value>(&data["state.json"]).unwrap()
        });
        if is(&state) { Ok(state) } else { Err(state) }
    })
    .await
}

#[tokio::test]
async fn a_labelled_namespace_has_its_state_in_a_config_map_and_an_unlabelled_one_has_not() {
    let world = World::new().await;
    world.labelled("kept", &[]).await;
    world.cluster.apply(&flag("kept", "chat", json!({"enabled": false}))).await.unwrap();

    let off =
        |state: &Option<Value>| state.as_ref().is_some_and(|state| state["flags"][0]["enabled"] == false);
    let kept = state(&world, "kept", off).await.unwrap();
    assert_eq!(kept["namespace"], "kept");

    world.cluster.namespace("kept", &[]).await.unwrap();
    state(&world, "kept", Option::is_none).await;
}

#[tokio::test]
async fn a_config_map_that_somebody_takes_away_comes_back() {
    let world = World::new().await;
    world.labelled("taken", &[]).await;
    state(&world, "taken", Option::is_some).await;
    let maps = Api::<ConfigMap>::namespaced(world.cluster.client.clone(), "taken");

    maps.delete("tollgate-state", &Default::default()).await.unwrap();

    state(&world, "taken", Option::is_some).await;
}
