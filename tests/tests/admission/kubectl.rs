//! `kubectl tollgate`, as kubectl runs it: what somebody sees before a switch, what is written in whose name, and what is left to
//! whoever keeps a flag in git.

use std::process::Output;

use serde_json::{Value, json};

use super::{
    id,
    world::{World, flag},
};

const ADMINS: &[&str] = &["system:masters"];

/// What a command printed that ended well.
fn good(output: &Output) -> String {
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{errors}");
    out.into_owned()
}

/// What it said against it.
fn refused(output: &Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json_of(output: &Output) -> Value {
    let text = good(output);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn call(number: u64, namespace: &str, feature: &str) -> Value {
    json!({
        "id": id(number), "cluster": "default", "namespace": namespace, "workload": "web", "feature": feature, "user_id": "ada",
        "provider": "openai", "host": "api.openai.com", "model": "gpt-5", "endpoint": "/v1/chat/completions",
        "outcome": "completed", "status": 200, "streamed": false, "tokens_used": 15, "input_tokens": 10,
        "output_tokens": 5, "cached_input_tokens": 0, "cache_write_tokens": 0, "reasoning_tokens": 0, "cost_usd": "0.25",
        "usage_source": "provider", "created_at": jiff::Timestamp::now().to_string(), "metadata": {},
    })
}

#[tokio::test]
async fn a_feature_is_turned_off_with_a_look_before_and_the_audit_has_the_persons_name() {
    let world = World::new().await;
    world.labelled("kubectl-off", &[]).await;
    world.write(&json!([call(101, "kubectl-off", "chat"), call(102, "kubectl-off", "chat")]));

    let off = ["off", "chat", "-n", "kubectl-off", "--reason", "too dear", "--yes", "-o", "json"];
    let said = json_of(&world.tollgate("ada", ADMINS, &off));

    assert_eq!(said["flag"], "FeatureFlag kubectl-off/chat");
    assert_eq!((&said["applied"], &said["in_force"]), (&json!(true), &json!(true)), "{said}");
    let preview = said["preview"][0].as_str().unwrap();
    assert!(preview.contains("would have refused 2 calls, 0.50 USD, from 1 workload, 1 user"), "{preview}");
    let flag = world.flag_when(Some("kubectl-off"), "chat", |_| true).await;
    assert_eq!(flag["spec"], json!({"enabled": false}));

    let on = ["on", "chat", "-n", "kubectl-off", "--reason", "it was a mistake", "--yes"];
    let said = good(&world.tollgate("bob", ADMINS, &on));
    assert!(said.contains("FeatureFlag kubectl-off/chat: on"), "{said}");
    let flag = world.flag_when(Some("kubectl-off"), "chat", |_| true).await;
    assert_eq!(flag["spec"]["enabled"], true);

    let audit = tollgate_tests::harness::wait::eventually("both changes in the audit", || {
        let audit = good(&world.tollgate("ada", ADMINS, &["audit", "chat", "-n", "kubectl-off"]));
        if audit.lines().count() == 2 { Ok(audit) } else { Err(audit) }
    });
    let lines: Vec<&str> = audit.lines().collect();
    assert!(lines[0].ends_with("turned on by bob via tollgate-kubectl: it was a mistake"), "{audit}");
    assert!(lines[1].ends_with("turned off by ada via tollgate-kubectl: too dear"), "{audit}");
}

#[tokio::test]
async fn a_look_changes_nothing_and_nobody_who_is_not_there_agrees() {
    let world = World::new().await;
    world.labelled("kubectl-look", &[]).await;
    world.cluster.apply(&flag("kubectl-look", "chat", json!({"enabled": true}))).await.unwrap();
    let off = ["off", "chat", "-n", "kubectl-look", "--reason", "too dear"];

    let looked = good(&world.tollgate("ada", ADMINS, &[&off[..], &["--dry-run"]].concat()));
    assert!(looked.contains("FeatureFlag kubectl-look/chat: off\n  over the last 24 h"), "{looked}");
    let asked = refused(&world.tollgate("ada", ADMINS, &off));
    assert!(asked.contains("nobody is there to ask: say --yes"), "{asked}");

    let flag = world.flag_when(Some("kubectl-look"), "chat", |_| true).await;
    assert_eq!(flag["spec"]["enabled"], true);
}

#[tokio::test]
async fn what_flux_keeps_is_overridden_for_a_time_and_never_fought() {
    let world = World::new().await;
    world.labelled("kubectl-flux", &[]).await;
    let mut kept = flag("kubectl-flux", "chat", json!({"enabled": true}));
    kept["metadata"]["labels"] = json!({
        "kustomize.toolkit.fluxcd.io/name": "apps", "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
    });
    world.cluster.apply(&kept).await.unwrap();
    let off = ["off", "chat", "-n", "kubectl-flux", "--reason", "too dear", "--yes"];

    let said = refused(&world.tollgate("ada", ADMINS, &off));
    assert!(said.contains("is kept by Flux's Kustomization flux-system/apps"), "{said}");
    assert!(said.contains("kubectl tollgate off chat -n kubectl-flux --for 2h"), "{said}");
    assert!(said.contains("spec:\n  enabled: false"), "{said}");

    good(&world.tollgate("ada", ADMINS, &[&off[..], &["--for", "2h"]].concat()));
    let overridden = world
        .flag_when(Some("kubectl-flux"), "chat", |flag| flag["status"]["effective"]["enabled"] == false)
        .await;
    assert_eq!(overridden["status"]["effective"]["reason"], "Override");
    assert_eq!(overridden["spec"], json!({"enabled": true}));

    // Flux's next sync: nothing of ours is in its way
    world.cluster.apply(&kept).await.unwrap();
    let synced = world.flag_when(Some("kubectl-flux"), "chat", |_| true).await;
    assert_eq!(synced["metadata"]["annotations"]["tollgate.dev/override"], "disabled");

    let on =
        ["on", "chat", "-n", "kubectl-flux", "--reason", "over", "--yes", "--until", "2099-01-01T00:00:00Z"];
    good(&world.tollgate("ada", ADMINS, &on));
    world
        .flag_when(Some("kubectl-flux"), "chat", |flag| flag["status"]["effective"]["enabled"] == true)
        .await;
}

#[tokio::test]
async fn who_may_not_is_told_which_role_would_let_them() {
    let world = World::new().await;
    world.labelled("kubectl-eve", &[]).await;
    let off = ["off", "chat", "-n", "kubectl-eve", "--reason", "fun", "--yes"];
    let said = refused(&world.tollgate("eve", &[], &off));
    assert!(said.contains("eve") && said.contains("tollgate"), "{said}");
    let flags = world.cluster.client.list_api_group_resources("tollgate.dev/v1alpha1").await;
    assert!(flags.is_ok());
    assert_eq!(world.ask("select count(*) from flag_changes where namespace = 'kubectl-eve'"), "0");
}

#[tokio::test]
async fn a_stricter_flag_is_named_where_it_goes_on_deciding() {
    let world = World::new().await;
    world.labelled("kubectl-strict", &[("strict", "yes")]).await;
    world
        .cluster
        .apply(&json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "ClusterFeatureFlag", "metadata": {"name": "kubectl-strict"},
            "spec": {"feature": "drawing", "enabled": false, "namespaceSelector": {"matchLabels": {"strict": "yes"}}},
        }))
        .await
        .unwrap();
    world.cluster.apply(&flag("kubectl-strict", "drawing", json!({"enabled": false}))).await.unwrap();

    let on = ["on", "drawing", "-n", "kubectl-strict", "--reason", "please", "--yes"];
    let output = world.tollgate("ada", ADMINS, &on);

    let (out, errors) = (String::from_utf8_lossy(&output.stdout), refused(&output));
    assert!(out.contains("off (StricterFlag by ClusterFeatureFlag/kubectl-strict)"), "{out}");
    assert!(errors.contains("is written, and does not hold everywhere"), "{errors}");
}

