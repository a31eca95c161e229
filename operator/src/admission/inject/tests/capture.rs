//! How calls come to the sidecar, where it is not by base URLs.

use super::*;

fn asking(mode: &str, pod: Value) -> Value {
    with(pod, "/metadata/annotations", json!({ CAPTURE: mode }))
}

fn values(container: &Value) -> BTreeMap<&str, &str> {
    let variables = container["env"].as_array().into_iter().flatten();
    variables.map(|it| (it["name"].as_str().unwrap(), it["value"].as_str().unwrap())).collect()
}

fn hosts_of(pod: &Value, ip: &str) -> Vec<String> {
    let aliases = pod["spec"]["hostAliases"].as_array().unwrap();
    let mut of_ip = aliases.iter().filter(|alias| alias["ip"] == ip);
    let names = of_ip.next().unwrap()["hostnames"].clone();
    assert_eq!(of_ip.next(), None, "one entry an address");
    serde_json::from_value(names).unwrap()
}

#[test]
fn by_hosts_the_providers_names_lead_to_a_sidecar_that_listens_on_443() {
    let pod = injected(&asking("hosts", small()));
    for ip in ["127.0.0.1", "::1"] {
        for provider in tollgate_meter::Provider::ALL {
            assert!(hosts_of(&pod, ip).contains(&provider.host().to_owned()), "{ip} {provider}");
        }
    }
    let sysctl = json!([{ "name": "net.ipv4.ip_unprivileged_port_start", "value": "0" }]);
    assert_eq!(pod["spec"]["securityContext"]["sysctls"], sysctl);
    assert_eq!(config(&pod)["listen"]["hosts"], json!(["127.0.0.1:443", "[::1]:443"]));
    assert_eq!(config(&pod)["tls"], json!({ "bundle": "/var/run/tollgate/trust" }));
    assert_eq!(pod["metadata"]["annotations"][CAPTURED], "hosts");
}

#[test]
fn apps_read_the_certificates_and_only_the_sidecar_writes_them() {
    let init = json!([{ "name": "migrate", "image": "app:1" }]);
    let pod = injected(&asking("hosts", with(small(), "/spec/initContainers", init)));
    let trust = |container: &Value| {
        let mounts = container["volumeMounts"].as_array().unwrap();
        mounts.iter().find(|mount| mount["name"] == "tollgate-trust").unwrap()["readOnly"].clone()
    };
    assert_eq!(trust(&pod["spec"]["initContainers"][0]), Value::Null);
    for app in [&pod["spec"]["initContainers"][1], &pod["spec"]["containers"][0]] {
        assert_eq!(trust(app), true);
        let values = values(app);
        assert_eq!(values["SSL_CERT_FILE"], "/var/run/tollgate/trust/bundle.pem");
        assert_eq!(values["NODE_EXTRA_CA_CERTS"], "/var/run/tollgate/trust/ca.pem");
    }
}

#[test]
fn roots_that_a_container_names_itself_stay_and_are_named() {
    let env = json!([{ "name": "SSL_CERT_DIR", "value": "/certs" }, { "name": "NODE_EXTRA_CA_CERTS", "value": "/own" }]);
    let pod = asking("hosts", with(small(), "/spec/containers/0/env", env));
    let after = injected(&pod);
    let values = values(&after["spec"]["containers"][0]);
    assert_eq!(values["NODE_EXTRA_CA_CERTS"], "/own");
    assert!(!values.contains_key("SSL_CERT_FILE"), "it would take the place of the folder");
    let remarks = remarks(&pod);
    assert_eq!(remarks.len(), 2, "{remarks:?}");
    assert!(remarks[0].starts_with("container app sets SSL_CERT_DIR itself"), "{remarks:?}");
    assert!(remarks[1].starts_with("container app sets NODE_EXTRA_CA_CERTS itself"), "{remarks:?}");
}

#[test]
fn a_pods_own_aliases_stay_and_those_of_loopback_are_added_to() {
    let own = json!([
        { "ip": "10.0.0.5", "hostnames": ["api.openai.com"] },
        { "ip": "127.0.0.1", "hostnames": ["shop.local"] },
    ]);
    let pod = asking("hosts", with(small(), "/spec/hostAliases", own));
    let after = injected(&pod);
    let names = hosts_of(&after, "127.0.0.1");
    assert_eq!(names[0], "shop.local");
    assert!(names.contains(&"api.anthropic.com".to_owned()));
    for ip in ["127.0.0.1", "::1"] {
        assert!(!hosts_of(&after, ip).contains(&"api.openai.com".to_owned()), "{ip}");
    }
    assert_eq!(remarks(&pod).len(), 1);
}

