//! What a change did, in words.

use serde_json::Value;
use tollgate_crds::flag::{DISABLED, ENABLED, OVERRIDE};

use super::Entry;

// === impl Entry ===

impl Entry {
    /// `turned off`, `overridden to on`, `deleted` …
    pub fn what(&self) -> &str {
        let Self { kind, action, before, after, .. } = self;
        if !kind.ends_with("FeatureFlag") {
            return action;
        }
        let is_on =
            |side: &Option<Value>| side.as_ref().map(|side| side["spec"]["enabled"] != Value::Bool(false));
        if action == "changed" && overridden(before) != overridden(after) {
            return match overridden(after) {
                Some(DISABLED) => "overridden to off",
                Some(ENABLED) => "overridden to on",
                Some(_) => action,
                None => "freed of its override",
            };
        }
        match (action.as_str(), is_on(before), is_on(after)) {
            ("changed", Some(true), Some(false)) | ("created", _, Some(false)) => "turned off",
            ("changed", Some(false), Some(true)) => "turned on",
            (action, ..) => action,
        }
    }
}

fn overridden(side: &Option<Value>) -> Option<&str> {
    side.as_ref()?["annotations"][OVERRIDE].as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn what(kind: &str, action: &str, before: Value, after: Value) -> String {
        let side = |side: Value| (!side.is_null()).then_some(side);
        let entry = Entry {
            cluster: "c".to_owned(),
            seq: 1,
            at: String::new(),
            kind: kind.to_owned(),
            namespace: "shop".to_owned(),
            name: "chat".to_owned(),
            feature: "chat".to_owned(),
            action: action.to_owned(),
            actor: None,
            actor_groups: Vec::new(),
            via: None,
            reason: None,
            before: side(before),
            after: side(after),
            hash: String::new(),
        };
        entry.what().to_owned()
    }

    #[test]
    fn a_switch_is_told_as_such_whether_by_the_spec_or_by_an_override() {
        let (on, off) = (json!({"spec": {}}), json!({"spec": {"enabled": false}}));
        let overridden = |to: &str| json!({"spec": {}, "annotations": {"tollgate.dev/override": to}});
        for (action, before, after, told) in [
            ("changed", on.clone(), off.clone(), "turned off"),
            ("changed", off.clone(), on.clone(), "turned on"),
            ("created", Value::Null, off.clone(), "turned off"),
            ("created", Value::Null, on.clone(), "created"),
            ("changed", on.clone(), json!({"spec": {"mode": "Preview"}}), "changed"),
            ("changed", on.clone(), overridden("disabled"), "overridden to off"),
            ("changed", off.clone(), overridden("enabled"), "overridden to on"),
            ("changed", overridden("disabled"), on.clone(), "freed of its override"),
            ("deleted", off.clone(), Value::Null, "deleted"),
        ] {
            assert_eq!(what("FeatureFlag", action, before, after), told);
        }
        assert_eq!(what("UsageAlert", "changed", on, off), "changed");
    }
}
