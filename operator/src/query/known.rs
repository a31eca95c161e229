//! What the rollups do not have as it is, and since when there are rows.

use std::collections::BTreeSet;

use sqlx::{Postgres, Row, Transaction};

use super::clock::{DAY, floor};
use crate::database::rollup::parts::CUTS;

/// What the database said, in Unix seconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Hours whose rows changed since they were rolled up, or are being rolled up.
    pub(super) open_hours: BTreeSet<i64>,
    /// The same of the days of the rollup by user.
    pub(super) open_days: BTreeSet<i64>,
    /// Days whose rollups changed since they were summed.
    pub(super) unsummed_days: BTreeSet<i64>,
    /// The first moment whose rows are still there.
    pub(super) oldest_row: i64,
    /// Days of which is known what came after midnights of zones that cut an hour.
    pub(super) part_days: BTreeSet<i64>,
    /// The reader sees the sums that are of all namespaces together.
    pub(super) sees_totals: bool,
}

// === impl Known ===

impl Known {
    pub(super) fn is_summed(&self, day: i64) -> bool {
        !self.open_days.contains(&day) && !self.unsummed_days.contains(&day)
    }

    /// Whether there is a sum of what came after this moment in its hour.
    pub(super) fn has_part(&self, cut: i64) -> bool {
        let day = floor(cut, DAY);
        CUTS.contains(&(cut - day)) && self.is_summed(day) && self.part_days.contains(&day)
    }

    pub(super) async fn look_up(
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
    ) -> Result<Self, sqlx::Error> {
        let row = sqlx::query(
            "select array(select extract(epoch from hour)::bigint from public.usage_dirty where cluster = $1
                          union select extract(epoch from start)::bigint from public.usage_rolling
                          where cluster = $1 and grain = 'hour') as hours,
                    array(select extract(epoch from day)::bigint from public.usage_dirty_days where cluster = $1
                          union select extract(epoch from (start at time zone 'UTC')::date)::bigint from public.usage_rolling
                          where cluster = $1 and grain = 'day') as days,
                    array(select extract(epoch from day)::bigint from public.usage_unsummed_days where cluster = $1) as unsummed,
                    array(select extract(epoch from day)::bigint from public.usage_hour_part_days where cluster = $1) as parts,
                    exists (select from public.usage_user_totals_daily where cluster = $1) as sees_totals,
                    (select extract(epoch from min(to_date(right(c.relname, 8), 'YYYYMMDD')))::bigint
                     from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
                     where i.inhparent = 'public.provider_usage_logs'::regclass and c.relname ~ '_p[0-9]{8}$') as oldest",
        )
        .bind(cluster)
        .fetch_one(&mut **transaction)
        .await?;
        let open_hours: BTreeSet<i64> = row.try_get::<Vec<i64>, _>("hours")?.into_iter().collect();
        let mut open_days: BTreeSet<i64> = row.try_get::<Vec<i64>, _>("days")?.into_iter().collect();
        open_days.extend(open_hours.iter().map(|hour| floor(*hour, DAY)));
        let unsummed_days: BTreeSet<i64> = row.try_get::<Vec<i64>, _>("unsummed")?.into_iter().collect();
        let oldest_row = row.try_get::<Option<i64>, _>("oldest")?.unwrap_or(i64::MAX);
        let part_days = row.try_get::<Vec<i64>, _>("parts")?.into_iter().collect();
        let sees_totals = row.try_get("sees_totals")?;
        Ok(Self { open_hours, open_days, unsummed_days, oldest_row, part_days, sees_totals })
    }
}
