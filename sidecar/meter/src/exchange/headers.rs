//! Headers as recorders write them: an object of names and values, or a list of pairs, each a list or `{name, value}`. A name that
//! came several times has a list of values, or stands there several times.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

/// Names and values.
#[derive(Default)]
pub(super) struct Headers(Vec<(String, String)>);

// === impl Headers ===

impl Headers {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(Self::default()),
            Value::Object(members) => {
                let named = |(name, value)| Some((name, text(&value)?));
                Ok(Self(members.into_iter().filter_map(named).collect()))
            }
            Value::Array(pairs) => Ok(Self(pairs.iter().filter_map(pair).collect())),
            _ => Err(Error::custom("no headers")),
        }
    }
}

fn pair(pair: &Value) -> Option<(String, String)> {
    match pair {
        Value::Array(two) => match two.as_slice() {
            [name, value] => Some((name.as_str()?.to_owned(), text(value)?)),
            _ => None,
        },
        _ => Some((pair.get("name")?.as_str()?.to_owned(), text(pair.get("value")?)?)),
    }
}

/// Several values are one, with commas between.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => Some(values.iter().filter_map(text).collect::<Vec<_>>().join(", ")),
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}
