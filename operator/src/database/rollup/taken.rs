//! The marks of a week's days, taken by who sums them in the transaction that does.

use sqlx::{AssertSqlSafe, PgConnection, Row};

/// What was marked, and is marked no longer.
pub(super) struct Taken {
    pub(super) days: Vec<String>,
    namespaces: Vec<String>,
    features: Vec<String>,
}

// === impl Taken ===

impl Taken {
    /// A day alone, of which no feature is asked for.
    pub(super) fn of_day(day: &str) -> Self {
        Self { days: vec![day.to_owned()], namespaces: Vec::new(), features: Vec::new() }
    }

    /// None: nothing that is settled and in nobody's hands is marked.
    pub(super) async fn of(
        connection: &mut PgConnection,
        cluster: &str,
        week: &str,
    ) -> Result<Option<Self>, sqlx::Error> {
        // In a statement of its own: what those wrote who had the lock is seen by the next.
        let days: Vec<String> = sqlx::query_scalar(
            "with settled as materialized (
                 select distinct day from public.usage_unsummed_ready
                 where cluster = $1 and day >= $2::text::date and day < $2::text::date + 7
             )
             select day::text from settled where pg_try_advisory_xact_lock(public.tollgate_sums_key($1, day)) order by 1",
        )
        .bind(cluster)
        .bind(week)
        .fetch_all(&mut *connection)
        .await?;
        let rows = sqlx::query(
            "with taken as (
                 delete from public.usage_unsummed where cluster = $1 and day = any($2::text[]::date[])
                 returning namespace, feature
             )
             select distinct namespace, feature from taken",
        )
        .bind(cluster)
        .bind(&days)
        .fetch_all(connection)
        .await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let column = |name: &str| rows.iter().map(|row| row.try_get(name)).collect::<Result<_, _>>();
        Ok(Some(Self { namespaces: column("namespace")?, features: column("feature")?, days }))
    }

    /// A statement of which `$1` is the cluster, `$2` and `$3` are the marked features. So many lines changed.
    pub(super) async fn run(
        &self,
        connection: &mut PgConnection,
        cluster: &str,
        statement: String,
    ) -> Result<u64, sqlx::Error> {
        let query = sqlx::query(AssertSqlSafe(statement));
        let query = query.bind(cluster).bind(&self.namespaces).bind(&self.features);
        Ok(query.execute(connection).await?.rows_affected())
    }
}
