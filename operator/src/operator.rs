//! The operator as a whole: built with its sockets bound, then run until it is told to stop.

pub(crate) mod listen;
mod readiness;
mod webhook;

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use kube::Client;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    admission, alerting,
    certificates::{CaBundle, ca_bundle, keeper::Keeper, serving, serving::Serving},
    context::{self, Context, Tasks},
    controllers,
    database::{self, Database},
    fingerprints::Fingerprints,
    index::{Index, SharedIndex},
    kubernetes,
    leadership::Candidate,
    metrics::Metrics,
    prices::{self, PricesTold},
    probes,
    push::{self, Rows, ledger::Ledger, reports::Reports},
    settings::Settings,
    usage::UsageFolder,
};

use self::{listen::bind, readiness::Needs};

/// An operator whose sockets are bound: nothing of its own that could fail the start is left.
pub struct Operator {
    context: Context,
    candidate: Candidate,
    bundle: watch::Sender<Option<CaBundle>>,
    prices: PricesTold,
    push: TcpListener,
    webhook: TcpListener,
    metrics: TcpListener,
    addresses: Addresses,
    usage: Option<UsageFolder>,
}

/// Where the operator really listens; ports that were 0 are known here.
#[derive(Clone, Copy, Debug)]
pub struct Addresses {
    pub push: SocketAddr,
    pub webhook: SocketAddr,
    pub metrics: SocketAddr,
}

/// Endpoints learn that a replica is not ready a little later than it does: it goes on to accept meanwhile.
const ENDPOINTS_LEARN: Duration = Duration::from_secs(1);
/// The last stream is let go [`push::DRAIN`] after the first; who has not gone soon after that is cut off.
const CUT_OFF: Duration = Duration::from_secs(push::DRAIN.as_secs() + 3);

// === impl Operator ===

impl Operator {
    /// Binds the sockets and finds the cluster (kubeconfig, or the pod's own ServiceAccount).
    pub async fn build(settings: Settings) -> Result<Self> {
        let client = Client::try_default().await.context("no cluster is configured")?;
        Self::with_client(client, settings)
    }

    /// As [`Self::build`], for a cluster that is known.
    pub fn with_client(client: Client, mut settings: Settings) -> Result<Self> {
        let push = bind("--push-address", settings.listen.push)?;
        let webhook = bind("--webhook-address", settings.listen.webhook)?;
        let scraped = bind("--metrics-address", settings.listen.metrics)?;
        let addresses = Addresses {
            push: push.local_addr()?,
            webhook: webhook.local_addr()?,
            metrics: scraped.local_addr()?,
        };
        let metrics = Arc::new(Metrics::default());
        let usage =
            settings.usage.as_ref().and_then(|settings| UsageFolder::open_if_it_can_be(settings, &metrics));
        // nobody is told of a folder that there is not
        settings.usage = settings.usage.filter(|_| usage.is_some());
        let settings = Arc::new(settings);
        let address = settings.pod_ip.map(|ip| SocketAddr::new(ip, addresses.push.port()));
        let (candidate, leadership) =
            Candidate::new(client.clone(), &settings.namespace, &settings.pod_name, address);
        let database = match &settings.database.url {
            Some(url) => Some(Database::new(url, settings.database.ca.as_deref()).context("--database-url")?),
            None => None,
        };
        let (bundle, ca) = watch::channel(None);
        let (told, prices) = prices::channel();
        let context = Context {
            index: SharedIndex::new(Index::new(settings.attribution)),
            database,
            leadership,
            reports: Reports::default(),
            prices,
            ca,
            events: context::events(&client, &settings),
            metrics,
            client,
            settings,
        };
        Ok(Self {
            context,
            candidate,
            bundle,
            prices: told,
            push,
            webhook,
            metrics: scraped,
            addresses,
            usage,
        })
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

    /// Serves until SIGTERM or SIGINT, then lets the streams go one after the other.
    pub async fn run(self) -> Result<()> {
        let Self { context, candidate, bundle, prices, push, webhook, metrics, addresses: _, usage } = self;
        let mut tasks: Tasks = JoinSet::new();
        let (drain, draining) = watch::channel(false);

        let certificates = Arc::new(Serving::default());
        let tls = serving::server_config(Arc::clone(&certificates)).context("TLS cannot be set up")?;
        let watches = kubernetes::spawn(&context, &mut tasks);
        keep_certificates(&context, &certificates, bundle, &mut tasks);
        prices::spawn(&context, prices, &mut tasks);
        let needs = Needs { watches: watches.clone(), certificates, draining: draining.clone() };
        probes::spawn(metrics, Arc::clone(&context.metrics), move || needs.ready(), &mut tasks)?;
        let ledger = Ledger::spawn(&context, &mut tasks);
        let (ship_the_rest, no_more) = watch::channel(false);
        let handle = usage.as_ref().map(UsageFolder::usage);
        let shipped = match usage {
            Some(folder) => {
                let way = ledger.own_way(&mut tasks);
                Some(folder.spawn(&context, &watches, way, no_more, &mut tasks)?)
            }
            None => None,
        };
        let fingerprints = Fingerprints::default();
        fingerprints.spawn(&context, &ledger, &mut tasks);
        let rows = Rows { ledger, usage: handle, fingerprints };
        let streams = push::spawn(push, tls.clone(), &context, &watches, rows, draining.clone(), &mut tasks)?;
        webhook::spawn(webhook, tls, admission::router(context.clone()), &mut tasks)?;
        controllers::spawn(&context, &mut tasks);
        database::spawn(&context, &mut tasks);
        alerting::spawn(&context, &mut tasks);
        let election = tokio::spawn(candidate.run(told(draining)));

        told_or_failed(&mut tasks).await?;
        tracing::info!("told to stop: the streams are let go within {} s", CUT_OFF.as_secs());
        drain.send_replace(true);
        sleep(ENDPOINTS_LEARN).await;
        if timeout(CUT_OFF, streams).await.is_err() {
            tracing::warn!("some streams did not end and are cut off");
        }
        ship_the_rest.send_replace(true);
        if let Some(shipped) = shipped {
            match shipped.await.context("the shipper of kept rows failed")? {
                0 => {}
                left => tracing::warn!(
                    left,
                    "rows of sidecars stay in --usage-dir for the next start: the ledger did not take them"
                ),
            }
        }
        election.await.context("the election failed")
    }
}

fn keep_certificates(
    context: &Context,
    certificates: &Arc<Serving>,
    bundle: watch::Sender<Option<CaBundle>>,
    tasks: &mut Tasks,
) {
    let Context { client, settings, metrics, leadership, .. } = context.clone();
    let keeper = Keeper::new(client, &settings, &metrics, Arc::clone(certificates), bundle);
    tasks.spawn(async move {
        keeper.run(leadership).await;
        "the task that keeps the certificates"
    });
    let bundles = ca_bundle::keep(context.clone());
    tasks.spawn(async move {
        bundles.await;
        "the task that tells the webhook configurations our authority"
    });
}

/// Waits for a signal; a task that ends unasked is an error.
async fn told_or_failed(tasks: &mut Tasks) -> Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
        Some(task) = tasks.join_next() => bail!("{} ended unasked", task.unwrap_or("a task that panicked")),
    }
}

/// Ends when the operator is told to stop.
async fn told(mut draining: watch::Receiver<bool>) {
    let _sender_gone = draining.wait_for(|drain| *drain).await;
}
