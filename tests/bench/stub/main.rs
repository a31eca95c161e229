//! `tollgate-bench-stub PORT TLS_PORT CERTIFICATE KEY`: a provider that costs next to nothing, so that what is measured is what stands
//! before it. OpenAI chat completions, JSON and streams, always the same answer; a stream has as many chunks as
//! the call's `max_tokens`. `GET /_stub/pace?MICROSECONDS` sets the time between the chunks of a stream.
//! The stand-in of the tests can do far more and is far slower.

use std::{
    convert::Infallible,
    env,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::{
    Request, Response,
    body::Incoming,
    header::{CONTENT_TYPE, HeaderValue},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use memchr::memmem;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    time::{Instant, Sleep, sleep_until},
};
use tokio_rustls::TlsAcceptor;

/// Microseconds between the chunks of a stream.
static PACE: AtomicU64 = AtomicU64::new(0);

const USAGE: &str = r#"{"prompt_tokens":57,"completion_tokens":93,"total_tokens":150,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}"#;

const TEXT: &str = "The second charge is the prorated seat that was added on the ninth, and the first one is the renewal of the seats you had before; article 4711 shows both on one page. To have the added seat removed before Friday, open the plan page as an owner, choose the seat, and confirm its removal: the renewal is then made without it, and the prorated part stays as credit on the account for the next month. If the page shows no such seat, the invoice belongs to another workspace of yours.";

/// The chunks of a stream, in the two ways a call can ask for them.
struct Chunks {
    asked: bool,
    /// What is left: the first, `words`, stop, usage where asked, done.
    next: usize,
    words: usize,
    start: Instant,
    pause: Option<Pin<Box<Sleep>>>,
    yielded: bool,
}

/// An answer: one piece, or a stream.
enum Answer {
    Json(Option<Bytes>),
    Stream(Chunks),
}

const WORDS: &str = "tollgate-bench-stub PORT TLS_PORT CERTIFICATE KEY";

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [port, tls_port, certificate, key] = &words[..] else { bail!(WORDS) };
    let (port, tls_port) = (port.parse().context(WORDS)?, tls_port.parse().context(WORDS)?);
    let tls = TlsAcceptor::from(Arc::new(tls(certificate.as_ref(), key.as_ref())?));
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(serve(port, tls_port, tls))
}

/// How TLS is ended: without a word about the protocol inside, which is HTTP/1.1 then.
fn tls(certificate: &Path, key: &Path) -> Result<ServerConfig> {
    let chain = CertificateDer::pem_file_iter(certificate)?.collect::<Result<Vec<_>, _>>()?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_no_client_auth().with_single_cert(chain, PrivateKeyDer::from_pem_file(key)?)?)
}

async fn serve(port: u16, tls_port: u16, tls: TlsAcceptor) -> Result<()> {
    let plain = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let secure = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, tls_port))).await?;
    loop {
        tokio::select! {
            accepted = plain.accept() => {
                let stream = without_delay(accepted?.0)?;
                tokio::spawn(serve_connection(stream));
            }
            accepted = secure.accept() => {
                let (stream, tls) = (without_delay(accepted?.0)?, tls.clone());
                // a client that does not take the certificate says so itself
                tokio::spawn(async move { if let Ok(stream) = tls.accept(stream).await { serve_connection(stream).await } });
            }
        }
    }
}

fn without_delay(stream: TcpStream) -> Result<TcpStream> {
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn serve_connection(stream: impl AsyncRead + AsyncWrite + Unpin) {
    // a client that goes away ends its connection, nothing else
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service_fn(answer))
        .await;
}

async fn answer(request: Request<Incoming>) -> Result<Response<Answer>, hyper::Error> {
    if request.uri().path() == "/_stub/pace" {
        let pace = request.uri().query().and_then(|query| query.parse().ok()).unwrap_or(0);
        PACE.store(pace, Ordering::Relaxed);
        return Ok(Response::new(Answer::Json(Some(Bytes::from_static(b"ok\n")))));
    }
    let body = request.into_body().collect().await?.to_bytes();
    let (answer, content_type) = if says(&body, b"\"stream\":true") {
        let words = number_after(&body, b"\"max_tokens\":").unwrap_or(50);
        let asked = says(&body, b"\"include_usage\":true");
        (Answer::Stream(Chunks::new(asked, words)), "text/event-stream; charset=utf-8")
    } else {
        (Answer::Json(Some(json())), "application/json")
    };
    let mut response = Response::new(answer);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert("x-request-id", HeaderValue::from_static("req_0123456789abcdef"));
    headers.insert("openai-processing-ms", HeaderValue::from_static("1"));
    headers.insert("x-ratelimit-remaining-requests", HeaderValue::from_static("9999"));
    headers.insert("x-ratelimit-remaining-tokens", HeaderValue::from_static("149999"));
    Ok(response)
}

