//! Apps that speak HTTP/2 to a provider's own host; gRPC, which speaks nothing else, goes up in it, too.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Request,
    header::{HeaderMap, HeaderValue},
};
use serde_json::{Value, json};
use tokio::sync::Barrier;
use tollgate_tests::harness::{
    http2::{self, Answer, Script},
    ports,
    tls::{Authority, Client},
    world::{Setup, World},
};

const XAI: &str = "api.x.ai";

const OFF: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: false}
";

/// A sidecar between an app and a provider that speaks gRPC.
struct Grpc {
    world: World,
    at: SocketAddr,
    /// Calls that the provider saw.
    calls: Arc<AtomicUsize>,
}

impl Grpc {
    fn before(script: Script, flags: Option<&'static str>) -> Grpc {
        let authority = Authority::new();
        let calls = Arc::<AtomicUsize>::default();
        let seen = Arc::clone(&calls);
        let provider = http2::serve(authority.server(&["localhost"], &["h2"]), move |path, headers, body| {
            assert_eq!(path, "/xai_api.Chat/GetCompletion");
            assert_eq!(headers.get("te").map(HeaderValue::as_bytes), Some(&b"trailers"[..]));
            assert_eq!(body, &*asked());
            seen.fetch_add(1, Ordering::Relaxed);
            script.clone()
        });
        Grpc::towards(provider, &authority, flags, calls)
    }

    fn towards(
        provider: SocketAddr,
        authority: &Authority,
        flags: Option<&'static str>,
        calls: Arc<AtomicUsize>,
    ) -> Grpc {
        let at = ports::free();
        let config = json!({
            "listen": {"hosts": [at]},
            "upstreams": {"xai": format!("https://localhost:{}", provider.port())},
            "extraCAs": authority.pem(),
        });
        let world = World::with(Setup { flags, config: Some(config), ..Setup::default() });
        Grpc { world, at, calls }
    }

    fn call(&self, feature: &str) -> Answer {
        self.send(self.request(feature))
    }

    fn send(&self, request: Request<Full<Bytes>>) -> Answer {
        let client = Client::trusting(&self.world.folder().join("spool/trust/bundle.pem"));
        http2::send(&client, self.at, XAI, request)
    }

    fn request(&self, feature: &str) -> Request<Full<Bytes>> {
        Request::post("https://api.x.ai/xai_api.Chat/GetCompletion")
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .header("authorization", "Bearer xai-standin")
            .header("x-tollgate-feature", feature)
            .body(Full::new(asked()))
            .unwrap()
    }
}

/// A frame of gRPC.
fn frame(message: &[u8]) -> Bytes {
    let length = u32::try_from(message.len()).unwrap().to_be_bytes();
    [&[0], &length[..], message].concat().into()
}

/// A field of protobuf that holds bytes.
fn field(number: u8, content: &[u8]) -> Vec<u8> {
    [&[number << 3 | 2, u8::try_from(content.len()).unwrap()], content].concat()
}

/// `GetCompletionsRequest`: a message, and the model.
fn asked() -> Bytes {
    let said = field(1, &field(1, &field(1, b"Say something.")));
    frame(&[said, field(2, b"grok-4")].concat())
}

/// `GetChatCompletionResponse`: its id, a text, the model, and 7 tokens out of 11.
fn answered() -> Vec<Bytes> {
    let usage = [1 << 3, 7, 2 << 3, 11, 3 << 3, 18, 4 << 3, 11];
    let text = field(2, &field(3, &field(1, b"Something.")));
    let message = [field(1, b"c-1"), text, field(6, b"grok-4"), field(9, &usage)].concat();
    let whole = frame(&message);
    vec![whole.slice(..9), whole.slice(9..)]
}

fn grpc_head() -> HeaderMap {
    HeaderMap::from_iter([("content-type".parse().unwrap(), HeaderValue::from_static("application/grpc"))])
}

