//! What the index promises, by what goes in and what comes out.

use std::sync::Arc;

use jiff::Timestamp;
use kube::core::DynamicObject;
use serde_json::{Value, json};
use tokio::sync::watch;
use tollgate_crds::{
    flag::{Effective, EffectiveReason},
    stream::{Attribution, Message, StateFlag},
};

use super::*;

/// An index that has listed everything, and knows the time.
struct World {
    index: Index,
    version: u32,
    now: Timestamp,
}

type State = watch::Receiver<Option<Arc<Published>>>;

impl World {
    fn new() -> Self {
        let mut index = Index::new(Attribution::default());
        let now = Timestamp::from_millisecond(1_000).unwrap();
        index.reset_namespaces(Vec::new(), "1", now);
        index.reset_flags(Kind::FeatureFlag, Vec::new(), "1", now);
        index.reset_flags(Kind::ClusterFeatureFlag, Vec::new(), "1", now);
        Self { index, version: 10, now }
    }

    fn next(&mut self) -> String {
        self.version += 1;
        self.version.to_string()
    }

    fn namespace(&mut self, name: &str, labels: &[(&str, &str)]) {
        let version = self.next();
        let labels = labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let namespace = Namespace {
            name: name.to_owned(),
            uid: format!("ns-{name}"),
            labels,
            annotations: Default::default(),
        };
        self.index.apply_namespace(namespace, &version, self.now);
    }

    fn labelled(&mut self, name: &str) -> State {
        self.namespace(name, &[(INJECT, "enabled")]);
        self.index.state(name).unwrap()
    }

    fn flag(&mut self, key: &str, spec: Value) -> Flag {
        let version = self.next();
        let flag = flag(key, &version, spec);
        self.index.apply_flag(flag.clone(), self.now);
        flag
    }

    fn delete(&mut self, mut flag: Flag) {
        flag.resource_version = self.next();
        self.index.delete_flag(flag, self.now);
    }

    fn pod(&mut self, namespace: &str, name: &str, phase: Phase, injected: bool) -> Pod {
        let pod = Pod {
            uid: format!("pod-{name}"),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            phase,
            injected,
            owner: None,
            labels: Default::default(),
            annotations: Default::default(),
            terminating: false,
        };
        self.index.apply_pod(pod.clone());
        pod
    }

    fn enabled(&self, namespace: &str) -> Vec<(String, bool)> {
        let published = self.index.published(namespace).unwrap();
        published.state.flags.iter().map(|flag| (flag.name.clone(), flag.enabled)).collect()
    }
}

/// `shop/chat` is a FeatureFlag, `chat` a ClusterFeatureFlag.
fn key(text: &str) -> FlagKey {
    match text.split_once('/') {
        Some((namespace, name)) => FlagKey { namespace: Some(namespace.to_owned()), name: name.to_owned() },
        None => FlagKey { namespace: None, name: text.to_owned() },
    }
}

fn flag(text: &str, version: &str, spec: Value) -> Flag {
    let key = key(text);
    let mut metadata = json!({
        "name": key.name, "uid": format!("uid-{text}"), "resourceVersion": version, "generation": 1,
    });
    if let Some(namespace) = &key.namespace {
        metadata["namespace"] = json!(namespace);
    }
    let object: DynamicObject = serde_json::from_value(json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": key.kind().name(), "metadata": metadata, "spec": spec,
    }))
    .unwrap();
    Flag::read(key.kind(), object)
}

#[test]
fn a_labelled_namespace_has_a_state_and_others_have_none() {
    let mut world = World::new();
    world.labelled("shop");
    world.namespace("other", &[]);
    world.namespace("strict", &[(INJECT, "strict")]);
    assert!(world.index.published("shop").is_some());
    assert!(world.index.published("strict").is_some());
    assert!(world.index.published("other").is_none());
}

#[test]
fn a_state_is_its_flags_whole_and_encoded_as_a_line() {
    let mut world = World::new();
    world.labelled("shop");
    world.flag("shop/chat", json!({"enabled": false, "whenDisabled": {"status": 404}}));
    let published = world.index.published("shop").unwrap();
    let expected = StateFlag {
        namespace: Some("shop".to_owned()),
        name: "chat".to_owned(),
        uid: "uid-shop/chat".to_owned(),
        resource_version: "12".to_owned(),
        feature: "chat".to_owned(),
        enabled: false,
        spec: json!({"enabled": false, "whenDisabled": {"status": 404}}),
    };
    assert_eq!(published.state.flags, [expected]);
    assert_eq!(published.state.changed_at, 1_000);
    assert_eq!(published.state.versions["FeatureFlag"], "12");
    let text = std::str::from_utf8(&published.line).unwrap();
    let message: Message = serde_json::from_str(text.strip_suffix('\n').unwrap()).unwrap();
    assert_eq!(message, Message::State(published.state.clone()));
}

