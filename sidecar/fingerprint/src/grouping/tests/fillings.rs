//! What is filled in, and looks like features: it crosses them, there is much of it, or it stands within a template.

use super::{PREAMBLE, bare, call, filler, groups};
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
