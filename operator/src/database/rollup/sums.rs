//! Sums of the two rollups, by day and by week, for questions over months. What a statement changed in a rollup it has marked
//! (`usage_unsummed`, by triggers): days that are settled are summed anew, and of their week the features that changed; then the standings
//! that are copies of them.

use jiff::civil::Date;
use sqlx::{Connection, PgConnection};

use super::{
    PLANNING, Part, Remade, marks, out_of_units, parts, standings,
    sum::{OF_HOURS, Sum},
    taken::Taken,
};

/// Weeks with a marked day whose rollups are up to date: what still goes on would be summed each minute for nobody.
pub(super) const MARKED: &str = "select cluster, date_trunc('week', day::timestamp)::date::text as week
    from public.usage_unsummed_ready group by 1, 2 order by 2 desc, 1 limit $1";

/// Takes the marks of a week and sums what they name, in one transaction.
pub(super) async fn remake(
    connection: &mut PgConnection,
    part: &Part,
    cluster: &str,
    week: Date,
) -> Result<Remade, sqlx::Error> {
    let week = &week.to_string();
    let mut transaction = connection.begin().await?;
    // by week, too: two that sum a week at once would each leave their lines
    if !marks::lock(&mut transaction, part).await? {
        return Ok(Remade::Busy);
    }
    let Some(taken) = Taken::of(&mut transaction, cluster, week).await? else { return Ok(Remade::Busy) };
    sqlx::raw_sql(PLANNING).execute(&mut *transaction).await?;
    let mut changed = taken.run(&mut transaction, cluster, six_hours(&taken.days).statement()).await?;
    changed += parts::remake(&mut transaction, cluster, &taken, changed > 0).await?;
    let sums = [days(&taken.days), user_total_days(&taken.days), user_total_weeks(week), user_weeks(week)];
    let statements = sums.iter().map(Sum::statement).chain(standings::statements(&taken.days, week));
    for statement in statements {
        changed += taken.run(&mut transaction, cluster, statement).await?;
    }
    sqlx::query(
        "delete from public.usage_users_totalled where cluster = $1 and day = any($2::text[]::date[])",
    )
    .bind(cluster)
    .bind(&taken.days)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Remade::Done { changed })
}

/// `usage_six_hourly` of these days.
fn six_hours(days: &[String]) -> Sum {
    Sum {
        table: "usage_six_hourly",
        keys: "cluster, six_hours, namespace, workload, feature, provider, model, outcome, usage_source",
        figures: same(&OF_HOURS),
        within: within(days, "six_hours"),
        source: format!(
            "(select *, to_timestamp(floor(extract(epoch from hour) / 21600) * 21600) as six_hours from public.usage_hourly s
              where cluster = $1 and {}) hours",
            within(days, "hour")
        ),
    }
}

/// `usage_daily` of these days, of what their six hours are now.
fn days(days: &[String]) -> Sum {
    Sum {
        table: "usage_daily",
        keys: "cluster, day, namespace, workload, feature, provider, model, outcome, usage_source",
        figures: same(&OF_HOURS),
        within: of_days(days),
        source: format!(
            "(select *, (six_hours at time zone 'UTC')::date as day from public.usage_six_hourly s where cluster = $1 and {}) parts",
            within(days, "six_hours")
        ),
    }
}

/// `usage_user_totals_daily` of these days.
pub(super) fn user_total_days(days: &[String]) -> Sum {
    Sum {
        table: "usage_user_totals_daily",
        keys: "cluster, day, user_id",
        figures: OF_USERS.map(|name| (name, out_of_units(name))).to_vec(),
        within: of_days(days),
        source: format!("public.usage_users_daily s where cluster = $1 and {}", of_days(days)),
    }
}

/// `usage_user_totals_weekly` of the week, of what its days are now.
fn user_total_weeks(week: &str) -> Sum {
    Sum {
        table: "usage_user_totals_weekly",
        keys: "cluster, week, user_id",
        figures: same(&OF_USERS),
        within: format!("s.week = '{week}'"),
        source: format!(
            "(select *, '{week}'::date as week from public.usage_user_totals_daily
              where cluster = $1 and day >= '{week}' and day < '{week}'::date + 7) days"
        ),
    }
}

/// `usage_users_weekly` of the week, of the marked features.
fn user_weeks(week: &str) -> Sum {
    let marked = "(s.namespace, s.feature) in (select * from unnest($2::text[], $3::text[]))";
    Sum {
        table: "usage_users_weekly",
        keys: "cluster, week, namespace, feature, user_id",
        figures: OF_USERS.map(|name| (name, out_of_units(name))).to_vec(),
        within: format!("s.week = '{week}' and {marked}"),
        source: format!(
            "(select *, '{week}'::date as week from public.usage_users_daily s
              where cluster = $1 and day >= '{week}' and day < '{week}'::date + 7 and {marked}) days"
        ),
    }
}

/// What sums of users have.
const OF_USERS: [&str; 11] = [
    "calls",
    "refused_calls",
    "failed_calls",
    "unpriced_calls",
    "cost_usd",
    "estimated_usd",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
];

fn same(names: &[&'static str]) -> Vec<(&'static str, &'static str)> {
    names.iter().map(|name| (*name, *name)).collect()
}

/// Of `s`, where the column is a moment.
fn within(days: &[String], column: &str) -> String {
    let each: Vec<String> = days
        .iter()
        .map(|day| {
            format!(
                "(s.{column} >= '{day}'::timestamp at time zone 'UTC' and s.{column} < ('{day}'::date + 1)::timestamp at time zone 'UTC')"
            )
        })
        .collect();
    format!("({})", each.join(" or "))
}

fn of_days(days: &[String]) -> String {
    let days: Vec<String> = days.iter().map(|day| format!("'{day}'")).collect();
    format!("s.day in ({})", days.join(", "))
}
