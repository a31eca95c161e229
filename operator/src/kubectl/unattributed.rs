//! `kubectl tollgate unattributed`.

use anyhow::{Context, Result};
use clap::Args;
use jiff::{SignedDuration, Timestamp};

use super::{access::Access, ledger::Ledger};
use crate::{
    cli::{
        arguments::{Output, parse_time},
        fingerprints::{object, text},
    },
    fingerprints::list::{self, Filter},
};

/// What is spent by calls that name no feature, in groups of calls that say alike, and a manifest that names each
///
/// Of one namespace with -n, of all without.
#[derive(Debug, Args)]
pub(super) struct Unattributed {
    /// From then on: a date, or a time such as 2027-01-31T12:00:00Z [default: the last seven days]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    since: Option<Timestamp>,

    #[command(flatten)]
    ledger: Ledger,
}

const SINCE: SignedDuration = SignedDuration::from_hours(7 * 24);

// === impl Unattributed ===

impl Unattributed {
    pub(super) async fn run(self, access: &Access, output: Output) -> Result<()> {
        let Self { since, ledger } = self;
        let pool = ledger.open(access).await?;
        let since = match since {
            Some(since) => since,
            None => Timestamp::now().checked_sub(SINCE)?,
        };
        let namespace = access.namespace.clone();
        let filter = Filter { cluster: Some(ledger.cluster), namespace, since, until: None };
        let unnamed = list::unnamed(&pool, &filter).await.context("the ledger cannot be read")?;
        match output {
            Output::Json => unnamed.iter().for_each(|group| println!("{}", object(group))),
            Output::Text => print!("{}", text(&unnamed)),
        }
        Ok(())
    }
}
