//! How long the meter takes for whole exchanges: `make bench WHAT=meter`. Prints figures; asserts nothing.
//!
//! Each exchange is read as a sidecar reads it: the request, the answer in the pieces that a provider sends, and the bill. The
//! figures are medians; `ns_per_byte` is of the slowest JSON answer, beside `memchr` looking for a byte that is not there.
#![expect(clippy::float_arithmetic, reason = "figures for people, not money")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    hint::black_box,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde_json::{Value, json};
use tollgate_meter::{
    AnswerHead, AnswerReader, Call, Coding, Endpoint, Outcome, PriceBook, Provider, Ratio, RequestReader,
    settle,
};

const ROUNDS: usize = 200;
const CHUNKS: usize = 2_000;
const MIB: usize = 1 << 20;

/// Counts allocations, and is otherwise the system's own.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[expect(unsafe_code, reason = "an allocator is unsafe by its trait; this one hands on")]
// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// An exchange with OpenAI, the answer in the pieces it comes in.
struct Exchange {
    path: &'static str,
    content_type: &'static str,
    request: Vec<u8>,
    answer: Vec<Vec<u8>>,
}

// === impl Exchange ===

impl Exchange {
    fn meter(&self) {
        let endpoint = Endpoint::of(Provider::OpenAi, "POST", self.path);
        let dialect = endpoint.dialect().expect("a metered endpoint");
        let mut request = RequestReader::new(Some(dialect));
        request.feed(&self.request);
        let head = AnswerHead {
            dialect,
            status: 200,
            content_type: Some(self.content_type),
            coding: Coding::Identity,
        };
        let mut answer = AnswerReader::new(head);
        for piece in &self.answer {
            answer.feed(piece);
        }
        answer.finish();
        assert!(answer.facts().usage.is_some(), "{} says a usage", self.path);
        black_box(settle(
            &Call {
                provider: Provider::OpenAi,
                host: Provider::OpenAi.host(),
                endpoint,
                reads: None,
                at: Timestamp::UNIX_EPOCH,
                request: Some(request.facts()),
                request_sent: true,
                ratio: Ratio::default(),
                answer: Some(answer.facts()),
                status: Some(200),
                outcome: Outcome::Completed,
            },
            PriceBook::built_in(),
        ));
    }

    fn bytes(&self) -> usize {
        self.answer.iter().map(Vec::len).sum()
    }

    /// The median of many rounds.
    fn time(&self) -> Duration {
        median(|| self.meter())
    }
}

fn median(work: impl Fn()) -> Duration {
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn usage() -> Value {
    json!({"prompt_tokens": 61795, "completion_tokens": 8267, "total_tokens": 70062,
        "prompt_tokens_details": {"cached_tokens": 48200, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 97, "audio_tokens": 0}})
}

fn stream() -> Exchange {
    let chunk = |choices: Value, usage: Value| {
        let event = json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_795_000_000, "model": "gpt-5.4",
            "service_tier": "default", "system_fingerprint": "fp_1", "choices": choices, "usage": usage});
        format!("data: {event}\n\n").into_bytes()
    };
    let mut answer: Vec<_> = (0..CHUNKS)
        .map(|n| {
            let word = format!(" word{n}");
            chunk(
                json!([{"index": 0, "delta": {"content": word}, "logprobs": null, "finish_reason": null}]),
                Value::Null,
            )
        })
        .collect();
    answer.push(chunk(json!([]), usage()));
    answer.push(b"data: [DONE]\n\n".to_vec());
    let request = json!({"model": "gpt-5.4", "stream": true, "stream_options": {"include_usage": true},
        "messages": [{"role": "user", "content": "Tell me a story."}]});
    Exchange {
        path: "/v1/chat/completions",
        content_type: "text/event-stream",
        request: request.to_string().into_bytes(),
        answer,
    }
}

/// A JSON answer of a MiB, in the pieces a socket gives.
fn whole(path: &'static str, answer: &Value) -> Exchange {
    let answer = answer.to_string().into_bytes();
    Exchange {
        path,
        content_type: "application/json",
        request: br#"{"model":"gpt-5.4","messages":[],"input":"x"}"#.to_vec(),
        answer: answer.chunks(16 << 10).map(<[u8]>::to_vec).collect(),
    }
}

fn long_text() -> Exchange {
    let text =
        "The invoice came on a Monday, and \"nobody\" could say where the money had gone.\n".repeat(MIB / 84);
    whole(
        "/v1/chat/completions",
        &json!({"id": "chatcmpl-1", "model": "gpt-5.4",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": text}}], "usage": usage()}),
    )
}

fn embedding() -> Exchange {
    let vector: Vec<f64> =
        (0..MIB / 21).map(|n| f64::from(u32::try_from(n).unwrap_or(0)).sin() / 3.0).collect();
    whole(
        "/v1/embeddings",
        &json!({"object": "list", "model": "text-embedding-3-large",
            "data": [{"object": "embedding", "index": 0, "embedding": vector}],
            "usage": {"prompt_tokens": 8, "total_tokens": 8}}),
    )
}

fn logprobs() -> Exchange {
    let token = json!({"token": " word", "logprob": -0.031_235_4, "bytes": [32, 119, 111, 114, 100],
        "top_logprobs": [{"token": " word", "logprob": -0.031_235_4, "bytes": [32, 119, 111, 114, 100]}]});
    let tokens = vec![token.clone(); MIB / token.to_string().len()];
    whole(
        "/v1/chat/completions",
        &json!({"id": "chatcmpl-1", "model": "gpt-5.4", "choices": [{"index": 0,
            "message": {"role": "assistant", "content": "ok"}, "logprobs": {"content": tokens}}], "usage": usage()}),
    )
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn main() {
    let stream = stream();
    let streamed = stream.time();
    // the exchange without its chunks allocates too: what is left is theirs
    let count = |exchange: &Exchange| {
        let before = ALLOCATIONS.load(Relaxed);
        exchange.meter();
        ALLOCATIONS.load(Relaxed) - before
    };
    let short = Exchange { answer: stream.answer[CHUNKS - 1..].to_vec(), ..self::stream() };
    let allocations = count(&stream).saturating_sub(count(&short));

    let answers = [("long text", long_text()), ("embedding", embedding()), ("logprobs", logprobs())];
    let mut slowest = (Duration::ZERO, &answers[0].1);
    for (name, exchange) in &answers {
        let time = exchange.time();
        println!("{name}: {:.3} ms for {} bytes", milliseconds(time), exchange.bytes());
        if time > slowest.0 {
            slowest = (time, exchange);
        }
    }
    let (time, exchange) = slowest;
    let looked = median(|| {
        for piece in &exchange.answer {
            black_box(memchr::memchr(0, black_box(piece)));
        }
    });
    let per_byte = |time: Duration| time.as_secs_f64() * 1e9 / exchange.bytes() as f64;
    println!(
        "RESULT {{\"stream_2000_chunks_ms\": {:.3}, \"json_1mib_ms\": {:.3}, \"allocations_per_chunk\": {:.3}, \
         \"ns_per_byte\": {:.3}, \"memchr_ns_per_byte\": {:.3}}}",
        milliseconds(streamed),
        milliseconds(time),
        allocations as f64 / CHUNKS as f64,
        per_byte(time),
        per_byte(looked),
    );
}
