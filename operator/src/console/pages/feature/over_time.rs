//! A feature over time, with the changes of its flag: what it costs by model, the tokens that it uses by kind, how its calls end.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{USUAL, whole};
use crate::{
    console::pages::{
        address::View,
        audit,
        chart::{Chart, Mark, Measure},
        context::{Context, Missing},
        shown::name,
    },
    query::{Dimension, Figures, Filter, Group, Key, Range, Step, Usage},
};

/// What all charts of the page have in common.
struct Over<'a> {
    context: &'a Context,
    namespace: &'a str,
    feature: &'a str,
    step: Step,
    until: Timestamp,
    marks: Vec<Mark>,
}

/// Models in a chart; all others are one.
const MODELS: u16 = 8;
/// As many as there are.
const OUTCOMES: u16 = 9;

/// Cost by model, tokens by kind, calls by how they ended.
pub(super) async fn over_time(context: &Context, namespace: &str, feature: &str) -> Result<Markup, Missing> {
    let whole = whole(context, namespace, feature);
    let until = whole.span.until;
    let step = context.step(&whole.span);
    let models = whole.clone().by(&[Dimension::Model], MODELS);
    let outcomes = whole.clone().by(&[Dimension::Outcome], OUTCOMES);
    let models = context.usage_out_of(&whole, &models).await?;
    let outcomes = context.usage_out_of(&whole, &outcomes).await?;
    let time = (models.bounds.first().copied(), until);
    let marks = audit::marks(context, time, Some((namespace, feature))).await?;
    let over = Over { context, namespace, feature, step, until, marks };
    Ok(html! {
        (over.draw(&models, Measure::Cost, "Cost", "by model"))
        div.charts {
            (over.draw(&by_kind(&models), Measure::Tokens, "Tokens", "by kind"))
            (over.draw(&in_words(&outcomes), Measure::Calls, "Calls", "by how they ended"))
        }
    })
}

/// Outcomes as people say them.
fn in_words(usage: &Usage) -> Usage {
    let groups = usage.groups.iter().map(|group| match &group.key {
        Key::Of(words) => {
            let words = words.iter().map(|word| word.replace('_', " ")).collect();
            Group { key: Key::Of(words), ..group.clone() }
        }
        Key::Others(_) => group.clone(),
    });
    Usage { groups: groups.collect(), ..usage.clone() }
}

/// The same tokens, told apart by what kind they are of; none is of two.
fn by_kind(usage: &Usage) -> Usage {
    type Kind = (&'static str, fn(&Figures) -> u64);
    const KINDS: [Kind; 5] = [
        ("input", |of| of.input_tokens.saturating_sub(of.cached_input_tokens + of.cache_write_tokens)),
        ("input from a cache", |of| of.cached_input_tokens),
        ("input into a cache", |of| of.cache_write_tokens),
        ("output", |of| of.output_tokens.saturating_sub(of.reasoning_tokens)),
        ("reasoning", |of| of.reasoning_tokens),
    ];
    let groups = KINDS.iter().filter(|(_, of)| of(&usage.sum) > 0).map(|(kind, of)| {
        let only = |figures: &Figures| Figures { output_tokens: of(figures), ..Figures::default() };
        Group {
            key: Key::Of(vec![(*kind).to_owned()]),
            sum: only(&usage.sum),
            buckets: usage.buckets.iter().map(only).collect(),
        }
    });
    Usage { groups: groups.collect(), ..usage.clone() }
}

// === impl Over ===

impl Over<'_> {
    fn draw(&self, usage: &Usage, measure: Measure, what: &str, by: &str) -> Markup {
        let Self { context, namespace, feature, step, until, marks } = self;
        let link = |from: Timestamp, until: Timestamp| {
            let filter = Filter::of_feature(namespace, feature);
            View { filter, ..context.view.time().during(Range::Times(from, until)) }.address("/calls")
        };
        let title = context.range(USUAL).title().to_lowercase();
        let zone = context.zone();
        let chart = Chart {
            measure,
            usage,
            step: *step,
            zone: &zone,
            until: *until,
            title: format!("{what} per {} {by}, {title}", step.name()),
            marks: marks.clone(),
            name: &name,
            link: &link,
        };
        chart.draw()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_tokens_are_disjoint_and_their_sum_is_all_tokens() {
        let figures = Figures {
            input_tokens: 100,
            cached_input_tokens: 60,
            cache_write_tokens: 10,
            output_tokens: 40,
            reasoning_tokens: 25,
            ..Figures::default()
        };
        let usage = Usage { sum: figures, buckets: vec![figures], ..Usage::default() };
        let kinds = by_kind(&usage);
        let counts: Vec<u64> = kinds.groups.iter().map(|group| group.sum.tokens()).collect();
        assert_eq!(counts, [30, 60, 10, 15, 25]);
        assert_eq!(counts.iter().sum::<u64>(), figures.tokens());
    }
}
