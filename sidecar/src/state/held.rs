//! Which state holds, of all that were offered.
//!
//! A state that is older than the held one comes from a source that lags, and changes nothing: no replica turns a flag
//! back. Unless the stream insists: a cluster whose etcd was restored from a backup is older than what it said before.
//! Then the older state is taken, once the stream has stood by it for a while *and* its operator has since known its own
//! watch to be complete.

use std::time::{Duration, Instant};

use tollgate_crds::stream::NamespaceState;

use super::versions::is_older;

/// Where a state comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The operator's state stream.
    Stream,
    /// What this pod's sidecar held before it was started again.
    Volume,
    /// The namespace's ConfigMap, which kubelet brings within a minute or so.
    ConfigMap,
}

/// What became of a state that was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It holds from now on.
    Taken,
    /// It says what holds already.
    Same,
    /// It is older than what holds.
    Older,
    /// It is another namespace's, and no business of ours.
    Foreign,
}

/// The state that holds, and an older one that may yet turn out to be right.
#[derive(Debug, Default)]
pub(super) struct Held {
    holds: Option<(NamespaceState, Source)>,
    insisted: Option<Insisted>,
}

/// An older state that the stream stands by.
#[derive(Debug)]
struct Insisted {
    state: NamespaceState,
    since: Instant,
}

// === impl Source ===

impl Source {
    /// For log and metrics.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Stream => "stream",
            Self::Volume => "volume",
            Self::ConfigMap => "config_map",
        }
    }
}

// === impl Held ===

impl Held {
    pub(super) fn state(&self) -> Option<&NamespaceState> {
        self.holds.as_ref().map(|(state, _)| state)
    }

    pub(super) fn source(&self) -> Option<Source> {
        self.holds.as_ref().map(|(_, source)| *source)
    }

    pub(super) fn offer(&mut self, state: NamespaceState, from: Source, now: Instant) -> Offer {
        let Some((held, source)) = &mut self.holds else {
            self.holds = Some((state, from));
            return Offer::Taken;
        };
        let says_the_same = held.flags == state.flags
            && held.attribution == state.attribution
            && held.budgets == state.budgets;
        // It tells less (no users, no budgets): it counts only for what nobody else has told yet.
        if from == Source::ConfigMap && !is_older(&held.versions, &state.versions) {
            return if says_the_same { Offer::Same } else { Offer::Older };
        }
        let older = is_older(&state.versions, &held.versions);
        if older && !says_the_same {
            if from == Source::Stream {
                let since = self.insisted.as_ref().map_or(now, |insisted| insisted.since);
                self.insisted = Some(Insisted { state, since });
            }
            return Offer::Older;
        }
        if from == Source::Stream {
            self.insisted = None;
        }
        // That it is told later, or again, is no news. Nor are lower versions with the same meaning: a replica that began
        // earlier has not told this namespace anything since. Higher ones are, for they outrank what comes later.
        if says_the_same && (older || held.versions == state.versions) {
            if from == Source::Stream {
                *source = from;
            }
            return Offer::Same;
        }
        self.holds = Some((state, from));
        Offer::Taken
    }

    /// The stream's operator has known its watch to be complete at `complete`: takes the older state that the stream
    /// has stood by for `patience`. Whether there was one.
    pub(super) fn insist(&mut self, complete: Instant, now: Instant, patience: Duration) -> bool {
        let ripe = |insisted: &mut Insisted| {
            now.saturating_duration_since(insisted.since) >= patience && complete >= insisted.since
        };
        let Some(Insisted { state, since: _ }) = self.insisted.take_if(ripe) else { return false };
        self.holds = Some((state, Source::Stream));
        true
    }

    /// The stream has ended: another replica may know better.
    pub(super) fn stream_ended(&mut self) {
        self.insisted = None;
    }

    /// Whether what the stream said last is what holds.
    pub(super) fn agrees_with_stream(&self) -> bool {
        self.insisted.is_none()
    }
}

#[cfg(test)]
mod tests;
