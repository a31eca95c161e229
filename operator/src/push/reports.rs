//! What the sidecars say they hold, counted by flag; and which models they found no price for.
//!
//! Each replica counts the pods that listen to it; the leader adds up what all replicas have counted. A pod counts while it has a
//! stream: so one that has moved from one replica to another is in one place only.

mod count;
mod heard;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tollgate_crds::stream::{Report, UnpricedModel};

use self::heard::{heard, summed};
use crate::{
    coverage::Heard,
    index::{Flag, Index, Versions},
};

/// How many sidecars hold each flag, all replicas together; right where this replica leads. A handle, cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Reports {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    state: Mutex<State>,
    /// Somebody came, went or said something new: to be counted anew.
    dirty: watch::Sender<u64>,
    /// A count changed.
    revision: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct State {
    /// By the pod's uid: those that listen here.
    sidecars: HashMap<String, Sidecar>,
    /// Many pods hold the same.
    versions: HashSet<Arc<Versions>>,
    own: Said,
    peers: HashMap<String, Peer>,
}

/// What one replica makes of its sidecars' reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) counts: Counts,
    #[serde(default)]
    pub(super) unpriced: BTreeSet<Unpriced>,
    #[serde(default)]
    pub(super) heard: Vec<Heard>,
}

/// A model that no price book has, and where it is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unpriced {
    pub namespace: String,
    #[serde(flatten)]
    pub model: UnpricedModel,
}

/// A sidecar that listens to this replica.
#[derive(Clone, Debug, Default)]
pub struct Sidecar {
    pub namespace: String,
    pub pod: String,
    /// What it said last; None: nothing yet.
    pub report: Option<Report>,
    /// When it said something; at first, when it came.
    heard: Option<Instant>,
    /// Of what it said: the versions that its gate holds.
    held: Option<Arc<Versions>>,
    streams: usize,
}

/// By the flag's uid.
pub(super) type Counts = BTreeMap<String, Count>;

/// How many sidecars hold one flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Count {
    /// Of the flag that was counted: replicas need not have seen the same one yet.
    pub(super) generation: i64,
    pub(super) current: u64,
}

#[derive(Debug)]
struct Peer {
    heard: Instant,
    said: Said,
}

/// A sidecar that listens, for as long as it does.
pub(super) struct Listening {
    reports: Reports,
    uid: String,
}

/// Replicas repeat themselves three times as often.
const PEER_FORGOTTEN: Duration = Duration::from_secs(30);
/// Of unpriced models, so many are enough to read; apps can make up more.
const MOST_UNPRICED: usize = 500;

// === impl Reports ===

impl Reports {
    /// Sidecars that hold the flag as it is now.
    pub fn current(&self, flag: &Flag) -> u64 {
        let state = self.lock();
        let count = |counts: &Counts| {
            counts
                .get(&flag.uid)
                .filter(|count| count.generation == flag.generation)
                .map_or(0, |count| count.current)
        };
        let now = Instant::now();
        let peers = state.peers.values().filter(|peer| now.duration_since(peer.heard) < PEER_FORGOTTEN);
        count(&state.own.counts) + peers.map(|peer| count(&peer.said.counts)).sum::<u64>()
    }

    /// Models that sidecars found no price for in the last day; of all replicas where this one leads.
    pub fn unpriced(&self) -> BTreeSet<Unpriced> {
        let state = self.lock();
        let now = Instant::now();
        let peers = state.peers.values().filter(|peer| now.duration_since(peer.heard) < PEER_FORGOTTEN);
        let mut all = state.own.unpriced.clone();
        all.extend(peers.flat_map(|peer| peer.said.unpriced.iter().cloned()));
        all
    }

