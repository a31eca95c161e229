//! What is asked of a ledger of this size: each query of each dashboard, as Grafana asks it when the dashboard is opened, and for one feature
//! alone; and what a person asks of single users and calls. Asked as a login that reads and no more.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;
use tollgate_tests::harness::{
    dashboard::{Dashboard, Source, Values},
    postgres,
};

pub(super) struct Answer {
    pub(super) name: String,
    /// Planned and executed in, the median of [`TIMES`].
    pub(super) ms: f64,
}

type Chosen = BTreeMap<String, Vec<String>>;

const TIMES: usize = 5;

/// Who asks.
const LOGIN: &str = "grafana";

/// The one of the fifty that is called most, and its namespace.
const FEATURE: (&str, &str) = ("team-0", "feature-00");

const OF_PERSONS: [(&str, &str); 5] = [
    (
        "outcomes of one feature, an hour each, a week",
        "select hour, outcome, sum(calls) from public.usage_hourly
         where namespace = 'team-7' and feature = 'feature-07' and hour >= now() - interval '7 days' group by 1, 2 order by 1",
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

/// Who may ask: `url` is the ledger owner's, `login` the same database of a login.
pub(super) fn reader(url: &str, login: impl Fn(&str) -> String) -> Result<String> {
    postgres::query(url, &format!("create role {LOGIN} login; grant tollgate_reader_all to {LOGIN}"))?;
    Ok(login(LOGIN))
}

/// `when` goes with each answer.
pub(super) fn ask(reader: &str, when: &str) -> Result<Vec<Answer>> {
    let mut all = Vec::new();
    for (name, sql) in OF_PERSONS {
        all.push(Answer { name: name.to_owned(), ms: median(reader, sql)? });
    }
    for (name, dashboard) in Dashboard::all()? {
        ask_of(&name, &dashboard, reader, &mut all)?;
    }
    for answer in &mut all {
        answer.name = format!("{}, {when}", answer.name);
    }
    Ok(all)
}

fn ask_of(name: &str, dashboard: &Dashboard, reader: &str, all: &mut Vec<Answer>) -> Result<()> {
    let mut everything = Chosen::from([("zone".to_owned(), vec!["UTC".to_owned()])]);
    for variable in dashboard.variables()? {
        let sql = match variable.values {
            Values::Rows { .. } => {
                let sql = variable.query(&everything);
                all.push(Answer { name: format!("{name}: ${}", variable.name), ms: median(reader, &sql)? });
                sql
            }
            // Prometheus says them where there is one
            Values::Label { label, .. } => {
                format!("select distinct {label} from usage_daily where day > current_date - 30")
            }
        };
        // a cluster may have no name
        let values = postgres::query(reader, &format!("select json_agg(value) from ({sql}) found (value)"))?;
        let values = serde_json::from_str(&values)
            .with_context(|| format!("{name}: ${} has no values", variable.name))?;
        everything.insert(variable.name, values);
    }
    let (namespace, feature) = FEATURE;
    let mut one = everything.clone();
    one.extend(
        [("namespace", namespace), ("feature", feature)]
            .map(|(of, name)| (of.to_owned(), vec![name.to_owned()])),
    );
    for (chosen, of) in [(everything, "all"), (one, feature)] {
        for query in dashboard.queries(&chosen).into_iter().filter(|query| query.source == Source::Ledger) {
            all.push(Answer {
                name: format!("{name}: {} ({of})", query.asks),
                ms: median(reader, &query.expr)?,
            });
        }
    }
    Ok(())
}

fn median(url: &str, sql: &str) -> Result<f64> {
    let mut all =
        (0..TIMES).map(|_| once(url, sql)).collect::<Result<Vec<_>>>().with_context(|| sql.to_owned())?;
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
