//! What the ledger has of a budget's window: out of the rollup where its hours are settled, else out of the rows.

use sqlx::{PgConnection, Postgres, QueryBuilder, Row};
use tollgate_crds::{
    alert::{Dimension, Metric},
    stream::StateBudget,
};

use crate::database::calls::{self, CALLS, ERRORS, MERGED};

/// Whose calls.
#[derive(Clone, Debug)]
pub struct Of<'a> {
    pub cluster: &'a str,
    /// Of a ClusterUsageAlert: those that it sees now. Of another: its own.
    pub namespaces: Vec<String>,
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
    let group = of.budget.values(of.group).ok_or(NoSuchGroup)?;
    let by_user = !of.budget.users.is_empty() || of.budget.group_by.contains(&Dimension::User);
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

fn sum(metric: Metric, table: Table) -> String {
    let calls = match table {
        Table::Hours => "sum(t.calls)".to_owned(),
        Table::Rows => format!("sum({MERGED})"),
    };
    match metric {
        Metric::Cost => "trunc(sum(t.cost_usd) * 1000000000000)".to_owned(),
        Metric::Tokens => "sum(t.tokens_used)".to_owned(),
        Metric::Calls => format!("{calls} filter (where {CALLS})"),
        Metric::Errors => format!("{calls} filter (where {ERRORS})"),
    }
}

fn conditions(query: &mut QueryBuilder<Postgres>, of: &Of<'_>, group: &[(Dimension, Option<String>)]) {
    query.push(" and t.cluster = ").push_bind(of.cluster.to_owned());
    query.push(" and t.namespace = any(").push_bind(of.namespaces.clone()).push(")");
    let StateBudget { features, users, providers, models, .. } = of.budget;
    calls::scope(query, features, users, providers, models);
    calls::group(query, group.iter().map(|(dimension, value)| (*dimension, value.as_deref())));
}
