//! What is spent, on what, and what needs somebody.

use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use tollgate_crds::alert::{AlertState, Limit, UsageAlertStatus};
use tollgate_meter::Cost;

use super::{
    address::View,
    alerts,
    attention::{Item, listed},
    chart::{Chart, Measure},
    context::{Context, Missing},
    coverage, features,
    frame::{self, Part},
    paths,
    shown::{self, name},
};
use crate::query::{Ask, Dimension, Figures, QueryError, Range, Span, Step};

pub(super) async fn page(context: Context) -> Response {
    frame::answer(context, "Overview", html! {}, parts).await
}

fn parts(context: Context) -> BoxFuture<'static, Vec<Part>> {
    async move {
        let (spend, attention, trend, features) =
            futures::join!(spend(&context), attention(&context), trend(&context), features::ranked(&context));
        vec![
            Part::or("spend", spend),
            Part::new("attention", attention),
            Part::or("trend", trend),
            Part::or("features", features),
        ]
    }
    .boxed()
}

/// One of the three sums at the top.
struct Sum {
    title: &'static str,
    range: Range,
    now: Figures,
    before: Figures,
    than: &'static str,
}

async fn spend(context: &Context) -> Result<Markup, Missing> {
    let ranges = [
        ("Today", Range::Today, "yesterday by this time"),
        ("This week", Range::Week, "last week by this time"),
        ("This month", Range::Month, "last month by this time"),
    ];
    let sums = ranges.map(|(title, range, than)| async move {
        let before = Ask::of(range.before(context.now, &context.zone()));
        let (now, before) = futures::try_join!(so_far(context, &range), context.usage(&before))?;
        Ok::<_, Missing>(Sum { title, range, now, before: before.sum, than })
    });
    let sums = futures::future::try_join_all(sums).await?;
    let projection = match sums.last() {
        Some(month) => projection(context, month.now.cost).await?,
        None => None,
    };
    let view = context.view.time();
    Ok(html! {
        div.cards {
            @for Sum { title, range, now, before, than } in &sums {
                div.card {
                    h2 { a href=(view.clone().during(range.clone()).address("/explore")) { (title) } }
                    p.big { (shown::money(now.cost)) }
                    p.beside { (shown::beside(now)) }
                    p { (shown::change(before.cost, now.cost, than)) }
                    p.small {
                        a href=(view.clone().during(range.clone()).address("/calls")) { (shown::count(now.calls)) " calls" }
                        " · " (super::table::share_of(now.failed_calls, now.calls)) " failed · "
                        (super::table::share_of(now.refused_calls, now.calls)) " refused · "
                        (shown::tokens(now.tokens())) " tokens"
                    }
                    @if matches!(range, Range::Month) {
                        @if let Some(Projection { low, middle, high }) = &projection {
                            p.small title="What it has cost, and what the days of the last four weeks cost, for each day that is left: the median, and between which it is in eight of ten" {
                                "At its end about " strong { (shown::money(*middle)) } ", " (shown::dollars(*low)) " to " (shown::dollars(*high))
                            }
                        }
                    }
                }
            }
        }
    })
}

/// A range until now: what is over of it is asked for seldom, today each time.
async fn so_far(context: &Context, range: &Range) -> Result<Figures, Missing> {
    let zone = context.zone();
    let span = context.span(range);
    let today = zone.midnight(zone.clock(context.now).date());
    let over = Span { until: today.clamp(span.from, span.until), ..span.clone() };
    let current = Span { from: over.until, ..span };
    let mut sum = context.usage(&Ask::of(over)).await?.sum;
    sum += context.usage(&Ask::of(current)).await?.sum;
    Ok(sum)
}

/// What the month will have cost.
struct Projection {
    low: Cost,
    middle: Cost,
    high: Cost,
}

/// So many days are looked back at.
const DAYS: i64 = 28;

