//! A sidecar as a whole: built on sockets that are bound, then run until it is told to stop.

mod following;
mod listen;
mod schedules;
mod watches;

use std::future::pending;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};
use jiff::Timestamp;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};
use tollgate_ledger::{
    AccountKey, AccountKeyError, Once, Opened, Shipper, Sink, SinkError, Spool, SpoolError, SpoolSettings,
};

use self::following::Following;
pub(crate) use self::listen::Sockets;
use self::listen::{Addresses, past_a_predecessor};
use self::watches::Watches;
use crate::config::{Config, LedgerConfig, OperatorConfig};
use crate::doors::{DRAIN_LIMIT, Doors, Entrance};
use crate::fingerprints::alone;
use crate::metrics::Metrics;
use crate::recorder::Recorder;
use crate::restarts::Life;
use crate::shared::Shared;
use crate::state::Kept;
use crate::tls::bundle::BundleError;
use crate::tls::{Authority, AuthorityError, Ending};
use crate::worker::Worker;
use crate::{admin, coverage, forward, lost, tls};

/// Rows that are still on their way when the calls have ended get this long; the rest waits on the spool.
const SHIP_LIMIT: Duration = Duration::from_secs(5);

/// What a sidecar has from the process that outlives it.
pub(crate) struct Inherited {
    pub(crate) sockets: Sockets,
    /// Where apps' TLS ends here. The same for all workers: apps trust it since the first.
    pub(crate) authority: Option<Authority>,
    pub(crate) life: Life,
}

/// A sidecar whose sockets are bound and whose spool is open: nothing that could fail the start is left.
pub(crate) struct Sidecar {
    config: Config,
    addresses: Addresses,
    life: Life,
    shared: Arc<Shared>,
    workers: Vec<Bound>,
    background: Runtime,
    admin: Option<TcpListener>,
    shipping: Option<Shipping>,
    watches: Watches,
    following: Option<Following>,
    /// Where the groups of calls are kept that a sidecar without an operator finds itself.
    alone: Option<Kept>,
}

/// One worker and what its thread runs it on.
struct Bound {
    listeners: Vec<(Entrance, TcpListener)>,
    recorder: Recorder,
}

