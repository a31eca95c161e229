//! Whose state a sidecar in a pod follows.

use std::path::PathBuf;

use serde::Deserialize;
use tollgate_crds::{AddressError, Scheme, validate::is_feature_name};

use super::origin::Origin;

/// The section `operator`, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct OperatorDocument {
    url: String,
    token_file: PathBuf,
    ca: Option<String>,
    state_directory: Option<PathBuf>,
    #[serde(default)]
    deny_until_known: Vec<String>,
}

/// Where the operator is, and what holds until it has spoken.
#[derive(Debug, Clone)]
pub struct OperatorConfig {
    pub url: Origin,
    /// The pod's ServiceAccount token; kubelet renews the file.
    pub token_file: PathBuf,
    /// Certificates (PEM) that the operator's may be signed with.
    pub ca: Option<String>,
    /// Where the ConfigMap `tollgate-state` is mounted, if it exists.
    pub state_directory: Option<PathBuf>,
    /// Features whose calls are refused for as long as no state was ever known.
    pub deny_until_known: Vec<String>,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OperatorError {
    #[error("url: {0}")]
    Url(#[from] AddressError),
    #[error("url: {found} is not https; tokens go nowhere else")]
    NotHttps { found: String },
    #[error("denyUntilKnown: {found:?} is no name of a feature")]
    Feature { found: String },
}

// === impl OperatorDocument ===

impl OperatorDocument {
    pub(super) fn check(self) -> Result<OperatorConfig, OperatorError> {
        let Self { url, token_file, ca, state_directory, deny_until_known } = self;
        let url: Origin = url.parse()?;
        if url.scheme != Scheme::Https {
            return Err(OperatorError::NotHttps { found: url.to_string() });
        }
        if let Some(found) = deny_until_known.iter().find(|name| !is_feature_name(name)) {
            return Err(OperatorError::Feature { found: found.clone() });
        }
        Ok(OperatorConfig { url, token_file, ca, state_directory, deny_until_known })
    }
}
