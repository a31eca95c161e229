//! `kubectl tollgate audit`.

use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::{access::Access, ledger::Ledger};
use crate::{
    cli::{
        arguments::{Output, parse_time},
        audit::line,
    },
    database::audit::{self, Filter},
};

/// Who turned what on and off, when and why, newest first
///
/// Of one namespace with -n, of all without. Whether anybody changed what is written there: `tollgate audit verify`.
#[derive(Debug, Args)]
pub(super) struct History {
    /// A feature, or a flag's name
    #[arg(value_name = "FEATURE")]
    feature: Option<String>,

    /// From then on: a date, or a time such as 2027-01-31T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    since: Option<Timestamp>,

    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: u32,

    #[command(flatten)]
    ledger: Ledger,
}

// === impl History ===

impl History {
    pub(super) async fn run(self, access: &Access, output: Output) -> Result<()> {
        let Self { feature, since, limit, ledger } = self;
        let pool = ledger.open(access).await?;
        let filter = Filter {
            cluster: Some(ledger.cluster),
            namespaces: access.namespace.iter().cloned().collect(),
            flags: feature.into_iter().collect(),
            since,
            until: None,
            limit,
        };
        let entries = audit::list(&pool, &filter).await.context("flag_changes cannot be read")?;
        if entries.is_empty() && output == Output::Text {
            println!("Nothing was changed.");
        }
        for entry in entries {
            match output {
                Output::Json => println!("{}", json!(entry)),
                Output::Text => println!("{}", line(&entry)),
            }
        }
        Ok(())
    }
}
