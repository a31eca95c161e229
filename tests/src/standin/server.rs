//! The two listeners, and what happens to a request between its head and its answer.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::{
    Request, Response, StatusCode,
    body::Incoming,
    header::{
        ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap,
        HeaderValue,
    },
    http::request::Parts,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use socket2::SockRef;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

use super::{
    Provider,
    answer::{Answer, EVENT_STREAM, JSON, Piece, Saying},
    anthropic,
    ask::Ask,
    body::{self, Account, End, ScriptBody},
    book::{Book, Ending, Entry, SEEN_BODY, Seen, Tokens},
    coding::Coding,
    directive::{Directive, Encoding, Fault, HEADER},
    google, grpc, later, openai, openrouter,
    text::Seeded,
    xai,
};

/// One provider's listener and all it needs.
#[derive(Debug)]
pub struct Server {
    provider: Provider,
    book: Arc<Book>,
    /// Time between the pieces of a stream whose directive says none.
    pace: Duration,
    /// Makes ids unique where no seed is given; starts at the time of the start.
    calls: AtomicU64,
}

/// A connection that can be reset instead of closed.
struct Connection {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

/// Why a request gets no answer at all: the server closes the connection.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    #[error("hung up as told")]
    Hangup,
    #[error("the request broke off")]
    Request(#[from] hyper::Error),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A request with its body, and what it asks of us.
struct Call<'a> {
    parts: &'a Parts,
    directive: &'a Directive,
    body: Bytes,
}

// === impl Server ===

impl Server {
    pub fn new(provider: Provider, book: Arc<Book>, pace: Duration) -> Server {
        let start = since_1970().as_nanos() as u64;
        Server { provider, book, pace, calls: AtomicU64::new(start) }
    }

    /// Serves until the process ends.
    pub async fn serve(self: Arc<Self>, listener: TcpListener) -> io::Result<()> {
        loop {
            let (stream, _) = match listener.accept().await {
                Ok(accepted) => accepted,
                // of a connection that is gone already, or of too many open files: the next one may do
                Err(_) => {
                    tokio::task::yield_now().await;
                    continue;
                }
            };
            stream.set_nodelay(true)?;
            let server = self.clone();
            tokio::spawn(async move {
                // a connection that ends badly is part of the play
                if server.provider == Provider::Xai && grpc::is_spoken(&stream).await.unwrap_or_default() {
                    let book = Arc::clone(&server.book);
                    let _ = grpc::serve(stream, book, move || server.next()).await;
                    return;
                }
                let reset = Arc::new(AtomicBool::new(false));
                let connection = Connection { stream, reset: reset.clone() };
                let answer = service_fn(move |request| {
                    let (server, reset) = (server.clone(), reset.clone());
                    async move { server.answer(request, &reset).await }
                });
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(connection), answer)
                    .await;
            });
        }
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        reset: &Arc<AtomicBool>,
    ) -> Result<Response<ScriptBody>, NoAnswer> {
        let (parts, incoming) = request.into_parts();
        let directive = match header(&parts.headers, HEADER).unwrap_or_default().parse::<Directive>() {
            Ok(directive) => directive,
            Err(error) => {
                let answer = self.error(400, &error.to_string(), None);
                return respond(&answer, whole(&answer));
            }
        };
        match directive.fault {
            Some(Fault::Hangup) => return Err(NoAnswer::Hangup),
            Some(Fault::AnswerEarly) => {
                let answer = self.error(413, "Request exceeds the maximum size", None);
                // a server that closed on what it has not read would reset the connection, and its answer with it
                tokio::spawn(incoming.collect());
                return respond(&answer, whole(&answer));
            }
            _ => {}
        }
        let body = incoming.collect().await?.to_bytes();
        if !directive.latency.is_zero() {
            tokio::time::sleep(directive.latency).await;
        }
        self.play(Call { parts: &parts, directive: &directive, body }, reset)
    }

