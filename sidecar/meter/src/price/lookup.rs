use std::fmt;

use super::table::{Price, Rate, Service};
use crate::{
    answer::AnswerFacts,
    cost::{Cost, UnitPrice},
    provider::Provider,
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

/// How a call was served, as its answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Served {
    As {
        service: Service,
        us_only: bool,
    },
    /// By a name that no price list has.
    Unknown(Box<str>),
}

/// A cost, or why there is none.
pub(crate) type Priced = Result<Cost, Unpriced>;

/// `numeric(20,12)` holds less than this many USD.
const MAX_COST: Cost = Cost::from_picos(100_000_000 * 1_000_000_000_000);

// === impl Served ===

impl Served {
    /// By the standard service, where nobody said otherwise.
    pub(crate) const STANDARD: Self = Self::As { service: Service::Standard, us_only: false };

    pub(crate) fn of(provider: Provider, answer: &AnswerFacts) -> Self {
        let us_only = answer.inference_geo.as_deref().is_some_and(|geo| geo.eq_ignore_ascii_case("us"));
        if answer.speed.as_deref() == Some("fast") {
            return Self::As { service: Service::Fast, us_only };
        }
        let service = match answer.service_tier.as_deref() {
            // "auto" is what was asked for; "scale" is capacity bought beforehand, as is Anthropic's "priority": its
            // tokens count at list price
            None | Some("default" | "standard" | "auto" | "scale") => Service::Standard,
            Some("priority") if provider == Provider::Anthropic => Service::Standard,
            Some(tier) => match Service::from_name(tier) {
                Some(service) => service,
                None => return Self::Unknown(tier.into()),
            },
        };
        Self::As { service, us_only }
    }
}

// === impl Price ===

impl Price {
    /// The exact cost of a usage: the sum of counts times prices, rounded once.
    pub(crate) fn cost(&self, model: &str, usage: &Usage, served: &Served) -> Priced {
        let (service, us_only) = match served {
            Served::As { service, us_only } => (*service, *us_only),
            Served::Unknown(service) => {
                return Err(Unpriced::UnknownService { model: model.into(), service: service.clone() });
            }
        };
        let input = usage.tokens().input;
        let unknown = || Unpriced::UnknownService { model: model.into(), service: service.name().into() };
        // OpenAI's "fast" is the newer name of its "priority"
        let older_name = || (service == Service::Fast).then(|| self.rate(Service::Priority, input)).flatten();
        let rate = self.rate(service, input).or_else(older_name).ok_or_else(unknown)?;
        let others = [(Service::Standard, input), (service, 0), (Service::Standard, 0)];
        let others = others.map(|(service, input)| self.rate(service, input).unwrap_or(rate));
        let lists = [rate, others[0], others[1], others[2]];
        let (mut tokens, mut calls) = (0u128, 0u128);
        for (kind, count) in usage.iter() {
            let price = unit_price(&lists, kind)
                .or_else(|| unit_price(&lists, part_of(kind)?))
                .ok_or_else(|| Unpriced::UnknownUnit { model: model.into(), unit: kind })?;
            let sum = if kind.is_tokens() { &mut tokens } else { &mut calls };
            let part = u128::from(count) * u128::from(price.attos());
            *sum = sum.checked_add(part).ok_or(Unpriced::TooLarge)?;
        }
        let percent = if us_only { u128::from(self.us_only_percent) } else { 100 };
        let attos =
            tokens.checked_mul(percent).zip(calls.checked_mul(100)).and_then(|(a, b)| a.checked_add(b));
        attos
            .and_then(|attos| Cost::from_attos(attos, 100))
            .filter(|&cost| cost < MAX_COST)
            .ok_or(Unpriced::TooLarge)
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
        UnitKind::InputImage => Some(UnitKind::Input),
        // no price for cached input means no discount, none for writing a cache no surcharge: OpenAI's price page has
        // dashes there
        UnitKind::InputCached | UnitKind::InputCacheWrite => Some(UnitKind::Input),
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
