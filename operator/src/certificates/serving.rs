//! The certificate in force: swapped whole, so that a new one needs no restart and cuts no connection.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, NoServerSessionStorage, ResolvesServerCert},
    sign::CertifiedKey,
};

use super::material::Material;

/// Serves whatever was installed last.
#[derive(Debug, Default)]
pub(crate) struct Serving {
    key: ArcSwapOption<CertifiedKey>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ServingError {
    #[error("tls.crt or tls.key is no PEM of a certificate and its key: {0}")]
    Pem(#[from] rustls::pki_types::pem::Error),
    #[error("tls.crt and tls.key cannot be used: {0}")]
    Tls(#[from] rustls::Error),
}

// === impl Serving ===

impl Serving {
    pub(crate) fn install(&self, material: &Material) -> Result<(), ServingError> {
        let chain =
            CertificateDer::pem_slice_iter(material.certificate.as_bytes()).collect::<Result<Vec<_>, _>>()?;
        let key = PrivateKeyDer::from_pem_slice(material.key.as_bytes())?;
        let key = CertifiedKey::from_der(chain, key, &ring::default_provider())?;
        self.key.store(Some(Arc::new(key)));
        Ok(())
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.key.load().is_some()
    }
}

impl ResolvesServerCert for Serving {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.key.load_full()
    }
}

/// TLS as both ports speak it. Sessions are resumed by tickets: a storm of reconnects costs no signatures, and no memory.
pub(crate) fn server_config(serving: Arc<Serving>) -> Result<ServerConfig, rustls::Error> {
    let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(serving);
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.ticketer = ring::Ticketer::new()?;
    config.send_tls13_tickets = 1;
    Ok(config)
}
