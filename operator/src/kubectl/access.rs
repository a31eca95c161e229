//! Which cluster, as whom, and where in it: in kubectl's own words.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use clap::Args;
use http::Request;
use kube::{
    Client, Config,
    config::{KubeConfigOptions, Kubeconfig},
};

/// What kubectl is told in the same words.
#[derive(Debug, Args)]
pub(super) struct Access {
    /// The kubeconfig to use [default: KUBECONFIG, else ~/.kube/config]
    #[arg(long, global = true, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,

    /// The kubeconfig's context [default: its current one]
    #[arg(long, global = true, value_name = "NAME")]
    context: Option<String>,

    /// The namespace [default: the context's]
    #[arg(long, short, global = true, value_name = "NAME")]
    pub(super) namespace: Option<String>,

    /// Whom to act as
    #[arg(long = "as", global = true, value_name = "USER")]
    user: Option<String>,

    /// A group of whom to act as
    #[arg(long = "as-group", global = true, value_name = "GROUP", requires = "user")]
    groups: Vec<String>,

    /// The namespace that Tollgate itself is in
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        env = "TOLLGATE_NAMESPACE",
        default_value = "tollgate-system"
    )]
    pub(super) installation: String,
}

/// A cluster, as somebody.
pub(super) struct Cluster {
    pub(super) client: Client,
    /// That is meant where none is named.
    pub(super) namespace: String,
    pub(super) installation: String,
}

/// A person waits for each answer.
const PATIENCE: Duration = Duration::from_secs(10);

// === impl Access ===

impl Access {
    pub(super) async fn connect(&self) -> Result<Cluster> {
        let Self { kubeconfig, context, namespace, user, groups, installation } = self;
        let mut config = match kubeconfig {
            Some(path) => {
                let kubeconfig = Kubeconfig::read_from(path).with_context(|| path.display().to_string())?;
                of(kubeconfig, context.as_deref()).await?
            }
            None => match Kubeconfig::read() {
                Ok(kubeconfig) => of(kubeconfig, context.as_deref()).await?,
                // in a pod there is none
                Err(error) => Config::incluster().map_err(|_| error).context("no cluster is configured")?,
            },
        };
        if let Some(user) = user {
            config.auth_info.impersonate = Some(user.clone());
            config.auth_info.impersonate_groups = (!groups.is_empty()).then(|| groups.clone());
        }
        config.connect_timeout = Some(PATIENCE);
        config.read_timeout = Some(PATIENCE);
        // a pod that does not answer would be asked for minutes
        config.default_retry = false;
        let namespace = namespace.clone().unwrap_or_else(|| config.default_namespace.clone());
        let client = Client::try_from(config).context("the kubeconfig's credentials cannot be used")?;
        Ok(Cluster { client, namespace, installation: installation.clone() })
    }
}

async fn of(kubeconfig: Kubeconfig, context: Option<&str>) -> Result<Config> {
    let options = KubeConfigOptions { context: context.map(str::to_owned), ..KubeConfigOptions::default() };
    Config::from_custom_kubeconfig(kubeconfig, &options).await.context("the kubeconfig")
}

// === impl Cluster ===

impl Cluster {
    /// What a pod answers at this port and path, passed on by the apiserver: needs the right `get pods/proxy`.
    pub(super) async fn of_pod(
        &self,
        namespace: &str,
        pod: &str,
        port: i32,
        path: &str,
    ) -> Result<String, kube::Error> {
        let url = format!("/api/v1/namespaces/{namespace}/pods/{pod}:{port}/proxy/{path}");
        let request = Request::get(url).body(Vec::new()).map_err(kube::Error::HttpError)?;
        self.client.request_text(request).await
    }
}
