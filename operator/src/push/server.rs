//! Connections: accepted, limited in age, and let go one after the other.

use std::{io, net::TcpListener, pin::pin, sync::Arc, time::Duration};

use hyper::service::service_fn;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use rustix::net::sockopt::set_tcp_user_timeout;
use rustls::ServerConfig;
use tokio::{
    net::TcpStream,
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use super::{
    DRAIN,
    connection::{Connection, Phase},
    routes,
    shared::Push,
};
use crate::{connections, random};

/// Who has not shown a good token by then is let go.
const INTRODUCE: Duration = Duration::from_secs(10);
/// Connections end at an age between this and twice this: so they spread over replicas that came later.
const AGE: Duration = Duration::from_secs(20 * 60);
/// What is open when a connection is to end gets this long.
const FINISH: Duration = Duration::from_secs(2);
/// A peer that takes nothing for so long is gone (RFC 5482); the kernel looks, no timer of ours.
const WRITE: Duration = Duration::from_secs(5);
/// HTTP/2 windows: requests are small. The connection's cannot be smaller (RFC 9113, 6.9.2).
const WINDOW: u32 = 65_535;
/// A sidecar has one stream and reports beside it.
const REQUESTS_AT_ONCE: u32 = 8;
const HEADERS: u32 = 16 * 1024;

/// Serves until told to stop; the handle ends when the last connection has.
pub(super) fn spawn(
    listener: TcpListener,
    tls: ServerConfig,
    push: Arc<Push>,
    mut stopping: watch::Receiver<bool>,
) -> io::Result<JoinHandle<()>> {
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let told = stopping.clone();
    let stop = async move { drop(stopping.wait_for(|stop| *stop).await) };
    let serving = connections::accept(listener, "the push port", stop, move |stream, _| {
        serve(stream, acceptor.clone(), Arc::clone(&push), told.clone())
    })?;
    Ok(tokio::spawn(serving))
}

async fn serve(
    stream: TcpStream,
    acceptor: TlsAcceptor,
    push: Arc<Push>,
    mut stopping: watch::Receiver<bool>,
) {
    let set_up = stream
        .set_nodelay(true)
        .and_then(|()| Ok(set_tcp_user_timeout(&stream, u32::try_from(WRITE.as_millis()).unwrap_or(0))?));
    let shaken = match set_up {
        Ok(()) => timeout(INTRODUCE, acceptor.accept(stream)).await.ok().and_then(Result::ok),
        Err(_) => None,
    };
    let Some(stream) = shaken else {
        push.metrics.handshakes_failed.inc();
        return;
    };
    let _counted = Counted::new(&push);
    let connection = Arc::new(Connection::new());
    let service = {
        let (push, connection) = (Arc::clone(&push), Arc::clone(&connection));
        service_fn(move |request| routes::answer(Arc::clone(&push), Arc::clone(&connection), request))
    };
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(INTRODUCE);
    builder
        .http2()
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(WINDOW)
        .max_concurrent_streams(REQUESTS_AT_ONCE)
        .max_header_list_size(HEADERS);
    let mut serving = pin!(builder.serve_connection(TokioIo::new(stream), service));

    let mut phase = connection.phase();
    let introduced = tokio::select! {
        _ = serving.as_mut() => return,
        known = timeout(INTRODUCE, phase.wait_for(|phase| *phase >= Phase::Known)) => known.is_ok(),
        _ = stopping.wait_for(|stop| *stop) => true,
    };
    if introduced {
        let age = AGE + random::below(AGE);
        tokio::select! {
            _ = serving.as_mut() => return,
            () = sleep(age) => {}
            _ = phase.wait_for(|phase| *phase == Phase::Closing) => {}
            () = its_turn(&mut stopping) => {}
        }
    }
    connection.close();
    serving.as_mut().graceful_shutdown();
    // A peer that does not let go is cut off.
    let _cut_off = timeout(FINISH, serving).await;
}

/// Ends some time after the operator was told to stop, another time for each connection: so that not all sidecars come
/// to the other replicas at once.
async fn its_turn(stopping: &mut watch::Receiver<bool>) {
    drop(stopping.wait_for(|stop| *stop).await);
    sleep(random::below(DRAIN)).await;
}

/// A connection in the gauge, for as long as it lives.
struct Counted<'a>(&'a Push);

impl<'a> Counted<'a> {
    fn new(push: &'a Push) -> Self {
        push.metrics.connections.inc();
        Self(push)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.metrics.connections.dec();
    }
}
