//! TLS as an app's client speaks it, and an authority for stand-ins.

use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, pem::PemObject},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

use super::http::{Call, Connection, Reply};

/// A client: whom it trusts, and what it speaks.
#[derive(Clone, Debug)]
pub struct Client(Arc<ClientConfig>);

/// Signs for stand-ins.
pub struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

// === impl Client ===

impl Client {
    /// One that trusts the certificates of this file, and nobody else.
    ///
    /// # Panics
    /// When the file has none.
    pub fn trusting(file: &Path) -> Client {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_file_iter(file).expect("a file of certificates") {
            // a machine's bundle may have some that this library does not take
            let _taken = roots.add(certificate.expect("a certificate"));
        }
        assert!(!roots.is_empty(), "{} has no certificate", file.display());
        Client::with(roots)
    }

    /// One that trusts nobody.
    pub fn distrusting() -> Client {
        Client::with(RootCertStore::empty())
    }

    fn with(roots: RootCertStore) -> Client {
        let config = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
        let config = config.expect("the default versions").with_root_certificates(roots);
        Client(Arc::new(config.with_no_client_auth()))
    }

    /// The same client, which also says what it speaks inside.
    pub fn speaking(&self, protocols: &[&str]) -> Client {
        let mut config = (*self.0).clone();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Client(Arc::new(config))
    }

    pub fn config(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.0)
    }

    /// A connection to `host`, wherever that is.
    pub fn open(&self, to: SocketAddr, host: &str) -> io::Result<Connection> {
        self.secure(Connection::open(to)?, host)
    }

    /// TLS with `host` over a connection that leads there.
    pub fn secure(&self, connection: Connection, host: &str) -> io::Result<Connection> {
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        let session = ClientConnection::new(Arc::clone(&self.0), name).map_err(io::Error::other)?;
        connection.secure(session)
    }

    /// The call's answer over a connection of its own.
    ///
    /// # Panics
    /// When there is none.
    pub fn send(&self, call: &Call, to: SocketAddr, host: &str) -> Reply {
        let answer = self.open(to, host).and_then(|mut connection| {
            connection.write(&call.bytes(to))?;
            connection.reply()
        });
        answer.unwrap_or_else(|error| panic!("{host} at {to}: {error}"))
    }
}

// === impl Authority ===

impl Authority {
    /// # Panics
    /// When no certificate can be made.
    pub fn new() -> Authority {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "The stand-ins' authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Authority { pem, issuer: Issuer::new(params, key) }
    }

    /// Whom to trust, for `extraCAs`.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The certificate and key of a server of these names, as files (PEM) in a folder.
    ///
    /// # Panics
    /// When they cannot be made.
    pub fn written(&self, names: &[&str], folder: &Path) -> (PathBuf, PathBuf) {
        let key = KeyPair::generate().expect("a key");
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let params = CertificateParams::new(names).expect("names");
        let leaf = params.signed_by(&key, &self.issuer).expect("a certificate");
        let files = (folder.join("server.crt"), folder.join("server.key"));
        std::fs::write(&files.0, leaf.pem()).expect("a file");
        std::fs::write(&files.1, key.serialize_pem()).expect("a file");
        files
    }

    /// How a server of these names ends TLS.
    ///
    /// # Panics
    /// When no certificate can be made.
    pub fn server(&self, names: &[&str], protocols: &[&str]) -> Arc<ServerConfig> {
        let key = KeyPair::generate().expect("a key");
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let params = CertificateParams::new(names).expect("names");
        let leaf = params.signed_by(&key, &self.issuer).expect("a certificate").der().clone();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
        let config = config.expect("the default versions").with_no_client_auth();
        let mut config = config.with_single_cert(vec![leaf], key).expect("a key that fits");
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Arc::new(config)
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

/// A server that ends TLS in front of another one, for as long as the test runs. Returns where.
///
/// # Panics
/// When no socket can be had.
pub fn ended_before(config: Arc<ServerConfig>, to: SocketAddr) -> SocketAddr {
    let (listener, at) = listener();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).expect("a socket");
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = TlsAcceptor::from(Arc::clone(&config));
                tokio::spawn(async move {
                    let (mut app, mut there) =
                        (acceptor.accept(stream).await?, TcpStream::connect(to).await?);
                    copy_bidirectional(&mut app, &mut there).await
                });
            }
        });
    });
    at
}

/// A proxy that leads every CONNECT to one place, for as long as the test runs. Returns where.
///
/// # Panics
/// When no socket can be had.
pub fn proxy_to(to: SocketAddr) -> SocketAddr {
    let (listener, at) = listener();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).expect("a socket");
            while let Ok((mut app, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(app.read_u8().await?);
                    }
                    let mut there = TcpStream::connect(to).await?;
                    app.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
                    copy_bidirectional(&mut app, &mut there).await
                });
            }
        });
    });
    at
}

pub(super) fn listener() -> (std::net::TcpListener, SocketAddr) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a socket");
    listener.set_nonblocking(true).expect("a socket");
    let at = listener.local_addr().expect("its address");
    (listener, at)
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
