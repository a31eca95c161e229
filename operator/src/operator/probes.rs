//! The plain port: `GET /metrics` and the probes, nothing else.

use std::{net::TcpListener, sync::Arc};

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::sync::watch;

use crate::{
    certificates::serving::Serving,
    context::{Context, Tasks},
    kubernetes::Watches,
    metrics::Metrics,
};

/// What readiness is made of.
pub(super) struct Probes {
    pub(super) watches: Watches,
    pub(super) certificates: Arc<Serving>,
    pub(super) draining: watch::Receiver<bool>,
}

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves until the process ends: probes must be answered while streams drain.
pub(super) fn spawn(
    listener: TcpListener,
    context: &Context,
    probes: Probes,
    tasks: &mut Tasks,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let metrics = Arc::clone(&context.metrics);
    let probes = Arc::new(probes);
    let router = Router::new()
        .route("/livez", get(|| async { "ok\n" }))
        .route("/readyz", get(move || async move { probes.ready() }))
        .route("/metrics", get(move || async move { scrape(&metrics) }));
    tasks.spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the port for metrics and probes failed");
        }
        "the port for metrics and probes"
    });
    Ok(())
}

fn scrape(metrics: &Metrics) -> Response {
    match metrics.encode() {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response(),
    }
}

// === impl Probes ===

impl Probes {
    /// Ready is who knows the cluster's state, even if the apiserver is away since: sidecars hear how old it is.
    fn ready(&self) -> (StatusCode, &'static str) {
        if *self.draining.borrow() {
            (StatusCode::SERVICE_UNAVAILABLE, "told to stop\n")
        } else if !self.watches.are_synced() {
            (StatusCode::SERVICE_UNAVAILABLE, "the cluster's state has not been read yet\n")
        } else if !self.certificates.is_ready() {
            (StatusCode::SERVICE_UNAVAILABLE, "there is no certificate yet\n")
        } else {
            (StatusCode::OK, "ok\n")
        }
    }
}
