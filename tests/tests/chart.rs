//! The chart as Helm renders it, and as an apiserver takes it.

use std::{collections::BTreeSet, fs};

use serde_json::{Value, json};
use tollgate_tests::harness::{chart, installation::NAMESPACE, programs};

/// Values that people have, from the least to everything.
fn installations() -> Vec<Value> {
    let with = |more: Value| {
        let mut values = chart::least();
        for (key, value) in more.as_object().expect("values") {
            values[key] = value.clone();
        }
        values
    };
    let password = json!({"enabled": true, "password": PASSWORD});
    vec![
        chart::least(),
        with(json!({"postgres": password})),
        with(json!({
            "postgres": {"enabled": true, "password": PASSWORD, "runAsUser": null, "storage": {"enabled": false}},
            "operator": {"runAsUser": null, "replicas": 1},
        })),
        with(json!({
            "cluster": "eu-1",
            "database": {
                "url": DATABASE, "sidecarUrl": SIDECARS_DATABASE, "consoleUrl": CONSOLES_DATABASE,
                "caConfigMap": "db-ca", "retentionDays": 90,
            },
            "console": {
                "enabled": true, "replicas": 2, "externalUrl": "https://tollgate.example.com", "hosts": ["tollgate.internal"],
                "ingress": {"enabled": true, "className": "nginx", "tlsSecret": "tollgate-example-com"},
            },
            "attribution": {"baggage": false, "users": "Hashed"},
            "providers": {"openai": {"upstream": "https://gateway.example/openai"}},
            "prices": "openai:\n  discount: \"15%\"\n",
            "extraCAs": {"configMap": "corp-ca"},
        })),
        with(json!({
            "image": {
                "registry": "registry.example/platform/",
                "operator": {"digest": DIGEST}, "sidecar": {"digest": DIGEST},
                "pullSecrets": [{"name": "registry"}],
            },
            "database": {"existingSecret": "db"},
            "console": {
                "enabled": true, "tls": {"existingSecret": "console-tls"}, "runAsUser": null,
                "externalUrl": "https://tollgate.example.com",
                "oidc": {
                    "issuerUrl": "https://accounts.example.com", "clientSecret": "console-oidc", "caConfigMap": "corp-ca",
                    "impersonationPrefix": "oidc:",
                },
            },
            "certificates": {"certManager": {"enabled": true, "issuerRef": {"name": "internal", "kind": "ClusterIssuer"}}},
            "metrics": {"podMonitor": {"enabled": true}, "prometheusRule": {"enabled": true}, "configMap": false},
            "webhook": {"namespaceSelector": [{"key": "team", "operator": "Exists"}]},
            "operator": {
                "priorityClassName": "high", "nodeSelector": {"pool": "infra"}, "podLabels": {"team": "platform"},
                "tolerations": [{"key": "infra", "operator": "Exists"}],
            },
            "dashboards": {"namespace": "grafana"},
            "injection": {"via": "policy"},
        })),
        with(json!({
            "strict": {"enabled": false}, "crds": {"enabled": false}, "rbac": {"aggregate": false},
            "dashboards": {"enabled": false}, "sidecar": {"enabled": false},
            "certificates": {"existingSecret": "our-cert"},
        })),
    ]
}

const PASSWORD: &str = "correct-horse-battery";
const DATABASE: &str = "postgres://tollgate:s3cret-owner@db.example:5432/tollgate";
const SIDECARS_DATABASE: &str = "postgres://tollgate_sidecar:s3cret-sidecars@db.example:6432/tollgate";
const CONSOLES_DATABASE: &str = "postgres://tollgate_console:s3cret-console@db.example:6432/tollgate";
const DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

#[test]
fn helm_finds_nothing_wrong() {
    for values in installations() {
        chart::lint(&values).unwrap_or_else(|error| panic!("{values}: {error:#}"));
    }
}

#[test]
fn rendering_twice_is_equal() {
    for values in installations() {
        let once = chart::text(&values).expect("rendered");
        assert_eq!(once, chart::text(&values).expect("rendered again"));
    }
}

#[test]
fn no_two_manifests_have_the_same_name() {
    for values in installations() {
        let mut seen = BTreeSet::new();
        for manifest in chart::render(&values).expect("rendered") {
            let name = format!("{} {}", manifest["kind"], manifest["metadata"]["name"]);
            assert!(seen.insert(name.clone()), "{name} twice");
        }
    }
}

#[test]
fn values_that_nothing_reads_are_refused_by_name() {
    let mut values = chart::least();
    values["sidecar"] = json!({"resource": {}});
    let said = chart::refusal(&values).expect("a refusal");
    assert!(said.contains("resource"), "{said}");
}

