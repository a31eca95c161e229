//! The ledger's hours, out of the rollup: the past of alerts that need it no finer.

use std::collections::BTreeSet;

use futures::TryStreamExt;
use sqlx::{PgPool, Row as _};
use tollgate_alerts::{traffic::Row, window::Minute};

use super::minutes::{MinutesError, row_of};
use crate::database::calls::{CALLS, ERRORS};

pub(super) const HOUR: Minute = 60;

/// What the rollup does not have as the rows have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The first minutes of hours whose rows changed since they were rolled up, or that are being rolled up.
    pub(super) open: BTreeSet<Minute>,
    /// The first minute whose rows are still there.
    pub(super) oldest_row: Minute,
}

/// Where a stretch of the past is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    Hours(Minute, Minute),
    Rows(Minute, Minute),
}

pub(super) async fn known(pool: &PgPool, cluster: &str, from: Minute) -> Result<Known, sqlx::Error> {
    let row = sqlx::query(
        "select array(select distinct extract(epoch from h.hour)::bigint / 60 from (
                    select hour from public.usage_dirty where cluster = $1
                    union all select start from public.usage_rolling where cluster = $1 and grain = 'hour') h
                where h.hour >= to_timestamp($2 * 60)) as hours,
                (select extract(epoch from min(to_date(right(c.relname, 8), 'YYYYMMDD')))::bigint / 60
                 from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
                 where i.inhparent = 'public.provider_usage_logs'::regclass and c.relname ~ '_p[0-9]{8}$') as oldest",
    )
    .bind(cluster)
    .bind(from)
    .fetch_one(pool)
    .await?;
    Ok(Known {
        open: row.try_get::<Vec<i64>, _>("hours")?.into_iter().collect(),
        oldest_row: row.try_get::<Option<i64>, _>("oldest")?.unwrap_or(Minute::MAX),
    })
}

/// In which order hours are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Time,
    /// One kind of call after the other, each in order of time.
    Kind,
}

/// Whole hours from one minute until before another. Users are not told apart.
pub(super) async fn read(
    pool: &PgPool,
    cluster: &str,
    (from, until): (Minute, Minute),
    (models, order): (bool, Order),
    mut take: impl FnMut(Row),
) -> Result<(), MinutesError> {
    let order = match order {
        Order::Time => "1",
        Order::Kind => "2, 3, 4, 6, 1",
    };
    let sql = format!(
        "select (extract(epoch from hour) / 60)::bigint as minute, nullif(namespace, '') as namespace, feature, provider,
                null as user_id, case when $4 then nullif(model, '') end as model,
                coalesce(sum(calls) filter (where {CALLS}), 0)::text as calls, sum(tokens_used)::text as tokens,
                trim_scale(sum(cost_usd))::text as cost, coalesce(sum(calls) filter (where {ERRORS}), 0)::text as errors
         from public.usage_hourly
         where cluster = $1 and hour >= to_timestamp($2 * 60) and hour < to_timestamp($3 * 60)
         group by 1, 2, 3, 4, 5, 6 order by {order}",
    );
    let mut rows =
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(cluster).bind(from).bind(until).bind(models).fetch(pool);
    while let Some(row) = rows.try_next().await? {
        take(row_of(&row)?);
    }
    Ok(())
}

/// What each hour holds, of those that begin from one minute until before another: other than before where a row came late, or was
/// priced anew.
pub(super) async fn sums(
    pool: &PgPool,
    cluster: &str,
    (from, until): (Minute, Minute),
) -> Result<Vec<(Minute, String)>, sqlx::Error> {
    let rows = sqlx::query(
        "select (extract(epoch from hour) / 60)::bigint as minute,
                concat_ws(' ', sum(calls), sum(tokens_used), sum(cost_usd), sum(calls) filter (where outcome = 'refused')) as sums
         from public.usage_hourly
         where cluster = $1 and hour >= to_timestamp($2 * 60) and hour < to_timestamp($3 * 60)
         group by 1 order by 1",
    )
    .bind(cluster)
    .bind(from)
    .bind(until)
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(|row| Ok((row.try_get("minute")?, row.try_get("sums")?))).collect()
}

/// Whole hours out of the rollup, but those that are open or that a border cuts: these out of the rows, where they are still there.
pub(super) fn by_hour(
    from: Minute,
    until: Minute,
    known: &Known,
    borders: &BTreeSet<Minute>,
) -> Vec<Stretch> {
    let cut = |hour: Minute| borders.range(hour + 1..hour + HOUR).next().is_some() || hour + HOUR > until;
    let mut stretches: Vec<Stretch> = Vec::new();
    for hour in (from..until).step_by(HOUR as usize) {
        let end = (hour + HOUR).min(until);
        let by_rows = hour >= known.oldest_row && (known.open.contains(&hour) || cut(hour));
        match (stretches.last_mut(), by_rows) {
            (Some(Stretch::Rows(_, last)), true) | (Some(Stretch::Hours(_, last)), false) => *last = end,
            (_, true) => stretches.push(Stretch::Rows(hour, end)),
            (_, false) => stretches.push(Stretch::Hours(hour, end)),
        }
    }
    stretches
}

/// Rows, and hours where these are gone.
pub(super) fn by_row(from: Minute, until: Minute, known: &Known) -> Vec<Stretch> {
    let oldest = known.oldest_row.clamp(from, until);
    [Stretch::Hours(from, oldest), Stretch::Rows(oldest, until)]
        .into_iter()
        .filter(|stretch| !stretch.is_empty())
        .collect()
}

// === impl Stretch ===

impl Stretch {
    fn is_empty(self) -> bool {
        let (Self::Hours(from, until) | Self::Rows(from, until)) = self;
        from >= until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(open: &[Minute], oldest_row: Minute) -> Known {
        Known { open: open.iter().copied().collect(), oldest_row }
    }

    #[test]
    fn whole_hours_come_from_the_rollup_and_those_that_are_open_from_the_rows() {
        let stretches = by_hour(0, 330, &known(&[120, 180], 0), &BTreeSet::new());
        assert_eq!(
            stretches,
            [
                Stretch::Hours(0, 120),
                Stretch::Rows(120, 240),
                Stretch::Hours(240, 300),
                Stretch::Rows(300, 330)
            ]
        );
    }

    #[test]
    fn an_hour_in_which_a_window_begins_comes_from_the_rows() {
        let stretches = by_hour(0, 180, &known(&[], 0), &BTreeSet::from([60, 90]));
        assert_eq!(stretches, [Stretch::Hours(0, 60), Stretch::Rows(60, 120), Stretch::Hours(120, 180)]);
    }

    #[test]
    fn where_rows_are_gone_there_are_hours_only() {
        assert_eq!(by_hour(0, 90, &known(&[0], 1_440), &BTreeSet::from([30])), [Stretch::Hours(0, 90)]);
        assert_eq!(
            by_row(0, 3_000, &known(&[], 1_440)),
            [Stretch::Hours(0, 1_440), Stretch::Rows(1_440, 3_000)]
        );
        assert_eq!(by_row(0, 60, &known(&[], 0)), [Stretch::Rows(0, 60)]);
    }
}
