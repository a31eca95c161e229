//! What each sidecar must know: the cluster's objects in, a state for each labelled namespace out.
//!
//! A synchronous state machine: `apply_*`, `delete_*` and `reset_*` are the watches' events, time comes in as an argument,
//! nothing waits and nothing is asked of a cluster. A namespace's state is made and encoded once, and only when
//! something in it changed; whoever holds the namespace's receiver sees the latest.
//!
//! ```text
//! Namespace ──┐
//! FeatureFlag ├─▶ Index ──▶ watch<Published> of each labelled namespace ──▶ streams, ConfigMaps
//! ClusterFF   │         ──▶ decide(), coverage(), uncovered()           ──▶ conditions, counters
//! Pod ────────┘         ──▶ Change                                      ──▶ audit
//! ```

mod alert;
mod decision;
mod flag;
mod machine;
mod namespace;
mod pod;
mod published;
mod shared;
mod spent;
mod version;
mod written;

pub use alert::{Alert, AlertKey, PLENTY, RESUME};
pub use decision::{Conflict, Decision};
pub(crate) use flag::last_writer;
pub use flag::{Accepted, Flag, FlagKey};
pub use machine::Index;
pub use namespace::{Injection, Namespace};
pub use pod::{Owner, Phase, Pod};
pub(crate) use published::line;
pub use published::{Held, Published};
pub use shared::SharedIndex;
pub use spent::SpentBudget;
pub use version::{Kind, Versions, newer};
pub use written::{Change, Written};

/// The namespace's label that lets Tollgate in.
pub const INJECT: &str = "tollgate.dev/inject";
/// The namespace's annotation that lets pods opt out.
pub const OPT_OUT: &str = "tollgate.dev/opt-out";
/// The pod's annotation that marks a sidecar of ours.
pub const INJECTED: &str = "tollgate.dev/injected";

#[cfg(test)]
mod tests;
