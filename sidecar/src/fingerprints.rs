//! Whose call is it, when nobody said? What this sidecar knows of the calls of its namespace that name no feature, and what
//! it tells of those that are of no group yet.
//!
//! ```text
//! request ─▶ sketch (once it is read, while the provider thinks) ─▶ a known group? ─▶ row, `match[].fingerprint`
//!                                                                     └ no ─▶ unknown ─▶ report, or alone
//! ```
//!
//! Groups come from the operator, which hears the sketches of all pods; a sidecar that stands alone finds its own
//! ([`alone`]). What is kept and told are keyed hashes, never a word of a request.

pub(crate) mod alone;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::{ArcSwap, Guard};
use http::HeaderMap;
use tollgate_fingerprint::{FingerprintKey, Group, Sketch, SketchReader};
use tollgate_ledger::AccountKey;
use tollgate_meter::Endpoint;

/// Made of the key that accounts are hashed with, so that one secret is enough: the operator's, or the spool folder's.
pub(crate) fn key(account_key: &AccountKey) -> FingerprintKey {
    FingerprintKey::derived(&account_key.derive(FingerprintKey::PURPOSE))
}

/// The template; of a path that no table has, the path itself.
pub(crate) fn endpoint(endpoint: Endpoint, path: &str) -> &str {
    if endpoint.is_listed() { endpoint.template } else { path }
}

/// Reads what a call says. The SDK's own words and secrets among the headers are passed over there.
pub(crate) fn reader(of: Endpoint, path: &str, headers: &HeaderMap) -> SketchReader {
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    SketchReader::new(endpoint(of, path), headers)
}

/// What all workers know; a call waits for nobody here.
pub(crate) struct Fingerprints {
    key: ArcSwap<FingerprintKey>,
    /// Whether the key is the one that sketches are compared with: an operator's, once it has told it.
    is_keyed: AtomicBool,
    known: ArcSwap<Vec<Known>>,
    unknown: Mutex<VecDeque<Sketch>>,
}

/// A group, with its id as it is written.
struct Known {
    id: Arc<str>,
    group: Group,
}

/// Sketches that wait to be told; beyond, the newest is let go: another call of its feature will come.
const MOST_UNKNOWN: usize = 256;

// === impl Fingerprints ===

impl Fingerprints {
    /// `follows`: whether an operator is to tell the key.
    pub(crate) fn new(account_key: &AccountKey, follows: bool) -> Self {
        Self {
            key: ArcSwap::from_pointee(key(account_key)),
            is_keyed: AtomicBool::new(!follows),
            known: ArcSwap::default(),
            unknown: Mutex::default(),
        }
    }

    pub(crate) fn key(&self) -> Guard<Arc<FingerprintKey>> {
        self.key.load()
    }

    /// The installation's key is told.
    pub(crate) fn rekey(&self, account_key: &AccountKey) {
        self.key.store(Arc::new(key(account_key)));
        let groups = self.known.load().iter().map(|known| known.group.clone()).collect();
        self.take(groups);
        self.is_keyed.store(true, Relaxed);
    }

    /// These groups are known from here on.
    pub(crate) fn take(&self, groups: Vec<Group>) {
        let key = self.key.load();
        let known = |group: Group| Known { id: group.id(&key).to_string().into(), group };
        self.known.store(Arc::new(groups.into_iter().map(known).collect()));
    }

    /// The id of the group that a call is of: of the first that matches.
    pub(crate) fn recognise(&self, sketch: &Sketch) -> Option<Arc<str>> {
        self.known.load().iter().find(|known| known.group.matches(sketch)).map(|known| Arc::clone(&known.id))
    }

    /// A call that nobody named a feature for, and of no group that is known.
    pub(crate) fn add_unknown(&self, sketch: Sketch) {
        if !self.is_keyed.load(Relaxed) {
            return;
        }
        // Whoever holds the lock is quick, and one sketch more or less tells nothing.
        if let Ok(mut unknown) = self.unknown.try_lock()
            && unknown.len() < MOST_UNKNOWN
        {
            unknown.push_back(sketch);
        }
    }

    /// Takes the oldest sketches that wait, so many at most.
    pub(crate) fn take_unknown(&self, most: usize) -> Vec<Sketch> {
        let mut unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        let count = unknown.len().min(most);
        unknown.drain(..count).collect()
    }
}

#[cfg(test)]
mod tests;
