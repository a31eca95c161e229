//! Agents whose tools are not the same in each call: a step of the work needs others, and each user has servers of his own.

use serde_json::{Value, json};

use super::{
    PREAMBLE, filler,
    fillings::{drawn, found},
    groups, sketch,
};
use crate::Sketch;

fn tool(number: usize) -> Value {
    let [name, takes] = [1, 2].map(|nth| filler(70_000 + 10 * number + nth, 1));
    json!({"type": "function", "function": {"name": name, "description": filler(70_003 + 10 * number, 6),
        "parameters": {"type": "object", "properties": {(takes.as_str()): {"type": "string"}}}}})
}

/// A dialogue's call after so many turns.
fn turn(told: &str, dialogue: usize, turns: usize, tools: impl IntoIterator<Item = usize>) -> Sketch {
    let mut messages = vec![
        json!({"role": "system", "content": told}),
        json!({"role": "user", "content": filler(dialogue, 30)}),
    ];
    for at in 0..turns {
        messages.push(json!({"role": "assistant", "content": filler(at + 40, 9)}));
        messages.push(json!({"role": "user", "content": filler(at + 90, 9)}));
    }
    sketch(&json!({"messages": messages, "tools": tools.into_iter().map(tool).collect::<Vec<_>>()}))
}

#[test]
fn tools_that_a_later_step_of_the_same_work_needs_make_no_feature() {
    for dialogues in [4, 12, 40] {
        let of = |dialogue: usize| {
            (0..6).map(move |turns| {
                let tools = if turns < 3 { [1, 2, 3] } else { [3, 4, 5] };
                turn(PREAMBLE, dialogue, turns, tools)
            })
        };
        let sketches: Vec<Sketch> = (0..dialogues).flat_map(of).collect();
        assert_eq!(groups(&sketches).len(), 1, "{dialogues} dialogues");
    }
}

#[test]
fn agents_with_tools_of_their_own_are_told_apart_though_they_are_asked_the_same() {
    let of = |at: usize| turn(PREAMBLE, at / 2 % 9, 0, if at.is_multiple_of(2) { [1, 2] } else { [3, 4] });
    let sketches: Vec<Sketch> = (0..60).map(of).collect();
    assert_eq!(groups(&sketches).len(), 2);
}

#[test]
fn a_greeting_that_begins_dialogues_with_several_agents_makes_them_no_steps_of_one() {
    let mail = (0..10).map(|dialogue| turn(PREAMBLE, dialogue, 0, [1, 2]));
    let calendar = [0, 1, 50].map(|dialogue| turn(PREAMBLE, dialogue, 2, [3, 4]));
    let sketches: Vec<Sketch> = mail.chain(calendar).collect();
    assert_eq!(groups(&sketches), [(0..10).collect(), (10..13).collect()].into());
}

#[test]
fn agents_beneath_one_preamble_are_told_apart_though_each_user_has_servers_of_his_own() {
    let agents = 7;
    let of = |dialogue: usize| {
        let agent = dialogue % agents;
        let told = format!("{PREAMBLE} {}", filler(90_000 + agent, 16));
        let servers = found(10, 1, 6, 5_000 + drawn(dialogue, 1) % 25).into_iter().map(|server| 20 + server);
        let tools: Vec<usize> = [1, 2].into_iter().chain(servers).collect();
        // one of them is soon done
        let turns = if agent == 0 { 2 } else { 8 };
        (0..turns).map(move |turns| (agent, turn(&told, dialogue, turns, tools.clone())))
    };
    let (agent_of, sketches): (Vec<usize>, Vec<Sketch>) = (0..12 * agents).flat_map(of).unzip();
    let groups = groups(&sketches);
    assert!(groups.iter().all(|group| group.iter().all(|at| agent_of[*at] == agent_of[group[0]])));
    assert!(groups.len() <= 2 * agents, "{}", groups.len());
}
