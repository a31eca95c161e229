//! The console as a whole: built with its sockets bound, then run until it is told to stop.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use kube::{Client, Config};
use sqlx::{PgPool, postgres::PgPoolOptions};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
    time::timeout,
};

use super::{
    door::Door,
    identity::Identities,
    keys::Keys,
    limits::Failures,
    metrics::ConsoleMetrics,
    oidc::Oidc,
    pages::{Cluster, World},
    routes, server,
    settings::ConsoleSettings,
};
use crate::{context::Tasks, database::access, metrics::Metrics, operator::listen::bind, query::Ledger};

/// A console whose sockets are bound.
pub struct Console {
    settings: ConsoleSettings,
    client: Client,
    ledger: Option<PgPool>,
    door: Arc<Door>,
    listener: TcpListener,
    probes: TcpListener,
    metrics: Arc<Metrics>,
}

const CONNECTIONS: u32 = 16;
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// Pages that are open are cut off after this.
const CUT_OFF: Duration = Duration::from_secs(3);

// === impl Console ===

impl Console {
    /// Binds the sockets and finds the cluster (kubeconfig, or the pod's own ServiceAccount).
    pub async fn build(settings: ConsoleSettings) -> Result<Self> {
        let config = Config::infer().await.context("no cluster is configured")?;
        let client = Client::try_from(config.clone()).context("the cluster's configuration is of no use")?;
        let listener = bind("--address", settings.listen)?;
        let probes = bind("--metrics-address", settings.metrics)?;
        let metrics = Arc::new(Metrics::default());
        let ledger = ledger(&settings)?;
        let door = Arc::new(Door {
            hosts: settings.hosts.clone(),
            sessions: settings.sessions,
            keys: Keys::new(client.clone(), &settings.namespace, &settings.secret),
            identities: Identities::new(config, client.clone(), settings.cluster.clone(), ledger.clone()),
            oidc: settings.oidc.clone().map(Oidc::new),
            failures: Failures::default(),
            metrics: ConsoleMetrics::register(&metrics),
        });
        Ok(Self { settings, client, ledger, door, listener, probes, metrics })
    }

    /// Where it really listens; a port that was 0 is known here.
    pub fn address(&self) -> Result<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    /// Says what it runs with, secrets left out, and where it listens.
    pub fn announce(&self) -> Result<()> {
        let scheme = if self.settings.tls.is_some() { "https" } else { "http" };
        tracing::info!(settings = ?self.settings, "configuration");
        tracing::info!("{scheme}://{} has the console", self.address()?);
        tracing::info!("http://{}/metrics has the metrics", self.probes.local_addr()?);
        Ok(())
    }

    /// Serves until SIGTERM or SIGINT, then lets open pages go.
    pub async fn run(self) -> Result<()> {
        let Self { settings, client, ledger, door, listener, probes, metrics } = self;
        let mut tasks = Tasks::new();
        let (drain, draining) = watch::channel(false);
        let keys = Arc::clone(&door);
        tasks.spawn(async move {
            keys.keys.follow().await;
            "the watch of the Secret of sessions"
        });
        let (told, keys) = (draining.clone(), Arc::clone(&door));
        let ready = move || {
            if *told.borrow() {
                Err("told to stop")
            } else if !keys.keys.is_ready() {
                Err("there is no key yet to seal sessions with")
            } else {
                Ok(())
            }
        };
        // plain, on a port of its own: a kubelet calls no console by its name
        crate::probes::spawn(probes, metrics, ready, &mut tasks)?;
        let world = World::new(
            ledger.map(|pool| Ledger::new(pool, &settings.cluster)),
            Cluster::watch(&client, &settings.namespace, &mut tasks),
            settings.world,
        );
        let tls = settings.tls.map(|files| server::tls(files, &mut tasks)).transpose()?;
        let served = server::spawn(listener, tls, routes::router(door, world), draining)?;

        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            Some(task) = tasks.join_next() => bail!("{} ended unasked", task.unwrap_or("a task that panicked")),
        }
        tracing::info!("told to stop");
        drain.send_replace(true);
        if timeout(CUT_OFF, served).await.is_err() {
            tracing::info!("pages that were open are cut off; their browsers come back by themselves");
        }
        Ok(())
    }
}

fn ledger(settings: &ConsoleSettings) -> Result<Option<PgPool>> {
    let Some(url) = &settings.database.url else { return Ok(None) };
    let options = access::options(url, settings.database.ca.as_deref()).context("--database-url")?;
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(CONNECT_WITHIN)
        .idle_timeout(Duration::from_secs(300))
        .connect_lazy_with(options.application_name("tollgate-console"));
    Ok(Some(pool))
}
