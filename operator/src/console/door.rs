//! Who comes in: by a token in the request, or by the session in their cookie.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use tokio::time::Instant;

use super::{
    Viewer, cookies,
    hosts::Hosts,
    identity::Identities,
    keys::Keys,
    limits::{Failures, Mark},
    metrics::ConsoleMetrics,
    oidc::Oidc,
    refused::Refused,
    session::{Credential, Purpose, Session},
    settings::SessionSettings,
};

/// What every request passes.
pub(super) struct Door {
    pub(super) hosts: Hosts,
    pub(super) sessions: SessionSettings,
    pub(super) keys: Keys,
    pub(super) identities: Identities,
    pub(super) oidc: Option<Oidc>,
    pub(super) failures: Failures,
    pub(super) metrics: ConsoleMetrics,
}

/// Somebody who came in.
pub(super) struct Entered {
    pub(super) viewer: Viewer,
    /// None: by a token of the request.
    pub(super) session: Option<Session>,
}

// === impl Door ===

impl Door {
    pub(super) async fn who(&self, headers: &HeaderMap, from: IpAddr) -> Result<Entered, Refused> {
        if headers.contains_key(header::AUTHORIZATION) {
            let token = bearer(headers).ok_or(Refused::Token)?;
            let viewer = self.by_token(token, from).await?;
            return Ok(Entered { viewer, session: None });
        }
        let session = self.session(headers)?.ok_or(Refused::Stranger)?;
        session.check(&self.sessions, Timestamp::now())?;
        if self.keys.is_ended(&session.id) {
            return Err(Refused::Over("it was ended"));
        }
        match self.identities.viewer(&session.credential).await {
            Ok(viewer) => Ok(Entered { viewer, session: Some(session) }),
            Err(Refused::Token) => Err(Refused::Over("the apiserver does not take its token any more")),
            Err(refused) => Err(refused),
        }
    }

    /// Whose token this is. Failures count against the network that they come from.
    pub(super) async fn by_token(&self, token: &str, from: IpAddr) -> Result<Viewer, Refused> {
        // of nothing the apiserver would say that the question is wrong
        if token.is_empty() {
            return Err(Refused::Token);
        }
        let mark = Mark::of(token);
        if let Some(wait) = self.failures.wait(from, mark, Instant::now()) {
            return Err(Refused::TooMany(wait));
        }
        let viewer = self.identities.viewer(&Credential::Token(token.to_owned())).await;
        match &viewer {
            Ok(_) => self.failures.let_in(mark, Instant::now()),
            Err(Refused::Token) => self.failures.failed(from, mark, Instant::now()),
            Err(_) => {}
        }
        viewer
    }

    /// The session of the request's cookie, whatever it is worth.
    pub(super) fn session(&self, headers: &HeaderMap) -> Result<Option<Session>, Refused> {
        let Some(sealed) = cookies::read(headers, cookies::SESSION) else { return Ok(None) };
        self.keys.with_seal(|seal| seal.open(Purpose::Session, &sealed)).map(Some)
    }

    /// Writes the session's cookie into an answer.
    pub(super) fn keep(&self, session: &Session, headers: &mut HeaderMap) -> Result<(), Refused> {
        let sealed =
            self.keys.with_seal(|seal| seal.seal(Purpose::Session, session).ok_or(Refused::NoKey))?;
        cookies::write(headers, cookies::SESSION, &sealed, self.sessions.idle.as_secs())
            .ok_or(Refused::Over("its token is longer than cookies can be"))
    }
}

/// One token, in one header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (values.next().is_none() && scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
