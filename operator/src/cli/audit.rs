//! `tollgate audit`.

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;
use sqlx::PgPool;

use super::arguments::{Output, connect_options, connected, parse_time};
use crate::{
    database::audit::{self, Chain, Entry, Filter},
    plain::plain,
};

/// Who changed which flag, and whether anybody has changed what is written of that
#[derive(Debug, Args)]
pub(super) struct Audit {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Verify(Verify),
    List(List),
}

/// Look at the whole chain of changes: a row that was changed, taken out or moved is named, and the exit code is 1
#[derive(Debug, Args)]
struct Verify {
    #[command(flatten)]
    from: From,

    /// Only this cluster's chain [default: every cluster's]
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,

    /// The hash of a row, noted when it was the last: what was cut off behind it shows. Needs --cluster where there are several
    #[arg(long, value_name = "HEX", value_parser = parse_head)]
    head: Option<String>,
}

/// Print changes, newest first
#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    from: From,

    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,

    #[arg(long, short, value_name = "NAME")]
    namespace: Option<String>,

    /// The flag's name, or its feature's
    #[arg(long, value_name = "NAME")]
    flag: Option<String>,

    /// From then on: a date, or a time such as 2027-01-31T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    since: Option<Timestamp>,

    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: u32,
}

#[derive(Debug, Args)]
struct From {
    /// postgres://USER:PASSWORD@HOST:PORT/DATABASE, of somebody who may read flag_changes
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,

    #[arg(long, short, value_name = "FORMAT", default_value = "text")]
    output: Output,
}

// === impl Audit ===

impl Audit {
    pub(super) async fn run(self) -> Result<()> {
        match self.command {
            Command::Verify(verify) => verify.run().await,
            Command::List(list) => list.run().await,
        }
    }
}

// === impl Verify ===

impl Verify {
    async fn run(self) -> Result<()> {
        let Self { from, cluster, head } = self;
        let pool = from.connect().await?;
        let clusters = match cluster {
            Some(cluster) => vec![cluster],
            None => audit::clusters(&pool).await.context("flag_changes cannot be read")?,
        };
        if head.is_some() && clusters.len() != 1 {
            bail!("--head is of one chain, and there are {}: say --cluster NAME", clusters.len());
        }
        if clusters.is_empty() && from.output == Output::Text {
            println!("no changes are written, of any cluster");
        }
        let mut faults = 0;
        for cluster in &clusters {
            let chain = audit::verify(&pool, cluster).await.context("flag_changes cannot be read")?;
            let noted = match &head {
                Some(head) => Some((head, audit::seq_of(&pool, cluster, head).await?)),
                None => None,
            };
            let is_whole = matches!(chain, Chain::Whole { .. }) && !matches!(noted, Some((_, None)));
            faults += usize::from(!is_whole);
            match from.output {
                Output::Text => {
                    println!("{}", sentence(cluster, &chain));
                    if let Some((head, None)) = noted {
                        println!(
                            "cluster {cluster:?}: no row has the hash {head}: rows behind an earlier one were cut off or changed"
                        );
                    }
                }
                Output::Json => {
                    let (rows, last, broken) = match chain {
                        Chain::Whole { rows, head } => (Some(rows), head, None),
                        Chain::Broken { seq } => (None, None, Some(seq)),
                    };
                    let noted = noted.map(|(_, seq)| json!({"seq": seq}));
                    println!(
                        "{}",
                        json!({"cluster": cluster, "whole": is_whole, "rows": rows, "head": last, "broken_at": broken, "noted": noted})
                    );
                }
            }
        }
        if faults > 0 {
            bail!("the audit does not hold for {faults} of {} clusters", clusters.len());
        }
        Ok(())
    }
}

/// What is no hash was never noted: it says nothing of the chain.
fn parse_head(text: &str) -> Result<String, String> {
    match text.len() == HASH_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => Ok(text.to_owned()),
        false => Err(format!(
            "expected the {HASH_DIGITS} hex digits that `tollgate audit verify` prints after \"head\""
        )),
    }
}

const HASH_DIGITS: usize = 64;

fn sentence(cluster: &str, chain: &Chain) -> String {
    match chain {
        Chain::Whole { rows: 0, .. } => format!("cluster {cluster:?}: no changes are written"),
        Chain::Whole { rows, head } => {
            format!(
                "cluster {cluster:?}: {rows} changes, each follows from the one before; head {}",
                head.as_deref().unwrap_or("-")
            )
        }
        Chain::Broken { seq } => format!(
            "cluster {cluster:?}: row {seq} does not follow from what is before it: it was changed, or one before it was \
             taken out or moved. Compare with a backup: select * from flag_changes where seq <= {seq} order by seq"
        ),
    }
}

// === impl List ===

impl List {
    async fn run(self) -> Result<()> {
        let Self { from, cluster, namespace, flag, since, limit } = self;
        let pool = from.connect().await?;
        let namespaces = namespace.into_iter().collect();
        let filter =
            Filter { cluster, namespaces, flags: flag.into_iter().collect(), since, until: None, limit };
        for entry in audit::list(&pool, &filter).await.context("flag_changes cannot be read")? {
            match from.output {
                Output::Json => println!("{}", json!(entry)),
                Output::Text => println!("{}", line(&entry)),
            }
        }
        Ok(())
    }
}

/// One line, whatever is written in the change.
pub(crate) fn line(entry: &Entry) -> String {
    let Entry { at, kind, namespace, name, actor, via, reason, .. } = entry;
    let what = entry.what();
    let whose = if namespace.is_empty() { name.clone() } else { format!("{namespace}/{name}") };
    let because = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let line = format!(
        "{at}  {kind} {whose} {what} by {} via {}{because}",
        actor.as_deref().unwrap_or("nobody known"),
        via.as_deref().unwrap_or("-")
    );
    plain(&line).into_owned()
}

// === impl From ===

impl From {
    async fn connect(&self) -> Result<PgPool> {
        let options = connect_options(&self.database_url, "tollgate-audit")?;
        connected(options, 1).await.context("cannot connect to the database")
    }
}
