//! What the sidecar knows: the flags that hold for its workload, and where they come from.
//!
//! ```text
//! alone:    flags file ─▶ FileWatch ─▶ manifests (tollgate-crds) ─┐
//!                                                                 ├▶ FlagSet ─▶ ArcSwap ─▶ attribute, gate
//! in a pod: state stream, volume, ConfigMap ─▶ PodState ──────────┘
//! ```
//!
//! A [`FlagSet`] is a whole, immutable value: a call sees all of one state or all of the next. Everything that can be
//! decided once (which flags are of this namespace, which selectors select this pod, which of several flags of a
//! feature is the strictest) is decided when it is compiled, so that a call only looks up.

mod compile;
mod file;
mod flags;
mod glob;
mod held;
mod kept;
mod off;
mod pod;
mod rule;
mod stance;
mod stream;
mod versions;

pub(crate) use compile::default_message;
pub use compile::{Notice, Workload};
pub use file::{FileWatch, Look, Problem};
pub use flags::{Feature, FlagSet, Judgement, Refused, SharedFlags, UNATTRIBUTED};
pub(crate) use glob::Glob;
pub use held::{Offer, Source};
pub(crate) use kept::Kept;
pub use off::{Instead, Off};
pub use pod::PodState;
pub(crate) use pod::STREAM;
pub(crate) use rule::{Answer, Rule};
pub use rule::{CallFacts, Fingerprint, Model};
pub(crate) use stance::Certainty;
pub use stance::{Caller, CallingUser, Reason};
pub use stream::{StreamClient, StreamLimits, StreamSettings, Trust};

use std::{path::PathBuf, sync::Arc, time::Duration};

use tollgate_crds::{ManifestError, manifests, stream::NamespaceState};

/// Between two looks at what changes once a minute at most.
const CONFIG_MAP_LOOKS: Duration = Duration::from_secs(1);

/// The flags of a file, compiled for a workload. What was left out, and why, goes to the log.
pub fn flags_file(path: PathBuf, workload: Workload) -> FileWatch<Arc<FlagSet>, ManifestError> {
    FileWatch::new("flags", path, move |text| {
        let (flags, notices) = FlagSet::compile(manifests::read(text)?, &workload);
        for notice in notices {
            tracing::warn!(flag = %notice.flag, "a flag is left out: {}", notice.why);
        }
        Ok(Arc::new(flags))
    })
}

/// The ConfigMap's file, where injection mounts it. It may be missing, and kubelet brings what is new only each minute
/// or so.
pub(crate) fn state_file(path: PathBuf) -> FileWatch<NamespaceState, serde_json::Error> {
    FileWatch::new("state", path, |text| serde_json::from_str(text)).optional(CONFIG_MAP_LOOKS)
}
