//! What the apiserver asks before it keeps an object: pods that are to have a sidecar, flags that somebody writes.
//!
//! Nothing here ever keeps a pod from being made. Whatever goes wrong, the answer is yes, and it shows in a metric, an
//! Event and a warning.
//!
//! - [`inject`]: what becomes of a pod; a pure function. [`pods`] asks it
//! - [`flags`]: who changed a flag, and what is wrong with it
//! - [`review`]: the apiserver's question and our answer
//! - [`notices`]: Events for the owners of pods; [`metrics`]: what was asked and answered

pub mod flags;
pub mod inject;
mod metrics;
mod notices;
mod pods;
mod review;

use axum::{Router, extract::DefaultBodyLimit, routing::post};

use self::{metrics::AdmissionMetrics, notices::Notices};
use crate::context::Context;

/// What every answer is made with.
#[derive(Clone)]
struct Admission {
    context: Context,
    metrics: AdmissionMetrics,
    notices: Notices,
}

/// A review carries the object up to twice, each up to etcd's 1.5 MiB, and JSON is longer.
const MAX_REVIEW: usize = 8 << 20;

/// What the webhook's port serves. Every replica serves it.
pub fn router(context: Context) -> Router {
    let metrics = context.metrics.register(AdmissionMetrics::register);
    let notices = Notices::new(context.events.clone(), metrics.clone());
    Router::new()
        .route("/mutate/pods", post(pods::mutate))
        .route("/mutate/flags", post(flags::mutate))
        .route("/validate/flags", post(flags::validate))
        .layer(DefaultBodyLimit::max(MAX_REVIEW))
        .with_state(Admission { context, metrics, notices })
}
