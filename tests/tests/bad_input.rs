//! Bad input: forwarded as it would have been, recorded for what it was, never a panic.

use std::net::SocketAddr;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Call, Connection, Reply},
        rows, wait,
        world::{World, chat},
    },
    standin::Provider::OpenAi,
};

/// The sidecar serves as before, and nothing in it has panicked.
fn is_well(world: &World) {
    assert_eq!(world.through(OpenAi, &chat(json!({}), "")).status(), 200);
    let log = world.sidecar.log();
    assert!(!log.contains("panicked"), "{log}");
}

/// A call with a body of the caller's making.
fn raw(body: impl Into<Vec<u8>>, play: &str) -> Call {
    Call::post("/v1/chat/completions", body)
        .header("authorization", "Bearer sk-standin")
        .header("x-standin", play)
}

#[test]
fn a_body_of_100_mib_passes_in_little_memory() {
    let world = World::start();
    let mut body = br#"{"model":"gpt-4o-mini","messages":[{"role":"user","content":""#.to_vec();
    body.resize(100 << 20, b'x');
    body.extend_from_slice(br#""}]}"#);
    let size = body.len();
    let call = raw(body, "tag=large");
    assert_eq!(world.through(OpenAi, &call).status(), 200);
    assert_eq!(world.standin.entry("large").seen.expect("a tagged call").body_bytes, size);
    assert_eq!(world.row()["model"], "gpt-4o-mini-2024-07-18");
    let peak = world.sidecar.peak_kib().expect("its memory");
    assert!(peak < 64 << 10, "{peak} KiB at the most");
}

#[test]
fn what_is_no_json_passes_and_is_the_providers_to_judge() {
    let world = World::start();
    let bodies: [&[u8]; 6] =
        [b"{\"model\": ", b"", b"null", b"\xff\xfe\x00", b"[[[[[[", b"{\"model\":\"gpt-4o-mini\"}}"];
    for (count, body) in bodies.into_iter().enumerate() {
        let call = raw(body, "seed=7");
        let reply = world.through(OpenAi, &call);
        assert_eq!(reply.status(), 400, "{body:?}");
        assert_eq!(reply.body, world.direct(OpenAi, &call).body, "{body:?}");
        let row = &world.rows(count + 1)[count];
        assert_eq!((&row["outcome"], &row["status"]), (&json!("provider_error"), &json!(400)), "{body:?}");
        assert_eq!(row["cost_usd"], "0", "{body:?}");
    }
    is_well(&world);
}

#[test]
fn json_that_is_nested_very_deep_passes() {
    let world = World::start();
    let deep =
        [&b"{\"model\":\"gpt-4o-mini\",\"x\":"[..], &b"[".repeat(100_000), &b"]".repeat(100_000), b"}"]
            .concat();
    let call = raw(deep, "seed=7");
    // the provider's own parser refuses it
    assert_eq!(world.through(OpenAi, &call).body, world.direct(OpenAi, &call).body);
    is_well(&world);
}

#[test]
fn a_path_of_no_provider_is_a_404_of_ours_that_lists_them() {
    let world = World::start();
    for target in ["/", "/opnai/v1/chat/completions", "/feature/chat", "/%00"] {
        let reply = Call::get(target).send(world.sidecar.base);
        assert_eq!(reply.status(), 404, "{target}");
        for provider in ["openai", "anthropic", "google", "xai", "openrouter"] {
            assert!(reply.text().contains(provider), "{target}: {}", reply.text());
        }
    }
    assert_eq!(world.sidecar.metrics().sum("tollgate_unroutable_requests_total", &[]), 4);
    is_well(&world);
    // the only row is that of the good call
    world.row();
}

#[test]
fn a_path_that_the_provider_does_not_know_is_the_providers_404() {
    let world = World::start();
    let call = Call::post("/v1/chat/complections?key=secret", "{}")
        .header("authorization", "Bearer sk-standin")
        .header("x-standin", "seed=7");
    let reply = world.through(OpenAi, &call);
    assert_eq!(reply.status(), 404);
    assert_eq!(reply.body, world.direct(OpenAi, &call).body);
    let row = world.row();
    assert_eq!(row["endpoint"], "other");
    assert!(!row.to_string().contains("secret"), "{row:#}");
}

#[test]
fn an_app_that_hangs_up_inside_its_request_has_a_row_once_its_head_was_whole() {
    let world = World::start();
    let request = world.prefixed(OpenAi, &chat(json!({}), "")).bytes(world.sidecar.base);
    let head = memchr::memmem::find(&request, b"\r\n\r\n").expect("a head") + 4;
    let hang_up = |at: usize| {
        let mut connection = Connection::open(world.sidecar.base).expect("a connection");
        connection.write(&request[..at]).expect("written");
    };
    for at in (0..head).step_by(3) {
        hang_up(at);
    }
    let cuts = [head, head + 1, (head + request.len()) / 2, request.len() - 1];
    for at in cuts {
        hang_up(at);
    }
    for row in world.rows(cuts.len()) {
        assert_eq!(row["outcome"], "client_closed", "{row:#}");
        assert_eq!((&row["usage_source"], &row["cost_usd"]), (&json!("none"), &json!("0")), "{row:#}");
    }
    is_well(&world);
}

#[test]
fn an_app_that_hangs_up_anywhere_in_a_stream_has_its_row() {
    let world = World::start();
    let call = world.prefixed(OpenAi, &chat(json!({"stream": true}), "chunks=200 delay=1ms"));
    let hang_ups = 12;
    for events in 1..=hang_ups {
        let mut connection = Connection::open(world.sidecar.base).expect("a connection");
        connection.write(&call.bytes(world.sidecar.base)).expect("written");
        for _ in 0..events {
            connection.read_some().expect("some of the stream");
        }
    }
    for row in world.rows(hang_ups) {
        assert_eq!(row["outcome"], "client_closed", "{row:#}");
    }
    is_well(&world);
}

/// A request whose feature header holds these bytes.
fn with_feature(world: &World, feature: &[u8]) -> std::io::Result<Reply> {
    let request = world
        .prefixed(OpenAi, &chat(json!({}), "").header("x-tollgate-feature", "@"))
        .bytes(world.sidecar.base);
    let at = memchr::memmem::find(&request, b"x-tollgate-feature: @").expect("the header")
        + b"x-tollgate-feature: ".len();
    let mut connection = Connection::open(world.sidecar.base)?;
    connection.write(&[&request[..at], feature, &request[at + 1..]].concat())?;
    connection.reply()
}

#[test]
fn a_feature_header_with_bytes_that_http_forbids_is_dropped_and_the_call_goes_on() {
    let world = World::start();
    let features: [&[u8]; 4] = [b"a\x01b", b"\x7f", b"\xff\xfe", b"chat\x0b"];
    for (count, feature) in features.into_iter().enumerate() {
        let reply = with_feature(&world, feature).expect("an answer");
        assert_eq!(reply.status(), 200, "{feature:?}");
        let rows = world.rows(count + 1);
        assert_eq!(rows[count]["feature"], "unattributed", "{feature:?}");
    }
    is_well(&world);
}

#[test]
fn a_head_that_http_cannot_read_is_answered_as_the_provider_would() {
    let world = World::start();
    // NUL is what every server refuses, the stand-in too
    assert_eq!(with_feature(&world, b"a\0b").expect("an answer").status(), 400);
    is_well(&world);
    world.row();
}

#[test]
fn ids_with_control_characters_do_not_break_the_ledgers_lines() {
    let world = World::start();
    let call = chat(json!({"user": "a\n{\"id\":\"forged\"}\u{0}\u{1b}", "model": "gpt\n-\u{0}x"}), "");
    assert_eq!(world.through(OpenAi, &call).status(), 200);
    let row = world.row();
    assert_ne!(row["id"], "forged");
    is_well(&world);
}

#[test]
fn a_thousand_connections_at_once_are_served() {
    let world = World::start();
    // ours; the programs see to theirs
    let files = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum, maximum: files.maximum })
        .expect("more files");
    let request = world.prefixed(OpenAi, &chat(json!({}), "latency=50ms")).bytes(world.sidecar.base);
    let mut connections: Vec<_> =
        (0..1000).map(|_| Connection::open(world.sidecar.base).expect("a connection")).collect();
    for connection in &mut connections {
        connection.write(&request).expect("written");
    }
    for connection in &mut connections {
        assert_eq!(connection.reply().expect("an answer").status(), 200);
    }
    world.rows(1000);
    is_well(&world);
}

