//! The console: what the ledger and the cluster have, for people with a browser and for programs.
//!
//! - [`run`]: the console as a whole; [`settings`]: how it is told to be; [`server`]: its connections
//! - [`routes`]: every path. Before each: [`shield`] (whose page asks, and what browsers are told), then [`enter`] (who asks)
//! - [`door`]: who comes in, by a token or by a [`session`] in [`cookies`], sealed by [`keys`]; [`limits`] to how often one may fail
//! - [`identity`]: the apiserver's word on who somebody is and what they may read; [`rights`]: on what they may change
//! - [`pages`]: the pages, the API and files; [`assets`]: what they load
//! - [`viewer`]: who asks, what they may read, and the cluster as they may change it: what pages know of a person
//! - [`oidc`]: signing in by an issuer
//! - [`sign_in`], [`me`]: the way in and out, and what one may; [`refused`]: why somebody gets nothing; each a [`leaf`]

mod assets;
mod cookies;
mod door;
mod enter;
mod hosts;
mod identity;
mod keys;
mod leaf;
mod limits;
mod me;
mod metrics;
mod oidc;
pub mod pages;
mod refused;
pub mod rights;
mod routes;
mod run;
mod server;
mod session;
mod settings;
mod shield;
mod sign_in;
pub mod viewer;

pub use hosts::{ExternalUrl, ExternalUrlError, Hosts};
pub use oidc::{Impersonation, OidcSettings, PrefixError};
pub use run::Console;
pub use settings::{ConsoleSettings, LedgerSettings, SessionSettings, TlsFiles};
pub use shield::Nonce;
pub use viewer::{Namespaces, Viewer};
