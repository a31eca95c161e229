//! Every feature: what holds for it, and what it costs.

use std::collections::BTreeMap;

use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use maud::{Markup, html};

use super::{
    chart::sparkline,
    cluster::FlagSeen,
    context::{Context, Missing},
    frame::{self, Part},
    holds::{deciding, state},
    paths, shown,
    table::share_of,
};
use crate::query::{Ask, Dimension, Figures, Group, Key, Range, Step};

pub(super) async fn page(context: Context) -> Response {
    frame::answer(context, "Features", html! {}, parts).await
}

fn parts(context: Context) -> BoxFuture<'static, Vec<Part>> {
    async move {
        match ranked(&context).await {
            Ok(table) => vec![Part::new("features", table)],
            // Flags are the cluster's: they are there without a ledger.
            Err(missing) => vec![
                Part::or("missing", Err(missing)),
                Part::new("features", rows(&context, BTreeMap::new(), BTreeMap::new())),
            ],
        }
    }
    .boxed()
}

/// More are not ranked: the rest is one line.
const MOST: u16 = 500;

/// The table of features, those that cost most in seven days first.
pub(super) async fn ranked(context: &Context) -> Result<Markup, Missing> {
    let by = [Dimension::Namespace, Dimension::Feature];
    let today = context.usage(&Ask::of(context.span(&Range::Today)).by(&by, MOST)).await?;
    let week =
        context.usage(&Ask::of(context.span(&Range::Days(7))).stepped(Step::Day).by(&by, MOST)).await?;
    let today = today.groups.iter().filter_map(|group| Some((pair(&group.key)?, group.sum))).collect();
    let week = week.groups.iter().filter_map(|group| Some((pair(&group.key)?, group.clone()))).collect();
    Ok(rows(context, today, week))
}

fn pair(key: &Key) -> Option<(String, String)> {
    match key {
        Key::Of(key) => Some((key.first()?.clone(), key.get(1)?.clone())),
        Key::Others(_) => None,
    }
}

type Pair = (String, String);

fn rows(context: &Context, today: BTreeMap<Pair, Figures>, week: BTreeMap<Pair, Group>) -> Markup {
    let flags = context.world.cluster.flags(&context.viewer);
    let mut names: Vec<Pair> = week.keys().chain(today.keys()).cloned().collect();
    names.extend(flags.iter().map(|flag| (flag.namespace.clone(), flag.feature.clone())));
    names.sort();
    names.dedup();
    let cost = |name: &Pair| week.get(name).map(|group| group.sum.cost);
    names.sort_by(|a, b| cost(b).cmp(&cost(a)).then_with(|| a.cmp(b)));
    let time = context.view.time();
    html! {
        h2 { "Features" }
        @if names.is_empty() {
            p.empty {
                "No call has been seen and there is no flag yet. Label a namespace "
                code { "tollgate.dev/inject=enabled" } ", restart its pods, and calls show here within a second."
            }
        } @else {
            div.scroll {
                table.features {
                    caption { "Features, those that cost most in seven days first" }
                    thead { tr {
                        th scope="col" { "Feature" }
                        th scope="col" { "State" }
                        th.number scope="col" { "Today" }
                        th.number scope="col" { "7 days" }
                        th scope="col" { span.hidden { "Cost by day" } }
                        th.number scope="col" { "Calls today" }
                        th.number scope="col" { "Failed" }
                        th.number scope="col" { "Refused" }
                        th.number scope="col" { "Tokens today" }
                        th scope="col" { span.hidden { "Switch" } }
                    } }
                    tbody {
                        @for name in &names {
                            @let (namespace, feature) = name;
                            @let flag = deciding(&flags, namespace, feature);
                            @let now = today.get(name).copied().unwrap_or_default();
                            @let group = week.get(name);
                            tr {
                                th scope="row" {
                                    a href=(paths::feature_as(namespace, feature, &time)) { (feature) }
                                    span.where { (if namespace.is_empty() { "all namespaces" } else { namespace }) }
                                }
                                td { (state(flag)) }
                                td.number { (shown::spent(&now)) }
                                td.number { @if let Some(group) = group { (shown::spent(&group.sum)) } @else { span.none { "–" } } }
                                td { @if let Some(group) = group { (sparkline(group)) } }
                                td.number { (shown::count(now.calls)) }
                                td.number { (share_of(now.failed_calls, now.calls)) }
                                td.number { (share_of(now.refused_calls, now.calls)) }
                                td.number { (shown::tokens(now.tokens())) }
                                td { (switch(namespace, feature, flag)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn switch(namespace: &str, feature: &str, flag: Option<&FlagSeen>) -> Markup {
    let passes = flag.is_none_or(FlagSeen::passes);
    let to = if passes { "off" } else { "on" };
    let place = if namespace.is_empty() { "-" } else { namespace };
    html! {
        a.button href={ (paths::feature(namespace, feature)) "/switch?to=" (to) } data-dialog {
            "Turn " (to) span.hidden { " " (feature) " in " (place) } "…"
        }
    }
}
