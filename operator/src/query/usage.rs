//! Sums, by group and by bucket.

use jiff::Timestamp;
use serde::Serialize;
use sqlx::{Postgres, QueryBuilder, Row, Transaction};

use super::{
    figures::{COLUMNS, Figures},
    filter::{Dimension, Filter},
    reader::known,
    sources::Sources,
    span::{Span, Step},
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ask {
    pub span: Span,
    /// None: the span as one bucket.
    pub step: Option<Step>,
    pub filter: Filter,
    /// What groups are told apart by; none: one group.
    pub by: Vec<Dimension>,
    /// So many groups, those that cost most; all others are one more.
    pub top: u16,
    /// Only which groups cost most is wanted: cost and calls, no other sums.
    pub(super) is_rank: bool,
}

/// What there is.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// When each bucket begins.
    pub bounds: Vec<Timestamp>,
    pub sum: Figures,
    /// Of all groups together, by bucket.
    pub buckets: Vec<Figures>,
    /// Those that cost most first; what is left of them last.
    pub groups: Vec<Group>,
    /// An hour that an edge cuts is counted where it begins, for its rows are gone.
    pub coarse: bool,
    /// So many hours changed and are still being summed: they may count too little.
    pub hours_behind: usize,
}

/// Calls that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub key: Key,
    pub sum: Figures,
    pub buckets: Vec<Figures>,
}

/// Whose figures they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Key {
    /// A value of each dimension that was asked by; `""` where calls have none.
    Of(Vec<String>),
    /// All groups past the first; so many.
    Others(u64),
}

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

/// Of each source, where only the dearest are wanted.
const RANKED: &str = "sum(calls) as calls, 0 as refused_calls, 0 as failed_calls, 0 as unpriced_calls, sum(cost_usd) as cost,
    0 as estimated_cost, 0 as input_tokens, 0 as output_tokens, 0 as cached_input_tokens, 0 as cache_write_tokens, 0 as reasoning_tokens";

/// What `failed_calls` counts; the rollup by user counts the same.
const FAILED: &str = "('provider_error', 'provider_closed', 'unreachable')";

// === impl Ask ===

impl Ask {
    /// The span as one, of all calls.
    pub fn of(span: Span) -> Self {
        Self { span, step: None, filter: Filter::default(), by: Vec::new(), top: 100, is_rank: false }
    }

    #[must_use]
    pub fn filtered(self, filter: &Filter) -> Self {
        Self { filter: filter.clone(), ..self }
    }

    #[must_use]
    pub fn stepped(self, step: Step) -> Self {
        Self { step: Some(step), ..self }
    }

    #[must_use]
    pub fn by(self, by: &[Dimension], top: u16) -> Self {
        Self { by: by.to_vec(), top, ..self }
    }

    pub(super) fn is_about_users(&self) -> bool {
        self.dimensions().any(|dimension| dimension == Dimension::User)
    }

    pub(super) fn is_by_user(&self) -> bool {
        self.by.contains(&Dimension::User)
    }

    fn dimensions(&self) -> impl Iterator<Item = Dimension> {
        self.by.iter().copied().chain(self.filter.dimensions())
    }
}

// === impl Usage ===

impl Usage {
    pub(super) async fn look_up(
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        ask: &Ask,
    ) -> Result<Self, sqlx::Error> {
        let bounds = match ask.step {
            Some(step) => ask.span.bounds(step),
            None => vec![ask.span.from],
        };
        if ask.span.is_empty() {
            return Ok(Self::default());
        }
        let seconds: Vec<i64> = bounds.iter().map(|bound| bound.as_second()).collect();
        let until = ask.span.until.as_second();
        let known = known(transaction, cluster, ask.span.from.as_second()).await?;
        let sources = if ask.is_about_users() {
            let finer = ask.dimensions().any(Dimension::is_finer_than_days);
            Sources::by_day(&seconds, until, &known, finer)
        } else {
            Sources::by_hour(&seconds, until, &known)
        };
        let mut query = statement(cluster, ask, &seconds, &sources);
        let rows = query.build().fetch_all(&mut **transaction).await?;
        let empty = vec![Figures::default(); bounds.len()];
        let mut usage = Self {
            bounds,
            sum: Figures::default(),
            buckets: empty.clone(),
            groups: Vec::new(),
            coarse: sources.coarse,
            hours_behind: sources.behind,
        };
        // by place: a group's rows stand together
        let mut last = None;
        for row in rows {
            let figures = Figures::read(&row)?;
            let place: i64 = row.try_get("place")?;
            let bucket = usize::try_from(row.try_get::<i32, _>("bucket")?).unwrap_or(0);
            if last != Some(place) {
                last = Some(place);
                let groups: i64 = row.try_get("groups")?;
                let key = match row.try_get::<Option<Vec<String>>, _>("key")? {
                    Some(key) => Key::Of(key),
                    None => Key::Others(u64::try_from(groups + 1 - place).unwrap_or(0)),
                };
                usage.groups.push(Group { key, sum: Figures::default(), buckets: empty.clone() });
            }
            usage.sum += figures;
            if let Some(sum) = usage.buckets.get_mut(bucket) {
                *sum += figures;
            }
            if let Some(group) = usage.groups.last_mut() {
                group.sum += figures;
                if let Some(sum) = group.buckets.get_mut(bucket) {
                    *sum += figures;
                }
            }
        }
        Ok(usage)
    }
}

