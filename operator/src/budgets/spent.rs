//! What the ledger has of a budget's window: out of the rollup where its hours are settled, else out of the rows.

use sqlx::{PgConnection, Postgres, QueryBuilder, Row};
use tollgate_crds::stream::{BudgetMetric, GroupBy, StateBudget};

/// Whose calls.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    pub cluster: &'a str,
    /// Of a ClusterUsageAlert: those that it sees now. Of another: its own.
    pub namespaces: &'a [String],
    pub budget: &'a StateBudget,
    /// As the sidecar named it.
    pub group: &'a str,
    /// Unix times in seconds.
    pub from: i64,
    pub to: i64,
}

/// A group's name is a JSON list of as many values as the budget is grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the group is none of this budget's")]
pub struct NoSuchGroup;

/// Why nothing can be said.
#[derive(Debug, thiserror::Error)]
pub enum SpentError {
    #[error(transparent)]
    Group(#[from] NoSuchGroup),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Where a sum comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    Hours,
    Rows,
}

/// What was spent, in whole units of the metric.
pub async fn spent(connection: &mut PgConnection, of: &Of<'_>) -> Result<u64, SpentError> {
    let group = group(of.budget, of.group)?;
    let by_user = !of.budget.users.is_empty() || of.budget.group_by.contains(&GroupBy::User);
    let mut query = QueryBuilder::new("with bounds as (select to_timestamp(");
    query
        .push_bind(of.from)
        .push(") as since, to_timestamp(")
        .push_bind(of.to)
        .push(") as until), settled as (");
    // Hours that lie whole in the window, and that no row has touched since they were rolled up.
    query.push(
        "select h as hour from bounds, generate_series(date_trunc('hour', since, 'UTC'), until, interval '1 hour') h
         where h >= since and h + interval '1 hour' <= least(until, now())
           and not exists (select from public.usage_dirty d where d.cluster = ",
    );
    query.push_bind(of.cluster.to_owned()).push(
        " and d.hour = h) and not exists (select from public.usage_rolling r where r.grain = 'hour' and r.cluster = ",
    );
    query.push_bind(of.cluster.to_owned()).push(" and r.start = h)");
    if by_user {
        query.push(" and false"); // the rollup has no users
    }
    query.push(") select (");
    if !by_user {
        query.push("coalesce((select ").push(sum(of.budget.metric, Table::Hours));
        query.push(" from public.usage_hourly t join settled s on s.hour = t.hour where true");
        conditions(&mut query, of, &group);
        query.push("), 0) + ");
    }
    query.push("coalesce((select ").push(sum(of.budget.metric, Table::Rows));
    query.push(
        " from public.provider_usage_logs t, bounds b where t.created_at >= b.since and t.created_at < b.until
           and date_trunc('hour', t.created_at, 'UTC') not in (select hour from settled)",
    );
    conditions(&mut query, of, &group);
    query.push("), 0))::text as spent");
    let row = query.build().fetch_one(connection).await?;
    let spent: String = row.try_get("spent")?;
    Ok(spent.parse().unwrap_or(u64::MAX))
}

/// By dimension, in the budget's own order.
fn group(budget: &StateBudget, group: &str) -> Result<Vec<(GroupBy, Option<String>)>, NoSuchGroup> {
    let mut by = budget.group_by.clone();
    by.sort_unstable();
    by.dedup();
    if by.is_empty() {
        return if group.is_empty() { Ok(Vec::new()) } else { Err(NoSuchGroup) };
    }
    let values: Vec<Option<String>> = serde_json::from_str(group).map_err(|_| NoSuchGroup)?;
    if values.len() == by.len() { Ok(by.into_iter().zip(values).collect()) } else { Err(NoSuchGroup) }
}

fn sum(metric: BudgetMetric, table: Table) -> &'static str {
    match (metric, table) {
        (BudgetMetric::Cost, _) => "trunc(sum(t.cost_usd) * 1000000000000)",
        (BudgetMetric::Tokens, _) => "sum(t.tokens_used)",
        (BudgetMetric::Calls, Table::Hours) => "sum(t.calls) filter (where t.outcome <> 'refused')",
        (BudgetMetric::Calls, Table::Rows) => "count(*) filter (where t.outcome <> 'refused')",
        (BudgetMetric::Errors, Table::Hours) => {
            "sum(t.calls) filter (where t.outcome in ('provider_error', 'provider_closed', 'unreachable', 'lost'))"
        }
        (BudgetMetric::Errors, Table::Rows) => {
            "count(*) filter (where t.outcome in ('provider_error', 'provider_closed', 'unreachable', 'lost'))"
        }
    }
}

fn conditions(query: &mut QueryBuilder<Postgres>, of: &Of<'_>, group: &[(GroupBy, Option<String>)]) {
    query.push(" and t.cluster = ").push_bind(of.cluster.to_owned());
    query.push(" and t.namespace = any(").push_bind(of.namespaces.to_owned()).push(")");
    let StateBudget { features, users, providers, models, .. } = of.budget;
    for (column, globs) in
        [("feature", features), ("user_id", users), ("provider", providers), ("model", models)]
    {
        if !globs.is_empty() {
            let patterns: Vec<String> = globs.iter().map(|glob| like(glob)).collect();
            query.push(format!(" and t.{column} like any(")).push_bind(patterns).push(")");
        }
    }
    for (dimension, value) in group {
        let column = match dimension {
            GroupBy::Namespace => "namespace",
            GroupBy::Feature => "feature",
            GroupBy::User => "user_id",
            GroupBy::Provider => "provider",
            GroupBy::Model => "model",
        };
        match value {
            Some(value) => query.push(format!(" and t.{column} = ")).push_bind(value.clone()),
            // The rollup has '' for what a call did not have.
            None => query.push(format!(" and coalesce(t.{column}, '') = ''")),
        };
    }
}

/// A glob as LIKE has it.
pub(crate) fn like(glob: &str) -> String {
    let mut pattern = String::with_capacity(glob.len());
    for character in glob.chars() {
        match character {
            '*' => pattern.push('%'),
            '%' | '_' | '\\' => pattern.extend(['\\', character]),
            other => pattern.push(other),
        }
    }
    pattern
}
