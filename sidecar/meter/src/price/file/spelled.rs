//! The names and values of a price file, read as they are spelled: quoted or not, and never by way of a float.

use std::fmt;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor, value::SeqAccessDeserializer};

use super::{OUT_OF_ORDER, in_order};
use crate::{
    cost::Cost,
    price::{
        factor::{Dated, Factor},
        table::Service,
    },
    provider::Provider,
    usage::UnitKind,
};

/// What a member of the whole file is for.
pub(super) enum TopName {
    Currency,
    Rates,
    Provider(Provider),
}

/// What a member of a mapping is for.
pub(super) enum Name {
    SameAs,
    ValidFrom,
    Discount,
    UsOnly,
    Regional,
    Government,
    Variants,
    Above(u64),
    Service(Service),
    Unit(UnitKind),
}

/// A decimal number, not yet looked at: its unit says how fine it may be.
pub(super) struct Decimal(pub(super) String);

/// Seconds since 1970.
pub(super) struct Since(pub(super) i64);

/// A factor, in percent.
pub(super) struct Percent(pub(super) u64);

/// What is left of a price: `15%` leaves 0.85.
pub(super) struct Discount(pub(super) Factor);

/// One discount, or dated ones.
pub(super) struct Discounts(pub(super) Dated<Factor>);

/// Three letters.
pub(super) struct CurrencyName(pub(super) String);

/// What one of a currency is in USD.
struct Usd(Factor);

/// Dated ones.
pub(super) struct Rates(pub(super) Dated<Factor>);

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedDiscount {
    valid_from: Option<Since>,
    discount: Discount,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedRate {
    valid_from: Option<Since>,
    usd: Usd,
}

/// Reads a scalar by its text; the second is what was expected instead of anything but a scalar.
struct Spelled<T>(fn(&str) -> Result<T, String>, &'static str);

impl<T> Visitor<'_> for Spelled<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.1)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for TopName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |name: &str| match name {
            "currency" => Ok(Self::Currency),
            "rates" => Ok(Self::Rates),
            "apiVersion" | "kind" | "metadata" | "data" => Err(format!(
                "\"{name}\": this is a manifest of Kubernetes; a price file is what stands in it under data: prices.yaml"
            )),
            _ => Provider::from_name(name).map(Self::Provider).ok_or_else(|| {
                let known = Provider::ALL.map(Provider::name).join(", ");
                format!("unknown provider \"{name}\", expected one of {known}, or currency or rates")
            }),
        };
        deserializer.deserialize_str(Spelled(read, "a name"))
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |name: &str| match name {
            "same_as" => Ok(Self::SameAs),
            "valid_from" => Ok(Self::ValidFrom),
            "discount" => Ok(Self::Discount),
            "us_only" => Ok(Self::UsOnly),
            "regional" => Ok(Self::Regional),
            "government" => Ok(Self::Government),
            "variants" => Ok(Self::Variants),
            _ => {
                let above = name.strip_prefix("above_").and_then(|tokens| tokens.parse().ok());
                let above = above.filter(|&tokens| tokens > 0).map(Self::Above);
                let service = Service::from_name(name).filter(|&service| service != Service::Standard);
                above
                    .or_else(|| service.map(Self::Service))
                    .or_else(|| UnitKind::from_name(name).map(Self::Unit))
                    .ok_or_else(|| {
                        let units = UnitKind::ALL.map(UnitKind::name).join(", ");
                        format!(
                            "unknown name \"{name}\": expected a unit ({units}), above_TOKENS, a service (batch, flex, \
                             priority, fast, ultrafast, decisions), variants, valid_from, discount, us_only, regional, \
                             government or same_as"
                        )
                    })
            }
        };
        deserializer.deserialize_str(Spelled(read, "a name"))
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_str(Spelled(|text| Ok(Self(text.into())), "a decimal number such as \"0.25\""))
    }
}

