//! Where a provider really is: scheme, host and port, and a path that a company gateway may want in front.

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;
use http::uri::{Authority, Uri};
use tollgate_meter::Provider;

/// The place a provider's calls go to, with what each call needs of it made ready once.
#[derive(Debug, Clone)]
pub struct Origin {
    pub scheme: Scheme,
    /// The name to look up and to check the certificate against.
    pub host: Box<str>,
    pub port: u16,
    /// What stands in the `Host` header: without the scheme's own port.
    pub host_header: HeaderValue,
    /// In front of every path; empty for a provider's own address, never ends with a slash.
    pub path_prefix: Box<str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Http,
    Https,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OriginError {
    #[error("{found:?} is not an address; write one such as https://gateway.example:8443")]
    NotAnAddress { found: String },
    #[error("{found:?} does not begin with http:// or https://")]
    Scheme { found: String },
    /// Does not repeat what it found: a login is a secret.
    #[error("the address carries a login or a query; write only scheme, host, port and path")]
    MoreThanAnOrigin,
}

// === impl Origin ===

impl Origin {
    /// The provider's own public address.
    pub fn of_provider(provider: Provider) -> Self {
        let host = provider.host();
        Self {
            scheme: Scheme::Https,
            host: host.into(),
            port: Scheme::Https.default_port(),
            host_header: HeaderValue::from_static(host),
            path_prefix: "".into(),
        }
    }

    /// A host's own public address; `None` where it is no name of a host.
    pub(crate) fn of_host(host: &str) -> Option<Self> {
        Some(Self {
            scheme: Scheme::Https,
            host: host.into(),
            port: Scheme::Https.default_port(),
            host_header: HeaderValue::from_str(host).ok()?,
            path_prefix: "".into(),
        })
    }
}

impl Origin {
    /// A path here, as HTTP/2 has it: with scheme and host.
    pub(crate) fn absolute(&self, path: Uri) -> Result<Uri, http::Error> {
        let mut parts = path.into_parts();
        parts.scheme = Some(self.scheme.to_string().parse()?);
        parts.authority = Some(self.host_header.as_bytes().try_into()?);
        Ok(Uri::from_parts(parts)?)
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        if text.contains('@') || text.contains('?') {
            return Err(OriginError::MoreThanAnOrigin);
        }
        let not_an_address = || OriginError::NotAnAddress { found: text.to_owned() };
        let uri: Uri = text.parse().map_err(|_| not_an_address())?;
        let scheme = match uri.scheme_str() {
            Some("http") => Scheme::Http,
            Some("https") => Scheme::Https,
            _ => return Err(OriginError::Scheme { found: text.to_owned() }),
        };
        let authority: &Authority = uri.authority().ok_or_else(not_an_address)?;
        let host = authority.host();
        let port = match (authority.port(), authority.port_u16()) {
            (None, _) => scheme.default_port(),
            (Some(_), Some(port)) => port,
            (Some(_), None) => return Err(not_an_address()),
        };
        let host_header =
            if port == scheme.default_port() { host.to_owned() } else { format!("{host}:{port}") };
        Ok(Self {
            scheme,
            host: host.trim_start_matches('[').trim_end_matches(']').into(),
            port,
            host_header: HeaderValue::try_from(host_header).map_err(|_| not_an_address())?,
            path_prefix: uri.path().trim_end_matches('/').into(),
        })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host_header.to_str().unwrap_or(&self.host);
        write!(formatter, "{}://{host}{}", self.scheme, self.path_prefix)
    }
}

// === impl Scheme ===

impl Scheme {
    fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Http => "http",
            Self::Https => "https",
        })
    }
}
