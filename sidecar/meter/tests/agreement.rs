//! The fast reader beside a naive one that parses everything with `serde_json`: on whatever input, they agree.

mod common;

use common::*;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tollgate_meter::{Coding, Dialect};

fn any_count() -> impl Strategy<Value = Value> {
    prop_oneof![
        20 => (0..5000u64).prop_map(Value::from),
        1 => Just(json!(1_000_000_000)),
        1 => prop::sample::select(vec![json!(-1), json!(0.5), json!("7"), json!(null), json!(true), json!([]),
            json!({}), json!(1_000_000_001), json!(u64::MAX), json!(1e30)]),
    ]
}

fn object(names: &'static [&'static str]) -> impl Strategy<Value = Map<String, Value>> {
    let members = prop::collection::vec(any_count(), names.len());
    let kept = prop::collection::vec(prop::bool::weighted(0.7), names.len());
    (members, kept).prop_map(move |(members, kept)| {
        names
            .iter()
            .zip(members)
            .zip(kept)
            .filter(|(_, kept)| *kept)
            .map(|((name, value), _)| ((*name).to_owned(), value))
            .collect()
    })
}

fn any_usage() -> impl Strategy<Value = Value> {
    let input =
        object(&["cached_tokens", "cache_write_tokens", "audio_tokens", "image_tokens", "text_tokens", "x"]);
    let output = object(&["reasoning_tokens", "audio_tokens", "image_tokens", "accepted_prediction_tokens"]);
    let large = (5000..60_000u64, 5000..60_000u64);
    (large, object(&["total_tokens", "x"]), input, output, any_count(), 0..8u8).prop_map(
        |((prompt, completion), mut usage, input, output, odd, which)| {
            usage.insert("prompt_tokens".into(), if which == 0 { odd.clone() } else { prompt.into() });
            usage
                .insert("completion_tokens".into(), if which == 1 { odd.clone() } else { completion.into() });
            let details =
                |details, odd: &Value, is_odd| if is_odd { odd.clone() } else { Value::Object(details) };
            if which != 2 {
                usage.insert("prompt_tokens_details".into(), details(input, &odd, which == 3));
            }
            if which != 4 {
                usage.insert("completion_tokens_details".into(), details(output, &odd, which == 5));
            }
            Value::Object(usage)
        },
    )
}

/// Documents in which a usage may stand, and things that look like one.
fn any_answer() -> impl Strategy<Value = Value> {
    let text = "[a-z\"\\\\{}\\[\\]:,é👋\n]{0,30}";
    let usage = prop_oneof![6 => any_usage(), 1 => Just(Value::Null), 1 => any_count()];
    (text, any_usage(), prop::option::weighted(0.9, usage), any::<bool>()).prop_map(
        |(text, decoy, usage, first)| {
            let mut answer = Map::new();
            if let (Some(usage), true) = (&usage, first) {
                answer.insert("usage".into(), usage.clone());
            }
            answer.insert("id".into(), json!("chatcmpl-1"));
            answer.insert(
                "choices".into(),
                json!([{"message": {"content": text, "usage": decoy}, "usage": decoy}]),
            );
            answer.insert("x".into(), json!({"usage": decoy, "y": [[], [{}], "usage", 1.5e3]}));
            if let Some(usage) = usage {
                answer.insert("usage".into(), usage);
            }
            Value::Object(answer)
        },
    )
}

/// A line end, as standard and habit have it.
fn line_end() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["\n", "\r\n", "\r"][..])
}

