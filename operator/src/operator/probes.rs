//! The plain port: `GET /metrics` and the probes, nothing else.

use std::{net::TcpListener, sync::Arc};

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    context::{Context, Tasks},
    metrics::Metrics,
};

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves until the process ends: probes must be answered while streams drain.
pub(super) fn spawn(listener: TcpListener, context: &Context, tasks: &mut Tasks) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let metrics = Arc::clone(&context.metrics);
    let router = Router::new()
        .route("/livez", get(|| async { "ok\n" }))
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
