//! Who made it so: the workloads, users and models that a group's window holds the most of.

use sqlx::{PgPool, Postgres, QueryBuilder, Row};
use tollgate_crds::alert::UsageAlertSpec;

use super::events::Event;
use crate::database::calls::{self, CALLS, ERRORS, MERGED};

/// The three of each that have the most, with what they have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Causes {
    pub workloads: Vec<(String, String)>,
    pub users: Vec<(String, String)>,
    pub models: Vec<(String, String)>,
    pub features: Vec<(String, String)>,
}

const TOP: i64 = 3;

/// Of an event's group and window.
pub async fn causes(
    pool: &PgPool,
    cluster: &str,
    namespaces: Option<&[String]>,
    spec: &UsageAlertSpec,
    event: &Event,
) -> Result<Causes, sqlx::Error> {
    let mut found = Causes::default();
    for (column, list) in [
        ("namespace || '/' || workload", &mut found.workloads),
        ("user_id", &mut found.users),
        ("model", &mut found.models),
        ("feature", &mut found.features),
    ] {
        *list = top(pool, column, cluster, namespaces, spec, event).await?;
    }
    Ok(found)
}

async fn top(
    pool: &PgPool,
    column: &'static str,
    cluster: &str,
    namespaces: Option<&[String]>,
    spec: &UsageAlertSpec,
    event: &Event,
) -> Result<Vec<(String, String)>, sqlx::Error> {
    let sum = match event.metric.as_str() {
        "Cost" => "coalesce(sum(cost_usd), 0)".to_owned(),
        "Tokens" => "coalesce(sum(tokens_used), 0)::numeric".to_owned(),
        "Errors" => format!("coalesce(sum({MERGED}) filter (where {ERRORS}), 0)"),
        _ => format!("coalesce(sum({MERGED}) filter (where {CALLS}), 0)"),
    };
    let mut query: QueryBuilder<Postgres> = QueryBuilder::new("select ");
    query.push(column).push(" as who, trim_scale(").push(&sum).push(")::text as much");
    query.push(" from public.provider_usage_logs where cluster = ").push_bind(cluster.to_owned());
    query.push(" and created_at >= ").push_bind(event.window.0.to_string()).push("::timestamptz");
    query.push(" and created_at < ").push_bind(event.window.1.to_string()).push("::timestamptz");
    if let Some(namespaces) = namespaces {
        query.push(" and namespace = any(").push_bind(namespaces.to_vec()).push(")");
    }
    let scope = spec.scope();
    let providers: Vec<String> = scope.providers.iter().map(|provider| provider.name().to_owned()).collect();
    calls::scope(&mut query, &scope.features, &scope.users, &providers, &scope.models);
    let values = spec.group_by.iter().copied().zip(event.group.iter().map(Option::as_deref));
    calls::group(&mut query, values);
    query
        .push(" group by 1 having ")
        .push(&sum)
        .push(" > 0 and ")
        .push(column)
        .push(" is not null order by ");
    query.push(&sum).push(" desc, 1 limit ").push_bind(TOP);
    let rows = query.build().fetch_all(pool).await?;
    rows.iter().map(|row| Ok((row.try_get("who")?, row.try_get("much")?))).collect()
}
