//! The table of groups: the same columns wherever calls are told apart by something.

use maud::{Markup, html};

use super::{address::View, chart::portion, shown};
use crate::{
    numbers::grouped,
    query::{COARSE, Dimension, Figures, Group, Key, Usage},
};

/// Groups, those that cost most first, and their sum. Each leads to the calls that make it up.
pub(super) fn groups(usage: &Usage, by: &[Dimension], view: &View, title: &str) -> Markup {
    html! {
        div.scroll {
            table.figures {
                caption { (title) }
                thead { tr {
                    @for dimension in by { th scope="col" { (heading(*dimension)) } }
                    @if by.is_empty() { th scope="col" { "All" } }
                    th.number scope="col" { "Cost" }
                    th.number scope="col" { "Share" }
                    th.number scope="col" { "Calls" }
                    th.number scope="col" { "Failed" }
                    th.number scope="col" { "Refused" }
                    th.number scope="col" { "Input" }
                    th.number scope="col" { "Cached" }
                    th.number scope="col" { "Output" }
                } }
                tbody {
                    @for group in &usage.groups { (row(group, by, view, &usage.sum)) }
                }
                // the sum of one is the one
                @if usage.groups.len() != 1 {
                    tfoot { tr {
                        th scope="row" colspan=(by.len().max(1)) { "All " (shown::count(usage.sum.calls)) " calls" }
                        (cells(&usage.sum, &usage.sum))
                    } }
                }
            }
        }
        (caveats(usage))
    }
}

fn row(group: &Group, by: &[Dimension], view: &View, sum: &Figures) -> Markup {
    html! {
        tr {
            @match &group.key {
                Key::Of(key) if key.is_empty() => th scope="row" { a href=(view.address("/calls")) { "all calls" } },
                Key::Of(key) => {
                    @for (at, value) in key.iter().enumerate() {
                        @let narrowed = by.iter().zip(key).take(at + 1).fold(view.clone(), |view, (by, value)| view.of(*by, value));
                        @let narrowed = View { by: Vec::new(), ..narrowed };
                        @if at == 0 {
                            th scope="row" { a href=(narrowed.address("/calls")) { (shown::word(value)) } }
                        } @else {
                            td { a href=(narrowed.address("/calls")) { (shown::word(value)) } }
                        }
                    }
                }
                Key::Others(count) => th scope="row" colspan=(by.len().max(1)) { "all " (grouped(*count)) " others" },
            }
            (cells(&group.sum, sum))
        }
    }
}

fn cells(figures: &Figures, sum: &Figures) -> Markup {
    let share = shown::percent(figures.cost.picos(), sum.cost.picos());
    html! {
        td.number { (shown::spent(figures)) }
        td.number { (portion(figures.cost.picos(), sum.cost.picos())) (share.unwrap_or_default()) }
        td.number { (shown::count(figures.calls)) }
        td.number { (share_of(figures.failed_calls, figures.calls)) }
        td.number { (share_of(figures.refused_calls, figures.calls)) }
        td.number { (shown::tokens(figures.input_tokens)) }
        td.number { (shown::tokens(figures.cached_input_tokens)) }
        td.number { (shown::tokens(figures.output_tokens)) }
    }
}

/// A count with its share; nothing where there is none.
pub(super) fn share_of(part: u64, whole: u64) -> Markup {
    html! {
        @if part == 0 { span.none { "0" } } @else {
            (shown::count(part)) span.share { " · " (shown::percent(part.into(), whole.into()).unwrap_or_default()) }
        }
    }
}

/// What these figures are not.
pub(super) fn caveats(usage: &Usage) -> Markup {
    html! {
        @if usage.hours_behind > 0 {
            p.notice.warn role="status" {
                strong { (usage.hours_behind) " hours are still being summed. " }
                "They may count too little until the operator's rollups have caught up: Health shows how far they are."
            }
        }
        @if usage.coarse {
            p.hint { (COARSE) }
        }
    }
}

pub(super) fn heading(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Namespace => "Namespace",
        Dimension::Feature => "Feature",
        Dimension::User => "User",
        Dimension::Provider => "Provider",
        Dimension::Model => "Model",
        Dimension::Workload => "Workload",
        Dimension::Outcome => "Outcome",
        Dimension::UsageSource => "Usage from",
    }
}
