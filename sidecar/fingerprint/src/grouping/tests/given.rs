//! Tools beneath the same instructions: each feature's own, or each customer's, each user's.

use serde_json::{Value, json};

use super::{PREAMBLE, filler, fillings::found, groups, sketch};
use crate::Sketch;

const TOLD: &str = "Extract the record from the document. Call the function exactly once, and leave empty what is not there.";

fn tool(number: usize) -> Value {
    let [name, takes, more] = [1, 2, 3].map(|nth| filler(70_000 + 10 * number + nth, 1));
    json!({"type": "function", "function": {"name": name, "description": filler(70_004 + 10 * number, 12), "parameters":
        {"type": "object", "properties": {(takes.as_str()): {"type": "string"}, (more.as_str()): {"type": "integer"}}}}})
}

fn given(told: &str, asked: usize, tools: impl IntoIterator<Item = usize>) -> Sketch {
    let tools: Vec<Value> = tools.into_iter().map(tool).collect();
    let messages =
        [json!({"role": "system", "content": told}), json!({"role": "user", "content": filler(asked, 20)})];
    sketch(&json!({"messages": messages, "tools": tools}))
}

/// One of so many, which looks drawn.
fn drawn(of: usize, at: usize) -> usize {
    ((at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) % of
}

#[test]
fn a_function_that_each_customer_defines_makes_no_features() {
    for (customers, calls) in [(8, 120), (12, 150), (20, 60), (20, 150), (20, 400), (40, 300)] {
        let sketches: Vec<Sketch> = (0..calls).map(|at| given(TOLD, at, [drawn(customers, at)])).collect();
        assert_eq!(groups(&sketches).len(), 1, "{customers} customers, {calls} calls");
    }
}

#[test]
fn a_function_that_each_customer_defines_makes_no_features_though_one_has_most_calls() {
    let customer = |at: usize| if at.is_multiple_of(3) { 0 } else { 1 + drawn(15, at) };
    let sketches: Vec<Sketch> = (0..240).map(|at| given(TOLD, at, [customer(at)])).collect();
    assert_eq!(groups(&sketches).len(), 1);
}

#[test]
fn tools_of_the_servers_that_each_user_has_connected_make_no_features() {
    for (users, calls) in [(10, 150), (15, 40), (15, 300), (30, 300)] {
        let of = |at: usize| found(12, 2, 4, 5_000 + drawn(users, at));
        let of = |at: usize| of(at).into_iter().flat_map(|server| 4 * server..4 * server + 4);
        let sketches: Vec<Sketch> = (0..calls).map(|at| given(PREAMBLE, at, of(at))).collect();
        assert_eq!(groups(&sketches).len(), 1, "{users} users, {calls} calls");
    }
}

#[test]
fn features_are_told_apart_by_functions_of_their_own_beneath_the_same_instructions() {
    for features in [2, 3, 5] {
        let sketches: Vec<Sketch> = (0..120).map(|at| given(PREAMBLE, at, [at % features])).collect();
        assert_eq!(groups(&sketches).len(), features, "{features} features");
    }
}

#[test]
fn features_are_told_apart_by_functions_and_what_they_are_told_however_many_there_are() {
    let told = |feature: usize| format!("{PREAMBLE} {}", filler(90_000 + feature, 12));
    let sketches: Vec<Sketch> = (0..240).map(|at| given(&told(at % 12), at, [at % 12])).collect();
    assert_eq!(groups(&sketches).len(), 12);
}

#[test]
fn the_same_instructions_with_tools_and_without_are_two_features() {
    let sketches: Vec<Sketch> = (0..80)
        .map(|at| given(PREAMBLE, at, (at % 2 == 0).then_some([1, 2]).into_iter().flatten()))
        .collect();
    assert_eq!(groups(&sketches).len(), 2);
}

#[test]
fn a_function_that_has_each_customers_name_beside_what_the_customer_wrote_makes_no_features() {
    let function = |customer: usize| {
        json!({"type": "function", "function": {"name": filler(95_000 + customer, 1), "description":
            "Writes the record that was found into the customer's system.", "parameters": {"type": "object",
            "properties": {"record": {"type": "string"}, "confidence": {"type": "number"}}}}})
    };
    for (customers, calls) in [(12, 60), (12, 180), (30, 300)] {
        let of = |at: usize| {
            let customer = drawn(customers, at);
            let told = format!("{TOLD} {PREAMBLE} The customer's rules: {}", filler(96_000 + customer, 30));
            let messages = [
                json!({"role": "system", "content": told}),
                json!({"role": "user", "content": filler(at, 20)}),
            ];
            sketch(&json!({"messages": messages, "tools": [function(customer)]}))
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        assert_eq!(groups(&sketches).len(), 1, "{customers} customers, {calls} calls");
    }
}

#[test]
fn an_agent_that_has_some_tools_always_and_finds_others_is_told_from_a_feature_without_tools() {
    let of = |at: usize| {
        if at < 40 {
            let tools =
                [0, 1, 2].into_iter().chain(found(60, 1, 3, 7_000 + at).into_iter().map(|tool| 10 + tool));
            given(&format!("{PREAMBLE} Look it up."), at, tools)
        } else {
            given(PREAMBLE, at, [])
        }
    };
    let sketches: Vec<Sketch> = (0..52).map(of).collect();
    assert_eq!(groups(&sketches), [(0..40).collect(), (40..52).collect()].into());
}
