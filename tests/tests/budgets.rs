//! A limit holds: calls are paid from shares of it, over many pods and replicas, and are refused once it is spent.

use std::thread;

use serde_json::{Value, json};
use tollgate_tests::harness::{fleet::Fleet, http::Reply, sidecar::Sidecar, wait, world::chat};

/// gpt-4o-mini of the stand-in: 100 tokens in and 100 out cost 0.000075 USD.
const CALL: &str = "chunks=1 input=100 output=100";
const COST: u64 = 75;

fn alert(namespace: &str, name: &str, spec: Value) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert",
        "metadata": {"name": name, "namespace": namespace}, "spec": spec,
    })
}

/// So many millionths of a USD in a month, then off.
fn limit(micros: u64) -> Value {
    json!({
        "window": {"calendar": "Month"}, "limit": {"metric": "Cost", "amount": format!("0.{micros:06}")},
        "thresholds": [{"above": "100%", "action": "Disable"}],
    })
}

fn call(sidecar: &Sidecar) -> Reply {
    chat(json!({}), CALL).under("/openai").send(sidecar.base)
}

/// Calls until one is refused; how many were not, and the refusal.
fn until_refused(sidecar: &Sidecar, most: u64) -> (u64, Value) {
    for passed in 0..most {
        let reply = call(sidecar);
        match reply.status() {
            200 => {}
            403 => return (passed, serde_json::from_slice(&reply.body).expect("JSON")),
            other => panic!("{other}: {}", reply.text()),
        }
    }
    panic!("{most} calls were not enough");
}

/// Calls that passed because nobody answered in time: on a machine that has no time.
fn unsaid(sidecar: &Sidecar) -> u64 {
    sidecar.metrics().sum("tollgate_fail_open_total", &[("reason", "BudgetUnknown")])
}

/// Waits until so many pods have asked for a share: what they call from then on is paid from it.
fn have_shares(fleet: &Fleet, pods: usize) {
    wait::eventually("shares", || {
        let holders =
            fleet.ask("select count(*) from budget_holders where live").map_err(|error| error.to_string())?;
        if holders == pods.to_string() { Ok(()) } else { Err(holders) }
    });
}

#[test]
fn a_budget_lets_calls_pass_until_it_is_spent_and_says_which_it_is_and_until_when() {
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    fleet.apply(&alert("shop", "monthly", limit(20 * COST))).expect("applied");
    let pod = fleet.pod("shop", "chat").expect("a pod");
    have_shares(&fleet, 1);

    let (passed, refusal) = until_refused(&fleet.pods[pod].sidecar, 40);

    assert!((20..=20 + unsaid(&fleet.pods[pod].sidecar)).contains(&passed), "{passed}");
    let message = refusal["error"]["message"].as_str().expect("a message");
    assert!(message.contains("The feature \"chat\" is switched off at the moment."), "{message}");
    assert!(message.contains("The budget UsageAlert shop/monthly is spent until 20"), "{message}");
    let rows = wait::eventually("its row", || {
        let rows = fleet.ask("select metadata->>'budget' from provider_usage_logs where outcome = 'refused'");
        match rows {
            Ok(rows) if !rows.is_empty() => Ok(rows),
            other => Err(format!("{other:?}")),
        }
    });
    assert_eq!(rows, "UsageAlert shop/monthly");
}

#[test]
fn a_flag_says_that_a_budget_has_turned_its_feature_off() {
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    let flag = |name: &str| {
        json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
            "metadata": {"name": name, "namespace": "shop"}, "spec": {},
        })
    };
    fleet.apply(&flag("chat")).expect("applied");
    fleet.apply(&flag("search")).expect("applied");
    let mut each = limit(2 * COST);
    each["groupBy"] = json!(["Feature"]);
    fleet.apply(&alert("shop", "each", each)).expect("applied");
    let pod = fleet.pod("shop", "chat").expect("a pod");
    wait::eventually("a refusal", || match call(&fleet.pods[pod].sidecar).status() {
        403 => Ok(()),
        other => Err(other),
    });

    let effective = wait::eventually("the flag's status", || {
        let flag = fleet.get("featureflags", "shop", "chat").map_err(|error| error.to_string())?;
        let effective = flag["status"]["effective"].clone();
        if effective["reason"] == "Budget" { Ok(effective) } else { Err(effective.to_string()) }
    });
    assert_eq!(effective, json!({"enabled": false, "reason": "Budget", "by": "UsageAlert shop/each"}));
    let other = fleet.get("featureflags", "shop", "search").expect("a flag");
    assert_eq!(other["status"]["effective"]["enabled"], true);
    let used = fleet.operators[0].metrics();
    assert!(used.sum("tollgate_budget_used_ratio", &[("alert", "each")]) >= 1);
}

