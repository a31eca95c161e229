//! One connection of a sidecar: who it has shown itself to be, and whether it is to end.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use super::auth::PodIdentity;

/// What the requests of one connection share.
pub(super) struct Connection {
    /// The last token that was found good: a sidecar shows the same with each report.
    known: Mutex<Option<(Box<str>, PodIdentity)>>,
    phase: watch::Sender<Phase>,
}

/// How far a connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Nobody has shown a good token yet.
    New,
    Known,
    /// Its stream has ended, or it is told to: what is open is finished, nothing new begins.
    Closing,
}

// === impl Connection ===

impl Connection {
    pub(super) fn new() -> Self {
        Self { known: Mutex::new(None), phase: watch::Sender::new(Phase::New) }
    }

    pub(super) fn phase(&self) -> watch::Receiver<Phase> {
        self.phase.subscribe()
    }

    pub(super) fn close(&self) {
        self.advance(Phase::Closing);
    }

    /// Who has shown this very token before, if it still holds.
    pub(super) fn recall(&self, token: &str, now: Timestamp) -> Option<PodIdentity> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (shown, pod) = known.as_ref()?;
        (**shown == *token && now.as_second() < pod.expires).then(|| pod.clone())
    }

    pub(super) fn remember(&self, token: &str, pod: &PodIdentity) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((token.into(), pod.clone()));
        self.welcome();
    }

    /// Somebody has shown a good token.
    pub(super) fn welcome(&self) {
        self.advance(Phase::Known);
    }

    fn advance(&self, to: Phase) {
        self.phase.send_if_modified(|phase| {
            let forward = *phase < to;
            *phase = (*phase).max(to);
            forward
        });
    }
}
