//! One request: who asks, what, and when.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use maud::html;
use percent_encoding::percent_decode_str;

use super::{
    World,
    address::{AddressError, View, only_known_words},
    notice, paths,
};
use crate::{
    console::{
        Viewer,
        rights::{self, Wish},
    },
    query::{Ask, Dimension, QueryError, Range, Reader, Span, Step, Usage, Zone},
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

/// Of a namespace, in Kubernetes.
const LONGEST_NAME: usize = 63;

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

    /// What the address says, or what suits the span.
    pub(super) fn step(&self, span: &Span) -> Step {
        self.view.step.unwrap_or_else(|| Step::of(span))
    }

    pub(super) fn reader(&self) -> Result<Reader, Missing> {
        let ledger = self.world.ledger.as_ref().ok_or(Missing::NoLedger)?;
        if !self.viewer.has_role() {
            return Err(QueryError::Away(sqlx::Error::PoolTimedOut).into());
        }
        Ok(ledger.read_as(&self.viewer.role, self.viewer.may_see_users))
    }

    pub(super) async fn usage(&self, ask: &Ask) -> Result<std::sync::Arc<Usage>, Missing> {
        Ok(self.reader()?.usage(ask).await?)
    }

    /// Out of what the rest of the page is of.
    pub(super) async fn usage_out_of(
        &self,
        finer: &Ask,
        ask: &Ask,
    ) -> Result<std::sync::Arc<Usage>, Missing> {
        Ok(self.reader()?.usage_out_of(finer, ask).await?)
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
        let query = parts.uri.query().unwrap_or("");
        let is_api = paths::is_for_programs(&path);
        let view = readable(&path)
            .and_then(|()| if is_api { only_known_words(&path, query) } else { Ok(()) })
            .and_then(|()| View::parse(query));
        let view = view.map_err(|error| {
            if is_api {
                return notice::json(StatusCode::BAD_REQUEST, &error.to_string());
            }
            let back = if readable(&path).is_ok() { path.as_str() } else { "/" };
            let told = html! { p { (error) } p { a href=(back) { "Without it" } } };
            notice::page(StatusCode::BAD_REQUEST, "This address cannot be read", &told)
        })?;
        let view = if paths::is_of_calls(&path) { view } else { view.of_sums() };
        if let Some(namespace) = foreign(&viewer, &path, &view) {
            return Err(not_theirs(&viewer, &path, &namespace));
        }
        Ok(Self {
            world: world.clone(),
            viewer,
            view,
            now: Timestamp::now(),
            query: query.to_owned(),
            is_stream: accept.contains("text/event-stream"),
            path,
        })
    }
}

/// Whether a path is a text that a name can be taken from.
fn readable(path: &str) -> Result<(), AddressError> {
    if path.contains("%00") {
        return Err(AddressError::Nul);
    }
    percent_decode_str(path).decode_utf8().map(drop).map_err(|_| AddressError::Path)
}

/// A namespace that the address names and that is not the viewer's. `""` are calls without one.
fn foreign(viewer: &Viewer, path: &str, view: &View) -> Option<String> {
    let of_feature = path.starts_with("/features/").then(|| paths::of_feature(path).0);
    let filtered = view.filter.get(Dimension::Namespace).iter().cloned();
    let mut named = of_feature.into_iter().chain(filtered);
    named.find(|namespace| !namespace.is_empty() && !viewer.namespaces.contains(namespace))
}

/// The same for a namespace that there is and for one that there is not: which of them is nobody's to learn here.
fn not_theirs(viewer: &Viewer, path: &str, namespace: &str) -> Response {
    let who = &*viewer.name;
    let named: String = namespace.chars().take(LONGEST_NAME).collect();
    tracing::warn!(
        who,
        path,
        namespace = named,
        "asked for a namespace that is not theirs: nothing was told"
    );
    let told = format!(
        "The namespace {named} is not yours to see, if there is one of that name: it takes the right to get usagereports there."
    );
    if paths::is_for_programs(path) {
        return notice::json(StatusCode::FORBIDDEN, &told);
    }
    let wish = Wish { verb: "get", resource: "usagereports", namespace: Some(&named), name: None };
    let body = html! {
        p { (told) }
        p { "Whoever may give it applies:" }
        pre.code tabindex="0" { code { (rights::role_yaml(who, wish)) } }
        p { a href="/" { "To the overview" } }
    };
    notice::page(StatusCode::FORBIDDEN, "Not yours to see", &body)
}
