//! Several flags for one feature: the strictest wins. What that means for each of them.

use tollgate_crds::flag::{Effective, EffectiveReason};

use super::{Flag, FlagKey};

/// What holds for a flag's feature, and who else has a say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub effective: Effective,
    /// Other flags of the same feature that hold where this one does, in order of precedence.
    pub conflicts: Vec<Conflict>,
}

/// Another flag of the same feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub other: FlagKey,
    /// What the other one says.
    pub enabled: bool,
    /// Whether the other one decides; else this one does, or both say the same.
    pub decides: bool,
}

/// Of the flags of one feature in one namespace, in order of precedence: the one that decides. The first that is off; if
/// none is, the first.
pub(super) fn decides<'a>(flags: &[&'a Flag]) -> Option<&'a Flag> {
    flags.iter().find(|flag| is_off(flag)).or(flags.first()).copied()
}

pub(super) fn is_off(flag: &Flag) -> bool {
    flag.accepted.as_ref().is_ok_and(|accepted| !accepted.enabled)
}

/// What a flag is told, given for each namespace where it holds the flags of its feature there (itself among them).
pub(super) fn decide(flag: &Flag, namespaces: &[Vec<&Flag>]) -> Decision {
    let off = is_off(flag);
    // A flag that is on is overruled where others are off; a cluster's flag only if it is so everywhere.
    let deciders: Vec<Option<&Flag>> =
        namespaces.iter().map(|flags| decides(flags).filter(|decider| !off && is_off(decider))).collect();
    let by = match deciders.as_slice() {
        [] => None,
        all if all.iter().all(Option::is_some) => all.first().copied().flatten(),
        _ => None,
    };
    let effective = match by {
        Some(by) => {
            Effective { enabled: false, reason: EffectiveReason::StricterFlag, by: Some(by.key.to_string()) }
        }
        None => Effective { enabled: !off, reason: EffectiveReason::Spec, by: None },
    };
    let mut conflicts: Vec<Conflict> = Vec::new();
    for flags in namespaces {
        let decider = decides(flags).map(|decider| &decider.key);
        for other in flags.iter().filter(|other| other.key != flag.key) {
            let decides = is_off(other) != off && decider == Some(&other.key);
            match conflicts.iter_mut().find(|conflict| conflict.other == other.key) {
                Some(conflict) => conflict.decides |= decides,
                None => {
                    conflicts.push(Conflict { other: other.key.clone(), enabled: !is_off(other), decides })
                }
            }
        }
    }
    conflicts.sort_by(|a, b| a.other.cmp(&b.other));
    Decision { effective, conflicts }
}
