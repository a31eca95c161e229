//! A figure is what plain SQL over the rows says: in any zone, over summer time, whatever the rollups have already.

use std::sync::Arc;

use jiff::civil::date;
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::{Value, json};
use sqlx::{PgPool, postgres::PgPoolOptions};
use tollgate_operator::{
    database::partitions,
    query::{
        Ask, CallsAsk, Dimension, Figures, Filter, Key, Ledger, QueryError, Reader, SingleFilter, Span, Step,
        Usage, Zone,
    },
};

use crate::support::{Database, row, url};

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

#[tokio::test]
async fn the_days_of_any_zone_are_those_of_the_rows_before_and_after_they_are_rolled_up() {
    let mut database = filled().await;
    for zone in ZONES {
        // so many hours of the end as are read from the rows while no rollup has them
        agrees(&mut database, &span(zone, date(2026, 11, 3), date(2026, 11, 4))).await;
    }
    database.roll_up().await;
    for zone in ZONES {
        agrees(&mut database, &span(zone, date(2026, 10, 20), date(2026, 11, 4))).await;
    }
    calls(&mut database, 1_000, 1_040).await;
    for zone in ZONES {
        agrees(&mut database, &span(zone, date(2026, 10, 20), date(2026, 11, 4))).await;
    }
}

#[tokio::test]
async fn any_stretch_of_days_is_the_sum_of_its_days_hours_and_weeks() {
    let mut database = filled().await;
    database.roll_up().await;
    let reader = reader(&database).await;
    let mut runner = TestRunner::deterministic();
    for _ in 0..40 {
        let drawn = (0..ZONES.len(), 0i64..16, 0i64..6).new_tree(&mut runner).unwrap().current();
        let (zone, first, length) = drawn;
        let first = date(2026, 10, 20).saturating_add(jiff::Span::new().days(first));
        let span = span(ZONES[zone], first, first.saturating_add(jiff::Span::new().days(length)));
        let whole = reader.usage(&Ask::of(span.clone())).await.unwrap().sum;
        for step in Step::ALL {
            let stepped = reader.usage(&Ask::of(span.clone()).stepped(step)).await.unwrap();
            assert_eq!((sum(&stepped.buckets), stepped.sum), (whole, whole), "{span:?} by {step:?}");
        }
    }
}

#[tokio::test]
async fn out_of_a_finer_answer_comes_what_is_looked_up_by_itself() {
    let mut database = filled().await;
    database.roll_up().await;
    let (first, last) = (date(2026, 10, 22), date(2026, 10, 27));
    for zone in ["UTC", "Asia/Kolkata"] {
        let span = span(zone, first, last);
        let of = Ask::of(span).stepped(Step::Day).by(&[Dimension::Feature, Dimension::Model], u16::MAX);
        let coarser = [
            of.clone().by(&[], 1),
            of.clone().by(&[Dimension::Model], 2),
            of.clone().as_one().by(&[Dimension::Feature], 3),
            of.clone().as_one().by(&[Dimension::User], 2),
            of.clone().by(&[Dimension::Outcome], 9),
        ];
        for ask in coarser {
            // each of its own cache
            let looked_up = reader(&database).await.usage(&ask).await.unwrap();
            let told = reader(&database).await.usage_out_of(&of, &ask).await.unwrap();
            assert_eq!(told.sum, looked_up.sum, "{ask:?}");
            assert_eq!((&told.bounds, &told.groups), (&looked_up.bounds, &looked_up.groups), "{ask:?}");
        }
    }
    let users = Ask::of(span("UTC", first, last)).stepped(Step::Day).by(&[Dimension::User], 2);
    let told = reader(&database).await.usage_out_of(&users, &users.clone().as_one()).await.unwrap();
    let looked_up = reader(&database).await.usage(&users.as_one()).await.unwrap();
    assert_eq!((told.sum, &told.groups), (looked_up.sum, &looked_up.groups));
    assert!(told.sum.calls > 0);
}

