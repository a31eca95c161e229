//! `tollgate console`.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::arguments::{any, given, read};
use crate::{
    console::{
        Console, ConsoleSettings, ExternalUrl, Hosts, Impersonation, LedgerSettings, OidcSettings,
        SessionSettings, TlsFiles, pages::WorldSettings,
    },
    query::Zone,
};

/// Run the console in a cluster
///
/// Pages and an API over the ledger and the flags. People sign in with what the cluster knows them by, and see and change what the
/// cluster lets them. Any number of replicas may run.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The namespace the console is in
    #[arg(long, value_name = "NAME", env = "TOLLGATE_NAMESPACE", default_value = "tollgate-system")]
    namespace: String,

    /// The cluster's name, as the operator stamps it into the ledger's rows
    #[arg(long, value_name = "NAME", env = "TOLLGATE_CLUSTER", default_value = "default")]
    cluster: String,

    /// The Service in front of it
    #[arg(long, value_name = "NAME", env = "TOLLGATE_CONSOLE_SERVICE", default_value = "tollgate-console")]
    service: String,

    /// Where people reach it from outside, such as https://tollgate.example.com
    #[arg(long, value_name = "URL", env = "TOLLGATE_CONSOLE_URL")]
    external_url: Option<String>,

    /// More names that it may be called by
    #[arg(long, value_name = "NAME", env = "TOLLGATE_CONSOLE_HOSTS", value_delimiter = ',')]
    host: Vec<String>,

    /// The Secret of what sessions are sealed with; it is made where it is missing
    #[arg(
        long,
        value_name = "NAME",
        env = "TOLLGATE_CONSOLE_SECRET",
        default_value = "tollgate-console-session"
    )]
    session_secret: String,

    /// Minutes without a request after which somebody must sign in again
    #[arg(long, value_name = "MINUTES", env = "TOLLGATE_CONSOLE_SESSION_MINUTES", default_value_t = 60,
          value_parser = clap::value_parser!(u16).range(1..=60))]
    session_minutes: u16,

    /// The time zone whose days and months pages show, where an address names no other: Europe/Berlin
    #[arg(long, value_name = "NAME", env = "TOLLGATE_CONSOLE_TIME_ZONE", default_value = "UTC")]
    time_zone: String,

    /// Say that users stand in the ledger as hashes (attribution.users: Hashed)
    #[arg(long, env = "TOLLGATE_CONSOLE_HASHED_USERS")]
    hashed_users: bool,

    /// The ledger, with the login tollgate_console; without it there are no figures
    #[arg(long, value_name = "URL", env = "TOLLGATE_CONSOLE_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,

    /// Certificates (PEM) that the database's own is signed with
    #[arg(long, value_name = "FILE", env = "TOLLGATE_DATABASE_CA_FILE")]
    database_ca_file: Option<PathBuf>,

    /// An OpenID Connect issuer that people sign in by, as it stands in its tokens. Needs --external-url
    #[arg(long, value_name = "URL", env = "TOLLGATE_OIDC_ISSUER_URL")]
    oidc_issuer_url: Option<String>,

    /// What the console is to it; its redirect URI is the external URL with /sign-in/callback
    #[arg(long, value_name = "ID", env = "TOLLGATE_OIDC_CLIENT_ID", default_value = "tollgate")]
    oidc_client_id: String,

    /// The client's secret; without one the client is a public one
    #[arg(long, value_name = "SECRET", env = "TOLLGATE_OIDC_CLIENT_SECRET", hide_env_values = true)]
    oidc_client_secret: Option<String>,

    /// Scopes to ask for, beside openid
    #[arg(
        long,
        value_name = "SCOPE",
        env = "TOLLGATE_OIDC_SCOPES",
        value_delimiter = ',',
        default_value = "email,groups"
    )]
    oidc_scope: Vec<String>,

    /// The claim that is a person's name; as the apiserver has it
    #[arg(long, value_name = "CLAIM", env = "TOLLGATE_OIDC_USERNAME_CLAIM", default_value = "email")]
    oidc_username_claim: String,

    /// The claim that lists their groups
    #[arg(long, value_name = "CLAIM", env = "TOLLGATE_OIDC_GROUPS_CLAIM", default_value = "groups")]
    oidc_groups_claim: String,

    /// Certificates (PEM) that the issuer's own is signed with
    #[arg(long, value_name = "FILE", env = "TOLLGATE_OIDC_CA_FILE")]
    oidc_ca_file: Option<PathBuf>,

    /// For an apiserver that does not take the issuer's tokens: act for people by impersonation, under names that begin so,
    /// such as oidc: (a strong right: docs/security.md)
    #[arg(long, value_name = "PREFIX", env = "TOLLGATE_OIDC_IMPERSONATION_PREFIX")]
    oidc_impersonation_prefix: Option<String>,

    /// A certificate chain (PEM): pages are served with TLS. Needs --tls-key-file
    #[arg(long, value_name = "FILE", env = "TOLLGATE_CONSOLE_TLS_CERT_FILE")]
    tls_cert_file: Option<PathBuf>,

    /// Its key (PEM)
    #[arg(long, value_name = "FILE", env = "TOLLGATE_CONSOLE_TLS_KEY_FILE")]
    tls_key_file: Option<PathBuf>,

    /// Pages and API
    #[arg(long, value_name = "ADDRESS", env = "TOLLGATE_CONSOLE_ADDRESS", default_value_t = any(8080))]
    address: SocketAddr,

    /// Metrics and probes: plain HTTP
    #[arg(long, value_name = "ADDRESS", env = "TOLLGATE_METRICS_ADDRESS", default_value_t = any(8081))]
    metrics_address: SocketAddr,
}

