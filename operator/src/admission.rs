//! Pods and flags on their way into the cluster.

use axum::Router;

use crate::context::Context;

/// What the webhook's port serves. Every replica serves it.
pub fn router(_context: Context) -> Router {
    Router::new()
}
