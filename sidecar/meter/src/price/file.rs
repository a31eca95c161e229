//! Price files: read whole or not at all, and an error says where and what to write instead.

mod models;
mod node;
mod spelled;

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use spelled::{CurrencyName, Rates, TopName};

use super::own::{Currency, Own};

/// A prices file that cannot be taken. The built-in prices, or the last good file, stay.
#[derive(Debug, thiserror::Error)]
pub enum PriceError {
    /// Nothing but spaces: most likely a file that is being written, or was cut. A file of comments is none.
    #[error("is empty; write `{{}}` for a file that changes no price")]
    Empty,
    /// Not YAML, or not of the form that price files have.
    #[error("{0}")]
    Form(#[from] serde_yaml::Error),
}

pub(super) fn parse(yaml: &str) -> Result<Own, PriceError> {
    if yaml.trim().is_empty() {
        return Err(PriceError::Empty);
    }
    let file: Option<Own> = serde_yaml::from_str(yaml)?;
    Ok(file.unwrap_or_default())
}

impl<'de> Deserialize<'de> for Own {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Own;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping of names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Own, A::Error> {
                let mut own = Own::default();
                let (mut currency, mut rates) = (None, None);
                while let Some(name) = map.next_key::<TopName>()? {
                    let stands_already = match name {
                        TopName::Currency => {
                            currency.replace(map.next_value::<CurrencyName>()?.0).map(|_| "currency")
                        }
                        TopName::Rates => rates.replace(map.next_value::<Rates>()?.0).map(|_| "rates"),
                        TopName::Provider(provider) => {
                            let stands_already = own.at(provider).map(|_| provider.name());
                            own.providers.push((provider, map.next_value_seed(models::Of(provider))?));
                            stands_already
                        }
                    };
                    if let Some(name) = stands_already {
                        return Err(twice(name));
                    }
                }
                own.currency = match (currency, rates) {
                    (None, None) => None,
                    (Some(name), None) if name == "USD" => None,
                    (Some(name), Some(rates)) if name != "USD" => Some(Currency { name, rates }),
                    (Some(name), None) => {
                        return Err(A::Error::custom(format!(
                            "currency: prices in {name} need what one {name} is in USD: rates: [{{usd: \"1.08\"}}]"
                        )));
                    }
                    (_, Some(_)) => {
                        return Err(A::Error::custom(
                            "rates: say what currency the prices of this file are in: currency: EUR",
                        ));
                    }
                };
                Ok(own)
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

fn twice<E: Error>(name: &str) -> E {
    E::custom(format!("\"{name}\" stands twice"))
}

/// Each but the first has a later date than the one before.
fn in_order(dates: impl Iterator<Item = Option<i64>>) -> bool {
    let dates: Vec<_> = dates.collect();
    dates.windows(2).all(|pair| matches!(pair, [earlier, later] if later.is_some() && earlier < later))
}

const OUT_OF_ORDER: &str = "must stand oldest first, each but the first with a later valid_from";
