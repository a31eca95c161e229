//! Every path of the console, and what stands before it.

use std::sync::Arc;

use axum::{Router, http::StatusCode, middleware::from_fn_with_state};

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
        .fallback(|| async { (StatusCode::NOT_FOUND, "There is no such page.\n") })
        .layer(from_fn_with_state(Arc::clone(&door), enter::identify));
    sign_in::routes()
        .merge(oidc::routes())
        .merge(inside)
        .layer(from_fn_with_state(Arc::clone(&door), shield::pass))
        .with_state(door)
}
