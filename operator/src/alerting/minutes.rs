//! The ledger's minutes: a row a minute and kind of call, summed as alerts ask.

use futures::TryStreamExt;
use sqlx::{PgExecutor, Row as _, postgres::PgRow};
use tollgate_alerts::{traffic::Row, window::Minute};

use crate::database::calls::{CALLS, ERRORS, MERGED};

/// What must be told apart, besides namespace, feature and provider: the less, the fewer rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    pub users: bool,
    pub models: bool,
}

/// Why minutes cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum MinutesError {
    #[error("the ledger's minutes cannot be read")]
    Database(#[from] sqlx::Error),
    #[error("a sum of the ledger is no number that alerts can hold")]
    Amount,
}

/// All minutes from one until before another, in order. Refused calls are none.
pub async fn read(
    executor: impl PgExecutor<'_>,
    cluster: &str,
    (from, until): (Minute, Minute),
    apart: Apart,
    mut take: impl FnMut(Row),
) -> Result<(), MinutesError> {
    let sql = format!(
        "select (extract(epoch from date_trunc('minute', created_at)) / 60)::bigint as minute, namespace, feature, provider,
                case when $4 then user_id end as user_id, case when $5 then model end as model,
                coalesce(sum({MERGED}) filter (where {CALLS}), 0)::text as calls,
                coalesce(sum(tokens_used), 0)::text as tokens, trim_scale(coalesce(sum(cost_usd), 0))::text as cost,
                coalesce(sum({MERGED}) filter (where {ERRORS}), 0)::text as errors
         from public.provider_usage_logs
         where cluster = $1 and created_at >= to_timestamp($2 * 60) and created_at < to_timestamp($3 * 60)
         group by 1, 2, 3, 4, 5, 6 order by 1",
    );
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(cluster)
        .bind(from)
        .bind(until)
        .bind(apart.users)
        .bind(apart.models)
        .fetch(executor);
    while let Some(row) = rows.try_next().await? {
        take(row_of(&row)?);
    }
    Ok(())
}

/// A row of minutes or of hours, its sums as texts.
pub(super) fn row_of(row: &PgRow) -> Result<Row, MinutesError> {
    let amount = |column| {
        let text: String = row.try_get(column)?;
        text.parse().map_err(|_| MinutesError::Amount)
    };
    Ok(Row {
        minute: row.try_get("minute")?,
        namespace: row.try_get("namespace")?,
        feature: row.try_get("feature")?,
        user: row.try_get("user_id")?,
        provider: row.try_get("provider")?,
        model: row.try_get("model")?,
        calls: amount("calls")?,
        tokens: amount("tokens")?,
        errors: amount("errors")?,
        cost: amount("cost")?,
    })
}

// === impl Apart ===

impl Apart {
    /// What either of them needs.
    pub(super) fn with(self, other: Self) -> Self {
        Self { users: self.users || other.users, models: self.models || other.models }
    }
}
