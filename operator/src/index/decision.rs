//! Several flags for one feature: the strictest wins, unless a cluster's flag lets a namespace's own take its place.
//! What that means for each of them.

use jiff::Timestamp;
use tollgate_crds::flag::{Effective, EffectiveReason, Mode};

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

/// Why the flag lets nobody pass at this time; None where it does, or only counts what it would do.
fn off_at(flag: &Flag, now: Timestamp) -> Option<EffectiveReason> {
    let accepted = flag.accepted.as_ref().ok()?;
    if accepted.mode == Mode::Preview {
        return None;
    }
    let (enabled, reason) = accepted.says(now);
    (!enabled).then_some(reason)
}

/// Why the flag lets calls pass, where it does.
fn on_by(flag: &Flag, now: Timestamp) -> EffectiveReason {
    match &flag.accepted {
        Ok(accepted) if accepted.mode == Mode::Preview => EffectiveReason::Preview,
        Ok(accepted) => accepted.says(now).1,
        Err(_) => EffectiveReason::Spec,
    }
}

/// The namespace's own flag that takes this one's place.
fn overrider<'a>(flag: &Flag, flags: &[&'a Flag]) -> Option<&'a Flag> {
    let gives_way = flag.accepted.as_ref().is_ok_and(|accepted| accepted.overridable);
    let own = |other: &&&'a Flag| {
        other.key.namespace.is_some()
            && other.accepted.as_ref().is_ok_and(|accepted| accepted.mode == Mode::Enforce)
    };
    flags.iter().find(own).copied().filter(|_| gives_way)
}

/// Of the flags of one feature in one namespace, in order of precedence: the one that decides. The first that is off; if
/// none is, the first.
fn decides<'a>(flags: &[&'a Flag], now: Timestamp) -> Option<&'a Flag> {
    let in_force: Vec<&Flag> =
        flags.iter().copied().filter(|flag| overrider(flag, flags).is_none()).collect();
    in_force.iter().find(|flag| off_at(flag, now).is_some()).or(in_force.first()).copied()
}

/// What a flag is told, given for each namespace where it holds the flags of its feature there (itself among them).
pub(super) fn decide(flag: &Flag, namespaces: &[Vec<&Flag>], now: Timestamp) -> Decision {
    let off = off_at(flag, now);
    let is_off = |flag: &Flag| off_at(flag, now).is_some();
    let (left, kept): (Vec<_>, Vec<_>) =
        namespaces.iter().partition(|flags| overrider(flag, flags).is_some());
    let effective = match (left.first(), kept.as_slice()) {
        (Some(flags), []) => Effective {
            enabled: !decides(flags, now).is_some_and(is_off),
            reason: EffectiveReason::Overridden,
            by: overrider(flag, flags).map(|own| own.key.to_string()),
        },
        (_, kept) => {
            // A flag that is on is overruled where others are off; a cluster's flag only if it is so everywhere.
            let decider = |flags: &&Vec<&Flag>| {
                decides(flags, now)
                    .filter(|decider| off.is_none() && is_off(decider))
                    .map(|by| by.key.to_string())
            };
            let by: Option<Vec<String>> = kept.iter().map(decider).collect();
            match (by.and_then(|by| by.into_iter().next()), off) {
                (Some(by), _) => {
                    Effective { enabled: false, reason: EffectiveReason::StricterFlag, by: Some(by) }
                }
                (None, Some(reason)) => Effective { enabled: false, reason, by: None },
                (None, None) => Effective { enabled: true, reason: on_by(flag, now), by: None },
            }
        }
    };
    let mut conflicts: Vec<Conflict> = Vec::new();
    for flags in namespaces {
        let decider = decides(flags, now).map(|decider| &decider.key);
        let overridden = overrider(flag, flags).is_some();
        for other in flags.iter().filter(|other| other.key != flag.key) {
            let differs = overridden || is_off(other) != off.is_some();
            let decides = differs && decider == Some(&other.key);
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
