use jiff::Timestamp;
use serde::Serialize;

use super::{
    PriceBook, Unpriced,
    book::{Held, Origin},
    served::Served,
    sum::{Part, Sum},
};
use crate::{
    cost::{Cost, decimal},
    provider::Provider,
    usage::{Measure, Usage},
};

/// One line of a cost: the amounts of all lines are the cost, before it is rounded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    pub unit: &'static str,
    pub quantity: String,
    /// As the price list has it, in `currency`, for so much of the unit as `per` says.
    pub price: String,
    pub currency: String,
    pub per: &'static str,
    /// What discounts, regional surcharges and the currency's rate make of it; absent where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factor: Option<String>,
    /// In USD, with up to 18 digits.
    pub amount: String,
    /// Whose price it is: `built-in 2026-11-28`, `override`, or `provider` where it said the cost itself.
    pub source: String,
    /// Null: since ever.
    pub valid_from: Option<String>,
}

// === impl Line ===

impl Line {
    /// Where the provider said the cost itself.
    pub(crate) fn said(cost: Cost) -> Self {
        Self {
            unit: "call",
            quantity: "1".into(),
            price: cost.to_string(),
            currency: "USD".into(),
            per: "piece",
            factor: None,
            amount: cost.to_string(),
            source: "provider".into(),
            valid_from: None,
        }
    }
}

// === impl PriceBook ===

impl PriceBook {
    /// The lines of [`PriceBook::cost`], in the order of the units.
    pub(crate) fn explain(
        &self,
        provider: Provider,
        model: &str,
        at: Timestamp,
        usage: &Usage,
        served: &Served,
    ) -> Result<Vec<Line>, Unpriced> {
        let (held, sum) = self.sum(provider, model, at, usage, served)?;
        sum.parts.iter().map(|part| self.line(&held, &sum, part).ok_or(Unpriced::TooLarge)).collect()
    }

    fn line(&self, held: &Held<'_>, sum: &Sum, part: &Part) -> Option<Line> {
        let factor = sum.factor(part.unit);
        let (digits, per) = match part.unit.measure() {
            Measure::Tokens => (12, "million tokens"),
            Measure::Characters => (12, "million characters"),
            Measure::Pieces => (18, "piece"),
            Measure::Seconds => (12, "hour"),
            Measure::TokenHours => (12, "million token-hours"),
        };
        let since = held.valid_from.and_then(|seconds| Timestamp::from_second(seconds).ok());
        Some(Line {
            unit: part.unit.name(),
            quantity: part.unit.shown(part.count).to_string(),
            price: decimal(u128::from(part.price.attos()), digits),
            currency: self.currency(held.origin).into(),
            per,
            factor: (!factor.is_one()).then(|| factor.to_string()),
            amount: part.amount(factor)?,
            source: match held.origin {
                Origin::BuiltIn => format!("built-in {}", super::built_in::VERSION),
                Origin::Own => "override".into(),
            },
            valid_from: since.map(|since| since.to_string()),
        })
    }
}
