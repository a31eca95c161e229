//! What requests say, and the edit that makes a stream carry its usage.

mod common;

use std::io::Write;

use common::pieces;
use flate2::{
    Compression,
    write::{GzEncoder, ZlibEncoder},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use tollgate_meter::{Coding, Dialect, RequestFacts, RequestReader};

fn read(dialect: Dialect, body: &[u8]) -> RequestReader {
    let mut reader = RequestReader::new(Some(dialect));
    reader.feed(body);
    reader
}

fn facts(dialect: Dialect, body: &Value) -> RequestFacts {
    read(dialect, body.to_string().as_bytes()).facts().clone()
}

/// The body as it goes to the provider, if it is edited.
fn spliced(body: &str) -> Option<String> {
    let splice = read(Dialect::OpenAiChat, body.as_bytes()).usage_splice()?;
    String::from_utf8(splice.apply(body.as_bytes())?).ok()
}

/// As each coding that the web has packs it.
fn packed(body: &[u8]) -> [(Coding, Vec<u8>); 4] {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(body).unwrap();
    let mut deflate = ZlibEncoder::new(Vec::new(), Compression::default());
    deflate.write_all(body).unwrap();
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut brotli, &Default::default()).unwrap();
    [
        (Coding::Gzip, gzip.finish().unwrap()),
        (Coding::Deflate, deflate.finish().unwrap()),
        (Coding::Brotli, brotli),
        (Coding::Zstd, zstd::encode_all(body, 0).unwrap()),
    ]
}

#[test]
fn models_that_may_answer_instead_are_known_beside_the_one_that_is_asked_for() {
    let named = |dialect, body: Value| {
        let mut reader = RequestReader::new(Some(dialect));
        for byte in body.to_string().as_bytes() {
            reader.feed(&[*byte]);
        }
        let others = reader.other_models().iter().map(|model| model.to_string()).collect::<Vec<_>>();
        (reader.facts().model.as_deref().map(str::to_owned), others, reader.model_splice("x").is_some())
    };
    let some = |model: &str| Some(model.to_owned());
    for dialect in [Dialect::OpenRouterChat, Dialect::OpenRouterResponses, Dialect::OpenRouterMessages] {
        let beside = named(dialect, json!({"models": ["b", "c", 1], "model": "a"}));
        assert_eq!(beside, (some("a"), vec!["b".to_owned(), "c".to_owned()], false), "{dialect:?}");
        let alone = named(dialect, json!({"models": ["b", "c"]}));
        assert_eq!(alone, (some("b"), vec!["b".to_owned(), "c".to_owned()], false), "{dialect:?}");
        assert_eq!(named(dialect, json!({"model": "a", "models": []})), (some("a"), Vec::new(), true));
    }
    let body = json!({"model": "a", "fallbacks": [{"model": "b", "max_tokens": 1}]});
    assert_eq!(named(Dialect::AnthropicMessages, body), (some("a"), vec!["b".to_owned()], false));
    let body = json!({"model": "a", "fallbacks": "default"});
    assert_eq!(named(Dialect::AnthropicMessages, body), (some("a"), Vec::new(), true));
}