/// A document as one event: perhaps indented, and so on several lines, among fields that nobody needs.
fn event(document: &Value, spread: bool, line_end: &str, noise: usize) -> String {
    let text = if spread { serde_json::to_string_pretty(document) } else { serde_json::to_string(document) }
        .unwrap();
    let noise = ["", ": \"usage\"", "event: usage", "id", "retry:1", "data_: {", "datax"][noise % 7];
    let mut event = String::new();
    if !noise.is_empty() {
        event += &format!("{noise}{line_end}");
    }
    for line in text.lines() {
        event += &format!("data:{}{line}{line_end}", if spread { "" } else { " " });
    }
    event + line_end
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn on_documents(answer in any_answer(), pretty in any::<bool>(), sizes in prop::collection::vec(1..50usize, 1..6)) {
        let body = if pretty { serde_json::to_vec_pretty(&answer) } else { serde_json::to_vec(&answer) }.unwrap();
        let (facts, complete) = read_pieces(Dialect::OpenAiChat, JSON, Coding::Identity, pieces(&body, &sizes).into_iter());
        prop_assert_eq!(facts.usage, naive::chat(&answer["usage"]));
        prop_assert!(complete);
        // what is there and cannot be used has a name
        prop_assert_eq!(facts.fault.is_some(), facts.usage.is_none() && !answer["usage"].is_null());
        prop_assert_eq!(facts, read(Dialect::OpenAiChat, JSON, &body));
    }

    #[test]
    fn on_streams(
        events in prop::collection::vec((any_answer(), any::<bool>(), line_end(), 0..14usize), 0..6),
        mark in any::<bool>(),
        sizes in prop::collection::vec(1..80usize, 1..6),
    ) {
        let mut stream: String = if mark { "\u{feff}".into() } else { String::new() };
        // standing together, a CR and an LF are one line end: they are kept apart
        stream.extend(events.iter().map(|(answer, spread, line_end, noise)| event(answer, *spread, line_end, *noise) + ":\n"));
        let documents = naive::events(&stream).into_iter().map(|data| serde_json::from_str::<Value>(&data).unwrap());
        let said = documents.map(|document| document["usage"].clone()).rfind(|usage| !usage.is_null());
        let cut = pieces(stream.as_bytes(), &sizes);
        let (facts, _) = read_pieces(Dialect::OpenAiChat, SSE, Coding::Identity, cut.into_iter());
        prop_assert_eq!(facts.usage, said.and_then(|usage| naive::chat(&usage)), "{}", stream);
        prop_assert_eq!(facts, read(Dialect::OpenAiChat, SSE, stream.as_bytes()));
    }

    #[test]
    fn on_the_size_of_a_text(text in "[a-zé你👋\"\\\\\u{1}\n]{0,60}", ascii in any::<bool>(), sizes in prop::collection::vec(1..9usize, 1..4)) {
        let mut body = json!({"choices": [{"message": {"content": text}}]}).to_string();
        if ascii {
            let escaped = |character: char| {
                let mut units = [0; 2];
                character.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>()
            };
            body = body.chars().map(|character| if character.is_ascii() { character.to_string() } else { escaped(character) }).collect();
        }
        let (facts, _) = read_pieces(Dialect::OpenAiChat, JSON, Coding::Identity, pieces(body.as_bytes(), &sizes).into_iter());
        let of_length = |length: usize| text.chars().filter(|character| character.len_utf8() == length).count() as u64;
        let delivered = facts.delivered;
        prop_assert_eq!((delivered.ascii, delivered.two, delivered.three, delivered.four),
            (of_length(1), of_length(2), of_length(3), of_length(4)));
    }

    #[test]
    fn bytes_of_any_kind_never_panic(
        bytes in prop::collection::vec(prop::sample::select(&b"data:{}[]\",\\u09usagepromptkens_ \r\n\xEF\xBB\xBF-.1eE\x00\x1F\x8B\x28\xB5\x2F\xFD"[..]), 0..300),
        coding in prop::sample::select(&CODINGS[..]),
        sizes in prop::collection::vec(1..20usize, 1..5),
    ) {
        for dialect in naive::DIALECTS.into_iter().chain(naive::GRPC_DIALECTS) {
            for content_type in [JSON, SSE] {
                let whole = read_pieces(dialect, content_type, coding, std::iter::once(bytes.as_slice()));
                let cut = read_pieces(dialect, content_type, coding, pieces(&bytes, &sizes).into_iter());
                // what comes out of a broken coding before it breaks is the decoder's affair
                if coding == Coding::Identity {
                    prop_assert_eq!(whole, cut);
                }
            }
        }
    }
}
