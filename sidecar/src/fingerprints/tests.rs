use tollgate_fingerprint::{KnownGroups, SketchReader};

use super::*;

fn account_key(digit: &str) -> AccountKey {
    AccountKey::from_hex(&digit.repeat(64)).unwrap()
}

fn call(fingerprints: &Fingerprints, task: &str, number: usize) -> Sketch {
    let question: String = (0..12).map(|at| char::from(b'a' + (number * (at + 3) % 26) as u8)).collect();
    let body = format!(
        r#"{{"messages":[{{"role":"system","content":"You are the assistant that {task}, and nothing but that, in plain words."}},
        {{"role":"user","content":"{question}"}}]}}"#
    );
    let mut reader = SketchReader::new("/v1/chat/completions", [].into_iter());
    reader.feed(body.as_bytes());
    reader.sketch(&fingerprints.key())
}

fn groups_of(fingerprints: &Fingerprints) -> Vec<Group> {
    let mut known = KnownGroups::default();
    for number in 0..40 {
        known.add_unknown(call(fingerprints, "writes the answers to letters of complaint", number));
        known.add_unknown(call(fingerprints, "sorts the parcels of a warehouse by their weight", number));
    }
    known.study();
    known.groups().to_vec()
}

#[test]
fn a_call_of_a_known_group_is_recognised_by_its_id() {
    let fingerprints = Fingerprints::new(&account_key("1"), false);
    let letter = call(&fingerprints, "writes the answers to letters of complaint", 77);
    assert_eq!(fingerprints.recognise(&letter), None);
    let groups = groups_of(&fingerprints);
    let ids: Vec<String> = groups.iter().map(|group| group.id(&fingerprints.key()).to_string()).collect();

    fingerprints.take(groups);

    let of_letters = fingerprints.recognise(&letter).unwrap();
    let of_parcels =
        fingerprints.recognise(&call(&fingerprints, "sorts the parcels of a warehouse by their weight", 78));
    assert!(ids.contains(&of_letters.to_string()));
    assert!(of_parcels.is_some_and(|id| id != of_letters));
}

#[test]
fn nothing_is_told_that_was_hashed_with_another_key_than_the_operators() {
    let fingerprints = Fingerprints::new(&account_key("1"), true);
    fingerprints.add_unknown(call(&fingerprints, "writes", 1));
    assert_eq!(fingerprints.take_unknown(9), []);

    fingerprints.rekey(&account_key("2"));
    let sketch = call(&fingerprints, "writes", 1);
    fingerprints.add_unknown(sketch.clone());
    assert_eq!(fingerprints.take_unknown(9), [sketch]);
}

#[test]
fn what_waits_to_be_told_is_bounded() {
    let fingerprints = Fingerprints::new(&account_key("1"), false);
    for number in 0..MOST_UNKNOWN + 50 {
        fingerprints.add_unknown(call(&fingerprints, "writes", number));
    }
    assert_eq!(fingerprints.take_unknown(10).len(), 10);
    assert_eq!(fingerprints.take_unknown(usize::MAX).len(), MOST_UNKNOWN - 10);
}
