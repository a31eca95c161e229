//! `kubectl tollgate top`.

use std::{
    io::{self, IsTerminal, Write},
    time::Duration,
};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{access::Access, ledger::Ledger};
use crate::{
    cli::{arguments::Output, table},
    query::{self, Ask, COARSE, Dimension, Figures, Filter, Key, Range, Usage, Zone},
};

/// What AI calls cost, dearest first, by feature or by what you say; live with --watch
///
/// Of one namespace with -n, of all without. From the ledger, exact, a few seconds behind the calls.
#[derive(Debug, Args)]
pub(super) struct Top {
    /// today, yesterday, week, last-week, month, last-month, hours such as 24h, or days such as 30d
    #[arg(long, value_name = "RANGE", default_value = "today", value_parser = range)]
    range: Range,

    /// namespace, feature, user, provider, model, workload, outcome or source; several with commas between
    #[arg(long, value_name = "WHAT", value_delimiter = ',', default_value = "namespace,feature", value_parser = dimension)]
    by: Vec<Dimension>,

    /// Only these, such as feature=chat; again for more
    #[arg(long, value_name = "WHAT=VALUE", value_parser = pair)]
    only: Vec<(Dimension, String)>,

    /// Whose days they are, such as Europe/Berlin
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    time_zone: String,

    /// So many lines; all others are one
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    limit: u16,

    /// Go on until it is interrupted
    #[arg(long, short)]
    watch: bool,

    #[command(flatten)]
    ledger: Ledger,
}

/// As often as the operator adds up, or more.
const AGAIN: Duration = Duration::from_secs(2);
const CLEAR: &str = "\x1b[H\x1b[2J";

// === impl Top ===

impl Top {
    pub(super) async fn run(self, access: &Access, output: Output) -> Result<()> {
        let Self { range, by, only, time_zone, limit, watch, ledger } = self;
        let zone = Zone::named(&time_zone).ok_or_else(|| {
            anyhow!("--time-zone {time_zone:?}: expected a zone's name such as Europe/Berlin")
        })?;
        let of_namespace = access.namespace.iter().map(|name| (Dimension::Namespace, name.clone()));
        let filter = only
            .into_iter()
            .chain(of_namespace)
            .fold(Filter::default(), |filter, (dimension, value)| filter.and(dimension, &value));
        let pool = ledger.open(access).await?;
        let reader = query::Ledger::new(pool, &ledger.cluster).read_as_connected();
        let clears = watch && output == Output::Text && io::stdout().is_terminal();
        loop {
            let span = range.span(Timestamp::now(), &zone);
            let ask = Ask::of(span).filtered(&filter).by(&by, limit);
            let usage = reader.usage(&ask).await.context("the ledger")?;
            let shown = match output {
                Output::Json => format!("{}\n", object(&ask, &usage)),
                Output::Text => text(&by, &usage),
            };
            let clear = if clears { CLEAR } else { "" };
            let mut out = io::stdout().lock();
            write!(out, "{clear}{shown}").and_then(|()| out.flush()).context("standard output")?;
            if !watch {
                return Ok(());
            }
            tokio::time::sleep(AGAIN).await;
        }
    }
}

fn object(ask: &Ask, usage: &Usage) -> Value {
    let key = |values: &[String]| -> Map<String, Value> {
        let names = ask.by.iter().map(|dimension| dimension.name().to_owned());
        names.zip(values.iter().map(|value| json!(value))).collect()
    };
    let groups: Vec<Value> = usage
        .groups
        .iter()
        .map(|group| match &group.key {
            Key::Of(values) => json!({"key": key(values), "figures": group.sum}),
            Key::Others(count) => json!({"others": count, "figures": group.sum}),
        })
        .collect();
    json!({
        "from": ask.span.from.to_string(), "until": ask.span.until.to_string(), "zone": ask.span.zone.name(),
        "groups": groups, "sum": usage.sum, "hours_behind": usage.hours_behind, "coarse": usage.coarse,
    })
}

fn text(by: &[Dimension], usage: &Usage) -> String {
    let headings: Vec<String> = by.iter().map(|dimension| dimension.name().to_uppercase()).collect();
    let figures = ["COST USD", "CALLS", "TOKENS", "FAILED", "REFUSED", "UNPRICED", "ESTIMATED USD"];
    let headings: Vec<&str> = headings.iter().map(String::as_str).chain(figures).collect();
    let row = |names: Vec<String>, figures: &Figures| {
        let mut row = names;
        row.resize(by.len(), String::new());
        row.extend([
            figures.cost.to_string(),
            figures.calls.to_string(),
            figures.tokens().to_string(),
            figures.failed_calls.to_string(),
            figures.refused_calls.to_string(),
            figures.unpriced_calls.to_string(),
            figures.estimated_cost.to_string(),
        ]);
        row
    };
    let mut rows: Vec<Vec<String>> = usage
        .groups
        .iter()
        .map(|group| match &group.key {
            Key::Of(values) => {
                let none =
                    |value: &String| if value.is_empty() { "(none)".to_owned() } else { value.clone() };
                row(values.iter().map(none).collect(), &group.sum)
            }
            Key::Others(count) => row(vec![format!("({count} others)")], &group.sum),
        })
        .collect();
    rows.push(row(vec!["(all)".to_owned()], &usage.sum));
    let mut text = table::text(&headings, &rows, by.len(), 3);
    if usage.sum.unpriced_calls > 0 {
        let unpriced = usage.sum.unpriced_calls;
        text.push_str(&format!(
            "\n{unpriced} calls have no price and are in no sum of money: kubectl tollgate status\n"
        ));
    }
    if usage.coarse {
        text.push_str(&format!("\n{COARSE}\n"));
    }
    if usage.hours_behind > 0 {
        text.push_str(&format!("\n{} hours are still being added up.\n", usage.hours_behind));
    }
    text
}

fn range(text: &str) -> Result<Range, String> {
    match Range::parse(Some(text), None, None) {
        Ok(Some(range)) => Ok(range),
        Ok(None) => Err("expected today, week, month, 24h or 30d".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn dimension(name: &str) -> Result<Dimension, String> {
    Dimension::named(name).ok_or_else(|| {
        let names: Vec<&str> = Dimension::ALL.into_iter().map(Dimension::name).collect();
        format!("expected one of {}", names.join(", "))
    })
}

fn pair(text: &str) -> Result<(Dimension, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected something like feature=chat")?;
    Ok((dimension(name)?, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Group;

    fn figures(cost: &str, unpriced_calls: u64) -> Figures {
        Figures { calls: 10, unpriced_calls, cost: cost.parse().unwrap(), ..Figures::default() }
    }

    #[test]
    fn a_sum_never_hides_what_has_no_price() {
        let group = |key, sum| Group { key, sum, buckets: Vec::new() };
        let usage = Usage {
            groups: vec![
                group(Key::Of(vec!["shop".to_owned(), "chat".to_owned()]), figures("1.25", 3)),
                group(Key::Others(2), figures("0.5", 0)),
            ],
            sum: figures("1.75", 3),
            ..Usage::default()
        };
        let text = text(&[Dimension::Namespace, Dimension::Feature], &usage);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "NAMESPACE    FEATURE   COST USD   CALLS   TOKENS   FAILED   REFUSED   UNPRICED   ESTIMATED USD"
        );
        assert_eq!(
            lines[1],
            "shop         chat          1.25      10        0        0         0          3               0"
        );
        assert!(lines[2].starts_with("(2 others)"), "{text}");
        assert!(lines[5].starts_with("3 calls have no price"), "{text}");
    }
}
