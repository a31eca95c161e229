//! Where the ledger is, for whoever reads it.

use anyhow::{Context, Result, bail};
use clap::Args;
use k8s_openapi::api::core::v1::Secret;
use kube::Api;
use sqlx::PgPool;

use super::access::{Access, Cluster};
use crate::cli::arguments::{connect_options, connected};

/// The way to the ledger, and which of its clusters.
#[derive(Debug, Args)]
pub(super) struct Ledger {
    /// postgres://USER:PASSWORD@HOST:PORT/DATABASE of a reader [default: what the Secret says]
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,

    /// A Secret of the namespace that Tollgate is in, whose key url has it
    #[arg(long, value_name = "NAME", default_value = "tollgate-reader")]
    database_secret: String,

    /// This cluster's name in the ledger, as the chart's value `cluster` has it
    #[arg(long, value_name = "NAME", env = "TOLLGATE_CLUSTER", default_value = "default")]
    pub(super) cluster: String,
}

const KEY: &str = "url";

// === impl Ledger ===

impl Ledger {
    /// Connected, or an error that says how to come to be.
    pub(super) async fn open(&self, access: &Access) -> Result<PgPool> {
        let url = match &self.database_url {
            Some(url) => url.clone(),
            None => match self.secret(&access.connect().await?).await? {
                Some(url) => url,
                None => bail!(
                    "where the ledger is, is not known: give --database-url or DATABASE_URL, or have the Secret {} with a \
                     reader's URL under {KEY} in {} (docs/kubectl.md)",
                    self.database_secret,
                    access.installation
                ),
            },
        };
        connect(&url).await
    }

    /// Connected, where it is known where; for who can do without.
    pub(super) async fn open_if_known(&self, cluster: &Cluster) -> Result<Option<PgPool>> {
        let url = match &self.database_url {
            Some(url) => Some(url.clone()),
            None => self.secret(cluster).await?,
        };
        match url {
            Some(url) => connect(&url).await.map(Some),
            None => Ok(None),
        }
    }

    /// None where there is no such Secret, or it is not for this person.
    async fn secret(&self, cluster: &Cluster) -> Result<Option<String>> {
        let Self { database_secret: name, .. } = self;
        let secrets: Api<Secret> = Api::namespaced(cluster.client.clone(), &cluster.installation);
        let secret = match secrets.get_opt(name).await {
            Ok(Some(secret)) => secret,
            Ok(None) => return Ok(None),
            Err(kube::Error::Api(status)) if status.is_forbidden() => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("the Secret {name}")),
        };
        let value = secret.data.and_then(|mut data| data.remove(KEY));
        let value = value.with_context(|| format!("the Secret {name} has no key {KEY}"))?;
        let url = String::from_utf8(value.0).ok().map(|url| url.trim().to_owned());
        url.with_context(|| format!("the Secret {name}: what stands under {KEY} is no text")).map(Some)
    }
}

async fn connect(url: &str) -> Result<PgPool> {
    let options = connect_options(url, "kubectl-tollgate").context("the ledger's address")?;
    let host = options.get_host().to_owned();
    let pool = connected(options, 2).await;
    pool.with_context(|| match host.split_once(".svc").map(|(service, _)| service.split_once('.')) {
        // a name of the cluster's own
        Some(Some((service, namespace))) => format!(
            "the ledger at {host} cannot be reached: that name is known in the cluster only. To come there from here: \
             kubectl -n {namespace} port-forward service/{service} 5432, and --database-url with 127.0.0.1 as the host"
        ),
        Some(None) | None => format!("the ledger at {host} cannot be reached"),
    })
}
