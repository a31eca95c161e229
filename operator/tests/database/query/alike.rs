//! What is told apart in a row is the same in every rollup.

use jiff::civil::date;
use serde_json::json;
use tollgate_operator::query::{Ask, CallsAsk, Dimension, Filter, Key, SingleFilter, Span, Step, Zone};

use super::{filled, reader, span};
use crate::support::{Database, row};

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
