//! One pod's end of the stream, for as long as the pod lives.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{mpsc, watch};
use tollgate_crds::stream::{AdminPrices, Fingerprints, LedgerAccess, Report};
use tollgate_ledger::HandedOver;

use super::backoff::{self, Backoff};
use super::conversation::converse;
use super::dial::Dialer;
use super::end::End;
use super::near::{Near, told};
use super::{StreamLimits, StreamSettings};
use crate::budgets::Asked;
use crate::state::PodState;

/// While no replica's watch is fresh, one is tried this seldom.
const LONGEST_STAY: std::time::Duration = std::time::Duration::from_secs(60);

/// Keeps one stream open, and what it tells in force.
pub struct StreamClient {
    dialer: Dialer,
    limits: StreamLimits,
    near: Near,
    backoff: Backoff,
}

// === impl StreamClient ===

impl StreamClient {
    pub fn new(settings: StreamSettings, pod: Arc<PodState>) -> Self {
        let limits = settings.limits;
        Self {
            dialer: Dialer::new(settings),
            limits,
            near: Near {
                pod,
                on_ledger: Box::new(drop),
                on_prices: Box::new(drop),
                on_fingerprints: Box::new(drop),
                report: Box::new(Report::default),
                batches: None,
                grants: None,
                last_asked: Box::new(|| None),
                connected: Box::new(|_| ()),
                stay: Backoff::new(limits.leave, LONGEST_STAY),
            },
            backoff: Backoff::new(limits.first_wait, limits.longest_wait),
        }
    }

    /// Who is told where the rows go.
    pub fn on_ledger(mut self, on_ledger: impl FnMut(LedgerAccess) + Send + 'static) -> Self {
        self.near.on_ledger = Box::new(on_ledger);
        self
    }

    /// Who is told the admin's prices.
    pub fn on_prices(mut self, on_prices: impl FnMut(AdminPrices) + Send + 'static) -> Self {
        self.near.on_prices = Box::new(on_prices);
        self
    }

    /// Who is told the groups of calls that name no feature.
    pub fn on_fingerprints(mut self, on_fingerprints: impl FnMut(Fingerprints) + Send + 'static) -> Self {
        self.near.on_fingerprints = Box::new(on_fingerprints);
        self
    }

    /// Who says what there is to report; which versions are held is added here.
    pub fn reporting(mut self, report: impl FnMut() -> Report + Send + 'static) -> Self {
        self.near.report = Box::new(report);
        self
    }

    /// Whose rows the operator is to keep.
    pub fn handing_over(mut self, batches: mpsc::Receiver<HandedOver>) -> Self {
        self.near.batches = Some(batches);
        self
    }

    /// Whose shares of budgets are asked for; `connected` is told whether somebody is there to be asked, `last_asked` gives them back
    /// at the end.
    pub fn asking(
        mut self,
        grants: mpsc::Receiver<Asked>,
        connected: impl FnMut(bool) + Send + 'static,
        last_asked: impl FnMut() -> Option<Vec<u8>> + Send + 'static,
    ) -> Self {
        self.near.grants = Some(grants);
        self.near.connected = Box::new(connected);
        self.near.last_asked = Box::new(last_asked);
        self
    }

    /// Follows the operator until told to stop, then says goodbye.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut said = None;
        loop {
            let end = self.connection(&mut stop, &mut said).await;
            self.near.pod.stream_ended(end.class());
            if matches!(end, End::Stopped) {
                return;
            }
            // One kind of trouble is said once.
            if end.is_ordinary() {
                tracing::debug!("the state stream ended: {end}");
            } else if said.replace(end.class()) != Some(end.class()) {
                tracing::warn!("no state from the operator: {end}. What is known holds, calls go on");
            }
            let wait = match end {
                End::Renewed | End::Stale => continue,
                _ => self.backoff.next(backoff::random()),
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = told(&mut stop) => return,
            }
        }
    }

    async fn connection(&mut self, stop: &mut watch::Receiver<bool>, said: &mut Option<&str>) -> End {
        let link = tokio::select! {
            link = self.dialer.dial() => match link {
                Ok(link) => link,
                Err(end) => return end,
            },
            () = told(stop) => return End::Stopped,
        };
        let began = Instant::now();
        match said.take() {
            Some(_) => tracing::info!("state comes from {} again", link.operator),
            None => tracing::debug!("state comes from {}", link.operator),
        }
        self.near.pod.stream_began();
        (self.near.connected)(true);
        let end = converse(link, &mut self.near, &self.limits, self.dialer.token_file(), stop).await;
        (self.near.connected)(false);
        if began.elapsed() >= self.limits.proven {
            self.backoff.worked();
        }
        end
    }
}
