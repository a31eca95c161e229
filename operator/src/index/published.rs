//! A namespace's state, ready to be sent: made once, encoded once, shared by all of its streams.

use std::collections::HashMap;

use bytes::Bytes;
use tollgate_crds::stream::{Attribution, Message, NamespaceState, StateBudget, StateFlag};

use super::{FlagKey, Versions, version::covers};

/// What is sent to every pod of a namespace.
#[derive(Clone, Debug)]
pub struct Published {
    pub state: NamespaceState,
    /// The state as a line of the stream.
    pub line: Bytes,
    /// For each flag: the versions of the first state that had it as it is now.
    since: HashMap<FlagKey, Since>,
}

#[derive(Clone, Debug)]
struct Since {
    versions: Versions,
    flag: StateFlag,
}

/// What a namespace is to be told.
pub(super) struct Told {
    pub(super) flags: Vec<StateFlag>,
    pub(super) attribution: Attribution,
    pub(super) budgets: Vec<StateBudget>,
}

/// Whether somebody's versions are new enough for a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It has the flag as it is now.
    Current,
    /// It has an older one, or none.
    Older,
    /// The flag is not in this namespace's state.
    NotHere,
}

// === impl Published ===

impl Published {
    /// The next state of a namespace; None if nothing changed that a sidecar cares for.
    pub(super) fn next(
        before: Option<&Self>,
        namespace: &str,
        told: Told,
        versions: &Versions,
        changed_at: u64,
    ) -> Option<Self> {
        let Told { flags, attribution, budgets } = told;
        if before.is_some_and(|before| {
            before.state.attribution == attribution
                && same_flags(&before.state.flags, &flags)
                && before.state.budgets == budgets
        }) {
            return None;
        }
        let mut since = HashMap::with_capacity(flags.len());
        for flag in &flags {
            let key = FlagKey { namespace: flag.namespace.clone(), name: flag.name.clone() };
            let unchanged =
                before.and_then(|before| before.since.get(&key)).filter(|since| same_flag(&since.flag, flag));
            let entry = unchanged
                .cloned()
                .unwrap_or_else(|| Since { versions: versions.clone(), flag: flag.clone() });
            since.insert(key, entry);
        }
        let state = NamespaceState {
            namespace: namespace.to_owned(),
            versions: versions.clone(),
            changed_at,
            flags,
            attribution,
            budgets,
        };
        let line = line(&Message::State(state.clone()));
        Some(Self { state, line, since })
    }

    /// Whether who holds a state of these versions has the flag as it is now.
    pub fn held(&self, key: &FlagKey, versions: &Versions) -> Held {
        match self.since.get(key) {
            None => Held::NotHere,
            Some(since) if covers(versions, &since.versions) => Held::Current,
            Some(_) => Held::Older,
        }
    }
}

/// A message as a line of the stream.
pub(crate) fn line(message: &Message) -> Bytes {
    // Text and numbers only: this cannot fail.
    let mut line = serde_json::to_vec(message).unwrap_or_default();
    line.push(b'\n');
    line.into()
}

fn same_flags(a: &[StateFlag], b: &[StateFlag]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_flag(a, b))
}

/// Without the resourceVersion, which also counts writes to the status.
fn same_flag(a: &StateFlag, b: &StateFlag) -> bool {
    let StateFlag { namespace, name, uid, resource_version: _, feature, enabled, spec } = a;
    (namespace, name, uid, feature, enabled, spec)
        == (&b.namespace, &b.name, &b.uid, &b.feature, &b.enabled, &b.spec)
}
