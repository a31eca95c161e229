//! A namespace, as far as Tollgate cares.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::{INJECT, OPT_OUT};

/// A namespace's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    pub name: String,
    pub uid: String,
    pub labels: BTreeMap<String, String>,
    pub annotations: BTreeMap<String, String>,
}

/// What the namespace's label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Injection {
    /// No label, or one of another value.
    Off,
    Enabled,
    /// As enabled, and a pod without a sidecar is refused.
    Strict,
}

// === impl Namespace ===

impl Namespace {
    pub fn read(metadata: ObjectMeta) -> Self {
        Self {
            name: metadata.name.unwrap_or_default(),
            uid: metadata.uid.unwrap_or_default(),
            labels: metadata.labels.unwrap_or_default(),
            annotations: metadata.annotations.unwrap_or_default(),
        }
    }

    pub fn injection(&self) -> Injection {
        match self.labels.get(INJECT).map(String::as_str) {
            Some("enabled") => Injection::Enabled,
            Some("strict") => Injection::Strict,
            _ => Injection::Off,
        }
    }

    /// Whether Tollgate is in it.
    pub fn is_labelled(&self) -> bool {
        self.injection() != Injection::Off
    }

    /// Whether its pods may opt out.
    pub fn allows_opt_out(&self) -> bool {
        self.annotations.get(OPT_OUT).is_some_and(|value| value == "allowed")
    }
}
