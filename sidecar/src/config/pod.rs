//! The configuration of a sidecar that injection put beside an app: the document of the environment.

use serde_json::{Map, Value};

use super::{Config, ConfigError, Document, ENVIRONMENT};

/// Every key of the document that this release knows, by its section.
const KNOWN: [(&str, &[&str]); 6] = [
    (
        "",
        &[
            "listen",
            "upstreams",
            "workload",
            "flags",
            "prices",
            "spool",
            "ledger",
            "attribution",
            "operator",
            "spoolLimit",
            "extraCAs",
            "tls",
            "proxyOthers",
        ],
    ),
    ("listen", &["baseUrl", "hosts", "proxy", "admin"]),
    ("workload", &["cluster", "namespace", "name", "pod", "container", "feature", "labels"]),
    ("attribution", &["baggage", "users"]),
    ("tls", &["bundle"]),
    ("operator", &["url", "tokenFile", "ca", "stateDirectory", "denyUntilKnown"]),
];

// === impl Config ===

impl Config {
    /// Reads `TOLLGATE_CONFIG`, and of the environment what stands beside it: `TOLLGATE_ENABLED`, and where the document
    /// says nothing `POD_NAME` and `POD_NAMESPACE`.
    pub fn of_pod(environment: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let text = environment(ENVIRONMENT).ok_or(ConfigError::None)?;
        let unusable = |source| ConfigError::ParsePod { source };
        let mut document: Value = serde_json::from_str(&text).map_err(unusable)?;
        for key in take_unknown(&mut document) {
            tracing::warn!("{ENVIRONMENT} has {key}, which this release does not know: passed over");
        }
        let document: Document = serde_json::from_value(document).map_err(unusable)?;
        Self::check(document, environment)
    }
}

/// Takes out what this release does not know, and names it.
fn take_unknown(document: &mut Value) -> Vec<String> {
    let mut unknown = Vec::new();
    for (section, known) in KNOWN {
        let (members, prefix) = match section {
            "" => (document.as_object_mut(), String::new()),
            section => (document.get_mut(section).and_then(Value::as_object_mut), format!("{section}.")),
        };
        if let Some(members) = members {
            let all = std::mem::take(members);
            let (kept, taken): (Map<_, _>, Map<_, _>) =
                all.into_iter().partition(|(key, _)| known.contains(&key.as_str()));
            *members = kept;
            unknown.extend(taken.into_iter().map(|(key, _)| format!("{prefix}{key}")));
        }
    }
    unknown
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;
    use crate::config::{LedgerConfig, Users};

    /// All that injection writes.
    fn injected() -> Value {
        json!({
            "listen": {"baseUrl": "127.0.0.1:7411", "hosts": ["127.0.0.1:443", "[::1]:443"], "admin": "0.0.0.0:7419"},
            "tls": {"bundle": "/var/run/tollgate/trust"},
            "upstreams": {"openai": "http://stand-in.providers:8080"},
            "workload": {"cluster": "default", "namespace": "shop", "name": "web", "feature": "chat",
                "labels": {"app": "web"}},
            "spool": "/var/lib/tollgate",
            "spoolLimit": 268435456,
            "ledger": "operator",
            "attribution": {"baggage": true, "users": "Hashed"},
            "operator": {"url": "https://tollgate-operator.tollgate-system.svc:7443",
                "tokenFile": "/var/run/secrets/tollgate/token", "ca": "PEM",
                "stateDirectory": "/etc/tollgate/state", "denyUntilKnown": ["payments"]},
            "extraCAs": "PEM",
        })
    }

    fn read(document: &Value) -> Result<Config, ConfigError> {
        let text = document.to_string();
        Config::of_pod(|name| match name {
            ENVIRONMENT => Some(text.clone()),
            "POD_NAME" => Some("web-0".to_owned()),
            "POD_NAMESPACE" => Some("elsewhere".to_owned()),
            _ => None,
        })
    }

    fn refusal(section: &str, key: &str, value: Value) -> String {
        let mut document = injected();
        match section {
            "" => document[key] = value,
            section => document[section][key] = value,
        }
        read(&document).unwrap_err().to_string()
    }

    #[test]
    fn what_injection_writes_is_read_and_the_pods_name_is_filled_in() {
        let config = read(&injected()).unwrap();
        let operator = config.operator.unwrap();
        assert_eq!((operator.url.port, &*operator.url.host), (7443, "tollgate-operator.tollgate-system.svc"));
        assert_eq!(operator.state_directory.as_deref(), Some(Path::new("/etc/tollgate/state")));
        assert_eq!(operator.deny_until_known, ["payments"]);
        let named = (config.workload.pod.as_deref(), config.workload.namespace.as_deref());
        assert_eq!(named, (Some("web-0"), Some("shop")));
        assert_eq!(config.ledger, LedgerConfig::Operator);
        assert_eq!((config.spool_limit, config.attribution.users), (Some(256 << 20), Users::Hashed));
    }

    #[test]
    fn every_key_that_is_read_is_known_here() {
        assert!(take_unknown(&mut injected()).is_empty());
        // And no key is known that nobody reads.
        for (section, known) in KNOWN {
            for key in known {
                let mut document = json!({"listen": {"baseUrl": "127.0.0.1:0"},
                    "operator": {"url": "https://operator", "tokenFile": "t"}});
                match section {
                    "" => document[key] = document.get(key).cloned().unwrap_or_default(),
                    section => {
                        let before = document[section].get(key).cloned();
                        document[section][key] = before.unwrap_or_default();
                    }
                }
                let read = serde_json::from_value::<Document>(document);
                let unknown = read.err().map(|error| error.to_string()).unwrap_or_default();
                assert!(!unknown.contains("unknown field"), "{section}.{key}: {unknown}");
            }
        }
    }

    #[test]
    fn what_a_newer_operator_writes_is_named_and_passed_over() {
        let mut document = injected();
        document["moon"] = json!("full");
        document["operator"]["grants"] = json!({"epoch": 1});
        assert!(read(&document).is_ok());
        assert_eq!(take_unknown(&mut document), ["moon", "operator.grants"]);
    }

    #[test]
    fn without_a_document_it_says_where_one_belongs() {
        let error = Config::of_pod(|_| None).unwrap_err().to_string();
        assert_eq!(error, "no configuration: write --config FILE, or in a pod set TOLLGATE_CONFIG");
    }

    #[test]
    fn what_cannot_be_used_names_its_key() {
        assert_eq!(
            refusal("operator", "url", json!("http://operator:7443")),
            "operator.url: http://operator:7443 is not https; tokens go nowhere else"
        );
        assert_eq!(
            refusal("operator", "denyUntilKnown", json!(["Not A Name"])),
            "operator.denyUntilKnown: \"Not A Name\" is no name of a feature"
        );
        assert_eq!(
            refusal("", "flags", json!("flags.yaml")),
            "flags and operator are both named: flags come from one of them"
        );
        assert_eq!(
            refusal("", "operator", Value::Null),
            "ledger is `operator`, and no operator is named that could tell where it is"
        );
    }
}
