//! What is filled in, and looks like features: it crosses them, there is much of it, or it stands within a template.

use serde_json::{Value, json};

use super::{PREAMBLE, bare, call, filler, groups, sketch};
use crate::Sketch;

#[test]
fn what_customers_of_the_app_have_written_crosses_its_features_and_makes_none() {
    let tasks = [
        "Help the visitor find the right cover, and ask before you advise anything that costs money.",
        "Write the reminder that a policy ends soon, with whatever has changed since last year.",
        "Say which of the papers that were asked for is still missing, as a short list.",
    ];
    let sketches: Vec<Sketch> = (0..270)
        .map(|at| {
            let customer = filler(7_000 + at / 3 % 9, 50);
            call(&format!("{customer}\n\n{PREAMBLE}\n\n{}", tasks[at % 3]), &filler(at, 20))
        })
        .collect();
    let of = |task: usize| (0..270).filter(|at| at % 3 == task).collect::<Vec<_>>();
    assert_eq!(groups(&sketches), [of(0), of(1), of(2)].into());
}

#[test]
fn words_within_a_template_make_no_features_in_whatever_combination() {
    let languages = ["python", "rust", "java", "kotlin", "ruby", "go", "swift", "perl"];
    let readers = ["beginner", "student", "manager", "colleague"];
    let asked = |at: usize| {
        let (language, reader) = (languages[at % 8], readers[at / 8 % 4]);
        format!("Explain this {language} code to a {reader}:\n\n{}", filler(at, 40))
    };
    let sketches: Vec<Sketch> = (0..192).map(|at| bare(&asked(at))).collect();
    assert_eq!(groups(&sketches).len(), 1);
}

