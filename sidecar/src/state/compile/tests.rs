use jiff::Timestamp;
use tollgate_crds::manifests;

use super::*;
use crate::state::{Caller, CallingUser, Judgement, Reason};

fn workload() -> Workload {
    Workload {
        namespace: Some("shop".to_owned()),
        labels: BTreeMap::from([("app".to_owned(), "web".to_owned())]),
        feature: None,
    }
}

/// A manifest in short: kind, namespace (or none), name, spec.
fn manifest(kind: &str, namespace: &str, name: &str, spec: &str) -> String {
    let namespace = if namespace.is_empty() { String::new() } else { format!(", namespace: {namespace}") };
    format!(
        "---\napiVersion: tollgate.dev/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}{namespace}}}\nspec: {spec}\n"
    )
}

fn compiled(text: &str, workload: &Workload) -> (FlagSet, Vec<Notice>) {
    FlagSet::compile(manifests::read(text).unwrap(), workload)
}

fn flags(text: &str) -> FlagSet {
    compiled(text, &workload()).0
}

/// What the flags of a feature say of a user's call.
fn judged(flags: &FlagSet, feature: &str, user: CallingUser<'_>) -> Judgement {
    flags.feature(feature).judge(&Caller { user, call: b"1" }, NOW)
}

fn off(flags: &FlagSet, feature: &str) -> Option<Arc<Off>> {
    judged(flags, feature, CallingUser::None).refused.map(|refused| refused.off)
}

/// The first ten users who pass.
fn passing(flags: &FlagSet, feature: &str) -> Vec<String> {
    let users = (0..10).map(|n| format!("user-{n}"));
    users.filter(|user| judged(flags, feature, CallingUser::Named(user)).refused.is_none()).collect()
}

const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

#[test]
fn a_feature_is_on_unless_its_flag_says_off() {
    let flags = flags(
        &[
            manifest("FeatureFlag", "", "silent", "{}"),
            manifest("FeatureFlag", "", "on", "{enabled: true}"),
            manifest("FeatureFlag", "", "off", "{enabled: false}"),
        ]
        .concat(),
    );
    assert!(!flags.feature("silent").is_off());
    assert!(!flags.feature("on").is_off());
    assert!(flags.feature("off").is_off());
    assert!(!flags.feature("without-a-flag").is_off());
}

#[test]
fn a_feature_that_is_off_says_which_flag_and_how() {
    let flags = flags(&manifest("FeatureFlag", "", "chat", "{enabled: false}"));
    assert_eq!(
        *off(&flags, "chat").unwrap(),
        Off {
            flag: "FeatureFlag shop/chat".into(),
            status: tollgate_crds::RefusalStatus::Forbidden,
            message: "The feature \"chat\" is switched off at the moment.".into(),
            instead: Instead::Nothing,
            cuts: false,
        }
    );
}

#[test]
fn status_and_message_are_the_flags_own_where_it_has_some() {
    let spec = "{feature: chat, enabled: false, whenDisabled: {status: 404, message: Gone fishing.}}";
    let off = off(&flags(&manifest("FeatureFlag", "", "x", spec)), "chat").unwrap();
    assert_eq!((off.status.code(), &*off.message), (404, "Gone fishing."));
}

#[test]
fn the_strictest_of_several_flags_wins_in_either_order() {
    let on = manifest("FeatureFlag", "", "a", "{feature: chat, enabled: true}");
    let off = manifest("FeatureFlag", "", "b", "{feature: chat, enabled: false}");
    for text in [format!("{on}{off}"), format!("{off}{on}")] {
        assert!(flags(&text).feature("chat").is_off());
    }
}

#[test]
fn of_several_flags_that_say_off_the_clusters_says_how() {
    let text = [
        manifest("FeatureFlag", "", "a", "{feature: chat, enabled: false, whenDisabled: {message: a}}"),
        manifest(
            "ClusterFeatureFlag",
            "",
            "z",
            "{feature: chat, enabled: false, whenDisabled: {message: z}}",
        ),
    ]
    .concat();
    let off = off(&flags(&text), "chat").unwrap();
    assert_eq!((&*off.flag, &*off.message), ("ClusterFeatureFlag z", "z"));
}

#[test]
fn flags_of_other_namespaces_are_left_out_and_named() {
    let text = [
        manifest("FeatureFlag", "bank", "chat", "{enabled: false}"),
        manifest("FeatureFlag", "shop", "search", "{enabled: false}"),
    ]
    .concat();
    let (flags, notices) = compiled(&text, &workload());
    assert!(!flags.feature("chat").is_off());
    assert!(flags.feature("search").is_off());
    assert_eq!(
        notices,
        [Notice { flag: "FeatureFlag bank/chat".into(), why: "this workload is in namespace shop".into() }]
    );
}

