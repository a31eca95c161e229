//! Why nothing was changed.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, html};

use super::{audit, context::Context, frame};

/// Why the apiserver did not take it.
pub(super) async fn refused(
    context: &Context,
    namespace: &str,
    feature: &str,
    error: &kube::Error,
) -> Response {
    match error {
        kube::Error::Api(status) if status.code == 409 => conflict(context, namespace, feature).await,
        kube::Error::Api(status) if status.code == 403 => told(
            context,
            StatusCode::FORBIDDEN,
            &html! { p { "You may not: " (status.message) } p { a href="/me" { "What may I" } " shows the Role that would allow it." } },
        ),
        kube::Error::Api(status) => told(
            context,
            StatusCode::UNPROCESSABLE_ENTITY,
            &html! { p { "The apiserver did not take it: " (status.message) } },
        ),
        _ => {
            tracing::warn!(%error, "a change could not be made");
            told(
                context,
                StatusCode::BAD_GATEWAY,
                &html! { p { "The apiserver cannot be reached, and nothing was changed. Try again; while it is away, flags stay as they are." } },
            )
        }
    }
}

pub(super) async fn conflict(context: &Context, namespace: &str, feature: &str) -> Response {
    let last = audit::last(context, namespace, feature).await;
    let body = html! {
        p { "Somebody has changed the flag since you looked, and nothing of yours was done." }
        @if let Some(last) = last { p { "Last it was " (last) } }
    };
    told(context, StatusCode::CONFLICT, &body)
}

pub(super) fn told(context: &Context, status: StatusCode, what: &Markup) -> Response {
    let (back, place) = match context.path.rsplit_once('/') {
        Some((feature, "switch" | "undo")) => (feature, "Back to the feature"),
        Some((page, _)) if !page.is_empty() => (page, "Back"),
        Some(_) | None => ("/", "To the overview"),
    };
    let body = html! { div.notice.bad role="alert" { (what) } p { a.button href=(back) { (place) } } };
    let mut response = frame::still(context, "Nothing was changed", &body);
    *response.status_mut() = status;
    response
}
