use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::*;
use crate::{FingerprintKey, SketchReader};

mod agents;
mod alone;
mod customers;
mod dialogues;
mod fillings;
mod given;
mod scattered;
mod seldom;

fn key() -> FingerprintKey {
    FingerprintKey::new(&[7; 16])
}

fn sketch(body: &Value) -> Sketch {
    let mut reader = SketchReader::new("/v1/chat/completions", [].into_iter());
    reader.feed(body.to_string().as_bytes());
    reader.sketch(&key())
}

fn call(system: &str, user: &str) -> Sketch {
    sketch(&json!({"messages": [{"role": "system", "content": system}, {"role": "user", "content": user}]}))
}

/// Text that is another one for each number.
fn filler(number: usize, words: usize) -> String {
    let letters = |mut value: usize| {
        let mut word = String::new();
        while value > 0 {
            word.push(char::from(b'a' + (value % 26) as u8));
            value /= 26;
        }
        word
    };
    let mixed = |at: usize| ((number * 7919 + at) * 2_654_435_761) % 1_000_003 + 700;
    (0..words).map(|at| letters(mixed(at))).collect::<Vec<_>>().join(" ")
}

/// A number that looks drawn, whichever others are drawn.
fn mixed(at: usize) -> usize {
    (at + 17) * (at + 3) * 2_654_435_761 % 1_000_003
}

/// The groups of these calls, as sets of their places.
fn groups(sketches: &[Sketch]) -> BTreeSet<Vec<usize>> {
    let grouping = Grouping::of(sketches);
    let mut by_id: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for at in 0..sketches.len() {
        by_id.entry(grouping.group_of(at).id(&key())).or_default().push(at);
    }
    by_id.into_values().collect()
}

const PREAMBLE: &str = "You work for a shop of household goods. Be warm and plain, never promise a date that is not in \
                        the data, never reveal notes, and refuse what is unrelated to the shop.";

#[test]
fn tasks_beneath_one_preamble_are_groups_of_their_own() {
    let sketches: Vec<Sketch> = (0..40)
        .map(|at| {
            let task = if at < 20 {
                "Summarise the reviews in three bullet points, the most frequent complaint first."
            } else {
                "Decide whether the request to return goods is covered by our policy, in one word."
            };
            call(&format!("{PREAMBLE} {task}"), &filler(at, 30))
        })
        .collect();
    assert_eq!(groups(&sketches), BTreeSet::from([(0..20).collect(), (20..40).collect()]));
}

