//! Sums by user of a day that still goes on, made with its rollup: to add up its lines, one for nearly each call, takes each reader longer.

use sqlx::PgConnection;

use super::{sums, taken::Taken};

/// Of a day whose rollup was made anew in this transaction, unless its sums are up to date.
pub(super) async fn remake(
    connection: &mut PgConnection,
    cluster: &str,
    day: &str,
) -> Result<(), sqlx::Error> {
    let is_behind =
        "select exists (select from public.usage_unsummed where cluster = $1 and day = $2::text::date)
        and not exists (select from public.usage_users_totalled where cluster = $1 and day = $2::text::date)";
    if !sqlx::query_scalar::<_, bool>(is_behind).bind(cluster).bind(day).fetch_one(&mut *connection).await? {
        return Ok(());
    }
    // whoever sums the day writes the same lines
    sqlx::query("select pg_advisory_xact_lock_shared(public.tollgate_sums_key($1, $2::text::date))")
        .bind(cluster)
        .bind(day)
        .execute(&mut *connection)
        .await?;
    let taken = Taken::of_day(day);
    taken.run(&mut *connection, cluster, sums::user_total_days(&taken.days).statement()).await?;
    sqlx::query(
        "insert into public.usage_users_totalled
         select $1, $2::text::date, namespace, feature, count(*) filter (where user_id <> '')
         from (select distinct namespace, feature, user_id from public.usage_users_daily where cluster = $1 and day = $2::text::date) users
         group by namespace, feature",
    )
    .bind(cluster)
    .bind(day)
    .execute(connection)
    .await?;
    Ok(())
}
