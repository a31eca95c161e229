//! Connections to the providers, one pool a worker, no lock.
//!
//! A connection is driven inside the call that uses it, not by a task of its own: that alone halved the CPU
//! that streams cost. Idle ones rest undriven; a provider's goodbye is noticed when one is taken out, and by
//! the sweep that closes those which rested too long.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::{TrySendError, http1, http2};
use hyper_util::rt::{TokioIo, TokioTimer};

use super::request_body::RequestBody;
use super::stream::{ConnectError, Speaks, Stream};
use super::way_out::WayOut;
use crate::config::Origin;
use crate::headers;
use crate::hosts::Host;
use crate::worker::Here;

/// Shorter than what providers' edges allow (60 s and more), so that a connection is seldom met half closed.
const IDLE_LIMIT: Duration = Duration::from_secs(50);

/// Enough for what a pod has open at once; after a burst more would only hold memory and the provider's sockets.
const IDLE_CONNECTIONS: usize = 64;

/// A connection that is found closed so soon after an answer was closed behind it, unsaid.
const SOON: Duration = Duration::from_secs(1);

/// Losses in a row that are no chance.
const LOSSES: u8 = 2;

/// How long none rests then: whoever closes unsaid would at times close before the answer to the next call.
const WARY: Duration = Duration::from_secs(60);

/// Servers of gRPC take offence at more than one ping a few seconds; this is what xai-sdk itself does.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
const KEEP_ALIVE_ANSWER: Duration = Duration::from_secs(10);

type Driver = Pin<Box<dyn Future<Output = hyper::Result<()>>>>;

/// A connection to a provider, as one call uses it.
pub(super) enum Connection {
    /// In use by at most one call.
    Http1 {
        sender: http1::SendRequest<RequestBody>,
        /// `None` once the connection has ended: a finished future must not be polled again.
        driver: Option<Driver>,
    },
    /// One of the calls that share it; a task of its own drives it.
    Http2(Shared),
}

/// A connection over HTTP/2, held by the pool and by each call that it carries.
#[derive(Clone)]
pub(super) struct Shared {
    sender: http2::SendRequest<RequestBody>,
    /// Calls that the provider takes at once; of one that has not said yet, the first.
    most: Rc<Cell<usize>>,
    /// Counts who holds it.
    held: Rc<()>,
}

/// The idle connections of one worker.
#[derive(Default)]
pub(super) struct Pool {
    /// By [`Host::slot`].
    hosts: Vec<Idle>,
}

/// Those to one host.
#[derive(Default)]
struct Idle {
    /// Newest last.
    resting: Vec<Resting>,
    /// Answers were seen with more header lines than [`headers::MOST`].
    long_heads: bool,
    /// The connections that calls over HTTP/2 share: one, but where the provider takes fewer calls of it than there are.
    shared: Vec<Shared>,
    /// Connections that were closed behind an answer, or instead of one, since one carried another call.
    lost: u8,
    /// Until when none rests.
    wary_until: Option<Instant>,
}

struct Resting {
    connection: Connection,
    since: Instant,
}

// === impl Connection ===

impl Connection {
    pub(super) async fn open(
        out: &WayOut,
        origin: &Origin,
        speaks: Speaks,
        long_heads: bool,
    ) -> Result<Self, ConnectError> {
        let stream = TokioIo::new(Stream::connect(out, origin, speaks).await?);
        let failed = |error| ConnectError::handshake(origin, error);
        match speaks {
            Speaks::Http1 => {
                let mut http = http1::Builder::new();
                // A header that HTTP forbids is dropped, the call goes on.
                http.ignore_invalid_headers_in_responses(true)
                    .allow_spaces_after_header_name_in_responses(true)
                    .allow_obsolete_multiline_headers_in_responses(true)
                    .max_headers(if long_heads { headers::MOST_OF_LONG } else { headers::MOST });
                let (sender, connection) = http.handshake(stream).await.map_err(failed)?;
                Ok(Self::Http1 { sender, driver: Some(Box::pin(connection.with_upgrades())) })
            }
            Speaks::Http2 => {
                let mut http = http2::Builder::new(Here);
                // All calls share it: one that died in silence must not hold them for as long as they are patient.
                http.timer(TokioTimer::new())
                    .keep_alive_interval(KEEP_ALIVE)
                    .keep_alive_timeout(KEEP_ALIVE_ANSWER)
                    .initial_max_send_streams(1);
                let (sender, connection) = http.handshake(stream).await.map_err(failed)?;
                let most = Rc::new(Cell::new(1));
                let said = Rc::clone(&most);
                tokio::task::spawn_local(async move {
                    let mut connection = pin!(connection);
                    // How it ended, each of its calls hears.
                    let _ended = poll_fn(|context| {
                        let ended = connection.as_mut().poll(context);
                        said.set(connection.current_max_send_streams());
                        ended
                    })
                    .await;
                });
                Ok(Self::Http2(Shared { sender, most, held: Rc::default() }))
            }
        }
    }

