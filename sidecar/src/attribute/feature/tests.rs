use http::HeaderValue;
use proptest::prelude::*;
use tollgate_crds::manifests;
use tollgate_meter::Provider;

use super::*;
use crate::state::{Fingerprint, Model, Workload};

const CALL: CallFacts<'static> = CallFacts {
    provider: Provider::OpenAi,
    path: "/v1/chat/completions",
    container: None,
    model: Model::None,
    others: &[],
    fingerprint: Fingerprint::None,
};

/// Flags in short: a name and a spec each.
fn flags(specs: &[(&str, &str)]) -> FlagSet {
    flags_of(specs, Workload::default())
}

fn flags_of(specs: &[(&str, &str)], workload: Workload) -> FlagSet {
    let mut text = String::from("---\n");
    for (name, spec) in specs {
        text.push_str(&format!(
            "---\napiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: {name}}}\nspec: {spec}\n"
        ));
    }
    FlagSet::compile(manifests::read(&text).unwrap(), &workload).0
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    headers
}

fn named(pairs: &[(&'static str, &str)], path: Option<&str>, flags: &FlagSet) -> (String, Via) {
    let attribution = attribute(&headers(pairs), path, &CALL, flags, true);
    (attribution.feature.name.to_string(), attribution.via)
}

fn model_named<'a>(model: &'a str) -> CallFacts<'a> {
    CallFacts { model: Model::Named(model), ..CALL }
}

const UNREAD: CallFacts<'static> = CallFacts { model: Model::Unread, ..CALL };

#[test]
fn the_order_of_precedence_is_that_of_the_contract() {
    let workload = Workload { feature: Some("annotated".into()), ..Workload::default() };
    let header = ("x-tollgate-feature", "by-header");
    let baggage = ("baggage", "tollgate.feature=by-baggage");
    let enforced = ("enforced", "{match: [{authority: Enforced, header: {name: x-enforce}}]}");
    let hint = ("hinted", "{match: [{workload: {}}]}");
    let all = flags_of(&[enforced, hint], workload.clone());
    let no_hint = flags_of(&[enforced], workload);
    let path = Some("by-path");

    let table = [
        (&[("x-enforce", "1"), header, baggage][..], path, &all, ("enforced", Via::Enforced)),
        (&[header, baggage], path, &all, ("by-header", Via::Header)),
        (&[baggage], path, &all, ("by-path", Via::Path)),
        (&[baggage], None, &all, ("by-baggage", Via::Baggage)),
        (&[], None, &all, ("hinted", Via::Hint)),
        (&[], None, &no_hint, ("annotated", Via::Workload)),
        (&[], None, &flags(&[]), ("unattributed", Via::Unattributed)),
    ];
    for (pairs, path, flags, (name, via)) in table {
        assert_eq!(named(pairs, path, flags), (name.to_owned(), via));
    }
}

#[test]
fn a_name_that_no_flag_can_have_counts_as_not_given_and_is_reported() {
    let long = "a".repeat(254);
    for wrong in ["Chat", "a b", "ä", "", "a_b", "-a", &long] {
        let pairs = [("x-tollgate-feature", wrong), ("baggage", "tollgate.feature=chat")];
        let attribution = attribute(&headers(&pairs), Some(wrong), &CALL, &flags(&[]), true);
        assert_eq!((&*attribution.feature.name, attribution.via), ("chat", Via::Baggage), "{wrong}");
        assert_eq!(
            attribution.misnamed.iter().collect::<Vec<_>>(),
            [Source::Header, Source::Path],
            "{wrong}"
        );
    }
}

#[test]
fn a_name_of_ten_kilobytes_is_only_a_wrong_name() {
    let long = "a".repeat(10 << 10);
    let (name, via) = named(&[("x-tollgate-feature", &long)], None, &flags(&[]));
    assert_eq!((&*name, via), ("unattributed", Via::Unattributed));
}