async fn projection(context: &Context, so_far: Cost) -> Result<Option<Projection>, Missing> {
    let zone = context.zone();
    let today = zone.clock(context.now).date();
    let span = Span::days(today.saturating_sub(DAYS.days()), today.saturating_sub(1.day()), &zone);
    let days = context.usage(&Ask::of(span).stepped(Step::Day)).await?;
    let spent_today = so_far_today(context).await?;
    let mut costs: Vec<u128> = days.buckets.iter().map(|day| day.cost.picos()).collect();
    // before the first call there is nothing to learn from
    let first = costs.iter().position(|cost| *cost > 0).unwrap_or(costs.len());
    costs.drain(..first);
    if costs.len() < 2 {
        return Ok(None);
    }
    costs.sort_unstable();
    let left = u128::try_from(today.last_of_month().day() - today.day()).unwrap_or(0);
    let end = |tenths: usize| {
        let day = quantile(&costs, tenths);
        let rest_of_today = day.saturating_sub(spent_today.picos());
        so_far + Cost::from_picos(day * left + rest_of_today)
    };
    Ok(Some(Projection { low: end(1), middle: end(5), high: end(9) }))
}

async fn so_far_today(context: &Context) -> Result<Cost, Missing> {
    Ok(context.usage(&Ask::of(context.span(&Range::Today))).await?.sum.cost)
}

/// Between the two nearest, as Postgres's `percentile_cont` has it.
fn quantile(sorted: &[u128], tenths: usize) -> u128 {
    let position = sorted.len().saturating_sub(1) * tenths;
    let (below, part) = (position / 10, position % 10);
    let low = sorted.get(below).copied().unwrap_or(0);
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    low + (high - low) * part as u128 / 10
}

async fn trend(context: &Context) -> Result<Markup, Missing> {
    let zone = context.zone();
    let range = Range::Days(30);
    let span = context.span(&range);
    let until = span.until;
    let ask = Ask::of(span).stepped(Step::Day).by(&[Dimension::Feature], 8);
    let usage = context.usage(&ask).await?;
    let marks = super::audit::marks(context, (usage.bounds.first().copied(), until), None).await?;
    let time = context.view.time();
    let link = |from: Timestamp, until: Timestamp| {
        View { by: vec![Dimension::Feature], ..time.clone().during(Range::Times(from, until)) }
            .address("/explore")
    };
    let chart = Chart {
        measure: Measure::Cost,
        usage: &usage,
        step: Step::Day,
        zone: &zone,
        until,
        title: "Cost per day by feature, last 30 days".to_owned(),
        marks,
        name: &name,
        link: &link,
    };
    Ok(chart.draw())
}

/// Past such a share of what calls cost, in percent, somebody should look.
const WORTH_A_LOOK: u128 = 5;

async fn attention(context: &Context) -> Markup {
    let mut items = of_alerts(context);
    items.extend(of_flags(context));
    items.extend(coverage::attention(context));
    match of_ledger(context).await {
        Ok(more) => items.extend(more),
        Err(missing) => items.insert(0, of_missing(&missing)),
    }
    listed(&items)
}

fn of_missing(missing: &Missing) -> Item {
    let remedy = match missing {
        Missing::NoLedger => "Give it one, and figures begin.",
        Missing::Query(QueryError::Away(_)) => {
            "Calls go on and their rows wait on spools. Flags work as ever."
        }
        Missing::Query(_) => "Health has more.",
    };
    Item { is_bad: true, what: html! { (missing) }, remedy: html! { (remedy) }, to: "/health".to_owned() }
}

