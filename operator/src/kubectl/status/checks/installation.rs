//! Whether Tollgate itself is there and works.

use jiff::Timestamp;

use super::{Check, NAMED, failed, look, not_known, of_operators, ok, warning};
use crate::kubectl::status::facts::{Facts, Replica, tally};

const ROOM: &str = "installation";
/// The operator's watch, as the alert TollgateWatchStuck has it.
const WATCH_SECONDS: f64 = 10.0;

pub(super) fn kinds(facts: &Facts) -> Option<Check> {
    const OURS: [&str; 4] = ["featureflags", "clusterfeatureflags", "usagealerts", "clusterusagealerts"];
    Some(look(ROOM, "the kinds that are served", &facts.kinds, |kinds| {
        let missing: Vec<&str> =
            OURS.into_iter().filter(|name| !kinds.iter().any(|kind| kind == name)).collect();
        if missing.is_empty() {
            return ok(ROOM, "the cluster serves FeatureFlags and UsageAlerts");
        }
        failed(
            ROOM,
            format!("the cluster does not know {}", missing.join(", ")),
            ["the chart brings their definitions (crds.enabled): helm upgrade --install, see docs/install.md".to_owned()],
        )
    }))
}

pub(super) fn replicas(facts: &Facts) -> Option<Check> {
    let Facts { installation, operators, .. } = facts;
    Some(look(ROOM, "the operator's pods", operators, |replicas| {
        let waiting: Vec<&Replica> = replicas.iter().filter(|replica| !replica.ready).collect();
        let ready = replicas.len() - waiting.len();
        let todo = || {
            waiting
                .iter()
                .map(|Replica { name, restarted, .. }| match restarted {
                    true => {
                        format!("kubectl -n {installation} logs {name} --previous   # it ended, and says why")
                    }
                    false => format!("kubectl -n {installation} describe pod {name}"),
                })
                .take(NAMED)
        };
        match (ready, waiting.len()) {
            (0, 0) => failed(
                ROOM,
                format!("no pod of the operator is in {installation}"),
                ["is Tollgate elsewhere? --installation says where. Else install it: docs/install.md"
                    .to_owned()],
            ),
            (0, _) => failed(ROOM, "no replica of the operator is ready".to_owned(), todo()),
            (ready, 0) => {
                let versions: Vec<&str> =
                    tally(replicas.iter().map(|replica| &*replica.version)).into_keys().collect();
                let replicas = match ready {
                    1 => "1 replica of the operator is".to_owned(),
                    ready => format!("{ready} replicas of the operator are"),
                };
                ok(ROOM, &format!("{replicas} ready ({})", versions.join(", ")))
            }
            (ready, waiting) => warning(
                ROOM,
                format!("{ready} of {} replicas of the operator are ready", ready + waiting),
                todo(),
            ),
        }
    }))
}

pub(super) fn leader(facts: &Facts, now: Timestamp) -> Option<Check> {
    let Facts { installation, .. } = facts;
    Some(look(ROOM, "which replica leads", &facts.lease, |lease| {
        let spec = lease.as_ref().and_then(|lease| lease.spec.as_ref());
        let holder =
            spec.and_then(|spec| spec.holder_identity.as_deref()).filter(|holder| !holder.is_empty());
        let until = spec.and_then(|spec| {
            let lasts = i64::from(spec.lease_duration_seconds?);
            Some(spec.renew_time.as_ref()?.0.as_second().saturating_add(lasts))
        });
        match (holder, until) {
            (Some(holder), Some(until)) if now.as_second() <= until => ok(ROOM, &format!("{holder} leads")),
            _ => failed(
                ROOM,
                "no replica leads: no status, no rollup, no audit and no alert is written".to_owned(),
                [format!(
                    "kubectl -n {installation} logs -l app.kubernetes.io/component=operator | grep -iE 'lead|lease'"
                )],
            ),
        }
    }))
}

pub(super) fn webhooks(facts: &Facts) -> Option<Check> {
    let Facts { installation, .. } = facts;
    Some(look(ROOM, "the webhooks", &facts.webhooks, |webhooks| {
        let Some(webhooks) = webhooks else {
            return failed(
                ROOM,
                "the webhook configurations named tollgate are not both there: new pods get no sidecar"
                    .to_owned(),
                ["the chart brings them: helm upgrade --install, see docs/install.md".to_owned()],
            );
        };
        let blind: Vec<&str> =
            webhooks.iter().filter(|(_, trusts)| !trusts).map(|(name, _)| &**name).collect();
        if blind.is_empty() {
            return ok(ROOM, "the webhooks are there, and the apiserver trusts them");
        }
        failed(
            ROOM,
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

pub(super) fn watches(facts: &Facts) -> Option<Check> {
    let ages: Vec<f64> = of_operators(facts, "tollgate_operator_watch_age_seconds");
    let oldest = ages.into_iter().reduce(f64::max);
    match oldest {
        Some(age) if age > WATCH_SECONDS => Some(failed(
            ROOM,
            format!("a replica last heard of flags {age:.0} s ago"),
            ["its sidecars go to another replica; if all are so, look at the apiserver".to_owned()],
        )),
        Some(_) => Some(ok(ROOM, "the operator hears of changes")),
        None => facts.operator_samples.iter().find_map(|samples| {
            let why = samples.as_ref().err()?;
            Some(not_known(ROOM, "what the operator's metrics say", why))
        }),
    }
}
