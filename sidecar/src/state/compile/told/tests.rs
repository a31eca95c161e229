use std::sync::Arc;

use jiff::Timestamp;
use serde_json::json;
use tollgate_crds::{RefusalStatus, stream::NamespaceState};

use crate::state::{Caller, CallingUser, FlagSet, Off, Workload};

use super::*;

fn told(namespace: Option<&str>, name: &str, enabled: bool, spec: Value) -> StateFlag {
    StateFlag {
        namespace: namespace.map(str::to_owned),
        name: name.to_owned(),
        uid: "u".to_owned(),
        resource_version: "1".to_owned(),
        feature: "chat".to_owned(),
        enabled,
        spec,
    }
}

fn compiled(flags: Vec<StateFlag>) -> (FlagSet, Vec<Notice>) {
    let state = NamespaceState { namespace: "shop".to_owned(), flags, ..NamespaceState::default() };
    let workload = Workload { namespace: Some("shop".to_owned()), ..Workload::default() };
    FlagSet::of_state(&state, &workload)
}

/// How the feature `chat` is off.
fn off(flags: &FlagSet) -> Arc<Off> {
    let caller = Caller { user: CallingUser::None, call: b"1" };
    flags.feature("chat").judge(&caller, Timestamp::UNIX_EPOCH).refused.unwrap().off
}

fn left_out(notices: &[Notice]) -> Vec<&str> {
    notices.iter().map(|notice| notice.why.as_str()).collect()
}

#[test]
fn a_flag_means_what_it_means_in_a_file() {
    let spec = json!({"enabled": false, "match": [{"models": ["gpt-*"]}],
        "whenDisabled": {"status": 404, "message": "Gone fishing."}});
    let (flags, notices) = compiled(vec![told(Some("shop"), "x", false, spec)]);
    let off = off(&flags);
    assert_eq!(
        (&*off.flag, off.status, &*off.message),
        ("FeatureFlag shop/x", RefusalStatus::NotFound, "Gone fishing.")
    );
    assert_eq!((flags.hints().len(), flags.is_known(), notices.len()), (1, true, 0));
}

#[test]
fn whether_it_is_enabled_is_said_beside_the_spec() {
    let (flags, _) =
        compiled(vec![told(Some("shop"), "x", false, json!({"enabled": true, "mode": "Later"}))]);
    assert!(flags.feature("chat").is_off());
}

#[test]
fn a_flag_in_preview_means_its_own_spec_whatever_others_are_told() {
    let (flags, notices) =
        compiled(vec![told(Some("shop"), "x", true, json!({"enabled": false, "mode": "Preview"}))]);
    let caller = Caller { user: CallingUser::None, call: b"1" };
    let judged = flags.feature("chat").judge(&caller, Timestamp::UNIX_EPOCH);
    assert!(judged.refused.is_none() && judged.would_refuse.is_some());
    assert!(notices.is_empty());
}

#[test]
fn a_draw_of_a_newer_release_is_left_out_and_named() {
    let spec = json!({"rollout": {"percent": 0, "by": "Moon"}, "users": {"deny": ["ada"]}});
    let (flags, notices) = compiled(vec![told(Some("shop"), "x", true, spec)]);
    assert!(flags.feature("chat").asks_for_user());
    assert_eq!(left_out(&notices), ["this release cannot read its spec.rollout; a newer sidecar can"]);
}

#[test]
fn a_flag_without_a_namespace_is_the_clusters() {
    let spec = json!({"namespaceSelector": {"matchLabels": {"tier": "web"}}, "enabled": false});
    let (flags, notices) = compiled(vec![told(None, "x", false, spec)]);
    assert_eq!(&*off(&flags).flag, "ClusterFeatureFlag x");
    assert!(notices.is_empty());
}

#[test]
fn a_spec_that_cannot_be_read_leaves_feature_and_enabled() {
    for spec in
        [json!(null), json!("later"), json!({"match": {"all": true}, "whenDisabled": {"action": "Sing"}})]
    {
        let (flags, _) = compiled(vec![told(Some("shop"), "x", false, spec.clone())]);
        let off = off(&flags);
        assert_eq!(off.status, RefusalStatus::Forbidden, "{spec}");
        assert!(flags.hints().is_empty());
    }
}

#[test]
fn a_match_with_a_field_of_a_newer_release_is_left_out_whole_and_named() {
    let spec = json!({"match": [
        {"path": "/v1/*", "colour": ["f1"]},
        {"path": "/v1/*", "workload": {"matchLabels": {}}},
        {"providers": ["mistral"]},
    ]});
    let (flags, notices) = compiled(vec![told(Some("shop"), "x", true, spec)]);
    assert_eq!(flags.hints().len(), 1);
    assert_eq!(
        left_out(&notices),
        [
            "this release cannot read its spec.match[0]; a newer sidecar can",
            "this release cannot read its spec.match[2]; a newer sidecar can"
        ]
    );
}

#[test]
fn an_answer_of_a_newer_release_is_a_plain_refusal() {
    let spec = json!({"whenDisabled": {"action": "Respond", "response": {}}});
    let (flags, notices) = compiled(vec![told(Some("shop"), "x", false, spec)]);
    assert_eq!(off(&flags).status, RefusalStatus::Forbidden);
    assert_eq!(left_out(&notices), ["this release cannot read its spec.whenDisabled; a newer sidecar can"]);
}

#[test]
fn flags_of_another_namespace_are_left_out() {
    let (flags, notices) = compiled(vec![told(Some("bank"), "x", false, json!({}))]);
    assert!(!flags.feature("chat").is_off());
    assert_eq!(left_out(&notices), ["this workload is in namespace shop"]);
}
