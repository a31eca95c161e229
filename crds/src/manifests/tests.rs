use proptest::prelude::*;

use super::*;
use crate::{Authority, DisabledAction, OnStateUnknown, Provider, RefusalStatus};

const CHAT: &str = "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {name: chat}\nspec: {}\n";

fn flag(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: {name}}}\nspec: {spec}\n"
    )
}

fn features(text: &str) -> Vec<String> {
    let feature = |manifest: &Manifest| match manifest {
        Manifest::FeatureFlag(flag) => flag.feature().to_owned(),
        Manifest::ClusterFeatureFlag(flag) => format!("cluster:{}", flag.feature()),
    };
    read(text).unwrap().iter().map(feature).collect()
}

fn complaint(text: &str) -> String {
    read(text).expect_err(text).to_string()
}

#[test]
fn every_field_that_is_served_is_read() {
    let text = r#"
apiVersion: tollgate.dev/v1alpha1
kind: ClusterFeatureFlag
metadata:
  name: images
  labels: {team: search}
  annotations: {tollgate.dev/reason: too dear}
spec:
  namespaceSelector:
    matchLabels: {tier: web}
    matchExpressions: [{key: env, operator: NotIn, values: [prod]}]
  feature: image-search
  description: Finds pictures
  enabled: false
  match:
    - authority: Enforced
      workload: {matchLabels: {app: web}}
      container: app
      providers: [openai, anthropic, google, xai, openrouter]
      models: ["gpt-image-*"]
      path: /v1/images/*
      header: {name: X-Team, value: search}
  whenDisabled: {action: Reject, status: 410, message: No pictures today.}
  onStateUnknown: Deny
"#;
    let manifests = read(text).unwrap();
    let [Manifest::ClusterFeatureFlag(flag)] = &manifests[..] else { panic!("{manifests:?}") };
    let spec = &flag.spec;
    assert_eq!(spec.feature.as_deref(), Some("image-search"));
    assert_eq!(spec.enabled, Some(false));
    assert_eq!(spec.on_state_unknown, Some(OnStateUnknown::Deny));
    let disabled = spec.when_disabled.as_ref().unwrap();
    assert_eq!(disabled.action, Some(DisabledAction::Reject));
    assert_eq!(disabled.status, Some(RefusalStatus::Gone));
    assert_eq!(disabled.message.as_deref(), Some("No pictures today."));
    let [entry] = &spec.matches[..] else { panic!("{:?}", spec.matches) };
    assert_eq!(entry.authority, Some(Authority::Enforced));
    assert_eq!(entry.providers.as_deref(), Some(&Provider::ALL[..]));
    assert_eq!(entry.header.as_ref().unwrap().value.as_deref(), Some("search"));
    assert_eq!(spec.namespace_selector.as_ref().unwrap().match_expressions[0].values, ["prod"]);
}

#[test]
fn a_flag_is_for_the_feature_of_its_name_unless_it_says_another() {
    assert_eq!(features(CHAT), ["chat"]);
    assert_eq!(features(&flag("a", "{feature: writing-assistant}")), ["writing-assistant"]);
}

#[test]
fn documents_may_be_many_and_empty_ones_are_passed_over() {
    let text = format!("---\n---\n{CHAT}---\n# nothing here\n---\n{}...\n", flag("b", "{}"));
    assert_eq!(features(&text), ["chat", "b"]);
}

#[test]
fn json_is_read_too_one_object_or_several_or_a_list() {
    let json = |name: &str| {
        format!(
            r#"{{"apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
	"metadata": {{"name": "{name}"}}, "spec": {{"description": "\ud83d\ude00"}}}}"#
        )
    };
    assert_eq!(features(&json("a")), ["a"]);
    assert_eq!(features(&format!("{}\n{}", json("a"), json("b"))), ["a", "b"]);
    let list = format!(r#"{{"apiVersion": "v1", "kind": "List", "items": [{}, {}]}}"#, json("a"), json("b"));
    assert_eq!(features(&list), ["a", "b"]);
}

#[test]
fn what_kubectl_prints_is_read_again() {
    let text = r#"
apiVersion: v1
items:
- apiVersion: tollgate.dev/v1alpha1
  kind: FeatureFlag
  metadata:
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: |
        {"apiVersion":"tollgate.dev/v1alpha1"}
    creationTimestamp: "2026-05-01T10:00:00Z"
    generation: 3
    managedFields: [{apiVersion: tollgate.dev/v1alpha1, manager: kubectl, operation: Apply}]
    name: chat
    namespace: shop
    resourceVersion: "48113"
    uid: 7f0c2b7e-6f0a-4c1c-9f0a-0a0a0a0a0a0a
  spec:
    enabled: false
  status:
    effective: {enabled: false, reason: SomethingNewer}
    aFieldOfANewerVersion: 1
- apiVersion: tollgate.dev/v1alpha1
  kind: ClusterFeatureFlag
  metadata: {name: images, creationTimestamp: null, labels: null}
  spec: {}
kind: List
metadata: {resourceVersion: ""}
"#;
    assert_eq!(features(text), ["chat", "cluster:images"]);
}

#[test]
fn yaml_that_begins_with_a_brace_is_yaml() {
    let text = "{apiVersion: tollgate.dev/v1alpha1, kind: FeatureFlag, metadata: {name: chat}, spec: {}}";
    assert_eq!(features(text), ["chat"]);
}

#[test]
fn a_file_of_comments_or_separators_holds_no_flag() {
    for text in ["# none\n", "---\n", "\n\n# a\n---\n# b\n---\n", "--- \n...\n", "null\n"] {
        assert_eq!(read(text), Ok(Vec::new()), "{text:?}");
    }
}

#[test]
fn an_empty_file_is_not_taken() {
    for text in ["", "\n", " \t\r\n", "\u{feff}", "\u{feff}\n"] {
        assert_eq!(read(text), Err(ManifestError::Empty), "{text:?}");
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    assert_eq!(features(&format!("\u{feff}{CHAT}")), ["chat"]);
}

#[test]
fn a_wrong_document_is_named_with_its_field_and_the_rest_is_not_taken() {
    let text = format!("{}---\n{}", flag("a", "{}"), flag("chat", "{enabled: no way}"));
    assert_eq!(
        complaint(&text),
        r#"document 2 (FeatureFlag "chat"): spec.enabled: expected true or false, found "no way""#
    );
}

#[test]
fn an_item_of_a_list_is_named_by_its_number() {
    let item = flag("chat", "{enabled: 1}").trim_end().replace('\n', "\n  ");
    let text = format!("apiVersion: v1\nkind: List\nitems:\n- {item}\n");
    assert_eq!(
        complaint(&text),
        r#"document 1, item 1 (FeatureFlag "chat"): spec.enabled: expected true or false, found 1"#
    );
}

#[test]
fn broken_yaml_is_named_by_its_document_and_line() {
    let text = format!("{CHAT}---\nkind: [FeatureFlag\n");
    let complaint = complaint(&text);
    assert!(complaint.starts_with("document 2: "), "{complaint}");
    assert!(complaint.contains("line "), "{complaint}");
}

#[test]
fn other_kinds_and_versions_are_named() {
    let table = [
        (
            CHAT.replace("FeatureFlag", "ConfigMap"),
            r#"document 1 (ConfigMap "chat"): kind: expected FeatureFlag or ClusterFeatureFlag of tollgate.dev/v1alpha1, found "ConfigMap""#,
        ),
        (
            CHAT.replace("v1alpha1", "v1"),
            r#"document 1 (FeatureFlag "chat"): apiVersion: expected tollgate.dev/v1alpha1, found "tollgate.dev/v1""#,
        ),
        (
            CHAT.replace("tollgate.dev/v1alpha1", "core.openfeature.dev/v1beta1"),
            r#"document 1 (FeatureFlag "chat"): apiVersion: expected tollgate.dev/v1alpha1, found "core.openfeature.dev/v1beta1""#,
        ),
        (
            "just text".to_owned(),
            r#"document 1: expected FeatureFlag or ClusterFeatureFlag of tollgate.dev/v1alpha1, found "just text""#,
        ),
        (
            "enabled: false".to_owned(),
            "document 1: kind: expected FeatureFlag or ClusterFeatureFlag of tollgate.dev/v1alpha1, found nothing",
        ),
        (
            "apiVersion: v1\nkind: List\nitems: 3".to_owned(),
            "document 1 (List): items: expected a list of objects",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(complaint(&text), expected);
    }
}

#[test]
fn a_field_that_is_there_twice_is_an_error() {
    for text in [flag("chat", "{enabled: true, enabled: false}"), r#"{"kind": "A", "kind": "B"}"#.to_owned()]
    {
        let complaint = complaint(&text);
        assert!(complaint.contains("is there twice"), "{complaint}");
    }
}

#[test]
fn a_flag_that_is_there_twice_is_an_error_but_namesakes_elsewhere_are_not() {
    let twice = format!("{CHAT}---\n{CHAT}");
    assert_eq!(
        complaint(&twice),
        "document 2 (FeatureFlag \"chat\"): metadata.name: the same kind, namespace and name as in document 1; one of \
         them must go"
    );
    let elsewhere = CHAT.replace("{name: chat}", "{name: chat, namespace: shop}");
    let cluster = CHAT.replace("FeatureFlag", "ClusterFeatureFlag");
    assert_eq!(features(&format!("{CHAT}---\n{elsewhere}---\n{cluster}")), ["chat", "chat", "cluster:chat"]);
}

#[test]
fn a_file_that_stops_in_the_middle_of_a_flag_is_not_taken() {
    let whole = flag("chat", "\n  enabled: false\n  whenDisabled:\n    status: 403");
    for end in
        (1..whole.find("spec:").unwrap() + "spec:".len()).filter(|end| !whole[..*end].trim().is_empty())
    {
        assert!(read(&whole[..end]).is_err(), "{:?}", &whole[..end]);
    }
}

#[test]
fn anchors_may_be_used() {
    let text = format!(
        "{}---\n{}",
        flag("a", "{description: &d Hello, match: [&m {models: [x]}, *m]}"),
        flag("b", "{}")
    );
    assert_eq!(features(&text), ["a", "b"]);
}

#[test]
fn aliases_that_unfold_without_end_are_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let below = format!("*a{}", level - 1);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![below; 10].join(", ")));
    }
    let complaint = complaint(&text);
    assert!(complaint.starts_with("document 1: "), "{complaint}");
}

#[test]
fn long_texts_cannot_be_multiplied_by_aliases() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 1000].join(", "));
    let complaint = complaint(&text);
    assert!(complaint.contains("unfolds to more"), "{complaint}");
}

#[test]
fn deep_nesting_is_refused() {
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000), "- ".repeat(100_000)] {
        assert!(read(&text).is_err());
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let text = "#".repeat(MAX_BYTES + 1);
    assert_eq!(read(&text), Err(ManifestError::TooLarge { bytes: MAX_BYTES + 1 }));
}

#[test]
fn only_the_first_messages_are_shown() {
    let complaint = complaint(&flag("chat", "{a1: 1, b2: 1, c3: 1, d4: 1, e5: 1, f6: 1, g7: 1}"));
    assert_eq!(complaint.matches("unknown field").count(), SHOWN, "{complaint}");
    assert!(complaint.ends_with("; and 2 more"), "{complaint}");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_harm(text in ".{0,200}") {
        let _ = read(&text);
    }

    #[test]
    fn any_value_in_the_place_of_a_field_is_read_or_named(
        field in "feature|description|enabled|match|whenDisabled|onStateUnknown|other",
        value in "true|false|~|0|-1|1e400|.nan|'x'|\\[\\]|\\{\\}|\\[1\\]|\\{a: 1\\}|!!binary x|!tag x|2026-01-01",
    ) {
        if let Err(error) = read(&flag("chat", &format!("{{{field}: {value}}}"))) {
            let error = error.to_string();
            prop_assert!(error.starts_with("document 1"), "{}", error);
        }
    }
}
