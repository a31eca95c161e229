//! Why somebody gets nothing, and how they are told: a page, JSON, or the way to sign in.

use std::{sync::Arc, time::Duration};

use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    leaf::leaf,
    pages::{is_for_programs, json_notice},
};

/// Why somebody gets nothing. The texts are for them; no token stands in one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    #[error("Sign in first; programs send `Authorization: Bearer TOKEN`.")]
    Stranger,
    #[error(
        "The apiserver does not take this token: it has expired, or is of another cluster or audience. Get a new one: kubectl create token NAME --duration=1h"
    )]
    Token,
    #[error("This session cannot be read: it was changed, or sealed with a key that is gone. Sign in again.")]
    Forged,
    #[error("This session is over: {0}. Sign in again.")]
    Over(&'static str),
    #[error(
        "No console is called by this name. Whoever installed it adds it: console.externalUrl or console.hosts in the chart's values."
    )]
    Host,
    #[error("This request comes from a page of another site, and changes something: refused.")]
    Origin,
    #[error(
        "A change needs an Origin or Sec-Fetch-Site header, which every browser sends; programs send `Authorization: Bearer TOKEN` instead of a cookie."
    )]
    NoOrigin,
    #[error("Too many failed attempts from this network. Try again in {} s.", .0.as_secs().saturating_add(1))]
    TooMany(Duration),
    #[error("The apiserver does not answer at the moment. Try again.")]
    Apiserver,
    #[error(
        "The console has no key yet to seal sessions with: it cannot read or make its Secret. Its log says why."
    )]
    NoKey,
    /// Of the issuer, for the person.
    #[error("{0}")]
    Oidc(String),
}

/// What is known of a request when it is refused.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// A program's, or a script's of a page: it gets JSON.
    program: bool,
    /// Where a person can be led back to after signing in.
    back: Option<String>,
}

/// Beside an answer: why, and who it was, for the log.
#[derive(Clone, Debug)]
pub(super) struct Why(pub(super) Arc<Refused>);

// === impl Refused ===

impl Refused {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Stranger | Self::Token | Self::Forged | Self::Over(_) => StatusCode::UNAUTHORIZED,
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Origin | Self::NoOrigin | Self::Oidc(_) => StatusCode::FORBIDDEN,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Apiserver | Self::NoKey => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// As a label of the metric.
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::Token => "token",
            Self::Forged => "forged",
            Self::Over(_) => "session_over",
            Self::Host => "host",
            Self::Origin | Self::NoOrigin => "origin",
            Self::TooMany(_) => "too_many",
            Self::Apiserver => "apiserver",
            Self::NoKey => "no_key",
            Self::Oidc(_) => "oidc",
        }
    }

    pub(super) fn answer(self, asked: &Asked) -> Response {
        let mut response = self.told(asked);
        if let Self::TooMany(wait) = &self {
            let seconds = HeaderValue::from(wait.as_secs().saturating_add(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        if asked.program && self.status() == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Why(Arc::new(self)));
        response
    }

    fn told(&self, asked: &Asked) -> Response {
        if asked.program {
            return json_notice(self.status(), &self.to_string());
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            return Redirect::to(&sign_in(asked.back.as_deref())).into_response();
        }
        let page = leaf(
            "Refused",
            &html! {
                h1 { "Tollgate" }
                p role="alert" { (self) }
                p { a href="/" { "To the console" } }
            },
        );
        (self.status(), page).into_response()
    }
}

fn sign_in(back: Option<&str>) -> String {
    match back {
        Some(back) if back != "/" => format!("/sign-in?next={}", utf8_percent_encode(back, NON_ALPHANUMERIC)),
        _ => "/sign-in".to_owned(),
    }
}

// === impl Asked ===

impl Asked {
    pub(super) fn of(method: &Method, uri: &Uri, headers: &HeaderMap) -> Self {
        let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            program: is_for_programs(uri.path())
                || headers.contains_key(header::AUTHORIZATION)
                || accepts.starts_with("application/json")
                || accepts.starts_with("text/event-stream"),
            back: (method == Method::GET).then(|| {
                uri.path_and_query().map_or_else(|| "/".to_owned(), |path| path.as_str().to_owned())
            }),
        }
    }
}
