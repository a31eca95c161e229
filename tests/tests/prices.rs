//! The admin's own prices over the built-in book.

use serde_json::json;
use tollgate_tests::{
    harness::{
        wait,
        world::{Setup, World, chat},
    },
    standin::Provider::OpenAi,
};

const PLAY: &str = "input=1000000 output=1000000";

fn prices(input: &str) -> String {
    format!("openai:\n  our-model:\n    input: \"{input}\"\n    output: \"2\"\n")
}

/// What the next call costs by the ledger.
fn cost(world: &World, calls: &mut usize) -> serde_json::Value {
    assert_eq!(world.through(OpenAi, &chat(json!({"model": "our-model"}), PLAY)).status(), 200);
    *calls += 1;
    world.rows(*calls)[*calls - 1]["cost_usd"].clone()
}

fn becomes(world: &World, calls: &mut usize, wanted: &str) {
    wait::eventually(&format!("a cost of {wanted}"), || {
        let seen = cost(world, calls);
        if seen == wanted { Ok(()) } else { Err(seen) }
    });
}

#[test]
fn a_price_of_the_file_is_taken_and_a_change_of_it_counts() {
    let world = World::with(Setup {
        prices: Some("openai: {our-model: {input: \"1\", output: \"2\"}}\n"),
        ..Setup::default()
    });
    let mut calls = 0;
    assert_eq!(cost(&world, &mut calls), "3");
    world.replace("prices.yaml", &prices("0.5"));
    becomes(&world, &mut calls, "2.5");
}

#[test]
fn a_file_that_cannot_be_taken_leaves_the_last_good_prices_and_is_named_in_the_log() {
    let world = World::with(Setup {
        prices: Some("openai: {our-model: {input: \"1\", output: \"2\"}}\n"),
        ..Setup::default()
    });
    let mut calls = 0;
    for broken in ["openai: {our-model: {input: cheap}}\n", "", "}{"] {
        let before = world.sidecar.log().len();
        world.replace("prices.yaml", broken);
        wait::eventually("a word on it in the log", || {
            let log = world.sidecar.log()[before..].to_owned();
            if log.contains("prices.yaml") { Ok(()) } else { Err(log) }
        });
        assert_eq!(cost(&world, &mut calls), "3", "{broken:?}");
    }
}

#[test]
fn a_file_that_is_gone_leaves_the_last_good_prices() {
    let world = World::with(Setup {
        prices: Some("openai: {our-model: {input: \"1\", output: \"2\"}}\n"),
        ..Setup::default()
    });
    let mut calls = 0;
    assert_eq!(cost(&world, &mut calls), "3");
    let before = world.sidecar.log().len();
    std::fs::remove_file(world.folder().join("prices.yaml")).expect("removed");
    wait::eventually("a word on it in the log", || {
        let log = world.sidecar.log()[before..].to_owned();
        if log.contains("prices.yaml") { Ok(()) } else { Err(log) }
    });
    assert_eq!(cost(&world, &mut calls), "3");
}

#[test]
fn other_models_keep_their_built_in_price() {
    let world = World::with(Setup {
        prices: Some("openai: {our-model: {input: \"1\", output: \"2\"}}\n"),
        ..Setup::default()
    });
    assert_eq!(world.through(OpenAi, &chat(json!({}), PLAY)).status(), 200);
    // gpt-4o-mini: 0.15 and 0.60 USD a million
    assert_eq!(world.row()["cost_usd"], "0.75");
}
