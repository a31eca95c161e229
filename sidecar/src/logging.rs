//! Logs go to standard error, a line each. What may never stand in one: prompts, completions, keys, queries.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// `RUST_LOG` decides what is said; `info` where it says nothing.
pub fn start() {
    let read = EnvFilter::try_from_default_env();
    let unreadable = read
        .as_ref()
        .err()
        .filter(|_| std::env::var_os(EnvFilter::DEFAULT_ENV).is_some())
        .map(ToString::to_string);
    let filter = read.unwrap_or_else(|_| EnvFilter::new("info,sqlx=error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    if let Some(error) = unreadable {
        tracing::warn!(error, "RUST_LOG cannot be read: write a level, or a filter like info,sqlx=error");
    }
}