#[tokio::test]
async fn where_the_ledger_is_a_secret_can_say() {
    let world = World::new().await;
    world
        .cluster
        .apply(&json!({
            "apiVersion": "v1", "kind": "Secret",
            "metadata": {"name": "kubectl-reader", "namespace": "tollgate-system"},
            "stringData": {"url": world.ledger_url()},
        }))
        .await
        .unwrap();
    world.labelled("kubectl-secret", &[]).await;
    let mut unnamed = call(103, "kubectl-secret", "unattributed");
    unnamed["metadata"] = json!({"fingerprint": "fp-3f61c09b2ad4"});
    world.write(&json!([unnamed]));
    // without DATABASE_URL: an empty one would be none
    let asked = ["unattributed", "-n", "kubectl-secret", "-o", "json", "--database-secret", "kubectl-reader"];
    let group = json_of(&world.tollgate_without_ledger("ada", ADMINS, &asked));
    assert_eq!((&group["cost"], &group["calls"]), (&json!("0.25"), &json!(1)), "{group}");

    let nowhere = refused(&world.tollgate_without_ledger("ada", ADMINS, &["audit"]));
    assert!(nowhere.contains("--database-url or DATABASE_URL"), "{nowhere}");
    assert!(nowhere.contains("Secret tollgate-reader"), "{nowhere}");
}