/// Helm takes null for "there is no such value", also of a table that the chart looks into.
#[test]
fn a_table_that_was_taken_away_is_asked_for_by_name_or_not_missed() {
    fn tables(path: &[&str], value: &Value, found: &mut Vec<Vec<String>>) {
        for (name, value) in value.as_object().into_iter().flatten().filter(|(_, value)| value.is_object()) {
            let path = [path, &[name.as_str()]].concat();
            found.push(path.iter().map(|&name| name.to_owned()).collect());
            tables(&path, value, found);
        }
    }
    let page = fs::read_to_string(chart::folder().join("values.yaml")).expect("values.yaml");
    let mut all = Vec::new();
    tables(&[], &chart::read(&page).expect("YAML")[0], &mut all);
    assert!(all.len() > 40, "{all:?}");
    let everything = installations().swap_remove(4);
    for path in all {
        let mut values = everything.clone();
        let (last, before) = path.split_last().expect("a name");
        let table = before.iter().fold(&mut values, |table, name| &mut table[name.as_str()]);
        table[last.as_str()] = Value::Null;
        if let Err(error) = chart::text(&values) {
            let said = error.to_string();
            assert!(said.contains(last.as_str()) && !said.contains("executing \""), "{path:?}: {said}");
        }
    }
}

#[test]
fn what_must_be_given_is_asked_for_with_an_example() {
    let said = chart::refusal(&json!({})).expect("a refusal");
    assert!(
        said.contains("image.registry: say where you pushed the two images, for example --set"),
        "{said}"
    );
    let mut values = chart::least();
    values["postgres"] = json!({"enabled": true});
    let said = chart::refusal(&values).expect("a refusal");
    assert!(said.contains("postgres.password: give the trial Postgres one, for example --set"), "{said}");
    values["postgres"] = json!({"enabled": true, "password": "short"});
    let said = chart::refusal(&values).expect("a refusal");
    assert!(said.contains("/postgres/password"), "{said}");
}

#[test]
fn every_value_of_the_page_is_in_the_schema_and_the_other_way_round() {
    let read = |file: &str| fs::read_to_string(chart::folder().join(file)).expect("a file of the chart");
    let page = chart::read(&read("values.yaml")).expect("YAML").remove(0);
    let schema: Value = serde_json::from_str(&read("values.schema.json")).expect("JSON");
    let mut open = vec![(String::new(), &page, &schema)];
    while let Some((path, page, schema)) = open.pop() {
        let (Some(page), Some(known)) = (page.as_object(), schema["properties"].as_object()) else {
            continue;
        };
        assert_eq!(schema["additionalProperties"], false, "{path}");
        // free for Helm, for whoever has none, and for parts that are absent where they are empty
        let optional = ["global", "limits", "requests", "ephemeral-storage", "cpu"];
        for (key, value) in page {
            let property = known.get(key).unwrap_or_else(|| panic!("the schema lacks {path}.{key}"));
            open.push((format!("{path}.{key}"), value, property));
        }
        for key in known.keys().filter(|key| !page.is_empty() && !optional.contains(&key.as_str())) {
            assert!(page.contains_key(key), "values.yaml lacks {path}.{key}");
        }
    }
}

#[test]
fn what_opens_the_database_stands_in_secrets_only() {
    for values in installations() {
        for manifest in chart::render(&values).expect("rendered") {
            let text = manifest.to_string();
            let tells = [PASSWORD, "s3cret"].iter().any(|secret| text.contains(secret));
            assert!(
                !tells || manifest["kind"] == "Secret",
                "{} {}",
                manifest["kind"],
                manifest["metadata"]["name"]
            );
        }
    }
}

#[test]
fn sidecars_are_not_told_the_password_of_the_trial_postgres() {
    let mut values = chart::least();
    values["postgres"] = json!({"enabled": true, "password": PASSWORD});
    let manifests = chart::render(&values).expect("rendered");
    let secret = chart::find(&manifests, "Secret", "tollgate-database").expect("the Secret");
    let url = |key: &str| secret["stringData"][key].as_str().expect("a URL").to_owned();
    assert_eq!(
        url("url"),
        format!("postgres://postgres:{PASSWORD}@tollgate-postgres.tollgate-system.svc:5432/tollgate")
    );
    assert!(url("sidecar-url").starts_with("postgres://tollgate_sidecar:"));
    assert!(url("console-url").starts_with("postgres://tollgate_console:"));
    let password = |key: &str| {
        let url = url(key);
        url.split_once('@').and_then(|(before, _)| before.rsplit_once(':')).expect("a password").1.to_owned()
    };
    assert_ne!(password("sidecar-url"), password("console-url"));
    for key in ["sidecar-url", "console-url"] {
        assert!(!url(key).contains(PASSWORD), "{key}");
    }
}

