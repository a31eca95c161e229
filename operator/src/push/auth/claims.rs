//! What a ServiceAccount token says, and the rules it must meet.

use jiff::Timestamp;
use serde::Deserialize;
use tollgate_crds::stream::AUDIENCE;

use super::{AuthError, PodIdentity};

/// The claims of a projected ServiceAccount token (KEP-1205).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Claims {
    #[serde(rename = "aud", default)]
    pub(super) audiences: Audiences,
    #[serde(rename = "exp")]
    pub(super) expires: i64,
    #[serde(rename = "nbf", default)]
    pub(super) not_before: Option<i64>,
    #[serde(rename = "sub", default)]
    pub(super) subject: String,
    #[serde(rename = "kubernetes.io", default)]
    pub(super) kubernetes: Kubernetes,
}

/// One or many (RFC 7519).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Audiences {
    One(String),
    Many(Vec<String>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Kubernetes {
    #[serde(default)]
    pub(super) namespace: String,
    #[serde(default)]
    pub(super) pod: Option<Named>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) uid: String,
}

/// Clocks of nodes differ by less.
const LEEWAY: i64 = 30;

// === impl Audiences ===

impl Default for Audiences {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Audiences {
    pub(super) fn are_ours(&self) -> bool {
        match self {
            Self::One(audience) => audience == AUDIENCE,
            Self::Many(audiences) => audiences.iter().any(|audience| audience == AUDIENCE),
        }
    }
}

// === impl Claims ===

impl Claims {
    pub(super) fn check_time(&self, now: Timestamp) -> Result<(), AuthError> {
        if !self.audiences.are_ours() {
            return Err(AuthError::Audience);
        }
        if now.as_second() >= self.expires {
            return Err(AuthError::Expired);
        }
        if self.not_before.is_some_and(|not_before| now.as_second().saturating_add(LEEWAY) < not_before) {
            return Err(AuthError::Early);
        }
        Ok(())
    }

    pub(super) fn pod(&self) -> Result<PodIdentity, AuthError> {
        let Kubernetes { namespace, pod } = &self.kubernetes;
        let pod = pod.as_ref().filter(|pod| !pod.uid.is_empty()).ok_or(AuthError::NotAPod)?;
        Ok(PodIdentity {
            uid: pod.uid.clone(),
            namespace: namespace.clone(),
            name: pod.name.clone(),
            expires: self.expires,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(aud: serde_json::Value, exp: i64) -> Claims {
        serde_json::from_value(json!({
            "aud": aud, "exp": exp, "nbf": 1_000, "iss": "https://kubernetes.default.svc",
            "sub": "system:serviceaccount:shop:default",
            "kubernetes.io": {
                "namespace": "shop", "pod": {"name": "web-0", "uid": "u-1"},
                "serviceaccount": {"name": "default", "uid": "u-2"},
            },
        }))
        .unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_token_names_its_pod() {
        let expected = PodIdentity {
            uid: "u-1".to_owned(),
            namespace: "shop".to_owned(),
            name: "web-0".to_owned(),
            expires: 5_000,
        };
        assert_eq!(claims(json!(["tollgate"]), 5_000).pod(), Ok(expected));
    }

    #[test]
    fn a_token_holds_in_its_time_and_for_our_audience_only() {
        let table = [
            (json!(["tollgate"]), 2_000, Ok(())),
            (json!("tollgate"), 2_000, Ok(())),
            (json!(["other", "tollgate"]), 2_000, Ok(())),
            (json!(["https://kubernetes.default.svc"]), 2_000, Err(AuthError::Audience)),
            (json!([]), 2_000, Err(AuthError::Audience)),
            (json!(["tollgate"]), 5_000, Err(AuthError::Expired)),
            (json!(["tollgate"]), 985, Ok(())),
            (json!(["tollgate"]), 900, Err(AuthError::Early)),
        ];
        for (audience, now, expected) in table {
            let found = claims(audience.clone(), 5_000).check_time(at(now));
            assert_eq!(found, expected, "{audience} at {now}");
        }
    }

    #[test]
    fn a_token_without_a_pod_is_none_for_us() {
        let claims: Claims = serde_json::from_value(json!({"aud": ["tollgate"], "exp": 5_000})).unwrap();
        assert_eq!(claims.pod(), Err(AuthError::NotAPod));
    }
}
