//! There and back: to the issuer with a challenge, back with a code, which only whoever left from here can use.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, Method, Uri},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jiff::Timestamp;
use jsonwebtoken::decode_header;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    OidcError, OidcSettings,
    claims::{self, Vouched},
    provider::{Provider, Published},
};
use crate::console::{
    cookies,
    door::Door,
    refused::{Asked, Refused},
    session::{Credential, Purpose, Session, secret},
    sign_in::{Onward, local},
};

/// The issuer, and what we are to it.
pub(in crate::console) struct Oidc {
    settings: OidcSettings,
    provider: Provider,
}

/// What is remembered meanwhile, sealed in a cookie of its own.
#[derive(Serialize, Deserialize)]
struct Attempt {
    state: String,
    nonce: String,
    verifier: String,
    next: String,
    /// Unix time in seconds.
    began: i64,
}

/// What the issuer sends people back with.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Back {
    code: String,
    state: String,
    error: String,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

const CALLBACK: &str = "/sign-in/callback";
/// For whoever has to look for a second factor.
const ATTEMPT_LIVES: i64 = 600;

pub(in crate::console) fn routes() -> Router<Arc<Door>> {
    Router::new().route("/sign-in/issuer", get(leave)).route("/sign-in/callback", get(come_back))
}

/// To the issuer.
async fn leave(
    State(door): State<Arc<Door>>,
    Query(Onward { next }): Query<Onward>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let asked = Asked::of(&method, &uri, &headers);
    let left = async {
        let oidc = door.oidc.as_ref().ok_or_else(unconfigured)?;
        let attempt = Attempt::begin(local(&next)).ok_or_else(|| told(&OidcError::Random))?;
        let published = oidc.provider.published().await.map_err(|error| told(&error))?;
        let sealed =
            door.keys.with_seal(|seal| seal.seal(Purpose::Issuer, &attempt).ok_or(Refused::NoKey))?;
        let mut response = Redirect::to(&oidc.address(&published, &attempt)).into_response();
        cookies::write(response.headers_mut(), cookies::ISSUER, &sealed, ATTEMPT_LIVES.unsigned_abs())
            .ok_or_else(|| Refused::Oidc("the path to come back to is too long".to_owned()))?;
        Ok(response)
    };
    left.await.unwrap_or_else(|refused: Refused| refused.answer(&asked))
}

/// And back.
async fn come_back(
    State(door): State<Arc<Door>>,
    Query(back): Query<Back>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let asked = Asked::of(&method, &uri, &headers);
    let mut response = match signed_in(&door, back, &headers).await {
        Ok(response) => response,
        Err(refused) => refused.answer(&asked),
    };
    cookies::clear(&headers, response.headers_mut(), cookies::ISSUER);
    response
}

async fn signed_in(door: &Door, back: Back, headers: &HeaderMap) -> Result<Response, Refused> {
    let oidc = door.oidc.as_ref().ok_or_else(unconfigured)?;
    let lost = || {
        Refused::Oidc(
            "This attempt to sign in is not known here, or took too long. Begin again from the console."
                .to_owned(),
        )
    };
    let sealed = cookies::read(headers, cookies::ISSUER).ok_or_else(lost)?;
    let attempt: Attempt =
        door.keys.with_seal(|seal| seal.open(Purpose::Issuer, &sealed).map_err(|_| lost()))?;
    let age = Timestamp::now().as_second().saturating_sub(attempt.began);
    // By their hashes, so that how long it takes tells nothing.
    if age >= ATTEMPT_LIVES || Sha256::digest(&attempt.state) != Sha256::digest(&back.state) {
        return Err(lost());
    }
    if !back.error.is_empty() {
        let word: String = back.error.chars().filter(|c| c.is_ascii_graphic()).take(40).collect();
        return Err(Refused::Oidc(format!("The issuer did not sign you in: {word}.")));
    }
    let (vouched, token) = oidc.redeem(&back.code, &attempt).await.map_err(|error| told(&error))?;
    let Vouched { name, groups, until } = vouched;
    let credential = match oidc.settings.impersonation {
        Some(_) => Credential::Named { name, groups, until },
        None => Credential::Token(token),
    };
    let viewer = match door.identities.viewer(&credential).await {
        Ok(viewer) => viewer,
        Err(Refused::Token) => {
            return Err(Refused::Oidc(format!(
                "The issuer signed you in, but the apiserver does not take its tokens. A cluster admin tells the apiserver \
                 (--oidc-issuer-url={}, --oidc-client-id={}), or sets console.oidc.impersonationPrefix in the chart's values.",
                oidc.settings.issuer, oidc.settings.client_id
            )));
        }
        Err(refused) => return Err(refused),
    };
    let session = Session::begin(credential, Timestamp::now()).ok_or(Refused::NoKey)?;
    let mut response = Redirect::to(local(&attempt.next)).into_response();
    door.keep(&session, response.headers_mut())?;
    tracing::info!(who = &*viewer.name, issuer = oidc.settings.issuer, "signed in by the issuer");
    Ok(response)
}

