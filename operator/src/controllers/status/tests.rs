//! What is said of flags, and when.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::core::DynamicObject;
use serde_json::{Value, json};
use tollgate_crds::{
    flag::{FeatureFlagStatus, LastDay, SidecarCount},
    stream::{Attribution, UnpricedModel},
};

use super::{
    conditions::{CONDITIONS, Holds, Verdict},
    desired,
    facts::{Facts, Ground},
    pace::{Difference, Written, difference},
};
use crate::{
    index::{Flag, FlagKey, INJECT, INJECTED, Index, Kind, Namespace, Phase, Pod},
    push::reports::Unpriced,
};

const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

/// A cluster as the watches have told it.
struct World(Index, BTreeSet<Unpriced>);

// === impl World ===

impl World {
    fn new() -> Self {
        let mut index = Index::new(Attribution::default());
        index.reset_namespaces(vec![namespace("shop", true), namespace("lab", false)], "1", NOW);
        index.reset_flags(Kind::FeatureFlag, Vec::new(), "1", NOW);
        index.reset_flags(Kind::ClusterFeatureFlag, Vec::new(), "1", NOW);
        Self(index, BTreeSet::new())
    }

    fn flag(mut self, namespace: &str, name: &str, spec: Value) -> Self {
        self.0.apply_flag(flag(Some(namespace), name, spec), NOW);
        self
    }

    fn cluster_flag(mut self, name: &str, spec: Value) -> Self {
        self.0.apply_flag(flag(None, name, spec), NOW);
        self
    }

    /// Its sidecars have told of a model that they find no price for.
    fn unpriced(mut self, namespace: &str, feature: &str, looks_like: Option<&str>) -> Self {
        let model = UnpricedModel {
            feature: feature.to_owned(),
            provider: "openai".to_owned(),
            model: "gpt-9".to_owned(),
            looks_like: looks_like.map(str::to_owned),
        };
        self.1.insert(Unpriced { namespace: namespace.to_owned(), model });
        self
    }

    fn pods(mut self, deployment: &str, count: usize, injected: bool) -> Self {
        for number in 0..count {
            self.0.apply_pod(pod(deployment, number, injected));
        }
        self
    }

    /// The conditions of a flag of which so many sidecars hold the newest.
    fn conditions(&self, namespace: Option<&str>, name: &str, current: u64) -> Vec<(&'static str, Verdict)> {
        let key = FlagKey { namespace: namespace.map(str::to_owned), name: name.to_owned() };
        let flag = self.0.flag(&key).unwrap();
        let facts =
            Facts::of(flag, &self.0, &Ground::of(&self.0), current, &self.1, &None, Timestamp::UNIX_EPOCH);
        CONDITIONS.iter().map(|(kind, judge)| (*kind, judge(&facts))).collect()
    }

    fn condition(&self, name: &str, kind: &str, current: u64) -> (Holds, &'static str, String) {
        let conditions = self.conditions(Some("shop"), name, current);
        let verdict = conditions.into_iter().find(|(found, _)| *found == kind).unwrap().1;
        (verdict.holds, verdict.reason, verdict.message)
    }

    fn status(
        &self,
        name: &str,
        current: u64,
        before: &FeatureFlagStatus,
        now: Timestamp,
    ) -> FeatureFlagStatus {
        let key = FlagKey { namespace: Some("shop".to_owned()), name: name.to_owned() };
        let facts = Facts::of(
            self.0.flag(&key).unwrap(),
            &self.0,
            &Ground::of(&self.0),
            current,
            &self.1,
            &None,
            Timestamp::UNIX_EPOCH,
        );
        desired::status(&facts, before, now)
    }
}

fn namespace(name: &str, labelled: bool) -> Namespace {
    let labels = labelled.then(|| (INJECT.to_owned(), "enabled".to_owned())).into_iter().collect();
    Namespace { name: name.to_owned(), uid: name.to_owned(), labels, annotations: Default::default() }
}

