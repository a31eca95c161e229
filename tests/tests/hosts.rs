//! Apps that call the providers' own hosts, in a pod whose hosts file leads to us: TLS is ended, the rest is as ever.

use std::{
    io::{self, Read},
    net::{SocketAddr, TcpStream},
};

use rustls::{ClientConnection, pki_types::ServerName};
use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Call, ReplyEnding},
        ports,
        sidecar::Around,
        standin::Standin,
        tls::{self, Authority, Client},
        wait,
        world::{Setup, World, chat, message},
    },
    standin::Provider::OpenAi,
};

const OPENAI: &str = "api.openai.com";
const ANTHROPIC: &str = "api.anthropic.com";

const OFF: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: false}
";

/// A world whose sidecar stands for the providers' hosts at an address.
struct Captured {
    world: World,
    at: SocketAddr,
}

impl Captured {
    fn start() -> Captured {
        Captured::with(Setup::default())
    }

    fn with(setup: Setup) -> Captured {
        let at = ports::free();
        // a family that this machine may lack is passed over
        let listen = json!({"listen": {"hosts": [at, format!("[::1]:{}", at.port())]}});
        let world = World::with(Setup { config: Some(listen), ..setup });
        Captured { world, at }
    }

    fn client(&self) -> Client {
        Client::trusting(&self.world.folder().join("spool/trust/ca.pem"))
    }

    fn uncaptured(&self, host: &str, reason: &str) -> u64 {
        self.world
            .sidecar
            .metrics()
            .sum("tollgate_uncaptured_connections_total", &[("host", host), ("reason", reason)])
    }
}

#[test]
fn a_call_to_a_providers_own_host_is_answered_metered_and_recorded() {
    let captured = Captured::start();
    let through = captured.client().send(&chat(json!({}), "chunks=10 seed=1"), captured.at, OPENAI);
    let direct = captured.world.direct(OpenAi, &chat(json!({}), "chunks=10 seed=1"));
    assert_eq!((through.status(), through.ending), (200, ReplyEnding::Whole));
    assert_eq!(through.body, direct.body);
    let row = captured.world.row();
    assert_eq!((&row["provider"], &row["host"]), (&json!("openai"), &json!(OPENAI)));
    assert_eq!((&row["outcome"], &row["usage_source"]), (&json!("completed"), &json!("provider")));
}

#[test]
fn the_name_decides_the_provider_and_a_region_stays_what_it_is() {
    let captured = Captured::start();
    let client = captured.client();
    assert_eq!(client.send(&message(json!({}), ""), captured.at, ANTHROPIC).status(), 200);
    assert_eq!(client.send(&chat(json!({}), ""), captured.at, "eu.api.openai.com").status(), 200);
    let mut hosts: Vec<Value> = captured.world.rows(2).iter().map(|row| row["host"].clone()).collect();
    hosts.sort_by_key(ToString::to_string);
    assert_eq!(hosts, [json!(ANTHROPIC), json!("eu.api.openai.com")]);
}

#[test]
fn who_speaks_one_version_of_http_only_is_captured_whichever_it_is() {
    let captured = Captured::start();
    for protocol in ["http/1.1", "http/1.0"] {
        let client = captured.client().speaking(&[protocol]);
        assert_eq!(client.send(&chat(json!({}), ""), captured.at, OPENAI).status(), 200, "{protocol}");
    }
    captured.world.rows(2);
    assert_eq!(captured.uncaptured(OPENAI, "ClosedInHandshake"), 0);
}

#[test]
fn a_path_is_the_providers_own_and_names_no_feature() {
    let captured = Captured::start();
    let call = chat(json!({}), "").under("/feature/chat/openai");
    assert_eq!(captured.client().send(&call, captured.at, OPENAI).status(), 404, "the provider's own answer");
    assert_eq!(captured.world.row()["feature"], "unattributed");
}

