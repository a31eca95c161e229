use std::fmt;

use super::table::{Price, Rate, Service};
use crate::{
    answer::AnswerFacts,
    cost::{Cost, UnitPrice},
    endpoint::Dialect,
    provider::Provider,
    settle::Call,
    usage::{UnitKind, Usage},
};

/// Why a call has no cost. Its `Display` is the sentence for the admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpriced {
    /// Billable, but nobody meters this endpoint yet.
    NotMetered,
    /// The work goes on at the provider; what it used is known when somebody reads it.
    NotReadYet,
    /// Neither request nor answer named a model.
    NoModel,
    /// Not in the price book.
    UnknownModel {
        model: Box<str>,
        /// A known model whose name begins the same way; for the reader, not for the bill.
        looks_like: Option<Box<str>>,
    },
    /// In the price book, but only from a later time on.
    NotYetPriced { model: Box<str> },
    /// Served in a way that the book has no price for.
    UnknownService { model: Box<str>, service: Box<str> },
    /// It used a unit that the book has no price for.
    UnknownUnit { model: Box<str>, unit: UnitKind },
    /// More than can be stored: no such bill exists.
    TooLarge,
}

/// How a call was served, as far as its price is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Served {
    pub(crate) service: Service,
    pub(crate) us_only: bool,
    /// At an endpoint that keeps to a region.
    pub(crate) regional: bool,
    /// What was made: `high/1024x1024`, `720p`; empty where that says nothing.
    pub(crate) variant: Box<str>,
}

/// A cost, or why there is none.
pub(crate) type Priced = Result<Cost, Unpriced>;

/// `numeric(20,12)` holds less than this many USD.
const MAX_COST: Cost = Cost::from_picos(100_000_000 * 1_000_000_000_000);

/// A common multiple of what the measures are counted in.
const DENOMINATOR: u128 = 3_600_000_000;
/// Of the two factors, in percent.
const PERCENTS: u128 = 100 * 100;

// === impl Served ===

impl Served {
    /// By the standard service, where nobody said otherwise.
    #[cfg(test)]
    pub(crate) fn standard() -> Self {
        Self { service: Service::Standard, us_only: false, regional: false, variant: Box::default() }
    }

    /// `Err` is a service that no price list has.
    pub(crate) fn of(call: &Call<'_>, answer: Option<&AnswerFacts>) -> Result<Self, Box<str>> {
        let said =
            |field: fn(&AnswerFacts) -> &Option<Box<str>>| answer.and_then(|answer| field(answer).as_deref());
        let is_batch = call.endpoint.dialect().is_some_and(Dialect::is_batch);
        let service = match said(|answer| &answer.service_tier) {
            _ if is_batch => Service::Batch,
            _ if said(|answer| &answer.speed) == Some("fast") => Service::Fast,
            Some(tier) => service(call.provider, tier).ok_or_else(|| Box::<str>::from(tier))?,
            None => Service::Standard,
        };
        let asked = call.request.map(|request| &request.asked);
        let quality = said(|answer| &answer.quality).or_else(|| asked?.quality.as_deref());
        let size = said(|answer| &answer.size).or_else(|| asked?.size.as_deref());
        Ok(Self {
            service,
            us_only: said(|answer| &answer.inference_geo).is_some_and(|geo| geo.eq_ignore_ascii_case("us")),
            regional: is_regional(call.provider, call.host),
            variant: match (quality, size) {
                (Some(quality), Some(size)) => format!("{quality}/{size}").into(),
                (None, Some(size)) => size.into(),
                (_, None) => Box::default(),
            },
        })
    }
}

fn service(provider: Provider, tier: &str) -> Option<Service> {
    match (provider, tier.to_ascii_lowercase().as_str()) {
        // "auto" is what was asked for; "scale" is capacity bought beforehand, as is Anthropic's "priority" and Google's
        // provisioned throughput: their tokens count at list price
        (
            _,
            "default"
            | "standard"
            | "auto"
            | "scale"
            | "on_demand"
            | "provisioned_throughput"
            | "unspecified",
        )
        | (Provider::Anthropic, "priority")
        | (_, "traffic_type_unspecified") => Some(Service::Standard),
        (_, "on_demand_priority") => Some(Service::Priority),
        (_, "on_demand_flex") => Some(Service::Flex),
        (_, tier) => Service::from_name(tier),
    }
}

/// Not the provider's global endpoint.
fn is_regional(provider: Provider, host: &str) -> bool {
    match provider {
        Provider::OpenAi => host.len() > ".api.openai.com".len() && host.ends_with(".api.openai.com"),
        Provider::Google => {
            host.ends_with("-aiplatform.googleapis.com") || host.ends_with(".rep.googleapis.com")
        }
        Provider::Anthropic | Provider::Xai | Provider::OpenRouter => false,
    }
}

// === impl Price ===

