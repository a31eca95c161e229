//! Logs go to standard error, a line each. What may never stand in one: passwords, tokens, keys.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// `RUST_LOG` decides what is said; `info` where it says nothing.
pub(crate) fn start() {
    let quiet = "info,sqlx=error,kube_client=error,hyper=error";
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new(quiet));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
}
