//! Certificates for the providers' hosts, from a root that nobody can use again.
//!
//! The root's key lives for one signature. What stays in this process is the key of an intermediate whose
//! certificate says for which names it may sign: should it ever leak, no client takes it for a bank.

use std::time::Duration;

use jiff::Timestamp;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CidrSubnet, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
    date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;
use tollgate_meter::Provider;

/// Signs for the providers' hosts, and for nothing else.
pub(crate) struct Authority {
    root: Certificate,
    intermediate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthorityError {
    #[error("no certificate for the providers' hosts can be made: {0}")]
    Make(#[from] rcgen::Error),
    #[error("no certificate for the providers' hosts can be used: {0}")]
    Use(#[from] rustls::Error),
}

/// Some clients take none that lives longer than 397 days.
pub(super) const LEAF_LIVES: Duration = days(90);

/// The app's clock is ours, but for what a container's own may be off.
pub(super) const BEFORE: Duration = days(1);

/// Years in which root and intermediate hold: whatever the clock says when they are made, it may be put right later.
const AUTHORITY_LIVES: [i32; 2] = [2000, 2049];

/// Where Vertex AI's regions live beside the Gemini API: `us-central1-aiplatform…` is no subtree of `aiplatform…`, so no
/// narrower constraint has them all.
const GOOGLE: &str = "googleapis.com";

const fn days(days: u64) -> Duration {
    Duration::from_secs(days * 24 * 3600)
}

// === impl Authority ===

impl Authority {
    pub(crate) fn new(now: Timestamp) -> Result<Self, AuthorityError> {
        let root_key = KeyPair::generate()?;
        // A name of its own: who trusts another start's root has to hear of an unknown one, not of a bad signature.
        let named = format!("Tollgate, made for this pod alone at {}", now.as_nanosecond());
        let mut root = authority(&named, 1);
        root.use_authority_key_identifier_extension = true;
        let root_certificate = root.self_signed(&root_key)?;
        let root = Issuer::new(root, root_key);

        let key = KeyPair::generate()?;
        let mut intermediate = authority("Tollgate, for AI providers only", 0);
        intermediate.use_authority_key_identifier_extension = true;
        intermediate.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        intermediate.name_constraints = Some(providers_only());
        let certificate = intermediate.signed_by(&key, &root)?.der().clone();
        // `root` and its key end here.
        Ok(Self { root: root_certificate, intermediate: certificate, issuer: Issuer::new(intermediate, key) })
    }

    /// What apps must trust.
    pub(crate) fn root(&self) -> &Certificate {
        &self.root
    }

    /// A certificate for one host, with the chain that leads to the root.
    pub(super) fn leaf(&self, host: &str, now: Timestamp) -> Result<CertifiedKey, AuthorityError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(vec![host.to_owned()])?;
        // Not the host: names are at most 64 characters here, and clients read the alternative names.
        params.distinguished_name = name("Tollgate, in a provider's stead");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let since_1970 = Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default());
        let epoch = date_time_ymd(1970, 1, 1);
        params.not_before = epoch + since_1970.saturating_sub(BEFORE);
        params.not_after = epoch + since_1970 + LEAF_LIVES;
        let leaf = params.signed_by(&key, &self.issuer)?.der().clone();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key = rustls::crypto::ring::sign::any_ecdsa_type(&key)?;
        Ok(CertifiedKey::new(vec![leaf, self.intermediate.clone()], key))
    }
}

fn authority(common: &str, below: u8) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = name(common);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(below));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    [params.not_before, params.not_after] = AUTHORITY_LIVES.map(|year| date_time_ymd(year, 1, 1));
    params
}

