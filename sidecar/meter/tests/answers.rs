//! What answers say, whole, in pieces, cut, coded, and spelled in every way that is allowed.

mod common;

use common::*;
use serde_json::{Value, json};
use tollgate_meter::{AnswerHead, AnswerReader, Coding, Dialect, Fault, UnitKind, Usage};

/// The usage of [`chat_usage`].
fn chat() -> Usage {
    Usage::default()
        .with(UnitKind::Input, 61795 - 48200)
        .with(UnitKind::InputCached, 48200)
        .with(UnitKind::Output, 8267 - 97)
        .with(UnitKind::OutputReasoning, 97)
}

/// The usage of [`messages_usage`].
fn messages() -> Usage {
    Usage::default()
        .with(UnitKind::Input, 29)
        .with(UnitKind::InputCached, 9987)
        .with(UnitKind::InputCacheWrite5m, 526)
        .with(UnitKind::InputCacheWrite1h, 2092)
        .with(UnitKind::Output, 1617)
        .with(UnitKind::WebSearchCall, 3)
}

/// Every form an answer comes in, and the usage that it says.
fn answers() -> Vec<(&'static str, Dialect, &'static str, Vec<u8>, Usage)> {
    let (chat_json, messages_json) = (chat_answer(&chat_usage()), messages_answer(&messages_usage()));
    let pretty = |bytes: &[u8]| {
        let value: Value = serde_json::from_slice(bytes).unwrap();
        serde_json::to_vec_pretty(&value).unwrap()
    };
    let multi_line = chat_stream_asked("\n", &chat_usage()).replace(",\"", ",\ndata: \"").into_bytes();
    let commented = format!(
        ": hello\n\n{}: bye\n\n",
        chat_stream_asked("\n", &chat_usage()).replace("\n\n", "\n: c\n\n")
    );
    let fields = messages_stream(&messages_events(), "\n").replace("data: ", "id: 1\nretry: 5\nfoo\ndata:");
    let (openai, anthropic) = (Dialect::OpenAiChat, Dialect::AnthropicMessages);
    let mut answers = vec![
        ("chat, whole", openai, JSON, chat_json.clone(), chat()),
        ("chat, whole, indented", openai, JSON, pretty(&chat_json), chat()),
        ("messages, whole", anthropic, JSON, messages_json.clone(), messages()),
        ("messages, whole, indented", anthropic, JSON, pretty(&messages_json), messages()),
        ("data on several lines", openai, SSE, multi_line, chat()),
        ("comments", openai, SSE, commented.into_bytes(), chat()),
        ("fields that nobody needs", anthropic, SSE, fields.into_bytes(), messages()),
        (
            "a byte order mark",
            openai,
            SSE,
            format!("\u{feff}{}", chat_stream_asked("\n", &chat_usage())).into(),
            chat(),
        ),
        (
            "a byte order mark before a document",
            openai,
            JSON,
            [b"\xEF\xBB\xBF".as_slice(), &chat_json].concat(),
            chat(),
        ),
        (
            "a stream that calls itself JSON",
            openai,
            JSON,
            chat_stream_asked("\n", &chat_usage()).into(),
            chat(),
        ),
        ("a document that calls itself a stream", openai, SSE, chat_json, chat()),
        ("no type", anthropic, "", messages_json, messages()),
    ];
    for (name, line_end) in [("LF", "\n"), ("CRLF", "\r\n"), ("CR", "\r")] {
        answers.push((name, openai, SSE, chat_stream_asked(line_end, &chat_usage()).into(), chat()));
        answers.push((
            name,
            anthropic,
            SSE,
            messages_stream(&messages_events(), line_end).into(),
            messages(),
        ));
    }
    answers
}

#[test]
fn a_whole_answer_says_its_usage_model_and_id() {
    for (name, dialect, content_type, body, usage) in answers() {
        let facts = read(dialect, content_type, &body);
        assert_eq!(facts.usage, Some(usage), "{name}");
        assert!(facts.usage_final, "{name}");
        assert_eq!(facts.fault, None, "{name}");
        assert_eq!(facts.unknown_fields, Vec::<Box<str>>::new(), "{name}");
        let (model, id) = match dialect {
            Dialect::OpenAiChat => ("gpt-5.4", "chatcmpl-1"),
            Dialect::AnthropicMessages => ("claude-opus-4-7", "msg_1"),
            other => panic!("{other:?} has tests of its own"),
        };
        assert_eq!((facts.model.as_deref(), facts.request_id.as_deref()), (Some(model), Some(id)), "{name}");
        assert!(!facts.delivered.is_empty() && !facts.error, "{name}");
    }
}

