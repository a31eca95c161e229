//! `tollgate operator`.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use anyhow::Result;
use clap::Args;

use super::arguments::{any, given, read};
use crate::{
    admission,
    operator::Operator,
    settings::{
        self, DatabaseSettings, Listen, Names, Settings, SettingsFile, SidecarSettings, UsageSettings,
    },
};

/// Run the operator in a cluster
///
/// Watches flags, namespaces and pods, tells the sidecars what holds, injects them, and keeps the ledger's database. Any
/// number of replicas may run; one of them leads.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The namespace the operator is in
    #[arg(long, value_name = "NAME", env = "TOLLGATE_NAMESPACE", default_value = "tollgate-system")]
    namespace: String,

    /// The pod this replica is
    #[arg(long, value_name = "NAME", env = "POD_NAME", default_value = "tollgate-operator")]
    pod_name: String,

    /// The address at which other replicas reach this one
    #[arg(long, value_name = "ADDRESS", env = "POD_IP")]
    pod_ip: Option<IpAddr>,

    /// The cluster's name, stamped into each row of the ledger
    #[arg(long, value_name = "NAME", env = "TOLLGATE_CLUSTER", default_value = "default")]
    cluster: String,

    /// The name that injected pods are marked with
    #[arg(long, value_name = "NAME", env = "TOLLGATE_RELEASE", default_value = "tollgate")]
    release: String,

    /// The image that is put beside each app
    #[arg(long, value_name = "IMAGE", env = "TOLLGATE_SIDECAR_IMAGE")]
    sidecar_image: String,

    /// Always, IfNotPresent or Never
    #[arg(long, value_name = "POLICY", env = "TOLLGATE_SIDECAR_IMAGE_PULL_POLICY",
          value_parser = ["Always", "IfNotPresent", "Never"])]
    sidecar_image_pull_policy: Option<String>,

    /// Where sidecars reach the push port [default: the Service's address in the cluster]
    #[arg(long, value_name = "URL", env = "TOLLGATE_OPERATOR_URL")]
    operator_url: Option<String>,

    /// The owner's direct connection to Postgres, for migrations and upkeep; without it there is no ledger yet
    #[arg(long, value_name = "URL", env = "TOLLGATE_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,

    /// What sidecars are told: the login they share, perhaps through a pooler
    #[arg(long, value_name = "URL", env = "TOLLGATE_SIDECAR_DATABASE_URL", hide_env_values = true)]
    sidecar_database_url: Option<String>,

    /// What the console is told: the login tollgate_console, whose password is kept equal to this URL's
    #[arg(long, value_name = "URL", env = "TOLLGATE_CONSOLE_DATABASE_URL", hide_env_values = true)]
    console_database_url: Option<String>,

    /// Certificates (PEM) that the database's own is signed with
    #[arg(long, value_name = "FILE", env = "TOLLGATE_DATABASE_CA_FILE")]
    database_ca_file: Option<PathBuf>,

    /// Certificates (PEM) that sidecars trust towards the providers, besides the public ones
    #[arg(long, value_name = "FILE", env = "TOLLGATE_EXTRA_CA_FILE")]
    extra_ca_file: Option<PathBuf>,

    /// A folder of this replica's own for rows that the database does not take at the moment; best on a volume that
    /// outlives the pod. Without it sidecars keep their rows
    #[arg(long, value_name = "FOLDER", env = "TOLLGATE_USAGE_DIR")]
    usage_dir: Option<PathBuf>,

    /// How much may lie in it, in MiB; beyond, sidecars keep their rows
    #[arg(long, value_name = "MIB", env = "TOLLGATE_USAGE_SIZE", default_value_t = 1024)]
    usage_size: u64,

    /// Everything structured, as YAML
    #[arg(long, value_name = "FILE", env = "TOLLGATE_CONFIG_FILE")]
    config: Option<PathBuf>,

    /// The Service of the push port; also the name of the operator's ServiceAccount
    #[arg(long, value_name = "NAME", env = "TOLLGATE_SERVICE", default_value = "tollgate-operator")]
    service: String,

    /// The Service of the webhook
    #[arg(long, value_name = "NAME", env = "TOLLGATE_WEBHOOK_SERVICE", default_value = "tollgate-webhook")]
    webhook_service: String,

    /// Mutating and validating webhook configurations of this name get the operator's CA
    #[arg(
        long,
        value_name = "NAME",
        env = "TOLLGATE_WEBHOOK_CONFIGURATIONS",
        value_delimiter = ',',
        default_value = "tollgate"
    )]
    webhook_configuration: Vec<String>,

    /// The Secret of the operator's certificates; it is made where it is missing
    #[arg(long, value_name = "NAME", env = "TOLLGATE_TLS_SECRET", default_value = "tollgate-tls")]
    tls_secret: String,

    /// A Secret that somebody else keeps (cert-manager: tls.crt, tls.key, ca.crt), instead
    #[arg(long, value_name = "NAME", env = "TOLLGATE_EXTERNAL_TLS_SECRET")]
    external_tls_secret: Option<String>,

    /// More names or addresses for the operator's certificate
    #[arg(long, value_name = "NAME", env = "TOLLGATE_CERTIFICATE_NAMES", value_delimiter = ',')]
    certificate_name: Vec<String>,

    /// This replica's own ServiceAccount token of the audience `tollgate`, shown to the leader
    #[arg(
        long,
        value_name = "FILE",
        env = "TOLLGATE_TOKEN_FILE",
        default_value = "/var/run/secrets/tollgate/token"
    )]
    token_file: PathBuf,

    /// State streams and reports: TLS
    #[arg(long, value_name = "ADDRESS", env = "TOLLGATE_PUSH_ADDRESS", default_value_t = any(7443))]
    push_address: SocketAddr,

    /// Admission: TLS
    #[arg(long, value_name = "ADDRESS", env = "TOLLGATE_WEBHOOK_ADDRESS", default_value_t = any(9443))]
    webhook_address: SocketAddr,

    /// Metrics and probes: plain HTTP
    #[arg(long, value_name = "ADDRESS", env = "TOLLGATE_METRICS_ADDRESS", default_value_t = any(8080))]
    metrics_address: SocketAddr,
}

