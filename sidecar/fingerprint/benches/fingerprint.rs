//! What a sketch costs, beside the reader that bills the same request: `cargo bench -p tollgate-fingerprint`.
#![expect(clippy::print_stdout, reason = "its result")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tollgate_fingerprint::{FingerprintKey, Grouping, KnownGroups, Sketch, SketchReader};
use tollgate_meter::{Endpoint, Provider, RequestReader};

const PATH: &str = "/v1/chat/completions";
const ROUNDS: u32 = 200;

fn text(number: usize, words: usize) -> String {
    const WORDS: [&str; 12] = [
        "invoice",
        "of",
        "the",
        "Harbour",
        "2026-11-28",
        "is",
        "late,",
        "because",
        "ships",
        "were",
        "held.\n",
        "\"So\"",
    ];
    (0..words).map(|at| WORDS[(number * 7919 + at * at + at / 5) % 12]).collect::<Vec<_>>().join(" ")
}

fn chat(number: usize, system: usize, user: usize) -> Value {
    json!({"model": "gpt-5", "temperature": 0.2, "messages": [
        {"role": "system", "content": format!("You check letters of feature {}. {}", ["a", "b", "c"][number % 3], text(number % 3, system))},
        {"role": "user", "content": text(number, user)},
    ]})
}

fn sketch(body: &[u8], key: &FingerprintKey) -> Sketch {
    let headers = [("user-agent", &b"OpenAI/Python 1.50.0"[..]), ("authorization", b"Bearer sk")];
    let mut reader = SketchReader::new(PATH, headers.into_iter());
    reader.feed(body);
    reader.sketch(key)
}

/// The fastest of many.
fn fastest(mut work: impl FnMut()) -> Duration {
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..ROUNDS).map(|_| time(&mut work)).min().unwrap_or_default()
}

fn main() {
    let key = FingerprintKey::new(&[1; 16]);
    println!("request bytes, ns to bill, ns to sketch");
    for (system, user) in [(20, 20), (150, 60), (3_000, 2_000), (60_000, 0)] {
        let body = chat(0, system, user).to_string();
        let bill = fastest(|| {
            let mut reader = RequestReader::new(Endpoint::of(Provider::OpenAi, "POST", PATH).dialect());
            reader.feed(body.as_bytes());
            black_box(reader.facts());
        });
        let sketched = fastest(|| {
            black_box(sketch(body.as_bytes(), &key));
        });
        println!("{} {} {}", body.len(), bill.as_nanos(), sketched.as_nanos());
    }
    let sketches: Vec<Sketch> =
        (0..4_000).map(|at| sketch(chat(at, 80, 40).to_string().as_bytes(), &key)).collect();
    let start = Instant::now();
    let grouping = Grouping::of(&sketches);
    println!("grouping of {}: {} ms", sketches.len(), start.elapsed().as_millis());
    let known = KnownGroups::of((0..KnownGroups::MOST).map(|at| grouping.group_of(at).clone()).collect());
    let unknown = sketch(b"{\"messages\":[{\"role\":\"system\",\"content\":\"nobody's\"}]}", &key);
    let missed = fastest(|| {
        black_box(known.recognise(black_box(&unknown)));
    });
    println!("comparing an unknown call with {} groups: {} ns", known.groups().len(), missed.as_nanos());
}
