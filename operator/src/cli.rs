//! The command line: one file a subcommand.

mod migrate;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// Tollgate meters and gates every AI call on Kubernetes.
#[derive(Debug, Parser)]
#[command(name = "tollgate", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Migrate(migrate::Migrate),
}

// === impl Cli ===

impl Cli {
    /// Does what was asked for, to its end.
    pub fn run(self) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("the runtime cannot be started")?;
        match self.command {
            Command::Migrate(migrate) => runtime.block_on(migrate.run()),
        }
    }
}
