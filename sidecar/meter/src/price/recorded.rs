use jiff::Timestamp;

use super::{Line, PriceBook, Served, Unpriced};
use crate::{cost::Cost, provider::Provider, usage::Usage};

/// A call as the ledger has kept it: all that its price depends on.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    pub provider: Provider,
    /// That answered, else the one asked for.
    pub model: &'a str,
    /// When it began: which prices hold.
    pub at: Timestamp,
    /// [`Bill::served`](crate::Bill::served).
    pub served: Option<&'a str>,
    pub usage: &'a Usage,
}

// === impl PriceBook ===

impl PriceBook {
    /// What a recorded call costs by this book: to the last digit what it would have cost, had the book been there then.
    pub fn reprice(&self, call: &Recorded<'_>) -> Result<Cost, Unpriced> {
        let Recorded { provider, model, at, served, usage } = *call;
        let served = Served::recorded(served.unwrap_or_default())
            .map_err(|service| Unpriced::UnknownService { model: model.into(), service })?;
        self.cost(provider, model, at, usage, &served)
    }

    /// The same, line by line.
    pub fn explain_recorded(&self, call: &Recorded<'_>) -> Result<Vec<Line>, Unpriced> {
        let Recorded { provider, model, at, served, usage } = *call;
        let served = Served::recorded(served.unwrap_or_default())
            .map_err(|service| Unpriced::UnknownService { model: model.into(), service })?;
        self.explain(provider, model, at, usage, &served)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::UnitKind;

    /// In USD; `usage` is a million tokens of input.
    fn cost(provider: Provider, model: &str, served: Option<&str>, yaml: &str) -> String {
        let book = PriceBook::with_overrides(yaml).expect("a price file");
        let usage = Usage::default().with(UnitKind::Input, 1_000_000);
        let at = Timestamp::constant(1_795_000_000, 0);
        let cost = book.reprice(&Recorded { provider, model, at, served, usage: &usage });
        cost.map_or_else(|why| why.to_string(), |cost| cost.to_string())
    }

    #[test]
    fn a_recorded_call_is_priced_as_it_was_served() {
        let yaml = "openai: {m: {input: '4', flex: {input: '2'}, regional: '1.1', variants: {720p: {input: '7'}}}}\n\
                    anthropic: {m: {input: '4', us_only: '1.5'}}";
        let openai = |served| cost(Provider::OpenAi, "m", served, yaml);
        assert_eq!(openai(None), "4");
        assert_eq!(openai(Some("flex")), "2");
        assert_eq!(openai(Some("flex regional")), "2.2");
        assert_eq!(openai(Some("size=720p")), "7");
        assert_eq!(cost(Provider::Anthropic, "m", Some("us"), yaml), "6");
    }

    #[test]
    fn the_lines_of_a_recorded_call_are_its_cost() {
        let book = PriceBook::with_overrides("openai: {m: {input: '4', output: '8'}}").expect("a price file");
        let usage = Usage::default().with(UnitKind::Input, 1_000).with(UnitKind::Output, 10);
        let at = Timestamp::constant(1_795_000_000, 0);
        let call = Recorded { provider: Provider::OpenAi, model: "m", at, served: None, usage: &usage };
        let amounts: Vec<String> =
            book.explain_recorded(&call).expect("lines").into_iter().map(|line| line.amount).collect();
        assert_eq!(amounts, ["0.004", "0.00008"]);
        assert_eq!(book.reprice(&call).expect("a cost").to_string(), "0.00408");
    }

    #[test]
    fn how_a_call_was_served_is_the_same_when_it_is_read_again() {
        for words in ["flex", "us", "batch us", "flex regional", "government", "vertex size=high/1024x1024"] {
            let served = Served::recorded(words).expect("words of ours");
            assert_eq!(served.word().as_deref(), Some(words));
        }
        assert_eq!(Served::by_default().word(), None);
    }

    #[test]
    fn a_service_that_nobody_knows_is_never_priced_as_another() {
        let why = cost(Provider::OpenAi, "m", Some("warp"), "openai: {m: {input: '4'}}");
        assert_eq!(why, "the price book has no \"warp\" prices for \"m\"");
    }
}