#[tokio::test]
async fn what_a_cache_took_of_sound_and_pictures_is_the_same_by_row_and_by_rollup() {
    let mut database = filled().await;
    let evening = "2026-10-27 23:30:00+00";
    database
        .run(format!(
            "insert into provider_usage_logs (id, created_at, received_at, cluster, feature, user_id, provider, host, endpoint, outcome, streamed,
                 tokens_used, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, usage_source, metadata)
             select gen_random_uuid(), '{evening}', now(), 'c', 'f-0', 'ada', 'openai', 'api.openai.com', 'other', 'completed', false,
                 900, 900, 0, c, w, 0, 'provider', u from (values
                 (700, 0, '{{\"usage\": {{\"input_audio_cached\": 300, \"input_image_cached\": 400}}}}'::jsonb),
                 (0, 90, '{{\"usage\": {{\"input_cache_write_12h\": 90}}}}'), (5, 5, '{{\"usage\": {{}}}}')) v (c, w, u);
             insert into usage_dirty values ('c', date_trunc('hour', '{evening}'::timestamptz), 0) on conflict do nothing"
        ))
        .await;
    database.roll_up().await;
    let ada = Filter::of([("user", "ada")]);
    for zone in ["UTC", "Europe/Berlin"] {
        let days =
            Ask::of(span(zone, date(2026, 10, 26), date(2026, 10, 29))).stepped(Step::Day).filtered(&ada);
        let usage = reader(&database).await.usage(&days.by(&[Dimension::User], 3)).await.unwrap();
        let cached: Vec<(u64, u64)> =
            usage.buckets.iter().map(|day| (day.cached_input_tokens, day.cache_write_tokens)).collect();
        // the last row says of a cache what its usage does not: where its rows are read, it counts
        let (at, of_day) = if zone == "UTC" { (1, (700, 90)) } else { (2, (705, 95)) };
        let mut expected = vec![(0, 0); 4];
        expected[at] = of_day;
        assert_eq!(cached, expected, "{zone}");
    }
}

#[tokio::test]
async fn where_nothing_can_be_there_is_nothing_by_user_either() {
    let mut database = filled().await;
    database.roll_up().await;
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let (from, until) = (at("2036-10-20T10:00:00Z"), at("2036-10-20T12:00:00Z"));
    let span = Span { from, until, zone: Zone::utc() };
    let usage = reader(&database).await.usage(&Ask::of(span).by(&[Dimension::User], 9)).await.unwrap();
    assert_eq!(usage.groups, []);
}

#[tokio::test]
async fn whom_only_rows_that_are_gone_told_apart_are_the_others_and_the_sum_is_what_it_was() {
    let mut database = filled().await;
    database.roll_up().await;
    database.run("drop table provider_usage_logs_p20261019, provider_usage_logs_p20261020, provider_usage_logs_p20261021").await;
    let reader = reader(&database).await;
    for (from, until) in [(date(2026, 10, 20), date(2026, 10, 21)), (date(2026, 10, 20), date(2026, 10, 25))]
    {
        for second in [Dimension::Workload, Dimension::Outcome, Dimension::UsageSource] {
            let span = span("UTC", from, until);
            let all = reader.usage(&Ask::of(span.clone())).await.unwrap();
            for top in [1_000, 2] {
                let ask = Ask::of(span.clone()).by(&[Dimension::User, second], top);
                let usage = reader.usage(&ask).await.unwrap();
                let others = usage.groups.last().unwrap();
                let groups: Vec<Figures> = usage.groups.iter().map(|group| group.sum).collect();
                assert_eq!((usage.sum, sum(&groups)), (all.sum, all.sum), "{second:?}");
                assert!(usage.coarse && matches!(others.key, Key::Others(_)), "{second:?}: {others:?}");
            }
        }
    }
}