#[test]
fn a_workload_without_a_namespace_has_the_flags_without_one() {
    let text = [
        manifest("FeatureFlag", "", "chat", "{enabled: false}"),
        manifest("FeatureFlag", "shop", "search", "{enabled: false}"),
    ]
    .concat();
    let (flags, notices) = compiled(&text, &Workload::default());
    assert!(flags.feature("chat").is_off());
    assert!(!flags.feature("search").is_off());
    assert_eq!(notices.len(), 1);
}

#[test]
fn cluster_flags_hold_without_asking_their_selector() {
    let spec = "{enabled: false, namespaceSelector: {matchLabels: {tier: other}}}";
    assert!(flags(&manifest("ClusterFeatureFlag", "", "chat", spec)).feature("chat").is_off());
}

#[test]
fn match_entries_for_other_pods_are_not_kept() {
    let spec = "{match: [{workload: {matchLabels: {app: web}}}, {workload: {matchLabels: {app: job}}}]}";
    assert_eq!(flags(&manifest("FeatureFlag", "", "chat", spec)).hints().len(), 1);
}

#[test]
fn a_flag_that_only_exchanges_the_model_does_not_let_calls_past_one_that_refuses() {
    let cheaper = manifest(
        "ClusterFeatureFlag",
        "",
        "all",
        "{feature: chat, enabled: false, whenDisabled: {action: Substitute, model: gpt-5-mini}}",
    );
    let respond = "{feature: chat, enabled: false, whenDisabled: {action: Respond, response: Later.}}";
    let teams = [
        manifest("FeatureFlag", "", "chat", "{enabled: false}"),
        manifest("FeatureFlag", "", "chat", respond),
        manifest("FeatureFlag", "", "chat", "{users: {allow: [user-1]}}"),
    ];
    for own in teams {
        let told = off(&flags(&[cheaper.clone(), own].concat()), "chat").unwrap();
        assert_eq!(&*told.flag, "FeatureFlag shop/chat");
    }
    let told = off(&flags(&[cheaper, manifest("FeatureFlag", "", "chat", "{}")].concat()), "chat").unwrap();
    assert_eq!(
        (&*told.flag, &told.instead),
        ("ClusterFeatureFlag all", &Instead::Model("gpt-5-mini".into()))
    );
}

#[test]
fn all_features_with_a_flag_are_listed() {
    let text = [
        manifest("FeatureFlag", "", "a", "{enabled: false}"),
        manifest("FeatureFlag", "", "b", "{feature: c}"),
    ]
    .concat();
    let flags = flags(&text);
    let mut listed: Vec<_> = flags.features().map(|feature| (&*feature.name, feature.is_off())).collect();
    listed.sort_unstable();
    assert_eq!(listed, [("a", true), ("c", false)]);
}

#[test]
fn no_state_is_not_the_same_as_no_flags() {
    assert!(!FlagSet::unknown(&workload(), &[]).is_known());
    assert!(compiled("# none", &workload()).0.is_known());
}

#[test]
fn while_nothing_is_known_features_that_are_denied_until_then_are_off() {
    let flags = FlagSet::unknown(&workload(), &["payments".to_owned()]);
    assert_eq!(&*off(&flags, "payments").unwrap().flag, "onStateUnknown: Deny");
    assert!(!flags.feature("chat").is_off());
}

#[test]
fn a_denied_user_is_refused_and_others_pass() {
    let flags = flags(&manifest("FeatureFlag", "", "chat", "{users: {deny: [user-1]}}"));
    assert_eq!(passing(&flags, "chat").len(), 9);
    let refused = judged(&flags, "chat", CallingUser::Named("user-1")).refused.unwrap();
    assert_eq!(refused.reason, Reason::Users);
    assert_eq!(judged(&flags, "chat", CallingUser::None), Judgement::default());
}

#[test]
fn where_users_are_allowed_and_nothing_is_rolled_out_nobody_else_passes() {
    let flags =
        flags(&manifest("FeatureFlag", "", "chat", "{users: {allow: [user-1, user-2], deny: [user-2]}}"));
    assert_eq!(passing(&flags, "chat"), ["user-1"]);
    assert!(judged(&flags, "chat", CallingUser::None).refused.is_some());
}

#[test]
fn allowed_users_pass_whatever_is_drawn_and_a_switch_that_is_off_is_off_for_them_too() {
    let rollout = "rollout: {percent: 0}, users: {allow: [user-1]}";
    let on = flags(&manifest("FeatureFlag", "", "chat", &format!("{{{rollout}}}")));
    assert_eq!(passing(&on, "chat"), ["user-1"]);
    let off = flags(&manifest("FeatureFlag", "", "chat", &format!("{{enabled: false, {rollout}}}")));
    assert_eq!(passing(&off, "chat"), [""; 0]);
}

