//! The sidecar: the process beside each app, through which its AI calls pass.
//!
//! One call goes, in order, through these rooms:
//!
//! - [`doors`]: the app's connection comes in; where apps call the providers' own hosts, [`tls`] ends here
//! - [`intercept`]: which provider, which endpoint
//! - [`attribute`]: which feature, which user
//! - [`gate`]: may it pass, by the flags of [`state`]
//! - [`budgets`]: what a limit leaves this pod to spend
//! - [`forward`]: up to the provider and down again, streaming, read by tollgate-meter as it passes
//! - [`call`]: from arrival to record; [`recorder`] puts that on the spool of tollgate-ledger
//! - [`metrics`] and [`admin`]: what Prometheus may ask
//!
//! All that is one process, and [`supervisor`] another, which holds the sockets and outlives it.
//!
//! ```text
//! worker thread × n                             background thread
//! accept → call → … → spool, counters           flags, prices, admin port, spool → ledger
//! ```

pub mod attribute;
pub mod budgets;
pub mod exchanges;
pub mod gate;
pub mod intercept;
pub mod logging;
pub mod probe;
pub mod state;
pub mod supervisor;

mod admin;
mod call;
mod config;
mod coverage;
mod doors;
mod fingerprints;
mod forward;
mod headers;
mod hosts;
mod lost;
mod memory;
mod metrics;
mod recorder;
mod resolve;
mod restarts;
mod shared;
mod sidecar;
mod tls;
mod worker;

pub use config::{
    Config, ConfigError, LedgerConfig, OperatorConfig, OperatorError, Origin, ProxyOthers, WayOutConfig,
};
