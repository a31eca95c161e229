//! Calls whose feature nobody names: which are alike, and a flag that names them ([`naming`]).

mod naming;

use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use maud::{Markup, html};

use self::naming::{address, namer};
pub(super) use self::naming::{ask, name};
use super::{
    address::View,
    cluster::FlagSeen,
    context::{Context, Missing},
    frame::{self, Part},
    paths, shown,
};
use crate::{
    fingerprints::list::{self, Unnamed},
    query::{Dimension, Figures, QueryError, Range, SingleFilter},
};

const USUAL: Range = Range::Days(7);

pub(super) async fn page(context: Context) -> Response {
    let head = frame::ranges(&context, &USUAL);
    frame::answer(context, "Unattributed", head, parts).await
}

fn parts(context: Context) -> BoxFuture<'static, Vec<Part>> {
    async move { vec![Part::or("groups", groups(&context).await)] }.boxed()
}

/// Groups in the page's time, those that cost most first.
async fn unnamed(context: &Context) -> Result<Vec<Unnamed>, Missing> {
    let reader = context.reader()?;
    let mut transaction = reader.begin().await?;
    let span = context.span(&context.range(USUAL));
    let filter = list::Filter {
        cluster: Some(reader.cluster().to_owned()),
        namespace: context.view.filter.get(Dimension::Namespace).first().cloned(),
        since: span.from,
        until: Some(span.until),
    };
    let unnamed = list::unnamed(&mut *transaction, &filter).await.map_err(QueryError::of)?;
    drop(transaction);
    Ok(unnamed)
}

async fn groups(context: &Context) -> Result<Markup, Missing> {
    let unnamed = unnamed(context).await?;
    let flags = context.world.cluster.flags(&context.viewer);
    let view = context.view.time().during(context.range(USUAL)).of(Dimension::Feature, "unattributed");
    Ok(html! {
        @if unnamed.is_empty() {
            p.empty { span.good aria-hidden="true" { "✓ " } "Every call in this time named its feature, or a flag did." }
        } @else {
            p { "Calls that name no feature, in groups of calls that are alike, as far back as single calls are kept. A FeatureFlag that matches a group's fingerprint names its calls from then on." }
            div.scroll {
                table {
                    caption { "Groups, those that cost most first" }
                    thead { tr {
                        th scope="col" { "Group" } th.number scope="col" { "Share" } th.number scope="col" { "Cost" } th.number scope="col" { "Calls" }
                        th scope="col" { "Workloads" } th scope="col" { "Models" } th scope="col" { "Seen" } th scope="col" { "Name it" }
                    } }
                    tbody { @for group in &unnamed { (row(context, group, &flags, &view)) } }
                }
            }
        }
    })
}

fn row(context: &Context, group: &Unnamed, flags: &[FlagSeen], view: &View) -> Markup {
    let zone = context.zone();
    let single = SingleFilter {
        fingerprints: vec![group.fingerprint.clone().unwrap_or_default()],
        ..SingleFilter::default()
    };
    let calls = View { single, ..view.clone().of(Dimension::Namespace, &group.namespace) };
    html! {
        tr {
            th scope="row" {
                @match &group.fingerprint { Some(id) => code { (id) }, None => span.none { "of no group yet" } }
                span.where { (group.namespace) }
            }
            td.number { (group.share) " %" }
            td.number {
                (shown::spent(&Figures {
                    cost: group.cost.parse().unwrap_or_default(),
                    estimated_cost: group.estimated_cost.parse().unwrap_or_default(),
                    unpriced_calls: group.unpriced_calls.unsigned_abs(),
                    ..Figures::default()
                }))
            }
            td.number {
                a href=(calls.address("/calls")) { (shown::count(group.calls.unsigned_abs())) }
                @if group.refused_calls > 0 { span.where { (shown::count(group.refused_calls.unsigned_abs())) " refused" } }
            }
            td { (group.workloads.join(", ")) }
            td { (group.models.join(", ")) }
            td { (shown::moment(&zone, &group.first_seen)) " – " (shown::moment(&zone, &group.last_seen)) }
            td {
                @match (&group.fingerprint, namer(flags, group)) {
                    (Some(_), Some(flag)) => {
                        "Named " a href=(paths::feature(&flag.namespace, &flag.feature)) { (flag.feature) }
                        span.where { "these calls are of before" }
                    }
                    (Some(id), None) => a.button href=(address(context, &group.namespace, id)) data-dialog { "Name it…" },
                    (None, _) => span.none { "more calls are needed" },
                }
            }
        }
    }
}
