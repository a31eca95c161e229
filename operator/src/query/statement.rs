//! A question about sums, as the one statement that asks it: each source by itself, then all of them together.

use sqlx::{Postgres, QueryBuilder};

use super::{
    figures::COLUMNS,
    filter::Dimension,
    sources::{Level, Sources, Sums},
    usage::Ask,
};

const SUMS: [&str; 11] = [
    "calls",
    "refused_calls",
    "failed_calls",
    "unpriced_calls",
    "cost",
    "estimated_cost",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
];

/// Of each source, where only the dearest are wanted; and of the whole.
const RANKED: &str = "sum(calls) as calls, sum(cost_usd) as cost";
const RANKED_SUMS: [&str; 2] = ["calls", "cost"];
const RANKED_COLUMNS: &str = "coalesce(sum(calls), 0)::text as calls, coalesce(sum(cost), 0)::text as cost, '0' as refused_calls,
    '0' as failed_calls, '0' as unpriced_calls, '0' as estimated_cost, '0' as input_tokens, '0' as output_tokens,
    '0' as cached_input_tokens, '0' as cache_write_tokens, '0' as reasoning_tokens";

/// What `failed_calls` counts; the rollup by user counts the same.
const FAILED: &str = "('provider_error', 'provider_closed', 'unreachable')";

/// What parts of the statement have in common.
struct Arm<'a> {
    ask: &'a Ask,
    bounds: &'a [i64],
    cluster: &'a str,
    grouped: &'a str,
}

const DAY: i64 = 86_400;