fn status(code: &'static str) -> HeaderMap {
    HeaderMap::from_iter([("grpc-status".parse().unwrap(), HeaderValue::from_static(code))])
}

#[test]
fn a_grpc_call_passes_with_its_trailers_and_is_metered() {
    let script =
        Script { headers: grpc_head(), body: answered(), trailers: Some(status("0")), ..Script::default() };
    let grpc = Grpc::before(script, None);
    let answer = grpc.call("chat");
    assert_eq!((answer.status, &answer.body), (200, &answered().concat().into()));
    assert_eq!(answer.trailers.unwrap()["grpc-status"], "0");
    let row = grpc.world.row();
    let tokens = (&row["input_tokens"], &row["output_tokens"], &row["usage_source"]);
    assert_eq!(tokens, (&json!(11), &json!(7), &json!("provider")), "{row:#}");
    let place = (&row["provider"], &row["endpoint"], &row["outcome"]);
    assert_eq!(place, (&json!("xai"), &json!("/xai_api.Chat/GetCompletion"), &json!("completed")));
}

#[test]
fn calls_that_a_provider_takes_no_more_of_on_one_connection_go_up_on_another() {
    const AT_ONCE: usize = 24;
    let said =
        Script { headers: grpc_head(), body: answered(), trailers: Some(status("0")), ..Script::default() };
    let together = Script { meets: Some(Arc::new(Barrier::new(AT_ONCE))), ..said.clone() };
    let authority = Authority::new();
    let config = authority.server(&["localhost"], &["h2"]);
    let provider = http2::serve_at_most(Some(2), config, move |_, headers, _| {
        if headers.contains_key("x-together") { together.clone() } else { said.clone() }
    });
    let grpc = Grpc::towards(provider, &authority, None, Arc::default());
    // each worker has its connection before calls come at once
    for _ in 0..16 {
        assert_eq!(grpc.send(grpc.request("chat")).body, answered().concat());
    }
    thread::scope(|scope| {
        let calls: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let mut request = grpc.request("chat");
                request.headers_mut().insert("x-together", HeaderValue::from_static("1"));
                scope.spawn(|| grpc.send(request))
            })
            .collect();
        for call in calls {
            assert_eq!(call.join().expect("a whole answer").body, answered().concat());
        }
    });
}

#[test]
fn a_grpc_call_that_is_refused_gets_a_head_alone() {
    let grpc = Grpc::before(Script::default(), Some(OFF));
    let answer = grpc.call("chat");
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert_eq!(answer.headers["grpc-status"], "7");
    assert_eq!(answer.headers["grpc-message"], "The feature \"chat\" is switched off at the moment.");
    let row = grpc.world.row();
    assert_eq!((&row["outcome"], &row["status"]), (&json!("refused"), &json!(403)));
    assert_eq!(grpc.calls.load(Ordering::Relaxed), 0, "the provider was called");
}

#[test]
fn a_grpc_call_that_is_cut_hears_why_while_the_provider_says_nothing() {
    let began = Script { headers: grpc_head(), body: answered(), stays: true, ..Script::default() };
    let silent = Script { meets: Some(Arc::new(Barrier::new(2))), ..Script::default() };
    for script in [began, silent] {
        let grpc = Grpc::before(script, Some("---\n"));
        let answer = grpc.world.cut(1, || grpc.call("chat"));
        let said = answer.trailers.as_ref().unwrap_or(&answer.headers);
        assert_eq!(
            (&said["grpc-status"], &said["grpc-message"]),
            (&"7".parse().unwrap(), &"Not now.".parse().unwrap())
        );
        assert_eq!(grpc.world.row()["metadata"]["gate"], "cut");
    }
}

