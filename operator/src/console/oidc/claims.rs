//! The ID token: whether it is the issuer's word, to us, in this attempt; and whom it names.

use jsonwebtoken::{AlgorithmFamily, DecodingKey, Validation, decode};
use serde_json::{Map, Value};

use super::{OidcError, OidcSettings};

/// Whom the issuer vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Vouched {
    pub(super) name: String,
    pub(super) groups: Vec<String>,
    /// Unix time in seconds.
    pub(super) until: i64,
}

/// Clocks of two machines differ, in seconds.
const LEEWAY: u64 = 30;

/// Judges a token that one of the issuer's keys is to have signed.
pub(super) fn verify(
    token: &str,
    key: &DecodingKey,
    settings: &OidcSettings,
    nonce: &str,
) -> Result<Vouched, OidcError> {
    let wrong = |problem: &str| OidcError::Token(problem.to_owned());
    // A key that both sides know signs nothing here: whoever can read it could sign, too.
    if matches!(key.family(), AlgorithmFamily::Hmac) {
        return Err(wrong("it is signed with a shared key"));
    }
    let mut validation = Validation::new_for_family(key.family());
    validation.set_issuer(&[&settings.issuer]);
    validation.set_audience(&[&settings.client_id]);
    validation.set_required_spec_claims(&["exp", "iss", "aud"]);
    validation.leeway = LEEWAY;
    let claims: Map<String, Value> = decode(token, key, &validation)
        .map_err(|error| OidcError::Token(format!("{:?}", error.kind())))?
        .claims;
    if claims.get("nonce").and_then(Value::as_str) != Some(nonce) {
        return Err(wrong("it is of another attempt to sign in"));
    }
    let authorized = claims.get("azp").and_then(Value::as_str);
    if authorized.is_some_and(|authorized| authorized != settings.client_id) {
        return Err(wrong("it was given to another client"));
    }
    vouched(&claims, settings)
}

fn vouched(claims: &Map<String, Value>, settings: &OidcSettings) -> Result<Vouched, OidcError> {
    let OidcSettings { username_claim, groups_claim, impersonation, .. } = settings;
    let name = claims.get(username_claim).and_then(Value::as_str).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| OidcError::NoName(username_claim.clone()))?;
    // As the apiserver does it: whoever can choose an address must not become somebody by it.
    if username_claim == "email" && claims.get("email_verified").is_some_and(|verified| *verified != true) {
        return Err(OidcError::NotVerified);
    }
    let groups = match claims.get(groups_claim) {
        Some(Value::Array(groups)) => groups.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(group)) => vec![group.as_str()],
        _ => Vec::new(),
    };
    // Seconds may have a fraction (RFC 7519, section 2).
    let until = claims.get("exp").and_then(|exp| exp.as_i64().or_else(|| Some(exp.as_f64()? as i64)));
    let until = until.unwrap_or_default();
    let Some(impersonation) = impersonation else {
        let groups = groups.into_iter().map(str::to_owned).collect();
        return Ok(Vouched { name: name.to_owned(), groups, until });
    };
    let name = impersonation.name(name).ok_or_else(|| OidcError::Reserved(name.to_owned()))?;
    let groups = groups.into_iter().filter_map(|group| impersonation.name(group)).collect();
    Ok(Vouched { name, groups, until })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
    use rcgen::{KeyPair, PKCS_ED25519};
    use serde_json::json;

    use super::*;
    use crate::console::oidc::Impersonation;

    fn settings(impersonation: Option<&str>) -> OidcSettings {
        OidcSettings {
            issuer: "https://issuer.example".to_owned(),
            client_id: "tollgate".to_owned(),
            client_secret: None,
            scopes: ["email".to_owned()].into(),
            username_claim: "email".to_owned(),
            groups_claim: "groups".to_owned(),
            ca: None,
            external: "https://tollgate.example.com".parse().unwrap(),
            impersonation: impersonation.map(|prefix| Impersonation::new(prefix).unwrap()),
        }
    }

    fn claims(changes: Value) -> Value {
        let now = Timestamp::now().as_second();
        let mut claims = json!({
            "iss": "https://issuer.example", "aud": "tollgate", "exp": now + 600, "iat": now, "nonce": "n",
            "sub": "1", "email": "ada@example.com", "email_verified": true, "groups": ["shop", "system:masters"],
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    fn judged(claims: &Value, settings: &OidcSettings) -> Result<Vouched, OidcError> {
        let key = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let signing = EncodingKey::from_ed_der(&key.serialize_der());
        let token = encode(&Header::new(Algorithm::EdDSA), claims, &signing).unwrap();
        verify(&token, &DecodingKey::from_ed_der(key.public_key_raw()), settings, "n")
    }

    #[test]
    fn whom_the_issuer_names_is_who_came() {
        let vouched = judged(&claims(json!({})), &settings(None)).unwrap();
        assert_eq!(vouched.name, "ada@example.com");
        assert_eq!(vouched.groups, ["shop", "system:masters"]);
    }

    #[test]
    fn a_token_may_end_within_a_second() {
        let vouched = judged(&claims(json!({"exp": 4_102_444_800.5})), &settings(None)).unwrap();
        assert_eq!(vouched.until, 4_102_444_800);
    }

    #[test]
    fn by_impersonation_nobody_becomes_one_of_the_clusters_own() {
        let settings = settings(Some("oidc:"));
        let vouched = judged(&claims(json!({"email": "system:admin"})), &settings).unwrap();
        assert_eq!(vouched.name, "oidc:system:admin");
        assert_eq!(vouched.groups, ["oidc:shop", "oidc:system:masters"]);
    }

    #[test]
    fn a_token_of_somebody_else_for_somebody_else_or_of_another_time_is_none() {
        let past = Timestamp::now().as_second() - 3600;
        for changes in [
            json!({"iss": "https://evil.example"}),
            json!({"aud": "another"}),
            json!({"exp": past}),
            json!({"nonce": "another"}),
            json!({"nonce": null}),
            json!({"azp": "another"}),
        ] {
            let refused = judged(&claims(changes.clone()), &settings(None));
            assert!(matches!(refused, Err(OidcError::Token(_))), "{changes}: {refused:?}");
        }
        let key = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let other = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let signing = EncodingKey::from_ed_der(&other.serialize_der());
        let token = encode(&Header::new(Algorithm::EdDSA), &claims(json!({})), &signing).unwrap();
        let key = DecodingKey::from_ed_der(key.public_key_raw());
        assert!(verify(&token, &key, &settings(None), "n").is_err());
    }

    #[test]
    fn a_token_signed_with_a_shared_key_is_none() {
        let shared = b"known to both";
        let token =
            encode(&Header::new(Algorithm::HS256), &claims(json!({})), &EncodingKey::from_secret(shared));
        let refused = verify(&token.unwrap(), &DecodingKey::from_secret(shared), &settings(None), "n");
        assert!(matches!(refused, Err(OidcError::Token(_))), "{refused:?}");
    }

    #[test]
    fn an_address_that_is_not_verified_is_no_name() {
        let refused = judged(&claims(json!({"email_verified": false})), &settings(None));
        assert!(matches!(refused, Err(OidcError::NotVerified)), "{refused:?}");
        let refused = judged(&claims(json!({"email": null})), &settings(None));
        assert!(matches!(refused, Err(OidcError::NoName(_))), "{refused:?}");
    }
}
