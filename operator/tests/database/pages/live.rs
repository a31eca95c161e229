//! Pages that go on, and what is left of them without a database.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use futures::StreamExt;
use serde_json::json;
use tollgate_operator::console::Namespaces;

use super::{Console, filled, viewer, world};
use crate::support::{row, url};

#[tokio::test]
async fn while_the_database_is_away_flags_are_shown_as_they_are() {
    let console = Console::of(
        world("postgres://nobody@127.0.0.1:1/none"),
        viewer("tollgate_reader_all", Namespaces::All, true),
    );
    let overview = console.get("/").await;
    assert!(
        overview.status == StatusCode::OK && overview.text.contains("The database does not answer"),
        "{}",
        overview.text
    );
    let features = console.get("/features").await.text;
    assert!(
        features.contains("11/12") && features.contains("Off") && features.contains("Flux"),
        "{features}"
    );
    let flags = console.json("/api/v1/features").await;
    assert_eq!(flags["flags"][0]["status"]["sidecars"], json!({"current": 11, "total": 12}));
    assert_eq!(console.get("/api/v1/usage").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_call_that_arrives_moves_the_page_that_is_looked_at() {
    let mut database = filled().await;
    let token = database.token().await;
    let console = Console::admin(&database).await;
    let request = Request::get("/").header(header::ACCEPT, "text/event-stream").body(Body::empty()).unwrap();
    let mut stream = console.ask(request).await.into_body().into_data_stream();
    let mut text = String::new();
    let mut read = async |sign: &str| {
        while !text.contains(sign) {
            let bytes = stream.next().await.unwrap().unwrap();
            text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    };
    read("value=\"52.710000000002\"").await;
    let call = row(json!({"cluster": "c", "cost_usd": "0.5"}));
    database.ingest(&token, &json!([call])).await;
    read("value=\"53.210000000002\"").await;
}

#[tokio::test]
async fn who_looks_at_the_same_address_is_sent_what_they_may_see_and_no_more() {
    let mut database = filled().await;
    database
        .run("create role team_live nologin; grant tollgate_reader to team_live; insert into reader_namespaces values ('team_live', 'c', 'shop')")
        .await;
    // one console, and what is made for one of its viewers is there when the other comes
    let world = world(&url("admin", &database.name));
    let mine = Namespaces::Only(std::sync::Arc::new(["shop".to_owned()].into()));
    let admin = Console::of(world.clone(), viewer("tollgate_reader_all", Namespaces::All, true));
    let team = Console::of(world, viewer("team_live", mine, false));
    let mut told = Vec::new();
    for console in [&admin, &team] {
        let address = "/explore?range=24h&by=namespace";
        let request =
            Request::get(address).header(header::ACCEPT, "text/event-stream").body(Body::empty()).unwrap();
        let mut stream = console.ask(request).await.into_body().into_data_stream();
        let mut text = String::new();
        while !text.contains("event: beat") {
            text.push_str(std::str::from_utf8(&stream.next().await.unwrap().unwrap()).unwrap());
        }
        told.push((text, stream));
    }
    assert!(told[0].0.contains("bank") && told[0].0.contains("43.21"), "{}", told[0].0);
    assert!(told[1].0.contains("shop") && !told[1].0.contains("bank"), "{}", told[1].0);
}
