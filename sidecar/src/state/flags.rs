//! The compiled flags.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tollgate_crds::stream::Attribution;

use crate::budgets::Budget;

use super::{
    Rule,
    off::Off,
    stance::{Caller, Certainty, Reason, Said, Stance},
};

/// The feature of calls that nobody named one for. A flag can have this name, too.
pub const UNATTRIBUTED: &str = "unattributed";

/// The flags in force, swapped whole.
pub type SharedFlags = Arc<ArcSwap<FlagSet>>;

/// All flags that hold for one workload.
#[derive(Debug)]
pub struct FlagSet {
    /// False until a first state is known: calls pass, and say so.
    pub(super) known: bool,
    /// Features that have a flag.
    pub(super) features: HashMap<Arc<str>, Feature>,
    /// `match` entries that count whatever the app says, the first that matches wins.
    pub(super) enforced: Vec<Rule>,
    /// `match` entries that count where the app names no feature, the first that matches wins.
    pub(super) hints: Vec<Rule>,
    /// The feature that the pod's annotation names.
    pub(super) of_workload: Option<Feature>,
    pub(super) unattributed: Feature,
    /// How calls are attributed, where the operator says so.
    pub(super) attribution: Option<Attribution>,
    /// Limits that the operator tells.
    pub(super) budgets: Arc<[Arc<Budget>]>,
}

/// A feature's name, and what its flags say.
#[derive(Clone, Debug)]
pub struct Feature {
    pub name: Arc<str>,
    /// None where it has no flag, and so is on.
    stances: Option<Arc<Stances>>,
}

/// What the flags of one feature say, in order of precedence.
#[derive(Debug)]
pub(super) struct Stances {
    all: Box<[Stance]>,
    certainty: Certainty,
    asks_for_user: bool,
}

/// What a feature's flags say of one call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// It may not pass. The strictest flag wins: the first that lets no call pass says how, else the first that exchanges
    /// its model.
    pub refused: Option<Refused>,
    /// A flag could still refuse it by its user, who was not read.
    pub by_user: bool,
    /// A flag in preview would have refused it.
    pub would_refuse: Option<Refused>,
}

/// Which flag refuses, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    pub off: Arc<Off>,
    pub reason: Reason,
}

// === impl FlagSet ===

impl FlagSet {
    /// The feature of this name: the flag's, or one that has no flag and so is on.
    pub fn feature(&self, name: &str) -> Feature {
        self.features.get(name).cloned().unwrap_or_else(|| Feature::without_flag(name))
    }

    /// The features that have a flag.
    pub fn features(&self) -> impl Iterator<Item = &Feature> {
        self.features.values()
    }

    /// When a schedule next begins or ends something.
    pub fn next_edge(&self, now: Timestamp) -> Option<Timestamp> {
        self.features().filter_map(|feature| feature.next_edge(now)).min()
    }

    /// Whether any state was ever learned.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// How calls are to be attributed, where whoever told the flags says so.
    pub fn attribution(&self) -> Option<Attribution> {
        self.attribution
    }

    /// Limits that stop calls once they are spent.
    pub(crate) fn budgets(&self) -> &Arc<[Arc<Budget>]> {
        &self.budgets
    }

    pub(crate) fn enforced(&self) -> &[Rule] {
        &self.enforced
    }

    pub(crate) fn hints(&self) -> &[Rule] {
        &self.hints
    }

    pub(crate) fn of_workload(&self) -> Option<&Feature> {
        self.of_workload.as_ref()
    }

    pub(crate) fn unattributed(&self) -> &Feature {
        &self.unattributed
    }
}

// === impl Feature ===

impl Feature {
    pub(super) fn without_flag(name: &str) -> Self {
        Self { name: name.into(), stances: None }
    }

    pub(super) fn of(name: Arc<str>, stances: Vec<Stance>) -> Self {
        Self { name, stances: Some(Arc::new(Stances::of(stances))) }
    }

    /// What its flags say of a call.
    pub fn judge(&self, caller: &Caller<'_>, now: Timestamp) -> Judgement {
        let mut judgement = Judgement::default();
        for stance in self.stances() {
            let told = match stance.asked(&self.name, caller, now) {
                Said::Pass => continue,
                Said::ByUser => {
                    judgement.by_user |= !stance.preview;
                    continue;
                }
                Said::Refuse(reason) => Refused { off: Arc::clone(&stance.off), reason },
            };
            let place = if stance.preview { &mut judgement.would_refuse } else { &mut judgement.refused };
            if place.as_ref().is_none_or(|first| first.off.lets_pass() && !told.off.lets_pass()) {
                *place = Some(told);
            }
        }
        judgement
    }

    /// Whether no call passes, whoever makes it and when.
    pub fn is_off(&self) -> bool {
        self.certainty() == Certainty::Off
    }

    /// Whether calls pass at this time; which ones, where not all do, users and draws decide.
    pub fn is_on(&self, now: Timestamp) -> bool {
        self.stances().iter().all(|stance| stance.preview || stance.off_at(now).is_none())
    }

    /// The flag that breaks off calls under way at this time. Who is only out by user or draw may finish.
    pub(crate) fn cut_by(&self, now: Timestamp) -> Option<&Arc<Off>> {
        let cuts = |stance: &&Stance| !stance.preview && stance.off.cuts && stance.off_at(now).is_some();
        self.stances().iter().find(cuts).map(|stance| &stance.off)
    }

    /// How its calls are refused, should they be: by the first flag that would.
    pub(crate) fn when_disabled(&self) -> Option<&Arc<Off>> {
        self.stances().iter().find(|stance| !stance.preview).map(|stance| &stance.off)
    }

    /// Whether a flag asks who the user is.
    pub(crate) fn asks_for_user(&self) -> bool {
        self.stances.as_ref().is_some_and(|stances| stances.asks_for_user)
    }

    pub(crate) fn certainty(&self) -> Certainty {
        self.stances.as_ref().map_or(Certainty::On, |stances| stances.certainty)
    }

    fn next_edge(&self, now: Timestamp) -> Option<Timestamp> {
        self.stances().iter().filter_map(|stance| stance.next_edge(now)).min()
    }

    fn stances(&self) -> &[Stance] {
        self.stances.as_ref().map_or(&[], |stances| &stances.all)
    }
}

// === impl Stances ===

impl Stances {
    fn of(all: Vec<Stance>) -> Self {
        let any = |certainty| all.iter().any(|stance| stance.certainty() == certainty);
        let certainty = if any(Certainty::Off) {
            Certainty::Off
        } else if any(Certainty::Depends) {
            Certainty::Depends
        } else {
            Certainty::On
        };
        Self { certainty, asks_for_user: all.iter().any(Stance::asks_for_user), all: all.into() }
    }
}