fn of_alerts(context: &Context) -> Vec<Item> {
    let mut items = Vec::new();
    let mut look = |name: String, limit: Option<&Limit>, status: Option<&UsageAlertStatus>| {
        let Some(status) = status else { return };
        let value = status.value.as_deref().unwrap_or("?");
        let metric = limit.map(|limit| limit.metric);
        let (is_bad, what, remedy) = match status.state {
            Some(AlertState::Disabled) => (
                true,
                "has stopped calls",
                "They pass again when the window ends, or by the annotation tollgate.dev/resume.",
            ),
            Some(AlertState::Firing) => (true, "fires", "See which group it is, and what it spends."),
            Some(AlertState::Invalid) => {
                (false, "cannot be used", "Its condition Accepted says what to write instead.")
            }
            Some(AlertState::OK | AlertState::Unknown) | None => return,
        };
        items.push(Item {
            is_bad,
            what: html! { "Alert " (name) " " (what) ": " (alerts::amount(metric, value)) @if let Some(limit) = &status.limit { " of " (alerts::amount(metric, limit)) } },
            remedy: html! { (remedy) },
            to: "/alerts".to_owned(),
        });
    };
    for alert in context.world.cluster.cluster_alerts(&context.viewer) {
        look(
            alert.metadata.name.clone().unwrap_or_default(),
            alert.spec.0.limit.as_ref(),
            alert.status.as_ref(),
        );
    }
    for alert in context.world.cluster.alerts(&context.viewer) {
        let (namespace, name) = (alert.metadata.namespace.clone(), alert.metadata.name.clone());
        look(
            format!("{}/{}", namespace.unwrap_or_default(), name.unwrap_or_default()),
            alert.spec.limit.as_ref(),
            alert.status.as_ref(),
        );
    }
    items
}

fn of_flags(context: &Context) -> Vec<Item> {
    let flags = context.world.cluster.flags(&context.viewer);
    let troubled = flags.iter().filter_map(|flag| {
        let trouble = flag.trouble()?;
        Some(Item {
            is_bad: false,
            what: html! { "Flag " (flag.namespace) "/" (flag.name) },
            remedy: html! { (trouble) },
            to: paths::feature_as(&flag.namespace, &flag.feature, &View::default()),
        })
    });
    troubled.collect()
}

async fn of_ledger(context: &Context) -> Result<Vec<Item>, Missing> {
    let mut items = Vec::new();
    let range = Range::Days(7);
    let ask = Ask::of(context.span(&range));
    let by_model = context.usage(&ask.clone().by(&[Dimension::Provider, Dimension::Model], 500)).await?;
    let models = by_model.groups.iter().filter(|group| group.sum.unpriced_calls > 0).count();
    if models > 0 {
        items.push(Item {
            is_bad: false,
            what: html! { (shown::count(by_model.sum.unpriced_calls)) " calls of " (models) @if models == 1 { " model" } @else { " models" } " have no price" },
            remedy: html! { "Prices has the lines to add; history is priced anew after that." },
            to: "/prices".to_owned(),
        });
    }
    let unnamed = ask.filtered(&crate::query::Filter::default().and(Dimension::Feature, "unattributed"));
    let unnamed = context.usage(&unnamed).await?.sum.cost.picos();
    let all = by_model.sum.cost.picos();
    let is_much = |part: u128| all > 0 && part.saturating_mul(100) / all >= WORTH_A_LOOK;
    if is_much(unnamed) {
        items.push(Item {
            is_bad: false,
            what: html! { (shown::percent(unnamed, all).unwrap_or_default()) " of the week's cost names no feature" },
            remedy: html! { "Unattributed shows which calls are alike, and names them." },
            to: "/unattributed".to_owned(),
        });
    }
    let estimated = by_model.sum.estimated_cost.picos();
    if is_much(estimated) {
        let view = View::default().during(range).of(Dimension::UsageSource, "estimated");
        items.push(Item {
            is_bad: false,
            what: html! { (shown::percent(estimated, all).unwrap_or_default()) " of the week's cost is estimated" },
            remedy: html! { "Their calls say why: most often the app or the provider broke off." },
            to: view.address("/calls"),
        });
    }
    if by_model.hours_behind > 0 {
        items.push(Item {
            is_bad: false,
            what: html! { "The ledger's sums are " (by_model.hours_behind) " hours behind" },
            remedy: html! { "The operator's leader makes them: see whether it runs." },
            to: "/health".to_owned(),
        });
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_between_the_two_nearest() {
        assert_eq!(quantile(&[0, 10, 20, 30], 5), 15);
        assert_eq!(quantile(&[0, 10, 20, 30], 9), 27);
        assert_eq!(quantile(&[7], 1), 7);
    }
}
