//! The ledger: what is written down about a call, and how it gets to where it is kept without being lost or doubled.
//!
//! - [`call_id`]: the id of a call, which also is its time
//! - [`record`]: one call as one row, written as JSON on the hot path
//! - [`account`]: an API key as a keyed hash, so that calls can be told apart by account and no key is kept
//! - [`once`]: answers that can be read again, and are billed once
//! - [`lost`]: the row of a call whose end nobody saw
//! - [`spool`]: the folder where records wait; survives SIGKILL at any moment
//! - [`sink`]: where they go: a file of JSON lines, Postgres through `tollgate_ingest_v1`, a pod's ways (the door, else its operator), or nowhere
//!
//! ```text
//!   worker threads                       one background thread
//!   SpoolWriter ── write(2) ──▶ segments ── Shipper ── batch ──▶ Sink
//!        └── open calls (mmap)              └── cursor: what the sink has acknowledged
//! ```

pub mod account;
pub mod call_id;
pub mod lost;
pub mod once;
pub mod record;
pub mod sink;
pub mod spool;

mod random;

pub use account::{Account, AccountKey, AccountKeyError};
pub use call_id::{CallId, CallIds};
pub use lost::{LostCall, Origin};
pub use once::{Once, Rank};
pub use record::{INPUT_SIZES, Metadata, Record, Timings, WouldRefuse, id_of};
pub use sink::{Access, HandedOver, Handover, Sink, SinkError};
pub use spool::{
    Learned, OpenCall, OpenFacts, Opened, OrphanedCall, Progress, Shipper, Spool, SpoolError, SpoolSettings,
    SpoolStats, SpoolWriter, Sync, Witness,
};