#[tokio::test]
async fn a_status_names_what_is_missing_and_exits_with_1() {
    let world = World::new().await;
    world.labelled("kubectl-status", &[]).await;
    world
        .cluster
        .pod("kubectl-status", "bare", json!({"metadata": {"labels": {"app": "bare"}}}))
        .await
        .unwrap();

    let output = world.tollgate("ada", ADMINS, &["status", "-o", "json"]);

    assert_eq!(output.status.code(), Some(1));
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(status["working"], false);
    let check = |words: &str| {
        let checks = status["checks"].as_array().unwrap();
        let found = checks.iter().find(|check| check["said"].as_str().unwrap().contains(words));
        found.unwrap_or_else(|| panic!("{words}: {status:#}")).clone()
    };
    // of this cluster the kinds of flags were defined, and no others
    assert_eq!(check("does not know usagealerts, clusterusagealerts")["result"], "failed");
    assert_eq!(check("admission leads")["result"], "ok");
    assert_eq!(check("the webhooks are there")["result"], "ok");
    assert_eq!(check("the ledger answers")["room"], "ledger");

    let text = world.tollgate("ada", ADMINS, &["status"]);
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(
        text.contains("× the cluster does not know usagealerts, clusterusagealerts\n    the chart brings"),
        "{text}"
    );
}

#[tokio::test]
async fn who_may_see_little_is_told_what_would_show_more() {
    let world = World::new().await;
    let output = world.tollgate("eve", &[], &["status"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("? not known: which replica leads\n    you may not get leases"), "{text}");
}

#[tokio::test]
async fn kubectls_completion_is_given_features_that_have_a_flag() {
    let world = World::new().await;
    world.labelled("kubectl-complete", &[]).await;
    world.cluster.apply(&flag("kubectl-complete", "a", json!({"feature": "drawing"}))).await.unwrap();
    let said = world.tollgate("ada", ADMINS, &["-n", "kubectl-complete", "__complete", "off", "dra"]);
    assert_eq!(good(&said), "drawing\n:4\n");
}

#[tokio::test]
async fn what_calls_cost_is_shown_dearest_first_and_one_of_them_line_by_line() {
    let world = World::new().await;
    world.labelled("kubectl-top", &[]).await;
    let mut priced = call(104, "kubectl-top", "chat");
    priced["metadata"] = json!({"usage": {"input": 10, "output": 5}, "price": "2026-11-28"});
    let mut unpriced = call(105, "kubectl-top", "images");
    unpriced["cost_usd"] = Value::Null;
    unpriced["metadata"] = json!({"unpriced": "the model is not in the price book"});
    world.write(&json!([priced, unpriced]));

    // of yesterday, too: midnight may just have passed
    let top = ["top", "-n", "kubectl-top", "--range", "2d", "-o", "json"];
    let top = json_of(&world.tollgate("ada", ADMINS, &top));
    let first = &top["groups"][0];
    assert_eq!(first["key"], json!({"namespace": "kubectl-top", "feature": "chat"}), "{top}");
    assert_eq!((&first["figures"]["cost"], &first["figures"]["calls"]), (&json!("0.25"), &json!(1)), "{top}");
    assert_eq!(top["sum"]["unpriced_calls"], 1);
    let text =
        good(&world.tollgate("ada", ADMINS, &["top", "-n", "kubectl-top", "--range", "2d", "--by", "model"]));
    assert!(text.contains("1 calls have no price and are in no sum of money"), "{text}");

    let id = priced["id"].as_str().unwrap();
    let explained = json_of(&world.tollgate("ada", ADMINS, &["explain", id, "-o", "json"]));
    let lines = explained["lines"].as_array().unwrap();
    let units: Vec<&str> = lines.iter().map(|line| line["unit"].as_str().unwrap()).collect();
    assert_eq!(units, ["input", "output"], "{explained}");
    assert_eq!(explained["call"]["cost_usd"], "0.25");
    let id = unpriced["id"].as_str().unwrap();
    let text = good(&world.tollgate("ada", ADMINS, &["explain", id]));
    assert!(text.contains("no cost: the model is not in the price book"), "{text}");

    let none = refused(&world.tollgate("ada", ADMINS, &["explain", "chat"]));
    assert!(none.contains("\"chat\" is no call's id: expected one like"), "{none}");
}