#[test]
fn a_change_wakes_its_own_namespace_only() {
    let mut world = World::new();
    let (mut shop, mut bank) = (world.labelled("shop"), world.labelled("bank"));
    shop.mark_unchanged();
    bank.mark_unchanged();
    world.flag("shop/chat", json!({"enabled": false}));
    assert!(shop.has_changed().unwrap());
    assert!(!bank.has_changed().unwrap());
}

#[test]
fn a_write_to_the_status_wakes_nobody() {
    let mut world = World::new();
    let mut shop = world.labelled("shop");
    world.flag("shop/chat", json!({"enabled": false}));
    shop.mark_unchanged();
    world.flag("shop/chat", json!({"enabled": false}));
    assert!(!shop.has_changed().unwrap());
}

#[test]
fn a_state_says_how_far_the_watch_had_come() {
    let mut world = World::new();
    world.labelled("shop");
    world.flag("bank/pay", json!({}));
    world.flag("shop/chat", json!({}));
    let versions = &world.index.published("shop").unwrap().state.versions;
    assert_eq!(versions["FeatureFlag"], "13");
    assert_eq!(versions["ClusterFeatureFlag"], "1");
    assert_eq!(versions["Namespace"], "11");
}

#[test]
fn a_deleted_flag_is_gone_and_the_version_moves_on() {
    let mut world = World::new();
    world.labelled("shop");
    let chat = world.flag("shop/chat", json!({"enabled": false}));
    world.delete(chat);
    let state = &world.index.published("shop").unwrap().state;
    assert_eq!(state.flags, []);
    assert_eq!(state.versions["FeatureFlag"], "13");
}

#[test]
fn the_end_of_a_flag_that_was_made_anew_meanwhile_is_not_the_new_ones() {
    let mut world = World::new();
    world.labelled("shop");
    let old = world.flag("shop/chat", json!({"enabled": false}));
    let mut new = flag("shop/chat", "20", json!({"enabled": false}));
    new.uid = "another".to_owned();
    world.index.apply_flag(new, world.now);
    world.delete(old);
    assert_eq!(world.enabled("shop"), [("chat".to_owned(), false)]);
}

#[test]
fn a_clusters_flag_holds_where_its_selector_says() {
    let mut world = World::new();
    world.namespace("shop", &[(INJECT, "enabled"), ("tier", "a")]);
    world.namespace("bank", &[(INJECT, "enabled"), ("tier", "b")]);
    let spec = json!({"enabled": false, "namespaceSelector": {"matchLabels": {"tier": "a"}}});
    world.flag("chat", spec);
    assert_eq!(world.enabled("shop"), [("chat".to_owned(), false)]);
    assert_eq!(world.enabled("bank"), []);
    // Nobody there learns which namespaces it is for.
    let published = world.index.published("shop").unwrap();
    assert_eq!(published.state.flags[0].spec, json!({"enabled": false}));
    world.namespace("bank", &[(INJECT, "enabled"), ("tier", "a")]);
    assert_eq!(world.enabled("bank"), [("chat".to_owned(), false)]);
}

#[test]
fn a_namespace_that_loses_its_label_ends_its_streams() {
    let mut world = World::new();
    let mut shop = world.labelled("shop");
    shop.mark_unchanged();
    world.namespace("shop", &[]);
    assert!(shop.has_changed().is_err());
    assert!(world.index.state("shop").is_none());
}

#[test]
fn no_state_is_told_before_everything_it_needs_was_listed() {
    let mut index = Index::new(Attribution::default());
    let now = Timestamp::from_second(1).unwrap();
    let namespace = Namespace {
        name: "shop".to_owned(),
        uid: String::new(),
        labels: [(INJECT.to_owned(), "enabled".to_owned())].into(),
        annotations: Default::default(),
    };
    index.reset_namespaces(vec![namespace], "5", now);
    let state = index.state("shop").unwrap();
    index.reset_flags(Kind::FeatureFlag, vec![flag("shop/chat", "3", json!({"enabled": false}))], "5", now);
    assert!(state.borrow().is_none());
    index.reset_flags(Kind::ClusterFeatureFlag, Vec::new(), "5", now);
    assert!(!state.borrow().as_ref().unwrap().state.flags[0].enabled);
}