fn says(body: &[u8], what: &[u8]) -> bool {
    memmem::find(body, what).is_some()
}

fn number_after(body: &[u8], name: &[u8]) -> Option<usize> {
    let rest = &body[memmem::find(body, name)? + name.len()..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()
}

fn json() -> Bytes {
    static JSON: std::sync::LazyLock<Bytes> = std::sync::LazyLock::new(|| {
        format!(
            r#"{{"id":"chatcmpl-0123456789abcdef","object":"chat.completion","created":1790000000,"model":"gpt-4o-mini-2024-07-18","choices":[{{"index":0,"message":{{"role":"assistant","content":"{TEXT}","refusal":null,"annotations":[]}},"logprobs":null,"finish_reason":"stop"}}],"usage":{USAGE},"service_tier":"default","system_fingerprint":"fp_560af6e559"}}"#
        )
        .into()
    });
    JSON.clone()
}

/// All chunks there can be: first, word, stop, usage, done.
fn chunk(kind: usize, asked: bool) -> Bytes {
    static CHUNKS: std::sync::LazyLock<[[Bytes; 5]; 2]> = std::sync::LazyLock::new(|| {
        let chunk = |choices: &str, usage: &str| -> Bytes {
            format!(
                "data: {{\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\
                 \"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\",\
                 \"system_fingerprint\":\"fp_560af6e559\",\"choices\":{choices}{usage}}}\n\n"
            )
            .into()
        };
        let delta =
            |delta: &str| format!(r#"[{{"index":0,"delta":{delta},"logprobs":null,"finish_reason":null}}]"#);
        ["", r#","usage":null"#].map(|usage| {
            [
                chunk(&delta(r#"{"role":"assistant","content":"","refusal":null}"#), usage),
                chunk(&delta(r#"{"content":" harbour"}"#), usage),
                chunk(r#"[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]"#, usage),
                chunk("[]", &format!(r#","usage":{USAGE}"#)),
                Bytes::from_static(b"data: [DONE]\n\n"),
            ]
        })
    });
    CHUNKS[usize::from(asked)][kind].clone()
}

// === impl Chunks ===

impl Chunks {
    fn new(asked: bool, words: usize) -> Chunks {
        Chunks { asked, next: 0, words, start: Instant::now(), pause: None, yielded: true }
    }

    /// The kind of the chunk that comes next; `None` at the end.
    fn kind(&self) -> Option<usize> {
        match self.next.checked_sub(self.words + 1) {
            None if self.next == 0 => Some(0),
            None => Some(1),
            Some(0) => Some(2),
            Some(1) if self.asked => Some(3),
            Some(1) => Some(4),
            Some(2) if self.asked => Some(4),
            Some(_) => None,
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let Some(kind) = self.kind() else { return Poll::Ready(None) };
        let pace = PACE.load(Ordering::Relaxed);
        if kind == 1 && pace > 0 {
            let due = self.start + Duration::from_micros(pace * self.next as u64);
            let pause = self.pause.get_or_insert_with(|| Box::pin(sleep_until(due)));
            if pause.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.pause = None;
        } else if !self.yielded {
            // one trip through the scheduler per chunk, so that each is flushed by itself
            self.yielded = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.yielded = false;
        self.next += 1;
        Poll::Ready(Some(chunk(kind, self.asked)))
    }
}

// === impl Answer ===

impl Body for Answer {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = match &mut *self {
            Answer::Json(bytes) => Poll::Ready(bytes.take()),
            Answer::Stream(chunks) => chunks.poll(cx),
        };
        next.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Answer::Json(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Answer::Json(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Answer::Stream(_) => SizeHint::default(),
        }
    }
}
