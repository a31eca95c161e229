//! What the ConfigMap holds.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tollgate_crds::stream::{CONFIG_MAP_CA, CONFIG_MAP_STATE, NamespaceState};

/// Of a flag's spec: who may and may not; personal, and so not for everybody who may read ConfigMaps.
const USERS: &str = "users";

/// The state, and whom to trust on the way to the operator.
pub(super) fn data(state: &NamespaceState, ca: Option<&str>) -> BTreeMap<String, String> {
    let mut state = state.clone();
    for flag in &mut state.flags {
        if let Value::Object(spec) = &mut flag.spec {
            spec.remove(USERS);
        }
    }
    // A share is nothing without an operator that answers for it.
    state.budgets.clear();
    let state = (CONFIG_MAP_STATE.to_owned(), json!(state).to_string());
    let ca = ca.map(|ca| (CONFIG_MAP_CA.to_owned(), ca.to_owned()));
    [state].into_iter().chain(ca).collect()
}

#[cfg(test)]
mod tests {
    use tollgate_crds::stream::StateFlag;

    use super::*;

    #[test]
    fn it_holds_the_state_but_no_users() {
        let state = NamespaceState {
            namespace: "shop".to_owned(),
            flags: vec![StateFlag {
                namespace: Some("shop".to_owned()),
                name: "chat".to_owned(),
                uid: "u".to_owned(),
                resource_version: "7".to_owned(),
                feature: "chat".to_owned(),
                enabled: false,
                spec: json!({ "enabled": false, "users": { "deny": ["alice@example.com"] } }),
            }],
            ..NamespaceState::default()
        };
        let data = data(&state, Some("-----BEGIN"));
        assert_eq!(data[CONFIG_MAP_CA], "-----BEGIN");
        let read: NamespaceState = serde_json::from_str(&data[CONFIG_MAP_STATE]).unwrap();
        assert_eq!(read.flags[0].spec, json!({ "enabled": false }));
        assert_eq!(NamespaceState { flags: state.flags.clone(), ..read }, state);
    }
}
