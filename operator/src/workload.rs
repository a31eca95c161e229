//! What made a pod: the name people know, and how its pods are made anew.

use std::fmt;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::index::Pod;

/// What a pod belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Workload {
    pub kind: WorkloadKind,
    pub name: String,
}

/// The kinds that pods are made by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkloadKind {
    Deployment,
    ReplicaSet,
    StatefulSet,
    DaemonSet,
    Job,
    CronJob,
    /// Some other controller's.
    Other(String),
    /// Made by hand.
    Pod,
}

/// A ReplicaSet of a Deployment has this in its name, and its pods as a label.
const TEMPLATE_HASH: &str = "pod-template-hash";
/// The same of an Argo Rollout.
const ROLLOUT_HASH: &str = "rollouts-pod-template-hash";
/// A CronJob's Jobs end with the minute they were due, since 1970. Eight digits below this (mid-2019) are no such minute;
/// `import-20261125` is a day, and keeps it.
const FIRST_MINUTE: u64 = 26_000_000;

// === impl Workload ===

impl Workload {
    /// By the metadata of a pod. One that is not yet made may have no name of its own; then its generated name's
    /// beginning stands.
    pub fn of_metadata(metadata: &ObjectMeta) -> Self {
        let owners = metadata.owner_references.iter().flatten();
        let controller = owners
            .filter(|owner| owner.controller == Some(true))
            .map(|owner| (owner.kind.as_str(), owner.name.as_str()))
            .next();
        let generated = metadata.generate_name.as_deref().map(|name| name.trim_end_matches('-'));
        let name = metadata.name.as_deref().filter(|name| !name.is_empty()).or(generated);
        let label = |key: &str| metadata.labels.as_ref()?.get(key).map(String::as_str);
        Self::of(controller, label, name.unwrap_or_default())
    }

    /// By what the index knows of a pod.
    pub fn of_pod(pod: &Pod) -> Self {
        let controller = pod.owner.as_ref().map(|owner| (owner.kind.as_str(), owner.name.as_str()));
        Self::of(controller, |key| pod.labels.get(key).map(String::as_str), &pod.name)
    }

    fn of<'a>(
        controller: Option<(&'a str, &'a str)>,
        label: impl Fn(&str) -> Option<&'a str>,
        pod: &'a str,
    ) -> Self {
        let (kind, name) = match controller {
            None => (WorkloadKind::Pod, pod),
            Some(("ReplicaSet", name)) => replica_set(name, label(TEMPLATE_HASH), label(ROLLOUT_HASH)),
            Some(("StatefulSet", name)) => (WorkloadKind::StatefulSet, name),
            Some(("DaemonSet", name)) => (WorkloadKind::DaemonSet, name),
            Some(("Job", name)) => job(name),
            Some((other, name)) => (WorkloadKind::Other(other.to_owned()), name),
        };
        Self { kind, name: name.to_owned() }
    }

    /// What makes its pods anew, so that they get their sidecar: a command where there is one.
    pub fn restart(&self, namespace: &str, pod: &str) -> String {
        let Self { kind, name } = self;
        let rollout = |kind: &str| format!("kubectl -n {namespace} rollout restart {kind}/{name}");
        match kind {
            WorkloadKind::Deployment => rollout("deployment"),
            WorkloadKind::StatefulSet => rollout("statefulset"),
            WorkloadKind::DaemonSet => rollout("daemonset"),
            WorkloadKind::ReplicaSet | WorkloadKind::Other(_) => {
                format!("kubectl -n {namespace} delete pod {pod}")
            }
            WorkloadKind::Job => format!("delete the job {name} and create it again, or let it end"),
            WorkloadKind::CronJob => "nothing to do: its next run has a sidecar".to_owned(),
            WorkloadKind::Pod => format!("delete the pod {name} and create it again"),
        }
    }
}

fn replica_set<'a>(name: &'a str, hash: Option<&str>, rollout: Option<&str>) -> (WorkloadKind, &'a str) {
    let base =
        |hash: Option<&str>| name.strip_suffix(hash?)?.strip_suffix('-').filter(|name| !name.is_empty());
    if let Some(name) = base(hash) {
        return (WorkloadKind::Deployment, name);
    }
    match base(rollout) {
        Some(name) => (WorkloadKind::Other("Rollout".to_owned()), name),
        None => (WorkloadKind::ReplicaSet, name),
    }
}

fn job(name: &str) -> (WorkloadKind, &str) {
    let due = |number: &str| {
        number.len() == 8
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && number.parse().is_ok_and(|minute: u64| minute >= FIRST_MINUTE)
    };
    match name.rsplit_once('-') {
        Some((cron, number)) if !cron.is_empty() && due(number) => (WorkloadKind::CronJob, cron),
        _ => (WorkloadKind::Job, name),
    }
}

/// Like `Deployment web`.
impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.name(), self.name)
    }
}

// === impl WorkloadKind ===

impl WorkloadKind {
    /// As Kubernetes writes it.
    pub fn name(&self) -> &str {
        match self {
            Self::Deployment => "Deployment",
            Self::ReplicaSet => "ReplicaSet",
            Self::StatefulSet => "StatefulSet",
            Self::DaemonSet => "DaemonSet",
            Self::Job => "Job",
            Self::CronJob => "CronJob",
            Self::Other(kind) => kind,
            Self::Pod => "Pod",
        }
    }
}

#[cfg(test)]
mod tests;
