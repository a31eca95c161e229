//! Signing in with a Kubernetes token, and out again.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Form, FromRequest, Query, Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::{
    cookies,
    door::Door,
    enter::address,
    leaf::leaf,
    refused::{Refused, Why},
    session::{Credential, Session},
    shield::Who,
};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Onward {
    pub(super) next: String,
}

/// What the form sends.
#[derive(Deserialize)]
struct Given {
    token: String,
    #[serde(default)]
    next: String,
}

/// Tokens with many groups have some kB.
const FORM: usize = 64 << 10;
const STYLE: &str = include_str!("sign_in/style.css");

/// What strangers may ask for.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/sign-in", get(ask).post(enter))
        .route("/sign-out", post(leave))
        .route("/sign-in.css", get(style))
        .layer(DefaultBodyLimit::max(FORM))
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")], STYLE)
}

async fn ask(State(door): State<Arc<Door>>, Query(onward): Query<Onward>) -> Markup {
    page(&door, &onward.next, None)
}

async fn enter(State(door): State<Arc<Door>>, request: Request) -> Response {
    let from = address(&request);
    let Given { token, next } = match Form::from_request(request, &()).await {
        Ok(Form(given)) => given,
        Err(rejection) => return rejection.into_response(),
    };
    let token: String = token.split_whitespace().collect();
    let signed_in = async {
        let viewer = door.by_token(&token, from).await?;
        let session =
            Session::begin(Credential::Token(token.clone()), Timestamp::now()).ok_or(Refused::NoKey)?;
        let mut response = Redirect::to(local(&next)).into_response();
        door.keep(&session, response.headers_mut())?;
        tracing::info!(who = &*viewer.name, "signed in with a token");
        response.extensions_mut().insert(Who(viewer.name));
        Ok(response)
    };
    match signed_in.await {
        Ok(response) => response,
        Err(refused) => {
            let refused: Refused = refused;
            let mut response = (refused.status(), page(&door, &next, Some(&refused))).into_response();
            response.extensions_mut().insert(Why(Arc::new(refused)));
            response
        }
    }
}

/// Whoever holds a copy of the cookie is out, too.
async fn leave(State(door): State<Arc<Door>>, headers: HeaderMap) -> Response {
    if let Ok(Some(session)) = door.session(&headers) {
        door.keys.end(&session.id, session.ends(&door.sessions)).await;
    }
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/sign-in")]).into_response();
    cookies::clear(&headers, response.headers_mut(), cookies::SESSION);
    response
}

/// A path of ours, or the first page: nobody is sent elsewhere.
pub(super) fn local(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\t', '\n', '\r'])
        && next.parse::<Uri>().is_ok();
    if ours { next } else { "/" }
}

fn page(door: &Door, next: &str, refused: Option<&Refused>) -> Markup {
    let next = local(next);
    leaf(
        "Sign in",
        &html! {
            h1 { span.mark aria-hidden="true" { "⊤" } "Tollgate" }
            @if let Some(refused) = refused {
                p role="alert" { (refused) }
            }
            @if let Some(oidc) = &door.oidc {
                p { a.button href={ "/sign-in/issuer?next=" (utf8_percent_encode(next, NON_ALPHANUMERIC)) } { "Sign in with " (oidc.name()) } }
            }
            form method="post" action="/sign-in" {
                label for="token" { "Kubernetes token" }
                textarea id="token" name="token" rows="4" required autofocus autocomplete="off" spellcheck="false"
                    aria-describedby="how" {}
                input type="hidden" name="next" value=(next);
                button type="submit" { "Sign in" }
            }
            p id="how" { "A short one is enough, of a ServiceAccount of yours:" }
            pre { code { "kubectl -n NAMESPACE create token NAME --duration=1h" } }
            p { "What you see and may change is what that account may in the cluster." }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site_after_signing_in() {
        for (next, to) in [
            ("/explore?namespace=shop", "/explore?namespace=shop"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("https://evil.example", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            assert_eq!(local(next), to, "{next}");
        }
    }
}
