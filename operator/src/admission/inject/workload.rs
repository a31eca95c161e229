//! What made a pod: the name people know, and how its pods are made anew.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

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
    /// By the pod's own metadata. A pod that is not yet made may have no name of its own; then its generated name's beginning stands.
    pub fn of(metadata: &ObjectMeta) -> Self {
        let controller =
            metadata.owner_references.iter().flatten().find(|owner| owner.controller == Some(true));
        let Some(owner) = controller else {
            let generated = metadata.generate_name.as_deref().map(|name| name.trim_end_matches('-'));
            let name = metadata.name.as_deref().filter(|name| !name.is_empty()).or(generated);
            return Self { kind: WorkloadKind::Pod, name: name.unwrap_or_default().to_owned() };
        };
        let label = |key: &str| metadata.labels.as_ref()?.get(key).map(String::as_str);
        let (kind, name) = match owner.kind.as_str() {
            "ReplicaSet" => replica_set(&owner.name, label(TEMPLATE_HASH), label(ROLLOUT_HASH)),
            "StatefulSet" => (WorkloadKind::StatefulSet, owner.name.as_str()),
            "DaemonSet" => (WorkloadKind::DaemonSet, owner.name.as_str()),
            "Job" => job(&owner.name),
            other => (WorkloadKind::Other(other.to_owned()), owner.name.as_str()),
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
