//! Days of any zone, and stretches of them.

use jiff::civil::date;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tollgate_operator::query::{Ask, Dimension, Span, Step, Zone};

use super::{ZONES, agrees, calls, filled, reader, span, sum};

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
async fn where_nothing_can_be_there_is_nothing_by_user_either() {
    let mut database = filled().await;
    database.roll_up().await;
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let (from, until) = (at("2036-10-20T10:00:00Z"), at("2036-10-20T12:00:00Z"));
    let span = Span { from, until, zone: Zone::utc() };
    let usage = reader(&database).await.usage(&Ask::of(span).by(&[Dimension::User], 9)).await.unwrap();
    assert_eq!(usage.groups, []);
}