    /// Decides the answer, writes the book, and gives the answer its script.
    fn play(&self, call: Call<'_>, reset: &Arc<AtomicBool>) -> Result<Response<ScriptBody>, NoAnswer> {
        let ask = match self.provider {
            Provider::Google => google::ask(call.parts.uri.path(), &call.body),
            _ => Ask::read(&call.body),
        };
        let billed = self.is_billed(call.parts);
        let (answer, tokens) = match (self.refusal(&call), &ask) {
            (Some(answer), _) => (answer, Tokens::default()),
            (None, Ok(ask)) if billed => self.made(&call, ask),
            (None, Err(error)) if billed => (self.error(400, &error.to_string(), None), Tokens::default()),
            (None, ask) => (self.free(&call, ask.as_ref().ok()), Tokens::default()),
        };

        let Call { parts, directive, body: request } = call;
        let account = (billed || directive.tag.is_some()).then(|| Account {
            book: self.book.clone(),
            entry: Entry {
                at: since_1970().as_micros() as u64,
                id: answer.id.clone(),
                provider: self.provider,
                endpoint: parts.uri.path().to_owned(),
                model: ask.map(|ask| ask.model).unwrap_or_default(),
                status: answer.status,
                streamed: answer.content_type == EVENT_STREAM,
                tokens,
                delivered_tokens: tokens.output_tokens,
                ending: Ending::Whole,
                tag: directive.tag.clone(),
                seen: (directive.tag.is_some() && !directive.unseen).then(|| seen(parts, &request)),
            },
        });
        if let Some(account) = &account {
            self.book.write(&account.entry)?;
        }

        let coding = coding(directive, &parts.headers);
        let pieces = body::wire(&answer, directive, coding)?;
        let length = answer.pieces.first().map_or(0, |piece| piece.bytes.len());
        let streamed = answer.content_type == EVENT_STREAM;
        let delay = if streamed && directive.delay.is_zero() { self.pace } else { directive.delay };
        let script = ScriptBody::new(pieces, delay, body::end(directive, reset), account);
        let mut response = respond(&answer, script)?;
        let headers = response.headers_mut();
        if let Some(coding) = coding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        } else if !streamed && directive.fault != Some(Fault::BrokenJson) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
        Ok(response)
    }

    fn is_billed(&self, parts: &Parts) -> bool {
        let path = parts.uri.path();
        parts.method == "POST"
            && match self.provider {
                Provider::OpenAi => {
                    ["/v1/chat/completions", "/v1/responses", "/v1/embeddings"].contains(&path)
                }
                Provider::Anthropic => path == "/v1/messages",
                Provider::Google => google::is_billed(path),
                Provider::Xai => path == "/v1/chat/completions",
                Provider::OpenRouter => path == "/api/v1/chat/completions",
            }
    }

    /// Errors that come before the call is looked at.
    fn refusal(&self, call: &Call<'_>) -> Option<Answer> {
        if let Some(Fault::Status(status)) = call.directive.fault {
            let message =
                if status == 429 { "Rate limit reached for requests" } else { openai::SERVER_ERROR };
            return Some(self.error(status, message, call.directive.seed));
        }
        let headers = &call.parts.headers;
        let (known, message) = match self.provider {
            Provider::OpenAi | Provider::Xai | Provider::OpenRouter => {
                (headers.contains_key(AUTHORIZATION), "You didn't provide an API key.")
            }
            Provider::Google => (headers.contains_key("x-goog-api-key"), "API key not valid."),
            Provider::Anthropic => (
                headers.contains_key("x-api-key") || headers.contains_key(AUTHORIZATION),
                "x-api-key header is required",
            ),
        };
        if known { None } else { Some(self.error(401, message, call.directive.seed)) }
    }

    /// The answer of a billed call.
    fn made(&self, call: &Call<'_>, ask: &Ask) -> (Answer, Tokens) {
        if ask.model.starts_with("no-such-") {
            let message =
                format!("The model `{}` does not exist or you do not have access to it.", ask.model);
            let code = (self.provider == Provider::OpenAi).then_some("model_not_found");
            return (self.coded_error(404, &message, code, call.directive.seed), Tokens::default());
        }
        let now = since_1970().as_secs();
        let mut saying = Saying::new(ask, call.directive, self.next(), now);
        let tokens = saying.tokens;
        match self.provider {
            Provider::OpenAi if call.parts.uri.path() == "/v1/embeddings" => {
                let tokens = Tokens { input_tokens: ask.prompt_tokens, ..Tokens::default() };
                (openai::embeddings(ask, &mut saying.seeded), tokens)
            }
            Provider::OpenAi if call.parts.uri.path() == "/v1/responses" => later::respond(ask, &saying),
            Provider::OpenAi => (openai::chat(ask, call.directive, saying), tokens),
            Provider::Anthropic => (anthropic::message(ask, call.directive, saying), tokens),
            Provider::Google => (google::generate(ask, saying), tokens),
            Provider::Xai => (openai::chat_of(&xai::MANNERS, ask, call.directive, saying), tokens),
            Provider::OpenRouter => {
                (openai::chat_of(&openrouter::MANNERS, ask, call.directive, saying), tokens)
            }
        }
    }

    fn free(&self, call: &Call<'_>, ask: Option<&Ask>) -> Answer {
        let (method, path) = (call.parts.method.as_str(), call.parts.uri.path());
        let is_done = call.directive.fault != Some(Fault::NoUsage);
        let later = match (method, self.provider) {
            ("GET", Provider::OpenAi) => {
                path.strip_prefix("/v1/responses/").and_then(|id| later::read_response(id, is_done)).or_else(
                    || later::openai_results(path.strip_prefix("/v1/files/")?.strip_suffix("/content")?),
                )
            }
            ("GET", Provider::Anthropic) => {
                path.strip_prefix("/v1/messages/batches/").and_then(later::anthropic_batch)
            }
            _ => None,
        };
        let body = match self.provider {
            _ if later.is_some() => later,
            Provider::OpenAi => openai::free(method, path, call.body.len()),
            Provider::Anthropic => anthropic::free(method, path, ask),
            Provider::Google | Provider::Xai | Provider::OpenRouter => None,
        };
        match body {
            Some(body) => Answer {
                status: 200,
                content_type: JSON,
                id: self.request_id(call.directive.seed),
                pieces: vec![Piece::new(body, 0)],
            },
            None => self.error(404, &format!("Invalid URL ({method} {path})"), call.directive.seed),
        }
    }

    fn error(&self, status: u16, message: &str, seed: Option<u64>) -> Answer {
        self.coded_error(status, message, None, seed)
    }

    fn coded_error(&self, status: u16, message: &str, code: Option<&str>, seed: Option<u64>) -> Answer {
        let id = self.request_id(seed);
        match self.provider {
            Provider::OpenAi => openai::error(status, message, code, id),
            Provider::Anthropic => anthropic::error(status, message, id),
            Provider::Google => google::error(status, message, id),
            Provider::Xai | Provider::OpenRouter => openai::error(status, message, code, id),
        }
    }

    fn request_id(&self, seed: Option<u64>) -> String {
        format!("req_{}", Seeded::new(seed.unwrap_or_else(|| self.next())).id(24))
    }

    fn next(&self) -> u64 {
        self.calls.fetch_add(1, Ordering::Relaxed)
    }
}