#[test]
fn pieces_of_any_size_say_what_the_whole_says() {
    for (name, dialect, content_type, body, _) in answers() {
        let whole = read(dialect, content_type, &body);
        for sizes in [&[1][..], &[2], &[3, 1, 7], &[64], &[1, 1000]] {
            let cut = pieces(&body, sizes);
            let (facts, complete) = read_pieces(dialect, content_type, Coding::Identity, cut.into_iter());
            assert_eq!(facts, whole, "{name} in pieces of {sizes:?}");
            assert!(complete, "{name} in pieces of {sizes:?}");
        }
    }
}

#[test]
fn coded_answers_say_what_plain_ones_say() {
    for (name, dialect, content_type, body, _) in answers() {
        let whole = read(dialect, content_type, &body);
        for coding in CODINGS {
            let wire = pack(coding, &body);
            for size in [1, 5, usize::MAX] {
                let cut = pieces(&wire, &[size]);
                let (facts, complete) = read_pieces(dialect, content_type, coding, cut.into_iter());
                assert_eq!(facts, whole, "{name}, {coding:?} in pieces of {size}");
                assert!(complete, "{name}, {coding:?} in pieces of {size}");
            }
        }
    }
}

#[test]
fn cut_at_any_byte_a_usage_is_the_right_one_or_not_there() {
    for (name, dialect, content_type, body, usage) in answers() {
        for end in 0..body.len() {
            let facts = read(dialect, content_type, &body[..end]);
            match (facts.usage, facts.usage_final) {
                (Some(said), true) => assert_eq!(said, usage, "{name} cut at {end}"),
                (Some(said), false) => {
                    let input_and_first_token =
                        usage.with(UnitKind::Output, 1).with(UnitKind::WebSearchCall, 0);
                    assert_eq!(said, input_and_first_token, "{name} cut at {end}");
                }
                (None, is_final) => assert!(!is_final, "{name} cut at {end}"),
            }
        }
    }
}

#[test]
fn an_answer_is_complete_with_its_terminal_event_or_last_brace_and_not_before() {
    let terminals = [
        (Dialect::OpenAiChat, JSON, chat_answer(&chat_usage()), "}"),
        (Dialect::AnthropicMessages, JSON, messages_answer(&messages_usage()), "}"),
        (Dialect::OpenAiChat, SSE, chat_stream_asked("\n", &chat_usage()).into(), "data: [DONE]\n"),
        (
            Dialect::AnthropicMessages,
            SSE,
            messages_stream(&messages_events(), "\n").into(),
            "{\"type\":\"message_stop\"}",
        ),
    ];
    for (dialect, content_type, body, terminal) in terminals {
        let begin = memchr::memmem::rfind(&body, terminal.as_bytes()).unwrap();
        let end = begin + terminal.len();
        for (at, expected) in [(end - 1, false), (end, true), (body.len(), true)] {
            let mut reader = reader(dialect, content_type, Coding::Identity);
            reader.feed(&body[..at]);
            assert_eq!(
                reader.is_complete(),
                expected,
                "{dialect:?} {content_type} at {at} of {}",
                body.len()
            );
        }
    }
}

#[test]
fn a_text_that_looks_like_the_end_is_not_the_end() {
    let stream = "data: {\"choices\":[{\"delta\":{\"content\":\"data: [DONE]\\n\\n\"}}]}\n\n: data: [DONE]\n\nevent: [DONE]\n\n";
    let (facts, complete) =
        read_pieces(Dialect::OpenAiChat, SSE, Coding::Identity, std::iter::once(stream.as_bytes()));
    assert!(!complete && facts.usage.is_none());
    let stream = "event: message_stop\ndata: {\"type\":\"ping\",\"delta\":{\"type\":\"message_stop\"}}\n\n";
    assert!(
        !read_pieces(Dialect::AnthropicMessages, SSE, Coding::Identity, std::iter::once(stream.as_bytes())).1
    );
}

