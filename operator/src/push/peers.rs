//! What replicas tell the leader: how many of the sidecars that listen to them hold each flag, and what these found no price for. Only when it changed, at
//! most once a second, and now and then to say that it still holds.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tokio::{
    net::TcpStream,
    time::{Instant, sleep, timeout, timeout_at},
};
use tokio_rustls::TlsConnector;

use super::reports::Said;
use crate::{
    context::{Context, Tasks},
    settings::Settings,
};

pub(super) const PEERS_PATH: &str = "/v1/peers";

#[derive(Debug, thiserror::Error)]
enum TellError {
    #[error("the leader's address is not known")]
    NoAddress,
    #[error("the operator's authority is not known yet")]
    NoAuthority,
    #[error("this replica's own token cannot be read: {0}")]
    Token(io::Error),
    #[error("the leader cannot be reached: {0}")]
    Connect(#[from] io::Error),
    #[error("TLS with the leader cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    #[error("HTTP with the leader failed: {0}")]
    Http(#[from] hyper::Error),
    #[error("the request cannot be built: {0}")]
    Request(#[from] http::Error),
    #[error("the report cannot be written: {0}")]
    Encode(#[from] serde_json::Error),
    #[error("the leader answered {0}")]
    Answer(StatusCode),
    #[error("the leader did not answer in time")]
    Slow,
}

/// Several things change at once: they are counted together.
const GATHER: Duration = Duration::from_millis(200);
const AT_MOST_EACH: Duration = Duration::from_secs(1);
const REPEAT: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) fn spawn(context: &Context, tasks: &mut Tasks) {
    let context = context.clone();
    tasks.spawn(async move {
        run(context).await;
        "the task that counts who holds what"
    });
}

async fn run(context: Context) {
    let (mut dirty, mut revisions) = (context.reports.dirty(), context.index.revisions());
    let mut failing = false;
    // Until the leader knows of it.
    let mut unsaid = true;
    let mut said = Instant::now();
    let mut told: Option<String> = None;
    loop {
        let (said_now, changed) = context.index.read(|index| context.reports.recount(index));
        let leader = context.leadership.leader().filter(|_| !context.leadership.leads());
        let to = leader.as_ref().map(|leader| leader.name.clone());
        unsaid = to.is_some() && (unsaid || changed || told != to || said.elapsed() >= REPEAT);
        if let Some(leader) = leader.filter(|_| unsaid) {
            let telling = timeout(PATIENCE, tell(&context, leader.address, &said_now));
            match telling.await.unwrap_or(Err(TellError::Slow)) {
                Ok(()) => (unsaid, failing) = (false, false),
                Err(error) => {
                    if !std::mem::replace(&mut failing, true) {
                        tracing::warn!(%error, leader = leader.name, "the leader was not told how many sidecars hold which flag; its counts lack those of this replica");
                    }
                }
            }
            said = Instant::now();
            sleep(AT_MOST_EACH).await;
        }
        told = to;
        let until = Instant::now() + if unsaid { AT_MOST_EACH } else { REPEAT };
        let _or_until = timeout_at(until, async {
            tokio::select! {
                _ = dirty.changed() => {}
                _ = revisions.changed() => {}
            }
        })
        .await;
        sleep(GATHER).await;
        dirty.mark_unchanged();
        revisions.mark_unchanged();
    }
}

async fn tell(context: &Context, address: Option<SocketAddr>, said: &Said) -> Result<(), TellError> {
    let address = address.ok_or(TellError::NoAddress)?;
    let Settings { names, namespace, .. } = &*context.settings;
    let bundle = context.ca.borrow().clone().ok_or(TellError::NoAuthority)?;
    let token = std::fs::read_to_string(&names.token_file).map_err(TellError::Token)?;
    let service = format!("{}.{namespace}.svc", names.service);

    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from(service.clone()).map_err(io::Error::other)?;
    let stream = TlsConnector::from(Arc::new(trusting(&bundle.0)?)).connect(name, stream).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(PEERS_PATH)
        .header(header::HOST, service)
        .header(header::AUTHORIZATION, format!("Bearer {}", token.trim()))
        .body(Full::new(Bytes::from(serde_json::to_vec(said)?)))?;
    // The connection moves while the answer is waited for, and ends with it.
    let response = tokio::select! {
        response = sender.send_request(request) => response?,
        ended = connection => {
            ended?;
            return Err(TellError::Connect(io::ErrorKind::UnexpectedEof.into()));
        }
    };
    match response.status() {
        StatusCode::OK => Ok(()),
        status => Err(TellError::Answer(status)),
    }
}

fn trusting(bundle: &str) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(CertificateDer::pem_slice_iter(bundle.as_bytes()).filter_map(Result::ok));
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
