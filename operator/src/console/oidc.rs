//! Signing in by an OpenID Connect issuer: authorization code flow with PKCE (RFC 7636), one issuer.
//!
//! - [`provider`]: the issuer's addresses and keys, as it publishes them; [`fetch`]: HTTP to it
//! - [`claims`]: its ID token, verified, and whom it names; [`impersonation`]: as whom the cluster knows them
//! - [`flow`]: there and back
//!
//! What comes back is an ID token. Where the apiserver takes the issuer's tokens (`--oidc-issuer-url`, or a file of authentication
//! configuration), the session holds that token, and everything is as with a token that was pasted. Where it does not, and the
//! admin has opted in, people are acted for by impersonation, under a prefix.

mod claims;
mod fetch;
mod flow;
mod impersonation;
mod provider;

use std::collections::BTreeSet;

use super::hosts::ExternalUrl;

pub(super) use self::flow::{Oidc, routes};
pub use self::impersonation::{Impersonation, PrefixError};

/// Who vouches for people.
#[derive(Clone)]
pub struct OidcSettings {
    /// As it stands in its tokens: `https://accounts.example.com`.
    pub issuer: String,
    pub client_id: String,
    /// None: a public client, by PKCE alone.
    pub client_secret: Option<String>,
    /// Beside `openid`.
    pub scopes: BTreeSet<String>,
    /// The claim that is a person's name.
    pub username_claim: String,
    /// The claim that is a list of their groups.
    pub groups_claim: String,
    /// Certificates (PEM) that the issuer's own is signed with, besides the public ones.
    pub ca: Option<String>,
    /// To where it sends people back: the console's address with `/sign-in/callback`.
    pub external: ExternalUrl,
    /// None: the apiserver takes the issuer's tokens.
    pub impersonation: Option<Impersonation>,
}

/// Why nobody could be signed in. What the issuer said is not repeated but for its error's name.
#[derive(Debug, thiserror::Error)]
pub(super) enum OidcError {
    #[error("{url} cannot be reached: {problem}")]
    Fetch { url: String, problem: String },
    #[error("{url} answered {status}{}", .error.as_ref().map(|error| format!(": {error}")).unwrap_or_default())]
    Refused { url: String, status: u16, error: Option<String> },
    #[error("{url} does not answer with what OpenID Connect has there: {problem}")]
    Document { url: String, problem: String },
    #[error(
        "{url} says that it is the issuer {found:?}, and {expected:?} is configured: --oidc-issuer-url must be the same to the letter"
    )]
    OtherIssuer { url: String, found: String, expected: String },
    #[error("the ID token is not of this issuer, for this console and this attempt: {0}")]
    Token(String),
    #[error("the ID token has no claim {0:?} that could be a name: --oidc-username-claim")]
    NoName(String),
    #[error("the ID token's e-mail address is not verified by the issuer, and so is no name")]
    NotVerified,
    #[error("nobody can be named {0:?} here: that is one of the cluster's own")]
    Reserved(String),
    #[error("the system gives no random numbers")]
    Random,
}

// === impl OidcSettings ===

/// Never with the secret.
impl std::fmt::Debug for OidcSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            issuer,
            client_id,
            client_secret,
            scopes,
            username_claim,
            groups_claim,
            ca,
            external,
            impersonation,
        } = self;
        f.debug_struct("OidcSettings")
            .field("issuer", issuer)
            .field("client_id", client_id)
            .field("client_secret", &client_secret.is_some())
            .field("scopes", scopes)
            .field("username_claim", username_claim)
            .field("groups_claim", groups_claim)
            .field("ca", &ca.is_some())
            .field("external", external)
            .field("impersonation", impersonation)
            .finish()
    }
}
