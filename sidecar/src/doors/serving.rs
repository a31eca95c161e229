//! HTTP with one app, over whatever its connection is.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;

use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use memchr::{memchr_iter, memmem};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use super::Doors;
use crate::forward::{self, Door};
use crate::headers;
use crate::worker::Here;

/// Heads beyond this are long, whatever their lines.
pub(super) const PEEKED: usize = 4_096;

/// Lines of a head that [`headers::MOST`] surely have room for.
const SHORT_HEAD: usize = headers::MOST - 10;

/// What an app may say of one call in an HTTP/2 head: metadata of gRPC, and tokens.
const HTTP2_HEAD: u32 = 128 << 10;

/// Calls of one HTTP/2 connection that are under way at once.
const HTTP2_CALLS: u32 = 1_000;

// === impl Doors ===

impl Doors {
    /// The base-URL door.
    pub(super) async fn plain(self, stream: TcpStream) -> hyper::Result<()> {
        let mut begin = vec![0; PEEKED];
        let peeked = tokio::select! {
            peeked = stream.peek(&mut begin) => peeked,
            () = self.worker.connections.stopping() => return Ok(()),
        };
        // hyper meets the same error and tells it.
        let long_heads = peeked.is_ok_and(|length| has_long_heads(&begin[..length]));
        drop(begin);
        self.serve_http1(stream, Door::BaseUrl, long_heads).await
    }

    pub(super) async fn serve_http1<S>(self, stream: S, door: Door, long_heads: bool) -> hyper::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(|request| {
            let (upstream, door) = (Rc::clone(&self.upstream), door.clone());
            async move { Ok::<_, Infallible>(forward::serve(upstream, door, request).await) }
        });
        let mut http = http1::Builder::new();
        // A header that HTTP forbids is dropped, the call goes on.
        http.auto_date_header(false).ignore_invalid_headers(true).max_headers(if long_heads {
            headers::MOST_OF_LONG
        } else {
            headers::MOST
        });
        let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
        self.drive(connection, |connection| connection.graceful_shutdown()).await
    }

    pub(super) async fn serve_http2<S>(self, stream: S, door: Door) -> hyper::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin + 'static,
    {
        let upstream = Rc::clone(&self.upstream);
        let service = service_fn(move |request| {
            let (upstream, door) = (Rc::clone(&upstream), door.clone());
            async move { Ok::<_, Infallible>(forward::serve(upstream, door, request).await) }
        });
        let mut http = http2::Builder::new(Here);
        http.auto_date_header(false).max_header_list_size(HTTP2_HEAD).max_concurrent_streams(HTTP2_CALLS);
        let connection = http.serve_connection(TokioIo::new(stream), service);
        self.drive(connection, |connection| connection.graceful_shutdown()).await
    }

    /// Runs a connection to its end; `finish` tells it to end after the calls that are under way.
    async fn drive<C>(&self, connection: C, finish: impl Fn(Pin<&mut C>)) -> hyper::Result<()>
    where
        C: Future<Output = hyper::Result<()>>,
    {
        let connections = &self.worker.connections;
        let mut connection = pin!(connection);
        let mut stopping = pin!(connections.told_to_stop());
        let mut turned = pin!(connections.turned());
        let (mut registered, mut told, mut turns) = (false, false, None);
        poll_fn(|context| {
            if connections.are_told_to_stop() && !std::mem::replace(&mut told, true) {
                finish(connection.as_mut());
            }
            let ended = connection.as_mut().poll(context);
            self.upstream.do_what_waits();
            // Registered anew only after each turn.
            if turns.replace(self.worker.turns()) != Some(self.worker.turns()) {
                turned.set(connections.turned());
                let _not_yet = turned.as_mut().poll(context);
            }
            // Registered once: from then on the drain wakes this task, and a call's polls need not ask.
            if ended.is_pending() && !std::mem::replace(&mut registered, true) {
                let _not_yet = stopping.as_mut().poll(context);
                if connections.are_told_to_stop() && !told {
                    context.waker().wake_by_ref();
                }
            }
            ended
        })
        .await
    }
}

/// Whether an app's first head has, or may have, more lines than [`headers::MOST`].
pub(super) fn has_long_heads(begin: &[u8]) -> bool {
    let head = memmem::find(begin, b"\r\n\r\n").map(|end| &begin[..end]);
    head.is_none_or(|head| memchr_iter(b'\n', head).count() > SHORT_HEAD)
}
