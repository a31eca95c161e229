//! The console: what the ledger and the cluster have, for people with a browser and for programs.
//!
//! - [`viewer`]: who asks, what they may read, and the cluster as they may change it

pub mod viewer;

pub use viewer::{Namespaces, Viewer};
