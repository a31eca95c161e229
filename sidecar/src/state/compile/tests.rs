use tollgate_crds::manifests;

use super::*;

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

fn off(flags: &FlagSet, feature: &str) -> Option<Arc<Off>> {
    flags.feature(feature).off
}

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
    assert_eq!(&*flags.feature("payments").off.unwrap().flag, "onStateUnknown: Deny");
    assert!(!flags.feature("chat").is_off());
}
