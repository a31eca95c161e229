//! How long calls took, out of their rows: rollups have sums, and no sum says how long a slow call is.

use jiff::Timestamp;
use sqlx::{Postgres, QueryBuilder, Row, Transaction, postgres::PgRow};

use super::{Filter, Span, Step, statement::bucket_of_moment};

/// Of which calls: those that were completed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LatencyAsk {
    pub span: Span,
    pub step: Step,
    pub filter: Filter,
}

/// What is known of them; nothing where rows are gone, or none was completed.
#[derive(Clone, Debug, Default)]
pub struct Latency {
    pub all: Times,
    /// Those with most calls first.
    pub models: Vec<(String, Times)>,
    /// When each bucket begins.
    pub bounds: Vec<Timestamp>,
    pub buckets: Vec<Times>,
}

/// Of some calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    pub calls: u64,
    /// Until the head of the provider's answer.
    pub first_byte: Option<Quantiles>,
    /// Until the end.
    pub whole: Option<Quantiles>,
}

/// In microseconds: of half of the calls, and of all but the slowest twentieth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantiles {
    pub p50: u64,
    pub p95: u64,
}

// === impl Latency ===

impl Latency {
    pub(super) async fn look_up(
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        ask: &LatencyAsk,
    ) -> Result<Self, sqlx::Error> {
        let bounds = ask.span.bounds(ask.step);
        let mut latency = Self { buckets: vec![Times::default(); bounds.len()], bounds, ..Self::default() };
        if ask.span.is_empty() {
            return Ok(latency);
        }
        let rows = statement(cluster, ask, &latency.bounds).build().fetch_all(&mut **transaction).await?;
        for row in rows {
            let times = Times::read(&row)?;
            match (row.try_get::<Option<String>, _>("model")?, row.try_get::<Option<i32>, _>("bucket")?) {
                (Some(model), _) => latency.models.push((model, times)),
                (None, Some(bucket)) => {
                    if let Some(at) = usize::try_from(bucket).ok().and_then(|at| latency.buckets.get_mut(at))
                    {
                        *at = times;
                    }
                }
                (None, None) => latency.all = times,
            }
        }
        latency.models.sort_by(|(one, of_one), (other, of_other)| {
            of_other.calls.cmp(&of_one.calls).then(one.cmp(other))
        });
        Ok(latency)
    }
}

/// All of them, by model, and by bucket, in one look.
fn statement(cluster: &str, ask: &LatencyAsk, bounds: &[Timestamp]) -> QueryBuilder<Postgres> {
    let seconds: Vec<i64> = bounds.iter().map(|bound| bound.as_second()).collect();
    // a row says what its sidecar said
    let micros = |name: &str| {
        let text = format!("metadata -> 'timings' ->> '{name}'");
        format!("case when {text} ~ '^[0-9]{{1,15}}$' then ({text})::bigint end")
    };
    let mut query = QueryBuilder::new("with calls as (select coalesce(model, '') as model, ");
    bucket_of_moment(&mut query, &seconds, "created_at");
    query.push(format!(
        " as bucket, {} as first_byte, {} as whole
         from public.provider_usage_logs
         where created_at >= to_timestamp({}) and created_at < to_timestamp({}) and outcome = 'completed' and coalesce(cluster, '') = ",
        micros("first_byte_us"),
        micros("total_us"),
        ask.span.from.as_second(),
        ask.span.until.as_second()
    ));
    query.push_bind(cluster.to_owned());
    ask.filter.push_on_rows(&mut query);
    query.push(
        ") select model, bucket, count(whole) as calls,
                 percentile_disc(array[0.5, 0.95]) within group (order by first_byte) as first_byte,
                 percentile_disc(array[0.5, 0.95]) within group (order by whole) as whole
          from calls group by grouping sets ((), (model), (bucket))",
    );
    query
}

// === impl Times ===

impl Times {
    fn read(row: &PgRow) -> Result<Self, sqlx::Error> {
        let quantiles = |column: &str| -> Result<Option<Quantiles>, sqlx::Error> {
            let both = row.try_get::<Option<Vec<Option<i64>>>, _>(column)?.unwrap_or_default();
            let of = |at: usize| both.get(at).copied().flatten().map(i64::unsigned_abs);
            Ok(of(0).zip(of(1)).map(|(p50, p95)| Quantiles { p50, p95 }))
        };
        Ok(Self {
            calls: row.try_get::<i64, _>("calls")?.unsigned_abs(),
            first_byte: quantiles("first_byte")?,
            whole: quantiles("whole")?,
        })
    }
}