#[tokio::test]
async fn days_of_zones_whose_midnight_cuts_an_hour_outlive_their_rows() {
    let mut database = filled().await;
    database.roll_up().await;
    let mut expected = Vec::new();
    for zone in NO_WHOLE_HOURS {
        let span = span(zone, date(2026, 10, 21), date(2026, 10, 30));
        expected.push((naive(&mut database, &span, "").await, span));
    }
    database.run("do $$ declare p regclass; begin for p in select inhrelid from pg_inherits where inhparent = 'provider_usage_logs'::regclass loop execute 'drop table ' || p; end loop; end $$").await;
    let reader = reader(&database).await;
    for (naive, span) in &expected {
        let days = reader.usage(&Ask::of(span.clone()).stepped(Step::Day)).await.unwrap();
        assert_eq!(days.buckets.iter().map(shown).collect::<Vec<_>>(), *naive, "{span:?}");
        let whole = reader.usage(&Ask::of(span.clone())).await.unwrap();
        assert_eq!((whole.sum, whole.coarse, days.coarse), (days.sum, false, false), "{span:?}");
    }
}

#[tokio::test]
async fn a_day_whose_rollup_was_changed_once_its_rows_were_gone_is_no_longer_told_apart_within_an_hour() {
    let mut database = filled().await;
    database.roll_up().await;
    database.run("drop table provider_usage_logs_p20261019, provider_usage_logs_p20261020, provider_usage_logs_p20261021, provider_usage_logs_p20261022").await;
    database.run("update usage_hourly set calls = calls + 1 where hour = '2026-10-22 18:00Z'").await;
    database.roll_up().await;
    let days = "select count(*) from usage_hour_part_days where day = '2026-10-22'";
    assert_eq!(database.value(days).await, 0);
    let span = span("Asia/Kolkata", date(2026, 10, 21), date(2026, 10, 25));
    let usage = reader(&database).await.usage(&Ask::of(span).stepped(Step::Day)).await.unwrap();
    assert!(usage.coarse);
}

#[tokio::test]
async fn a_range_whose_rows_are_gone_keeps_its_sum() {
    let mut database = filled().await;
    database.roll_up().await;
    let (from, until) = ("2026-10-21T08:10:00Z".parse().unwrap(), "2026-11-03T18:30:00Z".parse().unwrap());
    let span = Span { from, until, zone: Zone::utc() };
    let days = Ask::of(span.clone()).stepped(Step::Day);
    database.run("drop table provider_usage_logs_p20261019, provider_usage_logs_p20261020, provider_usage_logs_p20261021, provider_usage_logs_p20261022").await;
    let reader = reader(&database).await;
    let (by_day, whole) = (reader.usage(&days).await.unwrap(), reader.usage(&Ask::of(span)).await.unwrap());
    assert!(by_day.coarse && whole.coarse);
    assert_eq!((sum(&by_day.buckets), by_day.sum), (whole.sum, whole.sum));
}

#[tokio::test]
async fn the_groups_that_cost_most_come_first_and_all_others_are_one() {
    let mut database = filled().await;
    database.roll_up().await;
    let span = span("UTC", date(2026, 10, 20), date(2026, 11, 4));
    let usage = reader(&database).await.usage(&Ask::of(span).by(&[Dimension::Feature], 3)).await.unwrap();
    let top = database
        .rows("select feature, trim_scale(sum(cost_usd))::text as cost from provider_usage_logs group by 1 order by sum(cost_usd) desc limit 3")
        .await;
    let named: Vec<Value> = usage
        .groups
        .iter()
        .filter_map(|group| match &group.key {
            Key::Of(key) => Some(json!({"feature": key[0], "cost": group.sum.cost.to_string()})),
            Key::Others(_) => None,
        })
        .collect();
    assert_eq!(named, top);
    assert_eq!(usage.groups[3].key, Key::Others(4));
}

