//! What all connections of the push port share.

use std::sync::Arc;

use tokio::sync::watch;

use super::{
    auth::Authenticator, heartbeat::Heartbeats, ledger::LedgerSource, metrics::PushMetrics, reports::Reports,
};
use crate::{budgets::Budgets, fingerprints::Fingerprints, index::SharedIndex, prices::Prices, usage::Usage};

/// What answers are made of.
pub(super) struct Push {
    pub(super) index: SharedIndex,
    pub(super) reports: Reports,
    pub(super) auth: Arc<Authenticator>,
    pub(super) heartbeats: Arc<Heartbeats>,
    pub(super) ledger: watch::Receiver<Option<Arc<LedgerSource>>>,
    pub(super) prices: Prices,
    pub(super) usage: Option<Usage>,
    pub(super) fingerprints: Fingerprints,
    pub(super) budgets: Option<Budgets>,
    pub(super) cluster: String,
    pub(super) metrics: Arc<PushMetrics>,
}
