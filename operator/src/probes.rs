//! A plain port: `GET /metrics` and the probes, nothing else.

use std::{io, net::TcpListener, sync::Arc};

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{context::Tasks, metrics::Metrics};

/// Whether somebody may be sent here, and why not.
pub(crate) type Readiness = Result<(), &'static str>;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves until the process ends: probes must be answered while connections drain.
pub(crate) fn spawn(
    listener: TcpListener,
    metrics: Arc<Metrics>,
    ready: impl Fn() -> Readiness + Clone + Send + Sync + 'static,
    tasks: &mut Tasks,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = Router::new()
        .route("/livez", get(|| async { "ok\n" }))
        .route("/readyz", get(move || async move { answer(ready()) }))
        .route("/metrics", get(move || async move { scrape(&metrics) }));
    tasks.spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the port for metrics and probes failed");
        }
        "the port for metrics and probes"
    });
    Ok(())
}

fn answer(ready: Readiness) -> Response {
    match ready {
        Ok(()) => "ok\n".into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response(),
    }
}

fn scrape(metrics: &Metrics) -> Response {
    match metrics.encode() {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response(),
    }
}