fn flag(namespace: Option<&str>, name: &str, spec: Value) -> Flag {
    let kind = if namespace.is_some() { Kind::FeatureFlag } else { Kind::ClusterFeatureFlag };
    let object: DynamicObject = serde_json::from_value(json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": kind.name(),
        "metadata": {
            "name": name, "namespace": namespace, "uid": format!("{namespace:?}/{name}"),
            "resourceVersion": "5", "generation": 3,
        },
        "spec": spec,
    }))
    .unwrap();
    Flag::read(kind, object)
}

fn pod(deployment: &str, number: usize, injected: bool) -> Pod {
    let metadata: ObjectMeta = serde_json::from_value(json!({
        "name": format!("{deployment}-abc-{number}"), "namespace": "shop", "uid": format!("{deployment}{number}"),
        "labels": { "pod-template-hash": "abc" },
        "annotations": if injected { json!({ INJECTED: "0.1.0" }) } else { json!({}) },
        "ownerReferences": [{
            "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": format!("{deployment}-abc"), "uid": deployment,
            "controller": true,
        }],
    }))
    .unwrap();
    Pod::read(metadata, Phase::Running)
}

fn told(holds: Holds, reason: &'static str, message: &str) -> (Holds, &'static str, String) {
    (holds, reason, message.to_owned())
}

// --- conditions ---

#[test]
fn a_flag_that_is_right_is_accepted() {
    let world = World::new().flag("shop", "chat", json!({ "enabled": false }));
    assert_eq!(
        world.condition("chat", "Accepted", 0),
        told(Holds::True, "Valid", "It is obeyed as it is written")
    );
}

#[test]
fn a_wrong_field_is_named() {
    let world =
        World::new().flag("shop", "chat", json!({ "enabled": false, "whenDisabled": { "status": 500 } }));
    let (holds, reason, message) = world.condition("chat", "Accepted", 0);
    assert_eq!((holds, reason), (Holds::False, "Invalid"));
    assert_eq!(
        message,
        "spec.whenDisabled.status: expected one of 400, 402, 403, 404, 410, 451 (other codes make SDKs try again), \
         found 500. What it says of the feature holds, without these fields"
    );
    let world = World::new().flag("shop", "chat", json!({ "enabled": "no" }));
    let (_, _, message) = world.condition("chat", "Accepted", 0);
    assert_eq!(
        message,
        "spec.enabled: expected true or false, found \"no\". Nothing of it holds until that is mended"
    );
    assert_eq!(
        world.condition("chat", "Distributed", 0),
        told(Holds::False, "NotAccepted", "It is not sent to any sidecar")
    );
    assert_eq!(world.condition("chat", "Ready", 0).1, "Invalid");
}

#[test]
fn two_flags_for_one_feature_each_say_who_decides() {
    let world = World::new()
        .flag("shop", "chat", json!({ "enabled": true }))
        .cluster_flag("platform-chat", json!({ "feature": "chat", "enabled": false }));
    assert_eq!(
        world.condition("chat", "Accepted", 0),
        told(
            Holds::True,
            "SharedFeature",
            "The feature chat has other flags: ClusterFeatureFlag/platform-chat says off. \
             The strictest wins: ClusterFeatureFlag/platform-chat decides"
        )
    );
    let cluster = world.conditions(None, "platform-chat", 0).remove(0).1;
    assert_eq!(
        cluster.message,
        "The feature chat has other flags: FeatureFlag/chat says on. \
         The strictest wins: this one decides, or all say the same"
    );
}

#[test]
fn a_flag_is_distributed_when_every_sidecar_holds_it() {
    let world = World::new().flag("shop", "chat", json!({})).pods("web", 3, true);
    assert_eq!(
        world.condition("chat", "Distributed", 2),
        told(
            Holds::False,
            "Distributing",
            "2 of 3 sidecars hold it; the others hold an older state, or cannot be heard"
        )
    );
    assert_eq!(world.condition("chat", "Ready", 2).0, Holds::False);
    assert_eq!(
        world.condition("chat", "Distributed", 3),
        told(Holds::True, "InForce", "All 3 sidecars hold it")
    );
    assert_eq!(world.condition("chat", "Ready", 3), told(Holds::True, "InForce", "All 3 sidecars hold it"));
}

