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
    /// Not YAML, or not of the form that price files have; with its line.
    #[error("{0}")]
    Form(String),
}

pub(super) fn parse(yaml: &str) -> Result<Own, PriceError> {
    if yaml.trim().is_empty() {
        return Err(PriceError::Empty);
    }
    match serde_yaml::from_str::<Option<Own>>(yaml) {
        Ok(file) => Ok(file.unwrap_or_default()),
        Err(error) => Err(PriceError::Form(with_line(&error.to_string(), yaml))),
    }
}

/// The reader of YAML tells no place of what is wrong with the file as a whole: it is found by what the sentence is about.
fn with_line(problem: &str, yaml: &str) -> String {
    if problem.contains(" at line ") {
        return problem.to_owned();
    }
    if let Some((problem, place)) = problem.split_once(" at position ") {
        let bytes = place.parse::<usize>().ok();
        let before = bytes.and_then(|bytes| yaml.get(..bytes)).unwrap_or_default();
        return format!("{problem} at line {}", before.matches('\n').count() + 1);
    }
    if problem.contains("more than one document") {
        let line = line_of(yaml, true, |line| line.starts_with("---"));
        return format!(
            "there is more than one document: write all prices into one, without a line of --- between them, at line {line}"
        );
    }
    let twice = problem.strip_suffix(" stands twice").map(|name| name.trim_matches('"'));
    let name = twice.or_else(|| problem.split_once(':').map(|(name, _)| name)).unwrap_or_default();
    let is_about =
        |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(':'));
    format!("{problem} at line {}", line_of(yaml, twice.is_some(), is_about))
}

/// The first such line, or the last; the file's first where there is none.
fn line_of(yaml: &str, last: bool, is_it: impl Fn(&str) -> bool) -> usize {
    let mut found = yaml.lines().enumerate().filter(|(_, line)| is_it(line)).map(|(index, _)| index + 1);
    let line = if last { found.last() } else { found.next() };
    line.unwrap_or(1)
}

impl<'de> Deserialize<'de> for Own {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Own;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a mapping of providers, such as openai: {my-model: {input: \"1.25\", output: \"10\"}}",
                )
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
