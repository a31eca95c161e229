//! Bad days of the provider: the app sees what it would have seen, and the row says what it was.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Call, Connection, ReplyEnding},
        ports, python,
        world::{Setup, World, chat, message},
    },
    standin::Provider::{Anthropic, OpenAi},
};

/// Reads a request whose body is `{}`, or until the app leaves.
fn is_asked(socket: &mut TcpStream) {
    let mut asked = Vec::new();
    let mut byte = [0];
    while !asked.ends_with(b"\r\n\r\n{}") && socket.read_exact(&mut byte).is_ok() {
        asked.extend(byte);
    }
}

#[test]
fn an_error_of_the_provider_passes_and_costs_nothing() {
    for status in [400, 429, 500, 529] {
        let world = World::start();
        for (count, (provider, call)) in [
            (OpenAi, chat(json!({"stream": true}), &format!("seed=7 status={status}"))),
            (Anthropic, message(json!({}), &format!("seed=7 status={status}"))),
        ]
        .into_iter()
        .enumerate()
        {
            let reply = world.through(provider, &call);
            assert_eq!(reply.status(), status);
            assert_eq!(reply.body, world.direct(provider, &call).body);
            let row = &world.rows(count + 1)[count];
            assert_eq!(row["outcome"], "provider_error");
            assert_eq!(row["status"], status);
            assert_eq!((&row["usage_source"], &row["cost_usd"]), (&json!("none"), &json!("0")));
        }
    }
}

#[test]
fn sdks_retry_as_they_would_and_every_attempt_has_its_row() {
    let world = World::start();
    let base = format!("http://{}/openai/v1", world.sidecar.base);
    let seen =
        python::run("openai_calls.py", &[("BASE_URL", &base), ("FEATURE", "chat"), ("PLAY", "status=500")]);
    for kind in ["plain", "stream"] {
        assert_eq!(seen[kind]["exception"], "InternalServerError");
        assert_eq!(seen[kind]["attempts"], 3);
    }
    world.rows(6);
}

#[test]
fn broken_json_passes_and_is_estimated() {
    let world = World::start();
    let call = chat(json!({}), "seed=7 broken-json");
    let reply = world.through(OpenAi, &call);
    assert_eq!(reply.body, world.direct(OpenAi, &call).body);
    let row = world.row();
    assert_eq!(row["usage_source"], "estimated");
    assert!(row["cost_usd"].is_string(), "{row:#}");
}

#[test]
fn an_answer_without_usage_is_estimated() {
    for (provider, call) in [
        (OpenAi, chat(json!({}), "no-usage")),
        (OpenAi, chat(json!({"stream": true}), "no-usage")),
        (Anthropic, message(json!({"stream": true}), "no-usage")),
    ] {
        let world = World::start();
        assert_eq!(world.through(provider, &call).status(), 200);
        let row = world.row();
        assert_eq!(row["outcome"], "completed");
        assert_eq!(row["usage_source"], "estimated");
        assert!(row["output_tokens"].as_u64().is_some_and(|tokens| tokens > 0), "{row:#}");
    }
}

#[test]
fn a_coding_that_nobody_asked_for_passes_and_is_metered() {
    let world = World::start();
    let call = chat(json!({}), "seed=7 encoding=gzip output=5").header("accept-encoding", "identity");
    let reply = world.through(OpenAi, &call);
    assert_eq!(reply.body, world.direct(OpenAi, &call).body);
    assert_eq!(world.row()["output_tokens"], 5);
}

#[test]
fn a_provider_that_hangs_up_without_a_word_is_a_502_in_its_own_shape() {
    let world = World::start();
    let reply = world.through(OpenAi, &chat(json!({}), "hangup"));
    assert_eq!(reply.status(), 502);
    assert!(reply.json()["error"]["message"].is_string(), "{}", reply.text());
    let reply = world.through(Anthropic, &message(json!({}), "hangup"));
    assert_eq!(reply.status(), 502);
    assert_eq!(reply.json()["type"], "error");
    world.rows(2);
}

#[test]
fn a_provider_that_cannot_be_reached_is_a_502_and_costs_nothing() {
    let nobody = format!("http://{}", ports::free());
    let config = json!({"upstreams": {"openai": nobody, "anthropic": nobody}});
    let world = World::with(Setup { config: Some(config), ..Setup::default() });
    let reply = world.through(OpenAi, &chat(json!({}), ""));
    assert_eq!((reply.status(), reply.ending), (502, ReplyEnding::Whole));
    let row = world.row();
    assert_eq!(row["outcome"], "unreachable");
    assert_eq!((&row["usage_source"], &row["cost_usd"]), (&json!("none"), &json!("0")));
    assert_eq!(row["model"], "gpt-4o-mini");
}

#[test]
fn an_answer_that_comes_before_the_request_is_whole_passes() {
    let world = World::start();
    let call = chat(json!({"padding": "x".repeat(8 << 20)}), "early");
    let reply = world.through(OpenAi, &call);
    assert_eq!(reply.status(), 413);
    let row = world.row();
    assert_eq!((&row["outcome"], &row["status"]), (&json!("provider_error"), &json!(413)));
    assert_eq!(row["cost_usd"], "0");
    assert_ne!(row["model"], Value::Null);
}

#[test]
fn an_answer_of_a_known_length_that_is_no_text_is_complete_with_its_last_byte() {
    const LENGTH: usize = 3 << 20;
    let provider = TcpListener::bind("127.0.0.1:0").unwrap();
    let upstream = format!("http://{}", provider.local_addr().unwrap());
    thread::spawn(move || {
        for socket in provider.incoming() {
            let mut socket = socket.unwrap();
            is_asked(&mut socket);
            let head =
                format!("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: {LENGTH}\r\n\r\n");
            socket.write_all(&[head.as_bytes(), &[7; LENGTH]].concat()).unwrap();
        }
    });
    let config = json!({"upstreams": {"openai": upstream}});
    let world = World::with(Setup { config: Some(config), ..Setup::default() });
    for calls in 1..=8 {
        let reply = world.through(OpenAi, &Call::post("/v1/audio/speech", "{}"));
        assert_eq!((reply.body.len(), reply.ending), (LENGTH, ReplyEnding::Whole));
        assert_eq!(world.rows(calls)[calls - 1]["outcome"], "completed");
    }
}

#[test]
fn a_provider_that_closes_behind_its_answers_unsaid_is_soon_asked_by_new_connections_only() {
    let provider = TcpListener::bind("127.0.0.1:0").unwrap();
    let upstream = format!("http://{}", provider.local_addr().unwrap());
    thread::spawn(move || {
        for socket in provider.incoming() {
            let mut socket = socket.unwrap();
            is_asked(&mut socket);
            socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").unwrap();
            // closed as the next call comes
            thread::spawn(move || is_asked(&mut socket));
        }
    });
    let config = json!({"upstreams": {"openai": upstream}});
    let world = World::with(Setup { config: Some(config), ..Setup::default() });
    // one connection of the app's: one worker, whose connections these are
    let mut app = Connection::open(world.sidecar.base).unwrap();
    let statuses: Vec<u16> = (0..12)
        .map(|_| {
            app.write(&Call::post("/openai/v1/embeddings", "{}").bytes(world.sidecar.base)).unwrap();
            app.reply().unwrap().status()
        })
        .collect();
    assert_eq!(statuses[..4], [200, 502, 200, 502], "{statuses:?}");
    assert!(statuses[4..].iter().all(|status| *status == 200), "{statuses:?}");
}
