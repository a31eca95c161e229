//! An operator that a test plays: HTTP/2 over TLS, `GET /v1/state` and `POST /v1/report`.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use h2::{RecvStream, SendStream, server::SendResponse};
use http::{Request, Response, StatusCode, header};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tollgate_crds::stream::{REPORT_PATH, Report, STATE_PATH};

use crate::wait::within;

/// Signs certificates.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// One replica.
pub(crate) struct Operator {
    pub(crate) address: SocketAddr,
    accepts: Arc<Mutex<String>>,
    presents: Arc<Mutex<Arc<ServerConfig>>>,
    streams: mpsc::UnboundedReceiver<Stream>,
    reports: mpsc::UnboundedReceiver<(String, Report)>,
    serving: JoinHandle<()>,
}

/// A state stream that somebody has begun. Dropped without an end, it is reset.
pub(crate) struct Stream {
    pub(crate) token: String,
    send: SendStream<Bytes>,
}

/// What a connection needs.
#[derive(Clone)]
struct Desk {
    accepts: Arc<Mutex<String>>,
    streams: mpsc::UnboundedSender<Stream>,
    reports: mpsc::UnboundedSender<(String, Report)>,
}

// === impl Authority ===

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// Serves with a certificate of this authority.
    fn server(&self) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
        config.alpn_protocols = vec![b"h2".to_vec()];
        // A session that is resumed shows no certificate: a rotation would not be seen.
        config.send_tls13_tickets = 0;
        Arc::new(config)
    }
}

// === impl Operator ===

impl Operator {
    pub(crate) async fn start(authority: &Authority) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), authority)
    }

    pub(crate) fn on(listener: TcpListener, authority: &Authority) -> Self {
        let address = listener.local_addr().unwrap();
        let accepts = Arc::new(Mutex::new("token-1".to_owned()));
        let presents = Arc::new(Mutex::new(authority.server()));
        let (streams, begun) = mpsc::unbounded_channel();
        let (reports, reported) = mpsc::unbounded_channel();
        let desk = Desk { accepts: Arc::clone(&accepts), streams, reports };
        let config = Arc::clone(&presents);
        let serving = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((tcp, _)) = listener.accept().await {
                let config = Arc::clone(&config.lock().unwrap());
                connections.spawn(serve(tcp, config, desk.clone()));
            }
        });
        Self { address, accepts, presents, streams: begun, reports: reported, serving }
    }

    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// The one token that opens it.
    pub(crate) fn accept(&self, token: &str) {
        *self.accepts.lock().unwrap() = token.to_owned();
    }

    /// From the next connection on.
    pub(crate) fn present(&self, authority: &Authority) {
        *self.presents.lock().unwrap() = authority.server();
    }

    /// The next stream that is begun.
    pub(crate) async fn stream(&mut self) -> Stream {
        within("a state stream", self.streams.recv()).await.unwrap()
    }

    /// Nobody has begun a stream.
    pub(crate) fn no_stream(&mut self) -> bool {
        self.streams.try_recv().is_err()
    }

    /// The next report, with the token that it came with.
    pub(crate) async fn report(&mut self) -> (String, Report) {
        within("a report", self.reports.recv()).await.unwrap()
    }

    /// The next report that is so.
    pub(crate) async fn report_that(&mut self, is_so: impl Fn(&Report) -> bool) -> Report {
        loop {
            let (_, report) = self.report().await;
            if is_so(&report) {
                return report;
            }
        }
    }

    /// Gone, connections and all, as a process that was killed.
    pub(crate) async fn kill(self) {
        self.serving.abort();
        let _aborted = self.serving.await;
    }
}

async fn serve(tcp: TcpStream, config: Arc<ServerConfig>, desk: Desk) {
    let Ok(tls) = TlsAcceptor::from(config).accept(tcp).await else { return };
    let Ok(mut connection) = h2::server::handshake(tls).await else { return };
    let mut reports = JoinSet::new();
    while let Some(Ok((request, respond))) = connection.accept().await {
        answer(request, respond, &desk, &mut reports);
    }
}

fn answer(
    request: Request<RecvStream>,
    mut respond: SendResponse<Bytes>,
    desk: &Desk,
    reports: &mut JoinSet<()>,
) {
    let token = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default().to_owned();
    let head = |status| Response::builder().status(status).body(()).unwrap();
    if token != *desk.accepts.lock().unwrap() {
        let mut send = respond.send_response(head(StatusCode::UNAUTHORIZED), false).unwrap();
        let _gone = send.send_data("this token\n is none of mine".into(), true);
        return;
    }
    match request.uri().path() {
        STATE_PATH => {
            let send = respond.send_response(head(StatusCode::OK), false).unwrap();
            let _test_ended = desk.streams.send(Stream { token, send });
        }
        REPORT_PATH => {
            let told = desk.reports.clone();
            let mut body = request.into_body();
            reports.spawn(async move {
                let mut bytes = Vec::new();
                while let Some(Ok(chunk)) = body.data().await {
                    bytes.extend_from_slice(&chunk);
                    let _gone = body.flow_control().release_capacity(chunk.len());
                }
                let _test_ended = told.send((token, serde_json::from_slice(&bytes).unwrap()));
                if let Ok(mut send) = respond.send_response(head(StatusCode::OK), false) {
                    let _gone = send.send_data("{}".into(), true);
                }
            });
        }
        _ => drop(respond.send_response(head(StatusCode::NOT_FOUND), true)),
    }
}

// === impl Stream ===

impl Stream {
    pub(crate) fn bytes(&mut self, bytes: impl Into<Bytes>) {
        let _the_client_may_have_left = self.send.send_data(bytes.into(), false);
    }

    pub(crate) fn line(&mut self, message: &Value) {
        self.bytes(format!("{message}\n"));
    }

    pub(crate) fn heartbeat(&mut self, watch_age: u64) {
        let time = jiff::Timestamp::now().as_millisecond();
        self.line(&json!({"type": "heartbeat", "time": time, "watchAge": watch_age}));
    }

    /// The end that a server makes on purpose.
    pub(crate) fn end(mut self) {
        self.send.send_data(Bytes::new(), true).unwrap();
    }
}

/// A state of namespace `shop`: which features are on and which are off, at a version.
pub(crate) fn state(version: u64, flags: &[(&str, bool)]) -> Value {
    let flags: Vec<Value> = flags
        .iter()
        .map(|(feature, enabled)| {
            json!({"namespace": "shop", "name": feature, "uid": feature, "feature": feature,
                "resourceVersion": version.to_string(), "enabled": enabled, "spec": {"enabled": enabled}})
        })
        .collect();
    json!({"type": "state", "namespace": "shop", "versions": {"FeatureFlag": version.to_string()},
        "changedAt": jiff::Timestamp::now().as_millisecond(), "flags": flags})
}

/// The way to the ledger, with this token.
pub(crate) fn ledger(token: &str) -> Value {
    json!({"type": "ledger", "postgres": "postgres://u@db/tollgate", "token": token, "expiresAt": 0,
        "accountKey": "0a".repeat(32)})
}
