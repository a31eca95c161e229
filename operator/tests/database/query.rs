//! A figure is what plain SQL over the rows says: in any zone, over summer time, whatever the rollups have already.

mod alike;
mod days;
mod gone;
mod groups;
mod readers;

use std::sync::Arc;

use jiff::civil::date;
use sqlx::{PgPool, postgres::PgPoolOptions};
use tollgate_operator::{
    database::partitions,
    query::{Ask, Dimension, Figures, Filter, Key, Ledger, Reader, Span, Step, Usage, Zone},
};

use crate::support::{Database, url};

/// Clocks go back in three of them between the 20th of October and the 5th of November 2026; the others are never ahead by whole hours.
const ZONES: [&str; 5] =
    ["Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Kolkata", "Asia/Kathmandu"];
/// The same all over the world.
const NO_WHOLE_HOURS: [&str; 10] = [
    "America/St_Johns",
    "Asia/Tehran",
    "Asia/Kabul",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Yangon",
    "Australia/Eucla",
    "Australia/Adelaide",
    "Pacific/Chatham",
    "Pacific/Marquesas",
];

/// Calls of two weeks, one each seven minutes, of some features, users and models; not rolled up.
async fn filled() -> Database {
    let mut database = Database::migrated().await;
    for first in [date(2026, 10, 19), date(2026, 10, 29)] {
        partitions::make_ahead(&mut database.connection, first).await.unwrap();
    }
    calls(&mut database, 0, 3_000).await;
    database
}

async fn calls(database: &mut Database, first: i64, last: i64) {
    database
        .run(format!(
            "with put as (insert into provider_usage_logs (id, created_at, received_at, cluster, namespace, workload, feature, user_id, provider, host,
                 model, endpoint, outcome, status, streamed, tokens_used, input_tokens, output_tokens, cached_input_tokens,
                 cache_write_tokens, reasoning_tokens, cost_usd, usage_source, metadata)
             select gen_random_uuid(), '2026-10-20 00:00:30+00'::timestamptz + i * interval '7 minutes 13 seconds', now(), 'c',
                 'ns-' || i % 2, case when i % 5 > 0 then 'web' end, 'f-' || i % 7, case when i % 4 > 0 then 'u-' || i % 4 end, 'openai', 'api.openai.com',
                 'm-' || i % 3, 'other', case when i % 13 = 0 then 'refused' when i % 17 = 0 then 'unreachable' else 'completed' end,
                 200, false, i % 100 + 7, i % 100, 7, 0, 0, 0, case when i % 11 > 0 then (i % 97) * 0.000000000123 + 0.01 end,
                 case when i % 19 = 0 then 'estimated' else 'provider' end, '{{\"usage\": {{}}}}'
             from generate_series({first}, {last}) i returning created_at)
             insert into usage_dirty select distinct 'c', date_trunc('hour', created_at, 'UTC'), 0 from put on conflict do nothing"
        ))
        .await;
}

async fn pool(database: &Database) -> PgPool {
    PgPoolOptions::new().max_connections(2).connect(&url("admin", &database.name)).await.unwrap()
}

/// Nothing that was looked up before is known to it.
async fn reader(database: &Database) -> Reader {
    Ledger::new(pool(database).await, "c").read_as_connected()
}

fn span(zone: &str, first: jiff::civil::Date, last: jiff::civil::Date) -> Span {
    Span::days(first, last, &Zone::named(zone).unwrap())
}

/// `calls cost unpriced estimated refused failed tokens`.
fn shown(figures: &Figures) -> String {
    format!(
        "{} {} {} {} {} {} {}",
        figures.calls,
        figures.cost,
        figures.unpriced_calls,
        figures.estimated_cost,
        figures.refused_calls,
        figures.failed_calls,
        figures.tokens()
    )
}

