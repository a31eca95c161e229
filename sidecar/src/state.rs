//! What the sidecar knows: the flags that hold for its workload, and where they come from.
//!
//! ```text
//! flags file ─▶ FileWatch ─▶ manifests (tollgate-crds) ─▶ FlagSet::compile ─▶ ArcSwap ─▶ attribute, gate
//! ```
//!
//! A [`FlagSet`] is a whole, immutable value: a call sees all of one state or all of the next. Everything that can be
//! decided once (which flags are of this namespace, which selectors select this pod, which of several flags of a
//! feature is the strictest) is decided when it is compiled, so that a call only looks up.

mod compile;
mod file;
mod flags;
mod glob;
mod rule;

pub use compile::{Notice, Workload};
pub use file::{FileWatch, Look, Problem};
pub use flags::{Feature, FlagSet, Off, SharedFlags, UNATTRIBUTED};
pub(crate) use rule::{Answer, Rule};
pub use rule::{CallFacts, Model};

use std::{path::PathBuf, sync::Arc};

use tollgate_crds::{ManifestError, manifests};

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