/// Each source is summed by its own columns, for whose values the database knows how many there are; then their sums are added up. Numbers
/// that we made ourselves are written into the text: so partitions that are not asked for are not looked at.
pub(super) fn statement(
    cluster: &str,
    ask: &Ask,
    bounds: &[i64],
    sources: &Sources,
    level: Option<Level>,
) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("with lines as (");
    let mut first = true;
    let mut or = |query: &mut QueryBuilder<Postgres>| {
        if !std::mem::take(&mut first) {
            query.push(" union all ");
        }
    };
    let keys: Vec<String> = (0..ask.by.len()).map(|at| format!("k{at}")).collect();
    let grouped: String = keys.iter().map(|key| format!(", {key}")).collect();
    for is_by_day in [false, true] {
        let stretches = if is_by_day { &sources.whole_days } else { &sources.hours };
        if stretches.is_empty() {
            continue;
        }
        or(&mut query);
        let at = if is_by_day { "day::timestamp at time zone 'UTC'" } else { "hour" };
        head(&mut query, ask, bounds, at, Dimension::column);
        query.push(if ask.is_rank { RANKED.to_owned() } else { format!(
            "sum(calls) as calls, sum(calls) filter (where outcome = 'refused') as refused_calls,
             sum(calls) filter (where outcome in {FAILED}) as failed_calls, sum(unpriced_calls) as unpriced_calls,
             sum(cost_usd) as cost, sum(cost_usd) filter (where usage_source = 'estimated') as estimated_cost,
             sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens, sum(cached_input_tokens) as cached_input_tokens,
             sum(cache_write_tokens) as cache_write_tokens, sum(reasoning_tokens) as reasoning_tokens"
        )});
        let stretch = |(from, until): &(i64, i64)| {
            if is_by_day {
                format!("(day >= 'epoch'::date + {} and day < 'epoch'::date + {})", from / DAY, until / DAY)
            } else {
                format!("(hour >= to_timestamp({from}) and hour < to_timestamp({until}))")
            }
        };
        let stretches: Vec<String> = stretches.iter().map(stretch).collect();
        query.push(format!(
            " from public.{} where ({}) and cluster = ",
            if is_by_day { "usage_daily" } else { "usage_hourly" },
            stretches.join(" or ")
        ));
        query.push_bind(cluster.to_owned());
        if !is_by_day && !sources.but.is_empty() {
            let but: Vec<String> = sources.but.iter().map(|hour| format!("to_timestamp({hour})")).collect();
            query.push(format!(" and hour not in ({})", but.join(", ")));
        }
        // a day may have lines that nothing is left of
        query.push(" and calls > 0");
        ask.filter.push_on_rollup(&mut query, Dimension::column);
        query.push(format!(" group by bucket{grouped}"));
    }
    let summed: &[&str] = if ask.is_rank { &RANKED_SUMS } else { &SUMS };
    let arm = Arm { ask, bounds, cluster, grouped: &grouped };
    if !sources.days.is_empty() {
        or(&mut query);
        arm.of_days(&mut query, &sources.days, "day::timestamp at time zone 'UTC'");
    }
    if let Some(level) = level {
        let Sums { weeks, less, days } = &sources.sums;
        // a week may begin before the span does
        let from = bounds.first().copied().unwrap_or_default();
        let week = |day: &str| {
            format!("greatest(date_trunc('week', {day}::timestamp) at time zone 'UTC', to_timestamp({from}))")
        };
        let day = "start::timestamp at time zone 'UTC'".to_owned();
        for (length, starts, at) in [(7, weeks, week("start")), (1, days, day)] {
            if !starts.is_empty() {
                or(&mut query);
                arm.of_sums(&mut query, level, length, starts, &at);
            }
        }
        if !less.is_empty() {
            or(&mut query);
            let negative: Vec<String> = summed.iter().map(|name| format!("-{name} as {name}")).collect();
            query.push(format!("select bucket{grouped}, {} from (", negative.join(", ")));
            if level == Level::All {
                arm.of_sums(&mut query, level, 1, less, &week("start"));
            } else {
                let days: Vec<(i64, i64)> = less.iter().map(|day| (*day, day + DAY)).collect();
                arm.of_days(&mut query, &days, &week("day"));
            }
            query.push(") less");
        }
    }
    if !sources.rows.is_empty() {
        or(&mut query);
        head(&mut query, ask, bounds, "created_at", Dimension::key);
        query.push(if ask.is_rank { RANKED.replace("sum(calls)", "sum(merged.calls)") } else { format!(
            "sum(merged.calls) as calls, sum(merged.calls) filter (where outcome = 'refused') as refused_calls,
             sum(merged.calls) filter (where outcome in {FAILED}) as failed_calls,
             sum(merged.calls) filter (where cost_usd is null) as unpriced_calls,
             sum(cost_usd) as cost, sum(cost_usd) filter (where usage_source = 'estimated') as estimated_cost,
             sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens, sum(cached_input_tokens) as cached_input_tokens,
             sum(cache_write_tokens) as cache_write_tokens, sum(reasoning_tokens) as reasoning_tokens"
        )});
        query.push(
            " from public.provider_usage_logs
             cross join lateral (
                 select case when metadata ->> 'merged' ~ '^[1-9][0-9]{0,8}$' then (metadata ->> 'merged')::bigint else 1 end as calls
             ) merged
             where coalesce(cluster, '') = ",
        );
        query.push_bind(cluster.to_owned());
        let stretches: Vec<String> = sources
            .rows
            .iter()
            .map(|(from, until)| {
                format!("(created_at >= to_timestamp({from}) and created_at < to_timestamp({until}))")
            })
            .collect();
        query.push(format!(" and ({})", stretches.join(" or ")));
        ask.filter.push_on_rows(&mut query);
        query.push(format!(" group by bucket{grouped}"));
    }
    if first {
        // nothing to ask: a statement of the same shape, without rows
        head(&mut query, ask, bounds, "now()", Dimension::column_of_days);
        let nothing: Vec<String> = summed.iter().map(|name| format!("0 as {name}")).collect();
        query.push(format!("{} from public.usage_users_daily where false", nothing.join(", ")));
    }
    let sums: Vec<String> = summed.iter().map(|name| format!("coalesce(sum({name}), 0) as {name}")).collect();
    let top = i64::from(ask.top);
    let (listed, joined) = if keys.is_empty() {
        (String::new(), "cross join ranked".to_owned())
    } else {
        (format!("{}, ", keys.join(", ")), format!("join ranked using ({})", keys.join(", ")))
    };
    // one group where nothing tells them apart
    let ranked = if keys.is_empty() { "()".to_owned() } else { keys.join(", ") };
    let ordered: String = keys.iter().map(|key| format!(", {key}")).collect();
    query.push(format!(
        "), grouped as (
             select bucket{grouped}, {} from lines group by bucket{grouped} having sum(calls) > 0
         ), ranked as (
             select {listed}row_number() over (order by sum(cost) desc, sum(calls) desc{ordered}) as place, count(*) over () as groups
             from grouped group by {ranked}
         )
         select least(place, {top} + 1) as place, bucket, case when place <= {top} then array[{}]::text[] end as key,
             min(groups) as groups, {}
         from grouped {joined}
         group by 1, 2, 3 order by 1, 2",
        sums.join(", "),
        keys.join(", "),
        if ask.is_rank { RANKED_COLUMNS } else { COLUMNS }
    ));
    query
}

