//! HTTP to receivers: one POST on a connection of its own, to an address that was judged. Redirects are not followed, and of an answer
//! only so much is read as a person would.

use std::{io, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::timeout,
};
use tokio_rustls::TlsConnector;

use super::reach::{self, Allowed, ReachError};

/// What is posted.
pub struct Post {
    pub url: String,
    pub headers: HeaderMap,
    pub body: String,
}

/// Why it was not taken. The other side's words are within.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("the address is none: expected one like https://hooks.example.com/tollgate")]
    Address,
    #[error(transparent)]
    Reach(#[from] ReachError),
    #[error("no TLS with {host}: {source}")]
    Tls { host: String, source: io::Error },
    #[error("the answer cannot be read: {0}")]
    Http(#[from] hyper::Error),
    #[error("it did not answer within {} s", PATIENCE.as_secs())]
    Slow,
    #[error("it sends elsewhere ({status}), which is not followed: name the address itself")]
    Redirect { status: StatusCode },
    /// `after`: when it wants to be asked again, where it says so.
    #[error("it answered {status}: {words}")]
    Refused { status: StatusCode, words: String, after: Option<Duration> },
}

const PATIENCE: Duration = Duration::from_secs(10);
/// Of an answer.
const READ: usize = 4096;
const SHOWN: usize = 300;

/// Posts, and waits for a 2xx.
pub async fn post(post: Post, allowed: &[Allowed], tls: &TlsConnector) -> Result<(), PostError> {
    timeout(PATIENCE, send(post, allowed, tls)).await.unwrap_or(Err(PostError::Slow))
}

async fn send(post: Post, allowed: &[Allowed], tls: &TlsConnector) -> Result<(), PostError> {
    let uri: Uri = post.url.trim().parse().map_err(|_| PostError::Address)?;
    let host = uri.host().ok_or(PostError::Address)?.to_owned();
    let secure = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => false,
        _ => return Err(PostError::Address),
    };
    let port = port(&uri, if secure { 443 } else { 80 })?;
    let stream = reach::connect(&host, port, allowed).await?;
    let authority = uri.authority().map_or(host.as_str(), |authority| {
        authority.as_str().rsplit_once('@').map_or(authority.as_str(), |(_, host)| host)
    });
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::post(path)
        .header(header::HOST, authority)
        .header(header::USER_AGENT, "tollgate")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(post.body)))
        .map_err(|_| PostError::Address)?;
    request.headers_mut().extend(post.headers);
    if !secure {
        return exchange(stream, request).await;
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let name = rustls::pki_types::ServerName::try_from(bare).map_err(|_| PostError::Address)?;
    let stream = tls.connect(name, stream).await.map_err(|source| PostError::Tls { host, source })?;
    exchange(stream, request).await
}

/// The one that is named; one that there is not is no address, and not another port.
fn port(uri: &Uri, usual: u16) -> Result<u16, PostError> {
    let named = uri.authority().map_or("", |authority| authority.as_str());
    let host = uri.host().ok_or(PostError::Address)?;
    let has_port = named.rsplit_once(host).is_some_and(|(_, rest)| rest.len() > 1);
    match uri.port_u16() {
        Some(port) => Ok(port),
        None if has_port => Err(PostError::Address),
        None => Ok(usual),
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<(), PostError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let talk = async {
        let answer = sender.send_request(request).await?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        if status.is_redirection() {
            return Err(PostError::Redirect { status });
        }
        let after = wished(answer.headers(), Timestamp::now());
        let body = Limited::new(answer.into_body(), READ).collect().await;
        let words = body.map(|body| words(&body.to_bytes())).unwrap_or_default();
        Err(PostError::Refused { status, words, after })
    };
    tokio::pin!(talk);
    tokio::select! {
        told = &mut talk => told,
        ended = connection => {
            ended?;
            talk.await
        }
    }
}

/// `Retry-After`: seconds, or a time.
fn wished(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    now.duration_until(then).try_into().ok()
}

/// A text of one line.
fn words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|character| !character.is_control()).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_to_ask_again_is_read_as_seconds_or_as_a_time_that_is_to_come() {
        let now = "2026-11-30T12:00:00Z".parse().unwrap();
        let after = |text: &str| {
            let headers = HeaderMap::from_iter([(header::RETRY_AFTER, text.parse().unwrap())]);
            wished(&headers, now).map(|after| after.as_secs())
        };
        assert_eq!(after("120"), Some(120));
        assert_eq!(after("Mon, 30 Nov 2026 12:00:30 GMT"), Some(30));
        for none in ["Mon, 30 Nov 2026 11:00:00 GMT", "soon", "-5", ""] {
            assert_eq!(after(none), None, "{none}");
        }
        assert_eq!(wished(&HeaderMap::new(), now), None);
    }

    #[test]
    fn a_port_that_there_is_not_is_not_taken_for_the_usual_one() {
        let port = |url: &str| port(&url.parse().unwrap(), 443).ok();
        assert_eq!(
            [port("https://h/x"), port("https://h:/x"), port("https://[2001:db8::1]")],
            [Some(443); 3]
        );
        assert_eq!([port("https://h:8443/x"), port("https://[2001:db8::1]:8443/x")], [Some(8443); 2]);
        assert_eq!([port("https://h:99999/x"), port("https://[2001:db8::1]:99999")], [None; 2]);
    }
}
