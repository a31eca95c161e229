//! What an app and a provider see of each other's heads over HTTP/1.1, byte by byte.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread::{self, JoinHandle},
};

use serde_json::json;
use tollgate_tests::{
    harness::{
        http::Connection,
        world::{Setup, World, chat},
    },
    standin::Provider::OpenAi,
};

/// A provider that says exactly this, once; its end is the head that it was asked with.
fn provider(says: &'static str) -> (World, JoinHandle<String>) {
    provider_after("", says)
}

/// A provider that says this once it has heard that, and a blank line behind it.
fn provider_after(heard: &'static str, says: &'static str) -> (World, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let upstream = format!("http://{}", listener.local_addr().unwrap());
    let asked = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut byte = [0];
        while !asked.ends_with(b"\r\n\r\n") || !String::from_utf8_lossy(&asked).contains(heard) {
            socket.read_exact(&mut byte).unwrap();
            asked.extend(byte);
        }
        socket.write_all(says.as_bytes()).unwrap();
        String::from_utf8(asked).unwrap()
    });
    let config = json!({"upstreams": {"openai": upstream}});
    (World::with(Setup { config: Some(config), ..Setup::default() }), asked)
}

/// All that an app gets for this head.
fn answer(world: &World, head: &str) -> String {
    let mut app = Connection::open(world.sidecar.base).unwrap();
    app.write(head.as_bytes()).unwrap();
    let mut got = Vec::new();
    while !got.ends_with(b"{}") {
        let more = app.read_some().unwrap();
        assert!(!more.is_empty(), "{}", String::from_utf8_lossy(&got));
        got.extend(more);
    }
    String::from_utf8(got).unwrap()
}

#[test]
fn names_of_headers_come_in_lower_case_and_nothing_else_of_a_head_is_changed() {
    let (world, asked) = provider(
        "HTTP/1.1 200 Fine\r\nContent-Type: application/json\r\nX-Request-ID: r-1\r\ncontent-Length: 2\r\n\r\n{}",
    );

    let got = answer(
        &world,
        "GET /openai/v1/models HTTP/1.1\r\nHost: here\r\nAUTHORIZATION: Bearer x\r\nX-Own: 1\r\n\r\n",
    );

    let asked = asked.join().unwrap();
    for line in ["authorization: Bearer x\r\n", "x-own: 1\r\n", "host: 127.0.0.1"] {
        assert!(asked.contains(line), "{line:?} in {asked}");
    }
    assert_eq!(asked.lines().count(), 5, "{asked}");
    assert_eq!(
        got,
        "HTTP/1.1 200 Fine\r\ncontent-type: application/json\r\nx-request-id: r-1\r\ncontent-length: 2\r\n\r\n{}"
    );
}

#[test]
fn a_length_that_a_provider_says_twice_is_its_answers_length() {
    let (world, _) = provider("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}");

    let got = answer(&world, "GET /openai/v1/models HTTP/1.1\r\nHost: here\r\n\r\n");

    assert_eq!(got, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
}

#[test]
fn what_is_said_to_us_in_trailers_is_not_handed_on_either() {
    let (world, asked) = provider_after("\r\n0\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

    answer(
        &world,
        "POST /openai/v1/files HTTP/1.1\r\nHost: here\r\nTrailer: x-sum, x-tollgate-user\r\n\
         Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nx-sum: 1\r\nx-tollgate-user: ada\r\n\r\n",
    );

    let asked = asked.join().unwrap();
    let (_head, trailers) = asked.split_once("\r\n0\r\n").unwrap();
    assert_eq!(trailers, "x-sum: 1\r\n\r\n");
}

#[test]
fn early_hints_are_not_handed_on_and_the_answer_behind_them_is() {
    let (world, _) = provider(
        "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    );

    let got = answer(&world, "GET /openai/v1/models HTTP/1.1\r\nHost: here\r\n\r\n");

    assert_eq!(got, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
}

#[test]
fn two_hundred_lines_of_a_head_pass_on_any_call_of_a_connection() {
    // refused, for the stand-in reads fewer
    let off = "{apiVersion: tollgate.dev/v1alpha1, kind: FeatureFlag, metadata: {name: chat}, spec: {enabled: false}}";
    let world = World::with(Setup { flags: Some(off), ..Setup::default() });
    let mut app = Connection::open(world.sidecar.base).unwrap();
    let short = world.prefixed(OpenAi, &chat(json!({}), "")).header("x-tollgate-feature", "chat");
    let long = (0..200).fold(short.clone(), |call, number| call.header(&format!("x-app-{number}"), "1"));
    for call in [short, long] {
        app.write(&call.bytes(world.sidecar.base)).unwrap();
        assert_eq!(app.reply().unwrap().status(), 403);
    }
}

#[test]
fn two_hundred_lines_of_an_answers_head_pass_at_once() {
    let lines: String = (0..200).map(|number| format!("x-own-{number}: 1\r\n")).collect();
    let (world, _) = provider(format!("HTTP/1.1 200 OK\r\n{lines}content-length: 2\r\n\r\n{{}}").leak());

    let got = answer(&world, "GET /openai/v1/models HTTP/1.1\r\nHost: here\r\n\r\n");

    assert!(got.contains(&lines), "{got}");
}
