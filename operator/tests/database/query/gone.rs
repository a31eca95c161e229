//! Ranges whose rows are gone.

use jiff::civil::date;
use tollgate_operator::query::{Ask, Dimension, Figures, Key, Span, Step, Zone};

use super::{NO_WHOLE_HOURS, filled, naive, reader, shown, span, sum};

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