#[test]
fn a_count_from_before_pods_ended_is_not_above_the_total() {
    let world = World::new().flag("shop", "chat", json!({})).pods("web", 1, true);
    let status = world.status("chat", 5, &FeatureFlagStatus::default(), NOW);
    assert_eq!(status.sidecars, Some(SidecarCount { current: 1, total: 1 }));
}

#[test]
fn a_flag_whose_namespace_is_not_labelled_says_how_to_label_it() {
    let world = World::new().flag("lab", "chat", json!({}));
    let verdict = world.conditions(Some("lab"), "chat", 0).remove(1).1;
    assert_eq!((verdict.holds, verdict.reason), (Holds::True, "NoNamespace"));
    assert!(verdict.message.ends_with("kubectl label namespace lab tollgate.dev/inject=enabled"));
}

#[test]
fn pods_without_a_sidecar_are_named_with_the_command_that_gives_them_one() {
    let world = World::new().flag("shop", "chat", json!({})).pods("web", 2, false).pods("api", 1, true);
    assert_eq!(
        world.condition("chat", "Covered", 1),
        told(
            Holds::False,
            "PodsWithoutSidecar",
            "2 pods have no sidecar, and make their calls whatever this flag says: \
             Deployment web in shop (2 pods): kubectl -n shop rollout restart deployment/web"
        )
    );
    // They are not the flag's fault.
    assert_eq!(world.condition("chat", "Ready", 1).0, Holds::True);
    let world = World::new().flag("shop", "chat", json!({})).pods("api", 1, true);
    assert_eq!(world.condition("chat", "Covered", 1).1, "AllPods");
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let mut world = World::new().flag("shop", "chat", json!({}));
    for number in 0..8 {
        world = world.pods(&format!("web{number}"), 1, false);
    }
    let (_, _, message) = world.condition("chat", "Covered", 0);
    assert!(message.starts_with("8 pods have no sidecar") && message.ends_with("; and 3 more"), "{message}");
}

// --- the whole status ---

#[test]
fn a_status_says_which_generation_it_is_of_and_when_each_condition_turned() {
    let world = World::new().flag("shop", "chat", json!({ "enabled": false })).pods("web", 1, true);
    let before = world.status("chat", 0, &FeatureFlagStatus::default(), NOW);
    assert_eq!(before.observed_generation, Some(3));
    assert!(!before.effective.as_ref().unwrap().enabled);
    let later = Timestamp::from_second(NOW.as_second() + 90).unwrap();
    let after = world.status("chat", 1, &before, later);
    let turned: Vec<_> = after
        .conditions
        .iter()
        .map(|condition| {
            (condition.type_.as_str(), condition.last_transition_time.0.as_second() - NOW.as_second())
        })
        .collect();
    assert_eq!(turned, [("Accepted", 0), ("Distributed", 90), ("Covered", 0), ("Priced", 0), ("Ready", 90)]);
}

// --- when it is written ---

/// A status that was written, and what has become of it.
fn differing(change: impl FnOnce(&mut FeatureFlagStatus)) -> Difference {
    let world = World::new().flag("shop", "chat", json!({})).pods("web", 2, true);
    let is = world.status("chat", 2, &FeatureFlagStatus::default(), NOW);
    let mut ought = is.clone();
    change(&mut ought);
    difference(&is, &ought)
}

fn falls(status: &mut FeatureFlagStatus, kind: &str) {
    let condition = status.conditions.iter_mut().find(|condition| condition.type_ == kind).unwrap();
    condition.status = "False".to_owned();
}

