//! The stand-ins themselves: an official SDK must take them for its provider, and their book must be right.

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::ReplyEnding,
        python,
        standin::Standin,
        world::{chat, message},
    },
    standin::book::{Ending, Tokens},
};

struct Alone {
    standin: Standin,
    _folder: tempfile::TempDir,
}

fn standin() -> Alone {
    let folder = tempfile::tempdir().expect("a folder");
    Alone { standin: Standin::start(folder.path()).expect("the stand-ins"), _folder: folder }
}

/// The `data:` lines of a stream, parsed where they are JSON.
fn events(text: &str) -> Vec<Value> {
    text.lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|data| serde_json::from_str(data).unwrap_or(Value::from(data)))
        .collect()
}

#[test]
fn openais_sdk_reads_its_answers() {
    let Alone { standin, _folder } = standin();
    let base = format!("http://{}/v1", standin.openai);
    let seen = python::run(
        "openai_calls.py",
        &[("BASE_URL", &base), ("FEATURE", "x"), ("PLAY", "seed=7 input=9 output=5")],
    );
    assert_eq!(seen["plain"]["total_tokens"], 14);
    assert_eq!(seen["plain"]["text"].as_str().map(str::trim), seen["stream"]["text"].as_str().map(str::trim));
    assert_eq!(seen["stream"]["with_usage"], 0);
}

#[test]
fn anthropics_sdk_reads_its_answers() {
    let Alone { standin, _folder } = standin();
    let base = format!("http://{}", standin.anthropic);
    let seen = python::run(
        "anthropic_calls.py",
        &[("BASE_URL", &base), ("FEATURE", "x"), ("PLAY", "seed=7 output=5")],
    );
    assert_eq!(seen["plain"]["output_tokens"], 5);
    assert_eq!(seen["stream"]["output_tokens"], 5);
    assert_eq!(seen["plain"]["text"].as_str().map(str::trim), seen["stream"]["text"].as_str().map(str::trim));
}

#[test]
fn sdks_raise_their_typed_error_and_retry_as_for_the_provider() {
    let Alone { standin, _folder } = standin();
    let base = format!("http://{}/v1", standin.openai);
    let seen =
        python::run("openai_calls.py", &[("BASE_URL", &base), ("FEATURE", "x"), ("PLAY", "status=500")]);
    assert_eq!(seen["plain"]["exception"], "InternalServerError");
    assert_eq!(seen["plain"]["attempts"], 3);
}

#[test]
fn usage_stands_in_a_stream_only_where_it_was_asked_for() {
    let Alone { standin, _folder } = standin();
    let stream = |options: Value| {
        let body = json!({"stream": true, "stream_options": options});
        events(&chat(body, "seed=7 chunks=3").send(standin.openai).text())
    };
    let asked = stream(json!({"include_usage": true}));
    let unasked = stream(json!({"include_usage": false}));

    let (end, others) = asked.split_last().expect("events");
    assert_eq!(end, "[DONE]");
    let (usage, others) = others.split_last().expect("events");
    assert_eq!(usage["choices"], json!([]));
    assert_eq!(usage["usage"]["completion_tokens"], 3);
    assert!(others.iter().all(|chunk| chunk.get("usage") == Some(&Value::Null)), "{others:#?}");
    assert!(unasked.iter().all(|chunk| chunk.get("usage").is_none()), "{unasked:#?}");
}

#[test]
fn the_book_has_the_tokens_of_both_providers_alike() {
    let Alone { standin, _folder } = standin();
    let play = "input=100 cached=20 write5m=3 write1h=4 output=50";
    chat(json!({}), &format!("tag=openai {play}")).send(standin.openai);
    message(json!({}), &format!("tag=anthropic {play}")).send(standin.anthropic);
    let wanted = Tokens {
        input_tokens: 127,
        cached_input_tokens: 20,
        cache_write_5m_tokens: 3,
        cache_write_1h_tokens: 4,
        output_tokens: 50,
        reasoning_tokens: 0,
    };
    assert_eq!(standin.entry("openai").tokens, wanted);
    assert_eq!(standin.entry("anthropic").tokens, wanted);
}

#[test]
fn a_cut_stream_is_in_the_book_with_what_was_delivered() {
    let Alone { standin, _folder } = standin();
    for (how, ending) in [("fin", ReplyEnding::Closed), ("rst", ReplyEnding::Reset)] {
        // three words are in the four events before the cut: the first event is the role
        let play = format!("tag={how} chunks=10 cut={how}@4");
        let reply = chat(json!({"stream": true}), &play).send(standin.openai);
        assert_eq!(reply.ending, ending);
        assert_eq!(events(&reply.text()).len(), 4);
        assert_eq!(standin.entry_ended(how, Ending::Cut).delivered_tokens, 3);
    }
}

#[test]
fn a_body_in_any_coding_and_any_frames_says_the_same() {
    let Alone { standin, _folder } = standin();
    let plain = chat(json!({"stream": true}), "seed=7").send(standin.openai).plain();
    for coding in ["gzip", "deflate", "br", "zstd"] {
        let play = format!("seed=7 split=7 encoding={coding}");
        let reply = chat(json!({"stream": true}), &play).send(standin.openai);
        assert_eq!(reply.header("content-encoding"), Some(coding));
        assert_eq!(reply.plain(), plain, "{coding}");
    }
}

#[test]
fn a_directive_with_a_typo_is_an_error_that_names_it() {
    let Alone { standin, _folder } = standin();
    let reply = chat(json!({}), "sede=7").send(standin.openai);
    assert_eq!(reply.status(), 400);
    assert!(reply.text().contains("`sede=7`"), "{}", reply.text());
}
