//! Apps whose HTTPS goes through a proxy that is us: providers are captured, others are the admin's word.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Call, Connection},
        ports, python,
        sidecar::Around,
        standin::Standin,
        tls::{self, Authority, Client},
        world::{Setup, World, chat},
    },
    standin::Provider::OpenAi,
};

const OPENAI: &str = "api.openai.com";

const OFF: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: false}
";

struct Proxied {
    world: World,
    proxy: SocketAddr,
}

impl Proxied {
    fn start(more: Value) -> Proxied {
        Proxied::with(more, Around::default())
    }

    fn with(more: Value, around: Around) -> Proxied {
        Proxied::with_flags(more, around, None)
    }

    fn with_flags(more: Value, around: Around, flags: Option<&'static str>) -> Proxied {
        let proxy = ports::free();
        let mut config = json!({"listen": {"proxy": proxy}});
        if let (Value::Object(more), Some(config)) = (more, config.as_object_mut()) {
            config.extend(more);
        }
        let world = World::with(Setup { config: Some(config), around, flags, ..Setup::default() });
        Proxied { world, proxy }
    }

    /// A connection through the proxy, and what it said.
    fn connect(&self, to: &str) -> (Connection, u16) {
        let mut connection = Connection::open(self.proxy).unwrap();
        connection.write(format!("CONNECT {to} HTTP/1.1\r\nhost: {to}\r\n\r\n").as_bytes()).unwrap();
        let status = connection.head().unwrap().status;
        (connection, status)
    }

    fn unknown(&self) -> u64 {
        self.uncaptured("other", "UnknownHost")
    }

    fn uncaptured(&self, host: &str, reason: &str) -> u64 {
        let labels = [("host", host), ("reason", reason)];
        self.world.sidecar.metrics().sum("tollgate_uncaptured_connections_total", &labels)
    }
}

#[test]
fn a_provider_is_captured_behind_connect() {
    let proxied = Proxied::start(json!({}));
    let (connection, status) = proxied.connect("api.openai.com:443");
    assert_eq!(status, 200);
    let client = Client::trusting(&proxied.world.folder().join("spool/trust/bundle.pem"));
    let mut connection = client.secure(connection, OPENAI).unwrap();
    for _ in 0..2 {
        connection.write(&chat(json!({}), "").bytes(proxied.proxy)).unwrap();
        assert_eq!(connection.reply().unwrap().status(), 200);
    }
    for row in proxied.world.rows(2) {
        assert_eq!((&row["host"], &row["usage_source"]), (&json!(OPENAI), &json!("provider")));
    }
}

#[test]
fn official_sdks_that_are_told_the_proxy_and_whom_to_trust_and_no_more_are_metered() {
    let proxied = Proxied::start(json!({}));
    let proxy = format!("http://{}", proxied.proxy);
    let trust = proxied.world.folder().join("spool/trust/bundle.pem");
    let told = [("HTTPS_PROXY", &*proxy), ("SSL_CERT_FILE", trust.to_str().unwrap()), ("FEATURE", "chat")];
    for script in ["openai_calls.py", "anthropic_calls.py"] {
        python::run(script, &told);
    }
    let rows = proxied.world.rows(4);
    assert!(
        rows.iter().all(|row| row["usage_source"] == "provider" && row["feature"] == "chat"),
        "{rows:#?}"
    );
    let to = |host: &str| rows.iter().filter(|row| row["host"] == host).count();
    assert_eq!((to(OPENAI), to("api.anthropic.com")), (2, 2));
}

#[test]
fn official_sdks_raise_their_ordinary_error_behind_the_proxy_when_a_feature_is_off() {
    let proxied = Proxied::with_flags(json!({}), Around::default(), Some(OFF));
    let proxy = format!("http://{}", proxied.proxy);
    let trust = proxied.world.folder().join("spool/trust/bundle.pem");
    let told = [("HTTPS_PROXY", &*proxy), ("SSL_CERT_FILE", trust.to_str().unwrap()), ("FEATURE", "chat")];
    for script in ["openai_calls.py", "anthropic_calls.py"] {
        let seen = python::run(script, &told).to_string();
        assert_eq!(seen.matches("PermissionDeniedError").count(), 2, "{script}: {seen}");
    }
    assert!(proxied.world.rows(4).iter().all(|row| row["outcome"] == "refused"));
}

