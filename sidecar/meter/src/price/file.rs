//! Price files: read whole or not at all, and an error says where and what to write instead.

mod spelled;

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use spelled::{Decimal, Factor, Name, Since};

use super::table::{Model, Price, Rate, Service};
use crate::{
    cost::UnitPrice,
    provider::Provider,
    usage::{Measure, UnitKind},
};

/// A prices file that cannot be taken. The built-in prices, or the last good file, stay.
#[derive(Debug, thiserror::Error)]
pub enum PriceError {
    /// Nothing but spaces: most likely a file that is being written, or was cut. A file of comments is none.
    #[error("is empty; write `{{}}` for a file that changes no price")]
    Empty,
    /// Not YAML, or not of the form that price files have.
    #[error("{0}")]
    Form(#[from] serde_yaml::Error),
    #[error("{provider}.{model}: same_as names \"{target}\", which this file does not price")]
    NoSuchModel { provider: Provider, model: String, target: String },
    #[error("{provider}.{model}: prices must stand oldest first, each but the first with a later valid_from")]
    OutOfOrder { provider: Provider, model: String },
}

/// A file's members in order; a name that stands twice is an error.
struct Members<T>(Vec<(String, T)>);

/// What a file says of a model.
#[derive(Clone)]
enum Entry {
    SameAs(String),
    Prices(Vec<Price>),
}

/// A mapping of a model, a tier or a service, with what its place allows.
#[derive(Default)]
struct Node {
    same_as: Option<String>,
    valid_from: Option<i64>,
    us_only_percent: Option<u64>,
    regional_percent: Option<u64>,
    variants: Vec<(String, Self)>,
    units: Vec<(UnitKind, UnitPrice)>,
    tiers: Vec<(u64, Self)>,
    services: Vec<(Service, Self)>,
}

// === parsing ===

pub(super) fn parse(yaml: &str) -> Result<Vec<(Provider, Vec<Model>)>, PriceError> {
    if yaml.trim().is_empty() {
        return Err(PriceError::Empty);
    }
    let file: Option<Members<Members<Entry>>> = serde_yaml::from_str(yaml)?;
    file.map_or_else(Vec::new, |file| file.0)
        .into_iter()
        .map(|(name, models)| {
            let provider = Provider::from_name(&name).ok_or_else(|| {
                let known = Provider::ALL.map(Provider::name).join(", ");
                serde_yaml::Error::custom(format!("unknown provider \"{name}\", expected one of {known}"))
            })?;
            Ok((provider, models_of(provider, models.0)?))
        })
        .collect()
}

fn models_of(provider: Provider, entries: Vec<(String, Entry)>) -> Result<Vec<Model>, PriceError> {
    let mut models = entries
        .iter()
        .map(|(name, entry)| {
            let prices = match entry {
                Entry::Prices(prices) => prices,
                Entry::SameAs(target) => entries
                    .iter()
                    .find_map(|(known, entry)| match entry {
                        Entry::Prices(prices) if known == target => Some(prices),
                        _ => None,
                    })
                    .ok_or_else(|| PriceError::NoSuchModel {
                        provider,
                        model: name.clone(),
                        target: target.clone(),
                    })?,
            };
            let in_order = prices.windows(2).all(|pair| match pair {
                [earlier, later] => later.valid_from.is_some() && earlier.valid_from < later.valid_from,
                _ => true,
            });
            if !in_order {
                return Err(PriceError::OutOfOrder { provider, model: name.clone() });
            }
            Ok(Model { name: Cow::Owned(name.clone()), prices: Cow::Owned(prices.clone()) })
        })
        .collect::<Result<Vec<_>, _>>()?;
    models.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(models)
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Members<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Members<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping of names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members: Vec<(String, T)> = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if members.iter().any(|(known, _)| *known == name) {
                        return Err(A::Error::custom(format!("\"{name}\" stands twice")));
                    }
                    members.push((name, map.next_value()?));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Reader(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("prices, a list of dated prices, or same_as")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                let node = Node::read(map)?;
                if let Some(target) = &node.same_as {
                    return match node.is_alias() {
                        true => Ok(Entry::SameAs(target.clone())),
                        false => Err(A::Error::custom("same_as stands alone, without prices beside it")),
                    };
                }
                Ok(Entry::Prices(vec![node.into_price()?]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Entry, A::Error> {
                let mut prices = Vec::new();
                while let Some(node) = list.next_element::<Node>()? {
                    prices.push(node.into_price()?);
                }
                match prices.is_empty() {
                    true => Err(A::Error::custom("a list of dated prices needs at least one")),
                    false => Ok(Entry::Prices(prices)),
                }
            }
        }

        deserializer.deserialize_any(Reader)
    }
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

// === impl Node ===

impl Node {
    fn read<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let twice = |name: &str| A::Error::custom(format!("\"{name}\" stands twice"));
        let mut node = Self::default();
        while let Some(name) = map.next_key::<Name>()? {
            match name {
                Name::SameAs => node.same_as = Some(map.next_value()?),
                Name::ValidFrom => node.valid_from = Some(map.next_value::<Since>()?.0),
                Name::UsOnly => node.us_only_percent = Some(map.next_value::<Factor>()?.0),
                Name::Regional => node.regional_percent = Some(map.next_value::<Factor>()?.0),
                Name::Variants => node.variants = map.next_value::<Members<Self>>()?.0,
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
                    let price = match kind.measure() {
                        Measure::Tokens | Measure::Characters | Measure::TokenHours => {
                            UnitPrice::per_million(&text)
                        }
                        Measure::Pieces => UnitPrice::per_unit(&text),
                        Measure::Seconds => UnitPrice::per_time(&text),
                    };
                    let problem = |error| A::Error::custom(format!("{}: \"{text}\": {error}", kind.name()));
                    node.units.push((kind, price.map_err(problem)?));
                }
            }
        }
        Ok(node)
    }

    fn is_alias(&self) -> bool {
        self.valid_from.is_none()
            && self.us_only_percent.is_none()
            && self.regional_percent.is_none()
            && self.variants.is_empty()
            && self.units.is_empty()
            && self.tiers.is_empty()
            && self.services.is_empty()
    }

    fn into_price<E: Error>(mut self) -> Result<Price, E> {
        if self.same_as.is_some() {
            return Err(E::custom("same_as is for a whole model, not for a dated price"));
        }
        if self.units.is_empty() && self.variants.is_empty() {
            return Err(E::custom("no price: write at least input: \"…\" and output: \"…\""));
        }
        let valid_from = self.valid_from.take();
        let us_only_percent = self.us_only_percent.take().unwrap_or(100);
        let regional_percent = self.regional_percent.take().unwrap_or(100);
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
        Ok(Price { valid_from, us_only_percent, regional_percent, rates: Cow::Owned(rates) })
    }

    /// The node's own units and those of its tiers.
    fn rates<E: Error>(self, service: Service) -> Result<Vec<Rate>, E> {
        let rate = |above, variant: String, units: Vec<_>| Rate {
            service,
            above,
            variant: Cow::Owned(variant),
            units: Cow::Owned(units),
        };
        let misplaced = |node: &Self, tier: bool| {
            node.same_as.is_some()
                || node.valid_from.is_some()
                || node.us_only_percent.is_some()
                || node.regional_percent.is_some()
                || !node.services.is_empty()
                || tier && !(node.tiers.is_empty() && node.variants.is_empty())
        };
        if misplaced(&self, false) {
            let service = service.name();
            return Err(E::custom(format!("{service}: only units, above_… and variants belong here")));
        }
        let mut rates = vec![rate(0, String::new(), self.units)];
        for (above, tier) in self.tiers {
            if misplaced(&tier, true) {
                return Err(E::custom(format!("above_{above}: only units belong here")));
            }
            rates.push(rate(above, String::new(), tier.units));
        }
        for (variant, node) in self.variants {
            if misplaced(&node, true) {
                return Err(E::custom(format!("variants: \"{variant}\": only units belong here")));
            }
            rates.push(rate(0, variant, node.units));
        }
        Ok(rates)
    }
}
