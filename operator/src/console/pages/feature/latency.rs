//! How long a feature's calls take: of half of them, and of all but the slowest twentieth. Out of single calls, so of as much
//! of the page's time as a look at them may take.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::USUAL;
use crate::{
    console::pages::{
        address::View,
        chart::{self, label},
        context::{Context, Missing},
        shown,
    },
    query::{
        Ask, Dimension, Filter, Latency, LatencyAsk, Range, Span, Step,
        latency::{Quantiles, Times},
    },
};

/// The last hours of the page's time.
const HOURS: i64 = 24;
/// More calls are not looked at, each of which takes some ten microseconds, and four times that from a disk; of a busy feature fewer hours say
/// as much.
const MOST_CALLS: u64 = 2_500;

pub(super) async fn latency(context: &Context, namespace: &str, feature: &str) -> Result<Markup, Missing> {
    let filter = Filter::of_feature(namespace, feature);
    let whole = context.span(&context.range(USUAL));
    let last_day = last(&whole, context.now, HOURS);
    let calls = context.usage(&Ask::of(last_day.clone()).filtered(&filter)).await?.sum.passed_calls();
    let hours = hours(calls);
    let span = last(&last_day, context.now, hours);
    let ask = LatencyAsk { span: span.clone(), step: Step::Hour, filter: filter.clone() };
    let latency = context.reader()?.latency(&ask).await?;
    let view = View { filter, ..context.view.time().during(Range::Times(span.from, span.until)) };
    Ok(html! {
        h2 { "Latency" }
        @if latency.all.calls == 0 {
            p.empty {
                @if calls == 0 { "Unknown: no call was made in the last " (HOURS) " hours of this time." }
                @else { "Unknown: single calls of this time are gone, and sums do not say how long one took. Choose a later time above." }
            }
        } @else {
            (table(&latency, &view))
            (over_time(&latency, context, &span))
            p.hint {
                (shown::count(latency.all.calls)) " calls that were completed in the last "
                @if hours == 1 { "hour" } @else { (hours) " hours" }
                " of this time, as their sidecars measured: from the app's request until the head of the provider's answer, and until its end."
                @if hours < HOURS { " It is called so often that fewer hours say as much." }
            }
        }
    })
}

fn hours(calls: u64) -> i64 {
    let share = u128::from(MOST_CALLS) * u128::from(HOURS.unsigned_abs()) / u128::from(calls.max(1));
    i64::try_from(share).unwrap_or(HOURS).clamp(1, HOURS)
}

/// So many hours before a span's end, or before the hour that is going on.
fn last(span: &Span, now: Timestamp, hours: i64) -> Span {
    let hour_ends = Timestamp::from_second((now.as_second().div_euclid(3_600) + 1) * 3_600).unwrap_or(now);
    let until = span.until.min(hour_ends);
    let from = until.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(until);
    Span { from: from.max(span.from).min(until), until, zone: span.zone.clone() }
}

fn table(latency: &Latency, view: &View) -> Markup {
    html! {
        div.scroll {
            table.latency {
                caption { "How long calls take, by model" }
                thead { tr {
                    th scope="col" { "Model" }
                    th.number scope="col" { "Calls" }
                    th.number scope="col" { "First byte, half" }
                    th.number scope="col" { "95 of 100" }
                    th.number scope="col" { "Whole call, half" }
                    th.number scope="col" { "95 of 100" }
                } }
                tbody {
                    @for (model, times) in &latency.models {
                        tr {
                            th scope="row" { a href=(view.clone().of(Dimension::Model, model).address("/calls")) { (shown::word(model)) } }
                            (cells(times))
                        }
                    }
                }
                @if latency.models.len() != 1 {
                    tfoot { tr { th scope="row" { "All" } (cells(&latency.all)) } }
                }
            }
        }
    }
}

fn cells(times: &Times) -> Markup {
    let both = |quantiles: Option<Quantiles>| {
        html! {
            td.number { (shown::duration(quantiles.map(|of| of.p50))) }
            td.number { (shown::duration(quantiles.map(|of| of.p95))) }
        }
    };
    html! { td.number { (shown::count(times.calls)) } (both(times.first_byte)) (both(times.whole)) }
}

fn over_time(latency: &Latency, context: &Context, span: &Span) -> Markup {
    let zone = context.zone();
    let bars: Vec<(String, u64, u64)> = latency
        .bounds
        .iter()
        .zip(&latency.buckets)
        .map(|(at, times)| {
            let Quantiles { p50, p95 } = times.whole.unwrap_or(Quantiles { p50: 0, p95: 0 });
            (label(Step::Hour, &zone, *at), p50, p95)
        })
        .collect();
    html! {
        @if bars.len() > 1 {
            figure.chart {
                figcaption { "Whole calls per hour: half, and 95 of 100" }
                (chart::levels(&bars, shown::duration_text, (span.from, span.until), &zone))
                details.behind {
                    summary { "As a table" }
                    div.scroll tabindex="0" { table {
                        caption { "How long calls take, by hour" }
                        thead { tr {
                            th scope="col" { "hour" } th.number scope="col" { "Calls" }
                            th.number scope="col" { "First byte, half" } th.number scope="col" { "95 of 100" }
                            th.number scope="col" { "Whole call, half" } th.number scope="col" { "95 of 100" }
                        } }
                        tbody {
                            @for ((name, ..), times) in bars.iter().zip(&latency.buckets) {
                                tr { th scope="row" { (name) } (cells(times)) }
                            }
                        }
                    } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Zone;

    #[test]
    fn a_busy_feature_is_looked_at_for_fewer_hours() {
        assert_eq!([0, 2_499, 5_000, 1_000_000_000].map(hours), [24, 24, 12, 1]);
    }

    #[test]
    fn of_what_is_over_its_own_last_hours_count() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let span =
            Span { from: at("2026-10-01T00:00:00Z"), until: at("2026-11-01T00:00:00Z"), zone: Zone::utc() };
        let of_october = last(&span, at("2026-11-28T10:20:00Z"), 24);
        assert_eq!((of_october.from, of_october.until), (at("2026-10-31T00:00:00Z"), span.until));
        let so_far = last(&span, at("2026-10-01T10:20:00Z"), 24);
        assert_eq!((so_far.from, so_far.until), (span.from, at("2026-10-01T11:00:00Z")));
    }
}