#[test]
fn where_others_can_be_named_the_models_are_known_at_the_end_of_the_body_only() {
    let known = |dialect, body: &[u8]| {
        let mut reader = RequestReader::new(Some(dialect));
        reader.feed(body);
        reader.knows_models()
    };
    assert!(known(Dialect::OpenAiChat, br#"{"model": "a","#));
    assert!(!known(Dialect::OpenRouterChat, br#"{"model": "a","#));
    assert!(known(Dialect::OpenRouterChat, br#"{"model": "a"}"#));
}

#[test]
fn a_packed_body_says_the_same_as_a_plain_one_cut_anywhere_and_is_not_edited() {
    let body = json!({"messages": [{"role": "user", "content": "Say something."}], "model": "gpt-5", "user": "u-1",
        "stream": true});
    let plain = body.to_string().into_bytes();
    let of = facts(Dialect::OpenAiChat, &body);
    for (coding, wire) in packed(&plain) {
        for cut in 0..=wire.len() {
            let mut reader = RequestReader::new(Some(Dialect::OpenAiChat)).coded(coding);
            reader.feed(&wire[..cut]);
            reader.feed(&wire[cut..]);
            let facts = RequestFacts { bytes: of.bytes, ..reader.facts().clone() };
            assert_eq!(facts, of, "{coding:?} cut at {cut}");
            assert!(reader.is_settled() && !reader.is_unreadable(), "{coding:?}");
            assert!(reader.usage_splice().is_none() && reader.model_splice("other").is_none(), "{coding:?}");
        }
    }
}

#[test]
fn a_packed_form_is_a_form() {
    let form = b"--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngpt-image-1\r\n--x--\r\n";
    for (coding, wire) in packed(form) {
        let mut reader = RequestReader::new(Some(Dialect::OpenAiImages)).coded(coding);
        wire.chunks(1).for_each(|byte| reader.feed(byte));
        assert_eq!(reader.facts().model.as_deref(), Some("gpt-image-1"), "{coding:?}");
    }
}

#[test]
fn what_cannot_be_unpacked_is_unreadable_and_waited_for_no_longer() {
    for coding in [Coding::Gzip, Coding::Zstd, Coding::Unknown] {
        let mut reader = RequestReader::new(Some(Dialect::OpenAiChat)).coded(coding);
        reader.feed(br#"{"model": "gpt-5"}"#);
        assert!(reader.is_settled() && reader.is_unreadable(), "{coding:?}");
        assert_eq!(reader.facts().model, None, "{coding:?}");
    }
}

#[test]
fn openai_requests_say_model_user_and_stream() {
    let body = json!({"messages": [{"role": "user", "content": "hi", "model": "not this", "user": "nor this"}],
        "model": "gpt-5", "user": "u-1", "stream": true, "service_tier": "flex"});
    let facts = facts(Dialect::OpenAiChat, &body);
    assert_eq!((facts.model.as_deref(), facts.user.as_deref()), (Some("gpt-5"), Some("u-1")));
    assert_eq!((facts.stream, facts.service_tier.as_deref()), (true, Some("flex")));
    assert_eq!(facts.bytes, body.to_string().len() as u64);
}

#[test]
fn the_safety_identifier_goes_before_the_user() {
    for body in [
        json!({"safety_identifier": "s", "user": "u"}).to_string(),
        r#"{"user":"u","safety_identifier":"s"}"#.into(),
    ] {
        assert_eq!(read(Dialect::OpenAiChat, body.as_bytes()).facts().user.as_deref(), Some("s"));
    }
    let null = r#"{"safety_identifier":null,"user":"u"}"#;
    assert_eq!(read(Dialect::OpenAiChat, null.as_bytes()).facts().user.as_deref(), Some("u"));
}

#[test]
fn gemini_is_asked_for_no_text_where_other_modalities_alone_are_named() {
    let wants_no_text = |modalities: Value| {
        let body = json!({"contents": [], "generationConfig": {"responseModalities": modalities}});
        facts(Dialect::GoogleGenerate, &body).wants_no_text
    };
    assert!(wants_no_text(json!(["AUDIO"])) && wants_no_text(json!(["IMAGE"])));
    for with_text in
        [json!(["TEXT", "IMAGE"]), json!(["IMAGE", "text"]), json!([]), json!(null), json!("AUDIO")]
    {
        assert!(!wants_no_text(with_text.clone()), "{with_text}");
    }
}

#[test]
fn anthropic_requests_say_their_user_in_the_metadata() {
    let body =
        json!({"model": "claude-opus-5", "user": "not this", "metadata": {"user_id": "u-2"}, "messages": []});
    let facts = facts(Dialect::AnthropicMessages, &body);
    assert_eq!((facts.model.as_deref(), facts.user.as_deref()), (Some("claude-opus-5"), Some("u-2")));
}

#[test]
fn users_that_cannot_be_stored_count_as_not_given() {
    for user in [json!(5), json!(""), json!("a\nb"), json!("x".repeat(1025)), json!(["a"])] {
        assert_eq!(facts(Dialect::OpenAiChat, &json!({"user": user})).user, None, "{user}");
    }
    let longest = "é".repeat(512);
    assert_eq!(facts(Dialect::OpenAiChat, &json!({"user": longest})).user.as_deref(), Some(longest.as_str()));
}

#[test]
fn a_request_in_an_unknown_dialect_says_what_all_have_in_common() {
    let mut reader = RequestReader::new(None);
    reader.feed(br#"{"model":"m","input":[{"text":"hello"}],"stream":true,"user":"u"}"#);
    let facts = reader.facts();
    assert_eq!((facts.model.as_deref(), facts.user.as_deref(), facts.stream), (Some("m"), Some("u"), true));
    assert!(reader.is_settled() && facts.prompt.is_empty());
    assert_eq!(reader.usage_splice(), None);
}

#[test]
fn a_reader_is_settled_when_the_object_has_closed_or_cannot_be_read() {
    let body = br#"{"model":"a","messages":[]}"#;
    let mut reader = RequestReader::new(Some(Dialect::OpenAiChat));
    assert!(!reader.is_settled());
    for (at, byte) in body.iter().enumerate() {
        assert!(!reader.is_settled(), "at {at}");
        reader.feed(&[*byte]);
    }
    assert!(reader.is_settled());
    for broken in ["nonsense", "{a}", "{\"a\" 1}", "{\"a\":1,}", "[1}", "{\"a\":tru }", "-boundary\r\n"] {
        assert!(read(Dialect::OpenAiChat, broken.as_bytes()).is_settled(), "{broken}");
    }
}

#[test]
fn a_mark_before_the_text_hides_nothing_wherever_it_is_cut_and_stays_before_it() {
    let body = "\u{feff}{\"model\":\"gpt-5.4\",\"stream\":true}";
    for at in 0..=body.len() {
        let mut reader = RequestReader::new(Some(Dialect::OpenAiChat));
        let (before, after) = body.as_bytes().split_at(at);
        reader.feed(before);
        reader.feed(after);
        assert_eq!(reader.facts().model.as_deref(), Some("gpt-5.4"), "cut at {at}");
        assert!(reader.is_settled() && !reader.is_unreadable(), "cut at {at}");
        let asked = reader.model_splice("other").unwrap().apply(body.as_bytes()).unwrap();
        assert_eq!(asked, "\u{feff}{\"model\":\"other\",\"stream\":true}".as_bytes());
    }
    assert_eq!(
        spliced(body).unwrap(),
        "\u{feff}{\"model\":\"gpt-5.4\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"
    );
}

#[test]
fn the_prompt_is_measured_and_pictures_are_not_text() {
    let picture = "A".repeat(100_000);
    let body = json!({"messages": [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": [
            {"type": "text", "text": "你好 👋"},
            {"type": "image_url", "image_url": {"url": format!("data:image/png;base64,{picture}"), "detail": "low"}},
            {"type": "input_audio", "input_audio": {"data": picture, "format": "wav"}},
        ]},
    ]});
    let prompt = facts(Dialect::OpenAiChat, &body).prompt;
    assert_eq!((prompt.ascii, prompt.three, prompt.four), (9, 2, 1));
    assert_eq!((prompt.parts, prompt.media), (2, 2));
    let body = json!({"system": [{"type": "text", "text": "Be kind."}], "messages": [{"role": "user", "content": [
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": picture}}, {"type": "text", "text": "hi"},
        {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "text", "text": "42"}]}]}]});
    let prompt = facts(Dialect::AnthropicMessages, &body).prompt;
    assert_eq!((prompt.ascii, prompt.parts, prompt.media), (12, 1, 1));
}

#[test]
fn text_is_measured_alike_however_it_is_spelled() {
    let plain = r#"{"messages":[{"content":"Grüße, 你好 👋\n"}]}"#;
    let escaped = r#"{"messages":[{"content":"Gr\u00fc\u00DFe, \u4f60\u597d \ud83d\udc4b\u000a"}]}"#;
    let prompt = |body: &str| read(Dialect::OpenAiChat, body.as_bytes()).facts().prompt;
    assert_eq!(prompt(plain), prompt(escaped));
    assert_eq!((prompt(plain).ascii, prompt(plain).two), (7, 2));
}

#[test]
fn tools_are_part_of_the_prompt_with_their_names() {
    let body = json!({"tools": [{"type": "function", "function": {"name": "get", "parameters": {"city": {"type": "string"}}}}]});
    let prompt = facts(Dialect::OpenAiChat, &body).prompt;
    let expected = ["type", "function", "function", "name", "get", "parameters", "city", "type", "string"];
    assert_eq!(prompt.ascii, expected.concat().len() as u64);
}

#[test]
fn a_stream_that_would_not_carry_its_usage_is_made_to() {
    let cases = [
        (r#"{"stream":true}"#, r#"{"stream":true,"stream_options":{"include_usage":true}}"#),
        ("{\"stream\": true\n}\n", "{\"stream\": true\n,\"stream_options\":{\"include_usage\":true}}\n"),
        (
            r#"{"stream_options":null,"stream":true}"#,
            r#"{"stream_options":{"include_usage":true},"stream":true}"#,
        ),
        (
            r#"{"stream":true,"stream_options":{}}"#,
            r#"{"stream":true,"stream_options":{"include_usage":true}}"#,
        ),
        (
            r#"{"stream":true,"stream_options": { "a" : [1, {"include_usage":true}] } }"#,
            r#"{"stream":true,"stream_options": {"include_usage":true, "a" : [1, {"include_usage":true}] } }"#,
        ),
        (
            r#"{"stream":true,"stream_options":{"include_usage": false,"b":0.10}}"#,
            r#"{"stream":true,"stream_options":{"include_usage": true,"b":0.10}}"#,
        ),
        (
            r#"{"stream":true,"stream_options":{"include_usage":null}}"#,
            r#"{"stream":true,"stream_options":{"include_usage":true}}"#,
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(spliced(body).as_deref(), Some(expected), "{body}");
    }
}

#[test]
fn everything_else_goes_as_it_came() {
    for body in [
        r#"{"stream":true,"stream_options":{"include_usage":true}}"#,
        r#"{"stream":false}"#,
        r#"{"stream":"true"}"#,
        r#"{"stream":1}"#,
        r#"{"model":"a"}"#,
        r#"{"stream":true,"stream_options":5}"#,
        r#"{"stream":true,"stream_options":[]}"#,
        r#"{"stream":true,"stream_options":"x"}"#,
        r#"{"stream":true,"stream_options":{"include_usage":"yes"}}"#,
        r#"{"stream":true,"stream_options":{"include_usage":1}}"#,
        r#"{"stream":true,"stream_options":{"include_usage":{}}}"#,
        r#"{"stream":true"#,
        r#"{"stream":true}}"#,
        r#"{"stream":true} x"#,
        r#"{"stream":true,}"#,
        r#"[{"stream":true}]"#,
        r#"{"a":{"stream":true}}"#,
    ] {
        assert_eq!(spliced(body), None, "{body}");
    }
    assert_eq!(read(Dialect::AnthropicMessages, br#"{"stream":true}"#).usage_splice(), None);
}

#[test]
fn of_two_members_with_one_name_the_last_counts() {
    assert_eq!(spliced(r#"{"stream":true,"stream":false}"#), None);
    let twice =
        r#"{"stream":false,"stream":true,"stream_options":{"include_usage":true},"stream_options":{"a":1}}"#;
    let expected = r#"{"stream":false,"stream":true,"stream_options":{"include_usage":true},"stream_options":{"include_usage":true,"a":1}}"#;
    assert_eq!(spliced(twice).as_deref(), Some(expected));
    assert_eq!(
        spliced(r#"{"stream":true,"stream_options":{"include_usage":false,"include_usage":true}}"#),
        None
    );
    assert_eq!(spliced(r#"{"stream":true,"stream_options":{},"stream_options":7}"#), None);
}

#[test]
fn names_spelled_with_escapes_are_the_same_names() {
    assert_eq!(spliced(r#"{"str\u0065am":true,"stream\u005foptions":{"include\u005fusage":true}}"#), None);
    let body = r#"{"\u0073tream":true,"stream\u005foptions":null}"#;
    assert_eq!(
        spliced(body).as_deref(),
        Some(r#"{"\u0073tream":true,"stream\u005foptions":{"include_usage":true}}"#)
    );
}

#[test]
fn a_request_nested_ten_thousand_deep_is_read() {
    let deep = format!("{}{}", "{\"a\":[".repeat(5_000), "]}".repeat(5_000).replacen("]}", "1]}", 1));
    let body = format!(r#"{{"messages":[{{"content":{deep}}}],"x":{deep},"model":"m","stream":true}}"#);
    let reader = read(Dialect::OpenAiChat, body.as_bytes());
    assert_eq!(reader.facts().model.as_deref(), Some("m"));
    assert!(reader.usage_splice().is_some());
}

/// JSON of every kind, with members that matter among the others.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(&[0.5, -1.25e10, 1e-7, 3e200][..]).prop_map(Value::from),
        "[a-zA-Zé👋\"\\\\\n ]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(
                ("(model|stream|stream_options|include_usage|user|messages|[a-c\"\\\\]{1,3})", inner),
                0..6
            )
            .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_request() -> impl Strategy<Value = Value> {
    let options = prop_oneof![
        any_json(),
        any_json().prop_map(|value| json!({"include_usage": value})),
        (any_json(), any::<bool>()).prop_map(|(other, ask)| json!({"b": other, "include_usage": ask})),
        Just(Value::Null),
    ];
    let member = prop_oneof![
        3 => ("[a-d]{1,3}", any_json()),
        1 => (Just("model".to_owned()), any_json()),
        1 => (Just("user".to_owned()), any_json()),
        2 => (Just("stream".to_owned()), prop_oneof![3 => Just(json!(true)), 1 => any_json()]),
        2 => (Just("stream_options".to_owned()), options),
    ];
    prop::collection::vec(member, 0..8).prop_map(|members| Value::Object(members.into_iter().collect()))
}

/// The slow way: parse all, look, change, and compare.
fn naive_splice(request: &Value) -> Option<Value> {
    if request["stream"] != json!(true) {
        return None;
    }
    let mut edited = request.clone();
    match (&request["stream_options"], &request["stream_options"]["include_usage"]) {
        (Value::Null, _) => edited["stream_options"] = json!({"include_usage": true}),
        (Value::Object(_), Value::Null | Value::Bool(false)) => {
            edited["stream_options"]["include_usage"] = json!(true)
        }
        _ => return None,
    }
    Some(edited)
}

proptest! {
    #[test]
    fn the_edited_request_is_the_request_but_for_the_usage(request in any_request(), pretty in any::<bool>()) {
        let body = if pretty { serde_json::to_string_pretty(&request) } else { serde_json::to_string(&request) }.unwrap();
        let edited = spliced(&body).map(|edited| serde_json::from_str::<Value>(&edited).unwrap());
        prop_assert_eq!(edited, naive_splice(&request), "{}", body);
    }

    #[test]
    fn a_fast_reader_agrees_with_a_naive_one(request in any_request(), sizes in prop::collection::vec(1..30usize, 1..5)) {
        let body = request.to_string();
        let mut reader = RequestReader::new(Some(Dialect::OpenAiChat));
        for piece in pieces(body.as_bytes(), &sizes) {
            reader.feed(piece);
        }
        let shown = |name: &str| request[name].as_str().filter(|text| !text.is_empty() && !text.chars().any(char::is_control));
        prop_assert_eq!(reader.facts().model.as_deref(), shown("model"));
        prop_assert_eq!(reader.facts().user.as_deref(), shown("user"));
        prop_assert_eq!(reader.facts().stream, request["stream"] == json!(true));
        prop_assert!(reader.is_settled());
        let whole = read(Dialect::OpenAiChat, body.as_bytes());
        prop_assert_eq!(reader.facts(), whole.facts());
        prop_assert_eq!(reader.usage_splice(), whole.usage_splice());
    }

    #[test]
    fn bytes_of_any_kind_never_panic(
        bytes in prop::collection::vec(prop::sample::select(&b"{}[]\",:\\u0019d8stream_options true null-.e \xFF\n"[..]), 0..200),
    ) {
        for dialect in [Some(Dialect::OpenAiChat), Some(Dialect::AnthropicMessages), None] {
            let mut reader = RequestReader::new(dialect);
            reader.feed(&bytes);
            if let Some(splice) = reader.usage_splice() {
                prop_assert!(splice.apply(&bytes).is_some());
            }
        }
    }
}
