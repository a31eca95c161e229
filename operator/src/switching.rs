//! What switching a feature off or on writes, whoever asks for it: the console or kubectl.

use std::fmt::Debug;

use kube::{
    Api,
    core::{ObjectMeta, Status},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tollgate_crds::flag::{DISABLED, ENABLED, OVERRIDE, OVERRIDE_UNTIL, REASON};

const CONFLICT: u16 = 409;
/// A status may be written between a look and a change that often, before somebody is told that it could not be made.
const ATTEMPTS: u32 = 20;

/// A flag that is there is merged with this. It holds only while the flag is of that `version`, so that nobody's change is lost.
/// With an end it is an override, and leaves the spec to whoever keeps it.
pub(crate) fn patch(enabled: bool, reason: &str, version: &str, until: Option<&str>) -> Value {
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

/// What somebody who looked at a flag decided by: its spec, and the override over it. Its status is written every few seconds
/// where calls are made, and is nobody's change.
pub(crate) fn seen(metadata: &ObjectMeta) -> String {
    let annotation = |name: &str| metadata.annotations.as_ref().and_then(|all| all.get(name));
    let generation = metadata.generation.unwrap_or_default();
    let parts = [annotation(OVERRIDE), annotation(OVERRIDE_UNTIL)].into_iter().flatten();
    parts.fold(generation.to_string(), |seen, part| format!("{seen} {part}"))
}

/// Does `write`, which is given the version that the flag has now, while the flag is what was [`seen`].
///
/// # Errors
/// Those of the apiserver; 409 where somebody else has changed it since.
pub(crate) async fn while_it_is<K, T, Written>(
    api: &Api<K>,
    name: &str,
    looked_at: &str,
    write: impl Fn(String) -> Written,
) -> kube::Result<T>
where
    K: Clone + DeserializeOwned + Debug,
    Written: Future<Output = kube::Result<T>>,
{
    for _ in 0..ATTEMPTS {
        let metadata = api.get_metadata(name).await?.metadata;
        if seen(&metadata) != looked_at {
            break;
        }
        match write(metadata.resource_version.unwrap_or_default()).await {
            Err(kube::Error::Api(status)) if status.code == CONFLICT => {}
            written => return written,
        }
    }
    let changed = Status::failure("somebody else has changed it since", "Conflict");
    Err(kube::Error::Api(changed.with_code(CONFLICT).boxed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_holds_only_while_the_flag_is_of_a_version() {
        assert_eq!(
            patch(false, "too dear", "17", None),
            json!({"metadata": {"resourceVersion": "17", "annotations": {REASON: "too dear", OVERRIDE: null, OVERRIDE_UNTIL: null}},
                   "spec": {"enabled": false}})
        );
    }

    #[test]
    fn an_override_leaves_the_spec_to_git() {
        let patch = patch(false, "outage", "17", Some("2027-01-31T12:00:00Z"));
        assert_eq!(patch["spec"], Value::Null);
        assert_eq!(patch["metadata"]["annotations"][OVERRIDE], "disabled");
    }

    #[test]
    fn a_status_is_nobodys_change_and_an_override_is_one() {
        let flag = |version: &str, annotations: Value| -> ObjectMeta {
            serde_json::from_value(
                json!({"generation": 3, "resourceVersion": version, "annotations": annotations}),
            )
            .unwrap()
        };
        let looked_at = seen(&flag("17", json!({REASON: "outage"})));
        assert_eq!(seen(&flag("18", json!({}))), looked_at);
        let overridden = json!({OVERRIDE: "disabled", OVERRIDE_UNTIL: "2027-01-31T12:00:00Z"});
        assert_ne!(seen(&flag("18", overridden)), looked_at);
    }
}
