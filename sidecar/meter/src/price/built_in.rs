//! The book that is compiled in: a file a provider, made by `prices/generate.py` and equal to `prices/*.yaml`; a test
//! sees to that. A provider's models are sorted by name.

#[rustfmt::skip]
mod anthropic;
#[rustfmt::skip]
mod google;
#[rustfmt::skip]
mod openai;
#[rustfmt::skip]
mod openrouter;
#[rustfmt::skip]
mod xai;

use std::borrow::Cow;

use super::table::{Model, Price, Rate, Service};
use crate::{cost::UnitPrice, provider::Provider, usage::UnitKind};

/// When the catalogues were read, and which book of that day it is.
pub(super) const VERSION: &str = "2026-11-29.2";

pub(super) fn models(provider: Provider) -> &'static [Model] {
    match provider {
        Provider::OpenAi => openai::OPENAI,
        Provider::Anthropic => anthropic::ANTHROPIC,
        Provider::Google => google::GOOGLE,
        Provider::Xai => xai::XAI,
        Provider::OpenRouter => openrouter::OPENROUTER,
    }
}

/// What OpenRouter serves for nothing, whatever the model: its name ends so.
pub(super) static FREE: Model = model(":free", NOTHING);
static NOTHING: &[Price] = &[price(None, [100; 3], TOKENS)];
static TOKENS: &[Rate] = &[rate(
    Service::Standard,
    0,
    "",
    &[
        unit(UnitKind::Input, 0),
        unit(UnitKind::InputAudio, 0),
        unit(UnitKind::Output, 0),
        unit(UnitKind::OutputAudio, 0),
        unit(UnitKind::OutputImage, 0),
    ],
)];

const fn model(name: &'static str, prices: &'static [Price]) -> Model {
    Model { name: Cow::Borrowed(name), prices: Cow::Borrowed(prices) }
}

const fn price(
    valid_from: Option<i64>,
    [us_only_percent, regional_percent, government_percent]: [u64; 3],
    rates: &'static [Rate],
) -> Price {
    Price { valid_from, us_only_percent, regional_percent, government_percent, rates: Cow::Borrowed(rates) }
}

const fn rate(
    service: Service,
    above: u64,
    variant: &'static str,
    units: &'static [(UnitKind, UnitPrice)],
) -> Rate {
    Rate { service, above, variant: Cow::Borrowed(variant), units: Cow::Borrowed(units) }
}

/// A unit and its price in 1e-18 USD.
const fn unit(kind: UnitKind, attos: u64) -> (UnitKind, UnitPrice) {
    (kind, UnitPrice::from_attos(attos))
}
