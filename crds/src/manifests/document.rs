//! YAML or JSON text to plain values, with bounds: no key twice, no alias that unfolds without end.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use super::MAX_BYTES;

/// Values one file may unfold to: ten times what a file full of flags has, and some 20 MB of memory.
const MAX_VALUES: usize = 250_000;

/// Brackets that may stand open. The parser's time grows with their number times the text's length, and it would refuse
/// more than 128 in the end; brackets in quotes and comments are counted too, so there is room for those.
const MAX_OPEN: usize = 500;

/// The document that could not be read, counted from 1, and why.
pub(super) struct Unreadable {
    pub(super) document: usize,
    pub(super) problem: String,
}

/// What may still be unfolded. Without aliases the text's own length is bound enough; with them it is not.
struct Budget {
    values: usize,
    bytes: usize,
}

/// Builds one value out of the budget.
struct Build<'a>(&'a mut Budget);

/// All documents of a text; an empty one is null.
pub(super) fn parse(text: &str) -> Result<Vec<Value>, Unreadable> {
    // JSON is YAML but for corners (escaped surrogates, tabs), so what begins like JSON is tried as JSON first.
    if text.trim_start().starts_with('{')
        && let Ok(documents) = parse_json(text)
    {
        return Ok(documents);
    }
    parse_yaml(text)
}

fn parse_json(text: &str) -> serde_json::Result<Vec<Value>> {
    let mut budget = Budget::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut documents = Vec::new();
    while deserializer.end().is_err() {
        documents.push(Build(&mut budget).deserialize(&mut deserializer)?);
    }
    Ok(documents)
}

fn parse_yaml(text: &str) -> Result<Vec<Value>, Unreadable> {
    if opens_more_than(MAX_OPEN, text) {
        return Err(Unreadable { document: 1, problem: format!("more than {MAX_OPEN} brackets stand open") });
    }
    let mut budget = Budget::new();
    let mut documents = Vec::new();
    for deserializer in serde_yaml::Deserializer::from_str(text) {
        let value = Build(&mut budget)
            .deserialize(deserializer)
            .map_err(|error| Unreadable { document: documents.len() + 1, problem: error.to_string() })?;
        documents.push(value);
    }
    Ok(documents)
}

fn opens_more_than(limit: usize, text: &str) -> bool {
    let mut open = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > limit
    })
}

// === impl Budget ===

impl Budget {
    fn new() -> Self {
        Self { values: MAX_VALUES, bytes: MAX_BYTES }
    }

    fn spend<E: Error>(&mut self, bytes: usize) -> Result<(), E> {
        let left = self.values.checked_sub(1).zip(self.bytes.checked_sub(bytes));
        let (values, bytes) =
            left.ok_or_else(|| E::custom("too much: the file unfolds to more than a flags file can need"))?;
        *self = Self { values, bytes };
        Ok(())
    }
}

// === impl Build ===

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain values without tags")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::Null)
    }

    /// A document of comments alone.
    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(0)?;
        // Not a number and the infinities stay what their writer sees them as: no number.
        Ok(serde_json::Number::from_f64(value)
            .map_or_else(|| Value::String(value.to_string()), Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Build(self.0))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.0.spend(key.len())?;
            let value = entries.next_value_seed(Build(self.0))?;
            if map.contains_key(&key) {
                return Err(A::Error::custom(format_args!("the field {key:?} is there twice")));
            }
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