#[test]
fn a_list_replaces_what_was_known_and_wakes_those_whom_it_concerns() {
    let mut world = World::new();
    let (mut shop, mut bank) = (world.labelled("shop"), world.labelled("bank"));
    world.flag("shop/chat", json!({"enabled": false}));
    let pay = world.flag("bank/pay", json!({"enabled": false}));
    shop.mark_unchanged();
    bank.mark_unchanged();
    world.index.reset_flags(Kind::FeatureFlag, vec![pay], "40", world.now);
    assert_eq!(world.enabled("shop"), []);
    assert!(shop.has_changed().unwrap());
    assert!(!bank.has_changed().unwrap());
}

#[test]
fn a_list_that_is_older_than_what_was_seen_is_the_truth_all_the_same() {
    let mut world = World::new();
    world.labelled("shop");
    world.flag("shop/chat", json!({"enabled": false}));
    world.index.reset_flags(Kind::FeatureFlag, Vec::new(), "4", world.now);
    assert_eq!(world.index.published("shop").unwrap().state.versions["FeatureFlag"], "4");
}

#[test]
fn a_flag_that_is_wrong_is_kept_out_and_says_why() {
    let mut world = World::new();
    world.labelled("shop");
    let flag = world.flag("shop/chat", json!({"enabled": "no"}));
    assert_eq!(world.enabled("shop"), []);
    let violations = flag.accepted.unwrap_err();
    assert_eq!(violations[0].path, "spec.enabled");
}

#[test]
fn a_flag_of_a_newer_release_holds_what_is_understood() {
    let mut world = World::new();
    world.labelled("shop");
    let spec = json!({"enabled": false, "rollout": {"percent": 500}, "whenDisabled": {"action": "Sing"}});
    let flag = world.flag("shop/chat", spec.clone());
    let published = world.index.published("shop").unwrap();
    assert!(!published.state.flags[0].enabled);
    // A sidecar may be newer than we are.
    assert_eq!(published.state.flags[0].spec, spec);
    let problems: Vec<String> =
        flag.accepted.unwrap().problems.into_iter().map(|problem| problem.path).collect();
    assert_eq!(problems, ["spec.rollout.percent", "spec.whenDisabled.action"]);
}

#[test]
fn of_several_flags_the_strictest_wins_and_each_is_told() {
    let mut world = World::new();
    world.labelled("shop");
    world.labelled("bank");
    world.flag("all", json!({"feature": "chat", "enabled": false}));
    world.flag("shop/chat", json!({"enabled": true}));
    let told = world.index.decide(&key("shop/chat"), world.now).unwrap();
    let effective = Effective {
        enabled: false,
        reason: EffectiveReason::StricterFlag,
        by: Some("ClusterFeatureFlag/all".to_owned()),
    };
    let conflict = Conflict { other: key("all"), enabled: false, decides: true };
    assert_eq!(told, Decision { effective, conflicts: vec![conflict] });

    let told = world.index.decide(&key("all"), world.now).unwrap();
    let effective = Effective { enabled: false, reason: EffectiveReason::Spec, by: None };
    let conflict = Conflict { other: key("shop/chat"), enabled: true, decides: false };
    assert_eq!(told, Decision { effective, conflicts: vec![conflict] });
}

#[test]
fn a_clusters_flag_is_overruled_as_a_whole_only_where_others_are_off_everywhere() {
    let mut world = World::new();
    world.labelled("shop");
    world.labelled("bank");
    world.flag("chat", json!({"enabled": true}));
    world.flag("shop/chat", json!({"enabled": false}));
    let told = world.index.decide(&key("chat"), world.now).unwrap();
    assert!(told.effective.enabled);
    assert_eq!(told.conflicts, [Conflict { other: key("shop/chat"), enabled: false, decides: true }]);
    world.flag("bank/chat", json!({"enabled": false}));
    let told = world.index.decide(&key("chat"), world.now).unwrap();
    assert!(!told.effective.enabled);
    assert_eq!(told.effective.reason, EffectiveReason::StricterFlag);
}