#[test]
fn what_a_burst_of_connections_took_is_given_back() {
    let world = World::start();
    let call = chat(json!({"stream": true}), "chunks=200");
    world.through(OpenAi, &call);
    let resident = || world.sidecar.resident_kib().expect("its memory");
    let before = resident();
    let request = world.prefixed(OpenAi, &call).bytes(world.sidecar.base);
    let mut connections: Vec<_> =
        (0..400).map(|_| Connection::open(world.sidecar.base).expect("a connection")).collect();
    for connection in &mut connections {
        connection.write(&request).expect("written");
    }
    for connection in &mut connections {
        assert_eq!(connection.reply().expect("an answer").status(), 200);
    }
    let at_most = resident();
    assert!(at_most > before + 4_096, "{before} KiB, then {at_most}: this is no burst");
    drop(connections);
    // a part stays with the allocator
    let limit = before + (at_most - before) / 4 * 3;
    wait::eventually("less memory in use", || match resident() {
        now if now <= limit => Ok(()),
        now => Err((before, at_most, now)),
    });
}

#[test]
fn connections_that_dribble_keep_nobody_waiting() {
    let world = World::start();
    let request = world.prefixed(OpenAi, &chat(json!({}), "")).bytes(world.sidecar.base);
    let mut slow: Vec<_> =
        (0..100).map(|_| Connection::open(world.sidecar.base).expect("a connection")).collect();
    for byte in &request[..40] {
        for connection in &mut slow {
            connection.write(&[*byte]).expect("written");
        }
        is_well(&world);
    }
    // and are served once they have said all
    for connection in &mut slow {
        connection.write(&request[40..]).expect("written");
        assert_eq!(connection.reply().expect("an answer").status(), 200);
    }
}

