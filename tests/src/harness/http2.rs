//! HTTP/2 over TLS: a client that shows heads, bodies and trailers apart, and a server that is told what to answer.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures::{StreamExt, future, stream};
use http_body::{Body, Frame};
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::{Request, Response, body::Incoming, header::HeaderMap, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ServerConfig;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Barrier,
    time::timeout,
};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::tls::{self, Client};

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub trailers: Option<HeaderMap>,
}

/// An answer to send.
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub headers: HeaderMap,
    pub body: Vec<Bytes>,
    pub trailers: Option<HeaderMap>,
    /// The stream is reset behind the last frame.
    pub breaks: bool,
    /// Behind the last frame nothing comes, and no end.
    pub stays: bool,
    /// It is sent once so many calls are there at the same time, or broken where they do not come.
    pub meets: Option<Arc<Barrier>>,
}

/// How long calls are waited for that are to be there at the same time.
const MEETING: Duration = Duration::from_secs(10);

/// A body that says its end behind its last byte, in a frame of its own, as Python's httpx does.
pub struct LateEnd(pub Full<Bytes>);

/// Sends one request to `host`, wherever that is.
///
/// # Panics
/// When there is no whole answer.
pub fn send<B>(client: &Client, to: SocketAddr, host: &str, request: Request<B>) -> Answer
where
    B: Body<Data = Bytes, Error = Infallible> + Send + Unpin + 'static,
{
    let answer = runtime().block_on(exchange(client, to, host, request));
    answer.unwrap_or_else(|error| panic!("{host} at {to}: {error}"))
}

async fn exchange<B>(client: &Client, to: SocketAddr, host: &str, request: Request<B>) -> io::Result<Answer>
where
    B: Body<Data = Bytes, Error = Infallible> + Send + Unpin + 'static,
{
    let name = host.to_owned().try_into().map_err(io::Error::other)?;
    let client = client.speaking(&["h2"]);
    let stream = TlsConnector::from(client.config()).connect(name, TcpStream::connect(to).await?).await?;
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .map_err(io::Error::other)?;
    tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(io::Error::other)?;
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?;
    let trailers = body.trailers().cloned();
    Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body: body.to_bytes(), trailers })
}

/// A server that ends TLS and answers each request by its path and body, for as long as the test runs.
///
/// # Panics
/// When no socket can be had.
pub fn serve(
    config: Arc<ServerConfig>,
    answer: impl Fn(&str, &HeaderMap, &[u8]) -> Script + Send + Sync + 'static,
) -> SocketAddr {
    serve_at_most(None, config, answer)
}

/// The same, with so many calls of one connection at once; others of it wait.
///
/// # Panics
/// When no socket can be had.
pub fn serve_at_most(
    most: Option<u32>,
    config: Arc<ServerConfig>,
    answer: impl Fn(&str, &HeaderMap, &[u8]) -> Script + Send + Sync + 'static,
) -> SocketAddr {
    let (listener, at) = tls::listener();
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        runtime().block_on(async {
            let listener = TcpListener::from_std(listener).expect("a socket");
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, answer) = (TlsAcceptor::from(Arc::clone(&config)), Arc::clone(&answer));
                tokio::spawn(async move {
                    let stream = TokioIo::new(acceptor.accept(stream).await?);
                    let service = service_fn(move |request: Request<Incoming>| {
                        let answer = Arc::clone(&answer);
                        async move {
                            let (parts, body) = request.into_parts();
                            let body = body.collect().await?.to_bytes();
                            let mut script = answer(parts.uri.path(), &parts.headers, &body);
                            if let Some(meeting) = script.meets.take() {
                                script.breaks |= timeout(MEETING, meeting.wait()).await.is_err();
                            }
                            Ok::<_, hyper::Error>(script.into_response())
                        }
                    });
                    let mut http = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                    if let Some(most) = most {
                        http.max_concurrent_streams(most);
                    }
                    http.serve_connection(stream, service).await.map_err(io::Error::other)
                });
            }
        });
    });
    at
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

// === impl Script ===

impl Script {
    fn into_response(self) -> Response<impl Body<Data = Bytes, Error = io::Error> + use<>> {
        let Script { headers, body, trailers, breaks, stays, meets: _ } = self;
        let frames = body.into_iter().map(Frame::data).chain(trailers.map(Frame::trailers)).map(Ok);
        let end = async move {
            // what was said is written before the stream is reset
            tokio::task::yield_now().await;
            if stays {
                future::pending::<()>().await;
            }
            breaks.then(|| Err(io::Error::other("broken off as the script says")))
        };
        let frames = stream::iter(frames).chain(stream::once(end).filter_map(future::ready));
        let mut response = Response::new(StreamBody::new(Box::pin(frames)));
        *response.headers_mut() = headers;
        response
    }
}

// === impl LateEnd ===

impl Body for LateEnd {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.0).poll_frame(context)
    }
}
