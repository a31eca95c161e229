//! `tollgate-sidecar`: the process beside each app.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tollgate_sidecar::{Config, exchanges, logging, probe, supervisor};

/// A configuration that cannot be used, apart from a start that failed: sysexits' EX_USAGE.
const BAD_CONFIGURATION: u8 = 64;

/// Meters and gates the AI calls of the app beside it.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until SIGTERM or SIGINT.
    Run {
        /// The configuration: YAML, or JSON. In a pod it is in TOLLGATE_CONFIG instead.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Ask the sidecar of TOLLGATE_CONFIG whether it has started: for a startup probe inside the container.
    Probe,
    /// Price recorded exchanges: JSON lines in, a JSON line out for each.
    Meter {
        /// A file of exchanges, or `-` for standard input.
        exchanges: PathBuf,
        /// A file of prices over the built-in book.
        #[arg(long)]
        prices: Option<PathBuf>,
        /// With each line of the sum: unit, quantity, price, factor, amount, source and since when.
        #[arg(long)]
        explain: bool,
    },
    /// Group recorded exchanges by what the calls of one feature have in common: JSON lines in, a JSON line out for each.
    Fingerprint {
        /// A file of exchanges, or `-` for standard input.
        exchanges: PathBuf,
        /// A sidecar's spool folder: the ids are then the ones that its key gives.
        #[arg(long)]
        spool: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Run { config } => run(config),
        Command::Probe => finish(probe::probe(|name| std::env::var(name).ok()).map_err(Into::into)),
        Command::Meter { exchanges, prices, explain } => {
            finish(exchanges::meter(&exchanges, prices.as_deref(), explain))
        }
        Command::Fingerprint { exchanges, spool } => {
            finish(exchanges::fingerprint(&exchanges, spool.as_deref()))
        }
    }
}

fn run(path: Option<PathBuf>) -> ExitCode {
    logging::start();
    let environment = |name: &str| std::env::var(name).ok();
    let loaded = match path {
        Some(path) => Config::load(&path, environment),
        None => Config::of_pod(environment),
    };
    let config = match loaded {
        Ok(config) => config,
        Err(error) => {
            eprintln!("tollgate-sidecar: {error}");
            return ExitCode::from(BAD_CONFIGURATION);
        }
    };
    supervisor::run(config).unwrap_or_else(|error| finish(Err(error)))
}

fn finish(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tollgate-sidecar: {error:#}");
            ExitCode::FAILURE
        }
    }
}