#[test]
fn a_count_that_is_no_count_has_a_name_and_gives_no_usage() {
    let bad = [
        (json!(-1), Fault::NegativeCount),
        (json!(1.5), Fault::FractionalCount),
        (json!(1e300), Fault::HugeCount),
        (json!(1_000_000_001u64), Fault::HugeCount),
        (json!(u64::MAX), Fault::HugeCount),
        (json!("12"), Fault::TextCount),
        (json!(true), Fault::CountOfWrongType),
        (json!([1]), Fault::CountOfWrongType),
        (json!({"a": 1}), Fault::CountOfWrongType),
        (json!(null), Fault::MissingCount),
    ];
    for (value, fault) in bad {
        let (mut chat, mut messages) = (chat_usage(), messages_usage());
        chat["prompt_tokens"] = value.clone();
        messages["input_tokens"] = value.clone();
        for (dialect, content_type, body) in [
            (Dialect::OpenAiChat, JSON, chat_answer(&chat)),
            (Dialect::OpenAiChat, SSE, chat_stream_asked("\n", &chat).into()),
            (Dialect::AnthropicMessages, JSON, messages_answer(&messages)),
        ] {
            let facts = read(dialect, content_type, &body);
            assert_eq!(
                (facts.usage, facts.fault),
                (None, Some(fault)),
                "{value} in {dialect:?}, {content_type}"
            );
        }
    }
    let digits = format!(r#"{{"usage":{{"prompt_tokens":{},"completion_tokens":1}}}}"#, "9".repeat(5000));
    assert_eq!(read(Dialect::OpenAiChat, JSON, digits.as_bytes()).fault, Some(Fault::HugeCount));
}

#[test]
fn details_that_are_null_or_absent_count_as_none() {
    let mut usage = json!({"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7});
    let expected = Usage::default().with(UnitKind::Input, 5).with(UnitKind::Output, 2);
    assert_eq!(read(Dialect::OpenAiChat, JSON, &chat_answer(&usage)).usage, Some(expected));
    usage["prompt_tokens_details"] = Value::Null;
    usage["completion_tokens_details"] = json!({"reasoning_tokens": null});
    assert_eq!(read(Dialect::OpenAiChat, JSON, &chat_answer(&usage)).usage, Some(expected));
    let usage = json!({"input_tokens": 5, "output_tokens": 2, "cache_creation_input_tokens": null});
    assert_eq!(read(Dialect::AnthropicMessages, JSON, &messages_answer(&usage)).usage, Some(expected));
}

#[test]
fn details_of_more_than_their_total_are_not_believed() {
    let mut chat = chat_usage();
    chat["prompt_tokens_details"]["cached_tokens"] = json!(61796);
    let facts = read(Dialect::OpenAiChat, JSON, &chat_answer(&chat));
    assert_eq!((facts.usage, facts.fault), (None, Some(Fault::PartsExceedTotal)));
    let mut messages = messages_usage();
    messages["cache_creation_input_tokens"] = json!(2617);
    let facts = read(Dialect::AnthropicMessages, JSON, &messages_answer(&messages));
    assert_eq!((facts.usage, facts.fault), (None, Some(Fault::PartsExceedTotal)));
}

#[test]
fn a_usage_or_details_of_a_wrong_type_are_not_believed() {
    for wrong in [json!(5), json!("5"), json!([]), json!(false)] {
        let facts = read(Dialect::OpenAiChat, JSON, &chat_answer(&wrong));
        assert_eq!((facts.usage, facts.fault), (None, Some(Fault::UsageOfWrongType)), "{wrong}");
        let mut usage = chat_usage();
        usage["prompt_tokens_details"] = wrong.clone();
        let facts = read(Dialect::OpenAiChat, JSON, &chat_answer(&usage));
        assert_eq!((facts.usage, facts.fault), (None, Some(Fault::UsageOfWrongType)), "{wrong}");
    }
}

#[test]
fn cache_writes_without_a_breakdown_are_of_five_minutes() {
    let usage = json!({"input_tokens": 1, "output_tokens": 2, "cache_creation_input_tokens": 700});
    let facts = read(Dialect::AnthropicMessages, JSON, &messages_answer(&usage));
    assert_eq!(facts.usage.map(|usage| usage.get(UnitKind::InputCacheWrite5m)), Some(700));
}

#[test]
fn cache_writes_and_pictures_of_openai_are_parts_of_the_prompt() {
    let usage = json!({"prompt_tokens": 100, "completion_tokens": 10, "prompt_tokens_details":
        {"cached_tokens": 20, "cache_write_tokens": 30, "audio_tokens": 5, "image_tokens": 15, "text_tokens": 80}});
    let usage = read(Dialect::OpenAiChat, JSON, &chat_answer(&usage)).usage.unwrap();
    assert_eq!(usage.get(UnitKind::Input), 30);
    assert_eq!(usage.tokens().input, 100);
    assert_eq!((usage.tokens().cached_input, usage.tokens().cache_write), (20, 30));
}

#[test]
fn of_two_usages_in_a_stream_the_last_is_taken_and_said_so() {
    let other = json!({"prompt_tokens": 1, "completion_tokens": 1});
    let last = json!({"choices": [], "usage": chat_usage()});
    let stream =
        format!("data: {}\n\ndata: {last}\n\ndata: [DONE]\n\n", json!({"choices": [], "usage": other}));
    let facts = read(Dialect::OpenAiChat, SSE, stream.as_bytes());
    assert_eq!((facts.usage, facts.fault), (Some(chat()), Some(Fault::UsageTwice)));
    let same = format!("data: {last}\n\ndata: {last}\n\n");
    assert_eq!(read(Dialect::OpenAiChat, SSE, same.as_bytes()).fault, None);
}

#[test]
fn of_two_members_with_one_name_the_last_wins() {
    let usage = chat_usage();
    let doubled = format!(
        r#"{{"usage":{{"prompt_tokens":1,"completion_tokens":1}},"model":"a","usage":{usage},"model":"b"}}"#
    );
    let facts = read(Dialect::OpenAiChat, JSON, doubled.as_bytes());
    assert_eq!((facts.usage, facts.model.as_deref()), (Some(chat()), Some("b")));
    let taken_back = format!(r#"{{"usage":{usage},"usage":null}}"#);
    assert_eq!(read(Dialect::OpenAiChat, JSON, taken_back.as_bytes()).usage, None);
    let details = r#"{"usage":{"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":7},"completion_tokens":1,"prompt_tokens_details":{},"prompt_tokens":3}}"#;
    let expected = Usage::default().with(UnitKind::Input, 3).with(UnitKind::Output, 1);
    assert_eq!(read(Dialect::OpenAiChat, JSON, details.as_bytes()).usage, Some(expected));
}

#[test]
fn names_spelled_with_escapes_are_the_same_names() {
    let body = r#"{"us\u0061ge":{"prompt\u005ftokens":3,"\u0063ompletion_tokens":1}}"#;
    let expected = Usage::default().with(UnitKind::Input, 3).with(UnitKind::Output, 1);
    for size in [1, 4, 1000] {
        let cut = pieces(body.as_bytes(), &[size]);
        let (facts, _) = read_pieces(Dialect::OpenAiChat, JSON, Coding::Identity, cut.into_iter());
        assert_eq!(facts.usage, Some(expected));
    }
}

#[test]
fn unknown_members_of_a_usage_are_named() {
    let mut usage = messages_usage();
    usage["tool_tokens"] = json!(5);
    usage["cache_creation"]["ephemeral_1d_input_tokens"] = json!(7);
    usage["the customer said \"hello\""] = json!(1);
    let facts = read(Dialect::AnthropicMessages, JSON, &messages_answer(&usage));
    let mut unknown: Vec<&str> = facts.unknown_fields.iter().map(AsRef::as_ref).collect();
    unknown.sort_unstable();
    assert_eq!(unknown, ["cache_creation.ephemeral_1d_input_tokens", "tool_tokens"]);
    assert_eq!(facts.usage, Some(messages()));
}

#[test]
fn a_stream_of_messages_that_ends_early_has_said_its_input() {
    let events = messages_events();
    let facts = read(Dialect::AnthropicMessages, SSE, messages_stream(&events[..6], "\n").as_bytes());
    let usage = facts.usage.unwrap();
    assert!(!facts.usage_final);
    assert_eq!((usage.tokens().input, usage.get(UnitKind::Output)), (29 + 9987 + 2618, 1));
    assert_eq!((facts.delivered.ascii, facts.delivered.three, facts.delivered.four), (12, 2, 1));
}

#[test]
fn counts_that_a_later_event_repeats_replace_the_earlier() {
    let mut events = messages_events();
    events[6]["usage"] = json!({"input_tokens": 5000, "output_tokens": 7, "cache_read_input_tokens": null});
    let usage =
        read(Dialect::AnthropicMessages, SSE, messages_stream(&events, "\n").as_bytes()).usage.unwrap();
    let count = |kind| usage.get(kind);
    assert_eq!(
        (count(UnitKind::Input), count(UnitKind::InputCached), count(UnitKind::Output)),
        (5000, 9987, 7)
    );
}

#[test]
fn thinking_is_output_of_its_own() {
    let mut usage = messages_usage();
    usage["output_tokens_details"] = json!({"thinking_tokens": 617});
    let usage = read(Dialect::AnthropicMessages, JSON, &messages_answer(&usage)).usage.unwrap();
    assert_eq!((usage.get(UnitKind::Output), usage.get(UnitKind::OutputReasoning)), (1000, 617));
}

#[test]
fn error_bodies_and_error_events_are_errors_and_null_is_none() {
    let openai = json!({"error": {"message": "m", "type": "server_error"}});
    let anthropic = json!({"type": "error", "error": {"type": "overloaded_error", "message": "m"}});
    for (dialect, content_type, body) in [
        (Dialect::OpenAiChat, JSON, openai.to_string()),
        (Dialect::OpenAiChat, SSE, format!("data: {openai}\n\n")),
        (Dialect::AnthropicMessages, JSON, anthropic.to_string()),
        (Dialect::AnthropicMessages, SSE, messages_stream(std::slice::from_ref(&anthropic), "\n")),
    ] {
        assert!(read(dialect, content_type, body.as_bytes()).error, "{body}");
    }
    let head = |status| AnswerHead {
        dialect: Dialect::OpenAiChat,
        status,
        content_type: None,
        coding: Coding::Identity,
    };
    assert!(AnswerReader::new(head(502)).facts().error && !AnswerReader::new(head(200)).facts().error);
    let mut fine: Value = serde_json::from_slice(&chat_answer(&chat_usage())).unwrap();
    fine["error"] = Value::Null;
    assert!(!read(Dialect::OpenAiChat, JSON, fine.to_string().as_bytes()).error);
}

#[test]
fn bodies_that_are_no_json_are_a_fault() {
    for body in ["<html>502</html>", "{\"usage\":", "{\"usage\":{]}", "nonsense"] {
        let facts = read(Dialect::OpenAiChat, JSON, body.as_bytes());
        assert_eq!(facts.usage, None, "{body}");
    }
    assert_eq!(read(Dialect::OpenAiChat, JSON, b"<html>").fault, Some(Fault::BrokenJson));
    assert_eq!(read(Dialect::OpenAiChat, SSE, b"data: {]}\n\n").fault, Some(Fault::BrokenJson));
}

#[test]
fn a_broken_event_does_not_hide_the_next() {
    let stream = format!("data: {{]\n\n{}", chat_stream_asked("\n", &chat_usage()));
    assert_eq!(read(Dialect::OpenAiChat, SSE, stream.as_bytes()).usage, Some(chat()));
}

#[test]
fn json_nested_ten_thousand_deep_is_stepped_over() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let objects = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    let body = format!(r#"{{"deep":{deep},"choices":{deep},"more":{objects},"usage":{}}}"#, chat_usage());
    assert_eq!(read(Dialect::OpenAiChat, JSON, body.as_bytes()).usage, Some(chat()));
    let endless = "[".repeat(1 << 20);
    assert_eq!(read(Dialect::OpenAiChat, JSON, endless.as_bytes()).usage, None);
    let prose = format!(r#"{{"choices":[{{"message":{{"content":{endless}"#);
    assert_eq!(read(Dialect::OpenAiChat, JSON, prose.as_bytes()).fault, Some(Fault::BrokenJson));
}

#[test]
fn bytes_that_are_no_utf8_are_stepped_over() {
    let mut body = br#"{"model":"a"#.to_vec();
    body.extend_from_slice(b"\xFF\xFE\",\"x\":\"\xC0\x80\",\"usage\":");
    body.extend_from_slice(chat_usage().to_string().as_bytes());
    body.push(b'}');
    let facts = read(Dialect::OpenAiChat, JSON, &body);
    assert_eq!((facts.usage, facts.model), (Some(chat()), None));
}

#[test]
fn names_that_cannot_be_shown_count_as_not_given() {
    for model in ["", "a\u{7}b", "line\nbreak", &"x".repeat(257)] {
        let body = json!({"model": model, "id": model, "service_tier": model}).to_string();
        let facts = read(Dialect::OpenAiChat, JSON, body.as_bytes());
        assert_eq!((facts.model, facts.request_id, facts.service_tier), (None, None, None), "{model:?}");
    }
    let longest = "x".repeat(256);
    let facts = read(Dialect::OpenAiChat, JSON, json!({"model": longest}).to_string().as_bytes());
    assert_eq!(facts.model.as_deref(), Some(longest.as_str()));
}

#[test]
fn a_body_in_an_unknown_coding_is_a_fault() {
    for header in ["compress", "gzip, br", "identity, foo"] {
        assert_eq!(Coding::of(Some(header)), Coding::Unknown, "{header}");
    }
    let body = chat_answer(&chat_usage());
    let (facts, complete) =
        read_pieces(Dialect::OpenAiChat, JSON, Coding::Unknown, std::iter::once(body.as_slice()));
    assert_eq!((facts.usage, facts.fault, complete), (None, Some(Fault::UnknownCoding), false));
}

#[test]
fn a_body_that_is_not_coded_as_it_says_is_a_fault() {
    let body = chat_answer(&chat_usage());
    for coding in [Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd] {
        let (facts, _) = read_pieces(Dialect::OpenAiChat, JSON, coding, std::iter::once(body.as_slice()));
        assert_eq!(facts.usage, None, "{coding:?}");
        assert_eq!(facts.fault, Some(Fault::BrokenCoding), "{coding:?}");
    }
}

#[test]
fn a_packed_body_may_consist_of_several() {
    let body = chat_answer(&chat_usage());
    let (first, second) = body.split_at(body.len() / 2);
    for coding in [Coding::Gzip, Coding::Zstd] {
        let wire = [pack(coding, first), pack(coding, second)].concat();
        for size in [1, 1000] {
            let cut = pieces(&wire, &[size]);
            assert_eq!(
                read_pieces(Dialect::OpenAiChat, JSON, coding, cut.into_iter()).0.usage,
                Some(chat()),
                "{coding:?}"
            );
        }
    }
}

#[test]
fn deflate_without_its_frame_is_read_too() {
    use std::io::Write;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&chat_answer(&chat_usage())).unwrap();
    let wire = encoder.finish().unwrap();
    let cut = pieces(&wire, &[7]);
    assert_eq!(
        read_pieces(Dialect::OpenAiChat, JSON, Coding::Deflate, cut.into_iter()).0.usage,
        Some(chat())
    );
}

#[test]
fn a_bomb_is_given_up_and_named() {
    let mut body = br#"{"x":""#.to_vec();
    body.resize(24 << 20, b' ');
    for coding in [Coding::Zstd, Coding::Brotli] {
        let wire = pack(coding, &body);
        let (facts, complete) = read_pieces(Dialect::OpenAiChat, JSON, coding, wire.chunks(4096));
        assert_eq!((facts.fault, complete), (Some(Fault::Bomb), false), "{coding:?}: {} bytes", wire.len());
    }
}

#[test]
fn a_stream_of_a_gibibyte_is_read_in_constant_memory() {
    let event = format!(
        "data: {}\n\n",
        json!({"id": "chatcmpl-1", "obfuscation": "x".repeat(1 << 20), "choices": [{"delta": {"content": "x"}}]})
    );
    let mut reader = reader(Dialect::OpenAiChat, SSE, Coding::Identity);
    for _ in 0..4 {
        reader.feed(event.as_bytes());
    }
    let before = resident();
    for _ in 4..1024 {
        reader.feed(event.as_bytes());
    }
    let grown = resident().saturating_sub(before);
    reader.feed(
        format!("data: {}\n\ndata: [DONE]\n\n", json!({"choices": [], "usage": chat_usage()})).as_bytes(),
    );
    assert_eq!(reader.facts().usage, Some(chat()));
    assert_eq!(reader.facts().delivered.ascii, 1024);
    // other tests run beside it in the same process: theirs is what may grow, the stream's gibibyte may not
    assert!(grown < 512 << 20, "{grown} bytes more");
}

/// Bytes of memory that this process has.
fn resident() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

#[test]
fn a_body_is_what_its_first_byte_says_whatever_its_content_type() {
    let stream = chat_stream_asked("\n", &chat_usage());
    for content_type in ["text/html", JSON, "", "text/plain"] {
        assert_eq!(read(Dialect::OpenAiChat, content_type, stream.as_bytes()).usage, Some(chat()));
    }
    for content_type in [SSE, "text/html", ""] {
        assert_eq!(read(Dialect::OpenAiChat, content_type, &chat_answer(&chat_usage())).usage, Some(chat()));
    }
}
