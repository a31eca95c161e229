//! Flags to a [`FlagSet`]: what can be decided once is decided here, whether a file or the operator tells them.

mod told;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    sync::Arc,
};

use tollgate_crds::{
    Authority, DisabledAction, FeatureFlagSpec, InFlight, Manifest, Mode, WhenDisabled,
    stream::NamespaceState, validate::is_feature_name,
};

use crate::budgets::Budget;

use super::{
    flags::{Feature, FlagSet, UNATTRIBUTED},
    off::{Instead, Off},
    rule::Rule,
    stance::Stance,
};

/// Whose flags they are.
#[derive(Clone, Debug, Default)]
pub struct Workload {
    pub namespace: Option<String>,
    /// The pod's labels, which `match[].workload` selects by.
    pub labels: BTreeMap<String, String>,
    /// The feature of calls that name none (the pod's annotation `tollgate.dev/feature`).
    pub feature: Option<String>,
}

/// Something that was left out, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Like `FeatureFlag shop/chat`.
    pub flag: String,
    pub why: String,
}

/// A flag that holds here. The derived order is that of precedence: what holds for the whole cluster first, then by
/// name, so that two sidecars with the same flags never disagree.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// No flag: its state was never learned, and one of its flags said before to deny calls until then.
    Unknown,
    Cluster {
        name: String,
    },
    Namespace {
        namespace: Option<String>,
        name: String,
    },
}

struct Flag {
    origin: Origin,
    feature: String,
    /// Gives way to a namespace's own flag.
    overridable: bool,
    spec: FeatureFlagSpec,
}

// === impl FlagSet ===

impl FlagSet {
    /// Before any state is known: every call passes, but those of the features that are denied until then.
    pub fn unknown(workload: &Workload, denied: &[String]) -> Self {
        let denied = denied.iter().map(|feature| Flag {
            origin: Origin::Unknown,
            feature: feature.clone(),
            overridable: false,
            spec: FeatureFlagSpec { enabled: Some(false), ..FeatureFlagSpec::default() },
        });
        Self { known: false, ..Self::of(denied.collect(), workload) }
    }

    /// The flags of a file that hold for this workload, and what was left out. ClusterFeatureFlags hold: a file on a
    /// laptop has no namespaces to ask their selector about.
    pub fn compile(manifests: Vec<Manifest>, workload: &Workload) -> (Self, Vec<Notice>) {
        let mut notices = Vec::new();
        let flags = manifests.into_iter().map(Flag::of_manifest);
        let flags = flags.filter_map(|flag| holds_here(flag, workload, &mut notices)).collect();
        (Self::of(flags, workload), notices)
    }

    /// The flags that the operator tells, and what of them is left out. Whoever tells them has asked the selectors of
    /// ClusterFeatureFlags.
    pub fn of_state(state: &NamespaceState, workload: &Workload) -> (Self, Vec<Notice>) {
        let mut notices = Vec::new();
        let told: Vec<Flag> = state.flags.iter().map(|flag| Flag::told(flag, &mut notices)).collect();
        let flags = told.into_iter().filter_map(|flag| holds_here(flag, workload, &mut notices)).collect();
        let budgets = state.budgets.iter().map(|told| Arc::new(Budget::of(told))).collect();
        (Self { attribution: Some(state.attribution), budgets, ..Self::of(flags, workload) }, notices)
    }

    /// The one way in which flags get their meaning.
    fn of(mut flags: Vec<Flag>, workload: &Workload) -> Self {
        flags.sort_by(|a, b| a.origin.cmp(&b.origin));

        let own: BTreeSet<&str> =
            flags.iter().filter(|flag| flag.overrides()).map(|flag| &*flag.feature).collect();
        let mut stances: HashMap<&str, Vec<Stance>> = HashMap::new();
        for flag in &flags {
            let stances = stances.entry(&flag.feature).or_default();
            if !(flag.overridable && own.contains(&*flag.feature)) {
                stances.push(stance(flag));
            }
        }
        let features: HashMap<Arc<str>, Feature> = stances
            .into_iter()
            .map(|(name, stances)| (Arc::from(name), stances))
            .map(|(name, stances)| (Arc::clone(&name), Feature::of(name, stances)))
            .collect();

        let (mut enforced, mut hints) = (Vec::new(), Vec::new());
        for flag in &flags {
            let Some(feature) = features.get(flag.feature.as_str()) else { continue };
            for entry in &flag.spec.matches {
                if !entry.workload.as_ref().is_none_or(|selector| selector.selects(&workload.labels)) {
                    continue;
                }
                match entry.authority.unwrap_or(Authority::Hint) {
                    Authority::Enforced => enforced.push(Rule::compile(entry, feature.clone())),
                    Authority::Hint => hints.push(Rule::compile(entry, feature.clone())),
                }
            }
        }

        let known = |name: &str| features.get(name).cloned().unwrap_or_else(|| Feature::without_flag(name));
        let of_workload = workload.feature.as_deref().filter(|name| is_feature_name(name)).map(known);
        let unattributed = known(UNATTRIBUTED);
        Self {
            known: true,
            features,
            enforced,
            hints,
            of_workload,
            unattributed,
            attribution: None,
            budgets: Arc::default(),
        }
    }
}

