//! One connection to an operator: TCP, TLS, HTTP/2, and the stream begun on it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use h2::RecvStream;
use h2::client::{Connection, SendRequest};
use http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tollgate_crds::stream::STATE_PATH;

use super::StreamSettings;
use super::end::End;
use super::trust::Trusted;
use crate::config::Origin;

/// Room for a state of ordinary size without waiting for leave to send more; a larger one takes a few round trips.
const WINDOW: u32 = 256 << 10;
/// As much of a refusal's text goes to the log.
const SHOWN: usize = 300;

pub(super) type Driver = Connection<TlsStream<TcpStream>, Bytes>;

/// A connection on which the stream has begun.
pub(super) struct Link {
    pub(super) driver: Driver,
    pub(super) requests: SendRequest<Bytes>,
    pub(super) stream: RecvStream,
    pub(super) operator: Origin,
    /// The header that was shown.
    pub(super) token: HeaderValue,
}

/// Makes connections, to each operator in turn.
#[derive(Debug)]
pub(super) struct Dialer {
    operators: Vec<Origin>,
    turn: usize,
    token_file: PathBuf,
    trusted: Trusted,
    within: Duration,
}

// === impl Dialer ===

impl Dialer {
    pub(super) fn new(settings: StreamSettings) -> Self {
        let StreamSettings { operators, token_file, trust, limits } = settings;
        Self { operators, turn: 0, token_file, trusted: Trusted::new(trust), within: limits.connect }
    }

    pub(super) fn token_file(&self) -> &Path {
        &self.token_file
    }

    pub(super) async fn dial(&mut self) -> Result<Link, End> {
        let Some(operator) = self.operators.get(self.turn % self.operators.len().max(1)).cloned() else {
            return Err(End::NoAddress);
        };
        self.turn = self.turn.wrapping_add(1);
        let name = operator.to_string();
        tokio::time::timeout(self.within, self.open(operator))
            .await
            .unwrap_or(Err(End::Timeout { operator: name, seconds: self.within.as_secs() }))
    }

    async fn open(&mut self, operator: Origin) -> Result<Link, End> {
        let token = bearer(&self.token_file)?;
        let config = self.trusted.now()?;
        let cannot_connect = |source| End::Connect { operator: operator.to_string(), source };
        let tcp = TcpStream::connect((&*operator.host, operator.port)).await.map_err(cannot_connect)?;
        tcp.set_nodelay(true).map_err(cannot_connect)?;
        let name = ServerName::try_from(&*operator.host)
            .map_err(|_| cannot_connect(std::io::ErrorKind::InvalidInput.into()))?
            .to_owned();
        let tls = TlsConnector::from(config)
            .connect(name, tcp)
            .await
            .map_err(|source| End::Tls { operator: operator.to_string(), source })?;
        let (requests, mut driver) = h2::client::Builder::new()
            .initial_window_size(WINDOW)
            .initial_connection_window_size(2 * WINDOW)
            .enable_push(false)
            .handshake(tls)
            .await?;
        let request = request(&operator, Method::GET, STATE_PATH, &token)?;
        let mut requests = driven(&mut driver, requests.ready()).await?;
        let (answer, _no_body) = requests.send_request(request, true)?;
        let (head, stream) = driven(&mut driver, answer).await?.into_parts();
        match head.status {
            StatusCode::OK => Ok(Link { driver, requests, stream, operator, token }),
            status => {
                let why = driven(&mut driver, async { Ok(text(stream).await) }).await.unwrap_or_default();
                Err(End::Refused { operator: operator.to_string(), status, why })
            }
        }
    }
}

/// The token as a header: `Bearer …`.
pub(super) fn bearer(file: &Path) -> Result<HeaderValue, End> {
    let token =
        std::fs::read_to_string(file).map_err(|source| End::Token { file: file.to_owned(), source })?;
    let mut value = HeaderValue::try_from(format!("Bearer {}", token.trim()))
        .map_err(|_| End::TokenText { file: file.to_owned() })?;
    value.set_sensitive(true);
    Ok(value)
}

pub(super) fn request(
    operator: &Origin,
    method: Method,
    path: &str,
    token: &HeaderValue,
) -> Result<Request<()>, End> {
    let host = operator.host_header.to_str().unwrap_or_default();
    let uri = Uri::try_from(format!("https://{host}{}{path}", operator.path_prefix));
    let mut request = Request::new(());
    *request.method_mut() = method;
    *request.uri_mut() = uri.map_err(|_| End::NoAddress)?;
    request.headers_mut().insert(header::AUTHORIZATION, token.clone());
    Ok(request)
}

/// What comes of `future`, which needs the connection to be driven meanwhile.
async fn driven<T>(
    driver: &mut Driver,
    future: impl Future<Output = Result<T, h2::Error>>,
) -> Result<T, End> {
    tokio::select! {
        biased;
        value = future => Ok(value?),
        ended = driver => Err(ended.err().map_or(End::Closed, End::from)),
    }
}

/// The beginning of a text, on one line.
async fn text(mut stream: RecvStream) -> String {
    let mut bytes = Vec::new();
    while let Some(Ok(chunk)) = stream.data().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > SHOWN {
            break;
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let line = text.split(|character: char| character.is_whitespace() || character.is_control());
    let line: Vec<&str> = line.filter(|word| !word.is_empty()).collect();
    line.join(" ").chars().take(SHOWN).collect()
}

// === impl End ===

impl From<h2::Error> for End {
    fn from(source: h2::Error) -> Self {
        Self::Broken { source }
    }
}
