//! `tollgate prices`.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;
use tollgate_meter::{Change, PriceBook};

use super::arguments::{Output, parse_time};

/// Prices of your own, before sidecars have them
#[derive(Debug, Args)]
pub(super) struct Prices {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Check),
}

/// Read a price file as the operator would, and say which prices it changes
#[derive(Debug, Args)]
struct Check {
    /// As docs/prices.md describes it: what the ConfigMap tollgate-prices has under prices.yaml
    file: PathBuf,

    /// Compare the prices of this date or time [default: now]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: Option<Timestamp>,

    #[arg(long, short, value_name = "FORMAT", default_value = "text")]
    output: Output,
}

// === impl Prices ===

impl Prices {
    pub(super) fn run(self) -> Result<()> {
        match self.command {
            Command::Check(check) => check.run(),
        }
    }
}

// === impl Check ===

impl Check {
    fn run(self) -> Result<()> {
        let Self { file, at, output } = self;
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let book = match PriceBook::with_overrides(&text) {
            Ok(book) => book,
            Err(error) => bail!("{} {error}", file.display()),
        };
        let changes = book.changes(at.unwrap_or_else(Timestamp::now));
        match output {
            Output::Json => println!("{}", json!({"version": book.version(), "changes": changes})),
            Output::Text => {
                println!("{} is good; rows will name it {}", file.display(), book.version());
                for change in &changes {
                    println!("{}", sentence(change));
                }
                if changes.is_empty() {
                    println!("It changes no price of this moment.");
                }
            }
        }
        Ok(())
    }
}

fn sentence(change: &Change) -> String {
    let Change { provider, model, unit, per, before, after } = change;
    let shown = |price: &Option<String>| price.clone().unwrap_or_else(|| "no price".to_owned());
    format!("{provider} {model} {unit}: {} → {} USD a {per}", shown(before), shown(after))
}
