//! How the console is told to be: parsed once, kept apart from where it came from.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use super::{hosts::Hosts, oidc::OidcSettings, pages::WorldSettings};

/// How the console is told to be.
#[derive(Clone, Debug)]
pub struct ConsoleSettings {
    /// The namespace the console itself is in.
    pub namespace: String,
    /// The cluster's name, as the ledger's rows have it.
    pub cluster: String,
    /// The Secret of what sessions are sealed with, and which of them were ended. Made where it is missing.
    pub secret: String,
    /// Pages and API.
    pub listen: SocketAddr,
    /// Metrics and probes, plain HTTP.
    pub metrics: SocketAddr,
    /// None: plain HTTP, for what ends TLS before us.
    pub tls: Option<TlsFiles>,
    /// By which names it may be called.
    pub hosts: Hosts,
    pub database: LedgerSettings,
    pub oidc: Option<OidcSettings>,
    pub sessions: SessionSettings,
    /// What pages are told.
    pub world: WorldSettings,
}

/// A certificate and its key, PEM; read again when they change.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// The ledger as the console reads it.
#[derive(Clone, Default)]
pub struct LedgerSettings {
    /// With the login `tollgate_console`. None: there is no ledger.
    pub url: Option<String>,
    /// Certificates (PEM) that the database's own is signed with.
    pub ca: Option<String>,
}

/// How long somebody stays signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionSettings {
    /// Without a request.
    pub idle: Duration,
    /// In all; a token that ends before ends it, too.
    pub most: Duration,
}

// === impl LedgerSettings ===

/// Never with a password.
impl std::fmt::Debug for LedgerSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { url, ca } = self;
        f.debug_struct("LedgerSettings").field("url", &url.is_some()).field("ca", &ca.is_some()).finish()
    }
}

// === impl SessionSettings ===

impl Default for SessionSettings {
    fn default() -> Self {
        Self { idle: Duration::from_secs(3600), most: Duration::from_secs(12 * 3600) }
    }
}