#[test]
fn the_first_valid_value_of_a_repeated_or_folded_header_counts() {
    let flags = flags(&[]);
    let feature = |pairs: &[(&'static str, &str)]| named(pairs, None, &flags).0;
    assert_eq!(feature(&[("x-tollgate-feature", "a"), ("x-tollgate-feature", "b")]), "a");
    assert_eq!(feature(&[("x-tollgate-feature", "B A D"), ("x-tollgate-feature", "b")]), "b");
    assert_eq!(feature(&[("x-tollgate-feature", "chat, chat")]), "chat");
    assert_eq!(feature(&[("x-tollgate-feature", " chat ")]), "chat");
}

#[test]
fn baggage_is_decoded_and_its_properties_are_ignored() {
    let (name, via) =
        named(&[("baggage", "a=1, tollgate.feature=writing%2Dassistant;ttl=1")], None, &flags(&[]));
    assert_eq!((&*name, via), ("writing-assistant", Via::Baggage));
}

#[test]
fn baggage_counts_only_where_it_is_switched_on() {
    let attribution =
        attribute(&headers(&[("baggage", "tollgate.feature=chat")]), None, &CALL, &flags(&[]), false);
    assert_eq!(attribution.via, Via::Unattributed);
}

#[test]
fn unattributed_can_have_a_flag() {
    let attribution =
        attribute(&HeaderMap::new(), None, &CALL, &flags(&[("unattributed", "{enabled: false}")]), true);
    assert!(attribution.feature.is_off());
}

#[test]
fn an_annotation_that_is_no_name_counts_as_not_given() {
    let workload = Workload { feature: Some("No Name".into()), ..Workload::default() };
    assert_eq!(named(&[], None, &flags_of(&[], workload)).1, Via::Unattributed);
}

#[test]
fn all_fields_of_an_entry_must_match_and_any_entry_will_do() {
    let spec = "{match: [{providers: [anthropic, openai], path: /v1/*, header: {name: X-Team, value: search}}, \
                {container: worker}]}";
    let flags = flags(&[("found", spec)]);
    let via = |pairs: &[(&'static str, &str)], call: CallFacts<'_>| {
        attribute(&headers(pairs), None, &call, &flags, true).via
    };
    let team = [("x-team", "search")];
    assert_eq!(via(&team, CALL), Via::Hint);
    assert_eq!(via(&[("x-team", "other"), ("x-team", "search")], CALL), Via::Hint);
    assert_eq!(via(&team, CallFacts { provider: Provider::Google, ..CALL }), Via::Unattributed);
    assert_eq!(via(&team, CallFacts { path: "/v2/x", ..CALL }), Via::Unattributed);
    assert_eq!(via(&[("x-team", "Search")], CALL), Via::Unattributed);
    assert_eq!(via(&[], CALL), Via::Unattributed);
    assert_eq!(via(&[], CallFacts { container: Some("worker"), ..CALL }), Via::Hint);
    assert_eq!(via(&[], CallFacts { container: Some("app"), ..CALL }), Via::Unattributed);
}

#[test]
fn a_header_without_a_value_to_compare_must_only_be_there() {
    let flags = flags(&[("found", "{match: [{header: {name: x-team}}]}")]);
    assert_eq!(named(&[("x-team", "")], None, &flags).1, Via::Hint);
    assert_eq!(named(&[], None, &flags).1, Via::Unattributed);
}

#[test]
fn the_first_flag_by_name_wins_where_several_match() {
    let flags = flags(&[("b", "{match: [{workload: {}}]}"), ("a", "{match: [{workload: {}}]}")]);
    assert_eq!(named(&[], None, &flags).0, "a");
}

#[test]
fn models_are_matched_once_they_are_known() {
    let flags = flags(&[("gpt", "{match: [{models: [gpt-*, o3]}]}")]);
    let via = |call| attribute(&HeaderMap::new(), None, &call, &flags, true).via;
    assert_eq!(via(model_named("gpt-5")), Via::Hint);
    assert_eq!(via(model_named("o3")), Via::Hint);
    assert_eq!(via(model_named("o3-mini")), Via::Unattributed);
    assert_eq!(via(CALL), Via::Unattributed);
}

#[test]
fn a_model_that_may_answer_instead_is_asked_for_too() {
    let flags = flags(&[("gpt", "{match: [{models: [gpt-*]}]}")]);
    let via = |others| {
        let call = CallFacts { others, ..model_named("claude-opus-5") };
        attribute(&HeaderMap::new(), None, &call, &flags, true).via
    };
    let others: [Box<str>; 2] = ["grok-4".into(), "gpt-5".into()];
    assert_eq!(via(&others), Via::Hint);
    assert_eq!(via(&others[..1]), Via::Unattributed);
}

#[test]
fn a_call_is_open_only_while_the_model_could_name_another_feature() {
    let on = ("a", "{match: [{authority: Enforced, models: [gpt-*]}]}");
    let off = ("b", "{enabled: false, match: [{authority: Enforced, models: [o3]}]}");
    let chat_off = ("chat", "{enabled: false}");
    let open = |specs: &[(&str, &str)], call: CallFacts<'_>| {
        attribute(&headers(&[("x-tollgate-feature", "chat")]), None, &call, &flags(specs), true).open
    };
    assert_eq!(open(&[], UNREAD), Open::Settled);
    assert_eq!(open(&[on], UNREAD), Open::AllOn);
    assert_eq!(open(&[on, off], UNREAD), Open::Mixed);
    assert_eq!(open(&[off], UNREAD), Open::Mixed);
    assert_eq!(open(&[on, chat_off], UNREAD), Open::Mixed);
    assert_eq!(open(&[off, chat_off], UNREAD), Open::AllOff);
    assert_eq!(open(&[on, off], model_named("o3")), Open::Settled);
    assert_eq!(open(&[on, off], CALL), Open::Settled);
}

#[test]
fn a_rule_behind_one_that_matches_leaves_nothing_open() {
    let flags = flags(&[
        ("a", "{match: [{authority: Enforced, workload: {}}]}"),
        ("b", "{enabled: false, match: [{authority: Enforced, models: [o3]}]}"),
    ]);
    let attribution = attribute(&HeaderMap::new(), None, &UNREAD, &flags, true);
    assert_eq!((&*attribution.feature.name, attribution.open), ("a", Open::Settled));
}

#[test]
fn hints_leave_nothing_open_where_the_app_names_a_feature() {
    let flags = flags(&[("b", "{enabled: false, match: [{models: [o3]}]}")]);
    let open = |pairs: &[(&'static str, &str)]| attribute(&headers(pairs), None, &UNREAD, &flags, true).open;
    assert_eq!(open(&[("x-tollgate-feature", "chat")]), Open::Settled);
    assert_eq!(open(&[]), Open::Mixed);
}

#[test]
fn the_name_of_a_feature_with_a_flag_is_not_copied() {
    let flags = flags(&[("chat", "{}")]);
    let first = attribute(&headers(&[("x-tollgate-feature", "chat")]), None, &CALL, &flags, true);
    let second = attribute(&HeaderMap::new(), Some("chat"), &CALL, &flags, true);
    assert!(std::sync::Arc::ptr_eq(&first.feature.name, &second.feature.name));
}

proptest! {
    #[test]
    fn whatever_is_sent_the_feature_has_a_name_that_a_flag_can_have(
        header in proptest::collection::vec(0x20_u8..=0xff, 0..40),
        path in ".{0,20}",
        baggage in "[a-z.=;,% A-F0-9]{0,60}",
    ) {
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_bytes(&header) {
            headers.append(FEATURE_HEADER, value);
        }
        headers.append("baggage", HeaderValue::from_str(&format!("{baggage},tollgate.feature={baggage}")).unwrap());
        let attribution = attribute(&headers, Some(&path), &CALL, &flags(&[]), true);
        prop_assert!(is_feature_name(&attribution.feature.name));
    }

    #[test]
    fn a_call_that_is_settled_is_the_same_whatever_its_model(
        header in prop::option::of("chat|off|x"),
        model in "gpt-5|o3|other",
        specs in prop::collection::vec(
            ("chat|off|a|b", any::<bool>(), any::<bool>(), prop::option::of("gpt-\\*|o3|\\*")), 0..5),
    ) {
        let specs: std::collections::BTreeMap<_, _> = specs.into_iter().map(|(name, enabled, enforced, glob)| {
            let authority = if enforced { "Enforced" } else { "Hint" };
            let condition = glob.map_or("workload: {}".to_owned(), |glob| format!("models: [\"{glob}\"]"));
            (name, format!("{{enabled: {enabled}, match: [{{authority: {authority}, {condition}}}]}}"))
        }).collect();
        let specs: Vec<_> = specs.iter().map(|(name, spec)| (name.as_str(), spec.as_str())).collect();
        let flags = flags(&specs);
        let pairs: Vec<_> = header.iter().map(|name| ("x-tollgate-feature", name.as_str())).collect();
        let headers = headers(&pairs);
        let before = attribute(&headers, None, &UNREAD, &flags, true);
        let after = attribute(&headers, None, &model_named(&model), &flags, true);
        match before.open {
            Open::Settled => prop_assert_eq!(before.feature.name, after.feature.name),
            Open::AllOn => prop_assert!(!after.feature.is_off()),
            Open::AllOff => prop_assert!(after.feature.is_off()),
            Open::Mixed => {}
        }
    }
}

#[test]
fn a_fingerprint_names_the_feature_once_the_body_was_read() {
    let flags =
        flags(&[("letters", "{enabled: false, match: [{fingerprint: [fp-3f61c09b2ad4, fp-000000000001]}]}")]);
    let asked = |fingerprint| {
        let call = CallFacts { fingerprint, ..CALL };
        let Attribution { feature, via, open, by_fingerprint, .. } =
            attribute(&HeaderMap::new(), None, &call, &flags, true);
        (feature.name.to_string(), via, open, by_fingerprint)
    };
    let unattributed =
        |open, by_fingerprint| ("unattributed".to_owned(), Via::Unattributed, open, by_fingerprint);
    assert_eq!(asked(Fingerprint::Unread), unattributed(Open::Mixed, true));
    assert_eq!(asked(Fingerprint::None), unattributed(Open::Settled, false));
    assert_eq!(asked(Fingerprint::Of("fp-ffffffffffff")), unattributed(Open::Settled, false));
    let letters = ("letters".to_owned(), Via::Hint, Open::Settled, false);
    assert_eq!(asked(Fingerprint::Of("fp-000000000001")), letters);
}

#[test]
fn a_model_that_does_not_match_spares_the_body() {
    let flags = flags(&[("letters", "{match: [{fingerprint: [fp-3f61c09b2ad4], models: [gpt-*]}]}")]);
    let open = |model, fingerprint| {
        let call = CallFacts { model, fingerprint, ..CALL };
        attribute(&HeaderMap::new(), None, &call, &flags, true).by_fingerprint
    };
    assert!(open(Model::Named("gpt-5"), Fingerprint::Unread));
    assert!(!open(Model::Named("claude-5"), Fingerprint::Unread));
    assert!(!open(Model::Unread, Fingerprint::None));
}