#[test]
fn there_is_no_console_unless_it_is_asked_for_and_it_never_gets_the_owners_database() {
    let manifests = chart::render(&chart::least()).expect("rendered");
    assert!(chart::find(&manifests, "Deployment", "tollgate-console").is_err());
    assert!(chart::find(&manifests, "ClusterRole", "tollgate-console").is_err());
    let manifests = chart::render(&installations()[3]).expect("rendered");
    let deployment = chart::find(&manifests, "Deployment", "tollgate-console").expect("rendered");
    let container = &deployment["spec"]["template"]["spec"]["containers"][0];
    let keys: Vec<&Value> = container["env"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|variable| variable.pointer("/valueFrom/secretKeyRef/key"))
        .collect();
    assert_eq!(keys, [&json!("console-url")]);
    assert_eq!(deployment["spec"]["template"]["spec"]["serviceAccountName"], "tollgate-console");
}

#[test]
fn the_console_may_impersonate_only_where_that_was_asked_for() {
    let impersonates = |values: &Value| {
        let manifests = chart::render(values).expect("rendered");
        let role = chart::find(&manifests, "ClusterRole", "tollgate-console").expect("rendered");
        role["rules"].to_string().contains("impersonate")
    };
    assert!(!impersonates(&installations()[3]));
    assert!(impersonates(&installations()[4]));
    for prefix in ["system:", "sys"] {
        let mut values = installations()[4].clone();
        values["console"]["oidc"]["impersonationPrefix"] = json!(prefix);
        let said = chart::refusal(&values).expect("a refusal");
        assert!(said.contains("impersonationPrefix"), "{said}");
    }
}

#[test]
fn what_a_program_is_told_is_a_text_whatever_it_holds() {
    let mut odd = installations()[4].clone();
    odd["cluster"] = json!("eu: #1");
    odd["database"] = json!({"existingSecret": "123", "urlKey": "on"});
    for values in installations().iter().chain([&odd]) {
        for manifest in chart::render(values).expect("rendered") {
            let containers = manifest["spec"]["template"]["spec"]["containers"].as_array();
            for container in containers.into_iter().flatten() {
                for argument in container["args"].as_array().into_iter().flatten() {
                    assert!(argument.is_string(), "{}: {argument}", container["name"]);
                }
                for variable in container["env"].as_array().into_iter().flatten() {
                    let secret = &variable["valueFrom"]["secretKeyRef"];
                    assert!(
                        secret.is_null() || secret["name"].is_string() && secret["key"].is_string(),
                        "{secret}"
                    );
                }
            }
        }
    }
    let manifests = chart::render(&odd).expect("rendered");
    for name in ["tollgate-operator", "tollgate-console"] {
        let deployment = chart::find(&manifests, "Deployment", name).expect("rendered");
        let told = deployment["spec"]["template"]["spec"]["containers"][0]["args"].as_array();
        assert!(told.is_some_and(|told| told.contains(&json!("--cluster=eu: #1"))), "{told:?}");
    }
}

#[test]
fn the_ingress_of_the_console_has_the_host_of_its_external_url() {
    let manifests = chart::render(&installations()[3]).expect("rendered");
    let ingress = chart::find(&manifests, "Ingress", "tollgate-console").expect("rendered");
    assert_eq!(ingress["spec"]["rules"][0]["host"], "tollgate.example.com");
    assert_eq!(ingress["spec"]["tls"][0]["hosts"], json!(["tollgate.example.com"]));
    let mut values = chart::least();
    values["console"] = json!({"enabled": true, "ingress": {"enabled": true}});
    let said = chart::refusal(&values).expect("a refusal");
    assert!(
        said.contains("console.externalUrl: where people reach the console, for example https://"),
        "{said}"
    );
}

#[test]
fn the_chart_brings_the_definitions_of_the_api_and_helm_keeps_them() {
    let manifests = chart::render(&chart::least()).expect("rendered");
    for name in ["featureflags", "clusterfeatureflags", "usagealerts", "clusterusagealerts"] {
        let read = |path: std::path::PathBuf| {
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}", path.display()))
        };
        let ours = read(programs::root().join(format!("crds/{name}.yaml")));
        let charts = read(chart::folder().join(format!("files/crds/{name}.yaml")));
        assert!(
            ours == charts,
            "charts/tollgate/files/crds/{name}.yaml: cargo run -p tollgate-crds --example crdgen"
        );
        let rendered = chart::find(&manifests, "CustomResourceDefinition", &format!("{name}.tollgate.dev"))
            .expect("rendered");
        assert_eq!(rendered["metadata"]["annotations"]["helm.sh/resource-policy"], "keep");
        assert_eq!(rendered["spec"], chart::read(&ours).expect("YAML").remove(0)["spec"]);
    }
}

