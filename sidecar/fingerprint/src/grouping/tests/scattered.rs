//! What is filled in tells some parts apart, and is scattered over others.

use super::{call, filler, fillings::drawn, groups};
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