fn unconfigured() -> Refused {
    Refused::Oidc("No issuer is configured: sign in with a Kubernetes token.".to_owned())
}

/// The person learns that it failed; what of, the log has.
fn told(error: &OidcError) -> Refused {
    tracing::error!(%error, "somebody could not be signed in by the issuer");
    Refused::Oidc(match error {
        OidcError::Token(_) | OidcError::NoName(_) | OidcError::NotVerified | OidcError::Reserved(_) => {
            format!("You could not be signed in: {error}.")
        }
        OidcError::Fetch { .. }
        | OidcError::Refused { .. }
        | OidcError::Document { .. }
        | OidcError::OtherIssuer { .. }
        | OidcError::Random => {
            "You could not be signed in by the issuer. The console's log says why.".to_owned()
        }
    })
}

// === impl Oidc ===

impl Oidc {
    pub(in crate::console) fn new(settings: OidcSettings) -> Self {
        let provider = Provider::new(settings.issuer.clone(), settings.ca.as_deref());
        Self { settings, provider }
    }

    /// As people know it.
    pub(in crate::console) fn name(&self) -> &str {
        let issuer = &self.settings.issuer;
        issuer.split_once("://").map_or(issuer.as_str(), |(_, rest)| rest.split('/').next().unwrap_or(rest))
    }

    fn callback(&self) -> String {
        self.settings.external.with(CALLBACK)
    }

    fn address(&self, published: &Published, attempt: &Attempt) -> String {
        let scopes: BTreeSet<&str> =
            self.settings.scopes.iter().map(String::as_str).chain(["openid"]).collect();
        let scope = scopes.into_iter().collect::<Vec<_>>().join(" ");
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&attempt.verifier));
        let query = form(&[
            ("response_type", "code"),
            ("client_id", &self.settings.client_id),
            ("redirect_uri", &self.callback()),
            ("scope", &scope),
            ("state", &attempt.state),
            ("nonce", &attempt.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let endpoint = &published.authorization_endpoint;
        let sign = if endpoint.contains('?') { '&' } else { '?' };
        format!("{endpoint}{sign}{query}")
    }

    /// The code for an ID token, and whom that names.
    async fn redeem(&self, code: &str, attempt: &Attempt) -> Result<(Vouched, String), OidcError> {
        let published = self.provider.published().await?;
        let callback = self.callback();
        let OidcSettings { client_id, client_secret, .. } = &self.settings;
        let mut words = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &callback),
            ("code_verifier", &attempt.verifier),
        ];
        let mut basic = None;
        match client_secret {
            None => words.push(("client_id", client_id)),
            Some(secret) if published.secret_in_form => {
                words.extend([("client_id", client_id.as_str()), ("client_secret", secret)]);
            }
            Some(secret) => basic = Some(basic_of(client_id, secret)),
        }
        let fetcher = self.provider.fetcher();
        let Tokens { id_token } =
            fetcher.post(&published.token_endpoint, basic.as_deref(), form(&words)).await?;
        let header =
            decode_header(&id_token).map_err(|_| OidcError::Token("it is no JSON Web Token".to_owned()))?;
        let key = self.provider.key(&header.kid.unwrap_or_default()).await?;
        let key = key.ok_or_else(|| OidcError::Token("the issuer publishes no such key".to_owned()))?;
        let vouched = claims::verify(&id_token, &key, &self.settings, &attempt.nonce)?;
        Ok((vouched, id_token))
    }
}

/// RFC 6749, section 2.3.1: both as a form has them.
fn basic_of(client_id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(client_id), encoded(secret))))
}

/// What a form's own encoding leaves as it is, too: some issuers (GitLab) compare a secret as it comes.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn form(words: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = words.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

// === impl Attempt ===

impl Attempt {
    fn begin(next: &str) -> Option<Self> {
        let word = || Some(URL_SAFE_NO_PAD.encode(secret::<32>().ok()?));
        Some(Self {
            state: word()?,
            nonce: word()?,
            verifier: word()?,
            next: next.to_owned(),
            began: Timestamp::now().as_second(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_as_issuers_make_them_goes_as_it_is_and_another_so_that_it_comes_back_whole() {
        let sent = |secret: &str| {
            let basic = basic_of("tollgate", secret);
            String::from_utf8(STANDARD.decode(basic.strip_prefix("Basic ").unwrap()).unwrap()).unwrap()
        };
        assert_eq!(sent("gloas-3f0c_a.9~Z"), "tollgate:gloas-3f0c_a.9~Z");
        assert_eq!(sent("a:b c%d"), "tollgate:a%3Ab%20c%25d");
    }
}
