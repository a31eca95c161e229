//! What the facts mean. Pure: each check is a function of the facts, and its words are those that are printed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::{
    counted,
    facts::{Facts, Known, Newest, Object, Replica, Unknown, tally},
};
use crate::{index::Pod, workload::Workload};

/// One line, and what to do below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    pub(super) room: &'static str,
    #[serde(rename = "result")]
    pub(super) outcome: Outcome,
    pub(super) said: String,
    pub(super) todo: Vec<String>,
}

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    Ok,
    Warning,
    Failed,
    /// It could not be looked at.
    Unknown,
}

/// Below is health: sidecars hear every two seconds.
const STALE_SECONDS: f64 = 60.0;
/// Rows are on their way for some seconds; an alert of the chart's fires at the same.
const LAG_SECONDS: f64 = 300.0;
/// The operator's watch, as the alert TollgateWatchStuck has it.
const WATCH_SECONDS: f64 = 10.0;
/// So many pods or workloads are named below a line.
const NAMED: usize = 5;

const INSTALLATION: &str = "installation";
const PODS: &str = "namespaces and pods";
const FLAGS: &str = "flags, alerts and prices";
const LEDGER: &str = "ledger";

/// All of them, in the order in which one builds on another.
pub(super) fn judge(facts: &Facts, now: Timestamp) -> Vec<Check> {
    [
        kinds(facts),
        replicas(facts),
        leader(facts, now),
        webhooks(facts),
        watches(facts),
        namespaces(facts),
        uncovered(facts),
        versions(facts),
        freshness(facts),
        objects(facts),
        unpriced(facts),
        database(facts),
        lag(facts),
        rows(facts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn kinds(facts: &Facts) -> Option<Check> {
    const OURS: [&str; 4] = ["featureflags", "clusterfeatureflags", "usagealerts", "clusterusagealerts"];
    Some(look(INSTALLATION, "the kinds that are served", &facts.kinds, |kinds| {
        let missing: Vec<&str> =
            OURS.into_iter().filter(|name| !kinds.iter().any(|kind| kind == name)).collect();
        if missing.is_empty() {
            return ok(INSTALLATION, "the cluster serves FeatureFlags and UsageAlerts");
        }
        failed(
            INSTALLATION,
            format!("the cluster does not know {}", missing.join(", ")),
            ["the chart brings their definitions (crds.enabled): helm upgrade --install, see docs/install.md".to_owned()],
        )
    }))
}

fn replicas(facts: &Facts) -> Option<Check> {
    let Facts { installation, operators, .. } = facts;
    Some(look(INSTALLATION, "the operator's pods", operators, |replicas| {
        let waiting: Vec<&Replica> = replicas.iter().filter(|replica| !replica.ready).collect();
        let ready = replicas.len() - waiting.len();
        let todo = || {
            waiting
                .iter()
                .map(|replica| format!("kubectl -n {installation} describe pod {}", replica.name))
                .take(NAMED)
        };
        match (ready, waiting.len()) {
            (0, 0) => failed(
                INSTALLATION,
                format!("no pod of the operator is in {installation}"),
                ["is Tollgate elsewhere? --installation says where. Else install it: docs/install.md"
                    .to_owned()],
            ),
            (0, _) => failed(INSTALLATION, "no replica of the operator is ready".to_owned(), todo()),
            (ready, 0) => {
                let versions: Vec<&str> =
                    tally(replicas.iter().map(|replica| &*replica.version)).into_keys().collect();
                let replicas = match ready {
                    1 => "1 replica of the operator is".to_owned(),
                    ready => format!("{ready} replicas of the operator are"),
                };
                ok(INSTALLATION, &format!("{replicas} ready ({})", versions.join(", ")))
            }
            (ready, waiting) => warning(
                INSTALLATION,
                format!("{ready} of {} replicas of the operator are ready", ready + waiting),
                todo(),
            ),
        }
    }))
}

fn leader(facts: &Facts, now: Timestamp) -> Option<Check> {
    let Facts { installation, .. } = facts;
    Some(look(INSTALLATION, "which replica leads", &facts.lease, |lease| {
        let spec = lease.as_ref().and_then(|lease| lease.spec.as_ref());
        let holder =
            spec.and_then(|spec| spec.holder_identity.as_deref()).filter(|holder| !holder.is_empty());
        let until = spec.and_then(|spec| {
            let lasts = i64::from(spec.lease_duration_seconds?);
            Some(spec.renew_time.as_ref()?.0.as_second().saturating_add(lasts))
        });
        match (holder, until) {
            (Some(holder), Some(until)) if now.as_second() <= until => {
                ok(INSTALLATION, &format!("{holder} leads"))
            }
            _ => failed(
                INSTALLATION,
                "no replica leads: no status, no rollup, no audit and no alert is written".to_owned(),
                [format!(
                    "kubectl -n {installation} logs -l app.kubernetes.io/component=operator | grep -i lease"
                )],
            ),
        }
    }))
}

fn webhooks(facts: &Facts) -> Option<Check> {
    let Facts { installation, .. } = facts;
    Some(look(INSTALLATION, "the webhooks", &facts.webhooks, |webhooks| {
        let Some(webhooks) = webhooks else {
            return failed(
                INSTALLATION,
                "the webhook configurations named tollgate are not both there: new pods get no sidecar"
                    .to_owned(),
                ["the chart brings them: helm upgrade --install, see docs/install.md".to_owned()],
            );
        };
        let blind: Vec<&str> =
            webhooks.iter().filter(|(_, trusts)| !trusts).map(|(name, _)| &**name).collect();
        if blind.is_empty() {
            return ok(INSTALLATION, "the webhooks are there, and the apiserver trusts them");
        }
        failed(
            INSTALLATION,
            format!(
                "the apiserver does not know whom to trust for {} (no caBundle): new pods get no sidecar",
                blind.join(", ")
            ),
            [format!(
                "the leader sets it within 15 s; its log says why not: kubectl -n {installation} logs -l app.kubernetes.io/component=operator"
            )],
        )
    }))
}

fn watches(facts: &Facts) -> Option<Check> {
    let ages: Vec<f64> = of_operators(facts, "tollgate_operator_watch_age_seconds");
    let oldest = ages.into_iter().reduce(f64::max);
    match oldest {
        Some(age) if age > WATCH_SECONDS => Some(failed(
            INSTALLATION,
            format!("a replica last heard of flags {age:.0} s ago"),
            ["its sidecars go to another replica; if all are so, look at the apiserver".to_owned()],
        )),
        Some(_) => Some(ok(INSTALLATION, "the operator hears of changes")),
        None => facts.operator_samples.iter().find_map(|samples| {
            let why = samples.as_ref().err()?;
            Some(not_known(INSTALLATION, "what the operator's metrics say", why))
        }),
    }
}

fn namespaces(facts: &Facts) -> Option<Check> {
    Some(look(PODS, "which namespaces are labelled", &facts.namespaces, |namespaces| {
        match namespaces.len() {
            0 => warning(
                PODS,
                "no namespace is labelled: nothing is metered and nothing is gated".to_owned(),
                ["kubectl label namespace NAME tollgate.dev/inject=enabled, then restart what runs there"
                    .to_owned()],
            ),
            count => ok(PODS, &format!("{} labelled", are(count, "namespace"))),
        }
    }))
}

fn uncovered(facts: &Facts) -> Option<Check> {
    let labelled = facts.namespaces.as_ref().is_ok_and(|namespaces| !namespaces.is_empty());
    if !labelled {
        return None;
    }
    Some(look(PODS, "which pods have a sidecar", &facts.pods, |pods| {
        let running = || pods.iter().map(|covered| &covered.pod).filter(|pod| !pod.terminating);
        let without: Vec<&Pod> = running().filter(|pod| !pod.injected).collect();
        if without.is_empty() {
            return ok(
                PODS,
                &format!("all {} in them have a sidecar", counted(running().count(), "running pod")),
            );
        }
        warning(
            PODS,
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

fn versions(facts: &Facts) -> Option<Check> {
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
        (false, true) => Some(ok(PODS, &format!("sidecars are of the operator's release: {listed}"))),
        (false, false) => Some(warning(
            PODS,
            format!(
                "sidecars are of other releases than the operator ({newest}): {listed}. They go on working"
            ),
            restarts(others.into_iter()),
        )),
    }
}

fn freshness(facts: &Facts) -> Option<Check> {
    let answered: Vec<_> =
        facts.sidecars.iter().filter_map(|(pod, samples)| Some((pod, samples.as_ref().ok()?))).collect();
    if answered.is_empty() {
        let (_, why) = facts.sidecars.first()?;
        return Some(not_known(PODS, "how old the sidecars' state is", why.as_ref().err()?));
    }
    let age = |samples: &super::samples::Samples| {
        samples.highest("tollgate_state_age_seconds", "source=\"stream\"")
    };
    let stale: Vec<String> = answered
        .iter()
        .filter(|(_, samples)| age(samples).is_none_or(|age| age > STALE_SECONDS))
        .map(|(pod, samples)| match age(samples) {
            Some(age) => format!("{pod}: {age:.0} s"),
            None => format!("{pod}: it never had any from the operator"),
        })
        .collect();
    if stale.is_empty() {
        return Some(ok(PODS, &format!("{} asked, all know what holds", are(answered.len(), "sidecar"))));
    }
    let mut todo: Vec<String> = stale.iter().take(NAMED).cloned().collect();
    todo.push(
        "can their namespaces reach the operator's push port (7443; NetworkPolicy)? kubectl -n NAMESPACE logs POD -c tollgate"
            .to_owned(),
    );
    Some(failed(
        PODS,
        format!(
            "{} of {} asked have not heard of flags for a minute",
            stale.len(),
            counted(answered.len(), "sidecar")
        ),
        todo,
    ))
}

fn objects(facts: &Facts) -> Option<Check> {
    Some(look(FLAGS, "flags and alerts", &facts.objects, |objects| {
        let bad = |object: &&Object| {
            object.unseen || object.faults.iter().any(|(kind, _)| !ADVICE.contains(&&**kind))
        };
        let unwell: Vec<&Object> = objects.iter().filter(bad).collect();
        if unwell.is_empty() {
            return ok(FLAGS, &format!("{} as they are written", are_obeyed(objects.len())));
        }
        let more = unwell.len().saturating_sub(NAMED);
        let mut todo: Vec<String> = unwell.iter().take(NAMED).map(|object| told(object)).collect();
        if more > 0 {
            todo.push(format!("and {more} more"));
        }
        failed(
            FLAGS,
            format!("{} of {} are not in force", unwell.len(), counted(objects.len(), "flag or alert")),
            todo,
        )
    }))
}

/// Conditions that are another check's word, and part of no verdict on the object.
const ADVICE: [&str; 3] = ["Covered", "Priced", "Ready"];

fn told(object: &Object) -> String {
    let faults: Vec<String> = object
        .faults
        .iter()
        .filter(|(kind, _)| !ADVICE.contains(&&**kind))
        .map(|(kind, message)| format!("{kind}: {message}"))
        .collect();
    match faults.as_slice() {
        [] => format!("{}: no operator has judged it yet", object.shown()),
        faults => format!("{}: {}", object.shown(), faults.join("; ")),
    }
}

fn are_obeyed(count: usize) -> String {
    if count == 1 {
        "1 flag or alert is obeyed".to_owned()
    } else {
        format!("{count} flags and alerts are obeyed")
    }
}

fn unpriced(facts: &Facts) -> Option<Check> {
    let of_leader = of_operators(facts, "tollgate_operator_unpriced_models");
    let models = of_leader.iter().copied().fold(0.0, f64::max);
    let objects = facts.objects.as_deref().unwrap_or_default();
    let told: Vec<String> = objects
        .iter()
        .flat_map(|object| {
            let messages = object.faults.iter().filter(|(kind, _)| kind == "Priced");
            messages.map(move |(_, message)| format!("{}: {message}", object.shown()))
        })
        .take(NAMED)
        .collect();
    if of_leader.is_empty() && told.is_empty() {
        return None;
    }
    if models < 0.5 && told.is_empty() {
        return Some(ok(FLAGS, "every model that was called in the last day has a price"));
    }
    let installation = &facts.installation;
    let mut todo = told;
    todo.push(format!(
        "which, and what to write: kubectl -n {installation} get events --field-selector reason=UnpricedModel"
    ));
    Some(warning(
        FLAGS,
        "models were called that no price book has: their calls have tokens and no cost".to_owned(),
        todo,
    ))
}

fn database(facts: &Facts) -> Option<Check> {
    let up = of_operators(facts, "tollgate_operator_database_up");
    if up.is_empty() {
        return None;
    }
    if up.iter().any(|up| *up > 0.5) {
        return Some(ok(LEDGER, "the operator works with its database"));
    }
    let installation = &facts.installation;
    Some(failed(
        LEDGER,
        "the operator cannot work with its database, or has none: rows wait, and nothing is added up"
            .to_owned(),
        [format!(
            "its log says why: kubectl -n {installation} logs -l app.kubernetes.io/component=operator | grep -i database"
        )],
    ))
}

fn lag(facts: &Facts) -> Option<Check> {
    let lags: Vec<(&String, f64)> = facts
        .sidecars
        .iter()
        .filter_map(|(pod, samples)| {
            Some((pod, samples.as_ref().ok()?.highest("tollgate_ledger_lag_seconds", "")?))
        })
        .collect();
    let (pod, longest) = lags.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    if longest <= LAG_SECONDS {
        return Some(ok(LEDGER, "no sidecar's rows wait for long"));
    }
    Some(failed(
        LEDGER,
        format!("rows wait for the ledger, the oldest for {longest:.0} s, in {pod}"),
        ["docs/runbooks.md#tollgateledgerlag".to_owned()],
    ))
}

fn rows(facts: &Facts) -> Option<Check> {
    let newest = match &facts.ledger {
        Ok(None) => return None,
        Ok(Some(newest)) => newest,
        Err(Unknown::Failed(why)) => return Some(failed(LEDGER, why.clone(), [])),
        Err(why) => return Some(not_known(LEDGER, "what the ledger says", why)),
    };
    let Newest { age, calls, unpriced } = newest;
    Some(match age {
        None => warning(LEDGER, "the ledger answers; no call of the last day is in it".to_owned(), []),
        Some(age) => ok(
            LEDGER,
            &format!(
                "the ledger answers: {calls} calls in 24 hours, {unpriced} of them without a price; the newest row came {age} s ago"
            ),
        ),
    })
}

/// One metric of all replicas that answered.
fn of_operators(facts: &Facts, metric: &str) -> Vec<f64> {
    facts
        .operator_samples
        .iter()
        .flatten()
        .flat_map(|samples| samples.of(metric, "").collect::<Vec<_>>())
        .collect()
}

/// The check, or that what it is about is not known.
fn look<T>(room: &'static str, what: &str, known: &Known<T>, check: impl FnOnce(&T) -> Check) -> Check {
    match known {
        Ok(value) => check(value),
        Err(why) => not_known(room, what, why),
    }
}

fn not_known(room: &'static str, what: &str, why: &Unknown) -> Check {
    let (said, todo) = match why {
        Unknown::Forbidden(right) => (
            format!("not known: {what}"),
            vec![format!("you may not {right}; somebody who may can run this, too")],
        ),
        Unknown::Failed(why) => (format!("not known: {what}: {why}"), Vec::new()),
    };
    Check { room, outcome: Outcome::Unknown, said, todo }
}

fn ok(room: &'static str, said: &str) -> Check {
    Check { room, outcome: Outcome::Ok, said: said.to_owned(), todo: Vec::new() }
}

fn warning(room: &'static str, said: String, todo: impl IntoIterator<Item = String>) -> Check {
    Check { room, outcome: Outcome::Warning, said, todo: todo.into_iter().collect() }
}

fn failed(room: &'static str, said: String, todo: impl IntoIterator<Item = String>) -> Check {
    Check { room, outcome: Outcome::Failed, said, todo: todo.into_iter().collect() }
}

/// Like `1 pod is` and `2 pods are`.
fn are(count: usize, one: &str) -> String {
    format!("{} {}", counted(count, one), if count == 1 { "is" } else { "are" })
}

// === impl Outcome ===

impl Outcome {
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Ok => "√",
            Self::Warning => "‼",
            Self::Failed => "×",
            Self::Unknown => "?",
        }
    }
}

#[cfg(test)]
mod tests;