#[test]
fn documents_out_of_a_shelf_make_no_groups() {
    let shelf: Vec<String> = (0..12).map(|at| filler(1000 + at, 40)).collect();
    let sketches: Vec<Sketch> = (0..60)
        .map(|at| {
            let any =
                |nth: usize| &shelf[((at * 3 + nth + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) % 12];
            let documents = [any(0), any(1), any(2)];
            let documents = documents.map(String::as_str).join("\n");
            call(
                &format!("{PREAMBLE}\n{documents}\nCite what you used, and ask back if nothing fits."),
                &filler(at, 9),
            )
        })
        .collect();
    assert_eq!(groups(&sketches).len(), 1);
}

#[test]
fn templates_beneath_the_same_few_words_are_groups_of_their_own() {
    let sketches: Vec<Sketch> = (0..30)
        .map(|at| {
            let template = if at % 2 == 0 {
                "Summarise the following text in one sentence:"
            } else {
                "List all persons that are named in this text:"
            };
            call("You are a helpful assistant.", &format!("{template}\n\n{}", filler(at, 60)))
        })
        .collect();
    let evens = (0..30).step_by(2).collect();
    assert_eq!(groups(&sketches), BTreeSet::from([evens, (1..30).step_by(2).collect()]));
}

#[test]
fn questions_that_are_asked_again_and_again_make_no_groups() {
    let asked = [
        "how do I reset my password",
        "where is my invoice for the last month",
        "what does shipping to the islands cost me",
    ];
    let sketches: Vec<Sketch> = (0..60).map(|at| call(PREAMBLE, asked[at % 3])).collect();
    assert_eq!(groups(&sketches).len(), 1);
}

#[test]
fn the_order_of_calls_changes_neither_groups_nor_ids() {
    let sketches: Vec<Sketch> =
        (0..60).map(|at| call(&format!("{PREAMBLE} {}", filler(at % 3, 25)), &filler(at, 20))).collect();
    let forwards = Grouping::of(&sketches);
    for stride in [7, 11, 59] {
        let order: Vec<usize> = (0..60).map(|at| at * stride % 60).collect();
        let shuffled: Vec<Sketch> = order.iter().map(|at| sketches[*at].clone()).collect();
        let grouping = Grouping::of(&shuffled);
        for (place, at) in order.iter().enumerate() {
            assert_eq!(grouping.group_of(place).id(&key()), forwards.group_of(*at).id(&key()));
        }
    }
}

#[test]
fn a_group_knows_its_calls_and_those_that_are_still_to_come_and_no_others() {
    let of = |task: usize, user: usize| call(&format!("{PREAMBLE} {}", filler(task, 25)), &filler(user, 20));
    let sketches: Vec<Sketch> = (0..60).map(|at| of(at % 3, at)).collect();
    let grouping = Grouping::of(&sketches);
    for task in 0..3 {
        let group = grouping.group_of(task);
        for other in 0..3 {
            assert_eq!(group.matches(&of(other, 1_000 + other)), task == other, "{task} {other}");
        }
    }
}

#[test]
fn one_call_alone_is_a_group() {
    assert_eq!(groups(&[call(PREAMBLE, "hi")]).len(), 1);
}

#[test]
fn endpoints_are_never_in_one_group() {
    let of = |endpoint: &str| {
        let mut reader = SketchReader::new(endpoint, [].into_iter());
        reader.feed(b"{\"input\":\"hello\"}");
        reader.sketch(&key())
    };
    assert_eq!(groups(&[of("/v1/embeddings"), of("/v1/moderations"), of("/v1/embeddings")]).len(), 2);
}

#[test]
fn tasks_are_told_apart_though_long_documents_stand_behind_them() {
    let tasks = [
        "You help customers with tracking and delays. Quote the number of each document. Never promise a refund.",
        "You answer employees about vacation and benefits. Refer to the handbook. Salary is none of your business.",
        "You explain customs rules to dispatchers. Write in bullet points. Say that this is no legal advice.",
    ];
    let sketches: Vec<Sketch> = (0..60)
        .map(|at| {
            let documents = [filler(at % 7, 60), filler(100 + at % 11, 60), filler(200 + at, 60)].join(". ");
            call(&format!("{PREAMBLE}\n{}\nDocuments: {documents}", tasks[at % 3]), &filler(at, 20))
        })
        .collect();
    let of = |task: usize| (0..60).filter(|at| at % 3 == task).collect::<Vec<_>>();
    assert_eq!(groups(&sketches), BTreeSet::from([of(0), of(1), of(2)]));
}

#[test]
fn one_of_many_texts_that_are_filled_in_makes_no_groups() {
    let sketches: Vec<Sketch> = (0..100)
        .map(|at| {
            let schema = filler(at * 31 % 12, 40);
            call(
                &format!("{PREAMBLE} Write one query for the question. Use these tables only: {schema}"),
                "hi",
            )
        })
        .collect();
    assert_eq!(groups(&sketches).len(), 1);
}

/// What an app without instructions asks.
fn bare(user: &str) -> Sketch {
    sketch(&json!({"messages": [{"role": "user", "content": user}]}))
}

#[test]
fn many_features_that_only_their_own_words_tell_apart_are_groups_of_their_own() {
    for (words, features) in [(12, 7), (12, 30), (40, 90)] {
        let lead = |feature: usize| filler(50_000 + feature, words);
        let asked: Vec<Sketch> = (0..features * 8)
            .map(|at| bare(&format!("{}\n\n{}", lead(at % features), filler(at, 40))))
            .collect();
        assert_eq!(groups(&asked).len(), features, "asked, {words} words");
        let told: Vec<Sketch> =
            (0..features * 8).map(|at| call(&lead(at % features), &filler(at, 40))).collect();
        assert_eq!(groups(&told).len(), features, "told, {words} words");
    }
}

#[test]
fn three_words_and_a_colon_tell_features_apart() {
    let leads = ["Make this shorter", "Make this friendlier", "Make this more formal"];
    let asked = |at: usize| format!("{}:\n\n{}", leads[at % 3], filler(at, 30));
    let beneath: Vec<Sketch> = (0..60).map(|at| call("You edit texts for agents.", &asked(at))).collect();
    let alone: Vec<Sketch> = (0..60).map(|at| bare(&asked(at))).collect();
    assert_eq!((groups(&beneath).len(), groups(&alone).len()), (3, 3));
}

#[test]
fn dialogues_make_no_groups_whatever_each_of_them_is_about() {
    let goes_on = |dialogue: usize, turns: usize| {
        let customer = filler(9_000 + dialogue, 40);
        let mut messages = vec![
            json!({"role": "system", "content": format!("{PREAMBLE} The customer: {customer}")}),
            json!({"role": "user", "content": filler(dialogue, 20)}),
        ];
        for turn in 0..turns {
            messages.push(json!({"role": "assistant", "content": filler(turn + 100, 9)}));
            messages.push(json!({"role": "user", "content": filler(turn + 200, 9)}));
        }
        sketch(&json!({ "messages": messages }))
    };
    let sketches: Vec<Sketch> = (0..40).map(|at| goes_on(at / 8, at % 8)).collect();
    assert_eq!(groups(&sketches).len(), 1);
}

#[test]
fn one_call_of_another_task_does_not_stand_among_many_of_this() {
    let of = |task: usize, user: usize| call(&format!("{PREAMBLE} {}", filler(task, 25)), &filler(user, 20));
    let mut sketches: Vec<Sketch> = (0..40).map(|at| of(1, at)).collect();
    sketches.push(of(2, 50));
    assert_eq!(groups(&sketches), BTreeSet::from([(0..40).collect(), vec![40]]));
}

#[test]
fn schemas_and_the_length_of_answers_tell_features_apart() {
    let asked = |more: Value, at: usize| {
        let mut body = json!({"messages": [
            {"role": "system", "content": "Extract the data from the note."}, {"role": "user", "content": filler(at, 40)}]});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        sketch(&body)
    };
    let schema = |name: &str, fields: [&str; 3]| {
        let properties: Map<_, _> =
            fields.iter().map(|field| ((*field).to_owned(), json!({"type": "string"}))).collect();
        json!({"response_format": {"type": "json_schema", "json_schema": {"name": name, "strict": true, "schema": {
            "type": "object", "properties": properties, "required": fields, "additionalProperties": false}}}})
    };
    let schemas = [
        schema("vitals", ["pulse", "systolic", "diastolic"]),
        schema("medication", ["substance", "dose", "route"]),
        schema("symptoms", ["onset", "severity", "place"]),
    ];
    let answers: Vec<Sketch> = (0..60).map(|at| asked(schemas[at % 3].clone(), at)).collect();
    assert_eq!(groups(&answers).len(), 3);
    let lengths = [json!({"max_tokens": 60}), json!({"max_tokens": 900})];
    let answers: Vec<Sketch> = (0..60).map(|at| asked(lengths[at % 2].clone(), at)).collect();
    assert_eq!(groups(&answers).len(), 2);
}

#[test]
fn examples_that_stand_before_each_question_are_no_dialogue() {
    let told = "Say in one word what the customer wants, and say nothing else than that word.";
    let by_example = |at: usize| {
        let said = |role: &str, content: &str| json!({"role": role, "content": content});
        sketch(&json!({"messages": [said("system", told), said("user", "i want to leave"),
            said("assistant", "cancel"), said("user", "my car is broken"), said("assistant", "claim"),
            said("user", &filler(at, 12))]}))
    };
    let summary = |at: usize| {
        bare(&format!("Write a concise summary of the following text:\n\n{}\n\nSummary:", filler(at, 40)))
    };
    let sketches: Vec<Sketch> =
        (0..40).map(|at| if at < 20 { by_example(at) } else { summary(at) }).collect();
    assert_eq!(groups(&sketches), BTreeSet::from([(0..20).collect(), (20..40).collect()]));
}

#[test]
fn a_task_of_one_line_is_seen_between_a_long_handbook_and_long_documents() {
    let lines = |from: usize, count: usize| {
        (from..from + count).map(|at| filler(at, 50) + ".").collect::<Vec<_>>().join("\n\n")
    };
    let handbook = lines(1_000, 30);
    let tasks = [
        "Task: answer questions about wordings and cite the numbered sources.",
        "Task: rewrite the letter so that a pupil of twelve understands it.",
        "Task: list whatever would make an investigator of fraud suspicious.",
    ];
    let of = |at: usize| {
        call(&format!("{handbook}\n\n{}\n\n{}", tasks[at % 3], lines(2_000 + 20 * at, 12)), &filler(at, 20))
    };
    let sketches: Vec<Sketch> = (0..60).map(of).collect();
    assert_eq!(groups(&sketches).len(), 3);
}

#[test]
fn what_a_job_is_called_tells_calls_without_a_text_apart() {
    let batch = |job: &str, run: usize| {
        let mut reader = SketchReader::new("/v1/batches", [].into_iter());
        let body = json!({"input_file_id": format!("file-{run}a"), "endpoint": "/v1/chat/completions",
            "metadata": {"job": job, "run": format!("{run}f-0c"), "shard": (run % 5).to_string()}});
        reader.feed(body.to_string().as_bytes());
        reader.sketch(&key())
    };
    let jobs = ["tag-repositories", "weekly-digest", "backfill"];
    let sketches: Vec<Sketch> = (0..60).map(|at| batch(jobs[at % 3], at)).collect();
    assert_eq!(groups(&sketches).len(), 3);
}
