//! History priced anew, on a real Postgres.

use std::{fs, process::Command};

use serde_json::{Value, json};
use tollgate_meter::PriceBook;
use tollgate_operator::reprice::{self, Left, Summary, Wanted};

use crate::support::{Database, row, url};

/// A million tokens of input at 3 USD instead of 2.5, flex at 1.
const CORRECTED: &str = "openai: {gpt-4o: {input: '3', output: '10', flex: {input: '1', output: '10'}}}";

/// A call of gpt-4o with a million tokens of input; its cost as it was recorded.
fn call(cost: Option<&str>, metadata: Value) -> Value {
    let mut all = json!({"usage": {"input": 1_000_000}, "price": "2026-11-28"});
    for (name, value) in metadata.as_object().unwrap() {
        all[name] = value.clone();
    }
    row(json!({"cost_usd": cost, "input_tokens": 1_000_000, "metadata": all}))
}

async fn with(rows: Value) -> Database {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    database.ingest(&token, &rows).await;
    database.roll_up().await;
    database
}

fn everything() -> Wanted {
    let (since, until) = ("2000-01-01T00:00:00Z".parse().unwrap(), "2100-01-01T00:00:00Z".parse().unwrap());
    Wanted { since, until, feature: None }
}

async fn run(database: &mut Database, apply: bool) -> Summary {
    let book = PriceBook::with_overrides(CORRECTED).unwrap();
    reprice::run(&mut database.connection, &everything(), &book, apply).await.unwrap()
}

const COSTS: &str =
    "select string_agg(trim_scale(cost_usd)::text, ' ' order by cost_usd) from provider_usage_logs";

#[tokio::test]
async fn the_difference_is_shown_by_model_and_nothing_is_written_unless_told_to() {
    let mut database = with(json!([call(Some("2.5"), json!({})), call(Some("2.5"), json!({}))])).await;
    let summary = run(&mut database, false).await;
    let of_model = &summary.models[&("openai".to_owned(), "gpt-4o".to_owned())];
    assert_eq!((of_model.rows, of_model.changed), (2, 2));
    assert_eq!((of_model.old.to_string(), of_model.new.to_string()), ("5".to_owned(), "6".to_owned()));
    assert_eq!((of_model.shown(), summary.written), ("+1".to_owned(), 0));
    assert_eq!(database.value(COSTS).await, "2.5 2.5");
}

#[tokio::test]
async fn a_row_is_priced_as_it_was_served_and_keeps_both_figures() {
    let mut database = with(json!([call(Some("1.25"), json!({"served": "flex"}))])).await;
    assert_eq!(run(&mut database, true).await.written, 1);
    let kept = database
        .value("select jsonb_build_object('cost', trim_scale(cost_usd)::text, 'was', trim_scale((metadata -> 'repriced' ->> 'was')::numeric)::text,
                'price', metadata -> 'repriced' -> 'price', 'now', metadata ->> 'price') from provider_usage_logs")
        .await;
    let version = PriceBook::with_overrides(CORRECTED).unwrap();
    assert_eq!(kept, json!({"cost": "1", "was": "1.25", "price": "2026-11-28", "now": version.version()}));
}

#[tokio::test]
async fn rollups_follow_to_the_last_digit() {
    let mut database =
        with(json!([call(Some("2.5"), json!({})), call(None, json!({"unpriced": "not in the book"}))])).await;
    assert_eq!(run(&mut database, true).await.written, 2);
    database.roll_up().await;
    for sums in ["usage_hourly", "usage_users_daily"] {
        let sum = format!("select trim_scale(sum(cost_usd))::text || ' ' || sum(unpriced_calls) from {sums}");
        assert_eq!(database.value(&sum).await, "6 0", "{sums}");
    }
    assert_eq!(
        database.value("select count(*) from provider_usage_logs where metadata ? 'unpriced'").await,
        0
    );
}

#[tokio::test]
async fn what_the_provider_said_what_is_a_sum_and_what_has_no_price_stays() {
    let mut database = with(json!([
        call(Some("7"), json!({"price": "provider"})),
        call(Some("8"), json!({"merged": 3})),
        call(Some("9"), json!({"served": "warp"})),
        call(Some("9.5"), json!({"usage": {"hologram": 1}})),
        call(Some("9.75"), json!({"usage": null})),
        call(Some("9.8"), json!({"price": "2026-11-25+45378256b6a603df"})),
        call(Some("9.9"), json!({"price": "2026-11-28", "repriced": {"price": "2026-11-25", "was": "9"}})),
    ]))
    .await;
    let summary = run(&mut database, true).await;
    let unpriced = Left::Unpriced("unknown_service");
    let left = [Left::ProvidersWord, Left::Merged, Left::ServedUnknown, unpriced, Left::Unreadable];
    let rows = left.into_iter().zip([1, 1, 2, 1, 2]).collect();
    assert_eq!(summary.left, rows);
    assert_eq!(database.value(COSTS).await, "7 8 9 9.5 9.75 9.8 9.9");
}

#[tokio::test]
async fn a_row_of_before_rows_said_how_they_were_served_is_priced_where_it_says_so_all_the_same() {
    let mut database =
        with(json!([call(Some("1.25"), json!({"price": "2026-11-25", "served": "flex"}))])).await;
    assert_eq!(run(&mut database, true).await.written, 1);
    assert_eq!(database.value(COSTS).await, "1");
}

#[tokio::test]
async fn a_second_run_finds_nothing_to_do_and_a_third_by_other_prices_keeps_the_first_figure() {
    let mut database = with(json!([call(Some("2.5"), json!({}))])).await;
    run(&mut database, true).await;
    let again = run(&mut database, true).await;
    assert_eq!((again.total().changed, again.written), (0, 0));
    let built_in = PriceBook::built_in();
    reprice::run(&mut database.connection, &everything(), built_in, true).await.unwrap();
    let was = "select trim_scale(cost_usd)::text || ' was ' || trim_scale((metadata -> 'repriced' ->> 'was')::numeric)::text from provider_usage_logs";
    assert_eq!(database.value(was).await, "2.5 was 2.5");
}

#[tokio::test]
async fn batches_end_where_the_rows_do() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    for _ in 0..11 {
        let rows: Vec<Value> = (0..200).map(|_| call(Some("2.5"), json!({}))).collect();
        database.ingest(&token, &json!(rows)).await;
    }
    let summary = run(&mut database, true).await;
    assert_eq!((summary.total().rows, summary.written), (2_200, 2_200));
}

#[tokio::test]
async fn the_command_line_shows_then_writes() {
    let mut database = with(json!([call(Some("2.5"), json!({}))])).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("prices.yaml");
    fs::write(&file, CORRECTED).unwrap();
    let tollgate = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_tollgate"))
            .args(["reprice", "--since", "2000-01-01", "--output", "json", "--feature", "chat", "--prices"])
            .arg(&file)
            .args(["--database-url", &url("admin", &database.name)])
            .args(more)
            .output()
            .unwrap();
        serde_json::from_slice::<Value>(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    };
    let shown = tollgate(&[]);
    assert_eq!((&shown["total"]["difference_usd"], &shown["written"]), (&json!("+0.5"), &json!(0)));
    assert_eq!(tollgate(&["--apply"])["written"], 1);
    assert_eq!(database.value(COSTS).await, "3");
}
