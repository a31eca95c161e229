use tollgate_meter::{AnswerHead, AnswerReader, Coding, Provider};

use super::*;

const SENTENCE: &str = "Back on \"Monday\".\nSorry.";

fn asked(provider: Provider, path: &str, stream: bool) -> Asked<'static> {
    let endpoint = Endpoint::of(provider, "POST", path);
    Asked {
        endpoint,
        query: None,
        model: "m-1",
        stream,
        wants_no_text: false,
        usage: false,
        call: Uuid::nil(),
        at: 1_795_000_000,
    }
}

const TEXTS: [(Provider, &str); 11] = [
    (Provider::OpenAi, "/v1/chat/completions"),
    (Provider::OpenAi, "/v1/completions"),
    (Provider::OpenAi, "/v1/responses"),
    (Provider::Anthropic, "/v1/messages"),
    (Provider::Google, "/v1beta/models/m-1:generateContent"),
    (Provider::Google, "/v1beta/models/m-1:streamGenerateContent"),
    (Provider::Xai, "/v1/chat/completions"),
    (Provider::Xai, "/v1/responses"),
    (Provider::OpenRouter, "/api/v1/chat/completions"),
    (Provider::OpenRouter, "/api/v1/responses"),
    (Provider::OpenRouter, "/api/v1/messages"),
];

/// Our own meter reads it as it reads the provider's: whole, by its terminal event, and of the model that was asked for.
#[test]
fn each_answer_is_a_complete_one_of_its_dialect() {
    for (provider, path) in TEXTS {
        for stream in [false, true] {
            let asked = asked(provider, path, stream);
            let response = answer(&asked, SENTENCE).unwrap_or_else(|| panic!("{provider} {path}"));
            let content_type = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
            let mut reader = AnswerReader::new(AnswerHead {
                dialect: asked.endpoint.dialect().unwrap(),
                status: 200,
                content_type: Some(&content_type),
                coding: Coding::of(None),
            });
            reader.feed(response.body());
            reader.finish();
            assert!(reader.is_complete() && !reader.facts().error, "{provider} {path} {stream}");
            assert_eq!(reader.facts().model.as_deref(), Some("m-1"), "{provider} {path} {stream}");
        }
    }
}

#[test]
fn googles_stream_is_an_array_unless_events_are_asked_for() {
    let asked = asked(Provider::Google, "/v1beta/models/m-1:streamGenerateContent", false);
    let array = answer(&asked, SENTENCE).unwrap();
    let array: Value = serde_json::from_slice(array.body()).unwrap();
    assert_eq!(array[0]["candidates"][0]["content"]["parts"][0]["text"], SENTENCE);
    let events = answer(&Asked { query: Some("key=k&alt=sse"), ..asked }, SENTENCE).unwrap();
    assert!(events.body().starts_with(b"data: {"));
    assert_eq!(events.headers()[header::CONTENT_TYPE], "text/event-stream; charset=utf-8");
}

/// The chunks of a stream: how many choices each has, and whether it says a usage.
fn chunks(asked: &Asked<'_>) -> Vec<(usize, bool)> {
    let response = answer(asked, SENTENCE).unwrap();
    let body = str::from_utf8(response.body()).unwrap();
    let events = body.split("\n\n").filter_map(|event| event.strip_prefix("data: {"));
    let parsed = events.map(|event| serde_json::from_str::<Value>(&format!("{{{event}")).unwrap());
    parsed.map(|chunk| (chunk["choices"].as_array().unwrap().len(), chunk["usage"].is_object())).collect()
}

/// openai-java gathers a stream until a chunk that says a usage, which has no choice.
#[test]
fn a_stream_says_its_usage_in_a_chunk_of_its_own_where_it_is_asked_for() {
    for (provider, path, said) in [
        (Provider::OpenAi, "/v1/chat/completions", 2),
        (Provider::OpenAi, "/v1/completions", 1),
        (Provider::Xai, "/v1/chat/completions", 2),
    ] {
        let asked = asked(provider, path, true);
        let mut expected = vec![(1, false); said];
        assert_eq!(chunks(&asked), expected, "{provider} {path}");
        expected.push((0, true));
        assert_eq!(chunks(&Asked { usage: true, ..asked }), expected, "{provider} {path}");
    }
    // OpenRouter says it unasked, and its own SDKs look for a choice beside it
    let asked = asked(Provider::OpenRouter, "/api/v1/chat/completions", true);
    assert_eq!(chunks(&asked), [(1, false), (1, true)]);
}

#[test]
fn what_answers_with_no_text_has_no_answer_of_ours() {
    for path in ["/v1/embeddings", "/v1/images/generations", "/v1/audio/speech", "/v1/unheard-of"] {
        assert!(answer(&asked(Provider::OpenAi, path, false), SENTENCE).is_none(), "{path}");
    }
    // a voice of Gemini's: the app looks for sound
    let spoken = asked(Provider::Google, "/v1beta/models/m-1:generateContent", false);
    assert!(answer(&Asked { wants_no_text: true, ..spoken }, SENTENCE).is_none());
}