#[test]
fn a_schedule_turns_a_flag_at_its_time() {
    let mut world = World::new();
    world.labelled("shop");
    let night =
        json!([{"from": "1970-01-02T22:00[Europe/Berlin]", "until": "1970-01-03T00:00Z", "enabled": false}]);
    world.flag("shop/chat", json!({"schedule": night}));
    for (now, enabled, reason) in [
        ("1970-01-02T20:59:59Z", true, EffectiveReason::Spec),
        ("1970-01-02T21:00:00Z", false, EffectiveReason::Schedule),
        ("1970-01-03T00:00:00Z", true, EffectiveReason::Spec),
    ] {
        let told = world.index.decide(&key("shop/chat"), now.parse().unwrap()).unwrap();
        assert_eq!(told.effective, Effective { enabled, reason, by: None }, "{now}");
    }
}

#[test]
fn an_override_goes_before_enabled_and_schedule_until_its_time_and_no_spec_is_changed() {
    let mut world = World::new();
    let state = world.labelled("shop");
    let mut flag = world.flag(
        "shop/chat",
        json!({"enabled": true, "schedule": [{"from": "1970-01-03T00:00Z", "enabled": true}]}),
    );
    flag.annotations.insert("tollgate.dev/override".to_owned(), "disabled".to_owned());
    flag.annotations.insert("tollgate.dev/override-until".to_owned(), "1970-01-05T00:00:00Z".to_owned());
    let object: DynamicObject = serde_json::from_value(json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag", "spec": flag.spec,
        "metadata": {"name": "chat", "namespace": "shop", "uid": flag.uid, "resourceVersion": world.next(), "annotations": flag.annotations},
    }))
    .unwrap();
    world.index.apply_flag(Flag::read(Kind::FeatureFlag, object), world.now);

    for (now, enabled, reason) in [
        ("1970-01-04T23:59:59Z", false, EffectiveReason::Override),
        ("1970-01-05T00:00:00Z", true, EffectiveReason::Schedule),
    ] {
        let told = world.index.decide(&key("shop/chat"), now.parse().unwrap()).unwrap();
        assert_eq!(told.effective, Effective { enabled, reason, by: None }, "{now}");
    }
    let told = state.borrow().as_ref().unwrap().state.flags[0].spec["schedule"].clone();
    assert_eq!(told[0], json!({"until": "1970-01-05T00:00:00Z", "enabled": false}));
    assert_eq!(told[1]["enabled"], true);
}

#[test]
fn an_override_that_cannot_be_read_is_told_and_the_flag_holds() {
    let object: DynamicObject = serde_json::from_value(json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag", "spec": {"enabled": false},
        "metadata": {"name": "chat", "namespace": "shop", "annotations": {"tollgate.dev/override": "enabled"}},
    }))
    .unwrap();
    let accepted = Flag::read(Kind::FeatureFlag, object).accepted.unwrap();
    assert!(!accepted.enabled);
    assert!(accepted.problems[0].path.contains("override-until"), "{:?}", accepted.problems);
}

#[test]
fn a_flag_in_preview_decides_nothing_and_no_sidecar_may_think_it_does() {
    let mut world = World::new();
    let state = world.labelled("shop");
    world.flag("shop/chat", json!({"enabled": false, "mode": "Preview"}));
    let told = world.index.decide(&key("shop/chat"), world.now).unwrap();
    assert_eq!(told.effective, Effective { enabled: true, reason: EffectiveReason::Preview, by: None });
    assert!(state.borrow().as_ref().unwrap().state.flags[0].enabled);
}

#[test]
fn a_clusters_flag_gives_way_to_a_namespaces_own_where_it_says_so() {
    let mut world = World::new();
    world.labelled("shop");
    world.labelled("bank");
    world.flag("all", json!({"feature": "chat", "enabled": false, "overridable": true}));
    world.flag("shop/chat", json!({"enabled": true}));
    let own = world.index.decide(&key("shop/chat"), world.now).unwrap();
    assert_eq!(own.effective, Effective { enabled: true, reason: EffectiveReason::Spec, by: None });
    let all = world.index.decide(&key("all"), world.now).unwrap();
    assert_eq!(all.effective, Effective { enabled: false, reason: EffectiveReason::Spec, by: None });
    assert_eq!(all.conflicts, [Conflict { other: key("shop/chat"), enabled: true, decides: true }]);

    world.flag("bank/chat", json!({"enabled": true}));
    let all = world.index.decide(&key("all"), world.now).unwrap();
    assert_eq!((all.effective.enabled, all.effective.reason), (true, EffectiveReason::Overridden));
}

