//! A page out of parts. Asked with `Accept: text/event-stream`, the same address sends a part again whenever it has changed.

use std::{sync::Arc, time::Duration};

use axum::response::{IntoResponse, Response};
use futures::{FutureExt, future::BoxFuture};
use maud::{DOCTYPE, Markup, html};

pub(super) use super::live::Part;
use super::{
    address::View,
    context::{Context, Missing},
    live::{Look, Looks, Seen},
    notice::head,
    shown, table,
};
use crate::query::{Range, SingleFilter};

/// What makes a page's parts: the same for all who may see the same.
pub(super) type Parts = fn(Context) -> BoxFuture<'static, Vec<Part>>;

/// Who looks that long comes again, and through the door: whoever was signed out meanwhile sees no more.
const LONGEST: Duration = Duration::from_secs(60);
/// The same of whom Postgres could give no role: the door asks it again.
const WITHOUT_ROLE: Duration = Duration::from_secs(2);

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
        let longest = if context.viewer.has_role() { LONGEST } else { WITHOUT_ROLE };
        let live = context.world.live.clone();
        return live.changes(seen(&context), longest, looks(context, parts));
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

/// All that decides what parts show.
fn seen(context: &Context) -> Seen {
    let Context { viewer, path, query, .. } = context;
    Seen {
        path: path.clone(),
        query: query.clone(),
        role: Arc::clone(&viewer.role),
        namespaces: viewer.namespaces.clone(),
        may_see_users: viewer.may_see_users,
    }
}

/// The parts as they are each time that somebody looks.
fn looks(context: Context, parts: Parts) -> Looks {
    Box::new(move || {
        let context = context.again();
        let clock = shown::clock(&context.zone(), context.now);
        parts(context).map(|parts| Look { parts, clock }).boxed()
    })
}

/// A page on which nothing changes by itself.
pub(super) fn still(context: &Context, title: &str, body: &Markup) -> Response {
    page(context, title, body, false).into_response()
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
                        (shown::person(&context.viewer.name))
                        form method="post" action="/sign-out" { button.quiet type="submit" { "Sign out" } }
                    }
                }
                main id="main" tabindex="-1" {
                    div.title {
                        h1 { (title) }
                        p.as-of {
                            @if is_live { span.live id="live" { "as of " (shown::clock(&zone, context.now)) } " · " }
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
pub(super) fn ranges(context: &Context, usual: &Range) -> Markup {
    let shown = context.range(usual.clone());
    let view = |range: Range| View { behind: None, ..context.view.clone() }.during(range);
    html! {
        nav.ranges aria-label="Time" {
            @for (name, title) in Range::NAMED {
                @if let Ok(Some(range)) = Range::parse(Some(name), None, None) {
                    a href=(view(range.clone()).address(&context.path)) aria-current=[(range == shown).then_some("true")] { (title) }
                }
            }
            @if !Range::NAMED.iter().any(|(_, title)| *title == shown.title()) {
                span.chosen { (shown.title()) }
            }
        }
    }
}

/// What is filtered by, each with a way without it.
pub(super) fn chips(context: &Context) -> Markup {
    let view = &context.view;
    let away = |without: View| {
        let address = View { behind: None, ..without }.address(&context.path);
        html! { a href=(address) { span aria-hidden="true" { "×" } span.hidden { "Without this" } } }
    };
    html! {
        @if !view.filter.is_empty() || view.single != SingleFilter::default() {
            ul.chips aria-label="Filters" {
                @for (dimension, value) in view.filter.pairs() {
                    @let without = View { filter: view.filter.clone().without(dimension, value), ..view.clone() };
                    li { (table::heading(dimension)) ": " strong { (shown::word(value)) } (away(without)) }
                }
                @for group in &view.single.fingerprints {
                    @let others = view.single.fingerprints.iter().filter(|other| *other != group).cloned().collect();
                    @let single = SingleFilter { fingerprints: others, ..view.single.clone() };
                    li { "Group: " strong { (shown::word(group)) } (away(View { single, ..view.clone() })) }
                }
                @if view.single.unpriced {
                    @let single = SingleFilter { unpriced: false, ..view.single.clone() };
                    li { "Without a price" (away(View { single, ..view.clone() })) }
                }
            }
        }
    }
}
