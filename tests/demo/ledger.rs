//! What the demo reads from Postgres.

use anyhow::{Context, Result};
use tollgate_tests::harness::installation::{Installation, NAMESPACE};

/// The ledger of an installation.
pub(crate) struct Ledger<'a>(pub(crate) &'a Installation);

/// Calls, tokens and cost so far.
pub(crate) struct Costs {
    pub(crate) calls: u64,
    pub(crate) lines: Vec<String>,
}

// === impl Ledger ===

impl Ledger<'_> {
    pub(crate) fn costs(&self) -> Result<Costs> {
        let rows = self.rows(
            "select coalesce(feature, 'all features'), coalesce(user_id, 'all users'), count(*), sum(tokens_used),
                    trim_scale(sum(cost_usd))
             from provider_usage_logs
             where namespace = 'shop' and outcome = 'completed'
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
                    pod, feature, user_id, model, outcome, status, case when streamed then 'stream' else 'plain' end,
                    tokens_used, trim_scale(cost_usd)
             from provider_usage_logs
             where namespace = 'shop'
             order by provider, outcome, streamed, created_at desc",
        )?;
        let head = ["pod", "feature", "user", "model", "outcome", "", "", "tokens", "cost in USD"];
        let wide = |cells: &[&str]| {
            let widths = [24, 17, 6, 26, 9, 3, 6, 6, 0];
            let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
            cells.collect::<Vec<_>>().join(" ")
        };
        let rows = rows.iter().map(|row| wide(&row.iter().map(String::as_str).collect::<Vec<_>>()));
        Ok([wide(&head)].into_iter().chain(rows).collect())
    }

    fn rows(&self, sql: &str) -> Result<Vec<Vec<String>>> {
        let text = self.0.sql(sql)?;
        Ok(text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect())
    }
}

/// Makes a login that may read all, and says how psql and kubectl-tollgate become it: the environment of `make demo-sh`.
pub(crate) fn reader(tollgate: &Installation) -> Result<String> {
    tollgate.sql("create role reader login password 'reader' in role tollgate_reader_all")?;
    let host = format!("tollgate-postgres.{NAMESPACE}.svc");
    Ok(format!(
        "PGHOST={host}\nPGDATABASE=tollgate\nPGUSER=reader\nPGPASSWORD=reader\n\
         DATABASE_URL=postgres://reader:reader@{host}/tollgate\n"
    ))
}

/// A line of the costs: two names, two numbers, a sum of money.
fn line([feature, user, calls, tokens, cost]: [&str; 5]) -> String {
    format!("{feature:<18} {user:<10} {calls:>6} {tokens:>9}   {cost}")
}
