//! A sidecar's side of the push port, as an outsider would write it: JSON lines over HTTP/2 over TLS.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, client::conn::http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use serde_json::Value;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;

use super::wait;

/// A connection to a replica.
#[derive(Debug)]
pub struct Caller {
    sender: http2::SendRequest<Full<Bytes>>,
}

/// The answer to `GET /v1/state`.
#[derive(Debug)]
pub struct StateStream {
    body: Incoming,
    ahead: Vec<u8>,
}

/// The name on the operator's certificate.
const NAME: &str = "tollgate-operator.tollgate-system.svc";
const PATIENCE: Duration = wait::DEADLINE;

// === impl Caller ===

impl Caller {
    /// Connects, trusting these certificates (PEM) only.
    pub async fn connect(address: SocketAddr, ca: &str) -> Result<Caller> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(ca.as_bytes()) {
            roots.add(certificate?)?;
        }
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec()];
        let stream = TcpStream::connect(address).await?;
        let name = ServerName::try_from(NAME)?;
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
        let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Caller { sender })
    }

    /// Asks for the state with this token. What is refused comes as status and text.
    pub async fn state(&mut self, token: &str) -> Result<Result<StateStream, (StatusCode, String)>> {
        let answer = self.send(Method::GET, "/v1/state", token, Bytes::new()).await?;
        if answer.0 == StatusCode::OK {
            return Ok(Ok(StateStream { body: answer.1, ahead: Vec::new() }));
        }
        let text = answer.1.collect().await?.to_bytes();
        Ok(Err((answer.0, String::from_utf8_lossy(&text).into_owned())))
    }

    pub async fn report(&mut self, token: &str, report: &Value) -> Result<StatusCode> {
        self.post("/v1/report", token, report).await
    }

    pub async fn post(&mut self, path: &str, token: &str, body: &Value) -> Result<StatusCode> {
        Ok(self.send(Method::POST, path, token, body.to_string().into()).await?.0)
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        token: &str,
        body: Bytes,
    ) -> Result<(StatusCode, Incoming)> {
        let request = Request::builder()
            .method(method)
            .uri(format!("https://{NAME}{path}"))
            .header("authorization", format!("Bearer {token}"))
            .body(Full::new(body))?;
        let answer = timeout(PATIENCE, self.sender.send_request(request)).await.context("no answer")??;
        Ok((answer.status(), answer.into_body()))
    }
}

// === impl StateStream ===

impl StateStream {
    /// The next line; None when the stream has ended.
    pub async fn next(&mut self) -> Result<Option<Value>> {
        loop {
            if let Some(end) = self.ahead.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.ahead.drain(..=end).collect();
                return Ok(Some(serde_json::from_slice(&line)?));
            }
            let frame = timeout(PATIENCE, self.body.frame()).await.context("the stream is silent")?;
            match frame {
                None => return Ok(None),
                Some(Err(_broken)) => return Ok(None),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        self.ahead.extend_from_slice(&data);
                    }
                }
            }
        }
    }

    /// The next line for which this holds.
    pub async fn until(&mut self, mut holds: impl FnMut(&Value) -> bool) -> Result<Value> {
        let search = async {
            while let Some(line) = self.next().await? {
                if holds(&line) {
                    return Ok(line);
                }
            }
            bail!("the stream has ended")
        };
        timeout(PATIENCE, search).await.context("no such line came")?
    }

    /// Reads on until it ends.
    pub async fn end(&mut self) -> Result<()> {
        timeout(PATIENCE, async {
            while self.next().await?.is_some() {}
            Ok(())
        })
        .await
        .context("the stream does not end")?
    }
}
