//! The operator's own certificates: an authority that is made once, and what it signs for the two TLS ports.

use std::sync::Arc;

/// The certificates (PEM) that the operator's own is signed with: what sidecars and the apiserver trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaBundle(pub Arc<str>);
