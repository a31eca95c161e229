//! TLS that ends here: an authority of this process's own, what apps must trust for it, and who does not.
//!
//! - [`Authority`]: a root that signs one intermediate and is thrown away; the intermediate signs a leaf a host
//! - [`bundle`]: the files by which apps trust the root; no key is ever among them
//! - [`hello`]: the host that a client names, and what kind of client it is, before anything is answered
//! - [`Refusals`]: clients that refuse our certificates, whose next connections pass untouched

mod authority;
pub(crate) mod bundle;
pub(crate) mod hello;
mod java;
mod leaves;
mod refusals;

use std::sync::Arc;

use rustls::ServerConfig;

pub(crate) use self::authority::{Authority, AuthorityError};
use self::leaves::Leaves;
pub(crate) use self::refusals::{Refusals, Refused};

/// What all workers need to end TLS.
pub(crate) struct Ending {
    pub(crate) config: Arc<ServerConfig>,
    pub(crate) refusals: Refusals,
}

/// What is spoken inside, the better first. gRPC needs the first, some clients know only the second, and curl asked for
/// HTTP/1.0 only the last.
const PROTOCOLS: [&[u8]; 3] = [b"h2", b"http/1.1", b"http/1.0"];

// === impl Ending ===

impl Ending {
    pub(crate) fn with(authority: Authority) -> Result<Self, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(Leaves::of(authority)));
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        Ok(Self { config: Arc::new(config), refusals: Refusals::default() })
    }
}
