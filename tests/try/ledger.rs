//! What the demo reads from Postgres.

use anyhow::{Context, Result};
use tollgate_tests::harness::postgres;

/// The database, by its URL.
pub(crate) struct Ledger(pub(crate) String);

/// Calls, tokens and cost so far.
pub(crate) struct Costs {
    pub(crate) calls: u64,
    pub(crate) lines: Vec<String>,
}

/// Everything that a provider took money for.
pub(crate) struct Billed {
    pub(crate) calls: u64,
    pub(crate) input: u64,
    pub(crate) output: u64,
}

// === impl Ledger ===

impl Ledger {
    pub(crate) fn costs(&self) -> Result<Costs> {
        let rows = self.rows(
            "select coalesce(feature, 'all features'), coalesce(user_id, 'all users'), count(*), sum(tokens_used),
                    trim_scale(sum(cost_usd))
             from provider_usage_logs
             where outcome = 'completed'
             group by grouping sets ((feature, user_id), ())
             order by grouping(feature), feature, user_id",
        )?;
        let calls = rows.last().and_then(|row| row.get(2)?.parse().ok()).unwrap_or(0);
        let mut lines = vec![line(["feature", "user", "calls", "tokens", "cost in USD"])];
        for row in rows {
            let row: [String; 5] = row.try_into().ok().context("a row of costs has five columns")?;
            lines.push(line(row.each_ref().map(String::as_str)));
        }
        Ok(Costs { calls, lines })
    }

    pub(crate) fn last_rows(&self) -> Result<Vec<String>> {
        let rows = self.rows(
            "select distinct on (provider, outcome, streamed)
                    feature, user_id, model, outcome, status, case when streamed then 'stream' else 'plain' end,
                    input_tokens, output_tokens, usage_source, trim_scale(cost_usd)
             from provider_usage_logs
             order by provider, outcome, streamed, created_at desc",
        )?;
        let head = ["feature", "user", "model", "outcome", "", "", "input", "output", "usage", "cost in USD"];
        let wide = |cells: &[&str]| {
            let widths = [17, 8, 26, 9, 3, 6, 5, 6, 8, 0];
            let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
            cells.collect::<Vec<_>>().join(" ")
        };
        let rows = rows.iter().map(|row| wide(&row.iter().map(String::as_str).collect::<Vec<_>>()));
        Ok([wide(&head)].into_iter().chain(rows).collect())
    }

    pub(crate) fn billed(&self) -> Result<Billed> {
        let rows = self.rows(
            "select count(*), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0)
             from provider_usage_logs
             where outcome <> 'refused'",
        )?;
        let row = rows.first().context("one row of sums")?;
        let number = |at: usize| row.get(at).and_then(|cell| cell.parse().ok()).context("a number");
        Ok(Billed { calls: number(0)?, input: number(1)?, output: number(2)? })
    }

    fn rows(&self, sql: &str) -> Result<Vec<Vec<String>>> {
        let text = postgres::query(&self.0, sql)?;
        Ok(text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect())
    }
}

/// A line of the costs: two names, two numbers, a sum of money.
fn line([feature, user, calls, tokens, cost]: [&str; 5]) -> String {
    format!("{feature:<18} {user:<10} {calls:>6} {tokens:>9}   {cost}")
}
