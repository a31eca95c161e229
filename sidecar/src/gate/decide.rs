//! The questions, and their order.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    attribute::{Attribution, Open},
    state::{Caller, FlagSet, Judgement, Off, Refused},
};

/// What becomes of a call, and what would have become of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub verdict: Verdict,
    /// A flag in preview would have refused it.
    pub would_refuse: Option<Refused>,
}

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
    /// Nobody said what is left of a budget, and its alert lets calls pass then.
    BudgetUnknown,
    /// A rule that could have refused depends on the model, and the body was too large to find it.
    Undetermined,
    /// A flag that could have refused depends on the user, and the body was too large to find one.
    UserUndetermined,
    /// It was answered with a flag's text.
    Responded,
    /// It went to another model than it asked for.
    Substituted,
    /// It was broken off when its feature went off.
    Cut,
    /// It was broken off when the sidecar ended.
    Drained,
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
    judgement: &'a Judgement,
}

const QUESTIONS: [fn(&Case<'_>) -> Option<Verdict>; 4] =
    [undetermined, feature_off, user_undetermined, state_unknown];

/// Whether the call may pass, by what is known of it now. Where [`needs_body`] or [`needs_user`] says so, the body is
/// read first; a call whose model or user could not be found then comes here as it is.
pub fn decide(
    attribution: &Attribution,
    flags: &FlagSet,
    can_cost: bool,
    caller: &Caller<'_>,
    now: Timestamp,
) -> Decision {
    // Listing models, polling, deleting: a feature that is off can still clean up.
    if !can_cost {
        return Decision { verdict: Verdict::Pass(Note::Plain), would_refuse: None };
    }
    let judgement = attribution.feature.judge(caller, now);
    let case = Case { attribution, flags, judgement: &judgement };
    let verdict = QUESTIONS.iter().find_map(|question| question(&case)).unwrap_or(Verdict::Pass(Note::Plain));
    Decision { verdict, would_refuse: judgement.would_refuse }
}

/// Whether the call must wait for its model, or its body: only while a rule that could refuse it lacks nothing else.
pub fn needs_body(attribution: &Attribution, can_cost: bool) -> bool {
    can_cost && matches!(attribution.open, Open::Mixed | Open::AllOff)
}

/// Whether it matters who the user is: only where a flag of its feature asks.
pub fn needs_user(attribution: &Attribution, can_cost: bool) -> bool {
    can_cost && attribution.feature.asks_for_user()
}

fn undetermined(case: &Case<'_>) -> Option<Verdict> {
    (case.attribution.open == Open::Mixed).then_some(Verdict::Pass(Note::Undetermined))
}

fn feature_off(case: &Case<'_>) -> Option<Verdict> {
    let Refused { off, reason: _ } = case.judgement.refused.as_ref()?;
    Some(Verdict::Refuse(Refusal {
        feature: Arc::clone(&case.attribution.feature.name),
        off: Arc::clone(off),
    }))
}

fn user_undetermined(case: &Case<'_>) -> Option<Verdict> {
    case.judgement.by_user.then_some(Verdict::Pass(Note::UserUndetermined))
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
            Self::BudgetUnknown => Some("BudgetUnknown"),
            Self::Undetermined | Self::UserUndetermined => Some("undetermined"),
            Self::Responded => Some("responded"),
            Self::Substituted => Some("substituted"),
            Self::Cut => Some("cut"),
            Self::Drained => Some("drained"),
        }
    }
}

#[cfg(test)]
mod tests;
