//! What dashboards and the person before them ask, all of it of the rollups, the rows only by index.

use anyhow::{Context, Result};
use serde_json::Value;
use tollgate_tests::harness::postgres;

pub(super) struct Answer {
    pub(super) name: &'static str,
    /// Planned and executed in, the median of [`TIMES`].
    pub(super) ms: f64,
}

const TIMES: usize = 5;

const QUESTIONS: [(&str, &str); 12] = [
    (
        "spend a day by feature, 35 days",
        "select date_trunc('day', hour), feature, sum(cost_usd), sum(unpriced_calls) from public.usage_hourly
         where cluster = '' and hour >= now() - interval '35 days' group by 1, 2 order by 1, 3 desc",
    ),
    (
        "spend an hour, today, by feature",
        "select hour, feature, sum(cost_usd), sum(calls) from public.usage_hourly
         where cluster = '' and hour >= date_trunc('day', now()) group by 1, 2 order by 1",
    ),
    (
        "this month beside the month before",
        "select date_trunc('month', hour), sum(cost_usd), sum(calls), sum(tokens_used) from public.usage_hourly
         where cluster = '' and hour >= date_trunc('month', now()) - interval '1 month' group by 1",
    ),
    (
        "models and providers of a week",
        "select provider, model, sum(cost_usd), sum(input_tokens), sum(output_tokens), sum(cached_input_tokens)
         from public.usage_hourly where cluster = '' and hour >= now() - interval '7 days' group by 1, 2 order by 3 desc",
    ),
    (
        "outcomes of one feature, an hour each, a week",
        "select hour, outcome, sum(calls) from public.usage_hourly
         where namespace = 'team-7' and feature = 'feature-07' and hour >= now() - interval '7 days' group by 1, 2 order by 1",
    ),
    (
        "namespaces and workloads of 30 days",
        "select namespace, workload, sum(cost_usd), sum(calls) from public.usage_hourly
         where cluster = '' and hour >= now() - interval '30 days' group by 1, 2 order by 3 desc limit 50",
    ),
    (
        "the users who cost most, a week",
        "select user_id, sum(cost_usd) as cost, sum(calls) from public.usage_users_daily
         where cluster = '' and day >= current_date - 7 group by 1 order by 2 desc limit 20",
    ),
    (
        "the users of one feature who cost most, 30 days",
        "select user_id, sum(cost_usd) as cost, sum(calls) from public.usage_users_daily
         where namespace = 'team-7' and feature = 'feature-07' and day >= current_date - 30 group by 1 order by 2 desc limit 20",
    ),
    (
        "one user, day by day",
        "select day, feature, sum(cost_usd), sum(calls) from public.usage_users_daily
         where user_id = 'user-0100' and day >= current_date - 35 group by 1, 2 order by 1",
    ),
    (
        "the last hundred calls of a feature",
        "select id, created_at, user_id, model, outcome, tokens_used, cost_usd from public.provider_usage_logs
         where feature = 'feature-07' and created_at >= now() - interval '2 days'
         order by date_bin('1 hour', created_at, '2000-01-01 00:00:00+00') desc, created_at desc limit 100",
    ),
    (
        "a feature's calls of a quarter of an hour, the day before",
        "select id, created_at, user_id, model, outcome, tokens_used, cost_usd from public.provider_usage_logs
         where feature = 'feature-07' and created_at >= current_date - interval '12 hours'
             and created_at < current_date - interval '11 hours 45 minutes' order by created_at desc",
    ),
    (
        "a user's calls of the day before",
        "select id, created_at, feature, model, outcome, tokens_used, cost_usd from public.provider_usage_logs
         where user_id = 'user-0107' and created_at >= current_date - interval '1 day' and created_at < current_date
         order by created_at desc limit 100",
    ),
];

pub(super) fn ask(url: &str) -> Result<Vec<Answer>> {
    QUESTIONS.iter().map(|(name, sql)| Ok(Answer { name, ms: median(url, sql)? })).collect()
}

fn median(url: &str, sql: &str) -> Result<f64> {
    let mut all = (0..TIMES).map(|_| once(url, sql)).collect::<Result<Vec<_>>>()?;
    all.sort_by(f64::total_cmp);
    all.get(TIMES / 2).copied().context("asked at least once")
}

#[expect(clippy::float_arithmetic, reason = "a time, not money")]
fn once(url: &str, sql: &str) -> Result<f64> {
    let plan: Value = serde_json::from_str(&postgres::query(
        url,
        &format!("explain (analyze, timing off, format json) {sql}"),
    )?)?;
    let time = |name| plan[0][name].as_f64().with_context(|| format!("a plan has its {name}"));
    Ok(time("Planning Time")? + time("Execution Time")?)
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "  {:>8.1} ms  {}", self.ms, self.name)
    }
}
