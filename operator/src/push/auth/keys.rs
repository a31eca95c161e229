//! The keys that the cluster signs ServiceAccount tokens with.

use std::{collections::HashMap, sync::Arc, time::Duration};

use arc_swap::ArcSwapOption;
use http::Request;
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header, errors::ErrorKind, jwk::JwkSet};
use kube::Client;
use tokio::{
    sync::Mutex,
    time::{Instant, sleep, timeout},
};

use super::{AuthError, Claims};

/// The keys as they were last fetched.
pub(super) struct Keys {
    client: Client,
    keys: ArcSwapOption<HashMap<String, DecodingKey>>,
    fetched: Mutex<Option<Instant>>,
}

#[derive(Debug, thiserror::Error)]
enum FetchError {
    #[error(transparent)]
    Kube(#[from] kube::Error),
    #[error("the apiserver did not answer in time")]
    Slow,
    #[error("{PATH} is no set of keys: {0}")]
    Parse(#[from] serde_json::Error),
    #[error("the request cannot be built: {0}")]
    Request(#[from] http::Error),
}

const PATH: &str = "/openid/v1/jwks";
const PATIENCE: Duration = Duration::from_secs(5);
/// A key that the cluster has given up is forgotten after this.
const REFRESH: Duration = Duration::from_secs(600);
/// Tokens that name unknown keys cannot make us ask more often.
const AT_MOST_EACH: Duration = Duration::from_secs(3);

// === impl Keys ===

impl Keys {
    pub(super) fn new(client: Client) -> Self {
        Self { client, keys: ArcSwapOption::empty(), fetched: Mutex::new(None) }
    }

    /// Never ends.
    pub(super) async fn keep_fresh(&self) {
        loop {
            let mut fetched = self.fetched.lock().await;
            let wait = if self.fetch(&mut fetched).await { REFRESH } else { AT_MOST_EACH };
            drop(fetched);
            sleep(wait).await;
        }
    }

    /// What the token says, if one of the cluster's keys has signed it. None: it names a key that cannot be had.
    pub(super) async fn verify(&self, token: &str) -> Option<Result<Claims, AuthError>> {
        let header = match decode_header(token) {
            Ok(header) => header,
            Err(_) => return Some(Err(AuthError::Invalid("it is no JSON Web Token".to_owned()))),
        };
        let id = header.kid.unwrap_or_default();
        let key = match self.find(&id) {
            Some(key) => key,
            None => {
                self.fetch_at_most().await;
                self.find(&id)?
            }
        };
        let mut validation = Validation::new_for_family(key.family());
        // Time and audience are judged apart, so that the answer can say which it was.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        Some(match decode::<Claims>(token, &key, &validation) {
            Ok(data) => Ok(data.claims),
            Err(error) => Err(AuthError::Invalid(match error.kind() {
                ErrorKind::InvalidSignature => "its signature does not fit".to_owned(),
                _ => "it cannot be read".to_owned(),
            })),
        })
    }

    fn find(&self, id: &str) -> Option<DecodingKey> {
        self.keys.load().as_ref()?.get(id).cloned()
    }

    async fn fetch_at_most(&self) {
        let mut fetched = self.fetched.lock().await;
        if fetched.is_none_or(|fetched| fetched.elapsed() >= AT_MOST_EACH) {
            self.fetch(&mut fetched).await;
        }
    }

    async fn fetch(&self, fetched: &mut Option<Instant>) -> bool {
        *fetched = Some(Instant::now());
        let result = timeout(PATIENCE, self.get()).await.unwrap_or(Err(FetchError::Slow));
        match result {
            Ok(keys) => {
                self.keys.store(Some(Arc::new(keys)));
                true
            }
            Err(error) => {
                tracing::warn!(%error, "the keys of the cluster's tokens cannot be fetched from {PATH}; the apiserver is asked about tokens of other keys");
                false
            }
        }
    }

    async fn get(&self) -> Result<HashMap<String, DecodingKey>, FetchError> {
        let request = Request::get(PATH).body(Vec::new())?;
        let set: JwkSet = serde_json::from_str(&self.client.request_text(request).await?)?;
        let keys = set.keys.iter().filter_map(|key| {
            let id = key.common.key_id.clone().unwrap_or_default();
            Some((id, DecodingKey::from_jwk(key).ok()?))
        });
        Ok(keys.collect())
    }
}