#[test]
fn pods_of_two_replicas_spend_one_limit_once_also_when_a_replica_dies() {
    let mut fleet = Fleet::start(2, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    fleet.apply(&alert("shop", "monthly", limit(400 * COST))).expect("applied");
    for _ in 0..4 {
        fleet.pod("shop", "chat").expect("a pod");
    }
    have_shares(&fleet, 4);

    let pods: Vec<_> = fleet.pods.iter().map(|pod| pod.sidecar.base).collect();
    let calling: Vec<_> = pods
        .into_iter()
        .map(|base| {
            thread::spawn(move || {
                let mut passed = 0;
                while chat(json!({}), CALL).under("/openai").send(base).status() == 200 {
                    passed += 1;
                }
                passed
            })
        })
        .collect();
    wait::eventually("half of it is spent", || {
        let spent = fleet.ask("select coalesce(sum(used), 0) >= 15000000000 from budget_holders");
        if matches!(spent.as_deref(), Ok("t")) { Ok(()) } else { Err(format!("{spent:?}")) }
    });
    fleet.operators[0].kill().expect("killed");
    let passed: u64 = calling.into_iter().map(|pod| pod.join().expect("a caller")).sum();

    // Who lost its replica asks the other. On a machine that has no time nobody may answer: those calls are counted, and said.
    let unsaid: u64 = fleet.pods.iter().map(|pod| unsaid(&pod.sidecar)).sum();
    // A hundredth may be left, and the first call of each pod is set aside for by its prompt alone.
    let first = fleet.pods.len() as u64;
    assert!((396..=400 + unsaid + first).contains(&passed), "{passed} passed, {unsaid} of them unsaid");
}

#[test]
fn of_nested_budgets_the_tightest_decides_and_each_user_has_a_limit_of_their_own() {
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    let mut each = limit(5 * COST);
    each["groupBy"] = json!(["User"]);
    fleet.apply(&alert("shop", "each-user", each)).expect("applied");
    let mut company = alert("shop", "company", limit(13 * COST));
    company["kind"] = json!("ClusterUsageAlert");
    company["metadata"] = json!({"name": "company"});
    fleet.apply(&company).expect("applied");
    fleet.tells_budgets("shop", 2).expect("told");
    let pod = fleet.pod("shop", "chat").expect("a pod");
    have_shares(&fleet, 1);
    let sidecar = &fleet.pods[pod].sidecar;

    let spend = |user: &str| {
        let mut passed = 0;
        loop {
            let reply = chat(json!({"user": user}), CALL).under("/openai").send(sidecar.base);
            match reply.status() {
                200 => passed += 1,
                403 => return (passed, reply.text()),
                other => panic!("{other}: {}", reply.text()),
            }
        }
    };
    let (ada, why) = spend("ada");
    assert!((5..=5 + unsaid(sidecar)).contains(&ada), "{ada}");
    assert!(why.contains("UsageAlert shop/each-user"), "{why}");
    let (bob, _) = spend("bob");
    assert!((5..=5 + unsaid(sidecar)).contains(&bob), "{bob}");
    let (eve, why) = spend("eve");
    assert!((13..=13 + unsaid(sidecar)).contains(&(ada + bob + eve)), "{ada}, {bob}, {eve}");
    assert!(why.contains("ClusterUsageAlert company"), "{why}");
}

#[test]
fn of_two_budgets_that_disagree_the_lower_refuses_and_when_somebody_resumes_it_the_other_holds() {
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    let strict = alert("shop", "strict", limit(3 * COST));
    fleet.apply(&strict).expect("applied");
    fleet.apply(&alert("shop", "lax", limit(6 * COST))).expect("applied");
    fleet.pod("shop", "chat").expect("a pod");
    have_shares(&fleet, 2);
    let sidecar = &fleet.pods[0].sidecar;
    let (passed, refusal) = until_refused(sidecar, 20);
    assert_eq!(passed, 3);
    assert!(refusal.to_string().contains("UsageAlert shop/strict is spent"), "{refusal}");

    let mut resumed = strict;
    resumed["metadata"]["annotations"] = json!({"tollgate.dev/resume": jiff::Timestamp::now().to_string()});
    fleet.apply(&resumed).expect("applied");
    wait::eventually("a call passes again", || match call(sidecar).status() {
        200 => Ok(()),
        status => Err(status),
    });
    let (passed, refusal) = until_refused(sidecar, 20);
    assert_eq!(passed, 2, "one has passed before");
    assert!(refusal.to_string().contains("UsageAlert shop/lax is spent"), "{refusal}");
}

#[test]
fn without_an_answer_the_alert_says_whether_calls_pass() {
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    for (namespace, unknown) in [("allowing", "Allow"), ("denying", "Deny")] {
        fleet.namespace(namespace, &[]).expect("a namespace");
        let mut spec = limit(1_000 * COST);
        spec["onGrantUnknown"] = json!(unknown);
        fleet.apply(&alert(namespace, "monthly", spec)).expect("applied");
        fleet.pod(namespace, "chat").expect("a pod");
    }
    have_shares(&fleet, 2);
    fleet.operators[0].kill().expect("killed");

    let (allowing, denying) = (&fleet.pods[0].sidecar, &fleet.pods[1].sidecar);
    // A share of a four-hundredth is two calls and a half; then somebody would have to be asked.
    for _ in 0..20 {
        assert_eq!(call(allowing).status(), 200);
    }
    assert!(unsaid(allowing) > 0);
    let (passed, refusal) = until_refused(denying, 20);
    assert!(passed <= 3, "{passed}");
    assert!(refusal.to_string().contains("Nobody can say at the moment whether the budget"), "{refusal}");
}

#[test]
fn a_spent_budget_goes_on_with_a_cheaper_model_where_the_flag_says_so_and_is_resumed_by_an_annotation() {
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    fleet
        .apply(&json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
            "metadata": {"name": "chat", "namespace": "shop"},
            "spec": {"whenDisabled": {"action": "Substitute", "model": "gpt-4.1-nano"}},
        }))
        .expect("applied");
    let monthly = alert("shop", "monthly", limit(3 * COST));
    fleet.apply(&monthly).expect("applied");
    let pod = fleet.pod("shop", "chat").expect("a pod");
    have_shares(&fleet, 1);
    let models = |fleet: &Fleet, calls: usize| -> Vec<String> {
        let sidecar = &fleet.pods[pod].sidecar;
        let answered = |_| serde_json::from_slice::<Value>(&call(sidecar).body).expect("JSON");
        (0..calls)
            .map(answered)
            .map(|answer| answer["model"].as_str().expect("a model")[..12].to_owned())
            .collect()
    };

    assert_eq!(
        models(&fleet, 5),
        ["gpt-4o-mini-", "gpt-4o-mini-", "gpt-4o-mini-", "gpt-4.1-nano", "gpt-4.1-nano"]
    );
    let substituted = wait::eventually("their rows", || {
        let rows = fleet.ask("select count(*) from provider_usage_logs where metadata->>'budget' = 'UsageAlert shop/monthly' and metadata->>'gate' = 'substituted'");
        if matches!(rows.as_deref(), Ok("2")) { Ok(2) } else { Err(format!("{rows:?}")) }
    });
    assert_eq!(substituted, 2);

    let mut resumed = monthly;
    resumed["metadata"]["annotations"] = json!({"tollgate.dev/resume": jiff::Timestamp::now().to_string()});
    fleet.apply(&resumed).expect("applied");
    wait::eventually("calls pass again", || {
        let model = models(&fleet, 1).remove(0);
        if model == "gpt-4o-mini-" { Ok(()) } else { Err(model) }
    });
}