#[test]
fn who_holds_an_older_state_does_not_hold_what_changed_since() {
    let mut world = World::new();
    world.labelled("shop");
    world.flag("shop/chat", json!({"enabled": true}));
    world.flag("shop/mail", json!({"enabled": true}));
    let old = world.index.published("shop").unwrap().state.versions.clone();
    world.flag("shop/chat", json!({"enabled": false}));
    let new = world.index.published("shop").unwrap().state.versions.clone();
    assert_eq!(world.index.held(&key("shop/chat"), "shop", &old), Held::Older);
    assert_eq!(world.index.held(&key("shop/mail"), "shop", &old), Held::Current);
    assert_eq!(world.index.held(&key("shop/chat"), "shop", &new), Held::Current);
    assert_eq!(world.index.held(&key("shop/none"), "shop", &new), Held::NotHere);
    assert_eq!(world.index.held(&key("shop/chat"), "shop", &Versions::new()), Held::Older);
}

#[test]
fn a_flag_that_comes_to_select_a_namespace_is_not_held_there_before_it_is_told() {
    let mut world = World::new();
    world.namespace("shop", &[(INJECT, "enabled")]);
    world.flag("chat", json!({"enabled": false, "namespaceSelector": {"matchLabels": {"tier": "a"}}}));
    world.flag("shop/mail", json!({}));
    let old = world.index.published("shop").unwrap().state.versions.clone();
    world.namespace("shop", &[(INJECT, "enabled"), ("tier", "a")]);
    assert_eq!(world.index.held(&key("chat"), "shop", &old), Held::Older);
}

#[test]
fn a_pod_is_where_the_later_of_its_watches_says_whichever_comes_first() {
    let mut world = World::new();
    world.labelled("shop");
    let pending = world.pod("shop", "web", Phase::Pending, true);
    world.pod("shop", "web", Phase::Running, true);
    world.index.delete_pod(&pending);
    assert_eq!(world.index.pod("pod-web").unwrap().phase, Phase::Running);
    world.index.apply_pod(pending);
    assert_eq!(world.index.pod("pod-web").unwrap().phase, Phase::Running);
    let running = world.pod("shop", "web", Phase::Running, true);
    world.index.delete_pod(&running);
    assert!(world.index.pod("pod-web").is_none());
}

#[test]
fn pods_with_and_without_a_sidecar_are_told_apart() {
    let mut world = World::new();
    world.labelled("shop");
    world.namespace("other", &[]);
    let flag = world.flag("shop/chat", json!({}));
    world.pod("shop", "covered", Phase::Running, true);
    world.pod("shop", "starting", Phase::Pending, true);
    world.pod("shop", "old", Phase::Running, false);
    world.pod("other", "elsewhere", Phase::Running, false);
    let names = |pods: Vec<&Pod>| pods.iter().map(|pod| pod.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(world.index.concerned(&flag).collect()), ["covered"]);
    assert_eq!(names(world.index.uncovered().collect()), ["old"]);
}

#[test]
fn each_change_of_what_people_write_is_told_once() {
    let mut world = World::new();
    world.labelled("shop");
    let first = world.flag("shop/chat", json!({"enabled": true}));
    world.flag("shop/chat", json!({"enabled": true}));
    let second = world.flag("shop/chat", json!({"enabled": false}));
    world.delete(second.clone());
    let changes: Vec<(bool, bool)> = world
        .index
        .take_changes()
        .iter()
        .map(|change| (change.before.is_some(), change.after.is_some()))
        .collect();
    assert_eq!(changes, [(false, true), (true, true), (true, false)]);
    assert!(first.accepted.unwrap().enabled);
    assert!(world.index.take_changes().is_empty());
}

#[test]
fn the_features_to_refuse_while_nothing_is_known_are_those_whose_flags_say_so() {
    let mut world = World::new();
    world.labelled("shop");
    world.flag("shop/chat", json!({"onStateUnknown": "Deny"}));
    world.flag("shop/mail", json!({"onStateUnknown": "Allow"}));
    world.flag("all", json!({"feature": "search", "onStateUnknown": "Deny"}));
    let namespace = world.index.namespace("shop").unwrap();
    let denied: Vec<String> = world.index.deny_while_unknown(namespace).into_iter().collect();
    assert_eq!(denied, ["chat", "search"]);
}
