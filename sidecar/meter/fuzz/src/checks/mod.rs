//! What must hold for bytes of any kind, one check a parser: no panic; bytes cut anywhere say what bytes whole say; and where a
//! naive reader can read them at all, it reads the same.
//!
//! The first four bytes of an input choose (dialect, content type, sizes of the pieces), so that a fuzzer can change them as it
//! changes the rest.

mod grpc;
mod hider;
mod json;
#[path = "../../../tests/common/naive.rs"]
mod naive;
mod requests;

use tollgate_meter::{
    AnswerFacts, AnswerHead, AnswerReader, Coding, Dialect, PriceBook, exchange::explain_line,
};

type Check = fn(&[u8]);

pub(crate) const CHECKS: [(&str, Check); 9] = [
    ("json", json::documents),
    ("sse", json::streams),
    ("lists", json::lists),
    ("grpc", grpc::bodies),
    ("requests", requests::bodies),
    ("forms", requests::forms),
    ("hider", hider::streams),
    ("prices", prices),
    ("exchanges", exchanges),
];

const JSON: &str = "application/json";
const SSE: &str = "text/event-stream";

/// An input: what it chooses, and the bytes to be read.
struct Input<'a> {
    pick: usize,
    is_stream: bool,
    sizes: [usize; 2],
    body: &'a [u8],
}

// === impl Input ===

impl<'a> Input<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let (&[pick, kind, first, second], body) = bytes.split_first_chunk()?;
        let sizes = [usize::from(first), usize::from(second)].map(|size| size % 64 + 1);
        Some(Self { pick: pick.into(), is_stream: kind & 1 == 1, sizes, body })
    }

    fn one_of<T: Copy>(&self, choices: &[T]) -> T {
        choices[self.pick % choices.len()]
    }

    /// The body in pieces of the chosen sizes.
    fn pieces(&self) -> impl Iterator<Item = &'a [u8]> {
        let (mut rest, mut sizes) = (self.body, self.sizes.into_iter().cycle());
        std::iter::from_fn(move || {
            let size = sizes.next()?.min(rest.len());
            let (piece, after) = rest.split_at(size);
            rest = after;
            (size > 0).then_some(piece)
        })
    }

    fn content_type(&self) -> &'static str {
        if self.is_stream { SSE } else { JSON }
    }
}

/// All that a body said, and the answers in it that are billed apart.
#[derive(Debug, PartialEq)]
struct Heard {
    facts: AnswerFacts,
    answers: Vec<AnswerFacts>,
    complete: bool,
    cut: bool,
}

fn hear<'a>(dialect: Dialect, content_type: &str, pieces: impl Iterator<Item = &'a [u8]>) -> Heard {
    let head =
        AnswerHead { dialect, status: 200, content_type: Some(content_type), coding: Coding::Identity };
    let mut reader = AnswerReader::new(head);
    pieces.for_each(|piece| reader.feed(piece));
    let (complete, cut) = (reader.is_complete(), reader.is_cut());
    reader.finish();
    Heard { answers: reader.take_answers(), facts: reader.facts().clone(), complete, cut }
}

/// An admin's file: what is not taken says why, and what is taken twice is the same book.
fn prices(bytes: &[u8]) {
    let Ok(yaml) = std::str::from_utf8(bytes) else { return };
    match PriceBook::with_overrides(yaml) {
        Ok(book) => assert!(PriceBook::with_overrides(yaml).is_ok_and(|again| again == book)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// `tollgate-sidecar meter -`: whatever the line, a line of JSON comes out.
fn exchanges(bytes: &[u8]) {
    let Ok(line) = std::str::from_utf8(bytes) else { return };
    let said = explain_line(line, PriceBook::built_in());
    assert!(!said.contains('\n'), "{said}");
    // an id comes back as it was spelled, lone surrogates and all: no String can hold it, and it is JSON
    serde_json::from_str::<&serde_json::value::RawValue>(&said).expect("JSON");
}