#[test]
fn what_a_flag_sends_to_another_model_counts_at_once() {
    const OLD: u64 = 4;
    const CALLS: u64 = 6;
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    fleet
        .apply(&json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
            "metadata": {"name": "old", "namespace": "shop"},
            "spec": {"enabled": false, "whenDisabled": {"action": "Substitute", "model": "gpt-4.1-nano"}},
        }))
        .expect("applied");
    let mut monthly = limit(0);
    monthly["limit"] = json!({"metric": "Calls", "amount": CALLS.to_string()});
    fleet.apply(&alert("shop", "monthly", monthly)).expect("applied");
    let pod = fleet.pod("shop", "chat").expect("a pod");
    have_shares(&fleet, 1);
    let sidecar = &fleet.pods[pod].sidecar;
    for _ in 0..OLD {
        let old = chat(json!({}), CALL).under("/openai").header("x-tollgate-feature", "old");
        let answer: Value = serde_json::from_slice(&old.send(sidecar.base).body).expect("JSON");
        assert!(answer["model"].as_str().expect("a model").starts_with("gpt-4.1-nano"), "{answer}");
    }
    let (passed, _) = until_refused(sidecar, 2 * CALLS);
    assert!(passed <= CALLS - OLD + unsaid(sidecar), "{passed}");
}

