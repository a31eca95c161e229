//! Alerts and budgets as they stand: the cluster's word, which is there without a ledger.

use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use maud::{Markup, html};
use tollgate_crds::alert::{AlertGroup, AlertState, GroupKey, UsageAlertStatus};
use tollgate_meter::Cost;

use super::{
    chart::meter,
    context::Context,
    frame::{self, Part},
    shown,
};

pub(super) async fn page(context: Context) -> Response {
    frame::answer(context, "Alerts", html! {}, parts).await
}

fn parts(context: Context) -> BoxFuture<'static, Vec<Part>> {
    async move { vec![Part::new("alerts", alerts(&context))] }.boxed()
}

fn alerts(context: &Context) -> Markup {
    let mut cards = Vec::new();
    for alert in context.world.cluster.cluster_alerts(&context.viewer) {
        let name = alert.metadata.name.clone().unwrap_or_default();
        cards.push(card(context, "all namespaces", &name, alert.status.as_ref()));
    }
    for alert in context.world.cluster.alerts(&context.viewer) {
        let namespace = alert.metadata.namespace.clone().unwrap_or_default();
        let name = alert.metadata.name.clone().unwrap_or_default();
        cards.push(card(context, &namespace, &name, alert.status.as_ref()));
    }
    html! {
        @if cards.is_empty() {
            p.empty { "There is no alert that is yours to see. A UsageAlert tells when a namespace's use reaches a limit, and can stop it there: docs/alerts.md has one to begin with." }
        } @else {
            div.alerts { @for card in &cards { (card) } }
        }
    }
}

fn card(context: &Context, place: &str, name: &str, status: Option<&UsageAlertStatus>) -> Markup {
    let status = status.cloned().unwrap_or_default();
    let zone = context.zone();
    let limit = status.limit.as_deref();
    let bad =
        status.conditions.iter().find(|condition| condition.status == "False" && condition.type_ != "Ready");
    html! {
        article.alert {
            h2 { (name) span.where { (place) } }
            p { (state(status.state)) }
            @if let Some(value) = &status.value { (against(value, limit, name)) }
            @if let Some(projected) = &status.projected { p.small { "At the window's end about " strong { (amount(projected)) } } }
            @if let Some(bad) = bad { p.notice.warn { (bad.message) } }
            @if !status.groups.is_empty() {
                div.scroll { table {
                    caption { "Groups nearest their limit" }
                    thead { tr { th scope="col" { "Group" } th.number scope="col" { "Value" } th.number scope="col" { "Projected" } th scope="col" { "Firing since" } th scope="col" { "Told" } } }
                    tbody {
                        @for AlertGroup { group, value, projected, firing_since, notified_at } in &status.groups {
                            tr {
                                th scope="row" { (named(group)) }
                                td.number { (amount(value)) }
                                td.number { (projected.as_deref().map(amount).unwrap_or_default()) }
                                td { @if let Some(since) = firing_since { (shown::moment(&zone, &since.0.to_string())) } @else { span.none { "–" } } }
                                td { @if let Some(at) = notified_at { (shown::moment(&zone, &at.0.to_string())) } @else { span.none { "–" } } }
                            }
                        }
                    }
                } }
                @if let Some(more) = status.more_groups { p.small { "and " (more) " more" } }
            }
        }
    }
}

fn state(state: Option<AlertState>) -> Markup {
    let (class, mark, text) = match state {
        Some(AlertState::OK) => ("on", "✓", "OK"),
        Some(AlertState::Firing) => ("off", "▲", "Firing"),
        Some(AlertState::Disabled) => ("off", "⊘", "Calls are refused"),
        Some(AlertState::Invalid) => ("preview", "!", "Cannot be used"),
        Some(AlertState::Unknown) | None => ("preview", "?", "Not known yet"),
    };
    html! { span class={ "state " (class) } { span aria-hidden="true" { (mark) " " } (text) } }
}

fn against(value: &str, limit: Option<&str>, name: &str) -> Markup {
    let picos = |text: &str| text.parse::<Cost>().map(Cost::picos).unwrap_or(0);
    html! {
        p { strong { (amount(value)) } @if let Some(limit) = limit { " of " (amount(limit)) } }
        @if let Some(limit) = limit { (meter(picos(value), picos(limit), &format!("{name}: {value} of {limit}"))) }
    }
}

/// An amount of whatever the alert counts.
fn amount(text: &str) -> Markup {
    html! { data value=(text) { (text) } }
}

fn named(group: &GroupKey) -> String {
    let GroupKey { feature, user, provider, model, namespace } = group;
    let words = [
        ("namespace", namespace),
        ("feature", feature),
        ("user", user),
        ("provider", provider),
        ("model", model),
    ];
    let words: Vec<String> =
        words.iter().filter_map(|(name, word)| word.as_ref().map(|word| format!("{name} {word}"))).collect();
    if words.is_empty() { "all of it".to_owned() } else { words.join(", ") }
}
