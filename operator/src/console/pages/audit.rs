//! Who changed what, when and why: by kubectl, by GitOps, here, all alike.

use axum::{extract::RawQuery, response::Response};
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use self::difference::Line;
use super::{
    address::{View, decoded},
    chart::Mark,
    context::{Context, Missing},
    frame,
    holds::yaml,
    paths, shown,
};
use crate::{
    database::audit::{self, Entry, Filter},
    query::{Dimension, QueryError, Range},
};

mod difference;

const USUAL: Range = Range::Days(30);
const MOST: u32 = 500;
/// Lines of a change that are shown without being asked for.
const FEW: usize = 4;

pub(super) async fn changes(context: &Context, filter: Filter) -> Result<Vec<Entry>, Missing> {
    let reader = context.reader()?;
    let mut transaction = reader.begin().await?;
    let filter = Filter { cluster: Some(reader.cluster().to_owned()), ..filter };
    Ok(audit::list(&mut *transaction, &filter).await.map_err(QueryError::of)?)
}

/// The changes of flags in a chart's time: of one feature, or of all.
pub(super) async fn marks(
    context: &Context,
    (since, until): (Option<Timestamp>, Timestamp),
    of: Option<(&str, &str)>,
) -> Result<Vec<Mark>, Missing> {
    let of = of.map(|(namespace, feature)| of_feature(namespace, feature)).unwrap_or_default();
    let filter = Filter { since, until: Some(until), limit: 100, ..of };
    let entries = changes(context, filter).await?;
    let flags = entries.into_iter().filter(|entry| entry.kind.ends_with("FeatureFlag"));
    Ok(flags.filter_map(|entry| Some(Mark { at: entry.at.parse().ok()?, text: told(&entry) })).collect())
}

/// What is said of a feature in a namespace, and in all of them.
fn of_feature(namespace: &str, feature: &str) -> Filter {
    let namespaces =
        if namespace.is_empty() { Vec::new() } else { vec![namespace.to_owned(), String::new()] };
    Filter { namespaces, flags: vec![feature.to_owned()], ..Filter::default() }
}

/// The last change of a feature's flags, in words.
pub(super) async fn last(context: &Context, namespace: &str, feature: &str) -> Option<String> {
    let filter = Filter { limit: 1, ..of_feature(namespace, feature) };
    let entries = changes(context, filter).await.ok()?;
    entries.first().map(|entry| format!("{}, {}", told(entry), entry.at))
}

/// `chat turned off by ada: too dear`.
fn told(entry: &Entry) -> String {
    let reason = entry.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let by = entry.actor.as_ref().map(|actor| format!(" by {actor}")).unwrap_or_default();
    format!("{} {}{by}{reason}", entry.name, entry.what())
}

pub(super) async fn page(RawQuery(query): RawQuery, context: Context) -> Response {
    let flag = query.iter().flat_map(|query| query.split('&')).find_map(|pair| pair.strip_prefix("flag="));
    let flag = flag.map(|flag| decoded(flag).into_owned()).filter(|flag| !flag.is_empty());
    let span = context.span(&context.range(USUAL));
    let filter = Filter {
        cluster: None,
        namespaces: context.view.filter.get(Dimension::Namespace).to_vec(),
        flags: flag.iter().cloned().collect(),
        since: Some(span.from),
        until: Some(span.until),
        limit: MOST,
    };
    let read = changes(&context, filter).await;
    let body = html! {
        (frame::ranges(&context, &USUAL))
        form.filters method="get" action="/audit" {
            @for (key, value) in context.view.range.iter().flat_map(Range::words) { input type="hidden" name=(key) value=(value); }
            label { "Flag or feature" input type="text" name="flag" value=(flag.as_deref().unwrap_or("")) placeholder="any" autocomplete="off"; }
            label { "Namespace" input type="text" name="namespace" value=(context.view.filter.get(Dimension::Namespace).first().map(String::as_str).unwrap_or_default()) placeholder="any" autocomplete="off"; }
            button type="submit" { "Show" }
        }
        @match &read {
            Ok(entries) => (rows(&context, entries)),
            Err(missing) => (frame::failed(missing)),
        }
        p.hint {
            "Rows are only ever added, each with a hash over itself and the one before. "
            code { "tollgate audit verify" } " names a row that was changed, taken out or moved."
        }
    };
    frame::still(&context, "Audit", &body)
}

fn rows(context: &Context, entries: &[Entry]) -> Markup {
    let zone = context.zone();
    html! {
        @if entries.is_empty() {
            p.empty { "No flag was changed in this time. Choose a longer one above." }
        } @else {
            div.scroll {
                table.audit {
                    caption { "Changes, newest first" }
                    thead { tr {
                        th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Who" } th scope="col" { "By" } th scope="col" { "Why" } th scope="col" { "From, to" }
                    } }
                    tbody {
                        @for entry in entries {
                            tr {
                                th scope="row" { (shown::moment(&zone, &entry.at)) }
                                td {
                                    a href=(place(entry)) { (entry.name) }
                                    span.where { (entry.kind) @if !entry.namespace.is_empty() { " in " (entry.namespace) } " · " (entry.what()) }
                                }
                                td { @if let Some(actor) = &entry.actor { (shown::person(actor)) } @else { span.none { "not known" } } }
                                td { (entry.via.as_deref().unwrap_or("–")) }
                                td { (entry.reason.as_deref().unwrap_or("–")) }
                                td { (difference(entry.before.as_ref(), entry.after.as_ref())) details { summary { "row " (entry.seq) } code.hash { (entry.hash) } } }
                            }
                        }
                    }
                }
            }
            @if entries.len() >= MOST as usize { p.hint { "These are the newest " (MOST) ". Choose a shorter time for others." } }
        }
    }
}

/// Where what was changed is shown.
fn place(entry: &Entry) -> String {
    match entry.kind.as_str() {
        "UsageAlert" | "ClusterUsageAlert" => "/alerts".to_owned(),
        "FeatureFlag" | "ClusterFeatureFlag" => {
            paths::feature_as(&entry.namespace, &entry.feature, &View::default())
        }
        _ => "/health".to_owned(),
    }
}

/// Lines that were there before, and lines that are there now.
fn difference(before: Option<&Value>, after: Option<&Value>) -> Markup {
    let lines = |side: Option<&Value>| -> Vec<String> {
        side.map(|side| yaml(side).lines().map(str::to_owned).collect()).unwrap_or_default()
    };
    let (before, after) = (lines(before), lines(after));
    let changed = difference::of(&before, &after);
    let count = changed.len();
    let diff = html! {
        pre.diff tabindex="0" {
            @for line in changed {
                @match line {
                    Line::Gone(line) => del { "− " (line) "\n" },
                    Line::New(line) => ins { "+ " (line) "\n" },
                }
            }
        }
    };
    html! { @if count <= FEW { (diff) } @else { details { summary { (count) " lines" } (diff) } } }
}
