//! One feature: what holds for it, what it costs over time and by whom, and its flag.
//!
//! - [`over_time`]: its charts; [`latency`]: how long its calls take

mod latency;
mod over_time;

use axum::{extract::Path, response::Response};
use futures::{FutureExt, future::BoxFuture};
use maud::{Markup, html};

use super::{
    address::View,
    cluster::FlagSeen,
    context::{Context, Missing},
    frame::{self, Part},
    holds::{deciding, state, yaml},
    paths, shown, switch, table,
};
use crate::query::{Ask, Dimension, Filter, Range};

pub(super) async fn page(context: Context, Path((_, feature)): Path<(String, String)>) -> Response {
    let head = frame::ranges(&context, &USUAL);
    frame::answer(context, &feature, head, parts).await
}

const USUAL: Range = Range::Days(7);
/// Of each kind of group.
const TOP: u16 = 10;

fn parts(context: Context) -> BoxFuture<'static, Vec<Part>> {
    async move {
        let (namespace, feature) = paths::of_feature(&context.path);
        let flags = context.world.cluster.flags(&context.viewer);
        let flag = deciding(&flags, &namespace, &feature);
        let mut parts = vec![
            Part::new("done", switch::done(&context)),
            Part::new("state", standing(&namespace, &feature, flag)),
        ];
        let tables = [
            ("by-model", Dimension::Model),
            ("by-user", Dimension::User),
            ("by-workload", Dimension::Workload),
            ("by-outcome", Dimension::Outcome),
        ];
        let (context, namespace, feature) = (&context, namespace.as_str(), feature.as_str());
        let tables = tables.map(|(id, dimension)| async move {
            if dimension != Dimension::User || context.viewer.may_see_users {
                Part::or(id, by(context, namespace, feature, dimension).await)
            } else {
                Part::new(id, not_yours())
            }
        });
        let (figures, over_time, latency, tables) = futures::join!(
            figures(context, namespace, feature),
            over_time::over_time(context, namespace, feature),
            latency::latency(context, namespace, feature),
            futures::future::join_all(tables)
        );
        parts.push(Part::or("figures", figures));
        parts.push(Part::or("over-time", over_time));
        parts.push(Part::or("latency", latency));
        parts.extend(tables);
        parts.push(Part::new("flag", manifest(namespace, flag)));
        parts
    }
    .boxed()
}

fn not_yours() -> Markup {
    html! {
        h2 { "By user" }
        p.empty { "Who its users are is not yours to see: it takes the right to get " code { "usagereports/users" } ". " a href="/me" { "What may I" } " has the Role." }
    }
}

fn standing(namespace: &str, feature: &str, flag: Option<&FlagSeen>) -> Markup {
    let to = if flag.is_none_or(FlagSeen::passes) { "off" } else { "on" };
    html! {
        div.standing {
            p.states { (state(flag)) }
            p { "in " strong { (if namespace.is_empty() { "all namespaces" } else { namespace }) } }
            @if let Some(description) = flag.and_then(|flag| flag.description.as_deref()) { p { (description) } }
            a.button.main href={ (paths::feature(namespace, feature)) "/switch?to=" (to) } data-dialog { "Turn " (to) "…" }
        }
        @if let Some(trouble) = flag.and_then(FlagSeen::trouble) { p.notice.warn role="status" { (trouble) } }
    }
}

/// What the page is of, but for its users: one answer.
fn whole(context: &Context, namespace: &str, feature: &str) -> Ask {
    let span = context.span(&context.range(USUAL));
    let step = context.step(&span);
    let by = [Dimension::Model, Dimension::Workload, Dimension::Outcome];
    Ask::of(span).stepped(step).filtered(&Filter::of_feature(namespace, feature)).by(&by, u16::MAX)
}

async fn figures(context: &Context, namespace: &str, feature: &str) -> Result<Markup, Missing> {
    let range = context.range(USUAL);
    let filter = Filter::of_feature(namespace, feature);
    let before = Ask::of(range.before(context.now, &context.zone())).filtered(&filter);
    let whole = whole(context, namespace, feature);
    let now = whole.clone().as_one().by(&[], 1);
    let (now, before) = futures::try_join!(context.usage_out_of(&whole, &now), context.usage(&before))?;
    let (now, before) = (now.sum, before.sum);
    let calls = View { filter, ..context.view.time().during(range) }.address("/calls");
    Ok(html! {
        dl.figures {
            div { dt { "Cost" } dd { a href=(calls) { (shown::money(now.cost)) } (shown::beside(&now)) } dd.small { (shown::change(before.cost, now.cost, "the time before")) } }
            div { dt { "Calls" } dd { a href=(calls) { (shown::count(now.calls)) } } dd.small { (table::share_of(now.failed_calls, now.calls)) " failed, " (table::share_of(now.refused_calls, now.calls)) " refused" } }
            div { dt { "Input tokens" } dd { a href=(calls) { (shown::tokens(now.input_tokens)) } } dd.small { (shown::tokens(now.cached_input_tokens)) " from a cache, " (shown::tokens(now.cache_write_tokens)) " into one" } }
            div { dt { "Output tokens" } dd { a href=(calls) { (shown::tokens(now.output_tokens)) } } dd.small { (shown::tokens(now.reasoning_tokens)) " reasoning" } }
        }
    })
}

async fn by(
    context: &Context,
    namespace: &str,
    feature: &str,
    dimension: Dimension,
) -> Result<Markup, Missing> {
    let filter = Filter::of_feature(namespace, feature);
    let whole = whole(context, namespace, feature);
    let ask = whole.clone().as_one().by(&[dimension], TOP);
    let usage = context.usage_out_of(&whole, &ask).await?;
    let title = format!("By {}", table::heading(dimension).to_lowercase());
    let view = View { filter, ..context.view.time().during(context.range(USUAL)) };
    Ok(html! { h2 { (title) } (table::groups(&usage, &[dimension], &view, &title)) })
}

fn manifest(namespace: &str, flag: Option<&FlagSeen>) -> Markup {
    html! {
        h2 { "Its flag" }
        @match flag {
            None => p.empty { "There is none: calls pass and are counted. Turning it off makes a FeatureFlag." },
            Some(flag) => {
                p {
                    code { (flag.kind()) " " @if !flag.namespace.is_empty() { (flag.namespace) "/" } (flag.name) }
                    @if flag.namespace.is_empty() && !namespace.is_empty() { " of the whole cluster" }
                    @if let Some(managed) = &flag.managed {
                        ", managed by " strong { (managed.by) } " (" (managed.name) "): it is changed in git, or overridden for a while without drift"
                    }
                    "."
                }
                pre.code tabindex="0" { code { (yaml(&flag.manifest)) } }
            }
        }
    }
}
