//! A pod, as far as its metadata tells. The watches see only pods that are pending or running.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::INJECTED;

/// A pod's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pod {
    pub uid: String,
    pub namespace: String,
    pub name: String,
    pub phase: Phase,
    /// Whether it carries our sidecar.
    pub injected: bool,
    /// Who made it: its controller.
    pub owner: Option<Owner>,
    pub labels: BTreeMap<String, String>,
    /// Our own annotations only.
    pub annotations: BTreeMap<String, String>,
    /// It has been told to end.
    pub terminating: bool,
}

/// How far a pod is. A sidecar already runs while its pod is pending: for init containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Pending,
    Running,
}

/// The controller that made a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub api_version: String,
    pub kind: String,
    pub name: String,
    pub uid: String,
}

const OUR_ANNOTATIONS: &str = "tollgate.dev/";

// === impl Pod ===

impl Pod {
    pub fn read(metadata: ObjectMeta, phase: Phase) -> Self {
        let mut annotations = metadata.annotations.unwrap_or_default();
        annotations.retain(|name, _| name.starts_with(OUR_ANNOTATIONS));
        let owner = metadata
            .owner_references
            .unwrap_or_default()
            .into_iter()
            .find(|owner| owner.controller == Some(true))
            .map(|owner| Owner {
                api_version: owner.api_version,
                kind: owner.kind,
                name: owner.name,
                uid: owner.uid,
            });
        Self {
            uid: metadata.uid.unwrap_or_default(),
            namespace: metadata.namespace.unwrap_or_default(),
            name: metadata.name.unwrap_or_default(),
            phase,
            injected: annotations.contains_key(INJECTED),
            owner,
            labels: metadata.labels.unwrap_or_default(),
            annotations,
            terminating: metadata.deletion_timestamp.is_some(),
        }
    }

    /// Whether its sidecar ought to hold what is pushed: it runs and goes on running.
    pub fn ought_to_answer(&self) -> bool {
        self.injected && self.phase == Phase::Running && !self.terminating
    }
}
