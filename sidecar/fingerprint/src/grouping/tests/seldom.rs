//! Features with few words or few calls beside much larger ones.

use super::{PREAMBLE, bare, call, filler, fillings::looked_up, groups, key};
use crate::{Grouping, Sketch, SketchReader};

#[test]
fn instructions_of_two_words_tell_features_apart() {
    let told = ["Fix spelling.", "Make it shorter.", "Make it more formal."];
    let sketches: Vec<Sketch> = (0..60).map(|at| call(told[at % 3], &filler(at, 20))).collect();
    assert_eq!(groups(&sketches).len(), 3);
}

#[test]
fn a_word_within_short_instructions_makes_no_feature() {
    let readers = ["beginner", "student", "manager"];
    let told = |at: usize| format!("Explain it to a {}.", readers[at % 3]);
    let sketches: Vec<Sketch> = (0..60).map(|at| call(&told(at), &filler(at, 20))).collect();
    assert_eq!(groups(&sketches).len(), 1);
}

#[test]
fn jobs_that_ask_the_same_each_day_are_told_apart_by_what_they_ask() {
    let asked = [
        "Write the report of the exchange for today in a hundred words and name who gained most.",
        "Tell the readers what the stars have in store for them, in three cheerful sentences.",
    ];
    let sketches: Vec<Sketch> = (0..40).map(|at| bare(asked[at % 2])).collect();
    assert_eq!(groups(&sketches).len(), 2);
}

#[test]
fn what_a_batch_of_texts_is_embedded_for_tells_features_apart() {
    let of = |at: usize| {
        let task = ["RETRIEVAL_DOCUMENT", "RETRIEVAL_QUERY"][at % 2];
        let request = serde_json::json!({"taskType": task, "content": {"parts": [{"text": filler(at, 12)}]}});
        let mut reader = SketchReader::new("/v1beta/models/{model}:batchEmbedContents", [].into_iter());
        reader.feed(serde_json::json!({"requests": [request]}).to_string().as_bytes());
        reader.sketch(&key())
    };
    let sketches: Vec<Sketch> = (0..40).map(of).collect();
    assert_eq!(groups(&sketches).len(), 2);
}

#[test]
fn a_feature_too_rare_to_be_studied_is_in_no_group_of_another() {
    let of = |task: usize, user: usize| call(&format!("{PREAMBLE} {}", filler(task, 60)), &filler(user, 8));
    let mut sketches: Vec<Sketch> = (0..8_200).map(|at| of(1, at)).collect();
    sketches.extend((0..5).map(|at| of(2, 9_000 + at)));
    let other: Vec<Sketch> = (0..20)
        .map(|at| {
            let mut reader = SketchReader::new("/v1/embeddings", [].into_iter());
            reader.feed(serde_json::json!({"input": filler(at, 9)}).to_string().as_bytes());
            reader.sketch(&key())
        })
        .collect();
    sketches.extend(other);
    let grouping = Grouping::of(&sketches);
    let ids = |calls: std::ops::Range<usize>| {
        calls.map(|at| grouping.group_of(at).id(&key())).collect::<std::collections::BTreeSet<_>>()
    };
    let [often, rare, other] = [ids(0..8_200), ids(8_200..8_205), ids(8_205..8_225)];
    assert!(often.is_disjoint(&rare) && often.is_disjoint(&other) && rare.is_disjoint(&other));
    assert_eq!((often.len(), rare.len()), (1, 1));
}

#[test]
fn three_calls_of_another_template_do_not_stand_among_those_of_this_beside_thousands() {
    let of = |at: usize| {
        let template = match at {
            0..3 => "Write a title of eight words at most for the description of a house below.",
            3..40 => "Translate what follows into the language of our customers, and keep all tags.",
            _ => return call(PREAMBLE, &filler(at, 9)),
        };
        bare(&format!("{template}\n\n{}", filler(at, 30)))
    };
    let sketches: Vec<Sketch> = (0..3_000).map(of).collect();
    assert_eq!(groups(&sketches), [(0..3).collect(), (3..40).collect(), (40..3_000).collect()].into());
}

#[test]
fn a_few_calls_at_another_desk_do_not_stand_among_hundreds_at_this_whatever_documents_are_behind() {
    let of = |at: usize| {
        let desk = if at < 8 {
            "You sit at the health desk: vaccinations, inspections, pests."
        } else {
            "You sit at the housing desk: benefits, waiting lists, disputes."
        };
        let (store, first) = if at < 8 { (12, 0) } else { (30, 1_000) };
        call(
            &format!("{PREAMBLE}\n\n{desk}\n\nArticles:\n{}", looked_up(store, 4, first + at)),
            &filler(at, 9),
        )
    };
    let sketches: Vec<Sketch> = (0..400).map(of).collect();
    assert_eq!(groups(&sketches), [(0..8).collect(), (8..400).collect()].into());
}
