//! What stands in the Secret, and when it must be made anew.

use std::time::Duration;

use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, SerialNumber, date_time_ymd,
};
use x509_parser::{
    extensions::GeneralName,
    pem::Pem,
    prelude::{FromDer, X509Certificate},
};

/// A certificate, its key and its authority, all PEM. `ca_key` is absent where somebody else signs.
#[derive(Clone, PartialEq, Eq)]
pub struct Material {
    pub ca_certificate: String,
    pub ca_key: Option<String>,
    pub certificate: String,
    pub key: String,
}

/// What must be made anew, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// There is no authority that can be used: all of it.
    Authority(&'static str),
    /// The authority's certificate comes near its end. Its key stays, so that what it signs is trusted by those who
    /// know the old certificate and by those who know the new one.
    AuthorityCertificate,
    /// What the authority signs for us.
    Certificate(&'static str),
}

#[derive(Debug, thiserror::Error)]
pub enum MaterialError {
    #[error("a certificate cannot be made: {0}")]
    Make(#[from] rcgen::Error),
}

const AUTHORITY_LIVES: Duration = days(3653);
const CERTIFICATE_LIVES: Duration = days(30);
/// Clocks of nodes differ; a certificate that is just made must hold everywhere.
const BEFORE: Duration = Duration::from_secs(3600);
const AUTHORITY: &str = "Tollgate's own authority";

const fn days(days: u64) -> Duration {
    Duration::from_secs(days * 24 * 3600)
}

/// What must be made anew of this; None: it is good. `names` are those that the certificate must be for.
pub fn due(material: Option<&Material>, names: &[String], now: Timestamp) -> Option<Due> {
    let Some(material) = material else { return Some(Due::Authority("there is none yet")) };
    if material.ca_key.is_none() {
        return Some(Due::Authority("the authority's key is missing"));
    }
    let Some(authority) = Read::of(&material.ca_certificate) else {
        return Some(Due::Authority("the authority's certificate cannot be read"));
    };
    if authority.is_over(now) {
        return Some(Due::Authority("the authority's certificate has expired"));
    }
    if authority.nears_its_end(now) {
        return Some(Due::AuthorityCertificate);
    }
    let Some(certificate) = Read::of(&material.certificate) else {
        return Some(Due::Certificate("it cannot be read"));
    };
    if certificate.nears_its_end(now) {
        return Some(Due::Certificate("it comes near its end"));
    }
    if names.iter().any(|name| !certificate.names.contains(name)) {
        return Some(Due::Certificate("it lacks a name"));
    }
    if certificate.issuer != authority.subject {
        return Some(Due::Certificate("another authority has signed it"));
    }
    None
}

/// Makes what is due.
pub fn make(
    due: Due,
    material: Option<&Material>,
    names: &[String],
    now: Timestamp,
) -> Result<Material, MaterialError> {
    let old = material.and_then(|material| Some((material, material.ca_key.as_deref()?)));
    let (ca_key, ca_certificate) = match (due, old) {
        (Due::Certificate(_), Some((material, key))) => {
            (KeyPair::from_pem(key)?, material.ca_certificate.clone())
        }
        (Due::AuthorityCertificate, Some((_, key))) => {
            let key = KeyPair::from_pem(key)?;
            let certificate = authority(now).self_signed(&key)?.pem();
            (key, certificate)
        }
        (Due::Authority(_) | Due::AuthorityCertificate | Due::Certificate(_), _) => {
            let key = KeyPair::generate()?;
            let certificate = authority(now).self_signed(&key)?.pem();
            (key, certificate)
        }
    };
    let key = KeyPair::generate()?;
    let issuer = Issuer::from_ca_cert_pem(&ca_certificate, &ca_key)?;
    let certificate = server(names, now)?.signed_by(&key, &issuer)?.pem();
    Ok(Material {
        ca_certificate,
        ca_key: Some(ca_key.serialize_pem()),
        certificate,
        key: key.serialize_pem(),
    })
}

fn authority(now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = name(AUTHORITY);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // The same key gets another serial number each time.
    params.serial_number = Some(SerialNumber::from_slice(&now.as_millisecond().to_be_bytes()));
    live(&mut params, now, AUTHORITY_LIVES);
    params
}

fn server(names: &[String], now: Timestamp) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = name("tollgate-operator");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    live(&mut params, now, CERTIFICATE_LIVES);
    Ok(params)
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common);
    name
}

fn live(params: &mut CertificateParams, now: Timestamp, long: Duration) {
    let since_1970 = Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default());
    let epoch = date_time_ymd(1970, 1, 1);
    params.not_before = epoch + since_1970.saturating_sub(BEFORE);
    params.not_after = epoch + since_1970 + long;
}

/// What a certificate says of itself.
struct Read {
    from: i64,
    until: i64,
    names: Vec<String>,
    subject: String,
    issuer: String,
}

// === impl Material ===

/// Never with a key.
impl std::fmt::Debug for Material {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Material").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl Material {
    /// When its certificate ends: Unix time in seconds. None if it cannot be read.
    pub fn expires(&self) -> Option<i64> {
        Read::of(&self.certificate).map(|read| read.until)
    }
}

// === impl Read ===

impl Read {
    /// The first certificate of the text.
    fn of(pem: &str) -> Option<Self> {
        let pem = Pem::iter_from_buffer(pem.as_bytes()).next()?.ok()?;
        let (_, certificate) = X509Certificate::from_der(&pem.contents).ok()?;
        let names = certificate.subject_alternative_name().ok().flatten();
        let names = names.map(|names| names.value.general_names.iter().filter_map(spelled).collect());
        Some(Self {
            from: certificate.validity().not_before.timestamp(),
            until: certificate.validity().not_after.timestamp(),
            names: names.unwrap_or_default(),
            subject: certificate.subject().to_string(),
            issuer: certificate.issuer().to_string(),
        })
    }

    fn is_over(&self, now: Timestamp) -> bool {
        now.as_second() >= self.until
    }

    /// A third of its life is left, or less.
    fn nears_its_end(&self, now: Timestamp) -> bool {
        self.until.saturating_sub(now.as_second()) <= self.until.saturating_sub(self.from) / 3
    }
}

fn spelled(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress([a, b, c, d]) => Some(std::net::Ipv4Addr::new(*a, *b, *c, *d).to_string()),
        GeneralName::IPAddress(bytes) => {
            <[u8; 16]>::try_from(*bytes).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