    /// Who listens, by namespace and release; of all replicas where this one leads.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        let state = self.lock();
        let now = Instant::now();
        let peers = state.peers.values().filter(|peer| now.duration_since(peer.heard) < PEER_FORGOTTEN);
        summed(state.own.heard.iter().chain(peers.flat_map(|peer| &peer.said.heard)).cloned())
    }

    /// Calls of the feature that are under way in these namespaces, and how many of them are streams: of the sidecars that
    /// listen to this replica.
    pub fn open_calls(&self, feature: &str, namespaces: &[String]) -> (u64, u64) {
        let state = self.lock();
        let heard = state.sidecars.values().filter(|sidecar| namespaces.contains(&sidecar.namespace));
        let open = heard.filter_map(|sidecar| sidecar.report.as_ref()).flat_map(|report| &report.open);
        open.filter(|call| call.feature == feature)
            .fold((0, 0), |(calls, streams), call| (calls + 1, streams + u64::from(call.streamed)))
    }

    /// Changes whenever a count may have.
    pub fn revisions(&self) -> watch::Receiver<u64> {
        self.inner.revision.subscribe()
    }

    /// The sidecar of this pod, if it listens to this replica.
    pub fn sidecar(&self, uid: &str) -> Option<Sidecar> {
        self.lock().sidecars.get(uid).cloned()
    }

    /// A pod has begun to listen.
    pub(super) fn listen(&self, uid: &str, namespace: &str, pod: &str) -> Listening {
        let mut state = self.lock();
        let sidecar = state.sidecars.entry(uid.to_owned()).or_default();
        sidecar.streams += 1;
        sidecar.heard = Some(Instant::now());
        namespace.clone_into(&mut sidecar.namespace);
        pod.clone_into(&mut sidecar.pod);
        Listening { reports: self.clone(), uid: uid.to_owned() }
    }

    /// What a pod says. Counts once it listens here.
    pub(super) fn take(&self, uid: &str, report: Report) {
        let mut state = self.lock();
        let State { sidecars, versions, .. } = &mut *state;
        let Some(sidecar) = sidecars.get_mut(uid) else { return };
        let holds_other = sidecar.held.as_deref() != Some(&report.versions);
        let said_the_same = sidecar
            .report
            .as_ref()
            .is_some_and(|before| before.unpriced == report.unpriced && before.release == report.release);
        let changed = holds_other || !said_the_same;
        if holds_other {
            let held = versions.get(&report.versions).cloned().unwrap_or_else(|| {
                let held = Arc::new(report.versions.clone());
                versions.insert(Arc::clone(&held));
                held
            });
            sidecar.held = Some(held);
        }
        sidecar.heard = Some(Instant::now());
        sidecar.report = Some(report);
        drop(state);
        if changed {
            self.touch();
        }
    }

    /// What another replica has counted.
    pub(super) fn take_peer(&self, replica: String, said: Said) {
        let heard = Instant::now();
        let before = self.lock().peers.insert(replica, Peer { heard, said: said.clone() });
        if before.is_none_or(|before| before.said != said) {
            self.inner.revision.send_modify(|revision| *revision += 1);
        }
    }

    /// Counts anew. Gives what there is to say, and whether it changed.
    pub(super) fn recount(&self, index: &Index) -> (Said, bool) {
        let mut state = self.lock();
        let counts = count::count(index, &state.sidecars);
        let now = Instant::now();
        let heard = heard(&state.sidecars, now);
        let said = Said { counts, unpriced: unpriced(&state.sidecars), heard };
        state.versions.retain(|versions| Arc::strong_count(versions) > 1);
        let peers = state.peers.len();
        state.peers.retain(|_, peer| now.duration_since(peer.heard) < PEER_FORGOTTEN);
        let changed = state.own != said;
        let lost = state.peers.len() != peers;
        state.own.clone_from(&said);
        drop(state);
        if changed || lost {
            self.inner.revision.send_modify(|revision| *revision += 1);
        }
        (said, changed)
    }

    /// Changes when it is time to count anew.
    pub(super) fn dirty(&self) -> watch::Receiver<u64> {
        self.inner.dirty.subscribe()
    }

    fn touch(&self) {
        self.inner.dirty.send_modify(|dirty| *dirty += 1);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Of all sidecars that listen here, each once.
fn unpriced(sidecars: &HashMap<String, Sidecar>) -> BTreeSet<Unpriced> {
    let told = sidecars.values().flat_map(|sidecar| {
        let told = sidecar.report.iter().flat_map(|report| &report.unpriced);
        told.map(|model| Unpriced { namespace: sidecar.namespace.clone(), model: model.clone() })
    });
    let mut all = BTreeSet::new();
    for one in told {
        if all.len() < MOST_UNPRICED {
            all.insert(one);
        }
    }
    all
}

// === impl Listening ===

impl Drop for Listening {
    fn drop(&mut self) {
        let mut state = self.reports.lock();
        if let Some(sidecar) = state.sidecars.get_mut(&self.uid) {
            sidecar.streams -= 1;
            if sidecar.streams == 0 {
                state.sidecars.remove(&self.uid);
            }
        }
        drop(state);
        self.reports.touch();
    }
}

#[cfg(test)]
mod tests;
