use super::{
    Unpriced,
    factor::Factor,
    served::{Place, Served},
    table::{Price, Rate, Service},
};
use crate::{
    cost::{Cost, UnitPrice},
    provider::Provider,
    usage::{UnitKind, Usage},
};

/// A cost, or why there is none.
pub(crate) type Priced = Result<Cost, Unpriced>;

/// What a usage costs, unit by unit.
pub(crate) struct Sum {
    pub(crate) parts: Vec<Part>,
    /// Of tokens: what all is multiplied with, and the surcharges of the place where they are worked off.
    tokens: Factor,
    others: Factor,
}

pub(crate) struct Part {
    pub(crate) unit: UnitKind,
    pub(crate) count: u64,
    pub(crate) price: UnitPrice,
}

/// `numeric(20,12)` holds less than this many USD.
const MAX_COST: Cost = Cost::from_picos(100_000_000 * 1_000_000_000_000);

// === impl Sum ===

impl Sum {
    /// `factor` is what all prices are multiplied with. `model` is for the reason why there is none.
    pub(crate) fn of(
        price: &Price,
        provider: Provider,
        model: &str,
        usage: &Usage,
        served: &Served,
        factor: Factor,
    ) -> Result<Self, Unpriced> {
        let us_only = if served.us_only { price.us_only_percent } else { 100 };
        let place = match served.place {
            Place::Anywhere => 100,
            Place::Region => price.regional_percent,
            Place::Government => price.government_percent,
        };
        let tokens = Factor::percent(us_only).times(Factor::percent(place));
        let tokens = tokens.and_then(|place| place.times(factor)).ok_or(Unpriced::TooLarge)?;
        Ok(Self { parts: price.parts(provider, model, usage, served)?, tokens, others: factor })
    }

    pub(crate) fn factor(&self, unit: UnitKind) -> Factor {
        if unit.is_tokens() { self.tokens } else { self.others }
    }

    /// The sum of counts times prices, rounded once.
    pub(crate) fn total(&self) -> Priced {
        self.exact()
            .and_then(|(attos, denominator)| Cost::from_attos(attos, denominator))
            .filter(|&cost| cost < MAX_COST)
            .ok_or(Unpriced::TooLarge)
    }

    fn exact(&self) -> Option<(u128, u128)> {
        let mut sum = 0u128;
        let (tokens, others) = (self.tokens, self.others);
        let common = tokens.denominator().checked_mul(others.denominator())?;
        for part in &self.parts {
            let factor = self.factor(part.unit);
            let scale = factor.numerator().checked_mul(common / factor.denominator())?;
            sum = part.hourly()?.checked_mul(scale).and_then(|part| sum.checked_add(part))?;
        }
        Some((sum, common.checked_mul(PER_HOUR)?))
    }
}

// === impl Part ===

/// What is priced by the hour is counted in seconds.
const PER_HOUR: u128 = 3_600;

impl Part {
    /// In 1e-18 USD, times [`PER_HOUR`], before any factor.
    fn hourly(&self) -> Option<u128> {
        let product = u128::from(self.count).checked_mul(u128::from(self.price.attos()))?;
        if self.unit.measure().is_by_the_hour() { Some(product) } else { product.checked_mul(PER_HOUR) }
    }

    /// In USD, with up to 18 digits: not rounded as the sum is.
    pub(crate) fn amount(&self, factor: Factor) -> Option<String> {
        let divisor = factor.denominator().checked_mul(PER_HOUR)?;
        let attos = self.hourly()?.checked_mul(factor.numerator())?.checked_div(divisor)?;
        Some(crate::cost::decimal(attos, 18))
    }
}

// === impl Price ===

impl Price {
    /// Each unit that costs, its count and its price.
    fn parts(
        &self,
        provider: Provider,
        model: &str,
        usage: &Usage,
        served: &Served,
    ) -> Result<Vec<Part>, Unpriced> {
        let lists = self.lists(model, usage.tokens().input, served)?;
        let priced = |kind| unit_price(&lists, provider, kind);
        let mut parts = Vec::new();
        for (unit, count) in usage.iter() {
            // searches are billed one by one, or by the prompt that they ground
            let other = match unit {
                UnitKind::WebSearchCall => Some(UnitKind::GroundedPrompt),
                UnitKind::GroundedPrompt => Some(UnitKind::WebSearchCall),
                _ => None,
            };
            match priced(unit) {
                Some(price) => parts.push(Part { unit, count, price }),
                None if other.is_some_and(|other| usage.get(other) > 0 && priced(other).is_some()) => {}
                None => return Err(Unpriced::UnknownUnit { model: model.into(), unit }),
            }
        }
        Ok(parts)
    }

    /// The lists that hold, the most particular first.
    fn lists(&self, model: &str, input: u64, served: &Served) -> Result<Vec<&Rate>, Unpriced> {
        let service = served.service;
        let unknown = || Unpriced::UnknownService { model: model.into(), service: service.name().into() };
        // OpenAI's "fast" is the newer name of its "priority": what the lists do not file under it has its price there
        let older_name = (service == Service::Fast).then(|| self.rate(Service::Priority, input)).flatten();
        let rate = self.rate(service, input).or(older_name).ok_or_else(unknown)?;
        let variants = [service, Service::Standard].map(|service| self.variant(service, &served.variant));
        // the standard tier goes before the service's own list only where it is one: else a service whose tier names little
        // would cost as standard
        let tier = self.rate(Service::Standard, input).filter(|rate| rate.above > 0);
        let others = [older_name, tier, self.rate(service, 0), self.rate(Service::Standard, 0)];
        Ok(variants.into_iter().flatten().chain([rate]).chain(others.into_iter().flatten()).collect())
    }
}

/// A unit that a tier or a service does not name costs there what it costs without; else what it is part of.
pub(crate) fn unit_price(lists: &[&Rate], provider: Provider, kind: UnitKind) -> Option<UnitPrice> {
    let named = |kind| lists.iter().find_map(|rate| rate.unit(kind));
    named(kind).or_else(|| wholes(provider, kind).iter().find_map(|&whole| named(whole)))
}

/// The units that one is part of, where no list tells it apart; the nearest first.
fn wholes(provider: Provider, kind: UnitKind) -> &'static [UnitKind] {
    match (kind, provider) {
        // thinking is output, and a picture's tokens are input, unless they have a price of their own
        (UnitKind::OutputReasoning, _) => &[UnitKind::Output],
        (UnitKind::InputImage | UnitKind::InputVideo, _) => &[UnitKind::Input],
        // no price for cached input means no discount, none for writing a cache no surcharge: OpenAI's price page has
        // dashes there
        (UnitKind::InputCached | UnitKind::InputCacheWrite, _) => &[UnitKind::Input],
        (UnitKind::InputImageCached, _) => &[UnitKind::InputCached, UnitKind::InputImage, UnitKind::Input],
        (UnitKind::InputCacheWrite12h, _) => &[UnitKind::InputCacheWrite, UnitKind::Input],
        // Google's page has one price of input or output where sound has none of its own (Gemini Pro, speech models)
        (UnitKind::InputAudioCached, Provider::Google) => {
            &[UnitKind::InputCached, UnitKind::InputAudio, UnitKind::Input]
        }
        (UnitKind::InputAudioCached, _) => &[UnitKind::InputCached, UnitKind::InputAudio],
        (UnitKind::InputAudio, Provider::Google) => &[UnitKind::Input],
        (UnitKind::OutputAudio, Provider::Google) => &[UnitKind::Output],
        _ => &[],
    }
}