#[test]
fn a_pod_that_starts_anew_finds_the_budget_as_spent_as_it_was() {
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    fleet.apply(&alert("shop", "monthly", limit(6 * COST))).expect("applied");
    let pod = fleet.pod("shop", "chat").expect("a pod");
    have_shares(&fleet, 1);
    for _ in 0..4 {
        assert_eq!(call(&fleet.pods[pod].sidecar).status(), 200);
    }
    fleet.pods[pod].sidecar.terminate().expect("told");
    assert!(fleet.pods[pod].sidecar.ended().success());
    let next = fleet.pod("shop", "chat").expect("a pod");
    have_shares(&fleet, 1);
    let (passed, _) = until_refused(&fleet.pods[next].sidecar, 10);
    assert!((2..=2 + unsaid(&fleet.pods[next].sidecar)).contains(&passed), "{passed}");
}

#[test]
fn what_an_alert_foresees_stops_calls_until_somebody_resumes_them() {
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    let mut foreseen = limit(1_000 * COST);
    foreseen["thresholds"] = json!([{"above": "100%", "projected": true, "action": "Disable"}]);
    let mut foreseen = alert("shop", "foreseen", foreseen);
    fleet.apply(&foreseen).expect("applied");
    fleet.tells_budgets("shop", 1).expect("told");
    let pod = fleet.pod("shop", "chat").expect("a pod");
    let sidecar = &fleet.pods[pod].sidecar;
    assert_eq!(call(sidecar).status(), 200);

    let uid = fleet.get("usagealert", "shop", "foreseen").expect("an alert")["metadata"]["uid"].clone();
    fleet
        .ask(&format!(
            "insert into alert_events (cluster, alert_uid, kind, namespace, name, threshold, group_key, seq, state, at,
                window_start, window_end, metric, value, severity)
             values ('default', '{}', 'UsageAlert', 'shop', 'foreseen', '{}', '[]', 1, 'firing', now() - interval '1 minute',
                now() - interval '1 day', now() + interval '1 day', 'Cost', 1, 'Warning')",
            uid.as_str().expect("a uid"),
            json!({"above": "100%", "projected": true}),
        ))
        .expect("an event");

    let why = wait::eventually("a refusal", || match call(sidecar) {
        reply if reply.status() == 403 => Ok(reply.text()),
        reply => Err(reply.status()),
    });
    assert!(why.contains("The alert UsageAlert shop/foreseen has stopped it, until 20"), "{why}");
    foreseen["metadata"]["annotations"] = json!({"tollgate.dev/resume": jiff::Timestamp::now().to_string()});
    fleet.apply(&foreseen).expect("applied");
    wait::eventually("calls pass again", || match call(sidecar).status() {
        200 => Ok(()),
        other => Err(other),
    });
}