#[test]
fn nothing_hangs_an_installation_or_its_end() {
    for values in installations() {
        let text = chart::text(&values).expect("rendered");
        assert!(!text.contains("helm.sh/hook"), "a hook that fails blocks an uninstall");
        assert!(!text.contains("finalizers:\n"), "a finalizer outlives whoever would take it away");
    }
}

#[test]
fn no_webhook_can_keep_a_pod_or_a_flag_waiting() {
    for values in installations() {
        for manifest in chart::render(&values).expect("rendered") {
            for webhook in manifest["webhooks"].as_array().into_iter().flatten() {
                assert_eq!(webhook["failurePolicy"], "Ignore", "{}", webhook["name"]);
                assert!(webhook["timeoutSeconds"].as_u64().is_some_and(|seconds| seconds <= 5));
            }
        }
    }
}

#[test]
fn no_label_of_a_namespace_brings_sidecars_into_the_clusters_own_or_ours() {
    let manifests = chart::render(&chart::least()).expect("rendered");
    let webhooks =
        &chart::find(&manifests, "MutatingWebhookConfiguration", "tollgate").expect("rendered")["webhooks"];
    let strict =
        chart::find(&manifests, "ValidatingAdmissionPolicyBinding", "tollgate-strict").expect("rendered");
    for selector in
        [&webhooks[0]["namespaceSelector"], &strict["spec"]["matchResources"]["namespaceSelector"]]
    {
        let never = json!({
            "key": "kubernetes.io/metadata.name", "operator": "NotIn",
            "values": ["kube-system", "kube-public", "kube-node-lease", NAMESPACE],
        });
        assert!(
            selector["matchExpressions"].as_array().is_some_and(|all| all.contains(&never)),
            "{selector}"
        );
    }
}

#[test]
fn a_tag_or_a_digest_names_both_images() {
    let arguments = |values: &Value| {
        let manifests = chart::render(values).expect("rendered");
        let deployment = chart::find(&manifests, "Deployment", "tollgate-operator").expect("rendered");
        let container = &deployment["spec"]["template"]["spec"]["containers"][0];
        (container["image"].clone(), container["args"].to_string())
    };
    let (image, args) = arguments(&chart::least());
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(image, format!("registry.example/platform/tollgate:{version}"));
    assert!(
        args.contains(&format!("--sidecar-image=registry.example/platform/tollgate-sidecar:{version}\"")),
        "{args}"
    );
    let (image, args) = arguments(&installations()[4]);
    assert_eq!(image, format!("registry.example/platform/tollgate@{DIGEST}"));
    assert!(
        args.contains(&format!("--sidecar-image=registry.example/platform/tollgate-sidecar@{DIGEST}")),
        "{args}"
    );
}

#[test]
fn a_replica_goes_only_when_its_successor_is_ready_and_has_time_to_hand_over() {
    let manifests = chart::render(&chart::least()).expect("rendered");
    let deployment = chart::find(&manifests, "Deployment", "tollgate-operator").expect("rendered");
    assert_eq!(deployment["spec"]["replicas"], 2);
    assert_eq!(deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"], 0);
    let grace = &deployment["spec"]["template"]["spec"]["terminationGracePeriodSeconds"];
    assert!(grace.as_u64().is_some_and(|seconds| seconds >= 15));
    chart::find(&manifests, "PodDisruptionBudget", "tollgate-operator").expect("a budget");
}

#[test]
fn by_policy_the_apiserver_asks_nobody_about_pods_and_the_operator_may_keep_that_one_template() {
    let mut values = chart::least();
    values["injection"] = json!({"via": "policy"});
    let manifests = chart::render(&values).expect("rendered");

    let webhooks = chart::find(&manifests, "MutatingWebhookConfiguration", "tollgate").expect("rendered");
    let mut webhooks = webhooks["webhooks"].as_array().expect("webhooks").iter();
    let of_pods = webhooks.find(|webhook| webhook["name"] == "pods.tollgate.dev").expect("the webhook");
    assert_eq!(of_pods["rules"], json!([]));
    let policy = chart::find(&manifests, "MutatingAdmissionPolicy", "tollgate-injection").expect("rendered");
    assert_eq!(policy["spec"]["failurePolicy"], "Ignore");
    let role = chart::find(&manifests, "Role", "tollgate-operator").expect("rendered");
    let rules = role["rules"].as_array().expect("rules").iter();
    let mut of_templates = rules.filter(|rule| rule["resources"] == json!(["podtemplates"]));
    assert_eq!(of_templates.next().expect("a rule")["resourceNames"], json!(["tollgate-injection"]));
    assert_eq!(of_templates.next(), None);
}
