//! The operator as a whole: built with its sockets bound, then run until it is told to stop.

mod listen;
mod probes;

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};
use axum::Router;
use kube::Client;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
};

use crate::{
    admission,
    context::{self, Context, Tasks},
    controllers,
    database::{self, Database},
    index::{Index, SharedIndex},
    leadership::Candidate,
    metrics::Metrics,
    push::Reports,
    settings::Settings,
};

use self::listen::bind;

/// An operator whose sockets are bound: nothing of its own that could fail the start is left.
pub struct Operator {
    context: Context,
    candidate: Candidate,
    push: TcpListener,
    webhook: TcpListener,
    metrics: TcpListener,
    addresses: Addresses,
}

/// Where the operator really listens; ports that were 0 are known here.
#[derive(Clone, Copy, Debug)]
pub struct Addresses {
    pub push: SocketAddr,
    pub webhook: SocketAddr,
    pub metrics: SocketAddr,
}

// === impl Operator ===

impl Operator {
    /// Binds the sockets and finds the cluster (kubeconfig, or the pod's own ServiceAccount).
    pub async fn build(settings: Settings) -> Result<Self> {
        let client = Client::try_default().await.context("no cluster is configured")?;
        Self::with_client(client, settings)
    }

    /// As [`Self::build`], for a cluster that is known.
    pub fn with_client(client: Client, settings: Settings) -> Result<Self> {
        let push = bind("--push-address", settings.listen.push)?;
        let webhook = bind("--webhook-address", settings.listen.webhook)?;
        let metrics = bind("--metrics-address", settings.listen.metrics)?;
        let addresses = Addresses {
            push: push.local_addr()?,
            webhook: webhook.local_addr()?,
            metrics: metrics.local_addr()?,
        };
        let settings = Arc::new(settings);
        let address = settings.pod_ip.map(|ip| SocketAddr::new(ip, addresses.push.port()));
        let (candidate, leadership) =
            Candidate::new(client.clone(), &settings.namespace, &settings.pod_name, address);
        let database = match &settings.database.url {
            Some(url) => Some(Database::new(url, settings.database.ca.as_deref()).context("--database-url")?),
            None => None,
        };
        let (_ca, ca) = watch::channel(None);
        let context = Context {
            index: SharedIndex::new(Index::new(settings.attribution)),
            database,
            leadership,
            reports: Reports::default(),
            ca,
            events: context::recorder(&client, &settings),
            metrics: Arc::new(Metrics::default()),
            client,
            settings,
        };
        Ok(Self { context, candidate, push, webhook, metrics, addresses })
    }

    pub fn addresses(&self) -> Addresses {
        self.addresses
    }

    /// Says what it runs with, secrets left out, and where it listens.
    pub fn announce(&self) {
        let Addresses { push, webhook, metrics } = self.addresses;
        tracing::info!(settings = ?self.context.settings, "configuration");
        tracing::info!("https://{push}/v1/state has the state streams");
        tracing::info!("https://{webhook} has the admission webhooks");
        tracing::info!("http://{metrics}/metrics has the metrics");
    }

    /// Serves until SIGTERM or SIGINT.
    pub async fn run(self) -> Result<()> {
        let Self { context, candidate, push: _, webhook: _, metrics, addresses: _ } = self;
        let (stop, stopping) = watch::channel(false);
        let mut tasks: Tasks = JoinSet::new();

        let _webhooks: Router = admission::router(context.clone());
        controllers::spawn(&context, &mut tasks);
        database::spawn(&context, &mut tasks);
        probes::spawn(metrics, &context, &mut tasks)?;
        let election = tokio::spawn(candidate.run(told(stopping)));

        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            Some(task) = tasks.join_next() => bail!("{} ended unasked", task.unwrap_or("a task that panicked")),
        }
        tracing::info!("told to stop");
        stop.send_replace(true);
        election.await.context("the election failed")
    }
}

/// Ends when the operator is told to stop.
async fn told(mut stopping: watch::Receiver<bool>) {
    let _sender_gone = stopping.wait_for(|stop| *stop).await;
}
