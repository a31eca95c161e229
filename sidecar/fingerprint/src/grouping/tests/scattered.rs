//! What is filled in tells some parts apart, and is scattered over others.

use serde_json::json;

use super::{call, filler, fillings::drawn, groups, sketch};
use crate::{
    Sketch,
    grouping::{columns::Columns, members::Members, scattered::Scattered},
};

/// So many words of a book, from anywhere in it.
fn excerpt(book: usize, at: usize) -> String {
    let words: Vec<String> = (0..10).map(|page| filler(60_000 + 10 * book + page, 40)).collect();
    let words: Vec<&str> = words.iter().flat_map(|page| page.split(' ')).collect();
    let from = drawn(at, 1) % (words.len() - 120);
    words[from..from + 120].join(" ")
}

const QUIZ: &str = "Write four questions about the passage of a school book, with one right answer each, and give the letter of \
                    the right answer at the end.";

#[test]
fn excerpts_of_the_same_few_books_are_one_feature() {
    for calls in [150, 240, 300] {
        let sketches: Vec<Sketch> = (0..calls).map(|at| call(QUIZ, &excerpt(at % 2, at))).collect();
        let found = groups(&sketches);
        let sizes: Vec<usize> = found.iter().map(Vec::len).collect();
        assert!(sizes.len() <= 6, "{calls} calls: {sizes:?}");
    }
}

#[test]
fn tasks_about_excerpts_of_the_same_books_are_features() {
    let tasks = [43_000, 43_001, 43_002, 43_003].map(|task| filler(task, 16));
    for calls in [160, 320] {
        let told = |at: usize| format!("You teach at a school. {}.", tasks[at % 4]);
        let sketches: Vec<Sketch> =
            (0..calls).map(|at| call(&told(at), &excerpt(drawn(at, 2) % 2, at))).collect();
        for group in groups(&sketches) {
            assert!(group.iter().all(|at| at % 4 == group[0] % 4), "{calls} calls: {group:?}");
        }
    }
}

/// A few sentences of a language that has few phrases.
fn phrases(at: usize) -> String {
    let phrase = |of: usize, among: usize, words: usize, what: usize| {
        filler(61_000 + 100 * of + drawn(at, 10 * what + of) % among, words)
    };
    let sentence = |what: usize| {
        format!(
            "{} {} {}. {}.",
            phrase(0, 20, 3, what),
            phrase(1, 15, 2, what),
            phrase(2, 16, 5, what),
            phrase(3, 8, 6, what)
        )
    };
    (0..3 + drawn(at, 1_000) % 6).map(sentence).collect::<Vec<_>>().join(" ")
}

fn asked(text: &str) -> Sketch {
    sketch(&json!({"messages": [{"role": "user", "content": text}]}))
}

#[test]
fn texts_of_the_same_phrases_are_one_feature_where_nothing_is_told() {
    for calls in [80, 120, 160] {
        let sketches: Vec<Sketch> = (0..calls).map(|at| asked(&phrases(at))).collect();
        let sizes: Vec<usize> = groups(&sketches).iter().map(Vec::len).collect();
        assert!(sizes.len() <= 6, "{calls} calls: {sizes:?}");
    }
}

#[test]
fn a_template_beside_texts_of_the_same_phrases_is_a_feature() {
    let template = filler(62_000, 30);
    let text = |at: usize| match at {
        0..12 => format!("{template}. {}", filler(62_001 + at, 60)),
        _ => phrases(at),
    };
    let sketches: Vec<Sketch> = (0..132).map(|at| asked(&text(at))).collect();
    let found = groups(&sketches);
    assert!(found.contains(&(0..12).collect::<Vec<_>>()), "{found:?}");
    assert!(found.len() <= 7, "{found:?}");
}

#[test]
fn questions_of_a_few_words_are_one_feature_where_nothing_is_told() {
    let sketches: Vec<Sketch> = (0..90)
        .map(|at| {
            let question = drawn(at, 3) % 9;
            let about = filler(63_100 + drawn(at, 4) % 16, 1);
            asked(&format!("{} {about} {}?", filler(63_000 + question, 4), filler(63_050 + question, 3)))
        })
        .collect();
    let sizes: Vec<usize> = groups(&sketches).iter().map(Vec::len).collect();
    assert!(sizes.len() <= 6, "{sizes:?}");
}

#[test]
fn seven_templates_of_a_few_words_are_features_where_each_has_many_calls() {
    let sketches: Vec<Sketch> = (0..280)
        .map(|at| asked(&format!("{}: {}", filler(64_000 + at % 7, 6), filler(64_100 + at, 4))))
        .collect();
    for group in groups(&sketches) {
        assert!(group.iter().all(|at| at % 7 == group[0] % 7), "{group:?}");
    }
}

/// A page of a tenant's, or of a task's.
fn page(of: usize) -> String {
    (0..30).map(|line| format!("- {}.\n", filler(65_000 + 40 * of + line, 12))).collect()
}

fn within(page: &str, instructions: &str, at: usize) -> Sketch {
    call(&format!("{}.\n{page}\n{instructions}.", filler(66_000, 20)), &filler(66_100 + at, 12))
}

/// Whether so many parts are fillings, by the pages that they are told.
fn are_pages(sketches: &[Sketch], parts: usize, part_of: impl Fn(usize) -> usize) -> bool {
    let studied: Vec<&Sketch> = sketches.iter().collect();
    let all = Members::all(sketches.len());
    let members: Vec<Members> = (0..parts).map(|part| all.partition(|at| part_of(at) == part).0).collect();
    let parts: Vec<usize> = (0..parts).collect();
    Scattered::of(&Columns::of(&studied), &members).are_pages(&parts)
}

#[test]
fn few_calls_each_beneath_a_page_of_their_own_are_tenants() {
    let instructions = filler(66_001, 20);
    let calls = |count: usize| -> Vec<Sketch> {
        (0..count).map(|at| within(&page(at % 8), &instructions, at)).collect()
    };
    assert!(are_pages(&calls(64), 8, |at| at % 8));
    assert!(!are_pages(&calls(160), 8, |at| at % 8), "twenty calls are enough to be a feature");
}

#[test]
fn tasks_of_less_than_a_page_are_no_tenants() {
    let instructions = filler(66_001, 20);
    let task = |at: usize| filler(67_000 + at % 8, 16);
    let sketches: Vec<Sketch> = (0..64).map(|at| within(&task(at), &instructions, at)).collect();
    assert!(!are_pages(&sketches, 8, |at| at % 8));
}

#[test]
fn two_tasks_beneath_the_pages_of_tenants_are_no_tenants() {
    let instructions = [filler(67_000, 16), filler(67_001, 16)];
    let sketches: Vec<Sketch> =
        (0..64).map(|at| within(&page(at / 2 % 4), &instructions[at % 2], at)).collect();
    assert!(!are_pages(&sketches, 8, |at| at % 8));
}

#[test]
fn tasks_of_a_page_that_each_ask_in_words_of_their_own_are_no_tenants() {
    let instructions = filler(66_001, 20);
    let told = |at: usize| format!("{}.\n{}\n{instructions}.", filler(66_000, 20), page(at % 8));
    let asked = |at: usize| format!("{} {}", filler(68_000 + at % 8, 10), filler(66_100 + at, 12));
    let sketches: Vec<Sketch> = (0..64).map(|at| call(&told(at), &asked(at))).collect();
    assert!(!are_pages(&sketches, 8, |at| at % 8));
}
