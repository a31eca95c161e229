//! The way out to a provider: TCP, and TLS over it where the origin asks for it.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tollgate_crds::Scheme;

use super::way_out::WayOut;
use crate::config::Origin;

/// Below every SDK's own limit for a whole call, above what a lost SYN or two cost (1 s, then 2 s more).
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// What a connection to a provider speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaks {
    Http1,
    /// gRPC speaks nothing else.
    Http2,
}

/// A connection whose reading end outlives its writing end: a provider that answers before it has read the whole
/// request (413, 401) and closes must be heard, though what we still write fails.
pub(super) struct Stream {
    wire: Wire,
    /// The provider reads no more. What is written goes nowhere; reading says how the connection ends.
    is_deaf: bool,
}

enum Wire {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// Why a provider could not be reached. The text is shown to the app: it names the origin and no path, for
/// paths and queries carry keys.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectError {
    #[error("no connection to {origin} within {seconds} s", seconds = CONNECT_TIMEOUT.as_secs())]
    Timeout { origin: String },
    #[error("cannot connect to {origin}: {source}")]
    Connect { origin: String, source: io::Error },
    #[error("no trusted TLS session with {origin}: {source}")]
    Tls { origin: String, source: io::Error },
    #[error("{origin} is not a name that a certificate can be checked against")]
    Name { origin: String },
    #[error("{origin} does not speak HTTP/2, which gRPC needs")]
    NoHttp2 { origin: String },
    #[error("{origin} closed the connection at once: {source}")]
    Handshake { origin: String, source: hyper::Error },
}

// === impl ConnectError ===

impl ConnectError {
    pub(super) fn handshake(origin: &Origin, source: hyper::Error) -> Self {
        Self::Handshake { origin: origin.to_string(), source }
    }
}

// === impl Stream ===

impl Stream {
    pub(super) async fn connect(out: &WayOut, origin: &Origin, speaks: Speaks) -> Result<Self, ConnectError> {
        tokio::time::timeout(CONNECT_TIMEOUT, Self::open(out, origin, speaks))
            .await
            .unwrap_or_else(|_elapsed| Err(ConnectError::Timeout { origin: origin.to_string() }))
    }

    fn over(wire: Wire) -> Self {
        Self { wire, is_deaf: false }
    }

    /// What a write gave, unless the provider reads no more: then it is as if all had been written.
    fn heard(&mut self, written: Poll<io::Result<usize>>, all: usize) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Err(error))
                if matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset) =>
            {
                self.is_deaf = true;
                Poll::Ready(Ok(all))
            }
            written => written,
        }
    }

    async fn open(out: &WayOut, origin: &Origin, speaks: Speaks) -> Result<Self, ConnectError> {
        let failed = |source| ConnectError::Connect { origin: origin.to_string(), source };
        let tcp = match origin.scheme {
            Scheme::Http => out.direct(&origin.host, origin.port).await,
            Scheme::Https => out.to_tls(&origin.host, origin.port).await,
        };
        let tcp = tcp.map_err(failed)?;
        tcp.set_nodelay(true).map_err(failed)?;
        match origin.scheme {
            Scheme::Http => Ok(Self::over(Wire::Plain(tcp))),
            Scheme::Https => {
                let name = ServerName::try_from(&*origin.host)
                    .map_err(|_| ConnectError::Name { origin: origin.to_string() })?
                    .to_owned();
                let tls = TlsConnector::from(tls_config(speaks))
                    .connect(name, tcp)
                    .await
                    .map_err(|source| ConnectError::Tls { origin: origin.to_string(), source })?;
                if speaks == Speaks::Http2 && tls.get_ref().1.alpn_protocol() != Some(b"h2") {
                    return Err(ConnectError::NoHttp2 { origin: origin.to_string() });
                }
                Ok(Self::over(Wire::Tls(Box::new(tls))))
            }
        }
    }
}

/// Certificates (PEM) that are trusted besides.
static EXTRA: OnceLock<String> = OnceLock::new();

/// Trusts these, too. Counts once a process, and before its first connection.
pub(crate) fn trust(pem: String) {
    let _given_before = EXTRA.set(pem);
}

/// The machine's own roots (`SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured), Mozilla's where it has none.
/// Made at the first TLS connection: a sidecar whose upstream is plain HTTP never holds it.
fn tls_config(speaks: Speaks) -> Arc<ClientConfig> {
    static CONFIGS: OnceLock<[Arc<ClientConfig>; 2]> = OnceLock::new();
    let [http1, http2] = CONFIGS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        if let Some(pem) = EXTRA.get() {
            roots.add_parsable_certificates(
                CertificateDer::pem_slice_iter(pem.as_bytes()).filter_map(Result::ok),
            );
        }
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        ["http/1.1", "h2"].map(|protocol| {
            let mut config = config.clone();
            config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
            Arc::new(config)
        })
    });
    Arc::clone(match speaks {
        Speaks::Http1 => http1,
        Speaks::Http2 => http2,
    })
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.get_mut().wire {
            Wire::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Wire::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let stream = self.get_mut();
        if stream.is_deaf {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = match &mut stream.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Wire::Tls(stream) => Pin::new(stream).poll_write(context, bytes),
        };
        stream.heard(written, bytes.len())
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let stream = self.get_mut();
        let all = slices.iter().map(|slice| slice.len()).sum();
        if stream.is_deaf {
            return Poll::Ready(Ok(all));
        }
        let written = match &mut stream.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_write_vectored(context, slices),
            Wire::Tls(stream) => Pin::new(stream).poll_write_vectored(context, slices),
        };
        stream.heard(written, all)
    }

    fn is_write_vectored(&self) -> bool {
        match &self.wire {
            Wire::Plain(stream) => stream.is_write_vectored(),
            Wire::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        let flushed = match &mut stream.wire {
            Wire::Plain(_) => return Poll::Ready(Ok(())),
            Wire::Tls(stream) => Pin::new(stream).poll_flush(context),
        };
        stream.heard(flushed.map_ok(|()| 0), 0).map_ok(|_| ())
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().wire {
            Wire::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Wire::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
