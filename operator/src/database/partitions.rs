//! The ledger's days: made ahead, so that no row has to wait for its partition, and dropped when they are older than they are
//! kept, but only once they are sealed: rolled up, and nobody's mark on them.

use jiff::{Span, civil::Date};
use sqlx::{Connection, PgConnection, Row};

/// Days ahead of today: a holiday without an operator.
pub const AHEAD: i64 = 14;
/// The fewest days that rows are kept. A row may come thirty days late and then belongs to the day of its call: had that day been
/// dropped, its rollup would be made anew of the late row alone.
pub const FEWEST: u16 = 32;
/// Of rows that could not be taken, so many are kept.
pub const QUARANTINE: i64 = 100_000;

/// What became of the days that are over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub dropped: Vec<Date>,
    /// Too old, but not dropped: hours of them wait for their rollup, or somebody reads the ledger for long. Tried again.
    pub kept: Vec<Date>,
}

/// Makes the partitions of today (UTC) and the days to come.
pub async fn make_ahead(connection: &mut PgConnection, today: Date) -> Result<(), sqlx::Error> {
    sqlx::query("select public.tollgate_ensure_partition($1::text::date + days) from generate_series(0, $2::int) as d (days)")
        .bind(today.to_string())
        .bind(i32::try_from(AHEAD).unwrap_or(i32::MAX))
        .execute(connection)
        .await?;
    Ok(())
}

/// Drops the days that are more than `keep` days before today, if they are sealed.
pub async fn drop_old(connection: &mut PgConnection, today: Date, keep: u16) -> Result<Swept, sqlx::Error> {
    let first_kept = today.saturating_sub(Span::new().days(i64::from(keep.max(FEWEST))));
    let rows = sqlx::query(
        "select right(c.relname, 8) as day
         from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = 'public.provider_usage_logs'::regclass and c.relname ~ '^provider_usage_logs_p[0-9]{8}$'
         order by 1",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut swept = Swept::default();
    for row in rows {
        let name: String = row.try_get("day")?;
        let Ok(day) = Date::strptime("%Y%m%d", &name) else { continue };
        if day >= first_kept {
            break;
        }
        match drop_day(connection, day).await {
            Ok(true) => swept.dropped.push(day),
            Ok(false) => swept.kept.push(day),
            Err(error) if waited_too_long(&error) => swept.kept.push(day),
            Err(error) => return Err(error),
        }
    }
    Ok(swept)
}

/// False: it is not sealed.
async fn drop_day(connection: &mut PgConnection, day: Date) -> Result<bool, sqlx::Error> {
    let partition = format!("public.provider_usage_logs_p{}", day.strftime("%Y%m%d"));
    let mut transaction = connection.begin().await?;
    // While the lock is waited for, others queue behind: not for long. First the parent, as those who write do.
    let locks = format!(
        "set local lock_timeout = '1s';
         lock table only public.provider_usage_logs in access exclusive mode;
         lock table only {partition} in access exclusive mode"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(locks)).execute(&mut *transaction).await?;
    // Now nobody writes, and the marks of all who wrote can be seen.
    let sealed: bool = sqlx::query_scalar(
        "select not exists (select from public.usage_dirty
                            where hour >= $1::text::date::timestamp at time zone 'UTC'
                              and hour < ($1::text::date + 1)::timestamp at time zone 'UTC')
            and not exists (select from public.usage_dirty_days where day = $1::text::date)
            and not exists (select from public.usage_rolling
                            where start >= $1::text::date::timestamp at time zone 'UTC'
                              and start < ($1::text::date + 1)::timestamp at time zone 'UTC')",
    )
    .bind(day.to_string())
    .fetch_one(&mut *transaction)
    .await?;
    if !sealed {
        return Ok(false);
    }
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("drop table {partition}"))).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(true)
}

fn waited_too_long(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.as_deref() == Some("55P03") // lock_not_available
}

/// Clears away what no partition takes with it: times given to ids whose day is gone, and quarantined rows that are older
/// than rows are kept, or more than are kept. Gives how many quarantined rows there are.
pub async fn clear_away(connection: &mut PgConnection, today: Date, keep: u16) -> Result<i64, sqlx::Error> {
    let first_kept = today.saturating_sub(Span::new().days(i64::from(keep.max(FEWEST)))).to_string();
    // Not those whose day is still there, sealed or not: the next sending must find its row.
    sqlx::query(
        "delete from public.usage_clamped c
         where c.created_at < $1::text::date::timestamp at time zone 'UTC'
           and to_regclass('public.provider_usage_logs_p' || to_char(c.created_at at time zone 'UTC', 'YYYYMMDD')) is null",
    )
    .bind(&first_kept)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "delete from public.usage_quarantine
         where received_at < greatest($1::text::date::timestamp at time zone 'UTC',
                                      (select received_at from public.usage_quarantine order by received_at desc offset $2 limit 1))",
    )
    .bind(&first_kept)
    .bind(QUARANTINE)
    .execute(&mut *connection)
    .await?;
    sqlx::query_scalar("select count(*) from public.usage_quarantine").fetch_one(connection).await
}
