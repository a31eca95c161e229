//! The file of everything structured (`--config`): YAML, unknown keys are errors.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use k8s_openapi::{api::core::v1::ResourceRequirements, apimachinery::pkg::api::resource::Quantity};
use serde::Deserialize;
use tollgate_crds::{Provider, stream::Attribution};

use super::{AlertSettings, Capture, ProviderSettings, Retention};

/// The file's document. Everything in it may be absent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SettingsFile {
    pub sidecar: SidecarDocument,
    pub injection: InjectionDocument,
    pub providers: BTreeMap<Provider, ProviderDocument>,
    pub attribution: AttributionDocument,
    pub retention: RetentionDocument,
    pub ledger: LedgerDocument,
    pub alerts: AlertSettings,
    pub image_pull_secrets: Vec<String>,
    /// Certificates (PEM) for the way to the providers.
    #[serde(rename = "extraCAs")]
    pub extra_cas: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SidecarDocument {
    pub enabled: Option<bool>,
    pub resources: Option<ResourceRequirements>,
    pub capture_default: Capture,
    pub spool_size_limit: Option<Quantity>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ProviderDocument {
    pub upstream: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AttributionDocument {
    pub baggage: bool,
    pub users: UsersDocument,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum UsersDocument {
    #[default]
    Plain,
    Hashed,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RetentionDocument {
    /// Days that raw rows are kept.
    pub usage_days: Option<u16>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LedgerDocument {
    pub via: LedgerVia,
}

/// By which way the sidecars' rows come into the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum LedgerVia {
    /// Each sidecar's own connection; the operator takes what the database does not.
    #[default]
    Postgres,
    /// The operator takes all: where tenants may not reach the database.
    Operator,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct InjectionDocument {
    pub via: InjectionVia,
}

/// Who puts sidecars into pods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InjectionVia {
    /// The apiserver asks the operator.
    #[default]
    Webhook,
    /// The apiserver does it itself, by a MutatingAdmissionPolicy; the operator keeps what that takes sidecars from.
    Policy,
}

#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("the configuration {} cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("the configuration {}: {source}", path.display())]
    Parse { path: PathBuf, source: serde_yaml::Error },
}

const RAW_DAYS_AT_LEAST: u16 = 1;
/// Hours of rows of a busy app.
const SPOOL: &str = "256Mi";

// === impl SettingsFile ===

impl SettingsFile {
    pub fn load(path: &Path) -> Result<Self, FileError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| FileError::Read { path: path.to_owned(), source })?;
        Self::parse(&text).map_err(|source| FileError::Parse { path: path.to_owned(), source })
    }

    /// The same as it is written.
    pub fn written(path: &Path) -> Result<serde_json::Value, FileError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| FileError::Read { path: path.to_owned(), source })?;
        serde_yaml::from_str(&text).map_err(|source| FileError::Parse { path: path.to_owned(), source })
    }

    fn parse(text: &str) -> Result<Self, serde_yaml::Error> {
        // A file of comments is an empty document.
        Ok(serde_yaml::from_str::<Option<Self>>(text)?.unwrap_or_default())
    }

    pub fn providers(&self) -> BTreeMap<Provider, ProviderSettings> {
        let settings = |document: &ProviderDocument| ProviderSettings { upstream: document.upstream.clone() };
        self.providers.iter().map(|(provider, document)| (*provider, settings(document))).collect()
    }

    pub fn attribution(&self) -> Attribution {
        let AttributionDocument { baggage, users } = self.attribution;
        Attribution { baggage, hashed_users: users == UsersDocument::Hashed }
    }

    pub fn ledger_via(&self) -> LedgerVia {
        self.ledger.via
    }

    pub fn retention(&self) -> Retention {
        let Retention { usage_days } = Retention::default();
        Retention { usage_days: self.retention.usage_days.unwrap_or(usage_days).max(RAW_DAYS_AT_LEAST) }
    }

    pub fn sidecar_enabled(&self) -> bool {
        self.sidecar.enabled.unwrap_or(true)
    }

    pub fn spool_size_limit(&self) -> String {
        self.sidecar.spool_size_limit.as_ref().map_or_else(|| SPOOL.to_owned(), |limit| limit.0.clone())
    }

    pub fn resources(&self) -> ResourceRequirements {
        self.sidecar.resources.clone().unwrap_or_else(default_resources)
    }
}

/// What the sidecar of a modest app needs: without requests neither HPA nor quotas work.
fn default_resources() -> ResourceRequirements {
    let quantities = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, amount)| ((*name).to_owned(), Quantity((*amount).to_owned()))).collect()
    };
    ResourceRequirements {
        requests: Some(quantities(&[("cpu", "20m"), ("memory", "48Mi")])),
        limits: Some(quantities(&[("memory", "256Mi")])),
        ..ResourceRequirements::default()
    }
}

// === impl AttributionDocument ===

impl Default for AttributionDocument {
    fn default() -> Self {
        Self { baggage: Attribution::default().baggage, users: UsersDocument::Plain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_leaves_everything_at_its_default() {
        let file = SettingsFile::parse("# nothing here\n").unwrap();
        assert_eq!(file.attribution(), Attribution { baggage: true, hashed_users: false });
        assert_eq!(file.retention(), Retention { usage_days: 35 });
        assert!(file.resources().requests.unwrap().contains_key("cpu"));
        assert!(file.sidecar_enabled());
    }

    #[test]
    fn what_is_written_holds() {
        let file = SettingsFile::parse(
            "providers: {openai: {upstream: 'http://standin.providers:8080'}}\n\
             attribution: {users: Hashed}\n\
             retention: {usageDays: 90}\n\
             ledger: {via: Operator}\n\
             injection: {via: policy}\n\
             sidecar: {captureDefault: base-url, spoolSizeLimit: 64Mi, enabled: false}\n",
        )
        .unwrap();
        let upstream = file.providers()[&Provider::OpenAi].upstream.clone();
        assert_eq!(upstream.as_deref(), Some("http://standin.providers:8080"));
        assert_eq!(file.attribution(), Attribution { baggage: true, hashed_users: true });
        assert_eq!((file.retention().usage_days, file.ledger_via()), (90, LedgerVia::Operator));
        assert_eq!(file.injection.via, InjectionVia::Policy);
        assert_eq!(file.sidecar.spool_size_limit, Some(Quantity("64Mi".to_owned())));
        assert!(!file.sidecar_enabled());
    }

    #[test]
    fn an_unknown_key_is_named() {
        let error = SettingsFile::parse("sidecar: {imagee: x}").unwrap_err().to_string();
        assert!(error.contains("imagee"), "{error}");
    }
}
