use tollgate_crds::manifests;

use super::*;
use crate::{
    attribute::{Misnamed, Via},
    state::{Feature, Workload},
};

fn flags() -> FlagSet {
    let text = "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {name: off}\nspec: {enabled: false}\n";
    FlagSet::compile(manifests::read(text).unwrap(), &Workload::default()).0
}

fn attributed(feature: Feature, open: Open) -> Attribution {
    Attribution { feature, via: Via::Header, open, misnamed: Misnamed::default() }
}

fn decided(feature: &str, open: Open, can_cost: bool) -> Verdict {
    let flags = flags();
    decide(&attributed(flags.feature(feature), open), &flags, can_cost)
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
    let verdict = decide(&attributed(flags.feature("chat"), Open::Settled), &flags, true);
    assert_eq!(verdict, Verdict::Pass(Note::StateUnknown));
}

#[test]
fn only_a_call_that_could_be_refused_waits_for_its_model() {
    let waits = |open, can_cost| needs_model(&attributed(flags().feature("x"), open), can_cost);
    assert!(waits(Open::Mixed, true) && waits(Open::AllOff, true));
    assert!(!waits(Open::Settled, true) && !waits(Open::AllOn, true));
    assert!(!waits(Open::Mixed, false) && !waits(Open::AllOff, false));
}
