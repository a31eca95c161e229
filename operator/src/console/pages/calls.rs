//! Single calls, and what one cost line by line.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use serde_json::Value;
use tollgate_meter::Line;

use super::{
    address::{View, with},
    context::{Context, Missing},
    frame, shown,
};
use crate::query::{Call, CallPage, CallsAsk, Dimension, Range};

pub(super) const USUAL: Range = Range::Hours(24);
const LIMIT: u16 = 100;

/// What the address asks for.
pub(super) fn ask(context: &Context) -> CallsAsk {
    let View { filter, single, behind, limit, .. } = &context.view;
    CallsAsk {
        span: context.span(&context.range(USUAL)),
        filter: filter.clone(),
        single: single.clone(),
        behind: behind.clone(),
        limit: limit.unwrap_or(LIMIT),
    }
}

pub(super) async fn page(context: Context) -> Response {
    let read = match context.reader() {
        Ok(reader) => reader.calls(&ask(&context)).await.map_err(Missing::from),
        Err(missing) => Err(missing),
    };
    let body = html! {
        (frame::ranges(&context, &USUAL))
        (frame::chips(&context))
        @match &read {
            Ok(page) => (rows(&context, page)),
            Err(missing) => (frame::failed(missing)),
        }
    };
    frame::still(&context, "Calls", &body)
}

fn rows(context: &Context, page: &CallPage) -> Markup {
    let zone = context.zone();
    let narrowed = |dimension, value: &str| {
        View { behind: None, ..context.view.clone() }.of(dimension, value).address("/calls")
    };
    html! {
        @if page.calls.is_empty() {
            p.empty { "No call in this time" @if !context.view.filter.is_empty() { " that these filters let through" } ". Choose a longer time above." }
        } @else {
            div.scroll {
                table.calls {
                    caption { "Calls, newest first" }
                    thead { tr {
                        th scope="col" { "When" }
                        th scope="col" { "Feature" }
                        th scope="col" { "Workload" }
                        th scope="col" { "User" }
                        th scope="col" { "Model" }
                        th scope="col" { "Outcome" }
                        th.number scope="col" { "Input" }
                        th.number scope="col" { "Output" }
                        th.number scope="col" { "Cost" }
                    } }
                    tbody {
                        @for call in &page.calls {
                            tr {
                                th scope="row" { a href={ "/calls/" (call.id) } { (shown::moment(&zone, &call.created_at)) } @if call.calls() > 1 { span.where { (call.calls()) " calls" } } }
                                td { a href=(narrowed(Dimension::Feature, &call.feature)) { (call.feature) } span.where { (call.namespace.as_deref().unwrap_or("")) } }
                                td { (call.workload.as_deref().unwrap_or("–")) }
                                td { @if let Some(user) = &call.user_id { a href=(narrowed(Dimension::User, user)) { (user) } } @else { span.none { "–" } } }
                                td { (call.model.as_deref().unwrap_or("–")) span.where { (call.provider) } }
                                td { (shown::outcome(&call.outcome)) }
                                td.number { (shown::tokens(call.input_tokens.unsigned_abs())) }
                                td.number { (shown::tokens(call.output_tokens.unsigned_abs())) }
                                td.number { (cost(call)) }
                            }
                        }
                    }
                }
            }
            @if let Some(next) = &page.next {
                @let address = context.view.address("/calls");
                @let glue = if address.contains('?') { "&" } else { "?" };
                p { a.button href=(format!("{address}{glue}{}", &with("", &[("behind", next.to_string())])[1..])) { "Older calls" } }
            }
        }
    }
}

fn cost(call: &Call) -> Markup {
    html! {
        @match call.cost_usd.as_deref().map(str::parse) {
            Some(Ok(cost)) => (shown::money(cost)),
            Some(Err(_)) | None => span.unpriced title=(call.metadata["unpriced"].as_str().unwrap_or("no price")) { "unpriced" },
        }
        @if call.usage_source == "estimated" { " " span.estimated title="The usage is estimated" { "~" } }
    }
}

pub(super) async fn one(context: Context, Path(id): Path<String>) -> Response {
    let read = match context.reader() {
        Ok(reader) => reader.call(&id).await.map_err(Missing::from),
        Err(missing) => Err(missing),
    };
    match read {
        Ok(Some(call)) => frame::still(&context, "Call", &whole(&context, &call)),
        Ok(None) => {
            let body = html! { p.empty { "There is no such call, or it is of a namespace that is not yours to see. Single calls are kept for some weeks." } };
            let mut response = frame::still(&context, "Call", &body).into_response();
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }
        Err(missing) => frame::still(&context, "Call", &frame::failed(&missing)),
    }
}

