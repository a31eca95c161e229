//! What the pages say is what the rows say.

use axum::http::StatusCode;
use serde_json::{Value, json};
use tollgate_operator::database::audit::{self, Change, Sides};

use super::{Console, filled};
use crate::support::{Database, row};

#[tokio::test]
async fn page_file_and_api_say_what_the_rows_say() {
    let mut database = filled().await;
    let sums = database
        .rows("select trim_scale(sum(cost_usd))::text as cost, count(*) as calls, count(*) filter (where cost_usd is null) as unpriced from provider_usage_logs where namespace = 'shop'")
        .await;
    let (cost, calls) = (sums[0]["cost"].as_str().unwrap(), &sums[0]["calls"]);
    for _ in 0..2 {
        let console = Console::admin(&database).await;
        let api = console.json("/api/v1/usage?range=24h&namespace=shop&by=feature").await;
        assert_eq!(
            (&api["sum"]["cost"], &api["sum"]["calls"], &api["sum"]["unpriced_calls"]),
            (&json!(cost), calls, &sums[0]["unpriced"])
        );
        let page = console.get("/explore?range=24h&namespace=shop").await.text;
        assert!(page.contains(&format!("<data class=\"money\" value=\"{cost}\"")), "{page}");
        assert!(page.contains("unpriced"), "{page}");
        let file = console.get("/explore.csv?range=24h&namespace=shop&step=day").await.text;
        let head: Vec<&str> = file.lines().next().unwrap().split(',').collect();
        let column = |name| head.iter().position(|column| *column == name).unwrap();
        let mut total = tollgate_meter::Cost::ZERO;
        let mut count = 0;
        for line in file.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            total = total + cells[column("cost_usd")].parse().unwrap();
            count += cells[column("calls")].parse::<i64>().unwrap();
        }
        assert_eq!((total.to_string().as_str(), &json!(count)), (cost, calls), "{file}");
        let rows = console.get("/calls.csv?range=24h&namespace=shop").await.text;
        assert_eq!(json!(rows.lines().count() - 1), *calls, "{rows}");
        let focus = console.get("/focus.csv?range=24h&namespace=shop").await.text;
        assert!(focus.starts_with("AvailabilityZone,BilledCost,"), "{focus}");
        database.roll_up().await;
    }
}

#[tokio::test]
async fn a_row_that_stands_for_many_calls_says_so_wherever_it_is_shown() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let many = row(
        json!({"cluster": "c", "namespace": "shop", "cost_usd": "2", "metadata": {"usage": {"input": 800_000}, "merged": 40}}),
    );
    database.ingest(&token, &json!([many])).await;
    let console = Console::admin(&database).await;
    let page = console.get("/calls?range=24h").await.text;
    assert!(page.contains("40 calls"), "{page}");
    let file = console.get("/calls.csv?range=24h").await.text;
    let lines: Vec<&str> = file.lines().collect();
    assert!(lines[0].ends_with(",price,calls") && lines[1].ends_with(",40"), "{file}");
    let call = console.json("/api/v1/calls?range=24h").await["calls"][0].clone();
    let page = console.get(&format!("/calls/{}", call["id"].as_str().unwrap())).await.text;
    assert!(page.contains("40, of one hour") && page.contains("it is the sum of 40 calls"), "{page}");
}

#[tokio::test]
async fn a_charge_of_focus_is_of_one_day_however_many_years_are_asked_for() {
    let database = filled().await;
    let console = Console::admin(&database).await;
    let file = console.get("/focus.csv?range=3660d").await.text;
    let head: Vec<&str> = file.lines().next().unwrap().split(',').collect();
    let time = |line: &str, name: &str| -> jiff::Timestamp {
        let place = head.iter().position(|column| *column == name).unwrap();
        let mut quoted = false;
        let is_end = |character: char| {
            quoted ^= character == '"';
            character == ',' && !quoted
        };
        line.split(is_end).nth(place).unwrap().parse().unwrap()
    };
    assert_eq!(file.lines().count(), 1 + 4, "{file}");
    for line in file.lines().skip(1) {
        let (from, until) = (time(line, "ChargePeriodStart"), time(line, "ChargePeriodEnd"));
        assert_eq!(from.duration_until(until).as_hours(), 24, "{line}");
        assert!(until <= time(line, "BillingPeriodEnd"), "{line}");
    }
}