/// The domains of [`Provider::of_host`], and no address.
fn providers_only() -> NameConstraints {
    let domains = Provider::ALL.map(|provider| match provider {
        Provider::Google => GOOGLE,
        Provider::OpenAi | Provider::Anthropic | Provider::Xai | Provider::OpenRouter => provider.host(),
    });
    NameConstraints {
        permitted_subtrees: domains.map(|domain| GeneralSubtree::DnsName(domain.to_owned())).to_vec(),
        excluded_subtrees: vec![
            GeneralSubtree::IpAddress(CidrSubnet::V4([0; 4], [0; 4])),
            GeneralSubtree::IpAddress(CidrSubnet::V6([0; 16], [0; 16])),
        ],
    }
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, "Tollgate");
    name.push(DnType::CommonName, common);
    name
}

#[cfg(test)]
mod tests {
    use rustls::RootCertStore;
    use rustls::client::WebPkiServerVerifier;
    use rustls::client::danger::ServerCertVerifier;
    use rustls::pki_types::{ServerName, UnixTime};
    use std::sync::Arc;

    use super::*;

    /// Whether a client that trusts the root takes this leaf for this host.
    fn taken(authority: &Authority, leaf_of: &str, host: &str) -> Result<(), rustls::Error> {
        taken_at(Timestamp::now(), authority, leaf_of, host)
    }

    fn taken_at(
        now: Timestamp,
        authority: &Authority,
        leaf_of: &str,
        host: &str,
    ) -> Result<(), rustls::Error> {
        let mut roots = RootCertStore::empty();
        roots.add(authority.root().der().clone()).unwrap();
        let verifier = WebPkiServerVerifier::builder_with_provider(
            Arc::new(roots),
            Arc::new(rustls::crypto::ring::default_provider()),
        )
        .build()
        .unwrap();
        let leaf = authority.leaf(leaf_of, now).unwrap();
        let [leaf, chain @ ..] = &leaf.cert[..] else { panic!("a chain") };
        verifier
            .verify_server_cert(
                leaf,
                chain,
                &ServerName::try_from(host.to_owned()).unwrap(),
                &[],
                UnixTime::since_unix_epoch(Duration::from_secs(now.as_second().unsigned_abs())),
            )
            .map(|_| ())
    }

    #[test]
    fn every_host_of_a_provider_gets_a_certificate_that_holds() {
        let authority = Authority::new(Timestamp::now()).unwrap();
        for host in Provider::ALL.map(Provider::host).into_iter().chain([
            "eu.api.openai.com",
            "us-central1-aiplatform.googleapis.com",
            "aiplatform.googleapis.com",
            "aiplatform.eu.rep.googleapis.com",
            "us-east-1.api.x.ai",
            "eu.openrouter.ai",
        ]) {
            assert!(Provider::of_host(host).is_some(), "{host}");
            assert_eq!(taken(&authority, host, host), Ok(()), "{host}");
        }
    }

    #[test]
    fn whatever_the_clock_said_at_the_start_certificates_hold_once_it_was_put_right() {
        let starts: [Timestamp; 3] = ["1970-01-01T00:00:09Z", "2026-12-03T12:00:00Z", "2038-01-19T03:14:08Z"]
            .map(|time| time.parse().unwrap());
        let now = "2026-11-30T12:00:00Z".parse().unwrap();
        for start in starts {
            let authority = Authority::new(start).unwrap();
            let host = "api.openai.com";
            assert!(authority.leaf(host, start).is_ok());
            assert_eq!(taken_at(now, &authority, host, host), Ok(()), "{start}");
        }
    }

    #[test]
    fn no_other_name_holds_whoever_had_the_intermediates_key() {
        let authority = Authority::new(Timestamp::now()).unwrap();
        for host in ["bank.example", "openai.com", "anthropic.com", "x.ai", "192.0.2.1", "2001:db8::1"] {
            assert!(taken(&authority, host, host).is_err(), "{host}");
        }
        assert!(taken(&authority, "api.openai.com", "api.anthropic.com").is_err());
    }

    #[test]
    fn two_starts_have_nothing_in_common() {
        let [one, other] = [(); 2].map(|()| Authority::new(Timestamp::now()).unwrap());
        assert_ne!(one.root().der(), other.root().der());
    }
}