impl Price {
    /// The exact cost of a usage: the sum of counts times prices, rounded once.
    pub(crate) fn cost(&self, model: &str, usage: &Usage, served: &Served) -> Priced {
        let lines = self.lines(model, usage, served)?;
        let percent = u128::from(if served.us_only { self.us_only_percent } else { 100 })
            * u128::from(if served.regional { self.regional_percent } else { 100 });
        let mut sum = 0u128;
        for (kind, count, price) in lines {
            let (per_price, attos) = kind.measure().of_price();
            let factor = if kind.is_tokens() { percent } else { PERCENTS };
            let part = u128::from(count).checked_mul(u128::from(price.attos()));
            let part =
                part.and_then(|part| part.checked_mul(DENOMINATOR / per_price * attos)?.checked_mul(factor));
            sum = part.and_then(|part| sum.checked_add(part)).ok_or(Unpriced::TooLarge)?;
        }
        Cost::from_attos(sum, DENOMINATOR * PERCENTS)
            .filter(|&cost| cost < MAX_COST)
            .ok_or(Unpriced::TooLarge)
    }

    /// Each unit that costs, its count and its price.
    pub(crate) fn lines(
        &self,
        model: &str,
        usage: &Usage,
        served: &Served,
    ) -> Result<Vec<(UnitKind, u64, UnitPrice)>, Unpriced> {
        let lists = self.lists(model, usage.tokens().input, served)?;
        let priced = |kind| unit_price(&lists, kind).or_else(|| unit_price(&lists, part_of(kind)?));
        let mut lines = Vec::new();
        for (kind, count) in usage.iter() {
            // searches are billed one by one, or by the prompt that they ground
            let other = match kind {
                UnitKind::WebSearchCall => Some(UnitKind::GroundedPrompt),
                UnitKind::GroundedPrompt => Some(UnitKind::WebSearchCall),
                _ => None,
            };
            match priced(kind) {
                Some(price) => lines.push((kind, count, price)),
                None if other.is_some_and(|other| usage.get(other) > 0 && priced(other).is_some()) => {}
                None => return Err(Unpriced::UnknownUnit { model: model.into(), unit: kind }),
            }
        }
        Ok(lines)
    }

    /// The lists that hold, the most particular first.
    fn lists(&self, model: &str, input: u64, served: &Served) -> Result<Vec<&Rate>, Unpriced> {
        let service = served.service;
        let unknown = || Unpriced::UnknownService { model: model.into(), service: service.name().into() };
        // OpenAI's "fast" is the newer name of its "priority"
        let older_name = || (service == Service::Fast).then(|| self.rate(Service::Priority, input)).flatten();
        let rate = self.rate(service, input).or_else(older_name).ok_or_else(unknown)?;
        let variants = [service, Service::Standard].map(|service| self.variant(service, &served.variant));
        let others = [(Service::Standard, input), (service, 0), (Service::Standard, 0)];
        let others = others.map(|(service, input)| self.rate(service, input));
        Ok(variants.into_iter().flatten().chain([rate]).chain(others.into_iter().flatten()).collect())
    }
}

/// A unit that a tier or a service does not name costs there what it costs without.
fn unit_price(lists: &[&Rate], kind: UnitKind) -> Option<UnitPrice> {
    lists.iter().find_map(|rate| rate.unit(kind))
}

/// The unit that one is part of, where no list tells it apart.
fn part_of(kind: UnitKind) -> Option<UnitKind> {
    match kind {
        // thinking is output, and a picture's tokens are input, unless they have a price of their own
        UnitKind::OutputReasoning => Some(UnitKind::Output),
        UnitKind::InputImage | UnitKind::InputVideo => Some(UnitKind::Input),
        // no price for cached input means no discount, none for writing a cache no surcharge: OpenAI's price page has
        // dashes there
        UnitKind::InputCached | UnitKind::InputCacheWrite => Some(UnitKind::Input),
        UnitKind::InputAudioCached | UnitKind::InputImageCached => Some(UnitKind::InputCached),
        UnitKind::InputCacheWrite12h => Some(UnitKind::InputCacheWrite),
        _ => None,
    }
}

// === impl Unpriced ===

impl Unpriced {
    /// The name in metrics.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotMetered => "not_metered",
            Self::NotReadYet => "not_read_yet",
            Self::NoModel => "no_model",
            Self::UnknownModel { .. } => "unknown_model",
            Self::NotYetPriced { .. } => "not_yet_priced",
            Self::UnknownService { .. } => "unknown_service",
            Self::UnknownUnit { .. } => "unknown_unit",
            Self::TooLarge => "too_large",
        }
    }
}

impl fmt::Display for Unpriced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotMetered => f.write_str("this endpoint can cost money and is not metered yet"),
            Self::NotReadYet => f.write_str(
                "the work goes on at the provider, and nobody has read its result through Tollgate yet",
            ),
            Self::NoModel => f.write_str("neither request nor answer named a model"),
            Self::UnknownModel { model, looks_like: None } => {
                write!(f, "model \"{model}\" is not in the price book")
            }
            Self::UnknownModel { model, looks_like: Some(known) } => {
                write!(f, "model \"{model}\" is not in the price book; it looks like \"{known}\"")
            }
            Self::NotYetPriced { model } => {
                write!(f, "the price book knows \"{model}\" only from a later time on")
            }
            Self::UnknownService { model, service } => {
                write!(f, "the price book has no \"{service}\" prices for \"{model}\"")
            }
            Self::UnknownUnit { model, unit } => {
                write!(f, "the price book has no price of \"{}\" for \"{model}\"", unit.name())
            }
            Self::TooLarge => f.write_str("the cost is larger than any bill"),
        }
    }
}
