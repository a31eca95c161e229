//! The configuration of one sidecar, parsed once from its source into types that cannot be wrong.
//!
//! `tollgate-sidecar run --config FILE` reads YAML (and so JSON). Only `listen.baseUrl` is required; a port
//! that is not named is not opened. An unknown key is an error: a misspelt setting never passes in silence.
//!
//! In a pod there is no file: injection puts the same document into `TOLLGATE_CONFIG`, with a section `operator`.
//! There an unknown key is named in the log and passed over: an operator that is newer than the image it was told to
//! inject must not keep an app from starting.

mod ledger;
mod operator;
mod origin;
mod pod;
mod spool;
mod tls;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tollgate_crds::AddressError;
use tollgate_meter::Provider;

pub use self::ledger::LedgerConfig;
use self::operator::OperatorDocument;
pub use self::operator::{OperatorConfig, OperatorError};
pub use self::origin::Origin;
use self::spool::SpoolDocument;
use self::tls::TlsDocument;
pub use self::tls::{ProxyOthers, WayOutConfig};

/// Everything that one sidecar is told before it starts.
#[derive(Debug, Clone)]
pub struct Config {
    pub listen: Listen,
    /// Where each provider really is, by [`Provider`]'s order in [`Provider::ALL`].
    pub origins: Origins,
    pub workload: Workload,
    /// FeatureFlag manifests, watched.
    pub flags: Option<PathBuf>,
    /// Overrides of the built-in price book, watched.
    pub prices: Option<PathBuf>,
    /// The folder in which records wait for the ledger.
    pub spool: PathBuf,
    /// When what waits there is made to stand on the disk itself.
    pub spool_sync: tollgate_ledger::Sync,
    pub ledger: LedgerConfig,
    pub attribution: AttributionConfig,
    /// Whose state is followed, in a pod.
    pub operator: Option<OperatorConfig>,
    /// Bytes that the spool's volume may hold: the folder stays well below.
    pub spool_limit: Option<u64>,
    /// Certificates (PEM) that providers' may be signed with, besides those that the machine trusts.
    pub extra_cas: Option<String>,
    /// The folder in which apps find whom to trust, where anything of theirs is captured by TLS.
    pub bundle: Option<PathBuf>,
    /// What becomes of the proxy's connections to hosts of no provider.
    pub proxy_others: ProxyOthers,
    pub way_out: WayOutConfig,
    /// `TOLLGATE_ENABLED=false`: bytes pass, nothing is attributed, gated, metered or recorded.
    pub enabled: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Listen {
    /// Stands for the providers' origins: `http://HOST:7411/openai`.
    pub base_url: SocketAddr,
    /// Stand for the providers' hosts themselves, once the hosts file says so: TLS is ended here.
    #[serde(default)]
    pub hosts: Vec<SocketAddr>,
    /// The forward proxy: CONNECT, and TLS to the providers is ended here.
    pub proxy: Option<SocketAddr>,
    /// `GET /metrics` and the probes, nothing else.
    pub admin: Option<SocketAddr>,
}

/// The pod that this sidecar stands beside.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Workload {
    pub cluster: Option<String>,
    pub namespace: Option<String>,
    pub name: Option<String>,
    pub pod: Option<String>,
    pub container: Option<String>,
    /// The feature of calls that name none (a pod's `tollgate.dev/feature` annotation).
    pub feature: Option<String>,
    /// The pod's labels, which `spec.match[].workload` selects by.
    pub labels: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct AttributionConfig {
    /// Whether W3C baggage may name the feature and the user.
    pub baggage: bool,
    pub users: Users,
}

/// How user ids stand in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Users {
    /// As the call named them.
    Plain,
    /// As a keyed hash: the same person gives the same word, and nobody reads who it is.
    Hashed,
}

/// One origin for each provider.
#[derive(Debug, Clone)]
pub struct Origins {
    of: [Origin; Provider::ALL.len()],
    /// Which of them somebody told.
    told: [bool; Provider::ALL.len()],
}

/// What the file holds, before it is checked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Document {
    listen: Listen,
    #[serde(default)]
    upstreams: BTreeMap<String, String>,
    #[serde(default)]
    workload: Workload,
    flags: Option<PathBuf>,
    prices: Option<PathBuf>,
    #[serde(default)]
    spool: SpoolDocument,
    #[serde(default)]
    ledger: LedgerConfig,
    #[serde(default)]
    attribution: AttributionConfig,
    operator: Option<OperatorDocument>,
    spool_limit: Option<u64>,
    #[serde(rename = "extraCAs")]
    extra_cas: Option<String>,
    #[serde(default)]
    tls: TlsDocument,
    proxy_others: Option<ProxyOthers>,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("no configuration: write --config FILE, or in a pod set {ENVIRONMENT}")]
    None,
    #[error("cannot read the configuration {path}: {source}", path = path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("the configuration {path} is not what it should be: {source}", path = path.display())]
    Parse { path: PathBuf, source: serde_yaml::Error },
    #[error("upstreams.{name}: there is no such provider; write one of {known}", known = provider_names())]
    UnknownProvider { name: String },
    #[error("upstreams.{name}: {source}")]
    Upstream { name: String, source: AddressError },
    #[error("TOLLGATE_ENABLED is {value:?}; write true or false")]
    Enabled { value: String },
    #[error("{ENVIRONMENT} is not what it should be: {source}")]
    ParsePod { source: serde_json::Error },
    #[error("operator.{0}")]
    Operator(#[from] OperatorError),
    #[error("flags and operator are both named: flags come from one of them")]
    TwoSourcesOfFlags,
    #[error("ledger is `operator`, and no operator is named that could tell where it is")]
    LedgerOfNoOperator,
}