#[test]
fn a_few_among_many_documents_make_no_features() {
    let sketches: Vec<Sketch> = (0..300)
        .map(|at| {
            let mixed = |nth: usize| ((at * 5 + nth + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) % 60;
            let documents: Vec<String> =
                (0..=mixed(9) % 4).map(|nth| filler(1_000 + mixed(nth), 30)).collect();
            call(&format!("{PREAMBLE}\n{}\nCite what you used.", documents.join("\n")), &filler(at, 9))
        })
        .collect();
    assert_eq!(groups(&sketches).len(), 1);
}

#[test]
fn two_calls_among_a_dozen_are_a_group_where_their_template_is_another() {
    let of = |at: usize| {
        let template = if at < 12 {
            "Write an advertisement for the flat that is described below, in a warm tone, two sentences:"
        } else {
            "Suggest five words under which people would look for the thing below, with commas between:"
        };
        bare(&format!("{template}\n\n{}", filler(at, 20)))
    };
    let sketches: Vec<Sketch> = (0..14).map(of).collect();
    assert_eq!(groups(&sketches), [(0..12).collect(), vec![12, 13]].into());
}

#[test]
fn papers_that_come_twice_make_no_features_beneath_long_instructions() {
    let sketches: Vec<Sketch> = (0..120)
        .map(|at| {
            let paper = format!("{} {}", filler(3_000 + at % 40, 14), filler(at, 60));
            call(&format!("{PREAMBLE} {PREAMBLE} Quote the number of each clause."), &paper)
        })
        .collect();
    assert_eq!(groups(&sketches).len(), 1);
}

#[test]
fn papers_out_of_a_store_make_no_features_where_nothing_else_is_said() {
    for (papers, calls) in [(12, 40), (25, 40), (25, 150), (60, 150)] {
        let paper = |at: usize| (at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
        let sketches: Vec<Sketch> =
            (0..calls).map(|at| bare(&filler(4_000 + paper(at) % papers, 90))).collect();
        assert_eq!(groups(&sketches).len(), 1, "{papers} papers, {calls} calls");
    }
}

/// A number that looks drawn, for each call and each draw.
pub(super) fn drawn(at: usize, nth: usize) -> usize {
    (at * 31 + nth + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33
}

/// What a search finds in a store: so many at least and at most, in any order, each once.
pub(super) fn found(store: usize, least: usize, most: usize, at: usize) -> Vec<usize> {
    let wanted = least + drawn(at, 0) % (most - least + 1);
    let mut found: Vec<usize> = Vec::new();
    for number in (1..).map(|nth| drawn(at, nth) % store) {
        if found.len() == wanted {
            break;
        }
        if !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

/// One to `most` documents out of a store, each of some sentences.
pub(super) fn looked_up(store: usize, most: usize, at: usize) -> String {
    let document = |number: usize| {
        (0..4).map(|line| filler(9_000 + 10 * number + line, 14) + ".").collect::<Vec<_>>().join(" ")
    };
    found(store, 1, most, at).into_iter().map(document).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn documents_that_are_found_alone_or_with_others_leave_nine_calls_of_ten_together() {
    for (store, most, calls) in [(25, 5, 150), (25, 5, 300), (34, 3, 150), (34, 3, 300), (16, 2, 200)] {
        let told =
            |at| format!("Answer the citizen by what was found.\n\nFound:\n{}", looked_up(store, most, at));
        let sketches: Vec<Sketch> = (0..calls).map(|at| call(&told(at), &filler(at, 9))).collect();
        // two that were found together twice, by chance, may be taken for a template
        let groups = groups(&sketches);
        assert!(groups.len() <= 3, "{most} of {store}, {calls} calls: {}", groups.len());
        assert!(groups.iter().any(|group| group.len() * 10 >= calls * 9), "{most} of {store}, {calls} calls");
    }
}

#[test]
fn tasks_over_one_store_are_told_apart_though_its_documents_are_found_alone_or_with_others() {
    let tasks = [
        "Answer the citizen in plain words, and give an amount only where a paragraph states one.",
        "Draft the official reply to the letter, refer to the paragraph, close with the department.",
        "List whatever the clerk did otherwise than the paragraphs say, as bullets, the worst first.",
    ];
    let told = |at: usize| format!("{}\n\nParagraphs:\n{}", tasks[at % 3], looked_up(25, 4, at));
    let sketches: Vec<Sketch> = (0..240).map(|at| call(&told(at), &filler(at, 9))).collect();
    let of = |task: usize| (0..240).filter(|at| at % 3 == task).collect::<Vec<_>>();
    assert_eq!(groups(&sketches), [of(0), of(1), of(2)].into());
}

#[test]
fn tools_that_a_search_finds_make_no_features() {
    let tool = |number: usize| {
        let [name, takes] = [1, 2].map(|nth| filler(70_000 + 10 * number + nth, 1));
        json!({"type": "function", "function": {"name": name, "description": filler(70_003 + 10 * number, 8),
            "parameters": {"type": "object", "properties": {(takes.as_str()): {"type": "string"}}}}})
    };
    for (store, least, most, calls) in [(40, 5, 5, 150), (8, 2, 6, 150), (8, 2, 6, 400)] {
        let with = |at: usize| {
            let tools: Vec<Value> = found(store, least, most, at).into_iter().map(tool).collect();
            let told = "You run the office of a carrier. Ask where something is missing.";
            let messages =
                json!([{"role": "system", "content": told}, {"role": "user", "content": filler(at, 12)}]);
            sketch(&json!({"messages": messages, "tools": tools}))
        };
        let sketches: Vec<Sketch> = (0..calls).map(with).collect();
        assert_eq!(groups(&sketches).len(), 1, "{least} to {most} of {store}, {calls} calls");
    }
}

#[test]
fn a_word_that_is_filled_in_beneath_several_tasks_makes_no_features() {
    let told = |task: usize, at: usize| {
        let plan = ["basic", "plus"][drawn(at, 2) % 2];
        let emoji = ["yes", "no"][drawn(at, 1) % 2];
        let task = filler(500 + task, 16);
        format!(
            "{PREAMBLE} Plan: {plan}. Does this tenant allow emoji? {emoji}. {PREAMBLE} Your task: {task}."
        )
    };
    for (tasks, calls) in [(2, 20), (2, 40), (3, 30), (3, 60)] {
        let sketches: Vec<Sketch> =
            (0..calls).map(|at| call(&told(at % tasks, at), &filler(at, 20))).collect();
        assert_eq!(groups(&sketches).len(), tasks, "{tasks} tasks, {calls} calls");
    }
}

#[test]
fn the_first_of_a_questions_fields_makes_no_features_beneath_long_instructions() {
    let fields = ["name", "material", "colour", "size", "care"];
    let asked = |at: usize| {
        let line = |nth: usize| format!("{}: {}", fields[(drawn(at, 3) + nth) % 5], filler(at * 7 + nth, 2));
        [0, 1, 2].map(line).join("\n")
    };
    for calls in [20, 40, 100] {
        let sketches: Vec<Sketch> = (0..calls)
            .map(|at| call(&format!("{PREAMBLE} {PREAMBLE} Describe the thing."), &asked(at)))
            .collect();
        assert_eq!(groups(&sketches).len(), 1, "{calls} calls");
    }
}

#[test]
fn passages_that_a_few_calls_by_chance_share_out_among_themselves_make_no_features() {
    let passages = |at: usize| {
        let passage = |number: usize| format!("[{number}] {}.", filler(9_000 + number, 60));
        found(12, 3, 3, at).into_iter().map(passage).collect::<Vec<_>>().join("\n\n")
    };
    for calls in [400..424, 600..636, 700..730] {
        let sketches: Vec<Sketch> = calls
            .clone()
            .map(|at| {
                let asked = format!("Passages:\n{}\n\nQuestion: {}", passages(at), filler(at, 12));
                call(PREAMBLE, &asked)
            })
            .collect();
        assert_eq!(groups(&sketches).len(), 1, "{calls:?}");
    }
}

#[test]
fn many_tasks_beneath_one_preamble_are_features_where_other_things_are_asked() {
    for (tasks, calls) in [(7, 70), (9, 180), (12, 240)] {
        let of = |at: usize| {
            let (task, tenant) = (at % tasks, filler(800 + drawn(at, 1) % 5, 5));
            let told =
                format!("{PREAMBLE} Tenant: {tenant}. {PREAMBLE} Your task: {}.", filler(500 + task, 16));
            call(&told, &filler(at, 6 + 12 * task + drawn(at, 2) % 6))
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        let of_task = |task: usize| (task..calls).step_by(tasks).collect();
        assert_eq!(groups(&sketches), (0..tasks).map(of_task).collect(), "{tasks} tasks");
    }
}

#[test]
fn many_tasks_of_a_page_beneath_one_preamble_are_features_whatever_is_asked_where_each_has_many_calls() {
    for (tasks, calls) in [(7, 280), (12, 720)] {
        let of = |at: usize| {
            let told = format!("{PREAMBLE} {PREAMBLE} {}.", filler(500 + at % tasks, 110));
            call(&told, &filler(at, 6 + drawn(at, 2) % 90))
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        assert_eq!(groups(&sketches).len(), tasks, "{tasks} tasks");
    }
}

#[test]
fn many_customers_beneath_one_task_are_no_features_whatever_they_ask() {
    let of = |at: usize| {
        let customer = filler(500 + drawn(at, 1) % 9, 16);
        call(&format!("{PREAMBLE} {PREAMBLE} The customer: {customer}."), &filler(at, 6 + drawn(at, 2) % 90))
    };
    for calls in [90, 360] {
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        assert_eq!(groups(&sketches).len(), 1, "{calls} calls");
    }
}

/// One of so many documents: some sentences, and nothing that all of them say.
fn document(number: usize) -> String {
    (0..5).map(|line| filler(20_000 + 10 * number + line, 12) + ".").collect::<Vec<_>>().join(" ")
}

#[test]
fn prompts_that_are_nothing_but_documents_out_of_a_store_are_one_feature() {
    for (store, least, most, calls) in [(40, 3, 5, 100), (40, 3, 5, 200), (60, 3, 5, 200)] {
        let told = |at: usize| {
            found(store, least, most, at).into_iter().map(document).collect::<Vec<_>>().join("\n\n")
        };
        let sketches: Vec<Sketch> = (0..calls).map(|at| call(&told(at), &filler(at, 9))).collect();
        let groups = groups(&sketches);
        assert!(
            groups.iter().any(|group| group.len() * 10 >= calls * 9),
            "{least} to {most} of {store}, {calls} calls: {:?}",
            groups.iter().map(Vec::len).collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_heading_above_each_document_is_no_other_document() {
    for (most, calls) in [(3, 240), (3, 430), (3, 600), (4, 500)] {
        let headed =
            |number: usize| format!("<article of=\"tariff book\">\n{}\n</article>", document(number));
        let told =
            |at: usize| found(18, 1, most, at).into_iter().map(headed).collect::<Vec<_>>().join("\n\n");
        let sketches: Vec<Sketch> = (0..calls).map(|at| call(&told(at), &filler(at, 9))).collect();
        let sizes: Vec<usize> = groups(&sketches).iter().map(Vec::len).collect();
        assert!(sizes.iter().any(|size| size * 10 >= calls * 9), "{calls} calls: {sizes:?}");
    }
}

#[test]
fn features_with_a_prompt_of_their_own_stand_beside_one_whose_prompts_are_documents() {
    let found_in = |at: usize| found(40, 3, 5, at).into_iter().map(document).collect::<Vec<_>>().join("\n\n");
    let of = |at: usize| match at % 8 {
        0 => call(&found_in(at), &filler(at, 9)),
        feature => call(&format!("{}.\n\n{}", filler(40_000 + feature, 30), filler(at, 90)), &filler(at, 9)),
    };
    let sketches: Vec<Sketch> = (0..240).map(of).collect();
    let groups = groups(&sketches);
    for feature in 1..8 {
        assert!(groups.contains(&(feature..240).step_by(8).collect::<Vec<_>>()), "{feature}");
    }
}

#[test]
fn letters_that_say_something_else_within_one_frame_are_features_where_nothing_is_told() {
    let letter = |occasion: &str, at: usize| {
        format!(
            "Write a letter to {}, dated {}. The occasion: {occasion} Notes of the clerk: {}. Keep to the form that \
             this office uses for all that it sends out, without a greeting of the director.",
            filler(at, 2),
            at % 28 + 1,
            filler(at, 20)
        )
    };
    let occasions = [
        "the connection of the house is laid elsewhere.",
        "the second reminder, with fourteen days and the hint that instalments are possible.",
        "the meter was read wrongly, and the difference will be paid back with the next bill.",
    ];
    for (letters, calls) in [(2, 20), (2, 60), (2, 200), (3, 30), (3, 120)] {
        let sketches: Vec<Sketch> = (0..calls).map(|at| bare(&letter(occasions[at % letters], at))).collect();
        let of = |occasion: usize| (occasion..calls).step_by(letters).collect::<Vec<_>>();
        assert_eq!(groups(&sketches), (0..letters).map(of).collect(), "{letters} letters, {calls} calls");
        // a few words that are filled in
        let tones = ["a kind tone.", "an official tone.", "few words."];
        let sketches: Vec<Sketch> = (0..calls).map(|at| bare(&letter(tones[at % 3], at))).collect();
        assert_eq!(groups(&sketches).len(), 1, "{calls} calls");
    }
}

#[test]
fn tasks_over_one_store_are_told_apart_beside_calls_that_are_told_nothing() {
    let tasks = [41_000, 41_001, 41_002].map(|task| filler(task, 15));
    let of = |at: usize| match at % 4 {
        3 => bare(&filler(at, 30)),
        task => call(&format!("{}.\n\n{}", tasks[task], looked_up(20, 4, at)), &filler(at, 9)),
    };
    let sketches: Vec<Sketch> = (0..240).map(of).collect();
    for group in groups(&sketches) {
        assert!(group.iter().all(|at| at % 4 == group[0] % 4), "{group:?}");
    }
}

#[test]
fn two_things_that_are_filled_into_one_template_make_no_group_of_each_pair() {
    let languages = [
        "Always answer in plain English words.",
        "Antworte immer auf Deutsch.",
        "Réponds toujours en français.",
    ];
    for (profiles, calls) in [(4, 60), (5, 90), (5, 300)] {
        let of = |at: usize| {
            let profile = filler(6_000 + drawn(at, 1) % profiles, 18);
            let told = format!("{PREAMBLE} Notes on the reader: {profile}. {}", languages[drawn(at, 2) % 3]);
            call(&told, &filler(at, 20))
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        let found = groups(&sketches).len();
        assert!(found <= profiles, "{profiles} profiles, {calls} calls: {found} groups");
    }
}
