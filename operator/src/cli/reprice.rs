//! `tollgate reprice`.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{Api, Client};
use sqlx::{ConnectOptions, Connection};
use tollgate_crds::stream::{PRICES_CONFIG_MAP, PRICES_KEY};
use tollgate_meter::PriceBook;

use super::arguments::{Output, connect_options, parse_time};
use crate::reprice::{self, Summary, Wanted};

/// Price recorded calls anew, after prices were corrected: shows the difference, and writes it with --apply
///
/// Each row keeps what it cost before (metadata.repriced), and the rollups follow. Rows whose cost the provider said itself
/// stay, and so do rows that have no price in the book. Can be cut off and started again at any time.
#[derive(Debug, Args)]
pub(super) struct Reprice {
    /// Calls from then on: a date (its first moment, UTC) or a time such as 2027-01-31T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    since: Timestamp,

    /// Calls before then [default: now]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    until: Option<Timestamp>,

    /// Only this feature's
    #[arg(long, value_name = "NAME")]
    feature: Option<String>,

    /// Write the new costs; without it they are only shown
    #[arg(long)]
    apply: bool,

    #[command(flatten)]
    book: Book,

    /// postgres://USER:PASSWORD@HOST:PORT/DATABASE, of the ledger's owner
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,

    #[arg(long, short, value_name = "FORMAT", default_value = "text")]
    output: Output,
}

/// Which prices; those of the cluster's ConfigMap unless another is named, so that discounts are never forgotten.
#[derive(Debug, Args)]
struct Book {
    /// A price file [default: the cluster's ConfigMap tollgate-prices]
    #[arg(long, value_name = "FILE", conflicts_with = "built_in")]
    prices: Option<PathBuf>,

    /// The built-in prices as they are
    #[arg(long)]
    built_in: bool,

    /// The operator's namespace, where the ConfigMap is
    #[arg(long, short, value_name = "NAME", env = "POD_NAMESPACE", default_value = "tollgate-system")]
    namespace: String,
}

// === impl Reprice ===

impl Reprice {
    pub(super) async fn run(self) -> Result<()> {
        let Self { since, until, feature, apply, book, database_url, output } = self;
        let until = until.unwrap_or_else(Timestamp::now);
        if since >= until {
            bail!("--since {since} is not before --until {until}: no call is between them");
        }
        let book = book.read().await?;
        let options = connect_options(&database_url, "tollgate-reprice")?;
        let mut connection = options.connect().await.context("cannot connect to the database")?;
        let wanted = Wanted { since, until, feature };
        let summary = reprice::run(&mut connection, &wanted, &book, apply).await.context(
            "the rows could not be priced anew; what is written is right, start it again for the rest",
        )?;
        connection.close().await.context("the connection did not end well")?;
        match output {
            Output::Json => println!("{}", summary.to_json()),
            Output::Text => show(&summary, book.version(), apply),
        }
        Ok(())
    }
}

fn show(summary: &Summary, version: &str, apply: bool) {
    println!("By the prices {version}:");
    for ((provider, model), one) in &summary.models {
        println!(
            "{provider} {model}: {} of {} rows, {} → {} USD ({})",
            one.changed,
            one.rows,
            one.old,
            one.new,
            one.shown()
        );
    }
    let total = summary.total();
    println!(
        "In all: {} of {} rows, {} → {} USD ({}); {} rows had no cost",
        total.changed,
        total.rows,
        total.old,
        total.new,
        total.shown(),
        total.unpriced
    );
    for (why, rows) in &summary.left {
        println!("Left as they are: {rows} rows: {}", why.sentence());
    }
    if !apply {
        println!("Nothing is written; --apply writes it.");
        return;
    }
    println!("{} rows are written; the hours' sums follow within a minute.", summary.written);
    if summary.changed_meanwhile > 0 {
        println!(
            "{} rows were changed by others meanwhile: run it again for them.",
            summary.changed_meanwhile
        );
    }
}

// === impl Book ===

impl Book {
    async fn read(self) -> Result<PriceBook> {
        let Self { prices, built_in, namespace } = self;
        if built_in {
            return Ok(PriceBook::built_in().clone());
        }
        let (name, text) = match prices {
            Some(file) => {
                let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                (file.display().to_string(), text)
            }
            None => match of_cluster(&namespace).await.with_context(|| {
                format!(
                    "the ConfigMap {PRICES_CONFIG_MAP} in {namespace} cannot be read: say --prices FILE, or --built-in"
                )
            })? {
                Some(text) => (format!("the ConfigMap {PRICES_CONFIG_MAP}: {PRICES_KEY}"), text),
                None => return Ok(PriceBook::built_in().clone()),
            },
        };
        match PriceBook::with_overrides(&text) {
            Ok(book) => Ok(book),
            Err(error) => bail!("{name} {error}"),
        }
    }
}

/// None: the admin has no prices.
async fn of_cluster(namespace: &str) -> Result<Option<String>> {
    let maps: Api<ConfigMap> = Api::namespaced(Client::try_default().await?, namespace);
    let Some(map) = maps.get_opt(PRICES_CONFIG_MAP).await? else { return Ok(None) };
    let text = map.data.and_then(|mut data| data.remove(PRICES_KEY));
    Ok(Some(text.with_context(|| format!("it has no key {PRICES_KEY}"))?))
}