    /// Sends a request and drives the connection until the head of the answer is there. `on_progress` is called
    /// whenever bytes may have moved.
    pub(super) async fn send(
        &mut self,
        request: Request<RequestBody>,
        on_progress: &mut impl FnMut(),
    ) -> Result<Response<Incoming>, TrySendError<Request<RequestBody>>> {
        match self {
            Self::Http1 { sender, driver } => {
                let mut answer = std::pin::pin!(sender.try_send_request(request));
                poll_fn(|context| {
                    drive(driver, context);
                    on_progress();
                    answer.as_mut().poll(context)
                })
                .await
            }
            Self::Http2(Shared { sender, .. }) => {
                let mut answer = std::pin::pin!(sender.try_send_request(request));
                poll_fn(|context| {
                    on_progress();
                    answer.as_mut().poll(context)
                })
                .await
            }
        }
    }

    /// Moves bytes: out of the socket towards the answer's body, and of the request's body into it.
    pub(super) fn drive(&mut self, context: &mut Context<'_>) {
        match self {
            Self::Http1 { driver, .. } => drive(driver, context),
            Self::Http2(_) => {}
        }
    }

    /// Whether the connection can carry another call. What happens to it while it rests wakes nobody.
    fn is_reusable(&mut self) -> bool {
        self.drive(&mut Context::from_waker(Waker::noop()));
        match self {
            Self::Http1 { sender, driver } => driver.is_some() && sender.is_ready(),
            Self::Http2(shared) => shared.sender.is_ready(),
        }
    }

    /// Drives the connection until it is handed over to the other protocol (or has ended).
    pub(super) async fn finish(self) {
        if let Self::Http1 { driver: Some(driver), .. } = self {
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
    /// A connection that still stands: the newest idle one, or one that is shared and has room for another call.
    pub(super) fn take(&mut self, host: &Host, speaks: Speaks) -> Option<Connection> {
        let idle = self.hosts.get_mut(host.slot)?;
        if speaks == Speaks::Http2 {
            return idle.with_room().map(|shared| Connection::Http2(shared.clone()));
        }
        while let Some(mut resting) = idle.resting.pop() {
            let rested = resting.since.elapsed();
            if rested < IDLE_LIMIT && resting.connection.is_reusable() {
                return Some(resting.connection);
            }
            if rested < SOON {
                idle.lose();
            }
        }
        None
    }

    /// Keeps a connection for the next call, if it can carry one.
    pub(super) fn put(&mut self, host: &Host, mut connection: Connection) {
        let idle = self.idle(host);
        // What is shared rests where it is.
        let is_shared = matches!(connection, Connection::Http2(_));
        if !is_shared && idle.resting.len() < IDLE_CONNECTIONS && !idle.is_wary() && connection.is_reusable()
        {
            idle.resting.push(Resting { connection, since: Instant::now() });
        }
    }

    /// Other calls may use it from now on, if it can carry them.
    pub(super) fn share(&mut self, host: &Host, connection: &Connection) {
        if let Connection::Http2(shared) = connection {
            let idle = self.idle(host);
            if idle.with_room().is_none() {
                idle.shared.push(shared.clone());
            }
        }
    }

    /// A connection that had rested carried another call.
    pub(super) fn kept(&mut self, host: &Host) {
        self.idle(host).lost = 0;
    }

    /// One that had rested was closed instead.
    pub(super) fn lost(&mut self, host: &Host) {
        self.idle(host).lose();
    }

    pub(super) fn has_long_heads(&self, host: &Host) -> bool {
        self.hosts.get(host.slot).is_some_and(|idle| idle.long_heads)
    }

    /// An answer's head did not fit: connections opened from now on have more room, those that rest do not.
    pub(super) fn make_room_for_long_heads(&mut self, host: &Host) {
        let idle = self.idle(host);
        idle.resting.clear();
        idle.long_heads = true;
    }

    /// Closes what rested too long or was closed by the provider.
    pub(super) fn sweep(&mut self) {
        for idle in &mut self.hosts {
            idle.resting.retain_mut(|resting| {
                resting.since.elapsed() < IDLE_LIMIT && resting.connection.is_reusable()
            });
            // One is enough for calls to come.
            let mut spare = false;
            idle.shared.retain(|shared| {
                !shared.sender.is_closed() && (shared.calls() > 0 || !std::mem::replace(&mut spare, true))
            });
        }
    }

    fn idle(&mut self, host: &Host) -> &mut Idle {
        if self.hosts.len() <= host.slot {
            self.hosts.resize_with(host.slot + 1, Idle::default);
        }
        &mut self.hosts[host.slot]
    }
}

// === impl Shared ===

impl Shared {
    /// That it carries now. The pool's own hold is none.
    fn calls(&self) -> usize {
        Rc::strong_count(&self.held) - 1
    }
}

// === impl Idle ===

impl Idle {
    /// A call beyond what the provider takes would wait for others of its connection to end.
    fn with_room(&self) -> Option<&Shared> {
        self.shared.iter().find(|shared| !shared.sender.is_closed() && shared.calls() < shared.most.get())
    }

    fn lose(&mut self) {
        self.lost += 1;
        if self.lost >= LOSSES {
            self.lost = 0;
            self.wary_until = Some(Instant::now() + WARY);
            self.resting.clear();
        }
    }

    fn is_wary(&mut self) -> bool {
        self.wary_until.take_if(|until| *until <= Instant::now());
        self.wary_until.is_some()
    }
}