#[test]
fn differences_are_told_apart() {
    assert_eq!(differing(|_| {}), Difference::None);
    assert_eq!(
        differing(
            |status| status.conditions[0].last_transition_time.0 = k8s_openapi::jiff::Timestamp::UNIX_EPOCH
        ),
        Difference::None
    );
    assert_eq!(differing(|status| status.sidecars = None), Difference::Numbers);
    let day = LastDay { calls: 1, tokens: 2, cost: "0.5".to_owned() };
    assert_eq!(differing(|status| status.last_24h = Some(day)), Difference::Numbers);
    assert_eq!(differing(|status| status.conditions[1].message = "All 3".to_owned()), Difference::Numbers);
    assert_eq!(differing(|status| falls(status, "Distributed")), Difference::Relapse);
    assert_eq!(differing(|status| status.conditions[0].message = "Other".to_owned()), Difference::Change);
    assert_eq!(
        differing(|status| {
            falls(status, "Distributed");
            status.observed_generation = Some(4);
        }),
        Difference::Change
    );
}

#[test]
fn a_first_status_is_a_change() {
    let world = World::new().flag("shop", "chat", json!({}));
    let ought = world.status("chat", 0, &FeatureFlagStatus::default(), NOW);
    assert_eq!(difference(&FeatureFlagStatus::default(), &ought), Difference::Change);
}

#[test]
fn a_change_is_written_at_once_and_numbers_once_a_minute() {
    let start = Instant::now();
    let at = |seconds| start + Duration::from_secs(seconds);
    let jitter = Duration::from_secs(5);
    let mut written = Written { at: Some(start), relapsed: None };
    assert!(written.is_due(Difference::Change, jitter, at(0)));
    assert!(!written.is_due(Difference::None, jitter, at(1000)));
    assert!(!written.is_due(Difference::Numbers, jitter, at(64)));
    assert!(written.is_due(Difference::Numbers, jitter, at(65)));
}

#[test]
fn a_relapse_is_written_only_if_it_lasts() {
    let start = Instant::now();
    let at = |seconds| start + Duration::from_secs(seconds);
    let mut written = Written { at: Some(start), relapsed: None };
    assert!(!written.is_due(Difference::Relapse, Duration::ZERO, at(100)));
    assert!(!written.is_due(Difference::Relapse, Duration::ZERO, at(109)));
    assert!(written.is_due(Difference::Relapse, Duration::ZERO, at(110)));
    // One that passed begins anew.
    let mut written = Written { at: Some(start), relapsed: None };
    assert!(!written.is_due(Difference::Relapse, Duration::ZERO, at(100)));
    assert!(!written.is_due(Difference::None, Duration::ZERO, at(105)));
    assert!(!written.is_due(Difference::Relapse, Duration::ZERO, at(112)));
}

#[test]
fn pods_that_come_and_go_cost_two_writes_a_minute_at_most() {
    let start = Instant::now();
    let mut written = Written { at: Some(start), relapsed: None };
    let mut writes = 0;
    let mut well = true;
    for second in 1..=600 {
        let now = start + Duration::from_secs(second);
        // Somebody always lags, except each hundredth second.
        let difference = match (well, second % 100 == 0) {
            (true, false) => Difference::Relapse,
            (false, true) => Difference::Change,
            _ => Difference::None,
        };
        if written.is_due(difference, Duration::ZERO, now) {
            writes += 1;
            well = difference == Difference::Change;
            written = Written { at: Some(now), relapsed: None };
        }
    }
    assert!(writes <= 20, "{writes}");
}

#[test]
fn a_flag_whose_feature_calls_a_model_without_a_price_says_which_it_looks_like() {
    let world = World::new().flag("shop", "chat", json!({})).unpriced("shop", "chat", Some("gpt-5.4"));
    let (holds, reason, message) = world.condition("chat", "Priced", 0);
    assert_eq!((holds, reason), (Holds::False, "UnknownModel"));
    assert!(message.contains("openai \"gpt-9\", which looks like \"gpt-5.4\""), "{message}");
    assert_eq!(world.condition("chat", "Ready", 0).0, Holds::True);
}

#[test]
fn models_of_other_features_and_namespaces_are_not_its_own() {
    let world = World::new()
        .flag("shop", "chat", json!({}))
        .unpriced("shop", "search", None)
        .unpriced("lab", "chat", None);
    assert_eq!(world.condition("chat", "Priced", 0).0, Holds::True);
}
