//! One worker: a thread with a runtime, a listening socket, a pool, a spool and counters of its own.
//!
//! The kernel spreads connections over the workers' sockets (`SO_REUSEPORT`); from then on a call meets no
//! lock and no other thread until its record rests on the spool.

mod begun;
mod captured;
mod proxied;
mod serving;

use std::cell::{Cell, RefCell, RefMut};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, LocalOptions, LocalRuntime};
use tokio::sync::futures::Notified;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tollgate_meter::Ratios;

pub(crate) use self::serving::Here;
use crate::call::Call;
use crate::forward::pool::{Connection, Pool, SWEEP_INTERVAL};
use crate::forward::way_out::WayOut;
use crate::hosts::{Host, Hosts};
use crate::memory::{self, Peak};
use crate::metrics::WorkerCalls;
use crate::recorder::Recorder;
use crate::shared::Shared;

/// How long calls in flight may take to end once the sidecar was told to.
pub(crate) const DRAIN_LIMIT: Duration = Duration::from_secs(30);

/// After a failed accept (no descriptor left): long enough not to spin, short enough for every SDK's limit.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What the calls of one worker share.
pub(crate) struct Worker {
    pub(crate) shared: Arc<Shared>,
    pub(crate) recorder: Recorder,
    pub(crate) calls: WorkerCalls,
    pub(crate) hosts: Hosts,
    pub(crate) out: WayOut,
    /// How far estimates are off, as this worker's own calls showed.
    pub(crate) ratios: RefCell<Ratios>,
    pool: RefCell<Pool>,
    later: RefCell<Vec<Later>>,
    connections: Rc<Connections>,
    /// Counts how often features may have been turned on or off.
    turns: Cell<u64>,
}

/// How apps reach a listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entrance {
    /// Plain HTTP; the path names the provider.
    BaseUrl,
    /// TLS to a provider's own name.
    Hosts,
    /// CONNECT, then TLS.
    Proxy,
}

/// What no app waits for: done once the bytes that are ready have been written.
pub(crate) enum Later {
    /// A closed call is counted as it is dropped.
    Count(Box<Call>),
    /// A provider's connection may carry another call.
    Rest(Rc<Host>, Connection),
}

/// The apps' connections now open, so that a drain knows when the last has gone.
#[derive(Default)]
struct Connections {
    open: Cell<usize>,
    closed: Notify,
    peak: Peak,
    /// A burst of connections is over.
    fewer: Notify,
    /// Idle ones are to close now, others after their call.
    stop: Cell<bool>,
    stopping: Notify,
    /// The time for that is over.
    cut_off: Cell<bool>,
    /// A feature may have been turned off: calls under way look.
    turned: Notify,
}

/// Counts one connection for as long as it lives.
pub(crate) struct Counted(Rc<Connections>);

// === impl Worker ===

impl Worker {
    pub(crate) fn new(shared: Arc<Shared>, recorder: Recorder) -> Self {
        let calls = shared.metrics.worker();
        let (hosts, out) = (Hosts::new(&shared.origins), WayOut::new(&shared.way_out));
        Self {
            shared,
            recorder,
            calls,
            hosts,
            out,
            ratios: RefCell::default(),
            pool: RefCell::default(),
            later: RefCell::default(),
            connections: Rc::default(),
            turns: Cell::default(),
        }
    }