#[tokio::test]
async fn users_that_cost_most_have_by_day_what_their_rows_say_and_the_others_what_is_left() {
    let mut database = filled().await;
    database.roll_up().await;
    for zone in ["UTC", "Europe/Berlin"] {
        let span = span(zone, date(2026, 10, 20), date(2026, 11, 4));
        let ask = Ask::of(span.clone()).stepped(Step::Day).by(&[Dimension::User], 3);
        let usage = reader(&database).await.usage(&ask).await.unwrap();
        let mut named = Vec::new();
        for group in &usage.groups {
            let Key::Of(key) = &group.key else { continue };
            let user = &key[0];
            let naive = naive(&mut database, &span, &format!("and coalesce(user_id, '') = '{user}'")).await;
            assert_eq!(group.buckets.iter().map(shown).collect::<Vec<_>>(), naive, "{zone} {user:?}");
            named.push(format!("'{user}'"));
        }
        let dearest = format!(
            "select quote_literal(coalesce(user_id, '')) as user from provider_usage_logs where created_at >= '{}' and created_at < '{}'
                 and ('{zone}' = 'UTC' or user_id is not null)
             group by user_id order by sum(cost_usd) desc, count(*) desc, 1 limit 3",
            span.from, span.until
        );
        let dearest = database.rows(&dearest).await;
        assert_eq!(
            named,
            dearest.iter().map(|row| row["user"].as_str().unwrap()).collect::<Vec<_>>(),
            "{zone}"
        );
        let others = format!("and coalesce(user_id, '') not in ({})", named.join(", "));
        let left = usage.groups.last().unwrap();
        assert!(matches!(left.key, Key::Others(_)), "{left:?}");
        let naive = naive(&mut database, &span, &others).await;
        assert_eq!(left.buckets.iter().map(shown).collect::<Vec<_>>(), naive, "{zone} others");
    }
}

