//! The marks of a part: taken into `usage_rolling`, settled when the part is made.

use sqlx::{Connection, PgConnection};

use super::{Part, Rollup};

/// Held for a transaction by whoever takes a part's marks or makes it. False: somebody else holds it.
pub(super) async fn lock(connection: &mut PgConnection, part: &Part) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select pg_try_advisory_xact_lock(hashtextextended('tollgate.rollup ' || $1, 0))")
        .bind(part.to_string())
        .fetch_one(connection)
        .await
}

/// Takes the marks that can be had: a writer that has not committed yet keeps its own. False: the part is in other hands.
pub(super) async fn take(
    connection: &mut PgConnection,
    part: &Part,
    rollup: &Rollup<'_>,
) -> Result<bool, sqlx::Error> {
    let mut transaction = connection.begin().await?;
    if !lock(&mut transaction, part).await? {
        return Ok(false);
    }
    match rollup {
        Rollup::Hour { cluster, hour } => {
            sqlx::query(
                "with had as (
                     select cluster, hour, lane from public.usage_dirty
                     where cluster = $1 and hour = to_timestamp($2) for update skip locked
                 ), taken as (
                     delete from public.usage_dirty d using had h
                     where d.cluster = h.cluster and d.hour = h.hour and d.lane = h.lane
                     returning 1
                 )
                 insert into public.usage_rolling select 'hour', $1, to_timestamp($2) where exists (select from taken)
                 on conflict do nothing",
            )
            .bind(cluster)
            .bind(hour.as_second())
            .execute(&mut *transaction)
            .await?
        }
        Rollup::Day { cluster, day } => {
            sqlx::query(
                "with had as (
                     select cluster, day from public.usage_dirty_days
                     where cluster = $1 and day = $2::text::date for update skip locked
                 ), taken as (
                     delete from public.usage_dirty_days d using had h
                     where d.cluster = h.cluster and d.day = h.day
                     returning 1
                 )
                 insert into public.usage_rolling
                 select 'day', $1, $2::text::date::timestamp at time zone 'UTC' where exists (select from taken)
                 on conflict do nothing",
            )
            .bind(cluster)
            .bind(day.to_string())
            .execute(&mut *transaction)
            .await?
        }
    };
    transaction.commit().await?;
    Ok(true)
}

/// What was taken is being done, in this transaction. False: nothing is to be done.
pub(super) async fn settle(connection: &mut PgConnection, rollup: &Rollup<'_>) -> Result<bool, sqlx::Error> {
    let settled = match rollup {
        Rollup::Hour { cluster, hour } => {
            sqlx::query(
                "delete from public.usage_rolling
                 where grain = 'hour' and cluster = $1 and start = to_timestamp($2)",
            )
            .bind(cluster)
            .bind(hour.as_second())
            .execute(connection)
            .await?
        }
        Rollup::Day { cluster, day } => {
            sqlx::query(
                "delete from public.usage_rolling
                 where grain = 'day' and cluster = $1 and start = $2::text::date::timestamp at time zone 'UTC'",
            )
            .bind(cluster)
            .bind(day.to_string())
            .execute(connection)
            .await?
        }
    };
    Ok(settled.rows_affected() > 0)
}
