//! The admin port: `GET /metrics` and the probes, nothing else.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::metrics::Metrics;
use crate::restarts::{Life, STEADY};

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves until the process ends: probes must be answered while calls drain.
pub(crate) async fn serve(listener: TcpListener, metrics: Arc<Metrics>, life: Life) -> std::io::Result<()> {
    let began = Instant::now();
    // All probes say that the process serves. None asks the network: a pod never waits, or dies, for a
    // provider, an operator or a database that is away.
    let router = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(move || async move { ready(life, began) }))
        .route("/startupz", get(|| async { "ok\n" }))
        .route("/metrics", get(move || scrape(Arc::clone(&metrics))));
    axum::serve(listener, router).await
}

/// Not while workers die one after the other, until one has lived.
fn ready(life: Life, began: Instant) -> (StatusCode, String) {
    match life.in_a_loop && began.elapsed() < STEADY {
        false => (StatusCode::OK, "ok\n".to_owned()),
        true => (
            StatusCode::SERVICE_UNAVAILABLE,
            format!(
                "the worker process dies again and again ({} times so far): the sidecar's log says of what\n",
                life.restarts
            ),
        ),
    }
}

async fn scrape(metrics: Arc<Metrics>) -> impl IntoResponse {
    match metrics.encode() {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_is_ready_unless_those_before_it_did_not_live() {
        let (now, lived) = (Instant::now(), Instant::now().checked_sub(STEADY).unwrap());
        let after = |in_a_loop| Life { restarts: 4, in_a_loop, ending: false };
        assert_eq!(ready(Life::default(), now).0, StatusCode::OK);
        assert_eq!(ready(after(false), now).0, StatusCode::OK);
        assert_eq!(ready(after(true), lived).0, StatusCode::OK);
        let (status, why) = ready(after(true), now);
        assert!(status == StatusCode::SERVICE_UNAVAILABLE && why.contains("4 times"), "{why}");
    }
}
