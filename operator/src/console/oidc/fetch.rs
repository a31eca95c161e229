//! HTTP to the issuer: one request a connection, redirects not followed, answers of a bounded size.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use super::OidcError;

/// The way to it.
pub(super) struct Fetcher {
    tls: TlsConnector,
}

const PATIENCE: Duration = Duration::from_secs(10);
/// Key sets of large issuers have some ten kB.
const LARGEST: usize = 1 << 20;

// === impl Fetcher ===

impl Fetcher {
    /// `ca` (PEM) is trusted besides the public authorities.
    pub(super) fn new(ca: Option<&str>) -> Self {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for certificate in CertificateDer::pem_slice_iter(ca.unwrap_or_default().as_bytes()).flatten() {
            if let Err(error) = roots.add(certificate) {
                tracing::warn!(%error, "a certificate of --oidc-ca-file is not trusted");
            }
        }
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        Self { tls: TlsConnector::from(Arc::new(config)) }
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, url: &str) -> Result<T, OidcError> {
        self.ask(url, Request::get(url), Bytes::new()).await
    }

    /// A form; `basic` is the value of its Authorization header.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        url: &str,
        basic: Option<&str>,
        form: String,
    ) -> Result<T, OidcError> {
        let mut request =
            Request::post(url).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(basic) = basic {
            request = request.header(header::AUTHORIZATION, basic);
        }
        self.ask(url, request, form.into()).await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        url: &str,
        request: http::request::Builder,
        body: Bytes,
    ) -> Result<T, OidcError> {
        let failed = |problem: String| OidcError::Fetch { url: url.to_owned(), problem };
        let asked = timeout(PATIENCE, self.exchange(url, request, body)).await;
        let (status, body) =
            asked.unwrap_or_else(|_| Err("it did not answer in time".to_owned())).map_err(failed)?;
        if !status.is_success() {
            // `error` is a word out of RFC 6749; whatever else is said may repeat what we sent.
            let error = serde_json::from_slice::<Value>(&body).ok();
            let error =
                error.and_then(|error| error["error"].as_str().map(|word| word.chars().take(40).collect()));
            return Err(OidcError::Refused { url: url.to_owned(), status: status.as_u16(), error });
        }
        serde_json::from_slice(&body)
            .map_err(|error| OidcError::Document { url: url.to_owned(), problem: error.to_string() })
    }

    async fn exchange(
        &self,
        url: &str,
        request: http::request::Builder,
        body: Bytes,
    ) -> Result<(StatusCode, Bytes), String> {
        let uri: Uri = url.parse().map_err(|_| "it is no URL".to_owned())?;
        let host = uri.host().ok_or("it has no host")?.to_owned();
        let authority = uri.authority().ok_or("it has no host")?.clone();
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err("it is neither https nor http".to_owned()),
        };
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let request = request
            .uri(path)
            .header(header::HOST, authority.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, "tollgate")
            .body(Full::new(body))
            .map_err(|error| error.to_string())?;
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = authority.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let stream = TcpStream::connect((bare.as_str(), port)).await.map_err(|error| error.to_string())?;
        if !secure {
            return talk(stream, request).await;
        }
        let name = ServerName::try_from(bare).map_err(|error| error.to_string())?;
        let stream = self.tls.connect(name, stream).await.map_err(|error| format!("no TLS: {error}"))?;
        talk(stream, request).await
    }
}

async fn talk(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, Bytes), String> {
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
    let asked = async {
        let answer = sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), LARGEST).collect().await;
        Ok((status, body.map_err(|error| error.to_string())?.to_bytes()))
    };
    tokio::pin!(asked);
    tokio::select! {
        answer = &mut asked => answer,
        ended = connection => {
            ended.map_err(|error| error.to_string())?;
            asked.await
        }
    }
}
