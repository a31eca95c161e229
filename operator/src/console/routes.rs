//! Every path of the console, and what stands before it.

use std::sync::Arc;

use axum::{
    Router,
    http::{StatusCode, Uri},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
};

use super::{
    door::Door,
    enter, me, oidc,
    pages::{self, World},
    shield, sign_in,
};

/// From the outside in: [`shield`] before everything, [`enter`] before all but the way in.
pub(super) fn router(door: Arc<Door>, world: World) -> Router {
    let inside = pages::routes(world)
        .merge(me::routes())
        .fallback(|uri: Uri| async move { nothing(&uri, StatusCode::NOT_FOUND, "There is no such page.") })
        .method_not_allowed_fallback(|uri: Uri| async move {
            nothing(&uri, StatusCode::METHOD_NOT_ALLOWED, "Nothing is changed here: it can only be read.")
        })
        .layer(from_fn_with_state(Arc::clone(&door), enter::identify));
    sign_in::routes()
        .merge(oidc::routes())
        .merge(inside)
        .layer(from_fn_with_state(Arc::clone(&door), shield::pass))
        .with_state(door)
}

/// Programs are told in JSON, whatever they ask for.
fn nothing(uri: &Uri, status: StatusCode, why: &'static str) -> Response {
    match pages::is_for_programs(uri.path()) {
        true => pages::json_notice(status, why),
        false => (status, format!("{why}\n")).into_response(),
    }
}
