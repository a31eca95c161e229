//! What of an hour came after a zone's midnight that cuts it: `usage_hour_parts`. Made of rows for as long as there are some; a day whose rollup changed
//! after they were gone has none any more.

use sqlx::PgConnection;

use super::{
    sum::{OF_HOURS, Sum},
    taken::Taken,
};
use crate::database::calls::MERGED;

const HOUR: i64 = 3_600;
const MINUTE: i64 = 60;

/// Where days of zones begin, in seconds of UTC's day, that begin at no whole hour of it: from Newfoundland's to Iran's.
pub(crate) const CUTS: [i64; 13] = [
    2 * HOUR + 30 * MINUTE,
    3 * HOUR + 30 * MINUTE,
    9 * HOUR + 30 * MINUTE,
    10 * HOUR + 15 * MINUTE,
    11 * HOUR + 15 * MINUTE,
    13 * HOUR + 30 * MINUTE,
    14 * HOUR + 30 * MINUTE,
    15 * HOUR + 15 * MINUTE,
    17 * HOUR + 30 * MINUTE,
    18 * HOUR + 15 * MINUTE,
    18 * HOUR + 30 * MINUTE,
    19 * HOUR + 30 * MINUTE,
    20 * HOUR + 30 * MINUTE,
];

/// Makes the parts of the days anew that were marked. `changed`: their hours did.
pub(super) async fn remake(
    connection: &mut PgConnection,
    cluster: &str,
    taken: &Taken,
    changed: bool,
) -> Result<u64, sqlx::Error> {
    let kept: Vec<String> = sqlx::query_scalar(
        "select day from unnest($1::text[]) day
         where to_regclass('public.provider_usage_logs_p' || to_char(day::date, 'YYYYMMDD')) is not null",
    )
    .bind(&taken.days)
    .fetch_all(&mut *connection)
    .await?;
    let gone: Vec<&String> = taken.days.iter().filter(|day| !kept.contains(day)).collect();
    let mut lines = 0;
    // a day is a partition: which are looked at is known before the first is
    for day in &kept {
        lines += taken.run(connection, cluster, sum(day).statement()).await?;
    }
    sqlx::query(
        "insert into public.usage_hour_part_days select $1, unnest($2::text[])::date on conflict do nothing",
    )
    .bind(cluster)
    .bind(&kept)
    .execute(&mut *connection)
    .await?;
    if changed && !gone.is_empty() {
        sqlx::query(
            "with forgotten as (
                 delete from public.usage_hour_part_days where cluster = $1 and day = any($2::text[]::date[])
             )
             delete from public.usage_hour_parts where cluster = $1 and (since at time zone 'UTC')::date = any($2::text[]::date[])",
        )
        .bind(cluster)
        .bind(&gone)
        .execute(connection)
        .await?;
    }
    Ok(lines)
}

/// `usage_hour_parts` of a day.
fn sum(day: &str) -> Sum {
    let midnight = format!("'{day}'::timestamp at time zone 'UTC'");
    let at =
        |second: i64| format!("'{day} {:02}:{:02}Z'::timestamptz", second / HOUR, second % HOUR / MINUTE);
    let marked = |columns: &str| format!("({columns}) in (select * from unnest($2::text[], $3::text[]))");
    let ends = CUTS.iter().map(|cut| (cut / HOUR + 1) * HOUR);
    let within: Vec<String> = CUTS
        .iter()
        .zip(ends)
        .map(|(cut, end)| format!("(created_at >= {} and created_at < {})", at(*cut), at(end)))
        .collect();
    let moments: Vec<String> = CUTS.iter().map(|cut| at(*cut)).collect();
    let texts = ["workload", "model"].map(|column| format!("left(coalesce({column}, ''), 253) as {column}"));
    let figures = OF_HOURS.map(|name| match name {
        "calls" => (name, "calls"),
        "unpriced_calls" => (name, "case when cost_usd is null then calls end"),
        "cost_usd" => (name, "coalesce(cost_usd, 0)"),
        column => (column, column),
    });
    Sum {
        table: "usage_hour_parts",
        keys: "cluster, since, namespace, workload, feature, provider, model, outcome, usage_source",
        figures: figures.to_vec(),
        within: format!("s.since in ({}) and {}", moments.join(", "), marked("s.namespace, s.feature")),
        source: format!(
            "(select $1::text as cluster,
                     (array[{moments}])[width_bucket(created_at, array[{moments}])] as since,
                     left(coalesce(namespace, ''), 253) as namespace, left(feature, 253) as feature, left(provider, 64) as provider,
                     {texts}, outcome, usage_source, {MERGED} as calls, cost_usd, input_tokens, output_tokens,
                     cached_input_tokens, cache_write_tokens, reasoning_tokens
              from public.provider_usage_logs
              where created_at >= {midnight} and created_at < {midnight} + interval '1 day' and ({within})
                  and coalesce(cluster, '') = $1 and {marked}) rows",
            moments = moments.join(", "),
            texts = texts.join(", "),
            within = within.join(" or "),
            marked = marked("left(coalesce(namespace, ''), 253), left(feature, 253)"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::{ToSpan, civil::date, tz};

    use super::*;

    #[test]
    fn no_zone_has_a_midnight_within_an_hour_that_is_not_among_them() {
        let mut cuts = BTreeSet::new();
        for name in tz::db().available() {
            let zone = tz::db().get(name.as_str()).unwrap();
            let mut day = date(2026, 1, 1);
            while day < date(2028, 1, 1) {
                let midnight = zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap().as_second();
                cuts.extend((midnight % HOUR != 0).then_some(midnight.rem_euclid(24 * HOUR)));
                day = day.saturating_add(1.week());
            }
        }
        assert!(cuts.len() > 5, "{cuts:?}");
        let unknown: Vec<_> = cuts.iter().filter(|cut| !CUTS.contains(cut)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
