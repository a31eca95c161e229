//! The official xAI SDK, which speaks gRPC over HTTP/2 and can be led to us by the provider's own host alone: metered as the
//! provider says, and refused once in gRPC's own words.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use bytes::Bytes;
use hyper::header::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http2::{self, Script},
        ports, python,
        tls::Authority,
        world::{Setup, World},
    },
    standin::grpc,
};

const OFF: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: false}
";

/// A sidecar between the SDK and a provider that answers `Something.`, in chunks where that is asked.
struct Xai {
    world: World,
    at: SocketAddr,
    provider: SocketAddr,
    /// Calls that the provider saw.
    calls: Arc<AtomicUsize>,
}

impl Xai {
    fn start(flags: Option<&'static str>) -> Xai {
        Xai::with(flags, script)
    }

    /// With a provider that ends its answers so.
    fn with(flags: Option<&'static str>, end: fn(Vec<Bytes>) -> Script) -> Xai {
        let authority = Authority::new();
        let calls = Arc::<AtomicUsize>::default();
        let seen = Arc::clone(&calls);
        let provider = http2::serve(authority.server(&["localhost"], &["h2"]), move |path, _, _| {
            seen.fetch_add(1, Ordering::Relaxed);
            match path {
                grpc::PLAIN => end(vec![grpc::plain("c-1", "grok-4")]),
                grpc::STREAM => end(grpc::chunks("c-2", "grok-4")),
                other => panic!("{other} is not called"),
            }
        });
        let at = ports::free();
        let config = json!({
            "listen": {"hosts": [at]},
            "upstreams": {"xai": format!("https://localhost:{}", provider.port())},
            "extraCAs": authority.pem(),
        });
        let world = World::with(Setup { flags, config: Some(config), ..Setup::default() });
        std::fs::write(world.folder().join("provider.pem"), authority.pem()).expect("a file");
        Xai { world, at, provider, calls }
    }

    /// What an app gets of a plain call and of a stream.
    fn calls(&self) -> Value {
        let roots = self.world.folder().join("spool/trust/bundle.pem");
        let (at, roots) = (self.at.to_string(), roots.display().to_string());
        python::run(
            "xai_calls.py",
            &[("AT", &at), ("FEATURE", "chat"), ("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", &roots)],
        )
    }

    /// What the app would have got without us.
    fn direct_calls(&self) -> Value {
        let roots = self.world.folder().join("provider.pem");
        let (at, roots) = (self.provider.to_string(), roots.display().to_string());
        let environment = [("AT", &*at), ("HOST", "localhost"), ("FEATURE", "chat")];
        let roots = [("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", &*roots)];
        python::run("xai_calls.py", &[&environment[..], &roots[..]].concat())
    }

    fn row(&self, endpoint: &str) -> Value {
        let rows = self.world.rows(2);
        let row = rows.iter().find(|row| row["endpoint"] == endpoint);
        row.unwrap_or_else(|| panic!("{endpoint} among {rows:#?}")).clone()
    }
}

fn script(frames: Vec<Bytes>) -> Script {
    let one =
        |name: &str, value| HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))]);
    Script {
        headers: one("content-type", "application/grpc"),
        body: frames,
        trailers: Some(one("grpc-status", "0")),
        ..Script::default()
    }
}

#[test]
fn the_sdk_gets_its_answers_and_they_are_metered_by_the_providers_word() {
    let xai = Xai::start(None);
    let seen = xai.calls();
    assert_eq!(seen["plain"], json!({"text": "Something.", "output_tokens": 7}));
    assert_eq!(seen["stream"], json!({"text": "Something."}));
    for endpoint in [grpc::PLAIN, grpc::STREAM] {
        let row = xai.row(endpoint);
        assert_eq!(
            (&row["outcome"], &row["usage_source"]),
            (&json!("completed"), &json!("provider")),
            "{row:#}"
        );
        assert_eq!((&row["input_tokens"], &row["output_tokens"]), (&json!(11), &json!(7)), "{row:#}");
        assert_eq!(row["cost_usd"], "0.0000012345", "{row:#}");
        assert_eq!(row["feature"], "chat");
    }
}

#[test]
fn a_feature_that_is_off_raises_permission_denied_once_with_our_sentence() {
    let xai = Xai::start(Some(OFF));
    let refused = json!({"code": "PERMISSION_DENIED", "message": "The feature \"chat\" is switched off at the moment."});
    let seen = xai.calls();
    assert_eq!(seen["plain"], refused);
    assert_eq!((&seen["stream"]["code"], &seen["stream"]["text"]), (&refused["code"], &json!("")));
    for row in xai.world.rows(2) {
        assert_eq!((&row["outcome"], &row["cost_usd"]), (&json!("refused"), &json!("0")), "{row:#}");
    }
    assert_eq!(xai.calls.load(Ordering::Relaxed), 0, "the provider was called");
}

/// What the app got is what it would have got without us; of a stream, gRPC itself hands on only those messages that its reader
/// was quick enough for once the stream has failed, with us or without.
fn fail_alike(seen: &Value, direct: &Value) {
    assert_eq!(seen["plain"], direct["plain"]);
    for said in ["code", "message"] {
        assert_eq!(seen["stream"][said], direct["stream"][said]);
    }
    for calls in [seen, direct] {
        let text = calls["stream"]["text"].as_str().expect("a text");
        assert!("Something.".starts_with(text), "{text}");
    }
}

#[test]
fn an_answer_that_ends_without_a_status_is_the_same_to_the_sdk_as_without_us() {
    let xai = Xai::with(None, |frames| Script { trailers: None, ..script(frames) });
    fail_alike(&xai.calls(), &xai.direct_calls());
    let row = xai.row(grpc::STREAM);
    assert_eq!((&row["usage_source"], &row["output_tokens"]), (&json!("provider"), &json!(7)), "{row:#}");
}

#[test]
fn a_stream_that_is_broken_off_is_broken_off_for_the_sdk_and_metered_by_what_it_had_said() {
    let xai = Xai::with(None, |mut frames| {
        frames.truncate(2);
        Script { trailers: None, breaks: true, ..script(frames) }
    });
    fail_alike(&xai.calls(), &xai.direct_calls());
    let row = xai.row(grpc::STREAM);
    assert_eq!(
        (&row["outcome"], &row["usage_source"]),
        (&json!("provider_closed"), &json!("estimated")),
        "{row:#}"
    );
    // each message had said the total so far
    assert_eq!((&row["input_tokens"], &row["output_tokens"]), (&json!(11), &json!(5)), "{row:#}");
}