// === impl Arm ===

impl Arm<'_> {
    /// Of days of users.
    fn of_days(&self, query: &mut QueryBuilder<Postgres>, days: &[(i64, i64)], at: &str) {
        let Self { ask, bounds, cluster, grouped } = *self;
        head(query, ask, bounds, at, Dimension::column_of_days);
        query.push(if ask.is_rank { RANKED } else {
            "sum(calls) as calls, sum(refused_calls) as refused_calls, sum(failed_calls) as failed_calls,
             sum(unpriced_calls) as unpriced_calls, sum(cost_usd) as cost, sum(estimated_usd) as estimated_cost,
             sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens,
             sum((units ->> 'input_cached')::numeric) as cached_input_tokens,
             sum(coalesce((units ->> 'input_cache_write')::numeric, 0) + coalesce((units ->> 'input_cache_write_5m')::numeric, 0)
                 + coalesce((units ->> 'input_cache_write_1h')::numeric, 0)) as cache_write_tokens,
             sum((units ->> 'output_reasoning')::numeric) as reasoning_tokens"
        });
        query.push(" from public.usage_users_daily where cluster = ");
        query.push_bind(cluster.to_owned());
        let stretches: Vec<String> = days
            .iter()
            .map(|(from, until)| {
                let day = |second: &i64| format!("'epoch'::date + {}", second / DAY);
                format!("(day >= {} and day < {})", day(from), day(until))
            })
            .collect();
        query.push(format!(" and ({})", stretches.join(" or ")));
        ask.filter.push_on_rollup(query, Dimension::column_of_days);
        query.push(format!(" group by bucket{grouped}"));
    }

    /// Of users over so many days each.
    fn of_sums(&self, query: &mut QueryBuilder<Postgres>, level: Level, days: u8, starts: &[i64], at: &str) {
        let Self { ask, bounds, cluster, grouped } = *self;
        head(query, ask, bounds, at, Dimension::column_of_sums);
        query.push(if ask.is_rank { RANKED } else {
            "sum(calls) as calls, sum(refused_calls) as refused_calls, sum(failed_calls) as failed_calls,
             sum(unpriced_calls) as unpriced_calls, sum(cost_usd) as cost, sum(estimated_usd) as estimated_cost,
             sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens, sum(cached_input_tokens) as cached_input_tokens,
             sum(cache_write_tokens) as cache_write_tokens, sum(reasoning_tokens) as reasoning_tokens"
        });
        let starts: Vec<String> =
            starts.iter().map(|start| format!("'epoch'::date + {}", start / DAY)).collect();
        query.push(format!(
            " from public.usage_users_sums where level = {} and days = {days} and start in ({}) and calls > 0 and cluster = ",
            level as u8,
            starts.join(", ")
        ));
        query.push_bind(cluster.to_owned());
        // what a level has no words of is said, for the index's sake
        query.push(match level {
            Level::All => " and feature = '' and namespace = ''",
            Level::Namespace => " and feature = ''",
            Level::Feature => "",
        });
        ask.filter.push_on_rollup(query, Dimension::column_of_sums);
        query.push(format!(" group by bucket{grouped}"));
    }
}

/// A line's bucket and key; `at` is when it was.
fn head<C: std::fmt::Display>(
    query: &mut QueryBuilder<Postgres>,
    ask: &Ask,
    bounds: &[i64],
    at: &str,
    column: fn(Dimension) -> C,
) {
    query.push("select ");
    bucket(query, bounds, at);
    query.push(", ");
    for (place, dimension) in ask.by.iter().enumerate() {
        query.push(format!("{} as k{place}, ", column(*dimension)));
    }
}

/// In which bucket it was, from 0.
pub(super) fn bucket(query: &mut QueryBuilder<Postgres>, bounds: &[i64], at: &str) {
    if bounds.len() > 1 {
        query.push(format!("width_bucket({at}, (select array_agg(to_timestamp(b) order by b) from unnest("));
        query.push_bind(bounds.to_vec()).push("::bigint[]) b)) - 1");
    } else {
        query.push("0");
    }
    query.push(" as bucket");
}
