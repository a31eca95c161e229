//! The book held against both catalogues, figure by figure: `prices/catalogues.tsv` has every price that either names.

use crate::{
    cost::UnitPrice,
    price::{built_in, table::Service},
    provider::Provider,
    usage::{Measure, UnitKind},
};

const FIGURES: &str = include_str!("../../../prices/catalogues.tsv");

/// Figures of neither catalogue, or left out though one has them; `prices/differences.md` says why.
const EXPLAINED: &[(&str, &str)] = &[
    ("ft:gpt-4o-2024-11-20", "input_cache_write"),
    ("ft:gpt-4o-2024-08-06", "input_cached"),
    ("gpt-5.6-cyber", "input"),
    ("gpt-5.6-cyber", "input_cached"),
    ("gpt-5.6-cyber", "input_cache_write"),
    ("gpt-5.6-cyber", "output"),
    // tiers that ended on a date: the book has them until then
    ("claude-sonnet-4-5", "*"),
    ("claude-sonnet-4-5-20250929", "*"),
];

/// The catalogues were read on this day.
const READ_ON: i64 = 1_795_824_000;

struct Figure<'a> {
    provider: Provider,
    model: &'a str,
    service: Service,
    above: u64,
    variant: &'a str,
    unit: UnitKind,
    /// litellm's and genai-prices'.
    says: [&'a str; 2],
}

fn figures() -> impl Iterator<Item = Figure<'static>> {
    FIGURES.lines().skip(1).map(|line| {
        let cells: Vec<_> = line.split('\t').collect();
        let [provider, model, service, above, variant, unit, litellm, genai] = cells[..] else {
            panic!("eight cells: {line}")
        };
        Figure {
            provider: Provider::from_name(provider).expect("a provider"),
            model,
            service: Service::from_name(service).expect("a service"),
            above: above.parse().expect("tokens"),
            variant,
            unit: UnitKind::from_name(unit).expect("a unit"),
            says: [litellm, genai],
        }
    })
}

fn price(unit: UnitKind, text: &str) -> UnitPrice {
    match unit.measure() {
        Measure::Tokens | Measure::Characters | Measure::TokenHours => UnitPrice::per_million(text),
        Measure::Pieces => UnitPrice::per_unit(text),
        Measure::Seconds => UnitPrice::per_time(&format!("{text}/h")),
    }
    .expect("a price")
}

#[test]
fn each_price_is_one_of_the_catalogues_or_explained() {
    let mut unexplained = Vec::new();
    let mut compared = 0;
    for Figure { provider, model, service, above, variant, unit, says } in figures() {
        let known = built_in::models(provider).iter().find(|known| known.name == model);
        let today = known.and_then(|known| {
            known.prices.iter().rev().find(|price| price.valid_from.is_none_or(|from| from <= READ_ON))
        });
        let rate = today.and_then(|price| {
            price
                .rates
                .iter()
                .find(|rate| (rate.service, rate.above, rate.variant.as_ref()) == (service, above, variant))
        });
        let ours = rate.and_then(|rate| rate.unit(unit));
        let is_theirs = says.iter().any(|text| !text.is_empty() && ours == Some(price(unit, text)));
        let is_explained =
            EXPLAINED.iter().any(|(name, kind)| *name == model && (*kind == "*" || *kind == unit.name()));
        if !is_theirs && !is_explained {
            unexplained.push(format!(
                "{provider} {model} {} above {above} {variant} {}: ours {ours:?}, theirs {says:?}",
                service.name(),
                unit.name()
            ));
        }
        compared += 1;
    }
    assert!(compared > 5_000, "{compared}");
    assert!(unexplained.is_empty(), "{} of {compared}:\n{}", unexplained.len(), unexplained.join("\n"));
}

#[test]
fn each_explanation_is_needed() {
    for (model, _) in EXPLAINED {
        assert!(figures().any(|figure| figure.model == *model), "{model}");
    }
    assert!(EXPLAINED.len() < 20);
}