/// Where injection puts the whole configuration.
const ENVIRONMENT: &str = "TOLLGATE_CONFIG";

// === impl Config ===

impl Config {
    /// Reads the file, and from the environment what stands above it: `TOLLGATE_ENABLED` and
    /// `TOLLGATE_LEDGER_TOKEN`.
    pub fn load(path: &Path, environment: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        let document: Document = serde_yaml::from_str(&text)
            .map_err(|source| ConfigError::Parse { path: path.to_owned(), source })?;
        Self::check(document, environment)
    }

    fn check(document: Document, environment: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let Document {
            listen,
            upstreams,
            mut workload,
            flags,
            prices,
            spool,
            ledger,
            attribution,
            operator,
            spool_limit,
            extra_cas,
            tls,
            proxy_others,
        } = document;
        let operator = operator.map(OperatorDocument::check).transpose()?;
        if operator.is_some() {
            if flags.is_some() {
                return Err(ConfigError::TwoSourcesOfFlags);
            }
            workload.fill_in(&environment);
        } else if ledger == LedgerConfig::Operator {
            return Err(ConfigError::LedgerOfNoOperator);
        }
        // A pod's HTTPS_PROXY sends all of its HTTPS here; who sets it by hand wants to hear of what is no provider's.
        let unsaid = if operator.is_some() { ProxyOthers::Tunnel } else { ProxyOthers::Refuse };
        let ledger = ledger.with_token(environment("TOLLGATE_LEDGER_TOKEN"));
        let SpoolDocument { place, sync: spool_sync } = spool;
        let spool = place.folder(listen.base_url.port(), || ledger.default_spool(&listen.base_url));
        Ok(Self {
            origins: Origins::with(&upstreams)?,
            enabled: enabled(environment("TOLLGATE_ENABLED"))?,
            bundle: tls.folder(&listen, &spool),
            proxy_others: proxy_others.unwrap_or(unsaid),
            way_out: WayOutConfig::of(&environment, &listen),
            listen,
            workload,
            flags,
            prices,
            spool,
            spool_sync,
            ledger,
            attribution,
            operator,
            spool_limit,
            extra_cas,
        })
    }
}

fn enabled(value: Option<String>) -> Result<bool, ConfigError> {
    match value.as_deref().map(str::trim) {
        None | Some("" | "true" | "True" | "TRUE" | "1") => Ok(true),
        Some("false" | "False" | "FALSE" | "0") => Ok(false),
        Some(other) => Err(ConfigError::Enabled { value: other.to_owned() }),
    }
}

fn provider_names() -> String {
    Provider::ALL.map(Provider::name).join(", ")
}

// === impl Workload ===

impl Workload {
    /// What the downward API says of the pod stands in where the document says nothing.
    fn fill_in(&mut self, environment: &impl Fn(&str) -> Option<String>) {
        let Self { cluster: _, namespace, name: _, pod, container: _, feature: _, labels: _ } = self;
        for (field, variable) in [(pod, "POD_NAME"), (namespace, "POD_NAMESPACE")] {
            *field = field.take().or_else(|| environment(variable)).filter(|value| !value.is_empty());
        }
    }
}

// === impl Origins ===

impl Origins {
    pub(crate) fn with(upstreams: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let mut origins = Self { of: Provider::ALL.map(Origin::of_provider), told: Default::default() };
        for (name, url) in upstreams {
            let provider = Provider::from_name(name)
                .ok_or_else(|| ConfigError::UnknownProvider { name: name.clone() })?;
            origins.of[provider as usize] =
                url.parse().map_err(|source| ConfigError::Upstream { name: name.clone(), source })?;
            origins.told[provider as usize] = true;
        }
        Ok(origins)
    }

    /// Where calls of this provider go.
    pub fn of(&self, provider: Provider) -> &Origin {
        &self.of[provider as usize]
    }

    /// Where calls of this provider go that name this host of it: there, unless somebody told another place.
    pub(crate) fn of_named(&self, provider: Provider, host: &str) -> Option<Origin> {
        match self.told[provider as usize] {
            true => Some(self.of(provider).clone()),
            false => Origin::of_host(host),
        }
    }
}

// === impl AttributionConfig ===

impl Default for AttributionConfig {
    fn default() -> Self {
        Self { baggage: true, users: Users::Plain }
    }
}

#[cfg(test)]
mod tests;
