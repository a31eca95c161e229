//! One state stream: where the pod's rows go, what holds, and that it lives; each the newest there is.

use std::{pin::Pin, sync::Arc};

use bytes::{Bytes, BytesMut};
use futures::{Stream, stream::unfold};
use jiff::Timestamp;
use tokio::sync::watch;

use super::{
    auth::PodIdentity,
    connection::{Connection, Phase},
    ledger::LedgerSource,
    reports::Listening,
    shared::Push,
};
use crate::{index::Published, prices::InForce};

/// What a stream holds between two lines.
struct StateStream {
    push: Arc<Push>,
    pod: PodIdentity,
    state: watch::Receiver<Option<Arc<Published>>>,
    ledger: watch::Receiver<Option<Arc<LedgerSource>>>,
    prices: watch::Receiver<Option<Arc<InForce>>>,
    fingerprints: watch::Receiver<Option<Bytes>>,
    heartbeats: watch::Receiver<Bytes>,
    phase: watch::Receiver<Phase>,
    stage: Stage,
    /// Heartbeats in a row at which the watch did not know the pod. None: it never has (the apiserver vouched for it).
    missed: Option<u8>,
    _open: Open,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Greeting,
    Listening,
}

/// What a stream waits for.
enum News {
    State,
    Ledger,
    Prices,
    Fingerprints,
    Heartbeat,
}

/// An open stream, for as long as it lives; at its end the connection's time has come, too.
struct Open {
    push: Arc<Push>,
    connection: Arc<Connection>,
    _listening: Listening,
}

/// Of its two watches a pod may be in neither for a moment, while its phase changes.
const MISSED: u8 = 2;
/// A stream ends that long before its token does, in seconds.
const BEFORE_EXPIRY: i64 = 5;

/// The lines of a new stream.
pub(super) fn open(
    push: &Arc<Push>,
    connection: &Arc<Connection>,
    pod: PodIdentity,
    state: watch::Receiver<Option<Arc<Published>>>,
) -> Pin<Box<dyn Stream<Item = Bytes> + Send>> {
    push.metrics.streams.inc();
    let stream = StateStream {
        missed: push.auth.is_known(&pod.uid).then_some(0),
        state,
        ledger: push.ledger.clone(),
        prices: push.prices.told(),
        fingerprints: push.fingerprints.told(&pod.namespace),
        heartbeats: push.heartbeats.subscribe(),
        phase: connection.phase(),
        stage: Stage::Greeting,
        _open: Open {
            push: Arc::clone(push),
            connection: Arc::clone(connection),
            _listening: push.reports.listen(&pod.uid, &pod.namespace, &pod.name),
        },
        push: Arc::clone(push),
        pod,
    };
    Box::pin(unfold(stream, |mut stream| async move { stream.next().await.map(|line| (line, stream)) }))
}

// === impl StateStream ===

impl StateStream {
    /// What is to be written next; None when the stream is over.
    async fn next(&mut self) -> Option<Bytes> {
        if self.stage == Stage::Greeting {
            self.stage = Stage::Listening;
            return Some(self.greeting());
        }
        loop {
            let line = match self.wait().await? {
                News::State => self.newest_state(),
                News::Ledger => self.newest_ledger(),
                News::Prices => self.newest_prices(),
                News::Fingerprints => self.newest_fingerprints(),
                News::Heartbeat if self.may_go_on(Timestamp::now()) => {
                    Some(self.heartbeats.borrow_and_update().clone())
                }
                News::Heartbeat => return None,
            };
            if line.is_some() {
                return line;
            }
        }
    }

    /// What there is to say next; None when the connection is to end, or the namespace is not Tollgate's any more.
    async fn wait(&mut self) -> Option<News> {
        let Self { state, ledger, prices, fingerprints, heartbeats, phase, .. } = self;
        tokio::select! {
            biased;
            _ = phase.wait_for(|phase| *phase == Phase::Closing) => None,
            changed = state.changed() => changed.ok().map(|()| News::State),
            changed = ledger.changed() => changed.ok().map(|()| News::Ledger),
            changed = prices.changed() => changed.ok().map(|()| News::Prices),
            changed = fingerprints.changed() => changed.ok().map(|()| News::Fingerprints),
            changed = heartbeats.changed() => changed.ok().map(|()| News::Heartbeat),
        }
    }

    /// All there is to say, in one piece.
    fn greeting(&mut self) -> Bytes {
        let mut lines = BytesMut::new();
        let news = [
            self.newest_ledger(),
            self.newest_prices(),
            // before the flags that name them
            self.newest_fingerprints(),
            self.newest_state(),
        ];
        for line in news.into_iter().flatten() {
            lines.extend_from_slice(&line);
        }
        lines.extend_from_slice(&self.push.heartbeats.now());
        lines.freeze()
    }

    fn newest_state(&mut self) -> Option<Bytes> {
        let line = self.state.borrow_and_update().as_ref()?.line.clone();
        self.push.metrics.states.inc();
        self.push.metrics.state_bytes.inc_by(u64::try_from(line.len()).unwrap_or_default());
        Some(line)
    }

    /// A stream lives for forty minutes at most and the right it hands out for a day: the next stream renews it.
    fn newest_ledger(&mut self) -> Option<Bytes> {
        let source = self.ledger.borrow_and_update().clone()?;
        Some(source.line_for(&self.pod, Timestamp::now()))
    }

    fn newest_prices(&mut self) -> Option<Bytes> {
        Some(self.prices.borrow_and_update().as_ref()?.line.clone())
    }

    fn newest_fingerprints(&mut self) -> Option<Bytes> {
        self.fingerprints.borrow_and_update().clone()
    }

    fn may_go_on(&mut self, now: Timestamp) -> bool {
        if now.as_second() >= self.pod.expires - BEFORE_EXPIRY {
            return false;
        }
        let known = self.push.auth.is_known(&self.pod.uid);
        self.missed = match self.missed {
            _ if known => Some(0),
            Some(missed) => Some(missed + 1),
            None => None,
        };
        self.missed.is_none_or(|missed| missed < MISSED)
    }
}

// === impl Open ===

impl Drop for Open {
    fn drop(&mut self) {
        self.push.metrics.streams.dec();
        self.connection.close();
    }
}
