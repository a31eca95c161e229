//! The doors of a worker: connections that apps open come in here, each to its end.

mod begun;
mod captured;
mod proxied;
mod serving;

use std::rc::Rc;
use std::time::Duration;

use bytes::BytesMut;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::forward::Upstream;
use crate::worker::{Counted, Worker};

/// How long calls in flight may take to end once the sidecar was told to.
pub(crate) const DRAIN_LIMIT: Duration = Duration::from_secs(30);

/// After a failed accept (no descriptor left): long enough not to spin, short enough for every SDK's limit.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

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

/// Each connection has its own hold on what a worker's calls share.
#[derive(Clone)]
pub(crate) struct Doors {
    worker: Rc<Worker>,
    upstream: Rc<Upstream>,
}

// === impl Doors ===

impl Doors {
    pub(crate) fn of(worker: Worker) -> Self {
        let worker = Rc::new(worker);
        Self { upstream: Rc::new(Upstream::new(Rc::clone(&worker))), worker }
    }

    /// Serves until told to stop, then until the calls in flight have ended or [`DRAIN_LIMIT`] is over.
    pub(crate) async fn serve(self, listeners: Vec<(Entrance, TcpListener)>, stop: watch::Receiver<bool>) {
        let connections = Rc::clone(&self.worker.connections);
        let sweeper = tokio::task::spawn_local(Rc::clone(&self.upstream).sweep());
        let turner = tokio::task::spawn_local(Rc::clone(&self.worker).turn());
        let giver = tokio::task::spawn_local(Rc::clone(&connections).give_back());
        let mut accepting = JoinSet::new();
        for (entrance, listener) in listeners {
            accepting.spawn_local(self.clone().accept(entrance, listener, stop.clone()));
        }
        while accepting.join_next().await.is_some() {}
        sweeper.abort();
        giver.abort();
        connections.stop();
        let drained = tokio::time::timeout(DRAIN_LIMIT, connections.all_closed()).await;
        turner.abort();
        if drained.is_err() {
            connections.cut_off();
            tracing::warn!(
                open = connections.open(),
                "calls still under way after {} s are cut off and recorded so",
                DRAIN_LIMIT.as_secs()
            );
        }
    }

    /// Takes connections until told to stop.
    async fn accept(self, entrance: Entrance, listener: TcpListener, mut stop: watch::Receiver<bool>) {
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

    fn spawn(&self, entrance: Entrance, stream: TcpStream) {
        let counted = Counted::new(&self.worker.connections);
        let doors = self.clone();
        // Without it small writes wait for acknowledgements; an error here costs latency, not the call.
        let _slower = stream.set_nodelay(true);
        // Nobody is left to be told why an app's connection ended; its calls' records say it.
        match entrance {
            Entrance::BaseUrl => tokio::task::spawn_local(async move {
                let _ended = doors.plain(stream).await;
                drop(counted);
            }),
            Entrance::Hosts => tokio::task::spawn_local(async move {
                let _ended = doors.captured(stream, BytesMut::new(), None).await;
                drop(counted);
            }),
            Entrance::Proxy => tokio::task::spawn_local(async move {
                let _ended = doors.proxied(stream).await;
                drop(counted);
            }),
        };
    }
}