impl<'de> Deserialize<'de> for Since {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| {
            let time = match text.parse::<Timestamp>() {
                Ok(time) => Some(time),
                // a date alone is its first moment, UTC
                Err(_) if text.len() == "2026-06-01".len() => format!("{text}T00:00:00Z").parse().ok(),
                Err(_) => None,
            };
            let expected = "expected a date such as 2026-06-01 or a time such as 2026-06-01T12:00:00Z";
            time.map(|time: Timestamp| Self(time.as_second()))
                .ok_or_else(|| format!("\"{text}\": {expected}"))
        };
        deserializer.deserialize_str(Spelled(read, "a date"))
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| {
            let percent = text.parse::<Cost>().ok().map(|factor| factor.picos());
            let whole =
                percent.filter(|picos| picos % 10_000_000_000 == 0).map(|picos| picos / 10_000_000_000);
            whole
                .and_then(|percent| u64::try_from(percent).ok())
                .filter(|percent| (1..=10_000).contains(percent))
                .map(Self)
                .ok_or_else(|| format!("\"{text}\": expected a factor in whole percent, such as \"1.1\""))
        };
        deserializer.deserialize_str(Spelled(read, "a factor such as \"1.1\""))
    }
}

const DISCOUNT: &str = "a percentage of at most 100 with up to four decimals, such as \"15%\"";

impl<'de> Deserialize<'de> for Discount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| {
            // in 1e-12 of a percent
            let percent = text.strip_suffix('%').and_then(|percent| percent.trim_end().parse::<Cost>().ok());
            let whole = 100 * 1_000_000_000_000;
            percent
                .map(Cost::picos)
                .filter(|picos| *picos <= whole && picos % 100_000_000 == 0)
                .map(|picos| Self(Factor::of(whole - picos, whole)))
                .ok_or_else(|| format!("\"{text}\": expected {DISCOUNT}"))
        };
        deserializer.deserialize_str(Spelled(read, DISCOUNT))
    }
}

impl<'de> Deserialize<'de> for Discounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Discounts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{DISCOUNT}, or a list of dated ones")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Discounts, E> {
                let Discount(factor) =
                    Discount::deserialize(serde::de::value::StrDeserializer::<E>::new(text))?;
                Ok(Discounts(Dated(vec![(None, factor)])))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Discounts, A::Error> {
                let list: Vec<DatedDiscount> = Deserialize::deserialize(SeqAccessDeserializer::new(list))?;
                let dated = list.into_iter().map(|dated| (dated.valid_from, dated.discount.0));
                self::dated(dated, "discount").map(Discounts)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for CurrencyName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| match text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
            true => Ok(Self(text.into())),
            false => Err(format!("\"{text}\": expected three letters such as EUR")),
        };
        deserializer.deserialize_str(Spelled(read, "a currency such as EUR"))
    }
}

impl<'de> Deserialize<'de> for Usd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| match text.parse::<Cost>() {
            Ok(rate) if !rate.is_zero() => Ok(Self(Factor::of(rate.picos(), 1_000_000_000_000))),
            Ok(_) => Err(format!("\"{text}\": a rate is more than 0")),
            Err(error) => Err(format!("\"{text}\": {error}")),
        };
        deserializer.deserialize_str(Spelled(read, "a rate such as \"1.08\""))
    }
}

impl<'de> Deserialize<'de> for Rates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Vec::<DatedRate>::deserialize(deserializer)?;
        dated(list.into_iter().map(|dated| (dated.valid_from, dated.usd.0)), "rates").map(Self)
    }
}

fn dated<E: Error>(
    list: impl Iterator<Item = (Option<Since>, Factor)>,
    name: &str,
) -> Result<Dated<Factor>, E> {
    let list: Vec<_> = list.map(|(since, factor)| (since.map(|since| since.0), factor)).collect();
    if list.is_empty() {
        return Err(E::custom(format!("{name}: a list needs at least one")));
    }
    match in_order(list.iter().map(|(since, _)| *since)) {
        true => Ok(Dated(list)),
        false => Err(E::custom(format!("{name}: they {OUT_OF_ORDER}"))),
    }
}
