//! A trust store as Java reads it by default (JKS): certificates under names, and a sum over all of it.

use rustls::pki_types::CertificateDer;
use sha1::{Digest, Sha1};

/// The word that is on every trust store of Java. It keeps nothing secret: the sum is salted with it.
const PASSWORD: &str = "changeit";

/// Java's own salt behind the password.
const WHITENER: &[u8] = b"Mighty Aphrodite";

const MAGIC: u32 = 0xFEED_FEED;
const VERSION: u32 = 2;
const TRUSTED_CERTIFICATE: u32 = 2;

/// The store's bytes. `millis`: when it is made.
pub(super) fn trust_store(certificates: &[CertificateDer<'_>], millis: i64) -> Vec<u8> {
    let mut store = Vec::with_capacity(certificates.iter().map(|der| der.len() + 64).sum::<usize>() + 64);
    store.extend(MAGIC.to_be_bytes());
    store.extend(VERSION.to_be_bytes());
    store.extend(length(certificates.len()));
    for (number, certificate) in certificates.iter().enumerate() {
        store.extend(TRUSTED_CERTIFICATE.to_be_bytes());
        text(&mut store, &format!("root-{number}"));
        store.extend(millis.to_be_bytes());
        text(&mut store, "X.509");
        store.extend(length(certificate.len()));
        store.extend_from_slice(certificate);
    }
    let mut sum = Sha1::new();
    for unit in PASSWORD.encode_utf16() {
        sum.update(unit.to_be_bytes());
    }
    sum.update(WHITENER);
    sum.update(&store);
    store.extend_from_slice(&sum.finalize());
    store
}

/// Certificates are small and few: what does not fit is none.
fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or_default().to_be_bytes()
}

fn text(store: &mut Vec<u8>, text: &str) {
    store.extend(u16::try_from(text.len()).unwrap_or_default().to_be_bytes());
    store.extend_from_slice(text.as_bytes());
}
