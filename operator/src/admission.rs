//! What the apiserver asks before it keeps an object: pods that are to have a sidecar, flags that somebody writes.
//!
//! Nothing here ever keeps a pod from being made. Whatever goes wrong, the answer is yes, and it shows in a metric, an
//! Event and a warning.
//!
//! - [`inject`]: what becomes of a pod; a pure function

pub mod inject;

use axum::Router;

use crate::context::Context;

/// What the webhook's port serves. Every replica serves it.
pub fn router(_context: Context) -> Router {
    Router::new()
}
