//! Alerts and budgets as they stand: the cluster's word, which is there without a ledger.

use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use maud::{Markup, html};
use tollgate_crds::alert::{AlertGroup, AlertState, GroupKey, Limit, Metric, UsageAlertStatus};
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

/// What a card shows.
struct Card {
    place: String,
    name: String,
    metric: Option<Metric>,
    status: UsageAlertStatus,
}

fn alerts(context: &Context) -> Markup {
    let metric = |limit: Option<&Limit>| limit.map(|limit| limit.metric);
    let mut cards: Vec<Card> = Vec::new();
    for alert in context.world.cluster.cluster_alerts(&context.viewer) {
        cards.push(Card {
            place: "all namespaces".to_owned(),
            name: alert.metadata.name.clone().unwrap_or_default(),
            metric: metric(alert.spec.0.limit.as_ref()),
            status: alert.status.clone().unwrap_or_default(),
        });
    }
    for alert in context.world.cluster.alerts(&context.viewer) {
        cards.push(Card {
            place: alert.metadata.namespace.clone().unwrap_or_default(),
            name: alert.metadata.name.clone().unwrap_or_default(),
            metric: metric(alert.spec.limit.as_ref()),
            status: alert.status.clone().unwrap_or_default(),
        });
    }
    cards.sort_by_key(|card| urgency(card.status.state));
    html! {
        @if cards.is_empty() {
            p.empty { "There is no alert that is yours to see. A UsageAlert tells when a namespace's use reaches a limit, and can stop it there: docs/alerts.md has one to begin with." }
        } @else {
            div.alerts { @for card in &cards { (card.draw(context)) } }
        }
    }
}

// === impl Card ===

impl Card {
    fn draw(&self, context: &Context) -> Markup {
        let Self { place, name, metric, status } = self;
        let zone = context.zone();
        let amount = |text: &str| amount(*metric, text);
        let bad = status
            .conditions
            .iter()
            .find(|condition| condition.status == "False" && condition.type_ != "Ready");
        html! {
            article.alert {
                header { h2 { (name) span.where { (place) } } (state(status.state)) }
                @if let Some(value) = &status.value {
                    p.against { strong { (amount(value)) } @if let Some(limit) = &status.limit { " of " (amount(limit)) } }
                    @if let Some(limit) = &status.limit { (filled(value, limit, name)) }
                }
                @if let Some(projected) = &status.projected { p.small { "At the window's end about " strong { (amount(projected)) } } }
                @if let Some(bad) = bad { p.notice.warn { (bad.message) } }
                @if !status.groups.is_empty() {
                    details open[urgency(status.state) == 0] {
                        summary { (heading(&status.groups)) }
                        // nothing in it takes the focus: who has no mouse scrolls the whole
                        div.scroll tabindex="0" { table {
                            caption { "Groups nearest their limit" }
                            thead { tr { th scope="col" { "Group" } th.number scope="col" { "Value" } th.number scope="col" { "Projected" } th scope="col" { "Firing since" } th scope="col" { "Told" } } }
                            tbody {
                                @for AlertGroup { group, value, projected, firing_since, notified_at } in &status.groups {
                                    tr {
                                        th scope="row" { (named(group)) }
                                        td.number { (amount(value)) }
                                        td.number { @if let Some(projected) = projected { (amount(projected)) } @else { span.none { "–" } } }
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
    }
}

/// What needs somebody comes first.
fn urgency(state: Option<AlertState>) -> u8 {
    match state {
        Some(AlertState::Firing | AlertState::Disabled) => 0,
        Some(AlertState::Invalid) => 1,
        Some(AlertState::Unknown) | None => 2,
        Some(AlertState::OK) => 3,
    }
}

fn heading(groups: &[AlertGroup]) -> String {
    match groups {
        [only] => named(&only.group),
        [first, ..] => format!("{} groups, {} first", groups.len(), named(&first.group)),
        [] => String::new(),
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

/// How much of the limit is used.
fn filled(value: &str, limit: &str, name: &str) -> Markup {
    let picos = |text: &str| text.parse::<Cost>().map(Cost::picos).unwrap_or(0);
    meter(picos(value), picos(limit), &format!("{name}: {value} of {limit}"))
}

/// An amount of what the alert counts.
pub(super) fn amount(metric: Option<Metric>, text: &str) -> Markup {
    match (metric, text.parse::<Cost>(), text.parse::<u64>()) {
        (Some(Metric::Cost), Ok(cost), _) => shown::money(cost),
        (Some(Metric::Tokens | Metric::Calls | Metric::Errors), _, Ok(count)) => shown::count(count),
        _ => html! { data value=(text) { (text) } },
    }
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
