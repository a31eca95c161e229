//! One request: who asks, what, and when.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use maud::html;

use super::{World, address::View, frame};
use crate::{
    console::Viewer,
    query::{Ask, QueryError, Range, Reader, Span, Usage, Zone},
};

/// A request.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) world: World,
    pub(super) viewer: Viewer,
    pub(super) view: View,
    pub(super) now: Timestamp,
    /// The path, without its query.
    pub(super) path: String,
    /// Behind it.
    pub(super) query: String,
    /// It asks for what changes on the page, as it does.
    pub(super) is_stream: bool,
}

/// Why a part has no figures.
#[derive(Debug, thiserror::Error)]
pub(super) enum Missing {
    #[error(
        "This installation has no database, so nothing is kept of what calls cost: docs/install.md says how to give it one."
    )]
    NoLedger,
    #[error(transparent)]
    Query(#[from] QueryError),
}

// === impl Context ===

impl Context {
    pub(super) fn zone(&self) -> Zone {
        self.view.zone.clone().unwrap_or_else(|| self.world.settings.zone.clone())
    }

    /// What the address says, or what is usual on the page.
    pub(super) fn range(&self, usual: Range) -> Range {
        self.view.range.clone().unwrap_or(usual)
    }

    pub(super) fn span(&self, range: &Range) -> Span {
        range.span(self.now, &self.zone())
    }

    pub(super) fn reader(&self) -> Result<Reader, Missing> {
        let ledger = self.world.ledger.as_ref().ok_or(Missing::NoLedger)?;
        Ok(ledger.read_as(&self.viewer.role, self.viewer.may_see_users))
    }

    pub(super) async fn usage(&self, ask: &Ask) -> Result<std::sync::Arc<Usage>, Missing> {
        Ok(self.reader()?.usage(ask).await?)
    }

    /// A moment later.
    pub(super) fn again(&self) -> Self {
        Self { now: Timestamp::now(), ..self.clone() }
    }
}

impl FromRequestParts<World> for Context {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Response> {
        let Some(viewer) = parts.extensions.get::<Viewer>().cloned() else {
            // whoever is in front lets nobody come so far; this is for whoever forgets to put somebody there
            return Err((StatusCode::UNAUTHORIZED, "Nobody is signed in.\n").into_response());
        };
        let accept = parts.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("");
        let path = parts.uri.path().to_owned();
        let view = View::parse(parts.uri.query().unwrap_or("")).map_err(|error| {
            if path.starts_with("/api/") {
                return super::api::refused(StatusCode::BAD_REQUEST, &error.to_string());
            }
            let told = html! { p { (error) } p { a href=(path) { "Without it" } } };
            frame::notice(StatusCode::BAD_REQUEST, "This address cannot be read", &told)
        })?;
        Ok(Self {
            world: world.clone(),
            viewer,
            view,
            now: Timestamp::now(),
            query: parts.uri.query().unwrap_or("").to_owned(),
            is_stream: accept.contains("text/event-stream"),
            path,
        })
    }
}
