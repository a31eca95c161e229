//! What an app and a provider see of each other's heads over HTTP/1.1, byte by byte.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread::{self, JoinHandle},
};

use serde_json::json;
use tollgate_tests::harness::{
    http::Connection,
    world::{Setup, World},
};

/// A provider that says exactly this, once; its end is the head that it was asked with.
fn provider(says: &'static str) -> (World, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let upstream = format!("http://{}", listener.local_addr().unwrap());
    let asked = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        while !asked.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
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
fn early_hints_are_not_handed_on_and_the_answer_behind_them_is() {
    let (world, _) = provider(
        "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    );

    let got = answer(&world, "GET /openai/v1/models HTTP/1.1\r\nHost: here\r\n\r\n");

    assert_eq!(got, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
}
