//! The issuer as it publishes itself: its addresses (OpenID Connect Discovery) and the keys that it signs with, fetched when they
//! are first needed, and again when they are old or a token names a key that is not among them.

use std::{collections::HashMap, sync::Arc, time::Duration};

use jsonwebtoken::{DecodingKey, jwk::JwkSet};
use serde::Deserialize;
use tokio::{sync::Mutex, time::Instant};

use super::{OidcError, fetch::Fetcher};

/// As it was last fetched.
pub(super) struct Provider {
    issuer: String,
    fetcher: Fetcher,
    known: Mutex<Option<Known>>,
}

#[derive(Clone)]
struct Known {
    at: Instant,
    published: Arc<Published>,
}

/// What it says of itself.
pub(super) struct Published {
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    /// Whether it takes a client's secret in the form alone.
    pub(super) secret_in_form: bool,
    keys: HashMap<String, DecodingKey>,
}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

const OLD: Duration = Duration::from_secs(3600);
/// A token that names an unknown key cannot make us ask more often.
const AT_MOST_EACH: Duration = Duration::from_secs(30);

// === impl Provider ===

impl Provider {
    pub(super) fn new(issuer: String, ca: Option<&str>) -> Self {
        Self { issuer, fetcher: Fetcher::new(ca), known: Mutex::default() }
    }

    pub(super) fn fetcher(&self) -> &Fetcher {
        &self.fetcher
    }

    pub(super) async fn published(&self) -> Result<Arc<Published>, OidcError> {
        self.younger_than(OLD).await
    }

    /// The key of this name, of a set that is fetched anew where it has none.
    pub(super) async fn key(&self, id: &str) -> Result<Option<DecodingKey>, OidcError> {
        if let Some(key) = self.published().await?.find(id) {
            return Ok(Some(key));
        }
        Ok(self.younger_than(AT_MOST_EACH).await?.find(id))
    }

    async fn younger_than(&self, age: Duration) -> Result<Arc<Published>, OidcError> {
        let mut known = self.known.lock().await;
        if let Some(Known { at, published }) = &*known
            && at.elapsed() < age
        {
            return Ok(Arc::clone(published));
        }
        let published = Arc::new(self.fetch().await?);
        *known = Some(Known { at: Instant::now(), published: Arc::clone(&published) });
        Ok(published)
    }

    async fn fetch(&self) -> Result<Published, OidcError> {
        let url = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let Discovery {
            issuer,
            authorization_endpoint,
            token_endpoint,
            jwks_uri,
            token_endpoint_auth_methods_supported: methods,
        } = self.fetcher.get(&url).await?;
        if issuer != self.issuer {
            return Err(OidcError::OtherIssuer { url, found: issuer, expected: self.issuer.clone() });
        }
        let set: JwkSet = self.fetcher.get(&jwks_uri).await?;
        let keys = set.keys.iter().filter_map(|key| {
            let id = key.common.key_id.clone().unwrap_or_default();
            Some((id, DecodingKey::from_jwk(key).ok()?))
        });
        Ok(Published {
            authorization_endpoint,
            token_endpoint,
            // Whoever lists no method takes it in the header (Discovery 1.0, section 3).
            secret_in_form: !methods.is_empty()
                && !methods.iter().any(|method| method == "client_secret_basic"),
            keys: keys.collect(),
        })
    }
}

// === impl Published ===

impl Published {
    /// A token may name none where there is only one.
    fn find(&self, id: &str) -> Option<DecodingKey> {
        match self.keys.get(id) {
            Some(key) => Some(key.clone()),
            None if id.is_empty() && self.keys.len() == 1 => self.keys.values().next().cloned(),
            None => None,
        }
    }
}
