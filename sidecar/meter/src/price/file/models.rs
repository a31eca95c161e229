use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{OUT_OF_ORDER, in_order, node::Node, spelled::Discounts, twice};
use crate::{
    price::{
        PriceBook,
        factor::{Dated, Factor},
        own::OwnPrices,
        table::{Model, Price},
    },
    provider::Provider,
};

/// Reads what a file says of a provider's models.
pub(super) struct Of(pub(super) Provider);

/// What a file says of a model.
enum Entry {
    SameAs(String),
    Prices(Vec<Price>),
    Discount(Dated<Factor>),
}

// === impl Of ===

impl<'de> DeserializeSeed<'de> for Of {
    type Value = OwnPrices;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<OwnPrices, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Of {
    type Value = OwnPrices;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping of names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OwnPrices, A::Error> {
        let (mut own, mut aliases) = (OwnPrices::default(), Vec::new());
        let mut names = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if names.contains(&name) {
                return Err(twice(&name));
            }
            names.push(name.clone());
            if name == "discount" {
                own.discount = Some(map.next_value::<Discounts>()?.0);
                continue;
            }
            match map.next_value()? {
                Entry::SameAs(target) => aliases.push((name, target)),
                Entry::Prices(prices) => own.models.push(model(name, prices)),
                Entry::Discount(_) if !PriceBook::built_in().knows(self.0, &name) => {
                    return Err(A::Error::custom(format!(
                        "{name}: discount: the built-in book has no price of this model; write its prices"
                    )));
                }
                Entry::Discount(discount) => own.discounts.push((name, discount)),
            }
        }
        for (name, target) in aliases {
            match own.models.iter().find(|model| model.name == target) {
                Some(known) => own.models.push(model(name, known.prices.to_vec())),
                None if PriceBook::built_in().knows(self.0, &target) => own.aliases.push((name, target)),
                None => {
                    return Err(A::Error::custom(format!(
                        "{name}: same_as names \"{target}\", which neither this file nor the built-in book prices"
                    )));
                }
            }
        }
        own.models.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(own)
    }
}

fn model(name: String, prices: Vec<Price>) -> Model {
    Model { name: Cow::Owned(name), prices: Cow::Owned(prices) }
}

// === impl Entry ===

impl Entry {
    /// Of one node or of dated ones.
    fn of<E: Error>(mut nodes: Vec<Node>) -> Result<Self, E> {
        if let [node] = nodes.as_mut_slice()
            && let Some(target) = node.same_as.take()
        {
            return match node.is_empty() {
                true => Ok(Self::SameAs(target)),
                false => Err(E::custom("same_as stands alone, without prices beside it")),
            };
        }
        if !in_order(nodes.iter().map(|node| node.valid_from)) {
            return Err(E::custom(format!("prices {OUT_OF_ORDER}")));
        }
        if nodes.iter().any(|node| node.discount.is_some()) {
            let discounts = nodes.into_iter().map(Node::into_discount);
            return Ok(Self::Discount(Dated(discounts.collect::<Result<_, _>>()?)));
        }
        Ok(Self::Prices(nodes.into_iter().map(Node::into_price).collect::<Result<_, _>>()?))
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("prices, a list of dated prices, a discount, or same_as")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                Entry::of(vec![Node::read(map)?])
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Entry, A::Error> {
                let mut nodes = Vec::new();
                while let Some(node) = list.next_element::<Node>()? {
                    if node.same_as.is_some() {
                        return Err(A::Error::custom("same_as is for a whole model, not for a dated price"));
                    }
                    nodes.push(node);
                }
                match nodes.is_empty() {
                    true => Err(A::Error::custom("a list of dated prices needs at least one")),
                    false => Entry::of(nodes),
                }
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
