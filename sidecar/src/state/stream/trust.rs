//! Which certificates an operator's may be signed with: those that the configuration has, and those of a file that is
//! read at each connection. Nothing else is trusted.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};

/// Where the certificates are.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// PEM.
    pub given: Option<String>,
    /// A file of PEM, which may be missing.
    pub file: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum TrustError {
    #[error("there is no certificate to check the operator's by: the configuration has none{}", and_file(.file))]
    None { file: Option<PathBuf> },
    #[error("the certificates in {} cannot be read: {source}", file.display())]
    Read { file: PathBuf, source: io::Error },
}

/// A [`ClientConfig`] for what [`Trust`] holds now. It is kept, and with it the TLS sessions that can be resumed, for as long as
/// nothing changes.
#[derive(Debug)]
pub(super) struct Trusted {
    trust: Trust,
    known: Option<(Vec<u8>, Arc<ClientConfig>)>,
}

// === impl Trusted ===

impl Trusted {
    pub(super) fn new(trust: Trust) -> Self {
        Self { trust, known: None }
    }

    /// Reads the file: call it before each connection.
    pub(super) fn now(&mut self) -> Result<Arc<ClientConfig>, TrustError> {
        let pem = self.read()?;
        if let Some((known, config)) = &self.known
            && *known == pem
        {
            return Ok(Arc::clone(config));
        }
        let mut roots = RootCertStore::empty();
        // One that cannot be read takes none of the others' trust away.
        roots.add_parsable_certificates(CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok));
        if roots.is_empty() {
            return Err(TrustError::None { file: self.trust.file.clone() });
        }
        let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec()];
        let config = Arc::new(config);
        self.known = Some((pem, Arc::clone(&config)));
        Ok(config)
    }

    fn read(&self) -> Result<Vec<u8>, TrustError> {
        let Trust { given, file } = &self.trust;
        let mut pem = given.clone().unwrap_or_default().into_bytes();
        if let Some(file) = file {
            match std::fs::read(file) {
                Ok(more) => {
                    pem.push(b'\n');
                    pem.extend(more);
                }
                // The ConfigMap may not be there yet.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                // What the configuration has may do.
                Err(_) if given.is_some() => {}
                Err(source) => return Err(TrustError::Read { file: file.clone(), source }),
            }
        }
        Ok(pem)
    }
}

fn and_file(file: &Option<PathBuf>) -> String {
    file.as_ref().map(|file| format!(", and neither has {}", file.display())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate() -> String {
        let key = rcgen::KeyPair::generate().unwrap();
        rcgen::CertificateParams::new(vec!["operator".to_owned()]).unwrap().self_signed(&key).unwrap().pem()
    }

    #[test]
    fn a_configuration_is_kept_until_the_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.crt");
        std::fs::write(&file, certificate()).unwrap();
        let mut trusted = Trusted::new(Trust { given: None, file: Some(file.clone()) });
        let first = trusted.now().unwrap();
        assert!(Arc::ptr_eq(&first, &trusted.now().unwrap()));
        std::fs::write(&file, certificate()).unwrap();
        assert!(!Arc::ptr_eq(&first, &trusted.now().unwrap()));
    }

    #[test]
    fn a_file_that_is_missing_leaves_what_is_given() {
        let file = Some(PathBuf::from("/nowhere/ca.crt"));
        assert!(Trusted::new(Trust { given: Some(certificate()), file }).now().is_ok());
    }

    #[test]
    fn without_any_certificate_the_error_says_where_one_belongs() {
        let file = Some(PathBuf::from("/nowhere/ca.crt"));
        let error = Trusted::new(Trust { given: Some("none".to_owned()), file }).now().unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no certificate to check the operator's by: the configuration has none, and neither has /nowhere/ca.crt"
        );
    }
}