    pub(crate) fn pool(&self) -> RefMut<'_, Pool> {
        self.pool.borrow_mut()
    }

    /// Changes whenever a feature may have been turned on or off; each connection is woken then.
    pub(crate) fn turns(&self) -> u64 {
        self.turns.get()
    }

    /// Waits for the next such change, from the moment that this is asked.
    pub(crate) fn turned(&self) -> Notified<'_> {
        self.connections.turned.notified()
    }

    /// What lives on beside its connection is one more that a drain waits for.
    pub(crate) fn counted(&self) -> Counted {
        Counted::new(&self.connections)
    }

    /// Whether what is still under way is cut off, for the sidecar ends.
    pub(crate) fn cuts_off(&self) -> bool {
        self.connections.cut_off.get()
    }

    pub(crate) fn later(&self, later: Later) {
        self.later.borrow_mut().push(later);
    }

    fn do_what_waits(&self) {
        // One at a time: what is done may itself put something off.
        while let Some(later) = { self.later.borrow_mut().pop() } {
            match later {
                Later::Count(call) => drop(call),
                Later::Rest(host, connection) => self.pool().put(&host, connection),
            }
        }
    }

    /// A runtime for a worker's thread. Made while the sidecar is built, so that a failure fails the start.
    pub(crate) fn runtime() -> std::io::Result<LocalRuntime> {
        Builder::new_current_thread().enable_io().enable_time().build_local(LocalOptions::default())
    }

    /// Serves until told to stop, then until the calls in flight have ended or [`DRAIN_LIMIT`] is over.
    pub(crate) async fn run(self, listeners: Vec<(Entrance, TcpListener)>, stop: watch::Receiver<bool>) {
        let worker = Rc::new(self);
        let sweeper = tokio::task::spawn_local(Rc::clone(&worker).sweep());
        let turner = tokio::task::spawn_local(Rc::clone(&worker).turn());
        let giver = tokio::task::spawn_local(Rc::clone(&worker).give_back());
        let mut accepting = JoinSet::new();
        for (entrance, listener) in listeners {
            accepting.spawn_local(Rc::clone(&worker).accept(entrance, listener, stop.clone()));
        }
        while accepting.join_next().await.is_some() {}
        sweeper.abort();
        giver.abort();
        worker.connections.stop.set(true);
        worker.connections.stopping.notify_waiters();
        let drained = tokio::time::timeout(DRAIN_LIMIT, worker.connections.all_closed()).await;
        turner.abort();
        if drained.is_err() {
            worker.connections.cut_off.set(true);
            tracing::warn!(
                open = worker.connections.open.get(),
                "calls still under way after {} s are cut off and recorded so",
                DRAIN_LIMIT.as_secs()
            );
        }
    }

    /// Takes connections until told to stop.
    async fn accept(
        self: Rc<Self>,
        entrance: Entrance,
        listener: TcpListener,
        mut stop: watch::Receiver<bool>,
    ) {
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, _peer)) => self.spawn(entrance, stream),
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept connections just now; trying again");
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                    }
                },
                _ = stop.wait_for(|stopping| *stopping) => return,
            }
        }
    }

    fn spawn(self: &Rc<Self>, entrance: Entrance, stream: TcpStream) {
        let counted = Counted::new(&self.connections);
        let worker = Rc::clone(self);
        // Without it small writes wait for acknowledgements; an error here costs latency, not the call.
        let _slower = stream.set_nodelay(true);
        // Nobody is left to be told why an app's connection ended; its calls' records say it.
        match entrance {
            Entrance::BaseUrl => tokio::task::spawn_local(async move {
                let _ended = worker.serve(stream).await;
                drop(counted);
            }),
            Entrance::Hosts => tokio::task::spawn_local(async move {
                let _ended = worker.captured(stream, BytesMut::new(), None).await;
                drop(counted);
            }),
            Entrance::Proxy => tokio::task::spawn_local(async move {
                let _ended = worker.proxied(stream).await;
                drop(counted);
            }),
        };
    }

    /// Returns once the worker is told to end, also when that was before.
    async fn stopping(&self) {
        let told = self.connections.stopping.notified();
        if !self.connections.stop.get() {
            told.await;
        }
    }

    async fn turn(self: Rc<Self>) {
        let mut turns = self.shared.turns();
        while turns.changed().await.is_ok() {
            self.turns.set(self.turns.get() + 1);
            self.connections.turned.notify_waiters();
        }
    }

    /// Once a burst of connections is over.
    async fn give_back(self: Rc<Self>) {
        loop {
            self.connections.fewer.notified().await;
            tokio::time::sleep(memory::SETTLES).await;
            let open = self.connections.open.get();
            if self.connections.peak.is_past(open) {
                self.connections.peak.forget(open);
                memory::give_back();
                tokio::time::sleep(memory::PAUSE).await;
            }
        }
    }

    async fn sweep(self: Rc<Self>) {
        let mut interval = tokio::time::interval(SWEEP_INTERVAL);
        loop {
            interval.tick().await;
            self.pool().sweep();
        }
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
        connections.peak.opened(connections.open.get());
        Self(Rc::clone(connections))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.open.set(self.0.open.get() - 1);
        self.0.closed.notify_one();
        if self.0.peak.is_past(self.0.open.get()) {
            self.0.fewer.notify_one();
        }
    }
}