#[test]
fn a_prompt_a_completion_and_a_key_are_nowhere_but_on_the_wire() {
    let world = World::start();
    let secret = "the-prompt-of-ada";
    let mut seen = Vec::new();
    for play in ["", "broken-json", "status=500", "cut=fin@300b", "error-event=2"] {
        for stream in [false, true] {
            let body = json!({"stream": stream, "messages": [{"role": "user", "content": secret}]});
            let call = chat(body, play).header("x-api-key", "sk-of-ada");
            seen.push(world.through(OpenAi, &call).text());
        }
    }
    let words: Vec<&str> =
        seen.iter().filter_map(|text| text.split('"').find(|word| word.contains("harbour"))).collect();
    assert!(!words.is_empty(), "no completion to look for: {seen:#?}");
    let text = world.rows(seen.len()).iter().map(Value::to_string).collect::<String>()
        + &world.sidecar.log()
        + &spool(&world)
        + &Call::get("/metrics").send(world.sidecar.admin).text();
    for forbidden in [secret, "sk-of-ada", "sk-standin"].into_iter().chain(words) {
        assert!(!text.contains(forbidden), "{forbidden:?} was written down");
    }
}

/// All bytes on the spool.
fn spool(world: &World) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(world.folder().join("spool")).expect("the spool").flatten() {
        text += &String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap_or_default());
    }
    text
}

#[test]
fn two_requests_in_one_write_are_answered_in_order() {
    let world = World::start();
    let request = |seed: u64| {
        world.prefixed(OpenAi, &chat(json!({}), &format!("seed={seed}"))).bytes(world.sidecar.base)
    };
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    connection.write(&[request(1), request(2)].concat()).expect("written");
    let ids: Vec<_> = (0..2).map(|_| connection.reply().expect("an answer").json()["id"].clone()).collect();
    let direct =
        |seed: u64| world.direct(OpenAi, &chat(json!({}), &format!("seed={seed}"))).json()["id"].clone();
    assert_eq!(ids, [direct(1), direct(2)]);
    world.rows(2);
}

#[test]
fn a_request_in_chunks_is_forwarded_and_metered() {
    let world = World::start();
    let host: SocketAddr = world.sidecar.base;
    let body = r#"{"model":"gpt-4o-mini","messages":[],"stream":true}"#;
    let mut request = format!(
        "POST /openai/v1/chat/completions HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer sk-standin\r\n\
         x-standin: tag=chunked output=7\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    for byte in body.chars() {
        request += &format!("1\r\n{byte}\r\n");
    }
    request += "0\r\n\r\n";
    let mut connection = Connection::open(host).expect("a connection");
    connection.write(request.as_bytes()).expect("written");
    let reply = connection.reply().expect("an answer");
    assert_eq!(reply.status(), 200, "{}", reply.text());
    let sent: Value =
        serde_json::from_str(&world.standin.entry("chunked").seen.expect("tagged").body).expect("JSON");
    assert_eq!(sent["stream_options"]["include_usage"], true);
    assert_eq!(world.row()["output_tokens"], 7);
    wait::eventually("one row only", || {
        let rows = rows::read(&world.ledger());
        if rows.len() == 1 { Ok(()) } else { Err(rows) }
    });
}

#[test]
fn an_app_that_waits_for_leave_to_send_its_body_gets_it() {
    let world = World::start();
    let call = world.prefixed(OpenAi, &chat(json!({}), "").header("expect", "100-continue"));
    let request = call.bytes(world.sidecar.base);
    let head = memchr::memmem::find(&request, b"\r\n\r\n").expect("a head") + 4;
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    connection.write(&request[..head]).expect("written");
    assert_eq!(connection.head().expect("leave").status, 100);
    connection.write(&request[head..]).expect("written");
    assert_eq!(connection.reply().expect("an answer").status(), 200);
    world.row();
}

#[test]
fn an_app_of_http_1_0_is_served_and_its_connection_closed() {
    let world = World::start();
    let request = "GET /openai/v1/models HTTP/1.0\r\nauthorization: Bearer sk-standin\r\n\r\n";
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    connection.write(request.as_bytes()).expect("written");
    assert_eq!(connection.reply().expect("an answer").status(), 200);
    assert_eq!(connection.read_some().expect("the end"), b"");
    world.row();
}
