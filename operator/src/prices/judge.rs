//! Whether a ConfigMap's prices can be taken.

use std::fmt;

use k8s_openapi::api::core::v1::{ConfigMap, ObjectReference};
use tollgate_crds::stream::{PRICES_CONFIG_MAP, PRICES_KEY};
use tollgate_meter::{PriceBook, PriceError};

use super::in_force::InForce;

/// The admin's ConfigMap, whether it is there or not.
pub(super) fn named() -> ObjectReference {
    ObjectReference {
        api_version: Some("v1".to_owned()),
        kind: Some("ConfigMap".to_owned()),
        name: Some(PRICES_CONFIG_MAP.to_owned()),
        ..ObjectReference::default()
    }
}

/// Prices that are not taken, and whose they are.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) map: ObjectReference,
    /// The version of the prices that hold instead.
    pub(super) stays: Option<String>,
    why: Why,
}

#[derive(Debug)]
enum Why {
    /// There are other keys, or none.
    NoKey(Vec<String>),
    Unreadable(PriceError),
}

/// What holds from here on. No ConfigMap: the built-in book.
pub(super) fn judge(map: Option<&ConfigMap>) -> Result<InForce, Box<Refused>> {
    let Some(map) = map else { return Ok(InForce::new(PriceBook::built_in().clone(), None)) };
    let text = map.data.as_ref().and_then(|data| data.get(PRICES_KEY));
    let refused = |why| Box::new(Refused { map: reference(map), stays: None, why });
    let Some(text) = text else {
        let keys = map.data.iter().flatten().map(|(key, _)| key.clone()).collect();
        return Err(refused(Why::NoKey(keys)));
    };
    match PriceBook::with_overrides(text) {
        Ok(book) => Ok(InForce::new(book, Some(text))),
        Err(error) => Err(refused(Why::Unreadable(error))),
    }
}

fn reference(map: &ConfigMap) -> ObjectReference {
    let metadata = &map.metadata;
    ObjectReference {
        namespace: metadata.namespace.clone(),
        uid: metadata.uid.clone(),
        resource_version: metadata.resource_version.clone(),
        ..named()
    }
}

// === impl Refused ===

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The prices of the ConfigMap {PRICES_CONFIG_MAP} are not taken")?;
        match &self.stays {
            Some(version) => write!(f, ", {version} stays in force. ")?,
            None => f.write_str(". ")?,
        }
        match &self.why {
            Why::NoKey(keys) if keys.is_empty() => {
                write!(f, "It has no key: write the price file under {PRICES_KEY}")
            }
            Why::NoKey(keys) => {
                write!(
                    f,
                    "It has no key {PRICES_KEY}, but {}: write the price file under {PRICES_KEY}",
                    keys.join(", ")
                )
            }
            Why::Unreadable(error) => {
                write!(f, "{PRICES_KEY} {error}. `tollgate prices check FILE` tries a file beforehand")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(key: &str, text: &str) -> ConfigMap {
        let data = [(key.to_owned(), text.to_owned())].into();
        ConfigMap { data: Some(data), ..ConfigMap::default() }
    }

    fn why(map: &ConfigMap) -> String {
        judge(Some(map)).err().map(|refused| refused.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_good_file_holds_and_is_told_as_it_stands() {
        let text = "openai: {discount: \"15%\"}\n";
        let in_force = judge(Some(&map("prices.yaml", text))).ok().unwrap();
        assert!(in_force.book.version().starts_with(PriceBook::built_in().version()));
        assert_ne!(in_force.book.version(), PriceBook::built_in().version());
        let line: serde_json::Value = serde_json::from_slice(&in_force.line).unwrap();
        assert_eq!(line, serde_json::json!({"type": "prices", "text": text}));
    }

    #[test]
    fn without_a_config_map_the_built_in_book_holds_and_sidecars_are_told_so() {
        let in_force = judge(None).ok().unwrap();
        assert_eq!(*in_force.book, *PriceBook::built_in());
        assert_eq!(in_force.line, "{\"type\":\"prices\"}\n");
    }

    #[test]
    fn a_broken_file_is_named_with_its_line_and_what_to_write() {
        let why = why(&map("prices.yaml", "openai:\n  my-model:\n    input: abc\n"));
        assert!(why.contains("expected a decimal number such as 0.25"), "{why}");
        assert!(why.contains("at line 3") && why.contains("tollgate prices check"), "{why}");
    }

    #[test]
    fn a_config_map_without_the_key_is_told_which_one() {
        let why = why(&map("price.yml", "{}"));
        assert!(why.contains("no key prices.yaml, but price.yml"), "{why}");
    }
}
