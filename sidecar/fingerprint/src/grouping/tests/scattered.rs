//! What is filled in tells some parts apart, and is scattered over others.

use serde_json::json;

use super::{call, filler, fillings::drawn, groups, sketch};
use crate::Sketch;

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
