use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;

const CHAT: &str = "/v1/chat/completions";

fn key() -> FingerprintKey {
    FingerprintKey::new(&[7; 16])
}

fn sketch(endpoint: &str, headers: &[(&str, &str)], body: &Value) -> Sketch {
    let headers = headers.iter().map(|(name, value)| (*name, value.as_bytes()));
    let mut reader = SketchReader::new(endpoint, headers);
    reader.feed(body.to_string().as_bytes());
    reader.sketch(&key())
}

fn chat(system: &str, user: &str) -> Value {
    json!({"model": "gpt-5", "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}]})
}

/// How much of the first is in the second, in hundredths.
fn shared(a: &Sketch, b: &Sketch) -> usize {
    a.atoms.0.iter().filter(|atom| b.has(**atom)).count() * 100 / a.atoms.0.len()
}

fn of_section(sketch: &Sketch, section: Section) -> BTreeSet<u32> {
    let is_of = |atom: &&crate::Atom| atom.section() == section as usize;
    sketch.atoms.0.iter().filter(is_of).map(|atom| atom.0).collect()
}

#[test]
fn a_date_a_name_and_an_id_in_the_system_prompt_change_nothing() {
    let said = |who: &str, when: &str, id: &str| {
        chat(
            &format!("You help {who} with invoices. It is {when}. Request {id}. Be brief and friendly."),
            "hi",
        )
    };
    let a = sketch(CHAT, &[], &said("Maria Lopez", "2026-11-28", "req_81c9"));
    let b = sketch(CHAT, &[], &said("Jo Li", "2027-01-02T10:00", "req_0007af"));
    assert_eq!(a, b);
}

#[test]
fn the_model_changes_nothing() {
    let mut other = chat("You help with invoices.", "hi");
    other["model"] = json!("claude-5");
    assert_eq!(sketch(CHAT, &[], &chat("You help with invoices.", "hi")), sketch(CHAT, &[], &other));
}

#[test]
fn keys_and_ids_of_requests_change_nothing() {
    let of = |key, id| {
        let headers = [("authorization", key), ("x-request-id", id), ("user-agent", "shop/1.0")];
        sketch(CHAT, &headers, &chat("You help with invoices.", "hi"))
    };
    assert_eq!(of("Bearer sk-1", "a"), of("Bearer sk-2", "b"));
}

#[test]
fn the_same_instructions_are_the_same_wherever_a_provider_has_them() {
    let said = "Translate what the user says into plain English and keep every number.";
    let bodies = [
        json!({"messages": [{"role": "system", "content": said}]}),
        json!({"messages": [{"content": [{"type": "text", "text": said}], "role": "developer"}]}),
        json!({"system": said, "messages": []}),
        json!({"system": [{"type": "text", "text": said, "cache_control": {"type": "ephemeral"}}]}),
        json!({"instructions": said, "input": "hi"}),
        json!({"systemInstruction": {"parts": [{"text": said}]}, "contents": []}),
        json!({"input": [{"role": "system", "content": [{"type": "input_text", "text": said}]}]}),
    ];
    let systems: BTreeSet<_> =
        bodies.iter().map(|body| of_section(&sketch("/v1", &[], body), Section::System)).collect();
    assert_eq!(systems.len(), 1, "{systems:?}");
}

#[test]
fn an_endpoint_is_the_same_at_another_provider_and_as_a_stream() {
    let of = |endpoint: &str| sketch(endpoint, &[], &json!({})).endpoint;
    assert_eq!(of("/v1/chat/completions"), of("/api/v1/chat/completions"));
    assert_eq!(of("/v1beta/models/{model}:streamGenerateContent"), of("/v1/models/{model}:generateContent"));
    assert_ne!(of("/v1/chat/completions"), of("/v1/completions"));
}

#[test]
fn the_turns_of_a_dialogue_with_instructions_change_nothing() {
    let instructions =
        "You are the tutor of a school and never give solutions away, whatever the pupil says.";
    let turns = |turns: &[&str]| {
        let mut messages = vec![json!({"role": "system", "content": instructions})];
        for turn in turns {
            messages.push(json!({"role": "user", "content": turn}));
            messages.push(json!({"role": "assistant", "content": "What do you think?"}));
        }
        sketch(CHAT, &[], &json!({"messages": messages}))
    };
    let [alone, later] = [turns(&["what is seven times eight"]), turns(&["help me please", "i do not know"])];
    assert_eq!(alone.atoms, later.atoms);
}

#[test]
fn the_short_turns_of_a_dialogue_without_instructions_change_nothing() {
    let said = |role: &str, content: &str| json!({"role": role, "content": content});
    let turns = |newest: &str| {
        let messages =
            [said("user", "is the kettle back"), said("assistant", "Not yet."), said("user", newest)];
        sketch(CHAT, &[], &json!({"messages": messages}))
    };
    assert_eq!(turns("and what about the rain jacket").atoms, turns("thanks and when will it be").atoms);
}

#[test]
fn what_tools_answered_changes_nothing() {
    let with = |result: &str| {
        sketch(
            "/v1/messages",
            &[],
            &json!({"system": "You solve disruptions of a fleet with as few detours as you can.", "messages": [
                {"role": "user", "content": "go"},
                {"role": "assistant", "content": [{"type": "tool_use", "id": "1", "name": "look", "input": {"q": result}}]},
                {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": result}]},
            ]}),
        )
    };
    assert_eq!(with("rain in the north"), with("a broken axle, and no driver at hand"));
}

#[test]
fn instructions_around_a_long_document_are_found_whatever_the_document_says() {
    let around = |document: &str| {
        let text = document.repeat(200);
        chat(
            &format!(
                "Answer from this document only, and cite its sections. {text} If it does not say, ask back."
            ),
            "?",
        )
    };
    let a = sketch(CHAT, &[], &around("Rain falls on hills and fills the old canals near town. "));
    let b = sketch(CHAT, &[], &around("A contract ends when both sides have done what they owe. "));
    assert!(shared(&a, &b) > 40, "{}", shared(&a, &b));
}

#[test]
fn a_sketch_is_small_however_long_the_request() {
    let words: String = (0..20_000).map(|number| format!("w{} ", "x".repeat(number % 30))).collect();
    let tools: Vec<Value> = (0..300)
        .map(|number| json!({"function": {"name": format!("tool{number}"), "description": words[..200]}}))
        .collect();
    let mut body = chat(&words, &words);
    body["tools"] = json!(tools);
    assert!(sketch(CHAT, &[], &body).atoms.0.len() <= Sketch::MOST);
}

#[test]
fn another_key_gives_another_sketch() {
    let body = chat("You help with invoices.", "hi").to_string();
    let mut reader = SketchReader::new(CHAT, [].into_iter());
    reader.feed(body.as_bytes());
    let (a, b) = (reader.sketch(&key()), reader.sketch(&FingerprintKey::new(&[8; 16])));
    assert_eq!(shared(&a, &b), 0);
    assert_ne!(a.endpoint, b.endpoint);
}

#[test]
fn a_request_reads_the_same_however_it_is_cut() {
    let body = json!({"messages": [{"role": "user", "content": "Zo\u{e9} said \"\u{1f600}\\n 12\""}], "n": -1.5e3,
        "tools": [{"type": "function", "function": {"name": "f", "parameters": {"a": [true, null]}}}]});
    let mut texts = vec![body.to_string()];
    texts.push(texts[0].replace('\u{1f600}', "\\ud83d\\ude00").replace('\u{e9}', "\\u00e9"));
    let whole = sketch(CHAT, &[], &body);
    for text in &texts {
        for at in 0..=text.len() {
            let mut reader = SketchReader::new(CHAT, [].into_iter());
            reader.feed(&text.as_bytes()[..at]);
            reader.feed(&text.as_bytes()[at..]);
            assert_eq!(reader.sketch(&key()), whole, "cut at {at} of {text}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn nothing_that_comes_does_harm(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let mut reader = SketchReader::new(CHAT, [].into_iter());
        reader.feed(b"{\"messages\":[{\"content\":\"");
        reader.feed(&bytes);
        let _any = reader.sketch(&key());
    }
}

#[test]
fn instructions_that_the_provider_keeps_are_known_by_their_id_whatever_fills_them() {
    let asked = |id: &str, version: &str, name: &str| {
        let body =
            json!({"model": "gpt-5", "prompt": {"id": id, "version": version, "variables": {"name": name}}});
        of_section(&sketch("/v1/responses", &[], &body), Section::System)
    };
    assert_eq!(asked("pmpt_68a1", "1", "Ada"), asked("pmpt_68a1", "2", "Jo"));
    assert!(asked("pmpt_68a1", "1", "Ada").is_disjoint(&asked("pmpt_7bd9", "1", "Ada")));
}

#[test]
fn a_form_says_what_its_fields_say() {
    let form = |model: &str, more: &str| {
        let field = |name: &str, value: &str| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let (name, value) = more.split_once('=').unwrap();
        let body = format!("{}{}--b--\r\n", field("model", model), field(name, value));
        let headers = [("content-type", b"multipart/form-data; boundary=b".as_slice())];
        let mut reader = SketchReader::new("/v1/audio/transcriptions", headers.into_iter());
        reader.feed(body.as_bytes());
        reader.sketch(&key())
    };
    let dictation = form("gpt-4o-transcribe", "prompt=A physician dictates. Spell out all units.");
    assert_eq!(
        shared(&dictation, &form("gpt-4o-transcribe", "prompt=A physician dictates. Spell out all units.")),
        100
    );
    assert!(shared(&dictation, &form("whisper-1", "language=en")) < 20);
}