fn whole(context: &Context, call: &Call) -> Markup {
    let zone = context.zone();
    let text = |value: &Value| value.as_str().map(str::to_owned).unwrap_or_default();
    let metadata = &call.metadata;
    let micros =
        |value: &Value| value.as_u64().map(|micros| format!("{}.{:03} ms", micros / 1_000, micros % 1_000));
    let mut facts: Vec<(&str, Markup)> = vec![
        ("When", shown::moment(&zone, &call.created_at)),
        (
            "Outcome",
            html! { (shown::outcome(&call.outcome)) @if let Some(status) = call.status { " · HTTP " (status) } @if call.streamed { " · streamed" } },
        ),
        ("Feature", html! { (call.feature) span.where { (call.namespace.as_deref().unwrap_or("")) } }),
        ("User", html! { (call.user_id.as_deref().unwrap_or("–")) }),
        (
            "From",
            html! { (call.workload.as_deref().unwrap_or("–")) @if let Some(pod) = &call.pod { " · " (pod) } @if let Some(container) = &call.container { " · " (container) } },
        ),
        ("To", html! { (call.host) (call.endpoint) }),
        (
            "Model",
            html! { (call.model.as_deref().unwrap_or("–")) @let asked = text(&metadata["model_requested"]); @if !asked.is_empty() && Some(asked.as_str()) != call.model.as_deref() { ", asked for as " (asked) } },
        ),
        (
            "Served",
            html! { (if metadata["served"].is_null() { "by default".to_owned() } else { text(&metadata["served"]) }) },
        ),
        (
            "First byte",
            html! { (micros(&metadata["timings"]["first_byte_us"]).unwrap_or_else(|| "–".to_owned())) },
        ),
        ("In all", html! { (micros(&metadata["timings"]["total_us"]).unwrap_or_else(|| "–".to_owned())) }),
        ("Provider's id", html! { code { (text(&metadata["request_id"])) } }),
        ("Id", html! { code { (call.id) } }),
    ];
    if call.calls() > 1 {
        facts.insert(
            1,
            ("Calls", html! { (call.calls()) ", of one hour: a full spool had no room for each by itself" }),
        );
    }
    html! {
        div.call {
            p.big { (cost(call)) }
            @if let Some(why) = metadata["unpriced"].as_str() { p.notice.warn { strong { "No price: " } (why) ". " a href="/prices" { "Prices" } " has the line to add." } }
            @if call.usage_source == "estimated" {
                p.hint { "Its usage is estimated (" (text(&metadata["estimate"]["method"])) "), because: " (text(&metadata["estimate"]["fault"])) "." }
            }
            dl.facts { @for (name, value) in facts { div { dt { (name) } dd { (value) } } } }
            h2 { "What it cost, line by line" }
            (bill(context, call))
        }
    }
}

fn bill(context: &Context, call: &Call) -> Markup {
    let book = context.world.cluster.book();
    let priced_by = call.metadata["price"].as_str().unwrap_or("");
    if priced_by == "provider" {
        return html! { p { "The provider said the cost itself." } };
    }
    if call.usage_source == "none" {
        return html! { p { "Nothing billable happened." } };
    }
    match call.lines(&book) {
        Err(why) => html! { p.empty { "It cannot be priced line by line: " (why) "." } },
        Ok(lines) => html! {
            // nothing in it can be gone to by keys
            div.scroll tabindex="0" {
                table {
                    caption { "Usage by kind, times its price" }
                    thead { tr {
                        th scope="col" { "Kind" } th.number scope="col" { "Quantity" } th.number scope="col" { "Price" }
                        th scope="col" { "per" } th.number scope="col" { "Factor" } th.number scope="col" { "Amount, USD" } th scope="col" { "Whose price" }
                    } }
                    tbody {
                        @for Line { unit, quantity, price, currency, per, factor, amount, source, valid_from } in &lines {
                            tr {
                                th scope="row" { (unit.replace('_', " ")) }
                                td.number { (quantity) }
                                td.number { (price) " " (currency) }
                                td { (per) }
                                td.number { (factor.as_deref().unwrap_or("")) }
                                td.number { data value=(amount) { (amount) } }
                                td { (source) @if let Some(since) = valid_from { ", since " (since) } }
                            }
                        }
                    }
                    tfoot { tr { th scope="row" colspan="5" { "As recorded, rounded once at the twelfth digit" } td.number { (call.cost_usd.as_deref().unwrap_or("unpriced")) } td { (priced_by) } } }
                }
            }
            @if !priced_by.is_empty() && priced_by != book.version() {
                p.hint { "It was priced by " code { (priced_by) } "; the lines are those of " code { (book.version()) } ", which holds now." }
            }
        },
    }
}
