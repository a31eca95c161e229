use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::{
    spelled::{Decimal, Discount, Name, Percent, Since},
    twice,
};
use crate::{
    cost::UnitPrice,
    price::{
        factor::Factor,
        table::{Price, Rate, Service},
    },
    usage::{Measure, UnitKind},
};

/// A mapping of a model, a tier, a variant or a service, with what any place allows.
#[derive(Default)]
pub(super) struct Node {
    pub(super) same_as: Option<String>,
    pub(super) valid_from: Option<i64>,
    pub(super) discount: Option<Factor>,
    us_only_percent: Option<u64>,
    regional_percent: Option<u64>,
    government_percent: Option<u64>,
    units: Vec<(UnitKind, UnitPrice)>,
    tiers: Vec<(u64, Self)>,
    variants: Vec<(String, Self)>,
    services: Vec<(Service, Self)>,
}

/// Variants by name, in order.
struct Variants(Vec<(String, Node)>);

// === impl Node ===

impl Node {
    pub(super) fn read<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut node = Self::default();
        while let Some(name) = map.next_key::<Name>()? {
            match name {
                Name::SameAs => once(&mut node.same_as, map.next_value()?, "same_as")?,
                Name::ValidFrom => once(&mut node.valid_from, map.next_value::<Since>()?.0, "valid_from")?,
                Name::Discount => once(&mut node.discount, map.next_value::<Discount>()?.0, "discount")?,
                Name::UsOnly => once(&mut node.us_only_percent, map.next_value::<Percent>()?.0, "us_only")?,
                Name::Regional => {
                    once(&mut node.regional_percent, map.next_value::<Percent>()?.0, "regional")?;
                }
                Name::Government => {
                    once(&mut node.government_percent, map.next_value::<Percent>()?.0, "government")?;
                }
                Name::Variants if !node.variants.is_empty() => return Err(twice("variants")),
                Name::Variants => node.variants = map.next_value::<Variants>()?.0,
                Name::Above(above) => {
                    if node.tiers.iter().any(|(known, _)| *known == above) {
                        return Err(twice(&format!("above_{above}")));
                    }
                    node.tiers.push((above, map.next_value()?));
                }
                Name::Service(service) => {
                    if node.services.iter().any(|(known, _)| *known == service) {
                        return Err(twice(service.name()));
                    }
                    node.services.push((service, map.next_value()?));
                }
                Name::Unit(kind) => {
                    if node.units.iter().any(|(known, _)| *known == kind) {
                        return Err(twice(kind.name()));
                    }
                    let Decimal(text) = map.next_value()?;
                    node.units.push((kind, price(kind, &text)?));
                }
            }
        }
        Ok(node)
    }

    /// Says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.valid_from.is_none() && self.discount.is_none() && self.same_as.is_none() && self.has_no_prices()
    }

    fn has_no_prices(&self) -> bool {
        self.us_only_percent.is_none()
            && self.regional_percent.is_none()
            && self.government_percent.is_none()
            && self.units.is_empty()
            && self.tiers.is_empty()
            && self.variants.is_empty()
            && self.services.is_empty()
    }

    pub(super) fn into_discount<E: Error>(self) -> Result<(Option<i64>, Factor), E> {
        match self.discount {
            Some(discount) if self.has_no_prices() => Ok((self.valid_from, discount)),
            _ => Err(E::custom(
                "discount: it is of the built-in prices and stands alone; beside prices of your own write what you pay",
            )),
        }
    }

    pub(super) fn into_price<E: Error>(mut self) -> Result<Price, E> {
        if self.units.is_empty() && self.variants.is_empty() {
            return Err(E::custom("no price: write at least input: \"…\" and output: \"…\""));
        }
        let valid_from = self.valid_from.take();
        let us_only_percent = self.us_only_percent.take().unwrap_or(100);
        let regional_percent = self.regional_percent.take().unwrap_or(100);
        let government_percent = self.government_percent.take().unwrap_or(100);
        let services = std::mem::take(&mut self.services);
        let mut rates = self.rates(Service::Standard)?;
        for (service, node) in services {
            rates.append(&mut node.rates(service)?);
        }
        // as the built-in ones stand: a service's rates together, its variants last
        rates.sort_by(|a, b| {
            let key = |rate: &Rate| (rate.service, !rate.variant.is_empty(), rate.above);
            key(a).cmp(&key(b)).then_with(|| a.variant.cmp(&b.variant))
        });
        Ok(Price {
            valid_from,
            us_only_percent,
            regional_percent,
            government_percent,
            rates: Cow::Owned(rates),
        })
    }

    /// The node's own units and those of its tiers and variants.
    fn rates<E: Error>(self, service: Service) -> Result<Vec<Rate>, E> {
        let rate = |above, variant: String, units: Vec<_>| Rate {
            service,
            above,
            variant: Cow::Owned(variant),
            units: Cow::Owned(units),
        };
        if self.has_more_than_a_service() {
            let service = service.name();
            return Err(E::custom(format!("{service}: only units, above_… and variants belong here")));
        }
        let mut rates = vec![rate(0, String::new(), self.units)];
        for (above, tier) in self.tiers {
            if tier.has_more_than_units() {
                return Err(E::custom(format!("above_{above}: only units belong here")));
            }
            rates.push(rate(above, String::new(), tier.units));
        }
        for (variant, node) in self.variants {
            if node.has_more_than_units() {
                return Err(E::custom(format!("variants: \"{variant}\": only units belong here")));
            }
            rates.push(rate(0, variant, node.units));
        }
        Ok(rates)
    }

    fn has_more_than_a_service(&self) -> bool {
        self.same_as.is_some()
            || self.valid_from.is_some()
            || self.discount.is_some()
            || self.us_only_percent.is_some()
            || self.regional_percent.is_some()
            || self.government_percent.is_some()
            || !self.services.is_empty()
    }

    fn has_more_than_units(&self) -> bool {
        self.has_more_than_a_service() || !self.tiers.is_empty() || !self.variants.is_empty()
    }
}

fn once<T, E: Error>(field: &mut Option<T>, value: T, name: &str) -> Result<(), E> {
    match field.replace(value) {
        None => Ok(()),
        Some(_) => Err(twice(name)),
    }
}

fn price<E: Error>(kind: UnitKind, text: &str) -> Result<UnitPrice, E> {
    let price = match kind.measure() {
        Measure::Tokens | Measure::Characters | Measure::TokenHours => UnitPrice::per_million(text),
        Measure::Pieces => UnitPrice::per_unit(text),
        Measure::Seconds => UnitPrice::per_time(text),
    };
    price.map_err(|error| E::custom(format!("{}: \"{text}\": {error}", kind.name())))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping of units to prices")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Node, A::Error> {
                Node::read(map)
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

// === impl Variants ===

impl<'de> Deserialize<'de> for Variants {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Variants;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping of qualities and sizes, such as \"high/1024x1024\"")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Variants, A::Error> {
                let mut variants: Vec<(String, Node)> = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if variants.iter().any(|(known, _)| *known == name) {
                        return Err(twice(&name));
                    }
                    variants.push((name, map.next_value()?));
                }
                Ok(Variants(variants))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}