#[tokio::test]
async fn calls_are_read_a_page_at_a_time_and_none_is_read_twice() {
    let mut database = filled().await;
    calls(&mut database, 10, 12).await;
    let reader = reader(&database).await;
    let filter = Filter::of([("feature", "f-3"), ("workload", "")]);
    let span = span("UTC", date(2026, 10, 20), date(2026, 11, 4));
    let mut ask = CallsAsk { span, filter, single: SingleFilter::default(), behind: None, limit: 7 };
    let mut seen = Vec::new();
    loop {
        let page = reader.calls(&ask).await.unwrap();
        assert!(page.calls.len() <= 7);
        seen.extend(page.calls.into_iter().map(|call| json!({"id": call.id, "cost": call.cost_usd})));
        match page.next {
            Some(next) => ask.behind = Some(next.to_string().parse().unwrap()),
            None => break,
        }
    }
    let all = database
        .rows("select id, trim_scale(cost_usd)::text as cost from provider_usage_logs where feature = 'f-3' and workload is null order by created_at desc, id desc")
        .await;
    assert!(all.len() > 50);
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_team_is_told_of_its_namespaces_whatever_it_asks() {
    let mut database = filled().await;
    database.roll_up().await;
    calls(&mut database, 2_000, 2_010).await;
    database
        .run(
            "create role team_query nologin; grant tollgate_reader to team_query;
             insert into reader_namespaces values ('team_query', 'c', 'ns-1')",
        )
        .await;
    let ledger = Ledger::new(pool(&database).await, "c");
    let team = ledger.read_as(&"team_query".into(), false);
    let span = span("UTC", date(2026, 10, 20), date(2026, 11, 4));
    let by_namespace = Ask::of(span.clone()).by(&[Dimension::Namespace], 9);
    let told = team.usage(&by_namespace).await.unwrap();
    assert_eq!(
        told.groups.iter().map(|group| group.key.clone()).collect::<Vec<_>>(),
        [Key::Of(vec!["ns-1".to_owned()])]
    );
    let filter = Filter::of([("namespace", "ns-0")]);
    let ask =
        CallsAsk { span: span.clone(), filter, single: SingleFilter::default(), behind: None, limit: 9 };
    assert_eq!(team.calls(&ask).await.unwrap().calls, []);
    let refused = team.usage(&Ask::of(span.clone()).by(&[Dimension::User], 9)).await.unwrap_err();
    assert!(matches!(refused, QueryError::Users), "{refused}");
    let team = ledger.read_as(&"team_query".into(), true);
    let told = team.usage(&Ask::of(span.clone()).by(&[Dimension::User], 9)).await.unwrap();
    assert_eq!(shown(&told.sum), naive_sum(&mut database, &span, "and namespace = 'ns-1'").await);
    let everybody = ledger.read_as(&"tollgate_reader_all".into(), true);
    assert_eq!(everybody.usage(&by_namespace).await.unwrap().groups.len(), 2);
}

#[tokio::test]
async fn a_role_that_is_not_there_is_told_apart_from_a_database_that_is_away() {
    let database = Database::migrated().await;
    let span = span("UTC", date(2026, 10, 20), date(2026, 11, 4));
    let asked = Ledger::new(pool(&database).await, "c").read_as(&"nobody_made_it".into(), true);
    assert!(matches!(asked.usage(&Ask::of(span.clone())).await, Err(QueryError::Refused(_))));
    let away = PgPoolOptions::new()
        .acquire_timeout(std::time::Duration::from_secs(1))
        .connect_lazy("postgres://nobody@127.0.0.1:1/none")
        .unwrap();
    let asked = Ledger::new(away, "c").read_as_connected();
    assert!(matches!(asked.usage(&Ask::of(span)).await, Err(QueryError::Away(_))));
}

#[tokio::test]
async fn a_user_with_a_long_name_is_the_same_by_row_and_by_rollup() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let long = "u".repeat(300);
    let calls = [row(json!({"cluster": "c", "user_id": long})), row(json!({"cluster": "c", "user_id": "u"}))];
    database.ingest(&token, &json!(calls)).await;
    let zone = Zone::utc();
    let today = zone.clock(jiff::Timestamp::now()).date();
    let span = Span::days(today.yesterday().unwrap(), today, &zone);
    let all = Ask::of(span.clone()).by(&[Dimension::User], 9);
    for is_rolled_up in [false, true] {
        if is_rolled_up {
            database.roll_up().await;
        }
        let reader = reader(&database).await;
        let groups = &reader.usage(&all).await.unwrap().groups;
        let shown = groups.iter().find_map(|group| match &group.key {
            Key::Of(key) if key[0].len() > 1 => Some(key[0].clone()),
            Key::Of(_) | Key::Others(_) => None,
        });
        // as it is shown, and as the app gave it
        for name in [shown.unwrap(), long.clone()] {
            let filter = Filter::of([("user", &*name)]);
            let by_model = all.clone().filtered(&filter).by(&[Dimension::Model], 9);
            for ask in [Ask::of(span.clone()).filtered(&filter), by_model] {
                assert_eq!(reader.usage(&ask).await.unwrap().sum.calls, 1, "{is_rolled_up} {}", name.len());
            }
            let ask = CallsAsk {
                span: span.clone(),
                filter,
                single: SingleFilter::default(),
                behind: None,
                limit: 9,
            };
            assert_eq!(reader.calls(&ask).await.unwrap().calls.len(), 1, "{is_rolled_up} {}", name.len());
        }
    }
}

#[tokio::test]
async fn a_row_that_stands_for_many_calls_counts_as_many_in_both() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let many = row(json!({"cluster": "c", "cost_usd": null, "metadata": {"usage": {}, "merged": 40}}));
    database.ingest(&token, &json!([many])).await;
    let now = jiff::Timestamp::now();
    let zone = Zone::utc();
    let today = zone.clock(now).date();
    let ask = Ask::of(Span::days(today.yesterday().unwrap(), today, &zone));
    let before = reader(&database).await.usage(&ask).await.unwrap().sum;
    database.roll_up().await;
    let after = reader(&database).await.usage(&ask).await.unwrap().sum;
    assert_eq!((before.calls, before.unpriced_calls, before), (40, 40, after));
}