#[test]
fn calls_over_http2_are_cut_while_the_provider_says_nothing() {
    let at = ports::free();
    for (stream, play, status) in [(true, "chunks=2 delay=50000ms", 200), (false, "latency=50000ms", 403)] {
        let config = json!({"listen": {"hosts": [at]}});
        let world = World::with(Setup { flags: Some("---\n"), config: Some(config), ..Setup::default() });
        let client = Client::trusting(&world.folder().join("spool/trust/bundle.pem"));
        let body = json!({"model": "gpt-4o-mini", "stream": stream, "messages": [{"role": "user", "content": "Hi."}]});
        let request = Request::post("https://api.openai.com/v1/chat/completions")
            .header("content-type", "application/json")
            .header("authorization", "Bearer sk-standin")
            .header("x-tollgate-feature", "chat")
            .header("x-standin", play)
            .body(Full::new(Bytes::from(body.to_string())))
            .unwrap();
        let answer = world.cut(1, || http2::send(&client, at, "api.openai.com", request));
        let text = String::from_utf8_lossy(&answer.body);
        assert!(answer.status == status && text.contains("Not now."), "{answer:?}");
        assert_eq!(world.row()["metadata"]["gate"], "cut");
    }
}

#[test]
fn a_failure_that_the_provider_says_in_its_trailers_or_its_head_is_its_error() {
    for script in [
        Script { headers: grpc_head(), trailers: Some(status("8")), ..Script::default() },
        Script {
            headers: grpc_head().into_iter().chain(status("8")).fold(HeaderMap::new(), joined),
            ..Script::default()
        },
    ] {
        let grpc = Grpc::before(script, None);
        let answer = grpc.call("chat");
        let said = answer.trailers.as_ref().and_then(|trailers| trailers.get("grpc-status"));
        assert_eq!(said.or(answer.headers.get("grpc-status")).unwrap(), "8");
        assert_eq!(grpc.world.row()["outcome"], "provider_error");
    }
}

fn joined(mut map: HeaderMap, (name, value): (Option<hyper::header::HeaderName>, HeaderValue)) -> HeaderMap {
    map.extend(name.map(|name| (name, value)));
    map
}

#[test]
fn json_over_http2_goes_up_over_http1_and_streams_come_down() {
    let at = ports::free();
    let config = json!({"listen": {"hosts": [at]}});
    let world = World::with(Setup { config: Some(config), ..Setup::default() });
    let client = Client::trusting(&world.folder().join("spool/trust/bundle.pem"));
    let body =
        json!({"model": "gpt-4o-mini", "stream": true, "messages": [{"role": "user", "content": "Hi."}]});
    let request = Request::post("https://api.openai.com/v1/chat/completions")
        .header("content-type", "application/json")
        .header("authorization", "Bearer sk-standin")
        .body(Full::new(Bytes::from(body.to_string())))
        .unwrap();
    let answer = http2::send(&client, at, "api.openai.com", request);
    assert_eq!(answer.status, 200);
    let text = String::from_utf8_lossy(&answer.body);
    assert!(text.ends_with("data: [DONE]\n\n") && !text.contains(",\"usage\""), "{text}");
    let row: Value = world.row();
    assert_eq!((&row["usage_source"], &row["streamed"]), (&json!("provider"), &json!(true)));
}

#[test]
fn a_request_whose_end_comes_behind_its_last_byte_went_up_whole() {
    let at = ports::free();
    let config = json!({"listen": {"hosts": [at]}});
    let world = World::with(Setup { config: Some(config), ..Setup::default() });
    let client = Client::trusting(&world.folder().join("spool/trust/bundle.pem"));
    let body = json!({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Say something."}]});
    let body = body.to_string();
    let request = Request::post("https://api.openai.com/v1/chat/completions")
        .header("content-type", "application/json")
        .header("content-length", body.len())
        .header("authorization", "Bearer sk-standin")
        .header("x-standin", "no-usage")
        .body(http2::LateEnd(Full::new(Bytes::from(body))))
        .unwrap();
    assert_eq!(http2::send(&client, at, "api.openai.com", request).status, 200);
    let row = world.row();
    assert_eq!((&row["outcome"], &row["usage_source"]), (&json!("completed"), &json!("estimated")));
    assert!(row["input_tokens"].as_u64() > Some(0), "{row}");
}