const SHOWN: &str = "count(*) || ' ' || coalesce(trim_scale(sum(cost_usd)), 0) || ' ' || count(*) filter (where cost_usd is null) || ' ' ||
    coalesce(trim_scale(sum(cost_usd) filter (where usage_source = 'estimated')), 0) || ' ' || count(*) filter (where outcome = 'refused')
    || ' ' || count(*) filter (where outcome = 'unreachable') || ' ' || coalesce(sum(tokens_used), 0)";

/// The days of a span as SQL has them that knows nothing of us.
async fn naive(database: &mut Database, span: &Span, and: &str) -> Vec<String> {
    let zone = span.zone.name();
    let rows = database
        .rows(&format!(
            "select d.day::date as day, (select {SHOWN} from provider_usage_logs
                 where created_at >= d.day::date::timestamp at time zone '{zone}'
                     and created_at < (d.day::date + 1)::timestamp at time zone '{zone}' {and}) as shown
             from generate_series(('{}'::timestamptz at time zone '{zone}')::date, ('{}'::timestamptz at time zone '{zone}')::date - 1,
                 interval '1 day') d (day) order by 1",
            span.from, span.until
        ))
        .await;
    rows.iter().map(|row| row["shown"].as_str().unwrap().to_owned()).collect()
}

async fn naive_sum(database: &mut Database, span: &Span, and: &str) -> String {
    let (from, until) = (span.from, span.until);
    let sql = format!(
        "select {SHOWN} from provider_usage_logs where created_at >= '{from}' and created_at < '{until}' {and}"
    );
    database.value(&sql).await.as_str().unwrap().to_owned()
}

fn sum(figures: &[Figures]) -> Figures {
    let mut sum = Figures::default();
    figures.iter().for_each(|one| sum += *one);
    sum
}

async fn agrees(database: &mut Database, span: &Span) {
    let reader = reader(database).await;
    let days = Ask::of(span.clone()).stepped(Step::Day);
    let of_one = Filter::of([("user", "u-1"), ("user", "")]);
    let by_feature = [Dimension::User, Dimension::Feature];
    let mut asked: Vec<(&str, Arc<Usage>)> = Vec::new();
    asked.push(("", reader.usage(&days).await.unwrap()));
    asked.push(("", reader.usage(&days.clone().by(&[Dimension::Feature], 3)).await.unwrap()));
    asked.push(("", reader.usage(&days.clone().by(&[Dimension::User, Dimension::Model], 50)).await.unwrap()));
    asked.push(("", reader.usage(&days.clone().by(&[Dimension::User], 2)).await.unwrap()));
    asked.push(("", reader.usage(&days.clone().by(&by_feature, 6)).await.unwrap()));
    asked.push((
        "and coalesce(user_id, '') in ('u-1', '')",
        reader.usage(&days.clone().filtered(&of_one)).await.unwrap(),
    ));
    for (and, usage) in &asked {
        let naive = naive(database, span, and).await;
        assert_eq!(usage.buckets.iter().map(shown).collect::<Vec<_>>(), naive, "{span:?} {and}");
        assert_eq!(sum(&usage.buckets), usage.sum);
        assert_eq!(sum(&usage.groups.iter().map(|group| group.sum).collect::<Vec<_>>()), usage.sum);
    }
    let whole = Ask::of(span.clone());
    assert_eq!(reader.usage(&whole).await.unwrap().sum, asked[0].1.sum, "the days are the range");
    for by in [&[Dimension::User][..], &by_feature, &[Dimension::User, Dimension::Model]] {
        let users = reader.usage(&whole.clone().by(by, 500)).await.unwrap();
        assert_eq!(users.sum, asked[0].1.sum, "{span:?} by {by:?}");
        for group in users.groups.iter().take(3) {
            let Key::Of(key) = &group.key else { panic!("{group:?}") };
            let one = by.iter().zip(key).map(|(dimension, value)| {
                let column = if *dimension == Dimension::User { "user_id" } else { dimension.name() };
                format!(" and coalesce({column}, '') = '{value}'")
            });
            let naive = naive_sum(database, span, &one.collect::<String>()).await;
            assert_eq!(shown(&group.sum), naive, "{span:?} {key:?}");
        }
    }
}
