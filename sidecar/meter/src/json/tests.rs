use proptest::prelude::*;
use serde_json::Value;

use super::{Scalar, Scanner, Shape, Sink};
use crate::text::TextMeasure;

static ROOT: Shape<()> =
    Shape::Object((), &[("a", Shape::Value(())), ("b", Shape::Each(&Shape::Prose)), ("c", Shape::Schema)]);

/// Wants everything and keeps nothing but numbers.
#[derive(Default)]
struct Numbers {
    seen: Vec<String>,
    text: TextMeasure,
}

impl Sink<()> for Numbers {
    fn scalar(&mut self, _: (), value: Scalar<'_>, start: u64, end: u64) {
        if let Scalar::Number(text) = value {
            self.seen.push(format!("{}@{start}..{end}", String::from_utf8_lossy(text)));
        }
    }

    fn text(&mut self) -> &mut TextMeasure {
        &mut self.text
    }
}

fn scan(document: &[u8]) -> Scanner<()> {
    let mut scanner = Scanner::new(&ROOT);
    scanner.feed(document, &mut Numbers::default());
    scanner
}

#[test]
fn documents_that_are_none_are_broken() {
    for broken in [
        "}",
        "]",
        ",",
        ":",
        "x",
        "{]",
        "{\"b\":[}",
        "{1:2}",
        "{\"a\",1}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"b\":[1,]",
        "{\"b\":[,1]",
        "{\"b\":[1 2]",
        "{\"a\":1 \"b\":2}",
        "tru}",
        "nul1",
        "{}{}",
        "{} x",
        "{\"b\":[[]",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12G4\"}",
        "'a'",
    ] {
        let scanner = scan(broken.as_bytes());
        assert!(scanner.is_broken() || !scanner.is_done(), "{broken}");
    }
}

#[test]
fn what_is_wrong_in_what_nobody_wants_hides_nothing() {
    for unwanted in ["[}", "[1 2]", "{,}", "{\"a\"}", "[tru]"] {
        let mut numbers = Numbers::default();
        let mut scanner = Scanner::new(&ROOT);
        scanner.feed(format!("{{\"x\":{unwanted},\"a\":23}}").as_bytes(), &mut numbers);
        assert!(scanner.is_done(), "{unwanted}");
        assert_eq!(numbers.seen.len(), 1, "{unwanted}");
    }
}

#[test]
fn a_document_that_follows_begins_anew() {
    let mut scanner = Scanner::new(&ROOT);
    for document in ["{\"a\":1}", "[[[{\"a\":", "{]", "{\"a\":\"\\ud83d", "{\"b\":[\"x\"", "{\"a\":12"] {
        let mut numbers = Numbers::default();
        scanner.feed(document.as_bytes(), &mut numbers);
        scanner.reset();
        numbers = Numbers::default();
        scanner.feed(b" {\"a\":23}", &mut numbers);
        assert!(scanner.is_done(), "after {document}");
        assert_eq!(numbers.seen, ["23@6..8"], "after {document}");
        scanner.reset();
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(&[0.5, -1.25e10, 1e-7, 3e200][..]).prop_map(Value::from),
        "[a-zé👋\"\\\\\n\u{1}]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[a-d\"\\\\é]{0,3}", inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_document_is_done_with_its_last_brace(members in prop::collection::vec(("[a-d]", any_json()), 0..5), pretty in any::<bool>()) {
        let document = Value::Object(members.into_iter().collect());
        let text = if pretty { serde_json::to_vec_pretty(&document) } else { serde_json::to_vec(&document) }.expect("JSON");
        let mut scanner = Scanner::new(&ROOT);
        let mut numbers = Numbers::default();
        for byte in &text {
            prop_assert!(!scanner.is_done() && !scanner.is_broken());
            scanner.feed(std::slice::from_ref(byte), &mut numbers);
        }
        prop_assert!(scanner.is_done());
        let mut whole = Numbers::default();
        Scanner::new(&ROOT).feed(&text, &mut whole);
        prop_assert_eq!((&whole.seen, whole.text), (&numbers.seen, numbers.text));
        prop_assert_eq!(whole.seen.len(), usize::from(document["a"].is_number()));
    }

    #[test]
    fn what_serde_reads_the_scanner_reads(text in "[{}\\[\\],:\"ab01 \\\\nutrefals.-]{0,24}") {
        let is_object = serde_json::from_str::<Value>(&text).is_ok_and(|value| value.is_object());
        if is_object {
            prop_assert!(scan(text.as_bytes()).is_done(), "{}", text);
        }
    }
}