// === impl Flag ===

impl Flag {
    fn of_manifest(manifest: Manifest) -> Self {
        // a file whose annotations say nothing that can be read was not taken
        let overriding = manifest.overriding().ok().flatten();
        let mut flag = match manifest {
            Manifest::ClusterFeatureFlag(flag) => {
                let feature = flag.feature().to_owned();
                let name = flag.metadata.name.unwrap_or_default();
                let overridable = flag.spec.overridable.unwrap_or_default();
                Self {
                    origin: Origin::Cluster { name },
                    feature,
                    overridable,
                    spec: flag.spec.into_namespaced(),
                }
            }
            Manifest::FeatureFlag(flag) => {
                let feature = flag.feature().to_owned();
                let name = flag.metadata.name.unwrap_or_default();
                let origin = Origin::Namespace { namespace: flag.metadata.namespace, name };
                Self { origin, feature, overridable: false, spec: flag.spec }
            }
        };
        if let Some(overriding) = overriding {
            flag.spec.schedule.insert(0, overriding.period());
        }
        flag
    }

    /// Whether it takes the place of a cluster's flag that lets itself be overridden. One that is on trial changes
    /// nothing.
    fn overrides(&self) -> bool {
        matches!(self.origin, Origin::Namespace { .. }) && self.spec.mode != Some(Mode::Preview)
    }
}

/// The flag, unless it is another namespace's. One that names no namespace is of the workload's.
fn holds_here(mut flag: Flag, workload: &Workload, notices: &mut Vec<Notice>) -> Option<Flag> {
    if let Origin::Namespace { namespace, .. } = &mut flag.origin {
        if namespace.is_none() {
            namespace.clone_from(&workload.namespace);
        }
        if *namespace != workload.namespace {
            notices.push(Notice { flag: flag.origin.to_string(), why: elsewhere(workload) });
            return None;
        }
    }
    Some(flag)
}

fn elsewhere(workload: &Workload) -> String {
    match &workload.namespace {
        Some(namespace) => format!("this workload is in namespace {namespace}"),
        None => "this workload has no namespace (workload.namespace of the configuration)".to_owned(),
    }
}

fn stance(flag: &Flag) -> Stance {
    let FeatureFlagSpec { enabled, mode, schedule, rollout, users, .. } = &flag.spec;
    let (enabled, mode) = (enabled.unwrap_or(true), mode.unwrap_or_default());
    Stance::new(Arc::new(off(flag)), enabled, mode, schedule, *rollout, users.as_ref())
}

fn off(flag: &Flag) -> Off {
    let WhenDisabled { action, status, message, response, model, in_flight } =
        flag.spec.when_disabled.clone().unwrap_or_default();
    let message = message.unwrap_or_else(|| default_message(&flag.feature));
    let instead = match (action.unwrap_or(DisabledAction::Reject), model) {
        (DisabledAction::Respond, _) => Instead::Answer(response.unwrap_or_else(|| message.clone()).into()),
        (DisabledAction::Substitute, Some(model)) => Instead::Model(model.into()),
        (DisabledAction::Substitute, None) | (DisabledAction::Reject, _) => Instead::Nothing,
    };
    Off {
        flag: flag.origin.to_string().into(),
        status: status.unwrap_or_default(),
        message: message.into(),
        instead,
        cuts: in_flight.unwrap_or_default() == InFlight::Cut,
    }
}

/// One to show an end user.
pub(crate) fn default_message(feature: &str) -> String {
    format!("The feature \"{feature}\" is switched off at the moment.")
}

// === impl Origin ===

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("onStateUnknown: Deny"),
            Self::Cluster { name } => write!(f, "ClusterFeatureFlag {name}"),
            Self::Namespace { namespace: Some(namespace), name } => {
                write!(f, "FeatureFlag {namespace}/{name}")
            }
            Self::Namespace { namespace: None, name } => write!(f, "FeatureFlag {name}"),
        }
    }
}

#[cfg(test)]
mod tests;
