//! What switching a feature off or on writes, whoever asks for it: the console or kubectl.

use serde_json::{Value, json};
use tollgate_crds::flag::{DISABLED, ENABLED, OVERRIDE, OVERRIDE_UNTIL, REASON};

/// A flag that is there is merged with this. It holds only while the flag is of the `version` that was looked at, so that nobody's
/// change is lost. With an end it is an override, and leaves the spec to whoever keeps it.
pub(crate) fn patch(enabled: bool, reason: &str, version: Option<&str>, until: Option<&str>) -> Value {
    match until {
        Some(until) => json!({"metadata": {
            "resourceVersion": version,
            "annotations": {REASON: reason, OVERRIDE: word(enabled), OVERRIDE_UNTIL: until},
        }}),
        None => json!({
            "metadata": {
                "resourceVersion": version,
                // an override of before would go before the spec
                "annotations": {REASON: reason, OVERRIDE: null, OVERRIDE_UNTIL: null},
            },
            "spec": {"enabled": enabled},
        }),
    }
}

/// As an override says it.
pub(crate) const fn word(enabled: bool) -> &'static str {
    if enabled { ENABLED } else { DISABLED }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_holds_only_while_the_flag_is_what_was_seen() {
        assert_eq!(
            patch(false, "too dear", Some("17"), None),
            json!({"metadata": {"resourceVersion": "17", "annotations": {REASON: "too dear", OVERRIDE: null, OVERRIDE_UNTIL: null}},
                   "spec": {"enabled": false}})
        );
    }

    #[test]
    fn an_override_leaves_the_spec_to_git() {
        let patch = patch(false, "outage", Some("17"), Some("2027-01-31T12:00:00Z"));
        assert_eq!(patch["spec"], Value::Null);
        assert_eq!(patch["metadata"]["annotations"][OVERRIDE], "disabled");
    }
}