struct Shipping {
    shipper: Shipper,
    sink: Sink,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    #[error("cannot listen on {name} {address}: {source}; is another process there?")]
    Listen { name: &'static str, address: SocketAddr, source: std::io::Error },
    #[error("the system gives no runtime or no random numbers: {0}")]
    System(#[from] std::io::Error),
    #[error(transparent)]
    Spool(#[from] SpoolError),
    #[error(transparent)]
    AccountKey(#[from] AccountKeyError),
    #[error(transparent)]
    Ledger(#[from] SinkError),
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

// === impl Sidecar ===

impl Sidecar {
    /// Opens the spool, reads flags and prices once, so that they hold for the first call, records the calls that
    /// the last process left open.
    pub(crate) fn build(config: Config, inherited: Inherited) -> Result<Self, StartError> {
        let Inherited { sockets: Sockets { of_workers, admin, addresses, .. }, authority, life } = inherited;
        let count = of_workers.len();
        let background = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let opened = open_spool(&config, count)?;
        let stats = opened.as_ref().map(|opened| Arc::clone(&opened.stats));
        let key = account_key(&config, opened.is_some())?;
        let metrics = Arc::new(Metrics::new(&config.workload, stats, life.restarts));
        let ending = match (&config.bundle, authority) {
            (Some(folder), Some(authority)) => Some(ending(folder, &config, authority)?),
            _ => None,
        };
        let shared = Arc::new(Shared::new(&config, metrics, key, ending));
        let mut watches = Watches::of(&config);
        watches.look(&shared);
        let operator = config.operator.as_ref().filter(|_| config.enabled);
        let mut following = operator.map(|operator| Following::of(operator, &config.spool, &shared));
        if let Some(following) = &mut following {
            following.look();
        }
        let alone = (operator.is_none() && opened.is_some()).then(|| Kept::new(config.spool.clone()));
        if let Some(kept) = &alone {
            shared.fingerprints.take(alone::groups_of(kept));
        }
        if let Some(pem) = &config.extra_cas {
            forward::trust(pem.clone());
        }
        let (mut spools, shipper) = match opened {
            None => (Vec::new(), None),
            Some(Opened { mut writers, shipper, orphans, stats: _, witness }) => {
                if let Some(following) = &mut following {
                    following.witnessed_by(witness);
                }
                let calls = shared.metrics.worker();
                lost::record(orphans, &mut writers, &config.workload, &shared.prices(), &calls);
                (writers, Some(shipper))
            }
        };
        let once = Arc::new(match spools.is_empty() {
            false => Once::open(&config.spool),
            true => Once::in_memory(),
        });
        let replaces = !matches!(config.ledger, LedgerConfig::File(_));
        let mut spools = spools.drain(..);
        let workers = of_workers
            .into_iter()
            .map(|listeners| {
                let recorder = Recorder::new(
                    Arc::clone(&shared.account_key),
                    spools.next(),
                    Arc::clone(&once),
                    replaces,
                )?;
                Ok(Bound { listeners, recorder })
            })
            .collect::<std::io::Result<Vec<Bound>>>()?;
        let shipping = match (shipper, sink(&config.ledger, following.as_mut())?) {
            (Some(shipper), Some(sink)) => Some(Shipping { shipper, sink }),
            _ => None,
        };
        Ok(Self {
            config,
            addresses,
            life,
            shared,
            workers,
            background,
            admin,
            shipping,
            watches,
            following,
            alone,
        })
    }

    /// Says what it runs with, secrets left out, and where it listens.
    pub(crate) fn announce(&self) {
        let Config {
            listen: _,
            origins,
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
            bundle,
            proxy_others,
            way_out,
            enabled,
        } = &self.config;
        let Addresses { base_url, hosts, proxy, admin } = &self.addresses;
        tracing::info!(
            ?workload,
            ?flags,
            ?prices,
            ?spool,
            ?spool_sync,
            ?ledger,
            ?attribution,
            "configuration"
        );
        if let Some(OperatorConfig { url, token_file, ca, state_directory, deny_until_known }) = operator {
            let (own_ca, extra_cas) = (ca.is_some(), extra_cas.is_some());
            tracing::info!(
                %url, ?token_file, own_ca, ?state_directory, ?deny_until_known, ?spool_limit, extra_cas,
                "state comes from the operator"
            );
        }
        for provider in tollgate_meter::Provider::ALL {
            tracing::info!("http://{base_url}/{provider} stands for {}", origins.of(provider));
        }
        if let Some(admin) = admin {
            tracing::info!("http://{admin}/metrics has the metrics");
        }
        for address in hosts {
            tracing::info!(
                ?way_out,
                ?bundle,
                "{address} stands for the providers' own hosts, to apps that trust the bundle"
            );
        }
        if let Some(address) = proxy {
            tracing::info!(
                ?way_out,
                ?bundle,
                ?proxy_others,
                "http://{address} is a proxy for HTTPS, to apps that trust the bundle"
            );
        }
        if let LedgerConfig::Postgres { token: None, .. } = ledger {
            tracing::error!(
                "ledger.token is missing: rows wait on the spool; `tollgate migrate --standalone` prints one"
            );
        }
        if !enabled {
            tracing::warn!("TOLLGATE_ENABLED is false: calls pass; nothing is gated, metered or recorded");
        }
    }

    /// Serves until SIGTERM or SIGINT, then lets the calls in flight end and writes all their rows.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let Self {
            config: _,
            addresses: _,
            life,
            shared,
            workers,
            background,
            admin,
            shipping,
            watches,
            following,
            alone,
        } = self;
        let (stop, stopping) = watch::channel(false);
        let (ended, mut workers_ended) = mpsc::unbounded_channel();
        for (index, bound) in workers.into_iter().enumerate() {
            bound.spawn(index, &shared, stopping.clone(), ended.clone())?;
        }
        drop(ended);
        background.block_on(async move {
            let mut tasks = JoinSet::new();
            watches.spawn(&shared, &mut tasks);
            tasks.spawn(schedules::follow(Arc::clone(&shared)));
            // Anywhere but in a pod the sockets are those of a whole machine.
            if following.is_some() {
                tasks.spawn(coverage::watch(Arc::clone(&shared)));
            }
            if let Some(kept) = alone {
                tasks.spawn(alone::study(Arc::clone(&shared), kept));
            }
            let (part, parting) = watch::channel(false);
            let mut following = following.map(|following| following.spawn(&mut tasks, parting));
            if let Some(listener) = admin {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                let metrics = Arc::clone(&shared.metrics);
                tasks.spawn(async move {
                    if let Err(error) = admin::serve(listener, metrics, life).await {
                        tracing::error!(%error, "the admin port failed");
                    }
                    "the admin port"
                });
            }
            let (ship_the_rest, shipped) = ship(shipping);

            let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
            tokio::select! {
                biased;
                () = std::future::ready(()), if life.ending => {}
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
                _ = workers_ended.recv() => bail!("a worker ended unasked; see the log above"),
                Some(task) = tasks.join_next() => bail!("{} ended unasked", task.unwrap_or("a task that panicked")),
                () = end_of(following.as_mut()) => bail!("the state stream's client ended unasked"),
            }
            tracing::info!("told to stop: no new connections, calls in flight may end within {} s", DRAIN_LIMIT.as_secs());
            stop.send_replace(true);
            while workers_ended.recv().await.is_some() {}
            let _nobody_ships = ship_the_rest.send(true);
            match shipped.await.context("the ledger's shipper failed")? {
                0 => tracing::info!("all rows written"),
                left => tracing::warn!(left, "rows stay on the spool for the next start: the ledger did not take them"),
            }
            // After the last call and the last row, so that the goodbye has all that was spent, and the operator took what
            // the database did not.
            part.send_replace(true);
            if let Some(following) = following {
                following.await.context("the state stream's client failed")?;
            }
            Ok(())
        })
    }
}

/// Returns when the task has ended, however it did; never where there is none.
async fn end_of(task: Option<&mut JoinHandle<()>>) {
    match task {
        Some(task) => {
            let _however = task.await;
        }
        None => pending().await,
    }
}

/// Ships in the background until told that no record will come any more; gives what could not be shipped.
fn ship(shipping: Option<Shipping>) -> (watch::Sender<bool>, JoinHandle<u64>) {
    let (last, mut no_more) = watch::channel(false);
    let shipped = tokio::spawn(async move {
        let Some(Shipping { shipper, sink }) = shipping else { return 0 };
        let no_more = async move {
            let _sender_gone = no_more.wait_for(|last| *last).await;
        };
        shipper.run(sink, no_more, SHIP_LIMIT).await
    });
    (last, shipped)
}

/// Ends TLS by this authority, once apps can read whom to trust. In a pod whose disk takes nothing, and where they have read whom
/// an earlier start wanted trusted, they refuse us, and pass us by untouched from then on: better than no call at all.
fn ending(folder: &Path, config: &Config, authority: Authority) -> Result<Ending, StartError> {
    let extra = config.extra_cas.as_deref();
    match tls::bundle::stand(folder, authority.root().der(), extra, Timestamp::now()) {
        Err(error) if config.operator.is_some() && tls::bundle::is_there(folder) => {
            tracing::error!(%error, "apps that trust an earlier start of this sidecar pass it by, and are not metered");
        }
        written => written?,
    }
    Ok(Ending::with(authority).map_err(AuthorityError::from)?)
}

/// In a pod the operator tells the installation's, so that one of this process is one for some seconds.
fn account_key(config: &Config, has_spool: bool) -> Result<AccountKey, StartError> {
    if !has_spool {
        return Ok(AccountKey::for_this_process()?);
    }
    match AccountKey::load_or_create(&config.spool) {
        Err(error) if config.operator.is_some() => {
            tracing::error!(%error, "accounts are hashed by a key of this process until the operator tells its own");
            Ok(AccountKey::for_this_process()?)
        }
        loaded => Ok(loaded?),
    }
}

/// In a pod no disk ends the start: calls go on.
fn open_spool(config: &Config, writers: usize) -> Result<Option<Opened>, StartError> {
    if !config.enabled || config.ledger == LedgerConfig::None {
        return Ok(None);
    }
    let settings = SpoolSettings {
        sync: config.spool_sync,
        must_be_usable: config.operator.is_none(),
        ..SpoolSettings::new(&config.spool, writers)
    };
    let settings = match config.spool_limit {
        Some(limit) => settings.within(limit),
        None => settings,
    };
    let in_use = |error: &SpoolError| matches!(error, SpoolError::InUse { .. });
    Ok(Some(past_a_predecessor(|| Spool::open(&settings), in_use)?))
}

/// Where rows go. Without a token the database takes none: they wait on the spool, and the metrics say so.
fn sink(ledger: &LedgerConfig, following: Option<&mut Following>) -> Result<Option<Sink>, StartError> {
    match ledger {
        LedgerConfig::Operator => Ok(following.map(Following::sink).transpose()?),
        LedgerConfig::None => Ok(None),
        LedgerConfig::File(path) => Ok(Some(Sink::file(path))),
        LedgerConfig::Postgres { url, token } => {
            Ok(Some(Sink::postgres(url, token.as_deref().unwrap_or_default())?))
        }
    }
}

/// Says that a worker has ended, however it did.
struct Ended(mpsc::UnboundedSender<()>);

impl Drop for Ended {
    fn drop(&mut self) {
        let _nobody_asks = self.0.send(());
    }
}

// === impl Bound ===

impl Bound {
    fn spawn(
        self,
        index: usize,
        shared: &Arc<Shared>,
        stopping: watch::Receiver<bool>,
        ended: mpsc::UnboundedSender<()>,
    ) -> std::io::Result<()> {
        let Self { listeners, recorder } = self;
        let shared = Arc::clone(shared);
        thread::Builder::new().name(format!("worker-{index}")).spawn(move || {
            // Told by its drop, so that a worker that panics is told of, too.
            let _ended = Ended(ended);
            // A runtime belongs to its thread. When it is gone, so are the calls that were still open: they were
            // recorded as they dropped, before anybody is told.
            let served = Worker::runtime().and_then(|runtime| {
                runtime.block_on(async {
                    let listeners = listeners
                        .into_iter()
                        .map(|(entrance, listener)| {
                            Ok((entrance, tokio::net::TcpListener::from_std(listener)?))
                        })
                        .collect::<std::io::Result<Vec<_>>>()?;
                    Doors::of(Worker::new(shared, recorder)).serve(listeners, stopping).await;
                    Ok(())
                })
            });
            if let Err(error) = served {
                tracing::error!(%error, "a worker cannot serve");
            }
        })?;
        Ok(())
    }
}
