//! Fingerprints of calls whose feature nobody named: the key they are made with, and what of a path counts.

use tollgate_fingerprint::FingerprintKey;
use tollgate_ledger::AccountKey;
use tollgate_meter::Endpoint;

/// Made of the key that accounts are hashed with, so that one secret is enough: the operator's, or the spool folder's.
pub(crate) fn key(account_key: &AccountKey) -> FingerprintKey {
    let mut key = [0; 16];
    key.copy_from_slice(&account_key.derive(b"tollgate fingerprints")[..16]);
    FingerprintKey::new(&key)
}

/// The template; of a path that no table has, the path itself.
pub(crate) fn endpoint(endpoint: Endpoint, path: &str) -> &str {
    match endpoint.template {
        "other" => path,
        template => template,
    }
}
