//! How the operator is told to be: parsed once, kept apart from where it came from (flags, environment, a file).

mod file;
mod upstream;

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use k8s_openapi::api::core::v1::ResourceRequirements;
use serde::Deserialize;
use tollgate_crds::{Provider, stream::Attribution};

pub use file::{FileError, InjectionVia, LedgerVia, SettingsFile};
pub use upstream::{NotAnUpstream, check as check_upstreams};

use crate::alerting::reach::Allowed;

/// How the operator is told to be.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The namespace the operator itself is in.
    pub namespace: String,
    /// The pod this replica is: its name in the Lease, in Events and in logs.
    pub pod_name: String,
    /// The address at which other replicas reach this one; none where it is not known.
    pub pod_ip: Option<IpAddr>,
    /// The cluster's name, stamped into every row of the ledger.
    pub cluster: String,
    /// The name that injected pods are marked with.
    pub release: String,
    /// The file of configuration as somebody wrote it, for the audit; no secret stands there.
    pub written: serde_json::Value,
    pub listen: Listen,
    pub names: Names,
    pub sidecar: SidecarSettings,
    /// Who puts sidecars into pods.
    pub injection_via: InjectionVia,
    pub database: DatabaseSettings,
    pub providers: BTreeMap<Provider, ProviderSettings>,
    pub attribution: Attribution,
    pub retention: Retention,
    /// Where rows are kept that cannot go into the ledger by themselves. None: sidecars keep theirs.
    pub usage: Option<UsageSettings>,
    /// Whether sidecars may reach the database.
    pub ledger_via: LedgerVia,
    pub alerts: AlertSettings,
}

/// The folder of rows that cannot go into the ledger by themselves.
#[derive(Clone, Debug)]
pub struct UsageSettings {
    pub dir: PathBuf,
    /// No more than about this lies in it; beyond, sidecars keep their rows.
    pub max_bytes: u64,
}

/// Alerts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AlertSettings {
    /// Where receivers may be besides at public addresses.
    pub allow: Vec<Allowed>,
}

/// Where the operator listens.
#[derive(Clone, Copy, Debug)]
pub struct Listen {
    /// State streams and reports, TLS.
    pub push: SocketAddr,
    /// Admission webhooks, TLS.
    pub webhook: SocketAddr,
    /// Metrics and probes, plain HTTP.
    pub metrics: SocketAddr,
}

/// How the chart has called what the operator uses.
#[derive(Clone, Debug)]
pub struct Names {
    /// The Service (and ServiceAccount) of the push port.
    pub service: String,
    /// The Service of the webhook.
    pub webhook_service: String,
    /// MutatingWebhookConfigurations and ValidatingWebhookConfigurations whose `caBundle` the leader keeps right.
    pub webhook_configurations: Vec<String>,
    /// The Secret of the operator's own certificates, made by the leader.
    pub tls_secret: String,
    /// A Secret that somebody else (cert-manager) keeps: used instead of `tls_secret`, never written.
    pub external_tls_secret: Option<String>,
    /// More names and addresses for the operator's certificate.
    pub certificate_names: Vec<String>,
    /// A file with this replica's own ServiceAccount token of the audience `tollgate`, shown to the leader.
    pub token_file: PathBuf,
}

/// What is put beside each app.
#[derive(Clone, Debug)]
pub struct SidecarSettings {
    /// Whether sidecars do more than pass bytes.
    pub enabled: bool,
    pub image: String,
    /// As in a container: Always, IfNotPresent or Never; none leaves it to Kubernetes.
    pub image_pull_policy: Option<String>,
    pub image_pull_secrets: Vec<String>,
    pub resources: ResourceRequirements,
    /// The spool's emptyDir, as a Kubernetes quantity.
    pub spool_size_limit: String,
    /// Certificates (PEM) that a sidecar trusts towards the providers besides the public ones.
    pub extra_cas: Option<String>,
    /// How calls are captured where neither pod nor namespace says.
    pub capture: Capture,
    /// Address of the push port as sidecars reach it.
    pub operator_url: String,
}

/// How a pod's calls come to its sidecar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capture {
    /// The providers' names lead to it.
    #[default]
    Hosts,
    /// The SDKs' base-URL variables do.
    BaseUrl,
    /// It is the app's forward proxy.
    Proxy,
}

/// One provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderSettings {
    /// Where it really is, where that is not its own https address.
    pub upstream: Option<String>,
}

/// Postgres.
#[derive(Clone, Default)]
pub struct DatabaseSettings {
    /// The owner's direct connection, for migrations and upkeep. None: no database yet.
    pub url: Option<String>,
    /// What sidecars are told: the login they share, perhaps through a pooler.
    pub sidecar_url: Option<String>,
    /// What the console is told: the login `tollgate_console`.
    pub console_url: Option<String>,
    /// Certificates (PEM) that the database's own is signed with.
    pub ca: Option<String>,
}

/// How long things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Raw rows, in days.
    pub usage_days: u16,
}

// === impl Capture ===

impl Capture {
    pub const ALL: [Self; 3] = [Self::Hosts, Self::BaseUrl, Self::Proxy];

    /// As annotations have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hosts => "hosts",
            Self::BaseUrl => "base-url",
            Self::Proxy => "proxy",
        }
    }

    /// The inverse of [`Capture::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capture| capture.name() == name)
    }

    /// Whether TLS ends in the sidecar, with certificates that apps must trust.
    pub fn ends_tls(self) -> bool {
        match self {
            Self::Hosts | Self::Proxy => true,
            Self::BaseUrl => false,
        }
    }
}

// === impl DatabaseSettings ===

/// Never with a password.
impl std::fmt::Debug for DatabaseSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { url, sidecar_url, console_url, ca } = self;
        f.debug_struct("DatabaseSettings")
            .field("url", &url.is_some())
            .field("sidecar_url", &sidecar_url.is_some())
            .field("console_url", &console_url.is_some())
            .field("ca", &ca.is_some())
            .finish()
    }
}

// === impl Retention ===

impl Default for Retention {
    fn default() -> Self {
        Self { usage_days: 35 }
    }
}