#[test]
fn a_stream_comes_event_by_event_and_one_connection_carries_many_calls() {
    let captured = Captured::start();
    let mut connection = captured.client().open(captured.at, OPENAI).unwrap();
    for _ in 0..3 {
        let call = chat(json!({"stream": true}), "chunks=20 delay=2ms seed=1");
        connection.write(&call.bytes(captured.at)).unwrap();
        let reply = connection.reply().unwrap();
        assert_eq!((reply.status(), reply.ending), (200, ReplyEnding::Whole));
        assert!(
            reply.text().ends_with("data: [DONE]\n\n") && !reply.text().contains(",\"usage\""),
            "{}",
            reply.text()
        );
    }
    assert!(captured.world.rows(3).iter().all(|row| row["usage_source"] == "provider"));
}

#[test]
fn a_feature_that_is_off_is_refused_before_any_byte() {
    let captured = Captured::with(Setup { flags: Some(OFF), ..Setup::default() });
    let call = chat(json!({"stream": true}), "").header("x-tollgate-feature", "chat");
    let reply = captured.client().send(&call, captured.at, OPENAI);
    assert_eq!((reply.status(), &reply.json()["error"]["code"]), (403, &json!("feature_disabled")));
    assert_eq!(captured.world.standin.entries(), [], "the provider was called");
}

#[test]
fn a_body_of_many_megabytes_passes() {
    let captured = Captured::start();
    let call = chat(json!({"messages": [{"role": "user", "content": "x".repeat(25 << 20)}]}), "");
    assert_eq!(captured.client().send(&call, captured.at, OPENAI).status(), 200);
    assert_eq!(captured.world.row()["outcome"], "completed");
}

#[test]
fn a_head_of_hundreds_of_lines_is_read() {
    let captured = Captured::with(Setup { flags: Some(OFF), ..Setup::default() });
    let mut call = chat(json!({}), "").header("x-tollgate-feature", "chat");
    for number in 0..300 {
        call = call.header(&format!("x-app-{number}"), "1");
    }
    assert_eq!(captured.client().send(&call, captured.at, OPENAI).status(), 403);
}

#[test]
fn an_upload_in_chunks_waits_for_its_100_and_keeps_its_trailers_to_itself() {
    let captured = Captured::start();
    let mut connection = captured.client().open(captured.at, OPENAI).unwrap();
    let body = r#"{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Say something."}]}"#;
    let head = "POST /v1/chat/completions HTTP/1.1\r\nhost: api.openai.com\r\ncontent-type: application/json\r\n\
                authorization: Bearer sk-standin\r\nexpect: 100-continue\r\ntransfer-encoding: chunked\r\n\r\n";
    connection.write(head.as_bytes()).unwrap();
    assert_eq!(connection.head().unwrap().status, 100);
    let (first, rest) = body.split_at(20);
    for piece in [first, rest] {
        connection.write(format!("{:x}\r\n{piece}\r\n", piece.len()).as_bytes()).unwrap();
    }
    connection.write(b"0\r\nx-checksum: 1\r\n\r\n").unwrap();
    assert_eq!(connection.reply().unwrap().status(), 200);
    assert_eq!(captured.world.row()["usage_source"], "provider");
}

#[test]
fn the_providers_certificate_must_be_one_that_is_trusted() {
    let authority = Authority::new();
    let server = authority.server(&["localhost"], &["http/1.1"]);
    let standin = tempfile::tempdir().unwrap();
    let standin = Standin::start(standin.path()).unwrap();
    let gateway = tls::ended_before(server, standin.openai);
    let upstreams = json!({"openai": format!("https://localhost:{}", gateway.port())});
    for (extra, status) in [(json!(authority.pem()), 200), (Value::Null, 502)] {
        let at = ports::free();
        let config = json!({"listen": {"hosts": [at]}, "upstreams": upstreams, "extraCAs": extra});
        let world = World::with(Setup { config: Some(config), ..Setup::default() });
        let client = Client::trusting(&world.folder().join("spool/trust/bundle.pem"));
        assert_eq!(client.send(&chat(json!({}), ""), at, OPENAI).status(), status);
    }
}