#[test]
fn what_is_in_the_way_of_a_listener_leads_to_base_urls_and_is_said() {
    let listens = |port| with(small(), "/spec/containers/0/ports", json!([{ "containerPort": port }]));
    let sysctl = json!({ "sysctls": [{ "name": "net/ipv4/ip_unprivileged_port_start", "value": "1024" }] });
    let mount = json!([{ "name": "own", "mountPath": "/var/run/tollgate/trust/" }]);
    let table = [
        ("hosts", listens(443), "its container app listens on port 443, which the sidecar needs"),
        ("proxy", listens(7412), "its container app listens on port 7412, which the sidecar needs"),
        (
            "hosts",
            with(small(), "/spec/securityContext", sysctl),
            "its sysctl net.ipv4.ip_unprivileged_port_start is \"1024\", above 443",
        ),
        (
            "hosts",
            with(small(), "/spec/containers/0/volumeMounts", mount),
            "its container app mounts /var/run/tollgate/trust itself",
        ),
    ];
    for (mode, pod, why) in table {
        let pod = asking(mode, pod);
        let after = injected(&pod);
        assert_eq!(after["metadata"]["annotations"][CAPTURED], "base-url", "{why}");
        assert!(values(&after["spec"]["containers"][0]).contains_key("OPENAI_BASE_URL"), "{why}");
        assert_eq!(remarks(&pod), [format!("it cannot be captured by {mode}, and got base URLs: {why}")]);
    }
}

#[test]
fn by_proxy_both_cases_are_set_and_the_cluster_stays_direct() {
    let after = injected(&asking("proxy", small()));
    let values = values(&after["spec"]["containers"][0]);
    for name in ["HTTPS_PROXY", "https_proxy"] {
        assert_eq!(values[name], "http://127.0.0.1:7412");
    }
    assert!(!values.contains_key("HTTP_PROXY"), "plain HTTP is not ours");
    assert!(values["NO_PROXY"].contains(".svc") && values["NO_PROXY"] == values["no_proxy"]);
    assert_eq!(values["NODE_USE_ENV_PROXY"], "1");
    assert!(values["JAVA_TOOL_OPTIONS"].contains("-Dhttps.proxyPort=7412"));
    assert_eq!(config(&after)["listen"]["proxy"], "127.0.0.1:7412");
    assert_eq!(after["spec"].get("hostAliases"), None);
}

#[test]
fn a_proxy_of_the_containers_own_stays_and_is_named() {
    let env = json!([{ "name": "https_proxy", "value": "http://proxy.corp:3128" }]);
    let pod = asking("proxy", with(small(), "/spec/containers/0/env", env.clone()));
    assert_eq!(injected(&pod)["spec"]["containers"][0]["env"], env);
    assert!(remarks(&pod)[0].starts_with("container app sets https_proxy itself"));
}

#[test]
fn by_hosts_a_proxy_that_takes_the_providers_hosts_is_named_and_one_that_leaves_them_is_not() {
    let pod = |variable: &str, direct: &str| {
        let env = json!([
            { "name": variable, "value": "http://proxy.corp:3128" }, { "name": "no_proxy", "value": direct },
        ]);
        asking("hosts", with(small(), "/spec/containers/0/env", env))
    };
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let said = remarks(&pod(variable, "localhost,.svc,api.openai.com"));
        assert!(
            said[0].starts_with(&format!("container app sets {variable} itself: its calls go through")),
            "{said:?}"
        );
    }
    for direct in ["*", "openai.com, anthropic.com,*.googleapis.com,.x.ai,openrouter.ai"] {
        assert_eq!(remarks(&pod("HTTPS_PROXY", direct)), Vec::<String>::new(), "{direct}");
    }
    let plain = remarks(&pod("HTTP_PROXY", ""));
    assert_eq!(plain, Vec::<String>::new(), "no provider is called by plain HTTP");
}

#[test]
fn base_urls_are_put_in_only_where_no_proxy_would_be_asked_for_the_sidecar() {
    let pod = |direct: &str| {
        let env = json!([
            { "name": "http_proxy", "value": "http://proxy.corp:3128" }, { "name": "NO_PROXY", "value": direct },
        ]);
        asking("base-url", with(small(), "/spec/containers/0/env", env))
    };
    let broken = pod(".svc");
    assert!(!values(&injected(&broken)["spec"]["containers"][0]).contains_key("OPENAI_BASE_URL"));
    assert!(remarks(&broken)[0].ends_with("To meter it, add 127.0.0.1 to its NO_PROXY"));
    for direct in ["localhost,127.0.0.1", "127.0.0.0/8"] {
        let pod = injected(&pod(direct));
        assert!(values(&pod["spec"]["containers"][0]).contains_key("OPENAI_BASE_URL"), "{direct}");
    }
}

#[test]
fn the_pods_word_goes_before_the_namespaces_and_that_before_the_installations() {
    let mode = |pod: &Value, namespace: Option<&str>| {
        let mut shop = shop();
        shop.annotations.extend(namespace.map(|mode| (CAPTURE.to_owned(), mode.to_owned())));
        let mut settings = settings();
        settings.sidecar.capture = Capture::Proxy;
        let after = apply(pod, &plan(inject(&read(pod), &shop, &settings, &Now::default())));
        after["metadata"]["annotations"][CAPTURED].as_str().unwrap().to_owned()
    };
    assert_eq!(mode(&small(), None), "proxy");
    assert_eq!(mode(&small(), Some("hosts")), "hosts");
    assert_eq!(mode(&asking("base-url", small()), Some("hosts")), "base-url");
}

