//! The console: what the ledger and the cluster have, for people with a browser and for programs.
//!
//! - [`pages`]: the pages, the API and files; [`assets`]: what they load
//! - [`viewer`]: who asks, what they may read, and the cluster as they may change it

mod assets;
pub mod pages;
pub mod viewer;

pub use viewer::{Namespaces, Viewer};
