//! The command line: one file a subcommand, and `arguments` that several of them take.

mod alert;
pub(crate) mod arguments;
pub(crate) mod audit;
mod console;
pub(crate) mod fingerprints;
mod migrate;
mod operator;
mod preview;
mod prices;
mod reprice;
pub(crate) mod table;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use tokio::runtime::{Builder, Runtime};

use crate::logging;

/// Tollgate meters and gates every AI call on Kubernetes.
#[derive(Debug, Parser)]
#[command(name = "tollgate", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Alert(alert::Alert),
    Audit(audit::Audit),
    Console(Box<console::Run>),
    Fingerprints(fingerprints::Fingerprints),
    Migrate(migrate::Migrate),
    Operator(Box<operator::Run>),
    Preview(preview::Preview),
    Prices(prices::Prices),
    Reprice(reprice::Reprice),
}

// === impl Cli ===

impl Cli {
    /// Does what was asked for, to its end.
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Alert(alert) => alert.run(),
            Command::Audit(audit) => runtime(Builder::new_current_thread())?.block_on(audit.run()),
            Command::Fingerprints(fingerprints) => {
                runtime(Builder::new_current_thread())?.block_on(fingerprints.run())
            }
            Command::Migrate(migrate) => runtime(Builder::new_current_thread())?.block_on(migrate.run()),
            Command::Preview(preview) => runtime(Builder::new_current_thread())?.block_on(preview.run()),
            Command::Prices(prices) => prices.run(),
            Command::Reprice(reprice) => runtime(Builder::new_current_thread())?.block_on(reprice.run()),
            Command::Console(console) => {
                logging::start();
                runtime(Builder::new_multi_thread())?.block_on(console.run())
            }
            Command::Operator(operator) => {
                logging::start();
                runtime(Builder::new_multi_thread())?.block_on(operator.run())
            }
        }
    }
}

fn runtime(mut builder: Builder) -> Result<Runtime> {
    builder.enable_all().build().context("the runtime cannot be started")
}
