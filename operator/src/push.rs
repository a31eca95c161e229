//! The state stream to the sidecars (`GET /v1/state`), their reports (`POST /v1/report`), shares of budgets (`POST /v1/grants`), rows that they cannot bring into
//! the database themselves (`POST /v1/usage`), and what replicas tell each
//! other (`POST /v1/peers`), on one TLS port.
//!
//! A namespace's state is encoded once; a stream holds a receiver and writes whatever is newest when its turn comes, so
//! a slow reader costs a pointer and there is no queue. Heartbeats are encoded once for a twentieth of the streams, a
//! tenth of a second apart, so that there is no stream with a timer of its own and no moment in which all are written to.
//!
//! - [`server`]: connections: accepted, limited in age, and let go one after the other
//! - [`routes`]: what is asked, and by whom; [`auth`]: who somebody is; [`shared`]: what answers are made of
//! - [`stream`]: one state stream; [`heartbeat`]: that it lives
//! - [`ledger`]: where a pod's rows go, and with which right
//! - [`reports`]: what sidecars say they hold; [`peers`]: the same, of all replicas, at the leader

mod auth;
mod body;
mod connection;
mod heartbeat;
pub(crate) mod ledger;
mod metrics;
mod peers;
pub(crate) mod reports;
mod routes;
mod server;
mod shared;
mod stream;

use std::{net::TcpListener, sync::Arc, time::Duration};

use rustls::ServerConfig;
use tokio::{sync::watch, task::JoinHandle};

use self::{auth::Authenticator, heartbeat::Heartbeats, ledger::Ledger, metrics::PushMetrics, shared::Push};
use crate::{
    budgets,
    context::{Context, Tasks},
    fingerprints::Fingerprints,
    kubernetes::Watches,
    usage::Usage,
};

/// How long it takes to let all streams go: the sidecars come back one after the other, at another replica.
pub const DRAIN: Duration = Duration::from_secs(8);

/// What becomes of the sidecars' rows.
pub struct Rows {
    pub ledger: Ledger,
    /// Who keeps those that the database does not take.
    pub usage: Option<Usage>,
    /// Of calls that name no feature.
    pub fingerprints: Fingerprints,
}

/// Starts the push port and what belongs to it. The handle ends when, after `stopping`, the last connection has ended.
pub fn spawn(
    listener: TcpListener,
    tls: ServerConfig,
    context: &Context,
    watches: &Watches,
    rows: Rows,
    stopping: watch::Receiver<bool>,
    tasks: &mut Tasks,
) -> std::io::Result<JoinHandle<()>> {
    let metrics = Arc::new(PushMetrics::new(&context.metrics));
    let auth = Arc::new(Authenticator::new(context, &metrics));
    let heartbeats = Arc::new(Heartbeats::new(Arc::clone(&watches.freshness)));

    let keys = Arc::clone(&auth);
    tasks.spawn(async move {
        keys.keep_keys_fresh().await;
        "the task that fetches the cluster's token keys"
    });
    let beats = Arc::clone(&heartbeats);
    tasks.spawn(async move {
        beats.run().await;
        "the heartbeats"
    });
    peers::spawn(context, tasks);
    let budgets = budgets::spawn(context, tasks);

    let push = Arc::new(Push {
        index: context.index.clone(),
        reports: context.reports.clone(),
        auth,
        heartbeats,
        ledger: rows.ledger.source,
        prices: context.prices.clone(),
        usage: rows.usage,
        fingerprints: rows.fingerprints,
        budgets,
        cluster: context.settings.cluster.clone(),
        metrics,
    });
    server::spawn(listener, tls, push, stopping)
}
