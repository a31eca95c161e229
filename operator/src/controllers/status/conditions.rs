//! What is said of a flag: each condition is one pure function, and its words are those in the condition.

use std::collections::BTreeSet;

use tollgate_crds::{
    flag::{Effective, EffectiveReason},
    stream::PRICES_CONFIG_MAP,
    validate::Violation,
};

use super::facts::{Facts, Uncovered};
use crate::index::Conflict;

/// What one condition says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) holds: Holds,
    /// One word, of a closed set.
    pub(super) reason: &'static str,
    pub(super) message: String,
}

/// A condition's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    True,
    False,
}

/// A condition's type, and what decides it.
pub(super) type Judge = (&'static str, fn(&Facts<'_>) -> Verdict);

/// In the order in which they are shown.
pub(super) const CONDITIONS: [Judge; 5] = [
    ("Accepted", accepted),
    ("Distributed", distributed),
    ("Covered", covered),
    ("Priced", priced),
    ("Ready", ready),
];

/// So many fields, flags or workloads are named; a message is read in a terminal.
const NAMED: usize = 5;

/// Whether what is written can be obeyed, and with whom it shares its feature.
pub(super) fn accepted(facts: &Facts<'_>) -> Verdict {
    let problems = match &facts.flag.accepted {
        Ok(accepted) => &accepted.problems,
        Err(problems) => problems,
    };
    if !problems.is_empty() {
        let mut message = listed(problems.iter().map(Violation::to_string));
        message.push_str(match &facts.flag.accepted {
            Ok(_) => ". What it says of the feature holds, without these fields",
            Err(_) => ". Nothing of it holds until that is mended",
        });
        return no("Invalid", message);
    }
    let decision = facts.decision.as_ref();
    let conflicts = decision.map(|decision| decision.conflicts.as_slice()).unwrap_or_default();
    if let Some(Effective { reason: EffectiveReason::Overridden, by: Some(by), .. }) =
        decision.map(|decision| &decision.effective)
    {
        return yes(
            "Overridden",
            format!("It lets namespaces override it, and everywhere their own flags do, such as {by}"),
        );
    }
    if conflicts.is_empty() {
        return yes("Valid", "It is obeyed as it is written".to_owned());
    }
    yes("SharedFeature", shared(facts.flag.feature(), conflicts))
}

fn shared(feature: &str, conflicts: &[Conflict]) -> String {
    let others =
        listed(conflicts.iter().map(|conflict| {
            format!("{} says {}", conflict.other, if conflict.enabled { "on" } else { "off" })
        }));
    let decided = match conflicts.iter().find(|conflict| conflict.decides) {
        Some(Conflict { other, .. }) => format!("{other} decides"),
        None => "this one decides, or all say the same".to_owned(),
    };
    format!("The feature {feature} has other flags: {others}. The strictest wins: {decided}")
}

/// Whether every sidecar holds it.
pub(super) fn distributed(facts: &Facts<'_>) -> Verdict {
    let Facts { current, total, namespaces, flag, .. } = facts;
    if flag.accepted.is_err() {
        return no("NotAccepted", "It is not sent to any sidecar".to_owned());
    }
    if *namespaces == 0 {
        let message = match &flag.key.namespace {
            Some(namespace) => format!(
                "No sidecar is to hold it: the namespace {namespace} is not labelled. \
                 kubectl label namespace {namespace} tollgate.dev/inject=enabled"
            ),
            None => "No sidecar is to hold it: it selects no namespace that is labelled tollgate.dev/inject=enabled"
                .to_owned(),
        };
        return yes("NoNamespace", message);
    }
    match total {
        0 => yes(
            "NoSidecars",
            "No running pod has a sidecar yet; those to come get it at their start".to_owned(),
        ),
        total if current == total => yes("InForce", format!("All {total} sidecars hold it")),
        total => no(
            "Distributing",
            format!(
                "{current} of {total} sidecars hold it; the others hold an older state, or cannot be heard"
            ),
        ),
    }
}

/// Whether all pods of its namespaces have a sidecar to hold it.
pub(super) fn covered(facts: &Facts<'_>) -> Verdict {
    let uncovered = &facts.uncovered;
    if uncovered.is_empty() {
        return yes("AllPods", "Every running pod that it concerns has a sidecar".to_owned());
    }
    let pods: usize = uncovered.iter().map(|uncovered| uncovered.pods).sum();
    let workloads = listed(uncovered.iter().map(Uncovered::told));
    no(
        "PodsWithoutSidecar",
        format!("{} no sidecar, and make their calls whatever this flag says: {workloads}", counted(pods)),
    )
}

/// Whether the models of its feature's calls have a price.
pub(super) fn priced(facts: &Facts<'_>) -> Verdict {
    let models: BTreeSet<_> = facts
        .unpriced
        .iter()
        .map(|one| (&one.model.provider, &one.model.model, &one.model.looks_like))
        .collect();
    if models.is_empty() {
        return yes("AllModels", "No sidecar has told of a model without a price in the last day".to_owned());
    }
    let named = listed(models.into_iter().map(|(provider, model, looks_like)| match looks_like {
        Some(known) => format!("{provider} \"{model}\", which looks like \"{known}\""),
        None => format!("{provider} \"{model}\""),
    }));
    no(
        "UnknownModel",
        format!(
            "Calls have tokens and no cost, for no price book has their model: {named}. Who runs Tollgate can price \
             it in the ConfigMap {PRICES_CONFIG_MAP}, whose Events say how"
        ),
    )
}

/// Accepted and in force: what GitOps tools wait for. Pods that never had a sidecar are not its fault.
pub(super) fn ready(facts: &Facts<'_>) -> Verdict {
    let accepted = accepted(facts);
    if accepted.holds == Holds::False { accepted } else { distributed(facts) }
}

fn yes(reason: &'static str, message: String) -> Verdict {
    Verdict { holds: Holds::True, reason, message }
}

fn no(reason: &'static str, message: String) -> Verdict {
    Verdict { holds: Holds::False, reason, message }
}

fn counted(pods: usize) -> String {
    if pods == 1 { "1 pod has".to_owned() } else { format!("{pods} pods have") }
}

fn listed(items: impl ExactSizeIterator<Item = String>) -> String {
    let more = items.len().saturating_sub(NAMED);
    let mut text = items.take(NAMED).collect::<Vec<_>>().join("; ");
    if more > 0 {
        text.push_str(&format!("; and {more} more"));
    }
    text
}

// === impl Uncovered ===

impl Uncovered {
    /// Which they are, and what to do.
    fn told(&self) -> String {
        let Self { namespace, workload, pod, pods, opted_out } = self;
        let pods = if *pods == 1 { "1 pod".to_owned() } else { format!("{pods} pods") };
        if *opted_out {
            return format!("{workload} in {namespace} ({pods}) opted out");
        }
        format!("{workload} in {namespace} ({pods}): {}", workload.restart(namespace, pod))
    }
}

// === impl Holds ===

impl Holds {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::True => "True",
            Self::False => "False",
        }
    }
}
