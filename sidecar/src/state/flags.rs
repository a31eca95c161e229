//! The compiled flags.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use tollgate_crds::{RefusalStatus, stream::Attribution};

use super::Rule;

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
}

/// A feature's name, and whether its calls pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    pub name: Arc<str>,
    /// Why it is off, where it is.
    pub off: Option<Arc<Off>>,
}

/// A feature that is off.
#[derive(Debug, PartialEq)]
pub struct Off {
    /// The flag that says so, like `FeatureFlag shop/chat`.
    pub flag: Box<str>,
    pub status: RefusalStatus,
    /// What the app's users may read.
    pub message: Box<str>,
}

// === impl FlagSet ===

impl FlagSet {
    /// The feature of this name: the flag's, or one that has no flag and so is on.
    pub fn feature(&self, name: &str) -> Feature {
        self.features.get(name).cloned().unwrap_or_else(|| Feature { name: name.into(), off: None })
    }

    /// The features that have a flag.
    pub fn features(&self) -> impl Iterator<Item = &Feature> {
        self.features.values()
    }

    /// Whether any state was ever learned.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// How calls are to be attributed, where whoever told the flags says so.
    pub fn attribution(&self) -> Option<Attribution> {
        self.attribution
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
    pub fn is_off(&self) -> bool {
        self.off.is_some()
    }
}
