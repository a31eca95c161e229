use jiff::Timestamp;
use serde::Serialize;

use super::{PriceBook, Served, built_in};
use crate::{
    cost::Cost,
    provider::Provider,
    usage::{Measure, UnitKind, Usage},
};

/// A price that an admin's file makes another than the built-in one, of calls that are served by default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub provider: &'static str,
    pub model: String,
    pub unit: &'static str,
    pub per: &'static str,
    /// USD; `None`: it has no price.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Below every size from which prices change.
const TOKENS: u64 = 100_000;

// === impl PriceBook ===

impl PriceBook {
    /// What differs from the built-in book at a time, by provider and model.
    pub fn changes(&self, at: Timestamp) -> Vec<Change> {
        Provider::ALL
            .into_iter()
            .flat_map(|provider| {
                let mut models = self.touched(provider);
                models.sort_unstable();
                models.dedup();
                models.into_iter().flat_map(move |model| self.changes_of(provider, model, at))
            })
            .collect()
    }

    /// The models that the file may say something of.
    fn touched(&self, provider: Provider) -> Vec<&str> {
        let Some(own) = self.own.at(provider) else { return Vec::new() };
        let named = own.models.iter().map(|model| model.name.as_ref());
        let named = named.chain(own.aliases.iter().map(|(name, _)| name.as_str()));
        named.chain(built_in::models(provider).iter().map(|model| model.name.as_ref())).collect()
    }

    fn changes_of(&self, provider: Provider, model: &str, at: Timestamp) -> Vec<Change> {
        let changed = |unit: UnitKind| {
            let (count, times, per) = match unit.measure() {
                Measure::Tokens => (TOKENS, 10, "million tokens"),
                Measure::Characters => (TOKENS, 10, "million characters"),
                Measure::Pieces => (1, 1, "piece"),
                Measure::Seconds => (1_000_000, 1, "second"),
                Measure::TokenHours => (3_600, 1_000_000, "million token-hours"),
            };
            let usage = Usage::default().with(unit, count);
            let price = |book: &Self| {
                let cost = book.cost(provider, model, at, &usage, &Served::by_default()).ok()?;
                Some(Cost::from_picos(cost.picos() * times).to_string())
            };
            let (before, after) = (price(Self::built_in()), price(self));
            let (provider, model, unit) = (provider.name(), model.to_owned(), unit.name());
            (before != after).then_some(Change { provider, model, unit, per, before, after })
        };
        UnitKind::ALL.into_iter().filter_map(changed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(yaml: &str, model: &str) -> Vec<(&'static str, Option<String>, Option<String>)> {
        let book = PriceBook::with_overrides(yaml).expect("a price file");
        let at = Timestamp::constant(1_795_000_000, 0);
        let of_model = book.changes(at).into_iter().filter(|change| change.model == model);
        of_model.map(|change| (change.unit, change.before, change.after)).collect()
    }

    #[test]
    fn a_discount_changes_each_price_of_the_models_it_is_for_and_no_other() {
        let said = changes("openai: {gpt-4o: {discount: '20%'}}", "gpt-4o");
        assert!(said.contains(&("input", Some("2.5".into()), Some("2".into()))), "{said:?}");
        assert_eq!(changes("openai: {gpt-4o: {discount: '20%'}}", "gpt-5.4"), []);
    }

    #[test]
    fn a_model_of_the_admins_own_had_no_price_before() {
        let said = changes("openai: {mine: {input: '1.25', output: '10'}}", "mine");
        assert!(said.contains(&("input", None, Some("1.25".into()))), "{said:?}");
    }

    #[test]
    fn a_model_that_costs_as_a_built_in_one_has_its_prices_and_its_discount() {
        let same = changes("openai: {mine: {same_as: gpt-4o}}", "mine");
        assert!(same.contains(&("input", None, Some("2.5".into()))), "{same:?}");
        let less = changes("openai: {discount: '20%', mine: {same_as: gpt-4o}}", "mine");
        assert!(less.contains(&("input", None, Some("2".into()))), "{less:?}");
        let book = PriceBook::with_overrides("openai: {mine: {same_as: gpt-4o}}").expect("a price file");
        assert_eq!(book.known_as(Provider::OpenAi, "mine-2026-01-01"), Some("gpt-4o"));
    }

    #[test]
    fn a_file_that_says_nothing_changes_nothing() {
        let book = PriceBook::with_overrides("{}").expect("a price file");
        assert_eq!(book.changes(Timestamp::constant(1_795_000_000, 0)), []);
    }
}
