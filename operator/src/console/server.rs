//! Connections: plain, or with TLS by files; let go in good order.

use std::{fs, io, net::TcpListener, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use super::{settings::TlsFiles, shield::Peer};
use crate::{
    certificates::{
        material::Material,
        serving::{self, Serving, ServingError},
    },
    connections,
    context::Tasks,
};

/// Why TLS cannot be served.
#[derive(Debug, thiserror::Error)]
pub(super) enum TlsError {
    #[error("{file} cannot be read: {source}")]
    Read { file: String, source: io::Error },
    #[error("{file}: {source}")]
    Install { file: String, source: ServingError },
    #[error("TLS cannot be set up: {0}")]
    Config(#[from] rustls::Error),
}

const INTRODUCE: Duration = Duration::from_secs(10);
/// Whoever renews certificates writes them some time before the old ones end.
const LOOK_AGAIN: Duration = Duration::from_secs(60);
/// Header lists hold a session's pieces.
const HEADERS: usize = 64 << 10;

/// Serves until told to stop; the handle ends when the last connection has.
pub(super) fn spawn(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) -> io::Result<JoinHandle<()>> {
    let told = stopping.clone();
    let stop = async move { drop(stopping.wait_for(|stop| *stop).await) };
    let serving = connections::accept(listener, "the console", stop, move |stream, peer| {
        let (tls, router, told) = (tls.clone(), router.clone(), told.clone());
        async move {
            match tls {
                None => serve(stream, Peer(peer), router, told).await,
                Some(tls) => {
                    if let Ok(Ok(stream)) = timeout(INTRODUCE, tls.accept(stream)).await {
                        serve(stream, Peer(peer), router, told).await;
                    }
                }
            }
        }
    })?;
    Ok(tokio::spawn(serving))
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        hyper::service::Service::call(&router, request)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(INTRODUCE).max_buf_size(HEADERS);
    builder.http2().max_header_list_size(u32::try_from(HEADERS).unwrap_or(u32::MAX));
    let mut serving = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _broken = serving.as_mut() => return,
        _ = stopping.wait_for(|stop| *stop) => {}
    }
    serving.as_mut().graceful_shutdown();
    let _broken = serving.await;
}

/// TLS by files, which are read again when they change.
pub(super) fn tls(files: TlsFiles, tasks: &mut Tasks) -> Result<TlsAcceptor, TlsError> {
    let serving = Arc::new(Serving::default());
    let mut held = read(&files)?;
    install(&files, &serving, &held)?;
    let config = serving::server_config(Arc::clone(&serving))?;
    tasks.spawn(async move {
        loop {
            sleep(LOOK_AGAIN).await;
            let taken = match read(&files) {
                Ok(found) if found == held => continue,
                Ok(found) => install(&files, &serving, &found).map(|()| held = found),
                Err(error) => Err(error),
            };
            match taken {
                Ok(()) => tracing::info!("a new certificate is in force"),
                Err(error) => tracing::error!(%error, "the console's certificate cannot be renewed: the old one stays in force"),
            }
        }
    });
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn read(files: &TlsFiles) -> Result<Material, TlsError> {
    let text = |path: &std::path::Path| {
        fs::read_to_string(path).map_err(|source| TlsError::Read { file: path.display().to_string(), source })
    };
    let (certificate, key) = (text(&files.certificate)?, text(&files.key)?);
    Ok(Material { ca_certificate: String::new(), ca_key: None, certificate, key })
}

fn install(files: &TlsFiles, serving: &Serving, material: &Material) -> Result<(), TlsError> {
    serving
        .install(material)
        .map_err(|source| TlsError::Install { file: files.certificate.display().to_string(), source })
}