#[tokio::test]
async fn changes_of_a_time_long_ago_are_told_however_many_came_since() {
    let database = filled().await;
    let handle = database.handle();
    let record = async |at: &str, version: u32, namespace: &str, name: &str| {
        let change = Change {
            cluster: "c".to_owned(),
            at: at.parse().unwrap(),
            kind: "FeatureFlag".to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            feature: name.to_owned(),
            uid: name.to_owned(),
            resource_version: version.to_string(),
            actor: Some("ada@example.com".to_owned()),
            actor_groups: Vec::new(),
            via: None,
            reason: Some(format!("reason {version}")),
            sides: Sides::Created { after: json!({"spec": {"enabled": false}}) },
        };
        audit::record(handle.pool(), &change).await.unwrap();
    };
    record("2026-10-01T10:00:00Z", 1, "shop", "chat").await;
    record("2026-10-02T10:00:00Z", 2, "", "everywhere").await;
    for version in 3..603 {
        record("2026-11-01T10:00:00Z", version, "shop", "chat").await;
    }
    let console = Console::admin(&database).await;
    let october = "from=2026-10-01&until=2026-10-31";
    let told = async |more: &str| -> Vec<String> {
        let told = console.json(&format!("/api/v1/changes?{october}{more}")).await;
        let changes = told["changes"].as_array().unwrap().clone();
        changes.iter().map(|change| change["reason"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(told("").await, ["reason 2", "reason 1"]);
    assert_eq!(told("&feature=chat&feature=another").await, ["reason 1"]);
    assert_eq!(told("&feature=chat&feature=everywhere&namespace=(none)").await, ["reason 2"]);
    let page = console.get(&format!("/audit?{october}")).await.text;
    assert!(page.contains("reason 1") && page.contains("reason 2") && !page.contains("reason 3"), "{page}");
    let feature = console.get(&format!("/features/shop/chat?{october}")).await.text;
    assert!(feature.contains("reason 1") && !feature.contains("reason 3"), "{feature}");
}

#[tokio::test]
async fn a_call_is_shown_with_its_price_line_by_line() {
    let mut database = filled().await;
    let console = Console::admin(&database).await;
    let id = database.value("select id from provider_usage_logs where outcome = 'completed' and user_id = 'ada' and model = 'gpt-4o' and feature = 'chat'").await;
    let page = console.get(&format!("/calls/{}", id.as_str().unwrap())).await.text;
    assert!(page.contains("line by line") && page.contains("million tokens"), "{page}");
    let call = console.json(&format!("/api/v1/calls/{}", id.as_str().unwrap())).await;
    assert_eq!(
        (&call["cost_usd"], &call["bill"]["lines"][0]["unit"]),
        (&json!("1.250000000001"), &json!("input"))
    );
    assert_eq!(console.get("/calls/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_call_of_the_api_has_every_column_of_the_ledger_and_nothing_that_its_document_does_not_name() {
    let mut database = filled().await;
    let console = Console::admin(&database).await;
    let document = console.json("/api/v1/openapi.json").await;
    let named = document["components"]["schemas"]["Call"]["properties"].as_object().unwrap();
    let id = console.json("/api/v1/calls?range=24h&limit=1").await["calls"][0]["id"].clone();
    let call = console.json(&format!("/api/v1/calls/{}", id.as_str().unwrap())).await;
    for key in call.as_object().unwrap().keys() {
        assert!(named.contains_key(key), "{key}");
    }
    let columns: Vec<String> = sqlx::query_scalar(
        "select column_name::text from information_schema.columns where table_schema = 'public' and table_name = 'provider_usage_logs'",
    )
    .fetch_all(&mut database.connection)
    .await
    .unwrap();
    assert!(columns.len() > 20);
    for column in columns {
        assert!(call.get(&column).is_some(), "{column}");
    }
}

#[tokio::test]
async fn a_feature_says_how_long_its_calls_take_by_model_and_what_is_not_known() {
    let mut database = filled().await;
    let token = database.token().await;
    let took = |model: &str, millis: u64| {
        row(json!({"cluster": "c", "model": model,
            "metadata": {"usage": {"input": 10}, "timings": {"first_byte_us": millis * 100, "total_us": millis * 1_000}}}))
    };
    let mut calls: Vec<Value> = (1..=100).map(|number| took("gpt-4o", number * 10)).collect();
    calls.push(took("gpt-5.4", 7_000));
    calls.push(row(json!({"cluster": "c", "metadata": {"timings": {"total_us": "soon"}}})));
    calls.push(row(json!({"cluster": "c", "outcome": "client_closed", "metadata": {"timings": {"total_us": 99_000_000}}})));
    database.ingest(&token, &json!(calls)).await;
    let console = Console::admin(&database).await;
    let page = console.get("/features/shop/chat").await.text;
    for (what, micros) in
        [("half", 500_000), ("95 of 100", 950_000), ("first byte", 50_000), ("the other model", 7_000_000)]
    {
        assert!(page.contains(&format!("<data value=\"{micros}\"")), "{what}: {page}");
    }
    assert!(!page.contains("99000000"), "who left early says nothing of how long a call takes: {page}");
    let nobody = console.get("/features/shop/never-called").await.text;
    assert!(nobody.contains("Unknown: no call was made"), "{nobody}");
    let gone = console.get("/features/shop/chat?from=2020-01-01&until=2020-01-31").await.text;
    assert!(gone.contains("Unknown"), "{gone}");
}

#[tokio::test]
async fn a_proposed_price_says_what_history_would_have_cost_and_changes_nothing() {
    let mut database = filled().await;
    database.roll_up().await;
    let console = Console::admin(&database).await;
    let asked = |lines: &str| {
        format!(
            "/prices/proposed?provider=openai&model=gpt-9&lines={}",
            lines.replace(' ', "+").replace('\n', "%0D%0A")
        )
    };
    let open = console.get("/prices/proposed?provider=openai&model=gpt-9").await.text;
    assert!(open.contains("Write a price in place of each"), "{open}");
    let told = console.get(&asked("openai:\n  gpt-9: {input: '3.5', output: '9'}")).await.text;
    // ten tokens of input
    assert!(told.contains("<data class=\"money\" value=\"0.000035\""), "{told}");
    assert!(told.contains("+ <data value=\"1\">1</data> unpriced"), "{told}");
    let wrong = console.get(&asked("openai: {gpt-9: {input: 'dear'}}")).await.text;
    assert!(wrong.contains("cannot be taken") && wrong.contains("expected a decimal"), "{wrong}");
    let other = console.get(&asked("openai: {gpt-10: {input: '1'}}")).await.text;
    assert!(other.contains("have no price for"), "{other}");
    let unpriced = database.value("select count(*) from provider_usage_logs where cost_usd is null").await;
    assert_eq!(unpriced, json!(1));
}

#[tokio::test]
async fn a_comparison_says_what_is_not_in_it_yet() {
    let database = filled().await;
    let told = Console::admin(&database).await.json("/api/v1/compare?range=24h").await;
    assert!(told["coarse"].is_boolean() && told["hours_behind"].is_u64(), "{told}");
}