// === impl Run ===

impl Run {
    pub(super) async fn run(self) -> Result<()> {
        let settings = self.settings()?;
        admission::inject::check(&settings.sidecar)?;
        settings::check_upstreams(&settings.providers)?;
        let operator = Operator::build(settings).await?;
        operator.announce();
        operator.run().await
    }

    fn settings(self) -> Result<Settings> {
        let Self {
            namespace,
            pod_name,
            pod_ip,
            cluster,
            release,
            sidecar_image,
            sidecar_image_pull_policy,
            operator_url,
            database_url,
            sidecar_database_url,
            console_database_url,
            database_ca_file,
            extra_ca_file,
            usage_dir,
            usage_size,
            config,
            service,
            webhook_service,
            webhook_configuration,
            tls_secret,
            external_tls_secret,
            certificate_name,
            token_file,
            push_address,
            webhook_address,
            metrics_address,
        } = self;
        let file = config.as_deref().map(SettingsFile::load).transpose()?.unwrap_or_default();
        let operator_url = operator_url
            .unwrap_or_else(|| format!("https://{service}.{namespace}.svc:{}", push_address.port()));
        Ok(Settings {
            written: config.as_deref().map(SettingsFile::written).transpose()?.unwrap_or_default(),
            sidecar: SidecarSettings {
                enabled: file.sidecar_enabled(),
                image: sidecar_image,
                image_pull_policy: sidecar_image_pull_policy,
                image_pull_secrets: file.image_pull_secrets.clone(),
                resources: file.resources(),
                capture: file.sidecar.capture_default,
                spool_size_limit: file.spool_size_limit(),
                extra_cas: extra_ca_file.as_deref().map(read).transpose()?.or(file.extra_cas.clone()),
                operator_url,
            },
            injection_via: file.injection.via,
            providers: file.providers(),
            attribution: file.attribution(),
            retention: file.retention(),
            usage: usage_dir.map(|dir| UsageSettings { dir, max_bytes: usage_size << 20 }),
            ledger_via: file.ledger_via(),
            alerts: file.alerts.clone(),
            database: DatabaseSettings {
                url: given(database_url),
                sidecar_url: given(sidecar_database_url),
                console_url: given(console_database_url),
                ca: database_ca_file.as_deref().map(read).transpose()?,
            },
            names: Names {
                service,
                webhook_service,
                webhook_configurations: webhook_configuration,
                tls_secret,
                external_tls_secret: given(external_tls_secret),
                certificate_names: certificate_name,
                token_file,
            },
            listen: Listen { push: push_address, webhook: webhook_address, metrics: metrics_address },
            namespace,
            pod_name,
            pod_ip,
            cluster,
            release,
        })
    }
}
