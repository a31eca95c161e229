//! What a reader is told, and page by page.

use jiff::civil::date;
use serde_json::json;
use sqlx::postgres::PgPoolOptions;
use tollgate_operator::query::{Ask, CallsAsk, Dimension, Filter, Key, Ledger, QueryError, SingleFilter};

use super::{calls, filled, naive_sum, pool, reader, shown, span};
use crate::support::Database;

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