/// Each source is summed by its own columns, for whose values the database knows how many there are; then their sums are added up. Numbers
/// that we made ourselves are written into the text: so partitions that are not asked for are not looked at.
fn statement(cluster: &str, ask: &Ask, bounds: &[i64], sources: &Sources) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("with lines as (");
    let mut first = true;
    let mut or = |query: &mut QueryBuilder<Postgres>| {
        if !std::mem::take(&mut first) {
            query.push(" union all ");
        }
    };
    let keys: Vec<String> = (0..ask.by.len()).map(|at| format!("k{at}")).collect();
    let grouped: String = keys.iter().map(|key| format!(", {key}")).collect();
    if let Some((from, until)) = sources.hours {
        or(&mut query);
        head(&mut query, ask, bounds, "hour", Dimension::column);
        query.push(if ask.is_rank { RANKED.to_owned() } else { format!(
            "sum(calls) as calls, sum(calls) filter (where outcome = 'refused') as refused_calls,
             sum(calls) filter (where outcome in {FAILED}) as failed_calls, sum(unpriced_calls) as unpriced_calls,
             sum(cost_usd) as cost, sum(cost_usd) filter (where usage_source = 'estimated') as estimated_cost,
             sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens, sum(cached_input_tokens) as cached_input_tokens,
             sum(cache_write_tokens) as cache_write_tokens, sum(reasoning_tokens) as reasoning_tokens"
        )});
        query.push(format!(
            " from public.usage_hourly where hour >= to_timestamp({from}) and hour < to_timestamp({until}) and cluster = "
        ));
        query.push_bind(cluster.to_owned());
        if !sources.but.is_empty() {
            let but: Vec<String> = sources.but.iter().map(|hour| format!("to_timestamp({hour})")).collect();
            query.push(format!(" and hour not in ({})", but.join(", ")));
        }
        ask.filter.push_on_rollup(&mut query, Dimension::column);
        query.push(format!(" group by bucket{grouped}"));
    }
    if !sources.days.is_empty() {
        or(&mut query);
        head(&mut query, ask, bounds, "day::timestamp at time zone 'UTC'", Dimension::column_of_days);
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
        let stretches: Vec<String> = sources
            .days
            .iter()
            .map(|(from, until)| {
                let day = |second: &i64| format!("(to_timestamp({second}) at time zone 'UTC')::date");
                format!("(day >= {} and day < {})", day(from), day(until))
            })
            .collect();
        query.push(format!(" and ({})", stretches.join(" or ")));
        ask.filter.push_on_rollup(&mut query, Dimension::column_of_days);
        query.push(format!(" group by bucket{grouped}"));
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
        let nothing: Vec<String> = SUMS.iter().map(|name| format!("0 as {name}")).collect();
        query.push(format!("{} from public.usage_users_daily where false", nothing.join(", ")));
    }
    let sums: Vec<String> = SUMS.iter().map(|name| format!("coalesce(sum({name}), 0) as {name}")).collect();
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
             select bucket{grouped}, {} from lines group by bucket{grouped}
         ), ranked as (
             select {listed}row_number() over (order by sum(cost) desc, sum(calls) desc{ordered}) as place, count(*) over () as groups
             from grouped group by {ranked}
         )
         select least(place, {top} + 1) as place, bucket, case when place <= {top} then array[{}]::text[] end as key,
             min(groups) as groups, {COLUMNS}
         from grouped {joined}
         group by 1, 2, 3 order by 1, 2",
        sums.join(", "),
        keys.join(", ")
    ));
    query
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