#[test]
fn another_host_is_refused_with_what_to_do() {
    let proxied = Proxied::start(json!({}));
    let mut connection = Connection::open(proxied.proxy).unwrap();
    connection.write(b"CONNECT bank.example:443 HTTP/1.1\r\n\r\n").unwrap();
    let reply = connection.reply().unwrap();
    assert_eq!(reply.status(), 403);
    assert!(reply.text().contains("bank.example is no AI provider's"), "{}", reply.text());
    assert!(reply.text().contains("NO_PROXY"), "{}", reply.text());
    assert_eq!(proxied.unknown(), 1);
}

#[test]
fn another_host_passes_untouched_where_the_admin_says_so() {
    let proxied = Proxied::start(json!({"proxyOthers": "Tunnel"}));
    let (mut connection, status) = proxied.connect(&proxied.world.standin.openai.to_string());
    assert_eq!(status, 200);
    connection.write(&Call::get("/v1/models").bytes(proxied.proxy)).unwrap();
    assert_eq!(connection.reply().unwrap().body, proxied.world.direct(OpenAi, &Call::get("/v1/models")).body);
    assert_eq!(proxied.unknown(), 1);
}

#[test]
fn the_pods_own_proxy_is_the_way_out() {
    let company = Proxied::start(json!({"proxyOthers": "Tunnel"}));
    let url: &'static str = format!("http://{}", company.proxy).leak();
    let around = Around { env: vec![("HTTPS_PROXY", url)], ..Around::default() };
    let proxied = Proxied::with(json!({"proxyOthers": "Tunnel"}), around);
    let (mut connection, status) = proxied.connect(&proxied.world.standin.openai.to_string());
    assert_eq!(status, 200);
    connection.write(&chat(json!({}), "").bytes(proxied.proxy)).unwrap();
    assert_eq!(connection.reply().unwrap().status(), 200);
    assert_eq!((proxied.unknown(), company.unknown()), (1, 1));
}

#[test]
fn what_names_no_host_or_another_behind_connect_is_counted_as_the_host_that_was_asked_for() {
    let proxied = Proxied::start(json!({}));
    for (name, reason) in [("127.0.0.1", "NoServerName"), ("bank.example", "UnknownHost")] {
        assert_eq!(proxied.uncaptured(OPENAI, reason), 0);
        let (connection, status) = proxied.connect("api.openai.com:443");
        assert_eq!(status, 200);
        // nobody is reached here
        assert!(Client::distrusting().secure(connection, name).is_err());
        assert_eq!(proxied.uncaptured(OPENAI, reason), 1);
    }
}

#[test]
fn a_host_that_asks_for_the_apps_own_certificate_is_not_read() {
    for host in ["mtls.api.openai.com", "mtls-eu.api.openai.com"] {
        let authority = Authority::new();
        let folder = tempfile::tempdir().unwrap();
        let standin = Standin::start(folder.path()).unwrap();
        let provider = tls::ended_before(authority.server(&[host], &["http/1.1"]), standin.openai);
        let way_out: &'static str = format!("http://{}", tls::proxy_to(provider)).leak();
        let around = Around { env: vec![("HTTPS_PROXY", way_out)], ..Around::default() };
        let proxied = Proxied::with(json!({}), around);
        let file = folder.path().join("own.pem");
        std::fs::write(&file, authority.pem()).unwrap();
        let (connection, status) = proxied.connect(&format!("{host}:443"));
        assert_eq!(status, 200);
        // its own authority's certificate, not ours, on the first connection already
        let mut connection = Client::trusting(&file).secure(connection, host).unwrap();
        connection.write(&chat(json!({}), "tag=mutual").bytes(proxied.proxy)).unwrap();
        assert_eq!(connection.reply().unwrap().status(), 200);
        assert_eq!(standin.tagged("mutual").len(), 1);
        assert_eq!(proxied.uncaptured(OPENAI, "NotMetered"), 1);
    }
}

#[test]
fn a_place_that_cannot_be_reached_is_a_bad_gateway() {
    let proxied = Proxied::start(json!({"proxyOthers": "Tunnel"}));
    assert_eq!(proxied.connect(&ports::free().to_string()).1, 502);
}

#[test]
fn plain_http_is_told_where_it_belongs() {
    let proxied = Proxied::start(json!({}));
    let reply = Call::get("http://bank.example/").send(proxied.proxy);
    assert_eq!(reply.status(), 403);
    assert!(reply.text().contains("unset HTTP_PROXY"), "{}", reply.text());
}
