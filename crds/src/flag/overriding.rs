//! The override of a flag: two annotations that no manifest in git names, so that whoever manages it sees no drift.

use std::collections::BTreeMap;

use super::{Moment, Period};
use crate::{schema, validate::Violation};

/// Whether the feature's calls pass meanwhile: [`ENABLED`] or [`DISABLED`].
pub const OVERRIDE: &str = "tollgate.dev/override";
/// When it ends.
pub const OVERRIDE_UNTIL: &str = "tollgate.dev/override-until";

pub const ENABLED: &str = "enabled";
pub const DISABLED: &str = "disabled";

/// What holds until a time, whatever the spec says of `enabled` and `schedule`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    pub enabled: bool,
    pub until: Moment,
}

// === impl Override ===

impl Override {
    /// Out of an object's annotations; `None` where they name none. One without an end would be forgotten, and is none.
    pub fn read(annotations: &BTreeMap<String, String>) -> Result<Option<Self>, Violation> {
        let wrong = |key: &str, expected: &str, found: Option<&String>| Violation {
            path: format!("metadata.annotations[{key}]"),
            problem: match found {
                Some(found) => format!("expected {expected}, found {found:?}"),
                None => format!("expected {expected}, found nothing"),
            },
        };
        let Some(said) = annotations.get(OVERRIDE) else { return Ok(None) };
        let enabled = match said.as_str() {
            ENABLED => true,
            DISABLED => false,
            _ => return Err(wrong(OVERRIDE, "enabled or disabled", Some(said))),
        };
        let until = annotations.get(OVERRIDE_UNTIL);
        match until.and_then(|until| until.parse().ok()) {
            Some(until) => Ok(Some(Self { enabled, until })),
            None => Err(wrong(OVERRIDE_UNTIL, schema::MOMENT_EXPECTED, until)),
        }
    }

    /// What it is to whoever knows schedules: an entry that comes before all others, and ends by itself.
    pub fn period(&self) -> Period {
        Period { from: None, until: Some(self.until.clone()), enabled: self.enabled }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(annotations: &[(&str, &str)]) -> Result<Option<Override>, String> {
        let annotations =
            annotations.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Override::read(&annotations).map_err(|violation| violation.to_string())
    }

    #[test]
    fn an_override_holds_until_its_time_and_not_then() {
        let read = read(&[(OVERRIDE, "disabled"), (OVERRIDE_UNTIL, "2026-12-01T08:00[Europe/Berlin]")]);
        let period = read.unwrap().unwrap().period();
        assert!(period.holds_at("2026-12-01T06:59:59Z".parse().unwrap()));
        assert!(!period.holds_at("2026-12-01T07:00:00Z".parse().unwrap()));
        assert!(!period.enabled);
    }

    #[test]
    fn annotations_that_override_nothing_say_nothing() {
        assert_eq!(read(&[("tollgate.dev/reason", "cost"), (OVERRIDE_UNTIL, "2026-12-01T08:00Z")]), Ok(None));
    }

    #[test]
    fn what_is_no_override_is_named_with_what_to_write() {
        assert_eq!(
            read(&[(OVERRIDE, "off"), (OVERRIDE_UNTIL, "2026-12-01T08:00Z")]).unwrap_err(),
            "metadata.annotations[tollgate.dev/override]: expected enabled or disabled, found \"off\""
        );
        let endless = read(&[(OVERRIDE, "enabled")]).unwrap_err();
        assert!(
            endless.starts_with(
                "metadata.annotations[tollgate.dev/override-until]: expected a time like 2026-12-01T08:00:00Z"
            ),
            "{endless}"
        );
        assert!(endless.ends_with("found nothing"), "{endless}");
    }
}
