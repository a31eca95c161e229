//! What the sidecar of one pod knows of the flags, whoever told it.
//!
//! ```text
//! spool's volume ─┐ (before the first call)
//! ConfigMap file ─┼▶ offer ─▶ Held: which one holds? ─▶ FlagSet ─▶ swapped in, then kept on the volume
//! state stream ───┘
//! ```

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tollgate_crds::stream::{Heartbeat, NamespaceState};

use super::held::{Held, Offer, Source};
use super::kept::Kept;
use super::{FlagSet, SharedFlags, Workload};
use crate::metrics::StateMetrics;

/// Takes what is told, from any thread; never on the way of a call.
pub struct PodState {
    workload: Workload,
    take: Box<dyn Fn(Arc<FlagSet>) + Send + Sync>,
    kept: Option<Kept>,
    metrics: Arc<StateMetrics>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    held: Held,
    /// The stream's last state could not be read, or is another namespace's.
    misheard: bool,
    /// A state of the stream was taken, or found to hold, since the start.
    streamed: bool,
    /// The operator's clock less ours, in milliseconds, by its last heartbeat.
    clock_offset: Option<i64>,
}

/// The stream as a source of metrics.
pub(crate) const STREAM: &str = "stream";

// === impl PodState ===

impl PodState {
    /// Nothing is known yet. `take` is given each set of flags from the moment it is to hold.
    pub fn new(workload: Workload, take: impl Fn(Arc<FlagSet>) + Send + Sync + 'static) -> Self {
        Self { workload, take: Box::new(take), kept: None, metrics: Arc::default(), inner: Mutex::default() }
    }

    /// One that stands alone: the flags that hold are behind the second, ready for the gate.
    pub fn alone(workload: Workload, denied: &[String]) -> (Self, SharedFlags) {
        let flags = Arc::new(ArcSwap::from_pointee(FlagSet::unknown(&workload, denied)));
        let shared = Arc::clone(&flags);
        (Self::new(workload, move |taken| shared.store(taken)), flags)
    }

    pub(crate) fn keeping(self, kept: Kept) -> Self {
        Self { kept: Some(kept), ..self }
    }

    pub(crate) fn measured(self, metrics: Arc<StateMetrics>) -> Self {
        Self { metrics, ..self }
    }

    /// Of the state that holds, [`NamespaceState::versions`]; empty while none is known.
    pub fn versions(&self) -> BTreeMap<String, String> {
        self.lock().held.state().map(|state| state.versions.clone()).unwrap_or_default()
    }

    /// A state was told. When this returns it holds, if it is not older than what does.
    pub fn offer(&self, state: NamespaceState, from: Source, now: Instant) -> Offer {
        let mut inner = self.lock();
        if self.workload.namespace.as_ref().is_some_and(|namespace| *namespace != state.namespace) {
            tracing::error!(
                told = state.namespace,
                "the {} tells another namespace's state: passed over",
                from.name()
            );
            self.mishear(&mut inner, from, now);
            return Offer::Foreign;
        }
        let changed_at = state.changed_at;
        let offer = inner.held.offer(state, from, now);
        if offer == Offer::Taken {
            self.hold(&inner);
        }
        if from == Source::Stream {
            let was_following = std::mem::replace(&mut inner.streamed, true);
            inner.misheard = false;
            if let (true, Offer::Taken, Some(offset)) = (was_following, offer, inner.clock_offset) {
                let now = Timestamp::now().as_millisecond().saturating_add(offset);
                let since = now.saturating_sub(i64::try_from(changed_at).unwrap_or(i64::MAX));
                self.metrics.pushed(u64::try_from(since).unwrap_or(0));
            }
        }
        offer
    }

    /// The stream lives, and says how fresh its operator's watch is.
    pub(super) fn heartbeat(&self, heartbeat: &Heartbeat, now: Instant, patience: Duration) {
        let mut inner = self.lock();
        let theirs = i64::try_from(heartbeat.time).unwrap_or(i64::MAX);
        inner.clock_offset = Some(theirs.saturating_sub(Timestamp::now().as_millisecond()));
        let complete = now.checked_sub(Duration::from_millis(heartbeat.watch_age));
        if let Some(complete) = complete
            && inner.held.insist(complete, now, patience)
        {
            tracing::warn!(
                "the operator stands by a state that is older than what held here: taken. Was the cluster restored?"
            );
            self.hold(&inner);
        }
        // Before the first state nothing is confirmed by it.
        if inner.streamed && !inner.misheard && inner.held.agrees_with_stream() {
            self.metrics.confirmed(STREAM, complete.unwrap_or(now));
        } else {
            self.metrics.refused(STREAM, now);
        }
    }

    /// The stream said what cannot be read.
    pub(super) fn unreadable(&self, now: Instant) {
        self.mishear(&mut self.lock(), Source::Stream, now);
    }

    pub(super) fn stream_began(&self) {
        self.metrics.stream_began();
    }

    /// `why` is one of few words.
    pub(super) fn stream_ended(&self, why: &'static str) {
        self.metrics.stream_ended(why);
        self.lock().held.stream_ended();
    }

    pub(super) fn report_failed(&self) {
        self.metrics.report_failed();
    }

    fn mishear(&self, inner: &mut Inner, from: Source, now: Instant) {
        self.metrics.misheard();
        if from == Source::Stream {
            inner.misheard = true;
            self.metrics.refused(STREAM, now);
        }
    }

    /// Lets the state that holds hold: compiles it, swaps it in, keeps it.
    fn hold(&self, inner: &Inner) {
        let (Some(state), Some(source)) = (inner.held.state(), inner.held.source()) else { return };
        let (flags, notices) = FlagSet::of_state(state, &self.workload);
        (self.take)(Arc::new(flags));
        self.metrics.holds_by(source.name());
        for notice in notices {
            tracing::warn!(flag = %notice.flag, "something of a flag is left out: {}", notice.why);
        }
        tracing::info!(flags = state.flags.len(), versions = ?state.versions, "state taken from the {}", source.name());
        if let Some(kept) = &self.kept
            && source != Source::Volume
        {
            kept.keep_state(state);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