#[test]
fn a_sidecar_keeps_the_way_it_was_made_for() {
    let mut pod = injected(&asking("hosts", small()));
    let late = json!({ "name": "late", "image": "late:1", "ports": [{ "containerPort": 443 }] });
    pod["spec"]["containers"].as_array_mut().unwrap().push(late);
    let after = injected(&pod);
    assert_eq!(after["metadata"]["annotations"][CAPTURED], "hosts");
    assert!(values(&after["spec"]["containers"][1]).contains_key("SSL_CERT_FILE"));
    assert_eq!(injected(&after), after);
}

fn with_env_from(source: Value) -> Value {
    with(small(), "/spec/containers/0/envFrom", json!([source]))
}

#[test]
fn beside_env_from_the_certificates_are_named_all_the_same_and_the_pod_says_what_that_may_cost() {
    let pod = asking("hosts", with_env_from(json!({ "secretRef": { "name": "keys" } })));
    let after = injected(&pod);
    assert_eq!(
        values(&after["spec"]["containers"][0])["SSL_CERT_FILE"],
        "/var/run/tollgate/trust/bundle.pem"
    );
    let said = remarks(&pod);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("container app has envFrom, which may say whom it trusts"), "{said:?}");
}

#[test]
fn a_prefix_that_leaves_no_room_for_such_a_variable_is_nothing_to_speak_of() {
    let pod = asking("hosts", with_env_from(json!({ "prefix": "APP_", "secretRef": { "name": "keys" } })));
    assert!(values(&injected(&pod)["spec"]["containers"][0]).contains_key("JAVA_TOOL_OPTIONS"));
    assert_eq!(remarks(&pod), Vec::<String>::new());
}

#[test]
fn what_an_app_tells_its_jvm_stays_and_ours_stands_in_the_other_variable() {
    let tool = |value: &str| {
        let env = json!([{ "name": "JAVA_TOOL_OPTIONS", "value": value }]);
        asking("hosts", with(small(), "/spec/containers/0/env", env))
    };
    let from = asking("hosts", with_env_from(json!({ "configMapRef": { "name": "jvm" } })));
    for pod in [tool("-Xmx512m"), from] {
        let after = injected(&pod);
        let values = values(&after["spec"]["containers"][0]);
        assert!(values["JDK_JAVA_OPTIONS"].contains("truststore.jks"), "{values:?}");
        assert!(
            !values.get("JAVA_TOOL_OPTIONS").is_some_and(|value| value.contains("truststore")),
            "{values:?}"
        );
        assert_eq!(injected(&after), after);
    }
    let own = tool("-Djavax.net.ssl.trustStore=/corp.jks");
    assert!(!values(&injected(&own)["spec"]["containers"][0]).contains_key("JDK_JAVA_OPTIONS"));
    assert!(remarks(&own)[0].starts_with("container app sets JAVA_TOOL_OPTIONS itself"));
}

#[test]
fn beside_env_from_no_proxy_is_set_unless_the_container_says_that_it_is_the_sidecar() {
    let pod = asking("proxy", with_env_from(json!({ "configMapRef": { "name": "corp" } })));
    assert_eq!(injected(&pod)["spec"]["containers"][0].get("env"), None);
    assert!(remarks(&pod)[0].starts_with("container app has envFrom, which may name a proxy"));
    let env = json!([{ "name": "HTTPS_PROXY", "value": "http://127.0.0.1:7412" }]);
    let told = injected(&with(pod, "/spec/containers/0/env", env));
    assert!(values(&told["spec"]["containers"][0]).contains_key("SSL_CERT_FILE"));
}

#[test]
fn a_base_url_that_leads_past_the_providers_hosts_is_named_in_every_mode() {
    let set = |url: &str| json!([{ "name": "OPENAI_BASE_URL", "value": url }]);
    for mode in ["hosts", "proxy", "base-url"] {
        let pod = |url| asking(mode, with(small(), "/spec/containers/0/env", set(url)));
        let said = remarks(&pod("https://gateway.example.com/v1"));
        assert_eq!(said.len(), 1, "{mode}: {said:?}");
        assert!(said[0].starts_with("container app sets OPENAI_BASE_URL itself"), "{mode}: {said:?}");
        assert_eq!(remarks(&pod("http://127.0.0.1:7411/openai/v1")), Vec::<String>::new(), "{mode}");
    }
    let regional =
        asking("hosts", with(small(), "/spec/containers/0/env", set("https://eu.api.openai.com/v1")));
    assert_eq!(remarks(&regional), Vec::<String>::new());
}

#[test]
fn a_port_that_only_a_probe_names_is_listened_on_too() {
    let probe = json!({ "httpGet": { "port": 443, "scheme": "HTTPS" } });
    let pod = asking("hosts", with(small(), "/spec/containers/0/readinessProbe", probe));
    assert_eq!(injected(&pod)["metadata"]["annotations"][CAPTURED], "base-url");
}
