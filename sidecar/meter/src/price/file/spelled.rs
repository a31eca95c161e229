//! The names and values of a price file, read as they are spelled: quoted or not, and never by way of a float.

use std::fmt;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::{cost::Cost, price::table::Service, usage::UnitKind};

/// What a member of a mapping is for.
pub(super) enum Name {
    SameAs,
    ValidFrom,
    UsOnly,
    Regional,
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
pub(super) struct Factor(pub(super) u64);

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

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |name: &str| match name {
            "same_as" => Ok(Self::SameAs),
            "valid_from" => Ok(Self::ValidFrom),
            "us_only" => Ok(Self::UsOnly),
            "regional" => Ok(Self::Regional),
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
                             priority, fast, ultrafast, decisions), variants, valid_from, us_only, regional or same_as"
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

impl<'de> Deserialize<'de> for Factor {
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
