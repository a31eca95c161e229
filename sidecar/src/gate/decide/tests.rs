use tollgate_crds::manifests;

use super::*;
use crate::{
    attribute::{Misnamed, Via},
    state::{CallingUser, Feature, Workload},
};

const NOBODY: Caller<'static> = Caller { user: CallingUser::None, call: b"1" };
const UNREAD: Caller<'static> = Caller { user: CallingUser::Unread, call: b"1" };

fn flags() -> FlagSet {
    flags_of(&[("off", "{enabled: false}")])
}

fn flags_of(specs: &[(&str, &str)]) -> FlagSet {
    let manifest = |(name, spec): &(&str, &str)| {
        format!(
            "---\napiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: {name}}}\nspec: {spec}\n"
        )
    };
    let text: String = specs.iter().map(manifest).collect();
    FlagSet::compile(manifests::read(&text).unwrap(), &Workload::default()).0
}

fn attributed(feature: Feature, open: Open) -> Attribution {
    Attribution { feature, via: Via::Header, open, by_fingerprint: false, misnamed: Misnamed::default() }
}

fn decided(feature: &str, open: Open, can_cost: bool) -> Verdict {
    let flags = flags();
    decide(&attributed(flags.feature(feature), open), &flags, can_cost, &NOBODY, Timestamp::UNIX_EPOCH)
        .verdict
}

#[test]
fn a_call_of_a_feature_that_is_off_is_refused_by_its_flag() {
    let Verdict::Refuse(refusal) = decided("off", Open::Settled, true) else { panic!("it passed") };
    assert_eq!((&*refusal.feature, &*refusal.off.flag), ("off", "FeatureFlag off"));
}

#[test]
fn a_call_of_a_feature_that_is_on_or_has_no_flag_passes() {
    assert_eq!(decided("without-a-flag", Open::Settled, true), Verdict::Pass(Note::Plain));
}

#[test]
fn what_costs_nothing_passes_whatever_the_flag_says() {
    for open in [Open::Settled, Open::AllOn, Open::Mixed, Open::AllOff] {
        assert_eq!(decided("off", open, false), Verdict::Pass(Note::Plain));
    }
}

#[test]
fn a_call_that_cannot_be_decided_passes_and_says_so() {
    for feature in ["off", "on"] {
        assert_eq!(decided(feature, Open::Mixed, true), Verdict::Pass(Note::Undetermined));
    }
}

#[test]
fn a_call_is_refused_without_its_model_where_every_answer_is_no() {
    assert!(matches!(decided("off", Open::AllOff, true), Verdict::Refuse(_)));
}

#[test]
fn a_call_need_not_wait_where_every_answer_is_yes() {
    assert_eq!(decided("on", Open::AllOn, true), Verdict::Pass(Note::Plain));
}

#[test]
fn a_call_passes_and_says_so_while_no_state_is_known() {
    let flags = FlagSet::unknown(&Workload::default(), &[]);
    let attribution = attributed(flags.feature("chat"), Open::Settled);
    let decision = decide(&attribution, &flags, true, &NOBODY, Timestamp::UNIX_EPOCH);
    assert_eq!(decision.verdict, Verdict::Pass(Note::StateUnknown));
}

#[test]
fn only_a_call_that_could_be_refused_waits_for_its_model() {
    let waits = |open, can_cost| needs_body(&attributed(flags().feature("x"), open), can_cost);
    assert!(waits(Open::Mixed, true) && waits(Open::AllOff, true));
    assert!(!waits(Open::Settled, true) && !waits(Open::AllOn, true));
    assert!(!waits(Open::Mixed, false) && !waits(Open::AllOff, false));
}

#[test]
fn a_call_whose_user_could_not_be_read_passes_and_says_so_unless_another_flag_refuses_everybody() {
    let flags = flags_of(&[
        ("chat", "{users: {deny: [ada]}}"),
        ("more", "{feature: both, users: {deny: [ada]}}"),
        ("both", "{enabled: false}"),
    ]);
    let verdict = |feature| {
        let attribution = attributed(flags.feature(feature), Open::Settled);
        assert!(needs_user(&attribution, true) && !needs_user(&attribution, false));
        decide(&attribution, &flags, true, &UNREAD, Timestamp::UNIX_EPOCH).verdict
    };
    assert_eq!(verdict("chat"), Verdict::Pass(Note::UserUndetermined));
    assert!(matches!(verdict("both"), Verdict::Refuse(_)));
}

#[test]
fn what_a_flag_in_preview_would_refuse_passes_and_is_told() {
    let flags = flags_of(&[("chat", "{enabled: false, mode: Preview}")]);
    let attribution = attributed(flags.feature("chat"), Open::Settled);
    let decide = |can_cost| decide(&attribution, &flags, can_cost, &NOBODY, Timestamp::UNIX_EPOCH);
    assert_eq!(decide(true).verdict, Verdict::Pass(Note::Plain));
    assert_eq!(&*decide(true).would_refuse.unwrap().off.flag, "FeatureFlag chat");
    assert_eq!(decide(false).would_refuse, None);
}
