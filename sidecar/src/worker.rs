//! One worker: a thread with a runtime, a listening socket, a pool, a spool and counters of its own.
//!
//! The kernel spreads connections over the workers' sockets (`SO_REUSEPORT`); from then on a call meets no
//! lock and no other thread until its record rests on the spool.

use std::cell::{Cell, RefCell, RefMut};
use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use memchr::{memchr_iter, memmem};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, LocalOptions, LocalRuntime};
use tokio::sync::{Notify, watch};
use tollgate_meter::Provider;

use crate::call::Call;
use crate::forward::pool::{Connection, Pool, SWEEP_INTERVAL};
use crate::forward::{self, MAX_HEADERS};
use crate::metrics::WorkerCalls;
use crate::recorder::Recorder;
use crate::shared::Shared;

/// How long calls in flight may take to end once the sidecar was told to.
pub(crate) const DRAIN_LIMIT: Duration = Duration::from_secs(30);

/// After a failed accept (no descriptor left): long enough not to spin, short enough for every SDK's limit.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Heads beyond this are long, whatever their lines.
const PEEKED: usize = 4_096;

/// Lines of a head that hyper surely has room for.
const SHORT_HEAD: usize = 90;

/// What the calls of one worker share.
pub(crate) struct Worker {
    pub(crate) shared: Arc<Shared>,
    pub(crate) recorder: Recorder,
    pub(crate) calls: WorkerCalls,
    pool: RefCell<Pool>,
    later: RefCell<Vec<Later>>,
    connections: Rc<Connections>,
}

/// What no app waits for: done once the bytes that are ready have been written.
pub(crate) enum Later {
    /// A closed call is counted as it is dropped.
    Count(Box<Call>),
    /// A provider's connection may carry another call.
    Rest(Provider, Connection),
}

/// The apps' connections now open, so that a drain knows when the last has gone.
#[derive(Default)]
struct Connections {
    open: Cell<usize>,
    closed: Notify,
    /// Idle ones are to close now, others after their call.
    stop: Cell<bool>,
    stopping: Notify,
}

/// Counts one connection for as long as it lives.
struct Counted(Rc<Connections>);

// === impl Worker ===

impl Worker {
    pub(crate) fn new(shared: Arc<Shared>, recorder: Recorder) -> Self {
        let calls = shared.metrics.worker();
        Self {
            shared,
            recorder,
            calls,
            pool: RefCell::default(),
            later: RefCell::default(),
            connections: Rc::default(),
        }
    }

    pub(crate) fn pool(&self) -> RefMut<'_, Pool> {
        self.pool.borrow_mut()
    }

    pub(crate) fn later(&self, later: Later) {
        self.later.borrow_mut().push(later);
    }

    fn do_what_waits(&self) {
        // One at a time: what is done may itself put something off.
        while let Some(later) = { self.later.borrow_mut().pop() } {
            match later {
                Later::Count(call) => drop(call),
                Later::Rest(provider, connection) => self.pool().put(provider, connection),
            }
        }
    }

    /// A runtime for a worker's thread. Made while the sidecar is built, so that a failure fails the start.
    pub(crate) fn runtime() -> std::io::Result<LocalRuntime> {
        Builder::new_current_thread().enable_io().enable_time().build_local(LocalOptions::default())
    }

    /// Serves until told to stop, then until the calls in flight have ended or [`DRAIN_LIMIT`] is over.
    pub(crate) async fn run(self, listener: TcpListener, mut stop: watch::Receiver<bool>) {
        let worker = Rc::new(self);
        let sweeper = tokio::task::spawn_local(Rc::clone(&worker).sweep());
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, _peer)) => worker.spawn(stream),
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept connections just now; trying again");
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                    }
                },
                _ = stop.wait_for(|stopping| *stopping) => break,
            }
        }
        drop(listener);
        sweeper.abort();
        worker.connections.stop.set(true);
        worker.connections.stopping.notify_waiters();
        if tokio::time::timeout(DRAIN_LIMIT, worker.connections.all_closed()).await.is_err() {
            tracing::warn!(
                open = worker.connections.open.get(),
                "calls still under way after {} s are cut off and recorded so",
                DRAIN_LIMIT.as_secs()
            );
        }
    }

    fn spawn(self: &Rc<Self>, stream: TcpStream) {
        let counted = Counted::new(&self.connections);
        let worker = Rc::clone(self);
        tokio::task::spawn_local(async move {
            // Nobody is left to be told why an app's connection ended; its calls' records say it.
            let _ended = worker.serve(stream).await;
            drop(counted);
        });
    }

    async fn serve(self: Rc<Self>, stream: TcpStream) -> Result<(), hyper::Error> {
        // Without it small writes wait for acknowledgements; an error here costs latency, not the call.
        let _slower = stream.set_nodelay(true);
        let mut stopping = pin!(self.connections.stopping.notified());
        let long_heads = tokio::select! {
            long = has_long_heads(&stream) => long,
            () = stopping.as_mut() => return Ok(()),
        };
        let service = service_fn(|request| {
            let worker = Rc::clone(&self);
            async move { Ok::<_, Infallible>(forward::serve(worker, request).await) }
        });
        let mut http = http1::Builder::new();
        // A header that HTTP forbids is dropped, the call goes on.
        http.auto_date_header(false).ignore_invalid_headers(true);
        if long_heads {
            http.max_headers(MAX_HEADERS);
        }
        let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
        let (mut registered, mut told) = (false, false);
        poll_fn(|context| {
            if self.connections.stop.get() && !std::mem::replace(&mut told, true) {
                connection.as_mut().graceful_shutdown();
            }
            let ended = connection.as_mut().poll(context);
            self.do_what_waits();
            // Registered once: from then on the drain wakes this task, and a call's polls need not ask.
            if ended.is_pending() && !std::mem::replace(&mut registered, true) {
                let _not_yet = stopping.as_mut().poll(context);
                if self.connections.stop.get() && !told {
                    context.waker().wake_by_ref();
                }
            }
            ended
        })
        .await
    }

    async fn sweep(self: Rc<Self>) {
        let mut interval = tokio::time::interval(SWEEP_INTERVAL);
        loop {
            interval.tick().await;
            self.pool().sweep();
        }
    }
}

/// Whether an app's first head has, or may have, more lines than hyper has room for unasked.
async fn has_long_heads(stream: &TcpStream) -> bool {
    let mut begin = vec![0; PEEKED];
    match stream.peek(&mut begin).await {
        Ok(length) => {
            let begin = &begin[..length];
            let head = memmem::find(begin, b"\r\n\r\n").map(|end| &begin[..end]);
            head.is_none_or(|head| memchr_iter(b'\n', head).count() > SHORT_HEAD)
        }
        // hyper meets the same error and tells it.
        Err(_) => false,
    }
}

// === impl Connections ===

impl Connections {
    async fn all_closed(&self) {
        while self.open.get() > 0 {
            self.closed.notified().await;
        }
    }
}

// === impl Counted ===

impl Counted {
    fn new(connections: &Rc<Connections>) -> Self {
        connections.open.set(connections.open.get() + 1);
        Self(Rc::clone(connections))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.open.set(self.0.open.get() - 1);
        self.0.closed.notify_one();
    }
}
