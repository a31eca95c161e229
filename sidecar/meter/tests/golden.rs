//! Recorded exchanges as files: what is metered equals what is expected, to the last digit.
//!
//! `examples.jsonl` was priced by two independent calculators and by hand, `agreed.jsonl` by the two (see `agreed.py`): every
//! model in the book, whole and as a stream, in each of its tiers.

use serde_json::Value;
use tollgate_meter::{PriceBook, exchange::meter_line};

fn check(lines: &str) {
    let mut failures = Vec::new();
    for line in lines.lines() {
        let exchange: Value = serde_json::from_str(line).expect("an exchange is a JSON line");
        let result: Value =
            serde_json::from_str(&meter_line(line, PriceBook::built_in())).expect("so is a result");
        let expected = exchange["expected"].as_object().expect("an exchange says what is expected");
        for (name, value) in expected.iter().filter(|(name, _)| name.as_str() != "note") {
            if result[name] != *value {
                failures.push(format!(
                    "{}: {name} is {}, expected {value}: {result}",
                    exchange["id"], result[name]
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), lines.lines().count(), failures.join("\n"));
}

#[test]
fn examples_cost_what_two_calculators_and_we_agreed_on() {
    check(include_str!("exchanges/examples.jsonl"));
}

#[test]
fn every_model_costs_what_two_calculators_agree_on() {
    check(include_str!("exchanges/agreed.jsonl"));
}

#[test]
fn calls_of_the_xai_sdk_cost_what_its_messages_say() {
    check(include_str!("exchanges/grpc.jsonl"));
}
