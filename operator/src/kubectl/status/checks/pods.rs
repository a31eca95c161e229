//! Whether what is labelled is metered and gated, and knows what holds.

use std::collections::BTreeMap;

use super::{Check, NAMED, are, failed, look, not_known, ok, warning};
use crate::{
    index::Pod,
    kubectl::status::{
        facts::{Facts, tally},
        samples::Samples,
    },
    numbers::counted,
    workload::Workload,
};

const ROOM: &str = "namespaces and pods";
/// Below is health: sidecars hear every two seconds.
const STALE_SECONDS: f64 = 60.0;

pub(super) fn namespaces(facts: &Facts) -> Option<Check> {
    Some(look(ROOM, "which namespaces are labelled", &facts.namespaces, |namespaces| {
        match namespaces.len() {
            0 => warning(
                ROOM,
                "no namespace is labelled: nothing is metered and nothing is gated".to_owned(),
                ["kubectl label namespace NAME tollgate.dev/inject=enabled, then restart what runs there"
                    .to_owned()],
            ),
            count => ok(ROOM, &format!("{} labelled", are(count, "namespace"))),
        }
    }))
}

pub(super) fn uncovered(facts: &Facts) -> Option<Check> {
    let labelled = facts.namespaces.as_ref().is_ok_and(|namespaces| !namespaces.is_empty());
    if !labelled {
        return None;
    }
    Some(look(ROOM, "which pods have a sidecar", &facts.pods, |pods| {
        let running = || pods.iter().map(|covered| &covered.pod).filter(|pod| !pod.terminating);
        let without: Vec<&Pod> = running().filter(|pod| !pod.injected).collect();
        if without.is_empty() {
            return ok(
                ROOM,
                &format!("all {} in them have a sidecar", counted(running().count(), "running pod")),
            );
        }
        warning(
            ROOM,
            format!(
                "{} of {} in them have no sidecar: their calls are neither metered nor gated",
                without.len(),
                counted(running().count(), "running pod")
            ),
            restarts(without.into_iter()),
        )
    }))
}

/// What makes pods anew, a line a workload.
fn restarts<'a>(pods: impl Iterator<Item = &'a Pod>) -> Vec<String> {
    let mut workloads: BTreeMap<(String, Workload), (&Pod, usize)> = BTreeMap::new();
    for pod in pods {
        workloads.entry((pod.namespace.clone(), Workload::of_pod(pod))).or_insert((pod, 0)).1 += 1;
    }
    let more = workloads.len().saturating_sub(NAMED);
    let mut lines: Vec<String> = workloads
        .iter()
        .take(NAMED)
        .map(|((namespace, workload), (pod, pods))| {
            format!(
                "{workload} in {namespace} ({}): {}",
                counted(*pods, "pod"),
                workload.restart(namespace, &pod.name)
            )
        })
        .collect();
    if more > 0 {
        lines.push(format!("and {}", counted(more, "more workload")));
    }
    lines
}

pub(super) fn versions(facts: &Facts) -> Option<Check> {
    let pods = facts.pods.as_ref().ok()?;
    let operators = facts.operators.as_ref().ok()?;
    let sidecars = || pods.iter().filter_map(|covered| Some((&covered.pod, covered.version.as_deref()?)));
    let tally = tally(sidecars().map(|(_, version)| version));
    let newest = operators.first().map(|replica| &*replica.version)?;
    let listed =
        tally.iter().map(|(version, count)| format!("{count} of {version}")).collect::<Vec<_>>().join(", ");
    let others: Vec<&Pod> =
        sidecars().filter(|(_, version)| *version != newest).map(|(pod, _)| pod).collect();
    match (tally.is_empty(), others.is_empty()) {
        (true, _) => None,
        (false, true) => Some(ok(ROOM, &format!("sidecars are of the operator's release: {listed}"))),
        (false, false) => Some(warning(
            ROOM,
            format!(
                "sidecars are of other releases than the operator ({newest}): {listed}. They go on working"
            ),
            restarts(others.into_iter()),
        )),
    }
}

pub(super) fn freshness(facts: &Facts) -> Option<Check> {
    let answered: Vec<_> =
        facts.sidecars.iter().filter_map(|(pod, samples)| Some((pod, samples.as_ref().ok()?))).collect();
    if answered.is_empty() {
        let (_, why) = facts.sidecars.first()?;
        return Some(not_known(ROOM, "how old the sidecars' state is", why.as_ref().err()?));
    }
    let age = |samples: &Samples| samples.highest("tollgate_state_age_seconds", "source=\"stream\"");
    let stale: Vec<String> = answered
        .iter()
        .filter(|(_, samples)| age(samples).is_none_or(|age| age > STALE_SECONDS))
        .map(|(pod, samples)| match age(samples) {
            Some(age) => format!("{pod}: {age:.0} s"),
            None => format!("{pod}: it never had any from the operator"),
        })
        .collect();
    if stale.is_empty() {
        return Some(ok(ROOM, &format!("{} asked, all know what holds", are(answered.len(), "sidecar"))));
    }
    let mut todo: Vec<String> = stale.iter().take(NAMED).cloned().collect();
    todo.push(
        "can their namespaces reach the operator's push port (7443; NetworkPolicy)? kubectl -n NAMESPACE logs POD -c tollgate"
            .to_owned(),
    );
    Some(failed(
        ROOM,
        format!(
            "{} of {} asked have not heard of flags for a minute",
            stale.len(),
            counted(answered.len(), "sidecar")
        ),
        todo,
    ))
}
