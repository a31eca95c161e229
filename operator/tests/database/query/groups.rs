//! Which groups there are, in what order, and what is left for the others.

use jiff::civil::date;
use serde_json::{Value, json};
use tollgate_operator::query::{Ask, Dimension, Key, Step};

use super::{filled, naive, reader, shown, span};

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
