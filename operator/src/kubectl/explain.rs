//! `kubectl tollgate explain`.

use anyhow::{Context, Result, bail};
use clap::Args;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::Api;
use serde_json::{Value, json};
use tollgate_crds::stream::{PRICES_CONFIG_MAP, PRICES_KEY};
use tollgate_meter::{Line, PriceBook};

use super::{access::Access, ledger::Ledger};
use crate::{
    cli::{arguments::Output, table},
    plain::plain,
    query::{self, Call},
};

/// One call: what it was, and what it cost, line by line
///
/// By the built-in prices, and the admin's own where you may read the ConfigMap tollgate-prices.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The call's id: `id` of its row
    #[arg(value_name = "CALL-ID")]
    id: String,

    #[command(flatten)]
    ledger: Ledger,
}

// === impl Explain ===

impl Explain {
    pub(super) async fn run(self, access: &Access, output: Output) -> Result<()> {
        let Self { id, ledger } = self;
        if uuid::Uuid::parse_str(&id).is_err() {
            bail!(
                "{id:?} is no call's id: expected one like 019ad3c4-5b6e-7000-8000-000000000001, the column id of the ledger"
            );
        }
        let pool = ledger.open(access).await?;
        let reader = query::Ledger::new(pool, &ledger.cluster).read_as_connected();
        let Some(call) = reader.call(&id).await.context("the ledger")? else {
            bail!(
                "no call {id} is in the ledger of the cluster {:?}, or it is not yours to see; single calls are kept for some weeks",
                ledger.cluster
            );
        };
        let book = book(access).await?;
        let lines = call.lines(&book);
        match output {
            Output::Json => println!(
                "{}",
                json!({
                    "call": call, "prices": book.version(), "lines": lines.as_ref().ok(), "no_lines": lines.as_ref().err(),
                })
            ),
            Output::Text => print!("{}", text(&call, &lines, book.version())),
        }
        Ok(())
    }
}

/// The built-in prices, and the admin's own over them. Whoever may not read these is shown the built-in ones, and told so.
async fn book(access: &Access) -> Result<PriceBook> {
    let Ok(cluster) = access.connect().await else { return Ok(PriceBook::built_in().clone()) };
    let maps: Api<ConfigMap> = Api::namespaced(cluster.client.clone(), &cluster.installation);
    let map = match maps.get_opt(PRICES_CONFIG_MAP).await {
        Ok(map) => map,
        Err(error) => {
            eprintln!(
                "The ConfigMap {PRICES_CONFIG_MAP} cannot be read ({error}): these are the built-in prices."
            );
            None
        }
    };
    let own = map.and_then(|map| map.data).and_then(|mut data| data.remove(PRICES_KEY));
    match own {
        Some(own) => {
            PriceBook::with_overrides(&own).with_context(|| format!("the ConfigMap {PRICES_CONFIG_MAP}"))
        }
        None => Ok(PriceBook::built_in().clone()),
    }
}

fn text(call: &Call, lines: &Result<Vec<Line>, String>, book: &str) -> String {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let metadata = &call.metadata;
    let mut facts = vec![
        ("id", call.id.clone()),
        ("at", call.created_at.clone()),
        ("workload", format!("{}/{}", or_none(&call.namespace), or_none(&call.workload))),
        ("pod", or_none(&call.pod)),
        ("feature", call.feature.clone()),
        ("user", or_none(&call.user_id)),
        ("model", format!("{} of {}", or_none(&call.model), call.provider)),
        ("endpoint", format!("{} at {}", call.endpoint, call.host)),
        (
            "outcome",
            format!("{} ({})", call.outcome, call.status.map_or("-".to_owned(), |status| status.to_string())),
        ),
        ("tokens", format!("{} in, {} out", call.input_tokens, call.output_tokens)),
        ("usage by", call.usage_source.clone()),
    ];
    if call.calls() > 1 {
        facts.push((
            "calls",
            format!("{}, of one hour: a full spool had no room for each by itself", call.calls()),
        ));
    }
    for key in ["request_id", "model_requested", "served", "gate", "would_refuse", "estimate", "repriced"] {
        match &metadata[key] {
            Value::Null => {}
            Value::String(said) => facts.push((key, said.clone())),
            other => facts.push((key, other.to_string())),
        }
    }
    let width = facts.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut text: String =
        facts.iter().map(|(name, said)| format!("{name:<width$}   {}\n", plain(said))).collect();
    text.push('\n');
    match lines {
        Ok(lines) => {
            let row = |line: &Line| {
                let factor = line.factor.clone().unwrap_or_else(|| "1".to_owned());
                let price = format!("{} {} a {}", line.price, line.currency, line.per);
                let since =
                    line.valid_from.as_ref().map(|since| format!(" since {since}")).unwrap_or_default();
                vec![
                    line.unit.to_owned(),
                    format!("{}{since}", line.source),
                    line.quantity.clone(),
                    price,
                    factor,
                    line.amount.clone(),
                ]
            };
            let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
            text.push_str(&table::text(
                &["UNIT", "PRICE OF", "QUANTITY", "PRICE", "FACTOR", "USD"],
                &rows,
                2,
                3,
            ));
        }
        Err(why) => text.push_str(&format!("no price line by line: {why}\n")),
    }
    text.push('\n');
    match &call.cost_usd {
        Some(cost) => text.push_str(&format!("cost   {cost} USD\n")),
        None => {
            let why = metadata["unpriced"].as_str().unwrap_or("its row does not say why");
            text.push_str(&format!("no cost: {why}\n"));
        }
    }
    let of = metadata["price"].as_str();
    if call.cost_usd.is_some() && lines.is_ok() && of.is_some_and(|of| of != book) {
        let of = of.unwrap_or_default();
        text.push_str(&format!("The row was priced by the book {of}, the lines above are of {book}: tollgate reprice compares them.\n"));
    }
    text
}