/// The body of an answer that nothing happens to.
fn whole(answer: &Answer) -> ScriptBody {
    ScriptBody::new(answer.pieces.clone(), Duration::ZERO, End::Whole, None)
}

/// The head that both providers' answers have, as far as anybody reads it.
fn respond(answer: &Answer, body: ScriptBody) -> Result<Response<ScriptBody>, NoAnswer> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status).map_err(io::Error::other)?;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    let id = HeaderValue::from_str(&answer.id).map_err(io::Error::other)?;
    let name = if answer.id.starts_with("msg_") { "request-id" } else { "x-request-id" };
    headers.insert(name, id);
    if answer.content_type == EVENT_STREAM {
        headers.insert("cache-control", HeaderValue::from_static("no-cache"));
    }
    Ok(response)
}

fn coding(directive: &Directive, headers: &HeaderMap) -> Option<Coding> {
    match directive.coding? {
        Encoding::Forced(coding) => Some(coding),
        Encoding::Accepted => Coding::accepted(headers.get(ACCEPT_ENCODING)?.to_str().ok()?),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn seen(parts: &Parts, body: &[u8]) -> Seen {
    let headers = parts.headers.iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    Seen {
        method: parts.method.to_string(),
        path: parts.uri.to_string(),
        headers: headers.collect(),
        body: String::from_utf8_lossy(&body[..body.len().min(SEEN_BODY)]).into_owned(),
        body_bytes: body.len(),
    }
}

/// Binds and says where.
pub async fn listen(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

// === impl Connection ===

impl Drop for Connection {
    fn drop(&mut self) {
        if self.reset.load(Ordering::Acquire) {
            // lingering for no time makes the kernel send RST instead of FIN
            let _ = SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // a shutdown would send FIN before the reset
        if self.reset.load(Ordering::Acquire) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

pub(super) fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