#[test]
fn a_client_that_does_not_trust_us_is_passed_through_from_its_next_connection_on() {
    let captured = Captured::start();
    let client = Client::distrusting();
    let refused = client.open(captured.at, OPENAI).unwrap_err();
    assert!(refused.to_string().contains("UnknownIssuer"), "{refused}");
    wait::eventually("the refusal to be counted", || match captured.uncaptured(OPENAI, "Distrust") {
        1 => Ok(()),
        count => Err(count),
    });
    assert!(captured.world.sidecar.log().contains("does not take Tollgate's certificate"));
    // the next one meets whoever is really there, or nobody
    let next = client.open(captured.at, OPENAI).unwrap_err();
    assert_ne!(next.kind(), io::ErrorKind::InvalidData, "our certificate again: {next}");
    assert_eq!(captured.uncaptured(OPENAI, "Distrust"), 2);
    // another client is captured still
    assert_eq!(
        captured.client().speaking(&["http/1.1"]).send(&chat(json!({}), ""), captured.at, OPENAI).status(),
        200
    );
}

#[test]
fn who_does_not_trust_us_meets_the_provider_itself_from_its_next_connection_on() {
    // the provider as this client knows it, whom only its own authority's certificate convinces
    let authority = Authority::new();
    let folder = tempfile::tempdir().unwrap();
    let standin = Standin::start(folder.path()).unwrap();
    let provider = tls::ended_before(authority.server(&[OPENAI], &["http/1.1"]), standin.openai);
    let way_out: &'static str = format!("http://{}", tls::proxy_to(provider)).leak();
    let around = Around { env: vec![("HTTPS_PROXY", way_out)], ..Around::default() };
    let captured = Captured::with(Setup { around, ..Setup::default() });
    let file = folder.path().join("own.pem");
    std::fs::write(&file, authority.pem()).unwrap();
    let client = Client::trusting(&file);
    assert!(client.open(captured.at, OPENAI).is_err());
    wait::eventually("the refusal to be noted", || match captured.uncaptured(OPENAI, "Distrust") {
        1 => Ok(()),
        count => Err(count),
    });
    assert_eq!(client.send(&chat(json!({}), "tag=past"), captured.at, OPENAI).status(), 200);
    assert_eq!(standin.tagged("past").len(), 1);
    assert_eq!(captured.uncaptured(OPENAI, "Distrust"), 2);
}

#[test]
fn a_handshake_that_was_cancelled_is_no_refusal() {
    let captured = Captured::start();
    let client = captured.client();
    // One hello, and gone.
    let name = ServerName::try_from(OPENAI).unwrap();
    let mut session = ClientConnection::new(client.config(), name).unwrap();
    let mut socket = TcpStream::connect(captured.at).unwrap();
    session.write_tls(&mut socket).unwrap();
    socket.read_exact(&mut [0; 100]).unwrap();
    drop(socket);
    for _ in 0..20 {
        assert_eq!(client.send(&chat(json!({}), ""), captured.at, OPENAI).status(), 200);
    }
    assert_eq!(captured.uncaptured(OPENAI, "ClosedInHandshake"), 0);
}

#[test]
fn what_names_no_host_is_closed_and_counted() {
    let captured = Captured::start();
    assert!(Call::get("/v1/models").try_send(captured.at).is_err(), "plain HTTP");
    let address = Client::distrusting().open(captured.at, "127.0.0.1");
    assert!(address.is_err(), "a hello without a name");
    assert_eq!(captured.uncaptured("other", "NoServerName"), 2);
}

#[test]
fn every_start_has_a_root_of_its_own() {
    let mut captured = Captured::start();
    let before = captured.client();
    captured.world.sidecar.terminate().unwrap();
    captured.world.sidecar.restart().unwrap();
    // another kind of client than the one that is asked below
    assert!(before.speaking(&["http/1.1"]).open(captured.at, OPENAI).is_err());
    assert_eq!(captured.client().send(&chat(json!({}), ""), captured.at, OPENAI).status(), 200);
}
