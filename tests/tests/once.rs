//! One usage is billed once, however often and wherever it is read.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{http::Call, world::World},
    standin::Provider::{self, Anthropic, OpenAi},
};

fn respond(body: Value) -> Call {
    let mut whole = json!({"model": "gpt-5.4", "input": "Write a report."});
    for (name, value) in body.as_object().unwrap() {
        whole[name] = value.clone();
    }
    Call::post("/v1/responses", whole.to_string())
        .header("authorization", "Bearer sk-standin")
        .header("x-standin", "input=1000 output=100")
}

fn read(world: &World, provider: Provider, path: &str, play: &str) {
    let key =
        if provider == OpenAi { ("authorization", "Bearer sk-standin") } else { ("x-api-key", "sk-standin") };
    let call = Call::get(path).header(key.0, key.1).header("x-standin", play);
    assert_eq!(world.through(provider, &call).status(), 200, "{path}");
}

fn billed(rows: &[Value]) -> Vec<&Value> {
    rows.iter().filter(|row| row["usage_source"] == "provider").collect()
}

#[test]
fn a_response_is_metered_whole_and_as_a_stream() {
    let world = World::start();
    for stream in [false, true] {
        assert_eq!(world.through(OpenAi, &respond(json!({"stream": stream}))).status(), 200);
    }
    for row in world.rows(2) {
        assert_eq!((&row["tokens_used"], &row["usage_source"]), (&json!(1100), &json!("provider")), "{row}");
        // 1,000 at 2.5 and 100 at 15 USD per million
        assert_eq!((&row["cost_usd"], &row["outcome"]), (&json!("0.004"), &json!("completed")), "{row}");
        assert_eq!(row["endpoint"], "/v1/responses");
    }
}

#[test]
fn background_work_is_pending_until_it_is_read_and_then_billed_once() {
    let world = World::start();
    let answer = world.through(OpenAi, &respond(json!({"background": true})));
    let begun = answer.json();
    let path = format!("/v1/responses/{}", begun["id"].as_str().unwrap());
    let pending = world.row();
    assert_eq!((&pending["outcome"], &pending["cost_usd"]), (&json!("pending"), &Value::Null));

    read(&world, OpenAi, &path, "no-usage");
    for _ in 0..3 {
        read(&world, OpenAi, &path, "");
    }

    // begun, read four times, and what was made
    let rows = world.rows(6);
    let [made] = billed(&rows)[..] else { panic!("{rows:?}") };
    assert_eq!((&made["outcome"], &made["cost_usd"]), (&json!("completed"), &json!("0.004")), "{made}");
    for poll in rows.iter().filter(|row| row["usage_source"] == "none") {
        assert_eq!(
            (&poll["cost_usd"], &poll["endpoint"]),
            (&json!("0"), &json!("/v1/responses/{id}")),
            "{poll}"
        );
    }
}

#[test]
fn a_response_that_another_pod_reads_again_is_the_same_row() {
    let (here, there) = (World::start(), World::start());
    let answer = here.through(OpenAi, &respond(json!({})));
    let made = answer.json();
    read(&there, OpenAi, &format!("/v1/responses/{}", made["id"].as_str().unwrap()), "");
    let rows = there.rows(2);
    let [again] = billed(&rows)[..] else { panic!("{rows:?}") };
    let first = here.row();
    assert_eq!((&again["id"], &again["created_at"]), (&first["id"], &first["created_at"]));
    assert_eq!(again["cost_usd"], first["cost_usd"]);
}

#[test]
fn each_line_of_a_batchs_results_is_billed_once_at_batch_price() {
    let world = World::start();
    for _ in 0..2 {
        read(&world, OpenAi, "/v1/files/file-batch-40/content", "");
    }
    let rows = world.rows(42);
    let lines = billed(&rows);
    assert_eq!(lines.len(), 40);
    let ids: BTreeSet<_> = lines.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 40);
    for line in lines {
        // 800 at 1.25, 200 cached at 0.13 and 100 at 7.5 USD per million
        assert_eq!((&line["cost_usd"], &line["model"]), (&json!("0.001776"), &json!("gpt-5.4")), "{line}");
    }
}

#[test]
fn anthropics_results_have_the_time_of_their_batch_wherever_they_are_read() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let world = World::start();
        read(&world, Anthropic, "/v1/messages/batches/msgbatch_3", "");
        read(&world, Anthropic, "/v1/messages/batches/msgbatch_3/results", "");
        read(&world, Anthropic, "/v1/messages/batches/msgbatch_3/results", "");
        let rows = world.rows(6);
        let lines: Vec<_> = billed(&rows)
            .iter()
            .map(|row| (row["id"].clone(), row["created_at"].clone(), row["cost_usd"].clone()))
            .collect();
        assert_eq!(lines.len(), 3);
        for (_, created, cost) in &lines {
            // half of 1,000 at 3 and 100 at 15 USD per million
            assert_eq!((created, cost), (&json!("2026-11-27T21:20:00.000Z"), &json!("0.00225")));
        }
        seen.push(lines);
    }
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn a_file_that_is_no_batchs_results_costs_nothing() {
    let world = World::start();
    read(&world, OpenAi, "/v1/files/file-standin", "");
    assert_eq!((&world.row()["usage_source"], &world.row()["cost_usd"]), (&json!("none"), &json!("0")));
}
