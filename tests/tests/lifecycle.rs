//! Start and end of a sidecar, and the switch that turns all of it off.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use tollgate_tests::{
    harness::{
        http::{Connection, ReplyEnding},
        rows,
        sidecar::{Around, Sidecar},
        wait,
        world::{Setup, World, chat},
    },
    standin::Provider::OpenAi,
};

const OFF: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: false}
";

#[test]
fn told_to_end_it_lets_calls_finish_takes_no_new_ones_and_writes_every_row() {
    let mut world = World::start();
    let mut idle = Connection::open(world.sidecar.base).expect("a connection");
    let mut busy = Connection::open(world.sidecar.base).expect("a connection");
    let call = world.prefixed(OpenAi, &chat(json!({"stream": true}), "chunks=60 delay=10ms output=60"));
    busy.write(&call.bytes(world.sidecar.base)).expect("written");
    let head = busy.head().expect("the head");
    assert_eq!(head.status, 200);

    world.sidecar.terminate().expect("told");
    assert_eq!(idle.read_some().expect("the end"), b"", "an idle connection stays open");
    wait::eventually("no new connections", || match Connection::open(world.sidecar.base) {
        Err(_) => Ok(()),
        Ok(connection) => Err(connection),
    });
    busy.read_until("data: [DONE]").expect("the whole stream");
    let status = world.sidecar.ended();
    assert!(status.success(), "{status}");
    let rows = rows::read(&world.ledger());
    assert_eq!(rows.len(), 1, "rows when it had ended");
    assert_eq!((&rows[0]["outcome"], &rows[0]["output_tokens"]), (&json!("completed"), &json!(60)));
}

#[test]
fn a_call_that_does_not_end_in_time_is_cut_off_and_its_row_says_who_did_it() {
    let mut world = World::start();
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    let call = world.prefixed(OpenAi, &chat(json!({"stream": true}), "chunks=100000 delay=10ms"));
    connection.write(&call.bytes(world.sidecar.base)).expect("written");
    connection.head().expect("the head");
    world.sidecar.terminate().expect("told");
    while connection.read_some().is_ok_and(|bytes| !bytes.is_empty()) {}
    assert!(world.sidecar.ended().success());
    let rows = rows::read(&world.ledger());
    assert_eq!((rows.len(), &rows[0]["outcome"]), (1, &json!("client_closed")));
    assert_eq!(rows[0]["metadata"]["gate"], "drained", "{:#}", rows[0]);
}

#[test]
fn told_to_end_it_lets_sessions_finish_too() {
    let provider = TcpListener::bind("127.0.0.1:0").expect("a port");
    let upstream = format!("http://{}", provider.local_addr().expect("its address"));
    thread::spawn(move || {
        let (mut socket, _) = provider.accept().expect("a session");
        let mut asked = Vec::new();
        let mut byte = [0];
        while !asked.ends_with(b"\r\n\r\n") {
            socket.read_exact(&mut byte).expect("its head");
            asked.extend(byte);
        }
        let changed = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";
        socket.write_all(changed.as_bytes()).expect("written");
        let mut frame = [0; 2];
        while socket.read_exact(&mut frame).is_ok() {
            socket.write_all(&frame).expect("written");
        }
    });
    let config = json!({"upstreams": {"openai": upstream}});
    let mut world = World::with(Setup { config: Some(config), ..Setup::default() });
    let mut app = Connection::open(world.sidecar.base).expect("a connection");
    let session = "GET /openai/v1/realtime?model=gpt-realtime HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\n\
                   upgrade: websocket\r\n\r\n";
    app.write(session.as_bytes()).expect("written");
    assert_eq!(app.head().expect("the head").status, 101);
    world.sidecar.terminate().expect("told");
    wait::eventually("no new connections", || match Connection::open(world.sidecar.base) {
        Err(_) => Ok(()),
        Ok(connection) => Err(connection),
    });
    // long enough for a sidecar to end that has nothing under way
    let told = Instant::now();
    while told.elapsed() < Duration::from_millis(500) {
        app.write(b"\x89\x00").expect("written");
        assert_eq!(app.read_some().expect("an echo"), b"\x89\x00");
    }
    drop(app);
    assert!(world.sidecar.ended().success());
    let rows = rows::read(&world.ledger());
    assert_eq!((rows.len(), &rows[0]["outcome"]), (1, &json!("client_closed")), "{rows:#?}");
}

#[test]
fn switched_off_it_is_a_plain_pass_through() {
    let world = World::with(Setup {
        flags: Some(OFF),
        around: Around { env: vec![("TOLLGATE_ENABLED", "false")], ..Around::default() },
        ..Setup::default()
    });
    let call = chat(json!({"stream": true}), "seed=7 tag=off").header("x-tollgate-feature", "chat");
    let reply = world.through(OpenAi, &call);
    assert_eq!((reply.status(), reply.ending), (200, ReplyEnding::Whole));
    let sent = world.standin.entry("off").seen.expect("a tagged call").body;
    assert!(!sent.contains("include_usage"), "{sent}");
    assert_eq!(reply.body, world.direct(OpenAi, &call).body);
    assert!(rows::read(&world.ledger()).is_empty());
}

#[test]
fn a_configuration_that_cannot_be_used_names_the_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let error =
        Sidecar::start(folder.path(), json!({"leger": "none"}), Around::default()).expect_err("a typo");
    let said = format!("{error:#}");
    assert!(said.contains("leger") && said.contains("64"), "{said}");
}

#[test]
fn a_port_that_is_taken_fails_the_start_and_is_named() {
    let world = World::start();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sidecar.yaml");
    let config = json!({"listen": {"baseUrl": world.sidecar.base}, "spool": folder.path().join("spool")});
    std::fs::write(&path, config.to_string()).expect("written");
    let output = std::process::Command::new(tollgate_tests::harness::programs::sidecar())
        .args(["run", "--config"])
        .arg(path)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{said}");
    assert!(said.contains(&world.sidecar.base.to_string()), "{said}");
}

#[test]
fn only_the_base_url_port_is_needed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut sidecar = Sidecar::start(folder.path(), json!({}), Around::default()).expect("it starts");
    sidecar.terminate().expect("told");
    assert!(sidecar.ended().success());
}
