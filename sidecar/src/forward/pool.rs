//! Connections to the providers, one pool a worker, no lock.
//!
//! A connection is driven inside the call that uses it, not by a task of its own: that alone halved the CPU
//! that streams cost. Idle ones rest undriven; a provider's goodbye is noticed when one is taken out, and by
//! the sweep that closes those which rested too long.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tollgate_meter::Provider;

use super::MAX_HEADERS;
use super::request_body::RequestBody;
use super::stream::{ConnectError, Stream};
use crate::config::Origin;

/// Shorter than what providers' edges allow (60 s and more), so that a connection is seldom met half closed.
const IDLE_LIMIT: Duration = Duration::from_secs(50);

/// Enough for what a pod has open at once; after a burst more would only hold memory and the provider's sockets.
const IDLE_CONNECTIONS: usize = 64;

/// How often idle connections are looked through.
pub(crate) const SWEEP_INTERVAL: Duration = Duration::from_secs(15);

type Driver = Pin<Box<dyn Future<Output = hyper::Result<()>>>>;

/// One HTTP/1.1 connection to a provider, in use by at most one call.
pub(crate) struct Connection {
    sender: SendRequest<RequestBody>,
    /// `None` once the connection has ended: a finished future must not be polled again.
    driver: Option<Driver>,
}

/// The idle connections of one worker.
#[derive(Default)]
pub(crate) struct Pool {
    /// Newest last, by the provider's order in [`Provider::ALL`].
    idle: [Vec<Resting>; Provider::ALL.len()],
    /// Whose answers were seen with more header lines than hyper has room for unasked.
    long_heads: [bool; Provider::ALL.len()],
}

struct Resting {
    connection: Connection,
    since: Instant,
}

// === impl Connection ===

impl Connection {
    pub(super) async fn open(origin: &Origin, long_heads: bool) -> Result<Self, ConnectError> {
        let stream = Stream::connect(origin).await?;
        let mut http = http1::Builder::new();
        // A header that HTTP forbids is dropped, the call goes on.
        http.ignore_invalid_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true);
        if long_heads {
            http.max_headers(MAX_HEADERS);
        }
        let (sender, connection) = http
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|error| ConnectError::handshake(origin, error))?;
        Ok(Self { sender, driver: Some(Box::pin(connection.with_upgrades())) })
    }

    /// Sends a request and drives the connection until the head of the answer is there. `on_progress` is called
    /// whenever bytes may have moved.
    pub(super) async fn send(
        &mut self,
        request: Request<RequestBody>,
        on_progress: &mut impl FnMut(),
    ) -> Result<Response<Incoming>, TrySendError<Request<RequestBody>>> {
        let mut answer = std::pin::pin!(self.sender.try_send_request(request));
        let driver = &mut self.driver;
        poll_fn(|context| {
            drive(driver, context);
            on_progress();
            answer.as_mut().poll(context)
        })
        .await
    }

    /// Moves bytes: out of the socket towards the answer's body, and of the request's body into it.
    pub(super) fn drive(&mut self, context: &mut Context<'_>) {
        drive(&mut self.driver, context);
    }

    /// Whether the connection can carry another call. What happens to it while it rests wakes nobody.
    fn is_reusable(&mut self) -> bool {
        self.drive(&mut Context::from_waker(Waker::noop()));
        self.driver.is_some() && self.sender.is_ready()
    }

    /// Drives the connection until it is handed over to the other protocol (or has ended).
    pub(super) async fn finish(self) {
        if let Some(driver) = self.driver {
            // An error here is the provider's goodbye: whoever holds the upgraded stream sees it.
            let _ended = driver.await;
        }
    }
}

fn drive(driver: &mut Option<Driver>, context: &mut Context<'_>) {
    if let Some(running) = driver {
        // How it ended, answer and body say themselves.
        if let Poll::Ready(_ended) = running.as_mut().poll(context) {
            *driver = None;
        }
    }
}

// === impl Pool ===

impl Pool {
    /// The newest idle connection that still stands.
    pub(super) fn take(&mut self, provider: Provider) -> Option<Connection> {
        let idle = &mut self.idle[provider as usize];
        while let Some(mut resting) = idle.pop() {
            if resting.since.elapsed() < IDLE_LIMIT && resting.connection.is_reusable() {
                return Some(resting.connection);
            }
        }
        None
    }

    /// Keeps a connection for the next call, if it can carry one.
    pub(crate) fn put(&mut self, provider: Provider, mut connection: Connection) {
        let idle = &mut self.idle[provider as usize];
        if idle.len() < IDLE_CONNECTIONS && connection.is_reusable() {
            idle.push(Resting { connection, since: Instant::now() });
        }
    }

    pub(super) fn has_long_heads(&self, provider: Provider) -> bool {
        self.long_heads[provider as usize]
    }

    /// An answer's head did not fit: connections opened from now on have more room, those that rest do not.
    pub(super) fn make_room_for_long_heads(&mut self, provider: Provider) {
        self.long_heads[provider as usize] = true;
        self.idle[provider as usize].clear();
    }

    /// Closes what rested too long or was closed by the provider.
    pub(crate) fn sweep(&mut self) {
        for idle in &mut self.idle {
            idle.retain_mut(|resting| {
                resting.since.elapsed() < IDLE_LIMIT && resting.connection.is_reusable()
            });
        }
    }
}
