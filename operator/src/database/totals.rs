//! Sums for the status of flags, out of the rollup.

use std::collections::BTreeMap;

use sqlx::{PgPool, Row};

/// What one feature used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub calls: u64,
    pub tokens: u64,
    /// USD, an exact decimal without trailing zeros. Of the calls that have a price.
    pub cost: String,
    /// Of the calls: those without a price.
    pub unpriced_calls: u64,
}

/// By namespace and feature, the current hour and the 23 before it; features without a call are not in it.
pub async fn last_day(
    pool: &PgPool,
    cluster: &str,
) -> Result<BTreeMap<(String, String), Totals>, sqlx::Error> {
    let rows = sqlx::query(
        "select namespace, feature, sum(calls)::bigint as calls, sum(unpriced_calls)::bigint as unpriced_calls,
                least(sum(tokens_used), 9223372036854775807)::bigint as tokens, trim_scale(sum(cost_usd))::text as cost
         from public.usage_hourly
         where cluster = $1 and hour > now() - interval '24 hours'
         group by namespace, feature",
    )
    .bind(cluster)
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let count =
                |column| Ok::<_, sqlx::Error>(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0));
            let totals = Totals {
                calls: count("calls")?,
                tokens: count("tokens")?,
                cost: row.try_get("cost")?,
                unpriced_calls: count("unpriced_calls")?,
            };
            Ok(((row.try_get("namespace")?, row.try_get("feature")?), totals))
        })
        .collect()
}

/// By flag, as the ledger names it: the calls of the last 24 hours that flags in preview would have refused. Only these
/// features are looked at: each by the index on feature and time.
pub async fn would_refuse(
    pool: &PgPool,
    cluster: &str,
    features: &[String],
) -> Result<BTreeMap<String, u64>, sqlx::Error> {
    let rows = sqlx::query(
        "select metadata->'would_refuse'->>'flag' as flag, count(*) as calls
         from public.provider_usage_logs
         where cluster = $1 and feature = any($2) and created_at > now() - interval '24 hours'
           and metadata ? 'would_refuse'
         group by 1",
    )
    .bind(cluster)
    .bind(features)
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let calls = u64::try_from(row.try_get::<i64, _>("calls")?).unwrap_or(0);
            Ok((row.try_get::<Option<String>, _>("flag")?.unwrap_or_default(), calls))
        })
        .collect()
}
