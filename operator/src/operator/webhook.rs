//! The webhook's port: TLS around what admission serves. It serves until the process ends: an apiserver that does not know yet
//! that this replica goes must not start a pod without its sidecar.

use std::{future::pending, net::TcpListener, sync::Arc, time::Duration};

use axum::Router;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use rustls::ServerConfig;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsAcceptor;

use crate::{connections, context::Tasks};

const INTRODUCE: Duration = Duration::from_secs(10);

pub(super) fn spawn(
    listener: TcpListener,
    tls: ServerConfig,
    router: Router,
    tasks: &mut Tasks,
) -> std::io::Result<()> {
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let serving = connections::accept(listener, "the webhook's port", pending(), move |stream, _| {
        serve(stream, acceptor.clone(), router.clone())
    })?;
    tasks.spawn(async move {
        serving.await;
        "the webhook's port"
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
