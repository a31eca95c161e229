//! Any figure: filtered, told apart, over any time, beside the time before.

use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    address::{View, written},
    chart::{Chart, Measure},
    context::{Context, Missing},
    frame::{self, Part},
    shown::{self, name},
    table,
};
use crate::query::{Ask, Dimension, Range, Span, Step, Why};

pub(super) const USUAL: Range = Range::Days(7);
/// So many groups stand in the table; the file has them all.
pub(super) const TOP: u16 = 100;
/// All others are one.
const IN_CHART: u16 = 8;

pub(super) async fn page(context: Context) -> Response {
    let head = html! { (frame::ranges(&context, &USUAL)) (form(&context)) (frame::chips(&context)) };
    frame::answer(context, "Explore", head, parts).await
}

fn parts(context: Context) -> BoxFuture<'static, Vec<Part>> {
    async move {
        let (compare, chart, groups) = futures::join!(compare(&context), chart(&context), groups(&context));
        vec![Part::or("compare", compare), Part::or("chart", chart), Part::or("groups", groups)]
    }
    .boxed()
}

/// What calls are told apart by: what the address says, else by feature.
pub(super) fn by(context: &Context) -> Vec<Dimension> {
    if context.view.by.is_empty() { vec![Dimension::Feature] } else { context.view.by.clone() }
}

fn form(context: &Context) -> Markup {
    let view = &context.view;
    let by = by(context);
    html! {
        form.filters method="get" action="/explore" {
            @for (key, value) in view.range.iter().flat_map(Range::words) { input type="hidden" name=(key) value=(value); }
            @for (at, title) in ["Group by", "then by", "and then by"].into_iter().enumerate() {
                label { (title)
                    select name="by" {
                        @if at > 0 { option value="" { "–" } }
                        @for dimension in Dimension::ALL {
                            option value=(dimension.name()) selected[by.get(at) == Some(&dimension)] { (table::heading(dimension)) }
                        }
                    }
                }
            }
            label { "Step"
                select name="step" {
                    option value="" { "as suits" }
                    @for step in Step::ALL { option value=(step.name()) selected[view.step == Some(step)] { (step.name()) } }
                }
            }
            @for dimension in Dimension::ALL {
                label { (table::heading(dimension))
                    input type="text" name=(dimension.name()) autocomplete="off" placeholder="any"
                        value=(view.filter.get(dimension).first().map(|value| written(value)).unwrap_or_default());
                }
            }
            label { "Zone" input type="text" name="zone" autocomplete="off" placeholder=(context.world.settings.zone.name()) value=(view.zone.as_ref().map(|zone| zone.name()).unwrap_or_default()); }
            fieldset.dates {
                legend { "From a day to another" }
                label { "From" input type="date" name="from"; }
                label { "Until" input type="date" name="until"; }
            }
            button type="submit" { "Show" }
        }
    }
}

/// What the page is of: all groups over time.
pub(super) fn whole(context: &Context) -> Ask {
    let span = context.span(&context.range(USUAL));
    let step = step(context, &span);
    Ask::of(span).stepped(step).filtered(&context.view.filter).by(&by(context), u16::MAX)
}

fn step(context: &Context, span: &Span) -> Step {
    let suits = if by(context).contains(&Dimension::User) { Step::of_users } else { Step::of };
    context.view.step.unwrap_or_else(|| suits(span))
}

async fn compare(context: &Context) -> Result<Markup, Missing> {
    let range = context.range(USUAL);
    let before = Ask::of(range.before(context.now, &context.zone())).filtered(&context.view.filter);
    let whole = whole(context);
    let now = whole.clone().as_one().by(&[], 1);
    let (now, before) = futures::try_join!(context.usage_out_of(&whole, &now), context.usage(&before))?;
    let why = Why::of(&before.sum, &now.sum);
    let part = |change: crate::query::compare::Change, text: &str| {
        html! {
            li {
                strong { (if change.is_less() { "−" } else { "+" }) (shown::money(change.amount())) } " " (text)
            }
        }
    };
    Ok(html! {
        div.why-higher {
            p.big { a href=(View { by: Vec::new(), step: None, ..context.view.clone().during(range.clone()) }.address("/calls")) { (shown::money(now.sum.cost)) } }
            p.beside { (shown::beside(&now.sum)) }
            p { (shown::change(before.sum.cost, now.sum.cost, "the time before")) ", which cost " (shown::money(before.sum.cost)) }
            @if !why.change.is_zero() && !before.sum.cost.is_zero() {
                ul.split {
                    (part(why.volume, "by the number of calls"))
                    (part(why.tokens, "by tokens per call"))
                    (part(why.price, "by price and mix of models"))
                }
            }
        }
    })
}

async fn chart(context: &Context) -> Result<Markup, Missing> {
    let (range, by) = (context.range(USUAL), by(context));
    let whole = whole(context);
    let until = whole.span.until;
    let step = step(context, &whole.span);
    let usage = context.usage_out_of(&whole, &whole.clone().by(&by, IN_CHART)).await?;
    let view = &context.view;
    // a peak leads to finer steps, and then to its calls
    let link = |from: Timestamp, until: Timestamp| {
        let narrowed = View { step: None, ..view.clone().during(Range::Times(from, until)) };
        narrowed.address(if step == Step::Hour { "/calls" } else { "/explore" })
    };
    let zone = context.zone();
    let title = format!("Cost per {}, {}", step.name(), range.title().to_lowercase());
    let chart = Chart {
        measure: Measure::Cost,
        usage: &usage,
        step,
        zone: &zone,
        until,
        title,
        marks: Vec::new(),
        name: &name,
        link: &link,
    };
    Ok(chart.draw())
}

async fn groups(context: &Context) -> Result<Markup, Missing> {
    let by = by(context);
    let whole = whole(context);
    let usage = context.usage_out_of(&whole, &whole.clone().as_one().by(&by, TOP)).await?;
    let names: Vec<&str> = by.iter().map(|dimension| table::heading(*dimension)).collect();
    let title = format!("By {}", names.join(" and ").to_lowercase());
    let view = View { step: None, ..context.view.clone() };
    Ok(html! {
        h2 { (title) }
        (table::groups(&usage, &by, &view, &title))
        p.files {
            "As a file: "
            a href=(context.view.address("/explore.csv")) download { "CSV of these groups over time" } " · "
            a href=(context.view.address("/calls.csv")) download { "CSV of the calls" } " · "
            a href=(context.view.address("/focus.csv")) download { "FinOps FOCUS" } " · "
            a href=(context.view.address("/api/v1/usage")) { "JSON" }
        }
    })
}
