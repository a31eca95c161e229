//! Sums of the two rollups, by day and by week, for questions over months. What a statement changed in a rollup it has marked
//! (`usage_unsummed`, by triggers): days that are settled are summed anew, and of their week the features that changed; then the standings
//! that are copies of them.

use jiff::civil::Date;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use super::{PLANNING, Part, Remade, marks, out_of_units, parts, standings};

/// What was marked, and is marked no longer.
pub(super) struct Taken {
    pub(super) days: Vec<String>,
    namespaces: Vec<String>,
    features: Vec<String>,
}

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
    transaction.commit().await?;
    Ok(Remade::Done { changed })
}

// === impl Taken ===

impl Taken {
    /// None: nothing that is settled and in nobody's hands is marked.
    async fn of(
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

/// Lines that are made anew, whole; written is what differs. `$1` is the cluster, `$2` and `$3` are the marked features.
pub(super) struct Sum {
    pub(super) table: &'static str,
    pub(super) keys: &'static str,
    /// Names, and of what they are the sums.
    pub(super) figures: Vec<(&'static str, &'static str)>,
    /// Which lines of the table, as `s`.
    pub(super) within: String,
    /// What they are made of, with a column for each key.
    pub(super) source: String,
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
fn user_total_days(days: &[String]) -> Sum {
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

/// What sums of hours have.
pub(super) const OF_HOURS: [&str; 8] = [
    "calls",
    "unpriced_calls",
    "cost_usd",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
];

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

/// A feature's lines stand together: read one by one they took four times as long.
const BY_FEATURE: &str = " order by namespace, feature";
/// A day's, of those that have no feature, and in it those of the users who are asked for: who cost most. A week's are written at once, and lay
/// over all of its pages.
const BY_USER: &str = " order by 2, cost_usd desc";

// === impl Sum ===

impl Sum {
    pub(super) fn statement(&self) -> String {
        let Self { table, keys, figures, within, source } = self;
        let names: Vec<&str> = figures.iter().map(|(name, _)| *name).collect();
        let sums: Vec<String> = figures
            .iter()
            .map(|(name, summed)| {
                if name.ends_with("_usd") {
                    format!("sum({summed}) as {name}")
                } else {
                    format!("least(coalesce(sum({summed}), 0), 9223372036854775807)::bigint as {name}")
                }
            })
            .collect();
        let of =
            |table: &str| keys.split(", ").map(|key| format!("{table}.{key}")).collect::<Vec<_>>().join(", ");
        // `given`: each of the four takes the same values, of whatever it uses
        format!(
            "with given as (select $2::text[], $3::text[]), fresh as materialized (
                 select {keys}, {sums} from {source} group by {keys}
             ), held as materialized (
                 select {keys}, {names} from public.{table} s where s.cluster = $1 and {within}
             ), gone as (
                 delete from public.{table} s using (select * from held except select * from fresh) stale
                 where s.cluster = $1 and {within} and ({of_line}) = ({of_stale})
             )
             insert into public.{table} ({keys}, {names}) select * from fresh except select * from held{together}",
            together = if keys.contains("feature") { BY_FEATURE } else { BY_USER },
            names = names.join(", "),
            sums = sums.join(", "),
            of_line = of("s"),
            of_stale = of("stale"),
        )
    }
}
