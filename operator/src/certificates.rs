//! The operator's own certificates: an authority that is made once, and what it signs for the two TLS ports.
//!
//! They live in a Secret that the leader makes and every replica watches, so that all replicas serve the same and a new
//! one is in force everywhere within a second, without a connection being cut. Where cert-manager keeps a Secret, that
//! one is read instead, and nothing is made.
//!
//! - [`material`]: what stands in the Secret, when it must be made anew, and how: pure
//! - [`serving`]: the certificate in force
//! - [`keeper`]: the Secret, watched by all and written by the leader
//! - [`ca_bundle`]: tells the apiserver whom to trust when it calls our webhooks

pub(crate) mod ca_bundle;
pub(crate) mod keeper;
pub mod material;
pub(crate) mod serving;

use std::sync::Arc;

/// The certificates (PEM) that the operator's own is signed with: what sidecars and the apiserver trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaBundle(pub Arc<str>);
