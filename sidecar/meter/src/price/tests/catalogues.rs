//! The book held against both catalogues, figure by figure: `prices/catalogues.tsv` has every price that either names.

use crate::{
    cost::UnitPrice,
    price::{built_in, sum::unit_price, table::Service},
    provider::Provider,
    usage::{Measure, UnitKind},
};

const FIGURES: &str = include_str!("../../../prices/catalogues.tsv");

/// What one or both say and we do not: `prices/differences.md` says why. (models, unit)
const EXPLAINED: &[(&[&str], &str)] = &[
    (&["ft:gpt-4o-2024-11-20"], "input_cache_write"),
    (&["ft:gpt-4o-2024-08-06"], "input_cached"),
    (&["gpt-5.6-cyber"], "input"),
    (&["gpt-5.6-cyber"], "input_cached"),
    (&["gpt-5.6-cyber"], "input_cache_write"),
    (&["gpt-5.6-cyber"], "output"),
    (&["gemini-3.8-flash-cyber"], "output_reasoning"),
    (&["vertex/gemini-2.5-flash"], "input_audio"),
    (&["vertex/gemini-2.5-flash-lite"], "input_audio"),
    // tiers that ended on a date: the book has them until then
    (&["claude-sonnet-4-5"], "*"),
    (&["claude-sonnet-4-5-20250929"], "*"),
    // names that another model answers to, at its prices, since a date: the book has theirs until then
    (&["grok-3", "grok-3-beta", "grok-3-latest", "grok-4", "grok-4-0709", "grok-4-latest"], "*"),
    (
        &[
            "grok-4-fast",
            "grok-4-fast-reasoning",
            "grok-4-fast-reasoning-latest",
            "grok-4-fast-non-reasoning",
            "grok-4-fast-non-reasoning-latest",
        ],
        "*",
    ),
    (
        &[
            "grok-4-1-fast",
            "grok-4-1-fast-reasoning",
            "grok-4-1-fast-reasoning-latest",
            "grok-4-1-fast-non-reasoning",
            "grok-4-1-fast-non-reasoning-latest",
        ],
        "*",
    ),
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

// === impl Figure ===

impl Figure<'_> {
    /// What the book has on the day when the catalogues were read.
    fn ours(&self) -> Option<UnitPrice> {
        let model = built_in::models(self.provider).iter().find(|known| known.name == self.model)?;
        let mut held = model.prices.iter().rev();
        let today = held.find(|price| price.valid_from.is_none_or(|from| from <= READ_ON))?;
        let wanted = (self.service, self.above, self.variant);
        let rate =
            today.rates.iter().find(|rate| (rate.service, rate.above, rate.variant.as_ref()) == wanted)?;
        // a unit that costs what it is part of is not told apart
        unit_price(&[rate], self.provider, self.unit)
    }

    fn is_ours(&self) -> bool {
        let ours = self.ours();
        self.says.iter().any(|text| !text.is_empty() && ours == Some(price(self.unit, text)))
    }

    fn is_explained_by(&self, (models, unit): (&[&str], &str)) -> bool {
        models.contains(&self.model) && (unit == "*" || unit == self.unit.name())
    }
}

#[test]
fn each_price_is_one_of_the_catalogues_or_explained() {
    let is_explained = |figure: &Figure<'_>| EXPLAINED.iter().any(|&by| figure.is_explained_by(by));
    let unexplained: Vec<_> = figures().filter(|figure| !figure.is_ours() && !is_explained(figure)).collect();
    for figure in &unexplained {
        let Figure { provider, model, service, above, variant, unit, says } = figure;
        let (ours, service, unit) = (figure.ours(), service.name(), unit.name());
        eprintln!(
            "{provider} {model} {service} above {above} {variant} {unit}: ours {ours:?}, theirs {says:?}"
        );
    }
    assert!(unexplained.is_empty(), "{} of {}", unexplained.len(), figures().count());
}

#[test]
fn both_catalogues_are_there_whole() {
    for provider in Provider::ALL {
        let of = |side: usize| {
            figures().filter(|figure| figure.provider == provider && !figure.says[side].is_empty()).count()
        };
        // litellm lists nothing of OpenRouter's
        let enough = if provider == Provider::OpenRouter { [0, 2_000] } else { [100, 70] };
        assert!(of(0) >= enough[0] && of(1) >= enough[1], "{provider}: {} and {}", of(0), of(1));
    }
}

#[test]
fn each_explanation_is_needed_and_there_are_few() {
    for &(models, unit) in EXPLAINED {
        for model in models {
            let by: (&[&str], &str) = (&[model], unit);
            assert!(figures().any(|figure| figure.is_explained_by(by) && !figure.is_ours()), "{by:?}");
        }
    }
    assert!(EXPLAINED.len() < 20);
}