#[test]
fn a_rollout_by_user_is_not_for_calls_of_nobody_until_it_is_for_all() {
    let rollout = |percent| {
        flags(&manifest("FeatureFlag", "", "chat", &format!("{{rollout: {{percent: {percent}}}}}")))
    };
    let refused = judged(&rollout(99), "chat", CallingUser::None).refused.unwrap();
    assert_eq!(refused.reason, Reason::Rollout);
    assert_eq!(judged(&rollout(100), "chat", CallingUser::None), Judgement::default());
}

#[test]
fn a_rollout_by_call_asks_for_no_user_and_draws_for_each() {
    let flags = flags(&manifest("FeatureFlag", "", "chat", "{rollout: {percent: 50, by: Call}}"));
    assert!(!flags.feature("chat").asks_for_user());
    let passes = |call: u32| {
        let caller = Caller { user: CallingUser::Unread, call: &call.to_be_bytes() };
        flags.feature("chat").judge(&caller, NOW).refused.is_none()
    };
    let passed = (0..1_000).filter(|call| passes(*call)).count();
    assert!((400..600).contains(&passed), "{passed} of 1,000");
}

#[test]
fn a_user_who_was_not_read_decides_nothing() {
    let flags = flags(&manifest("FeatureFlag", "", "chat", "{users: {allow: [user-1]}}"));
    let judged = judged(&flags, "chat", CallingUser::Unread);
    assert!(judged.by_user && judged.refused.is_none());
}

#[test]
fn a_flag_in_preview_refuses_nothing_and_says_what_it_would() {
    let text = [
        manifest("FeatureFlag", "", "a", "{feature: chat}"),
        manifest("FeatureFlag", "", "b", "{feature: chat, enabled: false, mode: Preview}"),
    ]
    .concat();
    let flags = flags(&text);
    let Judgement { refused, would_refuse, .. } = judged(&flags, "chat", CallingUser::None);
    assert_eq!(refused, None);
    let told = would_refuse.unwrap();
    assert_eq!((&*told.off.flag, told.reason), ("FeatureFlag shop/b", Reason::Spec));
    assert!(flags.feature("chat").is_on(NOW));
}

#[test]
fn a_schedule_is_asked_at_each_call() {
    let spec =
        "{schedule: [{from: '2026-12-01T22:00Z', until: '2026-12-02T07:00[Europe/Berlin]', enabled: false}]}";
    let flags = flags(&manifest("FeatureFlag", "", "chat", spec));
    let at = |now: &str| {
        let caller = Caller { user: CallingUser::None, call: b"1" };
        flags.feature("chat").judge(&caller, now.parse().unwrap()).refused.map(|refused| refused.reason)
    };
    assert_eq!(at("2026-12-01T21:59:59Z"), None);
    assert_eq!(at("2026-12-01T22:00:00Z"), Some(Reason::Schedule));
    assert_eq!(at("2026-12-02T05:59:59Z"), Some(Reason::Schedule));
    assert_eq!(at("2026-12-02T06:00:00Z"), None);
    let edge = flags.next_edge("2026-12-01T22:00:00Z".parse().unwrap());
    assert_eq!(edge, Some("2026-12-02T06:00:00Z".parse().unwrap()));
}

#[test]
fn an_override_in_a_file_holds_until_its_time() {
    let flags = flags(
        "{apiVersion: tollgate.dev/v1alpha1, kind: FeatureFlag, spec: {enabled: true}, metadata: {name: chat, annotations: \
         {tollgate.dev/override: disabled, tollgate.dev/override-until: '2026-12-02T06:00:00Z'}}}",
    );
    let passes = |now: &str| {
        let caller = Caller { user: CallingUser::None, call: b"1" };
        flags.feature("chat").judge(&caller, now.parse().unwrap()).refused.is_none()
    };
    assert!(!passes("2026-12-02T05:59:59Z"));
    assert!(passes("2026-12-02T06:00:00Z"));
}

#[test]
fn a_clusters_flag_gives_way_to_the_namespaces_own_where_it_says_so() {
    let own = manifest("FeatureFlag", "", "chat", "{enabled: true}");
    let on_trial = manifest("FeatureFlag", "", "chat", "{enabled: true, mode: Preview}");
    let cluster = |overridable: bool| {
        let spec = format!("{{feature: chat, enabled: false, overridable: {overridable}}}");
        manifest("ClusterFeatureFlag", "", "all", &spec)
    };
    assert!(off(&flags(&[cluster(false), own.clone()].concat()), "chat").is_some());
    assert!(off(&flags(&[cluster(true), own].concat()), "chat").is_none());
    assert!(off(&flags(&[cluster(true), on_trial].concat()), "chat").is_some());
    assert!(off(&flags(&cluster(true)), "chat").is_some());
}
