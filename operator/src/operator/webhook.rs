//! The webhook's port: TLS around what admission serves. It serves until the process ends: an apiserver that does not know yet
//! that this replica goes must not start a pod without its sidecar.

use std::{net::TcpListener, sync::Arc, time::Duration};

use axum::Router;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use rustls::ServerConfig;
use tokio::{
    net::TcpStream,
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use crate::context::Tasks;

const INTRODUCE: Duration = Duration::from_secs(10);
const BREATHE: Duration = Duration::from_millis(100);

pub(super) fn spawn(
    listener: TcpListener,
    tls: ServerConfig,
    router: Router,
    tasks: &mut Tasks,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    tasks.spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        connections.spawn(serve(stream, acceptor.clone(), router.clone()));
                    }
                    Err(error) => {
                        tracing::warn!(%error, "a connection to the webhook's port could not be accepted");
                        sleep(BREATHE).await;
                    }
                },
                _ = connections.join_next(), if !connections.is_empty() => {}
            }
        }
    });
    Ok(())
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, router: Router) {
    let Ok(Ok(stream)) = timeout(INTRODUCE, acceptor.accept(stream)).await else { return };
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Some(2 * INTRODUCE));
    // The apiserver keeps its connections; one that breaks is its own to open again.
    let _broken = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}
