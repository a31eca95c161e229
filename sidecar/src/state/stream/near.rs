//! Who stands at the stream's near end.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tollgate_crds::stream::{AdminPrices, Fingerprints, LedgerAccess, Report};
use tollgate_ledger::HandedOver;

use super::backoff::Backoff;
use crate::budgets::Asked;
use crate::state::PodState;

/// What is told to whom, and asked of whom.
pub(super) struct Near {
    pub(super) pod: Arc<PodState>,
    pub(super) on_ledger: Box<dyn FnMut(LedgerAccess) + Send>,
    pub(super) on_prices: Box<dyn FnMut(AdminPrices) + Send>,
    pub(super) on_fingerprints: Box<dyn FnMut(Fingerprints) + Send>,
    pub(super) report: Box<dyn FnMut() -> Report + Send>,
    /// Rows that the operator is to keep.
    pub(super) batches: Option<mpsc::Receiver<HandedOver>>,
    /// What is asked about budgets, and the last words about them.
    pub(super) grants: Option<mpsc::Receiver<Asked>>,
    pub(super) last_asked: Box<dyn FnMut() -> Option<Vec<u8>> + Send>,
    pub(super) connected: Box<dyn FnMut(bool) + Send>,
    /// How long an operator whose watch is stuck is borne with.
    pub(super) stay: Backoff,
}

/// Returns when it is to stop; also when nobody is left who could say so.
pub(super) async fn told(stop: &mut watch::Receiver<bool>) {
    let _stop_or_nobody = stop.wait_for(|stop| *stop).await;
}
