//! The questions, and their order.

use std::sync::Arc;

use crate::{
    attribute::{Attribution, Open},
    state::{FlagSet, Off},
};

/// What becomes of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Pass(Note),
    Refuse(Refusal),
}

/// What the ledger should know about a call that passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing: the feature is on, or the call costs nothing.
    Plain,
    /// No state of the flags was ever known.
    StateUnknown,
    /// A rule that could have refused depends on the model, and the body was too large to find it.
    Undetermined,
}

/// Why a call may not pass, and how it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The feature's name.
    pub feature: Arc<str>,
    pub off: Arc<Off>,
}

/// What the questions are asked about.
struct Case<'a> {
    attribution: &'a Attribution,
    flags: &'a FlagSet,
    can_cost: bool,
}

const QUESTIONS: [fn(&Case<'_>) -> Option<Verdict>; 4] =
    [costs_nothing, undetermined, feature_off, state_unknown];

/// Whether the call may pass, by what is known of it now. Where [`needs_model`] says so, the body is read first; a call
/// whose model could not be found then comes here as it is.
pub fn decide(attribution: &Attribution, flags: &FlagSet, can_cost: bool) -> Verdict {
    let case = Case { attribution, flags, can_cost };
    QUESTIONS.iter().find_map(|question| question(&case)).unwrap_or(Verdict::Pass(Note::Plain))
}

/// Whether the call must wait for its model: only while a rule that could refuse it lacks nothing else.
pub fn needs_model(attribution: &Attribution, can_cost: bool) -> bool {
    can_cost && matches!(attribution.open, Open::Mixed | Open::AllOff)
}

/// Listing models, polling, deleting: a feature that is off can still clean up.
fn costs_nothing(case: &Case<'_>) -> Option<Verdict> {
    (!case.can_cost).then_some(Verdict::Pass(Note::Plain))
}

fn undetermined(case: &Case<'_>) -> Option<Verdict> {
    (case.attribution.open == Open::Mixed).then_some(Verdict::Pass(Note::Undetermined))
}

fn feature_off(case: &Case<'_>) -> Option<Verdict> {
    let feature = &case.attribution.feature;
    let off = Arc::clone(feature.off.as_ref()?);
    Some(Verdict::Refuse(Refusal { feature: Arc::clone(&feature.name), off }))
}

fn state_unknown(case: &Case<'_>) -> Option<Verdict> {
    (!case.flags.is_known()).then_some(Verdict::Pass(Note::StateUnknown))
}

// === impl Note ===

impl Note {
    /// As the ledger's metadata (`gate`) says it; nothing where there is nothing to say.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::StateUnknown => Some("StateUnknown"),
            Self::Undetermined => Some("undetermined"),
        }
    }
}

#[cfg(test)]
mod tests;