// === impl Run ===

impl Run {
    pub(super) async fn run(self) -> Result<()> {
        let console = Console::build(self.settings()?).await?;
        console.announce()?;
        console.run().await
    }

    fn settings(self) -> Result<ConsoleSettings> {
        let Self {
            namespace,
            cluster,
            service,
            external_url,
            host,
            session_secret,
            session_minutes,
            time_zone,
            hashed_users,
            database_url,
            database_ca_file,
            oidc_issuer_url,
            oidc_client_id,
            oidc_client_secret,
            oidc_scope,
            oidc_username_claim,
            oidc_groups_claim,
            oidc_ca_file,
            oidc_impersonation_prefix,
            tls_cert_file,
            tls_key_file,
            address,
            metrics_address,
        } = self;
        let external: Option<ExternalUrl> =
            given(external_url).map(|url| url.parse().context("--external-url")).transpose()?;
        let oidc = match (given(oidc_issuer_url), &external) {
            (None, _) => None,
            (Some(_), None) => bail!(
                "--oidc-issuer-url is given and --external-url is not: the issuer must know where to send people back to"
            ),
            (Some(issuer), Some(external)) => Some(OidcSettings {
                issuer,
                client_id: oidc_client_id,
                client_secret: given(oidc_client_secret),
                scopes: oidc_scope.into_iter().filter(|scope| !scope.is_empty()).collect(),
                username_claim: oidc_username_claim,
                groups_claim: oidc_groups_claim,
                ca: oidc_ca_file.as_deref().map(read).transpose()?,
                external: external.clone(),
                impersonation: given(oidc_impersonation_prefix)
                    .map(|prefix| Impersonation::new(&prefix).context("--oidc-impersonation-prefix"))
                    .transpose()?,
            }),
        };
        let tls = match (tls_cert_file, tls_key_file) {
            (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
            (None, None) => None,
            (Some(_), None) => bail!("--tls-cert-file is given and --tls-key-file is not: TLS needs both"),
            (None, Some(_)) => bail!("--tls-key-file is given and --tls-cert-file is not: TLS needs both"),
        };
        let Some(zone) = Zone::named(&time_zone) else {
            bail!("--time-zone: expected a name such as Europe/Berlin, found {time_zone:?}");
        };
        let world = WorldSettings { zone, namespace: namespace.clone(), hashed_users };
        let idle = Duration::from_secs(60 * u64::from(session_minutes));
        Ok(ConsoleSettings {
            hosts: Hosts::new(
                external,
                &service,
                &namespace,
                host.into_iter().filter(|name| !name.is_empty()),
            ),
            namespace,
            cluster,
            secret: session_secret,
            listen: address,
            metrics: metrics_address,
            tls,
            database: LedgerSettings {
                url: given(database_url),
                ca: database_ca_file.as_deref().map(read).transpose()?,
            },
            oidc,
            world,
            sessions: SessionSettings { idle, ..SessionSettings::default() },
        })
    }
}
