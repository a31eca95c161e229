//! A page out of parts. Asked with `Accept: text/event-stream`, the same address sends a part again whenever it has changed.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures::future::BoxFuture;
use maud::{DOCTYPE, Markup, html};

use super::{
    address::View,
    context::{Context, Missing},
    live,
};
use crate::console::{
    assets::{SCRIPT, STYLE},
    leaf::ICON,
};

/// What of a page may change while it is looked at.
pub(super) struct Part {
    pub(super) id: &'static str,
    pub(super) html: Markup,
}

/// What makes a page's parts: the same for all who may see the same.
pub(super) type Parts = fn(Context) -> BoxFuture<'static, Vec<Part>>;

const PLACES: [(&str, &str); 10] = [
    ("/", "Overview"),
    ("/features", "Features"),
    ("/explore", "Explore"),
    ("/calls", "Calls"),
    ("/alerts", "Alerts"),
    ("/unattributed", "Unattributed"),
    ("/prices", "Prices"),
    ("/audit", "Audit"),
    ("/health", "Health"),
    ("/me", "What may I"),
];

// === impl Part ===

impl Part {
    pub(super) fn new(id: &'static str, html: Markup) -> Self {
        Self { id, html }
    }

    /// One that may have nothing to show, and says why.
    pub(super) fn or(id: &'static str, html: Result<Markup, Missing>) -> Self {
        Self::new(id, html.unwrap_or_else(|missing| failed(&missing)))
    }
}

/// Why there is nothing here, for the person who looks.
pub(super) fn failed(missing: &Missing) -> Markup {
    if let Missing::Query(error) = missing {
        tracing::warn!(error = ?error, "the console could not read the ledger");
    }
    html! { div.notice.bad role="status" { strong { "No figures. " } (missing) } }
}

/// The page, or what changes on it.
pub(super) async fn answer(context: Context, title: &str, head: Markup, parts: Parts) -> Response {
    if context.is_stream {
        return live::changes(context, parts);
    }
    let made = parts(context.clone()).await;
    let body = html! {
        (head)
        @for part in &made {
            section.part id={ "part-" (part.id) } { (part.html) }
        }
    };
    page(&context, title, &body, true).into_response()
}

/// A page on which nothing changes by itself.
pub(super) fn still(context: &Context, title: &str, body: &Markup) -> Response {
    page(context, title, body, false).into_response()
}

/// Something is not as it should be, and there is no person to frame it for.
pub(super) fn notice(status: StatusCode, title: &str, body: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (head(title))
            body.alone { main id="main" { h1 { (title) } (body) } }
        }
    };
    (status, page).into_response()
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " · Tollgate" }
            link rel="stylesheet" href=(STYLE.address);
            link rel="icon" href=(ICON);
            script src=(SCRIPT.address) defer {}
        }
    }
}

fn page(context: &Context, title: &str, body: &Markup, is_live: bool) -> Markup {
    let time = context.view.time();
    let zone = context.zone();
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(title))
            body data-live[is_live] {
                a.skip href="#main" { "Skip to content" }
                header.bar {
                    a.brand href="/" { span.mark aria-hidden="true" { "⊤" } "Tollgate" }
                    nav aria-label="Pages" {
                        @for (path, name) in PLACES {
                            @let here = if path == "/" { context.path == "/" } else { context.path.starts_with(path) };
                            a href=(time.address(path)) aria-current=[here.then_some("page")] { (name) }
                        }
                    }
                    div.who {
                        span.hidden { "Signed in as " }
                        (super::shown::person(&context.viewer.name))
                        form method="post" action="/sign-out" { button.quiet type="submit" { "Sign out" } }
                    }
                }
                main id="main" tabindex="-1" {
                    div.title {
                        h1 { (title) }
                        p.as-of {
                            @if is_live { span.live id="live" { "as of " (super::shown::clock(&zone, context.now)) } " · " }
                            span title="Days, weeks and months are this zone's. ?zone= chooses another" {
                                (zone.name()) " (UTC" (zone.offset(context.now)) ")"
                            }
                        }
                    }
                    (body)
                }
                dialog id="dialog" aria-label="Change" {}
            }
        }
    }
}

/// A form that leads to the same page with other words; the words that it has no field for go along.
pub(super) fn ranges(context: &Context, usual: &crate::query::Range) -> Markup {
    let shown = context.range(usual.clone());
    let view = |range: crate::query::Range| View { behind: None, ..context.view.clone() }.during(range);
    html! {
        nav.ranges aria-label="Time" {
            @for (name, title) in crate::query::Range::NAMED {
                @if let Ok(Some(range)) = crate::query::Range::parse(Some(name), None, None) {
                    a href=(view(range.clone()).address(&context.path)) aria-current=[(range == shown).then_some("true")] { (title) }
                }
            }
            @if !crate::query::Range::NAMED.iter().any(|(_, title)| *title == shown.title()) {
                span.chosen { (shown.title()) }
            }
        }
    }
}
