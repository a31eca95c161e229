//! Which pods are metered and gated, and by sidecars of which release: what the leader knows of it, in the ConfigMap
//! `tollgate-coverage` of the operator's own namespace, for the console to show.

use serde::{Deserialize, Serialize};

/// The ConfigMap, and its key.
pub(crate) const CONFIG_MAP: &str = "tollgate-coverage";
pub(crate) const KEY: &str = "coverage.json";
/// It is written anew this often at least, in seconds, also where nothing changed: so who reads it knows that somebody leads.
pub(crate) const REPEAT_SECONDS: i64 = 30;

/// All that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// When the leader said so: Unix time in seconds.
    pub at: i64,
    /// The operator's own release.
    pub release: String,
    /// Sidecars that listen.
    pub sidecars: Vec<Heard>,
    /// Namespaces with pods whose sidecar ought to listen and does not.
    pub silent: Vec<Silent>,
    /// Pods of labelled namespaces without a sidecar, by workload; as many as fit.
    pub uncovered: Vec<Uncovered>,
    /// Workloads that did not fit.
    #[serde(default)]
    pub more_uncovered: usize,
}

/// Sidecars of one release in one namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Heard {
    pub namespace: String,
    /// Empty: it has not said yet.
    pub release: String,
    pub sidecars: u64,
    /// Of them: those that said nothing for some time, though they are connected.
    pub quiet: u64,
    /// Of them: those with many rows that are not in the ledger yet.
    pub spooling: u64,
}

/// Pods that ought to listen, and do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silent {
    pub namespace: String,
    pub pods: u64,
}

/// Pods of one workload that have no sidecar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Uncovered {
    pub namespace: String,
    /// As people know it: `deployment web`.
    pub workload: String,
    pub pods: u64,
    /// They said that they want none, and may.
    pub opted_out: bool,
    /// What gives them one.
    pub remedy: String,
}
