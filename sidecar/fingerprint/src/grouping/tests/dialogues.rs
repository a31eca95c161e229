//! Agents that were seen in few dialogues, whose calls all say what their dialogue began with.

use serde_json::{Value, json};

use super::{PREAMBLE, filler, fillings::drawn, groups, sketch};
use crate::Sketch;

/// One tool of its own, beside those that the framework gives to all.
fn tools(agent: usize) -> Value {
    let tool = |name: String, about: String, takes: String| {
        json!({"type": "function", "function": {"name": name, "description": about,
            "parameters": {"type": "object", "properties": {(takes.as_str()): {"type": "string"}}, "required": [takes.as_str()]}}})
    };
    let own = |at: usize| filler(60_000 + 10 * agent + at, 1);
    json!([
        tool(own(1), filler(61_000 + agent, 5), own(2)),
        tool("finish".to_owned(), "End the run with a summary".to_owned(), "summary".to_owned()),
        tool("note".to_owned(), "Write a line into the log".to_owned(), "line".to_owned()),
    ])
}

/// The calls of one dialogue of an agent.
fn dialogue(agent: usize, number: usize, role: &str, tools: &Value, turns: usize) -> Vec<Sketch> {
    let mut messages = vec![
        json!({"role": "system", "content": format!("{PREAMBLE} {role}")}),
        json!({"role": "user", "content": filler(1_000 * agent + number, 30)}),
    ];
    (0..turns)
        .map(|turn| {
            let call = sketch(&json!({"messages": messages, "tools": tools}));
            messages.push(json!({"role": "assistant", "content": filler(turn + 40, 9)}));
            messages.push(json!({"role": "user", "content": filler(turn + 90, 9)}));
            call
        })
        .collect()
}

/// The number of calls of each group, the largest first.
fn sizes(sketches: &[Sketch]) -> Vec<usize> {
    let mut sizes: Vec<usize> = groups(sketches).iter().map(Vec::len).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

#[test]
fn agents_of_one_framework_that_were_seen_in_one_dialogue_each_are_groups_of_their_own() {
    let sketches: Vec<Sketch> =
        (0..3).flat_map(|agent| dialogue(agent, 0, "", &tools(agent), 7 + agent)).collect();
    assert_eq!(sizes(&sketches), [9, 8, 7]);
}

#[test]
fn one_dialogue_of_an_agent_does_not_stand_among_many_of_another() {
    let mut sketches: Vec<Sketch> =
        (0..60).flat_map(|number| dialogue(1, number, "", &tools(1), 6)).collect();
    sketches.extend(dialogue(2, 0, "", &tools(2), 5));
    sketches.extend(dialogue(3, 0, "", &tools(3), 4));
    assert_eq!(sizes(&sketches), [360, 5, 4]);
}

#[test]
fn agents_beneath_long_common_instructions_are_told_apart_by_one_tool() {
    let sketches: Vec<Sketch> =
        (0..24).flat_map(|number| dialogue(number % 3, number, "", &tools(number % 3), 5)).collect();
    assert_eq!(sizes(&sketches), [40, 40, 40]);
}

#[test]
fn an_agent_is_one_group_whomever_each_of_a_few_dialogues_is_with() {
    let role = |number: usize| format!("The customer: {}", filler(80_000 + number, 12));
    let sketches: Vec<Sketch> =
        (0..4).flat_map(|number| dialogue(1, number, &role(number), &tools(1), 6)).collect();
    assert_eq!(sizes(&sketches), [24]);
}

#[test]
fn tools_that_only_some_users_may_use_make_no_features() {
    let optional = |number: usize| {
        let given = [tools(1), tools(2), tools(3)];
        let all = (0..3).filter(|at| at == &0 || number >> (at - 1) & 1 == 1);
        Value::Array(all.flat_map(|at| given[at].as_array().cloned().unwrap_or_default()).collect())
    };
    let sketches: Vec<Sketch> =
        (0..32).flat_map(|number| dialogue(1, number, "", &optional(number), 4)).collect();
    assert_eq!(sizes(&sketches), [128]);
}

#[test]
fn one_dialogue_in_another_role_does_not_stand_among_many_in_this() {
    let roles = [
        "You are a grumpy smith who talks about steel and debts only, and in half sentences.",
        "You are a healer of the old faith, soft of voice, who never gives a straight answer.",
    ];
    let role = |number: usize| roles[usize::from(number == 0)];
    let sketches: Vec<Sketch> =
        (0..20).flat_map(|number| dialogue(1, number, role(number), &tools(1), 4)).collect();
    assert_eq!(sizes(&sketches), [76, 4]);
}

#[test]
fn an_agent_whose_role_and_tools_are_written_for_each_dialogue_is_one_group() {
    // long and short dialogues, of which some have a word in common by chance
    let role = |number: usize| {
        format!("Your trade is {}. {}", filler(85_000 + number % 9, 3), filler(81_000 + number, 24))
    };
    let sketches: Vec<Sketch> = (0..40)
        .flat_map(|number| dialogue(1, number, &role(number), &tools(100 + number), 1 + number * 7 % 13))
        .collect();
    let sizes = sizes(&sketches);
    assert!(sizes[0] * 10 >= sketches.len() * 9, "{sizes:?}");
}

#[test]
fn two_agents_that_are_told_nothing_alike_are_told_apart_by_a_few_dialogues_though_their_tools_are_the_same()
{
    let told = [
        "Settle the case with the tools, give credit up to the limit, and never ask a person for leave to do so.",
        "Walk a new owner through the first week, look up the guide, and do not speak of money at any time.",
    ];
    let tools: Vec<Value> =
        (1..6).flat_map(|agent| tools(agent).as_array().cloned().unwrap_or_default()).collect();
    let calls = |number: usize| {
        (0..4).map(move |turn| {
            let mut messages = vec![json!({"role": "system", "content": told[number % 2]})];
            messages.push(json!({"role": "user", "content": filler(number, 30)}));
            (0..turn)
                .for_each(|at| messages.push(json!({"role": "assistant", "content": filler(at + 40, 9)})));
            messages
        })
    };
    let sketches: Vec<Sketch> = (0..5)
        .flat_map(calls)
        .map(|messages| sketch(&json!({"messages": messages, "tools": tools})))
        .collect();
    assert_eq!(sizes(&sketches), [12, 8]);
}

#[test]
fn examples_drawn_at_random_before_a_template_make_no_groups_where_nothing_is_told() {
    let template = "Decide which desk has to answer the message below, and say its name in one word. Say other where none of \
                    them is meant, and never say anything besides the name of the desk.";
    let of = |at: usize| {
        let example = |nth: usize| filler(5_000 + drawn(at, nth) % 12, 12);
        sketch(&json!({"messages": [
            json!({"role": "user", "content": example(1)}), json!({"role": "assistant", "content": "billing"}),
            json!({"role": "user", "content": example(2)}), json!({"role": "assistant", "content": "other"}),
            json!({"role": "user", "content": format!("{template}\n\n{}", filler(at, 20))}),
        ]}))
    };
    let sketches: Vec<Sketch> = (0..120).map(of).collect();
    assert_eq!(groups(&sketches).len(), 1);
}
